"""Errors: one shape for pages, one for fragments, one for JSON, on every route."""

import io
import logging
import re

import pytest
from flask import Flask

from corpus.errors import (
    DifferentSheet,
    NotAvailable,
    NotFound,
    Refused,
    ShisakuError,
    StaleRevision,
    UnusableInput,
)
from corpus.settings import Settings
from tests.web.conftest import Browser
from web.app import create_app
from web.replies import reply_maker
from web.views import sheets

MISSING = [
    "/nowhere",
    "/sheets/999",
    "/sheets/999/export.json",
    "/sheets/999/confirm",
    "/sheets/999/sections/5.1",
    "/sheets/999/sections/5.1/check",
    "/sheets/999/sections/5.1/compare",
    "/sheets/999/sections/5.1/history",
    "/chat/messages/999",
    "/chat/messages/999/stream",
    "/static/none.css",
    "/sheets/0",
    "/sheets/99999999999999999999",
    "/chat/messages/99999999999999999999",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_404_in_each_shape(browser: Browser, path: str) -> None:
    page = browser.client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404
    if not path.endswith(".json"):
        assert "<h1>見つかりません</h1>" in page.text
        assert "<html" in page.text
    part = browser.get(path, htmx=True)
    assert (part.status_code, part.headers["HX-Retarget"]) == (404, "#notices")
    assert "<html" not in part.text
    assert "見つかりません" in part.text
    content = browser.client.get(path, headers={"Accept": "application/json"})
    assert content.status_code == 404
    assert set(content.json) == {"error"}
    assert set(content.json["error"]) == {"status", "title", "message", "id"}
    assert content.json["error"]["status"] == 404


@pytest.mark.parametrize("key", ["9.9", "table", "6.1", "../secret", "<script>"])
def test_a_section_that_the_form_does_not_have_is_404(browser: Browser, sheet_id: int, key: str) -> None:
    for tail in ("", "/check", "/compare", "/history"):
        assert browser.get(f"/sheets/{sheet_id}/sections/{key}{tail}").status_code == 404
    assert browser.post(f"/sheets/{sheet_id}/sections/{key}", {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("ありません。"), 404),
        (Refused("だめです。"), 422),
        (DifferentSheet("違います。", ["policy"]), 409),
        (StaleRevision("先に。", current="a", submitted="b", current_revision=1), 409),
        (UnusableInput("読めません。"), 400),
        (NotAvailable("まだです。"), 501),
        (ShisakuError("何か。"), 422),
    ],
)
def test_every_error_that_users_see_has_its_status(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, error: ShisakuError, status: int
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(sheets, "list_sheets", fail)
    answer = browser.client.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert str(error) in answer.text
    content = browser.client.get("/", headers={"Accept": "application/json"}).json
    assert content["error"]["message"] == str(error)


def test_a_bug_is_logged_under_the_id_that_the_page_names(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("geheim <b>")

    monkeypatch.setattr(sheets, "list_sheets", fail)
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/")
    assert answer.status_code == 500
    assert "何も変わっていません" in answer.text
    assert "geheim" not in answer.text
    named = re.search(r"伝えてください：([0-9a-f]{8})", answer.text)
    assert named
    assert named[1] in caplog.text
    assert "geheim" in caplog.text


def test_the_wrong_method_is_explained(browser: Browser, sheet_id: int) -> None:
    answer = browser.get(f"/sheets/{sheet_id}/chat")
    assert answer.status_code == 405
    assert "その操作はできません" in answer.text


def test_more_than_the_limit_is_413_and_changes_nothing(settings: Settings, browser: Browser) -> None:
    app = create_app(settings.model_copy(update={"max_upload_mb": 1}))
    client = app.test_client()
    with browser.client.session_transaction() as ours, client.session_transaction() as cookie:
        cookie.update(ours)
    small = Browser(client)
    big = (io.BytesIO(b" " * 2_500_000), "big.json")
    answer = small.post("/import", {"files": big}, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "1 MB" in answer.text
    assert "何も取り込んでいません" in answer.text
    reply_maker(app).close()
