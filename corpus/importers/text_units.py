"""Units that indicators of a city's sheets are printed with, by what they tell of the figures."""

from corpus.importers.text_labels import squash

_GROUPS = "団体 世帯 校 園 戸 社 店 施設 棟 自治会 事業者"
_OTHER_COUNTS = "人 名 件 か所 ヶ所 カ所 箇所 回 本 台 冊 組 区画 頭 匹 羽 床 路線 地区 事業 品目 項目 校区"
_MEASURED = "㎡ m2 ㎢ k㎡ ha km m t kg g t-CO2 kWh MWh 千円 万円 円 日 時間 点 人日 人/日 位 ポイント pt ‰"

PERCENT = "%"
GROUP_UNITS = frozenset(map(squash, _GROUPS.split()))
"""Counts of groups of people: a city has no more of them than people."""
COUNT_UNITS = GROUP_UNITS | frozenset(map(squash, _OTHER_COUNTS.split()))
"""Counts: no digits behind the point."""
UNITS = COUNT_UNITS | frozenset(map(squash, _MEASURED.split())) | {PERCENT}


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit, in any width."""
    return squash(text) in UNITS
