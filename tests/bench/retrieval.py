"""How well and how fast the search finds, beside BM25 (``python tests/bench/retrieval.py quality|build|measure``).

``quality`` needs ../shared/data: documents are the ``current_issues`` of rs-2024, queries 1,000 rows of rs-2025 whose
(ministry, name) matches exactly one of them, shuffled with seed 0; that row is the one right answer. T1 asks with the
``purpose``, T2 with the ``name``. Weights were chosen on the first 500 queries; the others are the measure.
``build`` fills a database of a size with varied sentences and leaves ``queries.json`` beside it; ``measure`` asks it
from a fresh process that has read nothing else, as a server: first query, queries, memory and disk.
"""

import argparse
import gzip
import json
import math
import random
import re
import resource
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlmodel import Session

from corpus.database import make_engine, open_session, upgrade
from corpus.form import SECTION_KEYS
from corpus.index.embedding import load_embedding
from corpus.index.lazy import LazyIndex
from corpus.index.lexical import lexical_index
from corpus.index.passages import text_hash
from corpus.index.search import Hit, Scope, search
from corpus.index.vector import VectorIndex, drain_outbox, open_vector_index
from corpus.models import IndexTask, Measure, Passage, Sheet
from corpus.settings import Settings
from corpus.tokens import content_words

DATA = Path(__file__).parents[3] / "shared" / "data"
DEPTH = 10
QUERIES, SEED = 1_000, 0
ASKED = "queries.json"
PASSAGES_A_SHEET, YEARS = 60, 10
"""Of an invented city: sentences a sheet, and sheets a measure."""


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def task() -> tuple[list[str], list[dict[str, Any]], list[int]]:
    """The documents, the rows that ask, and the number of the right document of each."""
    found = [row for row in rows("rs-2024") if row.get("current_issues")]
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(found):
        by_name[row["ministry"], row["name"]].append(number)
    asked = [(row, by_name[row["ministry"], row["name"]]) for row in rows("rs-2025")]
    asked = [(row, numbers) for row, numbers in asked if len(numbers) == 1]
    random.Random(SEED).shuffle(asked)
    asked = asked[:QUERIES]
    return [row["current_issues"] for row in found], [row for row, _ in asked], [numbers[0] for _, numbers in asked]


def fill(session: Session, sheets: Sequence[tuple[str, int, Sequence[tuple[str, str]]]]) -> None:
    """Store sheets as (measure, fiscal year, [(section, text)]) with their passages and words. Commits."""
    measures: dict[str, int] = {}
    lexical = lexical_index(session)
    for number, (code, year, texts) in enumerate(sheets):
        if code not in measures:
            measure = Measure(identity=code, code=code, name=f"施策{code}")
            session.add(measure)
            session.flush()
            measures[code] = measure.id or 0
        sheet = Sheet(
            measure_id=measures[code],
            fiscal_year=year,
            measure_name=f"施策{code}",
            lead_division=f"第{measures[code] % 20}課",
        )
        session.add(sheet)
        session.flush()
        passages = [
            Passage(
                sheet_id=sheet.id or 0,
                section_key=section,
                direction=place % 3 + 1,
                position=place,
                text=text,
                text_hash=text_hash(text),
            )
            for place, (section, text) in enumerate(texts)
        ]
        session.add_all(passages)
        session.flush()
        lexical.put(session, passages)
        session.add(IndexTask(sheet_id=sheet.id or 0))
        if number % 200 == 199:
            session.commit()
    session.commit()


class Bm25:
    """BM25 (k1 1.5, b 0.75) over words that ``read`` gives: what our system stands beside."""

    def __init__(self, texts: Sequence[str], read: Callable[[str], list[str]]) -> None:
        self._read = read
        counted = [Counter(read(text)) for text in texts]
        lengths = [sum(words.values()) for words in counted]
        mean = sum(lengths) / len(lengths)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, words in enumerate(counted):
            for word, times in words.items():
                weight = times * 2.5 / (times + 1.5 * (0.25 + 0.75 * lengths[number] / mean))
                self._postings[word].append((number, weight))
        self._count = len(texts)

    def best(self, query: str) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for word in set(self._read(query)):
            held = self._postings.get(word, ())
            rarity = math.log(1 + (self._count - len(held) + 0.5) / (len(held) + 0.5))
            for number, weight in held:
                scores[number] += rarity * weight
        return sorted(scores, key=lambda number: (-scores[number], number))[:DEPTH]


