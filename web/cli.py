"""The ``shisaku`` commands (formats.md section 3). Heavy parts are imported by the command that needs them.

Exit codes: 0 done, 1 something was refused or found, 2 unusable input or arguments.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus import messages
from corpus.errors import Refused, ShisakuError, UnusableInput
from corpus.settings import Settings
from web.japanese_click import JapaneseGroup, say_usage_error

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from corpus.models import Sheet
    from corpus.sheetfile import SheetFile

EXIT_FOUND, EXIT_UNUSABLE = 1, 2


def main() -> None:
    """Entry point: every error of ours becomes its Japanese message and an exit code, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        say_usage_error(error)
        code = EXIT_UNUSABLE
    except click.Abort:
        code = EXIT_UNUSABLE
    except ShisakuError as error:
        click.echo(str(error), err=True)
        code = EXIT_FOUND if isinstance(error, Refused) else EXIT_UNUSABLE
    sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=JapaneseGroup, help="施策マネジメントシートの数値を保存し、文章を下書きし、数値と照らし合わせます。")
@click.version_option(package_name="shisaku", message="%(version)s", help="版を表示します。")
def cli() -> None:
    """The command group."""


@contextmanager
def _database(settings: Settings | None = None) -> "Iterator[tuple[Session, Engine]]":
    from corpus.database import make_engine, open_session, upgrade

    engine = make_engine(settings or Settings())
    upgrade(engine)
    with open_session(engine) as session:
        yield session, engine
    engine.dispose()


@contextmanager
def _index(settings: Settings, engine: "Engine") -> "Iterator[Callable[[], Any]]":
    """An opener of the vector index, closed at the end."""
    from corpus.index.lazy import LazyIndex

    lazy = LazyIndex(settings, engine)
    try:
        yield lazy.get
    finally:
        lazy.close()


def _year(_context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    from corpus.fiscal import parse_year

    if value is None:
        return None
    year = parse_year(value)
    if year is None:
        raise click.BadParameter(messages.not_a_fiscal_year(value), param=parameter)
    return year


def _print_json(value: Any) -> None:
    import simplejson

    click.echo(simplejson.dumps(value, use_decimal=True, ensure_ascii=False))


measure_argument = click.argument("measure", metavar="施策")
year_argument = click.argument("year", metavar="年度", callback=_year)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON で出力します。")


@cli.command(help="画面（Web アプリケーション）を動かします。")
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="待ち受けるポート。")
def serve(host: str, port: int) -> None:
    """Serve the web application."""
    from web.serving import serve_app

    serve_app(Settings(), host, port)


