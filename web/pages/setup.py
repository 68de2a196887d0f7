"""The page of everything of a sheet that is no figure: its head, 展開方向 and the definitions of its indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import messages
from corpus.defining import COMMON_UNITS, PastedIndicator, figures_of
from corpus.fields import DIRECTION_LABELS, HEAD_LABELS, INDICATOR_LABELS
from corpus.fiscal import wareki
from corpus.form import BETTER_LABELS, KIND_LABELS
from corpus.places import DIRECTION_PLACES
from corpus.sheetfile import SheetFile
from web.pages.choices import Option
from web.pages.setup_form import (
    AGREED,
    HEAD_AREAS,
    HEAD_LINES,
    INDICATOR_FIELDS,
    NEW_INDICATOR_FIELDS,
    REMOVE,
    WAS,
    Question,
    SetupForm,
    new_directions,
    numbered_rows,
    place_value,
    shown,
)

PLACE_LABEL = "区分"
DECIMAL_CHOICES = 4
"""Digits after the point that are offered for choice; a stored higher number is offered besides."""


@dataclass(frozen=True)
class Field:
    """A box of the form. ``kind``: line, area or choice; ``was``: what is stored (None: a new row).

    ``theirs``: what another person put there while this one was typing, None if nobody did.
    """

    name: str
    label: str
    value: str
    kind: str
    was: str | None = None
    options: tuple[Option, ...] = ()
    problem: str = ""
    theirs: str | None = None

    @property
    def anchor(self) -> str:
        """The element's id."""
        return "field-" + "_".join(self.name.split())


