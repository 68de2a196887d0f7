"""Other orders and layouts of a draft: items dropped, exchanged, put first, sorted, as a list or as prose. Pure.

A conjunction that opened an item goes when another item comes to stand before it. Items never leave their heading.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.lines import (
    Line,
    begun,
    conjunction_of,
    is_listed,
    leans,
    lines_of,
    opened,
    with_sentences,
    without_conjunction,
    without_mark,
)

MOST_TOGETHER = 3
"""Items of a paragraph that a list becomes."""
_JOINTS = ("", "また、", "さらに、")
_CONTRAST = "一方、"
_LIST_MARK = "・"


def dropped(draft: Draft, numbers: Sequence[int]) -> Draft:
    """The draft without these items (1-based), and without headings and questions that then stand above nothing."""
    lines = lines_of(draft)
    items = [place for place, line in enumerate(lines) if line.kind == "item"]
    gone = {items[number - 1] for number in numbers}
    kept: list[Line] = []
    opens = False
    for place, line in enumerate(lines):
        if place in gone:
            opens = opens or line.sentences[0].new_line
            continue
        # what went on in a paragraph begins it now
        goes_on = line.kind == "item" and not line.sentences[0].new_line
        kept.append(begun(line, new_line=True) if opens and goes_on else line)
        opens = False
    filled = {line.block for line in kept if line.kind == "item"}
    emptied = {lines[place].block for place in gone} - filled
    return _settled(draft, [line for line in kept if line.block not in emptied])


def exchanged(draft: Draft, one: int, other: int) -> Draft | None:
    """The draft with two items exchanged; None if they stand under different headings."""
    lines = list(lines_of(draft))
    items = [place for place, line in enumerate(lines) if line.kind == "item"]
    first, second = items[one - 1], items[other - 1]
    if lines[first].block != lines[second].block:
        return None
    order = list(range(len(lines)))
    order[first], order[second] = second, first
    return _settled(draft, _reordered(lines, order))


def put_first(draft: Draft, numbers: Sequence[int]) -> Draft:
    """The draft with these items at the head of what stands under their headings, in the order given."""
    lines = lines_of(draft)
    items = [place for place, line in enumerate(lines) if line.kind == "item"]
    wanted = {items[number - 1]: rank for rank, number in enumerate(numbers)}
    return _sorted(draft, lines, lambda place: wanted.get(place, len(wanted)))


def ordered(draft: Draft, rank: Callable[[Line], int]) -> Draft:
    """The draft with the items under each heading in the order of ``rank``; equal ones keep theirs."""
    lines = lines_of(draft)
    return _sorted(draft, lines, lambda place: rank(lines[place]))


def _sorted(draft: Draft, lines: Sequence[Line], rank: Callable[[int], int]) -> Draft:
    order = list(range(len(lines)))
    for block in {line.block for line in lines}:
        places = [place for place, line in enumerate(lines) if line.block == block and line.kind == "item"]
        for place, taken in zip(places, sorted(places, key=rank), strict=True):
            order[place] = taken
    return _settled(draft, _reordered(lines, order))


def _reordered(lines: Sequence[Line], order: Sequence[int]) -> list[Line]:
    """The lines in ``order``; whether a place begins a line does not change with what comes to stand there."""
    return [
        begun(lines[taken], new_line=lines[place].sentences[0].new_line)
        if lines[taken].kind == "item"
        else lines[taken]
        for place, taken in enumerate(order)
    ]


def _settled(draft: Draft, lines: Sequence[Line]) -> Draft:
    """The lines as a draft; an item that no longer follows the one that its conjunction joined it to loses that."""
    old = lines_of(draft)
    followed: Mapping[str, str] = {line.text: before.text for before, line in pairwise(old)}
    settled: list[Line] = []
    before = ""
    for line in lines:
        first = line.sentences[0]
        if line.kind == "item" and conjunction_of(first) and followed.get(line.text, "") != before:
            settled.append(replace(line, sentences=(without_conjunction(first), *line.sentences[1:])))
        else:
            settled.append(line)
        before = line.text
    return with_sentences(draft, settled)


def as_list(draft: Draft) -> Draft:
    """Every sentence of the prose an item, but for those that lean on the one before; a conjunction in front goes."""
    if is_listed(draft):
        return draft
    made: list[DraftSentence] = []
    for line in lines_of(draft):
        if line.kind != "item":
            made.extend(line.sentences)
            continue
        for sentence in line.sentences:
            if made and not made[-1].heading and not sentence.new_line and leans(sentence):
                made.append(sentence)
            else:
                made.append(replace(opened(without_conjunction(sentence), _LIST_MARK), new_line=True))
    return replace(draft, sentences=tuple(made))


def as_prose(draft: Draft, tone: Callable[[Line], bool | None]) -> Draft:
    """The items under each heading in paragraphs; ``tone``: whether an item tells of success, None: of neither.

    Where success turns into failure (or back) 「一方、」 joins, else 「また、」, then 「さらに、」.
    """
    if not is_listed(draft):
        return draft
    made: list[DraftSentence] = []
    count, last_tone, block = 0, None, -1
    contrasted = False
    for line in lines_of(draft):
        if line.kind != "item":
            made.extend(line.sentences)
            count = 0
            continue
        if line.block != block or count == MOST_TOGETHER:
            count, last_tone, block, contrasted = 0, None, line.block, False
        first, *others = line.sentences
        bare, told = without_mark(first), tone(line)
        turns = last_tone is not None and told is not None and told != last_tone and not contrasted
        joint = _CONTRAST if turns else _JOINTS[count]
        if count and not conjunction_of(bare) and not bare.text.startswith("【"):
            bare = opened(bare, joint)
        contrasted = contrasted or turns
        made += [_stopped(replace(bare, new_line=count == 0)), *others]
        count, last_tone = count + 1, told if told is not None else last_tone
    return replace(draft, sentences=tuple(made))


def _stopped(sentence: DraftSentence) -> DraftSentence:
    """With a full stop, which an item may do without."""
    ends = sentence.text.rstrip()[-1:]
    return sentence if ends in "。．！？】" else replace(sentence, text=sentence.text.rstrip() + "。")
