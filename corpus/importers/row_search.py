"""The search for every way to build the outcome indicators' rows from the printed runs (see ``constraints``).

Chains of figures go to nameless slots, always the chain with the fewest places left; ``row_names`` names the slots.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, product

from corpus.importers.constraints import Name, between, merges, targets_of
from corpus.importers.text_table import Run


@dataclass(frozen=True)
class Rows:
    """The rows of one indicator: runs by series, the targets by column, and every order that the actuals can have."""

    baseline_runs: tuple[int, ...]
    target_runs: tuple[int, ...]
    actual_runs: tuple[int, ...]
    targets: tuple[Decimal, ...]
    actuals: tuple[tuple[Decimal | None, ...], ...]

    @property
    def runs(self) -> tuple[int, ...]:
        """All runs of the rows."""
        return self.baseline_runs + self.target_runs + self.actual_runs


@dataclass(frozen=True)
class Layout:
    """Rows for all indicators, nameless, and the chains left for the 対象指標."""

    rows: tuple[Rows, ...]
    pool: frozenset[int]


@dataclass
class _Slot:
    """The rows of one indicator that has no name yet: indices of runs by series."""

    rows: dict[str, list[int]] = field(default_factory=lambda: {"baseline": [], "target": [], "actual": []})


_Choice = tuple[int | None, tuple[str, ...]]
"""Where a chain goes: the slot (None: left for the 対象指標) and the row of each of its runs."""


class Search:
    """One search; ``layouts()`` runs it."""

    def __init__(
        self,
        runs: Sequence[Run],
        chains: Sequence[tuple[int, ...]],
        names: Sequence[Name],
        columns: int,
        surveyed: int,
        *,
        pool_decimals: bool,
        pool_cells: int,
        budget: int = 6_000,
    ) -> None:
        """``columns``: the plan's years; ``surveyed``: those up to the evaluated; ``pool_cells``: cells of 対象指標."""
        self._runs, self._names = runs, names
        self._columns, self._surveyed = columns, surveyed
        self._pool_decimals, self._pool_cells = pool_decimals, pool_cells
        self._left = budget
        self._chains = chains
        self._sizes = [sum(len(runs[index].tokens) for index in chain) for chain in chains]
        self._poolable = [self._may_pool(chain) for chain in chains]
        self._series = [list(self._series_choices(chain)) for chain in chains]
        self._slots: list[_Slot] = []
        self._pool: list[int] = []
        self._found: list[Layout] = []

    def layouts(self) -> list[Layout] | None:
        """All layouts; None when there are more than the budget allows to look through."""
        if self._names:
            self._place(list(range(len(self._chains))))
        return self._found if self._left > 0 else None

    def _place(self, waiting: list[int]) -> None:
        """Place the chain that has the fewest places left, each way, then the others."""
        self._left -= 1
        if self._left <= 0 or not self._room_left(waiting):
            return
        if not waiting:
            self._finish()
            return
        spare = sorted(
            token.value
            for number in waiting
            for index in self._chains[number]
            for token in self._runs[index].tokens
            if token.value is not None
        )
        fewest: tuple[int, list[_Choice]] | None = None
        for number in waiting:
            choices = self._choices(number, spare)
            if fewest is None or len(choices) < len(fewest[1]):
                fewest = (number, choices)
            if len(choices) <= 1:
                break
        assert fewest is not None
        number, choices = fewest
        others = [other for other in waiting if other != number]
        for slot, series in choices:
            if slot is None:
                self._pool.append(number)
                self._place(others)
                self._pool.pop()
                continue
            if slot == len(self._slots):
                self._slots.append(_Slot())
            rows = self._slots[slot].rows
            for run, row in zip(self._chains[number], series, strict=True):
                rows[row].append(run)
            self._place(others)
            for row in series:
                rows[row].pop()
            if slot == len(self._slots) - 1 and not any(rows.values()):
                self._slots.pop()

    def _choices(self, number: int, spare: Sequence[Decimal]) -> list[_Choice]:
        choices: list[_Choice] = []
        if self._poolable[number]:
            choices.append((None, ()))
        for slot in range(min(len(self._slots) + 1, len(self._names))):
            for series in self._series[number]:
                rows = self._slots[slot].rows if slot < len(self._slots) else _Slot().rows
                added: dict[str, list[int]] = {}
                for run, row in zip(self._chains[number], series, strict=True):
                    added.setdefault(row, []).append(run)
                if all(self._row_possible([*rows[row], *new], row, spare) for row, new in added.items()):
                    choices.append((slot, series))
        return choices

    def _series_choices(self, chain: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
        """Rows that the runs of a chain can be in: neighbouring lines are different rows, 目標値 above 実績値."""
        if any(self._runs[index].kind == "population" for index in chain):
            return
        options = []
        for index in chain:
            run = self._runs[index]
            if not any(name.allows(run.tokens) for name in self._names):
                return
            if run.series in ("baseline", "target", "actual"):
                options.append([str(run.series)])
            elif any(token.value is None for token in run.tokens):
                options.append(["actual"])
            else:
                options.append(["target", "actual"])
        for rows in product(*options):
            if any(a == b for a, b in pairwise(rows)):
                continue
            if len(rows) != 2 or rows != ("actual", "target"):
                yield rows

    def _may_pool(self, chain: tuple[int, ...]) -> bool:
        runs = [self._runs[index] for index in chain]
        if any(run.kind == "outcome" or run.series in ("target", "baseline") for run in runs):
            return False
        tokens = [token for run in runs for token in run.tokens]
        if not self._pool_decimals and any(token.places for token in tokens):
            return False
        return all(token.value is not None for token in tokens) or any(run.kind == "population" for run in runs)

    def _room_left(self, waiting: Sequence[int]) -> bool:
        """Whether the chains still to place can fill the rows, neither too many figures nor too few."""
        held = sum(self._count(slot.rows[row]) for slot in self._slots for row in ("target", "actual"))
        wanted = len(self._names) * (self._columns + self._surveyed) - held
        pooled = sum(self._sizes[number] for number in self._pool)
        must = sum(self._sizes[number] for number in waiting if not self._poolable[number])
        most = sum(self._sizes[number] for number in waiting if self._series[number])
        baselines = any("baseline" in rows for number in waiting for rows in self._series[number])
        every = sum(self._sizes[number] for number in waiting)
        if pooled > self._pool_cells or wanted > most:
            return False
        return baselines or (must <= wanted and every + pooled <= wanted + self._pool_cells)

    def _count(self, row: Sequence[int]) -> int:
        return sum(len(self._runs[index].tokens) for index in row)

    def _row_possible(self, row: Sequence[int], series: str, spare: Sequence[Decimal]) -> bool:
        capacity = self._surveyed if series == "actual" else self._columns
        count = self._count(row)
        if count > capacity or sum(self._runs[index].series is not None for index in row) > 1:
            return False
        if series != "target":
            return True
        values = targets_of([self._runs[index] for index in row])
        if not values:
            return False
        # A row that is not full may still get the figures that bridge a step too large for one year.
        bridged = values if count == capacity else sorted([*values, *(v for v in spare if between(v, values))])
        return any(name.even(bridged) for name in self._names)

    def _finish(self) -> None:
        """Every chain has its place: keep the layout if all rows are full."""
        if len(self._slots) != len(self._names):
            return
        for slot in self._slots:
            full = self._count(slot.rows["target"]) == self._columns
            if not full or self._count(slot.rows["actual"]) != self._surveyed:
                return
            if self._count(slot.rows["baseline"]) not in (0, self._columns):
                return
        rows = []
        for slot in self._slots:
            targets = targets_of([self._runs[index] for index in slot.rows["target"]])
            actuals = tuple(self._orders(slot, targets))
            baseline, target, actual = (tuple(slot.rows[row]) for row in ("baseline", "target", "actual"))
            rows.append(Rows(baseline, target, actual, targets, actuals))
        if all(found.actuals for found in rows):
            self._found.append(Layout(tuple(rows), frozenset(self._pool)))

    def _orders(self, slot: _Slot, targets: Sequence[Decimal]) -> Iterator[tuple[Decimal | None, ...]]:
        """Every order of a slot's actuals that keeps the order within its runs and the overlap of stacked runs."""
        runs = slot.rows["actual"]
        seen = set()
        for merged in merges([(index, len(self._runs[index].tokens)) for index in runs]):
            self._left -= 1
            if any(self._runs[index].series and merged[0] != (index, 0) for index in runs):
                continue
            columns = {index: {place for place, entry in enumerate(merged) if entry[0] == index} for index in runs}
            if not all(self._overlap(index, slot, targets, columns[index]) for index in runs):
                continue
            values = tuple(self._runs[index].tokens[position].value for index, position in merged)
            if values not in seen:
                seen.add(values)
                yield values

    def _overlap(self, actual: int, slot: _Slot, targets: Sequence[Decimal], columns: set[int]) -> bool:
        """Whether a bare actual stands below or above the targets of its chain, not beside them."""
        chain = next(chain for chain in self._chains if actual in chain)
        if len(chain) < 2 or any(self._runs[index].series for index in chain):
            return True
        beside = [index for index in chain if index in slot.rows["target"]]
        values = {token.value for index in beside for token in self._runs[index].tokens}
        places = [place for place, value in enumerate(targets) if value in values]
        return any(min(places) <= column <= max(places) for column in columns)
