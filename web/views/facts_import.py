"""Tables of the year's facts: read, shown beside what the sheet holds, then stored as one act."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from corpus import messages
from corpus.editing import change_sheet
from corpus.errors import NotFound, Refused, StalePlaces, UnusableInput
from corpus.exporters.notes import write_csv
from corpus.fields import FACT_LABELS
from corpus.importers.notes import ReadNotes, read_notes
from corpus.importers.notes_merge import Merge, merge_notes
from corpus.models import Sheet
from corpus.places import Change
from corpus.sheetfile import SheetFile
from corpus.storednotes import additions, note_path, note_value
from corpus.yearfacts import FACT_KINDS
from web.frame import page, table_file
from web.pages.facts_import import import_page, preview
from web.signin import current_actor
from web.state import app_state, session
from web.typed import typed_text
from web.views.reading import open_sheet

blueprint = Blueprint("facts_import", __name__, url_prefix="/sheets/<id:sheet_id>/facts")

NOTES_JSON = "notes.json"
"""Name under which the confirmation sends back what was read."""


@blueprint.get("/import")
def show(sheet_id: int) -> Response:
    """The form."""
    sheet = open_sheet(sheet_id).sheet
    return page("facts_import.html", import_page(sheet_id, sheet, app_state().settings.max_upload_mb))


@blueprint.post("/import")
def look(sheet_id: int) -> Response:
    """Read a file and show what it would do; nothing is stored."""
    sheet, most_mb = open_sheet(sheet_id).sheet, app_state().settings.max_upload_mb
    file, wanted = request.files.get("file"), request.form.get("kind", "")
    if file is None or not file.filename:
        content = import_page(sheet_id, sheet, most_mb, kind=wanted, problem=messages.NO_FILE_CHOSEN)
        return page("facts_import.html", content, HTTPStatus.BAD_REQUEST)
    kind = next((known for known in FACT_KINDS if known == wanted), None)
    try:
        read = read_notes(file.filename, file.read(), sheet, most_bytes=most_mb * 1_000_000, kind=kind)
    except UnusableInput as error:
        problem = f"{file.filename}：{error}"
        content = import_page(sheet_id, sheet, most_mb, kind=wanted, problem=problem)
        return page("facts_import.html", content, HTTPStatus.BAD_REQUEST)
    return _shown(sheet_id, sheet, file.filename, read)


@blueprint.post("/import/store")
def store(sheet_id: int) -> AnyResponse:
    """Store what was shown; where the sheet changed since, show it anew."""
    opened = open_sheet(sheet_id)
    written, file = typed_text("content"), typed_text("file")
    most_bytes = app_state().settings.max_upload_mb * 1_000_000
    read = read_notes(NOTES_JSON, written.encode("utf-8"), opened.sheet, most_bytes=most_bytes)
    merge = merge_notes(opened.sheet, read.notes)
    if merge.seal != request.form.get("seal"):
        return _shown(sheet_id, opened.sheet, file, read, problem=messages.PLAN_IS_OLD)
    try:
        changes = _changes(opened.row, opened.sheet, merge)
        act = change_sheet(session(), opened.row, changes, actor=current_actor(), action="facts.import")
        session().commit()
    except StalePlaces:
        session().rollback()
        return _shown(sheet_id, open_sheet(sheet_id).sheet, file, read, problem=messages.PLAN_IS_OLD)
    except Refused as error:
        session().rollback()
        return _shown(sheet_id, open_sheet(sheet_id).sheet, file, read, problem=str(error))
    if act is None:
        flash(messages.NOTHING_TO_IMPORT, "message")
    else:
        flash(messages.notes_imported(len(merge.of("new")), len(merge.of("changed"))), str(act))
    return redirect(url_for("facts.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/table.csv")
def table(sheet_id: int) -> Response:
    """The notes of a kind as CSV for Excel; ``empty=1``: only the header, to be filled in."""
    sheet = open_sheet(sheet_id).sheet
    kind = next((known for known in FACT_KINDS if known == request.args.get("kind")), None)
    if kind is None:
        raise NotFound(messages.NO_SUCH_NOTE)
    empty = request.args.get("empty") == "1"
    notes = [] if empty else [note for note_kind, note in sheet.facts if note_kind == kind]
    name = f"{FACT_LABELS[kind]}{'_ひな形' if empty else f'_{sheet.fiscal_year}'}.csv"
    return table_file(write_csv(kind, notes), name)


def _changes(row: Sheet, sheet: SheetFile, merge: Merge) -> list[Change]:
    new = additions(session(), row, sheet, [note.after for note in merge.of("new")])
    changed = [
        Change(note_path(note.before["id"]), note.before, note_value(note.after, note.before["id"]))
        for note in merge.of("changed")
        if note.before is not None
    ]
    return [*changed, *new]


def _shown(sheet_id: int, sheet: SheetFile, file: str, read: ReadNotes, *, problem: str = "") -> Response:
    shown = preview(file, read, merge_notes(sheet, read.notes), sheet)
    most_mb = app_state().settings.max_upload_mb
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return page("facts_import.html", import_page(sheet_id, sheet, most_mb, preview=shown, problem=problem), status)
