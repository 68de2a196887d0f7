"""A model's answer within limits: the real package of OpenAI-compatible servers against a server that does as it is told."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from assistant.llm import open_pen
from assistant.writing.failures import failure_of
from assistant.writing.speaking import Limits, ModelFailed, Musing, speaker
from assistant.writing.values import CallOutcome, Speak
from corpus.settings import Settings
from prompts import Prompted
from tests.modelserver import (
    Behaviour,
    ModelServer,
    breaks_off,
    cut_off,
    empty,
    endless,
    hangs,
    refuses,
    rubbish,
    says,
)

ROOT = Path(__file__).parents[3]
ASKED = Prompted("あなたは公用文を書きます。", "A: 相談件数は[[F1]]となった。", "write", 1)
TEXT = "A: 相談の件数は[[F1]]となった。\nB: 見守りの協定を結んだ。\n"


def speaking(server: ModelServer, *, wait: float = 5, call: float = 20, **more: Any) -> Speak:
    return open_pen(
        Settings(
            _env_file=None,
            llm_model="fake",
            llm_base_url=server.base_url,
            llm_wait_seconds=wait,
            llm_call_seconds=call,
            **more,
        )
    ).speak


def said(pieces: Iterator[str | None]) -> str:
    return "".join(piece or "" for piece in pieces)


def failed(speak: Speak) -> ModelFailed:
    with pytest.raises(ModelFailed) as failure:
        list(speak(ASKED))
    return failure.value


def reading_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "language-model"]


def until(true: Callable[[], bool], seconds: float = 5) -> bool:
    ends = time.monotonic() + seconds
    while not true() and time.monotonic() < ends:
        time.sleep(0.02)
    return true()


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    yield
    assert until(lambda: not reading_threads())


def test_an_answer_comes_in_pieces(model_server: ModelServer) -> None:
    model_server.plays(says(TEXT))
    pieces = [piece for piece in speaking(model_server)(ASKED) if piece]
    assert "".join(pieces) == TEXT
    assert len(pieces) > 5


def test_what_is_sent(model_server: ModelServer) -> None:
    said(speaking(model_server, llm_max_tokens=321)(ASKED))
    (request,) = model_server.requests
    assert request["path"] == "/v1/chat/completions"
    assert request["messages"] == [
        {"role": "system", "content": ASKED.system},
        {"role": "user", "content": ASKED.user},
    ]
    assert request["stream"] is True
    assert request["max_tokens"] == 321
    assert request["temperature"] == 0.2
    assert set(request) == {"path", "model", "messages", "stream", "max_tokens", "temperature"}


def test_a_server_without_a_key_is_asked_and_one_with_a_key_gets_it(model_server: ModelServer) -> None:
    assert said(speaking(model_server)(ASKED)) == "はい。"
    assert said(speaking(model_server, llm_api_key="secret")(ASKED)) == "はい。"
    assert model_server.headers[1]["Authorization"] == "Bearer secret"


def test_no_temperature_is_sent_where_none_is_set(model_server: ModelServer) -> None:
    said(speaking(model_server, llm_temperature="")(ASKED))
    assert "temperature" not in model_server.requests[0]


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_server_inside_is_asked_without_the_proxy(
    model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    assert said(speaking(model_server)(ASKED)) == "はい。"


def test_a_slow_answer_is_waited_for_as_long_as_pieces_come(model_server: ModelServer) -> None:
    model_server.plays(says("あいうえおか", cut=1, per_second=1.25))
    pieces = list(speaking(model_server, wait=3)(ASKED))
    assert "".join(piece or "" for piece in pieces) == "あいうえおか"
    assert pieces.count(None) >= 2  # a beat between pieces that are 0.8 s apart, where the machine is not busy


HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"


@pytest.mark.parametrize(
    ("behaviour", "outcome", "words"),
    [
        (hangs(), "timeout", "LLM_WAIT_SECONDS"),
        (hangs(""), "timeout", "LLM_WAIT_SECONDS"),
        (hangs("A: 相談"), "timeout", "LLM_WAIT_SECONDS"),
        (hangs("A: 相談", heartbeat=True), "timeout", "LLM_WAIT_SECONDS"),
        (breaks_off(None), "broken", "読めない"),
        (breaks_off("A: 相談"), "broken", "途中で切れ"),
        (cut_off(""), "broken", "途中で切れ"),
        (cut_off("A: 相談"), "broken", "途中で切れ"),
        (refuses(400, "temperature is not supported"), "unreachable", "LLM_TEMPERATURE"),
        (refuses(401), "unreachable", "LLM_API_KEY"),
        (refuses(403), "unreachable", "権限"),
        (refuses(404), "unreachable", "LLM_MODEL"),
        (refuses(429), "unreachable", "回数"),
        (refuses(500), "unreachable", "HTTP 500"),
        (refuses(503), "unreachable", "HTTP 503"),
        (refuses(400, "context_length_exceeded"), "broken", "文脈の長さ"),
        (rubbish(HTML, "text/html"), "broken", "/v1"),
        (rubbish(b"data: {not json}\n\n", "text/event-stream"), "broken", "読めない"),
        (rubbish(b'data: {"error": {"message": "out of memory"}}\n\n', "text/event-stream"), "broken", "out of memory"),
        (rubbish(b'data: ["a"]\n\n', "text/event-stream"), "broken", "読めない"),
        (rubbish(b"\xff\xfe\x00\x01" * 50, "application/octet-stream"), "broken", "読めない"),
        (empty(), "empty", "空の返事"),
        (empty(" \n　\n"), "empty", "空の返事"),
        (says("<think>増えたのかどうかを考える。</think>\n"), "empty", "空の返事"),
        (says("増えたのかどうか。</think>A: 増えた。"), "broken", "reasoning parser"),
        (endless(lambda: (f"第{chr(0x4E00 + n % 20000)}の" for n in count())), "endless", "打ち切り"),
        (endless(lambda: repeat("相談の件数が増えた。")), "endless", "打ち切り"),
        (endless(lambda: repeat("\n")), "endless", "打ち切り"),
    ],
)  # fmt: skip
def test_each_failure_has_its_outcome(
    model_server: ModelServer, behaviour: Behaviour, outcome: CallOutcome, words: str
) -> None:
    model_server.plays(behaviour)
    failure = failed(speaking(model_server, wait=1 if outcome == "timeout" else 10))
    assert failure.outcome == outcome
    assert words in str(failure)
    assert len(model_server.requests) == 1  # nothing is asked twice


def test_a_server_that_was_killed_is_unreachable(model_server: ModelServer) -> None:
    speak = speaking(model_server)
    model_server.kill()
    assert failed(speak).outcome == "unreachable"


def test_a_server_killed_in_its_answer_breaks_off(model_server: ModelServer) -> None:
    model_server.plays(says("あ" * 100, per_second=2))
    pieces = speaking(model_server)(ASKED)
    assert any(next(pieces) for _ in range(20))
    model_server.kill()
    with pytest.raises(ModelFailed) as failure:
        list(pieces)
    assert failure.value.outcome == "broken"


def test_an_address_without_a_machine_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*asked: Any, **more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    settings = Settings(_env_file=None, llm_model="fake", llm_base_url="http://nothing.invalid/v1")
    assert failed(open_pen(settings).speak).outcome == "unreachable"


def test_the_whole_call_has_a_limit_of_its_own(model_server: ModelServer) -> None:
    model_server.plays(endless(lambda: (time.sleep(0.1) or chr(0x4E00 + n) for n in count())))
    failure = failed(speaking(model_server, wait=5, call=1))
    assert failure.outcome == "timeout"
    assert "LLM_CALL_SECONDS" in str(failure)


def test_a_server_inside_cannot_send_the_text_elsewhere(model_server: ModelServer) -> None:
    with ModelServer() as elsewhere:
        model_server.plays(refuses(307, location=elsewhere.base_url + "/chat/completions"))
        assert failed(speaking(model_server)).outcome == "unreachable"
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    "behaviour", [hangs(), hangs(""), hangs("A: 相談"), hangs("A: ", heartbeat=True), says("あ" * 90, per_second=2)]
)
def test_who_leaves_hangs_up_at_once(model_server: ModelServer, behaviour: Behaviour) -> None:
    model_server.plays(behaviour)
    with closing(speaking(model_server, wait=60)(ASKED)) as pieces:
        assert until(lambda: next(pieces) is not None or bool(model_server.requests), 10)
    assert model_server.left.wait(10)
    assert until(lambda: not reading_threads(), 10)


def test_a_program_ends_while_a_model_hangs(model_server: ModelServer) -> None:
    model_server.plays(hangs())
    code = (
        "from corpus.settings import Settings; from assistant.llm import open_pen; from prompts import Prompted\n"
        "pieces = open_pen(Settings(_env_file=None)).speak(Prompted('a', 'b', 'write', 1)); print(next(pieces))"
    )
    environment = os.environ | {"LLM_MODEL": "fake", "LLM_BASE_URL": model_server.base_url, "LLM_WAIT_SECONDS": "60"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=30)
    assert done.stdout.strip() == b"None", done.stderr.decode()
    assert done.returncode == 0


def test_many_are_asked_at_once(model_server: ModelServer) -> None:
    model_server.plays(says(lambda asked: asked["messages"][1]["content"], per_second=20))
    speak = speaking(model_server)
    heard: dict[int, str] = {}

    def ask(number: int) -> None:
        heard[number] = said(speak(Prompted("s", f"{number}番の相談", "write", 1)))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: f"{number}番の相談" for number in range(8)}


class Blocks(GenericFakeChatModel):
    """Content in blocks, as the packages of Anthropic and Google give it."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for content in (
            [{"type": "thinking", "thinking": "増えたのか。"}],
            [{"type": "text", "text": "A: 増"}],
            "えた。",
            [{"type": "reasoning", "reasoning": "よし。"}, {"type": "text", "text": "\n"}],
        ):
            yield ChatGenerationChunk(message=AIMessageChunk(content=content))


