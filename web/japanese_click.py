"""Click in Japanese: headings of ``--help`` and the messages of usage errors."""

from typing import Any

import click

_HEADINGS = {"Options": "オプション", "Commands": "コマンド"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[オプション]").replace("COMMAND [ARGS]...", "コマンド …")
        super().write_usage(prog, words, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class JapaneseCommand(click.Command):
    """A command whose help speaks Japanese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示します。"
        return option


class JapaneseGroup(JapaneseCommand, click.Group):
    """A group whose help, and that of its commands, speaks Japanese."""

    command_class = JapaneseCommand

    def group(self, *args: Any, **kwargs: Any) -> Any:
        return super().group(*args, **kwargs)


def say_usage_error(error: click.ClickException) -> None:
    """Print what is wrong with the command line, in Japanese, with the command's usage."""
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), err=True)
    match error:
        case click.NoSuchOption():
            reason = f"オプション {error.option_name} はありません。"
        case click.MissingParameter():
            parameter = error.param
            named = parameter.make_metavar(context) if parameter and context else error.param_hint or ""
            if isinstance(parameter, click.Option):
                named = "/".join(parameter.opts)
            reason = f"{named} が指定されていません。"
        case click.BadParameter():
            reason = _bad_parameter(error)
        case click.UsageError() if error.message.startswith("No such command"):
            reason = (
                f"コマンド {error.message.split(chr(39))[1]} はありません。shisaku --help で一覧を確認してください。"
            )
        case click.UsageError() if error.message.startswith("Got unexpected extra"):
            reason = f"余分な指定があります（{error.message[error.message.find('(') + 1 : -1]}）。"
        case click.UsageError() if error.message.startswith("Missing command"):
            reason = "コマンドが指定されていません。"
        case _:
            reason = error.message
    click.echo(reason, err=True)


def _bad_parameter(error: click.BadParameter) -> str:
    parameter = error.param
    name = "/".join(parameter.opts) if isinstance(parameter, click.Option) else (parameter.metavar if parameter else "")
    match parameter.type if parameter else None:
        case click.Choice() as choice:
            return f"{name} に使えるのは {'、'.join(choice.choices)} です。"
        case click.Path():
            return f"{name} のファイルがありません。"
        case click.types.IntRange() | click.types.IntParamType():
            return f"{name} には決まった範囲の整数を指定してください。"
    return error.message
