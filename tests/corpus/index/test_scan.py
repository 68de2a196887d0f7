"""Search over the kept vectors: exact, and what a process begins with while nobody has opened Chroma."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, delete

from corpus.database import make_engine
from corpus.index import kept, lazy
from corpus.index.chroma import VectorUnavailable
from corpus.index.closer import look_closer
from corpus.index.embedding import Embedding
from corpus.index.lazy import LazyIndex
from corpus.index.scan import KeptIndex
from corpus.index.vector import VectorIndex, drain_outbox, open_kept_index, open_vector_index
from corpus.models import IndexTask
from corpus.settings import Settings
from tests.corpus.index.test_vector import many

QUERY = "名簿を更新する"


@pytest.fixture
def static(settings: Settings, model: Path) -> Settings:
    return settings.model_copy(update={"embedding_model": str(model)})


@pytest.fixture
def filled(static: Settings, session: Session, embedding: Embedding, put_sheet: Any) -> Settings:
    """A city whose index is complete, as the process before this one left it."""
    put_sheet("01見守り", 2023, {"7.1": many(40) + "\n・名簿を更新する。"})
    index = open_vector_index(static, embedding)
    drain_outbox(session, index)
    session.commit()
    index.close()
    return static


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def opened(filled: Settings, engine: Engine) -> Iterator[LazyIndex]:
    index = LazyIndex(filled, engine)
    yield index
    index.close()


@pytest.mark.parametrize("batch", [1, 7, 4_096])
def test_the_nearest_are_those_of_chroma(
    filled: Settings, embedding: Embedding, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_BATCH", batch)
    scanned, index = open_kept_index(filled, embedding), open_vector_index(filled, embedding)
    meant = scanned.vector_of(QUERY, "台帳")
    assert np.array_equal(meant, index.vector_of(QUERY, "台帳"))
    found, of_chroma = scanned.nearest(meant, 10), index.nearest(meant, 10)
    assert len(found) == 10
    assert [similarity for _, similarity in found] == pytest.approx(
        [similarity for _, similarity in of_chroma], abs=1e-3
    )
    assert found[0][0] == of_chroma[0][0]
    assert scanned.count() == index.count() == 41
    names = [name for name, _ in found]
    assert dict(scanned.similarities(meant, [*names, "gone"])) == pytest.approx(dict(found), abs=1e-3)
    assert scanned.nearest(np.zeros_like(meant), 10) == []
    scanned.close()
    index.close()


def test_tokens_are_kept_with_the_vectors_and_change_no_ranking(
    filled: Settings, session: Session, embedding: Embedding
) -> None:
    scanned = open_kept_index(filled, embedding)
    names = [name for name, _ in scanned.nearest(scanned.vector_of(QUERY), 20)]
    assert set(scanned.tokens([*names, "gone"])) == set(names)
    even = dict.fromkeys(names, 0.5)
    with_kept = look_closer(session, QUERY, even, scanned)
    scanned._kept._database.execute("DELETE FROM tokens")
    assert list(look_closer(session, QUERY, even, scanned)) == list(with_kept)
    scanned.close()


def test_a_file_that_cannot_be_read_is_said(filled: Settings, embedding: Embedding) -> None:
    scanned = open_kept_index(filled, embedding)
    meant = scanned.vector_of(QUERY)
    scanned.close()
    for ask in (
        lambda: scanned.nearest(meant, 3),
        lambda: scanned.similarities(meant, ["a"]),
        lambda: scanned.tokens(["a"]),
        scanned.count,
    ):
        with pytest.raises(VectorUnavailable):
            ask()


def test_the_first_query_does_not_wait_for_chroma(opened: LazyIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy, "_UNDISTURBED_SECONDS", 0.0)
    first = opened.get()
    assert type(first) is KeptIndex
    assert opened._worker is not None
    opened._worker.join(30)
    assert isinstance(opened.get(), VectorIndex)
    assert opened.state().kind == "ready"
    # whoever still holds the first one may go on with it
    assert first.nearest(first.vector_of(QUERY), 1)


def test_a_command_opens_chroma_only_for_many_queries(opened: LazyIndex) -> None:
    assert [type(opened.get(wait=True)) for _ in range(4)] == [KeptIndex] * 3 + [VectorIndex]


def test_what_is_new_is_followed_first(opened: LazyIndex, put_sheet: Any) -> None:
    put_sheet("01見守り", 2024, {"7.1": "・新しい台帳を作る。"})
    assert isinstance(opened.get(wait=True), VectorIndex)


def test_a_command_beside_the_running_program_searches_by_meaning(
    opened: LazyIndex, filled: Settings, embedding: Embedding
) -> None:
    owner = open_vector_index(filled, embedding)
    index = opened.get(wait=True)
    assert index is not None
    assert index.nearest(index.vector_of(QUERY), 1)
    owner.close()


def test_a_command_with_one_query_never_imports_chroma(filled: Settings) -> None:
    asked = (
        "import sys; from corpus.settings import Settings; from corpus.database import make_engine, open_session\n"
        "from corpus.index.lazy import LazyIndex; from corpus.index.search import search\n"
        "settings = Settings(_env_file=None, shisaku_home=sys.argv[1], embedding_model=sys.argv[2])\n"
        "engine = make_engine(settings); lazy = LazyIndex(settings, engine)\n"
        "with open_session(engine) as session:\n"
        f"    hits = search(session, {QUERY!r}, index=lazy.get(wait=True))\n"
        "lazy.close()\n"
        "assert 'vector' in hits[0].sources, hits[0]\n"
        "assert 'chromadb' not in sys.modules\n"
    )
    command = [sys.executable, "-c", asked, str(filled.home), filled.embedding_model]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False)
    assert done.returncode == 0, done.stderr


def test_a_damaged_file_leaves_the_words(opened: LazyIndex, filled: Settings) -> None:
    with (filled.home / "vectors.db").open("r+b") as file:
        file.seek(4_096)
        file.write(b"\0damaged" * 2_000)
    for wait in (True, False):
        index = opened.get(wait=wait)
        assert index is None or isinstance(index, VectorIndex)


def test_a_file_that_another_process_writes_is_not_thrown_away(
    filled: Settings, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled.home / "vectors.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("DROP INDEX vector_name")
    writer.execute("BEGIN IMMEDIATE")
    connect = sqlite3.connect
    monkeypatch.setattr(kept.sqlite3, "connect", lambda path, **given: connect(path, **(given | {"timeout": 0.1})))
    with pytest.raises(VectorUnavailable):
        open_kept_index(filled, embedding)
    writer.execute("COMMIT")
    writer.close()
    scanned = open_kept_index(filled, embedding)
    assert scanned.count() == 41
    scanned.close()


def test_vectors_of_other_sentences_do_not_count_as_complete(
    opened: LazyIndex, session: Session, put_sheet: Any
) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(20)})
    session.execute(delete(IndexTask))
    session.commit()
    assert isinstance(opened.get(wait=True), VectorIndex)
