"""Figures typed or pasted into the tables → values to store, and what a person should look at (no I/O).

An ``error`` cannot be stored; a ``warning`` can, after a look; an ``offer`` is what the other figures give for an
empty cell. What figures say against each other is found by ``assistant.checking.tables``, here and nowhere else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.checking.findings import Finding
from assistant.checking.numerals import base_unit, find_figures, unit_fits
from assistant.checking.record import same_indicators
from assistant.checking.tables import check_tables, far_apart
from assistant.checking.wording import plain_number
from corpus import messages
from corpus.cells import FLAG_WORDS, Cell, cell_at, cost_path, flag_path, read_cell, value_path
from corpus.errors import Refused
from corpus.form import COST_BY_KEY, COST_SOURCES
from corpus.places import Value, put, value_at
from corpus.sheetfile import SheetFile
from corpus.typedfigures import LONGEST_FIGURE, TypedFigure, read_typed

Severity = Literal["error", "warning", "offer"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "offer")
_UNSTEADY_ROWS = ("national", "prefectural", "bonds", "other")
_UNIT_SLIP = 500
"""A subsidy or bond may well grow tenfold; only a slip of its unit (円 for 千円) makes it grow a thousandfold."""


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell; ``suggestion``: a text that can be put into it instead, "" where there is none."""

    path: str
    severity: Severity
    message: str
    suggestion: str = ""


@dataclass(frozen=True)
class Entered:
    """``values``: what each readable cell means; ``sheet``: the sheet with them; remarks: errors, warnings, offers."""

    values: dict[str, Value]
    sheet: SheetFile
    remarks: tuple[Remark, ...]

    def count(self, severity: Severity) -> int:
        """How many cells have a remark of that severity."""
        return len({remark.path for remark in self.remarks if remark.severity == severity})


def enter(sheet: SheetFile, typed: Mapping[str, str], earlier: Sequence[SheetFile] = ()) -> Entered:
    """Read the typed cells (path → text) and say what is remarkable about the sheet with them.

    A value is a Decimal, True/False, None (not surveyed) or ``ABSENT``. ``earlier``: the same measure's earlier sheets.
    """
    values: dict[str, Value] = {}
    units: dict[str, str] = {}
    errors: list[Remark] = []
    for path, written in typed.items():
        cell = cell_at(sheet, path)
        if cell is None:
            errors.append(Remark(path, "error", messages.no_such_cell(path)))
            continue
        try:
            values[path] = _read(cell, written, units)
        except Refused as refused:
            errors.append(Remark(path, "error", str(refused), units.get(path, "")))
    changed = {path: value for path, value in values.items() if not same_value(value_at(sheet, path), value)}
    entered = put(sheet, changed)
    cells = [cell for path in values if (cell := cell_at(entered, path)) is not None]
    own = [remark for cell in cells for remark in _own_remarks(cell, values[cell.path], entered, earlier)]
    found = _found_in(entered, earlier)
    said = {remark.path for remark in found}
    sizes = {path: remark for path in {*values, *said} if (remark := _size_remark(path, entered, earlier))}
    # a size is doubted once: where the checker speaks of the cell already, it only lends the likely figure
    doubts = [sizes[path] for path in values if path in sizes and path not in said]
    warnings = [*own, *doubts, *_with_sizes(found, sizes)]
    broken = {remark.path for remark in errors}
    offers = [offer for offer in _offers(entered, values) if offer.path not in broken]
    return Entered(values, entered, (*errors, *warnings, *offers))


