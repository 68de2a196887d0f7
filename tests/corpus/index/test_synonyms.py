"""The table of everyday words: how it is read, what it adds to a query, and that the one we ship is sound."""

import pytest

from corpus.index.synonyms import Known, keys_of, known, parse, phrase_key, read_entries, read_keys, table
from corpus.tokens import words


def test_both_kinds_of_entries() -> None:
    lines = [
        "# 高齢者\n",
        "\n",
        "=\t特養、特別養護老人ホーム\n",
        ">\t介護士、介護の人\t介護職員\n",
        ">\t介護士\t福祉士、介護士\n",
    ]
    assert parse(lines) == {
        "特養": ("特別養護老人ホーム",),
        "特別養護老人ホーム": ("特養",),
        "介護士": ("介護職員", "福祉士"),
        "介護の人": ("介護職員",),
    }


@pytest.mark.parametrize("line", ["甲\t乙", "=\t甲\t乙", ">\t甲", "> 甲 乙"])
def test_a_line_that_is_no_entry_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="no entry"):
        parse([line])


@pytest.mark.parametrize(
    ("query", "added"),
    [
        ("年を取った人", ["加齢"]),
        ("介護者の支援", ["家族介護者"]),
        ("介護の支援", ["介護保険"]),
        ("お年寄り", []),
        ("介護介護者", ["介護保険", "家族介護者"]),
        ("先生の残業", ["働き方改革", "時間外勤務"]),
        ("先生が残業した", ["働き方改革", "時間外勤務"]),
        ("残業する先生", ["時間外勤務", "教員"]),
        ("", []),
    ],
)
def test_the_longest_entry_counts_and_affixes_tell_apart(query: str, added: list[str]) -> None:
    entries = {"年を取る": ("加齢",), "介護": ("介護保険",), "介護者": ("家族介護者",)}
    entries |= {"先生の残業": ("働き方改革",), "残業": ("時間外勤務",), "先生": ("教員",)}
    keys = {phrase_key(words(phrase)): others for phrase, others in entries.items()}
    found = known(phrase_key(words(query)), keys)
    assert [phrase for one in found for phrase in one.phrases] == added


@pytest.mark.parametrize(
    ("query", "added"),
    [
        ("席が埋まらず中止した講座", ["空席"]),
        ("席が埋まらない講座", ["空席"]),
        ("席が埋まった講座", ["満席"]),
        ("誰でも歩ける道", ["バリアフリー"]),
        ("歩ける距離", []),
    ],
)
def test_a_negation_and_a_pronoun_tell_apart(query: str, added: list[str]) -> None:
    entries = {"席が埋まる": ("満席",), "席が埋まらない": ("空席",), "誰でも歩ける": ("バリアフリー",)}
    keys = {phrase_key(words(phrase)): others for phrase, others in entries.items()}
    found = known(phrase_key(words(query)), keys)
    assert [phrase for one in found for phrase in one.phrases] == added


def test_the_kept_keys_are_what_sudachi_reads_now() -> None:
    assert read_keys() == keys_of(read_entries()), "run python -m corpus.index.synonyms"


def test_the_table_that_comes_with_the_program() -> None:
    entries = read_entries()
    assert len(table()) >= 0.9 * len(entries) > 1_000
    assert all(key and others for key, others in table().items())
    assert any("高齢者" in one.phrases for one in known(phrase_key(words("お年寄りの見守り")), table()))


def test_an_entry_within_another_has_its_own_place() -> None:
    keys = {("先生", "残業"): ("働き方改革",), ("残業",): ("時間外勤務",)}
    found = known(("若い", "先生", "残業", "減る"), keys)
    assert found == [Known(1, 3, ("働き方改革",)), Known(2, 3, ("時間外勤務",))]
