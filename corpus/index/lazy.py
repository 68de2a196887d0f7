"""The vector index of this process, opened at its first use: importing Chroma takes a second, no page waits for it."""

import logging
import threading
import time

from sqlalchemy import Engine
from sqlmodel import select

from corpus.database import open_session
from corpus.errors import NotAvailable
from corpus.index.embedding import load_embedding
from corpus.index.vector import VectorIndex, VectorUnavailable, drain_outbox, open_vector_index
from corpus.models import IndexTask
from corpus.settings import Settings

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0
"""After a failure the next attempt waits this long: another process may own the index for a while."""


class LazyIndex:
    """Opens the index once, and brings it in step with the texts at each use.

    While it cannot be used (broken, owned by another process) search stays lexical, and the reason is logged.
    """

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._retry_at = 0.0

    def get(self) -> VectorIndex | None:
        """The index with all stored texts in it, or None where it cannot be used."""
        with self._lock:
            if self._index is None and time.monotonic() >= self._retry_at:
                try:
                    self._index = open_vector_index(self._settings, load_embedding(self._settings))
                except NotAvailable as error:
                    self._retry_at = time.monotonic() + RETRY_SECONDS
                    log.warning("%s", error)
            if self._index is not None:
                self._follow_texts(self._index)
            return self._index

    def _follow_texts(self, index: VectorIndex) -> None:
        with open_session(self._engine) as session:
            if session.exec(select(IndexTask.id).limit(1)).first() is None:
                return
            try:
                drain_outbox(session, index)
                session.commit()
            except VectorUnavailable as error:
                log.warning("%s", error)

    def close(self) -> None:
        """Release the index so that another process can own it."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
