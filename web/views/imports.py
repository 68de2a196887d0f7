"""Files into the database, with a report."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from corpus import messages
from corpus.importers.files import read_file
from corpus.importing import import_found
from web.frame import page
from web.pages.imports import ImportPage, report_rows
from web.signin import current_actor
from web.state import app_state, session

blueprint = Blueprint("imports", __name__, url_prefix="/import")


@blueprint.get("")
def show() -> Response:
    """The form."""
    return page("import.html", ImportPage(app_state().settings.max_upload_mb))


@blueprint.post("")
def upload() -> Response:
    """Take the files in, each sheet by itself; the report says what became of each."""
    most_mb = app_state().settings.max_upload_mb
    files = [file for file in request.files.getlist("files") if file.filename]
    update = request.form.get("update") == "yes"
    if not files:
        content = ImportPage(most_mb, problem=messages.NO_FILE_CHOSEN, update=update)
        return page("import.html", content, HTTPStatus.BAD_REQUEST)
    found = (
        entry for file in files for entry in read_file(file.filename or "", file.read(), most_bytes=most_mb * 1_000_000)
    )
    imported = list(import_found(session(), found, actor=current_actor(), update=update))
    return page("import.html", ImportPage(most_mb, report_rows(imported), update=update))
