"""Making sheets that were not imported: rolled on from last year's, or from nothing.

Each sheet is committed by itself, as an import does it: of two people who make the same one, the first wins and the
other is told of it (``SheetExists``).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from corpus import messages
from corpus.accounts import Actor
from corpus.errors import DifferentSheet, NotFound, Refused, SheetExists
from corpus.models import Measure, Sheet
from corpus.rolling import next_sheet, roll_warnings
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import load_sheet, measure_identity, save_sheet, sheets_of_measure

RollStatus = Literal["created", "exists", "refused"]


@dataclass(frozen=True)
class RolledSheet:
    """What became of a measure that was to be rolled on. ``sheet_id``: the sheet of the year, made now or before.

    ``source_year``: the fiscal year of the sheet that it was made from; ``reason``: why it was refused.
    """

    measure_id: int
    code: str | None
    measure: str
    fiscal_year: int | None
    status: RollStatus
    sheet_id: int | None = None
    source_year: int | None = None
    warnings: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class KnownMeasure:
    """A stored measure with its sheets' fiscal years, ascending."""

    code: str | None
    name: str
    years: tuple[int, ...]


def make_sheet(session: Session, sheet: SheetFile, *, actor: Actor, action: str = "sheet.created") -> int:
    """Store a new sheet and commit; its id. Raises ``SheetExists`` when that measure has a sheet of that year."""
    for attempt in (1, 2):
        present = _stored(session, sheet)
        if present is not None:
            raise SheetExists(messages.sheet_exists(present.measure_name, present.fiscal_year), present.id or 0)
        try:
            saved = save_sheet(session, ReadSheet(sheet=sheet), actor=actor, action=action)
            session.commit()
        except (IntegrityError, DifferentSheet):
            # someone else stored this sheet, or another year of a measure that is new to both, at the same moment
            session.rollback()
            if attempt == 2:
                raise
            continue
        if saved.status != "created":
            raise SheetExists(messages.sheet_exists(sheet.measure.name, sheet.fiscal_year), saved.sheet_id)
        return saved.sheet_id
    raise AssertionError("unreachable")


def roll_measure(session: Session, measure_id: int, fiscal_year: int | None = None, *, actor: Actor) -> RolledSheet:
    """Make a measure's sheet of ``fiscal_year`` (None: after its newest) from the newest earlier one, and commit.

    A sheet that is there already is reported as ``exists``. Raises ``NotFound`` for an unknown measure.
    """
    measure = session.get(Measure, measure_id)
    rows = sheets_of_measure(session, measure_id) if measure else []
    if measure is None or not rows:
        raise NotFound(messages.NO_SUCH_MEASURE)
    year = rows[-1].fiscal_year + 1 if fiscal_year is None else fiscal_year
    head = (measure_id, measure.code, measure.name, year)
    present = next((row for row in rows if row.fiscal_year == year), None)
    if present is not None:
        return RolledSheet(*head, "exists", present.id)
    source = next((row for row in reversed(rows) if row.fiscal_year < year), None)
    if source is None:
        return RolledSheet(*head, "refused", reason=messages.nothing_earlier(year))
    last = load_sheet(session, source)
    try:
        sheet_id = make_sheet(session, next_sheet(last, year), actor=actor, action="sheet.rolled")
    except SheetExists as error:
        return RolledSheet(*head, "exists", error.sheet_id)
    except Refused as error:
        return RolledSheet(*head, "refused", reason=str(error))
    return RolledSheet(*head, "created", sheet_id, last.fiscal_year, roll_warnings(last, year))


def roll_all(
    session: Session, fiscal_year: int | None, measure_ids: Iterable[int], *, actor: Actor
) -> list[RolledSheet]:
    """``roll_measure`` for each measure, each sheet whole or not at all; an unknown measure is reported as refused."""
    found = []
    for measure_id in dict.fromkeys(measure_ids):
        try:
            found.append(roll_measure(session, measure_id, fiscal_year, actor=actor))
        except NotFound as error:
            found.append(RolledSheet(measure_id, None, "", fiscal_year, "refused", reason=str(error)))
    return found


def known_measure(session: Session, sheet: SheetFile) -> KnownMeasure | None:
    """The stored measure that this sheet would be another year of, None when its measure is new."""
    measure = session.exec(select(Measure).where(Measure.identity == measure_identity(sheet))).first()
    if measure is None or measure.id is None:
        return None
    years = tuple(row.fiscal_year for row in sheets_of_measure(session, measure.id))
    return KnownMeasure(measure.code, measure.name, years) if years else None


def code_as_stored(session: Session, municipality: str, written: str) -> str:
    """A measure code as that municipality's sheets write it: 「１２」 is the stored 「12」; a new one in half width."""
    plain = unicodedata.normalize("NFKC", written).strip()
    query = select(Measure.code).where(Measure.municipality == (municipality or None), col(Measure.code).is_not(None))
    stored = [code for code in session.exec(query) if code]
    return next((code for code in stored if unicodedata.normalize("NFKC", code).strip() == plain), plain)


def _stored(session: Session, sheet: SheetFile) -> Sheet | None:
    query = (
        select(Sheet)
        .join(Measure)
        .where(Measure.identity == measure_identity(sheet), Sheet.fiscal_year == sheet.fiscal_year)
    )
    return session.exec(query).first()
