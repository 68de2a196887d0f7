"""What a noun phrase means: the rows of whose names it is made, or something that is none of them."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.checking.record import Record, Row
from assistant.checking.row_names import (
    DISTINCTIVE,
    NEGATIVE,
    NEUTRAL,
    clean,
    covered_signs,
    is_most_of,
    is_short_for,
    name_of,
)

How = Literal["named", "label", "phrase", "open", "weak", "pronoun", "sum", "foreign"]
AGED = re.compile(r"\d歳|\d代")
"""「65歳以上の人口」: a part of the whole."""
_ALL_NEUTRAL = re.compile(rf"(?:{NEUTRAL})+")
_LONG_NEUTRAL = "|".join(word for word in NEUTRAL.split("|") if len(word) >= 2)
_NEUTRAL_HEAD = re.compile(rf"^(?:{_LONG_NEUTRAL})+")
_NEUTRAL_TAIL = re.compile(rf"(?:{_LONG_NEUTRAL}|[率数額値])+$")
_CONTENT = re.compile(r"[一-龠々]+|[ァ-ヴー]{2,}|[A-Za-z]{2,}")
_MEANT_ALONE = frozenset("国県都税男女")
"""Single characters that name somebody or something else."""
_CONTRASTS = frozenset("小中高大新旧男女内外上下東西南北前後国都県区町村幼乳老若未不無非")
"""One such sign that a name lacks makes it another thing (中学校, 小学校)."""
_SOME_WORDS, _NEARLY_ALL, _LONG = 0.6, 0.8, 5
"""Shares of a phrase's characters that a name must have: to come into question; to be meant, in a phrase so long."""
_OPENING = re.compile(r"^(?:[①-⑳〇○◎●◆■□※-]|(?:本市|当市|市内|市|全体|今年度|年度|同年度)の|の)+")
_COUNTING = re.compile(r"の?(?:総|延べ)?(?:数|件数|人数|率|割合|額|回数|量)$")


def content(text: str, record: Record) -> list[str]:
    """The words of ``text`` that mean something of their own: not neutral, not the city's or the measure's names."""
    for word in record.own_words:
        text = text.replace(word, " ")
    words = []
    for run in _CONTENT.findall(text):
        if not _ALL_NEUTRAL.fullmatch(run):
            word = _NEUTRAL_TAIL.sub("", _NEUTRAL_HEAD.sub("", run))
            words += [word] if len(word) >= 2 or word in _MEANT_ALONE else []
    return words


def strange(text: str, rows: Sequence[Row], record: Record) -> list[str]:
    """The words of ``text`` that mean something of their own and stand in none of the rows' names."""
    words = content(text, record)
    return [word for word in words if not any(covered_signs(word, name_of(row.name)) == len(word) for row in rows)]


def meaning(chunk: str, record: Record) -> tuple[tuple[Row, ...], How] | None:
    """Rows that a noun phrase means: every content word of it occurs in their names."""
    words = content(chunk, record)
    if not words:
        return _by_kana(chunk, record)
    if AGED.search(chunk) and not any(AGED.search(row.name) for row in record.rows):
        return (), "foreign"
    pairs = frozenset(word[place : place + 2] for word in words for place in range(len(word) - 1))
    named = [(row, name) for row in record.rows if not pairs.isdisjoint((name := name_of(row.name)).pairs)]
    if not named:
        return (), "foreign"
    literal = _OPENING.sub("", clean(chunk)[0])
    for says in (is_most_of, is_short_for):
        holding = tuple(row for row, name in named if says(literal, name.head))
        if len(holding) == 1:
            alike = tuple(row for row, name in named if len(literal) >= DISTINCTIVE and name.head.endswith(literal))
            return (alike, "open") if len(alike) > 1 else (holding, "phrase")
    denied = NEGATIVE.search(chunk) is not None
    total = sum(len(word) for word in words)
    scores: dict[str, float] = {}
    for row, name in named:
        if name.denied == denied:
            # words in brackets alone name no row: 「小学校」 of 平均正答率（小学校6年生）
            told = any(word[place : place + 2] in name.head for word in words for place in range(len(word) - 1))
            scores[row.id] = sum(covered_signs(word, name) for word in words) / total if told else 0.5
    full = tuple(row for row, _ in named if scores.get(row.id) == 1)
    if full and total < DISTINCTIVE:
        return full, "weak"
    if len(full) == 1:
        return full, "phrase"
    if full:
        return full, "open"
    partly = tuple(row for row, _ in named if scores.get(row.id, 0) >= _SOME_WORDS)
    if len(partly) == 1 and total >= _LONG and scores[partly[0].id] >= _NEARLY_ALL:
        other = {sign for word in words for sign in word} - set(name_of(partly[0].name).plain)
        return partly, "weak" if other & _CONTRASTS else "phrase"
    return (partly, "weak") if partly else ((), "foreign")


def _by_kana(chunk: str, record: Record) -> tuple[tuple[Row, ...], How] | None:
    """A name whose words are too short to be told from neutral ones (「通いの場」), taken as written."""
    literal = _COUNTING.sub("", _OPENING.sub("", clean(chunk)[0]))
    if len(literal) < DISTINCTIVE or _ALL_NEUTRAL.fullmatch(literal):
        return None
    whole = _OPENING.sub("", clean(chunk)[0])
    heads = [(row, name_of(row.name).head) for row in record.rows]
    rows = tuple(row for row, head in heads if is_short_for(literal, head) or is_most_of(whole, head))
    return (rows, "phrase") if len(rows) == 1 else None


def rows_meant(chunk: str, record: Record) -> tuple[Row, ...]:
    """The rows that a noun phrase means, none where it names something else or may do so."""
    found = meaning(chunk, record)
    return found[0] if found is not None and found[1] in ("phrase", "open") else ()