def same_value(one: Value, other: Value) -> bool:
    """Whether two values of a cell say the same; 12 and 12.0 do, empty and 「―」 do not."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one == other
    return one is other


def _read(cell: Cell, written: str, suggestions: dict[str, str]) -> Value:
    """The value of a typed cell; raises ``Refused``, with the likely figure in ``suggestions``."""
    try:
        return read_cell(cell, written)
    except Refused as refused:
        if cell.kind == "flag":
            raise
        suggestions |= _likely(cell, written)
        # what is no figure at all is refused here once more
        figure = read_typed(written)
        if base_unit(figure.unit) == base_unit(cell.unit):
            # 「12名」 in a row of 人
            return figure.value
        raise Refused(_unit_problem(cell, written, figure, suggestions)) from refused


def _unit_problem(cell: Cell, written: str, figure: TypedFigure, suggestions: dict[str, str]) -> str:
    if cell.path in suggestions:
        return messages.other_scale(written, cell.unit, suggestions[cell.path])
    if not cell.unit:
        suggestions[cell.path] = plain_number(figure.value)
    return messages.other_unit(written, cell.unit)


def _likely(cell: Cell, written: str) -> dict[str, str]:
    """「3億6,804万5千円」「368百万円」「12万」 in the unit of the row, where the whole text is one exact figure."""
    if len(written.strip()) > LONGEST_FIGURE:
        return {}
    if written.strip()[:1] in ("¥", "￥"):
        written = f"{written.strip()[1:]}円"
    found = find_figures(written, [cell.unit])
    if len(found) != 1 or found[0].bound != "exact" or found[0].upper is not None or not cell.unit:
        return {}
    figure, (unit, factor) = found[0], base_unit(cell.unit)
    if figure.text.strip() != written.strip() or not unit_fits(unit, figure.unit):
        return {}
    if not figure.unit and (figure.text.isdigit() or unit in ("千円", "％", "ポイント")):
        # 「12万」 of money may be 円 or 千円
        return {}
    value = figure.value / factor
    if cell.decimals is not None:
        value = _rounded(value, cell.decimals)
    return {cell.path: plain_number(value)}


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _own_remarks(cell: Cell, value: Value, sheet: SheetFile, earlier: Sequence[SheetFile]) -> Iterator[Remark]:
    """What only the one who types can tell: digits, sign, size against other years."""
    if not isinstance(value, Decimal):
        return
    others = _row(cell, sheet, earlier)
    others.pop(cell.year, None)
    shown = plain_number(value) + cell.unit
    decimals = cell.decimals
    if decimals is None and others:
        decimals = max(_places(other) for other in others.values())
    if decimals is not None and _places(value) > decimals:
        message = messages.more_decimals(shown, decimals, cell.decimals is None)
        yield Remark(cell.path, "warning", message, plain_number(_rounded(value, decimals)))
    if value < 0 and cell.kind == "cost":
        yield Remark(cell.path, "warning", messages.negative_cost(shown), plain_number(-value))
    elif value < 0 and others and min(others.values()) >= 0:
        yield Remark(cell.path, "warning", messages.unlike_negative(shown), plain_number(-value))


def _size_remark(path: str, sheet: SheetFile, earlier: Sequence[SheetFile]) -> Remark | None:
    """A figure of another size than those of the years beside it, with the figure that was likely meant."""
    cell, value = cell_at(sheet, path), value_at(sheet, path)
    if cell is None or not isinstance(value, Decimal):
        return None
    near = _far_neighbours(cell, value, _row(cell, sheet, earlier))
    if not near:
        return None
    named = "、".join(plain_number(other) + cell.unit for other in near)
    shown = plain_number(value) + cell.unit
    return Remark(cell.path, "warning", messages.far_from_others(shown, named), _shifted(value, near[0]))


def _row(cell: Cell, sheet: SheetFile, earlier: Sequence[SheetFile]) -> dict[int, Decimal]:
    """Year → value of the cell's row, from this sheet and, for years that it leaves out, from earlier ones."""
    row: dict[int, Decimal] = {}
    for source in (*sorted(earlier, key=lambda kept: kept.fiscal_year), sheet):
        if cell.entry is None:
            values = {year: costs.value(cell.row) for year, costs in source.costs.items()}
            row |= {year: value for year, value in values.items() if value is not None}
            continue
        entry = cell.entry if source is sheet else next(same_indicators(cell.entry, source), None)
        if entry is not None:
            row |= entry.series(cell.row)  # type: ignore[arg-type]
    return row


