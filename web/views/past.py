"""What the page of links reads: a sheet with its past as printed, the city's other measures, and what is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlmodel import col, select

from corpus.continuity import all_ties, earlier_rows
from corpus.divisions import DivisionNames, division_names
from corpus.lineage import Match, MeasureTie, Stretch, Ties, lineage, matches, stretch_of
from corpus.models import Measure, Sheet
from corpus.preloading import rows_with_parts, sheet_years
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet, sheets_of_measure
from corpus.successors import (
    Candidate,
    DivisionProposal,
    IndicatorProposal,
    MeasureProposal,
    propose_division,
    propose_indicators,
    propose_measures,
)
from web.state import session


@dataclass(frozen=True)
class PastSheet:
    """An earlier sheet as printed, with what links say of the later one's indicators in it."""

    row: Sheet
    sheet: SheetFile
    stretch: Stretch
    links: tuple[Match, ...]


class Past:
    """A sheet and what it continues; read from the database as it is asked for, within one request."""

    def __init__(self, sheet_id: int) -> None:
        self.row = get_sheet(session(), sheet_id)
        self.sheet = load_sheet(session(), self.row)
        self.ties: Ties = all_ties(session())

    @cached_property
    def rows(self) -> list[tuple[Sheet, Stretch]]:
        """The rows of the sheets that it continues, by year."""
        return earlier_rows(session(), self.row, self.ties)

    @cached_property
    def last(self) -> tuple[PastSheet, ...]:
        """Those of the year before (or the latest there is), the first-linked measure's first."""
        year = max((row.fiscal_year for row, _ in self.rows), default=None)
        found = [(row, stretch) for row, stretch in reversed(self.rows) if row.fiscal_year == year]
        return tuple(self._past(row, stretch) for row, stretch in found)

    def _past(self, row: Sheet, stretch: Stretch) -> PastSheet:
        links = matches(self.sheet, self.row.measure_id, row.measure_id, row.fiscal_year, self.ties)
        return PastSheet(row, load_sheet(session(), row), stretch, links)

    @cached_property
    def others(self) -> list[Measure]:
        """The city's other measures, by code."""
        query = select(Measure).where(Measure.id != self.row.measure_id).order_by(col(Measure.code), col(Measure.name))
        return [row for row in session().exec(query) if row.municipality == self.row.measure.municipality]

    @cached_property
    def _years(self) -> dict[int, dict[int, int]]:
        """Measure of the city → fiscal year → id of its sheet."""
        return sheet_years(session(), {self.row.measure_id, *(measure.id or 0 for measure in self.others)})

    @cached_property
    def _latest(self) -> dict[int, Sheet]:
        """Each measure's latest sheet before the open one's year, all read at once: a city has hundreds."""
        year = self.row.fiscal_year
        before = [{past: found for past, found in years.items() if past < year} for years in self._years.values()]
        rows = rows_with_parts(session(), {found[max(found)] for found in before if found})
        return {row.measure_id: row for row in rows}

    def last_before(self, measure_id: int) -> Sheet | None:
        """The latest sheet before the open one's year of a measure of the city."""
        return self._latest.get(measure_id)

    @cached_property
    def names(self) -> DivisionNames:
        """Other names of the lead division."""
        name, city = self.sheet.lead_division or "", self.row.measure.municipality
        return division_names(session(), city, name, self.row.fiscal_year)

    def names_in(self, name: str | None, year: int) -> tuple[str, ...]:
        """Other names of a division of the city, called ``name`` in ``year``."""
        return division_names(session(), self.row.measure.municipality, name or "", year).all

    @cached_property
    def divisions(self) -> dict[int, set[str]]:
        """The lead divisions in the city's other sheets, by fiscal year."""
        query = select(Sheet.fiscal_year, Sheet.lead_division, Measure.municipality).join(Measure)
        found: dict[int, set[str]] = {}
        for year, name, city in session().exec(query.where(Sheet.id != self.row.id)):
            if name and city == self.row.measure.municipality:
                found.setdefault(year, set()).add(name)
        return found

    def years_after(self, tie: MeasureTie) -> list[Sheet]:
        """The sheets that would be continued if ``tie`` were kept as well."""
        stretches = lineage(self.row.measure_id, self.row.fiscal_year, (*self.ties.measures, tie))
        ids = {stretch.measure_id for stretch in stretches}
        rows = [row for measure_id in ids for row in sheets_of_measure(session(), measure_id)]
        earlier = [row for row in rows if row.fiscal_year < self.row.fiscal_year]
        return [row for row in earlier if stretch_of(stretches, row.measure_id, row.fiscal_year)]

    def proposals(self) -> tuple[list[MeasureProposal], list[tuple[int, IndicatorProposal]], DivisionProposal | None]:
        """For the measure, its indicators (with the earlier measure's id), and its lead division."""
        division = None
        if self.last:
            in_use = self.divisions.get(self.row.fiscal_year, set())
            division = propose_division(self.sheet, self.last[0].sheet, self.names.all, in_use)
        indicators = [
            (past.row.measure_id, proposal)
            for past in self.last
            for proposal in propose_indicators(self.sheet, past.sheet, past.links)
        ]
        return self._measures(), indicators, division

    def _measures(self) -> list[MeasureProposal]:
        """None once a person said that it continues nothing, or itself in the new plan."""
        year, own = self.row.fiscal_year, self.row.measure_id
        here = [tie for tie in self.ties.measures if (tie.measure_id, tie.first_year) == (own, year)]
        linked = {tie.earlier_id for tie in here}
        if linked & {None, own}:
            return []
        before = self.last_before(own)
        own_before = load_sheet(session(), before) if before and not linked else None
        if before and linked:
            return []
        found = propose_measures(self.sheet, own, own_before, self._candidates(linked))
        return [replace(proposal, kind="merged") for proposal in found] if linked else found

    def _candidates(self, linked: set[int | None]) -> Sequence[Candidate]:
        year = self.row.fiscal_year
        taken = {tie.earlier_id for tie in self.ties.measures if tie.first_year == year}
        found = []
        for measure in self.others:
            row = self.last_before(measure.id or 0) if measure.id not in linked else None
            if row is not None:
                goes_on = max(self._years[row.measure_id]) >= year
                sheet = load_sheet(session(), row)
                found.append(Candidate(row.measure_id, sheet, not goes_on, row.measure_id in taken))
        return found
