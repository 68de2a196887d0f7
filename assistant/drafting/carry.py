"""Carrying last year's sentences on: their words stay, only their own years and stored figures become this year's.

The rule is design.md's ("Nothing is invented about time"). What the record cannot tell becomes 【要記入】, what a
person must look at gets a 【要確認】. Pure: the checker's findings about last year's text come in as values.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checking.findings import Finding
from assistant.checking.never_values import normalise
from assistant.checking.numerals import Figure as WrittenFigure
from assistant.checking.numerals import find_figures
from assistant.drafting.asking import in_one_request, request_starts
from assistant.drafting.stale import claims_record, later_target, stale_counts
from assistant.drafting.statements import Figure, MovedYear, Name, Piece
from assistant.drafting.years import OWN_YEARS, move_years, still_years
from assistant.facts import Cell, Fact, cost_facts, format_figure, standing, with_unit
from corpus.form import COST_BY_KEY, MARK_FILL_IN, Series, mark_fill_in
from corpus.sheetfile import SheetFile

_SHARE = mark_fill_in("割合")
_LEAST_BLANKS = 2
"""So many unknown figures of a sentence make one request."""
_MOST_BETWEEN = 25
"""Farther apart, each keeps its own: what stands between says something by itself."""

_COUNTED_PLACES = ("市", "市町", "市町村", "市区町村", "自治体", "か国")
"""Counts of places: labels for the checker (no series holds them), but as old as last year's text when carried on."""
_OLD_MARK = re.compile(r"【要確認[^】]*】")
_TREND = re.compile(
    r"(?:増加|減少|上昇|低下|向上|悪化|改善|増|減)(?:し(?:た|て|ました)|傾向|となった|となりました|となっている|に転じ)"
    r"|(?:増え|減っ)(?:て|た)|(?:増え|減り|伸び)続け|上回|下回|達成(?:し(?:た|て|ました)|でき|に至)|未達成|横ばい|倍増|半減"
)
_PLANNED = re.compile(r"(?:予定|見込|目指|図[るりっ]|させ|よう(?:に|な)|ため(?:の|に|、))")
KINDS = re.compile("[0-9０-９]+(?:[・～~][0-9０-９]+)+(?:歳|年生|級|階|種|類|丁目|号|年度)")
"""「4・5歳児」 names a kind and counts nothing."""
_SCALED = re.compile(r"[兆億万百千]|[割分]")


@dataclass(frozen=True)
class Ground:
    """What a carried text stands on: the open sheet, last year's sheet, the section it comes from, whether years move.

    ``findings``: what the checker says of that section of last year's sheet, against last year's figures.
    """

    sheet: SheetFile
    last_year: SheetFile
    section: str
    years_move: bool
    findings: tuple[Finding, ...] = ()

    @property
    def by(self) -> int:
        """By how many years the source's own years move."""
        return self.sheet.fiscal_year - self.last_year.fiscal_year if self.years_move else 0

    @cached_property
    def _placed(self) -> list[tuple[int, Finding]]:
        placed = [(found.start, found) for found in self.findings if found.start is not None]
        return sorted(placed, key=lambda pair: pair[0])

    def findings_in(self, start: int, end: int) -> list[Finding]:
        """The findings that lie within ``start``–``end`` of last year's section."""
        first = bisect_left(self._placed, start, key=lambda pair: pair[0])
        last = bisect_left(self._placed, end, key=lambda pair: pair[0])
        return [found for _, found in self._placed[first:last] if found.end is not None and found.end <= end]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units of both sheets' indicators."""
        return tuple(entry.unit for sheet in (self.sheet, self.last_year) for entry in sheet.indicators if entry.unit)


@dataclass(frozen=True)
class Carried:
    """A carried sentence: ``pieces`` in order; ``source`` as it stood at ``start`` of last year's section.

    ``moved``: a year moved. ``doubtful``: moved and stayed years are mixed. ``dated``: it names a calendar year or
    date about the source's own, which stays. ``other_years``: it names fiscal years that stay.
    ``one_off``: a moved year dates a one-off deed or event. ``record``: it states a streak or record (3年連続).
    ``blanks``: figures left 【要記入】. ``replaced``: figures that stored values replaced.
    ``subjects``: indicators and costs that it states, in order.
    ``trend``: it says how something developed (増加した, 上回った). ``turned``: what it says no longer holds.
    """

    pieces: tuple[Piece, ...]
    source: str
    moved: bool
    doubtful: bool
    dated: bool
    other_years: bool
    blanks: int
    replaced: int
    subjects: tuple[str, ...]
    trend: bool
    turned: bool
    one_off: bool = False
    record: bool = False
    start: int = 0

    @property
    def clean(self) -> bool:
        """Every figure has a stored value in its place, and no year is in doubt."""
        in_doubt = self.doubtful or self.one_off or self.turned or self.record
        return self.replaced > 0 and self.blanks == 0 and not in_doubt

    @property
    def text(self) -> str:
        """The carried words, without marks."""
        return "".join(piece.text if isinstance(piece, Figure) else piece for piece in self.pieces)


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    piece: Piece


