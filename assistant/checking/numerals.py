"""Figures in Japanese text: digits of any width, 漢数字, mixed forms, 割, money, with their units and qualifiers.

``find_figures`` is the one way from text to numbers for the checker and for drafting. Offsets are code points into
the text as given. What claims.md calls never-values is excluded (``never_values``).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.checking.digits import GAP, last_place, read_numeral
from assistant.checking.never_values import mask
from assistant.checking.units import UNIT_NAMES as UNIT_NAMES
from assistant.checking.units import base_unit as base_unit
from assistant.checking.units import kanji_unit_pattern, stored_name, unit_pattern
from assistant.checking.units import unit_fits as unit_fits

Bound = Literal[
    "exact", "about", "nearly", "over", "under", "at_least", "at_most", "more_than", "less_than",
    "tier", "tier_low", "tier_high",
]  # fmt: skip
"""How a figure is meant: 約/程度/前後, ほぼ, 強/余り, 弱/近く, 以上, 以下, 超, 未満, 台, 台前半, 台後半."""


@dataclass(frozen=True)
class Figure:
    """A figure as written: ``text`` is the slice ``[start:end]``, its sign and unit with it.

    ``value``: in the base unit: 千円 for money, ％ for 割, else the number itself (3.2万人 = 32000 人).
    ``unit``: normalised: ％, ポイント, 千円, 人, 件 …, "" where none is written.
    ``digits_end``: where the digits end and the unit begins. ``decimals``: digits written after the point.
    ``step``: value of the last place written, in the base unit (76,182人: 1; 3.2万人: 1000; 368百万円: 1000 千円).
    ``coarse``: value of the last place that is not zero (約500人: 100). ``upper``: the end of a range (3～5件).
    ``signed``: a sign stands before it (▲2.7ポイント, ＋3件); ``value`` has it. ``part``: a part of a whole in words
    (3分の1, 半数), in ％; ``coarse`` is then how far the next such part is.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    digits_end: int
    bound: Bound
    decimals: int
    step: Decimal
    coarse: Decimal
    upper: Decimal | None = None
    signed: bool = False
    part: bool = False


_LARGEST, _MOST_DECIMALS = Decimal("1e15"), 9
"""What a sheet file can hold (corpus.sheetfile); longer runs of digits are codes, not figures."""

_NUMERAL = re.compile("[0-9一二三四五六七八九十百千半]|大半")
_F = f"{GAP}?"
_GROUPED = rf"\d(?:{_F}\d){{0,2}}(?:{_F},(?:{_F}\d){{3}})+(?!{_F}\d)"
_ARABIC = rf"(?:{_GROUPED}|\d(?:{_F}\d)*)(?:{_F}\.{_F}\d(?:{_F}\d)*)?"
_NUMBER = rf"{_ARABIC}(?:{_F}[兆億万千百](?:{_F}{_ARABIC}(?![人名件]?\d))?)*"
_KANJI_SIGNS = "〇一二三四五六七八九"
_NOT_SOME = r"(?<![何第幾])(?<![^件人者回校所戸体組台本]数)(?<!\A数)"
"""Not behind 「数」 of 「数十人」; that of 「件数二十六件」 is none."""
_KANJI = f"{_NOT_SOME}(?<![{_KANJI_SIGNS}十百千])[一二三四五六七八九十百千][{_KANJI_SIGNS}十百千万億兆]*+"
_MEASURED = r"%|パーセント|ポイント|倍|km|キロメートル|㎡|ha|ヘクタール"
_KANJI_POINT = rf"(?<![数何第幾])[{_KANJI_SIGNS}十百]+・[{_KANJI_SIGNS}]+(?={_MEASURED})"
_DECIMALS = re.compile(rf"\.[\d{GAP}]+|・[{_KANJI_SIGNS}]+")
_BARE_SCALE = re.compile(r"(?:千|百万|千万|百|万|億)")
_PART = Decimal("0.0001")
_PART_WORD = r"(?<![上下前後大左右南北東西])半(?:数|分)(?!ずつ|改選)|過半数?|(?<![一-龠])大半"

_BEFORE = re.compile(
    r"(?:(?P<about>約|およそ|おおよそ|凡そ|おおむね|概ね|大体|だいたい|ざっと|推定)|(?P<nearly>ほぼ)"
    r"|(?P<at_least>少なくとも|最低でも)|(?P<at_most>多くとも|多くても|最大でも))(?:延べ|のべ)?[ ]?$"
)
_AFTER = re.compile(
    r"(?P<about>程度|前後|ほど|くらい|ぐらい|内外|見当)|(?P<over>強(?![化いくみ靭調])|余り|あまり|余(?![地裕剰暇]))"
    r"|(?P<under>弱(?![者い]|ま(?!で))|近く)|(?P<at_least>以上)|(?P<at_most>以下|以内)|(?P<more_than>超(?!過))|(?P<less_than>未満)"
    r"|(?P<tier_low>台[のに]?前半)|(?P<tier_high>台[のに]?後半)|(?P<tier>台(?![帳数頭風]))"
)
_BOUNDS: tuple[Bound, ...] = (
    "about", "nearly", "over", "under", "at_least", "at_most", "more_than", "less_than",
    "tier_low", "tier_high", "tier",
)  # fmt: skip


