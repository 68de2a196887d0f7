"""A marked passage: which one is meant, what is wished of it, and what the rules make of it."""

import pytest

from assistant.checking import checker_of
from assistant.drafting.widen import Stock
from assistant.writing.selected import Selected, selected
from assistant.writing.selection_rules import (
    SelectionWish,
    by_rules,
    found_anew,
    is_polite,
    no_longer_read,
    read_wish,
    without_padding,
)

WRITTEN = """①展開方向１「支え合いの地域づくり」
・福祉活動に取り組んでいる市民の割合は12.9％となり、令和5年度から0.8ポイント上昇しました。また、地域における担い手の確保が課題となっています。
・見守り訓練を3回実施しました。なお、参加者からは好評をいただいております。

②展開方向２「自立支援の推進」
相談窓口を周知することができたところである。今後も周知に取り組んでいくことが必要である。"""
ITEMS = WRITTEN[WRITTEN.index("・福祉") : WRITTEN.index("\n\n②")]
PROSE = WRITTEN[WRITTEN.index("相談窓口") :]


def marked(words: str, written: str = WRITTEN) -> Selected:
    start = written.index(words)
    passage = selected("6.1.results", start, start + len(words), words, written)
    assert passage is not None
    return passage


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("選んだ文を短くして", SelectionWish("shorter")),
        ("ここだけ短く", SelectionWish("shorter")),
        ("５０字以内に短くして", SelectionWish("shorter", "50")),
        ("選んだ文をである調にして", SelectionWish("plain")),
        ("常体に", SelectionWish("plain")),
        ("選んだ文をです・ます調にして", SelectionWish("polite")),
        ("選んだ文で「見守り協定」に触れて", SelectionWish("mention", "見守り協定")),
        ("担い手不足に触れて", SelectionWish("mention", "担い手不足")),
        ("主語をはっきりさせて", SelectionWish("free", "主語をはっきりさせて")),
        ("2文に分けて", SelectionWish("free", "2文に分けて")),
        ("短く、である調で", SelectionWish("free", "短く、である調で")),
        ("　もっとやわらかく ", SelectionWish("free", "もっとやわらかく")),
    ],
)
def test_a_wish_is_read_from_its_words(text: str, wish: SelectionWish) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize("text", ["実施します。", "実施しましょう。", "増えるでしょう。\n担い手の確保"])
def test_polite_endings_are_known(text: str) -> None:
    assert is_polite(text)


@pytest.mark.parametrize(
    ("start", "words", "written", "found"),
    [
        (2, "かき", "あいかきく", (2, 4)),
        (0, "かき", "あいかきく", (2, 4)),
        (0, "か", "かきか", (0, 1)),
        (-2, "かき", "あかきく", (1, 3)),
        (1, "か", "かきか", None),
        (0, "さ", "かきか", None),
        (0, "", "かきか", None),
        (1, " \n", "あ \nい", None),
        (1, "\n い　", "あ\n い　う", (3, 4)),
        (0, "𠮷野", "𠮷野家", (0, 2)),
    ],
)
def test_the_passage_stands_where_it_was_marked_or_where_else_it_stands_once(
    start: int, words: str, written: str, found: tuple[int, int] | None
) -> None:
    passage = selected("5.1", start, start + len(words), words, written)
    assert found == (None if passage is None else (passage.start, passage.end))


def test_a_passage_becomes_shorter_and_keeps_its_figures_and_its_items(stock: Stock) -> None:
    made = by_rules(SelectionWish("shorter"), marked(ITEMS), stock)
    assert made.after == (
        "・福祉活動に取り組んでいる市民の割合は12.9％となり、令和5年度から0.8ポイント上昇しました。\n"
        "・見守り訓練を3回実施しました。"
    )


