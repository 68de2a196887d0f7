"""Stored grades against the figures: off by one may be judgement, more is wrong, and a city can switch it off."""

from typing import Any

import pytest

from assistant.checking import check_sheet
from assistant.checking.findings import Finding
from corpus.city import DEFAULT_GRADING, Bounds, Grading
from corpus.sheetfile import SheetFile
from tests.assistant.test_grading import indicator, sheet


def findings(made: SheetFile, grading: Grading = DEFAULT_GRADING) -> list[Finding]:
    return [found for found in check_sheet(made, grading=grading).findings if found.text.startswith(("4(", "6("))]


def graded(achievement: str | None, *indicators: Any, **more: str) -> SheetFile:
    entries = indicators or (indicator("1-ア", 12), indicator("1-イ", 4))
    return sheet(*entries, grades={"achievement": achievement, **more})


@pytest.mark.parametrize(
    ("stored", "verdict", "suggestion"),
    [
        ("A", "mismatch", "C"),
        ("B", "ambiguous", None),
        ("C", "match", None),
        ("D", "ambiguous", None),
        ("E", "mismatch", "C"),
    ],
)
def test_a_grade_off_by_one_is_ambiguous_and_more_is_wrong(stored: str, verdict: str, suggestion: str | None) -> None:
    (found,) = findings(graded(stored))
    assert (found.verdict, found.suggestion) == (verdict, suggestion)
    assert (found.stated, found.expected) == (stored, "C")
    assert "2件中1件（1-ア）が目標を達成" in found.message


def test_the_finding_is_one_of_the_table() -> None:
    (found,) = findings(graded(None, trend="A"))
    assert (found.section, found.kind, found.start, found.end) == ("table", "table", None, None)
    assert (found.text, found.indicator, found.series, found.year) == ("4(2) 時系列比較", None, None, 2023)
    assert found.verdict == "mismatch"


@pytest.mark.parametrize(
    "made",
    [
        graded(None),
        graded("A", indicator("1-ア", None)),
        graded("A", indicator("1-ア", 4, better=None)),
        graded(None, overall="A"),
    ],
)
def test_without_grade_or_proposal_and_for_the_overall_grade_nothing_is_said(made: SheetFile) -> None:
    assert findings(made) == []


def test_the_city_can_switch_it_off_and_set_its_own_bounds() -> None:
    assert findings(graded("A"), Grading(check=False)) == []
    half_is_a = Bounds.model_validate({"a": 0.5, "b": 0.4, "c": 0.3})
    assert [found.verdict for found in findings(graded("A"), Grading(achievement=half_is_a))] == ["match"]


@pytest.mark.parametrize(
    ("stored", "verdict"),
    [("A", "mismatch"), ("B", "ambiguous"), ("C", "ambiguous"), ("D", "ambiguous"), ("E", "match")],
)
def test_an_unchanged_value_leaves_room(stored: str, verdict: str) -> None:
    """One of two is down, one as before: none improved (E), or one of two if that counts (C)."""
    made = sheet(indicator("1-ア", 5), indicator("1-イ", 4), grades={"trend": stored})
    assert [found.verdict for found in findings(made)] == [verdict]


def test_an_unknown_polarity_leaves_room() -> None:
    entries = (indicator("1-ア", 12), indicator("1-イ", 4, better=None))
    assert [found.verdict for found in findings(graded("C", *entries))] == ["ambiguous"]
    assert [found.verdict for found in findings(graded("A", *entries))] == ["match"]
    assert [found.verdict for found in findings(graded("E", *entries))] == ["mismatch"]
