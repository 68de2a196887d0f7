"""What holds for every route: login, CSRF, headers, no script or style in a page, vendored files unchanged."""

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Browser

WEB = Path(__file__).parents[2] / "web"
VENDOR = WEB / "static" / "vendor"
PUBLIC = {"static", "accounts.login"}


def paths(app: Flask, method: str, sheet_id: int = 1, key: str = "6.1.results") -> Iterator[tuple[str, str]]:
    """Endpoint and a path for every route that takes ``method``."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = {"sheet_id": sheet_id, "key": key, "message_id": 1, "act_id": 1, "kind": "done"}
            values["filename"] = "base.css"
            _, path = rule.build({name: values[name] for name in rule.arguments}) or ("", "")
            yield rule.endpoint, path


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_route_but_the_login_needs_an_account(app: Flask, stranger: Browser, sheet_id: int, method: str) -> None:
    asked = [(endpoint, path) for endpoint, path in paths(app, method, sheet_id) if endpoint not in PUBLIC]
    assert len(asked) >= 5
    for endpoint, path in asked:
        answer = stranger.client.open(path, method=method)
        if path.endswith(".json"):
            assert (endpoint, answer.status_code) == (endpoint, 401)
        else:
            assert (endpoint, answer.status_code) == (endpoint, 302)
            assert answer.location.startswith("/login")


def test_an_unknown_address_tells_a_stranger_nothing(stranger: Browser) -> None:
    assert stranger.get("/nowhere").status_code == 302


def test_a_fragment_without_login_says_so_in_place(stranger: Browser, sheet_id: int) -> None:
    answer = stranger.get(f"/sheets/{sheet_id}/sections/5.1", htmx=True)
    assert answer.status_code == 401
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "入力した文章はこの画面に残っています" in answer.text


def test_every_change_needs_a_csrf_token(app: Flask, browser: Browser, sheet_id: int) -> None:
    for _, path in paths(app, "POST", sheet_id):
        answer = browser.client.post(path, data={"text": "x", "login": "hanako"})
        assert (path, answer.status_code) == (path, 400)
        assert "何も変更していません" in answer.text


def test_a_fragment_refused_for_its_token_gets_a_fresh_one(browser: Browser, sheet_id: int) -> None:
    path = f"/sheets/{sheet_id}/sections/5.2"
    refused = browser.client.post(path, data={"text": "x", "csrf_token": "old"}, headers={"HX-Request": "true"})
    assert refused.status_code == 400
    token = refused.headers["X-CSRF-Token"]
    assert browser.client.post(path, data={"text": "x", "csrf_token": token}).status_code == 303


def test_every_answer_carries_the_headers(app: Flask, browser: Browser, sheet_id: int) -> None:
    addresses = [path for endpoint, path in paths(app, "GET", sheet_id) if endpoint != "chat.stream"] + ["/nowhere"]
    for path in addresses:
        headers = browser.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';"), path
        for directive in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"):
            assert directive in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


class _Inline(HTMLParser):
    """Collects what the Content-Security-Policy would block, ids given twice, and fields without a name to hear."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []
        self.ids: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.blocked += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith(("on", "hx-on"))]
        self.blocked += [f"{name}={value}" for name, value in attrs if (value or "").startswith("javascript:")]
        self.blocked += ["<style>"] if tag == "style" else []
        self.ids += [value for name, value in attrs if name == "id" and value]
        self._script = tag == "script" and "src" not in names

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.blocked.append(f"<script>{data[:40]}")


def test_no_page_or_fragment_holds_script_or_style(app: Flask, browser: Browser, sheet_id: int) -> None:
    addresses = [path for endpoint, path in paths(app, "GET", sheet_id) if endpoint not in ("chat.stream", "static")]
    for path in [*addresses, "/nowhere"]:
        for htmx in (False, True):
            page = _Inline()
            page.feed(browser.get(path, htmx=htmx).text)
            assert not page.blocked, path
            assert len(page.ids) == len(set(page.ids)), path


def test_scripts_do_not_evaluate_text() -> None:
    risky = re.compile(r"\beval\(|new Function|innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write")
    for path in (WEB / "static").glob("*.js"):
        assert not risky.search(path.read_text("utf-8")), path


def test_vendored_files_are_those_that_were_taken_in() -> None:
    listed = json.loads((VENDOR / "VENDORED.json").read_text("utf-8"))
    hashes = {file: digest for package in listed for file, digest in package["files"].items()}
    there = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
    there.pop("VENDORED.json")
    assert hashes == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    for package in listed:
        assert package["licence"] in ("MIT", "0BSD")
        assert any(name.endswith("/LICENSE") for name in package["files"])
        assert all(package["version"] in name for name in package["files"])


def test_every_static_file_that_a_template_names_is_there() -> None:
    named = re.compile(r"filename='([^']+)'")
    found = {name for path in (WEB / "templates").rglob("*.html") for name in named.findall(path.read_text("utf-8"))}
    assert found
    assert all((WEB / "static" / name).is_file() for name in found)
