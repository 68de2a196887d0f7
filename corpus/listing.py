"""The stored sheets as a list: a row each, with how far its texts are."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from corpus.form import SECTION_KEYS
from corpus.models import Measure, Revision, Section, Sheet, ValueToConfirm


@dataclass(frozen=True)
class SheetSummary:
    """A row of the sheet list (formats.md, ``shisaku list --json``), with the sheet's id."""

    sheet_id: int
    municipality: str | None
    code: str | None
    measure: str
    fiscal_year: int
    policy: str | None
    lead_division: str | None
    sections_filled: int
    sections_total: int
    to_confirm: int

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        hidden = ("sheet_id", "policy")
        return {key: value for key, value in vars(self).items() if key not in hidden}


def list_sheets(session: Session) -> list[SheetSummary]:
    """All sheets, by measure code and newest year first."""
    filled = (
        select(Section.sheet_id, func.count().label("filled"))
        .where(col(Section.revision_id).is_not(None), _has_text())
        .group_by(col(Section.sheet_id))
        .subquery()
    )
    waiting = (
        select(ValueToConfirm.sheet_id, func.count().label("waiting"))
        .where(ValueToConfirm.state == "open")
        .group_by(col(ValueToConfirm.sheet_id))
        .subquery()
    )
    query = (
        select(Sheet, Measure, filled.c.filled, waiting.c.waiting)
        .join(Measure)
        .outerjoin(filled, filled.c.sheet_id == Sheet.id)
        .outerjoin(waiting, waiting.c.sheet_id == Sheet.id)
        .order_by(col(Measure.municipality), col(Measure.code), col(Measure.name), col(Sheet.fiscal_year).desc())
    )
    return [
        SheetSummary(
            sheet_id=sheet.id or 0,
            municipality=measure.municipality,
            code=measure.code,
            measure=sheet.measure_name,
            fiscal_year=sheet.fiscal_year,
            policy=sheet.policy,
            lead_division=sheet.lead_division,
            sections_filled=count or 0,
            sections_total=len(SECTION_KEYS),
            to_confirm=open_values or 0,
        )
        for sheet, measure, count, open_values in session.exec(query)
    ]


def _has_text() -> Any:
    return select(Revision.id).where(Revision.id == Section.revision_id, Revision.text != "").exists()
