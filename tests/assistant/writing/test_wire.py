"""What is sent, and how answers of models that keep the rules more or less are read."""

import pytest

from assistant.writing.wire import answered_lines


def read(text: str, keys: str = "AB", size: int = 5) -> dict[str, str]:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return dict(found for found in answered_lines(pieces, list(keys)) if found)


@pytest.mark.parametrize(
    "text",
    [
        "A: 一つ目。\nB: 二つ目。",
        "A：一つ目。\nB：二つ目。\n",
        "Ａ：一つ目。\n\nＢ: 二つ目。",
        "**A**: 一つ目。\n**B**: 二つ目。",
        "- A: 一つ目。\n- B: 二つ目。".replace("- ", "・"),
        "承知しました。\nA: 一つ目。\nB: 二つ目。\n以上です。",
        "<たたき台>\nA: 一つ目。\n</たたき台>\nB: 二つ目。",
        "A. 一つ目。\nB) 二つ目。",
        "A: 一つ目。\nB: 二つ目。\nA: もう一度。\nB: もう一度。",
        "A:一つ目。\r\nB: 二つ目。\r\n",
    ],
)
def test_the_lines_of_an_answer(text: str) -> None:
    assert read(text) == {"A": "一つ目。", "B": "二つ目。"}


@pytest.mark.parametrize("text", ["", "\n\n", "できません。", "C: 三つ目。", "A:\nB:   ", "一つ目。\n二つ目。"])
def test_what_is_no_answer(text: str) -> None:
    assert read(text) == {}


def test_an_answer_to_a_single_line_may_come_without_its_key() -> None:
    assert read("一つ目。", "A") == {"A": "一つ目。"}
    assert read("<think>\nA: 一つ目。", "A") == {"A": "一つ目。"}


def test_words_around_the_answers_are_none() -> None:
    assert read("承知しました。\nA: 一つ目。", "A") == {"A": "一つ目。"}
    assert read("A: 一つ目。\n補足です。\nB: 二つ目。") == {"A": "一つ目。", "B": "二つ目。"}
    assert read("A: 一つ目。\n以上です。") == {"A": "一つ目。"}
    assert read("C: 三つ目。\n<think>\n一つ目。\n以上です。", "A") == {"A": "一つ目。"}


def test_a_line_comes_as_soon_as_it_is_complete_and_the_answer_is_left_when_all_came() -> None:
    taken: list[str] = []

    def pieces():  # type: ignore[no-untyped-def]
        for piece in ("A: 一", "つ目。\nB: ", None, "二つ目。\n", "C: 余り", "\n"):
            taken.append(str(piece))
            yield piece

    found = []
    for answer in answered_lines(pieces(), ["A", "B"]):
        found.append((answer, len(taken)))
    assert [one for one in found if one[0]] == [(("A", "一つ目。"), 2), (("B", "二つ目。"), 4)]
    assert len(taken) == 4


def test_slots_that_a_model_garbled_are_read() -> None:
    assert read("A: 値は［［Ｆ１］］、[F2]で【Y1】。", "A") == {"A": "値は[[F1]]、[[F2]]で[[Y1]]。"}
