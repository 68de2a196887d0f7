"""Training of the bundled model: what it reads, that it learns, that it comes out the same again."""

import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest

import corpus
from corpus.index.static_model import StaticModel
from corpus.index.train_embedding import Recipe, model_card, save, train_rows, train_tokenizer
from corpus.index.training_texts import OLDER_FILE, YEARLY_FILES, data_digest, read_programmes

SUBJECTS = [
    "道路の補修",
    "森林の保全",
    "消防の救急",
    "図書館の蔵書",
    "保育の定員",
    "水道の漏水",
    "観光の案内",
    "農業の担い手",
]
SMALL = Recipe(vocabulary=300, dims=16, epochs=20.0, batch=8, one_ministry=0.0)
SHARED = Path(__file__).parents[4] / "shared" / "data"


def row(subject: str, year: int) -> dict[str, object]:
    noun, thing = subject.split("の")
    return {
        "ministry": "見本省",
        "name": f"{noun}事業{year}",
        "purpose": f"{noun}について、{thing}を進める。{thing}の計画を{year}年に見直す。",
        "overview": f"市町村が行う{thing}に補助する。{noun}の{thing}を調べる。",
        "indicators": [{"objective": f"{thing}を増やす", "name": f"{noun}の{thing}の件数"}],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small files of the names and shapes that the training reads."""
    for year, name in enumerate((*YEARLY_FILES, OLDER_FILE), start=2019):
        lines = [json.dumps(row(subject, year), ensure_ascii=False) for subject in SUBJECTS]
        (tmp_path / name).write_bytes(gzip.compress("\n".join(lines).encode()))
    return tmp_path


def test_a_programme_is_read_with_its_texts(folder: Path) -> None:
    found = read_programmes(folder)
    assert len(found) == len(SUBJECTS) * 4
    assert found[0].purpose.startswith("道路について、補修を進める。")
    assert found[0].outcomes == ("補修を増やす。道路の補修の件数",)


def test_the_digest_tells_the_data_apart(folder: Path) -> None:
    before = data_digest(folder)
    assert data_digest(folder) == before
    (folder / OLDER_FILE).write_bytes(gzip.compress(json.dumps(row("空港の騒音", 2015)).encode()))
    assert data_digest(folder) != before


def test_texts_of_one_programme_come_near_and_training_repeats(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra `embedding` is not installed")
    programmes = read_programmes(folder)
    tokenizer = train_tokenizer(programmes, SMALL.vocabulary)
    rows = train_rows(programmes, tokenizer, SMALL)
    assert np.array_equal(rows, train_rows(programmes, tokenizer, SMALL))
    save(rows, tokenizer, tmp_path / "model")
    model = StaticModel(tmp_path / "model", "small")
    names = model.encode_queries([f"{subject.split('の')[0]}事業" for subject in SUBJECTS])
    purposes = model.encode_passages([str(row(subject, 2030)["purpose"]) for subject in SUBJECTS])
    assert list((names @ purposes.T).argmax(axis=1)) == list(range(len(SUBJECTS)))


def test_the_card_says_what_from_and_how() -> None:
    card = model_card(SMALL, "0a1b", 12, (300, 16), "| measured |")
    assert all(words in card for words in ("0a1b", "300", "CC BY 4.0", "| measured |", "--seed 0"))


def test_the_bundled_model_is_of_the_data_at_hand() -> None:
    if not (SHARED / OLDER_FILE).exists():
        pytest.skip("../shared/data is not there")
    card = (Path(corpus.__file__).parent / "index" / "model" / "README.md").read_text("utf-8")
    stated = re.search(r"`([0-9a-f]{64})`", card)
    assert stated is not None
    assert stated.group(1) == data_digest(SHARED)
