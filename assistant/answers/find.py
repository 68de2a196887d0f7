"""Answers that show text: passages like what is asked for, and a section as it stands."""

from collections.abc import Iterator, Sequence

from assistant.answers.context import ChatContext
from assistant.answers.draft import MOST_PASSAGES
from assistant.answers.events import Attachment, Event, Words
from assistant.wishes import Wish
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import SECTION_BY_KEY, section_label
from corpus.index.search import Hit, Scope, search
from corpus.listing import list_sheets
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet


def find(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """Passages like what is asked for; without a question the section itself as it stands."""
    if wish.query is None and wish.section is not None:
        yield from _show(wish, context)
        return
    query = wish.query or ""
    if wish.section and query in SECTION_BY_KEY[wish.section].asked_as:
        hits = _hits(_own_words(wish.section, wish.direction, context), wish.section, wish, context)
    else:
        hits = _hits(query, wish.section, wish, context)
        if wish.section and all(hit.weak for hit in hits):
            hits = _hits(query, None, wish, context)
    if not hits:
        yield Words(messages.nothing_found(query))
        return
    clear = [hit for hit in hits if not hit.weak]
    yield Words(messages.passages_found(query, len(clear)) if clear else messages.passages_weak(query, len(hits)))
    shown = clear or hits
    for hit in shown:
        place = messages.passage_place(hit.measure, hit.fiscal_year, section_label(hit.section, hit.fiscal_year))
        yield Words(f"\n・{hit.text}（{place}）")
    yield Attachment("passages", tuple(hit.to_object() | {"sheet_id": hit.sheet_id} for hit in shown))


def _own_words(section: str, direction: int | None, context: ChatContext) -> str:
    """What a passage must be like where only the section is named: this measure's newest text, else its subject."""
    from assistant.retrieval import subject

    newest = _newest_first(context.earlier)
    texts = (sheet.text(section) for sheet in (context.sheet, *newest))
    return next((text for text in texts if text), "") or subject(context.sheet, direction)


def _hits(query: str, section: str | None, wish: Wish, context: ChatContext) -> list[Hit]:
    """Passages like ``query`` outside the open sheet, up to the year and of the measure named; of other measures only,
    if those are meant.
    """
    measure = _measure_id(wish.measure, context) if wish.measure else None
    scope = Scope(
        section=section,
        measure=measure,
        last_year=wish.year,
        exclude_sheet=context.row.id,
        exclude_measure=context.row.measure_id if wish.elsewhere else None,
    )
    if wish.year is not None:
        # the search prefers passages of a year that the question names
        query = f"{query} {wareki(wish.year)}"
    return search(context.session, query, scope=scope, limit=MOST_PASSAGES, index=context.open_index())


def _measure_id(name: str, context: ChatContext) -> int | None:
    """The measure whose newest sheet of this name is, of the same city if it has one."""
    named = [entry for entry in list_sheets(context.session) if entry.measure == name]
    newest = sorted(named, key=lambda entry: (entry.municipality == context.sheet.municipality, entry.fiscal_year))
    return get_sheet(context.session, newest[-1].sheet_id).measure_id if newest else None


def _show(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """A section as it stands: of the year and measure named, without a year the newest that is written."""
    assert wish.section is not None
    year = wish.year if wish.year is not None else wish.against
    sheets = context.of_measure(wish.measure) if wish.measure else [*context.earlier, context.sheet]
    newest = _newest_first(sheets)
    written = [sheet for sheet in newest if sheet.text(wish.section) and year in (None, sheet.fiscal_year)]
    if written:
        found = written[0]
        title = section_label(wish.section, found.fiscal_year)
        text = found.text(wish.section)
        yield Words(messages.section_as_it_stands(found.measure.name, found.fiscal_year, title, text))
        return
    asked = year if year is not None else context.sheet.fiscal_year
    name = wish.measure or context.sheet.measure.name
    yield Words(messages.no_section_text(name, asked, section_label(wish.section, asked)))


def _newest_first(sheets: Sequence[SheetFile]) -> list[SheetFile]:
    """Of several of a year (a merged measure's) the last, which is the main one, first."""
    return sorted(sheets, key=lambda sheet: sheet.fiscal_year)[::-1]
