"""A running app with one account, and a browser that sends its CSRF token as the pages do."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session
from werkzeug.test import TestResponse

from corpus.accounts import COMMAND_LINE, actor_of, add_user
from corpus.models import User
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import save_sheet
from web.app import create_app
from web.replies import reply_maker

PASSWORD = "とても長い合言葉"


class Browser:
    """A signed-in (or not) client. ``post`` sends the token of the page ``/login`` or ``/`` like a form does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, *, htmx: bool = False, **more: Any) -> TestResponse:
        return self.client.get(path, headers=_headers(htmx), **more)

    def post(self, path: str, data: dict[str, Any] | None = None, *, htmx: bool = False, **more: Any) -> TestResponse:
        sent = {"csrf_token": self.token()} | (data or {})
        return self.client.post(path, data=sent, headers=_headers(htmx), **more)

    def token(self) -> str:
        page = self.client.get("/", follow_redirects=True).text
        found = re.search(r'<meta name="csrf-token" content="([^"]+)">', page)
        assert found
        return found[1]

    def log_in(self, login: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        return self.post("/login", {"login": login, "password": password}, **more)


def _headers(htmx: bool) -> dict[str, str]:
    return {"HX-Request": "true"} if htmx else {}


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    reply_maker(app).close()
    app.extensions["shisaku"].engine.dispose()


@pytest.fixture
def user(session: Session) -> User:
    found = add_user(session, "hanako", "見本 花子", PASSWORD, actor=COMMAND_LINE)
    session.commit()
    return found


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser that nobody signed in with."""
    return Browser(app.test_client())


@pytest.fixture
def browser(app: Flask, user: User) -> Browser:
    """A browser signed in as 見本 花子."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["user_id"] = user.id
    return Browser(client)


@pytest.fixture
def store(session: Session, user: User) -> Callable[..., int]:
    """Put a sheet into the database; gives its id."""

    def put(sheet: SheetFile, **more: Any) -> int:
        saved = save_sheet(session, ReadSheet(sheet=sheet, **more), actor=actor_of(user), update=True)
        session.commit()
        return saved.sheet_id

    return put


@pytest.fixture
def sheet_id(store: Callable[..., int], make_sheet: Callable[..., SheetFile]) -> int:
    """The sheet of 2023, with that of 2022 before it."""
    store(make_sheet(2022))
    return store(make_sheet(2023))
