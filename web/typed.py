"""What a person typed, as it may be stored."""

import re

from flask import request

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_LARGEST_ID = 2**31 - 1


def typed_text(name: str) -> str:
    """A text of the form. Line ends of any kind become ``\\n``; signs without a shape, which no sheet file may hold,
    go (a paste from a word processor brings them).
    """
    return clean(request.form.get(name, ""))


def typed_form() -> dict[str, str]:
    """Every field of the form, each as ``typed_text``."""
    return {name: clean(value) for name, value in request.form.items()}


def clean(text: str) -> str:
    """``text`` with its line ends as ``\\n`` and without control characters."""
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text))


def typed_id(name: str) -> int | None:
    """The id of a row in the form; None for an empty or impossible one."""
    number = request.form.get(name, type=int)
    return number if number is not None and 0 < number <= _LARGEST_ID else None
