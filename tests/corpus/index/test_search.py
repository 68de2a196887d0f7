"""Search over real SQLite and real Chroma: what is found, in which order, as which hits."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.index import candidates
from corpus.index.embedding import load_embedding
from corpus.index.search import Hit, Scope, search
from corpus.index.vector import VectorIndex, drain_outbox, open_vector_index
from corpus.models import Sheet
from corpus.settings import Settings

CARE = {
    "5.1": "・単身高齢者が増加し、住まいの確保が課題となっている。",
    "7.1": "①展開方向１「住まい」\n・居住の支援に関する計画を策定する。\n②展開方向２「見守り」\n・避難行動要支援者名簿を更新する。",
}
ROADS = {
    "7.1": "・道路の舗装を計画的に更新する。\n・橋りょうの点検を実施する。",
    "5.1": "・子供の通学路の安全が求められている。",
}
LIBRARY = {"7.1": "・図書館の開館時間を見直す。", "5.2": "・取り組みの周知を求める意見がある。"}


@pytest.fixture
def city(session: Session, put_sheet: Any) -> dict[str, int]:
    return {
        "care2022": put_sheet("12福祉", 2022, CARE),
        "care2023": put_sheet("12福祉", 2023, CARE),
        "roads2023": put_sheet("20道路", 2023, ROADS),
        "library2023": put_sheet("31図書館", 2023, LIBRARY),
    }


@pytest.fixture
def index(settings: Settings, session: Session, city: dict[str, int]) -> Iterator[VectorIndex]:
    opened = open_vector_index(settings, load_embedding(settings))
    drain_outbox(session, opened)
    session.commit()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("居住支援", "居住の支援に関する計画を策定する。"),
        ("子どもの通学", "子供の通学路の安全が求められている。"),
        ("取組", "取り組みの周知を求める意見がある。"),
        ("ﾄｼｮｶﾝ 図書館", "図書館の開館時間を見直す。"),
        ("橋の点検はどう書いたか", "橋りょうの点検を実施する。"),
        ("名簿　更新", "避難行動要支援者名簿を更新する。"),
    ],
)
@pytest.mark.parametrize("with_meaning", [False, True])
def test_finds(session: Session, index: VectorIndex, query: str, text: str, with_meaning: bool) -> None:
    hits = search(session, query, index=index if with_meaning else None)
    assert hits[0].text == text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_the_same_sentence_in_two_years_is_one_hit(session: Session, index: VectorIndex) -> None:
    hits = search(session, "避難行動要支援者名簿", index=index)
    assert hits[0].to_object() == {
        "code": "12",
        "measure": "12福祉",
        "fiscal_year": 2023,
        "years": [2022, 2023],
        "also": [{"code": "12", "measure": "12福祉", "fiscal_year": 2022}],
        "section": "7.1",
        "direction": 2,
        "text": "避難行動要支援者名簿を更新する。",
        "score": 1.0,
        "sources": ["lexical", "vector"],
    }
    assert len({hit.text for hit in hits}) == len(hits)


def places(hits: list[Hit]) -> set[tuple[str, int]]:
    return {(hit.measure, hit.fiscal_year) for hit in hits} | {
        (place.measure, place.fiscal_year) for hit in hits for place in hit.also
    }


def test_filters(session: Session, index: VectorIndex, city: dict[str, int]) -> None:
    query = "計画を更新する"
    assert {hit.section for hit in search(session, query, scope=Scope(section="7.1"), index=index)} == {"7.1"}
    assert ("12福祉", 2023) not in places(
        search(session, query, index=index, scope=Scope(exclude_sheet=city["care2023"]))
    )
    assert {year for _, year in places(search(session, query, index=index, scope=Scope(last_year=2022)))} == {2022}
    assert len(search(session, query, index=index, limit=1)) == 1
    assert search(session, query, index=index, limit=0) == []


@pytest.mark.parametrize("with_meaning", [False, True])
@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        (Scope(direction=2), {"避難行動要支援者名簿を更新する。"}),
        (Scope(section="7.1", direction=1), {"居住の支援に関する計画を策定する。"}),
        (Scope(section="7.1", division="道路課"), {"道路の舗装を計画的に更新する。", "橋りょうの点検を実施する。"}),
        (Scope(division="なし"), set()),
        (Scope(first_year=2023, section="5.1"), {CARE["5.1"][1:], ROADS["5.1"][1:]}),
        (Scope(last_year=2022, section="5.1"), {CARE["5.1"][1:]}),
        (Scope(first_year=2024), set()),
    ],
)
def test_a_scope_keeps_all_that_is_in_it_and_nothing_else(
    session: Session, index: VectorIndex, scope: Scope, kept: set[str], with_meaning: bool
) -> None:
    sheet = session.exec(select(Sheet).where(Sheet.measure_name == "20道路")).one()
    sheet.lead_division = "道路課"
    session.add(sheet)
    session.commit()
    # every passage shares a word with it
    query = "居住 名簿 計画 舗装 橋 点検 通学 高齢者 開館 周知"
    found = {hit.text for hit in search(session, query, scope=scope, index=index if with_meaning else None)}
    assert found == kept


@pytest.mark.parametrize("with_meaning", [False, True])
@pytest.mark.parametrize("limits", [{}, {"MOST_EXACT": 0}, {"MOST_EXACT": 0, "OVER_FETCH": 1}])
def test_however_few_are_left_by_a_scope(
    session: Session,
    index: VectorIndex,
    city: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
    limits: dict[str, int],
    with_meaning: bool,
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(candidates, name, value)
    scope = Scope(section="7.1", first_year=2023, exclude_sheet=city["care2023"])
    hits = search(session, "道路の舗装の更新", scope=scope, index=index if with_meaning else None)
    assert hits[0].text == "道路の舗装を計画的に更新する。"
    assert {hit.section for hit in hits} == {"7.1"}
    assert "12福祉" not in {measure for measure, _ in places(hits)}


def test_variants_of_other_years_are_folded_into_the_best(session: Session, put_sheet: Any) -> None:
    ids = [
        put_sheet("12福祉", year, {"5.1": f"・見守りの協力事業者は{year - 1960}者である。"})
        for year in (2021, 2022, 2023)
    ]
    (hit,) = search(session, "見守りの協力事業者")
    assert hit.years == (2021, 2022, 2023)
    assert {hit.sheet_id} | {place.sheet_id for place in hit.also} == set(ids)
    (hit,) = search(session, "令和4年度の見守りの協力事業者")
    assert (hit.fiscal_year, hit.text) == (2022, "見守りの協力事業者は62者である。")
    assert [place.fiscal_year for place in hit.also] == [2023, 2021]


def test_a_hint_prefers_its_section_and_excludes_none(session: Session, put_sheet: Any) -> None:
    issues = "・見守りの担い手が不足している地区がある。"
    put_sheet("12福祉", 2023, {"5.1": "・見守りの担い手が不足している。\n・道路の担い手を募る。", "6.1.issues": issues})
    assert [hit.section for hit in search(session, "見守りの担い手の不足")] == ["5.1", "6.1.issues", "5.1"]
    assert [hit.section for hit in search(session, "見守りの担い手の不足の課題")] == ["6.1.issues", "5.1", "5.1"]


def test_a_hit_shows_its_words_and_whether_it_is_weak(session: Session, index: VectorIndex) -> None:
    hit = search(session, "名簿の更新", index=index)[0]
    assert [hit.text[start:end] for start, end in hit.spans] == ["名簿", "更新"]
    assert not hit.weak
    assert hit.ranks["lexical"] == 1
    assert all(found.weak for found in search(session, "カレーの作り方と隠し味", index=index))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   \n",
        "！？・。「」",
        '"',
        'a" OR tokens MATCH "b',
        "NEAR(名簿 更新)",
        "tokens:名簿*",
        "名簿 AND NOT (更新",
        "\0名簿",
        "🙂",
        "の",
        "計画" * 5_000,
        "あ" * 10_000,
        "x" * 10_000,
        "\udcff名簿",
    ],
)
def test_no_query_raises(session: Session, index: VectorIndex, query: str) -> None:
    found = search(session, query, index=index)
    assert (found == []) or any(sign.isalnum() for sign in query)


def test_syntax_in_a_query_is_only_words(session: Session, city: dict[str, int]) -> None:
    assert search(session, '名簿" NOT "更新')[0].text == "避難行動要支援者名簿を更新する。"


def test_a_failing_index_leaves_the_words(
    session: Session, index: VectorIndex, caplog: pytest.LogCaptureFixture
) -> None:
    index.close()
    with caplog.at_level(logging.WARNING):
        hits = search(session, "名簿の更新", index=index)
    assert hits[0].text == "避難行動要支援者名簿を更新する。"
    assert hits[0].sources == ("lexical",)
    assert "shisaku reindex" in caplog.text
