"""The page on which figures are typed: its grid of cells, its remarks, and reading back what was sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import simplejson

from assistant.entering import SEVERITIES, Entered, Severity
from corpus import messages
from corpus.cells import FLAG_WORDS, Cell, cell_at, cost_path, filled_cells, flag_path, flag_word, value_path
from corpus.errors import Refused
from corpus.fields import field_label
from corpus.fiscal import wareki
from corpus.form import BETTER_LABELS, COST_ROWS, SERIES_LABELS, Kind
from corpus.models import ValueToConfirm
from corpus.places import ABSENT, Change, Value, value_at
from corpus.sheetfile import IndicatorEntry, SheetFile
from corpus.typedfigures import read_typed, says_not_surveyed
from web.pages.choices import Option
from web.pages.figures import FLAG_LABELS, YearHead, group_heading, table_years, year_head
from web.pages.writing import MISSING, cell_anchor, figure

CELL = "cell:"
"""What the name of a cell's field begins with; its path follows."""
SETTLED = "settled:"
_SIGNS: dict[Severity, tuple[str, str]] = {"error": ("✕", "エラー"), "warning": ("！", "注意"), "offer": ("＋", "候補")}


@dataclass(frozen=True)
class Waiting:
    """What a source did not decide about a cell: the reason, the candidates, and whether they are to stay as is."""

    id: int
    note: str
    candidates: tuple[str, ...]
    settled: bool


@dataclass(frozen=True)
class EntryCell:
    """An input: ``text`` in it, or the ``options`` of a flag; ``past``: of a year before the sheet's own.

    ``shown``: what it would say without what was typed.
    """

    name: str
    path: str
    anchor: str
    label: str
    text: str
    shown: str
    own: bool
    past: bool
    options: tuple[Option, ...] = ()
    waiting: Waiting | None = None


@dataclass(frozen=True)
class EntryRow:
    """A row of the grid."""

    key: str
    label: str
    unit: str
    cells: tuple[EntryCell, ...]


@dataclass(frozen=True)
class EntryBlock:
    """The rows of an indicator."""

    id: str
    label: str
    name: str
    unit: str
    hint: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True)
class EntryGroup:
    """The indicators under one heading."""

    heading: str
    blocks: tuple[EntryBlock, ...]


@dataclass(frozen=True)
class RemarkView:
    """A remark and the cell that it stands at."""

    path: str
    anchor: str
    label: str
    severity: Severity
    sign: str
    word: str
    message: str
    suggestion: str


@dataclass(frozen=True)
class RemarkList:
    """The remarks above the table: errors first; ``offers``: what may go into empty cells."""

    remarks: tuple[RemarkView, ...] = ()
    offers: tuple[RemarkView, ...] = ()
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class Conflict:
    """A cell that another person changed meanwhile: what stands there, and what was typed here."""

    path: str
    anchor: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class EntryPage:
    """The page ``/sheets/<id>/figures``. ``seen``: JSON of what stands in each cell; ``keeper``: of unsaved input."""

    sheet_id: int
    title: str
    year: str
    keeper: str
    years: tuple[YearHead, ...]
    groups: tuple[EntryGroup, ...]
    cost_years: tuple[YearHead, ...]
    costs: tuple[EntryRow, ...]
    seen: str
    remarks: RemarkList
    waiting: int
    waiting_elsewhere: int
    has_past: bool
    problem: str = ""
    done: str = ""
    conflicts: tuple[Conflict, ...] = ()
    pasted: bool = False


@dataclass(frozen=True)
class Sent:
    """The form as it was sent: the cells whose text differs from what was shown, and what was shown (``seen``)."""

    typed: dict[str, str]
    seen: dict[str, Value]
    settled: frozenset[int]
    pasted: bool

    def changes(self, values: Mapping[str, Value]) -> list[Change]:
        """The changes that make of what was seen what was typed."""
        return [Change(path, self.seen.get(path, ABSENT), values[path]) for path in self.typed]


@dataclass(frozen=True)
class _Filling:
    """What the cells are filled with: stored values, typed texts over them, places that wait."""

    sheet: SheetFile
    typed: Mapping[str, str]
    waiting: Mapping[str, Waiting] = field(default_factory=dict)


