"""The 展開方向 of an outcome indicator and its letter there (ア, イ): the id under which a sheet keeps it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.importers.text_head import NamedIndicator

LETTERS = "アイウエオカ"
_CLEAR = 0.1
_GENERAL = re.compile(
    r"(?:と思う|と感じる|している|していない)?(?:市民|町民|区民|県民|住民|人|世帯|者)?の?(?:割合|率|数)$"
)
"""How names of indicators end, whatever they are about."""
_PLAIN = re.compile(r"[のをにはがでとてしたいるれらりなもやうこそあえよっさ]{2}|.?[、。・（）「」\s].?")
"""Pairs of signs that say nothing of a subject: endings, particles, punctuation."""


@dataclass(frozen=True)
class PlacedIndicator:
    """``number``: 展開方向 (None for 対象指標); ``doubts``: what of its place is not printed, in the code's words."""

    named: NamedIndicator
    number: int | None
    letter: str
    doubts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """「P-ア」, 「1-ア」."""
        return f"{self.number if self.number is not None else 'P'}-{self.letter}"


def place_population(named: Sequence[NamedIndicator]) -> list[PlacedIndicator]:
    """対象指標 in the order of the text, or by their letters where all are printed beside the names."""
    if named and all(entry.letter for entry in named) and len({entry.letter for entry in named}) == len(named):
        return [PlacedIndicator(entry, None, entry.letter or "") for entry in named]
    return [PlacedIndicator(entry, None, _letter(place)) for place, entry in enumerate(named)]


def place_outcomes(
    named: Sequence[NamedIndicator], directions: Mapping[int, str], letters: Mapping[int, str]
) -> list[PlacedIndicator]:
    """成果指標 by direction and letter, in the order of the form.

    ``directions``: number → everything the sheet says of that direction; ``letters``: index → letter found beside the
    indicator's figures. Letters printed beside all names decide; otherwise the words of the name decide the direction.
    """
    printed = _by_printed_letters(named, len(directions))
    numbers = printed or [direction_of(entry.name, directions) for entry in named]
    placed: list[PlacedIndicator] = []
    for number in sorted({found for found, _ in numbers}):
        group = [index for index, (found, _) in enumerate(numbers) if found == number]
        order, ordered = (group, True) if printed else _ordered(group, named, letters)
        for place, index in enumerate(order):
            doubts: tuple[str, ...] = () if numbers[index][1] else ("direction",)
            doubts += () if ordered else ("letter",)
            placed.append(PlacedIndicator(named[index], number, _letter(place), doubts))
    return placed


def direction_of(name: str, directions: Mapping[int, str]) -> tuple[int, bool]:
    """The direction whose texts share most with the name, and whether it clearly does."""
    if len(directions) < 2:
        return next(iter(directions), 1), True
    own = _pairs(_GENERAL.sub("", name))
    scores = dict.fromkeys(directions, 0.0)
    for pair in own:
        counts = {number: text.count(pair) for number, text in directions.items()}
        for number, count in counts.items():
            scores[number] += count / max(sum(counts.values()), 1)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    return ranked[0], scores[ranked[0]] - scores[ranked[1]] >= _CLEAR * max(len(own), 1)


def _letter(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def _pairs(text: str) -> set[str]:
    pairs = {text[index : index + 2] for index in range(len(text) - 1)}
    return {pair for pair in pairs if not _PLAIN.fullmatch(pair)}


def _by_printed_letters(named: Sequence[NamedIndicator], directions: int) -> list[tuple[int, bool]]:
    """Directions counted by the letter ア, where each name has its letter and the letters run on in each direction."""
    numbers: list[tuple[int, bool]] = []
    number, place = 0, 0
    for entry in named:
        if entry.letter == LETTERS[0]:
            number, place = number + 1, 0
        elif not number or entry.letter != _letter(place):
            return []
        numbers.append((number, True))
        place += 1
    return numbers if number == directions else []


def _ordered(
    group: Sequence[int], named: Sequence[NamedIndicator], letters: Mapping[int, str]
) -> tuple[list[int], bool]:
    """The order within a direction: by the letters beside the figures, else as in the text.

    The order of the text is sure only where the names stand on neighbouring lines of one cell column.
    """
    known = [(LETTERS.index(letters[index]), index) for index in group if index in letters]
    fixed = dict(known) if len(dict(known)) == len(known) and all(place < len(group) for place, _ in known) else {}
    rest = [index for index in group if index not in fixed.values()]
    order = [fixed[place] if place in fixed else rest.pop(0) for place in range(len(group))]
    adjacent = all(0 < named[b].line - named[a].line <= 3 for a, b in pairwise(order))
    return order, len(group) == 1 or len(fixed) >= len(group) - 1 or adjacent
