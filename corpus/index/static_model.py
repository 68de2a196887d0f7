"""A static embedding model, read with tokenizers and numpy: the mean of a text's token rows.

The folder is what sentence-transformers saves for a ``StaticEmbedding``. Importing torch for it would cost ten seconds
and 770 MB; the vectors are the same to 1e-5.
"""

import json
import os
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int32]

_MODULES, _CONFIG = "modules.json", "config_sentence_transformers.json"
_TOKENIZER, _WEIGHTS, _ROWS = "tokenizer.json", "model.safetensors", "embedding.weight"
_TYPES: Mapping[str, Any] = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
LONGEST_TEXT = 4_000
"""Characters of a text that are embedded; a passage is far shorter, a pasted query need not be."""
LEAST_ALIKE = 0.3
"""Tokens whose rows have a cosine below this have nothing to do with each other."""
_CHUNK = 256
"""Texts whose token rows are gathered at once: some 10,000 rows, which stay in the processor's cache."""


def read_prompts(folder: Path) -> Mapping[str, str]:
    """The prompts in a model's ``config_sentence_transformers.json``, name -> text; none for a folder without it."""
    path = folder / _CONFIG
    if not path.is_file():
        return {}
    prompts = json.loads(path.read_text("utf-8")).get("prompts") or {}
    return {str(name): str(prompt) for name, prompt in prompts.items() if prompt}


def query_prompt(prompts: Mapping[str, str]) -> str:
    """What goes before a query: 「query: 」 of e5, 「検索クエリ: 」 of ruri."""
    return prompts.get("query", "")


def passage_prompt(prompts: Mapping[str, str]) -> str:
    """What goes before a passage; the names are those that ``encode_document`` of sentence-transformers knows.

    It takes the first that is there, and of a model with only ``passage`` the empty ``document`` that it adds itself.
    """
    return next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), "")