def carry(text: str, start: int, end: int, ground: Ground) -> Carried:
    """Carry ``text[start:end]`` (a sentence or an item of last year's section) on to the open sheet."""
    sentence = text[start:end]
    about = ground.findings_in(start, end)
    own_year = ground.last_year.fiscal_year
    years = move_years(sentence, own_year, ground.by) if ground.by else still_years(sentence, own_year)
    changes = [_Change(match.start(), match.end(), "") for match in _OLD_MARK.finditer(sentence)]
    changes += [_Change(edit.start, edit.end, MovedYear(edit.written)) for edit in years.edits]
    changes += _new_names(sentence, ground)
    blanks = replaced = 0
    turned = False
    protected = _protected(sentence, ground)
    for old in stale_counts(sentence, years_move=ground.by > 0):
        if any(first <= old.start < last for first, last in protected):
            continue
        blanks += 1
        changes.append(_Change(old.start, old.end, Name(_SHARE if old.share else MARK_FILL_IN)))
        protected.append((old.start, old.end))
    for written in find_figures(sentence, (*ground.units, *_COUNTED_PLACES)):
        if any(first <= written.start < last for first, last in protected):
            continue
        finding = next((found for found in about if _is_about(found, written, start)), None)
        # 「令和5年4月1日現在の人口は…」: a new figure beside a date that stays would be false.
        new, flips = (None, False) if years.dated else _replacement(written, finding, years.stayed, ground)
        turned = turned or flips
        aim = None if new else later_target(sentence, written, years.stayed, ground.last_year, ground.sheet)
        if aim is not None:
            new = Figure(written.text, (aim,))
        if new is None:
            blanks += 1
            changes.append(_Change(written.start, written.end, Name(MARK_FILL_IN + _unit_text(written))))
        else:
            replaced += 1
            changes.append(_Change(written.start, written.end, new))
    subjects = dict.fromkeys(found.indicator for found in about if found.indicator and found.verdict == "match")
    return Carried(
        _pieces(sentence, _in_requests(sentence, changes)),
        sentence,
        years.moved,
        years.doubtful,
        years.dated,
        bool(years.stayed),
        blanks,
        replaced,
        tuple(subjects),
        states_trend(sentence),
        turned,
        years.one_off,
        claims_record(sentence),
        start,
    )


def _new_names(sentence: str, ground: Ground) -> list[_Change]:
    """An indicator that a person's link says was renamed goes by its new name."""
    return [
        _Change(match.start(), match.end(), Name(entry.name))
        for entry in ground.last_year.indicators
        if entry.printed_as != entry.name and ground.sheet.indicator(entry.id) is not None
        for match in re.finditer(re.escape(entry.printed_as), sentence)
        if entry.name not in sentence
    ]


def states_trend(sentence: str) -> bool:
    """Whether it states a development or an achievement as a fact (増加した, 下回った), not as a plan."""
    return any(not _PLANNED.match(sentence, match.end()) for match in _TREND.finditer(sentence))


def _is_about(found: Finding, written: WrittenFigure, offset: int) -> bool:
    assert found.start is not None and found.end is not None
    overlaps = found.start < written.end + offset and written.start + offset < found.end
    return overlaps and found.verdict == "match" and found.kind in ("level", "change")


def _unit_text(written: WrittenFigure) -> str:
    """The unit as written: 「21件」 → 「件」, 「368百万円」 → 「百万円」."""
    return written.text[written.digits_end - written.start :]


def _protected(sentence: str, ground: Ground) -> list[tuple[int, int]]:
    """Places of stored names and of kinds, whose digits are no figures (「週1回以上運動する市民の割合」)."""
    names = {sheet.measure.name for sheet in (ground.sheet, ground.last_year)}
    for sheet in (ground.sheet, ground.last_year):
        names |= {name for entry in sheet.indicators for name in (entry.name, entry.printed_as)}
        names |= {entry.name or "" for entry in sheet.directions}
    with_digits = {normalise(name) for name in names if name and re.search(r"[0-9０-９一二三四五六七八九十]", name)}
    plain = normalise(sentence)
    spans = [match.span() for name in with_digits for match in re.finditer(re.escape(name), plain)]
    return [*spans, *(match.span() for match in KINDS.finditer(sentence))]


def _replacement(
    written: WrittenFigure, finding: Finding | None, stayed: frozenset[int], ground: Ground
) -> tuple[Figure | None, bool]:
    """This year's figure in the place of ``written``, or None; and whether the sign of a change has turned."""
    if finding is None or finding.indicator is None or finding.year is None or written.upper is not None:
        return None, False
    own = ground.last_year.fiscal_year
    in_window = own <= finding.year < own + OWN_YEARS
    year = finding.year + ground.by if in_window or finding.year not in stayed else finding.year
    if finding.kind == "level":
        cell = _cell(finding.indicator, year, finding.series or "actual", ground)
        return (None if cell is None else Figure(_printed(cell, written, ground), (cell,))), False
    if finding.kind != "change" or year != ground.sheet.fiscal_year:
        return None, False
    return _new_change(written, finding, ground)


