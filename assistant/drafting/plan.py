"""What a section's draft is made of, as data: which facts, which of last year's lines, in which order and blocks.

``SectionPlan`` says it all, so that a test or a page can read it: ``facts`` and ``costs`` of a block in the order of
telling, ``notes`` of this year, ``lines`` of last year with what became of them (``turns``), ``measures`` that a plan
offers for a missed target, and ``passages`` of other sheets, which stand beside the draft (``other_sheet``).
Nothing is written here. Which section of last year's sheet leads to which of this year's follows from the years
that the form gives them (formats.md): last year's 取組予定 and 取組方針 already speak of this sheet's years.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.drafting.manner import Manner, chosen_manner, manner_of
from assistant.drafting.note_lines import NoteLine, note_lines
from assistant.drafting.source_lines import SourceLine, Turn, source_lines
from assistant.drafting.turns import by_turn, events_over, issues_acted, measures_for, plans_ending
from assistant.facts import Fact, Standing, cost_facts, standings
from corpus.city import DEFAULT_TOLERANCE, Tolerance, Writing
from corpus.fiscal import HALF_WIDTH_DIGITS
from corpus.form import CIRCLED_NUMBERS, direction_heading
from corpus.sheetfile import SheetFile

Treatment = Literal[
    "reason", "status", "opinion", "comparison", "proposal", "plan", "deed", "issue", "policy", "outlook"
]
"""How a carried line is taken: deed = done again? (実施したか); proposal = was planned for this very year."""
Telling = Literal["none", "population", "reasons", "results", "shortfalls", "ahead", "horizon"]
"""What a section's own sentences tell of the figures."""


AS_LAST_YEAR = Writing()
"""No manner of the city's own: drafts follow last year's text."""


@dataclass(frozen=True)
class Passage:
    """A similar passage of another sheet, shown beside the draft; the composer does not weave it in."""

    measure: str
    fiscal_year: int
    section: str
    text: str
    municipality: str | None = None


@dataclass(frozen=True)
class DraftRequest:
    """A wish for a draft of ``section`` of the open ``sheet``.

    ``last_year``: the same measure's latest earlier sheet. ``direction``: only this 展開方向's block.
    ``follow_last_year``: 「昨年度にならって」, the same section of last year first. ``writing``: the city's manner;
    ``tolerance``: what it takes for 横ばい.
    """

    sheet: SheetFile
    last_year: SheetFile | None
    section: str
    direction: int | None = None
    follow_last_year: bool = False
    passages: tuple[Passage, ...] = ()
    writing: Writing = AS_LAST_YEAR
    tolerance: Tolerance = DEFAULT_TOLERANCE


@dataclass(frozen=True)
class CarryRule:
    """``source``: the section of last year's sheet to carry on; ``years_move``: its own years move by one."""

    source: str
    years_move: bool
    treatment: Treatment


CARRY_RULES: dict[str, tuple[CarryRule, ...]] = {
    "4.3": (CarryRule("4.3", True, "reason"),),
    "5.1": (CarryRule("5.1", True, "status"),),
    "5.2": (CarryRule("5.2", True, "opinion"),),
    "5.3": (CarryRule("5.3", True, "comparison"),),
    "5.4.done": (CarryRule("5.4.plan", False, "proposal"), CarryRule("5.4.done", True, "deed")),
    "5.4.plan": (CarryRule("7.1", False, "plan"), CarryRule("5.4.plan", True, "plan")),
    "6.1.results": (CarryRule("6.1.results", True, "deed"),),
    "6.1.issues": (CarryRule("6.1.issues", True, "issue"),),
    "7.1": (CarryRule("7.1", True, "policy"), CarryRule("7.2", True, "policy")),
    "7.2": (CarryRule("7.2", True, "outlook"),),
}
"""In order of preference; the first whose source has text is taken."""

