"""Which blocks of a narrative page are the text of which section: a scored assignment.

Extraction moves blocks away from their headings, so no single clue is trusted: the heading directly above, the column
width, the tense, wordings that any city uses in such a section, the order of the form, and the numbering of the
展開方向 are scored together, and the best assignment of the page as a whole is taken. Where another assignment is
nearly as good, both texts are given as candidates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.importers.text_blocks import Block, rejoin
from corpus.items import split_items

PAGE_SECTIONS: dict[int, tuple[str, ...]] = {
    2: ("4.3",),
    3: ("5.1", "5.2", "5.3", "5.4.done", "5.4.plan"),
    4: ("6.1.results", "6.1.issues", "7.1", "7.2"),
}
_COLUMNS = ("5.4.done", "5.4.plan")
"""Printed side by side, so that their lines are half as wide as the page's."""

_UNDER_HEADING, _BEHIND_HEADING, _BEHIND_ON_TORN_PAGE = 8.0, 3.0, 1.0
"""On a page where a heading has lost its text, the block behind another heading may be anyone's."""
_NARROW, _WRONG_WIDTH, _WIDE_ENOUGH = 3.0, -4.0, 40
_NEXT_DIRECTION, _DIRECTION_OUT_OF_ORDER, _DIRECTION_AGAIN = 2.0, -1.5, -6.0
_REOPENED = -2.5
"""A section whose text is interrupted by another's."""
_IN_ORDER, _SECTION_FILLED, _WORDS, _TENSE = 0.75, 3.0, 4.0, 5.0
CLEAR_MARGIN = 2.5
"""An assignment less than this much better than the next one is left to a person."""
_MOST_BLOCKS, _MOST_STATES = 24, 200

_CUES: dict[str, re.Pattern[str]] = {
    "5.1": re.compile(
        r"改正|制定|法律|施行さ|進行|高齢化|少子|社会情勢|増加し|拡大|背景|深刻|変化し|必要(?:がある|である|となっ)"
    ),
    "5.2": re.compile(r"要望|意見|議会|陳情|請願|声が|声を|声も|指摘|求める|求められ"),
    "5.3": re.compile(
        r"自治体|他市|他区|他県|近隣|周辺|\d+市|都内|県内|府内|道内|全国平均|先進|先行|未設置|本市|当市|市は"
    ),
    "6.1.issues": re.compile(r"必要|課題|偏り|不足|足り|余地|至っていない|伸び悩|低迷|十分で(?:は)?ない|困難"),
    "7.1": re.compile(r"図る|取り組む|策定|実施(?:する|して)|行う|進める|進めて|検討する|構築|作成|対応を"),
    "7.2": re.compile(r"中期|中長期|計画的|将来|目指す|構築|充実|連携し|図る|行う|取り組む|進捗|推進"),
}
_PAST = re.compile(r"(?:た|でした)[。）)」]*$")
_PLANNED = re.compile(r"(?:う|く|す|つ|む|る|図る)[。）)」]*$")
_STATE = re.compile(r"(?:ている|である|がある|となっている|られている)[。）)」]*$")
_PAST_SECTIONS, _PLANNED_SECTIONS = ("5.4.done", "6.1.results"), ("5.4.plan", "7.1", "7.2")


@dataclass(frozen=True)
class PlacedSection:
    """The text of a section, and the other texts that are nearly as likely (none where the assignment is clear)."""

    key: str
    text: str
    rivals: tuple[str, ...] = ()


