"""Everyday words of people and the administrative words that the texts have: お年寄り -> 高齢者.

``synonyms.tsv``, one entry a line, is read once: ``= TAB 甲、乙、丙`` (each finds the others) or
``> TAB 甲、乙 TAB 丙`` (甲 and 乙 find 丙, not the other way round). Only queries are widened, never the index.

``synonyms.keys.tsv`` holds the words of its phrases as Sudachi reads them (``phrase TAB word TAB word``), as reading
thousands of phrases at the first search costs a fifth of a second and 70 MB of dictionary; after a change of the table
``python -m corpus.index.synonyms`` writes it anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.tokens import Word, words

TABLE = Path(__file__).with_name("synonyms.tsv")
KEYS = Path(__file__).with_name("synonyms.keys.tsv")
_BETWEEN = "、"

_NOT = "ない"
_NEGATIONS = {"ない", "ず"}
"""Auxiliaries that turn a verb round, in Sudachi's normal form: 足りない, 足りず, 足りぬ."""
_PRONOUNS = {"誰", "皆", "何処", "自分"}
"""No content of a passage, but 誰でも使える is not 使える."""

Key = tuple[str, ...]
"""The normalised words of a phrase, particles left out: 年を取った -> 年, 取る; 足りず -> 足りる, ない."""


@dataclass(frozen=True)
class Known:
    """Words ``start`` to ``end`` of a key that the table knows, and the phrases that say the same."""

    start: int
    end: int
    phrases: tuple[str, ...]


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


def telling(found: Sequence[Word]) -> list[Word]:
    """The words that tell a phrase from others: content words, affixes, pronouns and negations."""
    return [
        word for word in found if word.content or word.affix or word.normal in _NEGATIONS or word.normal in _PRONOUNS
    ]


def phrase_key(found: Sequence[Word]) -> Key:
    """The telling words of a phrase in their normal form."""
    return tuple(_NOT if word.normal in _NEGATIONS else word.normal for word in telling(found))


def known(key: Key, table: Mapping[Key, tuple[str, ...]]) -> list[Known]:
    """What the table knows of these words, in their order: of entries that overlap, the longest counts.

    So do the entries at its end (残業 in 先生の残業): a Japanese phrase is about its last word, which nothing behind it
    turns round, as 者 does 介護 in 介護者.
    """
    longest = max(map(len, table), default=0)
    found: list[Known] = []
    place = 0
    while place < len(key):
        for end in range(min(place + longest, len(key)), place, -1):
            if key[place:end] in table:
                found += (
                    Known(start, end, table[key[start:end]]) for start in range(place, end) if key[start:end] in table
                )
                place = end
                break
        else:
            place += 1
    return found


def keys_of(phrases: Iterable[str]) -> dict[str, Key]:
    """Phrase -> its words, of phrases that have any, as Sudachi reads them now."""
    found = {phrase: phrase_key(words(phrase)) for phrase in phrases}
    return {phrase: key for phrase, key in found.items() if key}


def read_entries() -> dict[str, tuple[str, ...]]:
    """The entries of the table that comes with the program (see ``parse``)."""
    with TABLE.open(encoding="utf-8") as lines:
        return parse(lines)


def read_keys() -> dict[str, Key]:
    """The kept keys of the table's phrases."""
    with KEYS.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\r\n").split("\t") for line in lines)
        return {phrase: tuple(key) for phrase, *key in rows}


@cache
def table() -> Mapping[Key, tuple[str, ...]]:
    """The table that comes with the program, by the words of its phrases."""
    keys = read_keys()
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for phrase, others in read_entries().items():
        if key := keys.get(phrase):
            found[key] |= dict.fromkeys(others)
    return {key: tuple(others) for key, others in found.items()}


if __name__ == "__main__":
    with KEYS.open("w", encoding="utf-8", newline="\n") as kept:
        kept.writelines("\t".join((phrase, *key)) + "\n" for phrase, key in keys_of(read_entries()).items())
