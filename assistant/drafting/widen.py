"""More for a draft: what the record holds and the draft left out, and what it holds about words to mention. Pure.

Nothing is made up for it: every sentence that comes is the composer's from stored figures and notes, one of last
year's, or another sheet's as it stands there, marked to be confirmed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.checking import check_text
from assistant.drafting.carry import Ground
from assistant.drafting.compose import compose
from assistant.drafting.desk import Desk, set_desk
from assistant.drafting.draft import Draft, DraftSentence, Origin, join
from assistant.drafting.lines import Line, is_listed, lines_of, mark_of, opened, with_sentences, without_mark
from assistant.drafting.note_lines import NoteLine, note_lines
from assistant.drafting.note_places import items_of
from assistant.drafting.phrases import verb
from assistant.drafting.plan import CarryRule, DraftRequest, Passage
from assistant.drafting.results import result
from assistant.drafting.source_lines import source_lines
from assistant.drafting.statements import Statement, figure, name, written
from assistant.drafting.telling import statements_about
from assistant.drafting.weave import weave
from assistant.fact_history import start_change
from assistant.facts import standings
from corpus.fiscal import wareki
from corpus.form import COST_ROWS, SECTION_KEYS, Kind, mark_confirm
from corpus.sheetfile import SheetFile

LONGEST_SHARE = 1.4
"""「詳しく」 adds at most this much of the length, but always one item where anything is left."""
_ALIKE = 0.75
_NEAR: dict[str, tuple[str, ...]] = {
    "4.3": ("5.4.done",),
    "5.1": ("5.3", "5.2"),
    "5.2": ("5.1",),
    "5.3": ("5.1",),
    "5.4.done": ("6.1.results",),
    "5.4.plan": (),
    "6.1.results": ("5.4.done",),
    "6.1.issues": ("5.2",),
    "7.1": (),
    "7.2": ("7.1",),
}
"""Sections whose notes a longer draft of a section may tell as well: those that speak of the same time."""
_AHEAD = frozenset({"5.4.plan", "7.1", "7.2"})
"""Sections of intentions; what one of them says does not fit the others, nor the other way round."""
_NOTED = ("5.4.done", "5.2", "5.3", "6.1.results")
_NOTED_AHEAD = ("5.4.plan", "7.1", "5.2")
"""Sections by which the notes of the year are told in words."""
MOST_LAST_YEAR, MOST_PASSAGES = 3, 2
"""Sentences that a mention brings in at most of last year's text, and of other sheets."""
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class Stock:
    """What a revision may draw on: the request of the section's draft, the earlier sheets, passages of others."""

    request: DraftRequest
    earlier: tuple[SheetFile, ...] = ()
    passages: tuple[Passage, ...] = ()


def lengthened(draft: Draft, stock: Stock) -> tuple[Draft, int]:
    """The draft with what its own section's composer gives beyond it, then what a wider plan does; and how many
    sentences came.
    """
    request = stock.request
    most = int(len(draft.text) * LONGEST_SHARE)
    current, count = draft, 0
    for item in _more(request):
        size = sum(len(sentence.text) for sentence in item)
        if (count and len(current.text) + size > most) or _told(current, item):
            continue
        current, count = _added(current, item), count + len(item)
    return current, count


def _more(request: DraftRequest) -> Iterable[tuple[DraftSentence, ...]]:
    wider = [request] if request.follow_last_year else [request, replace(request, follow_last_year=True)]
    for one in wider:
        made = Draft(request.section, request.direction, request.sheet.fiscal_year, tuple(compose(one)))
        yield from (line.sentences for line in lines_of(made) if line.kind == "item" and _says_something(line))
    desk = set_desk(request)
    if desk.plan.telling == "results":
        yield from _since_the_start(desk, request)
    for section in _NEAR[request.section]:
        yield from _note_items(desk, request, note_lines(section, request.sheet))


def _since_the_start(desk: Desk, request: DraftRequest) -> Iterable[tuple[DraftSentence, ...]]:
    """How far each indicator has come since the plan began (「令和2年度と比べて5.6ポイント上昇した。」)."""
    start = desk.sheet.plan.start if desk.sheet.plan else None
    for stand in standings(desk.sheet, "outcome", earlier=desk.earlier):
        change = start_change(stand, start) if request.direction in (None, stand.direction) else None
        if change is None or not change.value or change.base_year is None:
            continue
        since = f"の{wareki(change.year)}の実績値は、{wareki(change.base_year)}と比べて"
        ended = verb(change, stand.level.unit if stand.level else "") + desk.manner.ending("した")
        yield (written((name(stand), since, figure(change), ended), desk.manner, direction=stand.direction),)


