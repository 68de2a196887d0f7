"""A numeral as written → its value and the value of its last place, and back into 漢数字 (claims.md, numerals)."""

import re
from decimal import Decimal

GAP = "\ue000"
"""Stands for a blank or line break inside a number; private use."""

KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_VALUES = {sign: value for value, sign in enumerate(KANJI_DIGITS)}
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}
_TOKEN = re.compile(rf"[\d,.{GAP}]+|[兆億万千百十]|[{KANJI_DIGITS}]+(?:・[{KANJI_DIGITS}]+)?")


def read_numeral(written: str) -> tuple[Decimal, Decimal]:
    """Value and place value of the last digit (「3億6,804万5千」「12.10」「四千三百二十一」「一二三」「六三・六」)."""
    total = section = Decimal(0)
    number: Decimal | None = None
    step = Decimal(1)
    for token in _TOKEN.findall(written):
        if token in _SCALES:
            factor = Decimal(10) ** _SCALES[token]
            place = step if number is not None else Decimal(1)
            if factor < 10000:
                section += (Decimal(1) if number is None else number) * factor
                step = factor * place
            else:
                section += number if number is not None else Decimal(0)
                total += (Decimal(1) if number is None and not section else section) * factor
                step, section = (step if number is None and section else place) * factor, Decimal(0)
            number = None
        else:
            if token[0] in _KANJI_VALUES:
                token = "".join(str(_KANJI_VALUES[sign]) if sign in _KANJI_VALUES else "." for sign in token)
            number = Decimal(token.replace(",", "").replace(GAP, ""))
            exponent = number.as_tuple().exponent
            step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    return total + section + (number or Decimal(0)), step


def last_place(value: Decimal, step: Decimal) -> Decimal:
    """The value of the last place of ``value`` that is not zero, at least ``step``."""
    if value == 0:
        return step
    exponent = value.normalize().as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else step
    return max(step, place)


def in_kanji(value: Decimal, *, positional: bool = False) -> str:
    """A number of at least 0 in 漢数字: 4321 -> 四千三百二十一; ``positional``: 四三二一; 63.6 -> 六三・六."""
    whole, _, decimals = f"{value:f}".partition(".")
    if decimals or positional:
        digits = "".join(KANJI_DIGITS[int(sign)] for sign in whole)
        return digits + ("・" + "".join(KANJI_DIGITS[int(sign)] for sign in decimals) if decimals else "")
    number, parts = int(whole), []
    for scale, factor in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, factor)
        if section:
            parts.append(_section(section) + scale)
    return "".join(parts) or "〇"


def _section(number: int) -> str:
    """A number under 10,000 in 漢数字."""
    written = ""
    for scale, factor in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, factor)
        if digit:
            written += ("" if digit == 1 and scale else KANJI_DIGITS[digit]) + scale
    return written
