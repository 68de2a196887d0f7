"""Findings in a text: where they stand, what they say, and where the figure or note is that they speak of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from flask import current_app, url_for

from assistant.checking.findings import TABLE, Finding, Verdict
from corpus import messages
from corpus.form import GRADE_LABELS, GRADE_NUMBERS, SECTION_KEYS, section_label
from web.pages.figures import FLAG_LABELS
from web.pages.writing import cell_anchor

VERDICT_LABELS: dict[Verdict, str] = {
    "mismatch": "数値と不一致",
    "ambiguous": "読み方が分かれる",
    "unsupported": "照合できる値なし",
    "match": "数値と一致",
}
TABLE_LABELS: dict[Verdict, str] = VERDICT_LABELS | {"ambiguous": "確認が必要"}
"""The verdicts on the figures themselves, where nothing is read in two ways."""
WHOLE_LABELS: dict[Verdict, str] = TABLE_LABELS | {"mismatch": "年度が合わない"}
"""The verdicts on a narrative that last year's years or words were left in."""
VERDICT_SIGNS: dict[Verdict, str] = {"mismatch": "✕", "ambiguous": "？", "unsupported": "※", "match": "✓"}
_GRAVITY: tuple[Verdict, ...] = ("mismatch", "ambiguous", "unsupported", "match")


@dataclass(frozen=True)
class ShownFinding:
    """A finding as a page lists it; ``number`` counts from 1 within its list (0: a match).

    ``section``: a section's key or ``table``. ``name`` tells it from the others of its section and stays the same
    while others are put right. ``readings``: what ``text`` may mean, where ``message`` says that this is open.
    ``cell``: the anchor of the figure in the sheet's tables, ``note``: the address of a note of the year, ``page``:
    that of the page where the figure or grade is changed, or "". ``start``/``end``: code points into the text.
    """

    number: int
    verdict: Verdict
    verdict_label: str
    sign: str
    text: str
    message: str
    suggestion: str
    cell: str
    place: str
    note: str = ""
    start: int | None = None
    end: int | None = None
    section: str = TABLE
    name: str = ""
    readings: tuple[str, ...] = ()
    page: str = ""

    @property
    def anchor(self) -> str:
        """The id of its row on the sheet's page."""
        return f"section-{self.section}-finding-{self.name}" if self.section != TABLE else f"table-finding-{self.name}"

    @property
    def mark(self) -> str:
        """The id of its sign in the text."""
        return f"section-{self.section}-mark-{self.name}"

    @property
    def whole(self) -> bool:
        """Whether ``text`` is what a finding about the tables names, not words of a narrative."""
        return self.section == TABLE


@dataclass(frozen=True)
class Badge:
    """「✕ 数値と不一致 2」."""

    verdict: Verdict
    sign: str
    label: str
    count: int


@dataclass(frozen=True)
class Segment:
    """A piece of a text with the gravest finding that covers it; ``ends``: the findings whose last piece it is.

    ``sought``: it belongs to the passage that a search led to; ``begins``: that passage begins here.
    """

    text: str
    finding: ShownFinding | None
    ends: tuple[ShownFinding, ...]
    sought: bool = False
    begins: bool = False


@dataclass(frozen=True)
class MarkedText:
    """A text cut into segments, with its findings: first what wants attention, then what matches."""

    segments: tuple[Segment, ...]
    findings: tuple[ShownFinding, ...]

    @property
    def attention(self) -> tuple[ShownFinding, ...]:
        """What a person should look at: mismatches, then what can be read in more than one way."""
        return self.of("mismatch") + self.of("ambiguous")

    @property
    def badges(self) -> tuple[Badge, ...]:
        """What wants attention, counted by what is said of it."""
        counted = Counter((found.verdict, found.sign, found.verdict_label) for found in self.attention)
        return tuple(Badge(*said, count) for said, count in counted.items())

    def of(self, verdict: Verdict) -> tuple[ShownFinding, ...]:
        """The findings with this verdict, in the order of the text."""
        return tuple(finding for finding in self.findings if finding.verdict == verdict)

    def count(self, verdict: Verdict) -> int:
        """How many findings have this verdict."""
        return sum(finding.verdict == verdict for finding in self.findings)


_NOTE = "facts:"
_NOTE_PAGE = "facts.show"


def note_address(finding: Finding, sheet_id: int | None) -> str:
    """Where the note stands that a finding speaks of, or ""."""
    noted = (finding.indicator or "").startswith(_NOTE)
    if not noted or sheet_id is None or _NOTE_PAGE not in current_app.view_functions:
        return ""
    name = (finding.indicator or "").removeprefix(_NOTE)
    return url_for(_NOTE_PAGE, sheet_id=sheet_id, _anchor=f"note-{'_'.join(name.split())}")


