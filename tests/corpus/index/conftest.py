"""A real database with sheets of invented texts, made by the functions that the program uses."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlmodel import Session, select

from corpus.database import make_engine, open_session, upgrade
from corpus.index.embedding import Embedding, load_embedding
from corpus.index.passages import refresh_passages
from corpus.models import Measure, Revision, Section, Sheet
from corpus.settings import Settings
from tests.corpus.index.models import make_static_model

PutSheet = Callable[..., int]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(shisaku_home=tmp_path, database_url="", chroma_url="", embedding_model="")


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny static model: texts that share signs are near."""
    return make_static_model(tmp_path_factory.mktemp("models") / "Tiny Model")


@pytest.fixture(scope="session")
def embedding(model: Path) -> Embedding:
    return load_embedding(Settings(_env_file=None, embedding_model=str(model)))


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    engine = make_engine(settings)
    upgrade(engine)
    with open_session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def put_sheet(session: Session) -> PutSheet:
    """Write texts into a sheet (made at the first time), as saving sections does; gives its id."""

    def put(measure: str, year: int, sections: Mapping[str, str]) -> int:
        row = session.exec(select(Measure).where(Measure.identity == measure)).first()
        if row is None:
            row = Measure(identity=measure, code=measure[:2], name=measure)
            session.add(row)
            session.flush()
        sheet = session.exec(select(Sheet).where(Sheet.measure_id == row.id, Sheet.fiscal_year == year)).first()
        if sheet is None:
            sheet = Sheet(measure_id=row.id or 0, fiscal_year=year, measure_name=measure)
            session.add(sheet)
            session.flush()
        for key, text in sections.items():
            section = session.exec(select(Section).where(Section.sheet_id == sheet.id, Section.key == key)).first()
            if section is None:
                section = Section(sheet_id=sheet.id or 0, key=key)
                session.add(section)
                session.flush()
            revision = Revision(section_id=section.id or 0, text=text, author_name="試験", origin="edit")
            session.add(revision)
            session.flush()
            section.revision_id = revision.id
            session.add(section)
        refresh_passages(session, sheet.id or 0)
        session.commit()
        return sheet.id or 0

    return put
