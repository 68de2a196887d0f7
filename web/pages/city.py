"""The page of the city's settings: six forms, each saved by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.city import DEFAULT_TOLERANCE, PART_FIELDS, Grading, Manner, Tolerance, Writing, setting_mark
from corpus.citysettings import LastSaved
from corpus.form import GRADE_LABELS, GRADE_NUMBERS, SECTION_KEYS, section_label
from corpus.terms import Terms
from web.pages.choices import Option
from web.pages.city_forms import (
    BOUND_NAMES,
    GRADED,
    MANNER_CHOICES,
    OVERALL_CHOICES,
    Fields,
    grading_fields,
    guideline_fields,
    manner_fields,
    rows_of,
    term_fields,
    tolerance_fields,
    word_fields,
)
from web.pages.manner_preview import FIELD_LABELS, PreviewLine, preview
from web.pages.writing import moment

PARTS: tuple[str, ...] = ("manner", "words", "terms", "guidelines", "grading", "tolerance")
_EMPTY_ROWS = 3


@dataclass(frozen=True)
class Select:
    """A select: its field, what it sets, its entries."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class MannerRow:
    """A division's own manner; ``division`` "": the row for a new one."""

    number: str
    division: str
    selects: tuple[Select, ...]
    removed: bool


@dataclass(frozen=True)
class WordRow:
    """A word of the list."""

    number: str
    avoid: str
    use: str
    note: str
    removed: bool


@dataclass(frozen=True)
class TermRow:
    """A term of the city."""

    number: str
    term: str
    meaning: str
    removed: bool


