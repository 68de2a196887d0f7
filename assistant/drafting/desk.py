"""What one drafting works with: the request, its plan, and last year's text as the ground of carried sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checking import Checker, check_text, checker_of
from assistant.checking.findings import Finding
from assistant.drafting.carry import Ground
from assistant.drafting.draft import Origin
from assistant.drafting.manner import Manner
from assistant.drafting.note_lines import NoteLine, note_words
from assistant.drafting.plan import DraftRequest, SectionPlan, plan_section, usable_last_year
from assistant.drafting.telling import spoken_year
from assistant.facts import Standing
from corpus.city import DEFAULT_TOLERANCE, Tolerance
from corpus.sheetfile import SheetFile

_NOTE_ROW = "facts:"
"""How the checker's findings name a fact of the year (``Finding.indicator``)."""


@dataclass(frozen=True)
class Desk:
    """``text``: the section of last year's sheet that is carried on, "" (and no ``ground``) if there is none."""

    sheet: SheetFile
    earlier: tuple[SheetFile, ...]
    plan: SectionPlan
    ground: Ground | None
    text: str
    tolerance: Tolerance = DEFAULT_TOLERANCE

    @property
    def manner(self) -> Manner:
        """The division's manner."""
        return self.plan.manner

    @property
    def stands(self) -> tuple[Standing, ...]:
        """The indicators that the section tells of."""
        return tuple(stand for block in self.plan.blocks for stand in block.stands)

    @property
    def year(self) -> str:
        """The fiscal year that the section speaks of, as written."""
        return spoken_year(self.plan.section, self.plan.fiscal_year)

    @property
    def year_before(self) -> str:
        """The fiscal year before the one that the section speaks of, as written."""
        return spoken_year(self.plan.section, self.plan.fiscal_year - 1)

    def check(self, text: str) -> Sequence[Finding]:
        """What the checker says of ``text`` in this section of the open sheet."""
        return self.checker.check(text, self.plan.section)

    @cached_property
    def checker(self) -> Checker:
        """The checker of the open sheet, made once for the whole draft."""
        return checker_of(self.sheet, self.earlier, self.tolerance)

    def origin(self, text: str) -> Origin:
        """The origin of what keeps or replaces ``text`` of last year's section."""
        assert self.ground is not None
        last_year = self.ground.last_year
        return Origin(
            "last_year",
            measure=last_year.measure.name,
            fiscal_year=last_year.fiscal_year,
            section=self.ground.section,
            text=text,
        )

    def note_origin(self, note: NoteLine, start: int, end: int) -> Origin:
        """The origin of what ``note`` says at ``start``–``end`` of a sentence."""
        return Origin(
            "note",
            start,
            end,
            measure=self.sheet.measure.name,
            fiscal_year=self.sheet.fiscal_year,
            section="facts",
            text=note.told,
            note=note.note,
        )

    def noted_before(self, before: tuple[int, str]) -> Origin:
        """The origin of a count with which this year's is compared: fiscal year and words of the earlier note."""
        year, words = before
        name = self.sheet.measure.name
        own = next((note for _, note in self.sheet.facts if note_words(note) == words), None)
        if own is not None:
            # a count of an earlier year among this sheet's own notes
            sheet_year = self.sheet.fiscal_year
            return Origin("note", measure=name, fiscal_year=sheet_year, section="facts", text=words, note=own.id)
        return Origin("last_year", measure=name, fiscal_year=year, section="facts", text=words)


def set_desk(request: DraftRequest) -> Desk:
    """Plan the section and have last year's text read by the checker. An unknown section raises ``KeyError``."""
    plan, last_year = plan_section(request), usable_last_year(request)
    earlier = (last_year,) if last_year else ()
    if plan.rule is None or last_year is None:
        return Desk(request.sheet, earlier, plan, None, "", request.tolerance)
    text = last_year.text(plan.rule.source)
    checked = check_text(text, plan.rule.source, last_year, (), request.tolerance)
    # what last year's notes say has no value of this year to put in its place
    findings = tuple(found for found in checked if not (found.indicator or "").startswith(_NOTE_ROW))
    ground = Ground(request.sheet, last_year, plan.rule.source, plan.rule.years_move, findings)
    return Desk(request.sheet, earlier, plan, ground, text, request.tolerance)
