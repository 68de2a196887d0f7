"""The value types of the sheet file: figures, texts, years, each refused with a code where it cannot be stored."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

FIRST_YEAR, LAST_YEAR = 1950, 2100
_MOST_DIGITS = 15
"""Digits before the point; read from the exponent, because arithmetic on 1e999999999 overflows."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("not_a_number")
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not storable(number):
        raise ValueError("number_out_of_range")
    return number


def storable(number: Decimal) -> bool:
    """Whether a sheet can hold the figure: finite, at most 15 digits before the point and 9 behind it."""
    return number.is_finite() and number.adjusted() < _MOST_DIGITS and _places(number) <= 9


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _year_key(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        year = value
    elif isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit():
        year = int(value)
    else:
        raise ValueError("not_a_year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("not_a_year")
    return year


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("not_a_text")
    if any((ord(sign) < 32 and sign not in "\n\r\t") or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise ValueError("unusable_characters")
    return value


_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85]")
_WITHOUT_SHAPE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff]")


def usable_text(written: str) -> str:
    """``written`` as a sheet file may hold it: line ends of any kind as ``\\n``, no control characters.

    A paste from a word processor brings such signs; stored, they would make the sheet unreadable.
    """
    return _WITHOUT_SHAPE.sub("", _LINE_ENDS.sub("\n", written))


Number = Annotated[Decimal, BeforeValidator(_number)]
Text = Annotated[str, BeforeValidator(_text)]
YearKey = Annotated[int, BeforeValidator(_year_key)]
DirectionNumber = Annotated[int, Field(strict=True, ge=1, le=20)]
"""The number of a 展開方向."""
FiscalYear = Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR)]


class Part(BaseModel):
    """A part of the sheet file: a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", validate_assignment=False)
