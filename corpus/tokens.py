"""Japanese words by Sudachi: normalised content words for searching, surfaces with places for comparing.

Split mode A (the shortest units): 「居住支援」 and 「居住の支援」 then share their words, and a changed compound shows
the part that changed; searching reads the compounds (mode C) as well. The dictionary is opened once a process, a
tokenizer once a thread.
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
_AFFIXES = {"接頭辞", "接尾辞"}
_EMPTY_VERBS = {"為る", "有る", "居る", "成る", "因る", "行う", "於く", "出来る", "図る"}
"""Verbs that carry no subject (する, ある, いる, なる, よる, 行う, おく, できる, 図る), in Sudachi's normal form."""

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

_kinds: dict[int, str] = {}
_lock = threading.Lock()
_local = threading.local()


@dataclass(frozen=True)
class Word:
    """A word as written: ``text[start:end]`` is ``surface``; ``normal`` is Sudachi's normalised form.

    ``affix``: 者, 費, 新 … which are no content of their own but tell 介護者 from 介護.
    """

    start: int
    end: int
    surface: str
    normal: str
    content: bool
    affix: bool = False


@dataclass(frozen=True)
class Units:
    """The normalised content words of a text in two lengths, in order, repeated as they occur.

    ``short``: 介護, 保険 (split mode A); ``long``: the compounds of several of them, 介護保険料 (mode C).
    """

    short: tuple[str, ...]
    long: tuple[str, ...]


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


def content(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normalised form of the words of ``text`` that ``words`` calls content, in half its time."""
    for offset, piece in _pieces(text):
        for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece)):
            if (kind := _kind(morpheme)) and _tells(kind, normal := morpheme.normalized_form()):
                yield offset + morpheme.begin(), offset + morpheme.end(), normal


def content_words(text: str) -> list[str]:
    """The normalised nouns, verbs, adjectives and adverbs of ``text``, in order, repeated as they occur.

    Particles, signs and verbs without a subject of their own (する, ある, なる …) are left out; widths and spellings
    are one (取組 = 取り組み, ５ = 5).
    """
    return [word.normal for word in words(unicodedata.normalize("NFKC", text)) if word.content]


def heard(text: str) -> list[tuple[str, str]]:
    """The words of ``text`` (NFKC), each with how it is read, in hiragana; signs and letters are read as they are."""
    found = []
    for _, piece in _pieces(text):
        for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece)):
            reading, surface = morpheme.reading_form(), morpheme.surface()
            found.append((surface, (surface if reading in ("", "キゴウ") else reading).translate(_HIRAGANA)))
    return found


def sound(text: str) -> str:
    """How ``text`` (NFKC) is read, in hiragana: 仮題 and 課題 sound alike."""
    return "".join(reading for _, reading in heard(text))


def parts_of_speech(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and part of speech (Sudachi's six fields) of every word of ``text``, in its longest units (mode C)."""
    import sudachipy

    for offset, piece in _pieces(text):
        for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece), sudachipy.SplitMode.C):
            yield offset + morpheme.begin(), offset + morpheme.end(), tuple(morpheme.part_of_speech())


def units(text: str) -> Units:
    """The content words of ``text`` as ``content_words`` gives them, and its compounds, in one pass."""
    import sudachipy

    short: list[str] = []
    long: list[str] = []
    for _, piece in _pieces(unicodedata.normalize("NFKC", text)):
        for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece), sudachipy.SplitMode.C):
            # 0.7 gives an empty list for what cannot be split, 0.6 the morpheme itself
            parts = list(morpheme.split(sudachipy.SplitMode.A, add_single=False))
            short += [part.normalized_form() for part in parts or [morpheme] if _is_content(part)]
            if len(parts) > 1 and _is_content(morpheme):
                long.append(morpheme.normalized_form())
    return Units(tuple(short), tuple(long))


def _words(piece: str, offset: int) -> Iterator[Word]:
    # a command line hands over bytes that are no text as lone surrogates, which Sudachi does not take
    for morpheme in _tokenizer().tokenize(_SURROGATE.sub("\ufffd", piece)):
        begin, end, normal, kind = morpheme.begin(), morpheme.end(), morpheme.normalized_form(), _kind(morpheme)
        yield Word(offset + begin, offset + end, piece[begin:end], normal, _tells(kind, normal), kind == "affix")


def _is_content(morpheme: Any) -> bool:
    return _tells(_kind(morpheme), morpheme.normalized_form())


def _tells(kind: str, normal: str) -> bool:
    if kind == "content":
        return normal not in _EMPTY_VERBS and any(map(str.isalnum, normal))
    return kind == "letter"


def _kind(morpheme: Any) -> str:
    """``content``, ``affix``, ``letter`` or nothing of these; of one number of the dictionary always the same."""
    number = morpheme.part_of_speech_id()
    found = _kinds.get(number)
    if found is None:
        part, detail = morpheme.part_of_speech()[:2]
        # 記号 holds single letters (A, α), which name things in a sheet
        letter = part == "記号" and detail == "文字"
        found = "content" if part in _CONTENT else "affix" if part in _AFFIXES else "letter" if letter else ""
        _kinds[number] = found
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        # a code point takes at most 4 bytes, so this many always fit
        end = min(len(text), start + _LARGEST_INPUT // 4)
        if end < len(text):
            end = max((text.rfind(sign, start + 1, end) + 1 for sign in _BREAKS), default=0) or end
        yield start, text[start:end]
        start = end
