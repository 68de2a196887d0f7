"""Doubtful and unsupported statements, places, years that other sheets hold, and texts of any kind."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import check_sheet, check_text
from assistant.checking.numerals import find_figures
from corpus.sheetfile import SheetFile

SAMPLE = Path(__file__).parents[3] / "corpus" / "sample" / "sheets.jsonl"

UNSUPPORTED = [
    "協定を活用して21件の情報提供を対象者に行った。",
    "講座を3回開催し、延べ120人が参加した。",
    "「わからない」「無回答」を除いて、ポジティブな評価をした割合は76.1％と、高評価である。",
    "登録者数は76,371人である。",
    "高齢者人口は18,200人である。",
    "高齢者の人口は18,200人である。",
    "高齢者（65歳以上）の人口は18,200人である。",
    "５年間で3千人に予防接種を行った。",
    "地域活動に参加している市民の割合は33.9％である。",
    "避難行動要支援者名簿の登録者数は1,742人で、前年度より120人増加した。",
    "補助金として5,000千円を交付した。",
    "学習支援事業費は5,000千円である。",
    "福祉活動に取り組んでいる市民の割合は県内3位である。",
    "令和元年度の福祉活動に取り組んでいる市民の割合は11.9％であった。",
    "人口は76,371人で、うち外国人は1,520人である。",
    "一般財源が予算の62.5％を占める。",
    "福祉活動に取り組んでいる市民の割合は20.0％まで引き上げることを目指す。",
    "執行率は92.5％であった。",
]


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_figures_that_nothing_stored_speaks_to(welfare: SheetFile, text: str) -> None:
    findings = check_text(text, "6.1.results", welfare)
    assert [found for found in findings if found.verdict == "unsupported"]
    assert not [found for found in findings if found.verdict in ("mismatch", "ambiguous")]


AMBIGUOUS = [
    ("12.1％となった。", "12.1％"),
    ("【展開方向１】\n実績は12.1％であった。", "12.1％"),
    ("福祉活動に取り組んでいる市民の割合は12.1％で、目標18.0％を下回った。", "18.0％"),
    ("指標アは12.1％であった。", "12.1％"),
    ("地域活動に参加していない市民の割合は66.1％で、目標を下回った。", "下回"),
]


@pytest.mark.parametrize(("text", "written"), AMBIGUOUS)
def test_several_readings_that_disagree(welfare: SheetFile, text: str, written: str) -> None:
    (found,) = [found for found in check_text(text, "6.1.results", welfare) if found.verdict == "ambiguous"]
    assert found.text == written
    assert "不一致" in found.message or "低いほど良い" in found.message


def test_no_polarity_leaves_achievement_open(welfare: SheetFile) -> None:
    sheet = welfare.model_copy(deep=True)
    entry = sheet.indicator("1-イ")
    assert entry is not None
    entry.better = None
    (found,) = check_text("地域活動に参加していない市民の割合は目標を達成した。", "6.1.results", sheet)
    assert (found.kind, found.verdict, found.indicator) == ("achievement", "ambiguous", "1-イ")


def test_the_only_row_with_the_unit_under_the_heading_is_meant(welfare: SheetFile) -> None:
    text = "②展開方向２「相談と自立支援」\n・実績は56.7％で、目標55.0％を上回った。"
    assert {found.indicator for found in check_text(text, "6.1.results", welfare)} == {"2-ア"}
    (found,) = check_text("②展開方向２「相談と自立支援」\n・実績は65.7％であった。", "6.1.results", welfare)
    assert (found.verdict, found.indicator, found.suggestion) == ("mismatch", "2-ア", "56.7％")


def test_findings_stand_at_code_points_of_the_text_as_given(welfare: SheetFile) -> None:
    text = "🙂〇成果実績\n・第1に、人口は𠮷76,371人で、前年度より２００人増加した。"
    findings = check_text(text, "5.1", welfare)
    assert [(found.text, found.section) for found in findings] == [("76,371人", "5.1"), ("２００人増加", "5.1")]
    for found in findings:
        assert text[found.start : found.end] == found.text


def test_kinds_of_the_claim_types(welfare: SheetFile) -> None:
    text = (
        "福祉活動に取り組んでいる市民の割合は12.1％で、前回から2.7ポイント低下し、目標を下回り、目標を達成できなかった。"
        "事業費は前年度比5.2％増となった。総合評価はCである。"
    )
    kinds = [found.kind for found in check_text(text, "6.1.results", welfare)]
    assert kinds == ["level", "change", "direction", "achievement", "ratio", "grade"]


def test_previous_year_without_survey_is_said_in_the_message(welfare: SheetFile) -> None:
    text = "福祉活動に取り組んでいる市民の割合は前年度から2.7ポイント低下した。"
    (found,) = check_text(text, "6.1.results", welfare)
    assert (found.verdict, found.stated, found.expected, found.unit) == (
        "match",
        Decimal("-2.7"),
        Decimal("-2.7"),
        "ポイント",
    )
    assert "令和3年度と比べています" in found.message


def test_differences_of_printed_values_match_too() -> None:
    values = {"2022": {"actual": 10.04}, "2023": {"actual": 12.46}}
    sheet = SheetFile.model_validate(
        {
            "fiscal_year": 2023,
            "measure": {"name": "施策"},
            "indicators": [
                {
                    "id": "1-ア",
                    "kind": "outcome",
                    "name": "満足している市民の割合",
                    "unit": "％",
                    "decimals": 1,
                    "values": values,
                }
            ],
        }
    )
    for written, verdict in (("2.5", "match"), ("2.4", "match"), ("2.3", "mismatch")):
        (found,) = check_text(f"満足している市民の割合は前年度から{written}ポイント上昇した。", "5.1", sheet)
        assert found.verdict == verdict


def test_earlier_sheets_give_values_that_this_sheet_lacks(welfare: SheetFile) -> None:
    before = SheetFile.model_validate(
        {
            "fiscal_year": 2019,
            "measure": {"name": "支え合いの地域づくり"},
            "indicators": [
                {
                    "id": "1-ア",
                    "kind": "outcome",
                    "name": "福祉活動に取り組んでいる市民の割合",
                    "unit": "％",
                    "values": {"2019": {"actual": 11.9}},
                }
            ],
            "costs": {"2019": {"total": 500000}},
        }
    )
    text = "令和元年度の福祉活動に取り組んでいる市民の割合は11.9％、トータルコストは500,000千円であった。"
    assert [found.verdict for found in check_text(text, "5.1", welfare)] == ["unsupported", "unsupported"]
    assert [found.verdict for found in check_text(text, "5.1", welfare, [before])] == ["match", "match"]


def test_a_sheet_without_figures_calls_nothing_wrong() -> None:
    sheet = SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "施策"}})
    findings = check_text("人口は76,371人で、前年度より189人増加し、目標を達成した。総合評価はAである。", "5.1", sheet)
    assert {found.verdict for found in findings} <= {"unsupported"}


WORDS = [
    *(
        "福祉活動に取り組んでいる市民の割合",
        "人口",
        "指標ア",
        "同割合",
        "展開方向１",
        "それぞれ",
        "合計",
        "総合評価",
        "C",
    ),
    *(
        "は",
        "が",
        "を",
        "に",
        "、",
        "。",
        "\n",
        "・",
        "（",
        "）",
        "「",
        "」",
        "より",
        "から",
        "した",
        "た",
        "し",
        "約",
        "倍",
    ),
    *("12.1％", "１６．０％", "2.7ポイント", "76,371人", "368,045千円", "2", "前年度", "年度比", "目標", "令和5年度"),
    *("低下", "増加", "上回っ", "達成", "横ばい", "でない"),
]


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=30,
    )
)
def test_any_order_of_words_is_checked_without_error(sheets: dict[str, SheetFile], words: list[str]) -> None:
    text = "".join(words)
    for sheet in sheets.values():
        for found in check_text(text, "5.1", sheet):
            assert found.start is not None
            assert text[found.start : found.end] == found.text


@given(st.text(max_size=60))
def test_any_text_is_checked_without_error(sheets: dict[str, SheetFile], text: str) -> None:
    for found in check_text(text, "5.1", sheets["welfare"]):
        assert found.start is not None
        assert text[found.start : found.end] == found.text


def _sample() -> list[SheetFile]:
    return [SheetFile.model_validate(json.loads(line)) for line in SAMPLE.read_text("utf-8").splitlines()]


def _planted() -> set[tuple[str, str]]:
    """Measure and year of the sheets whose texts hold faults on purpose (``faults.tsv`` of the sample)."""
    rows = SAMPLE.with_name("faults.tsv").read_text("utf-8").splitlines()[1:]
    return {(row.split("\t")[0], row.split("\t")[1]) for row in rows}


def _earlier(sheet: SheetFile, sheets: list[SheetFile]) -> list[SheetFile]:
    return [
        other for other in sheets if other.measure.name == sheet.measure.name and other.fiscal_year < sheet.fiscal_year
    ]


def test_the_sample_citys_texts_are_not_called_wrong() -> None:
    sheets = _sample()
    for sheet in sheets:
        if (sheet.measure.code, str(sheet.fiscal_year)) in _planted():
            continue
        findings = check_sheet(sheet, _earlier(sheet, sheets)).findings
        wrong = [(found.section, found.text, found.message) for found in findings if found.verdict == "mismatch"]
        assert not wrong
        if any(sheet.sections.values()):
            assert sum(found.verdict == "match" and found.section != "table" for found in findings) >= 20


def test_most_figures_changed_in_the_sample_citys_texts_are_found() -> None:
    """Each figure that matches is made wrong in its first digit, one at a time."""
    sheets, found, tried = _sample(), 0, 0
    for sheet in sheets:
        for key in sheet.sections:
            text = sheet.text(key)
            for right in check_text(text, key, sheet, _earlier(sheet, sheets)):
                if right.verdict != "match" or right.start is None or not find_figures(right.text):
                    continue
                if not any(sign.isdecimal() for sign in right.text):
                    continue
                place = right.start + next(n for n, sign in enumerate(right.text) if sign.isdecimal())
                digit = int(text[place])
                other = chr(ord(text[place]) - digit + (digit % 9 + 1))
                wrong = text[:place] + other + text[place + 1 :]
                tried += 1
                found += any(
                    finding.verdict == "mismatch" and finding.start == right.start
                    for finding in check_text(wrong, key, sheet, _earlier(sheet, sheets))
                )
    assert tried >= 100
    assert found >= tried * 0.9, (found, tried)
