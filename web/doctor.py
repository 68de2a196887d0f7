"""``shisaku doctor``: what works in this installation and what does not, for the person who installs it."""

import platform
import sqlite3
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from corpus import messages
from corpus.errors import ShisakuError
from corpus.settings import Settings

if TYPE_CHECKING:
    from corpus.index.embedding import Embedding


@dataclass(frozen=True)
class Examined:
    """One part: its name, its state in Japanese, and whether it works."""

    what: str
    state: str
    ok: bool


def examine(settings: Settings) -> list[Examined]:
    """Look at versions, data folder, database, index, embedding and model; changes nothing but missing tables.

    A language model is asked for one word, with nothing of any sheet.
    """
    return [
        Examined("shisaku", version("shisaku"), True),
        Examined("Python", f"{platform.python_version()}（{platform.system()}）", sys.version_info >= (3, 11)),
        Examined("SQLite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= (3, 35)),
        Examined(messages.DATA_FOLDER, str(settings.home), True),
        _database(settings),
        *_search(settings),
        _language_model(settings),
    ]


def _language_model(settings: Settings) -> Examined:
    """Whether the model answers: its package, its address, its key, its name."""
    from assistant.llm import language_model, open_pen
    from prompts import load_prompt

    model = language_model(settings)
    if model is None:
        state = messages.BASE_URL_WITHOUT_MODEL if settings.llm_base_url else messages.WITHOUT_MODEL
        return Examined(messages.LANGUAGE_MODEL, state, not settings.llm_base_url)
    began = time.perf_counter()
    try:
        for _ in open_pen(settings).speak(load_prompt("hello").filled()):
            pass
    except ShisakuError as error:
        state = messages.model_does_not_answer(model.name, model.provider, model.address, str(error))
        return Examined(messages.LANGUAGE_MODEL, state, False)
    seconds = time.perf_counter() - began
    state = messages.model_answers(model.name, model.provider, model.address, outside=model.outside, seconds=seconds)
    return Examined(messages.LANGUAGE_MODEL, state, True)


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


def _search(settings: Settings) -> list[Examined]:
    """The embedding model, and how far its vectors are behind the texts."""
    from corpus.index.embedding import load_embedding

    try:
        embedding = load_embedding(settings)
    except ShisakuError as error:
        return [
            Examined(messages.EMBEDDING, str(error), False),
            Examined(messages.VECTOR_INDEX, messages.WITHOUT_EMBEDDING, False),
        ]
    state = messages.embedding_state(settings.embedding_model, embedding.name, embedding.dims)
    return [Examined(messages.EMBEDDING, state, True), _index(settings, embedding)]


def _index(settings: Settings, embedding: "Embedding") -> Examined:
    from sqlalchemy.exc import SQLAlchemyError

    from corpus.database import make_engine, open_session
    from corpus.index.vector import VectorInUse, count_notes, lag, open_vector_index, vector_owner

    engine = make_engine(settings)
    try:
        with open_session(engine) as session:
            owner = vector_owner(settings, session)
            session.commit()
            try:
                index = open_vector_index(settings, embedding, owner=owner)
            except VectorInUse:
                return Examined(messages.VECTOR_INDEX, messages.index_owned(count_notes(session)), True)
            try:
                found = lag(session, index)
            finally:
                index.close()
    except (ShisakuError, SQLAlchemyError) as error:
        return Examined(messages.VECTOR_INDEX, str(error), False)
    finally:
        engine.dispose()
    behind = found.missing > 0 and not found.notes
    return Examined(messages.VECTOR_INDEX, messages.index_state(found.stored, found.missing, found.notes), not behind)
