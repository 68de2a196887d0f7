"""Figures, times and places as the pages write them."""

from datetime import datetime
from decimal import Decimal

from corpus.dates import JAPAN

MISSING = "―"
"""What stands where the source states that there is no value."""


def figure(value: Decimal, decimals: int | None) -> str:
    """「76,182」「56.50」「▲1.2」: as printed, but never with fewer digits than are stored."""
    exponent = value.as_tuple().exponent
    stored = max(0, -exponent) if isinstance(exponent, int) else 0
    shown = f"{abs(value):,.{max(stored, decimals or 0)}f}"
    return f"▲{shown}" if value < 0 else shown


def moment(at: datetime) -> str:
    """「2024-04-01 09:05」 in Japanese time."""
    return at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M")


def note_anchor(note_id: str) -> str:
    """The id of a note's row on the page of the year's facts."""
    return f"note-{'_'.join(note_id.split())}"


def cell_anchor(row: str, year: int, series: str | None) -> str:
    """The id of a cell of the figures tables: ``cell-1-ア-2023-actual``, ``cell-cost-general-2023``.

    ``row``: an indicator's id, or ``cost:<key>``. A finding without series points at the actual.
    """
    if row.startswith("cost:"):
        return f"cell-cost-{row.removeprefix('cost:')}-{year}"
    return f"cell-{'_'.join(row.split())}-{year}-{series or 'actual'}"
