"""The sheet list, the page of a sheet, and its export."""

from flask import Blueprint, Response, current_app, request
from sqlmodel import col, select

from assistant.checking.findings import TABLE
from corpus import citysettings
from corpus.confirming import open_values
from corpus.continuity import all_ties, earlier_rows, later_rows
from corpus.divisions import division_links, division_names
from corpus.exporters.json import write_json
from corpus.filetypes import LAST_YEAR
from corpus.fiscal import wareki
from corpus.form import SECTION_KEYS
from corpus.listing import list_sheets
from corpus.messages import EXAMPLE_REQUESTS
from corpus.models import Conversation, Message, Sheet
from corpus.narratives import current_revision
from corpus.rolling import is_begun
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet, sheets_of_measure
from web.frame import flashed, page
from web.pages.figures import figures_of
from web.pages.marks import show_findings
from web.pages.replies import MessageView
from web.pages.sections import section_view
from web.pages.sheets import SheetPage, division_notes, grades_of, neighbour, sheet_list, year_steps
from web.replies import reply_maker
from web.state import session
from web.views.chat import shown_message
from web.views.reading import OpenSheet, open_sheet

blueprint = Blueprint("sheets", __name__)

MOST_MESSAGES = 30
"""Messages of the conversation that the page shows, the newest."""


@blueprint.get("/")
def index() -> Response:
    """All sheets, by measure."""
    return page("sheets.html", sheet_list(list_sheets(session()), division_links(session())))


@blueprint.get("/sheets/<id:sheet_id>")
def show(sheet_id: int) -> Response:
    """A sheet: figures, charts, sections with their findings, the chat; the passage that a search led to is marked."""
    shown = page("sheet.html", _sheet_page(open_sheet(sheet_id), sheet_id))
    # whoever reads a sheet may ask something next
    reply_maker(current_app).warm()
    return shown


@blueprint.get("/sheets/<id:sheet_id>/export.json")
def export(sheet_id: int) -> Response:
    """The sheet as a file ``shisaku-sheet/1``."""
    row = get_sheet(session(), sheet_id)
    response = Response(write_json(load_sheet(session(), row)), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"shisaku-{sheet_id}-{row.fiscal_year}.json")
    return response


def _sheet_page(opened: OpenSheet, sheet_id: int) -> SheetPage:
    sheet, database = opened.sheet, session()
    findings = opened.all_findings()
    writing = citysettings.writing(database)
    waiting = [entry.field for entry in open_values(database, sheet_id)]
    ties = all_ties(database)
    past = [row for row, _ in earlier_rows(database, opened.row, ties)]
    kept = [row for row in past if row.keep_inside]
    names = division_names(database, sheet.municipality, sheet.lead_division or "", sheet.fiscal_year)
    sections = tuple(
        section_view(
            sheet_id,
            key,
            sheet.fiscal_year,
            current_revision(database, sheet_id, key),
            [finding for finding in findings if finding.section == key],
            writing=writing,
            earlier=opened.earlier,
            sought=request.args.get("passage", "") if key == request.args.get("section") else "",
        )
        for key in SECTION_KEYS
    )
    return SheetPage(
        sheet_id=sheet_id,
        measure_id=opened.row.measure_id,
        sheet=sheet,
        year=wareki(sheet.fiscal_year),
        grades=grades_of(sheet),
        figures=figures_of(sheet, waiting),
        table_findings=show_findings(
            sorted(
                (finding for finding in findings if finding.section == TABLE and finding.verdict != "match"),
                key=lambda finding: finding.verdict != "mismatch",
            ),
            sheet.fiscal_year,
            sheet_id,
        ),
        sections=sections,
        to_confirm=len(waiting),
        steps=year_steps(
            opened.row,
            sheets_of_measure(database, opened.row.measure_id),
            past,
            later_rows(database, opened.row, ties),
        ),
        following_year=_following_year(opened.row, sheet),
        division_names=division_notes(names),
        messages=_messages(sheet_id, sheet),
        examples=EXAMPLE_REQUESTS[:4],
        keep_inside=opened.row.keep_inside,
        kept_by=neighbour(kept[-1], opened.row) if kept else None,
        done=flashed(),
    )


def _following_year(row: Sheet, sheet: SheetFile) -> int | None:
    """The year whose sheet can be made from this one: the next, while this is the measure's newest and begun."""
    newest = sheets_of_measure(session(), row.measure_id)[-1].fiscal_year
    return row.fiscal_year + 1 if row.fiscal_year == newest < LAST_YEAR and is_begun(sheet) else None


def _messages(sheet_id: int, sheet: SheetFile) -> tuple[MessageView, ...]:
    # the newest conversation, without beginning one: looking at a sheet writes nothing
    newest = (
        select(Conversation.id).where(Conversation.sheet_id == sheet_id).order_by(col(Conversation.id).desc()).limit(1)
    )
    conversation_id = session().exec(newest).first()
    if conversation_id is None:
        return ()
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id)
        .order_by(col(Message.id).desc())
        .limit(MOST_MESSAGES)
    )
    found = reversed(list(session().exec(query)))
    return tuple(shown_message(session(), row, sheet, sheet_id) for row in found)
