"""What continues what over the years: pure, on the links that a person kept (``corpus.continuity`` stores them).

Without a link a measure continues its own earlier sheets, and an indicator the one of the same id, name and unit. A
link of a measure from ``first_year`` on replaces that for the years before: only what is linked is continued then.
Following links back, the years only go down, so that it always ends.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import messages
from corpus.sheetfile import IndicatorEntry, SheetFile

LinkKind = Literal["renamed", "split", "merged", "moved", "new_plan", "separate"]
JOINING: frozenset[str] = frozenset({"renamed", "moved", "new_plan"})
"""Kinds over which figures stay comparable. A part is not the whole: split and merged join texts, never series."""


@dataclass(frozen=True)
class MeasureTie:
    """From ``first_year`` on ``measure_id`` continues ``earlier_id`` (None: nothing, although the code is the same)."""

    measure_id: int
    first_year: int
    earlier_id: int | None
    kind: str


@dataclass(frozen=True)
class IndicatorTie:
    """From ``first_year`` on indicator ``key`` continues ``earlier_key`` of ``earlier_measure_id`` (None: nothing)."""

    measure_id: int
    key: str
    first_year: int
    earlier_measure_id: int
    earlier_key: str | None
    kind: str


@dataclass(frozen=True)
class Ties:
    """All links that one look at the past needs, in the order in which they were made."""

    measures: tuple[MeasureTie, ...] = ()
    indicators: tuple[IndicatorTie, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Years of a measure that belong to a later sheet: up to ``last_year``, from ``first_year`` (None: the first).

    ``primary``: the first-linked way back; ``whole``: no split or merge lies between, so that costs and figures of the
    same name are those of the same thing.
    """

    measure_id: int
    first_year: int | None
    last_year: int
    primary: bool
    whole: bool

    def holds(self, measure_id: int, year: int) -> bool:
        """Whether a sheet of that measure and fiscal year lies in it."""
        return measure_id == self.measure_id and (self.first_year or year) <= year <= self.last_year


@dataclass(frozen=True)
class Match:
    """A later indicator and what it continues in one earlier sheet; ``joined``: the figures are one series."""

    key: str
    earlier_key: str | None
    joined: bool


def plain(text: str) -> str:
    """A name without differences of width and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def lineage(measure_id: int, year: int, ties: Sequence[MeasureTie]) -> tuple[Stretch, ...]:
    """The stretches that a sheet of ``measure_id`` for ``year`` continues, its own and the first-linked ones first."""
    found = _walk(measure_id, year, ties, primary=True, whole=True, seen=set())
    return tuple(sorted(found, key=lambda stretch: not stretch.primary))


def stretch_of(stretches: Sequence[Stretch], measure_id: int, year: int) -> Stretch | None:
    """The first stretch that holds the measure's sheet of a year: two ways back to it give it once."""
    return next((stretch for stretch in stretches if stretch.holds(measure_id, year)), None)


def _walk(
    measure_id: int, bound: int, ties: Sequence[MeasureTie], *, primary: bool, whole: bool, seen: set[tuple[int, int]]
) -> Iterator[Stretch]:
    if (measure_id, bound) in seen:
        return
    seen.add((measure_id, bound))
    steps = _latest(measure_id, bound, ties)
    yield Stretch(measure_id, steps[0].first_year if steps else None, bound, primary, whole)
    for place, tie in enumerate(steps):
        if tie.earlier_id is not None:
            kept = whole and tie.kind in JOINING and len(steps) == 1
            first = primary and place == 0
            yield from _walk(tie.earlier_id, tie.first_year - 1, ties, primary=first, whole=kept, seen=seen)


def _latest(measure_id: int, bound: int, ties: Sequence[MeasureTie]) -> list[MeasureTie]:
    own = [tie for tie in ties if tie.measure_id == measure_id and tie.first_year <= bound]
    year = max((tie.first_year for tie in own), default=None)
    return [tie for tie in own if tie.first_year == year]


