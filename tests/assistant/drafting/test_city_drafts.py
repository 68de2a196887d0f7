"""The sample city's waiting sheets: what every draft keeps to, measured as ``tests/bench/drafting.py`` prints it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.database import make_engine, open_session
from corpus.form import SECTION_KEYS
from corpus.settings import Settings
from tests.drafts import Measured, alike, measure, middle_length, pattern, patterns_by_sheet, sentences_of
from web.serving import prepare_demo


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Measured]]:
    settings = Settings(_env_file=None, shisaku_home=Path(tmp_path_factory.mktemp("city")))
    prepare_demo(settings, reset=False)
    engine = make_engine(settings)
    with open_session(engine) as session:
        yield measure(session)
    engine.dispose()


def test_all_waiting_sheets_are_drafted(drafts: list[Measured]) -> None:
    assert len({one.code for one in drafts}) == 8
    assert len(drafts) == 8 * len(SECTION_KEYS)
    assert all(one.sentences for one in drafts)


def test_no_figure_that_is_not_stored(drafts: list[Measured]) -> None:
    assert [(one.code, one.section, one.foreign_figures) for one in drafts if one.foreign_figures] == []


def test_the_checker_contradicts_nothing(drafts: list[Measured]) -> None:
    wrong = [
        (one.code, one.section, found.verdict, found.text)
        for one in drafts
        for found in one.findings
        if found.verdict in ("mismatch", "unsupported")
    ]
    assert wrong == []


def test_no_two_drafts_are_alike(drafts: list[Measured]) -> None:
    assert alike(drafts) == []


def test_no_sentence_pattern_stands_more_than_three_times_in_a_sheet(drafts: list[Measured]) -> None:
    assert {code: found.repeated for code, found in patterns_by_sheet(drafts).items() if found.repeated} == {}


def test_sentences_are_of_a_readable_length(drafts: list[Measured]) -> None:
    assert 30 <= middle_length(drafts) <= 60


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("「参加率」は12.1％となった。", "『「丙」の割合』は９８．０％となった。"),
        ("令和5年度の実績値は12件である。", "R6年度の実績値は1,234人である。"),
        ("「甲」及び「乙」は達成した。", "「丙」は達成した。"),
    ],
)
def test_names_years_and_figures_make_no_other_pattern(one: str, other: str) -> None:
    assert pattern(one) == pattern(other)
    assert pattern(one) != pattern(one.replace("。", "が、課題もある。"))


def test_marks_and_headings_are_no_sentences() -> None:
    text = "①展開方向１「見守り」\n・相談を受けた。【要確認：実施したか】次も行う。\n【要確認：取り組むか】"
    assert sentences_of(text) == ["相談を受けた。", "次も行う。"]
