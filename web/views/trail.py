"""The trail of a sheet: who changed what when, and taking an act back."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.editing import trail, undo
from corpus.errors import Refused, StalePlaces
from corpus.store import get_sheet, load_sheet
from web.frame import flashed, page
from web.pages.trail import trail_page
from web.signin import current_actor
from web.state import session

blueprint = Blueprint("trail", __name__, url_prefix="/sheets/<id:sheet_id>/trail")


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """A page of the acts, newest first."""
    return _page(sheet_id, done=flashed())


@blueprint.post("/<id:act_id>/undo")
def take_back(sheet_id: int, act_id: int) -> Response:
    """Take an act back by a new one; where its places were changed since, nothing is changed and the page says so."""
    sheet = get_sheet(session(), sheet_id)
    try:
        undone = undo(session(), sheet, act_id, actor=current_actor())
        session().commit()
    except Refused as refused:
        session().rollback()
        stale = isinstance(refused, StalePlaces)
        problem = messages.undo_overtaken(str(refused)) if stale else str(refused)
        return _page(sheet_id, problem=problem, status=HTTPStatus.CONFLICT)
    entry = next((entry for entry in trail(session(), get_sheet(session(), sheet_id)) if entry.id == undone), None)
    flash(messages.act_undone(len(entry.changes)) if entry else messages.NOTHING_TO_UNDO)
    return redirect(url_for("trail.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _page(sheet_id: int, *, problem: str = "", done: str = "", status: int = HTTPStatus.OK) -> Response:
    row = get_sheet(session(), sheet_id)
    number = request.args.get("page", default=1, type=int)
    content = trail_page(
        sheet_id, load_sheet(session(), row), trail(session(), row), number, problem=problem, done=done
    )
    return page("trail.html", content, status)
