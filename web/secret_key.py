"""The key that signs sessions: the setting, or a file in the data folder made once."""

import os
import secrets
from pathlib import Path

from corpus import messages
from corpus.errors import UnusableInput
from corpus.settings import Settings

KEY_FILE = "secret.key"
SHORTEST_KEY = 16
PLACEHOLDERS = frozenset({"change me", "changeme", "changethis", "secret", "dev", "test", "your-secret-key"})


def secret_key(settings: Settings) -> str:
    """The signing key; without the setting, ``secret.key`` in the data folder (mode 600).

    Raises ``UnusableInput`` for a setting that is a placeholder or shorter than 16 characters.
    """
    if settings.secret_key:
        if settings.secret_key.strip().lower() in PLACEHOLDERS or len(settings.secret_key) < SHORTEST_KEY:
            raise UnusableInput(messages.weak_secret_key(SHORTEST_KEY))
        return settings.secret_key
    settings.home.mkdir(parents=True, exist_ok=True)
    path = settings.home / KEY_FILE
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    # written aside and linked into place: a process that comes second finds the whole file of the first
    made = path.with_name(f"{KEY_FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(made, path)
        except FileExistsError:
            return
        except OSError:
            # a file system without hard links, as some network drives are
            os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)