@lru_cache(maxsize=64)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    written, in_kanji = unit_pattern(units), kanji_unit_pattern(units)
    return re.compile(
        rf"(?=[\d{_KANJI_SIGNS}十百千半過大▲△−＋+－-])(?:"
        rf"(?P<denominator>{_ARABIC}|[一二三四五六七八九十百]+)分の(?P<numerator>{_ARABIC}|[一二三四五六七八九十]+)"
        rf"|(?P<part>{_PART_WORD})"
        r"|(?P<sign>[▲△−＋+－-][ ]?)?(?:"
        rf"(?P<wari>\d+(?:\.\d+)?|[一二三四五六七八九十])割(?![合り引当愛])(?!増(?:料|賃|運|償|金|率|手当|分))(?:(?P<bu>[\d{_KANJI_SIGNS}])分)?"
        rf"(?:(?P<rin>[\d{_KANJI_SIGNS}])厘)?"
        rf"|(?P<number>{_NUMBER})(?P<gap>余り?の?|(?<=0)数|[ \n]{{0,2}})(?P<unit>{written})?"
        rf"|(?P<kanji>{_KANJI_POINT}|{_KANJI})(?P<kanji_gap>余り?の?|(?<=十)数)?(?P<kanji_unit>{in_kanji})))"
    )


def find_figures(text: str, units: Collection[str] = ()) -> list[Figure]:
    """Every figure of ``text``, in order, without never-values; ``units``: further units (those of the sheet)."""
    known = frozenset(unit for unit in units if unit)
    plain = mask(text, known)
    if not _NUMERAL.search(plain):
        return []
    plain = _fill_gaps(plain, known)
    figures: list[Figure] = []
    for match in _pattern(known).finditer(plain):
        figure = _figure(text, plain, match, known)
        if figure is None:
            continue
        if figures and _is_range(figures[-1], figure, plain):
            figures[-1] = _joined(text, figures[-1], figure)
        else:
            figures.append(figure)
    return figures


_COUNTED = r"(?=\d[\d,]*(?:\.\d+)?[ ]?(?:[%人名件団円千万億回]|ポイント))"
_INNER_GAPS = (
    re.compile(r"(?<=\d)[ \n](?=[.,]\d)"),
    re.compile(r"(?<=\d\.)[ \n](?=\d)"),
    re.compile(r"(?<=\d,)[ \n](?=\d{3}(?!\d))"),
    re.compile(r"(?<=\d[億万兆])[ \n](?=\d[\d,]*+(?:[億万千百]+\d[\d,]*+){0,3}[億万千百]*[円人件])"),
    re.compile(r"(?<=\d)[ \n](?=[億万兆千百]+[円人件])"),
    # A break or blank amid the digits, where joined digits and a unit make one plain number of it.
    re.compile(rf"(?<=[^\s\d.,][\d])[ \n]{_COUNTED}"),
    re.compile(rf"(?<=[^\s\d.,][\d][\d])[ \n]{_COUNTED}"),
)


@lru_cache(maxsize=64)
def _spaced(units: frozenset[str]) -> re.Pattern[str]:
    """Single digits with a blank between each two, before a unit (「7 8 事業者」)."""
    return re.compile(rf"(?<![\d.,])(?<![\d.,] )\d(?: (?:\d|[.,](?= ?\d)))+(?![\d.,])(?=[ ]?(?:{unit_pattern(units)}))")


def _fill_gaps(plain: str, units: frozenset[str]) -> str:
    """Blanks and line breaks inside a number become ``GAP``; the length stays."""
    if " " not in plain and "\n" not in plain:
        return plain
    plain = _spaced(units).sub(lambda match: match.group().replace(" ", GAP), plain)
    for pattern in _INNER_GAPS:
        plain = pattern.sub(GAP, plain)
    return plain


