"""Files into the database: each sheet in a transaction of its own, with a report of what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlmodel import Session

from corpus.accounts import Actor
from corpus.errors import Refused, UnusableInput
from corpus.importers.files import Found
from corpus.sheetfile import ToConfirm
from corpus.store import save_sheet


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
            unusable = isinstance(entry.error, UnusableInput)
            yield ImportedSheet(entry.place, None, None, "refused", reason, unusable=unusable)
            continue
        sheet = entry.read.sheet
        head = (entry.place, sheet.measure.name, sheet.fiscal_year)
        try:
            saved = save_sheet(session, entry.read, actor=actor, source_file=entry.place, update=update)
            session.commit()
        except Refused as error:
            session.rollback()
            yield ImportedSheet(*head, "refused", str(error), warnings=entry.read.warnings)
            continue
        except Exception:
            session.rollback()
            raise
        to_confirm = [] if saved.status == "unchanged" else entry.read.to_confirm
        yield ImportedSheet(*head, saved.status, None, to_confirm, entry.read.warnings, saved.sheet_id)
