"""What a city sets: bounds of grades, shares as people type them, preferred words and what contradicts in them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.city import PART_FIELDS, Bounds, Manner, PreferredWord, Writing, setting_mark
from corpus.errors import Refused, UnusableInput
from corpus.importers.files import decode_table
from corpus.preferred import add_words, check_words, find_avoided, read_words
from corpus.shares import NoShare, parse_share, share_words


def word(avoid: str, use: str, note: str = "") -> PreferredWord:
    return PreferredWord(avoid=avoid, use=use, note=note)


# --- bounds and shares


@pytest.mark.parametrize(
    ("met", "of", "grade"),
    [
        (3, 3, "A"),
        (2, 3, "B"),
        (1, 3, "C"),
        (1, 4, "D"),
        (0, 3, "E"),
        (1, 1, "A"),
        (0, 1, "E"),
        (5, 6, "B"),
        (3, 5, "C"),
    ],
)
def test_the_default_bounds(met: int, of: int, grade: str) -> None:
    assert Bounds().grade(met, of) == grade


def test_bounds_descend() -> None:
    with pytest.raises(ValidationError, match="not_descending"):
        Bounds(b=Decimal("0.2"))


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("すべて", "1"),
        ("全て", "1"),
        ("3分の2", "0.6667"),
        ("３分の２", "0.6667"),
        ("三分の二", "0.6667"),
        ("2/3", "0.6667"),
        ("66.7％", "0.6667"),
        ("66.67%", "0.6667"),
        ("60％", "0.6"),
        ("６割", "0.6"),
        ("67％", "0.67"),
        ("12.5％", "0.125"),
        ("半数", "0.5"),
        ("0.5", "0.5"),
        ("50", "0.5"),
        ("100％", "1"),
        ("0％", "0"),
        ("0", "0"),
    ],
)
def test_shares_are_read_as_people_type_them(written: str, share: str) -> None:
    assert parse_share(written) == Decimal(share)


@pytest.mark.parametrize(
    "written", ["", "多く", "1", "5", "3分の5", "3分の0.5", "0分の1", "101％", "-5％", "３分の２以上", "1/0"]
)
def test_what_is_no_share_is_refused(written: str) -> None:
    with pytest.raises(NoShare):
        parse_share(written)


def test_two_of_three_reach_a_bound_typed_in_percent() -> None:
    assert Bounds(b=parse_share("66.7％"), c=parse_share("33.3％")).grade(2, 3) == "B"


@given(
    st.one_of(
        st.integers(0, 10_000).map(lambda n: f"{n / 100}％"),
        st.tuples(st.integers(0, 12), st.integers(12, 99)).map(lambda p: f"{p[1]}分の{p[0]}"),
    )
)
def test_a_share_reads_back_as_it_is_said(written: str) -> None:
    share = parse_share(written)
    assert 0 <= share <= 1
    assert parse_share(share_words(share)) == share


# --- marks


def test_a_mark_changes_with_its_own_fields_only() -> None:
    before = Writing()
    after = Writing(words=(word("子供", "こども"),))
    assert setting_mark(before, PART_FIELDS["manner"]) == setting_mark(after, PART_FIELDS["manner"])
    assert setting_mark(before, PART_FIELDS["words"]) != setting_mark(after, PART_FIELDS["words"])
    assert setting_mark(before) != setting_mark(after)


def test_a_division_without_its_own_manner_has_the_citys() -> None:
    writing = Writing(manner=Manner(mark="◆"), divisions={"福祉総務課": Manner(mark="〇")})
    assert [writing.manner_for(name).mark for name in ("福祉総務課", "環境課", None)] == ["〇", "◆", "◆"]


def test_a_guideline_of_no_section_is_refused_and_an_empty_one_dropped() -> None:
    assert Writing(guidelines={"5.1": " \n", "5.2": "要望\n意見"}).guidelines == {"5.2": "要望\n意見"}
    with pytest.raises(ValidationError, match="unknown_section"):
        Writing(guidelines={"9.9": "要領"})


# --- preferred words

KIDS = word("子供", "こども")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([word("取組", "取組")], "同じ語"),
        ([KIDS, word("子供", "子ども")], "2つ"),
        ([word("児童", "子供"), KIDS], "つながって"),
        ([KIDS, word("児童", "子供たち")], "つながって"),
        ([word("甲", "乙"), word("乙", "甲")], "つながって"),
    ],
)
def test_what_contradicts_in_the_list_is_refused(words: list[PreferredWord], named: str) -> None:
    with pytest.raises(Refused, match=named):
        check_words(words)


def test_a_word_may_stand_in_its_own_preferred_word_and_alike_rows_are_kept_once() -> None:
    words = [word("こども", "こどもたち"), word("障害者", "障がいのある人")]
    assert add_words(words, [*words, KIDS.model_copy(update={"use": "子"})])[2].use == "子"
    assert len(add_words(words, words)) == 2


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("子供の居場所と子供食堂", {"子供": 2}),
        ("子供達と子供", {"子供": 1, "子供達": 1}),
        ("子ども会", {}),
        ("取組と取組み", {"取組": 1}),
        ("等", {"等": 1}),
        ("", {}),
    ],
)
def test_words_to_avoid_are_found_outside_of_longer_ones(text: str, counts: dict[str, int]) -> None:
    words = (KIDS, word("子供達", "こどもたち"), word("取組", "取り組み"), word("保留", "取組み"), word("等", ""))
    assert {found.word.avoid: found.count for found in find_avoided(text, words)} == counts


def test_a_word_inside_its_own_preferred_word_is_left() -> None:
    words = (word("こども", "こどもたち"),)
    assert [found.count for found in find_avoided("こどもたちとこども", words)] == [1]


letters = st.text(alphabet="こどもたち供取組み", min_size=1, max_size=4)


@given(st.lists(st.tuples(letters, letters), max_size=5), st.text(alphabet="こどもたち供取組み。", max_size=30))
def test_what_is_found_stands_in_the_text_and_alone_where_nothing_longer_is_known(
    pairs: list[tuple[str, str]], text: str
) -> None:
    words: tuple[PreferredWord, ...] = ()
    for avoid, use in pairs:
        try:
            words = add_words(words, [word(avoid, use)])
        except Refused:
            continue
    for found in find_avoided(text, words):
        assert 0 < found.count <= text.count(found.word.avoid)
        assert found.around or found.count == text.count(found.word.avoid)


@pytest.mark.parametrize(
    "content",
    [
        "避ける語,使う語,備考\r\n子供,こども,基本法\r\n障害者,障がい者\r\n".encode("cp932"),
        "﻿避ける語,使う語,備考\n子供,こども,基本法\n\n障害者,障がい者,\n".encode(),
        "子供\tこども\t基本法\n障害者\t障がい者\n".encode("utf-16"),
        " 子供 , こども ,基本法\n障害者,障がい者".encode(),
    ],
)
def test_a_table_is_read_in_the_encodings_of_excel(content: bytes) -> None:
    assert read_words(decode_table(content)) == (word("子供", "こども", "基本法"), word("障害者", "障がい者"))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("子供", "1行目"),
        ("子供,こども\nだけ\n", "2行目"),
        (",こども", "1行目"),
        ('"子供,こども', "表として"),
        ("子" * 61 + ",こ", "60文字"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_row(table: str, named: str) -> None:
    with pytest.raises(Refused, match=named):
        read_words(table)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnusableInput, match="Shift_JIS"):
        decode_table(b"\x81\xff\xfe\xfd")
