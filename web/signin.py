"""Who is asking: the account of the session, the demo user, and the brake on password guessing."""

from datetime import timedelta

from flask import Flask, Request, g, request
from flask import session as cookie
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from corpus import messages
from corpus.accounts import COMMAND_LINE, Actor, actor_of, add_user, audit, authenticate
from corpus.columns import now
from corpus.errors import ShisakuError
from corpus.models import AuditEvent, User
from web.protection import is_local
from web.state import app_state, session

DEMO_LOGIN = "demo"
PUBLIC_ENDPOINTS = frozenset({"static", "accounts.login"})
GUESSING_PERIOD = timedelta(minutes=10)
MOST_GUESSES_FROM_ONE_PLACE = 5
MOST_GUESSES = 30
LONGEST_LOGIN = 100


class SignInNeeded(ShisakuError):
    """Nobody is signed in, or the account was disabled. Users see the message."""


class DemoOnlyHere(ShisakuError):
    """The demo answers only to the computer on which it runs. Users see the message."""


class TooManyGuesses(ShisakuError):
    """Too many wrong passwords in a short time. Users see the message."""


def init_app(app: Flask) -> None:
    """Ask of every request who it is from, before anything else looks at it."""
    app.before_request(identify)


def identify() -> None:
    """Set ``g.user``; raises ``SignInNeeded`` for a page that is not public, ``DemoOnlyHere`` for a stranger."""
    g.user = None
    if request.endpoint == "static":
        return
    if app_state().demo:
        if not is_local(request):
            raise DemoOnlyHere(messages.DEMO_ONLY_HERE)
        g.user = demo_user(session())
    else:
        g.user = _user_of_cookie()
    if g.user is not None:
        # a rollback must not take away the name that an error page still shows
        session().expunge(g.user)
    if g.user is None and request.endpoint not in PUBLIC_ENDPOINTS:
        raise SignInNeeded(messages.SIGN_IN_NEEDED)


def _user_of_cookie() -> User | None:
    user_id = cookie.get("user_id")
    user = session().get(User, user_id) if isinstance(user_id, int) else None
    if user is None or not user.active:
        cookie.pop("user_id", None)
        return None
    return user


def demo_user(database: Session) -> User:
    """The demo user, made at need; nobody can log in with it by password."""
    query = select(User).where(User.login == DEMO_LOGIN)
    user = database.exec(query).first()
    if user is None:
        try:
            user = add_user(database, DEMO_LOGIN, messages.DEMO_USER, None, actor=COMMAND_LINE)
            database.commit()
        except IntegrityError:
            database.rollback()
            user = database.exec(query).one()
    return user


def current_actor() -> Actor:
    """Who acts in this request: the signed-in account."""
    assert isinstance(g.user, User)
    return actor_of(g.user)


def any_account(database: Session) -> bool:
    """Whether there is an account at all."""
    return database.exec(select(User.id).limit(1)).first() is not None


def sign_in(database: Session, login: str, password: str, incoming: Request) -> User | None:
    """The account of that login and password, else None. Commits an event either way.

    Raises ``TooManyGuesses`` after 5 wrong passwords for a login from one address, or 30 from anywhere, within ten
    minutes. The events are counted in the database, so that every process and every restart sees them.
    """
    login = login.strip()[:LONGEST_LOGIN]
    place = Actor(None, incoming.remote_addr or "")
    subject = f"login:{login}"
    if _is_guessing(database, subject, place.name):
        raise TooManyGuesses(messages.too_many_guesses(int(GUESSING_PERIOD.total_seconds() // 60)))
    user = authenticate(database, login, password)
    if user is None:
        audit(database, place, "login.failed", subject)
    else:
        audit(database, actor_of(user), "login.done", subject, {"address": place.name})
        cookie.pop("user_id", None)
        cookie["user_id"] = user.id
    database.commit()
    return user


def _is_guessing(database: Session, subject: str, address: str) -> bool:
    last_done = database.exec(
        select(func.max(AuditEvent.id)).where(AuditEvent.action == "login.done", AuditEvent.subject == subject)
    ).first()
    failed = (
        select(AuditEvent.actor, func.count())
        .where(
            AuditEvent.action == "login.failed",
            AuditEvent.subject == subject,
            col(AuditEvent.at) > now() - GUESSING_PERIOD,
            col(AuditEvent.id) > (last_done or 0),
        )
        .group_by(AuditEvent.actor)
    )
    counts = dict(database.exec(failed).all())
    return counts.get(address, 0) >= MOST_GUESSES_FROM_ONE_PLACE or sum(counts.values()) >= MOST_GUESSES
