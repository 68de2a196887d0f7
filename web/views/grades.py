"""The three grades of a sheet: proposals with their reasons beside the choice. A person chooses."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.citysettings import grading
from corpus.editing import change_sheet
from corpus.errors import Refused, StalePlaces
from corpus.fields import field_label
from web.frame import flashed, page
from web.pages.grades import grades_page, read_grades
from web.signin import current_actor
from web.state import session
from web.typed import typed_form
from web.views.reading import open_sheet

blueprint = Blueprint("grades", __name__, url_prefix="/sheets/<id:sheet_id>/grades")


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """Proposals, figures and the grades as they are stored."""
    return _page(sheet_id, done=flashed())


@blueprint.post("")
def choose(sheet_id: int) -> Response:
    """Store the chosen grades; if someone chose others meanwhile, the page comes again with both."""
    row, sent = open_sheet(sheet_id).row, typed_form()
    try:
        changes = read_grades(sent)
        change_sheet(session(), row, changes, actor=current_actor(), action="grade.choose")
        session().commit()
    except Refused as refused:
        session().rollback()
        status = HTTPStatus.CONFLICT if isinstance(refused, StalePlaces) else HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(sheet_id, sent, problem=str(refused), status=status)
    labels = [f"{field_label(change.path)}" for change in changes]
    flash(messages.grades_chosen(labels) if labels else messages.GRADES_UNCHANGED)
    return redirect(url_for("grades.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _page(
    sheet_id: int,
    sent: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    done: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    from assistant.grading import propose

    opened = open_sheet(sheet_id)
    sheet, asked = opened.sheet, grading(session())
    last_year = next((other for other in opened.earlier if other.fiscal_year == sheet.fiscal_year - 1), None)
    proposals = propose(sheet, opened.earlier, asked)
    content = grades_page(
        sheet_id, sheet, last_year, proposals, checks=asked.check, sent=sent, problem=problem, done=done
    )
    return page("grades.html", content, status)
