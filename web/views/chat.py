"""The chat about a sheet: a question in, the reply as a stream of what is stored of it."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, request, stream_with_context, url_for
from flask import Response as FlaskResponse
from sqlmodel import Session
from werkzeug.wrappers import Response

from assistant.writing.selected import selected
from corpus import messages
from corpus.database import open_session
from corpus.errors import Refused
from corpus.form import SECTION_KEYS
from corpus.models import Conversation, Message
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet
from corpus.talk import ask, cancel_reply, cited_sheets, conversation_of, drafts_of_message, get_message
from web.errors import is_fragment
from web.frame import fragment, rendered_fragment
from web.pages.replies import MessageView, message_view
from web.signin import current_actor
from web.state import app_state, release_session, session
from web.typed import typed_text
from web.views.sections import LONGEST_SECTION

blueprint = Blueprint("chat", __name__)
log = logging.getLogger(__name__)

LONGEST_MESSAGE = 4_000


@blueprint.post("/sheets/<id:sheet_id>/chat")
def send(sheet_id: int) -> Response:
    """Store the question and the waiting reply, begin the reply, and show both."""
    from web.replies import start_reply

    row = get_sheet(session(), sheet_id)
    text = typed_text("text").strip()
    if not text:
        raise Refused(messages.MESSAGE_EMPTY)
    if len(text) > LONGEST_MESSAGE:
        raise Refused(messages.message_too_long(LONGEST_MESSAGE))
    actor = current_actor()
    conversation = conversation_of(session(), sheet_id, actor)
    question, reply = ask(session(), conversation, text, actor, selection=_selection())
    session().commit()
    assert reply.id is not None
    start_reply(_app(), reply.id)
    if not is_fragment():
        return redirect(url_for("sheets.show", sheet_id=sheet_id, _anchor="chat"), HTTPStatus.SEE_OTHER)
    sheet = load_sheet(session(), row)
    return fragment("fragments/messages.html", (message_view(question, [], sheet), message_view(reply, [], sheet)), "")


def _selection() -> dict[str, Any] | None:
    """The passage of an editor that the question is about, as it is kept; None for a question of another kind."""
    key = typed_text("selection_section")
    if not key:
        return None
    if key not in SECTION_KEYS:
        raise Refused(messages.NO_SELECTION)
    written = typed_text("selection_written")
    if len(written) > LONGEST_SECTION:
        raise Refused(messages.selection_too_long(LONGEST_SECTION))
    start, end = (request.form.get(f"selection_{name}", -1, type=int) for name in ("start", "end"))
    words = typed_text("selection_text")
    if not words.strip():
        raise Refused(messages.NO_SELECTION)
    passage = selected(key, start, end, words, written)
    if passage is None:
        raise Refused(messages.SELECTION_GONE)
    return passage.as_object()


@blueprint.get("/chat/messages/<id:message_id>")
def show(message_id: int) -> Response:
    """A message as it is stored now; its stream goes on where it is not complete."""
    return fragment("fragments/message.html", _view(session(), message_id), "")


@blueprint.post("/chat/messages/<id:message_id>/stop")
def stop(message_id: int) -> Response:
    """Stop a reply in the making; what is written of it stays. One that is complete is shown as it is."""
    message = get_message(session(), message_id)
    cancel_reply(session(), message_id)
    session().commit()
    if not is_fragment():
        sheet_id = _sheet_of(session(), message)
        return redirect(url_for("sheets.show", sheet_id=sheet_id, _anchor="chat"), HTTPStatus.SEE_OTHER)
    return fragment("fragments/message.html", _view(session(), message_id), "")


@blueprint.get("/chat/messages/<id:message_id>/stream")
def stream(message_id: int) -> Response:
    """The reply while it is made (server-sent events): ``grown`` its inside as it stands, ``end`` the whole bubble.

    Every event is complete in itself, so a stream that broke off goes on without knowing what came before.
    """
    get_message(session(), message_id)
    release_session()
    response = FlaskResponse(stream_with_context(_events(_app(), message_id)), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _events(app: Flask, message_id: int) -> Iterator[str]:
    from web.replies import follow_reply

    engine = app_state().engine
    try:
        for update in follow_reply(app, message_id):
            if update.kind == "beat":
                yield ": beat\n\n"
                continue
            with open_session(engine) as database:
                view = _view(database, message_id)
            if update.kind == "end":
                yield _event("end", rendered_fragment("fragments/message.html", view), update.version)
            else:
                yield _event("grown", rendered_fragment("fragments/reply.html", view.reply), update.version)
    except Exception:
        log.exception("stream of message %s", message_id)
        yield _event("broken", rendered_fragment("fragments/broken.html", None), 0)


def _event(name: str, html: str, version: int) -> str:
    lines = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"event: {name}\nid: {version}\n{lines}\n"


def _view(database: Session, message_id: int) -> MessageView:
    message = get_message(database, message_id)
    sheet_id = _sheet_of(database, message)
    sheet = load_sheet(database, get_sheet(database, sheet_id))
    return shown_message(database, message, sheet, sheet_id)


def shown_message(database: Session, message: Message, sheet: SheetFile, sheet_id: int) -> MessageView:
    """A message of the conversation about a sheet, with links to the sheets that it names."""
    drafts = drafts_of_message(database, message.id or 0)
    places = cited_sheets(database, message, drafts, sheet.municipality)
    return message_view(message, drafts, sheet, sheet_id, places)


def _sheet_of(database: Session, message: Message) -> int:
    conversation = database.get(Conversation, message.conversation_id)
    assert conversation is not None
    return conversation.sheet_id


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]
