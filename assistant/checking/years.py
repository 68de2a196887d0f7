"""The years that a sentence names: a number or a word (「前年度」), and what each is there for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checking import words
from assistant.checking.numerals import Figure
from corpus.fiscal import find_years

YearName = Literal["two_before", "before", "this", "after", "start", "end"]
YearRole = Literal["plain", "base", "target", "until"]


@dataclass(frozen=True)
class Year:
    """A year in a sentence: a number, or a name relative to another year. ``behind``: in brackets behind a figure.

    ``fiscal``: 年度 and not 年; ``dated``: with a day of the months that the fiscal year before or this one may hold;
    ``event``: it rather tells when something was done than what a figure is of (「令和3年度に策定した計画に基づき」).
    """

    start: int
    end: int
    year: int | None
    name: YearName | None
    role: YearRole
    behind: bool
    fiscal: bool = True
    dated: bool = False
    event: bool = False


def read_years(text: str, plain: str, fiscal_year: int, figures: Sequence[Figure]) -> Iterator[Year]:
    """The years of a sentence of the sheet of ``fiscal_year``, in order; ``plain``: ``text`` in half width."""
    found: list[tuple[int, int, int | None, YearName | None, bool]] = [
        (mention.start, mention.end, mention.year, None, mention.fiscal) for mention in find_years(text, fiscal_year)
    ]
    for match in words.RELATIVE.finditer(plain):
        if match["years_ago"]:
            if words.BASE_NEXT.match(plain, match.end()) or words.VALUE_NEXT.match(plain, match.end()):
                ago = fiscal_year - _count(match["years_ago"])
                found.append((match.start(), match.end(), ago, None, True))
            continue
        names: dict[str, YearName] = {name: name for name in ("two_before", "before", "this", "after", "start", "end")}
        found.append((match.start(), match.end(), None, names[match.lastgroup or "this"], True))
    for match in _SAME_YEAR.finditer(plain):
        earlier = max((one for one in found if one[1] <= match.start()), default=None)
        if earlier is not None:
            found.append((*match.span(), *earlier[2:]))
    for start, end, year, name, fiscal in sorted(found):
        rest = plain[end:]
        role: YearRole = "plain"
        if re.match(rf"末?(?:の|における|での|に|までの?)?{words.TARGET_WORD}", rest):
            role = "target"
        elif _is_base(plain, start, end) or (
            (joined := words.COMPARED_WITH.match(rest)) and any(end + joined.end() == other[0] for other in found)
        ):
            role = "base"
        elif re.match(r"末?(?:まで|に向け|以降|からの)", rest):
            role = "until"
        behind = (
            start > 0
            and plain[start - 1] == "("
            and _BRACKETS_END.match(rest) is not None
            and any(figure.end == start - 1 for figure in figures)
        )
        dated, event = re.match("[1-4]月", rest) is not None, role == "plain" and _EVENT.match(rest) is not None
        yield Year(start, end, year, name, role, behind, fiscal, dated, event)


_EVENT = re.compile(
    r"末?に(?!お|は|も|比|対|かけ|つい|わた|入)[^、。0-9()（）]{2,30}?(?:[たるい](?=[一-龠々ァ-ヴ「])|[しりいきえけせてめれべ]、|[がはも]、|により)"
)
"""Behind a year: something done in it, before any figure."""
_SAME_YEAR = re.compile(r"同じ?年度?(?!同?[月期日]|[0-9齢代])")
"""「同年度の10か所から」: of the year that the sentence has named last."""
_BRACKETS_END = re.compile(
    r"(?:末|時点|現在|末現在)?の?(?:実績|調査|結果|目標|見込み?|推計|速報|決算|当初|最終)?(?:値|額|数)?(?:時点|現在)?\)"
)
"""What may follow a year in brackets behind a figure: 「（令和2年度実績）」."""


def _is_base(plain: str, start: int, end: int) -> bool:
    """「前年度から」, 「前年度の2倍」, 「令和2年度（19件）から」, 「計画策定時（令和元年度）から」."""
    rest = plain[end:]
    if words.BASE_NEXT.match(rest) or words.PROPORTION_NEXT.match(rest) or words.OF_THE_LAST.match(rest):
        return True
    if rest[:1] != "(" and plain[max(start - 1, 0) : start] != "(":
        return False
    over = words.IN_BRACKETS.match(rest)
    return over is not None and words.BASE_NEXT.match(rest, over.end()) is not None


def _count(written: str) -> int:
    """The number that 「3年前」 or 「三年前」 begins with."""
    digits = re.match(r"\d+", written)
    return int(digits.group()) if digits else "〇一二三四五六七八九十".index(written[0])
