"""Words: nothing of a text is lost, spellings become one, and no length or thread is a problem."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tokens import content, content_words, parts_of_speech, units, words


@given(st.text(max_size=200))
def test_surfaces_give_the_text_again(text: str) -> None:
    found = words(text)
    assert "".join(word.surface for word in found) == text
    assert all(text[word.start : word.end] == word.surface for word in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取組を実施した。", ["取り組み", "実施"]),
        ("子どもの支援", ["子供", "支援"]),
        ("ＣＳＷの配置は３，０４５人", ["csw", "配置", "3045"]),
        ("居住支援", ["居住", "支援"]),
        ("ある、する、なった。", []),
        ("！？「」・🙂", []),
        ("", []),
    ],
)
def test_content_words(text: str, expected: list[str]) -> None:
    assert content_words(text) == expected


def test_content_gives_the_places_of_the_content_among_all_words() -> None:
    text = "介護者の負担を減らすため、ＡＩを使った。"
    expected = [(word.start, word.end, word.normal) for word in words(text) if word.content]
    assert expected
    assert list(content(text)) == expected


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("介護保険料を減免した。", ["介護保険料"]),
        ("介護の保険", []),
        ("給食費と居住支援", ["給食費"]),
        ("", []),
    ],
)
def test_units_are_the_content_words_and_their_compounds(text: str, long: list[str]) -> None:
    assert list(units(text).short) == content_words(text)
    assert list(units(text).long) == long


@given(st.text(alphabet="介護保険料の相談支援員を１２人配置したＡＢ、 \n", max_size=80))
def test_short_units_are_the_content_words(text: str) -> None:
    assert list(units(text).short) == content_words(text)


def test_parts_of_speech_tell_persons_from_places() -> None:
    text = "豊田市で佐藤花子氏が講演した。"
    found = [(text[start:end], part[1:4]) for start, end, part in parts_of_speech(text)]
    assert found[0] == ("豊田市", ("固有名詞", "地名", "一般"))
    assert found[2:4] == [("佐藤", ("固有名詞", "人名", "姓")), ("花子", ("固有名詞", "人名", "名"))]
    assert "".join(word for word, _ in found) == text


@pytest.mark.parametrize("text", ["あ" * 60_000, "支援を行う。" * 20_000, "𠮷" * 30_000])
def test_long_input_is_cut_and_kept_whole(text: str) -> None:
    found = words(text)
    assert "".join(word.surface for word in found) == text
    assert found[-1].end == len(text)


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"第{number}回の相談会を市内{number}か所で開催した。" * 20 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(content_words, texts)) == [content_words(text) for text in texts]
