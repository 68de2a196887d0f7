"""Words to avoid that a text has, as the sheet page and the check list them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.city import PreferredWord
from corpus.preferred import find_avoided


@dataclass(frozen=True)
class WordHint:
    """A word to avoid with its preferred one ("" for none) and how often it stands there.

    ``around``: JSON array of the longer words in which it may stand, for the script that replaces it.
    """

    avoid: str
    use: str
    note: str
    count: int
    around: str


def word_hints(text: str, words: Sequence[PreferredWord]) -> tuple[WordHint, ...]:
    """The hints for a text, in the order of the city's list."""
    return tuple(
        WordHint(found.word.avoid, found.word.use, found.word.note, found.count, json.dumps(found.around))
        for found in find_avoided(text, words)
    )
