"""The composer's last look: the checker reads what was written, and what the figures do not bear out does not stay.

What a fact of the year says stays as staff noted it; the findings about it are shown.

A carried sentence that this year's figures contradict, or that states a rank, record or figure without any in the
record, becomes a question that quotes it. An own sentence that they contradict gives way to a place to fill in.
"""

from collections.abc import Sequence

from assistant.checking import Checker
from assistant.checking.findings import Finding
from assistant.drafting.asking import as_question
from assistant.drafting.draft import Draft, DraftSentence, Origin, join
from corpus.form import mark_fill_in

_ROUNDS = 3
CONTRADICTED = "は今年度の数値と合わないが、どう改めるか"
UNPROVEN = "も当てはまるか"
MARK_OPENS = "【要記入"
UNSURE_OWN = mark_fill_in("数値に基づく記述")


def placed(sentences: Sequence[DraftSentence]) -> list[tuple[int, DraftSentence]]:
    """Each sentence with its offset in the joined text."""
    return list(Draft("", None, 0, tuple(sentences)).placed)


def without_mismatch(sentences: Sequence[DraftSentence], section: str, checker: Checker) -> tuple[DraftSentence, ...]:
    """The sentences, each that the checker finds contradicted, or carried on without support, made a question."""
    return _settled(sentences, section, checker)[0]


def _settled(
    sentences: Sequence[DraftSentence], section: str, checker: Checker
) -> tuple[tuple[DraftSentence, ...], list[Finding] | None]:
    """The sentences as ``without_mismatch`` gives them, and the findings about just them, if they are known."""
    current = tuple(sentences)
    for _ in range(_ROUNDS):
        every = checker.check(join(current), section)
        findings = [found for found in every if found.start is not None]
        wrong = [found for found in findings if found.verdict == "mismatch"]
        unproven = [found for found in findings if found.verdict in ("unsupported", "ambiguous")]
        checked = tuple(
            _gap(sentence)
            if any(_touches(found, at, sentence) for found in wrong)
            else as_question(sentence, UNPROVEN)
            if _is_carried(sentence) and any(_is_unproven(found, at, sentence) for found in unproven)
            else sentence
            for at, sentence in placed(current)
        )
        if checked == current:
            return current, every
        current = checked
    return current, None


def _touches(found: Finding, at: int, sentence: DraftSentence) -> bool:
    assert found.start is not None and found.end is not None
    if not (found.start < at + len(sentence.text) and at < found.end):
        return False
    return not any(found.start < at + end and at + start < found.end for start, end in note_spans(sentence))


def _is_unproven(found: Finding, at: int, sentence: DraftSentence) -> bool:
    """Whether the finding is about words of ``sentence`` that no stored figure gives; what is ambiguous only beside
    figures left open.
    """
    if found.verdict == "ambiguous" and MARK_OPENS not in sentence.text:
        return False
    stored = [(o.start, o.end) for o in sentence.origins if o.kind == "figure" and o.start is not None and o.end]
    given = any((found.start or 0) < at + end and at + start < (found.end or 0) for start, end in stored)
    return not given and _touches(found, at, sentence)


def _is_carried(sentence: DraftSentence) -> bool:
    return not sentence.heading and any(origin.kind == "last_year" for origin in sentence.origins)


def note_spans(sentence: DraftSentence) -> list[tuple[int, int]]:
    """The parts of a sentence that say what a fact of the year says: staff's own figures, which count as stored."""
    notes = (origin for origin in sentence.origins if origin.kind == "note")
    return [(note.start, note.end) for note in notes if note.start is not None and note.end is not None]


def _gap(sentence: DraftSentence) -> DraftSentence:
    if _is_carried(sentence):
        return as_question(sentence, CONTRADICTED)
    mark = sentence.text[: len(sentence.text) - len(sentence.text.lstrip("・◆〇○●◎■□※－- 　"))]
    return DraftSentence(mark + UNSURE_OWN, sentence.heading, sentence.direction, (Origin("form"),), sentence.new_line)


def confirmed(draft: Draft, checker: Checker) -> tuple[Draft, list[Finding]]:
    """The draft without any mismatch of its own, and the findings about its text; ``checker``: of its sheet."""
    sentences, findings = _settled(draft.sentences, draft.section, checker)
    clean = Draft(draft.section, draft.direction, draft.fiscal_year, sentences, draft.model)
    return clean, findings_about(clean, checker) if findings is None else _apart_from_notes(clean, findings)


def findings_about(draft: Draft, checker: Checker) -> list[Finding]:
    """What the checker says of a draft; a figure that a fact of the year gives there is neither unsupported nor
    ambiguous, but one that contradicts the stored figures is shown.
    """
    return _apart_from_notes(draft, checker.check(draft.text, draft.section))


def _apart_from_notes(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    told = [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    return [found for found in findings if found.verdict in ("match", "mismatch") or not _within(found, told)]


def _within(found: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    if found.start is None or found.end is None:
        return False
    return any(start <= found.start and found.end <= end for start, end in spans)
