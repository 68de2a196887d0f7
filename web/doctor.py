"""``shisaku doctor``: what works in this installation and what does not, for the person who installs it."""

import platform
import sqlite3
import sys
from dataclasses import dataclass
from importlib.metadata import version

from corpus import messages
from corpus.errors import ShisakuError
from corpus.settings import Settings


@dataclass(frozen=True)
class Examined:
    """One part: its name, its state in Japanese, and whether it works."""

    what: str
    state: str
    ok: bool


def examine(settings: Settings) -> list[Examined]:
    """Look at versions, data folder, database, index, embedding and model; changes nothing but missing tables."""
    return [
        Examined("shisaku", version("shisaku"), True),
        Examined("Python", f"{platform.python_version()}（{platform.system()}）", sys.version_info >= (3, 11)),
        Examined("SQLite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= (3, 35)),
        Examined(messages.DATA_FOLDER, str(settings.home), True),
        _database(settings),
        _index(settings),
        Examined(messages.EMBEDDING, settings.embedding_model or messages.BUILT_IN, True),
        Examined(
            messages.LANGUAGE_MODEL,
            messages.LLM_NOT_YET if settings.llm_model else messages.WITHOUT_MODEL,
            not settings.llm_model,
        ),
    ]


def _database(settings: Settings) -> Examined:
    from sqlalchemy.exc import SQLAlchemyError

    from corpus.database import make_engine, open_session, schema_version, upgrade
    from corpus.listing import list_sheets

    try:
        engine = make_engine(settings)
        upgrade(engine)
        with open_session(engine) as session:
            count = len(list_sheets(session))
        state = messages.database_state(schema_version(engine) or "", count)
        engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        return Examined(messages.DATABASE, messages.broken(str(error)), False)
    return Examined(messages.DATABASE, state, True)


def _index(settings: Settings) -> Examined:
    from corpus.index.embedding import load_embedding
    from corpus.index.vector import open_vector_index

    try:
        index = open_vector_index(settings, load_embedding(settings))
        count = index.count()
        index.close()
    except ShisakuError as error:
        return Examined(messages.VECTOR_INDEX, str(error), False)
    return Examined(messages.VECTOR_INDEX, messages.index_state(count), True)
