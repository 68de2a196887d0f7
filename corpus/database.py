"""The database: engine, sessions, and bringing the tables up to date.

SQLite runs in WAL mode with foreign keys on, so that readers never wait for a writer and several processes may share
the file. Every other module gets a session from its caller.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event, inspect
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, create_engine

from corpus import messages
from corpus.errors import UnusableInput
from corpus.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"


def make_engine(settings: Settings) -> Engine:
    """An engine on the settings' database; makes the data folder if it is not there, else raises ``UnusableInput``."""
    address = settings.database
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableInput(messages.cannot_make_home(str(settings.home))) from error
    engine = create_engine(address, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # 16 MB: a search reads some 5,000 rows of 100 MB, more than the 2 MB of the default hold
        cursor.execute("PRAGMA cache_size=-16000")
        cursor.close()

    return engine


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to ``revision`` (Alembic); an empty database gets them all.

    Of several processes that start at once, one does it and the others wait. Raises ``UnusableInput`` for a file that
    is no database, or a database that does not answer.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except DatabaseError as error:
        raise UnusableInput(messages.cannot_open_database(engine.url.render_as_string())) from error


def schema_version(engine: Engine) -> str | None:
    """The Alembic revision that the database is at, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return None if row is None else str(row[0])


@contextmanager
def open_session(engine: Engine) -> Iterator[Session]:
    """A session whose objects stay readable after a commit; what was not committed is rolled back."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
