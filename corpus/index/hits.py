"""What a search gives: a sentence with every place it stands in, folded with its variants of other years."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from corpus.index.passages import normalise
from corpus.index.scope import Scope
from corpus.models import Measure, Passage, Sheet

_FIGURE = re.compile(r"元(?=年)|[0-9〇一二三四五六七八九十百千万]*[0-9][0-9.,，．〇一二三四五六七八九十百千万億兆]*")
"""A figure in a normalised text: from its first to its last numeral, so that 1万2千 and 12,000 are both one figure."""


@dataclass(frozen=True)
class Place:
    """A sheet in which a sentence stands, and the passage there."""

    code: str | None
    measure: str
    fiscal_year: int
    sheet_id: int
    passage_id: int

    def to_object(self) -> dict[str, Any]:
        """The JSON object of an entry of ``also``."""
        return {"code": self.code, "measure": self.measure, "fiscal_year": self.fiscal_year}


@dataclass(frozen=True)
class Hit:
    """A sentence that was found, in its newest sheet (formats.md, ``shisaku search --json``).

    ``also``: the other sheets it stands in, and those of found sentences that differ only in figures or years, newest
    first; ``years``: all these fiscal years, ascending; ``score``: 0 to 1, 1 = first in every source; ``sources`` and
    ``ranks``: which source found it, and its place there (1 = best); ``spans``: the parts of ``text`` that are words of
    the query; ``weak``: too little speaks for it (``corpus.index.evidence``).
    """

    code: str | None
    measure: str
    fiscal_year: int
    years: tuple[int, ...]
    also: tuple[Place, ...]
    section: str
    direction: int | None
    text: str
    score: float
    sources: tuple[str, ...]
    passage_id: int
    sheet_id: int
    ranks: Mapping[str, int]
    spans: tuple[tuple[int, int], ...]
    weak: bool

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return {
            "code": self.code,
            "measure": self.measure,
            "fiscal_year": self.fiscal_year,
            "years": list(self.years),
            "also": [place.to_object() for place in self.also],
            "section": self.section,
            "direction": self.direction,
            "text": self.text,
            "score": self.score,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Stand:
    """A passage where it stands: one row of the database."""

    section: str
    direction: int | None
    text: str
    place: Place


def variant_key(text: str) -> str:
    """Equal for sentences that differ in nothing but figures and years (and widths and blanks)."""
    return _FIGURE.sub("0", normalise(text))


# beside the sheet that a scope looks at
_SHEET = aliased(Sheet)
_STANDS = (
    select(
        col(Passage.text_hash),
        col(Passage.id),
        col(Passage.sheet_id),
        col(Passage.section_key),
        col(Passage.direction),
        col(Passage.text),
        col(Measure.code),
        col(_SHEET.measure_name),
        col(_SHEET.fiscal_year),
    )
    .join(_SHEET, col(_SHEET.id) == col(Passage.sheet_id))
    .join(Measure, col(Measure.id) == col(_SHEET.measure_id))
)


def stands(session: Session, hashes: Sequence[str], scope: Scope) -> dict[str, list[Stand]]:
    """Where each sentence stands within ``scope``, newest sheet first."""
    found: dict[str, list[Stand]] = defaultdict(list)
    for batch in batches(hashes):
        rows: Any = (
            session.connection()
            .execute(
                scope.of(_STANDS)
                .where(col(Passage.text_hash).in_(batch))
                .order_by(col(_SHEET.fiscal_year).desc(), col(Passage.id))
            )
            .all()
        )
        for name, passage_id, sheet_id, section, direction, text, code, measure, year in rows:
            place = Place(code, measure, year, sheet_id, passage_id)
            found[name].append(Stand(section, direction, text, place))
    return found


def batches(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Parts of at most 500, which every database takes in one IN."""
    return (values[start : start + 500] for start in range(0, len(values), 500))