def _says_something(line: Line) -> bool:
    return re.sub(r"【[^】]*】|[・。\s]", "", line.text) != ""


def mentioned(draft: Draft, words: str, stock: Stock) -> tuple[Draft, int, bool]:
    """The draft with what is stored about ``words``, how many sentences came, and whether it told some already."""
    desk = set_desk(stock.request)
    current, count, known = draft, 0, False
    own = [*_about_figures(desk, words, stock), *_about_notes(desk, words, stock.request)]
    last_year = _of_last_year(desk, words, stock.request)
    for items in (own, last_year[:MOST_LAST_YEAR], _of_others(desk, words, stock)[:MOST_PASSAGES]):
        # other sheets only stand in where this measure's own record holds nothing
        if items and (count or known) and items[0][0].origins[0].kind == "other_sheet":
            break
        for item in items:
            if _told(current, item):
                known = True
                continue
            current, count = _added(current, item), count + len(item)
    return current, count, known


def _about_figures(desk: Desk, words: str, stock: Stock) -> list[tuple[DraftSentence, ...]]:
    from assistant.asked_figures import named_indicators

    sheet, direction = desk.sheet, stock.request.direction
    plain = unicodedata.normalize("NFKC", words)
    entries = [entry for entry in sheet.indicators if direction in (None, entry.direction)]
    named = {entry.id for entry in named_indicators(plain, entries, direction, sheet.fiscal_year)}
    found: list[tuple[DraftSentence, ...]] = []
    kinds: tuple[Kind, ...] = ("outcome", "population")
    for kind in kinds:
        for stand in standings(sheet, kind, earlier=stock.earlier):
            told = result(stand, desk.manner) if stand.subject in named else ()
            if told:
                found.append(_item(told, desk, stand.direction))
    telling = replace(desk.plan, telling="results")
    for row in (row for row in COST_ROWS if any(word in plain for word in row.asked_as)):
        told = statements_about(f"cost:{row.key}", telling, sheet, stock.earlier)
        if told:
            found.append(_item(told, desk, None))
    return found


def _item(told: Sequence[Statement], desk: Desk, direction: int | None) -> tuple[DraftSentence, ...]:
    return tuple(
        written(statement.pieces, desk.manner, direction=direction, new_line=place == 0)
        for place, statement in enumerate(told)
    )


def _about_notes(desk: Desk, words: str, request: DraftRequest) -> list[tuple[DraftSentence, ...]]:
    notes: dict[str, NoteLine] = {}
    others = _NOTED_AHEAD if request.section in _AHEAD else _NOTED
    for section in dict.fromkeys((request.section, *others)):
        for note in note_lines(section, request.sheet):
            if speaks_of(note.told, words):
                notes.setdefault(note.note, note)
    return list(_note_items(desk, request, notes.values()))


def _note_items(desk: Desk, request: DraftRequest, notes: Iterable[NoteLine]) -> Iterable[tuple[DraftSentence, ...]]:
    wanted = [note for note in notes if request.direction in (None, note.direction) and note.sentences]
    yield from (tuple(item) for item in items_of(desk, wanted))


def _of_last_year(desk: Desk, words: str, request: DraftRequest) -> list[tuple[DraftSentence, ...]]:
    """Sentences of last year's sheet that speak of ``words``, its own section first, carried on to this year."""
    if not desk.earlier:
        return []
    last_year = desk.earlier[-1]
    found: list[tuple[DraftSentence, ...]] = []
    like = [key for key in SECTION_KEYS if (key in _AHEAD) == (request.section in _AHEAD)]
    for section in sorted(like, key=lambda key: key != request.section):
        text = last_year.text(section)
        lines = [line for line in source_lines(text) if not line.heading]
        spans = [(line, span) for line in lines for span in line.sentences if speaks_of(text[slice(*span)], words)]
        if not spans:
            continue
        checked = check_text(text, section, last_year, (), request.tolerance)
        findings = tuple(one for one in checked if not (one.indicator or "").startswith("facts:"))
        ground = Ground(desk.sheet, last_year, section, True, findings)
        plan = replace(desk.plan, rule=CarryRule(section, True, "plan" if request.section in _AHEAD else "comparison"))
        other = Desk(desk.sheet, desk.earlier, plan, ground, text, desk.tolerance)
        for line, span in spans:
            if request.direction not in (None, line.direction):
                continue
            made = weave(other, replace(line, sentences=(span,)), set(), [])
            found += [tuple(without_mark(sentence) for sentence in made)] if made else []
    return found


