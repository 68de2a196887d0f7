"""A server that speaks as an OpenAI-compatible one does, as a script says: well, slowly, not at all, or rubbish.

::

    with ModelServer(says("A: 増えた。")) as server:
        settings = Settings(_env_file=None, llm_model="fake", llm_base_url=server.base_url)

A script of several behaviours is played one a request; the last one goes on for ever.
"""

import json
import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

NAME = "fake-model"


class Answer:
    """The way back to the client: ``asked`` is the body of its request."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: "ModelServer", asked: dict[str, Any]) -> None:
        self.asked = asked
        self._handler = handler
        self._server = server

    def head(self, status: int = 200, kind: str = "text/event-stream") -> None:
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()

    def raw(self, data: bytes) -> None:
        """One chunk of the body."""
        self._handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self._handler.wfile.flush()

    def piece(self, text: str, *, finish: str | None = None, **more: str) -> None:
        """One event of the stream."""
        delta = {} if finish else {"role": "assistant", "content": text, **more}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": NAME, "choices": [choice]}
        self.raw(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def done(self, finish: str = "stop") -> None:
        """The end; without ``finish`` as of an answer that the server itself has cut off."""
        if finish:
            self.piece("", finish=finish)
        self.raw(b"data: [DONE]\n\n")
        self.raw(b"")

    def hang(self, seconds: float) -> bool:
        """Wait until the client leaves or the server is killed (True), ``seconds`` at the most."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if self._server.ended.is_set():
                self.cut()
                return True
            if select.select([self._handler.connection], [], [], max(0.0, min(0.05, ends - time.monotonic())))[0]:
                with suppress(OSError):
                    if self._handler.connection.recv(1):
                        continue
                self._server.left.set()
                return True
        return False

    def cut(self) -> None:
        """Shut the connection where it is."""
        with suppress(OSError):
            self._handler.connection.shutdown(socket.SHUT_RDWR)


Behaviour = Callable[[Answer], None]


def says(text: str | Callable[[dict[str, Any]], str], *, cut: int = 4, per_second: float = 0) -> Behaviour:
    """Answer ``text`` (or what it makes of the request) in pieces of ``cut`` characters, ``per_second`` of them."""

    def behave(answer: Answer) -> None:
        said = text if isinstance(text, str) else text(answer.asked)
        answer.head()
        for begin in range(0, len(said), cut):
            answer.piece(said[begin : begin + cut])
            if per_second and answer.hang(1 / per_second):
                return
        answer.done()

    return behave


def cut_off(said: str) -> Behaviour:
    """An answer that the server ends in the middle, as llama-cpp-python does when somebody else asks."""

    def behave(answer: Answer) -> None:
        answer.head()
        answer.piece(said)
        answer.done(finish="")

    return behave


def empty(text: str = "") -> Behaviour:
    """An answer without a word."""
    return says(text, cut=1)


def hangs(said: str | None = None, *, heartbeat: bool = False) -> Behaviour:
    """Nothing more after ``said`` (None: not even a head); ``heartbeat``: comments of SSE go on."""

    def behave(answer: Answer) -> None:
        if said is not None:
            answer.head()
            if said:
                answer.piece(said)
        while not answer.hang(0.2 if heartbeat else 60):
            if heartbeat:
                answer.raw(b": still working\n\n")

    return behave


def breaks_off(said: str | None) -> Behaviour:
    """The connection is shut after ``said`` (None: before the head)."""

    def behave(answer: Answer) -> None:
        if said is not None:
            answer.head()
            answer.piece(said)
        answer.cut()

    return behave


def refuses(status: int, message: str = "no", *, location: str = "") -> Behaviour:
    """An error of HTTP as OpenAI-compatible servers put it."""

    def behave(answer: Answer) -> None:
        body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode()
        answer._handler.send_response(status)
        answer._handler.send_header("Content-Type", "application/json")
        answer._handler.send_header("Content-Length", str(len(body)))
        if location:
            answer._handler.send_header("Location", location)
        answer._handler.end_headers()
        answer._handler.wfile.write(body)

    return behave


def rubbish(body: bytes, kind: str) -> Behaviour:
    """A page of something else, or a stream that is no JSON."""

    def behave(answer: Answer) -> None:
        answer.head(kind=kind)
        answer.raw(body)
        answer.raw(b"")

    return behave


def endless(pieces: Callable[[], Iterator[str]]) -> Behaviour:
    """Pieces until the client leaves."""

    def behave(answer: Answer) -> None:
        answer.head()
        for text in pieces():
            answer.piece(text)

    return behave


class ModelServer:
    """The server on a free port. ``requests``: bodies that came; ``left``: a client went before its answer ended."""

    def __init__(self, *script: Behaviour) -> None:
        self.script = list(script) or [says("はい。")]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[Message] = []
        self.left, self.ended = Event(), Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append({"path": self.path} | asked)
                outer.headers.append(self.headers)
                behave = outer.script.pop(0) if len(outer.script) > 1 else outer.script[0]
                try:
                    behave(Answer(self, outer, asked))
                except OSError:
                    outer.left.set()
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Tests are told nothing of it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def plays(self, *script: Behaviour) -> None:
        """Another script from now on."""
        self.script = list(script)

    def kill(self) -> None:
        """Gone: the port refuses from now on, and answers under way break off."""
        if not self.ended.is_set():
            self.ended.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def __enter__(self) -> "ModelServer":
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
