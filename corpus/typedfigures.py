"""Figures as a person types or pastes them, read in one way everywhere (no I/O).

「１２，３４５」「12.1％」「▲1.2」「1,234 千円」「―」. What could be two figures, or a slip of the comma, is refused:
a wrong figure must not get in.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus import messages
from corpus.errors import Refused
from corpus.filetypes import storable
from corpus.fiscal import FULL_WIDTH_DIGITS

LONGEST_FIGURE = 100
"""Characters that a figure with its unit may have; what is longer is a text that was put into the wrong place."""
DASHES = "-－−‐‑–—―─ーｰ"
_NOT_SURVEYED = re.compile(rf"[{DASHES}]{{1,3}}|…+|(?:調査)?未実施|未調査|調査なし|調査せず|実施なし|対象外")
_NOT_YET = re.compile(r"(?:集計|調査|算定|精査|確認)中|未(?:定|集計|確定|公表)|TBD|tbd")
_CALCULATION = re.compile(r"#(?:DIV/0!|REF!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|#+)")
_EXPONENT = re.compile(r"[\d.]+[EeＥｅ][+\-＋－]?\d+")

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_SIGNS = str.maketrans({"，": ",", "、": ",", "．": ".", "。": ".", "＋": "+", "（": "(", "）": ")"})
_FIGURE = re.compile(
    rf"(?P<sign>[{DASHES}▲△+])? ?(?P<yen>[¥￥])? ?"
    r"(?P<number>\d+(?: ?[,.] ?\d+)*|\.\d+) ?"
    r"(?P<unit>[^\d\s.,()+:¥-].*)?"
)
_GROUPED = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?")


@dataclass(frozen=True)
class TypedFigure:
    """A figure with the digits given; ``unit`` as typed behind it, "" where none is."""

    value: Decimal
    unit: str


def says_not_surveyed(written: str) -> bool:
    """Whether 「―」「未実施」「未調査」 and their like stand there instead of a figure."""
    return _NOT_SURVEYED.fullmatch(_BLANKS.sub("", written)) is not None


def read_typed(written: str) -> TypedFigure:
    """The figure that a person typed, with the unit typed along; raises ``Refused``.

    Width, commas, blanks and ▲△− do not matter; commas must part thousands, blanks must not part two figures.
    """
    plain = _BLANKS.sub(" ", written).strip().translate(FULL_WIDTH_DIGITS).translate(_SIGNS)
    if len(plain) > LONGEST_FIGURE:
        raise Refused(messages.not_a_figure(written))
    _refuse_words(plain, written)
    if re.fullmatch(r"[\d,.]*\d(?: \d[\d,.]*)+", plain):
        raise Refused(messages.two_figures(written))
    match = _FIGURE.fullmatch(plain)
    if match is None:
        raise Refused(messages.not_a_figure(written))
    number = re.sub(r" ?([,.]) ?", r"\1", match["number"])
    if not _GROUPED.fullmatch(number):
        raise Refused(messages.misplaced_comma(written) if "," in number else messages.not_a_figure(written))
    value = Decimal(number.replace(",", ""))
    if match["sign"] and match["sign"] != "+":
        value = -value
    if not storable(value):
        raise Refused(messages.not_a_figure(written))
    return TypedFigure(value, (match["unit"] or "").strip() or ("円" if match["yen"] else ""))


def _refuse_words(plain: str, written: str) -> None:
    compact = plain.replace(" ", "")
    if _CALCULATION.fullmatch(compact):
        raise Refused(messages.excel_error(compact))
    if _EXPONENT.fullmatch(compact):
        raise Refused(messages.exponent_form(written))
    if _NOT_YET.fullmatch(compact):
        raise Refused(messages.not_known_yet(compact))
    if re.fullmatch(r"\([\d,. ]+\).*", plain):
        raise Refused(messages.in_brackets(written))