@dataclass(frozen=True)
class GuidelineField:
    """The 記入要領 of a section."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class BoundField:
    """The least share for a grade, as typed."""

    name: str
    letter: str
    text: str


@dataclass(frozen=True)
class BoundRow:
    """The bounds of one of the grades."""

    label: str
    bounds: tuple[BoundField, ...]


@dataclass(frozen=True)
class Difference:
    """A place that someone else set otherwise meanwhile."""

    label: str
    stored: str
    yours: str


@dataclass(frozen=True)
class SentPart:
    """A form that was not carried out: its fields as sent, why, and what stands otherwise by now."""

    part: str
    fields: Fields
    problem: str
    table: str = ""
    differences: tuple[Difference, ...] = ()
    stale: bool = False


@dataclass(frozen=True)
class PartState:
    """What stands over a form. ``seen``: the mark of what it shows; ``saved``: who saved it last."""

    seen: str
    saved: str
    done: str
    problem: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class CityPage:
    """The page ``/city``. ``states`` by part."""

    states: Mapping[str, PartState]
    city: tuple[Select, ...]
    divisions: tuple[MannerRow, ...]
    known_divisions: tuple[str, ...]
    previews: tuple[PreviewLine, ...]
    words: tuple[WordRow, ...]
    word_count: int
    table: str
    terms: tuple[TermRow, ...]
    term_count: int
    terms_table: str
    guidelines: tuple[GuidelineField, ...]
    bounds: tuple[BoundRow, ...]
    overall: Select
    check: bool
    flat_share: str
    flat_points: str


@dataclass(frozen=True)
class Stored:
    """What is stored, for the page."""

    writing: Writing
    grading: Grading
    divisions: Sequence[str] = ()
    saved: Mapping[str, LastSaved | None] = field(default_factory=dict)
    tolerance: Tolerance = DEFAULT_TOLERANCE
    terms: Terms = field(default_factory=Terms)


def city_page(stored: Stored, sent: SentPart | None = None, done: Mapping[str, str] | None = None) -> CityPage:
    """The page; ``sent``: a form that could not be carried out, ``done``: what to say over a form."""
    fields: dict[str, Fields] = {
        "manner": manner_fields(stored.writing),
        "words": word_fields(stored.writing.words),
        "terms": term_fields(stored.terms),
        "guidelines": guideline_fields(stored.writing),
        "grading": grading_fields(stored.grading),
        "tolerance": tolerance_fields(stored.tolerance),
    }
    if sent is not None:
        fields[sent.part] = sent.fields
    words = _words(fields["words"])
    return CityPage(
        states={part: _state(part, stored, sent, done or {}) for part in PARTS},
        city=_selects(fields["manner"], ""),
        divisions=_divisions(fields["manner"]),
        known_divisions=tuple(stored.divisions),
        previews=previews(stored.writing.manner, stored.writing.divisions),
        words=words,
        word_count=len(stored.writing.words),
        table=sent.table if sent and sent.part == "words" else "",
        terms=_terms(fields["terms"]),
        term_count=len(stored.terms.terms),
        terms_table=sent.table if sent and sent.part == "terms" else "",
        guidelines=tuple(
            GuidelineField(key, section_label(key), fields["guidelines"].get(f"guideline-{key}", ""))
            for key in SECTION_KEYS
        ),
        bounds=_bounds(fields["grading"]),
        overall=_select(
            "overall", "総合評価の提案", dict(OVERALL_CHOICES.items()), fields["grading"].get("overall", "")
        ),
        check="check" in fields["grading"],
        flat_share=fields["tolerance"].get("flat_share", ""),
        flat_points=fields["tolerance"].get("flat_points", ""),
    )


def previews(city: Manner, divisions: Mapping[str, Manner]) -> tuple[PreviewLine, ...]:
    """The example in the city's manner, then in each division's own."""
    return (preview("市", city), *(preview(name, manner) for name, manner in divisions.items()))


def differences(stored: Mapping[str, str], yours: Mapping[str, str], none: str) -> tuple[Difference, ...]:
    """The places of two settings that differ, in order; ``none`` stands where a place is not set."""
    places = dict.fromkeys([*stored, *yours])
    return tuple(
        Difference(place, stored.get(place, none), yours.get(place, none))
        for place in places
        if stored.get(place) != yours.get(place)
    )


def _state(part: str, stored: Stored, sent: SentPart | None, done: Mapping[str, str]) -> PartState:
    whole = {"grading": stored.grading, "tolerance": stored.tolerance, "terms": stored.terms}.get(part)
    mark = setting_mark(stored.writing, PART_FIELDS[part]) if whole is None else setting_mark(whole)  # type: ignore[index]
    saved = stored.saved.get("writing" if whole is None else part)
    failed = sent if sent is not None and sent.part == part else None
    return PartState(
        # a form that was refused for its content still stands on what its writer saw
        seen=failed.fields.get("seen", "") if failed and not failed.stale else mark,
        saved=f"{moment(saved.at)}　{saved.author}" if saved else "",
        done=done.get(part, ""),
        problem=failed.problem if failed else "",
        differences=failed.differences if failed else (),
    )


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Select:
    return Select(name, label, tuple(Option(value, text, value == chosen) for value, text in choices.items()))


def _selects(fields: Fields, prefix: str) -> tuple[Select, ...]:
    return tuple(
        _select(prefix + name, FIELD_LABELS[name], choices, fields.get(prefix + name, "last_year"))
        for name, choices in MANNER_CHOICES.items()
    )


def _divisions(fields: Fields) -> tuple[MannerRow, ...]:
    numbers = rows_of(fields, "division")
    shown = [number for number in numbers if fields.get(f"division-{number}", "").strip()]
    new = str(max((int(number) for number in numbers), default=-1) + 1)
    return tuple(
        MannerRow(
            number,
            fields.get(f"division-{number}", ""),
            _selects(fields, f"division-{number}-"),
            f"remove-division-{number}" in fields,
        )
        for number in [*shown, new]
    )


def _words(fields: Fields) -> tuple[WordRow, ...]:
    numbers = rows_of(fields, "word")
    last = max((int(number) for number in numbers), default=-1)
    filled = [
        number for number in numbers if any(fields.get(f"word-{number}-{name}") for name in ("avoid", "use", "note"))
    ]
    blank = [str(last + more) for more in range(1, _EMPTY_ROWS + 1)]
    return tuple(_word(fields, number) for number in [*filled, *blank])


def _word(fields: Fields, number: str) -> WordRow:
    avoid, use, note = (fields.get(f"word-{number}-{name}", "") for name in ("avoid", "use", "note"))
    return WordRow(number, avoid, use, note, f"remove-word-{number}" in fields)


def _terms(fields: Fields) -> tuple[TermRow, ...]:
    numbers = rows_of(fields, "term")
    last = max((int(number) for number in numbers), default=-1)
    filled = [number for number in numbers if any(fields.get(f"term-{number}-{name}") for name in ("term", "meaning"))]
    return tuple(
        TermRow(
            number,
            fields.get(f"term-{number}-term", ""),
            fields.get(f"term-{number}-meaning", ""),
            f"remove-term-{number}" in fields,
        )
        for number in [*filled, *(str(last + more) for more in range(1, _EMPTY_ROWS + 1))]
    )


def _bounds(fields: Fields) -> tuple[BoundRow, ...]:
    return tuple(
        BoundRow(
            f"{GRADE_NUMBERS[name]} {GRADE_LABELS[name]}",
            tuple(
                BoundField(f"{name}-{bound}", bound.upper(), fields.get(f"{name}-{bound}", "")) for bound in BOUND_NAMES
            ),
        )
        for name in GRADED
    )
