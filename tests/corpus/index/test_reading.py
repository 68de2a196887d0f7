"""What a question is about, and what it hints at."""

import pytest

from corpus.index.reading import Question, read_question

ISSUES = {"6.1.issues", "7.1", "7.2"}
PLANS = {"5.4.plan", "7.1", "7.2"}


@pytest.mark.parametrize(
    ("query", "content"),
    [
        ("空き家対策の課題は他の施策でどう書いている？", "空き家対策"),
        ("農業の後継者について、他の施策ではどのように書いていますか", "農業の後継者"),
        ("待機児童をどう書いてきたか", "待機児童"),
        ("図書館の利用が減った理由の書き方", "図書館の利用が減った"),
        ("国の交付金を活用したときの言い回し", "国の交付金を活用したとき"),
        ("近隣市より進んでいると書いた例", "近隣市より進んでいる"),
        ("目標を見直すと記載している文章を探して", "目標を見直す"),
        ("夜間の相談窓口がほしいという声", "夜間の相談窓口がほしい"),
        ("防災訓練の過去の文例を見せてください", "防災訓練"),
        ("手話通訳の派遣について教えて", "手話通訳の派遣"),
        ("令和3年度の公民館の利用者数", "公民館の利用者数"),
        ("下水道の更新は令和６年度に何をする予定だったか", "下水道の更新は 予定"),
        ("学校給食への保護者の声", "学校給食への保護者"),
        ("遊具を減らしていくという方針", "遊具を減らしていく"),
        ("公園の利用者が伸びない要因は", "公園の利用者が伸びない"),
        ("総合計画の基本方針", "総合計画の基本方針"),
        ("要望の件数", "要望の件数"),
        ("条例の改正", "条例の改正"),
        ("例年より早い開花", "例年より早い開花"),
        ("文化財の保存", "文化財の保存"),
        ("特例市", "特例市"),
        ("作文コンクール", "作文コンクール"),
        ("書類の保存年限", "書類の保存年限"),
        ("課題図書の貸出し", "課題図書の貸出し"),
        ("バス　乗務員　確保", "バス 乗務員 確保"),
        ("ｶﾌｪ", "カフェ"),
        # nothing but frame: it keeps its words
        ("書き方", "書き方"),
        ("他の施策ではどう書いている？", "他の施策ではどう書いている?"),
    ],
)
def test_content(query: str, content: str) -> None:
    assert read_question(query).content == content


@pytest.mark.parametrize(
    ("query", "sections", "years"),
    [
        ("空き家対策の課題", ISSUES, set()),
        ("道路の舗装は令和5年度に何をする予定だったか", PLANS, {2023}),
        ("橋りょうの今後の方針", PLANS, set()),
        ("遊具が古いという声", {"5.2"}, set()),
        ("保護者からの要望", {"5.2"}, set()),
        ("検診の受診率の成果", {"6.1.results", "5.4.done"}, set()),
        ("近隣市と比べた水道料金", {"5.3"}, set()),
        ("受講者が減った要因", {"4.3", "6.1.results"}, set()),
        ("R4の防災訓練", set(), {2022}),
        ("令和元年度と2年度の避難訓練", set(), {2019, 2020}),
        ("声かけ運動", set(), set()),
        ("ごみの分別", set(), set()),
    ],
)
def test_hints(query: str, sections: set[str], years: set[int]) -> None:
    question = read_question(query)
    assert (set(question.sections), set(question.years)) == (sections, years)


@pytest.mark.parametrize(
    ("section", "fiscal_year", "agrees"),
    [
        ("5.4.plan", 2021, (True, True)),  # what the sheet of 2021 plans for 2022
        ("5.4.done", 2022, (False, True)),
        ("7.1", 2020, (False, True)),
        ("5.4.plan", 2023, (True, False)),
        ("5.1", 2021, (False, False)),
    ],
)
def test_a_section_speaks_of_its_own_year(section: str, fiscal_year: int, agrees: tuple[bool, bool]) -> None:
    question = Question("避難計画", frozenset({"5.4.plan"}), frozenset({2022}))
    assert question.agrees(section, fiscal_year) == agrees
