"""The answer to a question about a marked passage: the model of the settings, consent, the log, and the rules."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Beat, Event, Words
from assistant.answers.selection import answer_selection
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import Call, LanguageModel, Pen
from corpus.models import Sheet
from prompts import Prompted

WORDS = "相談窓口を周知することができたところである。今後も周知に取り組んでいくことが必要である。"
SELECTION = {"section": "6.1.results", "start": 1, "end": 1 + len(WORDS), "text": WORDS, "written": f"・{WORDS}"}
BY_MODEL = "相談窓口を周知できた。今後も周知に取り組む必要がある。"
BY_RULES = "相談窓口を周知できた。今後も周知に取り組んでいく必要がある。"


def pen(*, outside: bool = False) -> Pen:
    def speak(prompted: Prompted) -> Iterator[str | None]:
        yield None
        yield f"A: {BY_MODEL}"

    return Pen(LanguageModel("small", "openai", "http://localhost:1", outside), speak)


def answer(session: Session, sheet: Sheet, **more: Any) -> tuple[list[Event], dict[str, Any]]:
    events = list(answer_selection(SELECTION, "選んだ文を短くして", ChatContext(session, sheet, **more)))
    (suggestion,) = (one for one in events if isinstance(one, Attachment) and one.name == "suggestion")
    return events, suggestion.entries[0]


def test_a_model_answers_with_signs_of_life_and_its_calls_are_told(session: Session, waiting: Sheet) -> None:
    calls: list[Call] = []
    events, made = answer(session, waiting, open_pen=pen, tell_call=calls.append)
    assert any(isinstance(event, Beat) for event in events)
    assert (made["before"], made["after"], made["model"]) == (WORDS, BY_MODEL, "small")
    assert [(call.prompt, call.outcome) for call in calls] == [("edit", "done")]


def test_without_a_model_the_rules_answer(session: Session, waiting: Sheet) -> None:
    events, made = answer(session, waiting)
    assert (made["after"], made["model"]) == (BY_RULES, "composer")
    assert BY_RULES in "".join(event.told for event in events if isinstance(event, Attachment))


def test_a_remote_model_is_told_nothing_before_the_city_agrees(session: Session, waiting: Sheet) -> None:
    calls: list[Call] = []
    events, made = answer(session, waiting, open_pen=lambda: pen(outside=True), tell_call=calls.append)
    assert (made["after"], made["model"], calls) == (BY_RULES, "composer", [])
    assert any(isinstance(event, Attachment) and event.name == "notices" for event in events)


@pytest.mark.parametrize("outcome", ["unreachable", "timeout"])
def test_a_model_that_fails_is_named(session: Session, waiting: Sheet, outcome: Any) -> None:
    def speak(prompted: Prompted) -> Iterator[str | None]:
        yield None
        raise ModelFailed("失敗", outcome)

    failing = Pen(LanguageModel("small", "openai", "http://localhost:1", False), speak)
    events, made = answer(session, waiting, open_pen=lambda: failing)
    assert made["model"] == "composer"
    assert "「small」の答えを得られませんでした" in "".join(event.text for event in events if isinstance(event, Words))
