"""The web application: ``create_app(settings)`` puts it together; nothing is bound at import."""

from datetime import timedelta

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from corpus.columns import LARGEST_ID
from corpus.database import make_engine
from corpus.settings import Settings
from web import errors, frame, protection, signin, state
from web.replies import ReplyMaker
from web.secret_key import secret_key
from web.state import AppState
from web.views import (
    accounts,
    chat,
    check,
    city,
    compare,
    confirm,
    facts,
    facts_import,
    figures,
    grades,
    imports,
    links,
    making,
    model,
    search,
    sections,
    setup,
    sheets,
    trail,
)

WORKING_DAY = timedelta(hours=12)
"""A session ends this long after the login at the latest, and with the browser."""
FORM_OVERHEAD = 1_000_000
"""Bytes that a request may have beyond the files in it."""

MOST_FIELDS = 10_000
"""Fields of a form that carries a file: the list of 2,000 preferred words has up to four a word."""


class RowId(IntegerConverter):
    """The id of a row in an address; a number that no database can hold is no address at all."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_ID)


def create_app(settings: Settings, *, demo: bool = False) -> Flask:
    """The application on the settings' database (which must be at the newest schema, ``corpus.database.upgrade``).

    ``demo``: everybody is signed in as the demo user, but only from this computer. Raises ``UnusableInput`` for a
    placeholder SECRET_KEY.
    """
    app = Flask("web", root_path=str(state.WEB_FOLDER))
    most_bytes = settings.max_upload_mb * 1_000_000 + FORM_OVERHEAD
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="shisaku_demo" if demo else "shisaku",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=WORKING_DAY,
        MAX_CONTENT_LENGTH=most_bytes,
        MAX_FORM_MEMORY_SIZE=most_bytes,
        MAX_FORM_PARTS=MOST_FIELDS,
        # a form lives as long as the session: people write for hours on one page
        WTF_CSRF_TIME_LIMIT=None,
    )
    engine = make_engine(settings)
    app.extensions["shisaku"] = AppState(settings, engine, demo)
    app.extensions["shisaku_replies"] = ReplyMaker(engine, settings)
    app.url_map.converters["id"] = RowId
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for part in (state, signin, protection, errors, frame):
        part.init_app(app)
    views = (
        sheets,
        sections,
        check,
        compare,
        confirm,
        grades,
        city,
        chat,
        facts,
        facts_import,
        imports,
        accounts,
        links,
        figures,
        trail,
        making,
        setup,
        search,
        model,
    )
    for view in views:
        app.register_blueprint(view.blueprint)
    return app
