"""Accounts: ``shisaku user …``."""

import sys

import click

from corpus import messages
from web.commands.shared import json_option, open_database, print_json
from web.japanese_click import JapaneseGroup


@click.group(cls=JapaneseGroup, help="利用者（アカウント）を管理します。")
def user() -> None:
    """Accounts."""


@user.command("add", help="利用者を追加します。パスワードは入力を求めます。")
@click.argument("login", metavar="ログイン名")
@click.option("--name", "display_name", help="表示する氏名。省くとログイン名。")
@click.option("--division", help="所属課。")
@click.option(
    "--role", type=click.Choice(["writer", "reviewer", "admin"]), default="writer", show_default=True, help="役割。"
)
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力から読みます。")
def user_add(login: str, display_name: str | None, division: str | None, role: str, password_stdin: bool) -> None:
    """Add an account."""
    from corpus.accounts import COMMAND_LINE, add_user

    with open_database() as (session, _):
        password = _password(password_stdin)
        add_user(session, login, display_name or login, password, actor=COMMAND_LINE, division=division, role=role)
        session.commit()
    click.echo(messages.user_added(login))


@user.command("passwd", help="パスワードを変えます。")
@click.argument("login", metavar="ログイン名")
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力から読みます。")
def user_passwd(login: str, password_stdin: bool) -> None:
    """Set a password."""
    from corpus.accounts import COMMAND_LINE, set_password

    with open_database() as (session, _):
        set_password(session, login, _password(password_stdin), actor=COMMAND_LINE)
        session.commit()
    click.echo(messages.password_changed(login))


@user.command("disable", help="利用者を使えなくします（書いたものは残ります）。")
@click.argument("login", metavar="ログイン名")
def user_disable(login: str) -> None:
    """Disable an account."""
    _set_active(login, active=False)


@user.command("enable", help="使えなくした利用者を元に戻します。")
@click.argument("login", metavar="ログイン名")
def user_enable(login: str) -> None:
    """Enable an account again."""
    _set_active(login, active=True)


def _set_active(login: str, *, active: bool) -> None:
    from corpus.accounts import COMMAND_LINE, set_active

    with open_database() as (session, _):
        set_active(session, login, active, actor=COMMAND_LINE)
        session.commit()
    click.echo(messages.user_active(login, active))


@user.command("list", help="利用者の一覧を表示します。")
@json_option
def user_list(as_json: bool) -> None:
    """List the accounts."""
    from corpus.accounts import list_users

    with open_database() as (session, _):
        users = list_users(session)
    if as_json:
        keys = ("login", "display_name", "division", "role", "active")
        print_json([{key: getattr(entry, key) for key in keys} for entry in users])
        return
    for entry in users:
        click.echo(messages.user_line(entry.login, entry.display_name, entry.role, entry.active))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError(messages.NO_TERMINAL_FOR_PASSWORD)
    entered: str = click.prompt("パスワード", hide_input=True, confirmation_prompt="もう一度")
    return entered
