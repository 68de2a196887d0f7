"""Files into the database: each sheet in a transaction of its own, with a report of what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from corpus.accounts import Actor
from corpus.errors import NotAvailable, Refused, UnusableInput
from corpus.importers.files import Found
from corpus.sheetfile import ReadSheet, ToConfirm
from corpus.store import Saved, save_sheet


@dataclass(frozen=True)
class ImportedSheet:
    """A line of the import report (formats.md, ``shisaku import --json``), with the sheet's id if it is stored."""

    file: str
    measure: str | None
    fiscal_year: int | None
    status: Literal["created", "updated", "unchanged", "refused"]
    reason: str | None = None
    to_confirm: list[ToConfirm] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sheet_id: int | None = None
    unusable: bool = False

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        content = {key: value for key, value in vars(self).items() if key not in ("sheet_id", "unusable")}
        return content | {"to_confirm": [place.model_dump() for place in self.to_confirm]}


def import_found(session: Session, found: Iterable[Found], *, actor: Actor, update: bool) -> Iterator[ImportedSheet]:
    """Save every sheet that was read, committing one by one; what is refused changes nothing."""
    for entry in found:
        if entry.read is None:
            reason = str(entry.error)
            unusable = isinstance(entry.error, UnusableInput | NotAvailable)
            yield ImportedSheet(entry.place, None, None, "refused", reason, unusable=unusable)
            continue
        sheet = entry.read.sheet
        head = (entry.place, sheet.measure.name, sheet.fiscal_year)
        try:
            saved = _save(session, entry.read, actor=actor, source_file=entry.place, update=update)
        except Refused as error:
            session.rollback()
            yield ImportedSheet(*head, "refused", str(error), warnings=entry.read.warnings)
            continue
        except Exception:
            session.rollback()
            raise
        to_confirm = [] if saved.status == "unchanged" else entry.read.to_confirm
        yield ImportedSheet(*head, saved.status, None, to_confirm, entry.read.warnings, saved.sheet_id)


def _save(session: Session, read: ReadSheet, *, actor: Actor, source_file: str, update: bool) -> Saved:
    """Save and commit; a sheet that another process stored at the same moment is met as a stored one."""
    try:
        saved = save_sheet(session, read, actor=actor, source_file=source_file, update=update)
        session.commit()
    except IntegrityError:
        session.rollback()
        saved = save_sheet(session, read, actor=actor, source_file=source_file, update=update)
        session.commit()
    return saved
