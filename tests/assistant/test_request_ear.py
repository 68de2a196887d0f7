"""Names that were converted wrongly are read by their sound."""

import pytest

from assistant.reader.labelled import MEASURES, SHEET
from assistant.request_ear import by_ear
from assistant.request_rules import read_or_heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("取り組み上京を書いて", "取組状況を書いて"),
        ("取り巻く上京のとこ", "取り巻く状況のとこ"),
        ("他紙比較の欄", "他市比較の欄"),
        ("窓口の混雑について", "窓口の混雑について"),
        ("6(1)を書いて", "6(1)を書いて"),
        ("", ""),
    ],
)
def test_what_sounds_like_a_name_is_written_as_it(text: str, heard: str) -> None:
    assert by_ear(text) == heard


def test_a_message_that_makes_sense_is_taken_as_it_stands() -> None:
    text = "課題を書いて、要員の確保に触れて"
    assert read_or_heard(text, SHEET, MEASURES, ())[0] == text


def test_one_that_makes_none_is_heard() -> None:
    read, wishes = read_or_heard("取り組み上京を書いて", SHEET, MEASURES, ())
    assert read == "取組状況を書いて"
    assert [(wish.action, wish.section) for wish in wishes] == [("draft", "5.4.done")]
