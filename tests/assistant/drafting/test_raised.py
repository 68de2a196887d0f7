"""Opinions, what is done in other cities and the issues that opinions raise: what a section says of a single note."""

from typing import Any

import pytest

from assistant.drafting.note_lines import note_lines
from tests.assistant.drafting.noted import sheet


def told(section: str, **note: Any) -> str:
    """What a section says of a single note."""
    kind = {"5.2": "opinions", "5.3": "other_cities", "6.1.issues": "opinions"}[section]
    return "".join("".join(line.sentences) for line in note_lines(section, sheet(2024, {kind: [note]})))


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (
            {
                "who": "市議会",
                "text": "夜間相談の利用状況について一般質問。",
                "answer": "令和7年度から本実施とすると答弁。",
            },
            "市議会では、夜間相談の利用状況について一般質問があり、令和7年度から本実施とすると答弁した。",
        ),
        (
            {
                "who": "市議会",
                "text": "分室について質問",
                "answer": "空き室を使う。時期は未定である。",
                "date": "2024-09",
            },
            "令和6年9月の市議会では、分室について質問があり、「空き室を使う。時期は未定である」と答弁した。",
        ),
        (
            {"who": "利用者", "text": "夕方以降も開けてほしい。", "answer": "試行を検討", "date": "2024-11"},
            "令和6年11月に利用者から、夕方以降も開けてほしいとの要望があり、試行を検討すると回答した。",
        ),
        (
            {"who": "協議会", "text": "負担が軽くなった。電子化を引き続き求める。"},
            "協議会から、負担が軽くなったとの意見があった。また、電子化を引き続き求める要望があった。",
        ),
        (
            {"who": "市民", "text": "何をすればよいのか分からないとの電話が8月に43件"},
            "市民から、何をすればよいのか分からないとの電話が8月に43件あった。",
        ),
        ({"who": "審議会", "text": "要因を分析すべき"}, "審議会から、要因を分析すべきとの要望があった。"),
        ({"text": "使いやすいです。"}, "「使いやすいです」との意見があった。"),
        (
            {"who": "保護者会", "text": "増設を求める要望書が提出された。", "answer": "方針を定める。"},
            "保護者会から、増設を求める要望書が提出された。これに対し、方針を定めると回答した。",
        ),
        (
            {"who": "自治会", "text": "「声の広場」の再開について自治会の意見"},
            "「声の広場」の再開について自治会の意見があった。",
        ),
    ],
)
def test_opinions_with_the_answer_given(note: dict[str, Any], words: str) -> None:
    assert told("5.2", **note) == words


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ({"city": "鷺原市", "text": "午後8時まで開けている。"}, "鷺原市では、午後8時まで開けている。"),
        ({"city": "鷺原市", "text": "鷺原市が協議会を設置"}, "鷺原市が協議会を設置している。"),
        (
            {"city": "近隣5市", "text": "配置を終えたのは3市", "date": "2024-01"},
            "近隣5市では、配置を終えたのは3市である（令和6年1月時点）。",
        ),
        ({"text": "県内で17市町が7月に開始", "date": "2024-07"}, "県内で17市町が7月に開始している。"),
    ],
)
def test_other_cities_as_things_stand_there(note: dict[str, Any], words: str) -> None:
    assert told("5.3", **note) == words


def test_an_issue_only_of_what_was_asked_for() -> None:
    words = told("6.1.issues", who="利用者", text="開設は助かる。夕方も開けてほしい。")
    assert words == "利用者から、夕方も開けてほしいとの要望があり、【要記入：対応】が求められる。"
    assert told("6.1.issues", who="利用者", text="開設は助かる。") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "夕方も開けてほしい。",
            "利用者から、夕方も開けてほしいとの要望があり、4月から試行すると回答しており、その実施が求められる。",
        ),
        (
            "夕方も開けてほしい。席を増やしてほしい。",
            "利用者から、夕方も開けてほしいとの要望があった。また、席を増やしてほしいとの要望があり、"
            "4月から試行すると回答しており、その実施が求められる。",
        ),
    ],
)
def test_an_answered_demand_does_not_ask_what_to_do(text: str, words: str) -> None:
    assert told("6.1.issues", who="利用者", text=text, answer="4月から試行する。") == words