def comes_back(ties: Sequence[MeasureTie]) -> bool:
    """Whether somewhere a measure would continue itself through others.

    Numbers that change places when a new plan begins (12 continues 13, 13 continues 12, both ``new_plan`` and from the
    same year) are no such circle: each goes on with the other's past.
    """
    starts = {(tie.measure_id, other.first_year) for tie in ties for other in ties}
    return any(_returns(measure_id, year, ties, ()) for measure_id, year in starts) or any(
        _changes_places(tie, ties) for tie in ties if tie.kind != "new_plan"
    )


def _returns(measure_id: int, bound: int, ties: Sequence[MeasureTie], path: tuple[int, ...]) -> bool:
    if measure_id in path:
        return True
    return any(
        # the same measure in a new plan is no way back to itself
        _returns(
            tie.earlier_id, tie.first_year - 1, ties, path if tie.earlier_id == measure_id else (*path, measure_id)
        )
        for tie in _latest(measure_id, bound, ties)
        if tie.earlier_id is not None
    )


def _changes_places(tie: MeasureTie, ties: Sequence[MeasureTie]) -> bool:
    """Whether links of one year lead from what ``tie`` continues back to its measure."""
    same_year = [other for other in ties if other.first_year == tie.first_year]
    reached: set[int | None] = {None}
    ahead = {tie.earlier_id} - {tie.measure_id}
    while ahead:
        at = ahead.pop()
        if at == tie.measure_id:
            return True
        if at not in reached:
            reached.add(at)
            ahead |= {other.earlier_id for other in same_year if other.measure_id == at}
    return False


@dataclass(frozen=True)
class _End:
    measure_id: int | None
    key: str | None
    joined: bool
    linked: bool


def _trace(
    measure_id: int, key: str, bound: int, year: int, ties: Ties, *, joined: bool, linked: bool
) -> Iterator[_End]:
    """Where an indicator stands in ``year``, following its own links, where there are none its measure's."""
    own = [
        tie
        for tie in ties.indicators
        if (tie.measure_id, tie.key) == (measure_id, key) and year < tie.first_year <= bound
    ]
    steps = [tie for tie in _latest(measure_id, bound, ties.measures) if year < tie.first_year]
    years = [tie.first_year for tie in own] + [tie.first_year for tie in steps]
    latest = max(years, default=None)
    if latest is None:
        yield _End(measure_id, key, joined, linked)
        return
    here = [tie for tie in own if tie.first_year == latest]
    for tie in here:
        if tie.earlier_key is None:
            yield _End(None, None, False, True)
        else:
            kept = joined and tie.kind in JOINING and len(here) == 1
            before = tie.earlier_measure_id
            yield from _trace(before, tie.earlier_key, latest - 1, year, ties, joined=kept, linked=True)
    for step in steps if not here else ():
        if step.earlier_id is not None:
            yield from _trace(step.earlier_id, key, latest - 1, year, ties, joined=joined, linked=linked)


def matches(later: SheetFile, later_id: int, earlier_id: int, earlier_year: int, ties: Ties) -> tuple[Match, ...]:
    """What links say of the later sheet's indicators in one earlier sheet; nothing where the default holds."""
    found: list[Match] = []
    for entry in later.indicators:
        ends = list(_trace(later_id, entry.id, later.fiscal_year, earlier_year, ties, joined=True, linked=False))
        linked = [end for end in ends if end.linked]
        here = {(end.key, end.joined) for end in linked if end.measure_id == earlier_id}
        found += [Match(entry.id, key, joined and len(here) == 1) for key, joined in sorted(here, key=str)]
        if linked and not here:
            found.append(Match(entry.id, None, False))
    return tuple(found)


def moved_in(
    later: SheetFile, later_id: int, earlier_year: int, ties: Ties, present: Sequence[int]
) -> Mapping[str, tuple[int, str]]:
    """Indicators that came from a measure which the sheet does not continue: later id → (measure, its id there)."""
    found: dict[str, tuple[int, str]] = {}
    for entry in later.indicators:
        ends = list(_trace(later_id, entry.id, later.fiscal_year, earlier_year, ties, joined=True, linked=False))
        if len(ends) == 1 and ends[0].joined and ends[0].linked and ends[0].key is not None:
            before = ends[0].measure_id
            if before is not None and before not in present:
                found[entry.id] = (before, ends[0].key)
    return found


