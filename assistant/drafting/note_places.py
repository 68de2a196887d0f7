"""Facts of the year in a block: in the place of the carried sentences that they restate, else in items of their own.

A plan of last year that a deed's note restates is told as the deed, without a question; what a note says nothing of
is carried on as ever.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.drafting.carry import states_trend
from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.jotted import half_width, polite
from assistant.drafting.manner import in_years
from assistant.drafting.note_lines import Gathering, NoteLine, project_act
from assistant.drafting.plan import Block
from assistant.drafting.proposals import continuative
from assistant.drafting.remnants import clauses
from assistant.drafting.restating import PLANNED_FROM, TOLD_FROM, Likeness, paired, sign_pairs
from assistant.drafting.source_lines import SourceLine
from assistant.drafting.statements import in_groups
from assistant.drafting.weave import weave

_SAME = 0.5
"""Likeness from which a note tells the whole of a carried sentence, not only a part of it."""
_UNTOLD, _LEAST_PAIRS = 0.12, 4
"""A clause at the end of which the notes hold less is carried on, if it is not too short to say anything."""
_FEW = 20
"""So many signs left of a sentence do not stand by themselves."""
_CONTINUED_TOGETHER = 6
_MOST_IN_PAIR = 90
"""Two notes of more signs stand in a sentence each."""
_COUNT_OF = re.compile(
    "^(?P<what>[^、。は]{4,})は(?:約|延べ)?[0-9０-９][0-9０-９,，.．]*(?P<unit>[^0-9０-９、。ぁ-ん]{1,4})(?:で、|であ|となり|で)"
)
_SINCE = re.compile("^(?:また、|さらに、)?(?:前年度?|前回|昨年度?)")
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
    items = _single_items(desk, [note for note in found.rest if note.gathering is None])
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
        said = [(number, part) for number, note in enumerate(notes) for part in _parts(note)]
        pairs = dict[int, tuple[int, float]]()
        for number, other, score in _counts_again(notes, [texts[span] for span in free], likeness):
            pairs[number] = (other, score)
        alike = paired([part for _, part in said], [texts[span] for span in free], likeness, least)
        for place, (other, score) in sorted(alike.items(), key=lambda pair: -pair[1][1]):
            taken = any(other == before for before, _ in pairs.values())
            if not taken:
                pairs.setdefault(said[place][0], (other, score))
        for number, (place, score) in pairs.items():
            found.notes[free[place]], found.likeness[free[place]] = [notes[number]], score
        for note in (note for number, note in enumerate(notes) if number not in pairs):
            behind = _most_alike(_wording(note), {span: texts[span] for span in found.notes}, likeness, least)
            (found.rest if behind is None or note.gathering else found.notes[behind]).append(note)
    for span in (span for span in spans if span not in found.notes):
        told = {other: _wording(kept[0]) for other, kept in found.notes.items()}
        by = _compared(desk, span, found) or _most_alike(texts[span], told, likeness, _SAME)
        if by is not None:
            found.told_by[span] = by
    return found


def _parts(note: NoteLine) -> list[str]:
    """The wordings by which a note may restate a sentence: as a whole, of results of a 事務事業 each by itself."""
    whole = _wording(note)
    if note.gathering != "done" or not note.opening or len(note.sentences) == 1:
        return [whole]
    return [whole, *(sentence.removeprefix(note.opening) for sentence in note.sentences)]


def _counts_again(
    notes: Sequence[NoteLine], texts: Sequence[str], likeness: Likeness
) -> Iterator[tuple[int, int, float]]:
    """(note, text, likeness) where a text begins with last year's count of what a note counts this year, in its unit:
    「生ごみ処理機の補助は130件で、…」 and 「生ごみ処理機の購入費の補助件数は142件であった。」.
    """
    used: set[int] = set()
    for number, note in enumerate(notes):
        new = _COUNT_OF.match(note.sentences[0]) if note.kind == "evidence" else None
        for place, text in enumerate(texts if new else ()):
            old = _COUNT_OF.match(text)
            if new is None or old is None or place in used or new["unit"] != old["unit"]:
                continue
            score = likeness.of(new["what"], old["what"])
            if score >= _SAME:
                used.add(place)
                yield number, place, score
                break


def _compared(desk: Desk, span: _Span, found: _Restated) -> _Span | None:
    """The sentence in front of a change since the year before, if a note with that change takes its place."""
    text = desk.text[slice(*span)]
    before = next((other for other in found.notes if 0 <= span[0] - other[1] <= 1), None)
    if before is None or not any(note.before for note in found.notes[before]):
        return None
    return before if _SINCE.search(text) and states_trend(text) else None


def _least(desk: Desk) -> float:
    """A deed may be told quite otherwise than it was planned; what was told is told again in like words."""
    return PLANNED_FROM if _of_plans(desk) else TOLD_FROM


def _of_plans(desk: Desk) -> bool:
    rule = desk.plan.rule
    return rule is not None and rule.treatment in ("proposal", "plan", "policy")


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
            rest = weave(desk, replace(line, sentences=(tail,)), placed, left_out, opens=False)
            made[-1:] = _run_on(desk, made[-1], rest)
        behind += others
    carry_run()
    mark = desk.manner.carried_mark(line.mark)
    return made + [sentence for note in behind for sentence in _item(desk, mark, [(note, ())])]


def _run_on(desk: Desk, told: DraftSentence, rest: list[DraftSentence]) -> list[DraftSentence]:
    """A plan's note and the few words left of the sentence that it restates, as one sentence where the grammar is sure:
    「…の制度を始め、活動の幅を広げる。」.
    """
    rule = desk.plan.rule
    stem = continuative(told.text.removesuffix("。")) if told.text.endswith("。") else None
    few = len(rest) == 1 and len(rest[0].text.split("。")[0]) <= _FEW
    if rule is None or rule.treatment not in ("plan", "policy") or stem is None or not few:
        return [told, *rest]
    text = f"{stem}、"
    cut = [replace(o, end=min(o.end, len(stem))) if o.end is not None else o for o in told.origins]
    origins = (*cut, *(origin.moved(len(text)) for origin in rest[0].origins))
    return [replace(told, text=text + rest[0].text, origins=origins)]


def _untold_tail(desk: Desk, span: _Span, found: _Restated, among: Likeness) -> _Span | None:
    """The last clause of a carried sentence if no note speaks of it; of a plan only where its note tells little."""
    if _of_plans(desk) and found.likeness[span] >= _SAME:
        return None
    start, end = span
    parts = clauses(desk.text[start:end])
    tail = desk.text[start + parts[-1][0] : end]
    if len(parts) < 2 or sign_pairs(tail).total() < _LEAST_PAIRS:
        return None
    if _SINCE.search(tail) and states_trend(tail) and any(note.before for note in found.notes[span]):
        return None
    return (start + parts[-1][0], end) if among.share(tail, among.texts) < _UNTOLD else None


def items_of(desk: Desk, notes: Sequence[NoteLine]) -> list[list[DraftSentence]]:
    """Notes as items of their own, those on 事務事業 gathered behind the others."""
    single = [_item(desk, desk.manner.mark, [(note, ())]) for note in notes if note.gathering is None]
    return single + _gathered(desk, [note for note in notes if note.gathering is not None], others=False)


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


def _single_items(desk: Desk, notes: Sequence[NoteLine]) -> list[list[DraftSentence]]:
    """Notes in items of their own; two counts without a comparison share one: 「Aは239件、Bは46件であった。」."""
    items: list[list[DraftSentence]] = []
    waiting: NoteLine | None = None
    for note in [*notes, None]:
        count = note is not None and note.kind == "evidence" and note.before is None
        if waiting is not None and note is not None and count:
            first = waiting.sentences[0].removesuffix("であった。") + "、"
            items.append([_sentence(desk, [(first, waiting), (note.sentences[0], note)], mark=desk.manner.mark)])
            waiting = None
            continue
        if waiting is not None:
            items.append(_item(desk, desk.manner.mark, [(waiting, ())]))
        waiting = note if count else None
        if note is not None and not count:
            items.append(_item(desk, desk.manner.mark, [(note, ())]))
    return items


def _gathered(desk: Desk, notes: Sequence[NoteLine], *, others: bool) -> list[list[DraftSentence]]:
    """Notes on 事務事業 in items of a few, those of one 展開方向 together; 「このほか、」 behind ``others``."""
    items: list[list[DraftSentence]] = []
    for direction in dict.fromkeys(note.direction for note in notes):
        of_direction = [note for note in notes if note.direction == direction]
        told = [note for note in of_direction if note.listed is None]
        for group in in_groups(_in_pairs(told)):
            items.append(_paired_item(desk, group))
        for gathering in ("done", "next", "continued"):
            listed = [note for note in of_direction if note.listed is not None and note.gathering == gathering]
            most = _CONTINUED_TOGETHER if gathering == "continued" else None
            for place, several in enumerate(_chunks(listed, most) if most else in_groups(listed)):
                items.append([_sentence(desk, _list(several, gathering, place), mark=desk.manner.mark)])
    if items and others:
        items[0] = _besides(items[0], len(desk.manner.mark))
    return items


def _in_pairs(notes: Sequence[NoteLine]) -> list[tuple[NoteLine, ...]]:
    """Neighbours that one sentence can tell (「A事業では8地区に補助し、B事業では…した。」) in pairs, others alone."""
    pairs: list[tuple[NoteLine, ...]] = []
    for note in notes:
        before = pairs[-1][0] if pairs and len(pairs[-1]) == 1 else None
        together = before is not None and _first_clause(before) is not None and _first_clause(note) is not None
        same = before is not None and before.gathering == note.gathering
        if before is not None and together and same and len(_wording(before) + _wording(note)) <= _MOST_IN_PAIR:
            pairs[-1] = (before, note)
        else:
            pairs.append((note,))
    return pairs


def _first_clause(note: NoteLine) -> str | None:
    """What a note of one plain sentence says as a clause before another one: 「A事業では8地区に補助し、」."""
    said = note.sentences[0].removeprefix(note.opening).removesuffix("。")
    stem = continuative(said) if len(note.sentences) == 1 and "、" not in said else None
    return f"{note.opening.removesuffix('、')}{stem}、" if stem is not None else None


def _paired_item(desk: Desk, group: Sequence[tuple[NoteLine, ...]]) -> list[DraftSentence]:
    made: list[DraftSentence] = []
    for pair in group:
        mark, goes_on = ("" if made else desk.manner.mark), bool(made)
        if len(pair) == 1:
            made += _item(desk, mark, [(pair[0], ())], opens=not goes_on)
            continue
        first, second = pair
        last = second.sentences[0].replace(second.opening, second.opening.removesuffix("、"), 1)
        made.append(_sentence(desk, [(_first_clause(first) or "", first), (last, second)], mark=mark, goes_on=goes_on))
    return made


def _chunks(notes: Sequence[NoteLine], most: int) -> list[Sequence[NoteLine]]:
    return [notes[start : start + most] for start in range(0, len(notes), most)]


def _besides(item: list[DraftSentence], at: int) -> list[DraftSentence]:
    words = "このほか、"
    first = item[0]
    text = first.text[:at] + words + first.text[at:]
    return [replace(first, text=text, origins=tuple(origin.moved(len(words)) for origin in first.origins)), *item[1:]]


def _list(group: Sequence[NoteLine], gathering: Gathering, before: int) -> list[_Part]:
    """「A事業（…）、B事業（…）及びC事業（…）を実施した。」"""
    parts: list[_Part] = []
    for place, note in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        parts += [(joint, None), (note.listed or "", note)]
    names = [(note.listed or "").split("（")[0] for note in group]
    return [*parts, (project_act(names, gathering, before) + "。", None)]


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
            origins.append(desk.note_origin(note, start, len(text)))
            origins += [desk.noted_before(note.before)] if note.before else []
    direction = next((note.direction for _, note in parts if note is not None), None)
    return DraftSentence(text, False, direction, (*origins, *extra), not goes_on)
