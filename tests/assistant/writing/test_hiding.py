"""Every place with a figure is found, and a passage shown without them holds none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.hiding import has_digit, hidden, number_spans
from assistant.writing.values import HIDDEN


@pytest.mark.parametrize("text", ["5", "５", "⑤", "Ⅴ", "²", "½", "㋄", "❺", "㉒", "٣", "₂", "第3次", "ＣＯ２"])
def test_digits_of_any_width(text: str) -> None:
    assert has_digit(text)


@pytest.mark.parametrize("text", ["", "五", "〇", "○件", "㎡", "㎞", "＿年度", "[[F]]"])
def test_no_digit(text: str) -> None:
    assert not has_digit(text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("令和6年度は12.1％で、3～5件", [("year", "令和6年度"), ("figure", "12.1％"), ("figure", "3～5件")]),
        ("令和6年9月12日に", [("year", "令和6年9月12日")]),
        ("令和4・5年度と令和7～11年度", [("year", "令和4・5年度"), ("year", "令和7～11年度")]),
        (
            "令和元年度、平成28年度、R6、2024年度",
            [("year", one) for one in ("令和元年度", "平成28年度", "R6", "2024年度")],
        ),
        ("令和五年度の二十六件", [("year", "令和五年度"), ("figure", "二十六件")]),
        ("同年度、前年度、翌々年度", []),
        ("第3次計画、24時間、65歳以上の人", [("other", "第3次"), ("other", "24時間"), ("other", "65歳以上")]),
        ("第2・第4木曜日の午後8時30分", [("other", "第2・第4"), ("other", "8時30分")]),
        ("５類感染症、ＣＯ２、5G、Ⅲ判定", [("other", "５類"), ("other", "ＣＯ２"), ("other", "5G"), ("other", "Ⅲ")]),
        ("第五小学校区", [("other", "第五")]),
        ("十分に、一部、一般質問、一貫して", []),
        ("半数を超え、三割に達した", [("figure", "半数"), ("figure", "三割")]),
        ("①", [("other", "①")]),
    ],
)
def test_places_with_a_figure(text: str, spans: list[tuple[str, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in number_spans(text, 2024)] == spans


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("令和5年度は12.1％で、1,234千円増えた。", "＿年度は＿％で、＿千円増えた。"),
        ("第3次計画（令和7～11年度）", "第＿次計画（＿年度）"),
        ("令和６年９月に２回", "＿に＿回"),
        ("半数が賛成し、二十六件の意見があった。", "＿が賛成し、＿件の意見があった。"),
        ("山田会長（03-1234-5678）から", "＿会長（＿）から"),
        ("取組を進める。", "取組を進める。"),
    ],
)
def test_a_passage_without_its_figures(text: str, shown: str) -> None:
    assert hidden(text) == shown


def test_known_persons_are_hidden() -> None:
    assert hidden("東 花が調べた。", ["東　花"]) == f"{HIDDEN}が調べた。"


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("令和年度月日第次0５①Ⅴ％件人千円〇一二十[[]]F-・～山田氏@.")),
        max_size=60,
    )
)
def test_nothing_hidden_shows(text: str) -> None:
    assert not has_digit(hidden(text))


@given(st.text(st.sampled_from("令和6年度９月1日第3次①・～〜-、。,.％件人千円一二十百はがの[[]]FK "), max_size=60))
def test_places_hold_every_digit_and_lie_apart(text: str) -> None:
    spans = number_spans(text, 2024)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    rest, at = "", 0
    for span in spans:
        rest, at = rest + text[at : span.start], span.end
    assert not has_digit(rest + text[at:])


@pytest.mark.parametrize(
    "text",
    [
        "二年連続で下回った。", "八十代の参加者が多い。", "六十五歳以上の市民を対象に三日間実施した。", "二〇二三年に開始した。",
        "参加者は数十人であった。", "県内で四位であった。", "費用は壱百万円であった。", "電話は〇九〇一二三四五六七八である。",
        "利用者が二千を超えた。", "十年間で増えた。", "二、三人にとどまった。", "要介護三の人", "週三日", "午後六時", "小学三年生", "二つ目の園",
    ],
)  # fmt: skip
def test_figures_in_kanji_do_not_go_out(text: str) -> None:
    assert not set("〇壱二三四五六七八九十百千") & set(hidden(text))


@pytest.mark.parametrize(
    "text", ["一層の連携を図る。", "一方で、十分に周知する。", "四日市市と三重県", "統一的な一体の取組"]
)
def test_words_with_a_kanji_numeral_that_state_no_figure_stay(text: str) -> None:
    assert hidden(text) == text
