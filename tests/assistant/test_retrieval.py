"""What a draft sees beside it: passages of other measures about the same subject, never of a later year."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from assistant.retrieval import similar_passages, subject
from corpus.accounts import Actor
from corpus.database import make_engine, open_session, upgrade
from corpus.index.embedding import load_embedding
from corpus.index.vector import VectorIndex, drain_outbox, open_vector_index
from corpus.settings import Settings
from corpus.sheetfile import DirectionEntry, IndicatorEntry, MeasureName, ReadSheet, SheetFile
from corpus.store import save_sheet


def sheet(code: str, year: int, plan: str) -> SheetFile:
    return SheetFile(
        municipality="試験市",
        fiscal_year=year,
        measure=MeasureName(code=code, name=f"施策{code}"),
        purpose="市民が安心して暮らせるまちをつくる。",
        directions=[
            DirectionEntry(number=1, name="高齢者の見守り", purpose="高齢者が地域で孤立しないようにする。"),
            DirectionEntry(number=2, name="道路の維持", purpose="道路を安全に通れるようにする。"),
        ],
        indicators=[
            IndicatorEntry(id="1-ア", kind="outcome", direction=1, name="見守り訪問の件数", unit="件"),
            IndicatorEntry(id="2-ア", kind="outcome", direction=2, name="舗装が良好な道路の割合", unit="％"),
        ],
        sections={"7.1": plan, "5.1": "・高齢者の見守りが求められている。"},
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = make_engine(Settings(shisaku_home=tmp_path, database_url="", chroma_url=""))
    upgrade(engine)
    with open_session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    settings = Settings(_env_file=None, shisaku_home=tmp_path)
    opened = open_vector_index(settings, load_embedding(settings))
    yield opened
    opened.close()


def put(session: Session, *sheets: SheetFile) -> None:
    for entry in sheets:
        save_sheet(session, ReadSheet(sheet=entry), actor=Actor(id=None, name="試験"))
    session.commit()


OWN = sheet("01", 2023, "・高齢者の見守りの体制を整える。")
OTHERS = [
    sheet("02", 2022, "・高齢者の見守り訪問の件数を増やす。\n・道路の舗装を計画的に更新する。"),
    sheet("03", 2023, "・孤立した高齢者を地域で支える。\n・図書館を改修する。"),
    sheet("04", 2024, "・高齢者の見守りを令和8年度に見直す。"),
]


@pytest.mark.parametrize("with_meaning", [False, True])
def test_passages_of_the_direction_in_other_measures(session: Session, index: VectorIndex, with_meaning: bool) -> None:
    put(session, OWN, *OTHERS)
    drain_outbox(session, index)
    found = similar_passages(session, OWN, "7.1", 1, index=index if with_meaning else None)
    assert {passage.text for passage in found[:2]} == {
        "高齢者の見守り訪問の件数を増やす。",
        "孤立した高齢者を地域で支える。",
    }
    assert all(passage.section == "7.1" and passage.fiscal_year <= 2023 for passage in found)
    assert OWN.measure.name not in {passage.measure for passage in found}
    roads = similar_passages(session, OWN, "7.1", 2, index=index if with_meaning else None)
    assert roads[0].to_object() | {"score": 0, "sheet_id": 0} == {
        "sheet_id": 0,
        "measure": "施策02",
        "fiscal_year": 2022,
        "section": "7.1",
        "direction": None,
        "text": "道路の舗装を計画的に更新する。",
        "score": 0,
    }


def test_a_lone_measure_sees_its_earlier_years(session: Session) -> None:
    earlier = sheet("01", 2022, "・高齢者の見守り訪問を始める。")
    put(session, earlier, OWN, sheet("01", 2024, "・高齢者の見守りを続ける。"))
    found = similar_passages(session, OWN, "7.1", 1)
    assert [(passage.text, passage.fiscal_year) for passage in found] == [("高齢者の見守り訪問を始める。", 2022)]


def test_an_empty_database_gives_nothing(session: Session) -> None:
    assert similar_passages(session, OWN, "7.1", 1) == []


def test_an_unknown_section_is_refused(session: Session) -> None:
    with pytest.raises(KeyError):
        similar_passages(session, OWN, "9.9")


def test_subject_of_a_direction_and_of_the_whole() -> None:
    assert subject(OWN, 1) == "高齢者の見守り\n高齢者が地域で孤立しないようにする。\n見守り訪問の件数"
    whole = subject(OWN)
    assert whole.startswith("施策01\n高齢者の見守り\n道路の維持\n")
    assert subject(OWN, 9) == whole
