"""What a search gives: a sentence with every place it stands in, folded with its variants of other years."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from corpus.index.evidence import WEAK_SHARE, Evidence
from corpus.index.passages import normalise
from corpus.index.scope import Scope, Shape, among, as_list, within
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
    ``ranks``: which source found it, and its place there (1 = best).
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
    evidence: Evidence = field(repr=False, compare=False)

    # read when somebody asks: splitting the texts of ten hits into words takes a sixth of a search
    @cached_property
    def _spoken_for(self) -> tuple[tuple[tuple[int, int], ...], float]:
        return self.evidence.of(self.text)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The parts of ``text`` that are words of the query (offsets)."""
        return self._spoken_for[0]

    @property
    def weak(self) -> bool:
        """Whether too little speaks for it (``corpus.index.evidence``)."""
        return self._spoken_for[1] < WEAK_SHARE

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
    .where(among(col(Passage.text_hash)))
    .order_by(col(_SHEET.fiscal_year).desc(), col(Passage.id))
)


@cache
def _stands_within(shape: Shape) -> Any:
    return within(_STANDS, shape)


def stands(session: Session, hashes: Sequence[str], scope: Scope) -> dict[str, list[Stand]]:
    """Where each sentence stands within ``scope``, newest sheet first."""
    found: dict[str, list[Stand]] = defaultdict(list)
    rows = session.connection().execute(_stands_within(scope.shape), scope.parameters | {"among": as_list(hashes)})
    for name, passage_id, sheet_id, section, direction, text, code, measure, year in rows:
        found[name].append(Stand(section, direction, text, Place(code, measure, year, sheet_id, passage_id)))
    return found
