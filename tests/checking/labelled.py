"""The labelled set: cases in ``cases/*.tsv``, the sheets they are about, and how a checker does on them.

A line is ``id, sheet, section, text, why``. The text marks what is stated::

    人口は[[76,371人|= P-ア 2023]]で、前年度から[[189人減少|! P-ア 2023 →189]]した。

``=`` match, ``!`` mismatch, ``?`` ambiguous, ``~`` unsupported; several signs: any of them will do. Then, as far as the
case asks for it: the indicator, the year, the series, the kind, and behind ``→`` the expected value. An id ends in
``r`` (right), ``w`` (its wrong twin) or ``q`` (nothing to report). A ``\\n`` in a text is a line break.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import get_args

from assistant.checking import Checker, checker_of
from assistant.checking.findings import Finding, Kind, Verdict
from corpus.errors import UnusableInput
from corpus.form import SECTION_KEYS
from corpus.importers.json import read_json_lines
from corpus.sheetfile import SheetFile

HERE = Path(__file__).parent
CASES = HERE / "cases"
SAMPLE = HERE.parents[1] / "corpus/sample/sheets.jsonl"
QUIET = "quiet"
SIGNS: dict[str, Verdict] = {"=": "match", "!": "mismatch", "?": "ambiguous", "~": "unsupported"}
_SERIES = ("forecast", "baseline", "target", "actual")
_MARK = re.compile(r"\[\[(?P<span>.+?)\|(?P<rest>[=!?~].*?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Expected:
    """A statement at ``[start:end]`` of the text, its verdicts (any will do), and what else the case asks for."""

    start: int
    end: int
    span: str
    verdicts: tuple[Verdict, ...]
    indicator: str | None = None
    year: int | None = None
    series: str | None = None
    kind: str | None = None
    value: str | None = None

    def is_at(self, finding: Finding) -> bool:
        """Whether the finding is of this statement: they share a character."""
        return finding.start is not None and finding.start < self.end and self.start < (finding.end or 0)

    def differs(self, finding: Finding) -> list[str]:
        """The fields asked for in which the finding is another's."""
        wanted = {"indicator": self.indicator, "year": self.year, "series": self.series, "kind": self.kind}
        wrong = [name for name, value in wanted.items() if value is not None and getattr(finding, name) != value]
        expected = None if finding.expected is None else f"{finding.expected}".replace(",", "")
        if self.value is not None and (expected is None or not _same(expected, self.value)):
            wrong.append("expected")
        return wrong


def _same(first: str, second: str) -> bool:
    try:
        return abs(float(first) - float(second)) <= 0.05 * max(1, abs(float(second)) / 100)
    except ValueError:
        return first == second


@dataclass(frozen=True)
class Case:
    """One text about one sheet."""

    id: str
    type: str
    sheet: str
    section: str
    text: str
    expected: tuple[Expected, ...]
    why: str

    @property
    def wrong(self) -> bool:
        """Whether something in it contradicts the sheet."""
        return self.id.endswith("w")


def read_case(line: str, type_: str) -> Case:
    """A line of a case file. Raises ValueError naming what is wrong with it."""
    parts = line.split("\t")
    if len(parts) != 5:
        raise ValueError(f"{len(parts)} fields instead of 5: {line[:60]}")
    name, sheet, section, marked, why = (part.strip() for part in parts)
    text, expected, last = "", [], 0
    marked = marked.replace("\\n", "\n")
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match["span"]
        expected.append(_expected(match["rest"], start, match["span"]))
        last = match.end()
    text += marked[last:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"{name}: a mark that is not closed")
    if section not in SECTION_KEYS:
        raise ValueError(f"{name}: no section {section}")
    if not re.fullmatch(r"[\w-]+[rwq]", name):
        raise ValueError(f"{name}: an id ends in r, w or q")
    if name.endswith("w") != any("mismatch" in one.verdicts for one in expected):
        raise ValueError(f"{name}: a wrong case, and only it, has a mismatch")
    if name.endswith("q") != (not expected):
        raise ValueError(f"{name}: a quiet case, and only it, has no marks")
    return Case(name, type_, sheet, section, text, tuple(expected), why)


def _expected(rest: str, start: int, span: str) -> Expected:
    signs = re.match(r"[=!?~]+", rest)
    assert signs is not None
    found: dict[str, str | int] = {}
    for word in rest[signs.end() :].split():
        if word.startswith("→"):
            found["value"] = word[1:].replace(",", "")
        elif re.fullmatch(r"20\d\d", word):
            found["year"] = int(word)
        elif word in _SERIES:
            found["series"] = word
        elif word in get_args(Kind):
            found["kind"] = word
        else:
            found["indicator"] = word
    return Expected(start, start + len(span), span, tuple(SIGNS[sign] for sign in signs.group()), **found)  # type: ignore[arg-type]


def read_cases(folder: Path = CASES) -> list[Case]:
    """Every case, by type (the number that the file's name begins with, or ``quiet``)."""
    cases = []
    for path in sorted(folder.glob("*.tsv")):
        type_ = path.stem.split("-")[0]
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                cases.append(read_case(line, type_))
    names = [case.id for case in cases]
    double = {name for name in names if names.count(name) > 1}
    if double:
        raise ValueError(f"ids used twice: {sorted(double)}")
    return cases


@cache
def _sample() -> dict[tuple[str, int], SheetFile]:
    return {(sheet.measure.code or "", sheet.fiscal_year): sheet for sheet in _sheets(SAMPLE)}


