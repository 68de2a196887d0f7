"""The vector index: one vector a different sentence, in Chroma; made from the database and rebuildable at any time.

A vector's id is the sentence's ``text_hash``: a sentence carried on over five years has one vector, and an edit
elsewhere in a sheet changes nothing here. The collection is named after the embedding, so that vectors of two models
never mix. No text and no metadata is kept in Chroma; filters are SQL's, after over-fetching.

In process, Chroma is owned by one process at a time (another one would not see its writes), held by a lock file.
"""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, delete, func, select

from corpus import messages
from corpus.errors import NotAvailable
from corpus.index.embedding import Embedding
from corpus.index.passages import rebuild_passages
from corpus.models import IndexTask, Passage
from corpus.settings import Settings

log = logging.getLogger(__name__)

_BATCH = 1_000
_FOLDER, _LOCK = "chroma", "chroma.lock"


class VectorUnavailable(NotAvailable):
    """The vector index cannot be used now: broken, unreachable, or owned by another process. Users see the message."""


class VectorIndex:
    """Vectors of sentences by their hash; every method raises ``VectorUnavailable`` when Chroma fails."""

    def __init__(self, client: Any, embedding: Embedding, lock: sqlite3.Connection | None = None) -> None:
        self.embedding = embedding
        self._client = client
        self._lock = lock
        self._collection = self._open_collection()

    def _open_collection(self) -> Any:
        with _chroma_errors():
            return self._client.get_or_create_collection(
                f"passages-{self.embedding.name}-{self.embedding.dims}",
                configuration={"hnsw": {"space": "cosine"}},
                # Chroma's own default would download a model at the first text
                embedding_function=None,
            )

    def _ask(self, request: str, **arguments: Any) -> Any:
        """Put a request to the collection; one that another process has cleared meanwhile is opened again first."""
        from chromadb.errors import NotFoundError

        with _chroma_errors():
            try:
                return getattr(self._collection, request)(**arguments)
            except NotFoundError:
                self._collection = self._open_collection()
                return getattr(self._collection, request)(**arguments)

    def count(self) -> int:
        """The number of vectors."""
        return int(self._ask("count"))

    def hashes(self, among: Sequence[str] | None = None) -> set[str]:
        """The hashes that have a vector: all, or those of ``among``."""
        if among is None:
            return set(self._ask("get", include=[])["ids"])
        return {found for batch in _batches(among) for found in self._ask("get", ids=batch, include=[])["ids"]}

    def put(self, texts: Mapping[str, str]) -> None:
        """Embed texts (hash -> text) and keep their vectors."""
        for batch in _batches(list(texts)):
            self._ask("upsert", ids=batch, embeddings=self.embedding.encode([texts[name] for name in batch]))

    def remove(self, hashes: Sequence[str]) -> None:
        """Delete vectors; hashes without one are no error."""
        for batch in _batches(hashes):
            self._ask("delete", ids=batch)

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        """The hashes of the sentences nearest in meaning with their cosine similarity, best first."""
        vector = self.embedding.encode([text])
        if not vector.any():
            return []
        found = self._ask("query", query_embeddings=vector, n_results=limit, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        hits = [(str(name), 1.0 - float(distance)) for name, distance in pairs]
        if len(hits) < limit and len(hits) < (kept := self.count()):
            log.warning("%s", messages.vector_index_incomplete(len(hits), kept))
        return hits

    def clear(self) -> None:
        """Delete all vectors of this embedding."""
        from chromadb.errors import NotFoundError

        with _chroma_errors(), suppress(NotFoundError):
            self._client.delete_collection(self._collection.name)
        self._collection = self._open_collection()

    def close(self) -> None:
        """Release Chroma and its lock; the index cannot be used afterwards."""
        try:
            with _chroma_errors():
                self._client.close()
        finally:
            if self._lock is not None:
                self._lock.close()


def open_vector_index(settings: Settings, embedding: Embedding, *, afresh: bool = False) -> VectorIndex:
    """The vector index of the settings: a Chroma server (``CHROMA_URL``), else Chroma in process.

    ``afresh`` throws the in-process files away first, which repairs them when they are broken; ``rebuild`` then fills
    the index. Raises ``VectorUnavailable`` when another process owns it, the server does not answer, or it is broken.
    """
    if settings.chroma_url:
        with _chroma_errors():
            return VectorIndex(_server(settings.chroma_url), embedding)
    lock = _own(settings.home / _LOCK)
    try:
        if afresh:
            _throw_away(settings.home / _FOLDER)
        with _chroma_errors():
            return VectorIndex(_in_process(settings.home / _FOLDER), embedding, lock)
    except BaseException:
        lock.close()
        raise


def drain_outbox(session: Session, index: VectorIndex) -> int:
    """Bring the index in step with the passages and delete the notes that asked for it; the notes' number.

    Vectors are written first: if the transaction fails, the notes stay and the work is done again. Callers commit.
    """
    tasks = list(session.exec(select(IndexTask)))
    sheets = sorted({task.sheet_id for task in tasks})
    for start in range(0, len(sheets), 500):
        query = select(Passage.text_hash, Passage.text).where(
            col(Passage.sheet_id).in_(sheets[start : start + 500]),
        )
        texts = dict(session.exec(query).all())
        known = index.hashes(list(texts))
        index.put({name: text for name, text in texts.items() if name not in known})
    stored = session.exec(select(func.count(func.distinct(Passage.text_hash)))).one()
    if index.count() != stored:
        _reconcile(session, index)
    done = [task.id for task in tasks]
    for start in range(0, len(done), 500):
        session.exec(delete(IndexTask).where(col(IndexTask.id).in_(done[start : start + 500])))
    return len(done)


def rebuild(session: Session, index: VectorIndex | None) -> int:
    """Make passages, words and vectors anew from the texts; the number of passages. Callers commit.

    Without an index the notes for it stay, so that its owner fills it.
    """
    passages = rebuild_passages(session)
    if index is not None:
        index.clear()
        drain_outbox(session, index)
    return passages


def _reconcile(session: Session, index: VectorIndex) -> None:
    """Compare all hashes: sentences that are gone lose their vector, a lost or emptied index is filled again."""
    known = index.hashes()
    stored = set(session.exec(select(Passage.text_hash).distinct()))
    index.remove(sorted(known - stored))
    missing = sorted(stored - known)
    for start in range(0, len(missing), 500):
        query = select(Passage.text_hash, Passage.text).where(
            col(Passage.text_hash).in_(missing[start : start + 500]),
        )
        index.put(dict(session.exec(query).all()))


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    return (list(values[start : start + _BATCH]) for start in range(0, len(values), _BATCH))


def _settings() -> Any:
    from chromadb.config import Settings as ChromaSettings

    # our .env is not Chroma's
    return ChromaSettings(_env_file=None, anonymized_telemetry=False)


def _in_process(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=folder, settings=_settings())


def _server(url: str) -> Any:
    import chromadb

    parts = urlsplit(url if "//" in url else f"http://{url}")
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=_settings(),
    )


def _own(path: Path) -> sqlite3.Connection:
    """Hold the lock file as long as this process lives: an exclusive SQLite transaction, released by the system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        raise VectorUnavailable(messages.VECTOR_INDEX_IN_USE) from error
    return connection


def _throw_away(folder: Path) -> None:
    import shutil

    from chromadb.api.client import SharedSystemClient

    # Chroma keeps a client that failed to start and would hand it out again for the same folder
    SharedSystemClient.clear_system_cache()
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _chroma_errors() -> Iterator[None]:
    try:
        yield
    except (VectorUnavailable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of Chroma's Rust core is no Exception
        raise VectorUnavailable(messages.vector_index_broken(str(error))) from error
