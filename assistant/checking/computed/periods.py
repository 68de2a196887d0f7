"""Spans of years that a text names: 「令和3年度から令和5年度まで」, 「計画期間の4年間」, 「前年度と合わせた2か年」."""

import re

from assistant.checking.record import Record

_ERA = {"令和": 2018, "平成": 1988, "R": 2018, "H": 1988}
_YEAR = r"(?P<{0}era>令和|平成|[RH])?(?P<{0}>\d{{1,4}}|元)(?:年度?)?"
_JOIN = r"(?:の実績)?[ ]?(?:から|[~～〜―ー−－\-])[ ]?"
_FROM_TO = re.compile(_YEAR.format("first") + _JOIN + _YEAR.format("last").replace("(?:年度?)?", "(?:年度|年)?"))
_COUNT = r"(?P<count>\d{1,2}|[二三四五六七八九十])[ ]?(?:か年|ヵ年|カ年|ヶ年|箇年|年間|年度分|年分)"
_SINCE = re.compile(_YEAR.format("first") + rf"(?:以降|以来|から|からの|を初年度とする)の?、?(?:{_COUNT})?")
_PAIR = re.compile(
    _YEAR.format("first") + r"(?:と|及び|および|・|、)[ ]?" + _YEAR.format("last") + r"の?[2二両]?(?:か年|年)?"
)
_BOTH = re.compile(
    r"(?:前年度?|昨年度?)(?:分|の実績|実績)?(?:と|に)(?:今年度(?:分)?(?:と|を)?|当年度(?:分)?(?:と"
    r"|を)?|本年度(?:分)?(?:と|を)?)?"
    r"(?:合わせ|併せ|あわせ|足し|加え|合算し)|(?:前年度?|昨年度?)(?:分)?と(?:今年度|当年度|本年度|当該年度)"
)
_PLAN = re.compile(
    rf"計画(?:の)?(?:期間|開始|初年度|策定)(?:中|内)?(?:に入って|が始まって|がスタートして)?(?:の|から|以降)*(?:これまで|現在まで)?の?、?(?:{_COUNT})?"
)
_LAST = re.compile(_COUNT)
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")}


def periods_in(text: str, record: Record, current: int) -> list[tuple[int, ...]]:
    """The spans of years that ``text`` (half width) can mean, likeliest first; none where it names none.

    ``current``: the year that a span without its own ends is counted back from.
    """
    match = _FROM_TO.search(text)
    if match:
        last = _year(match["lastera"], match["last"], None)
        first = _year(match["firstera"], match["first"], match["lastera"])
        if first is not None and last is not None and first < last <= first + 15:
            return [tuple(range(first, last + 1))]
    match = _BOTH.search(text)
    if match:
        return [(current - 1, current)]
    match = _PLAN.search(text)
    if match and record.plan_start is not None and (match["count"] or re.search("期間|以降|から", match.group())):
        spans = [_span(record.plan_start, _count(match["count"]), current)]
        if match["count"]:
            spans.append(_back(_count(match["count"]) or 1, current))
        return list(dict.fromkeys(spans))
    match = next((m for m in _SINCE.finditer(text) if m["firstera"] or "年" in m.group()[:7]), None)
    if match:
        first = _year(match["firstera"], match["first"], None)
        if first is not None and first <= current:
            return [_span(first, _count(match["count"]), current)]
    match = next((m for m in _PAIR.finditer(text) if m["firstera"] and "年度" in m.group()), None)
    if match:
        first = _year(match["firstera"], match["first"], None)
        last = _year(match["lastera"], match["last"], match["firstera"])
        if first is not None and last == first + 1:
            return [(first, last)]
    match = _LAST.search(text)
    if match:
        count = _count(match["count"])
        return [_back(count, current)] if count is not None and 2 <= count <= 15 else []
    return []


def _year(era: str | None, written: str, other: str | None) -> int | None:
    number = 1 if written == "元" else int(written)
    if number >= 1900:
        return number
    base = _ERA.get(era or other or "令和", 2018)
    return base + number if number <= 64 else None


def _count(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if written.isdigit() else _KANJI[written]


def _span(first: int, count: int | None, current: int) -> tuple[int, ...]:
    return tuple(range(first, current + 1 if count is None else first + count))


def _back(count: int, current: int) -> tuple[int, ...]:
    return tuple(range(current - count + 1, current + 1))
