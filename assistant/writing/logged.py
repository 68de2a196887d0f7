"""A call of a model into the log of the city (``corpus.modelcalls``). Callers commit."""

from sqlmodel import Session

from assistant.writing.values import Call
from corpus.accounts import Actor
from corpus.modelcalls import record_call


def log_call(
    session: Session, call: Call, actor: Actor, sheet_id: int | None, message_id: int | None, *, keep_contents: bool
) -> None:
    """Keep who asked which model when, about which sheet, by which prompt, how much was said and how it ended; what was
    said only with ``keep_contents``.
    """
    record_call(
        session,
        actor=actor,
        sheet_id=sheet_id,
        message_id=message_id,
        model=call.model.name,
        provider=call.model.provider,
        address=call.model.address,
        outside=call.model.outside,
        prompt=call.prompt,
        version=call.version,
        sent=call.sent,
        received=call.received,
        seconds=call.seconds,
        first_seconds=call.first,
        outcome=call.outcome,
        asked=call.asked if keep_contents else None,
        answered=call.answered if keep_contents else None,
    )
