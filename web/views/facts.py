"""The facts of the year: noted line by line, changed and deleted in place, last year's taken over."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import simplejson
from flask import Blueprint, flash, get_flashed_messages, redirect, request, url_for
from werkzeug.wrappers import Response

from assistant.evidence import evidence_in
from assistant.offering import Fate, Offer, last_years, offers, taken_over
from corpus import messages
from corpus.editing import trail, undo
from corpus.errors import NotFound, Refused, StalePlaces
from corpus.places import ABSENT, Change, Value
from corpus.sheetfile import SheetFile
from corpus.store import load_sheet
from corpus.storednotes import add_notes, delete_note, note_at, save_note
from corpus.typednotes import NOTE_COLUMNS, read_figure, read_note, typed_lines
from corpus.yearfacts import FACT_KINDS, FactKind
from web.errors import is_fragment
from web.frame import fragment, page
from web.pages.facts import (
    BY_DIRECTION,
    FactsPage,
    NoteView,
    block,
    facts_page,
    fields_of,
    list_id,
    note_view,
    note_words,
    totals,
    typed_fields,
)
from web.pages.facts_offers import OffersView, offers_view
from web.pages.facts_parts import Changed, GoneNote, NewRows, TakenOver
from web.signin import current_actor
from web.state import session
from web.typed import typed_form, typed_text
from web.views.reading import OpenSheet, open_sheet

blueprint = Blueprint("facts", __name__, url_prefix="/sheets/<id:sheet_id>/facts")

NOTE_ACTIONS = ("facts.edit", "facts.import", "sheet.undo")


@blueprint.get("")
def show(sheet_id: int) -> Response:
    """Every block; ``?edit=<id>`` opens a note, ``?note=<id>&figure=<n>`` fills the line for an evidence note."""
    opened = open_sheet(sheet_id)
    editing, source = request.args.get("edit", ""), request.args.get("note", "")
    more: dict[str, Any] = {}
    if editing:
        more["notes"] = [replace(_row(sheet_id, opened.sheet, editing), editing=True)]
    if source:
        more["line"] = ("evidence", "", _proposed(opened.sheet, source))
    flashed = get_flashed_messages(with_categories=True)
    done = " ".join(str(message) for _, message in flashed)
    act = next((int(category) for category, _ in flashed if str(category).isdecimal()), None)
    return page("facts.html", _page(sheet_id, opened, done=done, act=act, **more))


@blueprint.post("/new/<kind>")
def add(sheet_id: int, kind: str) -> Response:
    """Add what was typed in the next line of a block, one note a line; what does not fit adds nothing."""
    known = _known_kind(kind)
    opened, typed = open_sheet(sheet_id), typed_form()
    by = current_actor().name
    block_direction = typed.get("direction", "") if known in BY_DIRECTION else ""
    try:
        notes = [read_note(known, line, opened.sheet, by=by) for line in typed_lines(known, typed)]
        noted = add_notes(session(), opened.row, notes, actor=current_actor())
        session().commit()
    except Refused as error:
        session().rollback()
        if is_fragment():
            raise
        return _again(sheet_id, str(error), line=(known, block_direction, typed))
    if not is_fragment():
        return _done(sheet_id, messages.notes_added(len(noted.ids)), noted.act, list_id(known, block_direction))
    rows = tuple(_row(sheet_id, _sheet(opened), note_id) for note_id in noted.ids)
    rows = (replace(rows[0], message=messages.notes_added(len(rows))), *rows[1:])
    content = NewRows(rows, totals(_sheet(opened)))
    return fragment("fragments/note_rows.html", content, messages.notes_added(len(rows)))


@blueprint.get("/note")
def show_note(sheet_id: int) -> Response:
    """A note as it is stored now; ``edit=1``: its fields to be changed."""
    row = _row(sheet_id, open_sheet(sheet_id).sheet, request.args.get("id", ""))
    return _note(replace(row, editing=request.args.get("edit") == "1"))


@blueprint.post("/note")
def save(sheet_id: int) -> Response:
    """Save a note in its place; 409 with both versions where somebody changed it meanwhile."""
    opened, typed = open_sheet(sheet_id), typed_form()
    note_id, kind, before = _named(typed)
    try:
        note = read_note(kind, typed, opened.sheet)
        noted = save_note(session(), opened.row, note_id, before, note, actor=current_actor())
        session().commit()
    except StalePlaces as stale:
        session().rollback()
        return _stale(sheet_id, _sheet(opened), note_id, kind, typed, stale)
    except Refused as error:
        session().rollback()
        if is_fragment():
            raise
        view = NoteView(**_typed_view(sheet_id, opened.sheet, note_id, kind, typed) | {"problem": str(error)})
        return _again(sheet_id, str(error), notes=[view])
    said = messages.NOTE_SAVED if noted.act is not None else messages.NOTE_UNCHANGED
    if not is_fragment():
        return _done(sheet_id, said, noted.act, f"note-{note_id}")
    sheet = _sheet(opened)
    row = replace(_row(sheet_id, sheet, note_id), message=said)
    home = list_id(kind, note.get("direction"))
    was = list_id(kind, before.get("direction")) if isinstance(before, dict) else home
    content = Changed(row, totals(sheet), moved_to=home if home != was else "")
    return fragment("fragments/note_changed.html", content, row.lead)


@blueprint.post("/note/delete")
def delete(sheet_id: int) -> Response:
    """Take a note away; the answer offers to put it back."""
    opened = open_sheet(sheet_id)
    note_id, kind, before = _named(typed_form())
    row = _row(sheet_id, opened.sheet, note_id)
    try:
        noted = delete_note(session(), opened.row, note_id, before, actor=current_actor())
        session().commit()
    except StalePlaces:
        session().rollback()
        fresh = replace(_row(sheet_id, _sheet(opened), note_id), problem=messages.NOTE_CHANGED_NOT_DELETED)
        if is_fragment():
            return _note(fresh, HTTPStatus.CONFLICT)
        return page("facts.html", _page(sheet_id, open_sheet(sheet_id), notes=[fresh]), HTTPStatus.CONFLICT)
    if not is_fragment():
        return _done(sheet_id, messages.NOTE_DELETED, noted.act, list_id(kind, _direction_of(before)))
    gone = GoneNote(sheet_id, row.id, row.anchor, row.lead, noted.act or 0, totals(_sheet(opened)))
    return fragment("fragments/note_gone.html", gone, row.lead)


@blueprint.post("/undo/<id:act_id>")
def take_back(sheet_id: int, act_id: int) -> Response:
    """Undo an act on the notes: a deletion, an addition, an import."""
    opened = open_sheet(sheet_id)
    entry = next((entry for entry in trail(session(), opened.row) if entry.id == act_id), None)
    if entry is None or entry.action not in NOTE_ACTIONS:
        raise NotFound(messages.NO_SUCH_ACT)
    undo(session(), opened.row, act_id, actor=current_actor())
    session().commit()
    note_id = typed_text("id")
    if not is_fragment() or not note_id:
        return _done(sheet_id, messages.NOTE_BACK, None, "facts")
    sheet = _sheet(opened)
    row = replace(_row(sheet_id, sheet, note_id), message=messages.NOTE_BACK)
    return fragment("fragments/note_changed.html", Changed(row, totals(sheet), moved_to=""), row.lead)


@blueprint.get("/evidence")
def propose(sheet_id: int) -> Response:
    """The line for an evidence note, filled from a figure of another note; the person saves it."""
    opened = open_sheet(sheet_id)
    preset = _proposed(opened.sheet, request.args.get("note", ""))
    view = block(sheet_id, "evidence", "", opened.sheet, current_actor().name, preset)
    return fragment("fragments/note_line.html", view, view.label)


@blueprint.post("/offers")
def take(sheet_id: int) -> Response:
    """Take over what was chosen of last year's facts, all or none."""
    opened, sent = open_sheet(sheet_id), typed_form()
    found = offers(opened.sheet, last_years(opened.sheet, opened.earlier))
    try:
        notes = _chosen(found, opened.sheet, sent)
        noted = add_notes(session(), opened.row, notes, actor=current_actor())
        session().commit()
    except Refused as error:
        session().rollback()
        view = offers_view(sheet_id, _sheet(opened), found, sent, problem=str(error))
        if is_fragment():
            return fragment("fragments/offers.html", view, "", HTTPStatus.UNPROCESSABLE_ENTITY)
        return _again(sheet_id, str(error), offered=view)
    said = messages.notes_added(len(noted.ids))
    if not is_fragment():
        return _done(sheet_id, said, noted.act, "offers")
    sheet = _sheet(opened)
    rows = tuple(_row(sheet_id, sheet, note_id) for note_id in noted.ids)
    left = offers_view(sheet_id, sheet, offers(sheet, last_years(sheet, opened.earlier)), message=said)
    return fragment("fragments/offers_taken.html", TakenOver(left, rows, totals(sheet)), said)


