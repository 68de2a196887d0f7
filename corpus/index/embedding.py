"""Embeddings: texts to vectors for the search by meaning.

The built-in one counts character n-grams and needs nothing but numpy; ``EMBEDDING_MODEL`` names a sentence-transformers
folder that takes its place.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from corpus import messages
from corpus.errors import NotAvailable
from corpus.index.passages import normalise
from corpus.settings import Settings

Vectors = npt.NDArray[np.float32]

LONGEST_TEXT = 4_000
"""Characters of a text that are embedded; a passage is far shorter, a pasted query need not be."""


class Embedding(Protocol):
    """What the index needs of an embedding; ``name`` changes with the model, so that vectors never mix."""

    @property
    def name(self) -> str:
        """A short name of ASCII letters, digits and hyphens."""

    @property
    def dims(self) -> int:
        """Length of the vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text (all 0 for a text with nothing in it), shape (len(texts), dims)."""


class NgramEmbedding:
    """Character 1- to 3-grams, hashed with a sign into 256 places, sublinear counts; equal on every machine.

    N-grams of nothing but hiragana or signs are mostly grammar and weigh less.
    """

    name = "ngram-1"
    dims = 256

    _GRAMMAR_WEIGHT = 0.3
    _STEPS = tuple(np.uint64(value) for value in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text (all 0 for a text with nothing in it), shape (len(texts), 256)."""
        found = np.zeros((len(texts), self.dims), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row] = self._vector(normalise(text[:LONGEST_TEXT]).casefold())
        return found

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        signs = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
        grammar = ((signs >= 0x3041) & (signs <= 0x309F)) | (signs < 0x30) | ((signs >= 0x3000) & (signs <= 0x303F))
        vector = np.zeros(self.dims)
        for length in (1, 2, 3):
            count = len(signs) - length + 1
            if count <= 0:
                continue
            grams, only_grammar = np.full(count, length, dtype=np.uint64), np.ones(count, dtype=bool)
            for offset in range(length):
                grams = self._mixed(grams ^ signs[offset : offset + count])
                only_grammar &= grammar[offset : offset + count]
            names, first, times = np.unique(grams, return_index=True, return_counts=True)
            weights = (1 + np.log(times)) * np.where(only_grammar[first], self._GRAMMAR_WEIGHT, 1.0)
            places = (names % np.uint64(self.dims)).astype(np.intp)
            np.add.at(vector, places, np.where(names >> np.uint64(63), weights, -weights))
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector

    def _mixed(self, values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """splitmix64: spreads neighbouring code points over all 64 bits (arithmetic modulo 2**64)."""
        step, first, second = self._STEPS
        values = values + step
        values = (values ^ (values >> np.uint64(30))) * first
        values = (values ^ (values >> np.uint64(27))) * second
        return values ^ (values >> np.uint64(31))


class SentenceTransformersEmbedding:
    """A model folder in the format of sentence-transformers; nothing is downloaded."""

    def __init__(self, folder: Path, model: Any) -> None:
        slug = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")[:40] or "model"
        self.name = f"{slug}-{_fingerprint(folder)}"
        self._model = model
        self.dims = int(self.encode(["次元"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text, shape (len(texts), dims)."""
        cut = [text[:LONGEST_TEXT] for text in texts]
        found = self._model.encode(cut, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False)
        return np.nan_to_num(np.asarray(found, dtype=np.float32))


def load_embedding(settings: Settings) -> Embedding:
    """The embedding of the settings. A folder in ``EMBEDDING_MODEL`` is loaded at once (seconds: not in a request).

    Raises ``NotAvailable`` when sentence-transformers is not installed or the folder holds no usable model.
    """
    if not settings.embedding_model:
        return NgramEmbedding()
    folder = Path(settings.embedding_model).expanduser()
    if not folder.is_dir():
        raise NotAvailable(messages.no_embedding_folder(str(folder)))
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise NotAvailable(messages.EMBEDDING_NOT_INSTALLED) from error
    try:
        return SentenceTransformersEmbedding(
            folder, SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        )
    except Exception as error:
        raise NotAvailable(messages.unusable_embedding(str(folder), str(error))) from error


def _fingerprint(folder: Path) -> str:
    """8 hex digits that change when a file of the model does: names, sizes, and the contents of small files."""
    digest = hashlib.blake2b(digest_size=4)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}".encode())
        if size < 1_000_000:
            digest.update(path.read_bytes())
    return digest.hexdigest()
