"""Sheet files ``shisaku-sheet/1``: JSON (one sheet), JSON Lines (one sheet a line); errors name the field."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import simplejson
from pydantic import ValidationError

from corpus import messages
from corpus.errors import UnusableInput
from corpus.fields import field_label
from corpus.sheetfile import FORMAT, ReadSheet, SheetFile

MOST_PROBLEMS_NAMED = 5


def read_json(text: str) -> ReadSheet:
    """One sheet file; raises ``UnusableInput`` naming line and column, or the fields and what is wrong with them."""
    return _read(parse_json(text))


def read_json_lines(text: str) -> Iterator[tuple[int, ReadSheet | UnusableInput]]:
    """Line number and sheet of every filled line; a line that cannot be read gives its error instead."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, _read(parse_json(line))
        except UnusableInput as error:
            yield number, error


def parse_json(text: str) -> Any:
    """Any JSON text, figures as Decimal; raises ``UnusableInput`` naming line and column."""
    try:
        return simplejson.loads(
            text,
            use_decimal=True,
            parse_constant=Decimal,
            parse_int=_integer,
            object_pairs_hook=_unique_keys,
        )
    except simplejson.JSONDecodeError as error:
        raise UnusableInput(messages.broken_json(error.lineno, error.colno)) from error
    except RecursionError as error:
        raise UnusableInput(messages.JSON_TOO_DEEP) from error
    except InvalidOperation as error:
        raise UnusableInput(messages.NUMBER_TOO_LONG) from error


def _integer(digits: str) -> int | Decimal:
    """Huge runs of digits become Decimal, which the field's own check refuses by name; Python refuses them as int."""
    return int(digits) if len(digits) < 20 else Decimal(digits)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        keys = [key for key, _ in pairs]
        raise UnusableInput(messages.key_twice(next(key for key in keys if keys.count(key) > 1)))
    return content


def _read(content: Any) -> ReadSheet:
    if not isinstance(content, dict):
        raise UnusableInput(messages.NOT_A_SHEET_OBJECT)
    if content.get("format") != FORMAT:
        raise UnusableInput(messages.unknown_format(content.get("format"), FORMAT))
    try:
        return ReadSheet(sheet=SheetFile.model_validate(content))
    except ValidationError as error:
        raise UnusableInput(field_problems(error, content)) from error


def field_problems(error: ValidationError, content: dict[str, Any], inside: tuple[str, ...] = ()) -> str:
    """What pydantic refuses in ``content`` (in its part ``inside``), by the Japanese names of the fields."""
    lines = []
    for problem in error.errors()[:MOST_PROBLEMS_NAMED]:
        path = _path((*inside, *problem["loc"]), content)
        label = field_label(path)
        place = path if label == path else f"{label}（{path}）"
        kind, context = problem["type"], problem.get("ctx", {})
        reason = str(context.get("error", "")) if kind == "value_error" else kind
        lines.append(messages.field_problem(place, reason, context, problem.get("input")))
    return messages.wrong_fields(lines, error.error_count() - len(lines))


def _path(location: tuple[int | str, ...], content: Any) -> str:
    """The place in our paths: list entries by their id or number where they have one, else by position from 1."""
    parts: list[str] = []
    for step in location:
        if step == "[key]":
            continue
        content = content[step] if _has(content, step) else None
        if isinstance(step, int):
            name = (content.get("id") or content.get("number")) if isinstance(content, dict) else None
            parts.append(str(name) if isinstance(name, str | int) else f"{step + 1}番目")
        else:
            parts.append(step)
    return ".".join(parts)


def _has(content: Any, step: int | str) -> bool:
    if isinstance(content, dict):
        return step in content
    return isinstance(content, list) and isinstance(step, int) and step < len(content)