def bigrams(text: str) -> list[str]:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())
    return [plain[place : place + 2] for place in range(len(plain) - 1)]


def reciprocal(answers: Sequence[int], right: int) -> float:
    return 1 / (answers.index(right) + 1) if right in answers else 0.0


def halves(values: Sequence[float]) -> str:
    half = len(values) // 2
    parts = values[:half], values[half:], values
    return "  ".join(f"{statistics.fmean(part):.3f}" for part in parts)


def documents_of(hits: Sequence[Hit]) -> list[int]:
    """The documents of hits, best first; folded ones behind the one that stands for them."""
    places = [code for hit in hits for code in (hit.code, *(place.code for place in hit.also))]
    return [int(code) for code in dict.fromkeys(places) if code is not None][:DEPTH]


def quality(home: Path) -> None:
    """Print MRR@10 of T1 and T2 for the first half of the queries, the second, and all."""
    documents, asking, right = task()
    settings = Settings(_env_file=None, shisaku_home=home)
    engine = make_engine(settings)
    upgrade(engine)
    with open_session(engine) as session:
        fill(session, [(str(number), 2024, [("5.1", text)]) for number, text in enumerate(documents)])
        index = open_vector_index(settings, load_embedding(settings))
        drain_outbox(session, index)
        session.commit()
        systems: dict[str, Callable[[str], list[int]]] = {
            "BM25, Sudachi words": Bm25(documents, content_words).best,
            "BM25, bigrams": Bm25(documents, bigrams).best,
            "ours, words only": lambda query: documents_of(search(session, query, limit=DEPTH)),
            "ours, meaning only": lambda query: nearest_documents(index, hashes, query),
            "ours": lambda query: documents_of(search(session, query, limit=DEPTH, index=index)),
        }
        hashes: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(documents):
            hashes[text_hash(text)].append(number)
        print(f"{len(documents)} documents, {len(asking)} queries; MRR@10: first half, second half, all")
        print(f"{'':22}{'T1 (purpose)':28}{'T2 (name)':28}ms a query (median, p95; T1, T2)")
        for name, best in systems.items():
            scores, times = [], []
            for field in ("purpose", "name"):
                found = [timed(best, row[field] or "") for row in asking]
                scores.append([reciprocal(answers, wanted) for (answers, _), wanted in zip(found, right, strict=True)])
                times.append(milliseconds([seconds for _, seconds in found]))
            print(f"{name:22}{halves(scores[0]):28}{halves(scores[1]):28}{times[0]}; {times[1]}")
        index.close()
    engine.dispose()


def nearest_documents(index: VectorIndex, hashes: dict[str, list[int]], query: str) -> list[int]:
    return [number for name, _ in index.nearest(index.vector_of(query), DEPTH) for number in hashes[name]][:DEPTH]


def timed(ask: Callable[[str], Any], query: str) -> tuple[Any, float]:
    start = time.perf_counter()
    answer = ask(query)
    return answer, time.perf_counter() - start


def milliseconds(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}, {statistics.quantiles(seconds, n=20)[-1] * 1000:.1f}"