def _new_change(written: WrittenFigure, finding: Finding, ground: Ground) -> tuple[Figure | None, bool]:
    """The change or gap of the open sheet, where last year's figure was last year's change or gap."""
    assert finding.indicator is not None
    for before, now in zip(
        _differences(finding.indicator, ground.last_year, ()),
        _differences(finding.indicator, ground.sheet, (ground.last_year,)),
        strict=True,
    ):
        if before is None or before.value is None or abs(before.value) != abs(written.value):
            continue
        if now is None or now.value is None:
            return None, False
        if (now.value > 0) != (before.value > 0) or now.value == 0:
            return None, True
        number = format_figure(abs(now.value), now.decimals)
        return Figure(number + _unit_text(written), now.cells), False
    return None, False


def _differences(subject: str, sheet: SheetFile, earlier: Sequence[SheetFile]) -> tuple[Fact | None, Fact | None]:
    """(change, gap to the target) of an indicator or cost in the sheet's year."""
    if subject.startswith("cost:"):
        row = subject.removeprefix("cost:")
        return (cost_facts(sheet, row, earlier)[1] if row in COST_BY_KEY else None), None
    entry = sheet.indicator(subject)
    if entry is None:
        return None, None
    stand = standing(entry, sheet.fiscal_year, earlier)
    return stand.change, stand.gap


def _cell(subject: str, year: int, series: Series, ground: Ground) -> Cell | None:
    """The stored value of the open sheet, for past years else of last year's sheet."""
    sheets = [ground.sheet] + ([ground.last_year] if year <= ground.last_year.fiscal_year else [])
    for sheet in sheets:
        if subject.startswith("cost:"):
            row, costs = subject.removeprefix("cost:"), sheet.costs.get(year)
            value = costs.value(row) if costs and row in COST_BY_KEY else None
        else:
            entry, old = sheet.indicator(subject), ground.last_year.indicator(subject)
            same = entry is not None and old is not None and (entry.name, entry.unit) == (old.name, old.unit)
            value = entry.value(year, series) if entry is not None and same else None
        if value is not None:
            return Cell(subject, year, series, value)
    return None


def _printed(cell: Cell, written: WrittenFigure, ground: Ground) -> str:
    """The value with the unit as written, or in the stored unit where last year's text had scaled it (百万円)."""
    entry = ground.sheet.indicator(cell.subject) or ground.last_year.indicator(cell.subject)
    row = COST_BY_KEY.get(cell.subject.removeprefix("cost:"))
    unit = (entry.unit or "").strip() if entry else row.unit if row else ""
    number = format_figure(cell.value, entry.decimals if entry else None)
    own_unit = _unit_text(written)
    digits = written.text[: written.digits_end - written.start]
    # 「592ｇ」 for a stored g/人日 keeps its unit; 億, 百万円 and 円 do not fit the stored 千円.
    rescaled = _SCALED.search(digits) or (own_unit.endswith("円") and own_unit != unit)
    return with_unit(number, unit if rescaled or not own_unit else own_unit)


def _in_requests(sentence: str, changes: Sequence[_Change]) -> list[_Change]:
    """The changes, two or more blanks without a stored figure between them made one request."""
    ordered = sorted(changes, key=lambda change: change.start)
    made: list[_Change] = []
    run: list[_Change] = []
    for change in ordered:
        near = bool(run) and change.start - run[-1].end <= _MOST_BETWEEN and not isinstance(change.piece, Figure)
        if run and not near:
            made += _one_request(sentence, run, made[-1].end if made else 0)
            run = []
        if near or _is_blank(change):
            run.append(change)
        else:
            made.append(change)
    return [*made, *_one_request(sentence, run, made[-1].end if made else 0)]


def _is_blank(change: _Change) -> bool:
    return isinstance(change.piece, Name) and change.piece.startswith("【")


def _one_request(sentence: str, run: Sequence[_Change], least: int) -> Sequence[_Change]:
    blanks = [change for change in run if _is_blank(change)]
    if len(blanks) < _LEAST_BLANKS:
        return run
    first, last = blanks[0], blanks[-1]
    inner = [change for change in run if change.end <= last.end]
    for start in request_starts(sentence, least, first.start):
        told = "".join(_plain(piece) for piece in _pieces(sentence[: last.end], inner, start))
        request = in_one_request(told)
        if request is not None:
            return [_Change(start, last.end, Name(request)), *(change for change in run if change.start >= last.end)]
    return run


def _plain(piece: Piece) -> str:
    return piece.text if isinstance(piece, Figure) else piece


def _pieces(sentence: str, changes: Sequence[_Change], place: int = 0) -> tuple[Piece, ...]:
    """``sentence`` from ``place`` on with its ``changes``."""
    pieces: list[Piece] = []
    for change in sorted(changes, key=lambda change: change.start):
        if change.start < place:
            continue
        if sentence[place : change.start]:
            pieces.append(Name(sentence[place : change.start]))
        if change.piece != "":
            pieces.append(change.piece)
        place = change.end
    if sentence[place:]:
        pieces.append(Name(sentence[place:]))
    return tuple(pieces)
