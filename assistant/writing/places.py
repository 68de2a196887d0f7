"""What each slot stands for in a line by what stands around it: a change, a target, a base; of which year. Pure.

The judge compares a candidate with the composer's line: a figure that was the change must not become the level.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.writing.comparisons import POLARITY, Said, comparisons, opposed
from assistant.writing.view import View, view

Role = Literal["change", "base", "self"]

_TO_WORD = re.compile(
    r"(?:程度|以上|余り?)?(?:だけ|ほど|分|も|[とは])?(?:の(?:差で|大幅な)?)?[、]?(?:大きく|大幅に|わずかに|やや)?"
)
_REACHING = re.compile("[届及]")
_CHANGE_BEFORE = re.compile(
    r"(?:増加|減少|上昇|低下|下落|伸び|落ち込み|差|開き|乖離|増減)(?:幅|数|額|量|分)?(?:は|が|の|も)[、]?$"
)
_CHANGE_BEHIND = re.compile(r"(?:程度)?の(?:差|開き|乖離)")
_BASE_BEHIND = re.compile(
    r"(?:程度|以上)?(?:から|より|[にと]比[べし]|に対[しす]|を(?=[^、。◆]{0,14}◆?[^、。◆]{0,8}(?:上回|下回|超|割り込))|の達成|を達成|"
    r"に(?:は|も|まで)?(?=[^。◆]{0,14}◆?[^、。◆]{0,8}(?:届|及[ばん]|達し?[てなせ]|満た|至)))"
)
_TARGET_BEFORE = re.compile(r"(?:目標|計画|見込み?)(?:値|数|水準)?(?:である|の|は|が|、|とする|（)?$")
_ACTUAL_BEFORE = re.compile(r"(?:実績|調査結果)(?:値|数)?(?:である|の|は|が|で|も|、)?$")
_NEAR = re.compile(r"(?!以降|以来|から|より|[にと]比)[^。◆◇]{0,14}")
_TOPIC = re.compile(r"(?P<noun>[一-龠々ァ-ヴー]{2,})(?:（[^（）]*）)?(?:について)?[はがも](?!の)")
_NOUN = re.compile("[一-龠々ァ-ヴーＡ-Ｚａ-ｚA-Za-z]{2,}")
_EMPTY = re.compile(
    "実績値?|目標値?|数値|達成率?|一方|今後|今年度|前年度?|昨年度?|年度|直近|現在|全体|[一-龠]?時点|状況|実施|開催|程度|以降|以来|結果"
)
_PART_OF = re.compile(r"(?<!の)うち(?:、|の)?$")
_RESULT = re.compile("[とに]な[っりる]")
_GLUED = re.compile("[一-龠々ァ-ヴー]+")
_SINCE = re.compile("以降|以来")


@dataclass(frozen=True)
class Place:
    """A slot in a line.

    ``sign``: direction of a change, 0 if none; ``against_target``: it is the distance from a target. ``target``,
    ``actual``: it is called so. ``year``: the year's slot right before it; of a change, the one that it is from.
    ``names``: the quoted names last before it; ``topic``: what its sentence is of. ``since``: 以降 stands behind it.
    ``part``: うち stands before it; ``result``: となった behind it. ``glued``: what it makes one name with. ``left``,
    ``right``: the nouns next to it in its clause; ``clause``: all words of it.
    """

    role: Role
    sign: int
    against_target: bool | None
    target: bool
    actual: bool
    year: str | None
    names: tuple[str, ...]
    topic: tuple[str, ...]
    since: bool
    part: bool
    result: bool
    glued: str
    clause: frozenset[str]
    left: str | None
    right: str | None


@lru_cache(maxsize=256)
def places(text: str) -> dict[str, Place]:
    """What each slot of a line is, by its name; those of 【…】 left out."""
    seen = view(text)
    said = comparisons(text)
    found: dict[str, Place] = {}
    groups, topics = _named_groups(seen), _topics(seen, said)
    years = {at + 1: name for at, name in seen.slots if name[0] == "Y"}
    for at, name in seen.slots:
        if name[0] == "M":
            continue
        before = seen.plain[:at]
        role, sign, against = _role(seen, at, said)
        label = before[seen.sentence_start(at) :]
        left, right = _owners(seen, at, said)
        start = seen.sentence_start(at)
        if role == "change":
            bases = [one for end, one in years.items() if start < end <= at and _BASE_BEHIND.match(seen.plain, end)]
            year = bases[-1] if bases else None
        else:
            near = (one for end, one in years.items() if end <= at and _NEAR.fullmatch(seen.plain, end, at))
            year = next(near, None) if name[0] == "F" else None
        found[name] = Place(
            role,
            sign,
            against,
            target=_TARGET_BEFORE.search(label) is not None,
            actual=_ACTUAL_BEFORE.search(label) is not None,
            year=year,
            names=next((tuple(sorted(group)) for end, group in reversed(groups) if end <= at), ()),
            topic=next((tuple(sorted(group)) for end, group in reversed(topics) if start < end <= at), ()),
            since=_SINCE.match(seen.plain, at + 1) is not None,
            part=_PART_OF.search(seen.plain, 0, at) is not None,
            result=_RESULT.match(seen.plain, at + 1) is not None,
            clause=_clause_words(seen, at),
            glued=glued.group() if (glued := _GLUED.match(seen.plain, at + 1)) and name[0] == "K" else "",
            left=left,
            right=right,
        )
    return found


def _role(seen: View, at: int, said: tuple[Said, ...]) -> tuple[Role, int, bool | None]:
    for one in said:
        sign = next((POLARITY[sense] for sense in one.senses if sense in POLARITY), 0)
        own = sign and (one.senses[0] != "missed" or _REACHING.match(seen.plain, one.start))
        if own and one.start > at and _TO_WORD.fullmatch(seen.plain, at + 1, one.start):
            return "change", sign, any("target" in sense or sense == "missed" for sense in one.senses)
    if _CHANGE_BEFORE.search(seen.plain, 0, at):
        inside = [one for one in said if at - 8 <= one.start < at]
        return "change", next((POLARITY[s] for one in inside for s in one.senses if s in POLARITY), 0), None
    if _CHANGE_BEHIND.match(seen.plain, at + 1):
        return "change", 0, None
    return ("base" if _BASE_BEHIND.match(seen.plain, at + 1) else "self"), 0, None


def _owners(seen: View, at: int, said: tuple[Said, ...]) -> tuple[str | None, str | None]:
    """The words of subject matter next to a slot, within its clause and up to the next slot."""
    start, end = seen.clause(at)
    start = max([start, *(other + 1 for other, _ in seen.slots if other < at)])
    end = min([end, *(other for other, name in seen.slots if other > at)])
    inside = [run for run in _NOUN.finditer(seen.plain, start, end) if not _is_empty(run, said)]
    left = [run.group() for run in inside if run.end() <= at]
    right = [run.group() for run in inside if run.start() > at]
    glued = _GLUED.match(seen.plain, at + 1)
    return (left[-1] if left else None), (glued.group() if glued else right[0] if right else None)


def _clause_words(seen: View, at: int) -> frozenset[str]:
    start, end = seen.clause(at)
    return frozenset(word.normal for word in seen.content if start <= word.start < end)


def _is_empty(run: re.Match[str], said: tuple[Said, ...]) -> bool:
    """Whether a noun names nothing of its own, or is a word of comparison."""
    compared = any(one.start < run.end() and run.start() < one.end for one in said)
    return compared or _EMPTY.fullmatch(run.group()) is not None


def misplaced(candidate: str, line: str) -> list[str]:
    """The slots that stand for something else in the candidate than in the composer's line."""
    old, new = places(line), places(candidate)
    both = [name for name in old if name in new]
    found = []
    moved = _moved_words(old, new) | _crossed_clauses(old, new)
    turned = {name: (old[name].role, new[name].role) for name in both}
    crossed = ("base", "self") in turned.values() and ("self", "base") in turned.values()
    for name in both:
        was, now = old[name], new[name]
        others = [old[other] for other in old if other != name]
        if (
            (was.role == "change") != (now.role == "change")
            or was.sign * now.sign < 0
            or {was.against_target, now.against_target} == {True, False}
            or (was.target and now.actual)
            or (now.target and not was.target and was.role != "base")
            or (crossed and was.role != now.role)
            or _is_of_another_year(was, now, others)
            or (now.topic != was.topic and was.topic and now.topic and now.topic in [other.topic for other in others])
            or (now.names != was.names and was.names and now.names)
            or (was.since, was.part) != (now.since, now.part)
            or (was.role == "base" and not was.target and now.role == "self" and now.result)
            or was.glued[:2] != now.glued[:2]
            or name in moved
        ):
            found.append(name)
    return found


