"""Which rows are whose: the ways to give the layouts of ``row_search`` to the indicators, and what they agree on."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from corpus.importers.constraints import Cell, Name, Readings, gaps, unevenness
from corpus.importers.row_search import Layout, Rows
from corpus.importers.text_table import Run

_PIECES = 5
"""Lines over which a row is scattered before its place among other rows is evidence."""
_MOST_NAMINGS = 20_000


def read_layouts(layouts: Sequence[Layout], runs: Sequence[Run], names: Sequence[Name], *, in_order: bool) -> Readings:
    """All readings: every layout under every naming that units, blocks, surveys and the order of the text allow."""
    readings = Readings()
    if not layouts:
        return readings
    evenest = min(layouts, key=_unevenness_of)
    above = _rows_above(evenest, runs, in_order=in_order)
    left = _MOST_NAMINGS
    for layout in layouts:
        found = False
        for order in _namings(layout, runs, names, above, in_order, []):
            left -= 1
            if left <= 0:
                readings.complete = False
                return readings
            found = _take(readings, layout, order, runs, names) or found
        if found:
            readings.pools.add(layout.pool)
    return readings


def _unevenness_of(layout: Layout) -> Decimal:
    return unevenness([rows.targets for rows in layout.rows], [rows.actuals[0] for rows in layout.rows])


def _anchor(rows: Rows, runs: Sequence[Run]) -> int:
    """A run by which the rows are known in other layouts too: the first labelled one."""
    return min(rows.runs, key=lambda index: (runs[index].series is None, index))


def _rows_above(layout: Layout, runs: Sequence[Run], *, in_order: bool) -> set[tuple[int, int]]:
    """Pairs of anchors: the target of the first comes earlier in the text in every column.

    One pair may be chance; three scattered rows that keep one order in all columns show how the text was taken from
    the page, so only those count (in a table printed in order every pair does).
    """
    spans = [_spans(rows, runs) for rows in layout.rows]
    pieces = [len({runs[index].line for index in rows.target_runs}) for rows in layout.rows]
    every = range(len(layout.rows))
    pairs = {
        (a, b)
        for a in every
        for b in every
        if a != b
        and (in_order or min(pieces[a], pieces[b]) >= _PIECES)
        and all(upper[1] < lower[0] for upper, lower in zip(spans[a], spans[b], strict=True))
    }
    if not in_order:
        triples = [(a, b, c) for a, b in pairs for c in every if (b, c) in pairs and (a, c) in pairs]
        pairs = {pair for a, b, c in triples for pair in ((a, b), (b, c), (a, c))}
    anchors = [_anchor(rows, runs) for rows in layout.rows]
    return {(anchors[a], anchors[b]) for a, b in pairs}


def _spans(rows: Rows, runs: Sequence[Run]) -> list[tuple[int, int]]:
    """First and last line on which the target of each column can stand (equal figures may be exchanged)."""
    lines: dict[Decimal, list[int]] = {}
    for index in rows.target_runs:
        for token in runs[index].tokens:
            if token.value is not None:
                lines.setdefault(token.value, []).append(runs[index].line)
    return [(min(lines[value]), max(lines[value])) for value in rows.targets]


def _namings(
    layout: Layout,
    runs: Sequence[Run],
    names: Sequence[Name],
    above: set[tuple[int, int]],
    in_order: bool,
    given: list[int],
) -> Iterator[tuple[int, ...]]:
    """Every way to name the rows; the result has the index of the name of each."""
    if len(given) == len(layout.rows):
        yield tuple(given)
        return
    rows = layout.rows[len(given)]
    anchor = _anchor(rows, runs)
    tokens = [token for index in rows.runs for token in runs[index].tokens]
    beside = {runs[index].name for index in rows.runs} - {None}
    for index, name in enumerate(names):
        if index in given or not name.allows(tokens) or not name.even(rows.targets):
            continue
        if beside and name.line is not None and beside != {name.line}:
            continue
        others = [(names[other], _anchor(layout.rows[place], runs)) for place, other in enumerate(given)]
        if any((anchor, there) in above and _later(name, other, in_order) for other, there in others):
            continue
        if any((there, anchor) in above and _later(other, name, in_order) for other, there in others):
            continue
        yield from _namings(layout, runs, names, above, in_order, [*given, index])


def _later(upper: Name, lower: Name, in_order: bool) -> bool:
    """Whether a name that should come first is printed after the other (or ranks after it in an ordered table)."""
    if upper.line is not None and lower.line is not None and upper.line > lower.line:
        return True
    return in_order and upper.rank is not None and lower.rank is not None and upper.rank > lower.rank


def _take(readings: Readings, layout: Layout, order: Sequence[int], runs: Sequence[Run], names: Sequence[Name]) -> bool:
    """Take in every combination in which indicators of one survey have "-" in the same years."""
    sources = [names[name].source for name in order]
    patterns = [sorted({gaps(values) for values in rows.actuals}, key=sorted) for rows in layout.rows]
    found = False
    for pattern in product(*patterns):
        by_source: dict[str, set[frozenset[int]]] = {}
        for source, missing in zip(sources, pattern, strict=True):
            if source:
                by_source.setdefault(source, set()).add(missing)
        if any(len(years) > 1 for years in by_source.values()):
            continue
        kept = [
            [values for values in rows.actuals if gaps(values) == missing]
            for rows, missing in zip(layout.rows, pattern, strict=True)
        ]
        targets = [rows.targets for rows in layout.rows]
        against = Decimal(
            sum(names[name].falls != (row[-1] < row[0]) for name, row in zip(order, targets, strict=True))
        )
        for place in range(max(len(options) for options in kept)):
            # Orders of different indicators are independent, so each needs to occur once, not each product.
            chosen = [options[min(place, len(options) - 1)] for options in kept]
            cells = _cells(layout, order, chosen, runs)
            readings.add(cells, unevenness(targets, chosen) + against)
        found = True
    if found:
        for rows, name in zip(layout.rows, order, strict=True):
            letters = {runs[index].letter for index in rows.runs} - {None}
            readings.letters.setdefault(name, set()).add(letters.pop() if len(letters) == 1 else None)
    return found


def _cells(
    layout: Layout, order: Sequence[int], actuals: Sequence[Sequence[Decimal | None]], runs: Sequence[Run]
) -> dict[Cell, Decimal | None]:
    cells: dict[Cell, Decimal | None] = {}
    for rows, name, actual in zip(layout.rows, order, actuals, strict=True):
        printed: dict[str, Sequence[Decimal | None]] = {"target": rows.targets, "actual": actual}
        if len(rows.baseline_runs) == 1:
            printed["baseline"] = [token.value for token in runs[rows.baseline_runs[0]].tokens]
        for series, values in printed.items():
            cells |= {(name, series, column): value for column, value in enumerate(values)}
    return cells
