"""The index of a process: opened at its first use, in the background where that takes long, and its state for people."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from corpus.database import make_engine
from corpus.index import lazy
from corpus.index.embedding import Embedding, Tell
from corpus.index.lazy import IndexState, LazyIndex
from corpus.index.vector import FEW, VectorIndex, open_vector_index
from corpus.models import IndexTask
from corpus.settings import Settings
from tests.corpus.index.models import STATIC, make_static_model
from tests.corpus.index.test_vector import many, stored


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def static(settings: Settings, model: Path) -> Settings:
    return settings.model_copy(update={"embedding_model": str(model)})


@pytest.fixture
def opened(static: Settings, engine: Engine) -> Iterator[LazyIndex]:
    index = LazyIndex(static, engine)
    yield index
    index.close()


def until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_few_texts_are_put_in_at_once(opened: LazyIndex, session: Session, put_sheet: Any) -> None:
    assert opened.state() == IndexState("idle")
    put_sheet("01見守り", 2023, {"7.1": many(20)})
    index = opened.get()
    assert index is not None
    assert index.hashes() == stored(session)
    put_sheet("01見守り", 2023, {"7.1": many(21)})
    assert opened.get() is index
    assert index.hashes() == stored(session)
    assert opened.state() == IndexState("ready")
    assert list(session.exec(select(IndexTask))) == []


def test_whoever_is_about_to_search_finds_it_open(opened: LazyIndex, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(20)})
    opened.prepare()
    until(lambda: opened.state() == IndexState("ready"))
    index = opened.get()
    assert index is not None
    assert index.hashes() == stored(session)


def test_many_texts_are_put_in_while_nobody_waits(opened: LazyIndex, session: Session, put_sheet: Any) -> None:
    for year in range(2015, 2024):
        put_sheet("01見守り", year, {"7.1": many(100 * (year - 2014))})
    index = opened.get()
    assert index is not None, "usable from the first moment, with what is in it"
    until(lambda: opened.state().kind == "ready")
    assert index.hashes() == stored(session)
    assert len(stored(session)) == 900 > FEW


def test_a_command_waits_for_all_of_it(opened: LazyIndex, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(FEW * 2)})
    index = opened.get(wait=True)
    assert index is not None
    assert index.count() == FEW * 2


def test_another_model_asks_for_reindex(
    opened: LazyIndex, static: Settings, engine: Engine, session: Session, put_sheet: Any, tmp_path: Path
) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(FEW * 2)})
    opened.get(wait=True)
    opened.close()
    other = static.model_copy(update={"embedding_model": str(make_static_model(tmp_path / "other", seed=2))})
    index = LazyIndex(other, engine)
    try:
        index.get()
        until(lambda: index.state().kind == "outdated")
        assert "shisaku reindex" in index.state().message
        put_sheet("01見守り", 2024, {"7.1": "・新しい名簿を作る。"})
        found = index.get()
        assert found is not None
        until(lambda: found.count() == 1)
        until(lambda: list(session.exec(select(IndexTask))) == [])
        assert found.count() == 1, "an edit is followed; the rest waits for the person"
        assert index.state().kind == "outdated"
    finally:
        index.close()


def test_lost_files_are_filled_from_what_was_computed(
    opened: LazyIndex, static: Settings, engine: Engine, session: Session, put_sheet: Any
) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(FEW * 2)})
    opened.get(wait=True)
    opened.close()
    shutil.rmtree(static.home / "chroma")
    index = LazyIndex(static, engine)
    try:
        index.get()
        until(lambda: index.state().kind == "ready")
        found = index.get()
        assert isinstance(found, VectorIndex)
        assert found.hashes() == stored(session)
    finally:
        index.close()


def test_a_slow_model_is_loaded_while_search_goes_by_words(
    static: Settings,
    engine: Engine,
    session: Session,
    put_sheet: Any,
    embedding: Embedding,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()

    def load(_settings: Settings, tell: Tell) -> Embedding:
        tell("埋め込みモデルのファイルを読み込んでいます。")
        go_on.wait(20)
        return embedding

    monkeypatch.setattr(lazy, "load_embedding", load)
    folder = make_static_model(tmp_path / "slow", modules=(STATIC, "sentence_transformers.models.Dense"))
    put_sheet("01見守り", 2023, {"7.1": many(20)})
    index = LazyIndex(static.model_copy(update={"embedding_model": str(folder)}), engine)
    try:
        assert index.get() is None
        until(lambda: "ファイルを読み込んで" in index.state().message)
        assert index.state().kind == "loading"
        assert "ことばだけで" in index.state().message
        assert index.get() is None
        go_on.set()
        until(lambda: index.state().kind == "ready")
        found = index.get()
        assert found is not None
        assert found.hashes() == stored(session)
    finally:
        go_on.set()
        index.close()


@pytest.mark.parametrize("wait", [False, True])
def test_a_model_that_is_not_there_leaves_search_by_words(
    settings: Settings, engine: Engine, session: Session, wait: bool
) -> None:
    index = LazyIndex(settings.model_copy(update={"embedding_model": "/ないところ/model"}), engine)
    assert index.get(wait=wait) is None
    assert index.state().kind == "failed"
    assert "ないところ" in index.state().message
    index.close()


def test_an_owned_index_is_opened_once_it_is_free(
    static: Settings, engine: Engine, session: Session, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lazy, "RETRY_SECONDS", 0.0)
    owner = open_vector_index(static, embedding)
    index = LazyIndex(static, engine)
    assert index.get() is None
    assert "別の shisaku" in index.state().message
    owner.close()
    assert index.get() is not None
    assert index.state() == IndexState("ready")
    index.close()
