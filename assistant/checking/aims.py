"""Values of years to come that a sentence calls targets only behind them (2, 30): 「6年度は36.0％と、目標は…」."""

import re

from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence

_AIMS = re.compile(
    r"(?:程度|以上|以下)?と(?:して|する|した|いう|、)*(?:各年度の|年度ごとの)?目標(?:値|水準)?[はがをも]"
    r"(?!達|上|下|超|届|クリア)"
)
_NEXT_AIM = re.compile(
    rf"(?:程度|以上|以下)?(?:で|から|と|、|→|そして|さらに|次いで)*{BLANK}+(?:に|は|が|には|で|、)*{BLANK}+"
)


def is_aim(sentence: Sentence, figure: Figure, record: Record, *, ahead: bool) -> bool:
    """Whether the value of a year is its target: a year to come has no actual (「目標値は、令和6年度が75.2％」).

    「5年度は40.0％、6年度は36.0％と、目標は厳しくなる」: one list with the years to come.
    """
    if ahead and "目標" in sentence.plain[: figure.start]:
        return True
    last, years = figure, sentence.years
    while (following := _NEXT_AIM.match(sentence.bare, last.end)) is not None:
        stop = following.end()
        last = next((other for other in sentence.figures if last.end < other.start < other.end == stop), last)
        if last.end != stop:
            return False
    coming = any((one.year or 0) > record.fiscal_year and one.end <= last.start for one in years)
    return coming and _AIMS.match(sentence.plain, last.end) is not None
