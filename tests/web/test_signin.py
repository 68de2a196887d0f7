"""Logging in and out, the brake on guessing, the key that signs sessions, the demo user."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE, add_user, set_active
from corpus.errors import UnusableInput
from corpus.models import AuditEvent, User
from corpus.settings import Settings
from tests.web.conftest import PASSWORD, Browser
from web.app import create_app
from web.replies import reply_maker
from web.secret_key import KEY_FILE, secret_key


def test_without_any_account_the_login_page_names_the_command(stranger: Browser) -> None:
    assert "shisaku user add" in stranger.get("/login").text


def test_with_an_account_it_does_not(stranger: Browser, user: User) -> None:
    assert "shisaku user add" not in stranger.get("/login").text


def test_a_stranger_is_led_to_the_login_and_back(stranger: Browser, user: User) -> None:
    answer = stranger.get("/import?x=1")
    assert answer.status_code == 302
    assert answer.location == "/login?next=/import?x%3D1"
    done = stranger.post("/login", {"login": "hanako", "password": PASSWORD, "next": "/import?x=1"})
    assert (done.status_code, done.location) == (303, "/import?x=1")
    assert "見本 花子" in stranger.get("/").text


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com",
        "/a\\b",
        "javascript:alert(1)",
        "sheets",
        "/\t/example.com",
        "/\n//example.com",
    ],
)
def test_a_login_never_leads_elsewhere(stranger: Browser, user: User, target: str) -> None:
    done = stranger.post("/login", {"login": "hanako", "password": PASSWORD, "next": target})
    assert done.location == "/"


@pytest.mark.parametrize(
    ("login", "password"), [("hanako", "違う"), ("nobody", PASSWORD), ("hanako", ""), ("", ""), ("HANAKO", PASSWORD)]
)
def test_a_wrong_password_or_name_is_refused_in_the_same_words(
    stranger: Browser, user: User, login: str, password: str
) -> None:
    answer = stranger.log_in(login, password)
    assert answer.status_code == 401
    assert "ログイン名かパスワードが違います。" in answer.text
    assert stranger.get("/").status_code == 302


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(stranger: Browser, user: User) -> None:
    cookie = stranger.log_in("hanako").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_is_secure(settings: Settings, engine: object) -> None:
    app = create_app(settings.model_copy(update={"secure_cookies": True}))
    assert "Secure" in app.test_client().get("/login", base_url="https://localhost").headers["Set-Cookie"]
    reply_maker(app).close()


def test_the_session_holds_nothing_of_the_account_but_its_id(app: Flask, stranger: Browser, user: User) -> None:
    stranger.log_in("hanako")
    with stranger.client.session_transaction() as cookie:
        assert {key: cookie[key] for key in cookie if key != "csrf_token"} == {"user_id": user.id}


def test_a_disabled_account_is_out_at_once(browser: Browser, session: Session) -> None:
    assert browser.get("/").status_code == 200
    set_active(session, "hanako", False, actor=COMMAND_LINE)
    session.commit()
    assert browser.get("/").status_code == 302
    assert browser.log_in("hanako").status_code == 401


def test_logging_out_ends_the_session_and_needs_a_post(browser: Browser) -> None:
    assert browser.get("/logout").status_code == 405
    assert browser.post("/logout").location == "/login"
    assert browser.get("/").status_code == 302


def test_guessing_is_stopped_for_that_name_from_that_address_only(
    stranger: Browser, user: User, session: Session
) -> None:
    add_user(session, "taro", "見本 太郎", PASSWORD, actor=COMMAND_LINE)
    session.commit()
    for _ in range(5):
        assert stranger.log_in("hanako", "違う").status_code == 401
    refused = stranger.log_in("hanako")
    assert refused.status_code == 429
    assert "10分" in refused.text
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert stranger.log_in("hanako", environ_overrides=elsewhere).status_code == 303
    stranger.post("/logout")
    assert stranger.log_in("taro").status_code == 303


def test_a_right_password_begins_the_count_anew(stranger: Browser, user: User) -> None:
    for _ in range(2):
        for _ in range(4):
            assert stranger.log_in("hanako", "違う").status_code == 401
        assert stranger.log_in("hanako").status_code == 303
        stranger.post("/logout")


def test_logins_are_in_the_audit_trail_without_the_password(stranger: Browser, user: User, session: Session) -> None:
    stranger.log_in("hanako", "秘密の間違い")
    stranger.log_in("hanako")
    events = session.exec(select(AuditEvent).where(AuditEvent.subject == "login:hanako")).all()
    assert [event.action for event in events] == ["login.failed", "login.done"]
    assert "秘密" not in str([(event.actor, event.subject, event.detail) for event in events])


def test_the_key_is_made_once_readable_by_its_owner_only(settings: Settings) -> None:
    made = secret_key(settings)
    assert len(made) == 64
    assert secret_key(settings) == made
    if os.name == "posix":
        assert stat.S_IMODE((settings.home / KEY_FILE).stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_key(settings: Settings) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: secret_key(settings), range(16)))
    assert len(keys) == 1
    assert [path.name for path in Path(settings.home).iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("key", ["changeme", "changethis", "short"])
def test_a_placeholder_key_is_refused(settings: Settings, key: str) -> None:
    with pytest.raises(UnusableInput, match="SECRET_KEY"):
        create_app(settings.model_copy(update={"secret_key": key}))


LOCAL = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.mark.parametrize(
    ("address", "host", "headers", "status"),
    [
        ("127.0.0.1", "localhost:8000", {}, 200),
        ("127.0.0.1", "127.0.0.1:8000", {}, 200),
        ("::1", "[::1]:8000", {}, 200),
        ("127.0.0.1", "evil.example:8000", {}, 403),
        ("127.0.0.1", "localhost.evil.example", {}, 403),
        ("192.0.2.7", "localhost:8000", {}, 403),
        ("192.0.2.7", "192.0.2.1:8000", {}, 403),
        ("127.0.0.1", "localhost:8000", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("127.0.0.1", "localhost", {"Forwarded": "for=192.0.2.7"}, 403),
    ],
)
def test_the_demo_answers_only_to_this_computer(
    settings: Settings, engine: object, address: str, host: str, headers: dict[str, str], status: int
) -> None:
    app = create_app(settings, demo=True)
    answer = app.test_client().get("/", headers={"Host": host, **headers}, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == status
    assert ("「デモ利用者」として" in answer.text) == (status == 200)
    reply_maker(app).close()


def test_the_demo_says_so_on_every_page_and_makes_its_user_once(
    settings: Settings, session: Session, sheet_id: int
) -> None:
    app = create_app(settings, demo=True)
    client = app.test_client()
    for path in ("/", "/import", f"/sheets/{sheet_id}", f"/sheets/{sheet_id}/confirm", "/nowhere"):
        assert 'class="demo-banner"' in client.get(path).text
    users = session.exec(select(User).where(User.login == "demo")).all()
    assert [(user.display_name, user.password_hash) for user in users] == [("デモ利用者", None)]
    reply_maker(app).close()


def test_without_demo_nobody_is_signed_in(stranger: Browser, session: Session) -> None:
    assert stranger.get("/", environ_overrides=LOCAL).status_code == 302
    assert "demo-banner" not in stranger.get("/login").text
