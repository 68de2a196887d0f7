"""The composer's last look: the checker reads what was written, and what the figures contradict does not stay.

What a fact of the year says stays as staff noted it; the findings about it are shown.

A carried sentence that this year's figures contradict gives way to a place to fill in; its origin keeps its words,
so that a person sees what was left out.
"""

from collections.abc import Sequence

from assistant.checking import Checker
from assistant.checking.findings import Finding
from assistant.drafting.draft import Draft, DraftSentence, Origin, join
from corpus.form import mark_fill_in

_ROUNDS = 3
CONTRADICTED = mark_fill_in("今年度の数値に合わせた記述（昨年度の文は数値と合わないため省略）")
UNSURE_OWN = mark_fill_in("数値に基づく記述")


def placed(sentences: Sequence[DraftSentence]) -> list[tuple[int, DraftSentence]]:
    """Each sentence with its offset in the joined text."""
    return list(Draft("", None, 0, tuple(sentences)).placed)


def without_mismatch(sentences: Sequence[DraftSentence], section: str, checker: Checker) -> tuple[DraftSentence, ...]:
    """The sentences, each that the checker finds contradicted replaced by a place to fill in."""
    current = tuple(sentences)
    for _ in range(_ROUNDS):
        findings = checker.check(join(current), section)
        wrong = [found for found in findings if found.verdict == "mismatch" and found.start is not None]
        if not wrong:
            return current
        current = tuple(
            _gap(sentence) if any(_touches(found, at, sentence) for found in wrong) else sentence
            for at, sentence in placed(current)
        )
    return current


def _touches(found: Finding, at: int, sentence: DraftSentence) -> bool:
    assert found.start is not None and found.end is not None
    if not (found.start < at + len(sentence.text) and at < found.end):
        return False
    return not any(found.start < at + end and at + start < found.end for start, end in note_spans(sentence))


def note_spans(sentence: DraftSentence) -> list[tuple[int, int]]:
    """The parts of a sentence that say what a fact of the year says: staff's own figures, which count as stored."""
    notes = (origin for origin in sentence.origins if origin.kind == "note")
    return [(note.start, note.end) for note in notes if note.start is not None and note.end is not None]


def _gap(sentence: DraftSentence) -> DraftSentence:
    carried = tuple(origin for origin in sentence.origins if origin.kind == "last_year")
    mark = sentence.text[: len(sentence.text) - len(sentence.text.lstrip("・◆〇○●◎■□※－- 　"))]
    words = CONTRADICTED if carried else UNSURE_OWN
    origins = carried or (Origin("form"),)
    return DraftSentence(mark + words, sentence.heading, sentence.direction, origins, sentence.new_line)


def confirmed(draft: Draft, checker: Checker) -> tuple[Draft, list[Finding]]:
    """The draft without any mismatch of its own, and the findings about its text; ``checker``: of its sheet."""
    sentences = without_mismatch(draft.sentences, draft.section, checker)
    clean = Draft(draft.section, draft.direction, draft.fiscal_year, sentences, draft.model)
    return clean, findings_about(clean, checker)


def findings_about(draft: Draft, checker: Checker) -> list[Finding]:
    """What the checker says of a draft; a figure that a fact of the year gives there is neither unsupported nor
    ambiguous, but one that contradicts the stored figures is shown.
    """
    told = [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    findings = checker.check(draft.text, draft.section)
    return [found for found in findings if found.verdict in ("match", "mismatch") or not _within(found, told)]


def _within(found: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    if found.start is None or found.end is None:
        return False
    return any(start <= found.start and found.end <= end for start, end in spans)
