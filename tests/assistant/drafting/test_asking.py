"""Requests and questions to a person: one for what belongs together, one sentence at most once."""

from decimal import Decimal

import pytest

from assistant.drafting.asking import as_question, asked, asked_also, asked_once, in_one_request
from assistant.drafting.draft import DraftSentence, Origin

LAST = Origin("last_year", text="昨年度の文")
ASKS = {"実施したか", "現在も同じ状況か"}


def item(text: str, *, new_line: bool = True, heading: bool = False) -> DraftSentence:
    return DraftSentence(text, heading, 1, (LAST,), new_line)


def test_what_is_in_doubt_is_asked_in_one_mark() -> None:
    assert asked(["年度", "年度", "実施したか"]) == "【要確認：年度、実施したか】"
    assert asked([]) == ""
    assert asked_also("続いた。【要確認：年度】", "実施したか") == ("続いた。【要確認：年度、実施したか】", 12)
    assert asked_also("続いた。", "実施したか") == ("続いた。【要確認：実施したか】", 9)


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("【要記入】人から【要記入】件", "【要記入：○人から○件】"),
        ("【要記入：割合】が反対し、【要記入】人", "【要記入：○割が反対し、○人】"),
        ("（延長【要記入】ｍ", None),
        ("【要確認：年度】【要記入】件", None),
    ],
)
def test_blanks_make_one_request_that_keeps_the_words(words: str, request_: str | None) -> None:
    assert in_one_request(words) == request_


def test_a_question_for_every_item_of_a_row_stands_once_behind_it() -> None:
    sentences = [
        item("①見守り", heading=True),
        item("・計画を策定する予定であった。【要確認：実施したか】"),
        item("・講座を開く予定であった。"),
        item("講師を招く予定であった。【要確認：年度、実施したか】", new_line=False),
        item("・9人を配置した。"),
        item("・協議する予定であった。【要確認：実施したか】"),
    ]
    assert [sentence.text for sentence in asked_once(sentences, ASKS)] == [
        "①見守り",
        "・計画を策定する予定であった。",
        "・講座を開く予定であった。",
        "講師を招く予定であった。【要確認：年度】",
        "【要確認：実施したか】",
        "・9人を配置した。",
        "・協議する予定であった。【要確認：実施したか】",
    ]


def test_other_questions_stay_with_their_items() -> None:
    sentences = [item("・増えた。【要確認：要因】"), item("・減った。【要確認：要因】")]
    assert asked_once(sentences, ASKS) == sentences


def test_a_sentence_that_cannot_be_asserted_is_quoted_without_its_figures() -> None:
    text = "・「夜の窓口」は26人で、【要記入】市の中で最も多い。【要確認：年度】"
    figure = Origin("figure", 8, 11, indicator="1", year=2024, series="actual", value=Decimal(26))
    found = as_question(DraftSentence(text, False, 1, (LAST, figure)), "も当てはまるか")
    assert found.text == "・【要確認：昨年度の「『夜の窓口』は○人で、○市の中で最も多い」も当てはまるか】"
    assert found.origins == (LAST,)
