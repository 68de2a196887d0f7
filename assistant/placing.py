"""Findings about the narratives as a whole (a year or a text left from last year) at the place that they quote. Pure.

The checker reports them in section ``table``, naming the section and quoting the words (formats.md); whoever shows
them beside the text, or links to it, wants the section and the offsets.
"""

from collections.abc import Sequence

from assistant.checking.findings import TABLE, Finding
from corpus.form import SECTION_KEYS, section_label
from corpus.sheetfile import SheetFile

_CUT = "…"


def placed(finding: Finding, sheet: SheetFile) -> Finding:
    """A finding that quotes a narrative of ``sheet`` with that section, ``start``, ``end`` and the words as ``text``.

    Any other finding comes back as it is; where the words stand nowhere in the section, ``start``/``end`` stay None.
    """
    if finding.section != TABLE:
        return finding
    for key in SECTION_KEYS:
        head = section_label(key, sheet.fiscal_year) + "「"
        if finding.text.startswith(head) and finding.text.endswith("」"):
            words = finding.text.removeprefix(head).removesuffix("」").strip(_CUT)
            start = sheet.text(key).find(words)
            span = (start, start + len(words)) if words and start >= 0 else (None, None)
            return finding.model_copy(update={"section": key, "text": words, "start": span[0], "end": span[1]})
    return finding


def placed_all(findings: Sequence[Finding], sheet: SheetFile) -> list[Finding]:
    """``placed`` for each; sections in the order of the form, each in the order of its text, ``table`` last."""
    order = (*SECTION_KEYS, TABLE)
    found = [placed(finding, sheet) for finding in findings]
    behind = max((len(sheet.text(key)) for key in SECTION_KEYS), default=0)
    return sorted(
        found,
        key=lambda one: (
            order.index(one.section),
            behind if one.start is None else one.start,
            behind if one.end is None else one.end,
        ),
    )
