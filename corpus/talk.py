"""The chat about a sheet: messages and the drafts they bring. Callers commit.

A reply is a row from the moment it is asked for: whoever makes it adds to the row, whoever shows it reads the row, so
a reload, a second tab or another process loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, func, or_, select, update

from corpus import messages
from corpus.accounts import Actor
from corpus.columns import now
from corpus.errors import NotFound
from corpus.models import Conversation, Draft, DraftSentence, Measure, Message, SentenceOrigin, Sheet

ASSISTANT_NAME = "アシスタント"
WAITING_AFTER = timedelta(seconds=2)
ABANDONED_AFTER = timedelta(seconds=20)
"""A running reply whose maker gave no sign of life for this long is taken over."""


@dataclass(frozen=True)
class OriginRow:
    """Where a sentence or its figure comes from, as ``SentenceOrigin`` keeps it."""

    kind: str
    start: int | None = None
    end: int | None = None
    row: str | None = None
    series: str | None = None
    value: Decimal | None = None
    measure: str | None = None
    fiscal_year: int | None = None
    section_key: str | None = None
    text: str | None = None


def conversation_of(session: Session, sheet_id: int, actor: Actor) -> Conversation:
    """The conversation about a sheet; begun if there is none."""
    query = select(Conversation).where(Conversation.sheet_id == sheet_id).order_by(col(Conversation.id).desc())
    conversation = session.exec(query).first()
    if conversation is None:
        conversation = Conversation(sheet_id=sheet_id, created_by=actor.id)
        session.add(conversation)
        session.flush()
    return conversation


def ask(
    session: Session, conversation: Conversation, text: str, actor: Actor, *, selection: dict[str, Any] | None = None
) -> tuple[Message, Message]:
    """A person's message and the waiting reply to it.

    ``selection``: the passage of an editor that the message is about: section, start and end (code points), text, and
    written, the whole text of the editor as it stood.
    """
    assert conversation.id is not None
    question = Message(
        conversation_id=conversation.id,
        role="user",
        author_id=actor.id,
        author_name=actor.name,
        text=text,
        attachments={"selection": [selection]} if selection else {},
    )
    session.add(question)
    session.flush()
    reply = Message(
        conversation_id=conversation.id,
        reply_to=question.id,
        role="assistant",
        author_name=ASSISTANT_NAME,
        state="waiting",
    )
    session.add(reply)
    session.flush()
    return question, reply


def get_message(session: Session, message_id: int) -> Message:
    """The message with this id, as it is stored now; raises ``NotFound``."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound(messages.NO_SUCH_MESSAGE)
    session.refresh(message)
    return message


def question_of(session: Session, reply: Message) -> tuple[Message, Conversation]:
    """What a reply answers, and in which conversation."""
    question = session.get(Message, reply.reply_to) if reply.reply_to else None
    conversation = session.get(Conversation, reply.conversation_id)
    if question is None or conversation is None:
        raise NotFound(messages.NO_SUCH_MESSAGE)
    return question, conversation


def claim_reply(session: Session, message_id: int) -> bool:
    """Take on the making of a waiting reply, or of one whose maker is gone. Commits; only one caller gets True.

    What an abandoned maker had written of it is cleared, so that the reply begins anew.
    """
    abandoned = (col(Message.state) == "running") & (col(Message.beat_at) < now() - ABANDONED_AFTER)
    claimed = session.exec(
        update(Message)
        .where(col(Message.id) == message_id, or_(col(Message.state) == "waiting", abandoned))
        .values(state="running", beat_at=now(), text="", attachments={}, understood=[])
    )
    if claimed.rowcount == 1:
        for draft in session.exec(select(Draft).where(Draft.message_id == message_id)):
            draft.message_id = None
            session.add(draft)
    session.commit()
    session.expire_all()
    return bool(claimed.rowcount == 1)


def cancel_reply(session: Session, message_id: int) -> bool:
    """Stop a reply that is not complete; whoever makes it sees that between two events. False if it is complete.

    What is written of it stays.
    """
    stopped = session.exec(
        update(Message)
        .where(col(Message.id) == message_id, col(Message.role) == "assistant")
        .where(col(Message.state).in_(("waiting", "running")))
        .values(state="stopped", beat_at=now())
    )
    return bool(stopped.rowcount == 1)


def is_running(session: Session, message_id: int) -> bool:
    """Whether the reply is still to be made: nobody has stopped it."""
    return session.exec(select(Message.state).where(Message.id == message_id)).first() == "running"


def end_reply(session: Session, message_id: int, state: str) -> None:
    """Set the last ``state`` (done, failed) of a running reply; one that was stopped stays so."""
    running = update(Message).where(col(Message.id) == message_id, col(Message.state) == "running")
    session.exec(running.values(state=state, beat_at=now()))


def earlier_replies(session: Session, reply: Message, limit: int = 20) -> list[Message]:
    """The replies before this one in its conversation, the newest ``limit`` of them, oldest first."""
    query = (
        select(Message)
        .where(Message.conversation_id == reply.conversation_id, Message.role == "assistant")
        .where(col(Message.id) < reply.id)
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))[::-1]


