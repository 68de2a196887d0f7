"""Errors as answers: one shape for pages, one for fragments of a page, one for JSON.

::

    page       error.html: what happened, that nothing was changed, what to do
    fragment   (htmx) a notice at the top of the open page, which stays as it is, with everything typed
    JSON       {"error": {"status": 404, "title": "…", "message": "…", "id": null}}

A save against an older revision is no mere notice: it shows both texts (``views/sections.py``).
"""

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from corpus import messages
from corpus.errors import DifferentSheet, NotAvailable, NotFound, Refused, ShisakuError, StaleRevision, UnusableInput
from web.signin import DemoOnlyHere, SignInNeeded, TooManyGuesses
from web.state import app_state, release_session

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[ShisakuError], HTTPStatus], ...] = (
    (StaleRevision, HTTPStatus.CONFLICT),
    (DifferentSheet, HTTPStatus.CONFLICT),
    (Refused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnusableInput, HTTPStatus.BAD_REQUEST),
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAvailable, HTTPStatus.NOT_IMPLEMENTED),
    (SignInNeeded, HTTPStatus.UNAUTHORIZED),
    (DemoOnlyHere, HTTPStatus.FORBIDDEN),
    (TooManyGuesses, HTTPStatus.TOO_MANY_REQUESTS),
    (ShisakuError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""Status of each error class; the first that fits counts."""


@dataclass(frozen=True)
class ErrorPage:
    """What a person is told: ``title`` what happened, ``message`` why and what to do, ``id`` to find it in the log."""

    status: int
    title: str
    message: str
    id: str | None = None


def is_fragment() -> bool:
    """Whether htmx asks for a part of the open page."""
    return request.headers.get("HX-Request") == "true"


def wants_json() -> bool:
    """Whether the answer is read by a program."""
    accepted = request.accept_mimetypes
    asked = accepted["application/json"] > accepted["text/html"]
    return not is_fragment() and (request.path.endswith(".json") or asked)


def init_app(app: Flask) -> None:
    """Answer every error in the shape of the request."""
    app.register_error_handler(ShisakuError, on_shisaku_error)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_unexpected_error)


def on_shisaku_error(error: ShisakuError) -> AnyResponse:
    """A refusal with its own Japanese message; nothing of the request is stored."""
    release_session()
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    if isinstance(error, SignInNeeded) and not is_fragment() and not wants_json():
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.login", next=wanted if wanted != "/" else None))
    return answer(ErrorPage(status, messages.error_title(status), str(error)))


def on_csrf_error(error: CSRFError) -> Response:
    """The form is older than the session (logged in anew in another tab); the open page gets a fresh token."""
    response = answer(ErrorPage(400, messages.error_title(400), messages.FORM_TOO_OLD))
    response.headers["X-CSRF-Token"] = generate_csrf()
    return response


def on_http_error(error: HTTPException) -> AnyResponse:
    """404, 405, 413 and their like."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if code == 413:
        message = messages.upload_too_large(app_state().settings.max_upload_mb)
    else:
        message = messages.error_message(code)
    return answer(ErrorPage(code, messages.error_title(code), message))


def on_unexpected_error(error: Exception) -> Response:
    """A bug: logged under an id that the page names; the transaction is rolled back."""
    release_session()
    error_id = secrets.token_hex(4)
    log.error("error %s in %s %s", error_id, request.method, request.path, exc_info=error)
    return answer(ErrorPage(500, messages.error_title(500), messages.unexpected_error(error_id), error_id))


def answer(page: ErrorPage) -> Response:
    """The error in the shape of the request."""
    if wants_json():
        content = {"status": page.status, "title": page.title, "message": page.message, "id": page.id}
        response = jsonify({"error": content})
    elif is_fragment():
        response = make_response(render_template("fragments/notice.html", page=page))
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
    else:
        response = make_response(render_template("error.html", page=page))
    response.status_code = page.status
    return response
