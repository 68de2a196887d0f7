"""Which passages a search may find: a value, and its conditions in SQL."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from corpus.models import Passage, Sheet

Shape = frozenset[str]
"""The names of what a scope restricts: scopes of one shape share a statement, which is costly to write."""

_OF_SHEET = {
    "division": (col(Sheet.lead_division), "__eq__"),
    "measure": (col(Sheet.measure_id), "__eq__"),
    "first_year": (col(Sheet.fiscal_year), "__ge__"),
    "last_year": (col(Sheet.fiscal_year), "__le__"),
    "exclude_measure": (col(Sheet.measure_id), "__ne__"),
}
_OF_PASSAGE = {
    "section": (col(Passage.section_key), "__eq__"),
    "direction": (col(Passage.direction), "__eq__"),
    "exclude_sheet": (col(Passage.sheet_id), "__ne__"),
}


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
        return bool(self.shape - {"exclude_sheet", "exclude_measure"})

    @property
    def shape(self) -> Shape:
        """What is restricted."""
        return frozenset(name for name, value in vars(self).items() if value is not None)

    @property
    def parameters(self) -> dict[str, Any]:
        """What a statement of ``within`` is to be executed with."""
        return {f"scope_{name}": value for name, value in vars(self).items() if value is not None}


EVERYWHERE = Scope()


def within(query: Any, shape: Shape) -> Any:
    """``query``, a select of passages, with the conditions of a scope of this shape and its ``parameters``."""
    if not shape.isdisjoint(_OF_SHEET):
        # only then: it is one more look-up a passage
        query = query.join(Sheet, col(Sheet.id) == col(Passage.sheet_id))
    conditions = [
        getattr(column, compared)(bindparam(f"scope_{name}"))
        for name, (column, compared) in (_OF_SHEET | _OF_PASSAGE).items()
        if name in shape
    ]
    return query.where(*conditions) if conditions else query


def among(column: Any) -> Any:
    """``column`` is one of the parameter ``among`` (``as_list``): an IN of 1,000 parameters takes SQLAlchemy as long to
    write as SQLite to run."""
    return column.in_(select(func.json_each(bindparam("among")).table_valued("value").c.value))


def as_list(values: Iterable[int | str]) -> str:
    """The parameter of ``among``."""
    return json.dumps(list(values))
