"""Words of requests put into their usual spelling, before any rule reads them. Pure, over NFKC text.

Each kanji of a known word may stand as its reading (とりくみ状況, さく年度) or as another kanji of that reading (科題).
"""

import re
from functools import cache, partial

from assistant.request_readings import DROPPED, IN_PLACE, REAL_WORDS, SAME_SOUND, WORDS

_PARTICLES = "のとをはもがにでやへ"
_FEW = 3
"""Readings up to so many signs are words only where a particle or the like follows."""
_BEHIND_FEW = re.compile(
    r"[^ぁ-んー]|$|[のをはもがにとやへ]|で(?!き)|か(?:$|[をはも、。?])|だ[けっよね。]|"
    r"な(?:ん|ど|の)|って|から|まで|くらい|あたり|ごと|し[てたと]|おね|お願|たの|くだ|か[いき]|つく[っりる]|み[せて]|よろ"
)
_NOT_BEHIND = re.compile(
    "(?:ては|とは|ちゃ|も)いけん|年どの(?:くらい|ぐらい|よう|程度|指標|事業|項目|部分|数|目標|欄|文)"
)
"""Other words of the same sound (「してはいけん」「昨年どのくらい」)."""


def respelled(text: str) -> str:
    """``text`` (NFKC) with the known words as the rules spell them.

    >>> respelled("さく年度の科だい")
    '昨年度の課題'
    """
    for short, meant in (*IN_PLACE, *DROPPED):
        text = re.sub(short, meant, text)
    for word, pattern in _spellings():
        text = pattern.sub(partial(_meant, word=word), text)
    return text


@cache
def vocabulary() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(word, readings of its signs), the longest words first."""
    pairs = (entry.split(":") for entry in re.split(r"[|\n]", WORDS.strip()))
    read = [(word, tuple(readings.split(" "))) for word, readings in pairs]
    return tuple(sorted(read, key=lambda pair: -len(pair[0])))


@cache
def _words() -> tuple[str, ...]:
    return tuple(word for word, _ in vocabulary())


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    sounds = dict(entry.split(" ") for entry in re.split(r"[|\n]", SAME_SOUND.strip()))
    found = []
    for word, readings in vocabulary():
        parts = []
        for sign, reading in zip(word, readings, strict=True):
            same = "" if sign == reading else "".join(dict.fromkeys(sign + sounds.get(reading, "")))
            parts.append(f"((?:{_either_kana(reading)}){f'|[{same}]' if same else ''})")
        found.append((word, re.compile("".join(parts))))
    return tuple(found)


def _either_kana(reading: str) -> str:
    """A pattern of ``reading`` in hiragana, katakana or both."""
    return "".join(f"[{sign}{chr(ord(sign) + 0x60)}]" for sign in reading)


def _meant(found: re.Match[str], word: str) -> str:
    """``word`` where the spelling found means it, else the spelling as it is."""
    written = found.group()
    if written == word or written in REAL_WORDS:
        return written
    pieces = list(zip(found.groups(), word, strict=True))
    kanji = sum(not _kana(sign) for sign in word)
    wrong = sum(not _kana(piece) and piece != sign for piece, sign in pieces)
    around = _NOT_BEHIND.search(found.string, max(0, found.start() - 2))
    other = around is not None and around.start() < found.end() and around.end() > found.start()
    if wrong > kanji / 2 or other or not _begins(found) or not _ends(found, word):
        return written
    return word


def _begins(found: re.Match[str]) -> bool:
    """Whether a word may begin there: not within 「ひとりくみ」 or 「育成課」."""
    before, first = found.string[: found.start()], found[1]
    if not _kana(first):
        return not re.search("[一-龠]$", before) or before.endswith(_words())
    if not re.search("[ぁ-んー]$", before):
        return True
    mixed = len(first) == 1 and not _kana(found.group())
    return before[-1] in ("のを" if mixed else _PARTICLES)


def _ends(found: re.Match[str], word: str) -> bool:
    """Whether a word may end there: not within 「ひょうかん」, 「せいかつ」 or 「達成か」."""
    last, behind = found.groups()[-1], found.string[found.end() :]
    if not _kana(last) or _kana(word[-1]):
        return True
    if re.match("ん|つ(?!く)", behind) or (len(found.group()) <= _FEW and not _BEHIND_FEW.match(behind)):
        return False
    return len(last) > 1 or _kana(found[1]) or not re.match("どう|[?。、]|$", behind)


def _kana(piece: str) -> bool:
    return bool(re.fullmatch("[ぁ-んァ-ヶー]+", piece))
