"""One fault planted in a true sentence, such that it is false by the sheet whichever way it is read; else none."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from corpus.form import Series
from tests.checking.parts import Claim, Line, Piece, Sentence, Shown, Span
from tests.checking.scene import year_text

Fault = Literal[
    "digit",
    "year",
    "direction",
    "indicator",
    "target for actual",
    "％ for ポイント",
    "scale",
    "achieved",
    "grade",
    "streak",
    "record",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
_SCALES: dict[str, str] = {
    "千円": "百万円",
    "百万円": "千円",
    "億円": "百万円",
    "兆円": "億円",
    "万円": "千円",
    "万人": "人",
    "万件": "件",
    "千人": "人",
    "万トン": "トン",
    "割": "％",
}
"""A unit and another of a different size that it is taken for."""


@dataclass(frozen=True)
class Planted:
    """A sentence with a fault at ``place`` of its text, in the statement ``statement``."""

    sentence: Sentence
    fault: Fault
    text: str
    place: Span
    statement: Span
    was: str
    now: str


def plantable(sentence: Sentence, rng: random.Random) -> dict[Fault, Planted]:
    """One sentence for each kind of fault that can be planted."""
    found: dict[Fault, Planted] = {}
    for fault in FAULTS:
        ways = list(_ways(sentence, fault, rng))
        if ways:
            place, piece = rng.choice(ways)
            false = sentence.put(place, piece)
            was, now = sentence.pieces[place].text, piece.text
            found[fault] = Planted(false, fault, false.text, false.span(place), false.statement(place), was, now)
    return found


def _ways(sentence: Sentence, fault: Fault, rng: random.Random) -> Iterator[tuple[int, Piece]]:
    """Every piece that can be put in, with its place."""
    turning = {"direction": "sense", "achieved": "achieved", "grade": "grade", "streak": "streak", "record": "record"}
    for place, piece in enumerate(sentence.pieces):
        if turning.get(fault) == piece.role:
            yield from ((place, replace(piece, text=text)) for text in piece.turned)
        elif fault == "year" and piece.role == "year":
            yield from ((place, other) for other in _other_years(sentence, place, rng))
        elif fault == "indicator" and piece.role == "name":
            yield from ((place, other) for other in _other_names(sentence, place))
        elif fault == "target for actual" and piece.role == "series":
            if _series_differ(sentence, piece):
                yield place, replace(piece, text=piece.turned[0])
        elif piece.shown is not None:
            makers = {
                "digit": _other_digit,
                "target for actual": _other_series,
                "％ for ポイント": _percent,
                "scale": _scale,
            }
            if fault in makers and (other := makers[fault](sentence, piece.shown, rng)) is not None:
                yield place, replace(piece, text=other.text, shown=other)


def _other_digit(sentence: Sentence, shown: Shown, rng: random.Random) -> Shown | None:
    """Another digit somewhere in the figure, so that it fits neither the stored value nor any other of the row."""
    digits = f"{shown.value:.{shown.places}f}"
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    rng.shuffle(places)
    for place in places:
        for digit in rng.sample("0123456789", 10):
            if digit == digits[place] or (place == 0 and digit == "0"):
                continue
            other = replace(shown, value=Decimal(digits[:place] + digit + digits[place + 1 :]))
            if other.value > 0 and _is_false(sentence, other) and other.text != shown.text:
                return other
    return None


def _is_false(sentence: Sentence, shown: Shown) -> bool:
    """Whether the figure fits neither the truth nor what the claim would be of another year or series."""
    truth = shown.claim.truth(sentence.view)
    if truth is None or shown.may_fit(truth):
        return False
    if shown.written in ("more_than", "less_than"):
        return True
    if shown.claim.form == "count":
        return shown.value <= len(sentence.view.outcomes())
    return not any(shown.may_fit(other) for other in shown.claim.others(sentence.view))


def _other_series(sentence: Sentence, shown: Shown, _: random.Random) -> Shown | None:
    """The target in the place of the actual, or the other way round; not one that is right of another year."""
    claim = shown.claim
    if claim.form != "level" or shown.script != "arabic" or shown.written != "exact" or claim.line.startswith("cost:"):
        return None
    line = sentence.view.lines[claim.line]
    series: tuple[Series, ...] = ("actual",) if claim.series != "actual" else ("target", "forecast", "baseline")
    for one in series:
        value = line.value(claim.year, one)
        if value is None or value <= 0 or shown.may_fit(value) or value != round(value, shown.places):
            continue
        other = replace(shown, value=value)
        if not any(other.may_fit(stored) for stored in line.values[claim.series].values()):
            return other
    return None


def _series_differ(sentence: Sentence, piece: Piece) -> bool:
    """Whether the row's target and actual of the year differ as written."""
    for other in sentence.pieces:
        if other.shown is not None and other.shown.claim.form == "level" and other.subject == piece.subject:
            claim = other.shown.claim
            series: Series = "target" if claim.series == "actual" else "actual"
            stored = sentence.view.lines[claim.line].values[series]
            return claim.year in stored and not any(other.shown.may_fit(value) for value in stored.values())
    return False