def _is_of_another_year(was: Place, now: Place, others: list[Place]) -> bool:
    if now.year is None or now.year == was.year:
        return False
    if now.role == "change":
        return was.year is not None
    return was.year is not None or any(other.year == now.year and other.role != "change" for other in others)


def _moved_words(old: dict[str, Place], new: dict[str, Place]) -> set[str]:
    """The slots that a word next to another slot in the composer's line has come to stand next to."""
    return {
        name
        for kind in "FYKP"
        for word in _next_to(old, kind).keys() & _next_to(new, kind).keys()
        if (was := _next_to(old, kind)[word]) - (held := _next_to(new, kind)[word]) and held - was
        for name in held - was
    }


def _crossed_clauses(old: dict[str, Place], new: dict[str, Place]) -> set[str]:
    """Slots of a kind of which each has words in its clause that only the other had in the composer's line."""
    names = [name for name in old if name in new]
    found: set[str] = set()
    for number, first in enumerate(names):
        for second in names[number + 1 :]:
            if first[0] != second[0]:
                continue
            own, other = old[first].clause - old[second].clause, old[second].clause - old[first].clause
            now, then = new[first].clause - new[second].clause, new[second].clause - new[first].clause
            if own & then and other & now:
                found |= {first, second}
    return found


def _next_to(found: dict[str, Place], kind: str) -> dict[str, set[str]]:
    """The slots of a kind that tell no change and no base, by the words next to them."""
    held: dict[str, set[str]] = {}
    for name, place in found.items():
        if name[0] == kind and place.role == "self":
            for word in (place.left, place.right):
                if word:
                    held.setdefault(word, set()).add(name)
    return held


