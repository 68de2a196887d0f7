"""What a draft should see beside it: passages of other sheets about the same subject.

Takes a session and asks ``corpus.index``; drafting itself takes the values and stays pure.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from corpus.form import SECTION_BY_KEY
from corpus.index.scan import KeptIndex
from corpus.index.search import Hit, Scope, search
from corpus.models import Measure
from corpus.sheetfile import SheetFile
from corpus.store import measure_identity

_LONGEST_PURPOSE = 200


@dataclass(frozen=True)
class SimilarPassage:
    """A passage that may serve as an example: where it stands, its text, and how near it is (0 to 1)."""

    sheet_id: int
    measure: str
    fiscal_year: int
    section: str
    direction: int | None
    text: str
    score: float

    def to_object(self) -> dict[str, Any]:
        """The passage as plain JSON values."""
        return dict(vars(self))


def subject(sheet: SheetFile, direction: int | None = None) -> str:
    """The words that say what a section is about: names and purpose of the direction (or of the whole measure), and
    what its indicators measure.
    """
    entry = sheet.direction(direction) if direction is not None else None
    if entry is not None:
        parts = [entry.name, (entry.purpose or "")[:_LONGEST_PURPOSE]]
    else:
        parts = [sheet.measure.name, *(named.name for named in sheet.directions)]
        parts.append((sheet.purpose or "")[:_LONGEST_PURPOSE])
    parts += [indicator.name for indicator in sheet.outcomes(direction if entry is not None else None)]
    return "\n".join(part for part in parts if part)


def similar_passages(
    session: Session,
    sheet: SheetFile,
    section: str,
    direction: int | None = None,
    *,
    index: KeptIndex | None = None,
    about: str = "",
    limit: int = 5,
) -> list[SimilarPassage]:
    """Passages of the same section in other measures' sheets, up to the sheet's own fiscal year, best first.

    The measure's own years are left out, as drafting carries them on itself; only where no other measure has anything
    do its earlier years stand in. ``about`` adds words of the request. Raises ``KeyError`` for a section key that the
    form does not have, ``NotAvailable`` on a database without lexical search.
    """
    section = SECTION_BY_KEY[section].key
    query = "\n".join(part for part in (about, subject(sheet, direction)) if part)
    measure = session.exec(select(Measure).where(Measure.identity == measure_identity(sheet))).first()
    own = measure.id if measure else None

    def found(last_year: int, exclude_measure: int | None) -> list[Hit]:
        scope = Scope(section=section, last_year=last_year, exclude_measure=exclude_measure)
        return search(session, query, scope=scope, limit=limit, index=index)

    return [_passage(hit) for hit in found(sheet.fiscal_year, own) or found(sheet.fiscal_year - 1, None)]


def _passage(hit: Hit) -> SimilarPassage:
    return SimilarPassage(hit.sheet_id, hit.measure, hit.fiscal_year, hit.section, hit.direction, hit.text, hit.score)
