"""What ``shisaku doctor`` says of the language model, and how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import messages
from tests.modelserver import ModelServer, empty, hangs, refuses
from web import cli

Line = Callable[[], tuple[bool, str]]


@pytest.fixture
def model_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Line:
    """Runs the command in an empty folder: whether the model works, and what is said."""
    monkeypatch.setenv("SHISAKU_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def call() -> tuple[bool, str]:
        monkeypatch.setattr(sys, "argv", ["shisaku", "doctor", "--json"])
        with pytest.raises(SystemExit) as done:
            cli.main()
        found = next(entry for entry in json.loads(capsys.readouterr().out) if entry["what"] == messages.LANGUAGE_MODEL)
        assert (done.value.code == 0) is found["ok"]
        return found["ok"], found["state"]

    return call


def test_without_a_model_all_is_well(model_line: Line) -> None:
    assert model_line() == (True, messages.WITHOUT_MODEL)


def test_an_address_without_a_model_is_no_model(model_line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert model_line() == (False, messages.BASE_URL_WITHOUT_MODEL)


@pytest.mark.parametrize(("outside", "words"), [("auto", "内部"), ("yes", "外部")])
def test_a_model_that_answers(
    model_line: Line, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, outside: str, words: str
) -> None:
    monkeypatch.setenv("LLM_MODEL", "fake")
    monkeypatch.setenv("LLM_BASE_URL", model_server.base_url)
    monkeypatch.setenv("LLM_OUTSIDE", outside)
    ok, state = model_line()
    assert ok
    assert state.startswith(f"fake（openai、{model_server.base_url}、{words}）が")
    (request,) = model_server.requests
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


def test_a_model_that_cannot_be_asked(model_line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_MODEL", "nani:m")
    ok, state = model_line()
    assert not ok
    assert "つなぎ先の名前ではありません" in state


def test_a_model_that_does_not_answer(
    model_line: Line, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_MODEL", "fake")
    monkeypatch.setenv("LLM_BASE_URL", model_server.base_url)
    for behaviour, wait, words in (
        (refuses(401), "30", "LLM_API_KEY"),
        (hangs(), "0.5", "LLM_WAIT_SECONDS"),
        (empty(), "30", "空の返事"),
    ):
        monkeypatch.setenv("LLM_WAIT_SECONDS", wait)
        model_server.plays(behaviour)
        ok, state = model_line()
        assert not ok
        assert words in state
        assert "組み込みの作文" in state
    model_server.kill()
    assert "サーバーが動いているか" in model_line()[1]
