"""The vector index: real Chroma in process and as a server, kept in step by the outbox, repaired when it is broken."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.database import make_engine, open_session, upgrade
from corpus.index.embedding import Embedding, Vectors, load_embedding
from corpus.index.passages import remove_passages, text_hash
from corpus.index.search import search
from corpus.index.vector import (
    FEW,
    Lag,
    Progress,
    VectorIndex,
    VectorInUse,
    VectorUnavailable,
    drain_outbox,
    fill,
    lag,
    open_vector_index,
    rebuild,
    vector_owner,
)
from corpus.models import IndexTask, Passage
from corpus.settings import Settings
from tests.corpus.index.models import SIGNS, make_static_model


class Counting:
    """An embedding that remembers which passages it was asked for."""

    def __init__(self, embedding: Embedding) -> None:
        self.name, self.dims, self._embedding = embedding.name, embedding.dims, embedding
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedding.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._embedding.encode_passages(texts)


def many(count: int) -> str:
    """A text of so many different sentences, no two of them with the same signs."""
    return "\n".join(f"・{''.join(signs)}を行う。" for signs in islice(combinations(SIGNS, 3), count))


@pytest.fixture
def index(settings: Settings, embedding: Embedding) -> Iterator[VectorIndex]:
    opened = open_vector_index(settings, embedding)
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


def test_vectors_survive_the_process(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    first = open_vector_index(settings, embedding)
    drain_outbox(session, first)
    first.close()
    second = open_vector_index(settings, embedding)
    assert second.nearest(second.vector_of("名簿の作成"), 3)[0][0] == text_hash("名簿を作る。")
    second.close()


def test_a_deleted_folder_is_filled_again(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。\n・研修を行う。"})
    first = open_vector_index(settings, embedding)
    drain_outbox(session, first)
    session.commit()
    first.close()
    shutil.rmtree(settings.home / "chroma")
    second = open_vector_index(settings, embedding)
    assert second.count() == 0
    drain_outbox(session, second)
    assert second.hashes() == stored(session)
    second.close()


def test_broken_files_are_named_and_repaired(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    (settings.home / "chroma").mkdir()
    (settings.home / "chroma" / "chroma.sqlite3").write_bytes(b"no database at all " * 100)
    with pytest.raises(VectorUnavailable, match="shisaku reindex"):
        open_vector_index(settings, embedding)
    repaired = open_vector_index(settings, embedding, afresh=True)
    assert list(rebuild(session, repaired))[-1] == Progress("vectors", 1, 1)
    assert repaired.hashes() == stored(session)
    repaired.close()


def test_only_one_owner_at_a_time(settings: Settings, index: VectorIndex, embedding: Embedding) -> None:
    with pytest.raises(VectorInUse, match="別の shisaku"):
        open_vector_index(settings, embedding)
    assert index.count() == 0


def test_a_server_that_does_not_answer_is_named(settings: Settings, embedding: Embedding) -> None:
    absent = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    with pytest.raises(VectorUnavailable):
        open_vector_index(absent, embedding, owner="0a")


def test_rebuilding_without_an_index_leaves_notes_for_its_owner(session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    assert list(rebuild(session, None)) == [Progress("words", 1, 1)]
    assert len(list(session.exec(select(IndexTask)))) >= 1


def test_no_model_is_loaded_or_fetched(index: VectorIndex, session: Session, put_sheet: Any) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    drain_outbox(session, index)
    index.nearest(index.vector_of("名簿"), 1)
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
    settings: Settings, session: Session, put_sheet: Any, server: str, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。\n・研修を行う。"})
    there = settings.model_copy(update={"chroma_url": server})
    first, second = (open_vector_index(there, embedding, owner="0a") for _ in range(2))
    drain_outbox(session, first)
    assert second.nearest(second.vector_of("名簿の作成"), 1)[0][0] == text_hash("名簿を作る。")
    assert list(rebuild(session, second))[-1] == Progress("vectors", 2, 2)
    assert first.hashes() == stored(session)
    assert not (settings.home / "chroma").exists()
    first.close()
    second.close()


def test_two_cities_share_a_server(
    settings: Settings, session: Session, put_sheet: Any, server: str, embedding: Embedding, tmp_path: Path
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。\n・研修を行う。"})
    here = settings.model_copy(update={"chroma_url": server})
    there = Settings(shisaku_home=tmp_path / "there", database_url="", chroma_url=server, embedding_model="")
    engine = make_engine(there)
    upgrade(engine)
    with open_session(engine) as other:
        owners = [vector_owner(here, session), vector_owner(there, other)]
        assert owners[0] != owners[1]
        assert vector_owner(here, session) == owners[0]
        assert vector_owner(settings, session) == ""
        first, second = (
            open_vector_index(place, embedding, owner=owner) for place, owner in zip((here, there), owners, strict=True)
        )
        drain_outbox(session, first)
        assert drain_outbox(other, second) == 0
        assert list(rebuild(other, second))[-1] == Progress("vectors", 0, 0)
        second.clear()
        assert first.hashes() == stored(session)
        assert second.count() == 0
        first.close()
        second.close()
    engine.dispose()
    with pytest.raises(ValueError, match="owner"):
        open_vector_index(here, embedding)


def test_two_clients_of_a_server_follow_each_other(
    settings: Settings, session: Session, put_sheet: Any, server: str, embedding: Embedding
) -> None:
    there = settings.model_copy(update={"chroma_url": server})
    first, second = (open_vector_index(there, embedding, owner="0a") for _ in range(2))
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    drain_outbox(session, first)
    session.commit()
    put_sheet("01見守り", 2023, {"7.1": "・図書館を整備する。"})
    drain_outbox(session, second)
    session.commit()
    assert first.hashes() == second.hashes() == stored(session) == {text_hash("図書館を整備する。")}
    assert first.nearest(first.vector_of("図書館"), 1)[0][0] == text_hash("図書館を整備する。")
    second.clear()
    assert first.count() == 0
    assert lag(session, first) == Lag(0, 1, 1)
    first.close()
    second.close()


def test_vectors_of_two_models_do_not_mix(
    settings: Settings, session: Session, put_sheet: Any, tmp_path: Path, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(FEW + 50)})
    first = open_vector_index(settings, embedding)
    drain_outbox(session, first)
    session.commit()
    first.close()
    other = load_embedding(
        settings.model_copy(update={"embedding_model": str(make_static_model(tmp_path / "other", seed=2))})
    )
    second = open_vector_index(settings, other)
    assert second.nearest(second.vector_of("名簿"), 3) == []
    drain_outbox(session, second)
    assert lag(session, second) == Lag(0, FEW + 50, FEW + 50), "more than a few are left to reindex"
    assert list(rebuild(session, second))[-1] == Progress("vectors", FEW + 50, FEW + 50)
    assert second.hashes() == stored(session)
    second.close()
    third = open_vector_index(settings, embedding)
    assert third.count() == 0, "reindexing leaves nothing of the former model"
    assert third.computed() == set()
    third.close()


def test_nothing_is_embedded_twice(settings: Settings, session: Session, put_sheet: Any, embedding: Embedding) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(400)})
    counting = Counting(embedding)
    index = open_vector_index(settings, counting)
    steps = rebuild(session, index)
    for step in steps:
        session.commit()
        if step.stage == "vectors" and 100 <= step.done < 400:
            break
    steps.close()
    assert 100 <= len(counting.asked) < 400
    assert lag(session, index).missing == 400 - len(counting.asked)
    for _ in rebuild(session, index):
        session.commit()
    assert sorted(counting.asked) == sorted(session.exec(select(Passage.text)))
    index.clear()
    for _ in rebuild(session, index):
        session.commit()
    assert len(counting.asked) == 800, "cleared: what was computed is forgotten too"
    index.close()


def test_the_folder_deleted_and_reindexed_gives_the_same_hits(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2022, {"7.1": many(200)})
    put_sheet("02図書館", 2023, {"7.1": many(500)})
    counting = Counting(embedding)
    index = open_vector_index(settings, counting)
    drain_outbox(session, index)
    session.commit()
    queries = ["相談窓口", "道路の名簿を作成", "見守り", "図書館を整備した"]
    before = [search(session, query, limit=20, index=index) for query in queries]
    near = [index.nearest(index.vector_of(query), 50) for query in queries]
    index.close()
    shutil.rmtree(settings.home / "chroma")
    counting.asked.clear()
    again = open_vector_index(settings, counting)
    for _ in rebuild(session, again):
        session.commit()
    assert counting.asked == []
    for query, expected, hits in zip(queries, near, before, strict=True):
        found = again.nearest(again.vector_of(query), 50)
        assert [similarity for _, similarity in found] == pytest.approx([similarity for _, similarity in expected])
        assert [hit.text for hit in search(session, query, limit=20, index=again)] == [hit.text for hit in hits]
    again.close()


def test_only_what_was_computed_is_put_back_without_embedding(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": many(40)})
    counting = Counting(embedding)
    index = open_vector_index(settings, counting)
    drain_outbox(session, index)
    index.close()
    put_sheet("01見守り", 2024, {"7.1": many(60)})
    again = open_vector_index(settings, counting, afresh=True)
    assert list(fill(session, again, embed=False))[-1] == Progress("vectors", 40, 60)
    assert len(counting.asked) == 40
    again.close()


KILLED = """
import sys
from corpus.database import make_engine, open_session
from corpus.index.embedding import load_embedding
from corpus.index.vector import drain_outbox, open_vector_index, rebuild
from corpus.settings import Settings

