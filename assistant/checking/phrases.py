"""What a figure is of, in words: for finding the note that says the same, shortened or in other order.

「協力事業者からの情報提供」, 「21件の情報提供を受けた」 and 「情報提供は21件」 share words, not their order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.checking.never_values import BLANK, normalise
from assistant.checking.numerals import Figure
from corpus.fiscal import find_years
from corpus.tokens import content_words

_SHARED, _NEARLY_ALL, _MOST = 0.6, 0.7, 0.75
"""Shares of a note's words that a sentence must have: with its last noun and nothing of its own; without that noun;
with words of its own besides."""
_MANY = 4
"""Words of a note from which a phrase may hold something more and still mean it."""
_EMPTY = (
    "件数 件 人数 人 名 数 回数 回 合計 延べ 実績 年度 年 市 本市 当市 対象 等 "
    "者 物 内 中 新た 状況 全体 総数 数値 値 年間 前年 昨年 当該 今年 結果 現在 "
    "時点 行く 受ける 寄せる 有る 上る 至る 達する 留まる 成る 為る 出来る 見る 実施 "
    "同じ 全 計 約 程度 以上 増加 減少 増える 減る 増 減 数量 事 前 比 比べる "
    "更に また 一方 うち 平均 累計 これ それ 令和 平成 月 日 今回 前回 今年度 "
    "昨年度 前年度 引き続き 新規"
)
_GENERIC = frozenset(_EMPTY.split())
"""Words in Sudachi's normal form that name nothing."""
_QUALIFIERS = re.compile(r"うち|平均|累計|累積|通算|(?:当|あ)たり|最大|最高|新規")
_CUT = re.compile(r"[、。()\n「」・:]")
_OF = re.compile(
    r"(?:程度|以上|ほど|余り|あまり)?の(?P<phrase>(?!うち|実績|増|減)[^、。()\n]{2,40}?)(?=[はがをにで](?![らて])|と(?:な|い)|[、。()\n]|$)"
)
_TOPIC = re.compile(r"([^、。()\n]{2,40}?)(?:では|には|とは|は|が|も)")
_OBJECT = re.compile("[がをに]")
_OWN_CLAUSE = re.compile(r"[^はがもをにでの]、(?:約|およそ|延べ|のべ|計|合計|全|うち|月|[ ])*$")
"""Before a figure: what stands there is a clause of its own (「毎月開催、」), not what the figure is of."""
_ADVERBIAL = re.compile(r"(?:て|により|によって|に基づき|ため|おいて|し)(?=[^てしのをにがはで]*)")
_TAIL = re.compile(
    r"(?:については|としては|として|では|には|は|が|も|を|の|に|で|、|:|\(|約|およそ|延べ|のべ|計|合計|全|"
    rf"[ ]|{BLANK})+$"
)
_PARTICLE = re.compile(r"からの|による|への|での|との|に係る|に関する|した|する|された|って|の|、|(?<=[一-龠ァ-ヴ])・")


@dataclass(frozen=True)
class Phrase:
    """Words of what a figure is of. ``core``: of the noun phrase at the figure; ``head``: of its last noun; ``left``:
    all before the figure in the sentence; ``right``: of the rest of its clause; ``topics``: of what は and が mark
    before it; ``qualifiers``: うち, 平均, 累計 … at it.
    """

    core: frozenset[str]
    head: frozenset[str]
    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset()

    @property
    def near(self) -> frozenset[str]:
        """The words of the figure's own clause."""
        return self.core | self.right

    @property
    def words(self) -> frozenset[str]:
        """Every word known of it."""
        return self.core | self.left | self.right | self.topics

    def under(self, subject: str) -> "Phrase":
        """The phrase of a figure told under a name (the result of a 事務事業)."""
        named = _words(subject) - {"事業", "推進", "支援"}
        return replace(self, left=self.left | named, topics=self.topics | named)


def phrase_of(what: str, unit: str | None) -> Phrase:
    """The phrase of a note that names a thing (「見守り協力事業者からの情報提供」); its unit says nothing more."""
    plain = normalise(what)
    bare = re.sub(r"\([^()]*\)", "", plain)
    dropped = _words(unit or "")
    core = _words(bare) - dropped
    return Phrase(core or _words(plain), _head(bare, dropped) or core, qualifiers=_qualifiers(plain))


