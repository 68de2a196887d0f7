"""The composer: drafts a section from stored figures and last year's text, without a language model.

``compose`` gives sentence after sentence, block after block, each block already checked (``verify``), so a page can
show the first one at once. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.drafting.asking import asked_once
from assistant.drafting.desk import Desk, set_desk
from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.jotted import half_width
from assistant.drafting.manner import Manner
from assistant.drafting.measures import asks_for_measure, measure_of, pointing_on
from assistant.drafting.note_places import tell_notes
from assistant.drafting.offered import with_offered_causes
from assistant.drafting.plan import Block, DraftRequest, SectionPlan
from assistant.drafting.statements import Figure, written
from assistant.drafting.telling import Line, block_note, empty_line, new_line, own_lines
from assistant.drafting.verify import without_mismatch
from assistant.drafting.weave import item_questions, weave
from assistant.drafting.wording import preferred, proper_names
from assistant.facts import Cell
from corpus.fiscal import HALF_WIDTH_DIGITS
from corpus.form import mark_confirm

_NAMES = re.compile(r"(「[^」]*」)")


def compose(request: DraftRequest) -> Iterator[DraftSentence]:
    """The sentences of the draft, in order; never empty. An unknown section raises ``KeyError`` at the first one."""
    yield from compose_at(set_desk(request), request)


def compose_at(desk: Desk, request: DraftRequest) -> Iterator[DraftSentence]:
    """The sentences of the draft whose desk is set already."""
    plan = desk.plan
    placed: set[str] = set()
    names = [name for sheet in (desk.sheet, *desk.earlier) for name in proper_names(sheet)]
    for block in plan.blocks:
        in_width = _in_chosen_width(_block(desk, block, placed), desk, request)
        sentences = preferred(in_width, request.writing.words, names)
        yield from without_mismatch(sentences, plan.section, desk.checker)
    closing = new_line(plan.section, plan.fiscal_year)
    if closing is not None and _asks_for_news(plan) and not any(block.notes for block in plan.blocks):
        yield _form_line(closing, plan.manner, None)


def _in_chosen_width(sentences: list[DraftSentence], desk: Desk, request: DraftRequest) -> list[DraftSentence]:
    """Digits in the width that the city set, in carried sentences too; names in 「」 and headings keep theirs.

    No text changes its length, so the places of the origins stay right.
    """
    if request.writing.manner_for(desk.sheet.lead_division).width == "last_year":
        return sentences
    manner = desk.plan.manner

    def rewritten(text: str) -> str:
        return "".join(
            part if part.startswith("「") else manner.digits(half_width(part)) for part in _NAMES.split(text)
        )

    return [entry if entry.heading else replace(entry, text=rewritten(entry.text)) for entry in sentences]


def _asks_for_news(plan: SectionPlan) -> bool:
    """Whether the section ends with its question for what is new; empty blocks of 展開方向 have asked already."""
    return plan.direction is None and (plan.rule is not None or all(block.direction is None for block in plan.blocks))


def _block(desk: Desk, block: Block, placed: set[str]) -> list[DraftSentence]:
    """Heading, own lines, carried lines, note; a block without any content asks for it.

    ``placed``: indicators and costs that the draft has stated so far; what this block states is added.
    """
    plan = desk.plan
    heading = [_heading(desk, block)] if block.heading is not None else []
    left_out: list[str] = []
    carried, noted = tell_notes(desk, block, placed, left_out)
    carried = asked_once(carried, item_questions(desk))
    own = own_lines(plan, block, desk.sheet, placed)
    placed |= {cell.subject for line in own for told in line if not told.overall for cell in _cells(told.pieces)}
    told_own = _own_with_measures(desk, block, own, placed, left_out, plans_below=bool(carried or noted))
    kept = any(not sentence.heading and not _is_noted(sentence) for sentence in carried) or bool(block.measures)
    if block.costs and not own and not carried and not noted and not left_out:
        return []
    sentences = heading + told_own
    unmarked = replace(plan.manner, mark="")
    asks = kept and block.turn == "on"
    note = block_note(plan.rule.treatment, plan.section, plan.fiscal_year) if plan.rule and asks else None
    # A question about all that is carried on stands right behind it; this year's news then come first.
    above = _headings_above(plan, block, carried) if note is not None else len(carried)
    sentences += [*carried[:above], *noted, *carried[above:]]
    if note is not None:
        sentences.append(_form_line(note, unmarked, block.direction))
    if block.unassigned and kept:
        number = str(block.direction).translate(HALF_WIDTH_DIGITS)
        asked = mark_confirm(f"展開方向{number}に関するものか")
        sentences.append(_form_line(asked, unmarked, block.direction))
    if plan.telling == "reasons":
        sentences = with_offered_causes(desk, block.stands, sentences)
    only_grades = plan.telling == "reasons" and plan.blocks == (block,) and not block.stands
    nothing = not own and not _may_be_empty(desk, block)
    told = kept or bool(noted) or any(_is_noted(sentence) for sentence in carried)
    if not told and (nothing or only_grades or (left_out and not sentences)):
        sentences.append(_form_line(empty_line(plan.section, plan.fiscal_year), plan.manner, block.direction))
    if left_out:
        # What was told elsewhere already keeps its words for the reader behind the block's last sentence.
        origins = (*sentences[-1].origins, *(desk.origin(source) for source in left_out))
        sentences[-1] = replace(sentences[-1], origins=tuple(dict.fromkeys(origins)))
    return sentences


def _own_with_measures(
    desk: Desk, block: Block, own: Sequence[Line], placed: set[str], left_out: list[str], *, plans_below: bool
) -> list[DraftSentence]:
    """The own lines, those on targets with the measure that last year's plans offer; a measure without its line stands
    as an item of its own.
    """
    made: list[DraftSentence] = []
    served = set[str]()
    pointing = [line for line in own if asks_for_measure(line)]
    for line in own:
        behind = measure_of(desk, block, line, placed, left_out) if asks_for_measure(line) else []
        served |= {statement.subject for statement in line if statement.subject} if behind else set()
        closes = bool(pointing) and line is pointing[-1]
        line = pointing_on(desk, line, served=bool(behind), plans_below=plans_below, closes=closes)
        made += [*_own_line(line, desk.manner, block.direction), *behind]
    left = [plan for subject, plan in block.measures if subject not in served]
    return made + [sentence for plan in left for sentence in weave(desk, plan, placed, left_out)]


def _headings_above(plan: SectionPlan, block: Block, carried: Sequence[DraftSentence]) -> int:
    """How many headings open ``carried`` that stand above those of the 展開方向 (「〇課題」): news come below them."""
    if block.direction is not None or all(other.direction is None for other in plan.blocks):
        return 0
    return len(list(takewhile(lambda sentence: sentence.heading, carried)))


def _is_noted(sentence: DraftSentence) -> bool:
    return any(origin.kind == "note" for origin in sentence.origins)


def _cells(pieces: tuple[str | Figure, ...]) -> Iterator[Cell]:
    return (cell for piece in pieces if isinstance(piece, Figure) for cell in piece.cells)


def _may_be_empty(desk: Desk, block: Block) -> bool:
    """A heading above the blocks of the 展開方向, or a flat section that ends with its own question anyway."""
    others = [other for other in desk.plan.blocks if other is not block]
    asks_anyway = new_line(desk.plan.section, desk.plan.fiscal_year) is not None and _asks_for_news(desk.plan)
    return block.direction is None and (bool(others) or asks_anyway)


def _heading(desk: Desk, block: Block) -> DraftSentence:
    assert block.heading is not None
    source = block.heading_source
    origin = Origin("form") if source is None else desk.origin(desk.text[source.start : source.end])
    return DraftSentence(block.heading, True, block.direction, (origin,))


def _form_line(text: str, manner: Manner, direction: int | None) -> DraftSentence:
    return written((text,), manner, mark=manner.mark, direction=direction)


def _own_line(line: Line, manner: Manner, direction: int | None) -> list[DraftSentence]:
    return [
        written(
            statement.pieces,
            manner,
            mark=manner.mark if place == 0 else "",
            direction=direction,
            new_line=place == 0,
        )
        for place, statement in enumerate(line)
    ]