settings = Settings(_env_file=None)
embedding = load_embedding(settings)
encode, slow = embedding.encode_passages, []
def told(texts):
    print("embedding", flush=True)
    return encode(texts)
embedding.encode_passages = told
with open_session(make_engine(settings)) as session:
    index = open_vector_index(settings, embedding)
    print("opened", flush=True)
    if sys.argv[1] == "drain":
        while drain_outbox(session, index, most=2):
            session.commit()
    else:
        for _ in rebuild(session, index):
            session.commit()
    print("done", flush=True)
"""


@pytest.mark.parametrize("work", ["drain", "reindex"])
def test_killed_at_any_point_it_catches_up(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding, model: Path, work: str
) -> None:
    """SIGKILL at ever later moments of the work; what was written before counts, and the index is whole in the end."""
    for year in range(2015, 2025):
        put_sheet("01見守り", year, {"7.1": many(60 * (year - 2014))})
    env = {
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]),
        "SHISAKU_HOME": str(settings.home),
        "EMBEDDING_MODEL": str(model),
    }
    finished = False
    for killed_after in (1, 2, 4):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, work], stdout=subprocess.PIPE, text=True, env=env
        ) as child:
            assert child.stdout is not None
            lines = 0
            for line in child.stdout:
                finished = line.strip() == "done"
                lines += line.strip() == "embedding"
                if lines == killed_after:
                    # a little later for each: within Chroma's work on what was embedded
                    time.sleep(0.03 * killed_after)
                    child.send_signal(signal.SIGKILL)
                    break
    counting = Counting(embedding)
    index = open_vector_index(settings, counting)
    computed = index.computed()
    assert computed, "what was embedded before a kill is kept"
    while drain_outbox(session, index, most=2):
        session.commit()
    for _ in rebuild(session, index):
        session.commit()
    assert lag(session, index) == Lag(0, 600, 0)
    assert index.hashes() == stored(session)
    assert not {text_hash(text) for text in counting.asked} & computed
    assert len(index.nearest(index.vector_of("名簿を作成した"), 600)) == 600
    index.close()
    assert not finished or not counting.asked


def test_files_of_a_process_that_died_while_writing_are_thrown_away(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding, caplog: pytest.LogCaptureFixture
) -> None:
    """Chroma's graph may be torn then, and reading it may crash the process: here it is made to, with zeros."""
    put_sheet("01見守り", 2023, {"7.1": many(1200)})
    counting = Counting(embedding)
    index = open_vector_index(settings, counting)
    drain_outbox(session, index)
    session.commit()
    index.close()
    graphs = list((settings.home / "chroma").glob("*/*.bin"))
    assert graphs
    for path in graphs:
        path.write_bytes(bytes(path.stat().st_size // 2))
    (settings.home / "chroma.writing").touch()
    again = open_vector_index(settings, counting)
    assert "途中で終わりました" in caplog.text
    assert list(fill(session, again, embed=False))[-1] == Progress("vectors", 1200, 1200)
    assert len(again.nearest(again.vector_of("名簿"), 1200)) == 1200
    assert len(counting.asked) == 1200
    again.close()
    assert not (settings.home / "chroma.writing").exists()


def test_kept_vectors_that_cannot_be_read_are_computed_again(
    settings: Settings, session: Session, put_sheet: Any, embedding: Embedding
) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作る。"})
    (settings.home / "vectors.db").write_bytes(b"no database at all " * 100)
    index = open_vector_index(settings, embedding)
    drain_outbox(session, index)
    assert index.computed() == index.hashes() == stored(session)
    index.close()


def test_other_words_for_a_query_take_part_in_its_vector(session: Session, put_sheet: Any, index: VectorIndex) -> None:
    put_sheet("01見守り", 2023, {"7.1": "・名簿を作成する。\n・道路を舗装する。\n・図書館を整備する。"})
    drain_outbox(session, index)
    names = [text_hash("道路を舗装する。"), text_hash("図書館を整備する。")]
    plain = dict(index.similarities(index.vector_of("名簿の作成"), names))
    wider = dict(index.similarities(index.vector_of("名簿の作成", "道路の舗装"), names))
    assert wider[names[0]] > plain[names[0]]
    near = index.nearest(index.vector_of("名簿の作成", "道路の舗装"), 3)
    assert near[0][0] == text_hash("名簿を作成する。")
    assert dict(near)[names[0]] == pytest.approx(wider[names[0]], abs=1e-3)