def phrase_at(text: str, figure: Figure, figures: Sequence[Figure], year: int) -> Phrase:
    """The phrase of a figure in a sentence of a sheet of fiscal ``year``."""
    plain = _blanked(text, figures, year)
    before = max((other.end for other in figures if other.end <= figure.start), default=0)
    end = _past_brackets(plain, figure.end)
    after = min((other.start for other in figures if other.start >= end), default=len(plain))
    left, right = plain[before : figure.start], plain[end:after]
    behind = _OF.match(plain, end)
    clause = _CUT.split(right, maxsplit=1)[0]
    topics = frozenset(word for match in _TOPIC.finditer(plain, 0, figure.start) for word in _words(match[1]))
    if behind is not None and behind.end() <= after:
        noun = behind["phrase"]
    else:
        noun = _noun_before(left) or (_noun_before(plain[: figure.start]) if not before else "")
    if not _words(noun) and _OBJECT.match(clause):
        noun, clause = clause[1:], ""
    core = _words(noun)
    return Phrase(
        core,
        _head(noun, frozenset()),
        _words(plain[: figure.start]),
        _words(clause) - core,
        topics,
        _qualifiers(_CUT.split(left)[-1] + noun),
    )


def _past_brackets(plain: str, place: int) -> int:
    """Behind the brackets that open right at a place (「1,056人（1回平均22人）が参加」)."""
    closing = plain.find(")", place) if plain[place : place + 1] == "(" else -1
    return closing + 1 or place


def is_meant(text: Phrase, note: Phrase) -> bool:
    """Whether a figure of ``text`` is of what the note names: most of its words, nothing of another thing."""
    if text.qualifiers != note.qualifiers or not text.core or not note.core:
        return False
    extra = text.core - note.core
    covered = len((text.near | text.left) & note.core) / max(1, len(note.core))
    named = note.head <= text.near
    if named and not extra and (covered == 1 or (covered >= _SHARED and len(text.near & note.core) >= 2)):
        return True
    own = len(text.near & note.core) / max(1, len(note.core))
    if len(note.core) >= _MANY and own >= _MOST and text.head <= note.core and len(extra) <= 2 and named:
        return True
    return not extra and own >= _NEARLY_ALL and not text.right - note.core


def is_shortened(text: Phrase, note: Phrase) -> bool:
    """Whether ``text`` is the last words of the note's name (「情報提供」) and names nothing else before it."""
    return (
        bool(text.core and note.core)
        and text.qualifiers == note.qualifiers
        and len(text.core) >= min(2, len(note.core))
        and text.core <= note.core
        and note.head <= text.near
        and not text.topics - note.core
    )


def may_be_meant(text: Phrase, note: Phrase) -> bool:
    """Whether the note's thing is spoken of at all: enough for a figure that is the same, for no other."""
    shared = len(text.words & note.core) / max(1, len(note.core))
    return bool(note.core) and (note.head <= text.words or shared >= _MOST) and shared >= 0.4


def closeness(text: Phrase, note: Phrase) -> int:
    """How many of the note's words the sentence has up to the figure and in its clause."""
    return len((text.near | text.left) & note.core)


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words over those of the smaller set (0 to 1)."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _blanked(text: str, figures: Sequence[Figure], year: int) -> str:
    signs = list(normalise(text))
    for start, end in [(f.start, f.end) for f in figures] + [(m.start, m.end) for m in find_years(text, year)]:
        signs[start:end] = BLANK * (end - start)
    return "".join(signs)


def _noun_before(left: str) -> str:
    """The noun phrase that ends at a figure: the chunk before its particle, without the clauses before it."""
    if _OWN_CLAUSE.search(left):
        return ""
    left = _TAIL.sub("", left)
    chunk = _CUT.split(left)[-1] if left and left[-1] not in ")」" else left
    cuts = [match.end() for match in _ADVERBIAL.finditer(chunk)]
    cuts = [cut for cut in cuts if cut < len(chunk) - 1]
    return chunk[cuts[-1] :].strip(BLANK) if cuts else chunk.strip(BLANK)


def _head(noun: str, dropped: frozenset[str]) -> frozenset[str]:
    """The words of the last part of a noun phrase that has any."""
    for part in reversed(_PARTICLE.split(noun)):
        found = _words(part) - dropped
        if found:
            return found
    return frozenset()


def _qualifiers(text: str) -> frozenset[str]:
    return frozenset(_QUALIFIERS.findall(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    plain = text.replace(BLANK, " ")
    return frozenset(word for word in content_words(plain) if word not in _GENERIC and not word[0].isdigit())
