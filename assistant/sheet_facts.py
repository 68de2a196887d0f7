"""Facts of costs and of a whole sheet: shares, cost per head, counts over indicators, and all facts ranked. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.fact_history import gap_ahead, history
from assistant.facts import Cell, Fact, FactKind, Standing, cost_facts, rounded, standing, standings
from corpus.city import DEFAULT_TOLERANCE, Tolerance
from corpus.form import COST_BY_KEY
from corpus.sheetfile import SheetFile

_PEOPLE = re.compile(r"(?:総|市の)?人口(?:[（(][^（）()]*(?:現在|時点|日|月|末|台帳|推計|調査)[^（）()]*[）)])?")
"""The whole population, at most with its date or source in brackets: 人口（65歳以上） is a part of it."""
_WHOLE_OF = {
    "national": "program_total",
    "prefectural": "program_total",
    "bonds": "program_total",
    "other": "program_total",
    "general": "program_total",
    "program_total": "total",
    "personnel": "total",
}
"""Which row of the form a cost is a part of."""


def share_fact(part: Fact, whole: Fact) -> Fact | None:
    """``part`` of ``whole`` in ％ with one digit; None where the whole is nothing."""
    if part.value is None or not whole.value or part.cells[0].year != whole.cells[0].year:
        return None
    value = rounded(part.value * 100 / whole.value, 1)
    return _of_cost(part, "share", value, "％", 1, (part.cells[0], whole.cells[0]))


def per_head_fact(cost: Fact, people: Standing) -> Fact | None:
    """A cost in 円 (四捨五入) for each of the ``people`` (a 対象指標) of the same year."""
    if cost.value is None or cost.unit != "千円" or people.level is None:
        return None
    if people.level.value is None or people.level.value <= 0:
        return None
    if people.level.year != cost.year:
        return None
    value = rounded(cost.value * 1000 / people.level.value, 0)
    return _of_cost(cost, "per_head", value, "円", 0, (cost.cells[0], people.level.cells[0]))


def _of_cost(
    cost: Fact, kind: FactKind, value: Decimal, unit: str, decimals: int | None, cells: tuple[Cell, ...]
) -> Fact:
    return Fact(kind, cost.subject, cost.name, cost.year, "actual", value, unit, decimals, None, cells)


def people_of(sheet: SheetFile, earlier: Sequence[SheetFile] = ()) -> Standing | None:
    """The sheet's one 対象指標 that counts the people of the city; None where none or several do."""
    counted = [
        stand
        for stand in standings(sheet, "population", earlier=earlier)
        if _PEOPLE.fullmatch(stand.name) and stand.level is not None and stand.level.unit == "人"
    ]
    return counted[0] if len(counted) == 1 else None


def met_count(stands: Sequence[Standing]) -> Fact | None:
    """How many of the indicators that can be held against a target met it; None for fewer than two of them."""
    compared = [stand.achieved for stand in stands if stand.achieved is not None]
    return _count("met_count", compared)


def better_count(stands: Sequence[Standing]) -> Fact | None:
    """How many of the indicators of which a change is known are better than at the last survey."""
    changes = [stand.change for stand in stands if stand.change is not None and stand.better is not None]
    return _count("better_count", changes)


def _count(kind: FactKind, facts: Sequence[Fact]) -> Fact | None:
    if len(facts) < 2:
        return None
    good = sum(fact.good is True for fact in facts)
    cells = tuple(cell for fact in facts for cell in fact.cells)
    return Fact(kind, "", "成果指標", facts[0].year, "actual", Decimal(good), "件", 0, None, cells)


def facts_of(
    sheet: SheetFile, earlier: Sequence[SheetFile] = (), tolerance: Tolerance = DEFAULT_TOLERANCE
) -> tuple[Fact, ...]:
    """Every fact of a sheet about its own fiscal year and the targets ahead of it, what is worth saying first."""
    start = sheet.plan.start if sheet.plan else None
    found: list[Fact | None] = []
    stands = [standing(entry, sheet.fiscal_year, earlier, tolerance) for entry in sheet.indicators]
    for stand in stands:
        found += [*stand.facts, *stand.ahead, *history(stand, start), *(gap_ahead(stand, aim) for aim in stand.ahead)]
    outcomes = [stand for stand in stands if stand.kind == "outcome"]
    found += [met_count(outcomes), better_count(outcomes)]
    people = people_of(sheet, earlier)
    costs = {row: cost_facts(sheet, row, earlier) for row in COST_BY_KEY}
    for row, (level, change) in costs.items():
        whole = costs[_WHOLE_OF[row]][0] if row in _WHOLE_OF else None
        found += [level, change]
        if level is not None:
            found.append(share_fact(level, whole) if whole is not None else None)
            found.append(per_head_fact(level, people) if people is not None else None)
    return tuple(sorted((fact for fact in found if fact is not None), key=lambda fact: fact.rank))
