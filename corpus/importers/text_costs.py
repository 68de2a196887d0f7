"""施策コスト from the figures of the second page: what the sums of the form decide, and nothing else.

The form: 国庫 + 都道府県 + 地方債 + その他 + 一般財源 = 事業費計(A); (A) + 人件費計(B) = トータルコスト. A figure
printed behind its label is that row's; a figure printed alone is placed only if every way to close the sums agrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from corpus.form import COST_BY_KEY, COST_SOURCES
from corpus.importers.text_table import Table

_LARGEST_SEARCH = 12
_THOUSAND_YEN_AN_HOUR = (Decimal("0.5"), Decimal(30))
"""Plausible 人件費 per 延べ業務時間, in 千円: tells hours from sources, never two readings that both close."""
_SMALLEST = 1000


@dataclass
class CostReading:
    """``years``: decided values by fiscal year and row; ``undecided``: rows of a year with the figures they may hold;
    ``used``: indices of the table's runs that are costs; ``unexplained``: printed 0s that no formula row accounts for.
    """

    years: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    undecided: dict[tuple[int, str], list[Decimal]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    unexplained: bool = False


def read_costs(table: Table, start: int, end: int, fiscal_year: int) -> CostReading:
    """Costs of the years ``start`` to ``end``; a sheet that prints one value a row prints the evaluated year's."""
    reading = CostReading()
    labelled = {row: values for row, values in table.cost_rows.items() if values}
    filled = fiscal_year - start + 1
    reading.unexplained = not _zeros_explained(table, end - start + 1)
    loose = _loose(table)
    longest = max((len(values) for values in labelled.values()), default=0)
    if longest <= 1:
        _one_year(table, reading, {row: values[0] for row, values in labelled.items()}, loose, start, fiscal_year)
    else:
        _by_year(reading, labelled, loose, start, filled, fiscal_year)
    return reading


def _loose(table: Table) -> dict[int, Decimal]:
    """Whole figures printed alone, too large for the indicators' rows in which nothing labels them."""
    found = {}
    for chain in table.chains:
        run = table.runs[chain[0]]
        if len(chain) == 1 and run.series is None and len(run.tokens) == 1:
            token = run.tokens[0]
            if token.value is not None and token.value >= _SMALLEST and token.places == 0:
                found[chain[0]] = token.value
    return found


def _zeros_explained(table: Table, columns: int) -> bool:
    """Whether the printed 0s are those of formula rows: such a row has a total or a 0 in every year, all rows alike."""
    return (
        any(rows * (columns - filled) == table.zeros for rows in range(1, 4) for filled in range(columns + 1))
        or not table.zeros
    )


def _one_year(
    table: Table,
    reading: CostReading,
    labelled: dict[str, Decimal],
    loose: dict[int, Decimal],
    start: int,
    fiscal_year: int,
) -> None:
    solutions = list(_closures(labelled, loose))
    # Zeros printed behind a label are the years before the one with a total: they must agree with the evaluated year.
    year_fits = all(
        zeros in (fiscal_year - start, 0) or zeros >= fiscal_year - start
        for row, zeros in table.cost_zeros.items()
        if row not in labelled
    )
    if not solutions or not year_fits:
        _leave_open(reading, labelled, loose, fiscal_year, place=year_fits)
        return
    rows = {row for solution in solutions for row in solution.rows}
    decided = dict(labelled)
    for row in sorted(rows, key=list(COST_BY_KEY).index):
        values = {solution.rows.get(row) for solution in solutions}
        if len(values) == 1:
            decided[row] = next(value for value in values if value is not None)
        else:
            found = sorted(value for value in values if value is not None)
            reading.undecided[(fiscal_year, row)] = found
    sources = [row for row in COST_SOURCES if row not in decided]
    spread = sorted({value for solution in solutions for value in solution.sources})
    if len(sources) == 1 and all(len(solution.sources) == 1 for solution in solutions) and len(spread) == 1:
        decided[sources[0]] = spread[0]
    elif spread:
        reading.undecided |= {(fiscal_year, row): spread for row in sources}
    reading.years[fiscal_year] = decided
    reading.used = {index for solution in solutions for index in solution.used}


