"""What a person typed, as it may be stored."""

from flask import request

from corpus.columns import LARGEST_ID
from corpus.filetypes import usable_text


def typed_text(name: str) -> str:
    """A text of the form, as ``usable_text`` makes it."""
    return usable_text(request.form.get(name, ""))


def typed_form() -> dict[str, str]:
    """Every field of the form, each as ``typed_text``."""
    return {name: usable_text(value) for name, value in request.form.items()}


def typed_id(name: str) -> int | None:
    """The id of a row in the form; None for an empty or impossible one."""
    number = request.form.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST_ID else None
