"""Who changed what of a sheet when, in words, and which acts can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus import messages
from corpus.cells import cell_at
from corpus.editing import TrailEntry
from corpus.fields import field_label
from corpus.fiscal import wareki
from corpus.form import BETTER_LABELS, KIND_LABELS
from corpus.places import ABSENT, Change, Value
from corpus.sheetfile import SheetFile
from web.pages.entry import shown
from web.pages.writing import MISSING, figure, moment

PAGE_LENGTH = 20
_EMPTY = "（空）"
_NOT_UNDONE = ("sheet.created",)


@dataclass(frozen=True)
class ChangeView:
    """A place with what stood there before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """An act of a person; ``undoes``: what it took back, in words; ``can_undo``: whether it can be taken back."""

    id: int
    at: str
    actor: str
    label: str
    changes: tuple[ChangeView, ...]
    undoes: str
    undone: bool
    can_undo: bool


@dataclass(frozen=True)
class TrailPage:
    """The page ``/sheets/<id>/trail``; ``newer`` and ``older``: page numbers, None at the ends."""

    sheet_id: int
    title: str
    year: str
    acts: tuple[Act, ...]
    total: int
    number: int
    pages: int
    newer: int | None
    older: int | None
    problem: str = ""
    done: str = ""


def trail_page(
    sheet_id: int, sheet: SheetFile, entries: Sequence[TrailEntry], number: int, *, problem: str = "", done: str = ""
) -> TrailPage:
    """A page of the trail (``entries``: newest first); a ``number`` beyond the ends shows the nearest page."""
    pages = max(1, -(-len(entries) // PAGE_LENGTH))
    number = min(max(number, 1), pages)
    by_id = {entry.id: entry for entry in entries}
    visible = entries[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH]
    return TrailPage(
        sheet_id=sheet_id,
        title=sheet.measure.name,
        year=wareki(sheet.fiscal_year),
        acts=tuple(_act(entry, by_id, sheet) for entry in visible),
        total=len(entries),
        number=number,
        pages=pages,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if number < pages else None,
        problem=problem,
        done=done,
    )


def _act(entry: TrailEntry, by_id: Mapping[int, TrailEntry], sheet: SheetFile) -> Act:
    source = by_id.get(entry.undoes) if entry.undoes is not None else None
    return Act(
        id=entry.id,
        at=moment(entry.at),
        actor=entry.actor,
        label=messages.act_label(entry.action),
        changes=tuple(_change(change, sheet) for change in entry.changes),
        undoes=messages.undo_of(moment(source.at), source.action) if source else "",
        undone=entry.undone,
        can_undo=bool(entry.changes) and not entry.undone and entry.action not in _NOT_UNDONE,
    )


def _change(change: Change, sheet: SheetFile) -> ChangeView:
    before, after = (readable(change.path, value, sheet) for value in (change.before, change.after))
    return ChangeView(_label(change, sheet), before, after)


def _label(change: Change, sheet: SheetFile) -> str:
    """By the part's own name, also where the part is gone by now."""
    label = field_label(change.path, sheet)
    part = next((value for value in (change.after, change.before) if isinstance(value, dict)), None)
    name = (part.get("name") or part.get("what") or part.get("text")) if part else None
    return f"{label}「{str(name)[:20]}」" if name and "「" not in label else label


def readable(path: str, value: Value, sheet: SheetFile) -> str:
    """What stood in a place as a person reads it."""
    if value is ABSENT:
        return _EMPTY
    if value is None:
        return MISSING
    cell = cell_at(sheet, path)
    if cell is not None and isinstance(value, bool | Decimal):
        return shown(cell, value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        # years, and figures of indicators that are gone by now
        is_year = path.startswith("plan.")
        return wareki(int(value)) if is_year else figure(Decimal(value), None)
    if isinstance(value, list):
        return "、".join(str(entry) for entry in value)
    if isinstance(value, dict):
        return "あり"
    return {**BETTER_LABELS, **KIND_LABELS}.get(value, str(value))  # type: ignore[call-overload,no-any-return]