@dataclass(frozen=True)
class _Closure:
    """One way in which the sums close: rows with a place, source values without one, and the runs used."""

    rows: dict[str, Decimal]
    sources: tuple[Decimal, ...]
    used: frozenset[int]


def _closures(labelled: dict[str, Decimal], loose: dict[int, Decimal]) -> list[_Closure]:
    """Every way to take (A), (B), the total, the hours and the sources from the labelled and the loose figures."""
    if len(loose) > _LARGEST_SEARCH:
        return []
    found = []
    for program in _choices("program_total", labelled, loose):
        for personnel in _choices("personnel", labelled, loose):
            for total in _choices("total", labelled, loose):
                picked = [index for index, _ in (program, personnel, total) if index is not None]
                if len(set(picked)) < len(picked) or program[1] + personnel[1] != total[1]:
                    continue
                for hours in _choices("hours", labelled, loose):
                    if hours[0] in picked or not _hourly(personnel[1], hours[1]):
                        continue
                    taken = {*picked, *([hours[0]] if hours[0] is not None else [])}
                    rows = {
                        "program_total": program[1],
                        "personnel": personnel[1],
                        "total": total[1],
                        "hours": hours[1],
                    }
                    found += _sources(labelled, loose, taken, rows)
    return found


def _choices(row: str, labelled: dict[str, Decimal], loose: dict[int, Decimal]) -> list[tuple[int | None, Decimal]]:
    return [(None, labelled[row])] if row in labelled else list(loose.items())


def _hourly(personnel: Decimal, hours: Decimal) -> bool:
    low, high = _THOUSAND_YEN_AN_HOUR
    return hours > 0 and low <= personnel / hours <= high


def _sources(
    labelled: dict[str, Decimal], loose: dict[int, Decimal], taken: set[int], rows: dict[str, Decimal]
) -> list[_Closure]:
    known = sum((labelled[row] for row in COST_SOURCES if row in labelled), Decimal(0))
    places = sum(row not in labelled for row in COST_SOURCES)
    rest = [index for index in loose if index not in taken]
    return [
        _Closure(rows, tuple(loose[index] for index in chosen), frozenset(taken | set(chosen)))
        for count in range(min(places, len(rest)) + 1)
        for chosen in combinations(rest, count)
        if known + sum((loose[index] for index in chosen), Decimal(0)) == rows["program_total"]
    ]


def _by_year(
    reading: CostReading,
    labelled: dict[str, list[Decimal]],
    loose: dict[int, Decimal],
    start: int,
    filled: int,
    fiscal_year: int,
) -> None:
    """Rows printed with a value for each year up to the evaluated one; rows with fewer do not say which years."""
    complete = {row: values for row, values in labelled.items() if len(values) == filled}
    for row, values in complete.items():
        for offset, value in enumerate(values):
            reading.years.setdefault(start + offset, {})[row] = value
    for row, values in labelled.items():
        if row not in complete:
            for year in range(start, fiscal_year + 1):
                reading.undecided[(year, row)] = sorted(set(values))
    open_rows = [row for row in COST_BY_KEY if row not in labelled]
    if loose and open_rows:
        reading.used = set(loose)
        values = sorted(set(loose.values()))
        reading.undecided |= {(year, row): values for year in range(start, fiscal_year + 1) for row in open_rows}


def _leave_open(
    reading: CostReading, labelled: dict[str, Decimal], loose: dict[int, Decimal], fiscal_year: int, *, place: bool
) -> None:
    """No reading closes: labelled figures are the evaluated year's if nothing is against it, others stay open."""
    if place:
        if labelled:
            reading.years[fiscal_year] = dict(labelled)
    else:
        reading.undecided |= {(fiscal_year, row): [value] for row, value in labelled.items()}
    values: Sequence[Decimal] = sorted(set(loose.values()))
    missing = [row for row in COST_BY_KEY if row not in labelled and row != "projects"]
    if values and (labelled or len(loose) >= len(missing) - 2):
        reading.used = set(loose)
        reading.undecided |= {(fiscal_year, row): list(values) for row in missing}
