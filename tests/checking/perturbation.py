"""The perturbation run: sentences composed from sheets, true and with one fault each, and how a checker does on them."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from assistant.checking import Checker, checker_of
from assistant.checking.findings import Finding
from corpus.importers.json import read_json_lines
from corpus.sheetfile import SheetFile
from tests.checking.labelled import SAMPLE
from tests.checking.parts import Sentence, View, view_of
from tests.checking.patterns import sentences
from tests.checking.perturb import Fault, Planted, plantable


def sample_views() -> list[View]:
    """The sheets of the sample city, each with what it holds itself."""
    views = []
    for _, read in read_json_lines(SAMPLE.read_text("utf-8")):
        sheet = read.sheet  # type: ignore[union-attr]
        views.append(view_of(sheet, f"{sheet.measure.code}-{sheet.fiscal_year}"))
    return views


def views_of(sheets: Iterable[SheetFile]) -> Iterator[View]:
    """Sheets as views, named by their measure."""
    for sheet in sheets:
        yield view_of(sheet, f"{sheet.measure.name[:20]}-{sheet.fiscal_year}")


@dataclass
class Tally:
    """Counts of one kind of sentence. ``caught``: a mismatch in the statement; ``placed``: at the planted place itself."""

    n: int = 0
    caught: int = 0
    placed: int = 0
    abstained: int = 0

    @property
    def share(self) -> float:
        """Caught of all; 0 of none."""
        return self.caught / self.n if self.n else 0.0


@dataclass
class Miss:
    """A planted fault without a mismatch, or a true sentence with one."""

    pattern: str
    sheet: str
    text: str
    note: str
    said: list[str]


@dataclass
class Run:
    """What a run counted: faults by kind and by pattern, true sentences by pattern (``caught``: flagged)."""

    faults: dict[Fault, Tally] = field(default_factory=dict)
    by_pattern: dict[str, Tally] = field(default_factory=dict)
    true: dict[str, Tally] = field(default_factory=dict)
    missed: list[Miss] = field(default_factory=list)
    flagged: list[Miss] = field(default_factory=list)
    seconds: float = 0.0
    sizes: Counter[str] = field(default_factory=Counter)

    @property
    def sentences(self) -> int:
        """How many were checked."""
        return sum(tally.n for tally in (*self.faults.values(), *self.true.values()))

    @property
    def recall(self) -> float:
        """Planted faults that are called a mismatch."""
        return _share(self.faults.values())

    @property
    def false_flags(self) -> float:
        """True sentences in which something is called a mismatch."""
        return _share(self.true.values())


def _share(tallies: Iterable[Tally]) -> float:
    kept = list(tallies)
    return sum(tally.caught for tally in kept) / max(1, sum(tally.n for tally in kept))


def run(views: Iterable[View], *, seed: int = 0, limit: int | None = None, share: float = 1.0, faults: int = 2) -> Run:
    """Compose over the sheets until ``limit`` sentences are checked: each true sentence, then up to ``faults`` of it
    with a fault, of the kinds planted least so far. ``share``: of the patterns tried on a sheet. The same seed gives
    the same sentences.
    """
    found = Run()
    for view in views:
        # Each sheet has its own chance, so that more sheets change nothing in the others.
        rng = random.Random(f"{seed} {view.name}")
        checker = checker_of(view.sheet)
        for sentence in sentences(view, rng, share=share):
            _check_true(found, checker, sentence)
            ways = plantable(sentence, rng)
            for fault in sorted(ways, key=lambda kind: (found.faults.get(kind, Tally()).n, kind))[:faults]:
                _check_planted(found, checker, ways[fault])
            if limit is not None and found.sentences >= limit:
                return found
    return found


def _check(found: Run, checker: Checker, text: str, section: str) -> Sequence[Finding]:
    began = perf_counter()
    findings = checker.check(text, section)
    found.seconds += perf_counter() - began
    return findings


def _check_true(found: Run, checker: Checker, sentence: Sentence) -> None:
    findings = _check(found, checker, sentence.text, sentence.section)
    tally = found.true.setdefault(sentence.pattern, Tally())
    tally.n += 1
    wrong = [finding for finding in findings if finding.verdict == "mismatch"]
    tally.abstained += not wrong and not any(finding.verdict == "match" for finding in findings)
    if wrong:
        tally.caught += 1
        found.flagged.append(Miss(sentence.pattern, sentence.view.name, sentence.text, "", _said(wrong)))


def _check_planted(found: Run, checker: Checker, planted: Planted) -> None:
    sentence = planted.sentence
    findings = _check(found, checker, planted.text, sentence.section)
    wrong = [finding for finding in findings if finding.verdict == "mismatch"]
    placed = any(_meets(finding, planted.place) for finding in wrong)
    caught = placed or any(_meets(finding, planted.statement) for finding in wrong)
    decided = any(
        finding.verdict in ("match", "mismatch") and _meets(finding, planted.statement) for finding in findings
    )
    for tally in (
        found.faults.setdefault(planted.fault, Tally()),
        found.by_pattern.setdefault(sentence.pattern, Tally()),
    ):
        tally.n += 1
        tally.caught += caught
        tally.placed += placed
        tally.abstained += not decided
    if not caught:
        note = f"{planted.fault}: {planted.was} → {planted.now}"
        found.missed.append(Miss(sentence.pattern, sentence.view.name, planted.text, note, _said(findings)))


def _meets(finding: Finding, span: tuple[int, int]) -> bool:
    return finding.start is not None and finding.start < span[1] and span[0] < (finding.end or 0)


def _said(findings: Sequence[Finding]) -> list[str]:
    return [f"{finding.verdict} {finding.kind} 「{finding.text}」 {finding.message}" for finding in findings]


def report(found: Run) -> Iterator[str]:
    """The tables: a line a fault kind, a line a pattern, and all."""
    yield f"{'fault':18}     n  recall  placed abstained"
    for kind, tally in found.faults.items():
        yield f"{kind:18} {tally.n:5} {tally.share:7.4f} {tally.placed / tally.n:7.4f} {tally.abstained:9}"
    yield f"\n{'pattern':22} faults  recall abstained   true  flagged abstained"
    for name, true in found.true.items():
        tally = found.by_pattern.get(name, Tally())
        recall = f"{tally.share:7.4f}" if tally.n else "      -"
        yield f"{name:22} {tally.n:6} {recall} {tally.abstained:9} {true.n:6} {true.share:8.4f} {true.abstained:9}"
    planted, true_n = sum(tally.n for tally in found.faults.values()), sum(tally.n for tally in found.true.values())
    yield (
        f"\n{found.sentences} sentences in {len(found.true)} patterns, {planted} of them with a fault: recall {found.recall:.4f};"
        f" {true_n} true: false flags {found.false_flags:.4f}; {found.seconds / max(1, found.sentences) * 1e6:.0f} µs a sentence"
    )
