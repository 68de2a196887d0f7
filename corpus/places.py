"""The places of a sheet that a person can change, as paths, and what is put there (no I/O).

Paths: ``lead_division``, ``plan.start``, ``measure.name``, ``grades.overall``, ``directions.1``,
``directions.1.means``, ``indicators.1-ア``, ``indicators.1-ア.unit``, ``indicators.1-ア.values.2023.actual``,
``indicators.1-ア.achieved.2023``, ``costs.2023.general``, ``facts.done-1``. A value is what the sheet file holds there
(``facts.…``: the note with its ``kind``); ``ABSENT`` takes it away. Only an indicator's cells know ``None`` besides:
stated as not surveyed (「―」).
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import simplejson
from pydantic import ValidationError

from corpus.form import COST_BY_KEY, GRADE_LABELS, SERIES_LABELS
from corpus.sheetfile import SheetFile
from corpus.yearfacts import FACT_KINDS

HEAD_PLACES: tuple[str, ...] = (
    "policy",
    "lead_division",
    "lead_person",
    "related_divisions",
    "target",
    "purpose",
    "plan.name",
    "plan.start",
    "plan.end",
    "measure.name",
)
DIRECTION_PLACES: tuple[str, ...] = ("name", "purpose", "means")
INDICATOR_PLACES: tuple[str, ...] = (
    "kind",
    "direction",
    "label",
    "name",
    "unit",
    "source",
    "better",
    "decimals",
)


class Absent(enum.Enum):
    """Nothing stands in that place."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
Value = Any
"""A JSON value with Decimal figures, or ``ABSENT``."""


class NoSuchPlace(ValueError):
    """The path names no place of that sheet."""


class UnfitValue(ValueError):
    """The value does not fit in its place; ``path`` names it, ``reason`` is a code of ``messages.field_problem``."""

    def __init__(self, path: str, reason: str, value: object) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason, self.value = path, reason, value


@dataclass(frozen=True)
class Change:
    """One place before and after."""

    path: str
    before: Value
    after: Value

    def to_object(self) -> dict[str, Any]:
        """As the trail keeps it: the values as JSON text, null for ``ABSENT``."""
        return {"path": self.path, "before": _as_text(self.before), "after": _as_text(self.after)}

    @classmethod
    def from_object(cls, kept: Mapping[str, Any]) -> "Change":
        """The change that ``to_object`` kept."""
        return cls(kept["path"], _from_text(kept["before"]), _from_text(kept["after"]))

    @property
    def reverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.path, self.after, self.before)


def _as_text(value: Value) -> str | None:
    return None if value is ABSENT else simplejson.dumps(value, use_decimal=True, ensure_ascii=False)


def _from_text(kept: str | None) -> Value:
    return ABSENT if kept is None else simplejson.loads(kept, use_decimal=True)


def value_at(sheet: SheetFile, path: str) -> Value:
    """What stands in a place; raises ``NoSuchPlace``."""
    holder, key = _holder(sheet.as_object(), path, make=False)
    return _held(holder, key, path)


def put(sheet: SheetFile, values: Mapping[str, Value]) -> SheetFile:
    """The sheet with other values in some places. Raises ``NoSuchPlace`` or ``UnfitValue``; the rest stays as it is."""
    content = sheet.as_object()
    # whole parts first, so that their own fields may follow in the same change
    for path in sorted(values, key=lambda path: path.count(".")):
        holder, key = _holder(content, path, make=True)
        _place(holder, key, values[path], path)
    try:
        return SheetFile.model_validate(content)
    except ValidationError as error:
        raise _unfit(error, values, content) from error


def differences(before: SheetFile, after: SheetFile) -> tuple[Change, ...]:
    """What turns one sheet into another, apart from its texts; a whole part that comes or goes is one change."""
    old, new = before.as_object(), after.as_object()
    changes: list[Change] = []
    for path in _paths(old, new):
        was, becomes = _found(old, path), _found(new, path)
        if not _same(was, becomes):
            changes.append(Change(path, was, becomes))
    return tuple(changes)