def entry_page(
    sheet_id: int,
    sheet: SheetFile,
    entered: Entered,
    waiting: Sequence[ValueToConfirm],
    *,
    keeper: str,
    sent: Sent | None = None,
    problem: str = "",
    done: str = "",
    stale: Collection[str] = (),
) -> EntryPage:
    """The grid of a sheet; ``sent``: a form that could not be saved, whose texts stay; ``stale``: changed meanwhile."""
    typed = sent.typed if sent else {}
    settled = sent.settled if sent else frozenset()
    filling = _Filling(sheet, typed, _waiting(sheet, waiting, settled))
    years = sorted({*table_years(sheet), sheet.fiscal_year})
    cost_years = _cost_years(sheet, years, filling.waiting)
    groups = _groups(filling, years)
    return EntryPage(
        sheet_id=sheet_id,
        title=sheet.measure.name,
        year=wareki(sheet.fiscal_year),
        keeper=keeper,
        years=tuple(year_head(year, sheet.fiscal_year) for year in years),
        groups=groups,
        cost_years=tuple(year_head(year, sheet.fiscal_year) for year in cost_years),
        costs=tuple(_cost_row(filling, row.key, row.label, row.unit, cost_years) for row in COST_ROWS),
        seen=_seen_json(sheet),
        remarks=remark_list(sheet, entered),
        waiting=len(filling.waiting),
        waiting_elsewhere=len(waiting) - len(filling.waiting),
        has_past=min([*years, *cost_years]) < sheet.fiscal_year,
        problem=problem,
        done=done,
        conflicts=tuple(_conflict(sheet, path, typed[path]) for path in stale if path in typed),
        pasted=sent.pasted if sent else False,
    )


def remark_list(sheet: SheetFile, entered: Entered) -> RemarkList:
    """The remarks in the order of severity; within one, in the order in which they were found."""
    views = [
        RemarkView(
            remark.path,
            _anchor(sheet, remark.path),
            field_label(remark.path, sheet),
            remark.severity,
            *_SIGNS[remark.severity],
            remark.message,
            remark.suggestion,
        )
        for remark in sorted(entered.remarks, key=lambda remark: SEVERITIES.index(remark.severity))
    ]
    return RemarkList(
        remarks=tuple(view for view in views if view.severity != "offer"),
        offers=tuple(view for view in views if view.severity == "offer"),
        errors=entered.count("error"),
        warnings=entered.count("warning"),
    )


def read_sent(form: Mapping[str, str]) -> Sent:
    """The form → what was typed into it; raises ``Refused`` for one that the page did not make."""
    try:
        kept = simplejson.loads(form.get("seen", ""), use_decimal=True)
        seen = {
            str(path): Change.from_object({"path": path, "before": text, "after": None}).before
            for path, text in kept.items()
        }
        settled = frozenset(int(name.removeprefix(SETTLED)) for name in form if name.startswith(SETTLED))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(messages.UNREADABLE_FORM) from error
    cells = {name.removeprefix(CELL): text for name, text in form.items() if name.startswith(CELL)}
    typed = {path: text for path, text in cells.items() if not _untouched(text, seen.get(path, ABSENT))}
    return Sent(typed, seen, settled, pasted=form.get("pasted") == "1")


def read_typed_cells(form: Mapping[str, str]) -> dict[str, str]:
    """The cells of the form → path and text, as sent for a review."""
    return {name.removeprefix(CELL): text for name, text in form.items() if name.startswith(CELL)}


def shown(cell: Cell, value: Value) -> str:
    """A stored value as its cell shows it."""
    if value is ABSENT:
        return ""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return flag_word(cell.row, value) if cell.kind == "flag" else ""
    return figure(value, cell.decimals if cell.entry else None) if isinstance(value, Decimal) else ""


def _untouched(text: str, seen: Value) -> bool:
    """Whether a cell still says what it showed; without its definition, which may have changed meanwhile."""
    if seen is ABSENT:
        return not text.strip()
    if seen is None:
        return says_not_surveyed(text)
    if isinstance(seen, bool):
        return any(words.get(text.strip()) is seen for words in FLAG_WORDS.values())
    try:
        figure_typed = read_typed(text)
    except Refused:
        return False
    return not figure_typed.unit and figure_typed.value == seen


def _seen_json(sheet: SheetFile) -> str:
    kept: dict[str, Any] = {}
    for path in filled_cells(sheet):
        kept[path] = Change(path, value_at(sheet, path), ABSENT).to_object()["before"]
    return simplejson.dumps(kept, ensure_ascii=False)


