"""How well a search finds the right passages of the sample city, beside counting shared character bigrams.

Run with ``make bench``; MRR@10, recall@5, recall@10 and their ratios to the baseline of the same run go to
``extra_info``. Weights and factors of the search are chosen on the questions of odd number only; the even ones stand
apart as ``even_…``. The sets in ``questions`` are of writers who knew nothing of the search; rules have seen the answers
of ``first`` and ``second``, those of ``third`` and ``fourth`` were only counted.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.index.embedding import load_embedding
from corpus.index.passages import normalise
from corpus.index.search import search
from corpus.index.vector import VectorIndex, drain_outbox, open_vector_index
from corpus.models import Passage
from corpus.settings import Settings

BENCH = Path("tests") / "bench" / "questions"
QUESTIONS = {"sample": Path("corpus") / "sample" / "queries.tsv"} | {
    name: BENCH / f"{name}.tsv" for name in ("first", "second", "third", "fourth")
}
DEPTH, SHORT = 10, 5


@dataclass(frozen=True)
class Quality:
    """``recall``: share of the questions with a right passage in the first ten, ``recall_short`` in the first five;
    ``found``: share of the right passages in the first ten, of as many as ten can hold; all and ``mrr`` are means over
    the questions, 0 to 1.
    """

    mrr: float
    recall_short: float
    recall: float
    found: float


@pytest.fixture(scope="module", params=list(QUESTIONS))
def right(root: Path, request: pytest.FixtureRequest) -> dict[str, set[str]]:
    """Question -> its right passages, as the index sees them: a sentence kept over years is one."""
    passages: dict[str, set[str]] = defaultdict(set)
    with (root / QUESTIONS[request.param]).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            passages[row["query"]].add(normalise(row["passage"]))
    return dict(passages)


@pytest.fixture(scope="module")
def index(city: Settings, city_session: Session) -> Iterator[VectorIndex]:
    index = open_vector_index(city, load_embedding(city))
    drain_outbox(city_session, index)
    city_session.commit()
    yield index
    index.close()


@pytest.fixture(scope="module")
def baseline(city_session: Session, right: Mapping[str, set[str]]) -> Quality:
    """Every sentence of the city, ranked by how many of the question's character bigrams it holds; ties by length."""
    texts = sorted(
        {normalise(text) for text in city_session.exec(select(Passage.text))}, key=lambda text: (len(text), text)
    )
    held = {text: bigrams(text) for text in texts}

    def ask(question: str) -> list[str]:
        wanted = bigrams(normalise(question))
        return sorted(texts, key=lambda text: -len(wanted & held[text]))[:DEPTH]

    return quality({question: ask(question) for question in right}, right)


def bigrams(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def quality(answers: Mapping[str, list[str]], right: Mapping[str, set[str]]) -> Quality:
    first, share = [], []
    for question, wanted in right.items():
        ranks = [rank for rank, text in enumerate(answers[question], start=1) if text in wanted]
        first.append(1 / ranks[0] if ranks else 0.0)
        share.append(len(ranks) / min(DEPTH, len(wanted)))
    count = len(right)
    short = sum(rank >= 1 / SHORT for rank in first)
    return Quality(sum(first) / count, short / count, sum(rank > 0 for rank in first) / count, sum(share) / count)


@pytest.mark.parametrize("source", ["lexical", "both"])
def test_finding_the_right_passages(
    city_session: Session,
    index: VectorIndex,
    right: dict[str, set[str]],
    baseline: Quality,
    source: str,
    benchmark: Any,
) -> None:
    used = index if source == "both" else None

    def ask() -> dict[str, list[str]]:
        return {
            question: [normalise(hit.text) for hit in search(city_session, question, limit=DEPTH, index=used)]
            for question in right
        }

    answers = benchmark(ask)
    reached = quality(answers, right)
    even = quality(answers, dict(list(right.items())[1::2]))
    benchmark.extra_info |= {
        "questions": len(right),
        "right_passages": sum(map(len, right.values())),
        "mrr_at_10": round(reached.mrr, 3),
        "recall_at_5": round(reached.recall_short, 3),
        "recall_at_10": round(reached.recall, 3),
        "even_mrr_at_10": round(even.mrr, 3),
        "even_recall_at_5": round(even.recall_short, 3),
        "right_passages_found": round(reached.found, 3),
        "bigram_mrr_at_10": round(baseline.mrr, 3),
        "bigram_recall_at_5": round(baseline.recall_short, 3),
        "bigram_recall_at_10": round(baseline.recall, 3),
        "times_of_bigram_mrr": round(reached.mrr / baseline.mrr, 2),
        "times_of_bigram_recall": round(reached.recall / baseline.recall, 2),
    }
    assert reached.recall_short > baseline.recall_short
