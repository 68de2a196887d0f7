"""Indicators for tests of the composer's own sentences."""

from typing import Any

from assistant.drafting.manner import Manner
from assistant.drafting.statements import Statement, written
from assistant.facts import Standing, standing
from corpus.sheetfile import IndicatorEntry


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


def said(told: tuple[Statement, ...], manner: Manner = Manner()) -> str:  # noqa: B008
    """Statements as the text that they make."""
    return "".join(written(statement.pieces, manner).text for statement in told)
