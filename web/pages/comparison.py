"""This year's text beside last year's: sentence by sentence, differences by word, years left standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import messages
from corpus.fiscal import wareki

if TYPE_CHECKING:
    from assistant.comparing import Comparison, Segment, YearLeft


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence. ``kind``: same, cut (only last year), added, or year (a year left standing)."""

    kind: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class ComparedSentence:
    """A sentence of either year with what became of it."""

    change: str
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    stood: str


@dataclass(frozen=True)
class ComparisonView:
    """The comparison of a section with an earlier year; ``problem``: why there is none ("" if there is one).

    ``earlier_text``: what the earlier year said, to be read where nothing is written yet.
    """

    label: str
    before_year: str
    after_year: str
    sentences: tuple[ComparedSentence, ...] = ()
    years_left: tuple[str, ...] = ()
    unchanged: str = ""
    problem: str = ""
    earlier_text: str = ""


def comparison_view(label: str, comparison: "Comparison", after: str, after_year: int) -> ComparisonView:
    """The page's view of a comparison; ``after``: this year's whole text, into which years left standing point."""
    sentences, cursor = [], 0
    for entry in comparison.sentences:
        new: tuple[Piece, ...] = ()
        if entry.after is not None:
            new, cursor = _after_pieces(entry.segments, entry.after, after, cursor, comparison.years_left)
        before = [Piece("same" if s.operation == "equal" else "cut", s.before) for s in entry.segments if s.before]
        stood = messages.stood_unchanged(entry.unchanged_years) if entry.unchanged_years > 0 else ""
        change = messages.class_label(entry.change)
        sentences.append(ComparedSentence(entry.change, change, tuple(before) if entry.before else (), new, stood))
    return ComparisonView(
        label=label,
        before_year=wareki(comparison.against),
        after_year=wareki(after_year),
        sentences=tuple(sentences),
        years_left=tuple(messages.year_left(place.text, place.suggestion) for place in comparison.years_left),
        unchanged=f"{comparison.share_unchanged:.0%}",
    )


def _after_pieces(
    segments: Sequence["Segment"], body: str, after: str, cursor: int, left: Sequence["YearLeft"]
) -> tuple[tuple[Piece, ...], int]:
    """The pieces of a new sentence, years left standing cut out; and where the search for the next one begins.

    A joined or split sentence has a line a part, so each part is looked for by itself.
    """
    places = []
    for part in body.split("\n"):
        found = after.find(part, cursor)
        start = found if found >= 0 else after.find(part)
        places.append((start, start + len(part)))
        cursor = max(cursor, start + len(part)) if found >= 0 else cursor
    at, pieces = 0, list[Piece]()
    positions = [index for start, end in places for index in (*range(start, end), -1)]
    for segment in segments:
        kind = "same" if segment.operation == "equal" else "added"
        for sign in segment.after:
            where = positions[at] if at < len(positions) else -1
            year = next((place for place in left if place.start <= where < place.end), None)
            sort, hint = ("year", year.suggestion) if year else (kind, "")
            if pieces and pieces[-1].kind == sort and pieces[-1].hint == hint:
                pieces[-1] = Piece(sort, pieces[-1].text + sign, hint)
            else:
                pieces.append(Piece(sort, sign, hint))
            at += 1
    return tuple(pieces), cursor
