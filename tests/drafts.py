"""What the drafts of the sample city are measured by: figures, findings, likeness, sentence patterns, length, time.

Shared by ``tests/bench/drafting.py``, which prints it, and the tests, which hold its limits.
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from sqlmodel import Session

from assistant.checking.findings import Finding
from assistant.drafting.compose import compose
from assistant.drafting.draft import Draft
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.facts import Cell
from corpus import citysettings
from corpus.form import SECTION_KEYS
from corpus.items import split_items, split_sentences
from corpus.lineage import sheet_of_year
from corpus.listing import list_sheets
from corpus.sheetfile import SheetFile
from corpus.store import earlier_sheets, find_sheet, load_sheet
from tests.standing import is_stored

MOST_ALIKE = 3
"""So often a sentence pattern may stand in the drafts of one sheet."""
_MARK = re.compile(r"【[^】]*】")
_NAME = r"『[^』]*』|「(?:[^「」]|「[^」]*」)*」"
_NAMES = re.compile(rf"(?:{_NAME})(?:(?:、|及び)(?:{_NAME}))*")
_YEAR = re.compile(r"(?:令和|平成|[RHＲＨ])?(?:[0-9０-９]+|元)年度?")
_FIGURE = re.compile(r"▲?[0-9０-９][0-9０-９,，.．]*")
_DIRECTION = re.compile(r"展開方向[ 　]*(?:[0-9０-９]+|[①-⑳])")
_COMMON_UNITS = ("ポイント", "千円", "百万円", "億円", "円", "件", "人", "回", "か所", "時間", "世帯", "％", "倍", "割")


@dataclass(frozen=True)
class Measured:
    """One draft: ``first`` and ``whole`` in seconds; ``findings`` of the checker about its text."""

    code: str
    section: str
    draft: Draft
    findings: Sequence[Finding]
    sheets: tuple[SheetFile, ...]
    first: float
    whole: float

    @property
    def sentences(self) -> list[str]:
        """Its sentences without item marks, 【…】 and headings; what is nothing but 【…】 is left out."""
        return sentences_of(self.draft.text)

    @property
    def foreign_figures(self) -> list[Cell]:
        """Cells behind its figures that no sheet stores."""
        cells = [
            Cell(origin.indicator or f"cost:{origin.cost}", origin.year, origin.series, origin.value)
            for sentence in self.draft.sentences
            for origin in sentence.origins
            if origin.kind == "figure"
            and origin.year is not None
            and origin.series is not None
            and origin.value is not None
        ]
        return [cell for cell in cells if not is_stored(cell, self.sheets)]


def sentences_of(text: str) -> list[str]:
    """The sentences of a draft's text as ``Measured.sentences``."""
    bodies = (item.body for item in split_items(text) if not item.heading)
    parts = (body[start:end] for body in bodies for start, end in split_sentences(body))
    return [bare for part in parts if (bare := _MARK.sub("", part).strip())]


def pattern(sentence: str, units: Sequence[str] = ()) -> str:
    """A sentence with its names (one or a list of them), years and figures with their units masked."""
    masked = _NAMES.sub("◇", _DIRECTION.sub("展開方向#", sentence))
    masked = _FIGURE.sub("#", _YEAR.sub("年", masked))
    known = sorted({*units, *_COMMON_UNITS}, key=lambda unit: (-len(unit), unit))
    return re.sub(rf"#(?:{'|'.join(map(re.escape, known))})", "#", masked)


def bare_length(sentence: str) -> int:
    """Characters of a sentence without 【…】."""
    return len(_MARK.sub("", sentence))


def requests_of(session: Session) -> Iterator[tuple[str, DraftRequest, tuple[SheetFile, ...]]]:
    """For each sheet of the newest year whose sections are all empty: its code, ten requests, the stored sheets."""
    rows = list_sheets(session)
    newest = max(row.fiscal_year for row in rows)
    writing, tolerance = citysettings.writing(session), citysettings.tolerance(session)
    for row in rows:
        if row.fiscal_year != newest:
            continue
        stored = find_sheet(session, row.code or row.measure, newest)
        sheet, earlier = load_sheet(session, stored), earlier_sheets(session, stored)
        if any(sheet.text(key) for key in SECTION_KEYS):
            continue
        last_year = sheet_of_year(earlier, newest - 1)
        for key in SECTION_KEYS:
            request = DraftRequest(sheet, last_year, key, writing=writing, tolerance=tolerance)
            yield row.code or row.measure, request, (sheet, *earlier)


def measure(session: Session) -> list[Measured]:
    """Every draft of the waiting sheets, timed; the checker's view of each."""
    found = []
    for code, request, sheets in requests_of(session):
        start = time.perf_counter()
        next(compose(request))
        first = time.perf_counter() - start
        start = time.perf_counter()
        draft, findings = draft_section(request)
        found.append(Measured(code, request.section, draft, findings, sheets, first, time.perf_counter() - start))
    return found


@dataclass(frozen=True)
class Patterns:
    """How often each pattern stands in one sheet's drafts, with where and how."""

    count: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def repeated(self) -> list[tuple[str, int]]:
        """The patterns that stand more often than they may."""
        return [(text, count) for text, count in self.count.most_common() if count > MOST_ALIKE]


def patterns_by_sheet(drafts: Sequence[Measured]) -> dict[str, Patterns]:
    """The sentence patterns of each sheet over all its sections."""
    found: dict[str, Patterns] = defaultdict(Patterns)
    for one in drafts:
        units = [entry.unit for entry in one.sheets[0].indicators if entry.unit]
        for sentence in one.sentences:
            key = pattern(sentence, units)
            found[one.code].count[key] += 1
            found[one.code].examples[key].append((one.section, sentence))
    return dict(found)


def alike(drafts: Sequence[Measured]) -> list[tuple[Measured, Measured]]:
    """Pairs of drafts with the same text."""
    seen: dict[str, Measured] = {}
    pairs = []
    for one in drafts:
        if one.draft.text in seen:
            pairs.append((seen[one.draft.text], one))
        seen.setdefault(one.draft.text, one)
    return pairs


def lengths(drafts: Sequence[Measured]) -> list[int]:
    """The lengths of all sentences, ascending."""
    return sorted(bare_length(sentence) for one in drafts for sentence in one.sentences)


def middle_length(drafts: Sequence[Measured]) -> float:
    """The median length of a sentence."""
    return median(lengths(drafts))
