"""Preferred words (用語): what stands against each other in the list, where a text has words to avoid, and the list
as a table that people paste or import (no I/O).

A word to avoid that stands inside its own preferred word (こども in こどもたち) or inside a longer word of the list is
no place to change.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from corpus import messages
from corpus.city import PreferredWord
from corpus.errors import Refused
from corpus.filetypes import usable_text

MOST_WORDS = 2000
_HEADINGS = frozenset(
    {"避ける語", "使わない語", "避ける", "使わない", "言い換え前", "変更前", "置換前", "元の語", "前", "誤", "avoid"}
)


@dataclass(frozen=True)
class AvoidedWord:
    """A word to avoid that a text has ``count`` times. ``around``: longer words in which it may stand."""

    word: PreferredWord
    count: int
    around: tuple[str, ...]


def add_words(words: Sequence[PreferredWord], more: Sequence[PreferredWord]) -> tuple[PreferredWord, ...]:
    """Both lists in order; what stands in both alike is kept once. Raises ``Refused`` as ``check_words`` does."""
    kept: dict[PreferredWord, None] = dict.fromkeys([*words, *more])
    return check_words(tuple(kept))


def check_words(words: Sequence[PreferredWord]) -> tuple[PreferredWord, ...]:
    """The list if nothing in it contradicts; raises ``Refused`` that names the words.

    Refused: a word for itself, two preferred words for one, and a chain (a → b, b → c), also where the preferred
    word only contains another word to avoid.
    """
    if len(words) > MOST_WORDS:
        raise Refused(messages.too_many_words(MOST_WORDS))
    by_avoid: dict[str, PreferredWord] = {}
    for word in words:
        if word.avoid == word.use:
            raise Refused(messages.word_for_itself(word.avoid))
        other = by_avoid.setdefault(word.avoid, word)
        if other is not word:
            raise Refused(messages.word_twice(word.avoid, other.use, word.use))
    for word in words:
        chained = next((other for other in words if other is not word and other.avoid in word.use), None)
        if chained is not None:
            raise Refused(messages.word_chain((word.avoid, word.use), (chained.avoid, chained.use)))
    return tuple(words)


def find_avoided(text: str, words: Sequence[PreferredWord]) -> tuple[AvoidedWord, ...]:
    """The words to avoid that ``text`` has, in the order of the list."""
    found = []
    for word in words:
        if word.avoid in text:
            around = _around(word, words)
            count = sum(match[0] == word.avoid for match in _pattern(word, around).finditer(text))
            if count:
                found.append(AvoidedWord(word, count, around))
    return tuple(found)


def _around(word: PreferredWord, words: Sequence[PreferredWord]) -> tuple[str, ...]:
    longer = {other.avoid for other in words if word.avoid in other.avoid and other.avoid != word.avoid}
    longer |= {other.use for other in words if word.avoid in other.use}
    return tuple(sorted(longer, key=lambda text: (-len(text), text)))


def _pattern(word: PreferredWord, around: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text) for text in (*around, word.avoid)))


def read_words(table: str) -> tuple[PreferredWord, ...]:
    """Two or three columns (避ける語, 使う語, 備考), by tabs as Excel copies them or by commas → the words.

    A row of headings is left out. Raises ``Refused`` that names the row, for a row of one column or a text too long.
    """
    words = []
    try:
        rows = pasted_rows(table)
    except ValueError as error:
        raise Refused(messages.WORDS_NO_TABLE) from error
    for number, cells in enumerate(rows, 1):
        if not any(cells) or (number == 1 and unicodedata.normalize("NFKC", cells[0]) in _HEADINGS):
            continue
        if len(cells) < 2 or not cells[0]:
            raise Refused(messages.words_row_short(number))
        words.append(make_word(cells[0], cells[1], cells[2] if len(cells) > 2 else ""))
    return tuple(words)


def pasted_rows(table: str) -> list[list[str]]:
    """The cells of a table, by tabs as Excel copies them or by commas; raises ``ValueError`` for what is none."""
    text = usable_text(table)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ",", strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return [[cell.strip() for cell in cells] for cells in rows]


def make_word(avoid: str, use: str, note: str = "") -> PreferredWord:
    """A word of the list; raises ``Refused`` for one that is too long or empty."""
    try:
        return PreferredWord(avoid=avoid.strip(), use=use.strip(), note=note.strip())
    except ValidationError as error:
        raise Refused(messages.word_unfit(avoid.strip()[:20])) from error
