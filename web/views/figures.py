"""Typing the figures of a sheet: the grid, a review of what is typed so far, saving all or nothing."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from assistant.entering import enter, same_value
from corpus import messages
from corpus.confirming import open_values, settle_as_it_stands
from corpus.editing import change_sheet
from corpus.errors import Refused, StalePlaces
from corpus.places import ABSENT, NoSuchPlace, Value, value_at
from corpus.sheetfile import SheetFile
from web.frame import flashed, fragment, page
from web.pages.entry import Sent, entry_page, read_sent, read_typed_cells, remark_list
from web.signin import current_actor
from web.state import session
from web.typed import typed_form
from web.views.reading import open_sheet

blueprint = Blueprint("figures", __name__, url_prefix="/sheets/<id:sheet_id>/figures")


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """The tables as a grid of inputs."""
    return _page(sheet_id, done=flashed())


@blueprint.post("/review")
def review(sheet_id: int) -> Response:
    """What is remarkable about the sheet with the cells typed so far; changes nothing."""
    opened = open_sheet(sheet_id)
    entered = enter(opened.sheet, read_typed_cells(typed_form()), opened.earlier)
    return fragment("fragments/remarks.html", remark_list(opened.sheet, entered), "入力の確認")


@blueprint.post("")
def save(sheet_id: int) -> Response:
    """Put every typed cell in its place, or none and show the page again as it was sent."""
    sent = read_sent(typed_form())
    opened = open_sheet(sheet_id)
    entered = enter(opened.sheet, sent.typed, opened.earlier)
    if errors := entered.count("error"):
        problem = messages.errors_not_saved(errors)
        return _page(sheet_id, sent=sent, problem=problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    # what somebody else entered likewise meanwhile is no conflict
    changes = [
        change
        for change in sent.changes(entered.values)
        if not same_value(_standing(opened.sheet, change.path), change.after)
    ]
    places = {change.path for change in changes}
    waiting = open_values(session(), sheet_id)
    settled = {entry.id for entry in waiting if entry.id in sent.settled and entry.field not in places and entry.id}
    try:
        action = "sheet.paste" if sent.pasted else "sheet.edit"
        change_sheet(session(), opened.row, changes, actor=current_actor(), action=action)
        count = settle_as_it_stands(session(), opened.row, settled, actor=current_actor())
        session().commit()
    except StalePlaces as stale:
        session().rollback()
        stale_paths = tuple(path for path, _ in stale.places)
        problem = messages.stale_cells(len(stale_paths)) if stale_paths else str(stale)
        return _page(sheet_id, sent=sent, problem=problem, stale=stale_paths, status=HTTPStatus.CONFLICT)
    except Refused as refused:
        session().rollback()
        return _page(sheet_id, sent=sent, problem=str(refused), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(messages.cells_saved(len(changes), count))
    return redirect(url_for("figures.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _standing(sheet: SheetFile, path: str) -> Value:
    try:
        return value_at(sheet, path)
    except NoSuchPlace:
        return ABSENT


def _page(
    sheet_id: int,
    *,
    sent: Sent | None = None,
    problem: str = "",
    done: str = "",
    stale: tuple[str, ...] = (),
    status: int = HTTPStatus.OK,
) -> Response:
    opened = open_sheet(sheet_id)
    content = entry_page(
        sheet_id,
        opened.sheet,
        enter(opened.sheet, sent.typed if sent else {}, opened.earlier),
        open_values(session(), sheet_id),
        keeper=f"{sheet_id}:{current_actor().id}",
        sent=sent,
        problem=problem,
        done=done,
        stale=stale,
    )
    return page("enter.html", content, status)