def _paths(old: dict[str, Any], new: dict[str, Any]) -> Iterable[str]:
    yield from HEAD_PLACES
    yield from (f"grades.{name}" for name in GRADE_LABELS)
    for part, key in (("directions", "number"), ("indicators", "id")):
        olds, news = ({str(entry[key]): entry for entry in content[part]} for content in (old, new))
        for name in dict.fromkeys([*olds, *news]):
            if (name in olds) != (name in news):
                yield f"{part}.{name}"
            elif part == "directions":
                yield from (f"directions.{name}.{field}" for field in DIRECTION_PLACES)
            else:
                yield from _indicator_paths(name, olds[name], news[name])
    for year in sorted({*old["costs"], *new["costs"]}):
        yield from (f"costs.{year}.{row}" for row in COST_BY_KEY)
    ids = dict.fromkeys(
        note["id"] for content in (old, new) for notes in content.get("facts", {}).values() for note in notes
    )
    yield from (f"facts.{note_id}" for note_id in ids)


def _indicator_paths(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterable[str]:
    yield from (f"indicators.{name}.{field}" for field in INDICATOR_PLACES)
    for year in sorted({*old.get("values", {}), *new.get("values", {})}):
        yield from (f"indicators.{name}.values.{year}.{series}" for series in SERIES_LABELS)
    for flag in ("achieved", "improved"):
        for year in sorted({*old.get(flag, {}), *new.get(flag, {})}):
            yield f"indicators.{name}.{flag}.{year}"


def _found(content: dict[str, Any], path: str) -> Value:
    try:
        holder, key = _holder(content, path, make=False)
    except NoSuchPlace:
        return ABSENT
    return _held(holder, key, path)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return str(one) == str(other)
    return bool(one == other) and (one is None) == (other is None)


def _holder(content: dict[str, Any], path: str, *, make: bool) -> tuple[Any, str]:
    """The dict or list that holds the place, and the key in it; ``make`` adds the years and parts on the way."""
    head, _, rest = path.partition(".")
    if path in HEAD_PLACES:
        if not rest:
            return content, head
        if content[head] is None:
            if not make:
                return {}, rest
            content[head] = {}
        return content[head], rest
    if head == "grades" and rest in GRADE_LABELS:
        return content["grades"], rest
    if head == "directions":
        return _entry(content["directions"], "number", rest, DIRECTION_PLACES, path)
    if head == "costs":
        year, _, row = rest.partition(".")
        if not _is_year(year) or row not in COST_BY_KEY:
            raise NoSuchPlace(path)
        return (content["costs"].setdefault(year, {}) if make else content["costs"].get(year, {})), row
    if head == "facts" and rest:
        return (content.setdefault("facts", {}) if make else content.get("facts", {})), rest
    if head == "indicators":
        return _indicator_holder(content["indicators"], rest, path, make=make)
    raise NoSuchPlace(path)


def _entry(entries: list[Any], key: str, rest: str, fields: tuple[str, ...], path: str) -> tuple[Any, str]:
    name, _, field = rest.rpartition(".")
    if field in fields and name:
        for entry in entries:
            if str(entry[key]) == name:
                return entry, field
        raise NoSuchPlace(path)
    if not rest:
        raise NoSuchPlace(path)
    return entries, rest


def _indicator_holder(entries: list[Any], rest: str, path: str, *, make: bool) -> tuple[Any, str]:
    # an id may hold dots: the longest one that fits is meant
    for entry in sorted(entries, key=lambda entry: -len(entry["id"])):
        name = entry["id"]
        if rest == name:
            return entries, rest
        if not rest.startswith(name + "."):
            continue
        match rest.removeprefix(name + ".").split("."):
            case ["values", year, series] if _is_year(year) and series in SERIES_LABELS:
                years = entry.setdefault("values", {}) if make else entry.get("values", {})
                return (years.setdefault(year, {}) if make else years.get(year, {})), series
            case ["achieved" | "improved" as flag, year] if _is_year(year):
                return (entry.setdefault(flag, {}) if make else entry.get(flag, {})), year
            case [field] if field in INDICATOR_PLACES:
                return entry, field
    if not rest:
        raise NoSuchPlace(path)
    return entries, rest


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isascii() and written.isdigit()


def _knows_none(path: str) -> bool:
    return path.startswith("indicators.") and any(part in path for part in (".values.", ".achieved.", ".improved."))


def _held(holder: Any, key: str, path: str) -> Value:
    if isinstance(holder, list):
        name = "number" if path.startswith("directions.") else "id"
        return next((entry for entry in holder if str(entry[name]) == key), ABSENT)
    if path.startswith("facts."):
        found = ((kind, note) for kind in FACT_KINDS for note in holder.get(kind, []) if note["id"] == key)
        return next(({"kind": kind, **note} for kind, note in found), ABSENT)
    value = holder.get(key, ABSENT)
    return ABSENT if value in (None, "", []) and not _knows_none(path) else value


def _place(holder: Any, key: str, value: Value, path: str) -> None:
    if isinstance(holder, list):
        _place_entry(holder, key, value, path)
    elif path.startswith("facts."):
        _place_note(holder, key, value, path)
    elif value is ABSENT:
        if path in ("measure.name",):
            raise UnfitValue(path, "missing", None)
        if path == "related_divisions":
            holder[key] = []
        else:
            holder.pop(key, None)
    else:
        holder[key] = value


def _place_entry(entries: list[Any], key: str, value: Value, path: str) -> None:
    name = "number" if path.startswith("directions.") else "id"
    where = next((place for place, entry in enumerate(entries) if str(entry[name]) == key), None)
    if value is ABSENT:
        if where is not None:
            del entries[where]
        return
    if not isinstance(value, dict) or str(value.get(name)) != key:
        raise UnfitValue(path, "not_a_part", value)
    if where is None:
        entries.append(value)
        # as the form prints them: 対象指標 first, then by 展開方向; within one of these in order of entry
        entries.sort(key=lambda entry: entry["number"] if name == "number" else _form_order(entry))
    else:
        entries[where] = value


def _form_order(entry: Mapping[str, Any]) -> tuple[int, int]:
    direction = entry.get("direction")
    return (0 if entry.get("kind") == "population" else 1, direction if isinstance(direction, int) else 99)


def _place_note(facts: dict[str, Any], key: str, value: Value, path: str) -> None:
    where = next(((kind, note) for kind in FACT_KINDS for note in facts.get(kind, []) if note["id"] == key), None)
    if value is ABSENT:
        if where is not None:
            facts[where[0]].remove(where[1])
        return
    if not isinstance(value, dict) or value.get("kind") not in FACT_KINDS:
        raise UnfitValue(path, "not_a_part", value)
    kind = value["kind"]
    note = {name: entry for name, entry in value.items() if name != "kind"} | {"id": key}
    if where is not None and where[0] == kind:
        facts[kind][facts[kind].index(where[1])] = note
        return
    if where is not None:
        facts[where[0]].remove(where[1])
    notes = facts.setdefault(kind, [])
    number = _note_number(kind, key)
    # by the numbers of the ids, so that a note which was taken away comes back to its own place
    later = (place for place, other in enumerate(notes) if number and _note_number(kind, other["id"]) > number)
    notes.insert(next(later, len(notes)), note)


def _note_number(kind: str, note_id: str) -> int:
    """The 3 of ``done-3``; 0 for an id of another form."""
    number = note_id.removeprefix(f"{kind}-")
    return int(number) if number != note_id and number.isascii() and number.isdecimal() and len(number) < 10 else 0


def _unfit(error: ValidationError, values: Mapping[str, Value], content: Mapping[str, Any]) -> UnfitValue:
    """The path among ``values`` that the first problem belongs to."""
    problem = error.errors()[0]
    kind, context = problem["type"], problem.get("ctx", {})
    reason = str(context.get("error", "")) if kind == "value_error" else kind
    steps: list[str] = []
    inside: Any = content
    for step in problem["loc"]:
        inside = inside[step] if _steps_into(inside, step) else None
        name = (
            (inside.get("id") or inside.get("number")) if isinstance(step, int) and isinstance(inside, dict) else step
        )
        steps.append(str(name))
    if steps[:1] == ["facts"] and len(steps) > 2:
        steps = ["facts", *steps[2:]]
    place = ".".join(step for step in steps if step != "[key]")
    near = [path for path in values if place == path or place.startswith(path + ".") or path.startswith(place + ".")]
    return UnfitValue(near[0] if near else next(iter(values)), reason, problem.get("input"))


def _steps_into(inside: Any, step: int | str) -> bool:
    if isinstance(inside, dict):
        return step in inside
    return isinstance(inside, list) and isinstance(step, int) and step < len(inside)