@dataclass(frozen=True)
class DirectionRow:
    """A 展開方向; ``remove``: the name of its box for removal, "" for a new one."""

    number: int
    fields: tuple[Field, ...]
    remove: str
    removed: bool
    new: bool


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator; a new one has a field for its id in front."""

    id: str
    name: str
    fields: tuple[Field, ...]
    figures: int
    remove: str
    removed: bool
    new: bool


@dataclass(frozen=True)
class SetupPage:
    """The page ``/sheets/<id>/setup``. ``unsaved``: the fields hold something that is not stored.

    ``paste``: the text in the box for a table; ``pasted``: how many rows of one have just become new rows.
    """

    sheet_id: int
    sheet: SheetFile
    year: str
    lines: tuple[Field, ...]
    areas: tuple[Field, ...]
    directions: tuple[DirectionRow, ...]
    indicators: tuple[IndicatorRow, ...]
    places: tuple[Option, ...]
    units: tuple[str, ...]
    questions: tuple[Question, ...]
    lost: tuple[tuple[str, str], ...]
    paste: str
    pasted: str
    problem: str
    done: tuple[str, ...]
    warnings: tuple[str, ...]
    unsaved: bool

    @property
    def agreed(self) -> tuple[str, ...]:
        """What saving again agrees to, as the form sends it."""
        return tuple(AGREED + question.key for question in self.questions)


def setup_page(
    sheet_id: int,
    sheet: SheetFile,
    sent: Mapping[str, str] | None = None,
    form: SetupForm | None = None,
    *,
    questions: Sequence[Question] = (),
    pasted: Sequence[PastedIndicator] = (),
    more_indicators: int = 1,
    more_directions: int = 0,
    paste: str = "",
    problem: str = "",
    done: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> SetupPage:
    """The sheet as it is stored; with ``sent`` the form as it was typed, and what came in between beside it."""
    maker = _Maker(sheet, sent or {}, form or SetupForm())
    place = (sent or {}).get("paste-place", "")
    return SetupPage(
        sheet_id=sheet_id,
        sheet=sheet,
        year=wareki(sheet.fiscal_year),
        lines=tuple(maker.field(name, HEAD_LABELS[name]) for name in HEAD_LINES),
        areas=tuple(maker.field(name, HEAD_LABELS[name], "area") for name in HEAD_AREAS),
        directions=(*maker.directions(), *maker.new_directions(more_directions)),
        indicators=(*maker.indicators(), *maker.new_indicators(pasted, place, more_indicators)),
        places=maker.places(place),
        units=tuple(dict.fromkeys([entry.unit for entry in sheet.indicators if entry.unit] + list(COMMON_UNITS))),
        questions=tuple(questions),
        lost=tuple(form.lost) if form else (),
        paste=paste,
        pasted=messages.rows_pasted(len(pasted)) if pasted else "",
        problem=problem,
        done=tuple(done),
        warnings=tuple(warnings),
        unsaved=sent is not None,
    )


@dataclass(frozen=True)
class _Maker:
    sheet: SheetFile
    sent: Mapping[str, str]
    form: SetupForm

    def field(self, name: str, label: str, kind: str = "line") -> Field:
        stored = shown(self.sheet, name)
        was = self.sent.get(WAS + name, stored)
        typed = self.sent.get(name, stored)
        touched = typed.strip() != was.strip()
        value = typed if touched else stored
        theirs = stored if touched and was != stored and typed.strip() != stored.strip() else None
        options = self._options(name, value)
        return Field(
            name=name,
            label=label,
            value=value,
            kind="choice" if options else kind,
            was=stored,
            options=options,
            problem=self.form.problems.get(name, ""),
            theirs=theirs,
        )

    def directions(self) -> list[DirectionRow]:
        rows = []
        for entry in self.sheet.directions:
            stem = f"directions.{entry.number}"
            fields = tuple(
                self.field(f"{stem}.{part}", f"展開方向{entry.number} {DIRECTION_LABELS[part]}", "area")
                for part in DIRECTION_PLACES
            )
            rows.append(DirectionRow(entry.number, fields, REMOVE + stem, REMOVE + stem in self.sent, False))
        return rows

    def new_directions(self, more: int) -> list[DirectionRow]:
        typed = new_directions(self.sheet, self.sent)
        first = max((entry.number for entry in self.sheet.directions), default=0) + 1 + len(typed)
        blank = [(number, dict.fromkeys(DIRECTION_PLACES, "")) for number in range(first, first + more)]
        rows = []
        for place, (number, row) in enumerate(typed + blank):
            label = f"新しい展開方向{number}"
            fields = tuple(
                self._new(f"newdir.{place}.{part}", f"{label} {DIRECTION_LABELS[part]}", text, "area")
                for part, text in row.items()
            )
            rows.append(DirectionRow(number, fields, "", False, True))
        return rows

    def indicators(self) -> list[IndicatorRow]:
        rows = []
        for entry in self.sheet.indicators:
            stem = f"indicators.{entry.id}"
            fields = tuple(self.field(f"{stem}.{part}", f"{entry.id} {_label(part)}") for part in INDICATOR_FIELDS)
            ticked = REMOVE + stem in self.sent
            rows.append(IndicatorRow(entry.id, entry.name, fields, figures_of(entry), REMOVE + stem, ticked, False))
        return rows

    def new_indicators(self, pasted: Sequence[PastedIndicator], place: str, more: int) -> list[IndicatorRow]:
        typed = numbered_rows(self.sent, "new", NEW_INDICATOR_FIELDS)
        empty = dict.fromkeys(NEW_INDICATOR_FIELDS, "")
        typed += [
            empty | {"place": place, "label": row.label, "name": row.name, "unit": row.unit, "source": row.source}
            for row in pasted
        ]
        usual = typed[-1]["place"] if typed else self._usual_place()
        typed += [empty | {"place": usual} for _ in range(more)]
        rows = []
        for number, row in enumerate(typed):
            label = f"新しい指標{number + 1}"
            fields = tuple(
                self._new(f"new.{number}.{part}", f"{label} {_label(part)}", row[part]) for part in NEW_INDICATOR_FIELDS
            )
            rows.append(IndicatorRow("", row["name"], fields, 0, "", False, True))
        return rows

    def places(self, chosen: str) -> tuple[Option, ...]:
        """Every kind and direction that an indicator may have; ``chosen`` among them even if it is unusual."""
        numbers = {entry.number: entry.name or "" for entry in self.sheet.directions}
        numbers |= {number: row["name"] for number, row in new_directions(self.sheet, self.sent)}
        found = {"population:": KIND_LABELS["population"]}
        found |= {f"outcome:{number}": f"成果・展開方向{number}" for number in numbers}
        found["outcome:"] = "成果・施策全体"
        if chosen and chosen not in found:
            kind, _, number = chosen.partition(":")
            label = KIND_LABELS["population" if kind == "population" else "outcome"]
            found[chosen] = f"{label.removesuffix('指標')}・展開方向{number}"
        return tuple(Option(value, label, value == chosen) for value, label in found.items())

    def _usual_place(self) -> str:
        outcome = next((entry for entry in reversed(self.sheet.indicators) if entry.kind == "outcome"), None)
        if outcome is not None:
            return place_value(outcome.kind, outcome.direction)
        return f"outcome:{self.sheet.directions[0].number}" if self.sheet.directions else "outcome:"

    def _new(self, name: str, label: str, value: str, kind: str = "line") -> Field:
        options = self._options(name, value)
        problem = self.form.problems.get(name, "")
        return Field(name, label, value, "choice" if options else kind, None, options, problem)

    def _options(self, name: str, value: str) -> tuple[Option, ...]:
        """The entries of a choice; () for a box to type in."""
        if not name.startswith(("indicators.", "new.")):
            return ()
        match name.rpartition(".")[2]:
            case "place":
                return self.places(value)
            case "better":
                choices: dict[str, str] = {"": "―"} | dict(BETTER_LABELS.items())
            case "decimals":
                digits = [str(number) for number in range(DECIMAL_CHOICES)]
                digits += [value] if value and value not in digits else []
                choices = {"": "―"} | {number: number for number in digits}
            case _:
                return ()
        return tuple(Option(key, label, key == value) for key, label in choices.items())


def _label(part: str) -> str:
    return PLACE_LABEL if part == "place" else INDICATOR_LABELS[part]
