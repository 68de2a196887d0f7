"""Every place of a text that holds a figure: stored or not, year, date, ordinal or any other digit of any width. Pure.

``number_spans`` finds them, ``hidden`` shows a passage without them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.checking.never_values import BLANK, mask
from assistant.checking.numerals import find_figures
from assistant.writing.known_words import KANJI_IDIOMS
from assistant.writing.personal import personal_spans
from assistant.writing.values import HIDDEN
from corpus.fiscal import YearMention, find_years
from corpus.tokens import parts_of_speech

NumberKind = Literal["figure", "year", "other"]

_KANJI_ZERO = "〇"
"""A digit to Unicode, but in sheets the mark of an item or of a place to fill in."""
_ANY_YEAR = 2023
_JOINED = re.compile("[・～〜~－−‐-]?")
_CODE = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]*0(?:[.,:/．，：／]?0)*(?:[A-Za-zＡ-Ｚａ-ｚ]+|[%％])?")
_NUMERALS = "〇零壱弐参拾一二三四五六七八九十百千万億兆"
_COUNTERS = (
    "年度|年間|年連続|年生|年目|年|日間|日|か月|カ月|ヶ月|週間|歳児|歳|代|位|桁|つ目|つ|人|名|円|時|割|倍|件|回|校|園|か所|カ所|箇所|"
    "地区|世帯|次|期|号|条|項|世代|学期|点|本|台|戸|棟|階|段階|種類|市|町|村|社|組|班|ポイント"
)
_KANJI_RUN = re.compile(
    rf"数[十百千万億]+|[{_NUMERALS}]{{2,}}|(?:要介護|要支援|第|小学|中学|午前|午後|週|月)?[{_NUMERALS}](?:、[{_NUMERALS}])*(?:{_COUNTERS})"
    rf"|(?:要介護|要支援|第|週|県内)[{_NUMERALS}]"
)
"""漢数字 that stand for a number: several together, or one with a counter or an ordinal's prefix."""
_IDIOM = re.compile(KANJI_IDIOMS)
_KANJI_LABEL = re.compile(r"第.+|.*月.*|.*日")


@dataclass(frozen=True)
class NumberSpan:
    """``text[start:end]`` holds figures: a ``figure`` with its unit from ``unit_at`` on, a ``year`` (with month and
    day, or several joined), or ``other`` words with a digit (「第3次」「24時間」). ``years``: the years it names.
    """

    start: int
    end: int
    kind: NumberKind
    unit_at: int
    years: tuple[YearMention, ...] = ()


@lru_cache(maxsize=4096)
def _is_digit(sign: str) -> bool:
    if sign == _KANJI_ZERO:
        return False
    # 「㋄」 (5月) begins with a digit; 「㎡」 (m2) only ends in one, and is a unit
    return (
        unicodedata.category(sign)[0] == "N" or unicodedata.category(unicodedata.normalize("NFKC", sign)[0])[0] == "N"
    )


def has_digit(text: str) -> bool:
    """Whether ``text`` holds a digit of any width: 5, ５, ⑤, Ⅴ, ², ½, ㋄ (漢数字 and 〇 are none)."""
    return any(map(_is_digit, text))