def latest_draft(
    session: Session, reply_id: int, section_key: str | None = None, direction: int | None = None
) -> Draft | None:
    """The newest draft with a sentence in the conversation of a reply, up to that reply; of ``section_key`` and
    ``direction`` where they are given.
    """
    reply = get_message(session, reply_id)
    query = (
        select(Draft)
        .join(Message)
        .where(Message.conversation_id == reply.conversation_id, col(Message.id) <= reply_id)
        .where(select(DraftSentence.id).where(DraftSentence.draft_id == Draft.id).exists())
        .order_by(col(Draft.id).desc())
    )
    if section_key is not None:
        query = query.where(Draft.section_key == section_key)
    if direction is not None:
        query = query.where(Draft.direction == direction)
    return session.exec(query).first()


def is_unattended(message: Message) -> bool:
    """Whether nobody makes this reply: it waits for longer than a moment, or its maker gave no sign of life."""
    idle = now() - message.beat_at
    return (message.state == "waiting" and idle > WAITING_AFTER) or (
        message.state == "running" and idle > ABANDONED_AFTER
    )


def reply_version(session: Session, message: Message) -> int:
    """A number that grows with the stored reply: its characters, sentences and attachments."""
    sentences = select(func.count()).select_from(DraftSentence).join(Draft).where(Draft.message_id == message.id)
    return len(message.text) + session.exec(sentences).one() + sum(len(entry) for entry in message.attachments.values())


def add_text(session: Session, message_id: int, text: str) -> None:
    """Add to a running reply's text."""
    session.exec(update(Message).where(col(Message.id) == message_id).values(text=Message.text + text, beat_at=now()))


def set_reply(session: Session, message_id: int, **values: Any) -> None:
    """Set columns of a reply (``state``, ``understood``, ``attachments``)."""
    session.exec(update(Message).where(col(Message.id) == message_id).values(beat_at=now(), **values))


def begin_draft(
    session: Session,
    *,
    sheet_id: int,
    message_id: int | None,
    section_key: str,
    direction: int | None,
    model: str,
    prompts: str = "",
    base_revision_id: int | None,
) -> Draft:
    """A draft without sentences yet, standing behind what the reply says so far."""
    reply = None if message_id is None else get_message(session, message_id)
    draft = Draft(
        text_offset=len(reply.text) if reply else 0,
        sheet_id=sheet_id,
        message_id=message_id,
        section_key=section_key,
        direction=direction,
        model=model,
        prompts=prompts,
        base_revision_id=base_revision_id,
    )
    session.add(draft)
    session.flush()
    return draft


def add_sentence(
    session: Session,
    draft: Draft,
    position: int,
    text: str,
    origins: Sequence[OriginRow],
    *,
    heading: bool,
    joined: bool,
    direction: int | None,
) -> DraftSentence:
    """Add the next sentence of a draft with its origins."""
    assert draft.id is not None
    sentence = DraftSentence(
        draft_id=draft.id, position=position, text=text, heading=heading, joined=joined, direction=direction
    )
    sentence.origins = [SentenceOrigin(**vars(origin)) for origin in origins]
    session.add(sentence)
    session.flush()
    return sentence


def drafts_of_message(session: Session, message_id: int) -> list[Draft]:
    """The drafts that a reply brought, in order."""
    return list(session.exec(select(Draft).where(Draft.message_id == message_id).order_by(col(Draft.id))))


def cited_sheets(
    session: Session, message: Message, drafts: Sequence[Draft], municipality: str | None
) -> dict[tuple[str, int], int]:
    """The sheets of a city that the origins in a message name: (measure, fiscal year) → id."""
    drafted = (origin for draft in drafts for sentence in draft.sentences for origin in sentence.origins)
    named = {(origin.measure, origin.fiscal_year) for origin in drafted}
    asked = message.attachments.get("grounds", [])
    named |= {(one.get("measure"), one.get("fiscal_year")) for entry in asked for one in entry.get("origins", [])}
    measures = {measure for measure, _ in named if measure}
    if not measures:
        return {}
    query = (
        select(Sheet.id, Sheet.measure_name, Sheet.fiscal_year)
        .join(Measure)
        .where(col(Sheet.measure_name).in_(measures), Measure.municipality == municipality)
    )
    return {(measure, year): sheet_id or 0 for sheet_id, measure, year in session.exec(query)}


def get_draft(session: Session, draft_id: int) -> Draft:
    """The draft with this id; raises ``NotFound``."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(messages.NO_SUCH_MESSAGE)
    return draft


def draft_text(draft: Draft) -> str:
    """The text of a draft as it goes into the section: one heading or item a line, joined sentences in one."""
    parts: list[str] = []
    for sentence in draft.sentences:
        parts.append(("" if sentence.joined or not parts else "\n") + sentence.text)
    return "".join(parts)
