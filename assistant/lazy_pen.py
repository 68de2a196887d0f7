"""The language model of the settings, connected when it is first asked for: importing its package takes seconds."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Lock

from assistant.llm import language_model, open_pen
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import Pen
from corpus import messages
from corpus.settings import Settings


class LazyPen:
    """One connection for all threads of a process; what it holds any other process can make for itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._pen: Pen | None = None
        self._closed = Event()

    def get(self) -> Pen | None:
        """The model, None where the settings name none. Raises ``ModelUnavailable``, and tries anew the next time."""
        if language_model(self._settings) is None:
            return None
        with self._lock:
            if self._pen is None:
                pen = open_pen(self._settings)
                self._pen = replace(pen, speak=lambda prompted: self._until_closed(pen.speak(prompted)))
            return self._pen

    def _until_closed(self, pieces: Iterator[str | None]) -> Iterator[str | None]:
        for piece in pieces:
            if self._closed.is_set():
                raise ModelFailed(messages.MODEL_CLOSED, "broken")
            yield piece

    def close(self) -> None:
        """End the calls under way; whoever made them goes on without the model."""
        self._closed.set()
