"""Which years of last year's text move, and which stay."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.years import move_years, still_years
from corpus.fiscal import wareki


def moved(text: str, source_year: int = 2023) -> str:
    for edit in reversed(move_years(text, source_year).edits):
        text = text[: edit.start] + edit.written + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("令和5年度は相談会を開催した。", "令和6年度は相談会を開催した。"),
        ("令和６年度に向けて", "令和７年度に向けて"),
        ("7年度の取組として", "8年度の取組として"),
        ("R5実績", "R6実績"),
        ("2023年度の目標", "2024年度の目標"),
        ("令和五年度", "令和六年度"),
        ("令和5年度末までに", "令和6年度末までに"),
        ("令和5（2023）年度", "令和6（2024）年度"),
        ("2023（令和5）年度", "2024（令和6）年度"),
        ("令和５・６年度に実施", "令和６・７年度に実施"),
        ("5・6年度に実施", "6・7年度に実施"),
        ("令和5年10月に策定した令和5年度の計画", "令和5年10月に策定した令和6年度の計画"),
    ],
)
def test_the_sheets_own_years_move_by_one(before: str, after: str) -> None:
    assert moved(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "令和3年度に協定を締結した。",
        "令和4年度に引き続き実施した。",
        "平成30年度に開始した。",
        "令和9年度までに整備する。",
        "令和5年4月に開設した。",
        "令和5年に法が改正された。",
        "R5.4.1に施行された。",
        "3年度連続で増加した。",
        "令和3～5年度に実施した。",
        "計画期間（令和5～9年度）",
        "令和5年度から令和9年度まで",
        "前年度と比べて増加した。",
    ],
)
def test_older_and_later_years_dates_and_periods_stay(text: str) -> None:
    assert moved(text) == text


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("令和5年度は令和4年度に引き続き増加した。", True),
        ("計画期間（令和5～9年度）", True),
        ("令和5年度から開始した。", True),
        ("計画の2年目として実施する。", True),
        ("令和5年度は相談会を開催した。", False),
        ("令和3年度に協定を締結した。", False),
    ],
)
def test_mixed_years_and_periods_are_in_doubt(text: str, doubtful: bool) -> None:
    assert move_years(text, 2023).doubtful is doubtful


@pytest.mark.parametrize(
    ("text", "one_off"),
    [
        ("令和5年度に発覚した事務処理の誤りを受け、再発防止が必要である。", True),
        ("令和7年度に法改正が予定されている。", True),
        ("近隣市では令和5年度にアプリを導入した市がある。", True),
        ("要因は令和5年度に始めた周知である。", True),
        ("令和7年度に新施設を開設する。", True),
        ("令和7年度には新施設がオープンする。", True),
        ("令和5年度末に協定を結んだ。", True),
        ("令和5年度をもって事業を終えた。", True),
        ("令和7年度までに全校に配る。", True),
        ("令和5年度に大雨で被災した。", True),
        ("令和5年度に県から表彰を受けた。", True),
        ("令和5年度（2023年度）に条例を制定した。", True),
        ("令和5年度に実施した調査では、不安の声が多い。", True),
        ("令和5年度は新たに条例を制定した。", True),
        ("令和5年度の改正により対象が広がった。", True),
        ("2023年度に寄附を受納した。", True),
        ("令和5年度は相談会を実施した。", False),
        ("令和5年度に説明会を5回開催した。", False),
        ("令和6年度に計画を検討する。", False),
        ("令和5年度に引き続き条例の周知に努めた。", False),
        ("令和5年度に比べて増加した。", False),
        ("令和5年度の人口は83,690人である。", False),
        ("令和3年度に協定を締結した。", False),
        ("令和3年度に締結した協定を活用し、令和5年度も訪問した。", False),
    ],
)
def test_a_moved_year_of_a_one_off_event_is_told_from_steady_work(text: str, one_off: bool) -> None:
    assert move_years(text, 2023).one_off is one_off


@pytest.mark.parametrize(
    ("text", "dated"),
    [("令和5年4月1日現在の人口", True), ("R5.4.1現在", True), ("令和4年度の12％", False), ("平成28年に制定", False)],
)
def test_a_date_about_the_source_year_is_noticed(text: str, dated: bool) -> None:
    assert move_years(text, 2023).dated is dated


def test_still_years_moves_nothing_and_knows_what_is_named() -> None:
    found = still_years("令和6年度に令和3年度の計画を見直す。", 2023)
    assert (found.edits, found.stayed, found.doubtful) == ((), frozenset({2024, 2021}), False)


@given(source=st.integers(2000, 2040), named=st.integers(1990, 2060))
def test_a_single_named_year_moves_exactly_within_the_window(source: int, named: int) -> None:
    text = f"{wareki(named)}に実施する。"
    expected = f"{wareki(named + 1)}に実施する。" if source <= named <= source + 2 else text
    assert moved(text, source) == expected


@given(st.text(alphabet="令和平成5６4年度元～・、（）2023から月.R ", max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    edits = move_years(text, 2023).edits
    assert all(0 <= edit.start < edit.end <= len(text) for edit in edits)
    assert all(first.end <= second.start for first, second in pairwise(edits))
