"""What an answer may read: the open sheet, the measure's earlier sheets, the conversation so far, and the search."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlmodel import Session

from assistant.wishes import Wish
from assistant.writing.values import Call, Pen, unlogged
from corpus import citysettings
from corpus.city import Tolerance
from corpus.index.scan import KeptIndex
from corpus.lineage import sheet_of_year
from corpus.listing import list_sheets
from corpus.models import Sheet
from corpus.sheetfile import SheetFile
from corpus.store import earlier_sheets, get_sheet, load_sheet

OpenIndex = Callable[[], KeptIndex | None]
OpenPen = Callable[[], Pen | None]
"""The language model of the settings, connected; None where there is none. Raises ``ModelUnavailable``."""


def no_index() -> None:
    """For callers that search by words only."""
    return


def no_pen() -> None:
    """For callers without a language model."""
    return


@dataclass(frozen=True)
class ChatContext:
    """Everything is read when it is first asked for. ``reply_id``: the reply in the making, None outside a stored
    conversation; ``before``: the wishes of the earlier messages, oldest first. ``open_pen``: the language model;
    ``tell_call`` is told its calls; ``running``: what is to be closed when nobody wants the answer any more.
    """

    session: Session
    row: Sheet
    open_index: OpenIndex = no_index
    before: tuple[Wish, ...] = ()
    reply_id: int | None = None
    open_pen: OpenPen = no_pen
    tell_call: Callable[[Call], None] = unlogged
    selection: dict[str, Any] | None = None
    running: list[Generator[Any]] = field(default_factory=list)

    @cached_property
    def sheet(self) -> SheetFile:
        """The open sheet."""
        return load_sheet(self.session, self.row)

    @cached_property
    def earlier(self) -> tuple[SheetFile, ...]:
        """The measure's sheets of earlier years."""
        return tuple(earlier_sheets(self.session, self.row))

    @cached_property
    def tolerance(self) -> Tolerance:
        """What the city takes for no change."""
        return citysettings.tolerance(self.session)

    def of_year(self, year: int) -> SheetFile | None:
        """The measure's sheet of an earlier year, or None."""
        return sheet_of_year(self.earlier, year)

    def of_measure(self, measure: str) -> list[SheetFile]:
        """The sheets of another measure of the same city, up to the year of the open one."""
        own = self.sheet
        return [
            load_sheet(self.session, get_sheet(self.session, summary.sheet_id))
            for summary in list_sheets(self.session)
            if (summary.municipality, summary.measure) == (own.municipality, measure)
            and summary.fiscal_year <= own.fiscal_year
        ]