def sentences(count: int) -> Iterator[str]:
    """Different sentences of the judgit files, told again with other figures when they run out."""
    told = [
        sentence.strip() + "。"
        for name in ("judgit-2019", "judgit-2020", "judgit-2021")
        for row in rows(name)
        for field in ("purpose", "overview")
        for sentence in (row.get(field) or "").replace("\n", "").split("。")
        if 15 <= len(sentence) <= 200
    ]
    told = list(dict.fromkeys(told))
    chance = random.Random(SEED)
    for number in range(count):
        sentence = told[number % len(told)]
        if number >= len(told):
            other = told[chance.randrange(len(told))]
            half = len(sentence) // 2
            sentence = sentence[:half] + other[len(other) // 2 :]
        yield sentence


def city(texts: Sequence[str]) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Sheets of ``PASSAGES_A_SHEET`` sentences, ``YEARS`` a measure."""
    made = []
    for number, start in enumerate(range(0, len(texts), PASSAGES_A_SHEET)):
        part = texts[start : start + PASSAGES_A_SHEET]
        placed = [
            (SECTION_KEYS[place * len(SECTION_KEYS) // PASSAGES_A_SHEET], text) for place, text in enumerate(part)
        ]
        made.append((str(number // YEARS), 2015 + number % YEARS, placed))
    return made


def resident() -> float:
    """Resident memory of this process in MB (Linux; elsewhere its peak)."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
        return int(found.group(1)) / 1024 if found else 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def build(home: Path, count: int) -> None:
    """Make the database and index of a size in ``home``, and print how fast."""
    settings = Settings(_env_file=None, shisaku_home=home)
    engine = make_engine(settings)
    upgrade(engine)
    texts = list(sentences(count))
    made = city(texts)
    chance = random.Random(1)
    sampled = chance.sample(texts[:50_000], min(300, len(texts)))
    (home / ASKED).write_text(json.dumps([text[: chance.randrange(8, 40)] for text in sampled], ensure_ascii=False))
    with open_session(engine) as session:
        start = time.perf_counter()
        fill(session, made)
        stored = time.perf_counter()
        embedding = load_embedding(settings)
        index = open_vector_index(settings, embedding)
        drain_outbox(session, index)
        session.commit()
        done = time.perf_counter()
        index.close()
    begun = time.process_time()
    embedding.encode_passages(texts[:10_000])
    embedded = len(texts[:10_000]) / (time.process_time() - begun)
    engine.dispose()
    folders = ", ".join(
        f"{path.name} {disk(path) if path.is_dir() else path.stat().st_size / 1e6:.0f} MB"
        for path in sorted(home.iterdir())
    )
    print(f"{count} passages: embedding alone {embedded:.0f}/s of one core's time")
    print(f"  words {count / (stored - start):.0f}/s, vectors {count / (done - stored):.0f}/s,"
          f" together {count / (done - start):.0f}/s; {folders}")  # fmt: skip


def measure(home: Path) -> None:
    """Query the index in ``home`` from a fresh process: first query, p50 and p95 with and without filters, memory."""
    settings = Settings(_env_file=None, shisaku_home=home)
    asked = json.loads((home / ASKED).read_text())
    begun = time.perf_counter()
    engine = make_engine(settings)
    lazy = LazyIndex(settings, engine)
    with open_session(engine) as session:
        index = lazy.get()
        search(session, asked[0], index=index)
        print(f"  first query after start {time.perf_counter() - begun:.2f} s; resident memory {resident():.0f} MB")
        # the first queries are answered from the kept vectors; what follows measures Chroma
        while lazy.state().kind != "ready":
            time.sleep(0.05)
        index = lazy.get()
        print(f"  resident memory with Chroma opened {resident():.0f} MB")
        scopes = {
            "no filter": lambda place: Scope(),
            "section": lambda place: Scope(section=SECTION_KEYS[place % 10]),
            "division": lambda place: Scope(division=f"第{place % 20}課"),
            "direction": lambda place: Scope(direction=1 + place % 3),
            "years": lambda place: Scope(first_year=2020, last_year=2022),
            "section, years": lambda place: Scope(section=SECTION_KEYS[place % 10], first_year=2020, last_year=2022),
            "section, division": lambda place: Scope(section=SECTION_KEYS[place % 10], division=f"第{place % 20}課"),
            "direction, measure": lambda place: Scope(direction=1, measure=1 + place % 4),
            "all but one measure": lambda place: Scope(exclude_measure=1 + place % 4),
        }
        for name, scope in scopes.items():
            begun = time.process_time()
            times = [
                timed(partial(search, session, scope=scope(place), index=index), query)[1]
                for place, query in enumerate(asked)
            ]
            computed = (time.process_time() - begun) / len(asked) * 1000
            print(f"  {name:22} median, p95 in ms: {milliseconds(times)}; of both cores' time {computed:.1f}")
        print(f"  resident memory {resident():.0f} MB; torch imported: {'torch' in sys.modules}")
    lazy.close()
    engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["quality", "build", "measure"])
    parser.add_argument("--size", type=int, default=5_000)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = given.home or Path(made)
        home.mkdir(parents=True, exist_ok=True)
        if given.what == "quality":
            quality(home)
        elif given.what == "build":
            build(home, given.size)
        else:
            measure(home)


if __name__ == "__main__":
    main()
