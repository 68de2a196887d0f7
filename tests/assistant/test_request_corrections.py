"""What a message takes back in its middle is not asked for."""

import pytest

from assistant.reader.labelled import SHEET
from assistant.request_corrections import corrected
from assistant.request_text import normalised


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("課題、いや成果を書いて", "成果を書いて"),
        ("5(2)、じゃなかった5(3)の下書き", "5(3)の下書き"),
        ("7(1)…ごめん7(2)を書いて", "7(2)を書いて"),
        ("取組予定を、もとい取組状況を先に", "取組状況を先に"),
        ("成果と課題を書いて", "成果と課題を書いて"),
        ("課題を書いて、成果も", "課題を書いて、成果も"),
        ("課題を踏まえて取組方針を", "課題を踏まえて取組方針を"),
        ("課題を書いて。やっぱり成果も書いて", "課題を書いて。やっぱり成果も書いて"),
        ("課題は嫌がられるので成果を", "課題は嫌がられるので成果を"),
        ("", ""),
    ],
)
def test_only_the_last_word_counts(text: str, left: str) -> None:
    assert corrected(normalised(text), SHEET) == normalised(left)
