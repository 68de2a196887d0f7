"""One chat message in, events out: what was understood, words, drafted sentences, what belongs beside them.

``converse`` runs the graph (``chat_graph``) and only reads the database; ``record_reply`` writes the events into the
reply's row while they come, so that whoever shows the reply reads it there, and whoever stops it writes that there.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from assistant.answers import (
    Attachment,
    Beat,
    ChatContext,
    ChatEvent,
    Done,
    DraftBegun,
    DraftEnded,
    OpenIndex,
    OpenPen,
    Sentence,
    Status,
    Understood,
    Words,
    no_index,
    no_pen,
)
from assistant.chat_graph import chat_graph
from assistant.recording import Recorder
from assistant.wishes import Wish
from assistant.writing.logged import log_call
from assistant.writing.values import Call, unlogged
from corpus import messages, talk
from corpus.accounts import Actor
from corpus.errors import ShisakuError
from corpus.models import Message, Sheet
from corpus.store import get_sheet

log = logging.getLogger(__name__)

MOST_STEPS = 100_000
"""Steps of one answer; a sentence of a draft is one."""


def converse(
    session: Session,
    sheet: Sheet,
    text: str,
    open_index: OpenIndex = no_index,
    *,
    before: Sequence[Wish] = (),
    reply_id: int | None = None,
    selection: dict[str, Any] | None = None,
    open_pen: OpenPen = no_pen,
    tell_call: Callable[[Call], None] = unlogged,
) -> Generator[ChatEvent]:
    """The events of the answer to ``text`` about ``sheet``. Reads only; closing the iterator stops the work.

    ``before``: the wishes of the earlier messages, oldest first; ``reply_id``: the stored reply that is being made;
    ``open_pen``: the language model, asked only where the city agreed to it; ``tell_call`` is told its calls.
    """
    context = ChatContext(session, sheet, open_index, tuple(before), reply_id, open_pen, tell_call, selection)
    steps = chat_graph().stream(
        {"text": text}, context=context, stream_mode="updates", config={"recursion_limit": MOST_STEPS}
    )
    try:
        for step in steps:
            for update in step.values():
                yield from update["events"]
    finally:
        # the graph keeps what it had under way until it is collected; a model must not go on writing for nobody
        for work in context.running:
            work.close()


@dataclass(frozen=True)
class Reply:
    """An answer as a whole: what was understood, and all its words with the drafts in their places."""

    understood: tuple[Wish, ...]
    text: str

    def to_object(self) -> dict[str, Any]:
        """The JSON object of ``shisaku ask --json``."""
        return {"understood": [wish.to_object() for wish in self.understood], "reply": self.text}


def reply_to(
    session: Session,
    sheet: Sheet,
    text: str,
    open_index: OpenIndex = no_index,
    open_pen: OpenPen = no_pen,
    tell_call: Callable[[Call], None] = unlogged,
) -> Reply:
    """The whole answer to a message, as the command line gives it."""
    wishes: tuple[Wish, ...] = ()
    parts: list[str] = []
    for event in converse(session, sheet, text, open_index, open_pen=open_pen, tell_call=tell_call):
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
            case Status() | DraftBegun() | DraftEnded() | Beat() | Done():
                pass
    return Reply(wishes, "".join(parts).strip())


def record_reply(
    session: Session,
    message_id: int,
    open_index: OpenIndex = no_index,
    open_pen: OpenPen = no_pen,
    *,
    keep_contents: bool = False,
) -> bool:
    """Make the reply to a stored message and write it into its row as it comes; False if somebody else makes it.

    Commits after every event, so that readers follow, and looks before each whether somebody stopped the reply. A
    failure keeps what was written and says so in the reply. ``keep_contents``: the log of the model's calls keeps what
    was sent and answered.
    """
    if not talk.claim_reply(session, message_id):
        return False
    state = "done"
    try:
        _record(session, message_id, open_index, open_pen, keep_contents)
    except ShisakuError as error:
        session.rollback()
        talk.add_text(session, message_id, f"\n{error}")
    except Exception:
        session.rollback()
        log.exception("reply %s failed", message_id)
        talk.add_text(session, message_id, f"\n{messages.REPLY_FAILED}")
        state = "failed"
    talk.end_reply(session, message_id, state)
    session.commit()
    return True


def _record(session: Session, message_id: int, open_index: OpenIndex, open_pen: OpenPen, keep_contents: bool) -> None:
    reply = talk.get_message(session, message_id)
    question, conversation = talk.question_of(session, reply)
    sheet = get_sheet(session, conversation.sheet_id)
    recorder = Recorder(session, message_id, conversation.sheet_id)
    calls: list[Call] = []
    events = converse(
        session,
        sheet,
        question.text,
        open_index,
        before=_wishes_before(session, reply),
        reply_id=message_id,
        selection=next(iter(question.attachments.get("selection", [])), None),
        open_pen=open_pen,
        tell_call=calls.append,
    )

    def log_calls() -> None:
        while calls:
            asker = Actor(question.author_id, question.author_name)
            log_call(session, calls.pop(0), asker, conversation.sheet_id, message_id, keep_contents=keep_contents)
        session.commit()

    try:
        with closing(events):
            for event in events:
                if not talk.is_running(session, message_id):
                    break
                recorder.write(event)
                log_calls()
    except BaseException:
        session.rollback()
        raise
    finally:
        # what was asked of a model is kept, whatever became of the reply
        log_calls()


def _wishes_before(session: Session, reply: Message) -> list[Wish]:
    """What the earlier messages of the conversation asked for."""
    stored = (wish for earlier in talk.earlier_replies(session, reply) for wish in earlier.understood)
    return [Wish.model_validate(wish) for wish in stored]