def _percent(sentence: Sentence, shown: Shown, _: random.Random) -> Shown | None:
    """A difference of percentages called a rate, where the rate is another."""
    if shown.unit != "ポイント":
        return None
    other = replace(shown, unit="％")
    readings = [replace(shown.claim, form="rate"), replace(shown.claim, form="ratio")]
    for reading in readings:
        value = reading.truth(sentence.view)
        rate = None if value is None else abs(value) * (1 if reading.form == "rate" else 100)
        if rate is None or abs(rate - shown.value) < max(Decimal("0.6"), Decimal("1.1").scaleb(-shown.places)):
            return None
    return other


def _scale(sentence: Sentence, shown: Shown, _: random.Random) -> Shown | None:
    """The same digits in a unit of another size."""
    if shown.script == "money" or shown.written in ("more_than", "less_than"):
        return None
    unit = _SCALES.get(shown.unit)
    return None if unit is None else replace(shown, unit=unit)


def _other_years(sentence: Sentence, place: int, rng: random.Random) -> Iterator[Piece]:
    """Other years of which the figure that the year governs is not true."""
    piece, view = sentence.pieces[place], sentence.view
    governed = _governed(sentence, place)
    if governed is None or piece.year is None:
        return
    named = {other.year for other in sentence.pieces if other.year is not None}
    line = view.lines[governed.claim.line]
    for year in sorted(set(line.values[_series_at(governed.claim, piece.year)]) - named - {view.year}):
        moved = _moved(governed.claim, piece.year, year)
        value = moved.truth(view)
        if value is None or governed.may_fit(value) or year > view.year + 1:
            continue
        style = sentence.year_style if sentence.year_style != "bare" or "年度" not in piece.text else "era"
        text = year_text(year, style, view.year)
        if piece.text in ("前年度", "昨年度") and year == view.year - 2:
            text = rng.choice(("前々年度", "一昨年度", text))
        head = re.match(r"前回調査の|計画策定時の", piece.text)
        yield replace(piece, text=(head.group() if head and "前回" in head.group() else "") + text, year=year)


def _series_at(claim: Claim, year: int) -> Series:
    return claim.series if claim.year == year else claim.base_series


def _moved(claim: Claim, year: int, to: int) -> Claim:
    """The claim with one of its years replaced."""
    if claim.base_year == year and claim.form != "level":
        return replace(claim, base_year=to)
    return replace(claim, year=to) if claim.year == year else claim


def _governed(sentence: Sentence, place: int) -> Shown | None:
    """The figure that the year at ``place`` belongs to: the next of its statement that is of this year."""
    piece = sentence.pieces[place]
    for other in [*sentence.pieces[place + 1 :], *reversed(sentence.pieces[:place])]:
        shown = other.shown
        if shown is None or other.subject != piece.subject or shown.claim.form in ("count", "sum", "mean"):
            continue
        if piece.year == shown.claim.year or (piece.year == shown.claim.base_year and shown.claim.form != "level"):
            return shown
    return None


def _other_names(sentence: Sentence, place: int) -> Iterator[Piece]:
    """Names of other rows of the same unit, of which the next figure of the statement is not true."""
    piece, view = sentence.pieces[place], sentence.view
    shown = next((one.shown for one in _figures_after(sentence, place) if one.shown is not None), None)
    if shown is None or piece.line is None or shown.claim.form in ("sum", "mean", "count"):
        return
    own = view.lines[piece.line]
    for other in view.lines.values():
        if other.id == own.id or other.unit != own.unit or other.cost != own.cost or _met_in(sentence, other):
            continue
        label = piece.text.startswith("成果指標")
        if label and (other.direction != own.direction or other.label is None or other.id.startswith("P-")):
            continue
        claim = replace(shown.claim, line=other.id)
        if claim.base_line == other.id:
            continue
        value = claim.truth(view)
        # A row that is larger than the whole is no share of it.
        whole = claim.base_line is not None and value is not None and value >= 1
        if value is not None and not whole and not shown.may_fit(value):
            yield replace(piece, text=f"成果指標{other.label}" if label else other.names[0], line=other.id)


def _figures_after(sentence: Sentence, place: int) -> Iterator[Piece]:
    subject = sentence.pieces[place].subject
    for piece in [*sentence.pieces[place + 1 :], *sentence.pieces[:place]]:
        if piece.shown is not None and piece.subject == subject:
            yield piece


def _met_in(sentence: Sentence, line: Line) -> bool:
    """Whether the row is named already, or its name holds another's or is held by it."""
    text = sentence.text
    named = [sentence.view.lines[piece.line].names[0] for piece in sentence.pieces if piece.line is not None]
    return any(name in text or any(name in one or one in name for one in named) for name in line.names)
