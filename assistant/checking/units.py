"""Units and counters: how they are written, what they are stored as, and how many of the base unit they hold."""

import re
from decimal import Decimal
from functools import lru_cache

from assistant.checking.digits import read_numeral
from assistant.checking.never_values import mask, normalise

UNIT_NAMES: dict[str, str] = {
    "%": "％",
    "パーセント": "％",
    "ﾊﾟｰｾﾝﾄ": "％",
    "㌫": "％",
    "%ポイント": "ポイント",
    "%pt": "ポイント",
    "パーセントポイント": "ポイント",
    "ポイント": "ポイント",
    "ﾎﾟｲﾝﾄ": "ポイント",
    "㌽": "ポイント",
    "pt": "ポイント",
    "Pt": "ポイント",
    "PT": "ポイント",
    "名": "人",
    "箇所": "か所",
    "個所": "か所",
    "ヶ所": "か所",
    "ヵ所": "か所",
    "カ所": "か所",
    "ケ所": "か所",
    "ｹ所": "か所",
    "ヶ国": "か国",
    "ヵ国": "か国",
    "カ国": "か国",
    "箇国": "か国",
    "平方メートル": "㎡",
    "m2": "㎡",
    "m²": "㎡",
    "立方メートル": "㎥",
    "m3": "㎥",
    "m³": "㎥",
    "平方キロメートル": "km2",
    "㎢": "km2",
    "k㎡": "km2",
    "km²": "km2",
    "ヘクタール": "ha",
    "㌶": "ha",
    "トン": "t",
    "㌧": "t",
    "キログラム": "kg",
    "㎏": "kg",
    "グラム": "g",
    "キロメートル": "km",
    "㎞": "km",
    "メートル": "m",
    "リットル": "L",
    "ℓ": "L",
    "キロリットル": "kl",
    "kL": "kl",
    "KL": "kl",
    "キロワット": "kW",
    "KW": "kW",
    "kw": "kW",
    "キロワット時": "kWh",
    "kwh": "kWh",
    "KWh": "kWh",
    "KWH": "kWh",
    "円": "千円",
}
"""Unit as written in half width -> unit as stored; any other unit is its own name."""

_COUNTERS = (
    "人", "件", "団体", "世帯", "か所", "回", "本", "校", "戸", "台", "園", "施設", "事業", "社", "店", "店舗", "棟",
    "冊", "枚", "組", "組織", "地区", "自治会", "頭", "匹", "株", "基", "個", "部", "筆", "室", "床", "席", "ha",
    "t", "kg", "g", "km", "m", "km2", "kW", "kWh", "MWh", "L", "kl", "ml", "㎡", "㎥", "t-CO2", "点", "位", "倍",
    "歳", "時間", "日", "分", "年", "か月", "泊", "区画", "路線", "便", "例", "隊", "講座", "教室", "クラス", "学級",
    "種類", "指標", "項目", "機関", "議会", "会場", "企業", "事業所", "事業者", "農家", "経営体", "法人", "グループ",
    "サークル", "作品", "品目", "議席", "票", "通", "隻", "両", "駅", "橋", "人泊", "か国", "館", "市町村",
    "市区町村", "都道府県",
)  # fmt: skip

