"""Facts of the year in a block: in the place of the carried sentences that they restate, else in items of their own.

A plan of last year that a deed's note restates is told as the deed, without a question; what a note says nothing of
is carried on as ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.jotted import half_width, polite
from assistant.drafting.manner import in_years
from assistant.drafting.note_lines import Gathering, NoteLine, project_act
from assistant.drafting.plan import Block, SourceLine
from assistant.drafting.remnants import clauses
from assistant.drafting.restating import PLANNED_FROM, TOLD_FROM, Likeness, paired, sign_pairs
from assistant.drafting.statements import in_groups
from assistant.drafting.weave import weave

_SAME = 0.5
"""Likeness from which a note tells the whole of a carried sentence, not only a part of it."""
_UNTOLD, _LEAST_PAIRS = 0.12, 4
"""A clause at the end of which the notes hold less is carried on, if it is not too short to say anything."""
_CONTINUED_TOGETHER = 6
_Span = tuple[int, int]
_Part = tuple[str, NoteLine | None]


@dataclass
class _Restated:
    """For each carried sentence (by its span) its notes; ``rest``: the notes that restate none."""

    notes: dict[_Span, list[NoteLine]] = field(default_factory=dict)
    likeness: dict[_Span, float] = field(default_factory=dict)
    told_by: dict[_Span, _Span] = field(default_factory=dict)
    rest: list[NoteLine] = field(default_factory=list)


def tell_notes(
    desk: Desk, block: Block, placed: set[str], left_out: list[str]
) -> tuple[list[DraftSentence], list[DraftSentence]]:
    """The block's carried lines with notes in the places that they restate, and the items of all other notes.

    ``placed`` and ``left_out`` as in ``weave``.
    """
    found = _restated(desk, block)
    among = Likeness(tuple(_wording(note) for note in block.notes))
    carried = [sentence for line in block.lines for sentence in _line(desk, line, found, among, placed, left_out)]
    items = [_item(desk, desk.manner.mark, [(note, ())]) for note in found.rest if note.gathering is None]
    others = bool(items or carried)
    items += _gathered(desk, [note for note in found.rest if note.gathering is not None], others=others)
    return carried, [sentence for item in items for sentence in item]


def _wording(note: NoteLine) -> str:
    return "".join(note.sentences)


def _restated(desk: Desk, block: Block) -> _Restated:
    """Which note says which carried sentence again: those of their own first, then those on 事務事業."""
    found = _Restated()
    spans = [span for line in block.lines if not line.heading for span in line.sentences if _may_give_way(desk, span)]
    texts = {span: desk.text[slice(*span)] for span in spans}
    single = [note for note in block.notes if note.gathering is None]
    gathered = [note for note in block.notes if note.gathering is not None]
    likeness = Likeness((*texts.values(), *(_wording(note) for note in single)))
    least = _least(desk)
    for notes in (single, gathered):
        free = [span for span in spans if span not in found.notes]
        pairs = _pairs(notes, [texts[span] for span in free], likeness, least)
        for number, (place, score) in pairs.items():
            found.notes[free[place]], found.likeness[free[place]] = [notes[number]], score
        for note in (note for number, note in enumerate(notes) if number not in pairs):
            behind = _most_alike(_wording(note), {span: texts[span] for span in found.notes}, likeness, least)
            (found.rest if behind is None or note.gathering else found.notes[behind]).append(note)
    for span in (span for span in spans if span not in found.notes):
        told = {other: _wording(kept[0]) for other, kept in found.notes.items()}
        by = _most_alike(texts[span], told, likeness, _SAME)
        if by is not None:
            found.told_by[span] = by
    return found


def _least(desk: Desk) -> float:
    """A deed may be told quite otherwise than it was planned; what was told is told again in like words."""
    return PLANNED_FROM if _of_plans(desk) else TOLD_FROM


def _of_plans(desk: Desk) -> bool:
    rule = desk.plan.rule
    return rule is not None and rule.treatment in ("proposal", "plan", "policy")


def _pairs(
    notes: Sequence[NoteLine], texts: Sequence[str], likeness: Likeness, least: float
) -> dict[int, tuple[int, float]]:
    """By the words of a note, or by those that evidence has for it."""
    by_words = paired([_wording(note) for note in notes], texts, likeness, least)
    left = [number for number, note in enumerate(notes) if note.alike and number not in by_words]
    free = [place for place in range(len(texts)) if place not in {place for place, _ in by_words.values()}]
    named = paired([notes[number].alike for number in left], [texts[place] for place in free], likeness, least)
    return by_words | {left[number]: (free[place], score) for number, (place, score) in named.items()}


def _most_alike(text: str, others: Mapping[_Span, str], likeness: Likeness, least: float) -> _Span | None:
    scores = {span: likeness.of(text, other) for span, other in others.items()}
    best = max(scores, key=lambda span: scores[span], default=None)
    return best if best is not None and scores[best] >= least else None


def _may_give_way(desk: Desk, span: _Span) -> bool:
    """A sentence about a stored indicator or cost never does: the composer's own sentence tells that."""
    assert desk.ground is not None
    return not any(about.indicator and about.verdict == "match" for about in desk.ground.findings_in(*span))


