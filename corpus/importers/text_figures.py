"""The figures of the second page → the indicators' values as far as they are decided, and what is left open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus import messages
from corpus.form import Series
from corpus.importers.constraints import Name, Readings
from corpus.importers.row_names import read_layouts
from corpus.importers.row_search import Search
from corpus.importers.text_head import NamedIndicator
from corpus.importers.text_labels import squash
from corpus.importers.text_population import PoolName, PoolReadings, read_pool
from corpus.importers.text_table import FLAGS, Run, Table
from corpus.importers.text_units import COUNT_UNITS, GROUP_UNITS, PERCENT

_NEGATED = re.compile(r"ない(?:市民|町民|区民|県民|住民|人|世帯|者|児童|生徒|子ども|企業|団体)?(?:の|・)")
_SERIES_WORDS: tuple[Series, ...] = ("forecast", "baseline", "target", "actual")

Cell = tuple[int, Series, int]
"""Index of the indicator in its list, series, fiscal year."""


@dataclass
class FigureReading:
    """``decided``: cells of the outcome indicators or of the 対象指標 with their value (None: printed "-");
    ``undecided``: cells with what they may hold, the likeliest first; ``unread``: figures that belong to no row known.
    """

    outcomes: dict[Cell, Decimal | None] = field(default_factory=dict)
    outcomes_open: dict[Cell, list[Decimal]] = field(default_factory=dict)
    population: dict[Cell, Decimal | None] = field(default_factory=dict)
    population_open: dict[Cell, list[Decimal]] = field(default_factory=dict)
    unread: list[Decimal] = field(default_factory=list)
    letters: dict[int, str] = field(default_factory=dict)
    falling: dict[int, bool] = field(default_factory=dict)
    complete: bool = True


def read_figures(
    table: Table,
    costs: set[int],
    population: Sequence[NamedIndicator],
    outcomes: Sequence[NamedIndicator],
    start: int,
    end: int,
    fiscal_year: int,
) -> FigureReading:
    """``costs``: indices of runs that are costs; years ``start`` to ``end`` are the table's columns."""
    columns, surveyed = end - start + 1, fiscal_year - start + 1
    chains = [chain for chain in table.chains if not costs & set(chain)]
    reading = FigureReading()
    names = [_name(entry, rank) for rank, entry in enumerate(outcomes)]
    pool_names = [_pool_name(entry) for entry in population]
    search = Search(
        table.runs,
        chains,
        names,
        columns,
        surveyed,
        pool_decimals=any(not name.whole for name in pool_names),
        pool_cells=len(population) * (columns + surveyed),
    )
    layouts = search.layouts()
    found = read_layouts(layouts or [], table.runs, names, in_order=table.in_order)
    if found.count and found.complete:
        _take_outcomes(reading, found, start)
        pools = [[chains[index] for index in sorted(pool)] for pool in found.pools]
        _take_pools(reading, table, pools, pool_names, start, end, surveyed)
    else:
        reading.complete = not chains
        every = [table.runs[index] for chain in chains for index in chain]
        _leave_open(reading, every, population, outcomes, range(start, end + 1), fiscal_year)
    _check_nothing_lost(reading, [table.runs[index] for chain in chains for index in chain])
    return reading


def _name(entry: NamedIndicator, rank: int) -> Name:
    described = entry.described
    return Name(
        percent=squash(entry.unit or "") == PERCENT,
        whole=squash(entry.unit or "") in COUNT_UNITS,
        source=described.source if described else None,
        line=described.line if described else None,
        rank=rank,
        falls=bool(_NEGATED.search(entry.name)),
    )


def _pool_name(entry: NamedIndicator) -> PoolName:
    unit = squash(entry.unit or "")
    return PoolName(
        residents=entry.name.startswith(("人口", "総人口", "住民基本台帳人口")) and unit == "人",
        groups=unit in GROUP_UNITS,
        whole=unit in COUNT_UNITS,
    )


def _take_outcomes(reading: FigureReading, found: Readings, start: int) -> None:
    for (name, row, column), values in sorted(found.cells.items()):
        cell: Cell = (name, _series(row), start + column)
        if len(values) == 1:
            reading.outcomes[cell] = next(iter(values))
        else:
            likely = found.likely.get((name, row, column))
            reading.outcomes_open[cell] = _ranked(values, likely)
    reading.letters = {
        name: next(iter(letters)) or ""
        for name, letters in found.letters.items()
        if len(letters) == 1 and None not in letters
    }
    for name in {name for name, row, _ in found.likely if row == "target"}:
        targets = [value for (other, row, _), value in sorted(found.likely.items()) if (other, row) == (name, "target")]
        known = [value for value in targets if value is not None]
        if known and known[0] != known[-1]:
            reading.falling[name] = known[-1] < known[0]


