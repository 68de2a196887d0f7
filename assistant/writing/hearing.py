"""One call of a model as it is heard: its pieces, how it ended, and what the log keeps of it."""

import time
from collections.abc import Iterator

from assistant.writing.speaking import ModelFailed
from assistant.writing.values import Call, CallOutcome, Pen
from prompts import Prompted


class Hearing:
    """Iterate over it for the pieces (None: still waiting); it ends by itself, by a failure, or by ``stop``.

    ``failure`` is the failure that ended it, if one did. Whoever made it calls ``end`` in the end, whatever happened,
    and so tells the log.
    """

    def __init__(self, pen: Pen, prompted: Prompted) -> None:
        self.failure: ModelFailed | None = None
        self._pen, self._prompted = pen, prompted
        self._began = time.monotonic()
        self._first: float | None = None
        self._ended: float | None = None
        self._outcome: CallOutcome = "stopped"
        self._heard: list[str] = []

    def __iter__(self) -> Iterator[str | None]:
        pieces = self._pen.speak(self._prompted)
        try:
            for piece in pieces:
                if piece:
                    self._heard.append(piece)
                    self._first = self._first if self._first is not None else time.monotonic() - self._began
                yield piece
            self._outcome = "done"
        except ModelFailed as failure:
            self.failure, self._outcome = failure, failure.outcome
        finally:
            self._ended = time.monotonic()
            close = getattr(pieces, "close", None)
            if close:
                close()

    def end(self, *, enough: bool = False) -> None:
        """Tell the log. ``enough``: it was ended because all that was asked for had come."""
        answered = "".join(self._heard)
        outcome: CallOutcome = "done" if enough and self._outcome == "stopped" else self._outcome
        call = Call(
            self._pen.model,
            self._prompted.prompt,
            self._prompted.version,
            self._prompted.size,
            len(answered),
            (self._ended or time.monotonic()) - self._began,
            self._first,
            outcome,
            f"{self._prompted.system}\n\n{self._prompted.user}",
            answered,
        )
        self._pen.log(call)