def number_spans(text: str, around: int, units: Collection[str] = ()) -> list[NumberSpan]:
    """Every place of ``text`` that holds a figure, in order, disjoint; what touches or is joined by a dash is one.

    ``around``: the fiscal year of the sheet, for a bare 「5年度」. ``units``: those of the sheet's indicators.
    """
    found: list[NumberSpan] = []

    def add(start: int, end: int, kind: NumberKind, unit_at: int, years: tuple[YearMention, ...] = ()) -> None:
        if start < end and not any(start < one.end and one.start < end for one in found):
            found.append(NumberSpan(start, end, kind, unit_at, years))

    for mention in find_years(text, around):
        add(mention.start, mention.end, "year", mention.end, (mention,))
    for figure in find_figures(text, units):
        add(figure.start, figure.end, "figure", figure.digits_end)
    plain = "".join("0" if _is_digit(sign) else sign for sign in text)
    for match in re.finditer(f"{BLANK}+", mask(text, units)):
        words = plain[match.start() : match.end()]
        if BLANK not in text and ("0" in words or _KANJI_LABEL.fullmatch(words)):
            for start, end in _free(found, match.start(), match.end()):
                if "0" in plain[start:end] or _KANJI_LABEL.fullmatch(plain[start:end]):
                    add(start, end, "other", end)
    for match in _CODE.finditer(plain):
        for start, end in _free(found, *match.span()):
            if "0" in plain[start:end]:
                add(start, end, "other", end)
    for start, end in _kanji_runs(text):
        for first, last in _free(found, start, end):
            if re.search(f"[{_NUMERALS}]", text[first:last]):
                add(first, last, "other", last)
    return _joined(text, sorted(found, key=lambda one: one.start))


def _kanji_runs(text: str) -> list[tuple[int, int]]:
    """Where 漢数字 stand for a number; not in words like 一層, nor in names of places (四日市)."""
    runs = [match.span() for match in _KANJI_RUN.finditer(text)]
    if not runs:
        return []
    spared = [match.span() for match in _IDIOM.finditer(text)]
    spared += [(start, end) for start, end, kind in parts_of_speech(text) if "固有名詞" in kind]
    return [run for run in runs if not any(run[0] < end and start < run[1] for start, end in spared)]


def _free(found: Iterable[NumberSpan], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of ``start``–``end`` that no span holds yet."""
    parts, at = [], start
    for one in sorted(found, key=lambda one: one.start):
        if one.end <= at or one.start >= end:
            continue
        if at < one.start:
            parts.append((at, one.start))
        at = one.end
    return [*parts, (at, end)] if at < end else parts


def _joined(text: str, spans: Iterable[NumberSpan]) -> list[NumberSpan]:
    """Years with their month, years and ordinals that are listed: 「令和6年」「9月」, 「第2」・「第4」."""
    joined: list[NumberSpan] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and "figure" not in (before.kind, span.kind) and _JOINED.fullmatch(text, before.end, span.start):
            kind: NumberKind = "year" if before.years or span.years else "other"
            joined[-1] = NumberSpan(before.start, span.end, kind, span.end, before.years + span.years)
        else:
            joined.append(span)
    return joined


def hidden(text: str, names: Iterable[str] = ()) -> str:
    """A passage that only shows how things are put: every figure, year and person's datum is ``HIDDEN``, units stay.

    ``names``: persons that are known by name.
    """
    edits = [(start, end, HIDDEN) for start, end, _ in personal_spans(text, names)]
    for span in number_spans(text, _ANY_YEAR):
        for start, end in _outside(edits, span.start, span.end):
            edits.append((start, end, _shown(text, span) if (start, end) == (span.start, span.end) else HIDDEN))
    shown, at = "", 0
    for start, end, instead in sorted(edits):
        shown, at = shown + text[at:start] + instead, end
    return shown + text[at:]


def _outside(edits: Iterable[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int]]:
    return _free([NumberSpan(first, last, "other", last) for first, last, _ in edits], start, end)


def _shown(text: str, span: NumberSpan) -> str:
    """A span with ``HIDDEN`` for its figures: 「＿件」「＿年度」「第＿次」."""
    words = text[span.start : span.end]
    if span.kind == "figure":
        return HIDDEN + "".join("" if _is_digit(sign) else sign for sign in text[span.unit_at : span.end])
    if span.years:
        return HIDDEN + ("年度" if words.endswith("年度") else "年" if words.endswith("年") else "")
    return _digitless(words)


def _digitless(words: str) -> str:
    """``words`` with one ``HIDDEN`` for each run of digits of any width, or of 漢数字."""
    plain = "".join("0" if _is_digit(sign) else sign for sign in words)
    return re.sub(f"0(?:[.,:/．，：／-]?0)*|[{_NUMERALS}]+", HIDDEN, plain)
