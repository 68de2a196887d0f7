"""Narratives that are word for word last year's: whole sections, and sentences with figures of a year."""

from typing import Any

import pytest

from assistant.checking import check_sheet
from assistant.checking.findings import Finding
from corpus.sheetfile import SheetFile

GENERAL = "地域のつながりが希薄になっており、支え合いの仕組みづくりが求められている。"


def _sheet(year: int, sections: dict[str, str], **more: Any) -> SheetFile:
    return SheetFile.model_validate({"fiscal_year": year, "measure": {"name": "支え合い"}, "sections": sections} | more)


def _found(now: dict[str, str], before: dict[str, str], **more: Any) -> list[Finding]:
    sheet, last = _sheet(2023, now, **more), _sheet(2022, before)
    return [found for found in check_sheet(sheet, [last]).findings if "一字一句" in found.message]


def test_a_whole_section_is_found() -> None:
    (found,) = _found({"5.1": GENERAL, "5.2": "特になし"}, {"5.1": GENERAL, "5.2": "特になし"})
    assert (found.section, found.kind, found.verdict, found.year) == ("table", "table", "ambiguous", 2022)
    assert found.text == f"5(1) 施策を取り巻く状況「{GENERAL}」"
    assert "令和4年度のシート" in found.message
    assert "令和5年度の文" in found.message


@pytest.mark.parametrize(
    "now",
    [
        GENERAL.replace("求められている", "必要である"),
        GENERAL + "\n・新たに見守りの協定を結んだ。",
        GENERAL.replace("地域の", "令和5年度は地域の"),
    ],
)
def test_a_section_with_any_change_is_not(now: str) -> None:
    assert _found({"5.1": now}, {"5.1": GENERAL.replace("地域の", "地域の")}) == []


def test_width_and_line_breaks_do_not_count_as_a_change() -> None:
    assert len(_found({"5.1": "相談は１２０件となり、\n窓口の混雑が続いている。"},
                      {"5.1": "相談は120件となり、窓口の混雑が続いている。"})) == 1  # fmt: skip


def test_only_years_changed_is_no_finding() -> None:
    before = "令和4年度は相談会を開催し、延べ412件の相談に応じた。"
    assert _found({"5.4.done": before.replace("4年度", "5年度")}, {"5.4.done": before}) == []


def test_last_years_plan_as_this_years_report_is_found() -> None:
    plan = "・福祉総合相談窓口を開設し、相談支援員を配置する。"
    (found,) = _found({"5.4.done": plan}, {"5.4.plan": plan})
    assert "令和5年度の取組予定と一字一句同じ" in found.message
    assert _found({"5.4.plan": plan}, {"7.1": plan}) == []


NEW = "\n・見守り協定の締結先を広げた。"
SENTENCES = [
    # (section, sentence kept from last year, found)
    ("5.4.done", "・相談会を開催し、延べ412件の相談に応じた。", True),
    ("5.4.done", "・ヘルパーを41世帯に派遣し、産後ケアを35人が利用しました。", True),
    ("6.1.results", "満足度は61.8％となり、目標との差は縮まった。", True),
    ("4.3", "相談が前年度から218件増えたことが要因と考えられる。", True),
    ("5.1", "公共施設の光熱費は前年度の1.45倍となり、上昇している。", True),
    ("5.4.done", "・講習会を3回開催し、地域の理解を深めた。", False),
    ("5.4.done", "・市内116施設の保守点検を行っている。", False),
    ("5.4.done", "・令和3年度に連携協定を112事業者と締結した。", False),
    ("5.4.plan", "・講座を開催し、延べ412件の相談に応じる。", False),
    ("5.1", "市内には約5,400戸の木造住宅が残っている。", False),
    ("5.3", "病児保育は近隣5市の全てで実施され、定員は計120人である。", False),
    ("6.1.results", GENERAL, False),
    ("6.1.results", "相談は412件となった。", False),
]


@pytest.mark.parametrize(("section", "kept", "expected"), SENTENCES)
def test_a_kept_sentence_with_figures_of_a_year(section: str, kept: str, expected: bool) -> None:
    found = _found({section: kept + NEW}, {section: kept + "\n・別の取組を進めた。"})
    assert [entry.verdict for entry in found] == ["ambiguous"] * expected
    for entry in found:
        assert "令和5年度の数値" in entry.message


def test_a_kept_figure_that_the_stored_value_confirms_is_no_finding() -> None:
    text = "見守り協力事業者数は412事業者となり、目標を上回った。"
    entry = {"id": "1-ア", "kind": "outcome", "direction": 1, "name": "見守り協力事業者数", "unit": "事業者",
             "values": {"2023": {"actual": 412, "target": 400}}}  # fmt: skip
    directions = [{"number": 1, "name": "見守り"}]
    pair = ({"6.1.results": text + NEW}, {"6.1.results": text + "\n・別の取組を進めた。"})
    assert _found(*pair, indicators=[entry], directions=directions) == []
    assert len(_found(*pair)) == 1


def test_a_later_sheet_or_none_gives_nothing() -> None:
    sheet = _sheet(2023, {"5.1": GENERAL})
    for others in ([], [_sheet(2024, {"5.1": GENERAL})]):
        assert all("一字一句" not in found.message for found in check_sheet(sheet, others).findings)


def test_it_is_the_latest_earlier_sheet_that_counts() -> None:
    older, last = _sheet(2021, {"5.1": GENERAL}), _sheet(2022, {"5.1": "別の状況が続いており、対応が求められている。"})
    sheet = _sheet(2023, {"5.1": GENERAL})
    assert all("一字一句" not in found.message for found in check_sheet(sheet, [last, older]).findings)
