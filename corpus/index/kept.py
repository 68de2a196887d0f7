"""Vectors that were computed, kept beside Chroma: no sentence is embedded twice by the same model.

Chroma writes its graph in place: a process killed meanwhile leaves files that fail or crash their next reader (seen in
one of ten kills while adding). Such files are thrown away and filled again from here. A cache: it may be deleted.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

KeptVector = npt.NDArray[np.float16]

_TABLE = (
    "CREATE TABLE IF NOT EXISTS vector (model TEXT, name TEXT, value BLOB, PRIMARY KEY (model, name)) WITHOUT ROWID"
)


class KeptVectors:
    """The vectors of one model by the hash of their sentence, float16; safe to use from several threads."""

    def __init__(self, path: Path, model: str) -> None:
        self._model = model
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _open(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._database = _open(path)

    def get(self, names: Sequence[str]) -> dict[str, KeptVector]:
        """The vectors that are kept of ``names``."""
        query = "SELECT name, value FROM vector WHERE model = ? AND name IN (SELECT value FROM json_each(?))"
        rows = self._database.execute(query, (self._model, json.dumps(names))).fetchall()
        if not rows:
            return {}
        found, values = zip(*rows, strict=True)
        vectors = np.frombuffer(b"".join(values), dtype=np.float16).reshape(len(found), -1)
        return dict(zip(found, vectors, strict=True))

    def names(self) -> set[str]:
        """The hashes of all sentences with a kept vector."""
        return {row[0] for row in self._database.execute("SELECT name FROM vector WHERE model = ?", [self._model])}

    def put(self, vectors: Mapping[str, KeptVector]) -> None:
        """Keep vectors, replacing those of the same hashes."""
        rows = [(self._model, name, value.tobytes()) for name, value in vectors.items()]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)

    def remove(self, names: Iterable[str]) -> None:
        """Forget vectors; hashes without one are no error."""
        with self._database:
            rows = ((self._model, name) for name in names)
            self._database.executemany("DELETE FROM vector WHERE model = ? AND name = ?", rows)

    def clear(self) -> None:
        """Forget all vectors of this model."""
        with self._database:
            self._database.execute("DELETE FROM vector WHERE model = ?", [self._model])

    def forget_other_models(self) -> None:
        """Forget the vectors of every other model, and give their room back."""
        with self._database:
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
    database.execute(_TABLE)
    return database
