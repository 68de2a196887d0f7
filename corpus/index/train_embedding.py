"""Train the bundled embedding model: ``python -m corpus.index.train_embedding --data DIR --out DIR [--seed 0]``.

The data are national programme reviews, CC BY 4.0: ``judgit-2019.jsonl.gz`` … ``judgit-2021.jsonl.gz`` and
``judgit-text-2015-2018.jsonl.gz``. What comes out is a sentence-transformers folder of one ``StaticEmbedding``: a row
of numbers a token, a text being the mean of its rows. In four steps:

1. a vocabulary (Unigram) from the texts, cut where the script changes, each number being one ``0``;
2. rows to start from: latent semantic analysis, a rare token weighing more (its inverse document frequency);
3. pairs of texts of one programme (its name, purpose, overview, outcomes, of any year, or one part of them against the
   rest) are drawn together and pushed from the other programmes of a batch, some batches being of one ministry;
4. rows as float16, and a model card that says from what and how they came.

The same data, seed, thread count and library versions give the same model. Needs the extra ``embedding`` (torch).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus.index.training_texts import Programme, data_digest, read_programmes, sentences

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Tokens = npt.NDArray[np.int64]
Rows = npt.NDArray[np.float32]
Pair = tuple[Tokens, Tokens]

_UNKNOWN = "[UNK]"
_APART = r"[\s\p{P}\p{S}]+"
_ONE_SCRIPT = r"[\p{Han}々]+|[\p{Katakana}ー]+|[a-z]+|[0-9]+"
_LONGEST_TOKEN = 12
_SMALLEST_MINISTRY = 150
"""Programmes a ministry needs for batches of its own."""
_FIELD_PAIRS = (
    ("name", "purpose", 0.20),
    ("name", "overview", 0.20),
    ("name", "outcomes", 0.15),
    ("purpose", "overview", 0.22),
    ("purpose", "outcomes", 0.13),
    ("overview", "outcomes", 0.10),
)
"""Which fields are drawn as a pair, and how often."""


@dataclass(frozen=True)
class Recipe:
    """What the model is made with; chosen on the first half of the queries of tests/bench/retrieval.py."""

    seed: int = 0
    vocabulary: int = 32_768
    dims: int = 384
    epochs: float = 12.0
    batch: int = 1024
    rate: float = 0.02
    scale: float = 12.0
    one_ministry: float = 0.2
    """Share of batches drawn from one ministry: its other programmes are the hard negatives."""
    cloze: float = 0.2
    """Share of pairs that are some sentences of a programme against its other sentences."""
    random_share: float = 0.5
    """How much of a first row is random: it keeps words apart that the data use alike."""
    hardness: float = 8.0
    """How much more a negative weighs the more it looks like the right one (Lan et al. 2025)."""
    threads: int = 1


@dataclass(frozen=True)
class Tokenized:
    """A programme's sentences as token ids, by field."""

    name: list[Tokens]
    purpose: list[Tokens]
    overview: list[Tokens]
    outcomes: list[Tokens]

    def sentences(self, field: str) -> list[Tokens]:
        """The sentences of ``name``, ``purpose``, ``overview`` or ``outcomes``."""
        found: list[Tokens] = getattr(self, field)
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the data, train, write the folder."""
    parser = argparse.ArgumentParser(prog="python -m corpus.index.train_embedding", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the judgit files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model, made if missing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--measured", type=Path, help="Markdown with measured scores, put into the model card")
    options = parser.parse_args(arguments)
    recipe = Recipe(seed=options.seed)
    programmes = read_programmes(options.data)
    tokenizer = train_tokenizer(programmes, recipe.vocabulary)
    rows = train_rows(programmes, tokenizer, recipe)
    save(rows, tokenizer, options.out)
    measured = options.measured.read_text("utf-8") if options.measured else ""
    card = model_card(recipe, data_digest(options.data), len(programmes), rows.shape, measured)
    (options.out / "README.md").write_text(card, "utf-8")


def train_tokenizer(programmes: Iterable[Programme], size: int) -> "Tokenizer":
    """A Unigram tokenizer of ``size`` tokens: NFKC, lower case, a number is 「0」, marks are dropped."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    texts = {text for each in programmes for text in (each.name, each.purpose, each.overview, *each.outcomes)}
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex("[0-9]+"), "0")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(_APART), "removed"), pre_tokenizers.Split(Regex(_ONE_SCRIPT), "isolated")]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        special_tokens=[_UNKNOWN],
        unk_token=_UNKNOWN,
        max_piece_length=_LONGEST_TOKEN,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sorted(texts - {""}), trainer)
    return _settled(tokenizer)


