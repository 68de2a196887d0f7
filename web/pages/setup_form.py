"""The setup form of a sheet: what it sends, read into changes, problems at fields, and questions to be answered.

A field is named after its place (``indicators.1-ア.unit``); ``was:…`` holds what stood there when the page was made, so
that only what a person touched is changed, and never over something that another person entered meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus import messages
from corpus.defining import (
    figures_of,
    figures_off_form,
    finer_figures,
    free_id,
    free_label,
    prefix_of,
    users_of_direction,
)
from corpus.errors import Refused
from corpus.fields import field_label
from corpus.filetypes import usable_text
from corpus.fiscal import wareki
from corpus.form import BETTER_LABELS, KIND_LABELS, Kind
from corpus.places import ABSENT, DIRECTION_PLACES, Change, NoSuchPlace, UnfitValue, Value, put, value_at
from corpus.rolling import MOST_DIRECTIONS
from corpus.sheetfile import DirectionEntry, IndicatorEntry, SheetFile
from web.pages.making import read_year

WAS, REMOVE, AGREED = "was:", "remove:", "agreed:"
HEAD_LINES = ("measure.name", "policy", "lead_division", "lead_person", "plan.name", "plan.start", "plan.end")
HEAD_AREAS = ("related_divisions", "target", "purpose")
INDICATOR_FIELDS = ("place", "label", "name", "unit", "source", "better", "decimals")
NEW_INDICATOR_FIELDS = ("id", *INDICATOR_FIELDS)
MOST_ROWS = 200
NOT_IN_IDS = ". 　\t\n"
"""Signs that would make an id unreadable within a path."""
MOST_DECIMALS = 9


@dataclass(frozen=True)
class Question:
    """What a person must agree to before it is saved; ``key`` is what the form sends back."""

    key: str
    text: str


@dataclass
class SetupForm:
    """The form as it was read. ``lost``: label and text of what was typed for a part that is gone by now."""

    changes: list[Change] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    def unanswered(self, sent: Mapping[str, str]) -> tuple[Question, ...]:
        """The questions that the form does not agree to."""
        return tuple(question for question in self.questions if AGREED + question.key not in sent)


def field_names(sheet: SheetFile) -> list[str]:
    """The names of all fields for what the sheet holds now."""
    names = [*HEAD_LINES, *HEAD_AREAS]
    names += [f"directions.{entry.number}.{part}" for entry in sheet.directions for part in DIRECTION_PLACES]
    return names + [f"indicators.{entry.id}.{part}" for entry in sheet.indicators for part in INDICATOR_FIELDS]


def shown(sheet: SheetFile, name: str) -> str:
    """What stands in a field, as its box shows it. Raises ``NoSuchPlace``."""
    if name.endswith(".place") and name.startswith("indicators."):
        stem = name.removesuffix(".place")
        return place_value(value_at(sheet, f"{stem}.kind"), value_at(sheet, f"{stem}.direction"))
    value = value_at(sheet, name)
    if value is ABSENT:
        return ""
    if name in ("plan.start", "plan.end"):
        return wareki(value)
    return usable_text("\n".join(value) if isinstance(value, list) else str(value))


def place_value(kind: Value, direction: Value) -> str:
    """Kind and direction of an indicator as one choice: ``outcome:1``, ``population:``."""
    return f"{kind}:{'' if direction in (ABSENT, None) else direction}"


def numbered_rows(sent: Mapping[str, str], stem: str, parts: tuple[str, ...]) -> list[dict[str, str]]:
    """The new rows of a form (``new.0.name`` …) in their order, each by part; those left empty are dropped."""
    numbers = {name.split(".")[1] for name in sent if name.startswith(f"{stem}.") and name.count(".") == 2}
    order = sorted(int(number) for number in numbers if number.isascii() and number.isdecimal() and len(number) < 5)
    rows = [{part: sent.get(f"{stem}.{number}.{part}", "") for part in parts} for number in order[:MOST_ROWS]]
    return [row for row in rows if any(text.strip() for part, text in row.items() if part not in ("place", "decimals"))]


def new_directions(sheet: SheetFile, sent: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The new 展開方向 of the form with the numbers that they get: behind all that are there."""
    first = max((entry.number for entry in sheet.directions), default=0) + 1
    return list(enumerate(numbered_rows(sent, "newdir", DIRECTION_PLACES), first))


def removed(sent: Mapping[str, str], part: str) -> set[str]:
    """The ids or numbers of the ``indicators`` or ``directions`` that are ticked for removal."""
    stem = f"{REMOVE}{part}."
    return {name.removeprefix(stem) for name in sent if name.startswith(stem)}


