"""The forms of the settings page: what is stored as fields of a form, and a sent form as what is to be stored.

Fields: ``width`` … of the city, ``division-0`` and ``division-0-width`` … of a division's own manner, ``word-0-avoid``
``word-0-use`` ``word-0-note``, ``remove-division-0`` and ``remove-word-0`` to take a row away, ``guideline-5.1``,
``achievement-a`` …, ``overall``, ``check``, ``flat_share`` ``flat_points``, ``term-0-term`` ``term-0-meaning`` and
``remove-term-0``.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, get_args

from pydantic import ValidationError

from corpus import messages
from corpus.city import (
    Bounds,
    EraYears,
    Grading,
    Manner,
    Mark,
    OverallRule,
    PreferredWord,
    Style,
    Tolerance,
    Width,
    Writing,
)
from corpus.errors import Refused
from corpus.form import GRADE_LABELS, GRADE_NUMBERS, SECTION_KEYS, GradeName, section_label
from corpus.preferred import add_words, check_words, make_word, read_words
from corpus.shares import NoShare, parse_share, share_words
from corpus.terms import Term, Terms, check_terms, make_term, read_terms

LONGEST_GUIDELINE = 10_000
MOST_FLAT_SHARE = MOST_FLAT_POINTS = Decimal(50)
MANNER_CHOICES: dict[str, dict[str, str]] = {
    "width": {
        "last_year": "昨年度に合わせる",
        "half": "半角（12件）",
        "full": "全角（１２件）",
        "official": "1桁は全角、2桁以上は半角",
    },
    "mark": {"last_year": "昨年度に合わせる"} | {mark: mark or "記号なし（段落）" for mark in get_args(Mark)[1:]},
    "style": {"last_year": "昨年度に合わせる", "plain": "常体（した・である）", "polite": "敬体（しました・です）"},
    "years": {"last_year": "昨年度に合わせる", "full": "令和5年度", "short": "R5年度", "bare": "5年度"},
}
_TYPES = {"width": Width, "mark": Mark, "style": Style, "years": EraYears}
assert all(set(MANNER_CHOICES[name]) == set(get_args(kind)) for name, kind in _TYPES.items())
GRADED: tuple[GradeName, ...] = ("achievement", "trend")
BOUND_NAMES = ("a", "b", "c", "d")
OVERALL_CHOICES: dict[OverallRule, str] = {
    "mean": "4(1)と4(2)の平均（中間のときは4(1)に近いほう）",
    "worse": "4(1)と4(2)のうち低いほう",
    "achievement": "4(1)と同じ",
    "none": "提案しない",
}

Fields = Mapping[str, str]


def rows_of(fields: Fields, name: str) -> list[str]:
    """The numbers of the rows ``division-0``, ``word-3-avoid`` in a form, in order."""
    found = {match[1] for key in fields if (match := re.fullmatch(rf"{name}-([0-9]{{1,5}})(?:-[a-z]+)?", key))}
    return sorted(found, key=int)


# --- manner


def manner_fields(writing: Writing) -> dict[str, str]:
    """The stored manner as fields."""
    fields = _manner(writing.manner, "")
    for number, (division, manner) in enumerate(writing.divisions.items()):
        fields |= {f"division-{number}": division} | _manner(manner, f"division-{number}-")
    return fields


def _manner(manner: Manner, prefix: str) -> dict[str, str]:
    return {prefix + name: getattr(manner, name) for name in MANNER_CHOICES}


def read_manner(fields: Fields) -> dict[str, Any]:
    """``manner`` and ``divisions`` of a sent form; raises ``Refused``."""
    divisions: dict[str, Manner] = {}
    for number in rows_of(fields, "division"):
        name = fields.get(f"division-{number}", "").strip()
        manner = _read_manner(fields, f"division-{number}-")
        if f"remove-division-{number}" in fields:
            continue
        if not name:
            if manner != Manner():
                raise Refused(messages.DIVISION_WITHOUT_NAME)
            continue
        if name in divisions:
            raise Refused(messages.division_twice(name))
        divisions[name] = manner
    return {"manner": _read_manner(fields, ""), "divisions": divisions}


def _read_manner(fields: Fields, prefix: str) -> Manner:
    chosen = {name: fields[prefix + name] for name in MANNER_CHOICES if prefix + name in fields}
    try:
        return Manner.model_validate(chosen)
    except ValidationError as error:
        raise Refused(messages.NOT_A_SETTING) from error


def manner_lines(values: Mapping[str, Any]) -> dict[str, str]:
    """What is set, a line a place, for showing what differs."""
    whose = {"市": values["manner"]} | values["divisions"]
    return {
        name: "／".join(MANNER_CHOICES[key][getattr(manner, key)] for key in MANNER_CHOICES)
        for name, manner in whose.items()
    }


def chosen_rows(fields: Fields) -> list[str]:
    """The rows of divisions in which something is chosen."""
    return [number for number in rows_of(fields, "division") if _read_manner(fields, f"division-{number}-") != Manner()]


# --- words


def word_fields(words: Iterable[PreferredWord]) -> dict[str, str]:
    """The list as fields."""
    fields: dict[str, str] = {}
    for number, word in enumerate(words):
        at = f"word-{number}-"
        fields |= {at + "avoid": word.avoid, at + "use": word.use, at + "note": word.note}
    return fields


def read_word_rows(fields: Fields) -> list[PreferredWord]:
    """The rows of the form that are not empty and not taken away; raises ``Refused``."""
    words = []
    for number in rows_of(fields, "word"):
        avoid, use, note = (fields.get(f"word-{number}-{name}", "") for name in ("avoid", "use", "note"))
        if f"remove-word-{number}" not in fields and (avoid + use + note).strip():
            words.append(make_word(avoid, use, note))
    return words


def read_words_form(fields: Fields, table: str) -> dict[str, Any]:
    """``words``: the rows of the form and those of a pasted or imported table; raises ``Refused``."""
    rows = check_words(read_word_rows(fields))
    return {"words": add_words(rows, read_words(table)) if table.strip() else rows}


def word_lines(values: Mapping[str, Any]) -> dict[str, str]:
    """What is set, a line a word."""
    return {
        word.avoid: f"→ {word.use or '（言い換えなし）'}" + (f"（{word.note}）" if word.note else "")
        for word in values["words"]
    }


# --- the city's own terms


def term_fields(terms: Terms) -> dict[str, str]:
    """The stored terms as fields."""
    fields: dict[str, str] = {}
    for number, term in enumerate(terms.terms):
        fields |= {f"term-{number}-term": term.term, f"term-{number}-meaning": term.meaning}
    return fields


def read_term_rows(fields: Fields) -> list[Term]:
    """The rows of the form that are not empty and not taken away; raises ``Refused``."""
    terms = []
    for number in rows_of(fields, "term"):
        term, meaning = (fields.get(f"term-{number}-{name}", "") for name in ("term", "meaning"))
        if f"remove-term-{number}" not in fields and (term + meaning).strip():
            terms.append(make_term(term, meaning))
    return terms


def read_terms_form(fields: Fields) -> Terms:
    """The rows of the form and those of a pasted table; raises ``Refused``."""
    table = fields.get("table", "")
    return Terms(terms=check_terms([*read_term_rows(fields), *(read_terms(table) if table.strip() else ())]))


def term_lines(terms: Terms) -> dict[str, str]:
    """What is set, a line a term."""
    return {term.term: f"＝ {term.meaning}" for term in terms.terms}


# --- 記入要領


def guideline_fields(writing: Writing) -> dict[str, str]:
    """The stored 記入要領 as fields."""
    return {f"guideline-{key}": writing.guidelines.get(key, "") for key in SECTION_KEYS}


def read_guidelines(fields: Fields) -> dict[str, Any]:
    """``guidelines`` of a sent form, line breaks kept; raises ``Refused`` for one that is too long."""
    found = {key: fields.get(f"guideline-{key}", "").strip("\n") for key in SECTION_KEYS}
    for key, text in found.items():
        if len(text) > LONGEST_GUIDELINE:
            raise Refused(messages.guideline_too_long(section_label(key), LONGEST_GUIDELINE))
    return {"guidelines": {key: text for key, text in found.items() if text.strip()}}


def guideline_lines(values: Mapping[str, Any]) -> dict[str, str]:
    """What is set, a text a section."""
    return {section_label(key): text for key, text in values["guidelines"].items()}


# --- what grades ask for


def grading_fields(grading: Grading) -> dict[str, str]:
    """The stored bounds as fields, as people write them."""
    fields = {
        f"{name}-{bound}": share_words(getattr(getattr(grading, name), bound))
        for name in GRADED
        for bound in BOUND_NAMES
    }
    return fields | {"overall": grading.overall} | ({"check": "on"} if grading.check else {})


def read_grading(fields: Fields) -> Grading:
    """The bounds of a sent form; raises ``Refused`` for what is no share, or not descending."""
    bounds: dict[str, Any] = {}
    for name in GRADED:
        bounds[name] = {bound: _share(fields.get(f"{name}-{bound}", ""), name, bound) for bound in BOUND_NAMES}
    try:
        made = {name: Bounds.model_validate(values) for name, values in bounds.items()}
    except ValidationError as error:
        raise Refused(messages.BOUNDS_NOT_DESCENDING) from error
    try:
        return Grading.model_validate(made | {"overall": fields.get("overall", ""), "check": "check" in fields})
    except ValidationError as error:
        raise Refused(messages.NOT_A_SETTING) from error


def _share(written: str, name: GradeName, bound: str) -> Any:
    try:
        return parse_share(written)
    except NoShare as error:
        raise Refused(messages.not_a_share(f"{GRADE_NUMBERS[name]} {bound.upper()}", written)) from error


def grading_lines(grading: Grading) -> dict[str, str]:
    """What is set, a line a grade."""
    lines = {}
    for name in GRADED:
        bounds = getattr(grading, name)
        lines[f"{GRADE_NUMBERS[name]} {GRADE_LABELS[name]}"] = "、".join(
            f"{bound.upper()} {share_words(getattr(bounds, bound))}" for bound in BOUND_NAMES
        )
    lines[f"{GRADE_NUMBERS['overall']} {GRADE_LABELS['overall']}"] = OVERALL_CHOICES[grading.overall]
    lines["記入された評価と数値の照合"] = "する" if grading.check else "しない"
    return lines


# --- what the checker takes for 横ばい


def tolerance_fields(tolerance: Tolerance) -> dict[str, str]:
    """The stored thresholds as fields: the share in ％, the points in ポイント."""
    return {
        "flat_share": _written(tolerance.flat_share * 100),
        "flat_points": _written(tolerance.flat_points),
    }


def read_tolerance(fields: Fields) -> Tolerance:
    """The thresholds of a sent form; raises ``Refused`` for what is no number or out of bounds."""
    share = _threshold(fields.get("flat_share", ""), "％", MOST_FLAT_SHARE)
    points = _threshold(fields.get("flat_points", ""), "ポイント", MOST_FLAT_POINTS)
    return Tolerance(flat_share=share / 100, flat_points=points)


def _threshold(written: str, unit: str, most: Decimal) -> Decimal:
    plain = unicodedata.normalize("NFKC", written).strip().removesuffix("%").removesuffix("ポイント").strip()
    if re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})?", plain) is None or Decimal(plain) > most:
        raise Refused(messages.not_a_threshold(unit, written, _written(most)))
    return Decimal(plain)


def _written(value: Decimal) -> str:
    """2.00 -> 2, 0.50 -> 0.5, 1E+1 -> 10."""
    return f"{value.normalize():f}"


def tolerance_lines(tolerance: Tolerance) -> dict[str, str]:
    """What is set, a line a threshold."""
    fields = tolerance_fields(tolerance)
    return {"横ばい（値）": f"{fields['flat_share']}％以内", "横ばい（割合）": f"{fields['flat_points']}ポイント以内"}
