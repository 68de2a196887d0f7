"""Conversations about a sheet, held as a page holds them."""

from sqlmodel import Session

from assistant.chat import record_reply
from corpus import talk
from corpus.accounts import Actor
from corpus.models import Message, Sheet

HANAKO = Actor(None, "花子")


def ask(session: Session, sheet: Sheet, text: str) -> int:
    conversation = talk.conversation_of(session, sheet.id or 0, HANAKO)
    _, reply = talk.ask(session, conversation, text, HANAKO)
    session.commit()
    return reply.id or 0


def converse_in(session: Session, sheet: Sheet, *texts: str) -> list[Message]:
    """The replies of one conversation, made one after the other as a page does."""
    replies = []
    for text in texts:
        reply_id = ask(session, sheet, text)
        assert record_reply(session, reply_id)
        replies.append(talk.get_message(session, reply_id))
    return replies
