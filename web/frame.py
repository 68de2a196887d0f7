"""What every page has around it, and rendering a page or a fragment of one with its typed context."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, g, get_flashed_messages, make_response, render_template, request
from markupsafe import Markup

from web.errors import is_fragment
from web.pages.tabs import TABS
from web.state import app_state


@dataclass(frozen=True)
class Frame:
    """The frame of a page: who is signed in, whether this is the demo, which menu entry is open."""

    user: str
    demo: bool
    place: str


def init_app(app: Flask) -> None:
    """Give every template its ``frame`` and the ``sheet_tabs``."""
    app.context_processor(lambda: {"frame": current_frame(), "sheet_tabs": TABS})


def current_frame() -> Frame:
    """The frame for this request."""
    user = g.get("user")
    return Frame(user.display_name if user else "", app_state().demo, request.blueprint or "")


def flashed() -> str:
    """What was done by the request before this one."""
    return " ".join(str(message) for message in get_flashed_messages())


def page(template: str, content: object, status: int = HTTPStatus.OK) -> Response:
    """A whole page; the template sees ``content`` as ``page``."""
    response = make_response(render_template(template, page=content))
    response.status_code = status
    return response


def fragment(template: str, content: object, title: str, status: int = HTTPStatus.OK, **headers: str) -> Response:
    """A part of a page for htmx; the same in a page of its own for a browser without script."""
    rendered = render_template(template, page=content)
    if not is_fragment():
        rendered = render_template("bare.html", title=title, content=Markup(rendered))
    response = make_response(rendered)
    response.status_code = status
    response.headers.update(headers)
    return response


def table_file(text: str, name: str) -> Response:
    """A table as CSV, with the BOM that Excel asks for, to be kept as the file ``name``."""
    response = Response("\ufeff" + text, mimetype="text/csv")
    # a header holds no Japanese (RFC 6266)
    response.headers.set("Content-Disposition", "attachment", **{"filename*": f"UTF-8''{quote(name)}"})
    return response


def rendered_fragment(template: str, content: object) -> str:
    """A part of a page as text, for a stream."""
    return render_template(template, page=content)