def _waiting(sheet: SheetFile, entries: Iterable[ValueToConfirm], settled: Collection[int]) -> dict[str, Waiting]:
    found = {}
    for entry in entries:
        cell = cell_at(sheet, entry.field)
        if cell is not None and entry.id is not None:
            candidates = tuple(dict.fromkeys(_candidate(cell, candidate) for candidate in entry.candidates))
            found[entry.field] = Waiting(entry.id, entry.note, candidates, entry.id in settled)
    return found


def _candidate(cell: Cell, candidate: str) -> str:
    try:
        return candidate if cell.kind == "flag" else shown(cell, read_typed(candidate).value)
    except Refused:
        return candidate


def _cost_years(sheet: SheetFile, years: Sequence[int], waiting: Collection[str]) -> list[int]:
    """Those of the plan up to the year after the sheet's, whose budget is known, and every other that holds a cost."""
    asked = {cell.year for path in waiting if (cell := cell_at(sheet, path)) is not None and cell.kind == "cost"}
    return sorted({*sheet.costs, *asked, *(year for year in years if year <= sheet.fiscal_year + 1), sheet.fiscal_year})


def _groups(filling: _Filling, years: Sequence[int]) -> tuple[EntryGroup, ...]:
    headings: dict[tuple[Kind, int | None], list[EntryBlock]] = {}
    for entry in filling.sheet.indicators:
        place = (entry.kind, entry.direction if entry.kind == "outcome" else None)
        headings.setdefault(place, []).append(_block(filling, entry, years))
    return tuple(
        EntryGroup(group_heading(filling.sheet, kind, number), tuple(blocks))
        for (kind, number), blocks in headings.items()
    )


def _block(filling: _Filling, entry: IndicatorEntry, years: Sequence[int]) -> EntryBlock:
    rows = []
    for series in entry.printed_series:
        paths = [value_path(entry.id, year, series) for year in years]
        rows.append(_row(filling, series, SERIES_LABELS[series], entry.unit or "", paths))
    for flag in FLAG_WORDS:
        paths = [flag_path(entry.id, year, flag) for year in years]
        if entry.kind == "outcome" or getattr(entry, flag) or not filling.waiting.keys().isdisjoint(paths):
            rows.append(_row(filling, flag, FLAG_LABELS[flag][0], "", paths))
    hints = [BETTER_LABELS[entry.better]] if entry.better else []
    hint = "・".join([*hints, entry.source or ""]).strip("・")
    return EntryBlock(entry.id, entry.label or entry.id, entry.name, entry.unit or "", hint, tuple(rows))


def _cost_row(filling: _Filling, key: str, label: str, unit: str, years: Sequence[int]) -> EntryRow:
    return _row(filling, key, label, unit, [cost_path(year, key) for year in years])


def _row(filling: _Filling, key: str, label: str, unit: str, paths: Sequence[str]) -> EntryRow:
    cells = (cell_at(filling.sheet, path) for path in paths)
    return EntryRow(key, label, unit, tuple(_cell(filling, cell) for cell in cells if cell is not None))


def _cell(filling: _Filling, cell: Cell) -> EntryCell:
    sheet, path = filling.sheet, cell.path
    stored = shown(cell, value_at(sheet, path))
    text = filling.typed.get(path, stored)
    return EntryCell(
        name=CELL + path,
        path=path,
        anchor=_anchor(sheet, path),
        label=field_label(path, sheet),
        text=text,
        shown=stored,
        own=cell.year == sheet.fiscal_year,
        past=cell.year < sheet.fiscal_year and path not in filling.waiting,
        options=_options(cell, text) if cell.kind == "flag" else (),
        waiting=filling.waiting.get(path),
    )


def _options(cell: Cell, text: str) -> tuple[Option, ...]:
    yes, no = FLAG_WORDS[cell.row]
    choices = [("", "（空）"), (yes, f"○{yes}"), (no, f"×{no}"), (MISSING, MISSING)]
    if text not in dict(choices):
        # an unreadable text stays to be seen and put right
        choices.append((text, text))
    return tuple(Option(value, label, value == text) for value, label in choices)


def _conflict(sheet: SheetFile, path: str, mine: str) -> Conflict:
    cell = cell_at(sheet, path)
    theirs = shown(cell, value_at(sheet, path)) if cell else ""
    return Conflict(path, _anchor(sheet, path), field_label(path, sheet), theirs or "（空）", mine or "（空）")


def _anchor(sheet: SheetFile, path: str) -> str:
    cell = cell_at(sheet, path)
    if cell is None:
        return ""
    if cell.entry is None:
        return cell_anchor(f"cost:{cell.row}", cell.year, None)
    return cell_anchor(cell.entry.id, cell.year, cell.row)
