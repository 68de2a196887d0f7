"""Which passages a search may find: a value, and its conditions in SQL."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from corpus.models import Passage, Sheet


@dataclass(frozen=True)
class Scope:
    """Passages of a section (a key of the form), 展開方向, lead division (as stored with the sheet), measure and years.

    ``measure``, ``exclude_sheet`` and ``exclude_measure`` are ids of the database; ``first_year`` and ``last_year``
    are fiscal years, both inclusive. What is None restricts nothing.
    """

    section: str | None = None
    direction: int | None = None
    division: str | None = None
    measure: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    exclude_sheet: int | None = None
    exclude_measure: int | None = None

    @property
    def selects(self) -> bool:
        """Whether only a part of the passages may be left: one sheet or measure less leaves nearly all."""
        chosen = (self.section, self.direction, self.division, self.measure, self.first_year, self.last_year)
        return any(value is not None for value in chosen)

    def of(self, query: Any, *, section: bool = True) -> Any:
        """``query``, a select of passages, with the conditions; ``section``: that of the section too."""
        of_passage = (
            (self.section if section else None, col(Passage.section_key).__eq__),
            (self.direction, col(Passage.direction).__eq__),
            (self.exclude_sheet, col(Passage.sheet_id).__ne__),
        )
        of_sheet = (
            (self.division, col(Sheet.lead_division).__eq__),
            (self.measure, col(Sheet.measure_id).__eq__),
            (self.first_year, col(Sheet.fiscal_year).__ge__),
            (self.last_year, col(Sheet.fiscal_year).__le__),
            (self.exclude_measure, col(Sheet.measure_id).__ne__),
        )
        conditions = [compared(value) for value, compared in of_sheet if value is not None]
        if conditions:
            # only then: it is one more look-up a passage
            query = query.join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
        conditions += [compared(value) for value, compared in of_passage if value is not None]
        return query.where(*conditions) if conditions else query


EVERYWHERE = Scope()
