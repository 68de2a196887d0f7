"""A model's answer piece by piece, within limits: it may hang, break off, never end, or be no answer at all.

The model is read in a thread of its own, so that whoever waits for it can show that it waits, and can leave at once.
"""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, Any

from assistant.writing.failures import failure_of
from assistant.writing.values import CallOutcome, Speak
from corpus import messages
from corpus.errors import ShisakuError
from prompts import Prompted

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

BEAT = 0.5
"""Seconds after which somebody who waits is told that there is nothing yet."""
SHORT_QUESTION = 500
"""Characters: a question that is shorter may be answered at as much length as one of these."""
TIMES_ASKED = 4
SAME, SAME_TIMES = 30, 6
"""So many characters that stand so many times in an answer, and again at its end, go on for ever."""
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
_TAG = re.compile(r"<(/?)think(?:ing)?>")
_OPENING_TAGS = ("<think>", "</think>", "<thinking>", "</thinking>")


class ModelFailed(ShisakuError):
    """A call that came to nothing, or not to its end. ``str``: Japanese, with what to do about it."""

    def __init__(self, message: str, outcome: CallOutcome) -> None:
        super().__init__(message)
        self.outcome: CallOutcome = outcome


@dataclass(frozen=True)
class Limits:
    """``wait``: seconds without any piece; ``call``: seconds of the whole call; ``characters`` of an answer."""

    wait: float = 120
    call: float = 300
    characters: int = 8_000


class CutOff(Exception):
    """The server ended an answer without saying that it was complete."""


_NO_TEXT = re.compile("[\ud800-\udfff\x00]")
"""What no database keeps: half of a sign that a server cut in two, and NUL."""


class Musing:
    """Takes out what a reasoning model writes to itself between <think> and </think>, wherever pieces are cut."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def said(self, piece: str) -> str:
        """What of the answer is sure with this piece. Raises ``ModelFailed`` where a thought ends that never began."""
        text, self._held = self._held + piece, ""
        said: list[str] = []
        while tag := _TAG.search(text):
            if not self._inside:
                said.append(text[: tag.start()])
                if tag[1]:
                    raise ModelFailed(messages.MODEL_THINKS_ALOUD, "broken")
            self._inside = not tag[1]
            text = text[tag.end() :]
        begun = text.rfind("<")
        if begun >= 0 and any(tag.startswith(text[begun:]) for tag in _OPENING_TAGS):
            text, self._held = text[:begun], text[begun:]
        if not self._inside:
            said.append(text)
        return "".join(said)

    def rest(self) -> str:
        """What was held back when the answer ended."""
        return "" if self._inside else self._held


@dataclass
class _Line:
    """A call between the thread that reads the model and the one that waits: pieces, at last None or an error."""

    pieces: "SimpleQueue[str | Exception | None]" = field(default_factory=SimpleQueue)
    left: threading.Event = field(default_factory=threading.Event)
    streams: list[Any] = field(default_factory=list)

    def traced(self, event: str, told: dict[str, Any]) -> None:
        """Called by httpx at every step of a request: keeps the connection when it is there."""
        if event in _CONNECTED:
            self.streams.append(told["return_value"])
            if self.left.is_set():
                self.hang_up()

    def hang_up(self) -> None:
        """Wake the reading thread wherever it waits for the server: its connection is shut."""
        self.left.set()
        for stream in self.streams:
            # the answer may have ended by itself, and a connection that is shut twice is no harm
            with suppress(Exception):
                stream.get_extra_info("socket").shutdown(SHUT_RDWR)


_thread = threading.local()


def watched(request: Any) -> None:
    """A request hook for an httpx client: lets the call of this thread be hung up, before its answer or within.

    Source: the ``trace`` extension of httpx.
    """
    line: _Line | None = getattr(_thread, "line", None)
    if line is not None:
        request.extensions["trace"] = line.traced


def speaker(model: "BaseChatModel", limits: Limits, *, says_why: bool = False) -> Speak:
    """How ``model`` is asked: contract of ``values.Speak``. Never asks twice.

    ``says_why``: its server says why an answer ends (``finish_reason``), so that one without a reason was cut off.
    """

    def speak(prompted: Prompted) -> Iterator[str | None]:
        line = _Line()
        threading.Thread(
            target=_read, args=(model, prompted, line, says_why), name="language-model", daemon=True
        ).start()
        try:
            yield from _within(limits, prompted, line)
        finally:
            line.hang_up()

    return speak


def _read(model: "BaseChatModel", prompted: Prompted, line: _Line, says_why: bool) -> None:
    """Put the model's pieces on the line until it ends or nobody waits any more."""
    from langchain_core.messages import HumanMessage, SystemMessage
    from langsmith import tracing_context

    _thread.line = line
    ended = not says_why
    try:
        asked = [SystemMessage(prompted.system), HumanMessage(prompted.user)]
        # whatever the surroundings say, no tracing service is told what was asked
        with tracing_context(enabled=False), closing(model.stream(asked)) as stream:  # type: ignore[type-var]
            for chunk in stream:
                if line.left.is_set():
                    return
                ended = ended or bool(chunk.response_metadata.get("finish_reason"))
                line.pieces.put(_NO_TEXT.sub("\ufffd", str(chunk.text)))
        line.pieces.put(None if ended else CutOff())
    except Exception as error:
        line.pieces.put(error)


def _within(limits: Limits, prompted: Prompted, line: _Line) -> Iterator[str | None]:
    """The pieces of the answer, None while waiting; raises ``ModelFailed`` at the first limit that is passed."""
    most = min(limits.characters, TIMES_ASKED * max(prompted.size, SHORT_QUESTION))
    began = heard = told = time.monotonic()
    musing, written = Musing(), ""
    piece: str | Exception | None = ""
    while piece is not None:
        whole = began + limits.call <= heard + limits.wait
        left = (began + limits.call if whole else heard + limits.wait) - time.monotonic()
        if left <= 0 and (whole or line.pieces.empty()):
            long = limits.call if whole else limits.wait
            raise ModelFailed(messages.model_timeout(round(long), whole=whole), "timeout")
        try:
            piece = line.pieces.get(timeout=max(0.0, min(told + BEAT - time.monotonic(), left)))
        except Empty:
            said = ""
        else:
            heard = time.monotonic()
            if isinstance(piece, Exception):
                failing = failure_of(piece, begun=bool(written.strip()))
                raise ModelFailed(failing.told, failing.outcome) from piece
            said = musing.rest() if piece is None else musing.said(piece)
            written += said
            if len(written) > most or _goes_round(written):
                raise ModelFailed(messages.MODEL_ENDLESS, "endless")
        if said or time.monotonic() >= told + BEAT:
            told = time.monotonic()
            yield said or None
    if not written.strip():
        raise ModelFailed(messages.MODEL_EMPTY, "empty")


def _goes_round(written: str) -> bool:
    return len(written) >= SAME * SAME_TIMES and written.count(written[-SAME:]) >= SAME_TIMES
