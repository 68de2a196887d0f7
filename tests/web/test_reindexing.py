"""``shisaku reindex`` and what ``shisaku doctor`` says of the index: behind, owned, of another model, broken."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import messages
from corpus.index.embedding import load_embedding
from corpus.index.vector import open_vector_index
from corpus.settings import Settings
from tests.corpus.index.models import SIGNS, make_static_model
from web import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["shisaku", *arguments])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, err = capsys.readouterr()
        return int(str(done.value.code)), out, err

    return call


@pytest.fixture
def city(
    run: Run, make_object: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A folder with one sheet of 400 more sentences, not indexed yet, and a tiny model."""
    monkeypatch.setenv("SHISAKU_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("EMBEDDING_MODEL", str(make_static_model(tmp_path / "tiny")))
    monkeypatch.chdir(tmp_path)
    content = make_object(2023)
    content["sections"]["5.1"] = "\n".join(f"・{SIGNS[n % 30]}{SIGNS[n // 30]}を{n}回行った。" for n in range(400))
    (tmp_path / "sheet.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    assert run("import", "sheet.json")[0] == 0
    return Settings()


def index_line(run: Run) -> tuple[bool, str]:
    entries = json.loads(run("doctor", "--json")[1])
    found = next(entry for entry in entries if entry["what"] == messages.VECTOR_INDEX)
    return found["ok"], found["state"]


def test_doctor_shows_how_far_the_index_is_behind(city: Settings, run: Run) -> None:
    ok, state = index_line(run)
    assert ok
    assert "待っているシート1枚" in state
    code, out, err = run("reindex")
    assert code == 0
    assert "シート1枚" in out
    assert "ことばの索引" in err
    assert "意味による検索の索引" in err
    assert index_line(run) == (
        True,
        "使えます（" + out.partition("異なる文")[2].partition("件")[0] + "文が入っています）",
    )


def test_doctor_names_the_model_and_asks_for_reindex_after_a_change(
    city: Settings, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("reindex")
    monkeypatch.setenv("EMBEDDING_MODEL", str(make_static_model(tmp_path / "Another", seed=2, dims=16)))
    code, out, _ = run("doctor")
    assert code == 1
    assert "another-" in out
    assert "16次元" in out
    assert "shisaku reindex" in index_line(run)[1]
    assert run("reindex")[0] == 0
    assert index_line(run)[0]


def test_doctor_says_that_a_running_program_owns_the_index(city: Settings, run: Run) -> None:
    owner = open_vector_index(city, load_embedding(city))
    assert index_line(run)[0]
    assert "動いている shisaku" in index_line(run)[1]
    code, out, err = run("reindex")
    assert code == 1
    assert "次の検索から入れ直します" in out
    assert "別の shisaku" in err
    assert run("reindex", "--afresh")[0] == 2
    owner.close()
    hits = json.loads(run("search", "相談窓口", "--json")[1])
    assert "vector" in {source for hit in hits for source in hit["sources"]}


def test_reindex_goes_on_from_what_was_embedded(city: Settings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.index.static_model import StaticModel

    asked: list[str] = []
    read = StaticModel.read_passages
    monkeypatch.setattr(StaticModel, "read_passages", lambda self, texts: asked.extend(texts) or read(self, texts))
    run("reindex")
    embedded = len(asked)
    assert embedded >= 400
    shutil.rmtree(city.home / "chroma")
    run("reindex")
    assert len(asked) == embedded
    run("reindex", "--afresh")
    assert len(asked) == 2 * embedded


def test_reindex_repairs_files_that_cannot_be_read(city: Settings, run: Run) -> None:
    (city.home / "chroma").mkdir()
    (city.home / "chroma" / "chroma.sqlite3").write_bytes(b"no database at all " * 100)
    ok, state = index_line(run)
    assert not ok
    assert "shisaku reindex" in state
    assert run("reindex")[0] == 0
    assert index_line(run)[0]


def test_doctor_names_a_model_that_is_not_there(city: Settings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "/ないところ/model")
    code, out, _ = run("doctor")
    assert code == 1
    assert "/ないところ/model" in out
