"""Embeddings: texts to vectors for the search by meaning.

The bundled model is a static one (``static_model``) and needs nothing but the install; ``EMBEDDING_MODEL`` names
another: a folder, or the name of a model that lies in the cache of Hugging Face on this machine. Nothing is downloaded.
"""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus import messages
from corpus.errors import NotAvailable
from corpus.index.static_model import (
    LONGEST_TEXT,
    StaticModel,
    Vectors,
    passage_prompt,
    query_prompt,
    read_prompts,
    static_part,
    unit_length,
)
from corpus.settings import Settings

BUNDLED = Path(__file__).parent / "model"
"""The model that comes with the program."""
_WHOLE, _PART, _PARTS = 64_000_000, 1_000_000, 32
"""Bytes: a file up to the first is read whole for the fingerprint, of a larger one 32 evenly spread parts."""

Tell = Callable[[str], None]
"""Where steps of a long work are told, in Japanese."""


class Embedding(Protocol):
    """What the index needs of an embedding; ``name`` changes with the model, so that vectors never mix."""

    @property
    def name(self) -> str:
        """What the model is called, a fingerprint of its files, and ``dims``: ASCII letters, digits and hyphens."""

    @property
    def dims(self) -> int:
        """Length of the vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text (all 0 for a text with nothing in it), shape (len(texts), dims)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As ``encode_queries``, for texts that are searched: some models want another prefix for them."""


class SentenceTransformersEmbedding:
    """Any model in the format of sentence-transformers, with the prefixes that its config asks for."""

    def __init__(self, folder: Path, name: str, model: Any) -> None:
        prompts = read_prompts(folder)
        self._query_prompt, self._passage_prompt = query_prompt(prompts), passage_prompt(prompts)
        self._model = model
        self.dims = int(self.encode_queries(["次元"]).shape[1])
        self.name = f"{name}-{self.dims}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text, shape (len(texts), dims)."""
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As ``encode_queries``, for texts that are searched."""
        return self._encode(self._model.encode_document, texts, self._passage_prompt)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Vectors:
        cut = [text[:LONGEST_TEXT] for text in texts]
        found = encode(cut, prompt=prompt, convert_to_numpy=True, show_progress_bar=False)
        return unit_length(np.asarray(found, dtype=np.float32))


def load_embedding(settings: Settings, tell: Tell | None = None) -> Embedding:
    """The embedding of the settings; ``loads_at_once`` says whether a request may wait for it.

    Raises ``NotAvailable`` when there is no such model on this machine, it cannot be used, or sentence-transformers,
    which all but static models need, is not installed.
    """
    folder = model_folder(settings)
    name = f"{_slug(settings)}-{_fingerprint(folder)}"
    shown = settings.embedding_model or str(folder)
    try:
        if static_part(folder) is not None:
            return StaticModel(folder, name)
        return _with_sentence_transformers(folder, name, tell or _silent)
    except NotAvailable:
        raise
    except Exception as error:
        raise NotAvailable(messages.unusable_embedding(shown, str(error))) from error


def loads_at_once(settings: Settings) -> bool:
    """Whether the model is a static one, read within some tenths of a second; any other takes seconds to minutes."""
    try:
        return static_part(model_folder(settings)) is not None
    except NotAvailable:
        return True


def model_folder(settings: Settings) -> Path:
    """Where the files of the model lie; raises ``NotAvailable`` when they are not on this machine."""
    wanted = settings.embedding_model
    if not wanted:
        return BUNDLED
    folder = Path(wanted).expanduser()
    if folder.is_dir():
        return folder
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)?", wanted, re.ASCII) or wanted.startswith("."):
        raise NotAvailable(messages.no_embedding_folder(wanted))
    return _cached(wanted)


def _cached(name: str) -> Path:
    """The folder of a model by its name, as sentence-transformers resolves it, from the local cache only."""
    _stay_offline()
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise NotAvailable(messages.EMBEDDING_NOT_INSTALLED) from error
    full = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(full, local_files_only=True))
    except Exception as error:
        raise NotAvailable(messages.no_cached_embedding(name)) from error


def _with_sentence_transformers(folder: Path, name: str, tell: Tell) -> Embedding:
    _stay_offline()
    tell(messages.LOADING_SENTENCE_TRANSFORMERS)
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise NotAvailable(messages.EMBEDDING_NOT_INSTALLED) from error
    disable_progress_bar()
    tell(messages.LOADING_MODEL_FILES)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return SentenceTransformersEmbedding(folder, name, model)


def _stay_offline() -> None:
    """Their libraries ask the network even for a local folder, and would wait for it on a closed one."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def _slug(settings: Settings) -> str:
    wanted = settings.embedding_model
    if not wanted:
        return "shisaku"
    path = Path(wanted).expanduser()
    shown = path.name if path.is_dir() else wanted
    return re.sub(r"[^a-z0-9]+", "-", shown.lower()).strip("-")[:40].strip("-") or "model"


def _fingerprint(folder: Path) -> str:
    """12 hex digits that change when a file of the model does; its description and hidden files are none of it."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        within = path.relative_to(folder)
        if path.suffix.lower() == ".md" or any(part.startswith(".") for part in within.parts):
            continue
        size = path.stat().st_size
        digest.update(f"{within.as_posix()}:{size}:".encode())
        with path.open("rb") as file:
            if size <= _WHOLE:
                digest.update(file.read())
                continue
            for number in range(_PARTS):
                file.seek((size - _PART) * number // (_PARTS - 1))
                digest.update(file.read(_PART))
    return digest.hexdigest()


def _silent(message: str) -> None:
    """Nobody listens."""
