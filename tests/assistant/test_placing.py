"""Findings about narratives as a whole, at the words that they quote."""

import pytest

from assistant.checking import check_sheet
from assistant.checking.findings import Finding
from assistant.placing import placed, placed_all
from tests.conftest import SheetFactory

LEFT = "令和4年度は、見守り訓練を3地区で実施する予定である。"


def table(text: str) -> Finding:
    return Finding(section="table", start=None, end=None, text=text, kind="table", verdict="mismatch", message="文")


@pytest.mark.parametrize(
    ("quoted", "words"),
    [
        (f"5(4) 令和6年度の取組予定「{LEFT}」", LEFT),
        (f"5(4) 令和6年度の取組予定「{LEFT[:12]}…」", LEFT[:12]),
        (f"5(4) 令和6年度の取組予定「…{LEFT[4:]}」", LEFT[4:]),
    ],
)
def test_the_words_quoted_are_found_in_their_section(make_sheet: SheetFactory, quoted: str, words: str) -> None:
    sheet = make_sheet(2023, sections={"5.4.plan": f"・協定を結ぶ。\n・{LEFT}"})
    found = placed(table(quoted), sheet)
    assert (found.section, found.text) == ("5.4.plan", words)
    assert sheet.text("5.4.plan")[found.start : found.end] == words


def test_words_that_stand_nowhere_have_a_section_but_no_place(make_sheet: SheetFactory) -> None:
    found = placed(table("5(4) 令和6年度の取組予定「ない文」"), make_sheet(2023))
    assert (found.section, found.start, found.end) == ("5.4.plan", None, None)


@pytest.mark.parametrize("cell", ["4(2) 時系列比較", "1-ア「見守り「訓練」」 令和5年度 前年度比較", "事業費計(A)"])
def test_a_finding_about_a_cell_stays_with_the_tables(make_sheet: SheetFactory, cell: str) -> None:
    assert placed(table(cell), make_sheet(2023)) == table(cell)


def test_what_the_checker_says_of_a_text_left_behind_is_placed(make_sheet: SheetFactory) -> None:
    plan = f"・協定を12団体と結ぶ。\n・{LEFT}"
    sheet = make_sheet(2023, sections={"5.4.plan": plan, "6.1.results": "・人口は1人である。"})
    findings = placed_all(check_sheet(sheet, (make_sheet(2022),)).findings, sheet)
    sections = [found.section for found in findings]
    assert sections.index("5.4.plan") < sections.index("6.1.results")
    assert "table" not in sections[: sections.index("6.1.results")]
    in_plan = [found for found in findings if found.section == "5.4.plan"]
    assert [plan[found.start : found.end] for found in in_plan if found.kind == "table"] == [LEFT]
    places = [found.start for found in in_plan if found.start is not None]
    assert places == sorted(places)
