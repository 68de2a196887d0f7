"""Words before a figure that make it rather a part of something than the value of a row (「うち12人」「新たに4校」)."""

import re

from assistant.checking.clauses import own_words
from assistant.checking.numerals import Figure
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.subjects import MENTION

_SOFT_BEFORE = re.compile(
    r"うち|内訳|平均|当たり|あたり|累計|累積|最大|最低|最高|最少|新たに|あらたに|新規に|追加で|その他|全国|都道府県平均|他市|近隣|県内|都内|無作為"
)
_WITHIN = re.compile(
    r"(?:年間の[^、。はが]{1,10}[はが]|(?:年度まで|年間|か年|年度分|年分)(?:の[^、。はがも]{0,6})?を[^、。]{2,12}|"
    r"(?:[0-9一二三四五六七八九]年間|この間|期間中)(?:に|で)?)、?[ ]?(?:約)?$"
)
"""Before a figure: it may be what came about in that time (「１年間で27基を更新」)."""

BESIDE = re.compile(rf"{MENTION}(?:数|額|値|率|は|が|も|:|、)?[ ]?(?:約)?$")
"""A mention with its figure right behind it."""


def part_words(sentence: Sentence, figure: Figure, lead: str) -> set[str]:
    """The words that make the figure a part; ``lead``: what stands between it and the figure before, blanked."""
    segment = sentence.bare[sentence.segment_start(figure.start) : figure.start]
    parts = _soft_words(sentence, figure, segment)
    if parts & {"うち", "内訳"} and _named_since(sentence, figure):
        parts -= {"うち", "内訳"}
    if _WITHIN.search(lead):
        parts.add("年間")
    return parts


def _soft_words(sentence: Sentence, figure: Figure, segment: str) -> set[str]:
    """The words before a figure, in its part or clause, that make it rather a part of something."""
    before = sentence.bare[: figure.start]
    if not _SOFT_BEFORE.search(before):
        return set()
    clause = re.split("[、。]", re.sub(r"\([^)]*\)", "", before))[-1]
    return {*_SOFT_BEFORE.findall(own_words(segment)), *_SOFT_BEFORE.findall(own_words(clause))}


def _named_since(sentence: Sentence, figure: Figure) -> bool:
    """Whether a row is named as the topic behind the last 「うち」 (「うち特別支援学級の在籍者は226人」)."""
    place = max(sentence.plain.rfind("うち", 0, figure.start), sentence.plain.rfind("内訳", 0, figure.start))
    return any(
        place <= mention.start and mention.end <= figure.start and mention.how in ("named", "label", "phrase")
        for mention in sentence.mentions
        if mention.topic or sentence.plain[mention.end : mention.end + 1] == "は"
    )


def is_said_of(parts: set[str], subject: Subject, lead: str) -> bool:
    """Whether what sounds like a part is the row's own name (（累計）, 月平均) or a cost named after うち."""
    beside = BESIDE.search(lead) is not None and all(row.kind == "cost" for row in subject.rows)
    rest = parts - {"うち", "内訳"} if beside else parts
    return bool(subject.rows) and all(part in row.plain_name for row in subject.rows for part in rest)