def _settled(tokenizer: "Tokenizer") -> "Tokenizer":
    """The tokenizer without what differs from run to run.

    That is the last digits of a score, and the scores of characters that are kept though rare, which the trainer
    hands out below all others in no fixed order.
    """
    from tokenizers import Tokenizer

    state = json.loads(tokenizer.to_str())
    unknown, *learned = state["model"]["vocab"]
    lowest = min(score for piece, score in learned if len(piece) > 1)
    scored = ((piece, round(max(score, lowest), 6)) for piece, score in learned)
    state["model"]["vocab"] = [unknown, *sorted(scored, key=lambda entry: (-entry[1], entry[0]))]
    return Tokenizer.from_str(json.dumps(state))


def train_rows(programmes: Sequence[Programme], tokenizer: "Tokenizer", recipe: Recipe) -> Rows:
    """One row a token, shape (vocabulary, dims)."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    random = np.random.default_rng(recipe.seed)
    tokenized = [tokenize(programme, tokenizer) for programme in programmes]
    first = first_rows(tokenized, tokenizer.get_vocab_size(), recipe, random)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=first)], device="cpu")
    loss = MultipleNegativesRankingLoss(
        model,
        scale=recipe.scale,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
        hardness_mode="in_batch_negatives",
        hardness_strength=recipe.hardness,
    )
    steps = round(recipe.epochs * len(programmes) / recipe.batch)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    labels = torch.empty(0)
    for step, pairs in enumerate(batches(programmes, tokenized, steps, recipe, random), 1):
        optimizer.zero_grad()
        value = loss([_features(first for first, _ in pairs), _features(second for _, second in pairs)], labels)
        value.backward()
        optimizer.step()
        schedule.step()
        if step % 50 == 0 or step == steps:
            print(f"step {step}/{steps}  loss {value.item():.3f}", flush=True)
    rows: Rows = model[0].embedding.weight.detach().numpy()
    return rows


def _rate(step: int, steps: int) -> float:
    """Up during the first twentieth of the steps, then down in a line."""
    return float(min(1.0, (step + 1) / max(1, steps // 20)) * max(0.02, 1 - step / steps))


def _features(texts: Iterable[Tokens]) -> "dict[str, torch.Tensor]":
    import torch

    listed = list(texts)
    starts = np.cumsum([0, *map(len, listed[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(listed)), "offsets": torch.from_numpy(starts)}


def tokenize(programme: Programme, tokenizer: "Tokenizer") -> Tokenized:
    """The programme's sentences as token ids; a sentence without a token is left out."""

    def ids(texts: Sequence[str]) -> list[Tokens]:
        encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [np.array(entry.ids, dtype=np.int64) for entry in encoded if entry.ids]

    return Tokenized(
        name=ids([programme.name]),
        purpose=ids(sentences(programme.purpose)),
        overview=ids(sentences(programme.overview)),
        outcomes=ids(programme.outcomes),
    )


def first_rows(tokenized: Sequence[Tokenized], size: int, recipe: Recipe, random: np.random.Generator) -> Rows:
    """Where training starts: a token's place in the singular vectors of the programmes' tf-idf, mixed with chance.

    A row's length is the token's inverse document frequency, so that a mean of rows is about the rare words.
    """
    import torch

    texts = [_joined([*each.name, *each.purpose, *each.overview, *each.outcomes]) for each in tokenized]
    counted = [np.unique(text, return_counts=True) for text in texts]
    columns = np.concatenate([tokens for tokens, _ in counted])
    lines = np.repeat(np.arange(len(texts)), [len(tokens) for tokens, _ in counted])
    frequency = np.log((1 + len(texts)) / (1 + np.bincount(columns, minlength=size)))
    weights = np.log1p(np.concatenate([counts for _, counts in counted])) * frequency[columns]
    lengths = np.sqrt(np.bincount(lines, weights**2, minlength=len(texts)))
    weights = weights / np.maximum(lengths[lines], 1e-9)
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([columns, lines])),
        torch.from_numpy(weights.astype(np.float32)),
        (size, len(texts)),
        check_invariants=True,
    ).coalesce()
    left, strength, _ = torch.svd_lowrank(matrix, q=recipe.dims, niter=3)
    meaning = _unit((left * strength.sqrt()).numpy())
    chance = random.standard_normal((size, recipe.dims)) / np.sqrt(recipe.dims)
    mixed = _unit((1 - recipe.random_share) * meaning + recipe.random_share * chance)
    weight = np.maximum(frequency, 0.05)
    rows: Rows = (mixed * (weight / weight.mean())[:, None]).astype(np.float32)
    return rows


