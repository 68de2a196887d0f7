"""The migrations make exactly the tables that the models declare, from the first on."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from corpus.database import make_engine, open_session, schema_version, upgrade
from corpus.index.asked import asked
from corpus.index.lexical import Fts5Index
from corpus.index.scope import Scope
from corpus.models import Draft, Sheet
from corpus.settings import Settings

FIRST = "0001"


def test_the_tables_are_those_of_the_models(settings: Settings) -> None:
    engine = make_engine(settings)
    assert schema_version(engine) is None
    upgrade(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    words = [entry for entry in differences if "passage_fts" not in str(entry)]
    assert words == []


def test_up_from_the_first_keeps_rows(settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine, FIRST)
    assert schema_version(engine) == FIRST
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO measure (identity, name) VALUES ('|name:福祉', '福祉')")
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM measure").scalar_one() == "福祉"


def test_passages_of_an_older_database_are_found(settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO measure (id, identity, name) VALUES (1, '|name:福祉', '福祉')")
        connection.exec_driver_sql(
            "INSERT INTO sheet (id, measure_id, fiscal_year, measure_name, related_divisions, created_at, updated_at)"
            " VALUES (1, 1, 2023, '福祉', '[]', '2024-04-01', '2024-04-01')"
        )
        for number, line in enumerate(("居住支援を進める。", "道路を直す。"), start=1):
            connection.exec_driver_sql(
                "INSERT INTO passage (id, sheet_id, section_key, position, text, text_hash) VALUES (?, 1, '7.1', ?, ?, ?)",
                (number, number, line, str(number)),
            )
    upgrade(engine)
    with open_session(engine) as session:
        assert [
            hit.passage_id for hit in Fts5Index().find(session, asked(session, "居住の支援"), 5, Scope(section="7.1"))
        ] == [1]


def test_sheets_and_drafts_of_an_older_database_are_as_they_were(settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine, "0003")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO measure (id, identity, name) VALUES (1, '|name:福祉', '福祉')")
        connection.exec_driver_sql(
            "INSERT INTO sheet (id, measure_id, fiscal_year, measure_name, related_divisions, created_at, updated_at)"
            " VALUES (1, 1, 2023, '福祉', '[]', '2024-04-01', '2024-04-01')"
        )
        connection.exec_driver_sql(
            "INSERT INTO draft (id, sheet_id, section_key, text_offset, model, created_at)"
            " VALUES (1, 1, '7.1', 0, 'composer', '2024-04-01')"
        )
    upgrade(engine)
    with open_session(engine) as session:
        sheet, draft = session.get_one(Sheet, 1), session.get_one(Draft, 1)
        assert (sheet.keep_inside, draft.prompts) == (False, "")


def test_again_changes_nothing(settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine)
    version = schema_version(engine)
    upgrade(engine)
    assert schema_version(engine) == version


def test_sqlite_runs_in_wal_mode_with_foreign_keys(settings: Settings) -> None:
    engine = make_engine(settings)
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    assert (settings.home / "shisaku.db").exists()
    assert "revision" in inspect(engine).get_table_names()
