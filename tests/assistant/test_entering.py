"""Figures typed into the tables: what they mean, and what is said about them."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.entering import Entered, Remark, enter, same_value
from corpus.places import ABSENT, put
from corpus.sheetfile import SheetFile
from tests.conftest import SheetFactory, sheet_object

RATE = "indicators.1-ア.values.2023.actual"
TARGET = "indicators.1-ア.values.2024.target"
HIRED = "indicators.2-ア.values.2023.actual"
PEOPLE = "indicators.P-ア.values.2023.actual"
ACHIEVED = "indicators.1-ア.achieved.2023"
IMPROVED = "indicators.2-ア.improved.2023"
GENERAL = "costs.2023.general"
BONDS = "costs.2023.bonds"


def remarks(entered: Entered, path: str) -> list[Remark]:
    return [remark for remark in entered.remarks if remark.path == path]


@pytest.fixture
def sheet(make_sheet: SheetFactory) -> SheetFile:
    return make_sheet(2023)


@pytest.mark.parametrize(
    ("path", "written", "value"),
    [
        (RATE, "12.4", Decimal("12.4")),
        (RATE, "１２．４％", Decimal("12.4")),
        (RATE, "12.4 %", Decimal("12.4")),
        (RATE, "12.4パーセント", Decimal("12.4")),
        (RATE, "", ABSENT),
        (RATE, " \u3000", ABSENT),
        (RATE, "―", None),
        (RATE, "未実施", None),
        (PEOPLE, "76,182人", Decimal(76182)),
        (PEOPLE, "76,182名", Decimal(76182)),
        (GENERAL, "１，２３４千円", Decimal(1234)),
        (GENERAL, "▲1,234", Decimal(-1234)),
        (GENERAL, "", ABSENT),
        (BONDS, "-", ABSENT),
        (ACHIEVED, "○", True),
        (ACHIEVED, "〇達成", True),
        (ACHIEVED, "×", False),
        (ACHIEVED, "未達成", False),
        (ACHIEVED, "―", None),
        (ACHIEVED, "", ABSENT),
        (IMPROVED, "向上", True),
        (IMPROVED, "×低下", False),
        (IMPROVED, "↓", False),
    ],
)
def test_a_typed_cell_has_a_value(sheet: SheetFile, path: str, written: str, value: Any) -> None:
    entered = enter(sheet, {path: written})
    assert entered.count("error") == 0
    assert same_value(entered.values[path], value)


@pytest.mark.parametrize(
    ("path", "written", "says", "suggestion"),
    [
        (RATE, "たくさん", "数値として読めません", ""),
        (RATE, "12.1人", "この行の単位は％です", ""),
        (RATE, "2.7ポイント", "この行の単位は％です", ""),
        (RATE, "集計中", "空のまま", ""),
        (GENERAL, "368百万円", "368,000千円になります", "368,000"),
        (GENERAL, "36,804万5千円", "368,045千円になります", "368,045"),
        (GENERAL, "3億6,804万5千円", "368,045千円になります", "368,045"),
        (GENERAL, "368,045,000円", "368,045千円になります", "368,045"),
        (GENERAL, "¥368,045,000", "368,045千円になります", "368,045"),
        (GENERAL, "12万", "単位が違います", ""),
        (GENERAL, "3億円程度", "単位が違います", ""),
        (PEOPLE, "7.6万人", "76,000人になります", "76,000"),
        (ACHIEVED, "おおむね達成", "達成・未達成のどちらとも読めません", ""),
        (ACHIEVED, "○未達成", "達成・未達成のどちらとも読めません", ""),
        (ACHIEVED, "↑", "達成・未達成のどちらとも読めません", ""),
        ("indicators.9-ア.values.2023.actual", "1", "今のシートの表にありません", ""),
        ("indicators.1-ア.values.1900.actual", "1", "今のシートの表にありません", ""),
        ("indicators.1-ア.name", "別の名", "今のシートの表にありません", ""),
        ("grades.overall", "A", "今のシートの表にありません", ""),
    ],
)
def test_what_cannot_be_stored_is_an_error_that_says_why(
    sheet: SheetFile, path: str, written: str, says: str, suggestion: str
) -> None:
    entered = enter(sheet, {path: written})
    found = [remark for remark in remarks(entered, path) if remark.severity == "error"]
    assert len(found) == 1
    assert says in found[0].message
    assert found[0].suggestion == suggestion
    assert path not in entered.values


@pytest.mark.parametrize(
    ("path", "written", "says", "suggestion"),
    [
        (RATE, "12.15", "小数1桁", "12.2"),
        (HIRED, "63.5", "整数", "64"),
        (GENERAL, "316,118.5", "整数", "316,119"),
        (RATE, "121", "100％を超えています", "12.1"),
        (HIRED, "630", "桁が違います", "63"),
        (GENERAL, "316118000", "桁が違います", "316,118"),
        (HIRED, "-63", "マイナス", "63"),
        (GENERAL, "-316,118", "マイナス", "316,118"),
        ("costs.2023.program_total", "368,046", "財源内訳を足すと368,045千円", "368,045"),
        ("costs.2023.total", "597,614", "597,613千円", "597,613"),
        ("indicators.1-ア.values.2025.actual", "13.0", "まだ終わっていない", ""),
        (TARGET, "11.0", "逆に動いています", ""),
        (ACHIEVED, "○", "からは「未達成」です", "未達成"),
        (IMPROVED, "低下", "からは「向上」です", "向上"),
    ],
)
def test_what_is_doubtful_is_a_warning_and_can_be_stored(
    sheet: SheetFile, path: str, written: str, says: str, suggestion: str
) -> None:
    entered = enter(sheet, {path: written})
    found = [remark for remark in remarks(entered, path) if says in remark.message]
    assert [remark.severity for remark in found] == ["warning"]
    assert found[0].suggestion == suggestion
    assert entered.count("error") == 0
    assert path in entered.values


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (RATE, "12.4"),
        (HIRED, "64"),
        (BONDS, "0"),
        (ACHIEVED, "×"),
        (RATE, "0"),
        ("indicators.P-ア.values.2024.actual", "76000"),
    ],
)
def test_plain_entries_raise_no_doubt(sheet: SheetFile, path: str, written: str) -> None:
    assert [remark for remark in remarks(enter(sheet, {path: written}), path) if remark.severity != "offer"] == []


def test_a_size_is_doubted_once_and_against_earlier_sheets_too(make_sheet: SheetFactory) -> None:
    content = sheet_object(2023)
    hired = next(entry for entry in content["indicators"] if entry["id"] == "2-ア")
    hired["values"] = {"2023": {"target": 60}}
    sheet, earlier = SheetFile.model_validate(content), make_sheet(2022)
    assert not [remark for remark in remarks(enter(sheet, {HIRED: "630"}), HIRED) if "桁" in remark.message]
    found = [remark for remark in remarks(enter(sheet, {HIRED: "630"}, [earlier]), HIRED) if "桁" in remark.message]
    assert [(remark.severity, remark.suggestion) for remark in found] == [("warning", "63")]
    whole = remarks(enter(make_sheet(2023), {HIRED: "630"}, [earlier]), HIRED)
    assert len([remark for remark in whole if "桁" in remark.message]) == 1


def test_a_past_actual_that_last_years_sheet_has_otherwise(make_sheet: SheetFactory) -> None:
    path = "indicators.2-ア.values.2022.actual"
    entered = enter(make_sheet(2023), {path: "53"}, [make_sheet(2022)])
    found = next(remark for remark in remarks(entered, path) if "令和4年度のシートでは52人" in remark.message)
    assert (found.severity, found.suggestion) == ("warning", "52")


def test_empty_sums_and_flags_are_offered(sheet: SheetFile) -> None:
    typed = {"costs.2023.program_total": "", "costs.2023.total": "", ACHIEVED: "", IMPROVED: ""}
    entered = enter(sheet, typed)
    offers = {remark.path: remark.suggestion for remark in entered.remarks if remark.severity == "offer"}
    expected = {
        "costs.2023.program_total": "368,045",
        "costs.2023.total": "597,613",
        ACHIEVED: "未達成",
        IMPROVED: "向上",
    }
    assert {path: offers.get(path) for path in expected} == expected
    filled = enter(sheet, typed | expected)
    assert not {remark.path for remark in filled.remarks if remark.severity == "offer"} & set(expected)
    assert filled.sheet.canonical() == sheet.canonical()


def test_nothing_is_offered_over_a_cell_that_says_not_surveyed_or_is_wrong(sheet: SheetFile) -> None:
    entered = enter(sheet, {ACHIEVED: "―", "costs.2023.program_total": "たくさん"})
    assert not [remark for remark in entered.remarks if remark.severity == "offer" and remark.path == ACHIEVED]
    assert [remark.severity for remark in remarks(entered, "costs.2023.program_total")] == ["error"]


def test_a_dash_from_before_the_figure_is_no_answer_to_it(sheet: SheetFile) -> None:
    waiting = put(sheet, {RATE: None, ACHIEVED: None})
    offers = {remark.path: remark.suggestion for remark in enter(waiting, {RATE: "12.1"}).remarks}
    assert offers[ACHIEVED] == "未達成"
    assert ACHIEVED not in {remark.path for remark in enter(waiting, {HIRED: "64"}).remarks}


def test_a_readable_cell_is_kept_beside_an_unreadable_one(sheet: SheetFile) -> None:
    entered = enter(sheet, {RATE: "12.4", HIRED: "x"})
    assert entered.values == {RATE: Decimal("12.4")}
    assert entered.sheet.indicators[1].value(2023, "actual") == Decimal("12.4")
    assert entered.sheet.indicators[2].value(2023, "actual") == sheet.indicators[2].value(2023, "actual")


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=1),
    path=st.sampled_from([RATE, HIRED, PEOPLE, GENERAL]),
    wide=st.booleans(),
    commas=st.booleans(),
    with_unit=st.booleans(),
)
def test_a_figure_in_any_of_the_accepted_ways_is_entered_as_it_is(
    value: Decimal, path: str, wide: bool, commas: bool, with_unit: bool
) -> None:
    unit = {RATE: "％", HIRED: "人", PEOPLE: "人", GENERAL: "千円"}[path]
    written = f"{value:,}" if commas else f"{value:f}"
    written += unit if with_unit else ""
    if wide:
        written = written.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    entered = enter(SheetFile.model_validate(sheet_object(2023)), {path: written})
    assert entered.values[path] == value


@given(st.dictionaries(st.sampled_from([RATE, HIRED, GENERAL, ACHIEVED, BONDS]), st.text(max_size=12), max_size=4))
def test_any_typing_is_answered(typed: dict[str, str]) -> None:
    entered = enter(SheetFile.model_validate(sheet_object(2023)), typed)
    wrong = {remark.path for remark in entered.remarks if remark.severity == "error"}
    assert wrong.isdisjoint(entered.values)
    assert wrong | set(entered.values) == set(typed)
