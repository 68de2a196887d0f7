"""Figures about themselves: sums, flags, suspicious values, targets and past years."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.checking.findings import Finding
from assistant.checking.tables import check_tables
from corpus.sheetfile import SheetFile


def _sheet(*, year: int = 2023, costs: dict[str, Any] | None = None, **indicator: Any) -> SheetFile:
    entry = {"id": "1-ア", "kind": "outcome", "name": "参加している市民の割合", "unit": "％"} | indicator
    return SheetFile.model_validate(
        {
            "fiscal_year": year,
            "measure": {"name": "施策"},
            "indicators": [entry] if indicator else [],
            "costs": {str(year): costs} if costs else {},
        }
    )


def _verdicts(sheet: SheetFile, *earlier: SheetFile) -> list[tuple[str, str | None, str | None]]:
    return [(found.verdict, found.indicator, found.suggestion) for found in check_tables(sheet, earlier)]


COSTS = {"national": 31371, "prefectural": 20556, "bonds": 0, "other": 0, "general": 316118, "program_total": 368045}

SUMS = [
    (COSTS, [("match", "cost:program_total", None)]),
    (COSTS | {"program_total": 368054}, [("mismatch", "cost:program_total", "368,045")]),
    (
        COSTS | {"personnel": 229568, "total": 597613},
        [("match", "cost:program_total", None), ("match", "cost:total", None)],
    ),
    (
        COSTS | {"personnel": 229568, "total": 597163},
        [("match", "cost:program_total", None), ("mismatch", "cost:total", "597,613")],
    ),
    # an empty source may hold the rest, unless the known ones already exceed the total
    ({"national": 31371, "program_total": 368045}, [("ambiguous", "cost:program_total", None)]),
    ({"national": 400000, "program_total": 368045}, [("mismatch", "cost:program_total", "400,000")]),
    ({"program_total": 368045}, []),
    ({"program_total": 368045, "total": 597613}, []),
]


@pytest.mark.parametrize(("costs", "expected"), SUMS)
def test_cost_sums(costs: dict[str, int], expected: list[tuple[str, str, str | None]]) -> None:
    assert _verdicts(_sheet(costs=costs)) == expected


FLAGS = [
    ("higher", {"2023": True}, {}, "mismatch", "未達成"),
    ("higher", {"2023": False}, {}, "match", None),
    ("lower", {"2023": True}, {}, "match", None),
    ("lower", {"2023": False}, {}, "mismatch", "達成"),
    ("higher", {}, {"2023": True}, "mismatch", "低下"),
    ("higher", {}, {"2023": False}, "match", None),
    ("lower", {}, {"2023": False}, "mismatch", "向上"),
]


@pytest.mark.parametrize(("better", "achieved", "improved", "verdict", "suggestion"), FLAGS)
def test_flags_against_the_series(
    better: str, achieved: dict[str, bool], improved: dict[str, bool], verdict: str, suggestion: str | None
) -> None:
    values = {"2021": {"actual": 14.8}, "2023": {"target": 16.0, "actual": 12.1}}
    sheet = _sheet(better=better, values=values, achieved=achieved, improved=improved)
    assert _verdicts(sheet) == [(verdict, "1-ア", suggestion)]


def test_flags_without_known_polarity_are_left_alone() -> None:
    values = {"2023": {"target": 16.0, "actual": 12.1}}
    assert check_tables(_sheet(values=values, achieved={"2023": True})) == []


SUSPICIOUS = [
    ({"2021": {"actual": 98.0}, "2022": {"actual": 120.5}}, "％", [2022]),
    ({"2021": {"actual": 12.1}, "2022": {"actual": 121}, "2023": {"actual": 12.4}}, "人", [2022]),
    ({"2021": {"actual": 1210}, "2022": {"actual": 1215}, "2023": {"actual": 1.2}}, "人", [2023]),
    ({"2021": {"actual": 12.1}, "2022": {"actual": 13}, "2023": {"actual": 14}}, "人", []),
    ({"2021": {"actual": 1}, "2022": {"actual": 8}, "2023": {"actual": 3}}, "件", []),
    ({"2021": {"target": 100}, "2022": {"target": 100}}, "％", []),
    ({"2024": {"actual": 12.1}}, "％", [2024]),
]


@pytest.mark.parametrize(("values", "unit", "years"), SUSPICIOUS)
def test_suspicious_values_are_ambiguous(values: dict[str, Any], unit: str, years: list[int]) -> None:
    findings = check_tables(_sheet(values=values, unit=unit))
    assert [(found.verdict, found.year) for found in findings] == [("ambiguous", year) for year in years]


@pytest.mark.parametrize(("better", "years"), [("higher", [2023]), ("lower", [2022]), (None, [])])
def test_a_target_that_moves_against_its_polarity(better: str | None, years: list[int]) -> None:
    values = {"2021": {"target": 15}, "2022": {"target": 16}, "2023": {"target": 14}}
    assert [found.year for found in check_tables(_sheet(better=better, values=values))] == years


def test_a_past_actual_that_an_earlier_sheet_prints_otherwise() -> None:
    now = _sheet(values={"2022": {"actual": 14.8}, "2023": {"actual": 12.1}}, costs={"total": 10})
    before = _sheet(year=2022, values={"2022": {"actual": 14.3}})
    (found,) = check_tables(now, [before])
    assert (found.verdict, found.year, found.stated, found.expected) == (
        "mismatch",
        2022,
        Decimal("14.8"),
        Decimal("14.3"),
    )
    assert "令和4年度のシート" in found.message
    assert check_tables(before, [now]) == []


def test_findings_about_figures_name_the_cell_and_no_place() -> None:
    (found,) = check_tables(_sheet(costs=COSTS | {"program_total": 1}))
    assert isinstance(found, Finding)
    assert (found.section, found.start, found.end, found.kind) == ("table", None, None, "table")
    assert found.text == "事業費計(A) 令和5年度"
    assert "368,045千円" in found.message
