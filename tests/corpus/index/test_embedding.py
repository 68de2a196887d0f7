"""Embeddings: the static reader against sentence-transformers, other models, names, and what cannot be loaded."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.errors import NotAvailable
from corpus.index.embedding import BUNDLED, Embedding, load_embedding, loads_at_once
from corpus.settings import Settings
from tests.corpus.index.models import SIGNS, STATIC, make_static_model

TEXTS = [
    "相談窓口を開設し、ひきこもりの当事者と家族を支援した。",
    "道路の舗装を計画的に更新した。",
    "",
    "CSW（ｺﾐｭﾆﾃｨ）を１２人配置した。",
    "相談" * 300,
    "　\n\t",
]

PROMPTS: tuple[dict[str, str], ...] = ({}, {"query": "相談", "passage": "道路"}, {"query": "相談", "document": "道路"})
OTHER = "sentence_transformers.sentence_transformer.modules.dropout.Dropout"

ALIKE = """
import json, sys
import numpy as np
from sentence_transformers import SentenceTransformer
from corpus.index.embedding import load_embedding
from corpus.settings import Settings

texts, folders = json.loads(sys.argv[1]), sys.argv[2:]
for folder in folders:
    ours = load_embedding(Settings(_env_file=None, embedding_model=folder))
    # the mean of float16 rows in float16, which sentence-transformers would take, is itself only good to 1e-3
    theirs = SentenceTransformer(folder, device="cpu", local_files_only=True).float()
    # it adds an empty prompt named document, and would take it before one named passage
    theirs.prompts = {name: prompt for name, prompt in theirs.prompts.items() if prompt}
    for mine, encode in ((ours.encode_queries, theirs.encode_query), (ours.encode_passages, theirs.encode_document)):
        expected = np.nan_to_num(encode(texts, normalize_embeddings=True))
        found = mine(texts)
        assert found.shape == expected.shape, (folder, found.shape, expected.shape)
        assert np.abs(found - expected).max() < 1e-5, (folder, np.abs(found - expected).max())
"""

OTHER_MODELS = """
import sys
from pathlib import Path
import numpy as np
from corpus.index.embedding import load_embedding
from corpus.settings import Settings

for folder in map(Path, sys.argv[1:]):
    steps = []
    other = load_embedding(Settings(_env_file=None, embedding_model=str(folder)), steps.append)
    static = load_embedding(Settings(_env_file=None, embedding_model=str(folder / "static")))
    assert type(other) is not type(static) and len(steps) == 2, steps
    for texts in (["相談窓口", "道路舗装"], ["名簿"]):
        assert np.abs(other.encode_queries(texts) - static.encode_queries(texts)).max() < 1e-5
        assert np.abs(other.encode_passages(texts) - static.encode_passages(texts)).max() < 1e-5
    assert np.abs(other.encode_queries(["名簿"]) - other.encode_passages(["名簿"])).max() > 0.01
    print(other.name)
