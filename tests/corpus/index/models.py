"""A tiny static model in the format of sentence-transformers, made without it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFKC
from tokenizers.pre_tokenizers import Split

SIGNS = "相談窓口支援道路舗装名簿作成研修体制整見守高齢者図書館行避難訓練"
STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


def make_static_model(
    folder: Path,
    *,
    seed: int = 1,
    dims: int = 32,
    dtype: str = "float16",
    prompts: Mapping[str, str] | None = None,
    modules: Sequence[str] = (STATIC,),
) -> Path:
    """Write a model of one random row a sign; a sign that it does not know counts nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    signs = dict.fromkeys(SIGNS + "".join((prompts or {}).values()))
    tokenizer = Tokenizer(WordLevel({sign: number for number, sign in enumerate(["?", *signs])}, unk_token="?"))
    tokenizer.normalizer = NFKC()
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.random.default_rng(seed).normal(size=(len(signs) + 1, dims)).astype(dtype)
    rows[0] = 0
    save_file({"embedding.weight": rows}, folder / "model.safetensors")
    listed = [{"idx": number, "name": str(number), "path": "", "type": kind} for number, kind in enumerate(modules)]
    (folder / "modules.json").write_text(json.dumps(listed), "utf-8")
    config = {"model_type": "SentenceTransformer", "prompts": dict(prompts or {})}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    return folder
