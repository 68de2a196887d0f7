"""What the city sets for itself: manner, preferred words, own terms, 記入要領, what grades and 横ばい ask for."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, get_flashed_messages, redirect, request, url_for
from werkzeug.wrappers import Response

from corpus import messages
from corpus.city import WritingPart
from corpus.citysettings import (
    change_grading,
    change_tolerance,
    change_writing,
    grading,
    last_saved,
    lead_divisions,
    terms,
    tolerance,
    writing,
)
from corpus.errors import Refused, ShisakuError, StaleSetting, UnusableInput
from corpus.importers.files import decode_table
from corpus.index.passages import change_terms
from web.frame import fragment, page
from web.pages import city_forms as forms
from web.pages.city import SentPart, Stored, city_page, differences, previews
from web.signin import current_actor
from web.state import session
from web.typed import typed_form

blueprint = Blueprint("city", __name__, url_prefix="/city")

READERS: dict[str, Callable[[Mapping[str, str], str], Mapping[str, Any]]] = {
    "manner": lambda sent, table: forms.read_manner(sent),
    "words": forms.read_words_form,
    "guidelines": lambda sent, table: forms.read_guidelines(sent),
}
LINES: dict[str, Callable[[Mapping[str, Any]], Mapping[str, str]]] = {
    "manner": forms.manner_lines,
    "words": forms.word_lines,
    "guidelines": forms.guideline_lines,
}


@blueprint.before_request
def require_access() -> None:
    """Who may set what the city sets: everybody who is signed in. The one place to ask for a role."""
    current_actor()


@blueprint.get("")
def show() -> Response:
    """All settings."""
    flashed: list[Any] = list(get_flashed_messages(with_categories=True))
    return _page(done={str(part): str(words) for part, words in flashed})


@blueprint.post("/manner/preview")
def show_preview() -> Response:
    """The example in the manner that is chosen in the form, not saved."""
    sent = typed_form()
    # a row whose division is still to be typed is shown as well
    sent |= {f"division-{row}": sent.get(f"division-{row}") or messages.UNNAMED for row in forms.chosen_rows(sent)}
    chosen = forms.read_manner(sent)
    return fragment("fragments/manner_preview.html", previews(chosen["manner"], chosen["divisions"]), "書きぶりの見本")


@blueprint.post("/manner")
def save_manner() -> Response:
    """Store the manner of the city and of divisions."""
    return _save_writing("manner")


@blueprint.post("/words")
def save_words() -> Response:
    """Store the preferred words: the rows of the form, a pasted table, a file."""
    return _save_writing("words")


@blueprint.post("/guidelines")
def save_guidelines() -> Response:
    """Store the 記入要領 of the sections."""
    return _save_writing("guidelines")


@blueprint.post("/grading")
def save_grades() -> Response:
    """Store what grades ask for."""
    sent = typed_form()
    try:
        chosen = forms.read_grading(sent)
    except Refused as refused:
        return _again(SentPart("grading", sent, str(refused)))
    try:
        changed = change_grading(session(), chosen, seen=sent.get("seen", ""), actor=current_actor())
        session().commit()
    except StaleSetting as stale:
        session().rollback()
        stored = forms.grading_lines(grading(session()))
        found = differences(stored, forms.grading_lines(chosen), messages.SETTING_NONE)
        return _again(SentPart("grading", sent, str(stale), differences=found, stale=True))
    return _saved("grading", messages.SETTING_SAVED if changed else messages.SETTING_UNCHANGED)


@blueprint.post("/tolerance")
def save_tolerance() -> Response:
    """Store what the checker takes for 横ばい."""
    sent = typed_form()
    try:
        chosen = forms.read_tolerance(sent)
    except Refused as refused:
        return _again(SentPart("tolerance", sent, str(refused)))
    try:
        changed = change_tolerance(session(), chosen, seen=sent.get("seen", ""), actor=current_actor())
        session().commit()
    except StaleSetting as stale:
        session().rollback()
        stored = forms.tolerance_lines(tolerance(session()))
        found = differences(stored, forms.tolerance_lines(chosen), messages.SETTING_NONE)
        return _again(SentPart("tolerance", sent, str(stale), differences=found, stale=True))
    return _saved("tolerance", messages.SETTING_SAVED if changed else messages.SETTING_UNCHANGED)


@blueprint.post("/terms")
def save_terms() -> Response:
    """Store the city's own terms and bring the search in step: the rows of the form, a pasted table."""
    sent = typed_form()
    table = sent.get("table", "")
    try:
        chosen = forms.read_terms_form(sent)
    except Refused as refused:
        return _again(SentPart("terms", sent, str(refused), table))
    try:
        changed = change_terms(session(), chosen, seen=sent.get("seen", ""), actor=current_actor())
        session().commit()
    except StaleSetting as stale:
        session().rollback()
        found = differences(forms.term_lines(terms(session())), forms.term_lines(chosen), messages.SETTING_NONE)
        return _again(SentPart("terms", sent, str(stale), table, found, stale=True))
    if changed is None:
        return _saved("terms", messages.SETTING_UNCHANGED)
    count = len(changed.terms)
    return _saved("terms", messages.terms_saved(count, max(0, count - len(forms.read_term_rows(sent)))))


def _save_writing(part: WritingPart) -> Response:
    sent, table = typed_form(), ""
    try:
        table = _table(sent)
        chosen = READERS[part](sent, table)
    except ShisakuError as problem:
        return _again(SentPart(part, sent, str(problem), table or sent.get("table", "")))
    try:
        changed = change_writing(session(), part, chosen, seen=sent.get("seen", ""), actor=current_actor())
        session().commit()
    except StaleSetting as stale:
        session().rollback()
        stored = LINES[part](dict(writing(session())))
        found = differences(stored, LINES[part](chosen), messages.SETTING_NONE)
        return _again(SentPart(part, sent, str(stale), table, found, stale=True))
    if changed is None:
        return _saved(part, messages.SETTING_UNCHANGED)
    if part == "words":
        rows = len(forms.read_word_rows(sent))
        return _saved(part, messages.words_saved(len(changed.words), len(changed.words) - rows))
    return _saved(part, messages.SETTING_SAVED)


def _table(sent: Mapping[str, str]) -> str:
    """The pasted rows, or those of the file; raises ``UnusableInput`` for both at once."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return sent.get("table", "")
    if sent.get("table", "").strip():
        raise UnusableInput(messages.WORDS_TWO_TABLES)
    return decode_table(file.read())


def _saved(part: str, words: str) -> Response:
    flash(words, part)
    return redirect(url_for("city.show", _anchor=part), HTTPStatus.SEE_OTHER)


def _again(sent: SentPart) -> Response:
    return _page(sent, status=HTTPStatus.CONFLICT if sent.stale else HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    sent: SentPart | None = None, *, done: Mapping[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    database = session()
    stored = Stored(
        writing(database),
        grading(database),
        lead_divisions(database),
        {name: last_saved(database, name) for name in ("writing", "grading", "tolerance", "terms")},
        tolerance(database),
        terms(database),
    )
    return page("city.html", city_page(stored, sent, done), status)
