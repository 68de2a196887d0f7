"""Replies in the making: a thread makes the reply and writes it into its row; whoever shows it reads the row.

Nothing of a reply lives in memory that a second process would need: a reload, a second tab, another process or a cut
stream only reads the row again. A reply whose maker died is taken over by whoever looks at it.

How a page follows: ``follow_reply`` yields a ``ReplyUpdate`` each time the stored reply has grown. The page renders
the WHOLE reply as it stands (text, drafts with their sentences) at every update; so every update is complete in
itself and none needs the ones before it. ``Draft.text_offset`` says where in ``Message.text`` a draft stands:
``text[:offset]`` comes before it.
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from flask import Flask
from sqlalchemy import Engine

from assistant.lazy_pen import LazyPen
from assistant.llm import language_model
from corpus import talk
from corpus.database import open_session
from corpus.index.lazy import LazyIndex
from corpus.settings import Settings

log = logging.getLogger(__name__)

MAKERS = 2
"""Replies made at once by one process; the composer is bound by the processor."""
MAKERS_WITH_MODEL = 8
"""The same with a language model, for which they mostly wait."""
POLL_SECONDS = 0.05
BEAT_SECONDS = 5.0
LONGEST_FOLLOW_SECONDS = 600.0


@dataclass(frozen=True)
class ReplyUpdate:
    """``grown``: the stored reply has changed, render it anew. ``beat``: keep the line open. ``end``: it is complete.

    ``version`` counts the stored sentences and characters: an event id that grows.
    """

    kind: Literal["grown", "beat", "end"]
    version: int


class ReplyMaker:
    """The reply threads of one process, with the search index that they share."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.index = LazyIndex(settings, engine)
        self.pen = LazyPen(settings)
        self._keep_contents = settings.llm_keep_contents
        makers = MAKERS_WITH_MODEL if language_model(settings) else MAKERS
        self._threads = ThreadPoolExecutor(makers, thread_name_prefix="reply")
        self._warmed = False

    def warm(self) -> None:
        """Import what replies need in the background, once: it takes a second that the first question need not wait."""
        if not self._warmed:
            self._warmed = True
            self._threads.submit(_import_graph)

    def start(self, message_id: int) -> None:
        """Make the reply to a waiting message in the background; harmless if somebody else does it."""
        self._threads.submit(self._make, message_id)

    def _make(self, message_id: int) -> None:
        from assistant.chat import record_reply

        try:
            with open_session(self.engine) as session:
                record_reply(session, message_id, self.index.get, self.pen.get, keep_contents=self._keep_contents)
        except Exception:
            log.exception("reply %s", message_id)

    def close(self) -> None:
        """Finish the replies under way, without the model that they wait for, and release the index."""
        self.pen.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.index.close()


def _import_graph() -> None:
    from assistant.chat_graph import chat_graph
    from assistant.reader.likely import read_weights
    from corpus.tokens import sound

    chat_graph()
    read_weights()
    # opens the dictionary
    sound("。")


def reply_maker(app: Flask) -> ReplyMaker:
    """The reply maker of an app (made by ``create_app``)."""
    maker = app.extensions["shisaku_replies"]
    assert isinstance(maker, ReplyMaker)
    return maker


def start_reply(app: Flask, message_id: int) -> None:
    """Make the reply to a waiting message in the background."""
    reply_maker(app).start(message_id)


def follow_reply(app: Flask, message_id: int) -> Iterator[ReplyUpdate]:
    """Updates of a reply until it is complete; a reply that nobody makes (any more) is begun on the way."""
    maker = reply_maker(app)
    began = time.monotonic()
    version, beat, started = -1, began, began - BEAT_SECONDS
    while time.monotonic() - began < LONGEST_FOLLOW_SECONDS:
        with open_session(maker.engine) as session:
            message = talk.get_message(session, message_id)
            now_version = talk.reply_version(session, message)
            state, stuck = message.state, talk.is_unattended(message)
        if state not in ("waiting", "running"):
            yield ReplyUpdate("end", now_version)
            return
        if stuck and time.monotonic() - started > BEAT_SECONDS:
            started = time.monotonic()
            maker.start(message_id)
        if now_version != version:
            version, beat = now_version, time.monotonic()
            yield ReplyUpdate("grown", version)
        elif time.monotonic() - beat > BEAT_SECONDS:
            beat = time.monotonic()
            yield ReplyUpdate("beat", version)
        time.sleep(POLL_SECONDS)
