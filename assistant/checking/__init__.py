"""The checker: a narrative's statements about figures against what is stored (claims.md, formats.md section 2).

Text goes ``numerals`` → ``sentences`` (figures, years, subjects at their places) → ``claims`` → ``matching`` →
``Finding``; the figures themselves go through ``tables``. Pure: values in, values out, no I/O, no model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.claim_types import Claim
from assistant.checking.claims import claims_of
from assistant.checking.computed import computed
from assistant.checking.findings import CheckResult, Finding, Summary, summarise
from assistant.checking.grade_claims import grade_findings
from assistant.checking.grades import check_grades
from assistant.checking.judging_main import judge_by_main
from assistant.checking.judging_notes import judge_by_notes
from assistant.checking.judging_ranks import judge_rank
from assistant.checking.left_behind import check_left_behind
from assistant.checking.matching import judge
from assistant.checking.notes import NO_NOTES, Notes, build_notes
from assistant.checking.numerals import Figure, find_figures
from assistant.checking.record import Record, build_record
from assistant.checking.reporting import Place
from assistant.checking.sentences import Sentence, read_sentences
from assistant.checking.table_notes import check_note_tables
from assistant.checking.tables import check_tables
from assistant.checking.unchanged import check_unchanged
from corpus.city import DEFAULT_GRADING, DEFAULT_TOLERANCE, Grading, Tolerance
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile

__all__ = [
    "CheckResult",
    "Checker",
    "Figure",
    "Finding",
    "Summary",
    "check_sheet",
    "check_text",
    "checker_of",
    "find_figures",
    "summarise",
]


def check_sheet(
    sheet: SheetFile,
    earlier: Sequence[SheetFile] = (),
    *,
    grading: Grading = DEFAULT_GRADING,
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> CheckResult:
    """Check every section of a sheet, and its figures themselves.

    ``earlier``: other sheets of the same measure; those of earlier fiscal years give values that this sheet lacks
    and are compared with it. ``grading``: what the city asks for a grade; ``tolerance``: what it takes for 横ばい.
    """
    checker = checker_of(sheet, earlier, tolerance)
    record = checker.record
    findings = [found for key in SECTION_KEYS for found in checker.check(sheet.text(key), key)]
    findings += check_tables(sheet, earlier)
    findings += check_note_tables(sheet, record, _check_figures)
    findings += check_grades(sheet, earlier, grading)
    findings += check_left_behind(sheet)
    findings += check_unchanged(sheet, earlier, findings)
    return CheckResult(
        measure=sheet.measure.name,
        fiscal_year=sheet.fiscal_year,
        findings=findings,
        summary=summarise(findings),
    )


_OPEN_MARK = re.compile("【要(?:記入|確認)：[^】]*】")
"""What a draft asks a person: nothing in it is a statement."""


def _within(found: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = found.start, found.end
    return start is not None and end is not None and any(first <= start and end <= last for first, last in spans)


@dataclass(frozen=True)
class Checker:
    """A sheet's figures and notes, read once for many texts."""

    record: Record
    notes: Notes

    def check(self, text: str, section: str) -> list[Finding]:
        """Check one text as if it stood in ``section`` of the sheet; findings in the order of the text."""
        found = _check(text, section, self.record, self.notes)
        marks = [match.span() for match in _OPEN_MARK.finditer(text)] if found else []
        return [one for one in found if not _within(one, marks)]


def checker_of(
    sheet: SheetFile, earlier: Sequence[SheetFile] = (), tolerance: Tolerance = DEFAULT_TOLERANCE
) -> Checker:
    """What checks texts of ``sheet``; ``earlier`` and ``tolerance`` as in ``check_sheet``."""
    record = build_record(sheet, earlier, tolerance)
    return Checker(record, build_notes(sheet, earlier, record))


def check_text(
    text: str,
    section: str,
    sheet: SheetFile,
    earlier: Sequence[SheetFile] = (),
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> list[Finding]:
    """``Checker.check`` for a single text."""
    return checker_of(sheet, earlier, tolerance).check(text, section)


def _check_figures(text: str, section: str, record: Record) -> list[Finding]:
    return _check(text, section, record, NO_NOTES)


def _check(text: str, section: str, record: Record, notes: Notes) -> list[Finding]:
    findings: list[Finding] = []
    last, last_end, earlier = None, 0, ""
    for sentence in read_sentences(text, record):
        place = Place(section, sentence.offset, sentence.text)
        found = _judged(sentence, place, record, notes)
        if any(said is not None and said.verdict == "mismatch" for _, said in found):
            found = _or_without_events(found, sentence, place, record, notes)
        beside = last if last_end >= place.offset - 1 else None
        earlier = earlier if last_end >= place.offset - 1 else ""
        kept, last = computed(sentence, place, record, notes, found, beside, earlier)
        last_end, earlier = place.offset + len(place.text), place.text
        kept += grade_findings(sentence, place, record)
        findings += sorted(kept, key=lambda finding: (finding.start or 0, finding.end or 0))
    return findings


_Judged = list[tuple[Claim, Finding | None]]


def _judged(sentence: Sentence, place: Place, record: Record, notes: Notes) -> _Judged:
    found: _Judged = []
    for claim in claims_of(sentence, record):
        said = judge(claim, place, record)
        if claim.form == "rank" and notes:
            said = judge_rank(claim, place, sentence, record, notes) or said
        if said is None or said.verdict == "unsupported":
            said = judge_by_main(claim, place, sentence, record, judge) or said
        if said is None or said.verdict == "unsupported":
            said = judge_by_notes(claim, place, sentence, record, notes, judge) or said
        found.append((claim, said))
    return found


def _or_without_events(found: _Judged, sentence: Sentence, place: Place, record: Record, notes: Notes) -> _Judged:
    """``found``, but what is wrong in the year of an event (「令和3年度に始めた取組が」) as read without that year."""
    if not any(year.event for year in sentence.years):
        return found
    other = {
        (claim.start, claim.form): (claim, said)
        for claim, said in _judged(sentence.without_events(), place, record, notes)
        if said is not None and said.verdict in ("match", "mismatch")
    }
    return [
        other.get((claim.start, claim.form), (claim, said))
        if said is not None and said.verdict == "mismatch"
        else (claim, said)
        for claim, said in found
    ]