def _take_pools(
    reading: FigureReading,
    table: Table,
    pools: Sequence[Sequence[tuple[int, ...]]],
    names: Sequence[PoolName],
    start: int,
    end: int,
    surveyed: int,
) -> None:
    every: list[PoolReadings] = [
        read_pool(table.runs, pool, names, end - start + 1, surveyed, in_order=table.in_order) for pool in pools
    ]
    cells = {cell for found in every for cell in found.cells}
    for name, row, column in sorted(cells):
        values = {value for found in every for value in found.cells.get((name, row, column), {None})}
        cell: Cell = (name, _series(row), start + column)
        if len(values) == 1 and all(found.complete for found in every):
            reading.population[cell] = next(iter(values))
        else:
            reading.population_open[cell] = _ranked(values, None)


def _leave_open(
    reading: FigureReading,
    runs: Sequence[Run],
    population: Sequence[NamedIndicator],
    outcomes: Sequence[NamedIndicator],
    years: range,
    fiscal_year: int,
) -> None:
    """No reading satisfies the constraints (or too many do): each figure may be in any cell that its unit allows."""

    def candidates(entry: NamedIndicator, row: Series) -> list[Decimal]:
        name = _name(entry, 0)
        fitting = [run for run in runs if run.series in (None, row) and name.allows(run.tokens)]
        return _ranked({token.value for run in fitting for token in run.tokens}, None)

    for place, entry in enumerate(outcomes):
        for row in ("target", "actual"):
            found = candidates(entry, _series(row))
            last = fiscal_year if row == "actual" else years[-1]
            if found:
                reading.outcomes_open |= {(place, _series(row), y): found for y in years if y <= last}
    for place, entry in enumerate(population):
        for row in ("forecast", "actual"):
            own = [run for run in runs if run.series in ((None, "actual") if row == "actual" else ("forecast",))]
            values = {
                token.value for run in own for token in run.tokens if _pool_name(entry).whole <= (token.places == 0)
            }
            found = _ranked(values, None)
            last = fiscal_year if row == "actual" else years[-1]
            if found:
                reading.population_open |= {(place, _series(row), y): found for y in years if y <= last}


def _check_nothing_lost(reading: FigureReading, runs: Sequence[Run]) -> None:
    """Every printed figure is placed or a candidate; what is neither is told."""
    placed = set(reading.outcomes.values()) | set(reading.population.values())
    offered = {
        value for values in (*reading.outcomes_open.values(), *reading.population_open.values()) for value in values
    }
    for run in runs:
        for token in run.tokens:
            if token.value is not None and token.value not in placed and token.value not in offered:
                reading.unread.append(token.value)


def _ranked(values: set[Decimal | None], likely: Decimal | None) -> list[Decimal]:
    known = sorted(value for value in values if value is not None)
    return sorted(known, key=lambda value: value != likely)


def _series(row: str) -> Series:
    return next(series for series in _SERIES_WORDS if series == row)


@dataclass(frozen=True)
class FlagReading:
    """``achieved``, ``improved``: index of the outcome indicator → flag; ``*_open``: indices that a person decides."""

    achieved: dict[int, bool]
    improved: dict[int, bool]
    achieved_open: tuple[int, ...]
    improved_open: tuple[int, ...]


def read_flags(
    flags: Sequence[str], figures: Mapping[Cell, Decimal | None], count: int, fiscal_year: int
) -> FlagReading:
    """達成・未達成 and 前年度比較 as far as their number decides whose they are.

    Every outcome indicator has a flag of the first kind; of the second only those with values of both years, since
    「前年度比較」 has nothing to compare with where the year before prints "-".
    """
    achieved = [held for name, held in map(FLAGS.__getitem__, flags) if name == "achieved"]
    improved = [held for name, held in map(FLAGS.__getitem__, flags) if name == "improved"]
    everyone = tuple(range(count))
    alike = len(achieved) == count and len(set(achieved)) == 1
    comparable = tuple(
        place
        for place in everyone
        if all(figures.get((place, "actual", year)) is not None for year in (fiscal_year, fiscal_year - 1))
    )
    without = tuple(place for place in everyone if figures.get((place, "actual", fiscal_year - 1), 0) is None)
    certain = set(comparable) | set(without) == set(everyone)
    same = certain and len(improved) == len(comparable) and len(set(improved)) == 1 and improved[0] is not None
    return FlagReading(
        achieved={place: bool(achieved[0]) for place in everyone} if alike else {},
        improved={place: bool(improved[0]) for place in comparable} if same else {},
        achieved_open=everyone if achieved and not alike else (),
        improved_open=tuple(place for place in everyone if place not in without) if improved and not same else (),
    )


def expected_direction(entry: NamedIndicator, falling: bool | None) -> list[str]:
    """Candidates for ``better``: from the trend of the targets, else from a negated name; never stored unasked."""
    if falling is not None:
        return ["lower" if falling else "higher"]
    return ["lower", "higher"] if _NEGATED.search(entry.name) else ["higher", "lower"]


def figures_text(values: Sequence[Decimal]) -> str:
    """Figures for a message, each once, as printed."""
    return messages.figure_list([f"{value:,}" for value in dict.fromkeys(values)])