def test_what_tells_of_a_missed_target_or_asks_a_person_is_not_shortened_away(stock: Stock) -> None:
    text = "参加者が増えた。目標値には届かなかった。【要記入：理由】が影響した。窓口を改めた。"
    made = by_rules(SelectionWish("shorter", "10"), marked(text, text), stock)
    assert made.after is not None
    assert "目標値には届かなかった。【要記入：理由】" in made.after
    assert len(made.after) < len(text)


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("窓口を周知することができた。", "窓口を周知できた。"),
        ("窓口を周知することができました。", "窓口を周知できました。"),
        ("見守りを続けることが必要である。", "見守りを続ける必要がある。"),
        ("見守りを続けることが必要です。", "見守りを続ける必要があります。"),
        ("不足したものと考えられる。", "不足したと考えられる。"),
        ("必要なものと考えられる。", "必要なものと考えられる。"),
        ("研修を行うことにより、理解が進んだ。", "研修により、理解が進んだ。"),
        ("理解が進んだところである。", "理解が進んだ。"),
        ("上昇している状況である。", "上昇している。"),
        ("上昇している状況です。", "上昇しています。"),
        ("厳しい状況である。", "厳しい状況である。"),
        ("58人となっており、減少した。", "58人で、減少した。"),
        ("課題となっており、", "課題で、"),
        ("地域における見守り", "地域の見守り"),
        ("なお、好評であった。また、増えた。", "好評であった。増えた。"),
        ("12件の相談があった。", "12件の相談があった。"),
    ],
)
def test_turns_of_phrase_that_say_no_more_give_way(text: str, shorter: str) -> None:
    assert without_padding(text) == shorter


@pytest.mark.parametrize(
    ("kind", "words", "after"),
    [
        ("plain", "上昇しました。また、地域における担い手の確保が課題となっています。", "課題となっている。"),
        ("plain", "・見守り訓練を3回実施しました。", "・見守り訓練を3回実施した。"),
        ("polite", PROSE, "必要です。"),
    ],
)
def test_a_passage_changes_its_manner(stock: Stock, kind: str, words: str, after: str) -> None:
    made = by_rules(read_wish("である調に" if kind == "plain" else "ですます調に"), marked(words), stock)
    assert made.after is not None
    assert made.after.endswith(after)
    assert made.left == ()


def test_blank_lines_and_headings_stay_as_they_are(stock: Stock) -> None:
    made = by_rules(SelectionWish("plain"), marked(WRITTEN), stock)
    assert made.after is not None
    assert made.after.startswith("①展開方向１「支え合いの地域づくり」\n・福祉")
    assert "いただいている。\n\n②展開方向２" in made.after


def test_what_has_no_ending_says_so(stock: Stock) -> None:
    made = by_rules(SelectionWish("plain"), marked("相談窓口"), stock)
    assert made.after is None
    assert "文の終わり" in made.note


def test_a_mention_brings_what_the_record_holds_in_the_manner_of_the_passage(stock: Stock) -> None:
    made = by_rules(SelectionWish("mention", "見守り協定"), marked(PROSE), stock)
    assert made.after == (
        PROSE + "見守り協定の研修の実施は2回であった。見守り協定を締結した。【要確認：現在も同じ状況か】"
    )
    listed = by_rules(SelectionWish("mention", "見守り協定"), marked(ITEMS), stock)
    assert listed.after is not None
    assert listed.after.startswith(ITEMS + "\n・見守り協定")
    assert "締結しました。" in listed.after


@pytest.mark.parametrize(("words", "said"), [("宇宙開発", "記録がない"), ("", "何に触れるか")])
def test_a_mention_of_what_nobody_recorded_is_refused(stock: Stock, words: str, said: str) -> None:
    made = by_rules(SelectionWish("mention", words), marked(PROSE), stock)
    assert made.after is None
    assert said in made.note


def test_a_mention_of_what_the_section_tells_already_is_refused(stock: Stock) -> None:
    first = by_rules(SelectionWish("mention", "見守り協定"), marked(PROSE), stock)
    assert first.after is not None
    written = f"{PROSE}\n{first.after.removeprefix(PROSE)}"
    again = by_rules(SelectionWish("mention", "見守り協定"), marked(PROSE, written), stock)
    assert again.after is None
    assert "すでにこの欄" in again.note


def test_a_wish_of_ones_own_needs_a_model(stock: Stock) -> None:
    made = by_rules(SelectionWish("free", "主語をはっきりさせて"), marked(PROSE), stock)
    assert made.after is None
    assert "言語モデル" in made.note


def test_the_checker_sees_what_is_new_and_what_it_reads_no_longer(stock: Stock) -> None:
    checker = checker_of(stock.request.sheet, stock.earlier)
    passage = marked(ITEMS.split("\n")[0])
    before = passage.text
    (wrong,) = found_anew(passage, before, before.replace("12.9", "14.8"), checker)
    assert wrong.verdict == "mismatch"
    assert found_anew(passage, before, before.replace("となり", "で"), checker) == []
    assert no_longer_read(passage, before, before.replace("0.8ポイント", ""), checker)
    assert not no_longer_read(passage, before, before.replace("となり", "で"), checker)
