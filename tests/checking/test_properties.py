"""What holds for every text: no exception, offsets that slice it, width that changes nothing, work in step with length."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking import Checker
from assistant.checking.findings import Finding
from corpus.form import SECTION_KEYS
from tests.checking.labelled import checker, read_cases

SHEETS = ("sample-12-2023", "sample-51-2023", "sample-31-2023")
WORDS = (
    "見守りネットワーク協力事業者数は 人口 指標ア 一般財源 総コスト 商店街空き店舗率 同割合は これは 令和5年度 前年度から 昨年度比 3年連続で 過去最高 目標値 "
    "実績は 12.1％ 1,234人 3億6,804万5千円 2.7ポイント 増加した 低下し 横ばい 上回った 達成した 達成率 全体の 3割強 約 程度 以上 うち 内訳は それぞれ 合計 平均 "
    "十二団体 四千三百二十一 3分の1 半数 総合評価はC ①展開方向１「支え合い」 ・ 〇 第3次 （ ） 「 」 、 。 \n 3～5件 1.2倍 倍増 2年ぶり 県内3位 のべ ▲ − 執行率 4指標のうち"
)
TO_WIDE = str.maketrans("0123456789,.%()", "０１２３４５６７８９，．％（）")
TO_HALF = str.maketrans("０１２３４５６７８９，．％（）", "0123456789,.%()")

words = st.sampled_from(WORDS.split(" "))
any_text = st.one_of(
    st.text(max_size=200),
    st.text("0123456789０１９一二十百千万億兆.,，．％%▲-～年度人件円割分の約増減、。\n ", max_size=120),
    st.lists(words, max_size=40).map("".join),
)
worded = st.lists(words, max_size=40).map("".join)


@pytest.fixture(scope="module", params=SHEETS)
def read(request: pytest.FixtureRequest) -> Checker:
    return checker(request.param)


@given(text=any_text, section=st.sampled_from(SECTION_KEYS))
@settings(max_examples=300)
def test_any_text_is_read_and_offsets_slice_it(read: Checker, text: str, section: str) -> None:
    for found in read.check(text, section):
        assert found.start is not None
        assert found.end is not None
        assert 0 <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.message


def _said(findings: list[Finding]) -> list[tuple[object, ...]]:
    return [(f.start, f.end, f.kind, f.verdict, f.indicator, f.year, f.series, f.stated, f.expected) for f in findings]


@given(text=worded)
@settings(max_examples=300)
def test_width_changes_no_verdict(read: Checker, text: str) -> None:
    wide, half = text.translate(TO_WIDE), text.translate(TO_HALF)
    assert _worded(read.check(wide, "6.1.results")) == _worded(read.check(half, "6.1.results"))


def _worded(findings: list[Finding]) -> list[tuple[object, ...]]:
    """What is said of each place, words in half width."""
    return [
        tuple(part.translate(TO_HALF) if isinstance(part, str) else part for part in said) for said in _said(findings)
    ]


def test_width_changes_no_verdict_of_a_labelled_case() -> None:
    for case in read_cases():
        one = checker(case.sheet)
        wide, half = case.text.translate(TO_WIDE), case.text.translate(TO_HALF)
        assert _worded(one.check(wide, case.section)) == _worded(one.check(half, case.section)), case.id


def _calls(read: Checker, text: str) -> int:
    """How many function calls a check takes: the work it does, without a clock."""
    count = 0

    def count_call(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    read.check(text[:100], "6.1.results")
    sys.setprofile(count_call)
    try:
        read.check(text, "6.1.results")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "令和5年度の見守りネットワーク協力事業者数は204事業者となり、前年度から12事業者増加したものの、目標の220事業者を下回った。",
        "見守りネットワーク協力事業者数は204事業者となり、前年度から12事業者増加したものの、",
        "市民は",
        "12.1％",
        "それぞれ12件、15件",
        "3～5",
        "（12",
    ],
)
def test_work_grows_with_the_length(piece: str) -> None:
    read = checker("sample-12-2023")
    short, long = ((piece * (size // len(piece) + 1))[:size] for size in (5_000, 10_000))
    assert _calls(read, long) < 3 * _calls(read, short)
