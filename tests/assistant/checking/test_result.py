"""The check result as formats.md section 2 promises it, and figures written in the writer's manner."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import check_sheet
from assistant.checking.numerals import find_figures
from assistant.checking.wording import written_like
from corpus.sheetfile import SheetFile

FIELDS = [
    "section",
    "start",
    "end",
    "text",
    "kind",
    "verdict",
    "indicator",
    "year",
    "series",
    "stated",
    "expected",
    "unit",
    "message",
    "suggestion",
]


def test_a_checked_sheet_as_json(welfare: SheetFile) -> None:
    sheet = welfare.model_copy(
        update={
            "sections": {
                "7.1": "総合評価はBである。",
                "5.1": "福祉活動に取り組んでいる市民の割合は12.5％、人口は76,371人である。",
            }
        }
    )
    result = check_sheet(sheet)
    content = json.loads(result.to_json())
    assert list(content) == ["measure", "fiscal_year", "findings", "summary"]
    assert (content["measure"], content["fiscal_year"]) == ("支え合いの地域づくり", 2023)
    first = content["findings"][0]
    assert list(first) == FIELDS
    assert (first["stated"], first["expected"], first["suggestion"]) == (12.5, 12.1, "12.1％")
    assert [found["section"] for found in content["findings"]][:3] == ["5.1", "5.1", "7.1"]
    texts = [found for found in content["findings"] if found["section"] != "table"]
    assert [found["stated"] for found in texts] == [12.5, 76371, "B"]
    counts = dict.fromkeys(("match", "mismatch", "ambiguous", "unsupported"), 0)
    for found in content["findings"]:
        counts[found["verdict"]] += 1
    assert content["summary"] == counts
    assert "\n" not in result.to_json()


def test_plain_values_keep_decimals_exact(welfare: SheetFile) -> None:
    sheet = welfare.model_copy(update={"sections": {"5.1": "福祉活動に取り組んでいる市民の割合は12.1％である。"}})
    (found, *_) = check_sheet(sheet).to_object()["findings"]
    assert found["expected"] == Decimal("12.1")
    assert isinstance(found["expected"], Decimal)


LIKE = [
    ("12.5％", "12.1", "12.1％"),
    ("１２．５％", "12.1", "１２．１％"),
    ("12.5 ％", "12.1", "12.1 ％"),
    ("13％", "12.1", "12％"),
    ("75,371人", "76371", "76,371人"),
    ("75371人", "76371", "76371人"),
    ("７５，３７１人", "76371", "７６，３７１人"),
    ("75名", "1234", "1,234名"),
    ("367,045千円", "368045", "368,045千円"),
    ("367百万円", "368045", "368百万円"),
    ("3億6,704万5千円", "368045", "3億6,804万5千円"),
    ("３億６，７０４万円", "368045", "３億６，８０５万円"),
    ("1.5億円", "368045", "3.7億円"),
    ("2割", "30", "3割"),
    ("2割", "12.1", "12.1％"),
    ("▲2.5ポイント", "-2.7", "▲2.7ポイント"),
    ("十二件", "13", "十三件"),
]


@pytest.mark.parametrize(("written", "value", "expected"), LIKE)
def test_a_suggestion_is_written_in_the_writers_manner(written: str, value: str, expected: str) -> None:
    assert written_like(Decimal(value), find_figures(written)[0]) == expected


@given(
    st.integers(0, 10**9),
    st.sampled_from(
        ["12人", "1,234人", "１，２３４人", "12万3千人", "1億2,345万6千円", "5千円", "１２３千円", "3,000円"]
    ),
)
def test_what_is_suggested_is_read_back_as_that_value(value: int, like: str) -> None:
    figure = find_figures(like)[0]
    rounded = (Decimal(value) / figure.step).to_integral_value() * figure.step
    (again,) = find_figures(f"実績は{written_like(rounded, figure)}である")
    assert (again.value, again.unit) == (rounded, figure.unit)
