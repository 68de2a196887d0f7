"""The composer's own sentences as pieces: plain words, names, and figures that know their stored cells. Pure.

So every figure's place in the text is known. What the pieces are is told by ``results``, ``reasons``, ``issues`` and
``outlook``; the wording follows from the facts, not from chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.manner import Manner
from assistant.facts import Cell, Fact, Standing

_TOGETHER = 3
"""So many indicators stand in one item at most; more make it unreadable."""
_T = TypeVar("_T")


def in_groups(entries: Sequence[_T], most: int = _TOGETHER) -> list[Sequence[_T]]:
    """``entries`` in groups of about the same size, none larger than ``most``, what an item may hold."""
    count = -(-len(entries) // most)
    bounds = [round(number * len(entries) / count) for number in range(count + 1)] if count else []
    return [entries[start:end] for start, end in pairwise(bounds)]


@dataclass(frozen=True)
class Figure:
    """A printed figure and the stored cells it is computed from."""

    text: str
    cells: tuple[Cell, ...]


Piece = str | Figure


@dataclass(frozen=True)
class Statement:
    """The pieces of one own sentence; ``good`` says whether it tells of success (None: neither).

    ``overall``: it counts over indicators; none of them is told by it. ``aside``: it stands last in its item.
    """

    pieces: tuple[Piece, ...]
    good: bool | None = None
    subject: str | None = None
    overall: bool = False
    aside: bool = False


def figure(fact: Fact) -> Figure:
    """A fact's figure as printed, with its cells."""
    return Figure(fact.printed, fact.cells)


def cell_origin(cell: Cell, start: int | None, end: int | None) -> Origin:
    """The origin of a figure at ``start``–``end`` that a stored cell gives."""
    is_cost = cell.subject.startswith("cost:")
    return Origin(
        "figure",
        start,
        end,
        indicator=None if is_cost else cell.subject,
        cost=cell.subject.removeprefix("cost:") if is_cost else None,
        year=cell.year,
        series=cell.series,
        value=cell.value,
    )


def written(
    pieces: Iterable[Piece],
    manner: Manner,
    *,
    mark: str = "",
    direction: int | None = None,
    new_line: bool = True,
    extra: Iterable[Origin] = (),
) -> DraftSentence:
    """One sentence of ``pieces`` behind ``mark``, with an origin for each figure's cells.

    A sentence without any figure has the origin ``form`` besides ``extra``.
    """
    text, origins = mark, list(extra)
    for piece in pieces:
        start = len(text)
        # Names of indicators and carried words stay; everything else follows the division's manner.
        if isinstance(piece, MovedYear):
            text += manner.moved_year(piece, text.removeprefix(mark))
        elif isinstance(piece, Figure):
            text += manner.digits(piece.text)
        else:
            text += piece if isinstance(piece, Name) else manner.words(piece)
        if isinstance(piece, Figure):
            origins += [cell_origin(cell, start, len(text)) for cell in piece.cells]
    return DraftSentence(text, False, direction, tuple(origins or [Origin("form")]), new_line)


class Name(str):
    """A name as stored, quoted; its characters are not changed."""


class MovedYear(Name):
    """A year of last year's text that moved with the sheet, in the words that it had there."""


def name(stand: Standing) -> Name:
    """「…の割合」 in quotes that its own characters allow."""
    return Name(f"『{stand.name}』" if "「" in stand.name else f"「{stand.name}」")


def names(stands: Sequence[Standing]) -> Name:
    """「A」「B」 及び 「C」, as official texts list them."""
    quoted = [name(stand) for stand in stands]
    return Name(quoted[0] if len(quoted) == 1 else "、".join(quoted[:-1]) + "及び" + quoted[-1])
