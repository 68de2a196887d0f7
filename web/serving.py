"""Serving the application, and the demo's data folder with the sample city."""

import logging
import shutil
from pathlib import Path

import click

import corpus
from corpus import messages
from corpus.errors import UnusableInput
from corpus.settings import Settings

SAMPLE = Path(corpus.__file__).parent / "sample" / "sheets.jsonl"
THREADS = 16
"""A reply being followed holds a thread; with two or three tabs each, this is enough for a small team."""


def demo_settings(settings: Settings) -> Settings:
    """Settings for the demo: a data folder of its own beside SHISAKU_HOME, never the city's database or index."""
    home = settings.home.with_name(settings.home.name + "-demo")
    return Settings(shisaku_home=home, database_url="", chroma_url="")


def prepare_demo(settings: Settings, *, reset: bool) -> None:
    """Make the demo's data folder with the sample city the first time, or anew with ``reset``."""
    from corpus.accounts import COMMAND_LINE
    from corpus.database import make_engine, open_session, upgrade
    from corpus.importers.files import read_file
    from corpus.importing import import_found
    from corpus.listing import list_sheets

    if reset and settings.home.exists():
        shutil.rmtree(settings.home)
    engine = make_engine(settings)
    upgrade(engine)
    with open_session(engine) as session:
        if not list_sheets(session):
            found = read_file(SAMPLE.name, SAMPLE.read_bytes(), most_bytes=settings.max_upload_mb * 1_000_000)
            for report in import_found(session, found, actor=COMMAND_LINE, update=False):
                if report.status == "refused":
                    raise UnusableInput(report.reason or "")
    engine.dispose()


def serve_app(settings: Settings, host: str, port: int, *, demo: bool = False) -> None:
    """Serve until Ctrl+C; prints the address once the port is open. Port 0 takes a free one."""
    import waitress

    from corpus.database import make_engine, upgrade
    from web.app import create_app
    from web.replies import reply_maker

    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # its every start tells of the database in English, between the person and the address
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = make_engine(settings)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings, demo=demo)
    try:
        server = waitress.create_server(app, host=host, port=port, threads=THREADS, ident="shisaku")
    except (OSError, ValueError) as error:
        raise UnusableInput(messages.cannot_listen(host, port)) from error
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{server.effective_port}/"
    click.echo(messages.serving(address, demo=demo))
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo(messages.STOPPED)
    finally:
        server.close()
        reply_maker(app).close()