@cli.command(help="架空の見本市で試します（専用のデータの置き場所を作ります）。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="待ち受けるポート。")
@click.option("--reset", is_flag=True, help="見本のデータを最初の状態に戻します。")
def demo(port: int, reset: bool) -> None:
    """Serve the sample city from a data folder of its own."""
    from web.serving import demo_settings, prepare_demo, serve_app

    settings = demo_settings(Settings())
    prepare_demo(settings, reset=reset)
    serve_app(settings, "127.0.0.1", port, demo=True)


@cli.command(
    "import", help="シートを取り込みます（.json .jsonl .txt）。シートごとに、全部入るか、何も変わらないかです。"
)
@click.argument("paths", metavar="ファイル…", nargs=-1, required=True)
@click.option("--update", is_flag=True, help="同じ施策・年度のシートを置き換えます。")
@json_option
def import_(paths: tuple[str, ...], update: bool, as_json: bool) -> int:
    """Import sheet files and print the report."""
    from corpus.accounts import COMMAND_LINE
    from corpus.importing import import_found

    settings = Settings()
    reports = []
    with _database(settings) as (session, _):
        for path in paths:
            found = _read_path(path, settings)
            for report in import_found(session, found, actor=COMMAND_LINE, update=update):
                reports.append(report)
                if not as_json:
                    click.echo(messages.import_line(report))
    if as_json:
        _print_json({"sheets": [report.to_object() for report in reports]})
    refused = [report for report in reports if report.status == "refused"]
    if refused and len(refused) == len(reports) and all(report.unusable for report in refused):
        return EXIT_UNUSABLE
    return EXIT_FOUND if refused else 0


def _read_path(path: str, settings: Settings) -> Iterator[Any]:
    from corpus.importers.files import Found, read_file

    most = settings.max_upload_mb * 1_000_000
    try:
        size = Path(path).stat().st_size
        if size > most:
            yield Found(path, None, UnusableInput(messages.file_too_large(size, most)))
            return
        content = Path(path).read_bytes()
    except OSError as error:
        yield Found(path, None, UnusableInput(messages.cannot_open(error.strerror or "")))
        return
    for found in read_file(Path(path).name, content, most_bytes=most):
        yield Found(path + found.place.removeprefix(Path(path).name), found.read, found.error)


@cli.command("list", help="保存されているシートの一覧を表示します。")
@json_option
def list_(as_json: bool) -> None:
    """List the stored sheets."""
    from corpus.store import list_sheets

    with _database() as (session, _):
        summaries = list_sheets(session)
    if as_json:
        _print_json([summary.to_object() for summary in summaries])
        return
    if not summaries:
        click.echo(messages.NO_SHEETS)
    for summary in summaries:
        click.echo(messages.list_line(summary))


@cli.command(help="シート1枚を書き出します。")
@measure_argument
@year_argument
@click.option(
    "--format", "kind", type=click.Choice(["json", "xlsx", "docx", "pdf"]), required=True, help="書き出す形式。"
)
@click.option("-o", "output", type=click.Path(dir_okay=False), help="書き出すファイル。省くと標準出力。")
def export(measure: str, year: int, kind: str, output: str | None) -> int:
    """Export a sheet."""
    from corpus.exporters.json import write_json
    from corpus.store import find_sheet, load_sheet

    if kind != "json":
        return _not_yet(messages.export_not_available(kind))
    with _database() as (session, _):
        content = write_json(load_sheet(session, find_sheet(session, measure, year)))
    if output is None:
        click.echo(content.decode(), nl=False)
        return 0
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise UnusableInput(messages.cannot_write(output, error.strerror or "")) from error
    return 0


@cli.command(help="文章と数値を照らし合わせます。ファイル（1つ以上）か、保存済みの施策と年度を指定します。")
@click.argument("what", metavar="ファイル… | 施策 年度", nargs=-1, required=True)
@json_option
def check(what: tuple[str, ...], as_json: bool) -> int:
    """Check files against themselves, or a stored sheet."""
    from assistant.checking import check_sheet
    from corpus.fiscal import parse_year

    year = parse_year(what[1]) if len(what) == 2 and not Path(what[0]).exists() else None
    if year is not None:
        from corpus.store import earlier_sheets, find_sheet, load_sheet

        with _database() as (session, _):
            row = find_sheet(session, what[0], year)
            checked = [(load_sheet(session, row), earlier_sheets(session, row))]
    else:
        checked = _sheets_with_earlier(what)
    mismatched = False
    for sheet, earlier in checked:
        result = check_sheet(sheet, earlier)
        mismatched |= result.summary.mismatch > 0
        click.echo(result.to_json() if as_json else messages.check_report(result))
    return EXIT_FOUND if mismatched else 0


def _sheets_with_earlier(paths: tuple[str, ...]) -> "list[tuple[SheetFile, list[SheetFile]]]":
    """The sheets of files in order, each with the earlier years of its measure in the same files."""
    from corpus.store import measure_identity

    sheets: list[SheetFile] = []
    for path in paths:
        for found in _read_path(path, Settings()):
            if found.read is None:
                raise UnusableInput(f"{found.place}：{found.error}")
            sheets.append(found.read.sheet)
    return [
        (
            sheet,
            sorted(
                (
                    other
                    for other in sheets
                    if measure_identity(other) == measure_identity(sheet) and other.fiscal_year < sheet.fiscal_year
                ),
                key=lambda other: other.fiscal_year,
            ),
        )
        for sheet in sheets
    ]


@cli.command(help="記述欄の下書きを、もとにした数値・文章とともに出力します。")
@measure_argument
@year_argument
@click.argument("section", metavar="欄")
@click.option("--direction", type=int, help="この展開方向の分だけ。")
@json_option
def draft(measure: str, year: int, section: str, direction: int | None, as_json: bool) -> int:
    """Draft a section of a stored sheet."""
    from assistant.drafting.pipeline import draft_section
    from assistant.drafting.plan import DraftRequest
    from corpus.form import SECTION_KEYS
    from corpus.store import earlier_sheets, find_sheet, load_sheet

    if section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="欄")
    with _database() as (session, _):
        row = find_sheet(session, measure, year)
        sheet, earlier = load_sheet(session, row), earlier_sheets(session, row)
    if direction is not None and sheet.direction(direction) is None:
        raise UnusableInput(messages.no_such_direction(direction, [entry.number for entry in sheet.directions]))
    last_year = next((entry for entry in earlier if entry.fiscal_year == year - 1), None)
    made, findings = draft_section(DraftRequest(sheet, last_year, section, direction))
    if as_json:
        _print_json(made.as_json() | {"findings": [finding.model_dump() for finding in findings]})
    else:
        click.echo(made.text)
    return 0


