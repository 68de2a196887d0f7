"""Years that tell when something was done: a figure is read as of the sheet's year where it is right so."""

import pytest

from tests.checking.labelled import CASES, checker

SHEET = "sample-81-2022"
"""経常収支比率: 89.6％ in 令和3年度, 92.4％ in 令和4年度, aimed at 93.2％ (93.4％ the year before)."""


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(found.text, found.verdict) for found in checker(SHEET, CASES).check(text, "4.3")]


@pytest.mark.parametrize(
    "clause",
    [
        "令和3年度に策定した計画に基づき取り組んだ結果、",
        "令和3年度に始めた取組が定着し、",
        "令和2年度に見直した基準により、",
        "前年度に料金を改定し、",
        "前年度に実施した見直しの効果があったものの、",
    ],
)
def test_the_year_of_an_event_is_not_that_of_the_figure(clause: str) -> None:
    assert verdicts(f"{clause}経常収支比率は92.4％となった。") == [("92.4％", "match")]
    assert verdicts(f"{clause}経常収支比率は97.2％となった。") == [("97.2％", "mismatch")]


def test_the_target_behind_an_event_is_of_the_sheets_year() -> None:
    text = "経常収支比率は92.4％であり、前年度に実施した見直しの効果もあって、目標値の93.2％を下回っている。"
    assert {verdict for _, verdict in verdicts(text)} == {"match"}


def test_a_year_that_holds_a_figure_stays_its_year() -> None:
    assert verdicts("経常収支比率は、令和3年度に92.4％となった。")[0] == ("92.4％", "mismatch")
