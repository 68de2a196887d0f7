"""What an app and a request carry: settings and engine once an app, a database session once a request."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.database import open_session
from corpus.settings import Settings

WEB_FOLDER = Path(__file__).parent
"""Where templates and static files lie."""


@dataclass(frozen=True)
class AppState:
    """What ``create_app`` made: kept as ``app.extensions["shisaku"]``."""

    settings: Settings
    engine: Engine
    demo: bool


def app_state() -> AppState:
    """The state of the running app."""
    state = current_app.extensions["shisaku"]
    assert isinstance(state, AppState)
    return state


def session() -> Session:
    """The request's database session, opened at first use. Views commit; what is not committed is rolled back."""
    if "session" not in g:
        g.session_stack = ExitStack()
        g.session = g.session_stack.enter_context(open_session(app_state().engine))
    found = g.session
    assert isinstance(found, Session)
    return found


def release_session(error: BaseException | None = None) -> None:
    """Close the request's session; a stream calls this first, so that it does not hold a transaction open."""
    stack = g.pop("session_stack", None)
    g.pop("session", None)
    if stack is not None:
        stack.close()


def init_app(app: Flask) -> None:
    """Close each request's session at its end."""
    app.teardown_request(release_session)
