"""The notes of the year against the sheet's own figures: 事務事業 listed, their costs, notes against indicators."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.checking import check_sheet
from assistant.checking.findings import Finding
from corpus.sheetfile import SheetFile


def _project(number: int, cost: int | None, name: str = "") -> dict[str, Any]:
    return {"name": name or f"第{number}号事業", "cost": cost}


def _found(projects: list[dict[str, Any]], costs: dict[str, Any]) -> list[Finding]:
    sheet = {
        "fiscal_year": 2023,
        "measure": {"name": "施策"},
        "costs": {"2023": costs},
        "facts": {"projects": projects},
    }
    return check_sheet(SheetFile.model_validate(sheet)).findings


def _verdicts(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(found.verdict, found.indicator) for found in findings]


COSTS = {"projects": 3, "program_total": 1000}
LISTS = [
    ([], COSTS, []),
    ([(1, 300), (2, 300), (3, 400)], COSTS, [("match", "cost:projects"), ("match", "cost:program_total")]),
    ([(1, 300), (2, 300), (3, 500)], COSTS, [("match", "cost:projects"), ("mismatch", "cost:program_total")]),
    ([(1, 300), (2, 300), (3, None)], COSTS, [("match", "cost:projects")]),
    ([(1, 300), (2, 300)], COSTS, [("ambiguous", "cost:projects")]),
    ([(1, 300), (2, 800)], COSTS, [("ambiguous", "cost:projects"), ("mismatch", "cost:program_total")]),
    ([(1, 300), (2, 300), (3, 200), (4, 200)], COSTS, [("mismatch", "cost:projects")]),
    ([(1, 300), (2, 300)], {"program_total": 1000}, []),
    ([(1, 300), (2, 800)], {"program_total": 1000}, [("mismatch", "cost:program_total")]),
    ([(1, None)], {}, []),
]


@pytest.mark.parametrize(("listed", "costs", "expected"), LISTS)
def test_projects_against_their_number_and_the_costs(
    listed: list[tuple[int, int | None]], costs: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert _verdicts(_found([_project(*entry) for entry in listed], costs)) == expected


def test_the_difference_of_the_costs_is_said() -> None:
    _, found = _found([_project(1, 300), _project(2, 300), _project(3, 500)], COSTS)
    assert (found.section, found.kind, found.start) == ("table", "table", None)
    assert (found.stated, found.expected) == (Decimal(1000), Decimal(1100))
    assert "1,100千円" in found.message
    assert "差 100千円" in found.message
    (found,) = _found([_project(1, 300)], COSTS)
    assert "まだ全部は入っていません" in found.message


def test_the_same_project_twice_is_doubtful() -> None:
    listed = [_project(1, 300, "見守り事業"), _project(2, 300, "見守り 事業"), _project(3, 400)]
    found = _found(listed, COSTS)[-1]
    assert (found.verdict, found.indicator) == ("ambiguous", "facts:projects-2")
    assert "2回" in found.message


def _table(sheet: SheetFile, facts: dict[str, Any]) -> list[Finding]:
    noted = SheetFile.model_validate(sheet.as_object() | {"facts": facts, "sections": {}})
    plain = {found.text for found in check_sheet(sheet).findings if found.section == "table"}
    return [found for found in check_sheet(noted).findings if found.section == "table" and found.text not in plain]


NAME = "福祉活動に取り組んでいる市民の割合"
AGAINST = [
    ({"evidence": [{"figure": 12.5, "unit": "％", "what": NAME, "year": 2023}]}, "facts:evidence-1", "12.1"),
    ({"evidence": [{"figure": 12.1, "unit": "％", "what": NAME, "year": 2021}]}, "facts:evidence-1", "14.8"),
    ({"evidence": [{"figure": 75371, "unit": "人", "what": "人口", "year": 2023}]}, "facts:evidence-1", "76371"),
    ({"done": [{"text": f"{NAME}は12.5％となった。"}]}, "facts:done-1", "12.1"),
    ({"opinions": [{"text": "目標について質問。", "answer": f"{NAME}は12.5％と答弁。"}]}, "facts:opinions-1", "12.1"),
    ({"projects": [{"name": "統計調査事業", "result": "人口は75,371人"}]}, "facts:projects-1", "76371"),
]


@pytest.mark.parametrize(("facts", "note", "expected"), AGAINST)
def test_a_note_that_contradicts_a_stored_figure(
    welfare: SheetFile, facts: dict[str, Any], note: str, expected: str
) -> None:
    (found,) = [found for found in _table(welfare, facts) if found.indicator == note]
    assert (found.verdict, found.kind, found.start) == ("mismatch", "table", None)
    assert found.expected == Decimal(expected)


FOR = [
    {"evidence": [{"figure": 12.1, "unit": "％", "what": NAME, "year": 2023}]},
    {"evidence": [{"figure": 1280, "unit": "人", "what": "防災訓練の参加者", "year": 2023}]},
    {"evidence": [{"figure": 1820, "unit": "人", "what": "65歳以上の人口", "year": 2023}]},
    {"evidence": [{"figure": 13.9, "unit": "％", "what": NAME, "year": 2019}]},
    {"done": [{"text": f"{NAME}は12.1％となった。"}]},
    {"planned": [{"text": f"{NAME}を15.0％に引き上げる。"}]},
    {"other_cities": [{"city": "隣市", "text": "人口は80,500人である。"}]},
]


@pytest.mark.parametrize("facts", FOR)
def test_notes_of_other_things_or_with_the_same_figure(welfare: SheetFile, facts: dict[str, Any]) -> None:
    assert [found.message for found in _table(welfare, facts)] == []
