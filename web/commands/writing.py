"""The text of a sheet: ``check``, ``draft``, ``ask``, ``compare``."""

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
    model_of_command,
    open_database,
    open_index_of,
    print_json,
    read_lines,
    read_path,
    read_year,
    year_argument,
)
from web.japanese_click import JapaneseCommand

if TYPE_CHECKING:
    from corpus.models import Sheet
    from corpus.sheetfile import SheetFile


@click.command(cls=JapaneseCommand, help="文章と数値を照らし合わせます（ファイル、または保存済みの施策と年度）。")
@click.argument("what", metavar="ファイル… | 施策 年度", nargs=-1, required=True)
@json_option
def check(what: tuple[str, ...], as_json: bool) -> int:
    """Check files against themselves, or a stored sheet."""
    from assistant.checking import check_sheet
    from corpus import citysettings
    from corpus.city import DEFAULT_GRADING, DEFAULT_TOLERANCE
    from corpus.fiscal import parse_year

    unreadable: list[str] = []
    grading, tolerance = DEFAULT_GRADING, DEFAULT_TOLERANCE
    year = parse_year(what[1]) if len(what) == 2 and not Path(what[0]).exists() else None
    if year is not None:
        from corpus.store import earlier_sheets, find_sheet, load_sheet

        with open_database() as (session, _):
            row = find_sheet(session, what[0], year)
            checked = [(load_sheet(session, row), earlier_sheets(session, row))]
            grading, tolerance = citysettings.grading(session), citysettings.tolerance(session)
    else:
        checked, unreadable = _sheets_with_earlier(what)
    mismatched = False
    for sheet, earlier in checked:
        result = check_sheet(sheet, earlier, grading=grading, tolerance=tolerance)
        mismatched |= result.summary.mismatch > 0
        click.echo(result.to_json() if as_json else messages.check_report(result))
    for reason in unreadable:
        click.echo(reason, err=True)
    if unreadable:
        return EXIT_UNUSABLE
    return EXIT_FOUND if mismatched else 0


def _sheets_with_earlier(paths: tuple[str, ...]) -> "tuple[list[tuple[SheetFile, list[SheetFile]]], list[str]]":
    """The sheets of files in order, each with the earlier years of its measure in the same files; and what is wrong
    with those that cannot be read.
    """
    from corpus.store import measure_identity

    sheets: list[SheetFile] = []
    unreadable: list[str] = []
    for path in paths:
        for found in read_path(path, Settings()):
            if found.read is None:
                unreadable.append(f"{found.place}：{found.error}")
            else:
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
    ], unreadable


@click.command(cls=JapaneseCommand, help="記述欄の下書きを、もとにした数値・文章とともに出力します。")
@measure_argument
@year_argument
@click.argument("section", metavar="欄")
@click.option("--direction", type=int, help="この展開方向の分だけ。")
@json_option
def draft(measure: str, year: int, section: str, direction: int | None, as_json: bool) -> int:
    """Draft a section of a stored sheet."""
    from assistant.answers.context import ChatContext
    from assistant.answers.draft import request_for
    from assistant.answers.model import whole
    from assistant.wishes import Wish
    from corpus.form import SECTION_KEYS
    from corpus.store import find_sheet

    if section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="欄")
    settings = Settings()
    with open_database(settings) as (session, engine), open_index_of(settings, engine) as open_index:
        row = find_sheet(session, measure, year)
        model = model_of_command(settings, session, row)
        context = ChatContext(session, row, open_index, open_pen=model.open_pen, tell_call=model.tell_call)
        sheet = context.sheet
        if direction is not None and sheet.direction(direction) is None:
            raise UnusableInput(messages.no_such_direction(direction, [entry.number for entry in sheet.directions]))
        request = request_for(Wish(action="draft", section=section, direction=direction), context)
        made, findings, notices = whole(request, context)
    for notice in notices:
        click.echo(notice, err=True)
    if as_json:
        print_json(made.as_json() | {"findings": [finding.model_dump() for finding in findings]})
    else:
        click.echo(made.text)
    return 0


@click.command(cls=JapaneseCommand, help="チャットの発言1つに、画面と同じように答えます。")
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
    with open_database(settings) as (session, engine), open_index_of(settings, engine) as open_index:
        row: Sheet = find_sheet(session, sheet[0], year)
        model = model_of_command(settings, session, row)
        for line in read_lines(file) if file else [text or ""]:
            reply = reply_to(session, row, line, open_index, model.open_pen, model.tell_call)
            if as_json:
                print_json(reply.to_object())
            else:
                click.echo(reply.text)
    return 0


@click.command(cls=JapaneseCommand, help="記述欄の文章を、以前の年度と比べます。")
@measure_argument
@year_argument
@click.argument("section", metavar="欄")
@click.option("--against", metavar="年度", callback=read_year, help="比べる年度。省くと前年度。")
@json_option
def compare(measure: str, year: int, section: str, against: int | None, as_json: bool) -> int:
    """Compare a section with an earlier year's."""
    from assistant.comparing import compare_texts
    from corpus.form import SECTION_KEYS
    from corpus.lineage import sheet_of_year
    from corpus.store import earlier_sheets, find_sheet, load_sheet

    if section not in SECTION_KEYS:
        raise click.BadParameter(messages.unknown_section(section, SECTION_KEYS), param_hint="欄")
    other = year - 1 if against is None else against
    with open_database() as (session, _):
        row = find_sheet(session, measure, year)
        sheet, earlier = load_sheet(session, row), earlier_sheets(session, row)
        before = sheet_of_year(earlier, other) or load_sheet(session, find_sheet(session, measure, other))
        history = {entry.fiscal_year: entry.text(section) for entry in earlier}
    comparison = compare_texts(
        before.text(section), sheet.text(section), before_year=other, after_year=year, history=history
    )
    if as_json:
        print_json({"against": other, **comparison.to_object()})
    else:
        click.echo(messages.compare_report(other, comparison.to_object(details=True)))
    return 0
