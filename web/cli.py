"""The ``shisaku`` commands (formats.md section 3). Heavy parts are imported by the command that needs them.

Exit codes: 0 done, 1 something was refused or found, 2 unusable input or arguments.
"""

import sys

import click

from corpus import messages
from corpus.errors import Refused, ShisakuError
from corpus.settings import Settings
from web.commands import accounts, search, sheets, writing
from web.commands.shared import EXIT_FOUND, EXIT_UNUSABLE, json_option, print_json
from web.japanese_click import JapaneseGroup, say_usage_error


def main() -> None:
    """Entry point: every error becomes a Japanese message and an exit code; LOG_LEVEL=DEBUG shows the traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(prog_name="shisaku", standalone_mode=False)
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
    except Exception as error:
        if Settings().log_level == "DEBUG":
            raise
        click.echo(messages.unexpected_command_error(f"{type(error).__name__}: {error}"), err=True)
        code = EXIT_UNUSABLE
    sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=JapaneseGroup, help="施策マネジメントシートの数値を保存し、文章を下書きし、数値と照らし合わせます。")
@click.version_option(package_name="shisaku", message="%(version)s", help="版を表示します。")
def cli() -> None:
    """The command group."""


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


@cli.command(help="設定、版、データベース、索引、モデルの状態を調べます。")
@json_option
def doctor(as_json: bool) -> int:
    """Report what works and what does not."""
    from web.doctor import examine

    findings = examine(Settings())
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'○' if finding.ok else '×'} {finding.what}：{finding.state}")
    return 0 if all(finding.ok for finding in findings) else EXIT_FOUND


for command in (
    *(sheets.import_, sheets.list_, sheets.export, sheets.backup, sheets.restore),
    *(writing.check, writing.draft, writing.ask, writing.compare),
    *(search.search, search.reindex),
    accounts.user,
):
    cli.add_command(command)
