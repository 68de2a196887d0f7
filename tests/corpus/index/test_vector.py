"""The vector index: real Chroma in process, kept in step by the outbox, repaired when it is broken."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.index.embedding import NgramEmbedding
from corpus.index.passages import remove_passages, text_hash
from corpus.index.vector import VectorIndex, VectorUnavailable, drain_outbox, open_vector_index, rebuild
from corpus.models import IndexTask, Passage
from corpus.settings import Settings


@pytest.fixture
def index(settings: Settings) -> Iterator[VectorIndex]:
    opened = open_vector_index(settings, NgramEmbedding())
    yield opened
    opened.close()


def stored(session: Session) -> set[str]:
    return set(session.exec(select(Passage.text_hash)))


def test_the_outbox_brings_the_index_in_step(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    put_sheet("01見守り", 2022, {"7.1": "・体制を整える。\n・研修を行う。"})
    sheet = put_sheet("01見守り", 2023, {"7.1": "・体制を整える。\n・名簿を作る。"})
    assert drain_outbox(session, index) == 2
    assert index.hashes() == stored(session)
    assert index.count() == 3
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作り直す。"})
    assert drain_outbox(session, index) == 1
    assert index.hashes() == stored(session)
    remove_passages(session, sheet)
    drain_outbox(session, index)
    assert index.hashes() == {text_hash("体制を整える。"), text_hash("研修を行う。")}
    assert list(session.exec(select(IndexTask))) == []


def test_draining_again_does_nothing_and_a_lost_commit_is_made_up(
    session: Session, put_sheet: Any, index: VectorIndex
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・体制を整える。"})
    drain_outbox(session, index)
    session.rollback()
    assert len(list(session.exec(select(IndexTask)))) == 1
    assert drain_outbox(session, index) == 1
    session.commit()
    assert drain_outbox(session, index) == 0
    assert index.hashes() == stored(session)


def test_vectors_survive_the_process(settings: Settings, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    first = open_vector_index(settings, NgramEmbedding())
    drain_outbox(session, first)
    first.close()
    second = open_vector_index(settings, NgramEmbedding())
    assert second.nearest("名簿の作成", 3)[0][0] == text_hash("名簿を作る。")
    second.close()


def test_a_deleted_folder_is_filled_again(settings: Settings, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。\n・研修を行う。"})
    first = open_vector_index(settings, NgramEmbedding())
    drain_outbox(session, first)
    session.commit()
    first.close()
    shutil.rmtree(settings.home / "chroma")
    second = open_vector_index(settings, NgramEmbedding())
    assert second.count() == 0
    drain_outbox(session, second)
    assert second.hashes() == stored(session)
    second.close()


def test_broken_files_are_named_and_repaired(settings: Settings, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    (settings.home / "chroma").mkdir()
    (settings.home / "chroma" / "chroma.sqlite3").write_bytes(b"no database at all " * 100)
    with pytest.raises(VectorUnavailable, match="shisaku reindex"):
        open_vector_index(settings, NgramEmbedding())
    repaired = open_vector_index(settings, NgramEmbedding(), afresh=True)
    assert rebuild(session, repaired) == 1
    assert repaired.hashes() == stored(session)
    repaired.close()


def test_only_one_owner_at_a_time(settings: Settings, index: VectorIndex) -> None:
    with pytest.raises(VectorUnavailable, match="別の shisaku"):
        open_vector_index(settings, NgramEmbedding())
    assert index.count() == 0


def test_a_server_that_does_not_answer_is_named(settings: Settings) -> None:
    absent = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    with pytest.raises(VectorUnavailable):
        open_vector_index(absent, NgramEmbedding())


def test_rebuilding_without_an_index_leaves_notes_for_its_owner(session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    assert rebuild(session, None) == 1
    assert len(list(session.exec(select(IndexTask)))) >= 1


def test_no_model_is_loaded_or_fetched(index: VectorIndex, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    drain_outbox(session, index)
    index.nearest("名簿", 1)
    assert "onnxruntime" not in sys.modules


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    command = Path(sys.executable).with_name("chroma")
    if not command.exists():
        pytest.skip("the chroma command is not beside this Python")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [command, "run", "--path", tmp_path / "server", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_a_chroma_server_takes_the_place_of_the_files(
    settings: Settings, session: Session, put_sheet: Any, server: str
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。\n・研修を行う。"})
    there = settings.model_copy(update={"chroma_url": server})
    first, second = (open_vector_index(there, NgramEmbedding()) for _ in range(2))
    drain_outbox(session, first)
    assert second.nearest("名簿の作成", 1)[0][0] == text_hash("名簿を作る。")
    assert rebuild(session, second) == 2
    assert first.hashes() == stored(session)
    assert not (settings.home / "chroma").exists()
    first.close()
    second.close()