def _figure(text: str, plain: str, match: re.Match[str], units: frozenset[str]) -> Figure | None:
    start, end = match.span()
    sign = (match["sign"] or "").strip()
    if sign in ("-", "－", "−", "+", "＋") and _is_no_sign(plain, start, sign):
        start = match.end("sign")
        sign = ""
    negative = sign in ("▲", "△", "−", "－", "-") and sign != ""
    upper, decimals, step, bound = None, 0, Decimal(1), _bound(plain, start, end)
    if match["part"]:
        value, unit, digits_end, coarse = Decimal(50), "％", end, Decimal(10)
        if bound == "exact" and match["part"][0] != "半":
            bound = "more_than"
    elif match["denominator"]:
        bottom, top = read_numeral(match["denominator"])[0], read_numeral(match["numerator"])[0]
        if not bottom:
            return None
        value, unit, digits_end = (top * 100 / bottom).quantize(_PART), "％", end
        coarse = min(max(100 / (bottom * (bottom + 1)), Decimal(5)), Decimal(10))
    elif match["wari"]:
        value, place = read_numeral(match["wari"])
        value, step = value * 10, 10 * place
        for group, place in (("bu", Decimal(1)), ("rin", Decimal("0.1"))):
            if match[group]:
                value, step = value + read_numeral(match[group])[0] * place, place
        unit, digits_end, coarse = "％", match.end("wari"), step
    else:
        group = "number" if match["number"] else "kanji"
        gap = match["gap" if match["number"] else "kanji_gap"] or ""
        written, written_unit = match[group], match["unit" if match["number"] else "kanji_unit"] or ""
        labels = written_unit == "円" or plain[start - 1 : start] == ":"
        if match["kanji"] and labels and _BARE_SCALE.fullmatch(written):
            return None
        value, step = read_numeral(written)
        coarse, digits_end = last_place(value, step), match.end(group)
        unit, factor = stored_name(written_unit, units)
        if gap == "数" and written_unit:
            upper = value + coarse - 1 if coarse == 10 else value * 2 - 1
            value += 1
        value, step, coarse = value * factor, step * factor, coarse * factor
        upper = upper * factor if upper is not None else None
        if written_unit == "円":
            scale = re.search(r"(?<=\d)(?:千|万|百万|千万|億)$", written)
            digits_end -= len(scale.group()) if scale and not re.search("[兆億万千百]", written[: scale.start()]) else 0
        if not written_unit:
            end = digits_end
            bound = _bound(plain, start, end)
        elif gap.startswith("余") and bound == "exact":
            bound = "over"
        point = _DECIMALS.search(written)
        decimals = len(point.group().replace(GAP, "")) - 1 if point else 0
    if abs(value) >= _LARGEST or decimals > _MOST_DECIMALS:
        return None
    part = bool(match["part"] or match["denominator"])
    value = -value if negative else value
    return Figure(
        start, end, text[start:end], value, unit, digits_end, bound, decimals, step, coarse, upper, sign != "", part
    )  # fmt: skip


def _is_no_sign(plain: str, start: int, sign: str) -> bool:
    """A hyphen that opens an item or joins two digits is no minus; a plus behind a digit or bracket adds."""
    before = plain[max(0, start - 3) : start].rstrip(" ")
    if sign in ("+", "＋"):
        return before != "" and before[-1] in "0123456789)"
    return before == "" or before[-1] in "\n)0123456789年月日\ue001" or (before[-1].isascii() and before[-1].isalnum())


def _bound(plain: str, start: int, end: int) -> Bound:
    before, after = _BEFORE.search(plain, max(0, start - 8), start), _AFTER.match(plain, end)
    for match in (after, before):
        if match:
            return next(bound for bound in _BOUNDS if match.groupdict().get(bound))
    return "exact"


def qualifier_end(plain: str, end: int) -> int:
    """Where the word behind a figure that bounds it ends (「500人以上」), ``end`` without one."""
    match = _AFTER.match(plain, end)
    return match.end() if match else end


_JOINS = re.compile(r"[ ]?(?:[~～〜]|ないし|乃至)[ ]?(?:約)?|[-－―–‐−]")
_SPAN_BEHIND = re.compile(
    r"程度|前後|ほど|(?:まで)?の(?:間|範囲|幅|あいだ)|(?:まで)?で(?:推移|変動|上下|増減)|を(?:推移|行き来|上下)"
)
_TIERS = frozenset({"tier", "tier_low", "tier_high"})
_LOWER = frozenset({"at_least", "more_than"})
_UPPER = frozenset({"at_most", "less_than"})


def _is_range(first: Figure, second: Figure, plain: str) -> bool:
    """「3～5件」, 「10人から15人程度」, 「168件から191件の間」, 「10人以上15人未満」: two figures that make one."""
    between = plain[first.end : second.start]
    if first.upper is not None or first.unit not in ("", second.unit) or abs(first.value) >= abs(second.value):
        return False
    if first.bound in _LOWER and second.bound in _UPPER:
        return re.fullmatch(r"(?:以上|超)?(?:で?、|から)?", between) is not None
    if first.bound in _TIERS and second.bound in _TIERS:
        return re.fullmatch(r"台[のに]?[前後]?半?(?:から|[~～〜])", between) is not None
    if between == "から":
        return _SPAN_BEHIND.match(plain, second.end) is not None
    return _JOINS.fullmatch(between) is not None and (between[:1] not in "-－―–‐−" or second.unit != "")


def _joined(text: str, first: Figure, second: Figure) -> Figure:
    bound: Bound = "about" if "about" in (first.bound, second.bound) else second.bound
    # 「120人台から130人台」 reaches to the last of the second
    last = second.value + (second.coarse - second.step if bound in _TIERS else 0)
    return Figure(
        first.start, second.end, text[first.start : second.end], first.value, second.unit, second.digits_end,
        bound, second.decimals, second.step, second.coarse, last, first.signed,
    )  # fmt: skip
