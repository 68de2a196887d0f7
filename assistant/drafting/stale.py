"""Words of last year's text that are as old as its figures: vague shares, streaks and records, targets of later years.

Pure. Places are offsets into the sentence.
"""

import re
from dataclasses import dataclass

from assistant.checking.never_values import normalise
from assistant.checking.numerals import Figure as WrittenFigure
from assistant.checking.numerals import base_unit
from assistant.facts import Cell
from corpus.fiscal import find_years
from corpus.sheetfile import SheetFile

_NUMERAL = "[0-9０-９一二三四五六七八九十]+"
_SHARE = re.compile(
    r"(?:約|およそ|おおよそ|ほぼ|概ね|おおむね)?"
    rf"(?:過半数|過半|半数|半分|{_NUMERAL}(?P<counted>人|世帯|件|校|社|団体|か所)に(?:[1１一])(?P=counted))"
    r"(?:近く|ほど|程度|以上|以下|余り|超|強|弱)?"
)
_THINGS = re.compile("[0-9０-９]+(?=つ(?!ずつ|目))")
_STREAK = re.compile(
    rf"(?<![令平昭第成和正0-9０-９])(?P<count>{_NUMERAL})(?:[かヶケカ箇]年|年度?|期)間?(?:連続|続け|続き|ぶり)"
)
_RECORD = re.compile(
    r"(?:過去|これまで|期間[中内]?|以来|以降)[^、。「」]{0,6}最[高多大低少小短長も]"
    r"|最[高多大低少小](?:値|水準|を(?:更新|記録)|となっ|とな[りる]|であ)|過去に例の?な|(?:記録|最[高多低少])を更新"
    r"|最も(?:多|少な|高|低|大き|小さ|長|短)(?:い|く|かった)(?:です)?(?=[、。（]|$)|方から[0-9０-９一二三四五六七八九十]+番目"
    r"|初めて(?=[^、。]*(?:[たし]|となり|であり)(?:[、。（]|$))"
)
_WISHED = re.compile(r"[^、。]{0,12}(?:目指|めざ|目標と)")
_AIM = re.compile(r"目標|目指|めざ|達成")


@dataclass(frozen=True)
class Stale:
    """``sentence[start:end]`` is a ``share`` that nobody stored, or else a count of things or of a streak."""

    start: int
    end: int
    share: bool


def stale_counts(sentence: str, *, years_move: bool) -> list[Stale]:
    """「半数近く」, 「4人に1人」, the 3 of 「3つの組織」, and that of 「3年連続」 if years move: stored nowhere."""
    found = [Stale(*match.span(), True) for match in _SHARE.finditer(sentence)]
    found += [Stale(*match.span(), False) for match in _THINGS.finditer(sentence)]
    if years_move:
        found += [Stale(*match.span("count"), False) for match in _STREAK.finditer(sentence) if not _wished(match)]
    return sorted(found, key=lambda stale: stale.start)


def claims_record(sentence: str) -> bool:
    """Whether it states a streak or record (3年連続, 過去最多, 初めて), which the stored years cannot confirm."""
    matches = (*_STREAK.finditer(sentence), *_RECORD.finditer(sentence))
    return any(not _wished(match) for match in matches)


def _wished(match: re.Match[str]) -> bool:
    return _WISHED.match(match.string, match.end()) is not None


def later_target(
    sentence: str, written: WrittenFigure, stayed: frozenset[int], last_year: SheetFile, sheet: SheetFile
) -> Cell | None:
    """The stored target that 「令和9年度の目標値18.0％」 means: of the year named before it, if both sheets and one
    indicator only have it; None if the text does not call it a target or the year moves.
    """
    if written.upper is not None or _AIM.search(sentence) is None:
        return None
    named = [mention for mention in find_years(sentence, last_year.fiscal_year) if mention.end <= written.start]
    if not named or named[-1].year not in stayed or named[-1].year <= last_year.fiscal_year:
        return None
    year, found = named[-1].year, list[Cell]()
    for entry in sheet.indicators:
        unit, factor = base_unit(entry.unit)
        value, before = entry.value(year, "target"), last_year.indicator(entry.id)
        same = before is not None and normalise(before.name) == normalise(entry.name)
        if value is None or not same or before is None or before.value(year, "target") != value:
            continue
        if unit == written.unit and value * factor == written.value:
            found.append(Cell(entry.id, year, "target", value))
    return found[0] if len(found) == 1 else None
