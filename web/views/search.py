"""The search page: passages of all sheets by words and meaning; the address states the whole search."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, request

from corpus import messages
from corpus.index.addresses import addresses
from corpus.index.search import Hit, search
from corpus.listing import holdings
from corpus.models import Sheet
from corpus.narratives import current_revision
from web.errors import is_fragment
from web.frame import fragment, page
from web.pages.search import (
    LIMITS,
    SOURCES,
    Asked,
    SearchPage,
    active_filters,
    filters_of,
    found_passage,
    opening,
    read_asked,
    sheet_of,
)
from web.replies import reply_maker
from web.state import session

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def show() -> Response:
    """The form with what it finds; for htmx only what was found."""
    content = _search_page()
    if not is_fragment():
        return page("search.html", content)
    # kept under the address of the page, the browser would show this part of it at a step back
    return fragment("fragments/found.html", content, messages.SEARCH_TITLE, **{"Cache-Control": "no-store"})


def _search_page() -> SearchPage:
    database, held = session(), holdings(session())
    number = sheet_of(request.args)
    sheet = database.get(Sheet, number) if number is not None else None
    asked, dropped = read_asked(request.args, held, sheet)
    if sheet is not None and "q" not in request.args:
        asked = replace(asked, query=_query_of(sheet, asked))
    offered = filters_of(asked, held, sheet)
    if not asked.query:
        reply_maker(current_app).index.prepare()
    hits, meaning = _hits(asked, sheet) if asked.query else ([], "")
    sources = [source for source in SOURCES if source == "lexical" or any(source in hit.ranks for hit in hits)]
    shown = hits[: asked.limit]
    known = addresses(database, {place.passage_id for hit in shown for place in (hit, *hit.also)})
    larger = next((limit for limit in LIMITS if limit > asked.limit), None)
    return SearchPage(
        asked=asked,
        filters=offered,
        active=active_filters(asked, offered),
        dropped=dropped,
        hits=tuple(found_passage(hit, sources, known) for hit in shown),
        meaning=meaning,
        more=asked.address(limit=larger) if larger and len(hits) > asked.limit else "",
        stored=bool(held.measures),
        examples=tuple((example, replace(asked, query=example).address()) for example in messages.EXAMPLE_QUERIES),
    )


def _hits(asked: Asked, sheet: Sheet | None) -> tuple[list[Hit], str]:
    """One hit more than the page shows, and what keeps the search by meaning from being whole, or ""."""
    lazy = reply_maker(current_app).index
    index, before = lazy.get(), lazy.state()
    hits = search(session(), asked.query, scope=asked.scope(sheet), limit=asked.limit + 1, index=index)
    # an index that works ranks everything in the scope: it failed in this very query, or was empty at its beginning
    silent = index is not None and hits and not any("vector" in hit.ranks for hit in hits)
    without = messages.without_meaning(messages.MEANING_SILENT) if silent else ""
    return hits, before.message or lazy.state().message or without


def _query_of(sheet: Sheet, asked: Asked) -> str:
    """What a search opened from a section looks for: how its text begins; without one, what the measure is called."""
    revision = current_revision(session(), sheet.id or 0, asked.section) if asked.section else None
    return opening(revision.text if revision else "") or sheet.measure_name
