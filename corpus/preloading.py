"""Reading many sheets at once: what ``corpus.store.load_sheet`` takes sheet by sheet, in a handful of statements."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from corpus.models import Indicator, Section, Sheet


def sheet_years(session: Session, measure_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Measure → fiscal year → id of its sheet, without reading the sheets."""
    query = select(Sheet.measure_id, Sheet.fiscal_year, Sheet.id).where(col(Sheet.measure_id).in_(measure_ids))
    found: dict[int, dict[int, int]] = {}
    for measure_id, year, sheet_id in session.exec(query):
        found.setdefault(measure_id, {})[year] = sheet_id or 0
    return found


def rows_with_parts(session: Session, sheet_ids: Collection[int]) -> list[Sheet]:
    """The rows of sheets with all their parts read; ``load_sheet`` of one asks the database nothing more."""
    return list(session.exec(select(Sheet).where(col(Sheet.id).in_(sheet_ids)).options(*_parts())))


def _parts() -> tuple[Any, ...]:
    whole: Any = Sheet
    indicators = selectinload(whole.indicators)
    return (
        selectinload(whole.measure),
        selectinload(whole.directions),
        indicators.selectinload(Indicator.values),  # type: ignore[arg-type]
        indicators.selectinload(Indicator.flags),  # type: ignore[arg-type]
        selectinload(whole.costs),
        selectinload(whole.notes),
        selectinload(whole.sections).selectinload(Section.revision),  # type: ignore[arg-type]
    )
