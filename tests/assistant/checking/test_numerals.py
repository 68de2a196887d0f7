"""Figures read from Japanese text, and the digits that are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.numerals import base_unit, find_figures, unit_fits
from corpus.fiscal import HALF_WIDTH_DIGITS

READ = [
    ("12.1％となった", "12.1％", "12.1", "％"),
    ("１２．１％となった", "１２．１％", "12.1", "％"),
    ("12.1%となった", "12.1%", "12.1", "％"),
    ("12.1パーセントとなった", "12.1パーセント", "12.1", "％"),
    ("12.1 ％となった", "12.1 ％", "12.1", "％"),
    ("７６，１８２人", "７６，１８２人", "76182", "人"),
    ("76,182名", "76,182名", "76182", "人"),
    ("参加者は76,\n182人", "76,\n182人", "76182", "人"),
    ("割合は12.\n1％", "12.\n1％", "12.1", "％"),
    ("割合は1\n2.1％", "1\n2.1％", "12.1", "％"),
    ("割合は1 2.1％", "1 2.1％", "12.1", "％"),
    ("3億6,804万5千円", "3億6,804万5千円", "368045", "千円"),
    ("３億６，８０４万５千円", "３億６，８０４万５千円", "368045", "千円"),
    ("368,045千円", "368,045千円", "368045", "千円"),
    ("約368百万円", "368百万円", "368000", "千円"),
    ("5千円", "5千円", "5", "千円"),
    ("1,234円", "1,234円", "1.234", "千円"),
    ("1.5億円", "1.5億円", "150000", "千円"),
    ("2,380万円", "2,380万円", "23800", "千円"),
    ("1億2千万円", "1億2千万円", "120000", "千円"),
    ("7万6千人", "7万6千人", "76000", "人"),
    ("1.2万人", "1.2万人", "12000", "人"),
    ("1万2,345人", "1万2,345人", "12345", "人"),
    ("百人", "百人", "100", "人"),
    ("十二団体", "十二団体", "12", "団体"),
    ("四千三百二十一人", "四千三百二十一人", "4321", "人"),
    ("一二三件", "一二三件", "123", "件"),
    ("二〇件", "二〇件", "20", "件"),
    ("6割", "6割", "60", "％"),
    ("三割", "三割", "30", "％"),
    ("3割5分", "3割5分", "35", "％"),
    ("2割8分5厘", "2割8分5厘", "28.5", "％"),
    ("2.7ポイント", "2.7ポイント", "2.7", "ポイント"),
    ("0.5pt", "0.5pt", "0.5", "ポイント"),
    ("０．５ｐｔ", "０．５ｐｔ", "0.5", "ポイント"),
    ("2.7％ポイント", "2.7％ポイント", "2.7", "ポイント"),
    ("▲2.7ポイント", "▲2.7ポイント", "-2.7", "ポイント"),
    ("△63件", "△63件", "-63", "件"),
    ("前年度比－5％", "－5％", "-5", "％"),
    ("前年度比−5％", "−5％", "-5", "％"),
    ("前年度比＋3件", "＋3件", "3", "件"),
    ("1.2倍", "1.2倍", "1.2", "倍"),
    ("3か所", "3か所", "3", "か所"),
    ("3ヶ所", "3ヶ所", "3", "か所"),
    ("3箇所", "3箇所", "3", "か所"),
    ("120世帯", "120世帯", "120", "世帯"),
    ("15㎡", "15㎡", "15", "㎡"),
    ("24,103ｔ", "24,103ｔ", "24103", "t"),
    ("1,048ｋｇ", "1,048ｋｇ", "1048", "kg"),
    ("67,820時間", "67,820時間", "67820", "時間"),
    ("健康寿命は83.5歳", "83.5歳", "83.5", "歳"),
    ("展開方向１の３件", "３件", "3", "件"),
    ("目標11件", "11件", "11", "件"),
    ("・21件の情報提供", "21件", "21", "件"),
    ("CSWを12人", "12人", "12", "人"),
    ("令和5年度は12件", "12件", "12", "件"),
    ("0件", "0件", "0", "件"),
]

NEVER = [
    "展開方向1",
    "展開方向１「支え合いの地域づくり」",
    "施策2-1",
    "第3次計画",
    "第三次地域福祉計画",
    "第２期",
    "第5条",
    "憲法25条に規定",
    "第5条の2第1項第3号",
    "(1)",
    "（１）施策全体",
    "①②③",
    "4（3）及び6（1）",
    "24時間体制",
    "24時間365日",
    "SDGs目標11",
    "ＳＤＧｓの目標１１",
    "SDGs目標3、11",
    "042-576-2111",
    "０４２－５７６－２１１１",
    "〒186-8501",
    "4月1日",
    "４月１日現在",
    "令和5年4月1日",
    "4～6月",
    "9時30分",
    "補助率10/10",
    "補助率2分の1",
    "1人ひとり",
    "一人ひとり",
    "一人一人",
    "一人では",
    "1人1台端末",
    "一部",
    "一層",
    "四半期",
    "一体的",
    "一本化",
    "万一",
    "十分",
    "統一",
    "三位一体",
    "数千円",
    "数十件",
    "（単位：千円）",
    "令和5年度",
    "R5",
    "5年度",
    "令和3～5年度",
    "令和元年度",
    "2023年度",
    "2030年",
    "平成30年法律第12号",
    "（昭和22年法律第67号）",
    "3年間",
    "3年連続",
    "5年ぶり",
    "3か月",
    "6か月間",
    "65歳以上の高齢者",
    "75歳未満",
    "18歳",
    "1歳6か月児健診",
    "10代",
    "60歳代",
    "5類感染症",
    "2次救急",
    "26市",
    "1人1日当たり",
    "人口10万人当たり",
    "1世帯当たり",
    "COVID-19",
    "Society5.0",
    "CO2",
    "PM2.5",
    "3R",
    "5G",
    "2025年問題",
    "8050問題",
    "ビジョン2030",
    "－４枚目－",
    "3つの柱",
    "1対1",
    "110番",
    "#7119",
    "https://example.jp/2023/12",
    "役割",
    "3回目",
    "10000000000000000000000000000",
]


@pytest.mark.parametrize(("text", "written", "value", "unit"), READ)
def test_figures_are_read_with_value_unit_and_place(text: str, written: str, value: str, unit: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.text, figure.value, figure.unit) == (written, Decimal(value), unit)
    assert text[figure.start : figure.end] == written


@pytest.mark.parametrize("text", NEVER)
def test_never_values_state_no_figure(text: str) -> None:
    assert find_figures(f"この施策では{text}について述べる") == []
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("約6割", "about"),
        ("およそ500人", "about"),
        ("500人程度", "about"),
        ("500人前後", "about"),
        ("ほぼ500人", "nearly"),
        ("3割強", "over"),
        ("500人余り", "over"),
        ("3割弱", "under"),
        ("500人以上", "at_least"),
        ("500人以下", "at_most"),
        ("50人超", "more_than"),
        ("50人未満", "less_than"),
        ("50人", "exact"),
        ("50人強化", "exact"),
    ],
)
def test_qualifiers(text: str, bound: str) -> None:
    assert find_figures(text)[0].bound == bound


@pytest.mark.parametrize(
    ("text", "step", "coarse"),
    [
        ("76,182人", "1", "1"),
        ("500人", "1", "100"),
        ("12.10％", "0.01", "0.1"),
        ("3.2万人", "1000", "1000"),
        ("368百万円", "1000", "1000"),
        ("3億6,804万5千円", "1", "1"),
        ("3億円", "100000", "100000"),
        ("6割", "10", "10"),
    ],
)
def test_place_values_of_the_digits_written(text: str, step: str, coarse: str) -> None:
    figure = find_figures(text)[0]
    assert (figure.step, figure.coarse) == (Decimal(step), Decimal(coarse))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"), [("3～5件", 3, 5, "件"), ("60％～70％", 60, 70, "％"), ("３〜５人", 3, 5, "人")]
)
def test_ranges_are_one_figure(text: str, low: int, high: int, unit: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.upper, figure.unit, figure.text) == (low, high, unit, text)


def test_digits_end_where_the_unit_begins() -> None:
    for text, unit in [("12.1％", "％"), ("368,045千円", "千円"), ("3億6,804万5千円", "円"), ("12 件", " 件")]:
        assert text[find_figures(text)[0].digits_end :] == unit


def test_a_sheets_own_units_are_read_and_take_words_out_of_the_idioms() -> None:
    (figure,) = find_figures("家庭系ごみは609g/人日となった", {"g/人日"})
    assert (figure.value, figure.unit) == (609, "g/人日")
    assert [found.text for found in find_figures("健康寿命は83歳", {"歳"})] == ["83歳"]
    assert find_figures("健康寿命は83歳") == []


@pytest.mark.parametrize("text", ["1. 支え合いの地域づくり", "１　施策の目的", "2．取組", "本文。\n3) 課題"])
def test_numbers_that_open_a_line_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


def test_several_figures_of_a_sentence_in_order() -> None:
    text = "令和3年度の14.8％から12.1％に低下し、目標16.0％を3.9ポイント下回った"
    assert [figure.text for figure in find_figures(text)] == ["14.8％", "12.1％", "16.0％", "3.9ポイント"]


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("%", "％", 1),
        ("名", "人", 1),
        ("千人", "人", 1000),
        ("百万円", "千円", 1000),
        ("億円", "千円", 100000),
        (None, "", 1),
    ],
)
def test_stored_units_in_base_units(unit: str | None, base: str, factor: int) -> None:
    assert base_unit(unit) == (base, factor)


def test_a_rate_unit_is_also_written_by_its_head() -> None:
    assert unit_fits("g/人日", "g")
    assert not unit_fits("g/人日", "人")
    assert unit_fits("％", "")


@given(st.text(max_size=80))
def test_any_text_is_read_without_error_and_slices_are_exact(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start <= figure.digits_end <= figure.end


@given(
    st.text(
        alphabet="0123456789０１２,.，．％%億万千百円人件年度令和第次(（)）約▲－~～ \n強弱割分の一二三十", max_size=40
    )
)
def test_text_made_of_number_signs_is_read_without_error(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text


@given(
    st.decimals(min_value=0, max_value=10**9, places=1, allow_nan=False),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["％", "人", "件", "ポイント", "団体"]),
)
def test_a_formatted_number_is_read_back(value: Decimal, wide: bool, commas: bool, unit: str) -> None:
    written = f"{value:{',' if commas else ''}f}"
    if wide:
        written = written.translate(HALF_WIDTH_DIGITS).replace(",", "，").replace(".", "．")
    (figure,) = find_figures(f"実績は{written}{unit}である")
    assert (figure.value, figure.unit, figure.decimals) == (value, unit, 1)
