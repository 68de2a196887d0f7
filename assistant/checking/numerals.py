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

from assistant.checking.never_values import mask, normalise

Bound = Literal["exact", "about", "nearly", "over", "under", "at_least", "at_most", "more_than", "less_than"]
"""How a figure is meant: 約/程度/前後, ほぼ, 強/余り, 弱, 以上, 以下, 超, 未満."""


@dataclass(frozen=True)
class Figure:
    """A figure as written: ``text`` is the slice ``[start:end]``, its sign and unit with it.

    ``value``: in the base unit: 千円 for money, ％ for 割, else the number itself (3.2万人 = 32000 人).
    ``unit``: normalised: ％, ポイント, 千円, 人, 件 …, "" where none is written.
    ``digits_end``: where the digits end and the unit begins. ``decimals``: digits written after the point.
    ``step``: value of the last place written, in the base unit (76,182人: 1; 3.2万人: 1000; 368百万円: 1000 千円).
    ``coarse``: value of the last place that is not zero (約500人: 100). ``upper``: the end of a range (3～5件).
    ``signed``: a sign stands before it (▲2.7ポイント, ＋3件); ``value`` has it.
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


UNIT_NAMES: dict[str, str] = {
    "%": "％",
    "パーセント": "％",
    "ﾊﾟｰｾﾝﾄ": "％",
    "㌫": "％",
    "%ポイント": "ポイント",
    "ポイント": "ポイント",
    "ﾎﾟｲﾝﾄ": "ポイント",
    "pt": "ポイント",
    "ｐｔ": "ポイント",
    "名": "人",
    "箇所": "か所",
    "個所": "か所",
    "ヶ所": "か所",
    "ヵ所": "か所",
    "カ所": "か所",
    "ケ所": "か所",
    "平方メートル": "㎡",
    "m2": "㎡",
    "m²": "㎡",
    "ヘクタール": "ha",
    "トン": "t",
    "キロメートル": "km",
    "円": "千円",
}
"""Unit as written in half width -> unit as stored; any other unit is its own name."""

_COUNTERS = (
    "人|件|団体|世帯|か所|回|本|校|戸|台|園|施設|事業|社|店|店舗|棟|冊|枚|組|組織|地区|自治会|頭|匹|株|基|個|部|筆|室|床|席|"
    "ha|t|kg|g|km|km2|kW|kWh|MWh|L|ml|㎡|m3|㎥|t-CO2|点|位|倍|歳|時間|日|分|年|か月|泊|区画|路線|便|例|隊|講座|教室|クラス|"
    "学級|種類|指標|項目|機関|議会|会場|企業|事業所|事業者|農家|経営体|法人|グループ|サークル|作品|品目|議席|票|通|隻|両|駅|橋"
)
_KANJI_COUNTERS = (
    "人|名|件|団体|世帯|か所|ヶ所|ヵ所|カ所|箇所|回(?!り|復|収|答)|校|戸(?!建|籍)|台(?!風)|本(?!化|柱|市|年|町|格)|園|施設|"
    "事業(?!者|化)|社(?!会)|店|棟|冊|枚|組織|地区|自治会|頭|円|千円|%|割(?!合|り|引|当|愛)|倍|ポイント|万人"
)
_KANJI_VALUES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}

_LARGEST, _MOST_DECIMALS = Decimal("1e15"), 9
"""What a sheet file can hold (corpus.sheetfile); longer runs of digits are codes, not figures."""

_NUMERAL = re.compile("[0-9一二三四五六七八九十百千]")
_GAP = "\ue000"
_F = f"{_GAP}?"
_GROUPED = rf"\d(?:{_F}\d){{0,2}}(?:{_F},(?:{_F}\d){{3}})+(?!{_F}\d)"
_ARABIC = rf"(?:{_GROUPED}|\d(?:{_F}\d)*)(?:{_F}\.{_F}\d(?:{_F}\d)*)?"
_NUMBER = rf"{_ARABIC}(?:[兆億万千百](?:{_ARABIC}(?![人名件]?\d))?)*"
_KANJI = "(?<![数何第幾])[一二三四五六七八九十百千][〇一二三四五六七八九十百千万億]*"
_BARE_MONEY_UNIT = re.compile(r"(?:千|百万|十万|万|億)")

_BEFORE = re.compile(r"(?:(?P<about>約|およそ|おおよそ|凡そ|おおむね|概ね|大体)|(?P<nearly>ほぼ))[ ]?$")
_AFTER = re.compile(
    r"(?P<about>程度|前後|ほど|くらい|ぐらい)|(?P<over>強(?![化いくみ靭調])|余り|あまり|余(?![地裕剰暇]))"
    r"|(?P<under>弱(?![者いま])|近く)|(?P<at_least>以上)|(?P<at_most>以下|以内)|(?P<more_than>超(?!過))|(?P<less_than>未満)"
)
_BOUNDS: tuple[Bound, ...] = ("about", "nearly", "over", "under", "at_least", "at_most", "more_than", "less_than")


@lru_cache(maxsize=64)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    names = sorted({*UNIT_NAMES, *_COUNTERS.split("|"), *(mask(unit) for unit in units)} - {""}, key=len, reverse=True)
    written = "|".join(
        re.escape(name) + (r"(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else "")
        for name in names
        if name
    )
    long_names = [
        re.escape(unit) for unit in sorted(units, key=len, reverse=True) if len(unit) >= 2 and not unit.isascii()
    ]
    # One kanji numeral before a longer unit is mostly a word (一事業者); two are a figure.
    own = rf"|(?<=[〇一二三四五六七八九十百千万]{{2}})(?:{'|'.join(long_names)})" if long_names else ""
    return re.compile(
        rf"(?P<denominator>{_ARABIC}|[一二三四五六七八九十]+)分の(?P<numerator>{_ARABIC}|[一二三四五六七八九十]+)"
        r"|(?P<sign>[▲△−＋+－-][ ]?)?(?:"
        rf"(?P<wari>\d+(?:\.\d+)?|[一二三四五六七八九])割(?![合り引当愛])(?:(?P<bu>[\d一二三四五六七八九])分(?:(?P<rin>\d)厘)?)?"
        rf"|(?P<number>{_NUMBER})(?P<gap>[ \n]?)(?P<unit>{written})?"
        rf"|(?P<kanji>{_KANJI})(?P<kanji_unit>{_KANJI_COUNTERS}{own}))"
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
        figure = _figure(text, plain, match)
        if figure is None:
            continue
        if figures and _is_range(figures[-1], figure, plain):
            figures[-1] = _joined(text, figures[-1], figure)
        else:
            figures.append(figure)
    return figures


def base_unit(unit: str | None) -> tuple[str, Decimal]:
    """A stored unit as ``Figure.unit`` has it, and how many of that one stored unit is.

    「%」 -> (％, 1), 「名」 -> (人, 1), 「百万円」 -> (千円, 1000), 「円」 -> (千円, 0.001), 「千人」 -> (人, 1000).
    """
    name = normalise(unit or "").strip()
    scaled = re.fullmatch(r"([十百千万億]+)(円|人|件|世帯|団体|本|枚|部|冊|t|kWh|㎡)", name)
    factor = _read(scaled[1])[0] if scaled else Decimal(1)
    name = scaled[2] if scaled else name
    return UNIT_NAMES.get(name, name), factor / 1000 if name == "円" else factor


@lru_cache(maxsize=4096)
def unit_fits(row_unit: str, unit: str) -> bool:
    """Whether a figure written with ``unit`` can be a value of a row: 「609ｇ」 of one counted in g/人日."""
    return unit in ("", row_unit) or row_unit == "" or re.split("[/／・]", row_unit)[0] == unit


_INNER_GAPS = (
    re.compile(r"(?<=\d)[ \n](?=[.,]\d)"),
    re.compile(r"(?<=\d\.)[ \n](?=\d)"),
    re.compile(r"(?<=\d,)[ \n](?=\d{3}(?!\d))"),
    # A break or blank amid the digits, where joined digits and a unit make one plain number of it.
    re.compile(r"(?<=[^\s\d.,][\d])[ \n](?=\d[\d,]*(?:\.\d+)?[ ]?(?:[%人名件団円千万億回]|ポイント))"),
    re.compile(r"(?<=[^\s\d.,][\d][\d])[ \n](?=\d[\d,]*(?:\.\d+)?[ ]?(?:[%人名件団円千万億回]|ポイント))"),
)


@lru_cache(maxsize=64)
def _spaced(units: frozenset[str]) -> re.Pattern[str]:
    """Single digits with a blank between each two, before a unit (「7 8 事業者」)."""
    names = "|".join(
        re.escape(name) for name in sorted({*UNIT_NAMES, *_COUNTERS.split("|"), *map(mask, units)}) if name
    )
    return re.compile(rf"(?<![\d.,])(?<![\d.,] )\d(?: (?:\d|[.,](?= ?\d)))+(?![\d.,])(?=[ ]?(?:{names}))")


def _fill_gaps(plain: str, units: frozenset[str]) -> str:
    """Blanks and line breaks inside a number become ``_GAP``; the length stays."""
    plain = _spaced(units).sub(lambda match: match.group().replace(" ", _GAP), plain)
    for pattern in _INNER_GAPS:
        plain = pattern.sub(_GAP, plain)
    return plain


def _figure(text: str, plain: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    sign = (match["sign"] or "").strip()
    if sign in ("-", "－", "−", "+", "＋") and _is_no_sign(plain, start, sign):
        start = match.end("sign")
        sign = ""
    negative = sign in ("▲", "△", "−", "－", "-") and sign != ""
    if match["denominator"]:
        bottom, top = _digits(match["denominator"]), _digits(match["numerator"])
        if not bottom:
            return None
        value, step, unit, digits_end, decimals = top * 100 / bottom, Decimal(1), "％", end, 0
        coarse = Decimal(5)
    elif match["wari"]:
        value = _digits(match["wari"]) * 10
        step = Decimal(10) * _place(match["wari"])
        for group, place in (("bu", Decimal(1)), ("rin", Decimal("0.1"))):
            if match[group]:
                value, step = value + _digits(match[group]) * place, place
        unit, digits_end, decimals, coarse = "％", match.end("wari"), 0, step
    else:
        written = match["number"] or match["kanji"]
        written_unit = (match["unit"] if match["number"] else match["kanji_unit"]) or ""
        if match["kanji"] and written_unit == "円" and _BARE_MONEY_UNIT.fullmatch(written):
            return None
        value, step = _read(written)
        coarse = _coarse(value, step)
        unit = UNIT_NAMES.get(written_unit, written_unit)
        digits_end = match.end("number") if match["number"] else match.end("kanji")
        if written_unit == "円":
            value, step, coarse = value / 1000, step / 1000, coarse / 1000
            scale = re.search(r"(?<=\d)(?:千|万|百万|千万|億)$", written)
            digits_end -= len(scale.group()) if scale and not re.search("[兆億万千百]", written[: scale.start()]) else 0
        if not written_unit:
            end = digits_end
        point = re.search(r"\.([\d\ue000]+)", written)
        decimals = len(point.group(1).replace(_GAP, "")) if point else 0
    if abs(value) >= _LARGEST or decimals > _MOST_DECIMALS:
        return None
    bound = _bound(plain, start, end)
    return Figure(
        start,
        end,
        text[start:end],
        -value if negative else value,
        unit,
        digits_end,
        bound,
        decimals,
        step,
        coarse,
        None,
        sign != "",
    )


def _is_no_sign(plain: str, start: int, sign: str) -> bool:
    """A hyphen that opens an item or joins two digits is no minus; a plus behind a digit or bracket adds."""
    before = plain[:start].rstrip(" ")
    if sign in ("+", "＋"):
        return before != "" and before[-1] in "0123456789)"
    return before == "" or before[-1] in "\n)0123456789年月日\ue001" or (before[-1].isascii() and before[-1].isalnum())


def _bound(plain: str, start: int, end: int) -> Bound:
    before, after = _BEFORE.search(plain, max(0, start - 6), start), _AFTER.match(plain, end)
    for match in (after, before):
        if match:
            return next(bound for bound in _BOUNDS if match.groupdict().get(bound))
    return "exact"


def _digits(written: str) -> Decimal:
    return _read(written)[0]


def _place(written: str) -> Decimal:
    return _read(written)[1]


def _read(written: str) -> tuple[Decimal, Decimal]:
    """Value and place value of the last digit of a numeral (「3億6,804万5千」「12.10」「四千三百二十一」「一二三」)."""
    tokens = re.findall(r"[\d,.\ue000]+|[兆億万千百十]|[〇一二三四五六七八九]+", written)
    total = section = Decimal(0)
    number: Decimal | None = None
    step = Decimal(1)
    for token in tokens:
        if token in _SCALES:
            factor = Decimal(10) ** _SCALES[token]
            place = step if number is not None else Decimal(1)
            if factor < 10000:
                section += (Decimal(1) if number is None else number) * factor
                step = factor * place
            else:
                section += number if number is not None else Decimal(0)
                total += (section or Decimal(1)) * factor
                step, section = (step if number is None and section else place) * factor, Decimal(0)
            number = None
        elif token[0] in _KANJI_VALUES:
            number, step = Decimal("".join(str(_KANJI_VALUES[sign]) for sign in token)), Decimal(1)
        else:
            plain = token.replace(",", "").replace(_GAP, "")
            number = Decimal(plain)
            exponent = number.as_tuple().exponent
            step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    return total + section + (number or Decimal(0)), step


def _coarse(value: Decimal, step: Decimal) -> Decimal:
    """The value of the last place of ``value`` that is not zero, at least ``step``."""
    if value == 0:
        return step
    exponent = value.normalize().as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else step
    return max(step, place)


def _is_range(first: Figure, second: Figure, plain: str) -> bool:
    between = plain[first.end : second.start]
    return (
        first.upper is None
        and re.fullmatch(r"[ ]?[~～〜][ ]?|から(?=.)", between) is not None
        and (between.strip() != "から")
        and (first.unit in ("", second.unit))
        and first.value < second.value
    )


def _joined(text: str, first: Figure, second: Figure) -> Figure:
    return Figure(
        first.start,
        second.end,
        text[first.start : second.end],
        first.value,
        second.unit,
        second.digits_end,
        second.bound,
        second.decimals,
        second.step,
        second.coarse,
        second.value,
        first.signed,
    )
