"""The values of a sheet that a source did not decide: asked all together, put in place all or none."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.confirming import open_values, resolve_values
from corpus.errors import Refused
from corpus.store import load_sheet
from web.frame import flashed, page
from web.pages.confirm import confirm_page, read_choices
from web.signin import current_actor
from web.state import session
from web.typed import typed_form
from web.views.reading import open_sheet

blueprint = Blueprint("confirm", __name__, url_prefix="/sheets/<id:sheet_id>/confirm")


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """Every open place of the sheet with its candidates."""
    sheet = open_sheet(sheet_id).sheet
    done = flashed()
    return page("confirm.html", confirm_page(sheet_id, sheet, open_values(session(), sheet_id), done=done))


@blueprint.post("")
def settle(sheet_id: int) -> Response:
    """Put the chosen values in place; a value that does not fit shows the page again as it was sent."""
    opened = open_sheet(sheet_id)
    row, sent = opened.row, typed_form()
    try:
        choices = read_choices(open_values(session(), sheet_id), sent)
        count = resolve_values(session(), row, choices, actor=current_actor())
        session().commit()
    except Refused as error:
        session().rollback()
        entries = open_values(session(), sheet_id)
        content = confirm_page(sheet_id, load_sheet(session(), row), entries, sent, problem=str(error))
        return page("confirm.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(messages.values_settled(count, len(open_values(session(), sheet_id))))
    return redirect(url_for("confirm.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)
