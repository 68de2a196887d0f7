"""The vector index of this process, opened at its first use: importing Chroma takes a second, no page waits for it."""

import logging
import threading

from corpus.errors import NotAvailable
from corpus.index.embedding import load_embedding
from corpus.index.vector import VectorIndex, open_vector_index
from corpus.settings import Settings

log = logging.getLogger(__name__)


class LazyIndex:
    """Opens the index once, under a lock. Without one (broken, owned by another process) search stays lexical."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._problem: str | None = None

    def get(self) -> VectorIndex | None:
        """The index, or None where it cannot be used; the reason is logged once and kept in ``problem``."""
        with self._lock:
            if self._index is None and self._problem is None:
                try:
                    self._index = open_vector_index(self._settings, load_embedding(self._settings))
                except NotAvailable as error:
                    self._problem = str(error)
                    log.warning("%s", error)
            return self._index

    @property
    def opened(self) -> VectorIndex | None:
        """The index if it has been opened already; never opens it."""
        return self._index

    @property
    def problem(self) -> str | None:
        """Why there is no index, in Japanese; None while it is unopened or works."""
        return self._problem

    def close(self) -> None:
        """Release the index so that another process can own it."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