def _cell(finding: Finding) -> str:
    """The anchor of the cell that a finding speaks of: that of the flag where it is about 達成 or 向上."""
    if not finding.indicator or finding.year is None or finding.indicator.startswith(_NOTE):
        return ""
    flag = None
    if finding.section == TABLE:
        flag = next((name for name, (label, *_) in FLAG_LABELS.items() if finding.text.endswith(label)), None)
    return cell_anchor(finding.indicator, finding.year, flag or finding.series)


def _page(finding: Finding, cell: str, sheet_id: int | None) -> str:
    """Where the grade or the figure is changed that a finding about the tables speaks of, or ""."""
    if finding.section != TABLE or sheet_id is None:
        return ""
    for name, label in GRADE_LABELS.items():
        if finding.text == f"{GRADE_NUMBERS[name]} {label}":
            return url_for("grades.show", sheet_id=sheet_id, _anchor=f"grade-{name}-head")
    return url_for("figures.show", sheet_id=sheet_id, _anchor=cell) if cell else ""


def show_finding(
    finding: Finding, number: int, fiscal_year: int, sheet_id: int | None = None, name: str = ""
) -> ShownFinding:
    """A finding as the pages list it; ``sheet_id``: the sheet whose notes and pages it can link to."""
    cell = _cell(finding)
    message, readings = messages.readings_of(finding.message)
    labels = VERDICT_LABELS
    if finding.kind == "table":
        labels = TABLE_LABELS if finding.section == TABLE else WHOLE_LABELS
    place = section_label(finding.section, fiscal_year) if finding.section in SECTION_KEYS else "数値の表"
    return ShownFinding(
        number=number,
        verdict=finding.verdict,
        verdict_label=labels[finding.verdict],
        sign=VERDICT_SIGNS[finding.verdict],
        text=finding.text,
        message=message,
        suggestion=finding.suggestion or "",
        cell=cell,
        place=place,
        note=note_address(finding, sheet_id),
        start=finding.start,
        end=finding.end,
        section=finding.section,
        name=name,
        readings=readings,
        page=_page(finding, cell, sheet_id),
    )


def show_findings(
    findings: Sequence[Finding], fiscal_year: int, sheet_id: int | None = None
) -> tuple[ShownFinding, ...]:
    """Findings in their order; those that are no match are numbered from 1."""
    shown, number, named = list[ShownFinding](), 0, Counter[tuple[str, str]]()
    for finding in findings:
        number += finding.verdict != "match"
        # by its words, because the number of a finding changes when one before it is put right
        said = f"{crc32(f'{finding.kind}:{finding.text}'.encode()):08x}"
        named[finding.section, said] += 1
        name = f"{said}-{named[finding.section, said]}"
        shown.append(show_finding(finding, 0 if finding.verdict == "match" else number, fiscal_year, sheet_id, name))
    return tuple(shown)


def show_stored_findings(
    entries: Sequence[dict[str, Any]], fiscal_year: int, sheet_id: int | None = None
) -> tuple[ShownFinding, ...]:
    """Findings as a message keeps them (JSON values of ``Finding``)."""
    return show_findings([Finding.model_validate(entry) for entry in entries], fiscal_year, sheet_id)


def mark_text(
    text: str,
    findings: Sequence[Finding],
    fiscal_year: int,
    sheet_id: int | None = None,
    passage: tuple[int, int] | None = None,
) -> MarkedText:
    """``text`` cut at the ends of its findings; where several overlap, the gravest gives the mark.

    ``passage``: the offsets of what a search led to, cut out and marked as well.
    """
    shown = show_findings(findings, fiscal_year, sheet_id)
    placed = [
        (finding.start, min(finding.end, len(text)), entry)
        for finding, entry in zip(findings, shown, strict=True)
        if finding.start is not None and finding.end is not None and 0 <= finding.start < finding.end
    ]
    first_sought, last_sought = passage or (0, 0)
    ends = {cut for start, end, _ in placed for cut in (start, end) if cut <= len(text)}
    cuts = sorted({0, len(text), *(passage or ()), *ends})
    segments = []
    for start, end in pairwise(cuts):
        covering = [entry for first, last, entry in placed if first <= start and end <= last]
        gravest = min(covering, key=lambda entry: _GRAVITY.index(entry.verdict), default=None)
        ending = tuple(entry for _, last, entry in placed if last == end and entry in covering)
        sought = first_sought <= start and end <= last_sought
        segments.append(Segment(text[start:end], gravest, ending, sought, sought and start == first_sought))
    return MarkedText(tuple(segments), shown)
