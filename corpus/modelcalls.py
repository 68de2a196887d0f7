"""The log of a language model's calls: who asked which model when, how much was said, and how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from corpus import messages
from corpus.accounts import Actor
from corpus.dates import JAPAN
from corpus.fiscal import wareki
from corpus.model_tables import ModelCall
from corpus.models import Sheet

_BATCH = 500


@dataclass(frozen=True)
class LoggedCall:
    """A call with the name and the fiscal year of the sheet that it was about (None: about none)."""

    call: ModelCall
    measure: str | None
    fiscal_year: int | None


def record_call(
    session: Session,
    *,
    actor: Actor,
    sheet_id: int | None,
    message_id: int | None,
    model: str,
    provider: str,
    address: str,
    outside: bool,
    prompt: str,
    version: int,
    sent: int,
    received: int,
    seconds: float,
    first_seconds: float | None,
    outcome: str,
    asked: str | None = None,
    answered: str | None = None,
) -> ModelCall:
    """Keep a call that has ended, in the caller's transaction. Sizes are characters.

    ``asked`` and ``answered``: what was said; only for callers that were told to keep it.
    """
    call = ModelCall(
        actor_id=actor.id,
        actor_name=actor.name,
        sheet_id=sheet_id,
        message_id=message_id,
        model=model,
        provider=provider,
        address=address,
        outside=outside,
        prompt=prompt,
        version=version,
        sent=sent,
        received=received,
        seconds=round(seconds, 3),
        first_seconds=None if first_seconds is None else round(first_seconds, 3),
        outcome=outcome,
        asked=asked,
        answered=answered,
    )
    session.add(call)
    session.flush()
    return call


def recent_calls(session: Session, limit: int = 100, *, before: int | None = None) -> list[LoggedCall]:
    """The newest calls, newest first; ``before``: only those with a smaller id."""
    query = (
        select(ModelCall, Sheet.measure_name, Sheet.fiscal_year)
        .outerjoin(Sheet, col(ModelCall.sheet_id) == col(Sheet.id))
        .order_by(col(ModelCall.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(ModelCall.id) < before)
    return [LoggedCall(call, measure, year) for call, measure, year in session.exec(query)]


def count_calls(session: Session) -> int:
    """How many calls are kept."""
    return session.exec(select(func.count()).select_from(ModelCall)).one()


def calls_csv(session: Session) -> Iterator[tuple[str, ...]]:
    """The rows of the log as a table, newest first, its head before them: times in Japan, contents where kept."""
    yield messages.CALL_COLUMNS
    before: int | None = None
    while batch := recent_calls(session, _BATCH, before=before):
        yield from map(_row, batch)
        before = batch[-1].call.id


def _row(logged: LoggedCall) -> tuple[str, ...]:
    call = logged.call
    return (
        call.at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S"),
        call.actor_name,
        logged.measure or "",
        wareki(logged.fiscal_year) if logged.fiscal_year is not None else "",
        call.model,
        call.provider,
        call.address,
        messages.where_it_is(call.outside),
        f"{call.prompt}@{call.version}",
        str(call.sent),
        str(call.received),
        f"{call.seconds:.1f}",
        "" if call.first_seconds is None else f"{call.first_seconds:.1f}",
        messages.call_outcome(call.outcome),
        call.asked or "",
        call.answered or "",
    )
