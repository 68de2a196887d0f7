"""Defining indicators and directions: ids, labels, pasted rows, and what hangs on each."""

import pytest

from corpus.defining import (
    PastedIndicator,
    figures_of,
    figures_off_form,
    finer_figures,
    free_id,
    free_label,
    pasted_indicators,
    users_of_direction,
)
from corpus.form import Kind
from tests.conftest import SheetFactory


@pytest.mark.parametrize(
    ("kind", "direction", "label", "taken", "found"),
    [
        ("outcome", 1, "ア", [], "1-ア"),
        ("outcome", 1, "ア", ["1-ア"], "1-ア-2"),
        ("outcome", 1, "ア", ["1-ア", "1-ア-2"], "1-ア-3"),
        ("population", None, "イ", [], "P-イ"),
        ("population", 2, "イ", [], "P-イ"),
        ("outcome", None, "ア", [], "0-ア"),
        ("outcome", 3, "", [], "3-1"),
    ],
)
def test_an_id_follows_from_kind_direction_and_label(
    kind: Kind, direction: int | None, label: str, taken: list[str], found: str
) -> None:
    assert free_id(kind, direction, label, taken) == found


def test_a_label_is_the_next_that_is_free(make_sheet: SheetFactory) -> None:
    sheet = make_sheet(2023)
    assert free_label("outcome", 1, sheet) == "イ"
    assert free_label("outcome", 1, sheet, [("1", "イ"), ("2", "ウ")]) == "ウ"
    assert free_label("outcome", 3, sheet) == "ア"
    assert free_label("population", None, sheet) == "イ"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("満足度\t％\t市民意識調査\n人数\t人\t", [("満足度", "％", "市民意識調査", ""), ("人数", "人", "", "")]),
        ("満足度", [("満足度", "", "", "")]),
        ("単位\t指標名\t出典\n％\t満足度\t調査", [("満足度", "％", "調査", "")]),
        ("指標の名称\t単位\n満足度\t％", [("満足度", "％", "", "")]),
        ("ア\t満足度\t％\t調査\nイ\t人数\t人\t台帳", [("満足度", "％", "調査", "ア"), ("人数", "人", "台帳", "イ")]),
        ('"満足度\n（18歳以上）"\t％\t"「""市民""」調査"\n', [("満足度 （18歳以上）", "％", '「"市民"」調査', "")]),
        ("\t％\n \n", []),
        ("", []),
        ('"閉じない引用符\t％', [('"閉じない引用符', "％", "", "")]),
    ],
)
def test_rows_are_read_from_a_paste(text: str, rows: list[tuple[str, str, str, str]]) -> None:
    assert pasted_indicators(text) == [PastedIndicator(*row) for row in rows]


def test_figures_are_counted(make_sheet: SheetFactory) -> None:
    active = make_sheet(2023).indicators[1]
    assert figures_of(active) == 6
    assert finer_figures(active, 0) == 4
    assert finer_figures(active, 1) == 0
    assert figures_off_form(active, "population") == 4
    assert figures_off_form(active, "outcome") == 0


def test_what_refers_to_a_direction_is_named(make_sheet: SheetFactory) -> None:
    notes = [{"text": "訓練", "direction": 2}, {"text": "会議", "direction": 2}, {"text": "その他"}]
    sheet = make_sheet(2023, facts={"done": notes})
    assert users_of_direction(sheet, 2) == ["成果指標 2-ア「就職につながった人の数」", "取組実績2件"]
    assert users_of_direction(sheet, 3) == []
