import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.request_spelling import respelled, vocabulary
from assistant.request_text import normalised

TABLES = Path(__file__).parents[2] / "assistant" / "reader" / "tables"
MESSAGES = [
    unicodedata.normalize("NFKC", line.split("\t")[1])
    for name in ("developed", "second", "third", "varied")
    for line in (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
]

WRONG_KANJI = frozenset("科行法情死覧用上晩時代作敵居積心個家責程防配正号長蹟協機肥任表棒誌低過気院原") | {"拝啓"}
"""Wrong conversions in the tables, looked through by a person."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("とりくみ状況", "取組状況"),
        ("さく年度の課代", "昨年度の課題"),
        ("らい年度のよ定", "来年度の予定"),
        ("しみんのこえの覧", "市民の声の欄"),
        ("意見・用望", "意見・要望"),
        ("近りん市", "近隣市"),
        ("他死との比かく", "他市との比較"),
        ("登録のあたいとくらべて", "登録の値と比べて"),
        ("目標たっせい度のひょうか", "目標達成度の評価"),
        ("順晩をならべかえて", "順番を並べ替えて"),
        ("このぶんの根居は", "この文の根拠は"),
        ("2ぶん目", "2文目"),
        ("です・まスちょうに", "です・ます調に"),
        ("要因を書て", "要因を書いて"),
        ("課題お願します", "課題お願いします"),
    ],
)
def test_known_words_get_their_usual_spelling(written: str, meant: str) -> None:
    assert respelled(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ひょうかんの件",
        "10%をこえて増えた",
        "してはいけんかね",
        "せいかつの支援",
        "達成かどうか",
        "しない見込み",
        "昨年どのくらい増えた",
        "育成課の職員",
        "注意件数が増えた",
        "管理優先で進める",
        "需要防止",
        "3行目の数字",
        "現場の声",
        "要員不足",
        "高目の目標",
        "展示会への出展を増やす",
        "出店数の推移",
        "この分は要らない",
        "全然進んでいない",
        "指標と目標",
    ],
)
def test_words_that_only_sound_alike_stay(text: str) -> None:
    assert respelled(text) == text


@given(st.data())
def test_each_kanji_may_stand_as_its_reading(data: st.DataObject) -> None:
    word, readings = data.draw(st.sampled_from([pair for pair in vocabulary() if not pair[0].endswith("と")]))
    spelled = [data.draw(st.sampled_from(pair)) for pair in zip(word, readings, strict=True)]
    read = normalised("".join(spelled) + "の件").replace("取り組", "取組")  # the form's words know both
    assert read == normalised(f"{word}の件").replace("取り組", "取組")


def test_the_usual_spelling_of_the_vocabulary_stays() -> None:
    for word, _ in vocabulary():
        assert respelled(f"「{word}」") == f"「{word}」"


def test_a_message_in_its_usual_spelling_is_left_alone() -> None:
    for message in MESSAGES:
        once = respelled(message)
        assert respelled(once) == once
        for kind, start, end, _, _ in SequenceMatcher(None, message, once, autojunk=False).get_opcodes():
            piece = message[start:end]
            assert kind in ("equal", "insert") or re.search("[ぁ-んァ-ヶtT]", piece) or piece in WRONG_KANJI, message


@given(st.text(max_size=80))
def test_any_text_can_be_respelled(text: str) -> None:
    assert isinstance(respelled(text), str)
