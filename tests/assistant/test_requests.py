from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.requests import Wish, understand
from corpus.sheetfile import SheetFile

SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "measure": {"name": "地域福祉の推進"},
        "directions": [{"number": 1, "name": "支え合いの地域づくり"}, {"number": 2, "name": "自立支援の推進"}],
    }
)
MEASURES = ["地域福祉の推進", "ごみの減量"]


def told(text: str) -> list[dict[str, Any]]:
    wishes = understand(text, SHEET, MEASURES)
    return [{key: value for key, value in wish.to_object().items() if value is not None} for wish in wishes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("展開方向1の成果実績を下書きして", [{"action": "draft", "section": "6.1.results", "direction": 1}]),
        ("展開方向１の成果実績を下書きして", [{"action": "draft", "section": "6.1.results", "direction": 1}]),
        ("取組方針を昨年度にならって下書きして", [{"action": "draft", "section": "7.1", "against": 2022}]),
        ("改善余地のある課題を書いて", [{"action": "draft", "section": "6.1.issues"}]),
        ("中期的な取組方針の案を作って", [{"action": "draft", "section": "7.2"}]),
        ("7年度の取組方針を書いてください", [{"action": "draft", "section": "7.1", "year": 2025}]),
        ("令和6年度の取組を書いて", [{"action": "draft", "section": "5.4.plan", "year": 2024}]),
        ("今年度の取組状況を下書きして", [{"action": "draft", "section": "5.4.done", "year": 2023}]),
        ("来年度の取組予定を書いて", [{"action": "draft", "section": "5.4.plan", "year": 2024}]),
        ("7(1)を下書きして", [{"action": "draft", "section": "7.1"}]),
        ("５（４）の予定を書いて", [{"action": "draft", "section": "5.4.plan"}]),
        ("6.1の課題を書いて", [{"action": "draft", "section": "6.1.issues"}]),
        ("他市との比較を書いて", [{"action": "draft", "section": "5.3"}]),
        ("支え合いの地域づくりの課題を下書きして", [{"action": "draft", "section": "6.1.issues", "direction": 1}]),
        (
            "成果実績と課題を書いて",
            [{"action": "draft", "section": "6.1.results"}, {"action": "draft", "section": "6.1.issues"}],
        ),
        (
            "課題を下書きして。それから数字の整合を確認して",
            [{"action": "draft", "section": "6.1.issues"}, {"action": "check"}],
        ),
        (
            "意見・要望の欄を書いて、取り巻く状況も下書きして",
            [{"action": "draft", "section": "5.2"}, {"action": "draft", "section": "5.1"}],
        ),
        ("数字の整合を確認して", [{"action": "check"}]),
        ("成果実績の数値に間違いがないか確認して", [{"action": "check", "section": "6.1.results"}]),
        ("昨年度と何が変わった？", [{"action": "compare", "against": 2022}]),
        ("取組方針は昨年度とどう変わりましたか", [{"action": "compare", "section": "7.1", "against": 2022}]),
        ("3年前からの流れを見せて", [{"action": "compare", "against": 2020}]),
        ("5.1を令和3年度と比較して", [{"action": "compare", "section": "5.1", "against": 2021}]),
        (
            "ひきこもり支援の課題は他の施策でどう書いている？",
            [{"action": "find", "section": "6.1.issues", "query": "ひきこもり支援の課題"}],
        ),
        ("総合評価はどうなりますか", [{"action": "grade"}]),
        ("この文を短くして", [{"action": "revise", "query": "この文を短くして"}]),
        ("使い方を教えて", [{"action": "help"}]),
        ("ごみの減量の課題を書いて", [{"action": "draft", "section": "6.1.issues", "measure": "ごみの減量"}]),
    ],
)
def test_understood(text: str, expected: list[dict[str, Any]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", ["福祉活動に取り組む市民の割合の推移を教えて", "トータルコストはいくら？"])
def test_questions_about_figures_keep_their_words(text: str) -> None:
    (wish,) = understand(text, SHEET)
    assert wish.action == "figures"
    assert wish.query


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("6年度の取組方針を書いて", ["令和6年度", "5(4) 令和6年度の取組予定", "7(1) 令和7年度の取組方針"]),
        ("令和5年度の取組予定を書いて", ["令和5年度", "5(4) 令和5年度の取組状況", "5(4) 令和6年度の取組予定"]),
        ("令和4年度の成果実績を下書きして", ["令和4年度", "成果実績"]),
        ("下書きして", ["どの欄", "成果実績", "中期的な取組方針"]),
        ("成果実績", ["成果実績", "どうしますか"]),
        ("こんにちは", ["読み取れません", "下書きして"]),
        ("", ["読み取れません", "下書きして"]),
    ],
)
def test_what_stays_open_is_asked_back(text: str, named: list[str]) -> None:
    (wish,) = understand(text, SHEET)
    assert wish.action == "unclear"
    for words in named:
        assert words in (wish.question or "")


@given(st.text(max_size=200))
def test_any_message_gets_an_answer(text: str) -> None:
    wishes = understand(text, SHEET, MEASURES)
    assert wishes
    assert all(wish.question for wish in wishes if wish.action == "unclear")


def test_the_object_is_the_contract() -> None:
    keys = ["action", "section", "direction", "year", "against", "measure", "query"]
    assert list(Wish(action="help").to_object()) == keys
    make: Callable[..., Wish] = Wish
    assert "question" not in make(action="unclear", question="x").to_object()
