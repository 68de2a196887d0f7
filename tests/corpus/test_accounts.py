import pytest
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE, add_user, authenticate, find_user, list_users, set_active, set_password
from corpus.columns import AppendOnly
from corpus.errors import NotFound, Refused
from corpus.models import AuditEvent


def test_a_password_is_kept_as_argon2_hash(session: Session) -> None:
    user = add_user(session, "hanako", "花子", "ひみつの言葉です", actor=COMMAND_LINE)
    assert (user.password_hash or "").startswith("$argon2id$")
    assert authenticate(session, "hanako", "ひみつの言葉です") == user
    assert authenticate(session, "hanako", "ちがう言葉ですよ") is None
    assert authenticate(session, "taro", "ひみつの言葉です") is None


def test_a_disabled_account_is_out(session: Session) -> None:
    add_user(session, "hanako", "花子", "ひみつの言葉です", actor=COMMAND_LINE)
    set_active(session, "hanako", False, actor=COMMAND_LINE)
    assert authenticate(session, "hanako", "ひみつの言葉です") is None
    set_active(session, "hanako", True, actor=COMMAND_LINE)
    set_password(session, "hanako", "新しいひみつ123", actor=COMMAND_LINE)
    assert authenticate(session, "hanako", "新しいひみつ123") is not None


def test_an_account_without_password_cannot_log_in(session: Session) -> None:
    add_user(session, "demo", "デモ", None, actor=COMMAND_LINE)
    assert authenticate(session, "demo", "") is None


@pytest.mark.parametrize(
    ("login", "password", "role", "words"),
    [
        ("hanako", "ひみつの言葉です", "writer", "すでに使われています"),
        ("taro", "短い", "writer", "8文字以上"),
        (" ", "ひみつの言葉です", "writer", "ログイン名が空"),
        ("taro", "ひみつの言葉です", "king", "役割"),
    ],
)
def test_refused_accounts(session: Session, login: str, password: str, role: str, words: str) -> None:
    add_user(session, "hanako", "花子", "ひみつの言葉です", actor=COMMAND_LINE)
    with pytest.raises(Refused, match=words):
        add_user(session, login, "x", password.ljust(8 if len(password) > 2 else 0), actor=COMMAND_LINE, role=role)
    assert [user.login for user in list_users(session)] == ["hanako"]


def test_unknown_accounts(session: Session) -> None:
    with pytest.raises(NotFound, match="taro"):
        find_user(session, "taro")


def test_the_trail_cannot_be_changed(session: Session) -> None:
    add_user(session, "hanako", "花子", None, actor=COMMAND_LINE)
    session.commit()
    event = session.exec(select(AuditEvent)).one()
    assert (event.actor, event.action, event.subject) == ("コマンド", "user.add", "hanako")
    event.actor = "別人"
    with pytest.raises(AppendOnly):
        session.flush()
