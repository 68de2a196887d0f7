"""What protects every answer: headers, CSRF, and telling whether a request comes from this very computer."""

import ipaddress

from flask import Flask, Request, Response, request
from flask_wtf.csrf import CSRFProtect

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


def init_app(app: Flask) -> None:
    """Check a CSRF token on every request that changes something; set the headers on every answer."""
    CSRFProtect(app)
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    """The protective headers, on pages, fragments, files and errors alike."""
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "private, no-cache")
        headers.add("Vary", "Cookie, HX-Request")
    return response


def is_local(incoming: Request) -> bool:
    """Whether the request was made on this computer, to this computer.

    The sender's address alone does not tell: a page whose name was re-bound to 127.0.0.1 sends from here too, but
    with its own name in ``Host``; and a proxy on this computer sends from here for others, and says so.
    """
    try:
        sender = ipaddress.ip_address(incoming.remote_addr or "")
    except ValueError:
        return False
    host = (incoming.host or "").strip().lower()
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    forwarded = any(header in incoming.headers for header in _FORWARDED)
    return sender.is_loopback and name in LOCAL_NAMES and not forwarded
