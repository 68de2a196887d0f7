"""Links over the years: what a sheet continues, proposals to accept, links to make by hand and to end."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.continuity import Added, LinkTable, add_division_link, add_indicator_link, add_measure_link, end_link
from corpus.errors import Refused
from corpus.store import get_sheet
from web.frame import flashed, page
from web.pages.links import ProposalView, Wanted
from web.signin import current_actor
from web.state import session
from web.typed import typed_id, typed_text
from web.views.linkpage import earlier_indicator, earlier_measure, links_page, proposal_view
from web.views.past import Past

blueprint = Blueprint("links", __name__, url_prefix="/sheets/<id:sheet_id>/links")


@blueprint.route("", methods=["GET", "POST"])
def show(sheet_id: int) -> Response:
    """What the sheet continues, what is proposed, what was linked; sent by its forms, a link to save."""
    if request.method == "POST":
        return _add_link(sheet_id)
    done = flashed()
    return page("links.html", links_page(Past(sheet_id), done=done))


def _add_link(sheet_id: int) -> Response:
    """Save a link; with ``step`` preview only say what it will change. What cannot be done shows the page as sent."""
    past, wanted = Past(sheet_id), _wanted()
    try:
        if request.form.get("step") == "preview":
            return page("links.html", links_page(past, wanted, preview=_checked(past, wanted)))
        added = _add(past, wanted)
        session().commit()
    except Refused as error:
        session().rollback()
        content = links_page(Past(sheet_id), wanted, problem=str(error))
        return page("links.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(messages.LINK_ADDED if added.new else messages.LINK_THERE_ALREADY)
    return redirect(url_for("links.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/end")
def end(sheet_id: int) -> Response:
    """End a link; one that somebody else ended meanwhile is no error."""
    sheet, link_id = get_sheet(session(), sheet_id), typed_id("link")
    tables: dict[str, LinkTable] = {"measure": "measure", "indicator": "indicator", "division": "division"}
    table = tables.get(request.form.get("table", ""))
    ended = False
    if table is not None and link_id is not None:
        ended = end_link(session(), sheet, table, link_id, actor=current_actor())
    session().commit()
    flash(messages.LINK_ENDED if ended else messages.LINK_GONE)
    return redirect(url_for("links.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _wanted() -> Wanted:
    names = ("what", "key", "earlier", "kind", "note")
    what, key, earlier, kind, note = (typed_text(name).strip() for name in names)
    return Wanted(what, key, "" if kind == "separate" else earlier, kind, note)


def _add(past: Past, wanted: Wanted) -> Added:
    database, sheet, actor = session(), past.row, current_actor()
    kind, note = wanted.kind, wanted.note
    if wanted.what == "measure":
        return add_measure_link(database, sheet, earlier_measure(wanted.earlier), kind, note=note, actor=actor)
    if wanted.what == "indicator":
        before = earlier_indicator(wanted.earlier)
        return add_indicator_link(database, sheet, wanted.key, before, kind, note=note, actor=actor)
    return add_division_link(database, sheet, wanted.earlier, kind, note=note, actor=actor)


def _checked(past: Past, wanted: Wanted) -> ProposalView:
    """The preview of a link that can be saved: it is made and taken back again. Raises ``Refused`` like saving it."""
    _add(past, wanted)
    session().rollback()
    return proposal_view(Past(past.row.id or 0), wanted, "")
