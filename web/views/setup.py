"""The head, the 展開方向 and the definitions of the indicators of a sheet: one form, saved all or nothing."""

from collections import Counter
from http import HTTPStatus

from flask import Blueprint, flash, get_flashed_messages, redirect, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.confirming import open_values
from corpus.defining import pasted_indicators
from corpus.editing import change_sheet
from corpus.errors import Refused, StalePlaces
from corpus.sheetfile import SheetFile
from corpus.store import load_sheet
from web.frame import page
from web.pages.setup import setup_page
from web.pages.setup_form import MOST_ROWS, read_setup
from web.signin import current_actor
from web.state import session
from web.typed import typed_form
from web.views.reading import open_sheet

blueprint = Blueprint("setup", __name__, url_prefix="/sheets/<id:sheet_id>/setup")

ROWS_ADDED = 3


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """The form as the sheet is stored."""
    said = get_flashed_messages(with_categories=True)
    done = [text for category, text in said if category != "warning"]
    warnings = [text for category, text in said if category == "warning"]
    return page("setup.html", setup_page(sheet_id, open_sheet(sheet_id).sheet, done=done, warnings=warnings))


@blueprint.post("")
def save(sheet_id: int) -> Response:
    """Save every field that was touched, or show the form as it was typed, with what has to be done first."""
    opened = open_sheet(sheet_id)
    sheet, sent = opened.sheet, typed_form()
    waiting = _waiting(sheet_id, sheet)
    form = read_setup(sheet, sent, waiting)
    match sent.get("do", "save"):
        case "paste":
            return _pasted(sheet_id, sheet, sent)
        case "more-indicators":
            return page("setup.html", setup_page(sheet_id, sheet, sent, form, more_indicators=ROWS_ADDED))
        case "more-directions":
            return page("setup.html", setup_page(sheet_id, sheet, sent, form, more_directions=1))
    if form.stale or form.lost:
        content = setup_page(sheet_id, sheet, sent, form, problem=messages.SETUP_STALE)
        return page("setup.html", content, HTTPStatus.CONFLICT)
    if form.problems:
        content = setup_page(sheet_id, sheet, sent, form, problem=messages.SETUP_NOT_SAVED)
        return page("setup.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.unanswered(sent):
        content = setup_page(sheet_id, sheet, sent, form, questions=form.questions, problem=messages.SETUP_ASKS)
        return page("setup.html", content)
    try:
        change_sheet(session(), opened.row, form.changes, actor=current_actor())
        session().commit()
    except Refused as error:
        session().rollback()
        now = load_sheet(session(), opened.row)
        content = setup_page(sheet_id, now, sent, read_setup(now, sent, waiting), problem=str(error))
        stale = isinstance(error, StalePlaces)
        return page("setup.html", content, HTTPStatus.CONFLICT if stale else HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(messages.setup_saved(len(form.changes)) if form.changes else messages.NOTHING_TO_CHANGE)
    return redirect(url_for("setup.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _pasted(sheet_id: int, sheet: SheetFile, sent: dict[str, str]) -> Response:
    """The form as typed, with the pasted rows among the new indicators; nothing is stored."""
    rows = pasted_indicators(sent.get("paste", ""))[:MOST_ROWS]
    if rows:
        content = setup_page(sheet_id, sheet, sent, pasted=rows)
        return page("setup.html", content)
    content = setup_page(sheet_id, sheet, sent, paste=sent.get("paste", ""), problem=messages.NOTHING_PASTED)
    return page("setup.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)


def _waiting(sheet_id: int, sheet: SheetFile) -> Counter[str]:
    """How many values to confirm each indicator has."""
    found: Counter[str] = Counter()
    for value in open_values(session(), sheet_id):
        for entry in sheet.indicators:
            found[entry.id] += value.field.startswith(f"indicators.{entry.id}.")
    return found
