"""The check of a section's text against the figures, stored or still being written."""

from flask import Blueprint, Response

from corpus.citysettings import writing
from corpus.form import section_label
from corpus.narratives import current_revision
from web.frame import fragment
from web.pages.hints import word_hints
from web.pages.marks import mark_text
from web.pages.sections import CheckView
from web.state import session
from web.typed import typed_text
from web.views.reading import known_section, open_sheet

blueprint = Blueprint("check", __name__, url_prefix="/sheets/<id:sheet_id>/sections/<key>/check")


@blueprint.get("")
def stored(sheet_id: int, key: str) -> Response:
    """What the figures say of the stored text."""
    revision = current_revision(session(), open_sheet(sheet_id).row.id or 0, known_section(key))
    return _check(sheet_id, key, revision.text if revision else "")


@blueprint.post("")
def written(sheet_id: int, key: str) -> Response:
    """What the figures say of the text in the editor, which is not stored."""
    return _check(sheet_id, known_section(key), typed_text("text"))


def _check(sheet_id: int, key: str, text: str) -> Response:
    opened = open_sheet(sheet_id)
    year = opened.sheet.fiscal_year
    marked = mark_text(text, opened.findings(key, text), year, sheet_id)
    hints = word_hints(text, writing(session()).words)
    view = CheckView(key, section_label(key, year), marked, not text.strip(), hints)
    return fragment("fragments/check.html", view, view.label)