def place_sections(page: int, blocks: Sequence[Block], printed_keys: frozenset[str]) -> list[PlacedSection]:
    """The sections of a narrative page (3 or 4) with their texts; every block is in exactly one of them.

    ``printed_keys``: the sections whose headings are on the page (a heading that was lost weighs against its section).
    """
    if not blocks:
        return []
    scores = _Scores(_grouped(blocks), PAGE_SECTIONS[page], printed_keys)
    best = _best(scores, forbidden=None)
    rivals: dict[int, list[str]] = {}
    for group, key in enumerate(best.keys):
        other = _best(scores, forbidden=(group, key))
        if best.score - other.score < CLEAR_MARGIN:
            # The section that would lose the block is in question, and the one that would gain it.
            for changed in {key, other.keys[group]}:
                rivals.setdefault(changed, []).append(_text_of(scores, other, changed))
    placed = []
    for key in sorted(set(best.keys) | set(rivals)):
        text = _text_of(scores, best, key)
        others = [rival for rival in dict.fromkeys(rivals.get(key, [])) if rival and rival != text]
        if not others and scores.jumbled(best, key):
            others = [_text_by_direction(scores, best, key)]
        placed.append(PlacedSection(scores.keys[key], text, tuple(others)))
    return placed


@dataclass(frozen=True)
class _Assignment:
    """The section (index) of each group, and how good that is."""

    score: float
    keys: tuple[int, ...] = ()


def _groups_of(scores: "_Scores", assignment: _Assignment, key: int) -> list[list[Block]]:
    return [group for group, own in zip(scores.groups, assignment.keys, strict=True) if own == key]


def _text_of(scores: "_Scores", assignment: _Assignment, key: int) -> str:
    return rejoin([block for group in _groups_of(scores, assignment, key) for block in group])


def _text_by_direction(scores: "_Scores", assignment: _Assignment, key: int) -> str:
    """The same text with its blocks in the order of their 展開方向."""
    groups = sorted(_groups_of(scores, assignment, key), key=lambda group: min(_directions(group), default=0))
    return rejoin([block for group in groups for block in group])


class _Scores:
    """How well each group of blocks fits each section by itself, computed once."""

    def __init__(self, groups: list[list[Block]], keys: Sequence[str], printed: frozenset[str]) -> None:
        self.groups, self.keys, self.printed = groups, keys, printed
        self._widest = max(block.width for group in groups for block in group)
        headed = {label.label.sections for group in groups for label in (group[0].under, group[0].behind) if label}
        torn = any(key not in {name for names in headed for name in names} for key in keys if key in printed)
        self._behind = _BEHIND_ON_TORN_PAGE if torn else _BEHIND_HEADING
        self.directions = [tuple(_directions(group)) for group in groups]
        self.single = [[self._group_score(group, key) for key in keys] for group in groups]

    def jumbled(self, assignment: _Assignment, key: int) -> bool:
        """Whether the 展開方向 of a section's text are not in order."""
        own = [index for index, found in enumerate(assignment.keys) if found == key]
        numbers = [number for index in own for number in self.directions[index]]
        return numbers != sorted(set(numbers))

    def opening(self, key: int, before: int) -> float:
        """For the first group of a section, coming behind a group of section ``before`` (-1: none)."""
        score = _SECTION_FILLED if self.keys[key] in self.printed else -_UNDER_HEADING
        return score + (0.0 if before < 0 else _IN_ORDER if key > before else -_IN_ORDER)

    def headed(self, group: int, key: int) -> float:
        """For a group under the heading of a section that has text already: nothing of it stands before its heading."""
        under = self.groups[group][0].under
        return -_UNDER_HEADING if under and self.keys[key] in under.label.sections else 0.0

    def numbering(self, group: int, seen: int, *, reopened: bool) -> tuple[float, int]:
        """For the 展開方向 of a group in a section that has those of the bits ``seen`` already; with the new bits."""
        score = 0.0
        for number in self.directions[group]:
            if seen >> number & 1:
                score += _DIRECTION_AGAIN
            elif seen.bit_length() == (number if number > 1 else 0):
                score += _NEXT_DIRECTION if seen and not reopened else 0.0
            else:
                score += _DIRECTION_OUT_OF_ORDER
            seen |= 1 << number
        return score, seen

    def _group_score(self, group: Sequence[Block], key: str) -> float:
        first = group[0]
        score = 0.0
        if first.under and first.under.label.sections:
            score += _UNDER_HEADING if key in first.under.label.sections else -_UNDER_HEADING
        elif first.behind and key in first.behind.label.sections:
            score += self._behind / (1 + first.behind.label.sections.index(key))
        if self._widest >= _WIDE_ENOUGH and any(name in self.printed for name in _COLUMNS):
            score += self._width_score(group, key)
        return score + _wording(rejoin(group), key)

    def _width_score(self, group: Sequence[Block], key: str) -> float:
        """A wide line is in no column; a text that wraps at half the width is in one; short items say nothing."""
        if max(block.width for block in group) >= 0.65 * self._widest:
            return _WRONG_WIDTH if key in _COLUMNS else 0.0
        wraps = sum(len(block.lines) for block in group) > rejoin(group).count("\n") + 1
        return (_NARROW if key in _COLUMNS else -_NARROW) if wraps else 0.0


