"""Everyday words of people and the administrative words that the texts have: お年寄り -> 高齢者.

``synonyms.tsv``, one entry a line, is read once: ``= TAB 甲、乙、丙`` (each finds the others) or
``> TAB 甲、乙 TAB 丙`` (甲 and 乙 find 丙, not the other way round). Only queries are widened, never the index.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from corpus.tokens import Word, words

TABLE = Path(__file__).with_name("synonyms.tsv")
_BETWEEN = "、"

_NOT = "ない"
_NEGATIONS = {"ない", "ず"}
"""Auxiliaries that turn a verb round, in Sudachi's normal form: 足りない, 足りず, 足りぬ."""
_PRONOUNS = {"誰", "皆", "何処", "自分"}
"""No content of a passage, but 誰でも使える is not 使える."""

Key = tuple[str, ...]
"""The normalised words of a phrase, particles left out: 年を取った -> 年, 取る; 足りず -> 足りる, ない."""


def parse(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrase -> the phrases to look for as well, in the order of the table.

    Blank lines and lines from ``#`` on are left out; raises ``ValueError`` with the line for anything else.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        kind, *fields = line.rstrip("\r\n").split("\t")
        if not kind.strip() or kind.startswith("#"):
            continue
        phrases = [[phrase.strip() for phrase in field.split(_BETWEEN) if phrase.strip()] for field in fields]
        if kind == "=" and len(phrases) == 1:
            pairs = [(one, phrases[0]) for one in phrases[0]]
        elif kind == ">" and len(phrases) == 2:
            pairs = [(one, phrases[1]) for one in phrases[0]]
        else:
            raise ValueError(f"no entry of the table of synonyms: {line!r}")
        for one, others in pairs:
            found[one] |= dict.fromkeys(other for other in others if other != one)
    return {one: tuple(others) for one, others in found.items() if others}


def phrase_key(found: Sequence[Word]) -> Key:
    """What tells a phrase from others: its content words, affixes, pronouns and negations in their normal form."""
    return tuple(
        _NOT if word.normal in _NEGATIONS else word.normal
        for word in found
        if word.content or word.affix or word.normal in _NEGATIONS or word.normal in _PRONOUNS
    )


def widened(key: Key, table: Mapping[Key, tuple[str, ...]]) -> list[str]:
    """The phrases to look for besides a query with these words: of entries that overlap, the longest counts."""
    longest = max(map(len, table), default=0)
    found: dict[str, None] = {}
    place = 0
    while place < len(key):
        for length in range(min(longest, len(key) - place), 0, -1):
            others = table.get(key[place : place + length])
            if others is not None:
                found |= dict.fromkeys(others)
                place += length
                break
        else:
            place += 1
    return list(found)


@cache
def table() -> Mapping[Key, tuple[str, ...]]:
    """The table that comes with the program, by the words of its phrases."""
    with TABLE.open(encoding="utf-8") as lines:
        entries = parse(lines)
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for phrase, others in entries.items():
        if key := phrase_key(words(phrase)):
            found[key] |= dict.fromkeys(others)
    return {key: tuple(others) for key, others in found.items()}
