"""Rows named side by side (10, 28, 32): 「A、B及びCは」「AとBの達成率は」, with what stands between left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.checking.meanings import rows_meant
from assistant.checking.never_values import BLANK
from assistant.checking.record import Record, Row
from assistant.checking.sentences import Sentence
from assistant.checking.subjects import MENTION, Mention

_AND = r"(?:及び|および|並びに|ならびに|と|や|、|・|,|も、?|とも、?)"
_STRONG = re.compile(r"及び|および|並びに|ならびに|、")
_SPLIT = re.compile(_AND)
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_TAIL = re.compile(
    r"(?:の(?=$)|の(?:[0-9一二三四五六七八九十]{1,2})(?:つの)?(?:成果)?(?:指標|項目|件)|など|等)?"
    r"(?:については|について|において|では|には|は|が|も|で|とも|とも(?:に)?)?[、 ]*"
    r"(?:いずれも|ともに|とも|全て|すべて|どちらも|それぞれ|両(?:指標|者|方)とも)?[、 ]*"
    r"(?:(?:当該年度|今年度|本年度|各|それぞれの?)?の?(?:数値|成果)?目標(?:値|数値)?(?:を|に|は|が|の|も|には|、)*)?$"
)


_PARTICLES = frozenset({"は", "が", "も", "では", "には", "とは"})


def unique_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """``rows`` in order, each once."""
    return tuple({row.id: row for row in rows}.values())


def within(rows: Iterable[Row], group: Iterable[Row]) -> bool:
    """Whether every one of ``rows`` is in ``group``."""
    return {row.id for row in rows} <= {row.id for row in group}


@dataclass(frozen=True)
class Listed:
    """Rows that the text lists in ``[start:end]``; ``whole``: nothing that is not known is joined to them."""

    start: int
    end: int
    rows: tuple[Row, ...]
    whole: bool = True


def listed_before(sentence: Sentence, record: Record, start: int, end: int) -> Listed | None:
    """The rows listed in ``[start:end]`` right before ``end``, but for は, いずれも, 目標を between."""
    tail = _TAIL.search(sentence.bare, start, end)
    stop = tail.start() if tail is not None else end
    # brackets behind a name hold its value
    marks = list(sentence.bare[:stop])
    for match in _BRACKETS.finditer(sentence.bare, start, stop):
        marks[match.start() : match.end()] = " " * (match.end() - match.start())
    return _listed(sentence, record, "".join(marks), start, stop)


def names_between(sentence: Sentence, record: Record, start: int, end: int) -> tuple[Row, ...] | None:
    """The rows that ``[start:end]`` lists and nothing else; () for nothing said, None where a name is not known."""
    text = sentence.bare[start:end]
    if not re.sub(rf"[\s、{BLANK}の「」（）()]", "", text):
        return ()
    marks = list(sentence.bare[:end])
    for match in _BRACKETS.finditer(sentence.bare, start, end):
        marks[match.start() : match.end()] = " " * (match.end() - match.start())
    for match in re.finditer(r"の(?=$)", sentence.bare[start:end]):
        marks[start + match.start()] = " "
    found = _listed(sentence, record, "".join(marks), start, end)
    return found.rows if found is not None and found.whole else None


def _listed(sentence: Sentence, record: Record, marks: str, start: int, end: int) -> Listed | None:
    """Names from the right as long as they are joined; the first that is not known ends the list, and all of it."""
    rows: list[Row] = []
    first = stop = end
    whole = False
    while True:
        text = marks[start:stop].rstrip(" 「」")
        place = start + len(text)
        mention = next(
            (m for m in reversed(sentence.mentions) if m.rows and m.how != "weak" and _ends(m, place, marks)), None
        )
        if mention is not None and mention.start >= start:
            if len(mention.rows) != 1:
                return None
            rows.insert(0, mention.rows[0])
            first = mention.start
        else:
            meant = None
            for pattern in (_STRONG, _SPLIT):
                cut = max((match.end() for match in pattern.finditer(marks, start, place)), default=start)
                chunk = marks[cut:place].strip(" 「」" + BLANK)
                found = rows_meant(chunk, record) if chunk and MENTION not in chunk else ()
                if len(found) == 1:
                    meant, first = found[0], cut
                    break
            if meant is None:
                break
            rows.insert(0, meant)
        before = marks[start:first].rstrip(" 「」")
        joined = re.search(rf"(?:{_AND})+[ 「」]*$", before)
        if joined is None:
            whole = True
            break
        stop = start + joined.start()
    unique = unique_rows(rows)
    return Listed(first, end, unique, whole) if unique else None


def _ends(mention: Mention, place: int, marks: str) -> bool:
    """Whether the mention (perhaps with its particle, as topics have it) ends at ``place``."""
    return mention.end == place or (place < mention.end <= place + 2 and marks[place : mention.end] in _PARTICLES)
