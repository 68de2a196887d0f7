"""Which printed figure stands in which cell of the outcome indicators' rows: every reading that the constraints allow.

A cell is decided only if all readings agree on it. The constraints, and why each may be relied on:

- each printed figure is in exactly one cell; every outcome indicator has a target for each year of the plan and an
  actual (or "-") for each year up to the evaluated one (the form: an empty year is written "-");
- figures of one line are in one row, left to right; a row's label is printed once, and what follows it on its line
  begins the row (a filled row has nothing between its label and its first cell);
- lines on top of each other in one block belong to one indicator, whose cells overlap where both are bare figures;
- targets move one way, by no implausible step in a year (``Name.even``); a percentage is from 0 to 100; a count has no
  digits behind the point;
- a survey that was not held gives "-" to all its indicators in that year;
- where the cells of one indicator come before those of another in every column of the text, its name does too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from corpus.importers.text_table import Run, Token

Cell = tuple[int, str, int]
"""Index of the indicator's name, series, index of the year's column."""


@dataclass(frozen=True)
class Name:
    """What is known of an outcome indicator: its unit (``percent``; ``whole``: a count), its survey, the line where
    page 2 names it, its place in the form. ``falls`` (targets that fall are expected) only ranks readings.
    """

    percent: bool
    whole: bool
    source: str | None
    line: int | None
    rank: int | None = None
    falls: bool = False

    def allows(self, tokens: Sequence[Token]) -> bool:
        """Whether these figures can be of this indicator, by its unit."""
        values = [token.value for token in tokens if token.value is not None]
        if self.percent and any(not 0 <= value <= 100 for value in values):
            return False
        return not (self.whole and any(token.places for token in tokens))

    def even(self, targets: Sequence[Decimal]) -> bool:
        """No year's step is implausible: 10 points for a percentage, half of the larger value otherwise."""
        steps = pairwise(targets)
        if self.percent:
            return all(abs(b - a) <= 10 for a, b in steps)
        return all(abs(b - a) <= max(abs(a), abs(b)) / 2 or abs(b - a) <= 10 for a, b in steps)


@dataclass
class Readings:
    """All readings: ``cells`` maps a cell to the values it can have (None: "-"); ``likely`` is the evenest reading.

    ``complete`` is False when the search was given up: then nothing is decided. ``pools``: the chains left for the
    対象指標 in some reading; ``letters``: what letters each name can have.
    """

    cells: dict[Cell, set[Decimal | None]] = field(default_factory=dict)
    likely: dict[Cell, Decimal | None] = field(default_factory=dict)
    pools: set[frozenset[int]] = field(default_factory=set)
    letters: dict[int, set[str | None]] = field(default_factory=dict)
    count: int = 0
    complete: bool = True
    _unevenness: Decimal = Decimal("Infinity")

    def add(self, cells: dict[Cell, Decimal | None], unevenness: Decimal) -> None:
        """Take one reading in."""
        self.count += 1
        for cell, value in cells.items():
            self.cells.setdefault(cell, set()).add(value)
        if unevenness < self._unevenness:
            self._unevenness, self.likely = unevenness, cells


def targets_of(runs: Sequence[Run]) -> tuple[Decimal, ...]:
    """The figures of runs as one row of targets in the order of the years, () if no one-way order fits them."""
    values = sorted(token.value for run in runs for token in run.tokens if token.value is not None)
    for ordered, sign in ((values, 1), (values[::-1], -1)):
        if all(_fits(run, ordered[0], sign) for run in runs):
            return tuple(ordered)
    return ()


def _fits(run: Run, first: Decimal, sign: int) -> bool:
    own = [token.value for token in run.tokens if token.value is not None]
    if len(own) != len(run.tokens) or (run.series and own[0] != first):
        return False
    return run.in_doubt or all((b - a) * sign >= 0 for a, b in pairwise(own))


def between(value: Decimal, row: Sequence[Decimal]) -> bool:
    """Whether a value lies inside the range of a row."""
    return min(row) < value < max(row)


def gaps(values: Sequence[Decimal | None]) -> frozenset[int]:
    """The columns in which a row prints "-"."""
    return frozenset(column for column, value in enumerate(values) if value is None)


def merges(runs: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], ...]]:
    """All interleavings of runs (run, length) that keep each run's order, as (run, position) pairs."""
    lengths = dict(runs)

    def grow(taken: dict[int, int], out: tuple[tuple[int, int], ...]) -> Iterator[tuple[tuple[int, int], ...]]:
        if all(taken[run] == lengths[run] for run in lengths):
            yield out
            return
        for run in lengths:
            if taken[run] < lengths[run]:
                yield from grow(taken | {run: taken[run] + 1}, (*out, (run, taken[run])))

    return grow(dict.fromkeys(lengths, 0), ())


def unevenness(targets: Sequence[Sequence[Decimal]], actuals: Sequence[Sequence[Decimal | None]]) -> Decimal:
    """How restless a reading is: changes of the targets' steps, and jumps of the actuals, relative to their size."""
    total = Decimal(0)
    for values in targets:
        steps = [b - a for a, b in pairwise(values)]
        size = max(abs(value) for value in values) or Decimal(1)
        total += sum((abs(b - a) for a, b in pairwise(steps)), Decimal(0)) / size
    for row in actuals:
        known = [value for value in row if value is not None]
        size = max((abs(value) for value in known), default=Decimal(1)) or Decimal(1)
        total += sum((abs(b - a) for a, b in pairwise(known)), Decimal(0)) / size / 4
    return total
