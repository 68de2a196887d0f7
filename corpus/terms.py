"""The city's own terms (no I/O): ふくふく窓口 means 福祉総合相談窓口, so that searching for one finds the other.

They are found in a text by longest match before it is split into words. A real Sudachi user dictionary was tried and
not taken: building one for three terms takes 5 s and 700 MB (it reads the whole system dictionary), and one built for
another release of that dictionary is not recognised as such (Sudachi issue 262) when the package is updated.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import messages
from corpus.errors import Refused
from corpus.filetypes import Text
from corpus.preferred import pasted_rows

MOST_TERMS = 1_000
_HEADINGS = frozenset({"市のことば", "ことば", "用語", "term"})
_CLASSES = ("[ァ-ヺー]", "[a-z]", "[0-9]")
"""Signs of which a run is one word: a term that begins or ends with one does not match within a longer run."""


class Term(BaseModel):
    """``term`` is what the city says, ``meaning`` what it is called elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: Annotated[Text, Field(min_length=1, max_length=60)]
    meaning: Annotated[Text, Field(min_length=1, max_length=60)]


class Terms(BaseModel):
    """The terms of a city, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, ``start`` to ``end``; ``meaning`` is set where it is a term, written ``word``."""

    start: int
    end: int
    word: str = ""
    meaning: str = ""


def make_term(term: str, meaning: str) -> Term:
    """A term as typed, outer blanks taken away; raises ``Refused`` for an empty or too long word."""
    try:
        made = Term(term=term.strip(), meaning=meaning.strip())
    except ValidationError as error:
        raise Refused(messages.term_unfit(term.strip() or meaning.strip())) from error
    if not any(sign.isalnum() for sign in made.term):
        raise Refused(messages.term_unfit(made.term))
    return made


def check_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms, the same row once; raises ``Refused`` for two meanings of a term, itself as meaning, too many."""
    found: dict[str, Term] = {}
    for term in terms:
        key = plain_term(term.term)
        if key == plain_term(term.meaning):
            raise Refused(messages.term_for_itself(term.term))
        if key in found and found[key].meaning != term.meaning:
            raise Refused(messages.term_twice(term.term, found[key].meaning, term.meaning))
        found.setdefault(key, term)
    if len(found) > MOST_TERMS:
        raise Refused(messages.too_many_terms(MOST_TERMS))
    return tuple(found.values())


def read_terms(table: str) -> tuple[Term, ...]:
    """A pasted table of two columns (市のことば, 意味) -> the terms; a row of headings is left out.

    Raises ``Refused`` that names the row, for a row of one column or a word too long.
    """
    try:
        rows = pasted_rows(table)
    except ValueError as error:
        raise Refused(messages.TERMS_NO_TABLE) from error
    found = []
    for number, cells in enumerate(rows, 1):
        if not any(cells) or (number == 1 and cells[0] in _HEADINGS):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise Refused(messages.terms_row_short(number))
        found.append(make_term(cells[0], cells[1]))
    return tuple(found)


def plain_term(text: str) -> str:
    """``text`` as terms are compared: NFKC, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def pieces(text: str, terms: tuple[Term, ...]) -> list[Piece]:
    """``text`` cut at the terms in it, the longest one first; the pieces joined are the text. Widths do not matter."""
    if not terms:
        return [Piece(0, len(text))]
    plain, places = _plain_with_places(text)
    found: list[Piece] = []
    end = 0
    meanings = _meanings(terms)
    for match in _pattern(terms).finditer(plain):
        start, stop = places[match.start()], places[match.end() - 1] + 1
        if start > end:
            found.append(Piece(end, start))
        found.append(Piece(start, stop, match[0], meanings[match[0]]))
        end = stop
    if end < len(text) or not found:
        found.append(Piece(end, len(text)))
    return found


def holds_term(text: str, terms: tuple[Term, ...]) -> bool:
    """Whether any of the terms stands in ``text``."""
    return bool(terms) and _pattern(terms).search(_plain_with_places(text)[0]) is not None


def _plain_with_places(text: str) -> tuple[str, list[int]]:
    """``plain_term(text)`` and, for each of its signs, the place in ``text`` that it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for plain in unicodedata.normalize("NFKC", sign).casefold():
            if plain in "\u3099\u309a" and signs:
                # a half-width ﾞ belongs to the sign before it
                signs[-1] = unicodedata.normalize("NFKC", signs[-1] + plain)[:1]
            elif not plain.isspace():
                signs.append(plain)
                places.append(place)
    return "".join(signs), places


@lru_cache(maxsize=8)
def _meanings(terms: tuple[Term, ...]) -> Mapping[str, str]:
    return {plain_term(term.term): term.meaning for term in terms}


@lru_cache(maxsize=8)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    longest_first = sorted(_meanings(terms), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_bounded, longest_first)))


def _bounded(word: str) -> str:
    before = next((f"(?<!{signs})" for signs in _CLASSES if re.match(signs, word[0])), "")
    after = next((f"(?!{signs})" for signs in _CLASSES if re.match(signs, word[-1])), "")
    return before + re.escape(word) + after