def _best(scores: _Scores, forbidden: tuple[int, int] | None) -> _Assignment:
    """The best section for each group; ``forbidden`` is a group and the section that it must not get.

    A state is the 展開方向 that each section has (bits; -1: not opened yet) and the section of the group before.
    """
    count = len(scores.keys)
    states: dict[tuple[tuple[int, ...], int], _Assignment] = {((-1,) * count, -1): _Assignment(0.0)}
    for group in range(len(scores.groups)):
        grown: dict[tuple[tuple[int, ...], int], _Assignment] = {}
        for (held, before), known in states.items():
            for key in range(count):
                if (group, key) == forbidden:
                    continue
                opened, reopened = held[key] < 0, held[key] >= 0 and key != before
                numbering, seen = scores.numbering(group, max(held[key], 0), reopened=reopened)
                total = known.score + scores.single[group][key] + numbering
                total += scores.opening(key, before) if opened else _REOPENED if reopened else 0.0
                total += 0.0 if opened else scores.headed(group, key)
                state = ((*held[:key], seen, *held[key + 1 :]), key)
                if state not in grown or total > grown[state].score:
                    grown[state] = _Assignment(total, (*known.keys, key))
        kept = sorted(grown.items(), key=lambda entry: -entry[1].score)[:_MOST_STATES]
        states = dict(kept)
    return max(states.values(), key=lambda assignment: assignment.score)


def _wording(text: str, key: str) -> float:
    """How much the items of a text are worded as in this section: cues and tense, as shares of the items."""
    items = [item.body for item in split_items(text) if not item.heading]
    if not items:
        return 0.0
    score = 0.0
    if key in _CUES:
        score += _WORDS * sum(bool(_CUES[key].search(item)) for item in items) / len(items)
    past = sum(bool(_PAST.search(item)) for item in items) / len(items)
    planned = sum(bool(_PLANNED.search(item)) and not _STATE.search(item) for item in items) / len(items)
    if key in _PAST_SECTIONS:
        score += _TENSE * (past - planned)
    elif key in _PLANNED_SECTIONS:
        score += _TENSE * (planned - past)
    else:
        score -= _TENSE / 3 * max(past, planned)
    return score


def _directions(blocks: Sequence[Block]) -> list[int]:
    return [item.direction for item in split_items(rejoin(blocks)) if item.heading and item.direction]


def _grouped(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks one by one; if there are many, those with no heading above join the one before."""
    groups = [[block] for block in blocks]
    if len(groups) <= _MOST_BLOCKS:
        return groups
    merged: list[list[Block]] = []
    for block in blocks:
        opens = block.under or block.behind or _directions([block])
        if merged and not opens:
            merged[-1].append(block)
        else:
            merged.append([block])
    while len(merged) > _MOST_BLOCKS:
        merged[-2:] = [[*merged[-2], *merged[-1]]]
    return merged
