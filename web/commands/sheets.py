"""Sheets in and out: ``import``, ``list``, ``export``; ``backup`` and ``restore`` are not made yet."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus import messages
from corpus.errors import UnusableInput
from corpus.settings import Settings
from web.commands.shared import (
    EXIT_FOUND,
    EXIT_UNUSABLE,
    json_option,
    measure_argument,
    not_yet,
    open_database,
    print_json,
    read_path,
    year_argument,
)
from web.japanese_click import JapaneseCommand

if TYPE_CHECKING:
    from corpus.importing import ImportedSheet


@click.command(
    cls=JapaneseCommand,
    name="import",
    help="シートを取り込みます（.json .jsonl .txt）。全部入るか、何も変わらないかです。",
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
    with open_database(settings) as (session, _):
        for path in paths:
            found = read_path(path, settings)
            for report in import_found(session, found, actor=COMMAND_LINE, update=update):
                reports.append(report)
                if not as_json:
                    _say(report)
    if as_json:
        print_json({"sheets": [report.to_object() for report in reports]})
    refused = [report for report in reports if report.status == "refused"]
    if refused and len(refused) == len(reports) and all(report.unusable for report in refused):
        return EXIT_UNUSABLE
    return EXIT_FOUND if refused else 0


def _say(report: "ImportedSheet") -> None:
    from corpus.fields import field_label

    click.echo(messages.import_head(report.file, report.status, report.measure, report.fiscal_year))
    if report.reason:
        click.echo(messages.import_reason(report.reason))
    for warning in report.warnings:
        click.echo(messages.import_warning(warning))
    for place in report.to_confirm:
        click.echo(messages.import_place(field_label(place.field), [str(entry) for entry in place.candidates]))


@click.command(cls=JapaneseCommand, name="list", help="保存されているシートの一覧を表示します。")
@json_option
def list_(as_json: bool) -> None:
    """List the stored sheets."""
    from corpus.listing import list_sheets

    with open_database() as (session, _):
        summaries = list_sheets(session)
    if as_json:
        print_json([summary.to_object() for summary in summaries])
        return
    if not summaries:
        click.echo(messages.NO_SHEETS)
    for summary in summaries:
        click.echo(
            messages.list_line(
                summary.code,
                summary.measure,
                summary.fiscal_year,
                summary.lead_division,
                summary.sections_filled,
                summary.sections_total,
                summary.to_confirm,
            )
        )


@click.command(cls=JapaneseCommand, help="シート1枚を書き出します。")
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
        return not_yet(messages.export_not_available(kind))
    with open_database() as (session, _):
        content = write_json(load_sheet(session, find_sheet(session, measure, year)))
    if output is None:
        click.echo(content.decode(), nl=False)
        return 0
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise UnusableInput(messages.cannot_write(output, error.strerror or "")) from error
    return 0


@click.command(cls=JapaneseCommand, help="すべてを1つのファイルに保存します（まだ使えません）。")
@click.argument("file", metavar="ファイル")
def backup(file: str) -> int:
    """Not yet."""
    return not_yet(messages.NOT_YET)


@click.command(cls=JapaneseCommand, help="保存したファイルから元に戻します（まだ使えません）。")
@click.argument("file", metavar="ファイル")
def restore(file: str) -> int:
    """Not yet."""
    return not_yet(messages.NOT_YET)
