"""Fiscal years (年度, April to March) and 和暦: reading them in text and writing them.

A fiscal year is an ``int``: the western year in which it begins (2023 = 令和5年度). Everything here is pure.
"""

import re
from dataclasses import dataclass

ERAS: tuple[tuple[str, str, int], ...] = (("令和", "R", 2019), ("平成", "H", 1989), ("昭和", "S", 1926))
"""Era name, its letter, and its year 1 as a western year (政令 on 元号; 令和元年度 = 2019)."""

FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
HALF_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_FULL_WIDTH_LETTERS = str.maketrans("ＲＨＳ", "RHS")
_KANJI_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_NUMBER = r"(?:[0-9０-９]{1,2}|元|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MENTION = re.compile(
    r"(?=[令平昭RHSＲＨＳ0-9０-９元一二三四五六七八九十])(?:"
    rf"(?P<era>令和|平成|昭和|(?<![A-Za-zＡ-Ｚａ-ｚ])[RHSＲＨＳ])(?P<era_number>{_NUMBER})(?![0-9０-９])(?P<era_suffix>年度|年)?"
    r"|(?<![0-9０-９.．,，])(?P<western>(?:19|20|１９|２０)[0-9０-９]{2})(?P<western_suffix>年度|年)"
    rf"|(?<![0-9０-９.．,，第])(?P<bare>{_NUMBER})(?P<bare_suffix>年度))"
)

_CALENDAR_BEHIND = re.compile(r"[)）]年(?!度)")
"""「2024(令和6)年3月」 is a calendar date, 「2024(令和6)年度」 is not."""


@dataclass(frozen=True)
class YearMention:
    """A year as a text names it: ``text[start:end]`` is ``written``; ``year`` is western.

    ``fiscal`` is False for a calendar year (「令和5年」 without 度), which is no fiscal year.
    """

    start: int
    end: int
    written: str
    year: int
    fiscal: bool


def era_of(year: int) -> tuple[str, str, int]:
    """Era name, letter and year-1 of a fiscal year; before 昭和 raises ``ValueError``."""
    for name, letter, first in ERAS:
        if year >= first:
            return name, letter, first
    raise ValueError(f"no era for {year}")


def wareki(year: int) -> str:
    """2023 -> 令和5年度; 2019 -> 令和元年度."""
    name, _, first = era_of(year)
    number = year - first + 1
    return f"{name}{'元' if number == 1 else number}年度"


def wareki_short(year: int) -> str:
    """2023 -> R5, as column heads print it."""
    _, letter, first = era_of(year)
    return f"{letter}{year - first + 1}"


def _era_number(written: str) -> int:
    half = written.translate(FULL_WIDTH_DIGITS)
    if half.isdigit():
        return int(half)
    if half == "元":
        return 1
    if "十" in half:
        tens, _, ones = half.partition("十")
        return _KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0)
    return _KANJI_DIGITS[half]


def _mention(match: re.Match[str], around: int) -> YearMention:
    if match["western"]:
        year, suffix = int(match["western"].translate(FULL_WIDTH_DIGITS)), match["western_suffix"]
    elif match["era"]:
        mark = match["era"].translate(_FULL_WIDTH_LETTERS)
        first = next(start for name, letter, start in ERAS if mark in (name, letter))
        year, suffix = first + _era_number(match["era_number"]) - 1, match["era_suffix"]
    else:
        year, suffix = era_of(around)[2] + _era_number(match["bare"]) - 1, match["bare_suffix"]
    if not suffix and _CALENDAR_BEHIND.match(match.string, match.end()):
        suffix = "年"
    return YearMention(match.start(), match.end(), match.group(), year, suffix != "年")


def find_years(text: str, around: int) -> list[YearMention]:
    """Every year that ``text`` names, in order; a bare 「5年度」 is of the era of fiscal year ``around``.

    An era year without 年 or 年度 (「R5」, the first of 「令和3～5年度」) counts as a fiscal year.
    """
    return [_mention(match, around) for match in _MENTION.finditer(text)]


def parse_year(text: str, around: int = 2023) -> int | None:
    """The fiscal year that ``text`` as a whole names (「令和5年度」「R5」「2023」「5年度」), else None."""
    text = text.strip().translate(FULL_WIDTH_DIGITS)
    if re.fullmatch(r"(?:19|20)\d\d|2100", text):
        return int(text)
    match = _MENTION.fullmatch(text)
    return _mention(match, around).year if match else None


def rewrite_year(mention: YearMention, year: int) -> str:
    """``year`` written in the manner of ``mention`` (era word or letter, digit width, kanji, 年度 or 年).

    A bare or era year that leaves its era takes the new era's mark, so that no 「平成36年度」 appears.
    """
    written = mention.written
    suffix = "年度" if written.endswith("年度") else "年" if written.endswith("年") else ""
    body = written.removesuffix(suffix)
    full_width = bool(re.search("[０-９]", body))
    if re.fullmatch(r"[0-9０-９]{4}", body):
        digits = str(year)
        return (digits.translate(HALF_WIDTH_DIGITS) if full_width else digits) + suffix
    name, letter, first = era_of(year)
    old = era_of(mention.year)
    number = year - first + 1
    digits = "元" if number == 1 and not body.startswith(("R", "H", "S", "Ｒ", "Ｈ", "Ｓ")) else str(number)
    if full_width:
        digits = digits.translate(HALF_WIDTH_DIGITS)
    elif not re.search(r"[0-9０-９元]", body):
        digits = _kanji_number(number)
    if body.startswith(("令和", "平成", "昭和")):
        return name + digits + suffix
    if body[0].translate(_FULL_WIDTH_LETTERS) in ("R", "H", "S"):
        wide = body[0] in "ＲＨＳ"
        return (chr(ord(letter) + 0xFEE0) if wide else letter) + digits + suffix
    return ("" if old[0] == name else name) + digits + suffix


def _kanji_number(number: int) -> str:
    kanji = {value: sign for sign, value in _KANJI_DIGITS.items()}
    if number < 10:
        return kanji[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else kanji[tens]) + "十" + kanji.get(ones, "")
