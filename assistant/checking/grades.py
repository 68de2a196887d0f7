"""Stored grades 4(1) and 4(2) against the figures (claims.md, "Grades"); 6(2) is a person's judgement alone.

Off by one grade is ``ambiguous``, more is ``mismatch``. Where another way of counting (an indicator that did not
change, or of which nobody said whether high is good) ends at the stored grade, that is ``ambiguous`` too, and
distance is measured from the nearest grade that such a way could give.
"""

from collections.abc import Iterator, Sequence

from assistant.checking.findings import TABLE, Finding, Verdict
from assistant.grading import GRADES, Proposal, propose
from corpus import messages
from corpus.city import Grading
from corpus.form import GRADE_LABELS, GRADE_NUMBERS
from corpus.sheetfile import Grade, SheetFile


def check_grades(sheet: SheetFile, earlier: Sequence[SheetFile], grading: Grading) -> Iterator[Finding]:
    """A finding for each stored grade for which the figures allow a proposal; none if the city switched it off."""
    if not grading.check:
        return
    proposals = propose(sheet, earlier, grading)
    for proposal in (proposals.achievement, proposals.trend):
        stored = getattr(sheet.grades, proposal.name)
        if stored is not None and proposal.grade is not None:
            yield _finding(sheet.fiscal_year, stored, proposal)


def _finding(year: int, stored: Grade, proposal: Proposal) -> Finding:
    verdict, message = _judge(stored, proposal)
    return Finding(
        section=TABLE,
        start=None,
        end=None,
        text=f"{GRADE_NUMBERS[proposal.name]} {GRADE_LABELS[proposal.name]}",
        kind="table",
        verdict=verdict,
        year=year,
        stated=stored,
        expected=proposal.grade,
        message=message,
        suggestion=proposal.grade if verdict == "mismatch" else None,
    )


def _judge(stored: Grade, proposal: Proposal) -> tuple[Verdict, str]:
    assert proposal.grade is not None
    grade, reason = proposal.grade, proposal.reason
    if stored == grade:
        return "match", messages.check_stored_grade_ok(reason)
    best, here, worst = (GRADES.index(letter) for letter in (proposal.best or grade, stored, proposal.worst or grade))
    off = max(best - here, here - worst, 0)
    if off == 0:
        return "ambiguous", messages.check_stored_grade_open(stored, grade, reason)
    return "mismatch" if off > 1 else "ambiguous", messages.check_stored_grade(stored, grade, reason)
