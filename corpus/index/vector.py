"""The vector index: one vector a different sentence, in Chroma; made from the database and rebuildable at any time.

A vector's id is the sentence's ``text_hash``: a sentence carried on over five years has one vector, and an edit
elsewhere in a sheet changes nothing here. The collection is named after the embedding, so that vectors of two models
never mix. No text and no metadata is kept in Chroma; filters are SQL's, after over-fetching.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sqlmodel import Session, col, delete, func, select

from corpus import messages
from corpus.citysettings import installation
from corpus.index.chroma import ChromaFiles, VectorInUse, VectorUnavailable, chroma_errors, server_client
from corpus.index.embedding import Embedding
from corpus.index.kept import KeptVector, KeptVectors
from corpus.index.lexical import lexical_index
from corpus.index.passages import rebuild_passages
from corpus.index.scan import KeptIndex, best_first
from corpus.index.static_model import StaticModel, Vectors
from corpus.models import IndexTask, Passage
from corpus.settings import Settings

__all__ = [
    "FEW",
    "Lag",
    "Progress",
    "VectorInUse",
    "VectorIndex",
    "VectorUnavailable",
    "count_notes",
    "count_sentences",
    "drain_outbox",
    "fill",
    "lag",
    "open_kept_index",
    "open_vector_index",
    "rebuild",
    "vector_owner",
]

log = logging.getLogger(__name__)

FEW = 300
"""Sentences that may be embedded while somebody waits; more are a matter of the background or of ``reindex``."""
_BATCH = 1_000
_SMALLEST_STEP, _LONG_STEP_SECONDS = 16, 1.0
STALE_SHARE = 1_000
"""Vectors of sentences that are gone are harmless, as SQL drops them; they are removed above one in this many."""


class VectorIndex(KeptIndex):
    """The same by Chroma's graph, whose time hardly grows, and what keeps both in step with the sentences.

    Every method raises ``VectorUnavailable`` when Chroma fails.
    """

    def __init__(
        self, client: Any, embedding: Embedding, kept: KeptVectors, files: ChromaFiles | None = None, owner: str = ""
    ) -> None:
        super().__init__(embedding, kept)
        self._client = client
        self._files = files
        self._prefix = f"passages-{owner}-" if owner else "passages-"
        self._collection = self._open_collection()

    def _open_collection(self) -> Any:
        with chroma_errors():
            return self._client.get_or_create_collection(
                self._prefix + self.embedding.name,
                configuration={"hnsw": {"space": "cosine"}},
                # Chroma's own default would download a model at the first text
                embedding_function=None,
            )

    def _ask(self, request: str, **arguments: Any) -> Any:
        """Put a request to the collection; one that another process has cleared meanwhile is opened again first."""
        from chromadb.errors import NotFoundError

        with chroma_errors():
            try:
                return getattr(self._collection, request)(**arguments)
            except NotFoundError:
                self._collection = self._open_collection()
                return getattr(self._collection, request)(**arguments)

    def _writing(self) -> AbstractContextManager[None]:
        return nullcontext() if self._files is None else self._files.marked()

    def count(self) -> int:
        """The number of vectors."""
        return int(self._ask("count"))

    def hashes(self, among: Sequence[str] | None = None) -> set[str]:
        """The hashes that have a vector: all, or those of ``among``."""
        if among is None:
            return set(self._ask("get", include=[])["ids"])
        return {found for batch in _batches(among) for found in self._ask("get", ids=batch, include=[])["ids"]}

    def computed(self) -> set[str]:
        """The hashes of sentences that this model has embedded before: ``put`` need not do it again."""
        return self._kept.names()

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep the vectors of texts (hash -> text); only those that were never computed are embedded."""
        for batch in _batches(list(texts)):
            vectors = self._kept.get(batch)
            new = [name for name in batch if name not in vectors]
            if new:
                vectors |= self._compute({name: texts[name] for name in new})
            values = np.stack([vectors[name] for name in batch]).astype(np.float32)
            with self._writing():
                self._ask("upsert", ids=batch, embeddings=values)
                # a question makes Chroma write to its files what it has queued: now, not at the next search
                self.count()

    def _compute(self, texts: Mapping[str, str]) -> dict[str, KeptVector]:
        """Embed texts (hash -> text) and keep what was computed."""
        if isinstance(self.embedding, StaticModel):
            embedded, tokens = self.embedding.read_passages(list(texts.values()))
            self._kept.put_tokens(dict(zip(texts, tokens, strict=True)))
        else:
            embedded = self.embedding.encode_passages(list(texts.values()))
        # kept and used with the same precision, so that an index filled again is the same index
        computed = dict(zip(texts, embedded.astype(np.float16), strict=True))
        self._kept.put(computed)
        return computed

    def remove(self, hashes: Sequence[str]) -> None:
        """Delete vectors; hashes without one are no error."""
        self._kept.remove(hashes)
        for batch in _batches(hashes):
            with self._writing():
                self._ask("delete", ids=batch)
                self.count()

    def keep_only(self, hashes: set[str]) -> set[str]:
        """Delete the vectors of all other sentences; the hashes that have a vector afterwards."""
        known = self.hashes()
        self.remove(sorted((known | self._kept.names()) - hashes))
        return known & hashes

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The hashes of the sentences nearest to a query's vector with their cosine similarity, best first."""
        if not vector.any():
            return []
        found = self._ask("query", query_embeddings=vector, n_results=limit, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        near = {str(name): 1.0 - float(distance) for name, distance in pairs}
        if len(near) < limit and len(near) < (kept := self.count()):
            log.warning("%s", messages.vector_index_incomplete(len(near), kept))
        return best_first(near)

    def _vectors(self, hashes: Sequence[str]) -> dict[str, Any]:
        # Chroma takes ten times as long to give vectors as the file beside it, where another process's are missing
        found = super()._vectors(hashes)
        for batch in _batches([name for name in hashes if name not in found]):
            others = self._ask("get", ids=batch, include=["embeddings"])
            found |= zip(others["ids"], others["embeddings"], strict=True)
        return found

    def clear(self) -> None:
        """Delete all vectors of this embedding, those computed before too."""
        from chromadb.errors import NotFoundError

        self._kept.clear()
        with self._writing():
            with chroma_errors(), suppress(NotFoundError):
                self._client.delete_collection(self._collection.name)
            self._collection = self._open_collection()

    def forget_other_models(self) -> None:
        """Delete what other models have left for this city; a server may serve other cities with them."""
        self._kept.forget_other_models()
        with self._writing(), chroma_errors():
            for collection in self._client.list_collections():
                if collection.name.startswith(self._prefix) and collection.name != self._collection.name:
                    self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Release Chroma and its lock; the index cannot be used afterwards."""
        try:
            with chroma_errors():
                self._client.close()
        finally:
            self._kept.close()
            if self._files is not None:
                self._files.close()


def vector_owner(settings: Settings, session: Session) -> str:
    """Whose vectors these are, for ``open_vector_index``: of a server, which cities may share, the id of the database.

    It is made at the first call. Callers commit. In process the folder is the city's own, and nothing is asked.
    """
    return installation(session) if settings.chroma_url else ""


def open_kept_index(settings: Settings, embedding: Embedding) -> KeptIndex:
    """The vectors that are kept beside Chroma, without it."""
    return KeptIndex(embedding, _kept_vectors(settings, embedding))


def _kept_vectors(settings: Settings, embedding: Embedding) -> KeptVectors:
    return KeptVectors(settings.home / "vectors.db", embedding.name)


def open_vector_index(
    settings: Settings, embedding: Embedding, *, owner: str = "", afresh: bool = False
) -> VectorIndex:
    """The vector index of the settings: a Chroma server (``CHROMA_URL``, needs ``owner``), else Chroma in process.

    ``afresh`` throws the in-process files away first, which repairs them when they are broken; ``rebuild`` then fills
    the index. Raises ``VectorInUse`` when another process owns it, ``VectorUnavailable`` when the server does not
    answer or it is broken.
    """
    if settings.chroma_url:
        if not owner:
            raise ValueError("a server needs the owner of the vectors")
        client = server_client(settings.chroma_url)
        return VectorIndex(client, embedding, _kept_vectors(settings, embedding), owner=owner)
    files = ChromaFiles(settings.home, afresh=afresh)
    kept = _kept_vectors(settings, embedding)
    try:
        with files.marked():
            index = VectorIndex(files.client(), embedding, kept, files)
            index.count()
            return index
    except BaseException:
        kept.close()
        files.close()
        raise


@dataclass(frozen=True)
class Lag:
    """How far the index is behind: sheets whose notes wait, stored sentences, and those of them without a vector."""

    notes: int
    stored: int
    missing: int


def count_notes(session: Session) -> int:
    """The number of sheets that wait for the index to follow them."""
    return session.exec(select(func.count(func.distinct(IndexTask.sheet_id)))).one()


def count_sentences(session: Session) -> int:
    """The number of different sentences that are stored."""
    return session.exec(select(func.count(func.distinct(Passage.text_hash)))).one()


def lag(session: Session, index: VectorIndex) -> Lag:
    """Compare all sentences with all vectors (some tenths of a second at 50,000)."""
    stored = _stored(session)
    return Lag(count_notes(session), len(stored), len(stored - index.hashes()))


def drain_outbox(session: Session, index: VectorIndex, *, most: int | None = None) -> int:
    """Bring the index in step with the passages and delete the notes that asked for it; the notes' number.

    Vectors are written first: if the transaction fails, the notes stay and the work is done again. ``most``: work off
    only the oldest so many. Sentences that lack a vector without a note are made up for while they are ``FEW``; more
    are left to ``reindex``. Callers commit.
    """
    tasks = list(session.exec(select(IndexTask).order_by(col(IndexTask.id)).limit(most)))
    sheets = sorted({task.sheet_id for task in tasks})
    for start in range(0, len(sheets), 500):
        query = select(Passage.text_hash, Passage.text).where(
            col(Passage.sheet_id).in_(sheets[start : start + 500]),
        )
        texts = dict(session.exec(query).all())
        known = index.hashes(list(texts))
        index.put({name: text for name, text in texts.items() if name not in known})
    if most is None or len(tasks) < most:
        _make_up(session, index)
    if len(sheets) > 1:
        # an import or what has gathered meanwhile; a single edit leaves it to the next
        lexical_index(session).settle(session, len(sheets))
    done = [task.id for task in tasks]
    for start in range(0, len(done), 500):
        session.exec(delete(IndexTask).where(col(IndexTask.id).in_(done[start : start + 500])))
    return len(done)


@dataclass(frozen=True)
class Progress:
    """How far ``rebuild`` is: ``done`` of ``total`` sheets (``words``) or sentences (``vectors``)."""

    stage: Literal["words", "vectors"]
    done: int
    total: int


def rebuild(session: Session, index: VectorIndex | None) -> Iterator[Progress]:
    """Make passages and words anew from the texts, then the vectors that are missing. Callers commit at each step.

    Killed at any point, the next call goes on: words are made again, but nothing is embedded twice. Without an index
    the notes for it stay, so that its owner fills it.
    """
    for done, total in rebuild_passages(session):
        yield Progress("words", done, total)
    if index is None:
        return
    last_note = session.exec(select(func.max(IndexTask.id))).one()
    yield from fill(session, index)
    if last_note is not None:
        session.exec(delete(IndexTask).where(col(IndexTask.id) <= last_note))
    index.forget_other_models()


def fill(session: Session, index: VectorIndex, *, embed: bool = True) -> Iterator[Progress]:
    """Make the vectors equal to the stored sentences, step by step; the steps last about a second each.

    Without ``embed`` only vectors that were computed before are put back.
    """
    stored = _stored(session)
    known = index.keep_only(stored)
    missing = sorted(stored - known if embed else (stored - known) & index.computed())
    done, size = 0, _SMALLEST_STEP
    yield Progress("vectors", len(known), len(stored))
    while done < len(missing):
        began = time.monotonic()
        _put(session, index, missing[done : done + size])
        done = min(done + size, len(missing))
        quick = time.monotonic() - began < _LONG_STEP_SECONDS / 2
        size = min(size * 2, _BATCH) if quick else max(size // 2, _SMALLEST_STEP)
        yield Progress("vectors", len(known) + done, len(stored))


def _make_up(session: Session, index: VectorIndex) -> None:
    """Repair what notes do not tell of: sentences that are gone lose their vector, lost vectors are made again."""
    stored_count = count_sentences(session)
    surplus = index.count() - stored_count
    if 0 <= surplus <= stored_count // STALE_SHARE:
        return
    stored = _stored(session)
    missing = sorted(stored - index.keep_only(stored))
    if len(missing) <= FEW:
        _put(session, index, missing)
    else:
        log.warning("%s", messages.vectors_missing(len(missing), len(stored)))


def _put(session: Session, index: VectorIndex, hashes: Sequence[str]) -> None:
    for start in range(0, len(hashes), 500):
        query = select(Passage.text_hash, Passage.text).where(col(Passage.text_hash).in_(hashes[start : start + 500]))
        index.put(dict(session.exec(query).all()))


def _stored(session: Session) -> set[str]:
    return set(session.exec(select(Passage.text_hash).distinct()))


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    return (list(values[start : start + _BATCH]) for start in range(0, len(values), _BATCH))