def test_only_text_counts_of_content_in_blocks() -> None:
    assert said(speaker(Blocks(messages=iter([])), Limits())(ASKED)) == "A: 増えた。\n"


def test_any_chat_model_is_asked_alike() -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage("A: 増えた。 B: 減った。")]))
    assert said(speaker(model, Limits())(ASKED)) == "A: 増えた。 B: 減った。"


def test_reasoning_beside_the_text_is_no_answer(model_server: ModelServer) -> None:
    def behave(answer: Any) -> None:
        answer.head()
        answer.piece("", reasoning_content="考え中。")
        answer.piece("A: 増えた。")
        answer.done()

    model_server.plays(behave)
    assert said(speaking(model_server)(ASKED)) == "A: 増えた。"


@given(
    st.lists(st.sampled_from(["増えた。", "<", "a<b", "\n", "A: ", "<th", "</"]), max_size=6),
    st.integers(1, 9),
    st.booleans(),
)
def test_thoughts_are_taken_out_however_they_are_cut(parts: list[str], cut: int, long_name: bool) -> None:
    tag = "thinking" if long_name else "think"
    answer = "".join(parts)
    whole = f"<{tag}>迷う。<b>\n</{tag}>{answer}。"
    musing = Musing()
    heard = [musing.said(whole[at : at + cut]) for at in range(0, len(whole), cut)]
    assert "".join(heard) + musing.rest() == answer + "。"