def with_moved_in(seen: SheetFile, later: SheetFile, entries: Mapping[str, IndicatorEntry]) -> SheetFile:
    """An earlier sheet with indicators that stood in another measure's sheet then, under the later sheet's ids."""
    there = {entry.id for entry in seen.indicators}
    moved = [
        continued(entry, target)
        for key, entry in entries.items()
        if (target := later.indicator(key)) is not None and can_join(entry, target) and key not in there
    ]
    return seen.model_copy(update={"indicators": [*seen.indicators, *moved]}) if moved else seen


def can_join(entry: IndicatorEntry, target: IndicatorEntry) -> bool:
    """Whether figures of two indicators can be one series: of one kind, in one unit."""
    return entry.kind == target.kind and plain(entry.unit or "") == plain(target.unit or "")


def as_continued(
    earlier: SheetFile, later: SheetFile, links: Sequence[Match] = (), *, primary: bool = True, whole: bool = True
) -> SheetFile:
    """An earlier sheet as the later one sees it; its texts stay as they were printed.

    A linked indicator gets the later one's id, name and place (``printed_as`` keeps its own name). What a link cuts off
    is taken away. A split or merged one, or one in another unit, stays readable under an id and name of its own: a sum
    of parts is not computed. Of a measure that is not ``primary`` only linked indicators are kept, and costs only of
    one that is ``whole``.
    """
    found: list[tuple[IndicatorEntry, bool]] = []
    said = {match.key: match for match in links}
    for entry in earlier.indicators:
        named = [match for match in links if match.earlier_key == entry.id]
        target = later.indicator(named[0].key) if len(named) == 1 and named[0].joined else None
        twins = [other for other in later.indicators if other.id in said and _same(entry, other)]
        if target is not None and can_join(entry, target):
            found.append((continued(entry, target), True))
        elif named:
            found.append((_set_aside(entry, earlier.fiscal_year), False))
        elif not primary or any(said[twin.id].earlier_key is None for twin in twins):
            continue
        else:
            found.append((_set_aside(entry, earlier.fiscal_year) if twins else entry, False))
    taken = {entry.id for entry, linked in found if linked}
    kept = []
    for entry, linked in found:
        kept.append(entry if linked else _with_free_id(entry, taken))
        taken.add(kept[-1].id)
    return earlier.model_copy(update={"indicators": kept, "costs": earlier.costs if whole else {}})


def _same(entry: IndicatorEntry, other: IndicatorEntry) -> bool:
    """Whether everybody would take them for the same without a link: by id or name, in one unit."""
    alike = entry.id == other.id or plain(entry.name) == plain(other.name)
    return alike and can_join(entry, other)


def continued(entry: IndicatorEntry, target: IndicatorEntry) -> IndicatorEntry:
    """An earlier indicator under the id, name and place of the one that continues it."""
    names = ("id", "name", "label", "direction", "unit")
    return entry.seen_as(**{name: getattr(target, name) for name in names})


def _set_aside(entry: IndicatorEntry, year: int) -> IndicatorEntry:
    return entry.seen_as(id=f"旧{entry.id}", name=messages.until_year(entry.name, year))


def _with_free_id(entry: IndicatorEntry, taken: set[str]) -> IndicatorEntry:
    key = entry.id
    while key in taken:
        key = f"旧{key}"
    return entry if key == entry.id else entry.seen_as(id=key)


def sheet_of_year(sheets: Sequence[SheetFile], year: int) -> SheetFile | None:
    """The sheet of a year among earlier ones, of a merged measure the first-linked one (the last of its year)."""
    return next((sheet for sheet in reversed(sheets) if sheet.fiscal_year == year), None)
