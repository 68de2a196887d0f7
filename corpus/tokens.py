"""Japanese words by Sudachi: normalised content words for searching, surfaces with places for comparing.

Split mode A (the shortest units) everywhere: 「居住支援」 and 「居住の支援」 then share their words, and a changed
compound shows the part that changed. The dictionary is opened once a process, a tokenizer once a thread.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

_LARGEST_INPUT = 48_000
"""Bytes given to Sudachi at once; it refuses more than 49,149."""
_BREAKS = "\n。！？、 　"
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞"}
_EMPTY_VERBS = {"為る", "有る", "居る", "成る", "因る", "行う", "於く", "出来る", "図る"}
"""Verbs that carry no subject (する, ある, いる, なる, よる, 行う, おく, できる, 図る), in Sudachi's normal form."""

_lock = threading.Lock()
_local = threading.local()


@dataclass(frozen=True)
class Word:
    """A word as written: ``text[start:end]`` is ``surface``; ``normal`` is Sudachi's normalised form."""

    start: int
    end: int
    surface: str
    normal: str
    content: bool


@cache
def _dictionary() -> Any:
    import sudachipy

    return sudachipy.Dictionary(dict="core")


def _tokenizer() -> Any:
    tokenizer = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        import sudachipy

        with _lock:
            dictionary = _dictionary()
            # 0.7 renamed create() to tokenizer() and warns of the old name
            make = dictionary.tokenizer if hasattr(dictionary, "tokenizer") else dictionary.create
            tokenizer = make(mode=sudachipy.SplitMode.A)
        _local.tokenizer = tokenizer
    return tokenizer


def words(text: str) -> list[Word]:
    """Every word of ``text`` in order, blanks included, so that the surfaces joined give the text again."""
    return [word for start, piece in _pieces(text) for word in _words(piece, start)]


def content_words(text: str) -> list[str]:
    """The normalised nouns, verbs, adjectives and adverbs of ``text``, in order, repeated as they occur.

    Particles, signs and verbs without a subject of their own (する, ある, なる …) are left out; widths and spellings
    are one (取組 = 取り組み, ５ = 5).
    """
    return [word.normal for word in words(unicodedata.normalize("NFKC", text)) if word.content]


def _words(piece: str, offset: int) -> Iterator[Word]:
    # a command line hands over bytes that are no text as lone surrogates, which Sudachi does not take
    for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece)):
        surface, normal = piece[morpheme.begin() : morpheme.end()], morpheme.normalized_form()
        kind, detail = morpheme.part_of_speech()[:2]
        content = kind in _CONTENT and normal not in _EMPTY_VERBS and any(sign.isalnum() for sign in normal)
        # 記号 holds single letters (A, α), which name things in a sheet
        content = content or (kind == "記号" and detail == "文字")
        yield Word(offset + morpheme.begin(), offset + morpheme.end(), surface, normal, content)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        # a code point takes at most 4 bytes, so this many always fit
        end = min(len(text), start + _LARGEST_INPUT // 4)
        if end < len(text):
            end = max((text.rfind(sign, start + 1, end) + 1 for sign in _BREAKS), default=0) or end
        yield start, text[start:end]
        start = end