def read_setup(sheet: SheetFile, sent: Mapping[str, str], waiting: Mapping[str, int] | None = None) -> SetupForm:
    """The form → changes, against the sheet as it stands now. ``waiting``: open values to confirm by indicator id."""
    form = SetupForm()
    names = field_names(sheet)
    gone = removed(sent, "indicators")
    for name in names:
        kept = not any(name.startswith(f"indicators.{entry_id}.") for entry_id in gone)
        if kept and not _of_removed_direction(name, sent):
            _read_field(form, sheet, name, sent)
    _read_lost(form, sheet, names, sent)
    _read_new_directions(form, sheet, sent)
    _read_new_indicators(form, sheet, sent)
    _check_plan(form, sheet)
    for entry in sheet.indicators:
        if entry.id in gone:
            form.changes.append(Change(f"indicators.{entry.id}", value_at(sheet, f"indicators.{entry.id}"), ABSENT))
            figures, open_places = figures_of(entry), (waiting or {}).get(entry.id, 0)
            text = messages.ask_removal_of_indicator(entry.id, entry.name, figures, open_places)
            form.questions.append(Question(f"remove:{entry.id}:{figures}", text))
        else:
            _ask_about(form, entry)
    _remove_directions(form, sheet, sent)
    return form


def _of_removed_direction(name: str, sent: Mapping[str, str]) -> bool:
    return name.startswith("directions.") and name.split(".")[1] in removed(sent, "directions")


def _read_field(form: SetupForm, sheet: SheetFile, name: str, sent: Mapping[str, str]) -> None:
    if name not in sent or WAS + name not in sent:
        return
    typed, was, now = sent[name], sent[WAS + name], shown(sheet, name)
    if _plain(typed) in (_plain(was), _plain(now)):
        return
    if was != now:
        form.stale.append(name)
        return
    try:
        values = _values(sheet, name, typed)
    except Refused as error:
        form.problems[name] = str(error)
        return
    form.changes += [Change(path, value_at(sheet, path), value) for path, value in values.items()]


def _plain(text: str) -> str:
    return text.strip()


def _values(sheet: SheetFile, name: str, typed: str) -> dict[str, Value]:
    """The places that a field fills, with their values; raises ``Refused`` with what is wrong."""
    text = typed.strip()
    if name in ("plan.start", "plan.end"):
        year = read_year(text, sheet.fiscal_year) if text else ABSENT
        if year is None:
            raise Refused(messages.YEAR_UNREADABLE)
        return {name: year}
    if name == "related_divisions":
        return {name: _divisions(text, sheet.related_divisions) or ABSENT}
    if name == "measure.name" and not text:
        raise Refused(messages.MEASURE_NAME_NEEDED)
    if name == "measure.name" and not sheet.measure.code:
        raise Refused(messages.NAME_IS_IDENTITY)
    if not name.startswith("indicators."):
        return {name: text or ABSENT}
    stem, _, part = name.rpartition(".")
    if part == "place":
        kind, direction = read_place(text, _directions(sheet))
        return {f"{stem}.kind": kind, f"{stem}.direction": ABSENT if direction is None else direction}
    if part == "name" and not text:
        raise Refused(messages.INDICATOR_KEEPS_A_NAME)
    value = read_choice(part, text)
    return {name: ABSENT if value is None else value}


def read_choice(part: str, text: str) -> str | int | None:
    """A field of an indicator other than its place; None for an empty one. Raises ``Refused``."""
    if not text:
        return None
    if part == "better" and text not in BETTER_LABELS:
        raise Refused(messages.not_a_choice(text))
    if part != "decimals":
        return text
    if not (text.isascii() and text.isdecimal() and int(text[:3]) <= MOST_DECIMALS):
        raise Refused(messages.not_a_choice(text))
    return int(text)


def read_place(text: str, directions: set[int]) -> tuple[Kind, int | None]:
    """The choice ``outcome:1`` → kind and direction, which must be one of ``directions``. Raises ``Refused``."""
    kind, _, number = text.partition(":")
    if kind not in KIND_LABELS or not (number == "" or (number.isascii() and number.isdecimal() and len(number) < 3)):
        raise Refused(messages.not_a_choice(text))
    direction = int(number) if number else None
    if direction is not None and direction not in directions:
        raise Refused(messages.direction_unknown(direction))
    return kind, direction


def _directions(sheet: SheetFile) -> set[int]:
    """The directions that an indicator may belong to: those of the sheet, and any that one is already given to."""
    numbers = {entry.number for entry in sheet.directions}
    return numbers | {entry.direction for entry in sheet.indicators if entry.direction is not None}


def _divisions(text: str, stored: list[str]) -> list[str]:
    """A division a line, or several on one with 、 between; a stored name that holds 、 itself stays whole."""
    found: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        parts = [line] if line in stored else line.replace("，", "、").replace(",", "、").split("、")
        found += [part.strip() for part in parts if part.strip()]
    return list(dict.fromkeys(found))


def _read_lost(form: SetupForm, sheet: SheetFile, names: list[str], sent: Mapping[str, str]) -> None:
    known = set(names)
    for name, was in ((name.removeprefix(WAS), was) for name, was in sent.items() if name.startswith(WAS)):
        if name not in known and _plain(sent.get(name, was)) != _plain(was):
            form.lost.append((field_label(name, sheet), sent[name]))


