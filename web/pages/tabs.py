"""The pages of a sheet: the tabs at the head of each."""

from typing import NamedTuple


class Tab(NamedTuple):
    """A page of a sheet: its endpoint (with ``sheet_id``) and its name."""

    endpoint: str
    label: str


TABS: tuple[Tab, ...] = (
    Tab("sheets.show", "文章"),
    Tab("setup.show", "基本情報と指標"),
    Tab("figures.show", "数値"),
    Tab("facts.show", "その年度の事実"),
    Tab("grades.show", "評価"),
    Tab("links.show", "年度間のつながり"),
    Tab("trail.show", "変更の記録"),
)
"""The texts, then the pages in the order of the year's work."""
