"""Rankings of several sources fused by their scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.index.fusion import Source, fuse

NAMES = st.sampled_from("abcdefgh")
SCORES = st.dictionaries(NAMES, st.integers(1, 50).map(float), max_size=8)


def both(words: dict[str, float], meaning: dict[str, float], weight: float = 1.0) -> dict[str, float]:
    return fuse([Source(words, 1.0, 0.0), Source(meaning, weight, 0.0)])


def test_best_of_every_source_is_1_and_worst_0() -> None:
    fused = both({"a": 9.0, "b": 4.0}, {"a": 0.9, "b": 0.5, "c": 0.1})
    assert list(fused) == ["a", "b", "c"]
    assert (fused["a"], fused["c"]) == (pytest.approx(1.0), pytest.approx(0.0))


def test_what_stands_out_in_one_source_beats_what_is_middling_in_both() -> None:
    others = [f"other{number}" for number in range(20)]
    words = {"known": 30.0} | {name: 5.0 - place / 10 for place, name in enumerate(others)}
    meaning = {name: 0.6 - place / 100 for place, name in enumerate(others)} | {"known": 0.35}
    assert next(iter(both(words, meaning))) == "known"


def test_the_only_sentence_with_the_word_comes_first() -> None:
    meaning = {f"other{number}": 0.5 - number / 100 for number in range(20)} | {"has the word": 0.2}
    assert next(iter(both({"has the word": 6.0}, meaning))) == "has the word"


def test_weights_decide_between_sources_that_disagree() -> None:
    words, meaning = {"a": 2.0, "b": 1.0}, {"b": 0.9, "a": 0.1}
    assert next(iter(both(words, meaning, weight=0.5))) == "a"
    assert next(iter(both(words, meaning, weight=2.0))) == "b"


@pytest.mark.parametrize("sources", [[], [Source({}, 1.0, 0.0)], [Source({}, 1.0, 0.0), Source({}, 1.0, 0.0)]])
def test_nothing_found_is_nothing(sources: list[Source]) -> None:
    assert fuse(sources) == {}


@given(SCORES, SCORES)
def test_scores_fall_from_at_most_1_to_no_less_than_0(words: dict[str, float], meaning: dict[str, float]) -> None:
    fused = both(words, meaning)
    assert fused.keys() == words.keys() | meaning.keys()
    assert list(fused.values()) == sorted(fused.values(), reverse=True)
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


@given(SCORES, SCORES, st.integers(1, 100), st.integers(-100, 100))
def test_the_unit_of_a_source_does_not_matter(
    words: dict[str, float], meaning: dict[str, float], factor: int, shift: int
) -> None:
    other = Source({name: factor * score + shift for name, score in words.items()}, 1.0, shift)
    assert fuse([other, Source(meaning, 1.0, 0.0)]) == pytest.approx(both(words, meaning))


@given(SCORES, st.floats(0.1, 10))
def test_a_single_source_keeps_its_order(words: dict[str, float], weight: float) -> None:
    assert [words[name] for name in fuse([Source(words, weight, 0.0)])] == sorted(words.values(), reverse=True)
