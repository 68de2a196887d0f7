"""Vectors that were computed, kept beside Chroma with the tokens that a closer look needs.

No sentence is read twice by the same model, and the first queries need not wait for Chroma (``scan``).
Chroma writes its graph in place: a process killed meanwhile leaves files that fail or crash their next reader (seen in
one of ten kills while adding). Such files are thrown away and filled again from here. A cache: it may be deleted.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from corpus import messages
from corpus.index.chroma import VectorUnavailable
from corpus.index.static_model import Tokens

KeptVector = npt.NDArray[np.float16]

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")
_BATCH = 4_096
_TABLES = (
    "CREATE TABLE IF NOT EXISTS vector (model TEXT, name TEXT, value BLOB, PRIMARY KEY (model, name)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS tokens (model TEXT, name TEXT, value BLOB, PRIMARY KEY (model, name)) WITHOUT ROWID",
    # the names without the vectors: counting reads 4 MB of 50,000 instead of 60
    "CREATE INDEX IF NOT EXISTS vector_name ON vector (model, name)",
)


@contextmanager
def file_errors() -> Iterator[None]:
    """Turn what SQLite raises into ``VectorUnavailable``."""
    try:
        yield
    except sqlite3.Error as error:
        raise VectorUnavailable(messages.vector_index_broken(str(error))) from error


def _told(method: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """The method, with its errors as ``file_errors`` tells them."""

    @wraps(method)
    def wrapped(*given: _Given.args, **named: _Given.kwargs) -> _Found:
        with file_errors():
            return method(*given, **named)

    return wrapped


class KeptVectors:
    """Vectors (float16) and tokens of one model by the hash of their sentence; safe to use from several threads.

    Every method raises ``VectorUnavailable`` when the file cannot be read or written.
    """

    def __init__(self, path: Path, model: str) -> None:
        self._model = model
        path.parent.mkdir(parents=True, exist_ok=True)
        with file_errors():
            try:
                self._database = _open(path)
            except sqlite3.OperationalError:
                # locked by its writer, or not to be opened: not to be thrown away
                raise
            except sqlite3.DatabaseError:
                path.unlink()
                self._database = _open(path)

    @_told
    def get(self, names: Sequence[str]) -> dict[str, KeptVector]:
        """The vectors that are kept of ``names``."""
        query = "SELECT name, value FROM vector WHERE model = ? AND name IN (SELECT value FROM json_each(?))"
        rows = self._database.execute(query, (self._model, json.dumps(names))).fetchall()
        if not rows:
            return {}
        found, values = zip(*rows, strict=True)
        vectors = np.frombuffer(b"".join(values), dtype=np.float16).reshape(len(found), -1)
        return dict(zip(found, vectors, strict=True))

    def batches(self) -> Iterator[tuple[Sequence[str], KeptVector]]:
        """All vectors, some thousands at a time: their hashes and the vectors, shape (hashes, dims)."""
        with file_errors():
            rows = self._database.execute("SELECT name, value FROM vector WHERE model = ?", [self._model])
            while batch := rows.fetchmany(_BATCH):
                names, values = zip(*batch, strict=True)
                yield names, np.frombuffer(b"".join(values), dtype=np.float16).reshape(len(names), -1)

    @_told
    def count(self) -> int:
        """The number of vectors."""
        return int(self._database.execute("SELECT count(*) FROM vector WHERE model = ?", [self._model]).fetchone()[0])

    @_told
    def tokens(self, names: Sequence[str]) -> dict[str, Tokens]:
        """The different tokens of sentences (``StaticModel.tokens``) that are kept of ``names``."""
        query = "SELECT name, value FROM tokens WHERE model = ? AND name IN (SELECT value FROM json_each(?))"
        rows = self._database.execute(query, (self._model, json.dumps(names)))
        return {name: np.frombuffer(value, dtype=np.int32) for name, value in rows}

    def put_tokens(self, tokens: Mapping[str, Tokens]) -> None:
        """Keep the tokens of sentences, replacing those of the same hashes."""
        self._write("tokens", tokens)

    @_told
    def names(self) -> set[str]:
        """The hashes of all sentences with a kept vector."""
        return {row[0] for row in self._database.execute("SELECT name FROM vector WHERE model = ?", [self._model])}

    def put(self, vectors: Mapping[str, KeptVector]) -> None:
        """Keep vectors, replacing those of the same hashes."""
        self._write("vector", vectors)

    @_told
    def _write(self, table: str, values: Mapping[str, npt.NDArray[Any]]) -> None:
        rows = [(self._model, name, value.tobytes()) for name, value in values.items()]
        with self._database:
            self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)

    @_told
    def remove(self, names: Iterable[str]) -> None:
        """Forget vectors and tokens; hashes without one are no error."""
        rows = [(self._model, name) for name in names]
        with self._database:
            for table in ("vector", "tokens"):
                self._database.executemany(f"DELETE FROM {table} WHERE model = ? AND name = ?", rows)

    @_told
    def clear(self) -> None:
        """Forget all vectors of this model."""
        with self._database:
            for table in ("vector", "tokens"):
                self._database.execute(f"DELETE FROM {table} WHERE model = ?", [self._model])

    @_told
    def forget_other_models(self) -> None:
        """Forget the vectors of every other model, and give their room back."""
        with self._database:
            self._database.execute("DELETE FROM tokens WHERE model <> ?", [self._model])
            gone = self._database.execute("DELETE FROM vector WHERE model <> ?", [self._model]).rowcount
        if gone:
            with suppress(sqlite3.OperationalError):  # another process is reading
                self._database.execute("VACUUM")

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    for table in _TABLES:
        database.execute(table)
    return database
