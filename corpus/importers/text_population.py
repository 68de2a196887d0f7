"""The rows of the 対象指標 from the figures that no outcome indicator takes: every reading the form allows.

Their rows need not be filled, so often neither the years nor the indicator are decided; a person picks what is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from corpus.importers.text_table import Run

PoolCell = tuple[int, str, int]
"""Index of the 対象指標, series, index of the year's column."""
_Placed = dict[PoolCell, Decimal]


@dataclass(frozen=True)
class PoolName:
    """``residents``: the number of the city's people; ``groups``: a count of groups or households, never above it;
    ``whole``: a count without decimals."""

    residents: bool
    groups: bool
    whole: bool


@dataclass
class PoolReadings:
    """Cells with the values they can have (None: empty in some reading)."""

    cells: dict[PoolCell, set[Decimal | None]] = field(default_factory=dict)
    count: int = 0
    complete: bool = True


def read_pool(
    runs: Sequence[Run],
    chains: Sequence[tuple[int, ...]],
    names: Sequence[PoolName],
    columns: int,
    surveyed: int,
    *,
    in_order: bool,
    budget: int = 60_000,
) -> PoolReadings:
    """All readings of the chains as rows of the 対象指標: 実績値 in the first ``surveyed`` of ``columns`` years,
    見込み値 in any; each figure once, lines left to right, the label at the front of its row. Every indicator has
    some figure if there are lines enough for all.
    """
    readings = PoolReadings()
    if not chains or not names:
        return readings
    fill_all = len(chains) >= len(names)
    solutions: list[_Placed] = []
    for placed in _place(list(chains), runs, names, columns, surveyed, {}, []):
        budget -= 1
        if budget <= 0:
            readings.complete = False
            break
        if fill_all and len({cell[0] for cell in placed}) < len(names):
            continue
        if in_order and not _ordered(placed, runs, chains):
            continue
        solutions.append(placed)
    readings.count = len(solutions)
    for cell in {cell for placed in solutions for cell in placed}:
        readings.cells[cell] = {placed.get(cell) for placed in solutions}
    return readings


def _place(
    chains: list[tuple[int, ...]],
    runs: Sequence[Run],
    names: Sequence[PoolName],
    columns: int,
    surveyed: int,
    placed: _Placed,
    labelled: list[tuple[int, str, int]],
) -> Iterator[_Placed]:
    if not chains:
        if _sizes_fit(placed, names):
            yield placed
        return
    chain, rest = chains[0], chains[1:]
    for name_index, name in enumerate(names):
        if name.whole and any(token.places for index in chain for token in runs[index].tokens):
            continue
        for cells, marks in _rows(chain, runs, name_index, columns, surveyed):
            if any(cell in placed for cell in cells):
                continue
            both = [*labelled, *marks]
            if len({mark[:2] for mark in both}) == len(both) and _labels_first({**placed, **cells}, both):
                yield from _place(rest, runs, names, columns, surveyed, {**placed, **cells}, both)


def _rows(
    chain: tuple[int, ...], runs: Sequence[Run], name: int, columns: int, surveyed: int
) -> Iterator[tuple[_Placed, list[tuple[int, str, int]]]]:
    """The ways to lay a chain into an indicator's rows, with (indicator, series, first column) of its labelled runs."""
    series = [_series_of(runs[index], place, len(chain), columns) for place, index in enumerate(chain)]
    ways: list[tuple[_Placed, list[tuple[int, str, int]]]] = [({}, [])]
    for index, row in zip(chain, series, strict=True):
        run = runs[index]
        width = surveyed if row == "actual" else columns
        grown = []
        for cells, marks in ways:
            for places in combinations(range(width), len(run.tokens)):
                own = {(name, row, place): token.value for place, token in zip(places, run.tokens, strict=True)}
                values = {cell: value for cell, value in own.items() if value is not None}
                mark = [(name, row, places[0])] if run.series else []
                grown.append(({**cells, **values}, [*marks, *mark]))
        ways = grown
    yield from ways


def _series_of(run: Run, place: int, lines: int, columns: int) -> str:
    if run.series in ("forecast", "actual"):
        return str(run.series)
    if (lines == 2 and place == 0) or len(run.tokens) == columns:
        return "forecast"
    return "actual"


def _labels_first(placed: _Placed, labelled: Sequence[tuple[int, str, int]]) -> bool:
    return all(
        first == min(cell[2] for cell in placed if cell[:2] == (name, series)) for name, series, first in labelled
    )


def _sizes_fit(placed: _Placed, names: Sequence[PoolName]) -> bool:
    """A city has no more groups or households than people."""
    people = [value for cell, value in placed.items() if names[cell[0]].residents]
    groups = [value for cell, value in placed.items() if names[cell[0]].groups]
    return not people or not groups or min(people) >= max(groups)


def _ordered(placed: _Placed, runs: Sequence[Run], chains: Sequence[tuple[int, ...]]) -> bool:
    """In a table printed in order the rows of the indicators follow each other."""
    lines: dict[int, list[int]] = {}
    by_value: dict[Decimal, list[int]] = {}
    for chain in chains:
        for index in chain:
            for token in runs[index].tokens:
                if token.value is not None:
                    by_value.setdefault(token.value, []).append(runs[index].line)
    for cell, value in placed.items():
        lines.setdefault(cell[0], []).append(min(by_value[value]))
    order = [min(found) for _, found in sorted(lines.items())]
    return order == sorted(order)
