"""Chroma itself: clients in process and of a server, its errors, the lock of its owner, and files that may be damaged.

In process, Chroma is owned by one process at a time (another one would not see its writes), held by a lock file.
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus import messages
from corpus.errors import NotAvailable

log = logging.getLogger(__name__)


class VectorUnavailable(NotAvailable):
    """The vector index cannot be used now: broken, unreachable, or owned by another process. Users see the message."""


class VectorInUse(VectorUnavailable):
    """Another process owns the vector index, and brings it in step with the texts."""


class ChromaFiles:
    """The folder of Chroma in process, owned by this process from the making of this value until ``close``.

    While Chroma opens or writes its files, ``marked`` keeps a marker beside them. A marker that is found at the start
    is that of a process which died meanwhile: its files are thrown away, as they may crash their reader.
    Raises ``VectorInUse`` when another process owns them.
    """

    def __init__(self, home: Path, *, afresh: bool) -> None:
        self.folder, self._marker = home / "chroma", home / "chroma.writing"
        home.mkdir(parents=True, exist_ok=True)
        self._lock = _own(home / "chroma.lock")
        if afresh or self._marker.exists():
            if not afresh:
                log.warning("%s", messages.VECTOR_INDEX_INTERRUPTED)
            _throw_away(self.folder)

    @contextmanager
    def marked(self) -> Iterator[None]:
        """Hold the marker; it stays behind when Chroma fails."""
        self._marker.touch()
        try:
            yield
        except VectorUnavailable:
            raise
        except BaseException:
            # an interrupt is raised between two calls of Chroma, not within one
            self._marker.unlink(missing_ok=True)
            raise
        self._marker.unlink(missing_ok=True)

    def client(self) -> Any:
        """A client of Chroma in process on the folder."""
        import chromadb

        with chroma_errors():
            return chromadb.PersistentClient(path=self.folder, settings=_settings())

    def close(self) -> None:
        """Let another process own the files."""
        self._lock.close()


def server_client(url: str) -> Any:
    """A client of the Chroma server at ``url``; raises ``VectorUnavailable`` when it does not answer."""
    import chromadb

    parts = urlsplit(url if "//" in url else f"http://{url}")
    secure = parts.scheme == "https"
    with chroma_errors():
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=_settings(),
        )


@contextmanager
def chroma_errors() -> Iterator[None]:
    """Turn whatever Chroma raises into ``VectorUnavailable``."""
    try:
        yield
    except (VectorUnavailable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of Chroma's Rust core is no Exception
        raise VectorUnavailable(messages.vector_index_broken(str(error))) from error


def _settings() -> Any:
    from chromadb.config import Settings as ChromaSettings

    # our .env is not Chroma's
    return ChromaSettings(_env_file=None, anonymized_telemetry=False)


def _own(path: Path) -> sqlite3.Connection:
    """Hold the lock file as long as this process lives: an exclusive SQLite transaction, released by the system."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        raise VectorInUse(messages.VECTOR_INDEX_IN_USE) from error
    return connection


def _throw_away(folder: Path) -> None:
    from chromadb.api.client import SharedSystemClient

    # Chroma keeps a client that failed to start and would hand it out again for the same folder
    SharedSystemClient.clear_system_cache()
    if folder.exists():
        shutil.rmtree(folder)