@cache
def checker(name: str, folder: Path = CASES) -> Checker:
    """The checker of a sheet: ``sample-<code>-<year>``, or ``sheets/<name>.jsonl``, whose last line is the sheet."""
    sheet, earlier = sheet_of(name, folder)
    return checker_of(sheet, earlier)


def sheet_of(name: str, folder: Path = CASES) -> tuple[SheetFile, list[SheetFile]]:
    """A sheet and those of its earlier years."""
    if name.startswith("sample-"):
        _, code, year = name.split("-")
        earlier = [sheet for (other, when), sheet in _sample().items() if other == code and when < int(year)]
        return _sample()[code, int(year)], earlier
    path = folder / "sheets" / f"{name}.jsonl"
    *earlier, sheet = _sheets(path)
    return sheet, earlier


def _sheets(path: Path) -> list[SheetFile]:
    sheets = []
    for number, read in read_json_lines(path.read_text("utf-8")):
        if isinstance(read, UnusableInput):
            raise ValueError(f"{path.name}, line {number}: {read}")
        sheets.append(read.sheet)
    return sheets


Check = Callable[[Case], Sequence[Finding]]


def by_checker(case: Case, folder: Path = CASES) -> list[Finding]:
    """What the checker finds in a case."""
    return checker(case.sheet, folder).check(case.text, case.section)


@dataclass
class Score:
    """Counts over cases of one type; rates are None where nothing was due."""

    right: int = 0
    wrong: int = 0
    caught: int = 0
    flagged: int = 0
    stray: int = 0
    due: int = 0
    abstained: int = 0
    as_due: int = 0
    open_due: int = 0
    fields: int = 0
    fields_wrong: int = 0
    seconds: float = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        """Share of wrong cases whose every wrong statement is called a mismatch."""
        return self.caught / self.wrong if self.wrong else None

    @property
    def false_flags(self) -> float | None:
        """Share of right (or quiet) cases with a mismatch."""
        return self.flagged / self.right if self.right else None

    @property
    def abstention(self) -> float | None:
        """Share of statements due a match or a mismatch that got neither."""
        return self.abstained / self.due if self.due else None

    def add(self, other: "Score") -> None:
        """Add another's counts."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def score_case(case: Case, findings: Sequence[Finding]) -> Score:
    """How findings do on a case. A quiet case is flagged by anything but a match or a plan that nothing speaks to."""
    score = Score(wrong=1) if case.wrong else Score(right=1)
    missed = False
    used: list[Finding] = []
    for one in case.expected:
        here = [finding for finding in findings if one.is_at(finding)]
        used += here
        best = next((f for f in here if f.verdict in one.verdicts and not one.differs(f)), None)
        best = best or next((f for f in here if f.verdict in one.verdicts), None)
        got = sorted({finding.verdict for finding in here}) or ["nothing"]
        decided = any(verdict in ("match", "mismatch") for verdict in one.verdicts)
        score.due += decided
        score.open_due += not decided
        if best is None:
            score.faults.append(f"{case.id} 「{one.span}」 {'/'.join(one.verdicts)}, got {', '.join(got)}")
            missed |= "mismatch" in one.verdicts
            score.abstained += decided and not {"match", "mismatch"} & set(got)
            continue
        score.as_due += not decided
        differs = one.differs(best)
        score.fields += 1
        score.fields_wrong += bool(differs)
        if differs:
            shown = {name: getattr(best, name) for name in differs}
            score.faults.append(f"{case.id} 「{one.span}」 {best.verdict}, but {shown}")
    score.caught = int(case.wrong and not missed)
    wrong_spans = [one for one in case.expected if "mismatch" in one.verdicts]
    stray = [f for f in findings if f.verdict == "mismatch" and not any(one.is_at(f) for one in wrong_spans)]
    if not case.expected:
        stray += [f for f in findings if f.verdict == "ambiguous"]
    score.flagged, score.stray = int(bool(stray) and not case.wrong), int(bool(stray) and case.wrong)
    score.faults += [f"{case.id} 「{f.text}」 is no {f.verdict}: {f.message}" for f in stray]
    return score


def score_all(cases: Iterable[Case], check: Check = by_checker) -> dict[str, Score]:
    """Scores by type."""
    scores: dict[str, Score] = {}
    for case in cases:
        began = perf_counter()
        findings = check(case)
        took = perf_counter() - began
        score = score_case(case, findings)
        score.seconds = took
        scores.setdefault(case.type, Score()).add(score)
    return scores


def lines_of(scores: dict[str, Score]) -> Iterator[str]:
    """The table: a line a type, and all."""
    yield "type   right wrong recall  flagged stray abstained open-as-due fields   µs/text"
    total = Score()
    for score in scores.values():
        total.add(score)
    for name, score in [*sorted(scores.items()), ("all", total)]:
        texts = score.right + score.wrong
        yield (
            f"{name:6} {score.right:5} {score.wrong:5} {_rate(score.recall)} {_rate(score.false_flags)} {score.stray:5}"
            f" {_rate(score.abstention)}  {score.as_due:5}/{score.open_due:<5}"
            f" {score.fields - score.fields_wrong:4}/{score.fields:<4} {score.seconds / max(texts, 1) * 1e6:8.0f}"
        )


def _rate(rate: float | None) -> str:
    return "      -" if rate is None else f"{rate:7.3f}"
