"""A word of change that figures share: 「62所、率にして2.2％減少」, 「それぞれ75点、3人上回った」 (3, 5, 28)."""

import re

from assistant.checking import words
from assistant.checking.bases import base_at
from assistant.checking.change_bases import clause_start, period_of
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Figure
from assistant.checking.sentences import Sentence
from assistant.checking.subjects import MENTION
from assistant.checking.words import Word

BEFORE_CHANGE = re.compile(
    r"(?:程度|前後|ほど|余り|強|弱|以上|超|近く)?(?:それぞれ|いずれも|ともに)?"
    r"(?:の|も|ほど|だけ|分|と(?=それぞれ))?[ ]?"
    r"(?:それぞれ|いずれも|ともに|大幅に|大きく|大幅な|の)?"
)
"""Between a figure and its word."""
_RATE_BESIDE = re.compile(
    r"[ ]?(?:、|・)[ ]?(?:(?:率|割合|金額|額|実?数|人数|件数|量|ポイント|実績)(?:にして|では?)、?)?[ ]?"
    r"(?:約|およそ|ほぼ)?[ ]?$"
)
_RATE_IN_BRACKETS = re.compile(r"[ ]?\([ ]?(?:率にして|率で|金額にして|額にして)?(?:約|およそ|ほぼ)?[ ]?$")
_AND = re.compile(r"[ ]?(?:、|・|,|と|及び|および|、?並びに)[ ]?(?:約|およそ|ほぼ)?[ ]?")
_NEXT_PART = re.compile(
    rf"[ ]?(?:、|・)(?:一方(?:で)?、?)?[^、。]{{0,40}}(?:から|より|比|比べ(?:て|ると)?|は|が|も|{MENTION}|{BLANK})"
    r"[ ]?(?:約|およそ|ほぼ)?[ ]?"
)
_OWN_BASE = re.compile(r"(?:から|より|比|比べ(?:て|ると)?|比較して|[比べ]、)[ ]?(?:約|およそ|ほぼ)?[ ]?$")
_SENSES = frozenset({"up", "down", "better", "worse", "above", "below"})
_LONGEST = 4
"""Figures of one list."""


def shared_word(sentence: Sentence, figure: Figure) -> Word | None:
    """The word that stands only behind a later figure of the same list, or behind the brackets of a pair."""
    return _of_pair(sentence, figure) or _of_list(sentence, figure)


def _of_pair(sentence: Sentence, figure: Figure) -> Word | None:
    """A difference and its rate: 「62事業所、率にして2.2％減少」, 「398万円（9.9％）増加」, 「9.9％（398万円）増加」.

    Beside 、 the sentence must say what it compares with.
    """
    plain = sentence.plain
    later = next((other for other in sentence.figures if other.start >= figure.end), None)
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if later is not None and (later.unit == "％") != (figure.unit == "％"):
        between = plain[figure.end : later.start]
        if _RATE_IN_BRACKETS.fullmatch(between) or (_RATE_BESIDE.fullmatch(between) and _compares(sentence, figure)):
            return _word_behind(plain, later.end, brackets="(" in between)
    if before is None or (before.unit == "％") == (figure.unit == "％"):
        return None
    in_brackets = _RATE_IN_BRACKETS.fullmatch(plain[before.end : figure.start]) is not None
    return _word_behind(plain, figure.end, brackets=True) if in_brackets else None


def _of_list(sentence: Sentence, figure: Figure) -> Word | None:
    """「それぞれ75点、3人上回った」, 「前年度から5人、令和2年度から20人増加」, 「前年度に比べAは5件、Bは3件増加」."""
    plain = sentence.plain
    if len(sentence.figures) < 2 or words.CHANGE.search(plain, figure.end) is None:
        return None
    each = "それぞれ" in plain
    start = clause_start(plain, figure.start)
    own = _OWN_BASE.search(sentence.bare[: figure.start].rstrip(BLANK)) is not None
    own = own or period_of(plain, start, figure.start) is not None
    last = figure
    for other in [other for other in sentence.figures if other.start >= figure.end][: _LONGEST - 1]:
        between = sentence.bare[last.end : other.start]
        plainly = _AND.fullmatch(plain, last.end, other.start) is not None
        if not plainly and (_NEXT_PART.fullmatch(between) is None or not (own or _compares(sentence, figure))):
            return None
        joined_by_to = "と" in plain[last.end : other.start]
        if plainly and not (each or own or (not joined_by_to and _compares(sentence, figure))):
            return None
        word = _word_behind(plain, other.end, brackets=False)
        if word is not None:
            return word
        last = other
    return None


def _compares(sentence: Sentence, figure: Figure) -> bool:
    start = clause_start(sentence.plain, figure.start)
    return base_at(sentence, figure.start) is not None or period_of(sentence.plain, start, figure.start) is not None


def _word_behind(plain: str, place: int, *, brackets: bool) -> Word | None:
    closed = re.match(r"(?:程度|余り|強|弱)?[ ]?\)", plain[place:]) if brackets else None
    if brackets and closed is None:
        return None
    start = place + (closed.end() if closed else 0)
    gap = BEFORE_CHANGE.match(plain, start)
    match = words.CHANGE.match(plain, gap.end() if gap else start)
    if match is None or match.lastgroup not in _SENSES or not words.is_change_noun(plain, match):
        return None
    return words.word_at(plain, match, len(plain))