@cli.command(help="チャットの発言1つに、画面と同じように答えます。")
@click.argument("text", metavar="文", required=False)
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False), help="1行に1つの発言を書いたファイル。")
@click.option("--sheet", nargs=2, required=True, metavar="施策 年度", help="開いているシート。")
@json_option
def ask(text: str | None, file: str | None, sheet: tuple[str, str], as_json: bool) -> int:
    """Answer one message, or each line of a file on its own."""
    from assistant.chat import reply_to
    from corpus.fiscal import parse_year
    from corpus.store import find_sheet

    year = parse_year(sheet[1])
    if year is None:
        raise click.BadParameter(messages.not_a_fiscal_year(sheet[1]), param_hint="--sheet")
    if (text is None) == (file is None):
        raise click.UsageError(messages.TEXT_OR_FILE)
    settings = Settings()
    with _database(settings) as (session, engine), _index(settings, engine) as open_index:
        row: Sheet = find_sheet(session, sheet[0], year)
        for line in _lines(file) if file else [text or ""]:
            reply = reply_to(session, row, line, open_index)
            if as_json:
                _print_json(reply.to_object())
            else:
                click.echo(reply.text)
    return 0


def _lines(path: str) -> list[str]:
    from corpus.importers.files import decode

    return [line for line in decode(Path(path).read_bytes()).splitlines() if line.strip()]


@cli.command(help="記述欄の文章を、以前の年度と比べます。")
@measure_argument
@year_argument
@click.argument("section", metavar="欄")
@click.option("--against", metavar="年度", callback=_year, help="比べる年度。省くと前年度。")
@json_option
def compare(measure: str, year: int, section: str, against: int | None, as_json: bool) -> int:
    """Compare a section with an earlier year's."""
    from assistant.comparing import compare_texts
    from corpus.form import SECTION_KEYS
    from corpus.store import earlier_sheets, find_sheet, load_sheet

    if section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="欄")
    other = year - 1 if against is None else against
    with _database() as (session, _):
        row = find_sheet(session, measure, year)
        sheet, before = load_sheet(session, row), load_sheet(session, find_sheet(session, measure, other))
        history = {entry.fiscal_year: entry.text(section) for entry in earlier_sheets(session, row)}
    comparison = compare_texts(
        before.text(section), sheet.text(section), before_year=other, after_year=year, history=history
    )
    if as_json:
        _print_json({"against": other, **comparison.to_object()})
    else:
        click.echo(messages.compare_report(other, comparison.to_object()))
    return 0


@cli.command(help="過去の文章から似たものを探します。")
@click.argument("query", metavar="言葉", required=False)
@click.option(
    "--queries", "queries", type=click.Path(exists=True, dir_okay=False), help="1行に1つの言葉を書いたファイル。"
)
@click.option("--section", help="この欄だけ（例：6.1.issues）。")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="件数。")
@json_option
def search(query: str | None, queries: str | None, section: str | None, limit: int, as_json: bool) -> int:
    """Search past passages."""
    from corpus.form import SECTION_KEYS, section_label
    from corpus.index.search import search as find

    if (query is None) == (queries is None):
        raise click.UsageError(messages.TEXT_OR_FILE)
    if section is not None and section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="--section")
    settings = Settings()
    with _database(settings) as (session, engine), _index(settings, engine) as open_index:
        for wanted in _lines(queries) if queries else [query or ""]:
            hits = find(session, wanted, section=section, limit=limit, index=open_index())
            if as_json:
                _print_json([hit.to_object() for hit in hits])
                continue
            if not hits:
                click.echo(messages.nothing_found(wanted))
            for hit in hits:
                place = messages.passage_place(
                    hit.measure, hit.fiscal_year, section_label(hit.section, hit.fiscal_year)
                )
                click.echo(f"{hit.text}\n  {place}")
    return 0


