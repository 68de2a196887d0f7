import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.items import split_items, split_sentences


def shape(text: str) -> list[tuple[str, bool, int | None]]:
    return [(item.written, item.heading, item.direction) for item in split_items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("・一つ。続き。\n・二つ", [("・一つ。続き。", False, None), ("・二つ", False, None)]),
        (
            "①展開方向１「支え合い」\n・見守り\n②展開方向２「自立」\n・相談",
            [
                ("①展開方向１「支え合い」", True, 1),
                ("・見守り", False, 1),
                ("②展開方向２「自立」", True, 2),
                ("・相談", False, 2),
            ],
        ),
        (
            "①展開方向１「支え合い」\n・見守り\n〇コスト\n・増えた。",
            [
                ("①展開方向１「支え合い」", True, 1),
                ("・見守り", False, 1),
                ("〇コスト", True, None),
                ("・増えた。", False, None),
            ],
        ),
        ("〇成果実績\n・増えた。", [("〇成果実績", True, None), ("・増えた。", False, None)]),
        ("〇一つ目の取組\n〇二つ目の取組", [("〇一つ目の取組", False, None), ("〇二つ目の取組", False, None)]),
        (
            "増えた。「よい。」と言う。減った。",
            [("増えた。", False, None), ("「よい。」と言う。", False, None), ("減った。", False, None)],
        ),
        ("展開方向1では、市民が増えた。", [("展開方向1では、市民が増えた。", False, None)]),
        ("【要記入：要因】", [("【要記入：要因】", False, None)]),
        *(
            (f"{heading}\n・相談した。", [(heading, True, 1), ("・相談した。", False, 1)])
            for heading in (
                "◆展開方向1　商いと創業のにぎわいづくり",
                "（１）展開方向１　安全で快適な道路の整備",
                "(1) 展開方向1「道路を守る」",
                "〔展開方向1〕学びに向かう力の育成",
                "【展開方向1　子どもが育つまち】",
                "展開方向１　持続可能な行財政運営",
                "1. 展開方向1：にぎわいの創出",
            )
        ),
        *(
            (
                f"◆展開方向1　商い\n〇成約した。\n{heading}\n〇事業費は減った。",
                [
                    ("◆展開方向1　商い", True, 1),
                    ("〇成約した。", False, 1),
                    (heading, True, None),
                    ("〇事業費は減った。", False, None),
                ],
            )
            for heading in (
                "◆コスト",
                "③コスト",
                "（３）コスト",
                "コスト",
                "〔コスト〕",
                "3. トータルコスト",
                "〇事業費：",
            )
        ),
        ("・相談\n・費用\n・場所", [("・相談", False, None), ("・費用", False, None), ("・場所", False, None)]),
        ("展開方向1は順調に進んだ", [("展開方向1は順調に進んだ", False, None)]),
        ("（1）では展開方向1の見直し", [("（1）では展開方向1の見直し", False, None)]),
        ("【福祉】\n・相談", [("【福祉】", True, None), ("・相談", False, None)]),
    ],
)
def test_parts_of_a_narrative(text: str, expected: list[tuple[str, bool, int | None]]) -> None:
    assert shape(text) == expected


def test_body_is_the_text_without_its_mark() -> None:
    (item,) = split_items("　・ 相談する。")
    assert (item.mark, item.body) == ("・", "相談する。")


@given(st.text(alphabet="あ。「」（）\n・①〇 展開方向１2ア", max_size=120))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    items = split_items(text)
    assert "".join(item.written for item in items if item).replace(" ", "") == "".join(text.split()).replace(" ", "")
    assert all(text[item.start : item.end] == item.written for item in items)
    assert all(first.end <= second.start for first, second in itertools.pairwise(items))


@given(st.text(max_size=200))
@example("\x85")
@example("\xa0。\u2003")
def test_sentences_slice_the_text(text: str) -> None:
    for start, end in split_sentences(text):
        assert text[start:end].strip()
