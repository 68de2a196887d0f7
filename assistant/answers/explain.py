"""The answer to 「この文の根拠は？」: what the sentences of the last draft rest on."""

import re
from collections.abc import Iterator
from typing import Any

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Event, Words
from assistant.answers.figures import grade
from assistant.answers.revise import last_draft
from assistant.drafting.draft import Draft
from assistant.drafting.stored import origin_row
from assistant.wishes import Wish
from corpus import messages

MOST_EXPLAINED = 12
"""Sentences whose grounds one answer gives."""


def explain(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The grounds of the sentences asked about, or what figures say of a grade; without a draft, how marks are read."""
    query = wish.query or ""
    if re.search("評価|達成度|時系列", query):
        yield Words(messages.GRADE_REASONS)
        yield from grade(wish, context)
        return
    draft = last_draft(context, wish.section, wish.direction)
    if draft is None:
        yield Words(messages.ORIGINS_EXPLAINED)
        return
    from assistant.answers.draft import place
    from assistant.explaining import asked_about, told

    places = asked_about(query, draft)
    if not places:
        yield Words(messages.no_such_sentence(place(draft)))
        return
    shown = places[:MOST_EXPLAINED]
    yield Words(messages.grounds_of(place(draft), len(shown), len(places)))
    entries = tuple(_entry(draft, at) for at in shown)
    yield Attachment("grounds", entries, "\n" + told(draft, shown, context.sheet))


def _entry(draft: Draft, place: int) -> dict[str, Any]:
    """A sentence with its origins as JSON values."""
    sentence = draft.sentences[place]
    origins = []
    for origin in sentence.origins:
        row = vars(origin_row(origin))
        origins.append(
            {name: str(value) if name == "value" else value for name, value in row.items() if value is not None}
        )
    return {"section": draft.section, "direction": sentence.direction, "text": sentence.text, "origins": origins}
