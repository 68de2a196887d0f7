"""The checker: a narrative's statements about figures against what is stored (claims.md, formats.md section 2).

Text goes ``numerals`` → ``sentences`` (figures, years, subjects at their places) → ``claims`` → ``matching`` →
``Finding``; the figures themselves go through ``tables``. Pure: values in, values out, no I/O, no model.
"""

from collections.abc import Sequence

from assistant.checking.claims import claims_of, grades_of
from assistant.checking.findings import CheckResult, Finding, Summary, summarise
from assistant.checking.matching import judge, judge_grade
from assistant.checking.numerals import Figure, find_figures
from assistant.checking.record import Record, build_record
from assistant.checking.reporting import Place
from assistant.checking.sentences import read_sentences
from assistant.checking.tables import check_tables
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile

__all__ = ["CheckResult", "Figure", "Finding", "Summary", "check_sheet", "check_text", "find_figures", "summarise"]


def check_sheet(sheet: SheetFile, earlier: Sequence[SheetFile] = ()) -> CheckResult:
    """Check every section of a sheet, and its figures themselves.

    ``earlier``: other sheets of the same measure; those of earlier fiscal years give values that this sheet lacks
    and are compared with it.
    """
    record = build_record(sheet, earlier)
    findings = [found for key in SECTION_KEYS for found in _check(sheet.text(key), key, record)]
    findings += check_tables(sheet, earlier)
    return CheckResult(
        measure=sheet.measure.name,
        fiscal_year=sheet.fiscal_year,
        findings=findings,
        summary=summarise(findings),
    )


def check_text(text: str, section: str, sheet: SheetFile, earlier: Sequence[SheetFile] = ()) -> list[Finding]:
    """Check one text as if it stood in ``section`` of ``sheet``; findings in the order of the text."""
    return _check(text, section, build_record(sheet, earlier))


def _check(text: str, section: str, record: Record) -> list[Finding]:
    findings: list[Finding] = []
    for sentence in read_sentences(text, record):
        place = Place(section, sentence.offset, sentence.text)
        found = [judge(claim, place, record) for claim in claims_of(sentence, record)]
        found += [judge_grade(claim, place, record) for claim in grades_of(sentence)]
        kept = [finding for finding in found if finding is not None]
        findings += sorted(kept, key=lambda finding: (finding.start or 0, finding.end or 0))
    return findings
