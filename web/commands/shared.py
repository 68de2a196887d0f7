"""What the commands share: database and index for the time of a command, arguments, output, reading of files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus import messages
from corpus.errors import UnusableInput
from corpus.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from assistant.writing.values import Call, Pen
    from corpus.models import Sheet

EXIT_FOUND, EXIT_UNUSABLE = 1, 2


@contextmanager
def open_database(settings: Settings | None = None) -> "Iterator[tuple[Session, Engine]]":
    from corpus.database import make_engine, open_session, upgrade

    engine = make_engine(settings or Settings())
    upgrade(engine)
    with open_session(engine) as session:
        yield session, engine
    engine.dispose()


@contextmanager
def open_index_of(settings: Settings, engine: "Engine") -> "Iterator[Callable[[], Any]]":
    """An opener of the vector index, closed at the end; it waits for a model to be loaded, and tells so."""
    from corpus.index.lazy import LazyIndex

    lazy = LazyIndex(settings, engine, tell=tell_step)
    try:
        yield partial(lazy.get, wait=True)
    finally:
        lazy.close()


@dataclass(frozen=True)
class CommandModel:
    """The language model for a command: how to open it, and who is told its calls."""

    open_pen: "Callable[[], Pen | None]"
    tell_call: "Callable[[Call], None]"


def model_of_command(settings: Settings, session: "Session", sheet: "Sheet") -> CommandModel:
    """The language model of the settings; each of its calls about ``sheet`` is logged as it ends."""
    from assistant.lazy_pen import LazyPen
    from assistant.writing.logged import log_call
    from corpus.accounts import COMMAND_LINE

    def log(call: "Call") -> None:
        log_call(session, call, COMMAND_LINE, sheet.id, None, keep_contents=settings.llm_keep_contents)
        session.commit()

    return CommandModel(LazyPen(settings).get, log)


def tell_step(step: str) -> None:
    """Tell a step of something long on standard error."""
    click.echo(step, err=True)


def read_year(_context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    from corpus.fiscal import parse_year

    if value is None:
        return None
    year = parse_year(value)
    if year is None:
        raise click.BadParameter(messages.not_a_fiscal_year(value), param=parameter)
    return year


def print_json(value: Any) -> None:
    import simplejson

    click.echo(simplejson.dumps(value, use_decimal=True, ensure_ascii=False))


measure_argument = click.argument("measure", metavar="施策")
year_argument = click.argument("year", metavar="年度", callback=read_year)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON で出力します。")


def read_path(path: str, settings: Settings) -> Iterator[Any]:
    from corpus.importers.files import Found, read_file

    most = settings.max_upload_mb * 1_000_000
    try:
        size = Path(path).stat().st_size
        if size > most:
            yield Found(path, None, UnusableInput(messages.file_too_large(size, most)))
            return
        content = Path(path).read_bytes()
    except OSError as error:
        yield Found(path, None, UnusableInput(messages.cannot_open(_why(error))))
        return
    for found in read_file(Path(path).name, content, most_bytes=most):
        yield Found(path + found.place.removeprefix(Path(path).name), found.read, found.error)


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return messages.FILE_NOT_FOUND
        case IsADirectoryError():
            return messages.IS_A_FOLDER
        case PermissionError():
            return messages.NO_PERMISSION
        case _:
            return error.strerror or ""


def read_lines(path: str) -> list[str]:
    """The lines of a file, blank ones too, so that the answers stay in step with them."""
    from corpus.importers.files import decode

    lines = decode(Path(path).read_bytes()).replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def not_yet(message: str) -> int:
    click.echo(message, err=True)
    return EXIT_UNUSABLE
