"""The answer to 「昨年度と何が変わった？」: a section of two years sentence by sentence."""

from collections.abc import Iterator

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Event, Words
from assistant.wishes import Wish
from corpus import messages
from corpus.form import SECTION_KEYS, section_label


def compare(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """What changed in a section, or in all of them, between two years."""
    from assistant.comparing import compare_texts

    own = context.sheet.fiscal_year
    year = wish.year if wish.year is not None else own
    against = wish.against if wish.against is not None else year - 1
    after = context.sheet if year == own else context.of_year(year)
    before = context.sheet if against == own else context.of_year(against)
    if before is None or after is None:
        stored = [sheet.fiscal_year for sheet in context.earlier]
        yield Words(messages.nothing_to_compare(year if after is None else against, stored))
        return
    compared = []
    for key in (wish.section,) if wish.section else SECTION_KEYS:
        if not after.text(key) or not before.text(key):
            continue
        history = {sheet.fiscal_year: sheet.text(key) for sheet in context.earlier if sheet.fiscal_year < year}
        comparison = compare_texts(
            before.text(key), after.text(key), before_year=against, after_year=year, history=history
        )
        compared.append({"section": key, "label": section_label(key, year), **comparison.to_object()})
    if not compared:
        yield Words(messages.no_text_to_compare(section_label(wish.section, year) if wish.section else ""))
        return
    for entry in compared:
        yield Words(messages.compared(entry["label"], against, entry["sentences"], entry["share_unchanged"]) + "\n")
    yield Attachment("comparison", tuple(compared))