def static_part(folder: Path) -> Path | None:
    """The folder of the token rows if this model is a StaticEmbedding and nothing else that matters, else None."""
    try:
        modules = json.loads((folder / _MODULES).read_text("utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        part = folder / str(modules[0]["path"])
        if kinds[0] != "StaticEmbedding" or any(kind != "Normalize" for kind in kinds[1:]):
            return None
        return part if _has_rows(part / _WEIGHTS) and (part / _TOKENIZER).is_file() else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _has_rows(path: Path) -> bool:
    """Whether numpy can read the rows."""
    return _header(path)[0].get(_ROWS, {}).get("dtype") in _TYPES


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """The header of a safetensors file, which is JSON behind its length in 8 bytes, and where the values begin."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        return json.loads(file.read(length)), 8 + length


def _read_rows(path: Path) -> npt.NDArray[Any]:
    header, begin = _header(path)
    entry = header[_ROWS]
    offset, shape = begin + entry["data_offsets"][0], tuple(entry["shape"])
    return np.asarray(np.memmap(path, dtype=_TYPES[entry["dtype"]], mode="r", offset=offset, shape=shape))


class StaticModel:
    """Token rows and their tokenizer; safe to use from several threads.

    The rows stay in the file (float16), of which the system keeps what is used; what a text needs of them is turned
    into float32.
    """

    def __init__(self, folder: Path, name: str) -> None:
        # one core a process: a server's other threads keep theirs, and a fork of it stays silent
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        part = static_part(folder)
        if part is None:
            raise ValueError(str(folder))
        self._rows = _read_rows(part / _WEIGHTS)
        self._tokenizer = Tokenizer.from_file(str(part / _TOKENIZER))
        self._tokenizer.no_padding()
        prompts = read_prompts(folder)
        self._query_prompt, self._passage_prompt = query_prompt(prompts), passage_prompt(prompts)
        self.dims = int(self._rows.shape[1])
        self.name = f"{name}-{self.dims}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text (all 0 for a text with nothing in it), shape (len(texts), dims)."""
        return self._encode(texts, self._query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As ``encode_queries``, for texts that are searched."""
        return self._encode(texts, self._passage_prompt)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """The vectors of ``encode_passages``, and the different tokens of each text, for ``coverage``."""
        found = np.zeros((len(texts), self.dims), dtype=np.float32)
        distinct: list[Tokens] = []
        for start in range(0, len(texts), _CHUNK):
            tokens = self._tokens([self._passage_prompt + text for text in texts[start : start + _CHUNK]])
            found[start : start + _CHUNK] = self._means(tokens)
            distinct += map(_different, tokens)
        return found, distinct

    def coverage(self, wanted: Sequence[str], held_by: Sequence[Tokens]) -> tuple[Vectors, Vectors]:
        """How much of each wanted phrase each text has, of which ``held_by`` gives the tokens (``read_passages``),
        shape (len(held_by), len(wanted)), and how much there is of each phrase.

        Each token of a phrase is looked for in the text by the token nearest to it (Khattab and Zaharia 2020), and
        counts by the length of its row, which training has made short for what tells nothing (の, 事業). A mean of
        rows, unlike this, drowns what only one word of many says.
        """
        looked_for = [_different(tokens) for tokens in self._tokens(wanted)]
        ids, places = _distinct(looked_for)
        rows = self._rows[ids].astype(np.float32)
        counts = np.zeros((len(ids), len(wanted)), dtype=np.float32)
        owners = np.repeat(np.arange(len(wanted)), [len(tokens) for tokens in looked_for])
        counts[places, owners] = np.linalg.norm(rows, axis=1)[places]
        best = np.zeros((len(held_by), len(ids)), dtype=np.float32)
        filled = np.flatnonzero([len(tokens) for tokens in held_by])
        if len(ids) and len(filled):
            held, places = _distinct(held_by)
            alike = unit_length(self._rows[held].astype(np.float32)) @ unit_length(rows).T
            alike[alike < LEAST_ALIKE] = 0.0
            starts = np.cumsum([0, *(len(held_by[number]) for number in filled[:-1])])
            best[filled] = np.maximum.reduceat(alike[places], starts, axis=0)
        return best @ counts, counts.sum(axis=0)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        cut = [_encodable(text[:LONGEST_TEXT]) for text in texts]
        return [entry.ids for entry in self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)]

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        found = np.zeros((len(texts), self.dims), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            found[start : start + _CHUNK] = self._means(
                self._tokens([prompt + text for text in texts[start : start + _CHUNK]])
            )
        return found

    def _means(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """The mean of the rows of each text's tokens, as a vector of length 1."""
        found = np.zeros((len(tokens), self.dims), dtype=np.float32)
        counts = np.array([len(ids) for ids in tokens])
        ids = np.fromiter(chain.from_iterable(tokens), dtype=np.intp, count=int(counts.sum()))
        if len(ids):
            filled = np.flatnonzero(counts)
            starts = np.concatenate(([0], np.cumsum(counts[filled])[:-1]))
            sums = np.add.reduceat(self._rows[ids].astype(np.float32), starts, axis=0)
            found[filled] = sums / counts[filled, None]
        return unit_length(found)


def _different(tokens: Sequence[int]) -> Tokens:
    """Each token once, in order."""
    return np.fromiter(dict.fromkeys(tokens), dtype=np.int32)


def _distinct(tokens: Sequence[Tokens]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The different tokens of all, and the place among them of each one in turn."""
    flat = np.concatenate(tokens) if tokens else np.empty(0, dtype=np.int32)
    found, places = np.unique(flat.astype(np.intp), return_inverse=True)
    return found, places


def unit_length(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a row of zeros, or one that holds no number, becomes all 0."""
    clean = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(clean, axis=1, keepdims=True)
    found: Vectors = np.divide(clean, lengths, out=np.zeros_like(clean), where=lengths > 0)
    return found


def _encodable(text: str) -> str:
    """``text`` with half surrogate pairs, which no tokenizer takes, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
