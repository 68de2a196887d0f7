"""The indicators that are spoken of together (16, 32): 「9つの成果指標のうち」「実績のある2指標」."""

import re

from assistant.checking.record import Record, Row
from assistant.checking.sentences import Sentence

NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十]"
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")}
_SIZED = re.compile(
    rf"(?:(?P<population>対象)|成果)?指標(?:数)?(?:全体)?(?:の|は|が)?"
    rf"(?:全|計|全部で)?[ ]?(?P<after>{NUMBER})[ ]?(?:つ|"
    rf"個|件|項目|指標|本)"
    rf"|(?:全|計|全部で)?[ ]?(?P<before>{NUMBER})[ ]?(?:つ(?:ある)?|個|件|項目|本)?(?:の|ある)?[ ]?(?P<kind>(?:対象|"
    rf"成果)?)指標"
)
_DIRECTION = re.compile(r"展開方向[ ]?(?P<number>[0-9]{1,2})")
_SURVEYED = re.compile(
    r"(?:実績|データ|数値|調査結果)の?(?:値)?(?:が|の)?(?:ある|有る|把握でき|得られ|判明し|出(?:て|た)|確定し)|"
    r"調査を(?:実施|行っ)した|(?:測定|把握|判定|評価|比較)(?:でき|可能|が可能)"
)
_COMPARED = re.compile(
    r"(?:前年(?:度)?|前回|昨年(?:度)?)(?:実績)?(?:値)?(?:と|との)[^、。]{0,4}比較(?:でき|可能|が可能)"
)


def value_of(text: str) -> int:
    """3, 三 -> 3."""
    return int(text) if text.isdigit() else _KANJI[text]


def outcomes(record: Record, direction: int | None) -> tuple[Row, ...]:
    """The 成果指標, those of one 展開方向 where a heading names it."""
    rows = tuple(row for row in record.rows if row.kind == "outcome")
    return tuple(row for row in rows if row.direction == direction) if direction is not None else rows


def sizes_before(sentence: Sentence, place: int, behind: int = 0) -> list[re.Match[str]]:
    """Numbers of indicators said in ``[behind:place]``."""
    return list(_SIZED.finditer(sentence.plain, behind, place))


_CHOSEN_FROM = re.compile(
    r"の?(?:うち|中(?!間)|なか|内)|で(?:見|み)(?:る|て)|について|を(?:見|み|対象)|(?:であり|"
    r"で|があり|ある[がうち]*)、?(?:その)?うち|、うち|は、?(?:その)?うち"
)


def universe_before(sentence: Sentence, place: int) -> re.Match[str] | None:
    """The number of indicators that is said to be counted over (「9指標のうち」「成果指標は9指標で、うち」)."""
    sizes = sizes_before(sentence, place)
    said = [match for match in sizes if _CHOSEN_FROM.match(sentence.plain, match.end())]
    return said[-1] if said else None


def size_of(match: re.Match[str]) -> int:
    """The number that a match of ``sizes_before`` names."""
    return value_of(match["after"] or match["before"])


def direction_before(sentence: Sentence, place: int) -> int | None:
    """The 展開方向 that the sentence names before ``place``."""
    found = list(_DIRECTION.finditer(sentence.plain, 0, place))
    return int(found[-1]["number"]) if found else None


def candidates(sentence: Sentence, record: Record, place: int) -> list[tuple[Row, ...]]:
    """The groups that can be meant, likeliest first: of the 展開方向 named or headed, all; those surveyed."""
    named = direction_before(sentence, place)
    whole = [outcomes(record, named)] if named is not None else []
    if named is None and sentence.direction is not None:
        whole.append(outcomes(record, sentence.direction))
    if named is None:
        whole.append(outcomes(record, None))
    surveyed = [_with_actual(rows, record.fiscal_year) for rows in whole]
    compared = [_with_actual(_with_actual(rows, record.fiscal_year), record.fiscal_year - 1) for rows in whole]
    before = [tuple(row for row in rows if row.surveyed_before(record.fiscal_year) is not None) for rows in surveyed]
    head = sentence.plain[:place]
    if _COMPARED.search(head):
        order = [*compared, *before, *surveyed, *whole]
    elif _SURVEYED.search(head):
        order = [*surveyed, *whole, *before, *compared]
    else:
        order = [*whole, *surveyed, *before, *compared]
    return [rows for number, rows in enumerate(order) if rows and rows not in order[:number]]


def _with_actual(rows: tuple[Row, ...], year: int) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.value(year, "actual") is not None)


def group_of_size(sentence: Sentence, record: Record, place: int, size: int) -> tuple[Row, ...] | None:
    """The likeliest group of ``size`` rows, or None."""
    return next((rows for rows in candidates(sentence, record, place) if len(rows) == size), None)


def group_before(sentence: Sentence, record: Record, place: int) -> tuple[Row, ...] | None:
    """The group named before ``place`` as one to choose from (「3指標の中で」「成果指標のうち」), or None."""
    among = re.search(r"指標(?:[ ]?[0-9]+(?:つ|個|件|項目))?(?:の(?:中|うち|なか)|中|間)", sentence.plain[:place])
    if among is None:
        return None
    sizes = sizes_before(sentence, place)
    if sizes:
        return group_of_size(sentence, record, place, size_of(sizes[-1]))
    return candidates(sentence, record, place)[0]
