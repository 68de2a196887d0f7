"""Indicators for tests of the composer's own sentences, and what a sheet stores of them."""

from collections.abc import Sequence
from typing import Any

from assistant.drafting.manner import Manner
from assistant.drafting.statements import Statement, written
from assistant.facts import Cell, Standing, standing
from corpus.sheetfile import IndicatorEntry, SheetFile


def stand(
    actual: float | None,
    target: float | None = None,
    before: float | None = None,
    *,
    better: str | None = "higher",
    name: str = "参加率",
    unit: str | None = "％",
    ahead: dict[int, float] | None = None,
    past: dict[int, tuple[float | None, float | None]] | None = None,
) -> Standing:
    """An indicator in 2024, surveyed ``before`` in 2022; ``past``: (actual, target) of further years."""
    values: dict[int, dict[str, Any]] = {2022: {"actual": before}, 2024: {"actual": actual, "target": target}}
    values |= {year: {"target": value} for year, value in (ahead or {}).items()}
    values |= {year: {"actual": one, "target": aim} for year, (one, aim) in (past or {}).items()}
    entry = {"id": name, "kind": "outcome", "name": name, "unit": unit, "better": better, "values": values}
    return standing(IndicatorEntry.model_validate({**entry, "decimals": 1 if unit == "％" else 0}), 2024)


PLAIN = Manner()


def said(told: tuple[Statement, ...], manner: Manner = PLAIN) -> str:
    """Statements as the text that they make."""
    return "".join(written(statement.pieces, manner).text for statement in told)


def is_stored(cell: Cell, sheets: Sequence[SheetFile]) -> bool:
    """Whether one of the sheets stores exactly this value."""
    if cell.subject.startswith("cost:"):
        costs = (sheet.costs.get(cell.year) for sheet in sheets)
        return any(entry is not None and entry.value(cell.subject[5:]) == cell.value for entry in costs)
    found = (sheet.indicator(cell.subject) for sheet in sheets)
    return any(entry is not None and entry.value(cell.year, cell.series) == cell.value for entry in found)
