"""What the city set for itself, in the database. Callers commit.

A part is saved against the mark of what its writer saw (``corpus.city.setting_mark``), so that two people who set the
same part never overwrite each other unseen; the write itself is refused when the row moved in between.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from secrets import token_hex
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import String, cast
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.city import PART_FIELDS, Grading, Tolerance, Writing, WritingPart, setting_mark
from corpus.columns import now
from corpus.errors import StaleSetting
from corpus.models import CitySetting, Sheet
from corpus.terms import Terms

_INSTALLATION = "installation"
_Setting = TypeVar("_Setting", Writing, Grading, Tolerance, Terms)


@dataclass(frozen=True)
class LastSaved:
    """Who saved a setting last, and when (UTC)."""

    author: str
    at: datetime


def writing(session: Session) -> Writing:
    """The city's manner of writing; the defaults while nothing is set."""
    return _value(_row(session, "writing"), Writing)


def grading(session: Session) -> Grading:
    """What grades ask for; the defaults while nothing is set."""
    return _value(_row(session, "grading"), Grading)


def tolerance(session: Session) -> Tolerance:
    """What the checker takes for 横ばい; the defaults while nothing is set."""
    return _value(_row(session, "tolerance"), Tolerance)


def terms(session: Session) -> Terms:
    """The city's own terms, which the search reads; none while nothing is set."""
    # every search asks: a thousand terms are read anew only when they have changed
    stored = session.connection().execute(_TERMS).scalar_one_or_none()
    return Terms() if stored is None else _read_terms(stored)


_TERMS = select(cast(col(CitySetting.value), String)).where(CitySetting.name == "terms")


@lru_cache(maxsize=2)
def _read_terms(stored: str) -> Terms:
    return Terms.model_validate_json(stored)


def installation(session: Session) -> str:
    """A random id of this database (12 hex digits), made at the first call: to name what it keeps elsewhere."""
    row = _row(session, _INSTALLATION)
    if row is None:
        # of two processes that make one at once, the first one's stays
        with suppress(IntegrityError), session.begin_nested():
            session.add(CitySetting(name=_INSTALLATION, value={"id": token_hex(6)}, author_name="shisaku"))
        row = session.exec(select(CitySetting).where(CitySetting.name == _INSTALLATION)).one()
    return str(row.value["id"])


def last_saved(session: Session, name: str) -> LastSaved | None:
    """The last save of ``writing``, ``grading``, ``tolerance`` or ``terms``, None while nothing is set."""
    row = _row(session, name)
    return LastSaved(row.author_name, row.updated_at) if row else None


def lead_divisions(session: Session) -> list[str]:
    """The 施策統括課 of the stored sheets, each once."""
    return [name for name in session.exec(select(Sheet.lead_division).distinct().order_by(Sheet.lead_division)) if name]


def change_writing(
    session: Session, part: WritingPart, values: Mapping[str, Any], *, seen: str, actor: Actor
) -> Writing | None:
    """Set the fields of one part; the other parts stay as they are stored. None when nothing would change.

    ``seen``: the mark of the part as its writer saw it. Raises ``StaleSetting`` when it is another by now.
    """
    row = _row(session, "writing")
    stored = _value(row, Writing)
    chosen = stored.model_copy(update={field: values[field] for field in PART_FIELDS[part]})
    if setting_mark(chosen) == setting_mark(stored):
        return None
    _refuse_stale(session, "writing", seen, setting_mark(stored, PART_FIELDS[part]))
    _write(session, "writing", row, chosen, actor)
    return chosen


def change_grading(session: Session, chosen: Grading, *, seen: str, actor: Actor) -> Grading | None:
    """Set what grades ask for; None when nothing would change. Raises ``StaleSetting`` as ``change_writing``."""
    return _change(session, "grading", chosen, seen, actor)


def change_tolerance(session: Session, chosen: Tolerance, *, seen: str, actor: Actor) -> Tolerance | None:
    """Set what 横ばい is; None when nothing would change. Raises ``StaleSetting`` as ``change_writing``."""
    return _change(session, "tolerance", chosen, seen, actor)


def store_terms(session: Session, chosen: Terms, *, seen: str, actor: Actor) -> Terms | None:
    """Keep the city's own terms; None when nothing would change. Raises ``StaleSetting`` as ``change_writing``.

    For ``corpus.index.passages.change_terms``, which brings the lexical rows in step.
    """
    return _change(session, "terms", chosen, seen, actor)


def _change(session: Session, name: str, chosen: _Setting, seen: str, actor: Actor) -> _Setting | None:
    """Set the whole of a setting."""
    row = _row(session, name)
    stored = _value(row, type(chosen))
    if chosen == stored:
        return None
    _refuse_stale(session, name, seen, setting_mark(stored))
    _write(session, name, row, chosen, actor)
    return chosen


def _row(session: Session, name: str) -> CitySetting | None:
    return session.get(CitySetting, name)


def _value(row: CitySetting | None, kind: type[_Setting]) -> _Setting:
    return kind() if row is None else kind.model_validate(row.value)


def _refuse_stale(session: Session, name: str, seen: str, present: str) -> None:
    if seen != present:
        raise _stale(session, name)


def _stale(session: Session, name: str) -> StaleSetting:
    saved = last_saved(session, name)
    return StaleSetting(messages.stale_setting(saved.author if saved else ""))


def _write(session: Session, name: str, row: CitySetting | None, chosen: BaseModel, actor: Actor) -> None:
    """``row``: as it was read before anything was decided; if it moved since, nothing is written."""
    before, value = row.value if row else None, chosen.model_dump(mode="json")
    if row is None:
        session.add(CitySetting(name=name, value=value, author_name=actor.name))
        try:
            session.flush()
        except IntegrityError as error:
            session.rollback()
            raise _stale(session, name) from error
    else:
        moved = session.exec(
            update(CitySetting)
            .where(col(CitySetting.name) == name, col(CitySetting.updated_at) == row.updated_at)
            .values(value=value, updated_at=now(), author_name=actor.name)
        )
        if moved.rowcount != 1:
            session.rollback()
            raise _stale(session, name)
        session.refresh(row)
    audit(session, actor, "city.set", f"city:{name}", {"before": before, "after": value})
    session.flush()