"""


def run(code: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]), "HF_HUB_OFFLINE": "1", **more}
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=env)


@pytest.fixture(scope="session")
def sentence_transformers() -> None:
    """Skips where it is not installed; the tests use it in processes of their own, as it imports torch."""
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed (pip install shisaku[embedding])")


def embedding_of(folder: Path | str) -> Embedding:
    return load_embedding(Settings(_env_file=None, embedding_model=str(folder)))


@pytest.mark.usefixtures("sentence_transformers")
def test_static_models_are_read_as_sentence_transformers_does(tmp_path: Path) -> None:
    folders = [
        make_static_model(tmp_path / f"{dtype}-{number}", prompts=prompts, dtype=dtype)
        for dtype in ("float16", "float32")
        for number, prompts in enumerate(PROMPTS)
    ]
    done = run(ALIKE, json.dumps(TEXTS), str(BUNDLED), *map(str, folders))
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.usefixtures("sentence_transformers")
def test_any_other_model_is_loaded_with_its_prompts(tmp_path: Path) -> None:
    """A second module makes it one that the static reader leaves alone; the vectors are those of the first."""
    folders = []
    for name in ("passage", "document", "corpus"):
        prompts = {"query": "相談", name: "道路"}
        folder = make_static_model(
            tmp_path / f"Other_{name}", prompts=prompts, dtype="float32", modules=(STATIC, OTHER)
        )
        (folder / "config.json").write_text('{"dropout": 0.0}', "utf-8")
        make_static_model(folder / "static", prompts=prompts, dtype="float32")
        folders.append(folder)
    done = run(OTHER_MODELS, *map(str, folders))
    assert done.returncode == 0, done.stderr[-2000:]
    assert [line.rpartition("-")[2] for line in done.stdout.split()] == ["32"] * 3
    assert done.stdout.startswith("other-passage-")


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from(SIGNS + "のを\ud800 "), max_size=40), max_size=600))
def test_vectors_have_length_one_or_are_empty(embedding: Embedding, texts: list[str]) -> None:
    vectors = embedding.encode_passages(texts)
    assert vectors.shape == (len(texts), embedding.dims)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    for text, length in zip(texts, lengths, strict=True):
        assert length == pytest.approx(1 if set(text) & set(SIGNS) else 0, abs=1e-5)


def test_a_text_has_one_vector_in_any_company(embedding: Embedding) -> None:
    texts = [SIGNS[place:] + SIGNS[:place] for place in range(len(SIGNS))] * 20
    together = embedding.encode_queries(texts)
    for place in (0, 7, len(texts) - 1):
        assert np.abs(together[place] - embedding.encode_queries([texts[place]])[0]).max() < 1e-6


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("ひきこもりの相談", "ひきこもり当事者を抱える家族への相談支援を行う。", "道路の舗装を計画的に更新した。"),
        ("避難訓練", "避難行動要支援者名簿を活用した訓練を実施する。", "保育所の待機児童を解消する。"),
        ("介護人材の確保", "介護職員の不足に対応し、人材を育成する。", "道路の舗装を計画的に更新した。"),
    ],
)
def test_near_texts_are_nearer(query: str, near: str, far: str) -> None:
    bundled = embedding_of("")
    vectors = bundled.encode_passages([near, far]) @ bundled.encode_queries([query])[0]
    assert vectors[0] > vectors[1] + 0.1


def test_the_name_follows_the_files_and_not_the_description(tmp_path: Path) -> None:
    names = {
        embedding_of(make_static_model(tmp_path / "models" / str(number), **options)).name.partition("-")[2]
        for number, options in enumerate([{}, {"seed": 2}, {"dims": 16}, {"prompts": {"query": "相談"}}])
    }
    assert len(names) == 4, "rows of equal size, dims and prompts change the fingerprint"
    folder = make_static_model(tmp_path / "models" / "0")
    before = embedding_of(folder).name
    (folder / "README.md").write_text("説明", "utf-8")
    assert embedding_of(folder).name == before
    shutil.copytree(folder, tmp_path / "elsewhere" / "0")
    assert embedding_of(tmp_path / "elsewhere" / "0").name == before
    assert before.endswith("-32")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("/ないところ/model", "フォルダ「/ないところ/model」がありません"),
        ("some-city/never-fetched", "モデルは自動では取得しません"),
        ("never-fetched", "取得済みのモデルとしても見つかりません"),
    ],
)
@pytest.mark.usefixtures("sentence_transformers")
def test_a_model_that_is_not_here_is_named(wanted: str, words: str) -> None:
    with pytest.raises(NotAvailable, match=words):
        embedding_of(wanted)


def test_a_name_means_the_model_in_the_local_cache(tmp_path: Path) -> None:
    snapshot = tmp_path / "hub" / "models--some-city--tiny" / "snapshots" / ("a" * 40)
    make_static_model(snapshot)
    references = tmp_path / "hub" / "models--some-city--tiny" / "refs"
    references.mkdir()
    (references / "main").write_text("a" * 40, "utf-8")
    code = (
        "from corpus.index.embedding import load_embedding; from corpus.settings import Settings;"
        "print(load_embedding(Settings(_env_file=None, embedding_model='some-city/tiny')).name)"
    )
    done = run(code, HF_HOME=str(tmp_path), HF_HUB_CACHE=str(tmp_path / "hub"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("some-city-tiny-")


@pytest.mark.parametrize("modules", [(STATIC, "sentence_transformers.models.Dense"), ()])
def test_without_sentence_transformers_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, modules: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    folder = make_static_model(tmp_path / "model", modules=modules)
    assert not loads_at_once(Settings(_env_file=None, embedding_model=str(folder)))
    with pytest.raises(NotAvailable, match=r"pip install shisaku\[embedding\]"):
        embedding_of(folder)


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    folder = make_static_model(tmp_path / "model")
    (folder / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(NotAvailable, match="読めません"):
        embedding_of(folder)


def test_the_bundled_model_loads_no_torch() -> None:
    code = (
        "import sys; from corpus.index.embedding import load_embedding; from corpus.settings import Settings;"
        "found = load_embedding(Settings(_env_file=None, embedding_model=''));"
        "found.encode_passages(['文']); found.encode_queries(['文']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'chromadb', 'huggingface_hub'}"
        " & set(sys.modules)))"
    )
    done = run(code)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_bundled_model_is_small_enough_for_the_repository() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) <= 32_000_000