def _of_others(desk: Desk, words: str, stock: Stock) -> list[tuple[DraftSentence, ...]]:
    """Passages of other sheets about ``words`` without a figure, as they stand there, to be confirmed."""
    found: list[tuple[DraftSentence, ...]] = []
    for passage in stock.passages:
        if _DIGIT.search(passage.text) or not speaks_of(passage.text, words):
            continue
        origin = Origin(
            "other_sheet",
            measure=passage.measure,
            fiscal_year=passage.fiscal_year,
            section=passage.section,
            text=passage.text,
        )
        same_city = passage.municipality == desk.sheet.municipality
        mark = mark_confirm("この施策にも当てはまるか" if same_city else "本市にも当てはまるか")
        text = passage.text.strip().rstrip("。") + "。" + mark
        found.append((without_mark(DraftSentence(text, False, stock.request.direction, (origin,))),))
    return found


def speaks_of(text: str, words: str) -> bool:
    """Whether ``text`` holds ``words`` as written, or each of their content words."""
    plain, sought = (unicodedata.normalize("NFKC", part) for part in (text, words))
    if sought in plain:
        return True
    from corpus.tokens import content_words

    asked = set(content_words(sought))
    return bool(asked) and asked <= set(content_words(plain))


def _told(draft: Draft, item: Sequence[DraftSentence]) -> bool:
    """Whether the draft says this already: the same stored values or the same note, or much the same words."""
    figures, notes = _rests_on(item)
    old_figures, old_notes = _rests_on(draft.sentences)
    if (figures or notes) and figures <= old_figures and notes <= old_notes:
        return True
    text = _bare(join(item))
    return any(
        text in _bare(line.text) or SequenceMatcher(None, text, _bare(line.text), autojunk=False).ratio() >= _ALIKE
        for line in lines_of(draft)
    )


def _rests_on(sentences: Iterable[DraftSentence]) -> tuple[set[object], set[object]]:
    origins = [origin for sentence in sentences for origin in sentence.origins]
    figures: set[object] = {(one.indicator, one.cost, one.year, one.series) for one in origins if one.kind == "figure"}
    return figures, {one.note for one in origins if one.kind == "note"}


def _bare(text: str) -> str:
    return re.sub(r"【[^】]*】|[・、。\s]", "", unicodedata.normalize("NFKC", text))


def _added(draft: Draft, item: Sequence[DraftSentence]) -> Draft:
    """The draft with ``item`` behind the last item of its 展開方向, in the draft's own layout."""
    lines = list(lines_of(draft))
    listed = is_listed(draft)
    same = [place for place, line in enumerate(lines) if line.kind == "item" and _direction(line) == item[0].direction]
    every = [place for place, line in enumerate(lines) if line.kind == "item"]
    # what is of no 展開方向 stands behind the last of them, above the costs
    of_any = [place for place in every if _direction(lines[place]) is not None]
    at = ((same if item[0].direction is not None else of_any) or every or [len(lines) - 1])[-1]
    first, *others = (without_mark(sentence) for sentence in item)
    mark = next((mark for line in lines if (mark := _mark(line))), "・") if listed else ""
    rest = tuple(replace(sentence, new_line=False) for sentence in others)
    block = lines[at].block if lines else 0
    new = Line("item", block, (replace(opened(first, mark), new_line=listed or at < 0), *rest))
    return with_sentences(draft, [*lines[: at + 1], new, *lines[at + 1 :]])


def _mark(line: Line) -> str:
    return mark_of(line.sentences[0]) if line.kind == "item" else ""


def _direction(line: Line) -> int | None:
    return line.sentences[0].direction
