"""The page of the language model: what it is sent, the city's consent, the log of its calls; the switch of a sheet."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from assistant import llm
from assistant.writing.values import LanguageModel
from corpus import messages
from corpus.columns import LARGEST_ID
from corpus.errors import Refused
from corpus.exporters.table import write_table
from corpus.listing import list_sheets
from corpus.modelcalls import calls_csv, count_calls, recent_calls
from corpus.modeluse import agree, consent_of, consents, keeps_inside, may_decide, set_keep_inside, withdraw
from corpus.store import get_sheet
from web.frame import flashed, page, table_file
from web.pages.model import SHOWN_CALLS, Example, ModelPage, call_view, consent_view, example
from web.replies import reply_maker
from web.signin import current_actor
from web.state import app_state, session
from web.typed import typed_text
from web.views.reading import known_section

blueprint = Blueprint("model", __name__)

FIRST_SECTION = "6.1.results"
"""The section of the example: its lines hold the most figures."""


@blueprint.get("/model")
def show() -> Response:
    """The page; ``sheet`` and ``section`` choose the example."""
    return _page(done=flashed())


@blueprint.post("/model/agree")
def give_consent() -> Response:
    """The city's consent to the model that the page showed."""
    model = _model_seen()
    if model is None:
        return _page(problem=messages.MODEL_CHANGED, status=HTTPStatus.CONFLICT)
    agree(session(), **_named(model), actor=current_actor())
    return _decided(messages.MODEL_AGREED)


@blueprint.post("/model/withdraw")
def end_consent() -> Response:
    """Withdraw the consent to the model that the page showed."""
    model = _model_seen()
    if model is None:
        return _page(problem=messages.MODEL_CHANGED, status=HTTPStatus.CONFLICT)
    withdraw(session(), **_named(model), actor=current_actor())
    return _decided(messages.MODEL_WITHDRAWN)


@blueprint.get("/model/calls.csv")
def calls() -> Response:
    """The whole log for Excel."""
    return table_file(write_table(calls_csv(session())), messages.CALLS_FILE)


@blueprint.post("/sheets/<id:sheet_id>/keep-inside")
def switch(sheet_id: int) -> Response:
    """Set the switch 「外部モデルに送らない」 of a sheet: ``on`` is yes or no."""
    wanted = typed_text("on")
    if wanted not in ("yes", "no"):
        raise Refused(messages.NOT_A_SETTING)
    set_keep_inside(session(), get_sheet(session(), sheet_id), wanted == "yes", actor=current_actor())
    session().commit()
    flash(messages.KEPT_INSIDE_NOW if wanted == "yes" else messages.LET_OUT_NOW)
    return redirect(url_for("sheets.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)


def _named(model: LanguageModel) -> dict[str, Any]:
    return {"model": model.name, "provider": model.provider, "address": model.address}


def _model_seen() -> LanguageModel | None:
    """The model that is set, if it is the one that the form was shown for."""
    model = llm.language_model(app_state().settings)
    if model is None or any(typed_text(name) != value for name, value in _named(model).items()):
        return None
    return model


def _decided(said: str) -> Response:
    session().commit()
    flash(said)
    return redirect(url_for("model.show"), HTTPStatus.SEE_OTHER)


def _page(*, done: str = "", problem: str = "", status: int = HTTPStatus.OK) -> Response:
    database, settings = session(), app_state().settings
    model = llm.language_model(settings)
    held = consent_of(database, **_named(model)) if model else None
    content = ModelPage(
        model=model,
        consent=consent_view(held) if held else None,
        may_decide=may_decide(current_actor()),
        past=tuple(map(consent_view, consents(database))),
        example=_example(model) if model else None,
        keeps_contents=settings.llm_keep_contents,
        calls=tuple(map(call_view, recent_calls(database, SHOWN_CALLS))),
        total=count_calls(database),
        done=done,
        problem=problem,
    )
    return page("model.html", content, status)


def _example(model: LanguageModel) -> Example | None:
    """The messages of a draft of the chosen sheet, else of the first one of the newest year; None without a sheet."""
    from assistant.answers.context import ChatContext
    from assistant.answers.outgoing import outgoing

    summaries = list_sheets(session())
    if not summaries:
        return None
    newest = max(summaries, key=lambda summary: summary.fiscal_year)
    asked = request.args.get("sheet", type=int)
    row = get_sheet(session(), asked if asked is not None and 0 < asked <= LARGEST_ID else newest.sheet_id)
    section = known_section(request.args.get("section", FIRST_SECTION))
    inside = model.outside and keeps_inside(session(), row)
    context = ChatContext(session(), row, reply_maker(current_app).index.get)
    prompted = () if inside else outgoing(context, section, outside=model.outside)
    return example(prompted, summaries, row.id or 0, section, kept_inside=inside)
