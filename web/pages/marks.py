"""Findings in a text: where they stand, what they say, and where the figure or note is that they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import current_app, url_for

from assistant.checking.findings import Finding, Verdict
from corpus.form import SECTION_KEYS, section_label
from web.pages.writing import cell_anchor

VERDICT_LABELS: dict[Verdict, str] = {
    "mismatch": "数値と不一致",
    "ambiguous": "読み方が分かれる",
    "unsupported": "照合できる値なし",
    "match": "数値と一致",
}
VERDICT_SIGNS: dict[Verdict, str] = {"mismatch": "✕", "ambiguous": "？", "unsupported": "※", "match": "✓"}
_GRAVITY: tuple[Verdict, ...] = ("mismatch", "ambiguous", "unsupported", "match")


@dataclass(frozen=True)
class ShownFinding:
    """A finding as a page lists it; ``number`` counts from 1 within its list (0: a match).

    ``cell``: the anchor of the figure in the sheet's tables, ``note``: the address of a note of the year, or "".
    ``start``/``end``: code points into the text; None for a finding about the tables.
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


@dataclass(frozen=True)
class Segment:
    """A piece of a text with the gravest finding that covers it; ``ends``: the findings whose last piece it is."""

    text: str
    finding: ShownFinding | None
    ends: tuple[ShownFinding, ...]


@dataclass(frozen=True)
class MarkedText:
    """A text cut into segments, with its findings: first what wants attention, then what matches."""

    segments: tuple[Segment, ...]
    findings: tuple[ShownFinding, ...]

    @property
    def attention(self) -> tuple[ShownFinding, ...]:
        """What a person should look at: mismatches, then what can be read in more than one way."""
        return self.of("mismatch") + self.of("ambiguous")

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


def show_finding(finding: Finding, number: int, fiscal_year: int, sheet_id: int | None = None) -> ShownFinding:
    """A finding as the pages list it; ``sheet_id``: the sheet whose notes it can link to."""
    cell = ""
    if finding.indicator and finding.year is not None and not finding.indicator.startswith(_NOTE):
        cell = cell_anchor(finding.indicator, finding.year, finding.series)
    place = section_label(finding.section, fiscal_year) if finding.section in SECTION_KEYS else "数値の表"
    return ShownFinding(
        number=number,
        verdict=finding.verdict,
        verdict_label=VERDICT_LABELS[finding.verdict],
        sign=VERDICT_SIGNS[finding.verdict],
        text=finding.text,
        message=finding.message,
        suggestion=finding.suggestion or "",
        cell=cell,
        place=place,
        note=note_address(finding, sheet_id),
        start=finding.start,
        end=finding.end,
    )


def show_findings(
    findings: Sequence[Finding], fiscal_year: int, sheet_id: int | None = None
) -> tuple[ShownFinding, ...]:
    """Findings in their order; those that are no match are numbered from 1."""
    shown, number = list[ShownFinding](), 0
    for finding in findings:
        number += finding.verdict != "match"
        shown.append(show_finding(finding, 0 if finding.verdict == "match" else number, fiscal_year, sheet_id))
    return tuple(shown)


def show_stored_findings(
    entries: Sequence[dict[str, Any]], fiscal_year: int, sheet_id: int | None = None
) -> tuple[ShownFinding, ...]:
    """Findings as a message keeps them (JSON values of ``Finding``)."""
    return show_findings([Finding.model_validate(entry) for entry in entries], fiscal_year, sheet_id)


def mark_text(text: str, findings: Sequence[Finding], fiscal_year: int, sheet_id: int | None = None) -> MarkedText:
    """``text`` cut at the ends of its findings; where several overlap, the gravest gives the mark."""
    shown = show_findings(findings, fiscal_year, sheet_id)
    placed = [
        (finding.start, min(finding.end, len(text)), entry)
        for finding, entry in zip(findings, shown, strict=True)
        if finding.start is not None and finding.end is not None and 0 <= finding.start < finding.end
    ]
    cuts = sorted({0, len(text), *(cut for start, end, _ in placed for cut in (start, end) if cut <= len(text))})
    segments = []
    for start, end in pairwise(cuts):
        covering = [entry for first, last, entry in placed if first <= start and end <= last]
        gravest = min(covering, key=lambda entry: _GRAVITY.index(entry.verdict), default=None)
        ending = tuple(entry for _, last, entry in placed if last == end and entry in covering)
        segments.append(Segment(text[start:end], gravest, ending))
    return MarkedText(tuple(segments), shown)
