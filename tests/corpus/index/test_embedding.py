"""Embeddings: the same on every machine, near for near texts, and the message when a model cannot be loaded."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NotAvailable
from corpus.index.embedding import NgramEmbedding, load_embedding
from corpus.settings import Settings

MODEL_CHECK = """
import sys
from pathlib import Path
import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from tokenizers import Regex
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import StaticEmbedding
from corpus.index.embedding import load_embedding
from corpus.settings import Settings

folder = Path(sys.argv[1])
signs = "相談窓口支援道路舗装。"
tokenizer = Tokenizer(WordLevel({sign: number for number, sign in enumerate("?" + signs)}, unk_token="?"))
tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
weights = np.random.default_rng(1).normal(size=(len(signs) + 1, 32)).astype("float32")
SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
embedding = load_embedding(Settings(embedding_model=str(folder)))
vectors = embedding.encode(["相談窓口", "相談支援", "道路舗装"])
assert vectors.dtype == np.float32 and vectors.shape == (3, embedding.dims) == (3, 32), vectors.shape
assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
print(embedding.name)
"""


@given(st.lists(st.text(max_size=60), max_size=4))
def test_vectors_have_length_one_or_are_empty(texts: list[str]) -> None:
    vectors = NgramEmbedding().encode(texts)
    assert vectors.shape == (len(texts), 256)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    for text, length in zip(texts, lengths, strict=True):
        assert length == pytest.approx(1 if "".join(text.split()) else 0, abs=1e-5)


def test_the_vectors_do_not_depend_on_the_process() -> None:
    code = "from corpus.index.embedding import NgramEmbedding as E; print(E().encode(['相談窓口を開設した。'])[0].tobytes().hex())"
    here = NgramEmbedding().encode(["相談窓口を開設した。"])[0].tobytes().hex()
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env).stdout.strip()
        for env in ({"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)} for seed in ("1", "2"))
    }
    assert runs == {here}


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("ひきこもりの相談", "ひきこもり当事者を抱える家族への相談支援を行う。", "道路の舗装を計画的に更新した。"),
        ("避難訓練", "避難行動要支援者名簿を活用した訓練を実施する。", "保育所の待機児童を解消する。"),
        ("ＣＳＷの配置", "CSWを市内全域に配置した。", "図書館の貸出冊数が減少している。"),
    ],
)
def test_near_texts_are_nearer(query: str, near: str, far: str) -> None:
    vectors = NgramEmbedding().encode([query, near, far])
    assert vectors[0] @ vectors[1] > 0.2 > vectors[0] @ vectors[2]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAvailable, match="ないモデル"):
        load_embedding(Settings(embedding_model=str(tmp_path / "ないモデル")))


def test_without_sentence_transformers_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(NotAvailable, match=r"pip install shisaku\[embedding\]"):
        load_embedding(Settings(embedding_model=str(tmp_path)))


def test_the_built_in_embedding_loads_no_torch() -> None:
    code = (
        "import sys; from corpus.index.embedding import load_embedding; from corpus.settings import Settings;"
        "load_embedding(Settings(embedding_model='')).encode(['文']);"
        "print(sorted({'torch', 'transformers', 'chromadb'} & set(sys.modules)))"
    )
    env = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "[]"


def test_a_sentence_transformers_folder_takes_its_place(tmp_path: Path) -> None:
    # in a process of its own: it imports torch
    folder, env = tmp_path / "tiny-model", {"PYTHONPATH": ":".join(sys.path), "HF_HUB_OFFLINE": "1"}
    probe = subprocess.run([sys.executable, "-c", "import sentence_transformers"], capture_output=True, env=env)
    if probe.returncode:
        pytest.skip("sentence-transformers is not installed (pip install shisaku[embedding])")
    done = subprocess.run([sys.executable, "-c", MODEL_CHECK, str(folder)], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().startswith("tiny-model-")
