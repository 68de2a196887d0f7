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


DRAFT_RESULTS = {"action": "draft", "section": "6.1.results"}
DRAFT_ISSUES = {"action": "draft", "section": "6.1.issues"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下書きはまだ作らないで、課題の確認だけして", [{"action": "check", "section": "6.1.issues"}]),
        ("課題じゃなくて成果実績を書いて", [DRAFT_RESULTS]),
        ("課題ではなく成果実績を下書きしてください", [DRAFT_RESULTS]),
        ("課題は書かないで成果実績を書いて", [DRAFT_RESULTS]),
        ("成果実績は書いて、課題は書かないで", [DRAFT_RESULTS]),
        ("成果実績を書いて課題は書かなくていいです", [DRAFT_RESULTS]),
        ("成果実績を下書きして。課題は要らない", [DRAFT_RESULTS]),
        ("成果実績と課題を書いて。課題は要らないです", [DRAFT_RESULTS]),
        ("展開方向1以外の課題を書いて", [DRAFT_ISSUES | {"direction": 2}]),
        ("課題を書いて。展開方向2は要らないです", [DRAFT_ISSUES | {"direction": 1}]),
        ("取組方針の下書きは後回しでいい、課題を先に書いて", [DRAFT_ISSUES]),
        ("比較はしなくていいので成果実績を下書きして", [DRAFT_RESULTS]),
        ("数字の確認は要らないから、成果実績だけ下書きして", [DRAFT_RESULTS]),
        ("課題はせずに成果実績を書いて", [DRAFT_RESULTS]),
        ("成果実績以外の課題を書いて", [DRAFT_ISSUES]),
        ("下書きじゃなくて、課題を昨年度と比較して", [{"action": "compare", "section": "6.1.issues", "against": 2022}]),
        ("展開方向1じゃなくて2の課題を書いて", [DRAFT_ISSUES | {"direction": 2}]),
        ("課題だけではなく成果実績も書いて", [DRAFT_ISSUES, DRAFT_RESULTS]),
        ("数字に間違いがないか確認して", [{"action": "check"}]),
    ],
)
def test_an_excluded_wish_is_not_carried_out(text: str, expected: list[dict[str, Any]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "成果実績は下書きしないでください",
        "成果実績の下書きは要らない",
        "課題は書かないで",
        "課題は、書かなくて結構です",
        "下書きはやめて",
        "成果実績を作成する必要はありません",
        "課題の下書きは不要です。",
        "課題は書くな",
        "成果実績の下書きはいらないです",
    ],
)
def test_where_everything_is_excluded_nothing_is_done(text: str) -> None:
    (wish,) = understand(text, SHEET, MEASURES)
    assert (wish.action, wish.section) == ("unclear", None)
    assert "行っていません" in (wish.question or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "令和3年度と令和4年度の成果実績を比較して",
            [{"action": "compare", "section": "6.1.results", "year": 2022, "against": 2021}],
        ),
        (
            "去年と今年の課題の違いを見せて",
            [{"action": "compare", "section": "6.1.issues", "year": 2023, "against": 2022}],
        ),
        ("R7の取組方針おねがい", [{"action": "draft", "section": "7.1", "year": 2025}]),
        ("１１年度の取組方針", [{"action": "unclear", "year": 2029}]),
        ("令和3年度のあれ", [{"action": "unclear", "year": 2021}]),
        ("昨年度の文章をそのまま使って課題を書いて", [DRAFT_ISSUES | {"against": 2022}]),
        ("一昨年度の成果実績を見せて", [{"action": "find", "section": "6.1.results", "year": 2021}]),
        ("令和3年度に書いた課題を見たい", [{"action": "find", "section": "6.1.issues", "year": 2021}]),
        ("ごみの減量の施策の課題を見せて", [{"action": "find", "section": "6.1.issues", "measure": "ごみの減量"}]),
        ("減量の施策の課題を見せて", [{"action": "find", "section": "6.1.issues"}]),
        ("ごみの減の施策の課題を見せて", [{"action": "find", "section": "6.1.issues", "measure": "ごみの減量"}]),
        ("施策を取り巻く状況、書いといて", [{"action": "draft", "section": "5.1"}]),
        ("成果実績、お願い", [DRAFT_RESULTS]),
        ("７（１）を頼む", [{"action": "draft", "section": "7.1"}]),
        ("助けて", [{"action": "help"}]),
        ("せいかじっせきを書いて", [DRAFT_RESULTS]),
        ("かだいを書いて", [DRAFT_ISSUES]),
        ("draft 6.1の課題", [DRAFT_ISSUES]),
        ("展開方向１と２の成果実績を書いて", [DRAFT_RESULTS | {"direction": 1}, DRAFT_RESULTS | {"direction": 2}]),
        ("展開方向1と7(2)を書いて", [{"action": "draft", "section": "7.2", "direction": 1}]),
        (
            "展開方向1の課題と展開方向2の成果実績を書いて",
            [DRAFT_ISSUES | {"direction": 1}, DRAFT_RESULTS | {"direction": 2}],
        ),
        (
            "ほかの部署で似たような課題を書いている例を探して",
            [{"action": "find", "section": "6.1.issues", "query": "課題"}],
        ),
        (
            "福祉部門以外の施策で、担い手不足の課題を書いている文章を探して",
            [{"action": "find", "section": "6.1.issues", "query": "担い手不足の課題"}],
        ),
        (
            "フードドライブについて去年までに書いた文章ある？",
            [{"action": "find", "year": 2022, "query": "フードドライブ"}],
        ),
    ],
)
def test_years_sections_and_directions_are_kept(text: str, expected: list[dict[str, Any]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "action", "year", "against"),
    [
        ("目標を達成した指標はどれ", "figures", None, None),
        ("困りごとの指標は改善してる？", "figures", None, None),
        ("令和4年度と令和5年度のトータルコストの差は？", "figures", 2023, 2022),
        ("令和4年度の人件費", "figures", 2022, None),
        ("トータルコストは昨年度と比べてどう？", "figures", None, 2022),
        ("下書きの2番目の文の根拠は？", "explain", None, None),
        ("なぜ総合評価がBなの？", "explain", None, None),
        ("総合評価をAにして", "grade", None, None),
    ],
)
def test_questions(text: str, action: str, year: int | None, against: int | None) -> None:
    (wish,) = understand(text, SHEET, MEASURES)
    assert (wish.action, wish.year, wish.against) == (action, year, against)


def test_what_cannot_be_read_is_repeated_as_it_was_written() -> None:
    (wish,) = understand("今日の天気は？", SHEET)
    assert "「今日の天気は？」" in (wish.question or "")


def test_the_object_is_the_contract() -> None:
    keys = ["action", "section", "direction", "year", "against", "measure", "query"]
    assert list(Wish(action="help").to_object()) == keys
    make: Callable[..., Wish] = Wish
    assert "question" not in make(action="unclear", question="x").to_object()