def test_beats_while_a_model_thinks_are_no_more_than_two_a_second(model_server: ModelServer) -> None:
    model_server.plays(says("<think>" + "迷う。" * 100 + "</think>A: 増えた。", cut=1, per_second=200))
    began = time.monotonic()
    pieces = list(speaking(model_server)(ASKED))
    assert "".join(piece or "" for piece in pieces) == "A: 増えた。"
    assert 1 <= pieces.count(None) <= 2 * (time.monotonic() - began) + 1


def test_a_thought_that_never_ends_says_nothing() -> None:
    musing = Musing()
    assert musing.said("A: 増<think>減った") + musing.rest() == "A: 増"


class EndpointConnectionError(Exception):
    """As botocore names it."""


class ReadTimeoutError(Exception):
    """As botocore names it."""


class ClientError(Exception):
    """As botocore names it."""

    def __init__(self, status: int) -> None:
        super().__init__("An error occurred")
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status}}


class PermissionDenied(Exception):
    """As google.api_core names it."""

    code = 403


@pytest.mark.parametrize(
    ("error", "outcome", "words"),
    [
        (ConnectionError("Failed to connect to Ollama."), "unreachable", "つながりません"),
        (EndpointConnectionError("x"), "unreachable", "つながりません"),
        (ReadTimeoutError("x"), "timeout", "LLM_WAIT_SECONDS"),
        (TimeoutError(), "timeout", "LLM_WAIT_SECONDS"),
        (ClientError(403), "unreachable", "権限"),
        (PermissionDenied("x"), "unreachable", "権限"),
        (ConnectionResetError(), "broken", "読めない"),
        (KeyError("choices"), "broken", "読めない"),
    ],
)
def test_errors_of_other_packages(error: Exception, outcome: CallOutcome, words: str) -> None:
    failing = failure_of(error, begun=False)
    assert failing.outcome == outcome
    assert words in failing.told


@pytest.mark.real_model
def test_a_real_model_answers_and_can_be_left(real_settings: Settings) -> None:
    speak = open_pen(real_settings.model_copy(update={"llm_max_tokens": 60})).speak
    question = Prompted("日本語で答えます。", "「見守り」について一文で書いてください。", "write", 1)
    assert said(speak(question)).strip()
    with closing(speak(question)) as pieces:
        assert until(lambda: bool(next(pieces)), 300)
    assert until(lambda: not reading_threads(), 2)