def _unit(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    scaled: npt.NDArray[Any] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled


def _joined(sentences: Sequence[Tokens]) -> Tokens:
    return np.concatenate(sentences) if sentences else np.zeros(0, dtype=np.int64)


def batches(
    programmes: Sequence[Programme],
    tokenized: Sequence[Tokenized],
    steps: int,
    recipe: Recipe,
    random: np.random.Generator,
) -> Iterator[list[Pair]]:
    """``steps`` lists of pairs; a programme is in a list at most once, so that all others are its negatives."""
    versions: dict[str, list[Tokenized]] = defaultdict(list)
    ministry_of: dict[str, str] = {}
    for programme, tokens in zip(programmes, tokenized, strict=True):
        versions[programme.key].append(tokens)
        ministry_of[programme.key] = ministry_of.get(programme.key) or programme.ministry
    groups = list(versions.values())
    shares = np.sqrt([len(group) for group in groups])
    members: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(versions):
        members[ministry_of[key]].append(number)
    pools = [np.array(pool) for pool in members.values() if len(pool) >= _SMALLEST_MINISTRY]
    pool_shares = _shares(np.array([shares[pool].sum() for pool in pools]))
    everything = np.arange(len(groups))
    for _ in range(steps):
        one = random.random() < recipe.one_ministry
        pool = pools[int(random.choice(len(pools), p=pool_shares))] if one else everything
        drawn = random.choice(pool, min(recipe.batch, len(pool)), replace=False, p=_shares(shares[pool]))
        pairs = (draw_pair(groups[number], recipe.cloze, random) for number in drawn)
        yield [(first, second) for first, second in pairs if len(first) and len(second)]


def _shares(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


def draw_pair(versions: Sequence[Tokenized], cloze: float, random: np.random.Generator) -> Pair:
    """Two texts of one programme, the second from any of its years; a side may be empty."""
    own = versions[int(random.integers(len(versions)))]
    other = versions[int(random.integers(len(versions)))]
    sentences = own.purpose + own.overview
    if len(sentences) > 1 and random.random() < cloze:
        taken = set(random.choice(len(sentences), int(random.integers(1, len(sentences) // 2 + 1)), replace=False))
        parts = ([each for n, each in enumerate(sentences) if (n in taken) is side] for side in (True, False))
        return _joined(next(parts)), _joined(next(parts))
    choice = random.choice(len(_FIELD_PAIRS), p=[share for *_, share in _FIELD_PAIRS])
    first, second, _ = _FIELD_PAIRS[int(choice)]
    return _joined(own.sentences(first)), _joined(other.sentences(second))


def save(rows: Rows, tokenizer: "Tokenizer", folder: Path) -> None:
    """Write the sentence-transformers folder with the rows as float16."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=rows.astype(np.float16))
    model = SentenceTransformer(modules=[module], device="cpu", similarity_fn_name="cosine")
    model.save(str(folder), create_model_card=False)
    for path in folder.glob("*.safetensors"):
        path.chmod(0o644)  # written for the owner alone


def model_card(recipe: Recipe, digest: str, programmes: int, shape: tuple[int, ...], measured: str) -> str:
    """The README.md of the folder, in English and Japanese."""
    settings = "\n".join(f"| {name} | {value} |" for name, value in asdict(recipe).items())
    scores = f"\n## Measured / 測定\n{measured.strip()}\n" if measured else ""
    return f"""---
language: ja
license: cc-by-4.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, static-embedding, sentence-similarity]
---
# shisaku-static-ja

A static embedding model for Japanese evaluation sheets of public programmes: {shape[0]:,} tokens of {shape[1]}
dimensions, float16. A text is the mean of its tokens' rows, scaled to length 1. Read by tokenizers and numpy alone,
or by `SentenceTransformer(folder)`; compare by cosine. Queries and passages take no prefix. All numbers are alike to
it: find them by words.

日本の行政評価シートの検索用に学習した静的埋め込みモデルです（{shape[0]:,} 語、{shape[1]} 次元、float16）。
文のベクトルは、トークンの行の平均を長さ1にしたものです。数値の違いは区別しません。接頭辞は要りません。

## Training / 学習
```
python -m corpus.index.train_embedding --data DIR --out DIR --seed {recipe.seed}
```
{programmes:,} national programme reviews of fiscal years 2015 to 2021 (国の行政事業レビューシート).
Pairs are texts of one programme (name, purpose, overview, outcomes; sentences against the rest), the others of the
batch are the negatives (MultipleNegativesRankingLoss, both ways). The rows start from latent semantic analysis.

SHA-256 of the unpacked data / データの SHA-256: `{digest}`

| setting | value |
| --- | --- |
{settings}
{scores}
## Credit / 出典
「行政事業レビューシート」（内閣官房・各府省庁）, via 行政事業レビューシートLOD (JUDGIT!, github.com/judgit/data),
CC BY 4.0; selected, reshaped, and turned into this model (選択・加工して学習に使用). The model is CC BY 4.0 as well.
"""


if __name__ == "__main__":
    main()
