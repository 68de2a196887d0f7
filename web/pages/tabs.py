"""The pages of a sheet: the tabs at the head of each."""

from typing import NamedTuple


class Tab(NamedTuple):
    """A page of a sheet: its endpoint (with ``sheet_id``) and its name."""

    endpoint: str
    label: str


TABS: tuple[Tab, ...] = (Tab("sheets.show", "文章"),)
"""In the order of the year's work."""