def _read_new_directions(form: SetupForm, sheet: SheetFile, sent: Mapping[str, str]) -> None:
    for place, (number, row) in enumerate(new_directions(sheet, sent)):
        if number > MOST_DIRECTIONS:
            form.problems[f"newdir.{place}.name"] = messages.too_many_directions(MOST_DIRECTIONS)
            continue
        texts = {part: text.strip() or None for part, text in row.items()}
        entry = DirectionEntry.model_validate({"number": number, **texts})
        form.changes.append(Change(f"directions.{number}", ABSENT, entry.model_dump()))


def _read_new_indicators(form: SetupForm, sheet: SheetFile, sent: Mapping[str, str]) -> None:
    taken = {entry.id for entry in sheet.indicators}
    labels: list[tuple[str, str]] = []
    directions = _directions(sheet) | {number for number, _ in new_directions(sheet, sent)}
    for place, row in enumerate(numbered_rows(sent, "new", NEW_INDICATOR_FIELDS)):
        typed = {part: text.strip() for part, text in row.items()}
        values: dict[str, Value] = {}
        for part in NEW_INDICATOR_FIELDS:
            try:
                if part == "place":
                    values["kind"], values["direction"] = read_place(typed[part], directions)
                elif part == "name" and not typed[part]:
                    raise Refused(messages.INDICATOR_NAME_NEEDED)
                elif part == "id" and not set(typed[part]).isdisjoint(NOT_IN_IDS):
                    raise Refused(messages.ID_UNUSABLE)
                elif part == "id" and typed[part] in taken:
                    raise Refused(messages.id_in_use(typed[part]))
                else:
                    values[part] = read_choice(part, typed[part])
            except Refused as error:
                form.problems[f"new.{place}.{part}"] = str(error)
        if any(name.startswith(f"new.{place}.") for name in form.problems):
            continue
        kind, direction = values["kind"], values["direction"]
        values["label"] = values["label"] or free_label(kind, direction, sheet, labels) or None
        labels.append((prefix_of(kind, direction), values["label"] or ""))
        values["id"] = values["id"] or free_id(kind, direction, values["label"] or "", taken)
        taken.add(values["id"])
        entry = IndicatorEntry.model_validate({**values, "values": {}, "achieved": {}, "improved": {}})
        form.changes.append(Change(f"indicators.{entry.id}", ABSENT, entry.model_dump()))


def _check_plan(form: SetupForm, sheet: SheetFile) -> None:
    changed = {change.path: change.after for change in form.changes}
    start, end = (changed.get(path, value_at(sheet, path)) for path in ("plan.start", "plan.end"))
    touched = "plan.start" in changed or "plan.end" in changed
    if touched and isinstance(start, int) and isinstance(end, int) and end < start:
        form.problems["plan.end"] = messages.PLAN_ENDS_FIRST


def _ask_about(form: SetupForm, entry: IndicatorEntry) -> None:
    """A new unit, fewer decimals or another kind, while there are figures."""
    figures = figures_of(entry)
    changed = {change.path.removeprefix(f"indicators.{entry.id}."): change.after for change in form.changes}
    texts: dict[str, str] = {}
    if "unit" in changed and figures:
        after = "" if changed["unit"] is ABSENT else changed["unit"]
        texts[f"unit:{entry.id}:{after}"] = messages.ask_new_unit(entry.id, entry.unit or "", after, figures)
    decimals = changed.get("decimals", ABSENT)
    if decimals is not ABSENT and (finer := finer_figures(entry, decimals)):
        texts[f"decimals:{entry.id}:{decimals}"] = messages.ask_fewer_decimals(entry.id, decimals, finer)
    kind = changed.get("kind", entry.kind)
    if kind != entry.kind and (off := figures_off_form(entry, kind)):
        texts[f"kind:{entry.id}:{kind}"] = messages.ask_other_kind(entry.id, KIND_LABELS[kind], off)
    form.questions += [Question(key, text) for key, text in texts.items()]


def _remove_directions(form: SetupForm, sheet: SheetFile, sent: Mapping[str, str]) -> None:
    """Refuse what something still refers to after all other changes; ask about the rest."""
    ticked = removed(sent, "directions")
    gone = [entry for entry in sheet.directions if str(entry.number) in ticked]
    try:
        after = put(sheet, {change.path: change.after for change in form.changes}) if gone else sheet
    except (NoSuchPlace, UnfitValue):
        after = sheet
    for entry in gone:
        users = users_of_direction(after, entry.number)
        if users:
            text = messages.direction_in_use(entry.number, users[:5], len(users) - 5)
            form.problems[f"directions.{entry.number}.name"] = text
            continue
        path = f"directions.{entry.number}"
        form.changes.append(Change(path, value_at(sheet, path), ABSENT))
        form.questions.append(Question(f"remove:{path}", messages.ask_removal_of_direction(entry.number, entry.name)))