@cli.command(help="検索の索引をデータベースから作り直します。")
def reindex() -> int:
    """Rebuild the search index."""
    from corpus.index.embedding import load_embedding
    from corpus.index.vector import VectorUnavailable, open_vector_index, rebuild

    settings = Settings()
    with _database(settings) as (session, _):
        try:
            index = open_vector_index(settings, load_embedding(settings), afresh=True)
        except VectorUnavailable as error:
            # the process that owns the index (shisaku serve) fills it from the outbox
            count = rebuild(session, None)
            session.commit()
            click.echo(messages.reindexed(count))
            click.echo(str(error), err=True)
            return EXIT_FOUND
        try:
            count = rebuild(session, index)
            session.commit()
        finally:
            index.close()
    click.echo(messages.reindexed(count))
    return 0


@cli.command(help="すべてを1つのファイルに保存します（まだ使えません）。")
@click.argument("file", metavar="ファイル")
def backup(file: str) -> int:
    """Not yet."""
    return _not_yet(messages.NOT_YET)


@cli.command(help="保存したファイルから元に戻します（まだ使えません）。")
@click.argument("file", metavar="ファイル")
def restore(file: str) -> int:
    """Not yet."""
    return _not_yet(messages.NOT_YET)


def _not_yet(message: str) -> int:
    click.echo(message, err=True)
    return EXIT_UNUSABLE


@cli.group(cls=JapaneseGroup, help="利用者（アカウント）を管理します。")
def user() -> None:
    """Accounts."""


@user.command("add", help="利用者を追加します。パスワードは入力を求めます。")
@click.argument("login", metavar="ログイン名")
@click.option("--name", "display_name", help="表示する氏名。省くとログイン名。")
@click.option("--division", help="所属課。")
@click.option(
    "--role", type=click.Choice(["writer", "reviewer", "admin"]), default="writer", show_default=True, help="役割。"
)
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力から読みます。")
def user_add(login: str, display_name: str | None, division: str | None, role: str, password_stdin: bool) -> None:
    """Add an account."""
    from corpus.accounts import COMMAND_LINE, add_user

    with _database() as (session, _):
        password = _password(password_stdin)
        add_user(session, login, display_name or login, password, actor=COMMAND_LINE, division=division, role=role)
        session.commit()
    click.echo(messages.user_added(login))


@user.command("passwd", help="パスワードを変えます。")
@click.argument("login", metavar="ログイン名")
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力から読みます。")
def user_passwd(login: str, password_stdin: bool) -> None:
    """Set a password."""
    from corpus.accounts import COMMAND_LINE, set_password

    with _database() as (session, _):
        set_password(session, login, _password(password_stdin), actor=COMMAND_LINE)
        session.commit()
    click.echo(messages.password_changed(login))


@user.command("disable", help="利用者を使えなくします（書いたものは残ります）。")
@click.argument("login", metavar="ログイン名")
def user_disable(login: str) -> None:
    """Disable an account."""
    _set_active(login, active=False)


@user.command("enable", help="使えなくした利用者を元に戻します。")
@click.argument("login", metavar="ログイン名")
def user_enable(login: str) -> None:
    """Enable an account again."""
    _set_active(login, active=True)


def _set_active(login: str, *, active: bool) -> None:
    from corpus.accounts import COMMAND_LINE, set_active

    with _database() as (session, _):
        set_active(session, login, active, actor=COMMAND_LINE)
        session.commit()
    click.echo(messages.user_active(login, active))


@user.command("list", help="利用者の一覧を表示します。")
@json_option
def user_list(as_json: bool) -> None:
    """List the accounts."""
    from corpus.accounts import list_users

    with _database() as (session, _):
        users = list_users(session)
    if as_json:
        keys = ("login", "display_name", "division", "role", "active")
        _print_json([{key: getattr(entry, key) for key in keys} for entry in users])
        return
    for entry in users:
        click.echo(messages.user_line(entry.login, entry.display_name, entry.role, entry.active))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return click.get_text_stream("stdin").readline().rstrip("\r\n")
    entered: str = click.prompt("パスワード", hide_input=True, confirmation_prompt="もう一度")
    return entered


@cli.command(help="設定、版、データベース、索引、モデルの状態を調べます。")
@json_option
def doctor(as_json: bool) -> int:
    """Report what works and what does not."""
    from web.doctor import examine

    findings = examine(Settings())
    if as_json:
        _print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'○' if finding.ok else '×'} {finding.what}：{finding.state}")
    return 0 if all(finding.ok for finding in findings) else EXIT_FOUND
