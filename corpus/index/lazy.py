"""The vector index of this process, opened at its first use and kept in step with the texts.

Opening Chroma takes a second: the first queries are answered from the kept vectors, where these are complete. A model
of sentence-transformers takes up to minutes: no page waits for it, nor for many sentences to be embedded. Both happen
in the background, while search goes by words and ``state`` says so.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import col, func, select

from corpus import messages, tokens
from corpus.database import open_session
from corpus.errors import NotAvailable
from corpus.index import synonyms
from corpus.index.embedding import Tell, load_embedding, loads_at_once
from corpus.index.scan import KeptIndex
from corpus.index.vector import (
    FEW,
    STALE_SHARE,
    VectorIndex,
    VectorUnavailable,
    count_sentences,
    drain_outbox,
    fill,
    open_kept_index,
    open_vector_index,
    vector_owner,
)
from corpus.models import IndexTask
from corpus.settings import Settings

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0
"""After a failure the next attempt waits this long: another process may own the index for a while."""
_NOTES_A_STEP = 20
_SCANS = 3
"""Queries that a command puts to the kept vectors before opening Chroma pays."""
_UNDISTURBED_SECONDS = 0.5
"""The import of Chroma, which keeps a core busy, waits so long for the page of the first query."""
_PATIENCE_SECONDS = 5.0
"""How long closing waits for the background to end its step; a model that is being loaded cannot be interrupted."""


@dataclass(frozen=True)
class IndexState:
    """What search by meaning can do now, with a message for people (empty for ``idle`` and ``ready``).

    ``idle``: nobody has asked yet; ``loading``: the model is being loaded, search goes by words; ``filling``: usable,
    and being brought in step; ``outdated``: asks for ``shisaku reindex``; ``failed``: not usable.
    """

    kind: Literal["idle", "loading", "filling", "ready", "outdated", "failed"]
    message: str = ""


class LazyIndex:
    """Opens the index once, and brings it in step with the texts at each use.

    While it cannot be used (loading, broken, owned by another process) search stays lexical, and the reason is logged.
    """

    def __init__(self, settings: Settings, engine: Engine, tell: Tell = log.info) -> None:
        self._settings = settings
        self._tell = tell
        self._engine = engine
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None
        self._index: VectorIndex | None = None
        self._scanned: KeptIndex | None = None
        self._scans = 0
        self._quick = True
        self._retry_at = 0.0
        self._state = IndexState("idle")
        self._loading: tuple[str, float] | None = None

    def get(self, *, wait: bool = False) -> KeptIndex | None:
        """The index, or None where it cannot be used (yet).

        A few texts that are not in it are put in at once, many in the background. ``wait`` does all of it at once, for
        a command that has nothing else to do.
        """
        with self._lock:
            if self._busy() or time.monotonic() < self._retry_at or self._stop.is_set():
                # after a failure ``state`` says that search goes by words
                return self._index or (None if self._state.kind == "failed" else self._scanned)
            if self._index is None and self._may_scan(wait=wait):
                if not wait:
                    self._begin(self._open_later)
                return self._scanned
            return self._opened(wait=wait)

    def prepare(self) -> None:
        """Open the index in the background, for somebody who is about to search; ``get`` waits for a quick one."""
        if self._index is None and self._state.kind == "idle":
            threading.Thread(target=self._prepare, name="index-prepare", daemon=True).start()

    def _prepare(self) -> None:
        with self._lock:
            if not self._busy():
                self._opened(wait=False)

    def _busy(self) -> bool:
        return self._worker is not None and self._worker.is_alive()

    def _may_scan(self, *, wait: bool) -> bool:
        """Whether the kept vectors answer this query: they are of a quick model, complete, and not asked too often."""
        self._scans += 1
        if (wait and self._scans > _SCANS) or not loads_at_once(self._settings):
            return False
        try:
            if self._scanned is None:
                with self._reading_ahead(chroma=False):
                    self._scanned = open_kept_index(self._settings, load_embedding(self._settings, self._tell))
            with open_session(self._engine) as session:
                noted = session.exec(select(func.count(col(IndexTask.id)))).one()
                stored = count_sentences(session)
            surplus = self._scanned.count() - stored
        except NotAvailable:
            # opening the index says what is wrong
            return False
        return not noted and stored > 0 and 0 <= surplus <= stored // STALE_SHARE

    def _opened(self, *, wait: bool) -> VectorIndex | None:
        """The index itself, opened and in step as far as ``get`` says."""
        if self._index is None:
            self._quick = loads_at_once(self._settings)
            if not wait and not self._quick:
                self._loading = (messages.LOADING_SENTENCE_TRANSFORMERS, time.monotonic())
                self._begin(self._open_and_follow)
                return None
            self._open()
        if self._index is not None:
            self._follow(self._index, wait=wait)
        return self._index

    def state(self) -> IndexState:
        """What search by meaning can do now; never waits."""
        if (loading := self._loading) is not None:
            step, began = loading
            return IndexState("loading", messages.loading_embedding(step, int(time.monotonic() - began)))
        return self._state

    def close(self) -> None:
        """Release the index so that another process can own it."""
        self._stop.set()
        if self._worker is not None:
            self._worker.join(_PATIENCE_SECONDS)
        with self._lock:
            for index in (self._index, self._scanned):
                if index is not None:
                    index.close()
            self._index = self._scanned = None

    def _begin(self, work: Callable[[], None]) -> None:
        self._worker = threading.Thread(target=work, name="index", daemon=True)
        self._worker.start()

    def _open(self) -> None:
        """Load the model and open the index; leaves the reason in ``_state`` when it cannot."""
        began = time.monotonic()

        def tell(step: str) -> None:
            self._loading = (step, began)
            self._tell(step)

        try:
            with self._reading_ahead(chroma=True):
                # a model of 40 MB is not loaded twice
                embedding = self._scanned.embedding if self._scanned else load_embedding(self._settings, tell)
                if not self._stop.is_set():
                    with open_session(self._engine) as session:
                        owner = vector_owner(self._settings, session)
                        session.commit()
                    self._index = open_vector_index(self._settings, embedding, owner=owner)
        except NotAvailable as error:
            self._fail(error)
        finally:
            self._loading = None

    @contextmanager
    def _reading_ahead(self, *, chroma: bool) -> Iterator[None]:
        """Read what the first search needs beside the model: the dictionary, the synonyms, Chroma's code."""
        with ThreadPoolExecutor(3) as beside:
            beside.submit(tokens.words, "。")
            beside.submit(synonyms.table)
            if chroma:
                beside.submit(import_module, "chromadb")
            yield

    def _open_later(self) -> None:
        if not self._stop.wait(_UNDISTURBED_SECONDS):
            self._open_and_follow()

    def _open_and_follow(self) -> None:
        self._open()
        if self._index is not None:
            self._catch_up(self._index)

    def _follow(self, index: VectorIndex, *, wait: bool) -> None:
        """Put in what is new: few sentences now, more in the background."""
        try:
            with open_session(self._engine) as session:
                notes = session.exec(select(func.count(col(IndexTask.id)))).one()
                if not notes and self._state.kind in ("ready", "outdated"):
                    return
                stored, kept = count_sentences(session), index.count()
        except VectorUnavailable as error:
            self._fail(error)
            return
        if wait or (notes <= FEW and stored - kept <= (FEW if self._quick else 0)):
            self._catch_up(index)
        else:
            if self._state.kind != "outdated":
                # said at once: whoever searches now looks at the state before the first step is done
                self._state = _filling(kept, stored)
            self._begin(lambda: self._catch_up(index))

    def _catch_up(self, index: VectorIndex) -> None:
        """Work off the notes, then put back vectors that were computed before and that the files have lost."""
        try:
            with open_session(self._engine) as session:
                while drain_outbox(session, index, most=_NOTES_A_STEP):
                    session.commit()
                    if self._stop.is_set():
                        return
                    self._state = _filling(index.count(), count_sentences(session))
                session.commit()
                if index.count() < count_sentences(session):
                    for step in fill(session, index, embed=False):
                        if self._stop.is_set():
                            return
                        self._state = _filling(step.done, step.total)
                stored = count_sentences(session)
                missing = stored - index.count()
            outdated = messages.vectors_missing(missing, stored)
            self._state = IndexState("outdated", outdated) if missing > 0 else IndexState("ready")
        except VectorUnavailable as error:
            self._fail(error)

    def _fail(self, error: NotAvailable) -> None:
        """Keep the reason; an index that failed is opened again later, which repairs files that may be damaged."""
        log.warning("%s", error)
        self._retry_at = time.monotonic() + RETRY_SECONDS
        self._state = IndexState("failed", messages.without_meaning(str(error)))
        failed, self._index = self._index, None
        if failed is not None:
            with suppress(VectorUnavailable):
                failed.close()


def _filling(done: int, total: int) -> IndexState:
    return IndexState("filling", messages.filling_index(min(done, total), total))
