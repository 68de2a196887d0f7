"""One chat message in, events out: what was understood, words, drafted sentences, what belongs beside them.

``converse`` only reads the database; ``record_reply`` writes the events into the reply's row while they come, so that
whoever shows the reply reads it there. The flow is a LangChain runnable: understand → answer.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda
from sqlmodel import Session

from assistant import answers
from assistant.answers import Attachment, ChatContext, DraftBegun, Event, Sentence, Words
from assistant.requests import Wish, understand
from corpus import messages, talk
from corpus.errors import ShisakuError
from corpus.index.vector import VectorIndex
from corpus.listing import list_sheets
from corpus.models import Sheet
from corpus.narratives import current_revision
from corpus.store import earlier_sheets, get_sheet, load_sheet

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Understood:
    """The wishes that were read from the message; the first event of every answer."""

    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Asked:
    """A message with what the rules made of it."""

    text: str
    wishes: tuple[Wish, ...]


ChatEvent = Understood | Event
OpenIndex = Callable[[], VectorIndex | None]


def no_index() -> None:
    """For callers that search by words only."""
    return


def chat_chain(session: Session, sheet: Sheet, open_index: OpenIndex = no_index) -> Runnable[str, Any]:
    """Message text → events; ``stream`` gives them as 1-tuples as they come, ``invoke`` all of them."""
    context = ChatContext(
        session=session,
        row=sheet,
        sheet=load_sheet(session, sheet),
        earlier=tuple(earlier_sheets(session, sheet)),
        open_index=open_index,
    )
    names = sorted({summary.measure for summary in list_sheets(session)})

    def read(text: str) -> Asked:
        return Asked(text, tuple(understand(text, context.sheet, names)))

    def answer(asked: Iterator[Asked]) -> Iterator[tuple[ChatEvent, ...]]:
        for message in asked:
            yield (Understood(message.wishes),)
            for wish in message.wishes:
                for event in answers.answer(wish, context):
                    yield (event,)

    reading = RunnableLambda(read).with_types(input_type=str, output_type=Asked)
    return (reading | RunnableGenerator(answer)).with_types(input_type=str)


def converse(session: Session, sheet: Sheet, text: str, open_index: OpenIndex = no_index) -> Iterator[ChatEvent]:
    """The events of the answer to ``text`` about ``sheet``. Reads only."""
    for events in chat_chain(session, sheet, open_index).stream(text):
        yield from events


@dataclass(frozen=True)
class Reply:
    """An answer as a whole: what was understood, and all its words with the drafts in their places."""

    understood: tuple[Wish, ...]
    text: str

    def to_object(self) -> dict[str, Any]:
        """The JSON object of ``shisaku ask --json``."""
        return {"understood": [wish.to_object() for wish in self.understood], "reply": self.text}


def reply_to(session: Session, sheet: Sheet, text: str, open_index: OpenIndex = no_index) -> Reply:
    """The whole answer to a message, as the command line gives it."""
    wishes: tuple[Wish, ...] = ()
    parts: list[str] = []
    for event in converse(session, sheet, text, open_index):
        match event:
            case Understood():
                wishes = event.wishes
            case Words():
                parts.append(event.text)
            case Sentence():
                starts_line = event.sentence.new_line and parts and not parts[-1].endswith("\n")
                parts.append(("\n" if starts_line else "") + event.sentence.text)
            case Attachment():
                parts.append(event.told)
            case DraftBegun():
                pass
    return Reply(wishes, "".join(parts).strip())


def record_reply(session: Session, message_id: int, open_index: OpenIndex = no_index) -> bool:
    """Make the reply to a stored message and write it into its row as it comes; False if somebody else makes it.

    Commits after every event, so that readers follow. A failure keeps what was written and says so in the reply.
    """
    if not talk.claim_reply(session, message_id):
        return False
    state: Literal["done", "failed"] = "done"
    try:
        _record(session, message_id, open_index)
    except ShisakuError as error:
        session.rollback()
        talk.add_text(session, message_id, f"\n{error}")
    except Exception:
        session.rollback()
        log.exception("reply %s failed", message_id)
        talk.add_text(session, message_id, f"\n{messages.REPLY_FAILED}")
        state = "failed"
    talk.set_reply(session, message_id, state=state)
    session.commit()
    return True


def _record(session: Session, message_id: int, open_index: OpenIndex) -> None:
    reply = talk.get_message(session, message_id)
    question, conversation = talk.question_of(session, reply)
    sheet = get_sheet(session, conversation.sheet_id)
    attachments: dict[str, Any] = {}
    draft, position = None, 0
    for event in converse(session, sheet, question.text, open_index):
        match event:
            case Understood():
                talk.set_reply(session, message_id, understood=[wish.to_object() for wish in event.wishes])
            case Words():
                talk.add_text(session, message_id, event.text)
            case DraftBegun():
                base = current_revision(session, conversation.sheet_id, event.section)
                draft, position = (
                    talk.begin_draft(
                        session,
                        sheet_id=conversation.sheet_id,
                        message_id=message_id,
                        section_key=event.section,
                        direction=event.direction,
                        model=event.model,
                        base_revision_id=base.id if base else None,
                    ),
                    0,
                )
            case Sentence():
                assert draft is not None
                talk.add_sentence(
                    session,
                    draft,
                    position,
                    event.sentence.text,
                    [answers.origin_row(origin) for origin in event.sentence.origins],
                    heading=event.sentence.heading,
                    joined=not event.sentence.new_line,
                    direction=event.sentence.direction,
                )
                talk.set_reply(session, message_id)
                position += 1
            case Attachment():
                attachments[event.name] = [*attachments.get(event.name, []), *event.entries]
                talk.set_reply(session, message_id, attachments=attachments)
        session.commit()
