"""A draft in the chat: until its first sentence is stored, and whole. Baseline: reading the sheet from the database."""

from typing import Any

import pytest
from sqlmodel import Session

from assistant.answers import Sentence
from assistant.chat import converse
from corpus.form import SECTION_KEYS
from corpus.store import earlier_sheets, find_sheet, load_sheet

REQUESTS = {
    "6.1.results": "成果実績を下書きして",
    "6.1.issues": "課題を書いて",
    "7.1": "取組方針を昨年度にならって下書きして",
}


def first_sentence(session: Session, text: str) -> Sentence:
    sheet = find_sheet(session, "12", 2024)
    return next(event for event in converse(session, sheet, text) if isinstance(event, Sentence))


def whole_answer(session: Session, text: str) -> list[Any]:
    return list(converse(session, find_sheet(session, "12", 2024), text))


@pytest.mark.benchmark(group="draft")
@pytest.mark.parametrize("section", list(REQUESTS))
def test_first_sentence(benchmark: Any, city_session: Session, section: str) -> None:
    assert benchmark(first_sentence, city_session, REQUESTS[section]).sentence.text


@pytest.mark.benchmark(group="draft")
@pytest.mark.parametrize("section", list(REQUESTS))
def test_whole_answer(benchmark: Any, city_session: Session, section: str) -> None:
    assert section in SECTION_KEYS
    assert len(benchmark(whole_answer, city_session, REQUESTS[section])) > 3


@pytest.mark.benchmark(group="draft")
def test_baseline_reading_the_sheets(benchmark: Any, city_session: Session) -> None:
    def read() -> list[int]:
        sheet = find_sheet(city_session, "12", 2024)
        return [one.fiscal_year for one in (load_sheet(city_session, sheet), *earlier_sheets(city_session, sheet))]

    assert benchmark(read) == [2024, 2020, 2021, 2022, 2023]