def _chosen(found: list[Offer], sheet: SheetFile, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """The notes that the offers of the form become. ``one``: a single offer by its own button."""
    single = sent.get("one", "")
    notes: list[dict[str, Any]] = []
    for offer in found:
        fate = sent.get(f"fate-{offer.key}", "")
        if single and offer.key != single:
            continue
        if not fate and single:
            fate = offer.fates[0] if len(offer.fates) == 1 else ""
        if not fate:
            continue
        if fate not in offer.fates:
            raise Refused(messages.not_a_choice(fate))
        figure = sent.get(f"figure-{offer.key}", "").strip()
        known: Fate = next(one for one in offer.fates if one == fate)
        value = read_figure(figure)[0] if figure else None
        words = sent.get(f"words-{offer.key}", "")
        more = {"year": sheet.fiscal_year, "by": current_actor().name} if offer.group == "evidence" else {}
        notes.append(taken_over(offer, known, words, value, **more))
    if not notes:
        raise Refused(messages.NO_OFFER_CHOSEN)
    return notes


def _known_kind(kind: str) -> FactKind:
    found = next((known for known in FACT_KINDS if known == kind), None)
    if found is None:
        raise NotFound(messages.NO_SUCH_NOTE)
    return found


def _named(typed: Mapping[str, str]) -> tuple[str, FactKind, Value]:
    """Id and kind of the note that a form is about, and what stood there when it was shown."""
    kept = typed.get("before", "")
    try:
        change = Change.from_object({"path": "", "before": kept or None, "after": None})
    except (simplejson.JSONDecodeError, RecursionError) as error:
        raise Refused(messages.FORM_TOO_OLD) from error
    note_id = typed.get("id", "")
    if not note_id:
        raise NotFound(messages.NO_SUCH_NOTE)
    return note_id, _known_kind(typed.get("kind", "")), change.before


def _direction_of(value: Value) -> object:
    return value.get("direction") if isinstance(value, dict) else None


def _sheet(opened: OpenSheet) -> SheetFile:
    """The sheet as it is stored by now."""
    return load_sheet(session(), opened.row)


def _row(sheet_id: int, sheet: SheetFile, note_id: str) -> NoteView:
    value = note_at(sheet, note_id)
    return note_view(sheet_id, value["kind"], value, sheet)


def _note(row: NoteView, status: int = HTTPStatus.OK) -> Response:
    return fragment("fragments/note.html", row, row.lead, status)


def _typed_view(
    sheet_id: int, sheet: SheetFile, note_id: str, kind: FactKind, typed: Mapping[str, str]
) -> dict[str, Any]:
    shown = note_view(sheet_id, kind, {"id": note_id}, sheet)
    return vars(shown) | {"fields": typed_fields(kind, typed), "before": typed.get("before", ""), "editing": True}


def _stale(
    sheet_id: int, sheet: SheetFile, note_id: str, kind: FactKind, typed: Mapping[str, str], stale: StalePlaces
) -> Response:
    """Both versions: what stands there now, and what was typed, which may be saved over it."""
    present = next((value for _, value in stale.places), ABSENT)
    gone = present is ABSENT or not isinstance(present, dict)
    stored = None if gone else fields_of(kind, present, sheet)
    before = "" if gone else note_view(sheet_id, kind, present, sheet).before
    content = _typed_view(sheet_id, sheet, note_id, kind, typed) | {
        "before": before,
        "stored": stored,
        "gone": gone,
        "problem": messages.NOTE_GONE if gone else messages.NOTE_CHANGED,
    }
    view = NoteView(**content)
    if is_fragment():
        return _note(view, HTTPStatus.CONFLICT)
    return page("facts.html", _page(sheet_id, open_sheet(sheet_id), notes=[view]), HTTPStatus.CONFLICT)


def _proposed(sheet: SheetFile, source: str) -> dict[str, Any]:
    """The evidence note that a figure of the note ``source`` would be."""
    value = note_at(sheet, source)
    units = [entry.unit for entry in sheet.indicators if entry.unit]
    found = evidence_in(note_words(value["kind"], value), sheet.fiscal_year, units)
    place = request.args.get("figure", 0, type=int)
    if not 0 <= place < len(found):
        raise Refused(messages.NO_FIGURE_THERE)
    one = found[place]
    # the figures of a 事務事業 are named by it
    what = f"{value['name']}：{one.what}" if value["kind"] == "projects" else one.what
    named = {"what": what, "figure": one.figure, "unit": one.unit or None, "year": one.year}
    return named | {"direction": value.get("direction")}


def _offers(sheet_id: int, opened: OpenSheet) -> OffersView:
    return offers_view(sheet_id, opened.sheet, offers(opened.sheet, last_years(opened.sheet, opened.earlier)))


def _page(sheet_id: int, opened: OpenSheet, *, offered: OffersView | None = None, **more: Any) -> FactsPage:
    by = current_actor().name
    return facts_page(sheet_id, opened.sheet, by, offered or _offers(sheet_id, opened), **more)


def _again(
    sheet_id: int,
    problem: str,
    *,
    line: tuple[FactKind, str, Mapping[str, str]] | None = None,
    **more: Any,
) -> Response:
    """The whole page once more, as it was sent: nothing typed is lost."""
    opened = open_sheet(sheet_id)
    content = _page(sheet_id, opened, problem=problem, **more)
    if line is not None:
        content = _with_line(content, *line)
    return page("facts.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)


def _with_line(content: FactsPage, kind: FactKind, direction: str, typed: Mapping[str, str]) -> FactsPage:
    fields = typed_fields(kind, {name: typed.get(name, "") for name in NOTE_COLUMNS[kind]})
    directions = tuple(
        replace(
            one,
            blocks=tuple(
                replace(part, line=fields) if (part.kind, part.direction) == (kind, direction) else part
                for part in one.blocks
            ),
        )
        for one in content.directions
    )
    tables = tuple(replace(part, line=fields) if part.kind == kind else part for part in content.tables)
    return replace(content, directions=directions, tables=tables)


def _done(sheet_id: int, said: str, act: int | None, anchor: str) -> Response:
    flash(said, str(act) if act is not None else "message")
    return redirect(url_for("facts.show", sheet_id=sheet_id, _anchor=anchor), HTTPStatus.SEE_OTHER)
