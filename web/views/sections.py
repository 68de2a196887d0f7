"""A section by itself: shown, saved, its history. A save against an older revision shows both texts."""

from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.citysettings import writing
from corpus.errors import NotFound, Refused, StaleRevision
from corpus.form import section_label
from corpus.models import Revision
from corpus.narratives import current_revision, history, save_text
from corpus.talk import get_draft
from web.errors import is_fragment
from web.frame import fragment
from web.pages.sections import HistoryView, StaleView, revision_view, section_view
from web.signin import current_actor
from web.state import session
from web.typed import typed_id, typed_text
from web.views.reading import known_section, open_sheet

blueprint = Blueprint("sections", __name__, url_prefix="/sheets/<id:sheet_id>/sections/<key>")

SAVE_ORIGINS = ("edit", "draft", "restore")
LONGEST_SECTION = 100_000


@blueprint.get("")
def show(sheet_id: int, key: str) -> Response:
    """The section as it is stored now."""
    return _section(sheet_id, known_section(key), "")


@blueprint.post("")
def save(sheet_id: int, key: str) -> Response:
    """Save the text of the form, based on the revision that its writer saw; 409 with both texts if that is not the
    newest one any more.
    """
    opened = open_sheet(sheet_id)
    text, based_on = typed_text("text"), typed_id("based_on")
    origin, draft_id = request.form.get("origin", "edit"), typed_id("draft_id")
    if origin not in SAVE_ORIGINS:
        raise Refused(messages.UNKNOWN_ORIGIN)
    if len(text) > LONGEST_SECTION:
        raise Refused(messages.section_too_long(LONGEST_SECTION))
    before = current_revision(session(), sheet_id, known_section(key))
    try:
        revision = save_text(
            session(),
            sheet_id,
            key,
            text,
            actor=current_actor(),
            based_on=based_on,
            origin=origin,
            draft_id=_draft_of(draft_id, sheet_id, key) if origin == "draft" else None,
        )
        session().commit()
    except StaleRevision as stale:
        session().rollback()
        return _stale(sheet_id, key, opened.sheet.fiscal_year, stale, origin, draft_id)
    if not is_fragment():
        return redirect(url_for("sheets.show", sheet_id=sheet_id, _anchor=f"section-{key}"), HTTPStatus.SEE_OTHER)
    unchanged = (revision.id if revision else None) == (before.id if before else None)
    return _section(sheet_id, key, messages.SECTION_UNCHANGED if unchanged else messages.SECTION_SAVED)


@blueprint.post("/suggestion")
def take(sheet_id: int, key: str) -> Response:
    """Put a suggestion of the checker into the stored text, if it is still the text and the suggestion it was."""
    opened = open_sheet(sheet_id)
    revision = current_revision(session(), sheet_id, known_section(key))
    wanted = (request.form.get("start", type=int), request.form.get("end", type=int), request.form.get("suggestion"))
    text = revision.text if revision else ""
    based_on = typed_id("based_on")
    findings = opened.findings(key, text)
    found = next((one for one in findings if (one.start, one.end, one.suggestion) == wanted), None)
    if revision is None or revision.id != based_on or found is None or found.start is None or not found.suggestion:
        return _gone(sheet_id, key)
    try:
        save_text(
            session(),
            sheet_id,
            key,
            text[: found.start] + found.suggestion + text[found.end :],
            actor=current_actor(),
            based_on=based_on,
            origin="check",
        )
        session().commit()
    except StaleRevision:
        session().rollback()
        return _gone(sheet_id, key)
    if not is_fragment():
        return redirect(url_for("sheets.show", sheet_id=sheet_id, _anchor=f"section-{key}"), HTTPStatus.SEE_OTHER)
    return _section(sheet_id, key, messages.suggestion_taken(found.text, found.suggestion), before=text)


@blueprint.get("/history")
def show_history(sheet_id: int, key: str) -> Response:
    """Every revision of the section, newest first."""
    opened = open_sheet(sheet_id)
    label = section_label(known_section(key), opened.sheet.fiscal_year)
    revisions = tuple(revision_view(revision) for revision in history(session(), sheet_id, key))
    return fragment("fragments/history.html", HistoryView(sheet_id, key, label, revisions), label)


def _gone(sheet_id: int, key: str) -> Response:
    """A suggestion that is none any more: the section as it is stored now, with its own findings."""
    if not is_fragment():
        raise Refused(messages.SUGGESTION_GONE)
    return _section(sheet_id, key, messages.SUGGESTION_GONE_SHOWN, HTTPStatus.CONFLICT)


def _section(
    sheet_id: int, key: str, note: str, status: HTTPStatus = HTTPStatus.OK, *, before: str | None = None
) -> Response:
    opened = open_sheet(sheet_id)
    revision = current_revision(session(), sheet_id, key)
    findings = opened.findings(key, revision.text if revision else "")
    year, manner = opened.sheet.fiscal_year, writing(session())
    view = section_view(
        sheet_id,
        key,
        year,
        revision,
        findings,
        note,
        refused=status != HTTPStatus.OK,
        before=before,
        writing=manner,
        earlier=opened.earlier,
    )
    return fragment("fragments/section.html", view, view.label, status)


def _stale(
    sheet_id: int, key: str, fiscal_year: int, stale: StaleRevision, origin: str, draft_id: int | None
) -> Response:
    stored = session().get(Revision, stale.current_revision) if stale.current_revision else None
    view = StaleView(
        sheet_id=sheet_id,
        key=key,
        label=section_label(key, fiscal_year),
        message=str(stale),
        stored=revision_view(stored),
        submitted=stale.submitted,
        origin=origin,
        draft_id=draft_id,
    )
    return fragment("fragments/stale.html", view, view.label, HTTPStatus.CONFLICT)


def _draft_of(draft_id: int | None, sheet_id: int, key: str) -> int | None:
    """The draft that the text came from, if it was made for this section."""
    if draft_id is None:
        return None
    draft = get_draft(session(), draft_id)
    if draft.sheet_id != sheet_id or draft.section_key != key:
        raise NotFound(messages.NO_SUCH_MESSAGE)
    return draft_id