def _line(
    desk: Desk, line: SourceLine, found: _Restated, among: Likeness, placed: set[str], left_out: list[str]
) -> list[DraftSentence]:
    """One of last year's lines, sentence by sentence: notes where they restate it, else as it is carried on."""
    taken = {*found.notes, *found.told_by}
    if line.heading or not taken & set(line.sentences):
        return weave(desk, line, placed, left_out)
    made: list[DraftSentence] = []
    behind: list[NoteLine] = []
    run: list[_Span] = []

    def carry_run() -> None:
        if run:
            made.extend(weave(desk, replace(line, sentences=tuple(run)), placed, left_out, opens=not made))
            run.clear()

    for span in line.sentences:
        if span not in taken:
            run.append(span)
            continue
        carry_run()
        if span in found.told_by:
            continue
        first, *others = found.notes[span]
        same = [span, *(other for other, by in found.told_by.items() if by == span)]
        sources = tuple(desk.origin(desk.text[start:end]) for start, end in same)
        mark = "" if made else desk.manner.carried_mark(line.mark)
        made.extend(_item(desk, mark, [(first, sources)], opens=not made))
        tail = _untold_tail(desk, span, found, among)
        if tail is not None:
            made.extend(weave(desk, replace(line, sentences=(tail,)), placed, left_out, opens=False))
        behind += others
    carry_run()
    mark = desk.manner.carried_mark(line.mark)
    return made + [sentence for note in behind for sentence in _item(desk, mark, [(note, ())])]


def _untold_tail(desk: Desk, span: _Span, found: _Restated, among: Likeness) -> _Span | None:
    """The last clause of a carried sentence if no note speaks of it; of a plan only where its note tells little."""
    if _of_plans(desk) and found.likeness[span] >= _SAME:
        return None
    start, end = span
    parts = clauses(desk.text[start:end])
    tail = desk.text[start + parts[-1][0] : end]
    if len(parts) < 2 or sign_pairs(tail).total() < _LEAST_PAIRS:
        return None
    return (start + parts[-1][0], end) if among.share(tail, among.texts) < _UNTOLD else None


def _item(
    desk: Desk, mark: str, notes: Iterable[tuple[NoteLine, Sequence[Origin]]], *, opens: bool = True
) -> list[DraftSentence]:
    """Notes as one item, sentence behind sentence; each with the origins of what it stands for."""
    made: list[DraftSentence] = []
    for note, origins in notes:
        for text in note.sentences:
            goes_on = bool(made) or not opens
            made.append(_sentence(desk, [(text, note)], mark="" if made else mark, goes_on=goes_on, extra=origins))
    return made


def _gathered(desk: Desk, notes: Sequence[NoteLine], *, others: bool) -> list[list[DraftSentence]]:
    """Notes on 事務事業 in items of a few, those of one 展開方向 together; 「このほか、」 behind ``others``."""
    items: list[list[DraftSentence]] = []
    for direction in dict.fromkeys(note.direction for note in notes):
        of_direction = [note for note in notes if note.direction == direction]
        for group in in_groups([note for note in of_direction if note.listed is None]):
            items.append(_item(desk, desk.manner.mark, [(note, ()) for note in group]))
        for gathering in ("done", "next", "continued"):
            listed = [note for note in of_direction if note.listed is not None and note.gathering == gathering]
            most = _CONTINUED_TOGETHER if gathering == "continued" else None
            for group in _chunks(listed, most) if most else in_groups(listed):
                items.append([_sentence(desk, _list(group, gathering), mark=desk.manner.mark)])
    if items and others:
        items[0] = _besides(items[0], len(desk.manner.mark))
    return items


def _chunks(notes: Sequence[NoteLine], most: int) -> list[Sequence[NoteLine]]:
    return [notes[start : start + most] for start in range(0, len(notes), most)]


def _besides(item: list[DraftSentence], at: int) -> list[DraftSentence]:
    words = "このほか、"
    first = item[0]
    text = first.text[:at] + words + first.text[at:]
    return [replace(first, text=text, origins=tuple(origin.moved(len(words)) for origin in first.origins)), *item[1:]]


def _list(group: Sequence[NoteLine], gathering: Gathering) -> list[_Part]:
    """「A事業（…）、B事業（…）及びC事業（…）を実施した。」"""
    parts: list[_Part] = []
    for place, note in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        parts += [(joint, None), (note.listed or "", note)]
    names = [(note.listed or "").split("（")[0] for note in group]
    return [*parts, (project_act(names, gathering) + "。", None)]


def _sentence(
    desk: Desk, parts: Sequence[_Part], *, mark: str, goes_on: bool = False, extra: Sequence[Origin] = ()
) -> DraftSentence:
    text, origins = mark, list[Origin]()
    for place, (written, note) in enumerate(parts):
        if desk.manner.polite and place == len(parts) - 1:
            written = polite(written)
        if desk.manner.years and note is not None and note.kind == "evidence":
            written = in_years(written, desk.manner.years)
        written = " ".join(written.splitlines())
        start = len(text)
        text += desk.manner.digits(half_width(written))
        if note is not None:
            origins.append(_origin(desk, note, start, len(text)))
    direction = next((note.direction for _, note in parts if note is not None), None)
    return DraftSentence(text, False, direction, (*origins, *extra), not goes_on)


def _origin(desk: Desk, note: NoteLine, start: int, end: int) -> Origin:
    sheet = desk.sheet
    return Origin(
        "note",
        start,
        end,
        measure=sheet.measure.name,
        fiscal_year=sheet.fiscal_year,
        section="facts",
        text=note.told,
        note=note.note,
    )
