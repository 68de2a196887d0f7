"""How long a search takes beside a scan of the same passages with SQL LIKE, in the same run.

Run with ``pytest tests/bench/test_bench_search.py --benchmark-enable``; the figures go to ``extra_info``.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, or_, select

from corpus.database import make_engine, open_session, upgrade
from corpus.index.embedding import load_embedding
from corpus.index.passages import refresh_passages
from corpus.index.search import search
from corpus.index.vector import VectorIndex, drain_outbox, open_vector_index
from corpus.models import Measure, Passage, Revision, Section, Sheet
from corpus.settings import Settings
from corpus.tokens import content_words

WHO = ("高齢者", "子育て世帯", "しょうがいのある人", "若者", "商店主", "農家", "外国籍の市民", "生活困窮者", "民生委員")
WHAT = (
    "見守り",
    "相談窓口",
    "学習支援",
    "居住支援",
    "移動手段",
    "就労訓練",
    "防災訓練",
    "健康診査",
    "交流の場",
    "情報発信",
)
HOW = (
    "を拡充する",
    "を見直す",
    "の担い手を育てる",
    "を関係機関と連携して進める",
    "の周知を図る",
    "を検討した",
    "を実施した",
)
WHY = (
    "人口減少に伴い",
    "法改正を受け",
    "市民意識調査の結果から",
    "コロナ禍を経て",
    "財源の確保が難しい中で",
    "要望を受け",
)
SECTIONS = ("5.1", "5.4.done", "6.1.results", "6.1.issues", "7.1")
QUERIES = ("高齢者の見守りの担い手", "生活困窮者の居住支援", "農家の就労訓練を見直す", "外国籍の市民への情報発信")


@dataclass
class Filled:
    session: Session
    index: VectorIndex
    passages: int


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    settings = Settings(shisaku_home=tmp_path_factory.mktemp("bench") / Path("home"), database_url="", chroma_url="")
    engine = make_engine(settings)
    upgrade(engine)
    chance = random.Random(7)
    with open_session(engine) as session:
        for number in range(20):
            measure = Measure(identity=str(number), code=str(number), name=f"施策{number}")
            session.add(measure)
            session.flush()
            for year in range(2020, 2024):
                put_sheet(session, measure.id or 0, year, chance)
        index = open_vector_index(settings, load_embedding(settings))
        drain_outbox(session, index)
        session.commit()
        yield Filled(session, index, len(list(session.exec(select(Passage.id)))))
        index.close()
    engine.dispose()


def put_sheet(session: Session, measure_id: int, year: int, chance: random.Random) -> None:
    sheet = Sheet(measure_id=measure_id, fiscal_year=year, measure_name=f"施策{measure_id}")
    session.add(sheet)
    session.flush()
    for key in SECTIONS:
        parts = ([chance.choice(words) for words in (WHY, WHO, WHAT, HOW)] for _ in range(10))
        text = "\n".join(
            f"・{why}、{who}の{what}{how}（{chance.randint(2, 400)}件）。" for why, who, what, how in parts
        )
        section = Section(sheet_id=sheet.id or 0, key=key)
        session.add(section)
        session.flush()
        revision = Revision(section_id=section.id or 0, text=text, author_name="試験", origin="import")
        session.add(revision)
        session.flush()
        section.revision_id = revision.id
    refresh_passages(session, sheet.id or 0)


def scan(session: Session, query: str) -> list[str]:
    """The baseline: every passage that holds a word of the query, ranked by how many it holds."""
    words = content_words(query)
    found = session.exec(select(Passage.text).where(or_(*(col(Passage.text).contains(word) for word in words))))
    return sorted(set(found), key=lambda text: -sum(word in text for word in words))[:10]


def seconds(task: Callable[[], Any], rounds: int = 5) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize("source", ["lexical", "both"])
def test_search(filled: Filled, source: str, benchmark: Any) -> None:
    index = filled.index if source == "both" else None

    def ask() -> list[str]:
        return [search(filled.session, query, index=index)[0].text for query in QUERIES]

    best = benchmark(ask)
    baseline = seconds(lambda: [scan(filled.session, query) for query in QUERIES])
    benchmark.extra_info |= {
        "passages": filled.passages,
        "queries": len(QUERIES),
        "times_of_like_scan": round(seconds(ask) / baseline, 2),
    }
    for query, text in zip(QUERIES, best, strict=True):
        assert len(set(content_words(query)) & set(content_words(text))) >= 2


def test_saving_one_section(filled: Filled, benchmark: Any) -> None:
    """An edit of one item beside writing all passages of the sheet anew."""
    session = filled.session
    section = session.exec(select(Section)).first()
    assert section is not None
    counter = iter(range(10_000_000))

    def edit() -> None:
        text = f"・{next(counter)}回目の書き換えである。\n・ほかの項目はそのままである。"
        revision = Revision(section_id=section.id or 0, text=text, author_name="試験", origin="edit")
        session.add(revision)
        session.flush()
        section.revision_id = revision.id
        session.add(section)
        refresh_passages(session, section.sheet_id)

    benchmark(edit)
    assert session.exec(select(Passage).where(col(Passage.text).contains("回目の書き換え"))).first() is not None
