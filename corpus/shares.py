"""Shares as people type and read them: 「3分の2」「66.67％」「すべて」 (no I/O)."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction

ALL = "すべて"
_ALL_WORDS = frozenset({ALL, "全て", "全部", "全数"})
_HALF_WORDS = frozenset({"半数", "半分"})
_MOST_PARTS = 12
"""Fractions up to twelfths are read and said as such; others are said in ％."""
_PLACES = Decimal("0.0001")
_KANJI = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}
_PARTS = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十])分の([0-9]{1,2}|[一二三四五六七八九十])")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)(?:%|パーセント)")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")


class NoShare(ValueError):
    """The words name no share from 0 to 1."""


def parse_share(written: str) -> Decimal:
    """「3分の2」「2/3」「66.7％」「0.5」「すべて」 → 0 to 1 with at most four places; raises ``NoShare``.

    A percentage that is a simple fraction rounded (66.7％) is that fraction, so that 2 of 3 reach it. A bare number
    up to 1 is a share, from 10 on a percentage; between them nobody can tell.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).replace("割", "0%")
    share = _share(text)
    if share is None or not 0 <= share <= 1:
        raise NoShare(written)
    return share.quantize(_PLACES).normalize() + 0


def _share(text: str) -> Decimal | None:
    if text in _ALL_WORDS:
        return Decimal(1)
    if text in _HALF_WORDS:
        return Decimal("0.5")
    if found := _PARTS.fullmatch(text):
        return _ratio(_KANJI.get(found[2], found[2]), _KANJI.get(found[1], found[1]))
    if found := _SLASH.fullmatch(text):
        return _ratio(found[1], found[2])
    if found := _PERCENT.fullmatch(text):
        return _percent(found[1])
    if _NUMBER.fullmatch(text):
        number = Decimal(text)
        if number < 1 or text in ("0", "1.0"):
            return number
        return _percent(text) if number >= 10 else None
    return None


def _ratio(part: str, of: str) -> Decimal | None:
    return None if int(of) == 0 else Decimal(int(part)) / Decimal(int(of))


def _percent(digits: str) -> Decimal | None:
    try:
        share = Decimal(digits) / 100
    except InvalidOperation:
        return None
    places = len(digits.partition(".")[2])
    if places:
        for fraction in _fractions():
            if round(fraction * 100, places) == Fraction(digits) and fraction != Fraction(share):
                return Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return share


def _fractions() -> list[Fraction]:
    return [Fraction(part, of) for of in range(2, _MOST_PARTS + 1) for part in range(1, of)]


def share_words(share: Decimal) -> str:
    """A share as a sentence says it: 「すべて」「3分の2」「60％」; ``parse_share`` reads it back."""
    if share == 1:
        return ALL
    for fraction in _fractions():
        if fraction.denominator <= 6 and round(fraction, 4) == round(Fraction(share), 4) and fraction.denominator != 5:
            return f"{fraction.denominator}分の{fraction.numerator}"
    percent = (share * 100).normalize()
    return f"{percent:f}％"