TELLINGS: dict[str, Telling] = {
    "4.3": "reasons",
    "5.1": "population",
    "5.2": "none",
    "5.3": "none",
    "5.4.done": "none",
    "5.4.plan": "none",
    "6.1.results": "results",
    "6.1.issues": "shortfalls",
    "7.1": "ahead",
    "7.2": "horizon",
}
_BY_DIRECTION = ("5.4.done", "5.4.plan", "6.1.results", "6.1.issues", "7.1")
"""Sections that the form wants by 展開方向 and that get headings where last year's text shows no manner."""
_COST_HEADING = re.compile(r"コスト|費用|事業費")
_COST_LINE = re.compile(r"(?:[^はが、。]{1,8}年度の)?(?:総?事業費|(?:トータル|総)コスト|コスト|人件費)計?[はが]")
"""How a line on the sheet's costs begins: 「事業費は」「令和5年度のトータルコストは」."""
_HEADING_PARTS = re.compile(r"(?P<before>.*?)展開方向[ 　]*(?:[0-9０-９]|[①-⑳])(?P<behind>.*)")
_PAIRS = {"【": "】", "〔": "〕", "［": "］", "[": "]", "（": "）", "(": ")"}


@dataclass(frozen=True)
class Block:
    """A part of the draft: its heading (None: none), the indicators it tells of, last year's lines in order.

    ``heading_source``: the line of last year's text whose words the heading keeps. ``unassigned``: the lines stood
    under no 展開方向 although only one is asked for. ``costs``: it tells of the sheet's costs. ``notes``: facts of the
    year that it tells. ``turn``: what became of all its lines; the block of those that go on comes first, and has the
    ``measures``: indicators that missed their target, and last year's plan that serves each.
    """

    direction: int | None
    heading: str | None = None
    heading_source: SourceLine | None = None
    stands: tuple[Standing, ...] = ()
    lines: tuple[SourceLine, ...] = ()
    unassigned: bool = False
    costs: tuple[tuple[Fact | None, Fact | None], ...] = ()
    notes: tuple[NoteLine, ...] = ()
    turn: Turn = "on"
    measures: tuple[tuple[str, SourceLine], ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is known of its indicators, of each what is worth saying first (``Fact.rank``), then of its costs."""
        of_stands = [fact for stand in self.stands for fact in sorted(stand.facts, key=lambda fact: fact.rank)]
        return (*of_stands, *(fact for pair in self.costs for fact in pair if fact is not None))


@dataclass(frozen=True)
class SectionPlan:
    """The plan of one section's draft; ``rule`` is None when there is nothing of last year to carry on.

    ``continues``: the lines that are carried on are plans for the year before as well, so that they are worded as
    going on. ``passages``: what is shown beside the draft. ``start``: the first fiscal year of the city's plan.
    """

    section: str
    fiscal_year: int
    direction: int | None
    telling: Telling
    rule: CarryRule | None
    manner: Manner
    blocks: tuple[Block, ...] = field(default=())
    continues: bool = False
    passages: tuple[Passage, ...] = ()
    start: int | None = None


def plan_section(request: DraftRequest) -> SectionPlan:
    """Plan the draft of a section. A ``section`` that the form does not have raises ``KeyError``."""
    sheet, section = request.sheet, request.section
    last_year = usable_last_year(request)
    rule = choose_rule(section, sheet, last_year, follow=request.follow_last_year)
    text = last_year.text(rule.source) if rule and last_year else ""
    lines = source_lines(text)
    asked = request.writing.manner_for(sheet.lead_division)
    manner = chosen_manner(manner_of(last_year, rule.source if rule else section), asked)
    blocks = _with_notes(request, _blocks(request, lines, (last_year,) if last_year else ()))
    # Last year's 7(1) is this sheet's 取組予定 too (CARRY_RULES), if it is the very next sheet.
    continues = rule == CARRY_RULES["7.1"][0] and last_year is not None and _is_next(sheet, last_year)
    if rule is not None:
        deeds = tuple(note for note in note_lines("5.4.done", sheet) if note.kind == "done")
        blocks = tuple(part for block in blocks for part in _by_turn(block, text, rule, sheet, deeds, continues))
    told = TELLINGS[section]
    year = sheet.fiscal_year
    start = sheet.plan.start if sheet.plan else None
    return SectionPlan(section, year, request.direction, told, rule, manner, blocks, continues, request.passages, start)


def _by_turn(
    block: Block, text: str, rule: CarryRule, sheet: SheetFile, deeds: Sequence[NoteLine], continues: bool
) -> list[Block]:
    """The block with the lines that go on, and one behind it for each other thing that became of lines."""
    lines = block.lines
    if rule.treatment == "status":
        lines = events_over(lines, text, sheet.fiscal_year, block.stands)
    elif rule.treatment == "issue":
        lines = issues_acted(lines, text, deeds)
    elif continues:
        lines = plans_ending(lines, text)
    going_on = [line for line in lines if line.turn == "on"]
    measures = measures_for(block.stands, going_on, text) if rule.treatment == "policy" else ()
    serving = {line.start for _, line in measures}
    groups = dict(by_turn([line for line in lines if line.start not in serving]))
    first = replace(block, lines=groups.pop("on", ()), measures=measures)
    behind = [
        Block(block.direction, lines=group, unassigned=block.unassigned, turn=turn) for turn, group in groups.items()
    ]
    return [first, *behind]


def _is_next(sheet: SheetFile, last_year: SheetFile) -> bool:
    return sheet.fiscal_year == last_year.fiscal_year + 1


def usable_last_year(request: DraftRequest) -> SheetFile | None:
    """The earlier sheet, if it is one."""
    found = request.last_year
    return found if found is not None and found.fiscal_year < request.sheet.fiscal_year else None


def choose_rule(section: str, sheet: SheetFile, last_year: SheetFile | None, *, follow: bool) -> CarryRule | None:
    """The first rule whose source has text; a text whose years do not move serves only the very next sheet."""
    if last_year is None:
        return None
    rules: Sequence[CarryRule] = CARRY_RULES[section]
    if follow:
        rules = sorted(rules, key=lambda rule: rule.source != section)
    next_year = _is_next(sheet, last_year)
    return next(
        (rule for rule in rules if (rule.years_move or next_year) and last_year.text(rule.source).strip()), None
    )


def direction_numbers(sheet: SheetFile) -> tuple[int, ...]:
    """The sheet's 展開方向, from its list, else from its indicators."""
    listed = sorted(entry.number for entry in sheet.directions)
    return tuple(listed or sorted({entry.direction for entry in sheet.outcomes() if entry.direction is not None}))


def _with_notes(request: DraftRequest, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Each note in its 展開方向's block; those of no block stand in front, before the headings.

    A block of one asked 展開方向 takes no other note.
    """
    bare = not any(block.lines or block.stands for block in blocks)
    notes = note_lines(request.section, request.sheet, usable_last_year(request), bare=bare)
    if request.direction is not None:
        notes = tuple(note for note in notes if note.direction == request.direction)
    own = {block.direction for block in blocks if block.direction is not None}
    loose = tuple(note for note in notes if note.direction not in own)
    placed = [
        replace(block, notes=tuple(note for note in notes if note.direction == block.direction))
        if block.direction is not None
        else block
        for block in blocks
    ]
    if loose:
        free = (place for place, block in enumerate(placed) if block.direction is None and block.heading is None)
        place = next((place for place in free if not placed[place].costs), None)
        if place is None:
            return (Block(None, notes=loose), *placed)
        placed[place] = replace(placed[place], notes=loose)
    return tuple(placed)


def _blocks(request: DraftRequest, lines: Sequence[SourceLine], earlier: Sequence[SheetFile]) -> tuple[Block, ...]:
    sheet, section, asked = request.sheet, request.section, request.direction
    telling = TELLINGS[section]
    kind: Literal["population", "outcome"] = "population" if telling == "population" else "outcome"
    stands = standings(sheet, kind, earlier=earlier, tolerance=request.tolerance) if telling != "none" else ()
    headings = any(line.names_direction for line in lines)
    headed = headings or (section in _BY_DIRECTION and not lines)
    costs = tuple(cost_facts(sheet, row, earlier) for row in ("total", "program_total", "personnel"))
    lines = _costs_apart(lines, request) if telling == "results" and headings else lines
    if asked is not None:
        own = tuple(stand for stand in stands if stand.direction == asked)
        carried = tuple(line for line in lines if line.direction == asked)
        unassigned = not headings and bool(lines)
        loose = tuple(line for line in lines if not line.heading) if unassigned else carried
        heading, source = _heading(request, asked, carried)
        body = tuple(line for line in loose if not (line.names_direction and line.direction == asked))
        return (Block(asked, heading, source, own, body, unassigned),)
    numbers = direction_numbers(sheet)
    tell_costs = telling == "results" and any(level is not None for level, _ in costs)
    if not headed or not (numbers or headings):
        flat = Block(None, stands=stands, lines=tuple(lines))
        return (flat, Block(None, costs=costs)) if tell_costs else (flat,)
    return _by_direction(request, lines, stands, numbers, costs if tell_costs else ())


def _by_direction(
    request: DraftRequest,
    lines: Sequence[SourceLine],
    stands: Sequence[Standing],
    numbers: Sequence[int],
    costs: tuple[tuple[Fact | None, Fact | None], ...],
) -> tuple[Block, ...]:
    """Common lines, one block a 展開方向, then what stands under a common heading (コスト) behind them."""
    named = [place for place, line in enumerate(lines) if line.names_direction]
    first = named[0] if named else len(lines)
    opening = tuple(line for line in lines[:first] if line.direction is None)
    closing = tuple(line for line in lines[first:] if line.direction is None)
    every = sorted({*numbers, *(line.direction for line in lines if line.direction is not None)})
    common = tuple(stand for stand in stands if stand.direction not in every)
    blocks = [Block(None, stands=common, lines=opening)] if opening or common else []
    if TELLINGS[request.section] == "reasons" and not blocks:
        blocks = [Block(None)]
    for number in every:
        carried = tuple(line for line in lines if line.direction == number)
        heading, source = _heading(request, number, carried)
        own = tuple(stand for stand in stands if stand.direction == number)
        body = tuple(line for line in carried if not line.names_direction)
        blocks.append(Block(number, heading, source, own, body))
    told = False
    for line, body in _under_headings(closing):
        written = _written(line, request) if line else ""
        about_costs = _COST_HEADING.search(written) is not None if line else _tells_costs(body, request)
        own_costs = costs if about_costs and not told else ()
        blocks.append(Block(None, written or None, line, lines=body, costs=own_costs))
        told = told or about_costs
    if costs and not told:
        heading = _cost_heading(_written(lines[named[-1]], request) if named else "")
        blocks.append(Block(None, heading, costs=costs))
    return tuple(blocks)


def _costs_apart(lines: Sequence[SourceLine], request: DraftRequest) -> list[SourceLine]:
    """The lines, those on costs at the end of the last 展開方向 standing under none: they are the whole sheet's."""
    apart = list(lines)
    for place in reversed(range(len(apart))):
        line = apart[place]
        if line.heading or not _COST_LINE.match(_written(line, request).removeprefix(line.mark)):
            break
        apart[place] = replace(line, direction=None)
    return apart


def _tells_costs(lines: Sequence[SourceLine], request: DraftRequest) -> bool:
    return any(_COST_LINE.match(_written(line, request).removeprefix(line.mark)) for line in lines)


def _cost_heading(last: str) -> str:
    """「コスト」 in the manner of the ``last`` 展開方向's heading; behind the form's own ①② it is 「〇コスト」."""
    parts = _HEADING_PARTS.match(last)
    if parts is None or last[0] in CIRCLED_NUMBERS:
        return "〇コスト"
    before = re.sub("[0-9０-９]+", _next_number, parts["before"])
    opening = before[-1:]
    return f"{before}コスト{_PAIRS.get(opening, '')}"


def _next_number(written: re.Match[str]) -> str:
    number = str(int(written[0]) + 1)
    return number if written[0].isascii() else number.translate(HALF_WIDTH_DIGITS)


def _under_headings(lines: Sequence[SourceLine]) -> list[tuple[SourceLine | None, tuple[SourceLine, ...]]]:
    """Lines grouped under the heading that stands above them."""
    groups: list[tuple[SourceLine | None, tuple[SourceLine, ...]]] = []
    for line in lines:
        if line.heading:
            groups.append((line, ()))
        elif groups:
            groups[-1] = (groups[-1][0], (*groups[-1][1], line))
        else:
            groups.append((None, (line,)))
    return groups


def _written(line: SourceLine, request: DraftRequest) -> str:
    last_year = usable_last_year(request)
    rule = choose_rule(request.section, request.sheet, last_year, follow=request.follow_last_year)
    return last_year.text(rule.source)[line.start : line.end] if last_year and rule else ""


def _heading(request: DraftRequest, number: int, lines: Sequence[SourceLine]) -> tuple[str, SourceLine | None]:
    """Last year's words for a 展開方向's heading while its name is the same, else the form's."""
    source = next((line for line in lines if line.names_direction), None)
    entry, last_year = request.sheet.direction(number), usable_last_year(request)
    name = entry.name if entry else None
    if source is not None and last_year is not None:
        written, old = _written(source, request), last_year.direction(number)
        if name is None or name in written or (old is not None and old.name == name):
            return written, source
    if not 1 <= number <= len(CIRCLED_NUMBERS):
        return f"展開方向{number}", None
    return direction_heading(number, name), None
