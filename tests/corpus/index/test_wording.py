"""What a query looks for, and what each word of it counts."""

import unicodedata

import pytest

from corpus.index.wording import LIGHT_WEIGHT, SYNONYM_WEIGHT, reading, wanted_of, widening


@pytest.mark.parametrize(
    ("query", "light", "telling"),
    [
        ("観光客が減ったためか", {"為"}, {"観光", "客", "減る"}),
        ("図書館を使うことという考え", {"こと", "言う"}, {"図書", "使う", "考え"}),
        ("補助が増えてきた", {"来る"}, {"補助", "増える"}),
    ],
)
def test_words_that_shape_a_sentence_count_less(query: str, light: set[str], telling: set[str]) -> None:
    wanted = wanted_of(query)
    assert {word: wanted.words[word] for word in light} == dict.fromkeys(light, LIGHT_WEIGHT)
    assert {word: wanted.words[word] for word in telling & wanted.typed} == dict.fromkeys(telling, 1.0)
    assert light <= wanted.typed


def test_a_synonym_counts_nearly_a_word_and_the_parts_of_a_phrase_share_it() -> None:
    wanted = wanted_of("下水代")
    assert "下水道使用料" in widening("下水代")
    parts = {word: weight for word, weight in wanted.words.items() if word not in wanted.typed}
    assert 0 < max(parts.values()) < SYNONYM_WEIGHT
    assert wanted_of("お年寄り").words["高齢"] == SYNONYM_WEIGHT


@pytest.mark.parametrize("query", ["甲乙丙の集成", "123", "、。"])
def test_a_query_that_the_table_does_not_know_is_not_widened(query: str) -> None:
    assert widening(query) == ()
    assert wanted_of(query).words.keys() >= wanted_of(query).typed


@pytest.mark.parametrize("query", ["先生の残業が減った", "お年寄りの見守り", "甲乙丙の集成", "　ﾀﾌﾞﾚｯﾄが 壊れた！"])
def test_a_query_is_read_in_parts_that_give_it_again(query: str) -> None:
    read = reading(query)
    assert "".join(read.parts) == unicodedata.normalize("NFKC", query)
    assert all(read.parts)
    assert {phrase for one in read.instead for phrase in one.phrases} == set(widening(query))
    assert all(0 <= one.first < one.last <= len(read.parts) for one in read.instead)


def test_what_stands_within_another_phrase_comes_before_it() -> None:
    inner, outer = (
        one for one in reading("先生の残業").instead if {"時間外勤務", "教員の働き方改革"} & set(one.phrases)
    )
    assert "時間外勤務" in inner.phrases
    assert outer.first < inner.first < inner.last == outer.last
