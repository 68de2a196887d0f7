"""Figures written out: for messages, and in the writer's own manner (digit width, commas, 万・億) for suggestions."""

import re
from decimal import ROUND_HALF_UP, Decimal

from assistant.checking.digits import KANJI_DIGITS, in_kanji
from assistant.checking.never_values import normalise
from assistant.checking.numerals import Figure
from assistant.checking.record import Row
from corpus.fiscal import HALF_WIDTH_DIGITS

_WIDE = str.maketrans(",.", "，．")
_TENTH = Decimal("0.1")
_KANJI = re.compile("[〇一二三四五六七八九十百千万億・]+")
_MONEY_SCALES = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "千万円": 10**7, "億円": 10**8}


def plain_number(value: Decimal) -> str:
    """12.10 -> 12.1, 368045 -> 368,045."""
    text = f"{value.normalize():,f}"
    return "0" if text == "-0" else text


def with_unit(value: Decimal, row: Row, unit: str | None = None) -> str:
    """A stored value as the sheet prints it, with its unit or ``unit``."""
    printed = row.printed(value) / row.factor
    number = f"{printed:,.{row.decimals}f}" if row.decimals is not None else plain_number(printed)
    return number + (row.unit_label if unit is None else unit)


def written_like(value: Decimal, figure: Figure) -> str:
    """``value`` (in the base unit of ``figure``) written as the writer wrote ``figure``, at the same place value."""
    text = figure.text
    unit = text[figure.digits_end - figure.start :]
    digits = normalise(text[: figure.digits_end - figure.start]).strip()
    sign = next((mark for mark in "△−－-" if mark in text), "▲") if value < 0 else ""
    amount = abs(value)
    if figure.part:
        return _dressed(plain_number(amount.quantize(_TENTH, ROUND_HALF_UP)), text) + "％"
    if normalise(unit).startswith("割"):
        return sign + _in_wari(amount, text, exact=re.search("[分厘]", unit) is not None)
    if _KANJI.fullmatch(digits):
        return sign + _kanji_like(amount, digits, figure) + unit
    if re.search("[兆億万千百]", digits):
        yen = 1000 if figure.unit == "千円" else 1
        body = _mixed(amount * yen, digits, figure.step * yen)
    else:
        scale = _MONEY_SCALES.get(unit.strip(), 1000) if figure.unit == "千円" else 1
        number = amount * 1000 / scale if figure.unit == "千円" else amount
        places = Decimal(1).scaleb(-figure.decimals)
        commas = "," in digits or abs(figure.value) < 1000
        body = f"{number.quantize(places, ROUND_HALF_UP):{',' if commas else ''}f}"
    return sign + _dressed(body, text) + unit


def _in_wari(amount: Decimal, like: str, *, exact: bool) -> str:
    """A percentage in 割 (``exact``: 分 and 厘 too, 44.5 -> 4割4分5厘) in the digits of ``like``; else in ％."""
    parts = f"{amount.quantize(_TENTH, ROUND_HALF_UP) / 10:.2f}".replace(".", "")
    if not 10 <= amount < 100 or (amount % 10 and not exact):
        return _dressed(plain_number(amount), like) + "％"
    kanji = re.match(f"[{KANJI_DIGITS}]", like) is not None
    named = [(digit, name) for digit, name in zip(parts, "割分厘", strict=True) if digit != "0"]
    return "".join((in_kanji(Decimal(digit)) if kanji else _dressed(digit, like)) + name for digit, name in named)


def _kanji_like(amount: Decimal, digits: str, figure: Figure) -> str:
    """A value in 漢数字, positional (一二三) or with 十 and 百 as the writer's."""
    yen = 1000 if figure.unit == "千円" else 1
    number = (amount * yen).quantize(min(Decimal(1), figure.step * yen), ROUND_HALF_UP)
    if figure.step * yen > 1:
        number = (number / (figure.step * yen)).to_integral_value(ROUND_HALF_UP) * figure.step * yen
    positional = len(digits) > 1 and not re.search("[十百千万億]", digits)
    places = figure.decimals
    return in_kanji(number.quantize(Decimal(1).scaleb(-places)), positional=positional)


def _mixed(amount: Decimal, digits: str, step: Decimal) -> str:
    """An amount, rounded to ``step``, in 億 and 万 (and 千, where the writer ended on it)."""
    if "." in digits:
        scale = next(sign for sign in "億万千" if sign in digits) if re.search("[億万千]", digits) else ""
        factor = {"億": 10**8, "万": 10**4, "千": 1000, "": 1}[scale]
        places = len(digits.split(".")[1].rstrip("兆億万千百"))
        return f"{(amount / factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}" + scale
    whole = int((amount / step).to_integral_value(ROUND_HALF_UP) * step)
    parts = []
    for sign, factor in (("億", 10**8), ("万", 10**4)):
        part, whole = divmod(whole, factor)
        if part:
            parts.append(f"{part:,}{sign}" if "," in digits else f"{part}{sign}")
    if whole and digits.endswith("千") and whole % 1000 == 0:
        parts.append(f"{whole // 1000}千")
    elif whole:
        parts.append(f"{whole:,}" if "," in digits else str(whole))
    return "".join(parts) or "0"


def _dressed(body: str, like: str) -> str:
    """``body`` in full width where ``like`` is; the comma and point as ``like`` has them."""
    if not re.search("[０-９]", like):
        return body
    wide = body.translate(HALF_WIDTH_DIGITS).translate(_WIDE)
    if "," in like:
        wide = wide.replace("，", ",")
    return wide.replace("．", ".") if "." in like else wide
