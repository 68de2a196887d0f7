"""The stored sheets as a list: a row each, with how far its texts are."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from corpus.form import SECTION_KEYS
from corpus.models import Direction, Measure, Revision, Section, Sheet, ValueToConfirm


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


@dataclass(frozen=True)
class StoredMeasure:
    """A measure of the database, named as last printed."""

    id: int
    municipality: str | None
    code: str | None
    name: str


@dataclass(frozen=True)
class Holdings:
    """What the stored sheets are of: measures by code, lead divisions by name, years newest first, 展開方向 upwards."""

    measures: tuple[StoredMeasure, ...]
    divisions: tuple[str, ...]
    years: tuple[int, ...]
    directions: tuple[int, ...]


def holdings(session: Session) -> Holdings:
    """The measures, lead divisions, fiscal years and numbers of 展開方向 that stored sheets have."""
    measures = (
        select(Measure)
        .where(select(Sheet.id).where(Sheet.measure_id == Measure.id).exists())
        .order_by(col(Measure.municipality), col(Measure.code), col(Measure.name))
    )
    divisions = select(Sheet.lead_division).distinct().order_by(col(Sheet.lead_division))
    return Holdings(
        measures=tuple(
            StoredMeasure(row.id or 0, row.municipality, row.code, row.name) for row in session.exec(measures)
        ),
        divisions=tuple(name for name in session.exec(divisions) if name),
        years=tuple(session.exec(select(Sheet.fiscal_year).distinct().order_by(col(Sheet.fiscal_year).desc()))),
        directions=tuple(session.exec(select(Direction.number).distinct().order_by(col(Direction.number)))),
    )


def _has_text() -> Any:
    return select(Revision.id).where(Revision.id == Section.revision_id, Revision.text != "").exists()