def turned_round(candidate: str, line: str) -> list[str]:
    """What the candidate says the contrary of: 「AはX、BはY」 told as 「AはY、BはX」. Words or names."""
    old, new = set(_pairs(line)), set(_pairs(candidate))
    found = []
    for topic, sense in new - old:
        own = {other for of, other in old if of == topic}
        if own and sense not in own and any(opposed(sense, other) for other in own):
            found.append(topic)
    return list(dict.fromkeys(found))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """What is compared, with each sense told of it: the last word or names with は, が or も before the sense."""
    seen = view(text)
    said = comparisons(text)
    topics = _topics(seen, said)
    for one in said:
        before = [names for end, names in topics if end <= one.start]
        for topic in before[-1] if before else ():
            for sense in one.senses:
                yield topic, sense


def _topics(seen: View, said: tuple[Said, ...]) -> list[tuple[int, tuple[str, ...]]]:
    found = _named_groups(seen)
    for match in _TOPIC.finditer(seen.plain):
        noun = _NOUN.match(seen.plain, match.start())
        if noun is not None and not _is_empty(noun, said):
            found.append((match.end("noun"), (match["noun"],)))
    return sorted(found)


def _named_groups(seen: View) -> list[tuple[int, tuple[str, ...]]]:
    """The quoted names, those of one list together, each with where it ends."""
    found: list[tuple[int, tuple[str, ...]]] = []
    group: list[str] = []
    last = -9
    for at, name in seen.names:
        joined = re.fullmatch(r"(?:、|及び|と|や|並びに|・)", seen.plain[max(last, 0) : at]) is not None
        if joined and found and found[-1][0] == last:
            found.pop()
        group = [*group, name] if joined else [name]
        last = at + 1
        found.append((last, tuple(group)))
    return found
