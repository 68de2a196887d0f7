"""What the city set for itself, in the database. Callers commit."""

from typing import TypeVar

from sqlmodel import Session

from corpus.accounts import Actor, audit
from corpus.city import Grading, Writing
from corpus.models import CitySetting, now

_Setting = TypeVar("_Setting", Writing, Grading)


def writing(session: Session) -> Writing:
    """The city's manner of writing; the defaults while nothing is set."""
    return _read(session, "writing", Writing)


def grading(session: Session) -> Grading:
    """What grades ask for; the defaults while nothing is set."""
    return _read(session, "grading", Grading)


def save_writing(session: Session, chosen: Writing, *, actor: Actor) -> None:
    """Replace the city's manner of writing."""
    _write(session, "writing", chosen, actor)


def save_grading(session: Session, chosen: Grading, *, actor: Actor) -> None:
    """Replace what grades ask for."""
    _write(session, "grading", chosen, actor)


def _read(session: Session, name: str, kind: type[_Setting]) -> _Setting:
    row = session.get(CitySetting, name)
    return kind() if row is None else kind.model_validate(row.value)


def _write(session: Session, name: str, chosen: Writing | Grading, actor: Actor) -> None:
    row = session.get(CitySetting, name)
    before = row.value if row else None
    value = chosen.model_dump(mode="json")
    if row is None:
        row = CitySetting(name=name, author_name=actor.name)
    row.value, row.updated_at, row.author_name = value, now(), actor.name
    session.add(row)
    audit(session, actor, "city.set", f"city:{name}", {"before": before, "after": value})
    session.flush()
