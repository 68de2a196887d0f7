"""Revising the last draft for the chat: which draft is meant, what a change may bring in, and what is said about it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.context import ChatContext
from assistant.answers.draft import place, request_for
from assistant.answers.events import Event, Words
from assistant.drafting.draft import Draft
from assistant.drafting.plan import DraftRequest, Passage
from assistant.drafting.stored import draft_of
from assistant.wishes import Change, Wish
from corpus import messages, talk
from corpus.models import Sheet

REWORD = Change(kind="reword")
MOST_MENTIONED = 5
"""Passages of other sheets that a mention may bring in to choose from."""


@dataclass(frozen=True)
class Revision:
    """A draft to be changed: what it is, the changes in their order, and all that a draft of its section rests on."""

    draft: Draft
    changes: tuple[Change, ...]
    request: DraftRequest
    passages: tuple[Passage, ...] = ()


def revision_for(wishes: Sequence[Wish], context: ChatContext, made: Sequence[Draft] = ()) -> Revision | None:
    """What ``wishes`` (neighbouring ones about the same draft) ask to change; None where there is no draft yet.

    ``made``: drafts of this very reply, which are newer than all stored ones.
    """
    wish = wishes[0]
    draft = last_draft(context, wish.section, wish.direction, made)
    if draft is None:
        return None
    changes = tuple(_change(wish) for wish in wishes)
    drafted = Wish(action="draft", section=draft.section, direction=draft.direction)
    passages = [found for change in changes for found in _mentioned(change, draft, context)]
    return Revision(draft, changes, request_for(drafted, context), tuple(passages))


def _change(wish: Wish) -> Change:
    """The change wished; how short a shorter draft is to be stands in the message itself."""
    change = wish.change or REWORD
    limit = re.search(r"([0-9][0-9,]*)\s*(?:文?字)", wish.query or "") if change.kind == "shorter" else None
    return change.model_copy(update={"words": limit[1].replace(",", "")}) if limit else change


def last_draft(
    context: ChatContext, section: str | None, direction: int | None, made: Sequence[Draft] = ()
) -> Draft | None:
    """The newest draft of the conversation, of ``section`` and ``direction`` where they are named."""
    for draft in reversed(made):
        if section in (None, draft.section) and direction in (None, draft.direction):
            return draft
    if context.reply_id is None:
        return None
    row = talk.latest_draft(context.session, context.reply_id, section, direction)
    return draft_of(row, context.sheet.fiscal_year) if row else None


def no_draft(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """What is said where there is nothing to revise."""
    title = place(request_for(wish, context)) if wish.section else ""
    yield Words(messages.no_draft_to_revise(title))


def introduced(draft: Draft, notes: Sequence[str]) -> Words:
    """What was changed, and what could not be."""
    return Words(messages.revised(place(draft)) + "".join(f"{note}\n" for note in notes))


def unchanged(notes: Sequence[str]) -> Words:
    """What is said where nothing could be changed."""
    return Words("\n".join(dict.fromkeys(notes)))


def _mentioned(change: Change, draft: Draft, context: ChatContext) -> list[Passage]:
    """Passages of other sheets about the words to mention."""
    if change.kind != "mention" or not change.words:
        return []
    from corpus.index.search import Scope, search

    scope = Scope(section=draft.section, last_year=context.sheet.fiscal_year, exclude_measure=context.row.measure_id)
    hits = search(context.session, change.words, scope=scope, limit=MOST_MENTIONED, index=context.open_index())
    rows = {hit.sheet_id: context.session.get(Sheet, hit.sheet_id) for hit in hits}
    return [
        Passage(hit.measure, hit.fiscal_year, hit.section, hit.text, row.measure.municipality)
        for hit in hits
        if not hit.weak and (row := rows[hit.sheet_id]) is not None
    ]
