"""Accounts and the audit trail. Passwords are kept as argon2 hashes only."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from corpus import messages
from corpus.errors import NotFound, Refused
from corpus.models import AuditEvent, User

ROLES: tuple[str, ...] = ("writer", "reviewer", "admin")
SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, or a command on the server (``id`` None)."""

    id: int | None
    name: str


COMMAND_LINE = Actor(None, "コマンド")


def actor_of(user: User) -> Actor:
    """The actor that an account is."""
    return Actor(user.id, user.display_name)


def audit(
    session: Session, actor: Actor, action: str, subject: str, detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Add an event to the trail, in the caller's transaction."""
    event = AuditEvent(actor_id=actor.id, actor=actor.name, action=action, subject=subject, detail=detail or {})
    session.add(event)
    return event


def _hash(password: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def _checked_password(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(messages.password_too_short(SHORTEST_PASSWORD))
    return password


def add_user(
    session: Session,
    login: str,
    display_name: str,
    password: str | None,
    *,
    actor: Actor,
    division: str | None = None,
    role: str = "writer",
) -> User:
    """Make an account; without ``password`` nobody can log in with it. Raises ``Refused`` for a login in use."""
    login = login.strip()
    if not login or role not in ROLES:
        raise Refused(messages.BAD_ACCOUNT)
    if session.exec(select(User).where(User.login == login)).first():
        raise Refused(messages.login_in_use(login))
    password_hash = None if password is None else _hash(_checked_password(password))
    user = User(login=login, display_name=display_name, division=division, role=role, password_hash=password_hash)
    session.add(user)
    audit(session, actor, "user.add", login, {"role": role})
    session.flush()
    return user


def find_user(session: Session, login: str) -> User:
    """The account of a login name; raises ``NotFound``."""
    user = session.exec(select(User).where(User.login == login.strip())).first()
    if user is None:
        raise NotFound(messages.no_such_user(login))
    return user


def list_users(session: Session) -> list[User]:
    """All accounts, by login."""
    return list(session.exec(select(User).order_by(col(User.login))))


def authenticate(session: Session, login: str, password: str) -> User | None:
    """The active account with that login and password, else None; takes as long when the login does not exist."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    user = session.exec(select(User).where(User.login == login.strip())).first()
    if user is None or user.password_hash is None or not user.active:
        _hash(password)
        return None
    try:
        PasswordHasher().verify(user.password_hash, password)
    except (Argon2Error, InvalidHashError):
        return None
    return user


def set_password(session: Session, login: str, password: str, *, actor: Actor) -> None:
    """Replace the password of an account."""
    user = find_user(session, login)
    user.password_hash = _hash(_checked_password(password))
    session.add(user)
    audit(session, actor, "user.passwd", login)


def set_active(session: Session, login: str, active: bool, *, actor: Actor) -> None:
    """Disable an account, or enable it again; what it wrote stays."""
    user = find_user(session, login)
    user.active = active
    session.add(user)
    audit(session, actor, "user.enable" if active else "user.disable", login)
