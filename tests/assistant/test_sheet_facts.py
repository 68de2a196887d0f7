"""Facts of costs and of the whole sheet, and what is worth saying first."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.facts import cost_facts
from assistant.sheet_facts import better_count, facts_of, met_count, people_of, per_head_fact, share_fact
from corpus.sheetfile import SheetFile
from tests.standing import is_stored, stand

PEOPLE = {"id": "P-ア", "kind": "population", "name": "人口", "unit": "人", "values": {2024: {"actual": 83402}}}
COSTS = {2024: {"total": 670041, "program_total": 491199, "personnel": 178842}, 2023: {"total": 639368}}


def sheet(**more: Any) -> SheetFile:
    base = {"fiscal_year": 2024, "measure": {"name": "見本の施策"}, "indicators": [PEOPLE], "costs": COSTS}
    return SheetFile.model_validate({**base, **more})


def test_shares_and_costs_per_head_are_rounded() -> None:
    found = sheet()
    whole, part, people = cost_facts(found, "total")[0], cost_facts(found, "personnel")[0], people_of(found)
    assert whole is not None
    assert part is not None
    assert people is not None
    share, head = share_fact(part, whole), per_head_fact(whole, people)
    assert share is not None
    assert head is not None
    assert (share.printed, head.printed) == ("26.7％", "8,034円")
    assert [cell.subject for cell in head.cells] == ["cost:total", "P-ア"]


def test_nothing_is_shared_by_nobody() -> None:
    none = sheet(indicators=[{**PEOPLE, "values": {2024: {"actual": 0}}}], costs={2024: {"total": 0, "personnel": 0}})
    whole, part, people = cost_facts(none, "total")[0], cost_facts(none, "personnel")[0], people_of(none)
    assert whole is not None
    assert part is not None
    assert people is not None
    assert share_fact(part, whole) is None
    assert per_head_fact(whole, people) is None
    two = sheet(indicators=[PEOPLE, {**PEOPLE, "id": "P-イ", "name": "総人口"}])
    assert people_of(two) is None


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("人口", True),
        ("総人口", True),
        ("人口（各年4月1日現在）", True),
        ("人口（65歳以上）", False),
        ("人口増減数", False),
    ],
)
def test_only_the_whole_population_counts_as_the_people(name: str, counts: bool) -> None:
    assert (people_of(sheet(indicators=[{**PEOPLE, "name": name}])) is not None) == counts


def test_counts_leave_out_what_cannot_be_told() -> None:
    stands = [
        stand(17, 16, 12),
        stand(1, 16, 12),
        stand(17, 16, 12, better=None),
        stand(None, 16, 12),
        stand(9, None, 8),
    ]
    met, better = met_count(stands), better_count(stands)
    assert met is not None
    assert better is not None
    assert (met.value, len(met.cells) // 2) == (Decimal(1), 2)
    assert (better.value, len(better.cells) // 2) == (Decimal(2), 3)
    assert met_count(stands[:1]) is None


def test_every_fact_stands_on_stored_cells_and_the_missed_target_comes_first() -> None:
    values = {2020 + place: {"target": 12 + place, "actual": 10 + place} for place in range(5)}
    values[2026] = {"target": 18}
    entry = {"id": "1-ア", "kind": "outcome", "name": "参加率", "unit": "％", "better": "higher", "values": values}
    second = {**entry, "id": "1-イ", "name": "満足度", "better": "lower"}
    found = sheet(indicators=[PEOPLE, entry, second], plan={"start": 2020, "end": 2027})

    facts = facts_of(found)
    assert all(fact.cells and all(is_stored(cell, [found]) for cell in fact.cells) for fact in facts)
    assert [fact.rank for fact in facts] == sorted(fact.rank for fact in facts)
    assert (facts[0].kind, facts[0].subject, facts[0].good) == ("achieved", "1-ア", False)
    assert {fact.kind for fact in facts} >= {
        "record",
        "streak",
        "met_streak",
        "start_change",
        "rate",
        "gap_ahead",
        "met_count",
        "better_count",
        "cost",
        "cost_change",
        "share",
        "per_head",
        "level",
        "target",
        "change",
        "gap",
        "first_survey",
    }
