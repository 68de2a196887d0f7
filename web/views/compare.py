"""A section beside the same section of an earlier year."""

from flask import Blueprint, Response, request

from corpus import messages
from corpus.filetypes import FIRST_YEAR, LAST_YEAR
from corpus.fiscal import wareki
from corpus.form import section_label
from web.frame import fragment
from web.pages.comparison import ComparisonView, comparison_view
from web.views.reading import known_section, open_sheet

blueprint = Blueprint("compare", __name__, url_prefix="/sheets/<id:sheet_id>/sections/<key>/compare")


@blueprint.get("")
def show(sheet_id: int, key: str) -> Response:
    """The stored text beside that of the year before, or of the year ``against``; that alone while none is written."""
    from assistant.comparing import compare_texts

    opened = open_sheet(sheet_id)
    year = opened.sheet.fiscal_year
    label = section_label(known_section(key), year)
    against = request.args.get("against", type=int)
    if against is None or not FIRST_YEAR <= against <= LAST_YEAR:
        against = year - 1
    texts = {sheet.fiscal_year: sheet.text(key) for sheet in opened.earlier}
    before, after = texts.get(against, ""), opened.sheet.text(key)
    problem = "" if after else messages.NOTHING_WRITTEN
    if not before:
        problem = messages.nothing_last_year(against)
    if problem:
        view = ComparisonView(label, wareki(against), wareki(year), problem=problem, earlier_text=before)
    else:
        found = compare_texts(before, after, before_year=against, after_year=year, history=texts)
        view = comparison_view(label, found, after, year)
    return fragment("fragments/comparison.html", view, label)
