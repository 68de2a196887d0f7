"""Logging in and out."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from corpus import messages
from web.frame import page
from web.signin import TooManyGuesses, any_account, sign_in
from web.state import session

blueprint = Blueprint("accounts", __name__)


@dataclass(frozen=True)
class LoginPage:
    """The page ``/login``; ``no_account``: nobody has made an account yet."""

    login: str
    next: str
    problem: str
    no_account: bool


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Response:
    """The login form; a right login leads to the page that was asked for."""
    wanted = _own_path(request.values.get("next", ""))
    if g.user is not None and request.method == "GET":
        return redirect(wanted or url_for("sheets.index"))
    name, problem, status = request.form.get("login", ""), "", HTTPStatus.OK
    if request.method == "POST":
        try:
            if sign_in(session(), name, request.form.get("password", ""), request) is not None:
                return redirect(wanted or url_for("sheets.index"), HTTPStatus.SEE_OTHER)
            problem, status = messages.WRONG_PASSWORD, HTTPStatus.UNAUTHORIZED
        except TooManyGuesses as error:
            problem, status = str(error), HTTPStatus.TOO_MANY_REQUESTS
    return page("login.html", LoginPage(name, wanted, problem, not any_account(session())), status)


@blueprint.post("/logout")
def logout() -> Response:
    """End the session."""
    cookie.clear()
    return redirect(url_for("accounts.login"), HTTPStatus.SEE_OTHER)


def _own_path(wanted: str) -> str:
    """``wanted`` if it is a path of this application, else "": a login must not lead elsewhere."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if own and "\\" not in wanted and wanted.isprintable() else ""
