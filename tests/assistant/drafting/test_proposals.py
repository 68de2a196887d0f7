"""A plan stays a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.proposals import as_continued, as_intended, continuative, dictionary_form


@pytest.mark.parametrize(
    ("plan", "intended"),
    [
        ("計画素案を検討する。", "計画素案を検討する予定であった。"),
        ("地域の課題解決へつなげる。", "地域の課題解決へつなげる予定であった。"),
        ("名簿作成を行っていくとともに訓練を実施する。", "名簿作成を行っていくとともに訓練を実施する予定であった。"),
        ("地域福祉計画の施策の推進。", "地域福祉計画の施策の推進を予定していた。"),
        ("地域福祉計画の施策の推進", "地域福祉計画の施策の推進を予定していた。"),
        ("制度運営ができるようにする", "制度運営ができるようにする予定であった。"),
        ("体制を構築する（計画作成の完了）。", "体制を構築する予定であった（計画作成の完了）。"),
        ("相談会を実施予定。", "相談会を実施予定であった。"),
        ("要綱の見直し", "要綱の見直しを予定していた。"),
        ("専門家による伴走支援を開始。", "専門家による伴走支援を開始する予定であった。"),
        ("庁内の検討組織の設置を協議。", "庁内の検討組織の設置を協議する予定であった。"),
        ("研修会を3回開催", "研修会を3回開催する予定であった。"),
    ],
)
def test_a_plan_is_told_as_what_was_intended(plan: str, intended: str) -> None:
    assert as_intended(plan, polite=False) == intended


@pytest.mark.parametrize(
    "text",
    [
        "各課の連携が必要である。",
        "職員の研修が求められている。",
        "進めていく必要がある。",
        "協議会と協定を締結した。",
        "関係課と検討中",
        "（計画作成の完了）",
        "",
    ],
)
def test_what_is_no_plan_keeps_its_words(text: str) -> None:
    assert as_intended(text, polite=False) == text


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("検討します", "検討する"),
        ("図ります", "図る"),
        ("進めます", "進める"),
        ("行います", "行う"),
        ("目指します", "目指す"),
        ("見直します", "見直す"),
        ("増やします", "増やす"),
        ("講じます", "講じる"),
        ("取り組みます", "取り組む"),
        ("続けていきます", "続けていく"),
        ("築きます", "築く"),
        ("用います", "用いる"),
        ("資します", "資する"),
        ("サポートします", "サポートする"),
        ("できるようにします", "できるようにする"),
        ("結びます", "結ぶ"),
        ("待ちます", "待つ"),
    ],
)
def test_polite_plans(polite: str, plain: str) -> None:
    assert dictionary_form(polite) == plain
    assert as_intended(polite + "。", polite=True) == plain + "予定でした。"


@given(st.text(alphabet="計画をする検討した推進。ますいきのこと（）・取組中", max_size=20), st.booleans())
def test_nothing_but_the_intention_is_added(text: str, polite: bool) -> None:
    told = as_intended(text, polite=polite)
    assert told == text or ("予定" in told and told.endswith("。"))


@pytest.mark.parametrize(
    ("plan", "first", "second"),
    [
        ("相談の受付を検討する。", "相談の受付の検討を続ける。", "相談の受付の検討を続ける。"),
        ("対象を広げる。", "引き続き、対象を広げる。", "対象を広げていく。"),
        ("目標に取り組む。", "引き続き、目標に取り組む。", "目標に取り組んでいく。"),
        ("解消を目指す。", "引き続き、解消を目指す。", "解消を目指していく。"),
        ("参加者を募る。", "引き続き、参加者を募る。", "引き続き、参加者を募る。"),
        ("引き続き検討する。", "引き続き検討する。", "引き続き検討する。"),
        ("令和8年度に改める。", "令和8年度に改める。", "令和8年度に改める。"),
        ("計画の2年目として進める。", "計画の2年目として進める。", "計画の2年目として進める。"),
        ("また、方法を改める。", "また、方法を改める。", "また、方法を改める。"),
    ],
)
def test_a_plan_goes_on(plan: str, first: str, second: str) -> None:
    assert [as_continued(plan, polite=False, turn=turn) for turn in (0, 1)] == [first, second]


def test_a_plan_goes_on_politely() -> None:
    assert as_continued("対象を広げます。", polite=True, turn=1) == "対象を広げていきます。"
    assert as_continued("受付を検討します。", polite=True, turn=0) == "受付の検討を続けます。"


@pytest.mark.parametrize(
    ("sentence", "stem"),
    [
        ("8地区に補助した", "8地区に補助し"),
        ("手順を定める", "手順を定め"),
        ("団員は5人である", None),
        ("講座を開く", None),
    ],
)
def test_a_sentence_as_a_clause_before_another(sentence: str, stem: str | None) -> None:
    assert continuative(sentence) == stem
