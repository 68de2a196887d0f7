"""Figures written out: for messages, and in the writer's own manner (digit width, commas, 万・億) for suggestions."""

import re
from decimal import ROUND_HALF_UP, Decimal

from assistant.checking.never_values import normalise
from assistant.checking.numerals import Figure
from assistant.checking.record import Row
from corpus.fiscal import HALF_WIDTH_DIGITS

_WIDE = str.maketrans(",.", "，．")
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
    if normalise(unit).startswith("割"):
        if amount % 10:
            return _dressed(plain_number(amount), text) + "％"
        body = plain_number(amount / 10)
    elif re.search("[兆億万千百]", digits):
        yen = 1000 if figure.unit == "千円" else 1
        body = _mixed(amount * yen, digits, figure.step * yen)
    else:
        scale = _MONEY_SCALES.get(unit.strip(), 1000) if figure.unit == "千円" else 1
        number = amount * 1000 / scale if figure.unit == "千円" else amount
        places = Decimal(1).scaleb(-figure.decimals)
        commas = "," in digits or abs(figure.value) < 1000
        body = f"{number.quantize(places, ROUND_HALF_UP):{',' if commas else ''}f}"
    return sign + _dressed(body, text) + unit


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