def _far_neighbours(cell: Cell, value: Decimal, others: Mapping[int, Decimal]) -> list[Decimal]:
    """The one or two nearest years' values if all of them are far from this one, nearest first; else nothing."""
    years = sorted((year for year in others if year != cell.year), key=lambda year: (abs(year - cell.year), -year))
    near = [others[year] for year in years[:2]]
    far = [other for other in near if far_apart(value, other)]
    if cell.row in _UNSTEADY_ROWS:
        far = [other for other in far if max(value, other) >= min(value, other) * _UNIT_SLIP]
    return near if near and len(far) == len(near) else []


def _shifted(value: Decimal, near: Decimal) -> str:
    """The value with the point moved to where it is like its neighbour, "" where no move does that."""
    for power in (1, -1, 2, -2, 3, -3, 4, -4):
        moved = value.scaleb(power)
        if near / 2 <= moved <= near * 2:
            return plain_number(moved)
    return ""


def _found_in(sheet: SheetFile, earlier: Sequence[SheetFile]) -> list[Remark]:
    """What the checker finds in the tables, as remarks on their cells."""
    remarks = []
    for finding in check_tables(sheet, earlier):
        path = path_of(finding)
        if path is None or finding.verdict == "match":
            continue
        suggestion = finding.suggestion or ""
        if not suggestion and finding.verdict == "mismatch" and isinstance(finding.expected, Decimal):
            suggestion = plain_number(finding.expected)
        remarks.append(Remark(path, "warning", finding.message, suggestion))
    return remarks


def _with_sizes(found: list[Remark], sizes: Mapping[str, Remark]) -> list[Remark]:
    """The remarks found, with the figure that was likely meant where the size of the cell's is doubted too."""
    return [
        remark
        if remark.suggestion or remark.path not in sizes
        else replace(remark, suggestion=sizes[remark.path].suggestion)
        for remark in found
    ]


def path_of(finding: Finding) -> str | None:
    """The cell that a finding about the figures speaks of; None for one about more than a cell."""
    if finding.year is None or finding.indicator is None:
        return None
    if finding.indicator.startswith("cost:"):
        return cost_path(finding.year, finding.indicator.removeprefix("cost:"))
    for flag, words in FLAG_WORDS.items():
        if finding.stated in words:
            return flag_path(finding.indicator, finding.year, flag)
    return value_path(finding.indicator, finding.year, finding.series) if finding.series else None


def _offers(sheet: SheetFile, typed: Mapping[str, Value]) -> Iterator[Remark]:
    """What the figures give for empty cells: cost sums of every year, flags of the sheet's own year."""
    for year, costs in sorted(sheet.costs.items()):
        sources = [value for row in COST_SOURCES if (value := costs.value(row)) is not None]
        program = costs.program_total
        if program is None and sources:
            program = sum(sources, Decimal(0))
            yield _offered_sum(year, "program_total", program)
        if costs.total is None and program is not None and costs.personnel is not None:
            yield _offered_sum(year, "total", program + costs.personnel)
    yield from _offered_flags(sheet, typed)


def _offered_sum(year: int, row: str, value: Decimal) -> Remark:
    shown = plain_number(value)
    message = messages.offer_sum(messages.offered_parts(row), shown + COST_BY_KEY[row].unit)
    return Remark(cost_path(year, row), "offer", message, shown)


def _offered_flags(sheet: SheetFile, typed: Mapping[str, Value]) -> Iterator[Remark]:
    """達成・向上 as the figures have it: every empty flag is tried as true, and the checker says whether it is.

    A 「―」 from before the actual was typed counts as empty.
    """
    year = sheet.fiscal_year
    empty = set()
    for entry in sheet.outcomes():
        fresh = value_path(entry.id, year, "actual") in typed
        for flag in FLAG_WORDS:
            path, given = flag_path(entry.id, year, flag), getattr(entry, flag)
            if year not in given or (fresh and given[year] is None and path not in typed):
                empty.add(path)
    for finding in check_tables(put(sheet, dict.fromkeys(empty, True))):
        place = path_of(finding)
        if place in empty and finding.verdict in ("match", "mismatch") and isinstance(finding.expected, str):
            yield Remark(place, "offer", messages.offer_flag(finding.expected), finding.expected)