_KANJI_ONE = (
    "人|名|件|団体|世帯|か所|ヶ所|ヵ所|カ所|箇所|回|校|戸|台|本|園|施設|事業(?!者)|社|店|棟|冊|枚|組織|地区|自治会|頭|円|"
    "%|パーセント|ポイント|倍|万人"
)
"""What a single 一 counts; elsewhere it mostly makes a word (一市民, 一企業, 一部)."""
_NOT_IN_KANJI = frozenset((
    "時間", "日", "分", "年", "か月", "泊", "部", "点", "位", "例", "g", "t", "m", "者", "次", "期", "国", "県",
    "市", "区", "町", "村", "月", "種", "類", "面", "代", "級", "番", "号", "層", "便", "歳", "両",
))  # fmt: skip
"""Counters that 漢数字 make words or dates with (三部作, 四月一日, 三者); a row's own unit of two signs is taken."""
_KANJI_WORDS = (
    r"(?!回(?:り|復|収|答|忌)|戸(?:建|籍|市|町|郡|惑)|台(?:風|帳|地|頭)|本(?:化|柱|市|年|町|格|木|松|桜|立て|締|の矢|線|部|庁|会議)|"
    r"事業化|社(?:会|祭|名)|割(?:合|り|引|当|愛)|人(?:三脚|称|前|組|十色|首|力)|組(?:合|の)|園(?:芸|児)|枚(?:挙|舌|看板)|"
    r"校(?:長|区|舎|則|庭|内|時)|頭(?:身|立て)|通(?:り|常|学|じ|信)|席(?:巻)|隊(?:員|列)|室(?:内)|基(?:準|本|礎|幹|金)|"
    r"株(?:式)|橋(?:大|学)|館(?:長|内)|世帯住宅|棟(?:梁))"
)
_LATIN_END = r"(?![A-Za-z])"


def base_unit(unit: str | None) -> tuple[str, Decimal]:
    """A stored unit as ``Figure.unit`` has it, and how many of that one stored unit is.

    「%」 -> (％, 1), 「名」 -> (人, 1), 「百万円」 -> (千円, 1000), 「円」 -> (千円, 0.001), 「千人」 -> (人, 1000),
    「兆円」 -> (千円, 10⁹), 「万トン」 -> (t, 10⁴), 「億トンキロ」 -> (トンキロ, 10⁸).
    """
    name = normalise(unit or "").strip()
    scaled = re.fullmatch(r"([十百千万億兆]+)(.*)", name)
    factor = read_numeral(scaled[1])[0] if scaled else Decimal(1)
    name = scaled[2] if scaled else name
    return UNIT_NAMES.get(name, name), factor / 1000 if name == "円" else factor


@lru_cache(maxsize=4096)
def unit_fits(row_unit: str, unit: str) -> bool:
    """Whether a figure written with ``unit`` can be a value of a row: 「609ｇ」 of one counted in g/人日."""
    return unit in ("", row_unit) or row_unit == "" or re.split("[/／・]", row_unit)[0] == unit


@lru_cache(maxsize=64)
def written_units(units: frozenset[str]) -> tuple[str, ...]:
    """Every way to write a unit behind digits, masked as the text is, longest first; ``units``: those of the sheet."""
    own = {part for unit in units for part in _own_names(unit)}
    return tuple(sorted({*UNIT_NAMES, *_COUNTERS, *own} - {""}, key=lambda name: (-len(name), name)))


def _own_names(unit: str) -> tuple[str, str]:
    """A stored unit as a text may have it, with and without its scale (千台, 台)."""
    name = normalise(unit).strip()
    return mask(unit.strip()), mask(re.sub("^[十百千万億兆]+", "", name))


@lru_cache(maxsize=64)
def unit_pattern(units: frozenset[str]) -> str:
    """A pattern of the units behind Arabic digits."""
    return "|".join(map(_escaped, written_units(units)))


@lru_cache(maxsize=64)
def kanji_unit_pattern(units: frozenset[str]) -> str:
    """A pattern of the units behind 漢数字: more of them where the numeral is no single 一."""
    own = {name for unit in units for name in _own_names(unit) if len(name) >= 2}
    names = [_escaped(name) for name in written_units(units) if name not in _NOT_IN_KANJI or name in own]
    return rf"{_KANJI_WORDS}(?:{_KANJI_ONE}|(?:(?<!一)|(?<=[十百千万]一))(?:{'|'.join(names)}))"


def _escaped(name: str) -> str:
    latin = name[-1].isascii() and name[-1].isalpha()
    return re.escape(name) + (_LATIN_END if latin else "")


@lru_cache(maxsize=2048)
def stored_name(written: str, units: frozenset[str]) -> tuple[str, Decimal]:
    """``base_unit`` of a unit as a masked text has it."""
    own = {mask(unit.strip()): unit for unit in units}
    return base_unit(own.get(written, written))
