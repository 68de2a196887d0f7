"""What the lexical index keeps of a passage, and what it looks for of a query (no I/O).

Words are Sudachi's in both lengths; signs are pairs of neighbouring characters, which find what no dictionary knows.
A term of the city is one word, with the words of its meaning added; in a query, so are the table's synonyms.
"""

import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from corpus.index import synonyms
from corpus.terms import Term, pieces
from corpus.tokens import units, words

COMPOUND_WEIGHT = 0.3
"""What a compound counts beside its parts, which are counted as well (0.15 to 0.5 differ by 0.003 of MRR)."""
SYNONYM_WEIGHT = 0.9
"""What a phrase that the table adds for a query counts beside a typed word: where people and the texts use different
words, nothing else finds these."""
LIGHT_WEIGHT = 0.3
"""What a word counts that shapes a sentence (ため, こと, という, てくる) beside one that tells what it is about."""
MOST_WORDS = MOST_SIGNS = 200
"""Different ones of a query that are looked for, the first ones: about the words of 500 characters."""

# verbs and nouns behind others: 減るため, 書くこと, というもの, 増えてきた, 聞いてみる; in Sudachi's normal form
_LIGHT = {"為", "こと", "物", "時", "所", "まま", "よう", "訳", "筈", "言う", "来る", "行く", "見る", "おく", "仕舞う"}
_LIGHT |= {"過ぎる", "下さる", "貰う", "呉れる", "上げる"}

# FTS5's ascii tokenizer parts at these; as full-width signs they stay in a word
_SAFE = str.maketrans(
    {sign: chr(ord(sign) + 0xFEE0) for sign in string.punctuation}
    | {" ": "\u3000"}
    | {chr(code): None for code in [*range(0x20), 0x7F]}
)
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)} | {ord("ー"): None}


@dataclass(frozen=True)
class Row:
    """The lexical row of a passage: tokens in order, none of them with a blank."""

    words: Sequence[str]
    compounds: Sequence[str]
    signs: Sequence[str]


@dataclass(frozen=True)
class Wanted:
    """What a query looks for: token -> weight, the typed ones first; ``words`` hold the compounds as well.

    ``typed``: the words of the query itself, without compounds and synonyms.
    ``signs``: pairs of characters, or for a query of nothing longer (橋) single ones that any pair may begin with.
    """

    words: Mapping[str, float]
    signs: Mapping[str, float]
    typed: frozenset[str]


def row_of(text: str, terms: tuple[Term, ...] = ()) -> Row:
    """The lexical row of a passage's text."""
    short: list[str] = []
    long: list[str] = []
    meanings: list[str] = []
    for piece in pieces(text, terms):
        if piece.word:
            short.append(safe(piece.word))
            meanings.append(piece.meaning)
        found = units(piece.meaning or text[piece.start : piece.end])
        short += map(safe, found.short)
        long += map(safe, found.long)
    signs = [pair for part in (text, *meanings) for pair in _pairs(part)]
    return Row(_tokens(short), _tokens(long), tuple(signs))


def wanted_of(text: str, terms: tuple[Term, ...] = ()) -> Wanted:
    """What a query looks for: its own words and signs as ``row_of`` reads them, and the words of synonyms."""
    row = row_of(text, terms)
    weights = {word: times * (LIGHT_WEIGHT if word in _LIGHT else 1.0) for word, times in Counter(row.words).items()}
    for word, times in Counter(row.compounds).items():
        weights.setdefault(word, COMPOUND_WEIGHT * times)
    for word, weight in _added(text).items():
        weights.setdefault(word, weight)
    signs = {pair: float(times) for pair, times in Counter(row.signs).items() if len(pair) > 1}
    if not signs:
        signs = dict.fromkeys(row.signs, 1.0)
    return Wanted(_first(weights, MOST_WORDS), _first(signs, MOST_SIGNS), frozenset(row.words))


@dataclass(frozen=True)
class Instead:
    """Phrases that say the same as the parts ``first`` to ``last`` (exclusive) of a query together."""

    first: int
    last: int
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A query in parts, which joined give it (NFKC) again, with what the table has for some of them.

    What stands within another (残業 in 先生の残業) comes before it.
    """

    parts: tuple[str, ...]
    instead: tuple[Instead, ...]


@lru_cache(maxsize=16)
def reading(text: str) -> Reading:
    """A query cut where phrases begin and end that the table knows."""
    plain = unicodedata.normalize("NFKC", text)
    telling = synonyms.telling(words(plain))
    found = synonyms.known(synonyms.phrase_key(telling), synonyms.table())
    spans = [(telling[one.start].start, telling[one.end - 1].end, one.phrases) for one in found]
    cuts = sorted({0, len(plain), *chain.from_iterable(span[:2] for span in spans)})
    at = {cut: number for number, cut in enumerate(cuts)}
    instead = [Instead(at[start], at[end], phrases) for start, end, phrases in reversed(spans)]
    return Reading(tuple(plain[start:end] for start, end in pairwise(cuts)), tuple(instead))


def widening(text: str) -> tuple[str, ...]:
    """The phrases that the table has for a query besides its own."""
    return tuple(dict.fromkeys(chain.from_iterable(one.phrases for one in reading(text).instead)))


def safe(token: str) -> str:
    """``token`` in small letters as FTS5's ascii tokenizer keeps it in one piece."""
    return token.casefold().translate(_SAFE)


def _added(text: str) -> dict[str, float]:
    """The words of synonyms; those of a phrase share its weight, as each of them alone tells less than it."""
    found: dict[str, float] = {}
    for phrase in widening(text):
        for word, weight in _words_of(phrase):
            found[word] = max(found.get(word, 0.0), weight)
    return found


@lru_cache(maxsize=4_096)
def _words_of(phrase: str) -> tuple[tuple[str, float], ...]:
    """The words of a phrase of the table, with what each adds to a query."""
    parts = units(phrase)
    return tuple(
        (word, weight / len(tokens))
        for tokens, weight in ((parts.short, SYNONYM_WEIGHT), (parts.long, COMPOUND_WEIGHT))
        for word in map(safe, tokens)
    )


def _tokens(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(token for token in found if token)


def _pairs(text: str) -> Iterator[str]:
    """Pairs of neighbouring letters and figures, and the last one alone; katakana as hiragana, without ー or blanks."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA).split())
    for place, sign in enumerate(plain):
        if sign.isalnum():
            following = plain[place + 1 : place + 2]
            yield sign + following if following.isalnum() else sign


def _first(weights: Mapping[str, float], most: int) -> dict[str, float]:
    return dict(list(weights.items())[:most])
