"""The answer to 「数字の整合を確認して」: the stored text and tables against the stored figures."""

from collections import Counter
from collections.abc import Iterator

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Event, Words
from assistant.checking.findings import VERDICTS, Finding
from assistant.wishes import Wish
from corpus import citysettings, messages
from corpus.form import SECTION_KEYS, section_label


def check(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The findings about the stored text of a section, or of the whole sheet with its tables."""
    from assistant.checking import check_sheet
    from assistant.placing import placed_all

    sheet, tolerance = context.sheet, context.tolerance
    grading = citysettings.grading(context.session)
    result = check_sheet(sheet, context.earlier, grading=grading, tolerance=tolerance)
    findings = [one for one in placed_all(result.findings, sheet) if wish.section in (None, one.section)]
    keys = SECTION_KEYS if wish.section is None else (wish.section,)
    wrong = Counter(_finding_place(one.section, context) for one in findings if one.verdict == "mismatch")
    yield Words(
        messages.checked(
            section_label(wish.section, sheet.fiscal_year) if wish.section else "",
            {verdict: sum(one.verdict == verdict for one in findings) for verdict in VERDICTS},
            wrong,
            [section_label(key, sheet.fiscal_year) for key in keys if not sheet.text(key)],
        )
    )
    shown = tuple(one for one in findings if one.verdict != "match")
    if shown:
        told = [one for verdict in ("mismatch", "ambiguous") for one in shown if one.verdict == verdict]
        lines = "".join("\n" + _finding_line(one, context) for one in told)
        yield Attachment("checked", tuple(one.model_dump(mode="json") for one in shown), lines)


def _finding_line(finding: Finding, context: ChatContext) -> str:
    place = _finding_place(finding.section, context)
    return messages.finding_line(place, finding.text, finding.message, finding.suggestion or "")


def _finding_place(section: str, context: ChatContext) -> str:
    return section_label(section, context.sheet.fiscal_year) if section in SECTION_KEYS else messages.FIGURES_TABLE
