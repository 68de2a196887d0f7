"""Parts of the page of the year's facts, as they answer what was done to a note."""

from dataclasses import dataclass

from web.pages.facts import NoteView, Totals
from web.pages.facts_offers import OffersView


@dataclass(frozen=True)
class NewRows:
    """Rows that came to the end of a list, and the totals as they are now."""

    rows: tuple[NoteView, ...]
    totals: Totals


@dataclass(frozen=True)
class Changed:
    """A row as it is now; ``moved_to``: the list to which it went ("": it stays)."""

    row: NoteView
    totals: Totals
    moved_to: str


@dataclass(frozen=True)
class GoneNote:
    """What stands in a deleted note's row: ``act`` undoes it."""

    sheet_id: int
    id: str
    anchor: str
    lead: str
    act: int
    totals: Totals


@dataclass(frozen=True)
class TakenOver:
    """The offers that are left, and the rows that came of the others."""

    offers: OffersView
    rows: tuple[NoteView, ...]
    totals: Totals

    @property
    def lists(self) -> tuple[tuple[str, tuple[NoteView, ...]], ...]:
        """The rows by the list to which they come."""
        homes = dict.fromkeys(row.home for row in self.rows)
        return tuple((home, tuple(row for row in self.rows if row.home == home)) for home in homes)
