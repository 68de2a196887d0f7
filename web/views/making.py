"""New sheets: rolled on from last year's, one or many at once, or from nothing."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from sqlmodel import col, select
from werkzeug.wrappers import Response

from corpus import messages
from corpus.columns import LARGEST_ID
from corpus.dates import JAPAN
from corpus.errors import SheetExists
from corpus.fiscal import wareki
from corpus.making import code_as_stored, known_measure, make_sheet, roll_all, roll_measure
from corpus.models import Measure, Sheet
from web.frame import page
from web.pages.making import (
    BlankForm,
    SheetOf,
    every_recent,
    new_sheet_page,
    proposed_year,
    read_blank,
    read_year,
    roll_rows,
    rolled_page,
    same_measure_question,
)
from web.signin import current_actor
from web.state import session
from web.typed import typed_form, typed_id

blueprint = Blueprint("making", __name__, url_prefix="/sheets/new")

MOST_MEASURES = 1_000


@blueprint.get("")
def show() -> Response:
    """The measures with their newest sheet for the year asked for (``year``), and the form for one from nothing."""
    sheets = _sheets()
    proposed = proposed_year(sheets, _this_year())
    typed = request.args.get("year", "").strip()
    year = read_year(typed, proposed) if typed else proposed
    problem = messages.YEAR_UNREADABLE if year is None else ""
    content = new_sheet_page(
        sheets, year or proposed, _blank({}, sheets, proposed), year_typed=typed or None, year_problem=problem
    )
    return page("new_sheet.html", content, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


@blueprint.post("/roll")
def roll() -> Response:
    """Make the year's sheet of the ticked measures, or of all that have one of the year before."""
    sheets = _sheets()
    proposed = proposed_year(sheets, _this_year())
    year = read_year(request.form.get("year", ""), proposed)
    picked = [number for number in request.form.getlist("measure", type=int) if 0 < number <= LARGEST_ID]
    if year is not None and request.form.get("all") == "yes":
        picked = list(every_recent(roll_rows(sheets, year)))
    if year is None or not picked:
        problem = messages.YEAR_UNREADABLE if year is None else messages.NO_MEASURE_PICKED
        content = new_sheet_page(sheets, year or proposed, _blank({}, sheets, proposed), problem=problem)
        return page("new_sheet.html", content, HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(picked) == 1:
        return _roll_one(picked[0], year)
    rolled = roll_all(session(), year, picked[:MOST_MEASURES], actor=current_actor())
    return page("rolled.html", rolled_page(rolled, year))


@blueprint.post("/next")
def roll_next() -> Response:
    """Make the sheet of the year after a measure's newest one (the button of the sheet page)."""
    return _roll_one(typed_id("measure") or 0, read_year(request.form.get("year", ""), _this_year()))


@blueprint.post("")
def create() -> Response:
    """Make a sheet from nothing; what is wrong with the form is said at its fields."""
    sheets, sent = _sheets(), typed_form()
    proposed = proposed_year(sheets, _this_year())
    code = code_as_stored(session(), sent.get("municipality", "").strip(), sent.get("code", ""))
    sheet, problems = read_blank(sent, code, proposed)
    same, existing, problem = "", None, ""
    if sheet is not None:
        known = known_measure(session(), sheet)
        if known and sheet.fiscal_year not in known.years and sent.get("same") != "yes":
            same = same_measure_question(known)
        else:
            try:
                sheet_id = make_sheet(session(), sheet, actor=current_actor())
            except SheetExists as error:
                problem, existing = str(error), error.sheet_id
            else:
                flash(messages.sheet_made(sheet.fiscal_year))
                return redirect(url_for("setup.show", sheet_id=sheet_id), HTTPStatus.SEE_OTHER)
    blank = _blank(sent, sheets, proposed, problems, same)
    content = new_sheet_page(sheets, proposed, blank, problem=problem, existing=existing)
    return page("new_sheet.html", content, HTTPStatus.CONFLICT if existing else HTTPStatus.UNPROCESSABLE_ENTITY)


def _roll_one(measure_id: int, year: int | None) -> Response:
    rolled = roll_measure(session(), measure_id, year, actor=current_actor())
    if rolled.sheet_id is None or rolled.fiscal_year is None:
        return page("rolled.html", rolled_page([rolled], rolled.fiscal_year or _this_year()))
    if rolled.status == "created":
        flash(messages.sheet_rolled(rolled.source_year or rolled.fiscal_year - 1, rolled.fiscal_year))
        for warning in rolled.warnings:
            flash(warning, "warning")
    else:
        flash(messages.sheet_exists(rolled.measure, rolled.fiscal_year))
    return redirect(url_for("setup.show", sheet_id=rolled.sheet_id), HTTPStatus.SEE_OTHER)


def _sheets() -> list[SheetOf]:
    query = (
        select(Sheet, Measure)
        .join(Measure)
        .order_by(col(Measure.municipality), col(Measure.code), col(Measure.name), col(Sheet.fiscal_year))
    )
    return [
        SheetOf(row.id or 0, row.measure_id, measure.code or "", measure.name, row.lead_division or "", row.fiscal_year)
        for row, measure in session().exec(query)
    ]


def _blank(
    sent: dict[str, str],
    sheets: list[SheetOf],
    proposed: int,
    problems: dict[str, str] | None = None,
    same: str = "",
) -> BlankForm:
    """The form as sent, or with what most stored sheets of the newest year say."""
    municipalities = tuple(dict.fromkeys(name for name in session().exec(select(Measure.municipality)) if name))
    policies = tuple(dict.fromkeys(name for name in session().exec(select(Sheet.policy)) if name))
    divisions = tuple(dict.fromkeys(sheet.division for sheet in reversed(sheets) if sheet.division))
    values = sent or _proposed_values(municipalities, proposed)
    return BlankForm(values, problems or {}, municipalities, policies, divisions, same)


def _proposed_values(municipalities: tuple[str, ...], year: int) -> dict[str, str]:
    """The only municipality there is, the year, and the plan of the newest sheet while it lasts."""
    newest = session().exec(select(Sheet).order_by(col(Sheet.fiscal_year).desc(), col(Sheet.id))).first()
    values = {"municipality": municipalities[0] if len(municipalities) == 1 else "", "year": wareki(year)}
    if newest is not None and (newest.plan_end or year) >= year:
        values |= {
            "plan_name": newest.plan_name or "",
            "plan_start": wareki(newest.plan_start) if newest.plan_start else "",
            "plan_end": wareki(newest.plan_end) if newest.plan_end else "",
        }
    return values


def _this_year() -> int:
    """The fiscal year whose evaluation is due: the one that ended last, by the Japanese calendar."""
    today = datetime.now(JAPAN)
    return today.year - 1 if today.month >= 4 else today.year - 2
