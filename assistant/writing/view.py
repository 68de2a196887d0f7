"""A line as the judge reads it: slots and quoted names as single signs, its words, and what follows each. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.writing.values import SLOT
from corpus import tokens
from corpus.tokens import Word

SLOT_SIGN, NAME_SIGN = "◆", "◇"
Mode = Literal["fact", "plan"]
"""``fact``: した, ている; ``plan``: する, ていく. A predicate that leaves it open has none."""

_OPEN, _CLOSE = "「『", "」』"
_CLAUSE = re.compile("[。、]")
_TAIL_BREAK = re.compile(r"[。、]|ものの|が(?=◆|◇|$)")
_ENDED = r"(?=$|[がとのばけほ◆◇（「一-龠]|もの|こと|ところ|ほか|うえ|ため|よう|から|うち)"
_FACT = re.compile(rf"(?:た|んだ|いだ){_ENDED}|(?<!なっ)[てで](?:い[るたなま]|お[りら]|いる)")
_PLAN = re.compile(
    r"^(?:され(?:る|ます)$|[とに]する|[とに]し(?:ます|ていく)|を?行う|を?図る|す?る|[をにと]?(?:します|行います|図ります|いたします|まいります)|ます|して(?:い|ゆ)く|"
    r"[てで](?:い|ゆ)(?:く|きます)|(?:する|る)?こと(?:と(?:する|します|し$)|になる)|(?:する|る)(?:ほか|とともに|予定))"
)
_DICTIONARY_FORM = re.compile(r"[一-龠々ぁ-ん][るうくすつぬむぐぶ]$")
_DENIED = re.compile(
    r"な(?:い|か(?!ば)|く(?:な|、|$)|けれ|し(?:$|の))|(?<!必)ず(?=$|[、。にもと推]|$)|ぬ$|ませ(?!んか)"
)
_NO_DENIAL = re.compile(
    r"(?:だけ|のみ)(?:で|に)?(?:は)?な(?:く|ら)|のみなら|なければなら|なければなりません|かもしれ|ざるを得"
)
LIGHT = frozenset(
    {
        "進める",
        "取り組む",
        "続ける",
        "始める",
        "努める",
        "実施",
        "推進",
        "行く",
        "来る",
        "開始",
        "継続",
        "終える",
        "致す",
    }
)
"""Verbs that only carry the deed before them: 「検討を進める」, 「支援していく」."""
_LACKING = ("が", "は", "も", "の", "で", "に", "と")
_LEANS = ("", "を", "の", "に", "して", "て", "し", "についての", "に向けた")
STATIVE = frozenset({"占める", "当たる", "及ぶ", "続く", "至る", "基づく", "異なる", "有る", "差", "居る", "求める"})
"""Verbs whose 「…る」 tells how things are and not what is to be done."""


@dataclass(frozen=True)
class View:
    """``plain``: the text with ``◆`` for each slot and ``◇`` for each quoted name.

    ``slots``, ``names``: what stands at which place of ``plain``. ``words``: those of ``plain``.
    """

    plain: str
    slots: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]
    words: tuple[Word, ...]

    @property
    def content(self) -> list[Word]:
        """Its content words, signs left out."""
        return [word for word in self.words if word.content]

    def sentence_start(self, place: int) -> int:
        """Where the sentence around ``place`` begins."""
        return self.plain.rfind("。", 0, place) + 1

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause between signs around ``place`` begins and ends."""
        start = max(self.plain.rfind(sign, 0, place) for sign in "。、（）") + 1
        ends = [end for sign in "。、（）" if (end := self.plain.find(sign, place)) >= 0]
        return start, min(ends, default=len(self.plain))


@dataclass(frozen=True)
class Told:
    """A content word with the words behind it up to the next one: whether it is denied, a fact or a plan."""

    word: Word
    tail: str
    denied: bool
    mode: Mode | None


def quoted(text: str) -> list[tuple[int, int]]:
    """Start and end of the outermost 「…」 and 『…』, with their signs."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in _OPEN:
            start = place if not depth else start
            depth += 1
        elif sign in _CLOSE and depth:
            depth -= 1
            if not depth:
                found.append((start, place + 1))
    return found


@lru_cache(maxsize=256)
def view(text: str) -> View:
    """A line or a candidate as the judge reads it."""
    plain, slots, names, place = "", list[tuple[int, str]](), list[tuple[int, str]](), 0
    spans = quoted(text)
    marks = [(start, end, "") for start, end in spans]
    for match in SLOT.finditer(text):
        if not any(start <= match.start() < end for start, end in spans):
            marks.append((match.start(), match.end(), match[1]))
    for start, end, slot in sorted(marks):
        plain += text[place:start]
        (slots if slot else names).append((len(plain), slot or text[start:end]))
        plain += SLOT_SIGN if slot else NAME_SIGN
        place = end
    plain += text[place:]
    return View(plain, tuple(slots), tuple(names), tuple(tokens.words(plain)))


@lru_cache(maxsize=256)
def told(text: str) -> tuple[Told, ...]:
    """Every content word of a text with what is said by it."""
    seen = view(text)
    words = seen.content
    found: list[Told] = []
    behind: Told | None = None
    for number in range(len(words) - 1, -1, -1):
        word = words[number]
        stop = words[number + 1].start if number + 1 < len(words) else len(seen.plain)
        tail = _TAIL_BREAK.split(seen.plain[word.end : stop], maxsplit=1)[0]
        whole = _TAIL_BREAK.split(seen.plain[word.end : word.end + 16], maxsplit=1)[0]
        denied = _DENIED.search(tail) is not None and not _NO_DENIAL.search(whole)
        lacking = behind is not None and behind.word.normal == "無い" and (not tail or tail.endswith(_LACKING))
        mode = _mode(word, tail, seen.plain[word.end + len(tail) :][:1])
        if mode is None and behind is not None and tail in _LEANS and behind.word.normal in LIGHT:
            mode = behind.mode
        behind = Told(word, tail, denied or lacking or word.normal == "無い", mode)
        found.append(behind)
    return tuple(reversed(found))


def _mode(word: Word, tail: str, following: str) -> Mode | None:
    if _FACT.search(word.surface[-1:] + tail) and not tail.startswith("たい"):
        return "fact"
    if word.normal in STATIVE:
        return None
    if _PLAN.match(tail) and not (
        tail in ("する", "とする", "にする", "行う", "を行う", "図る", "を図る") and following not in ("", *"。、が")
    ):
        return "plan"
    if (
        tail == ""
        and following in ("", *"。、が")
        and _DICTIONARY_FORM.search(word.surface)
        and word.surface[-1] == word.normal[-1]
    ):
        return "plan"
    return None


def clause_of(text: str) -> str:
    """``text`` up to the first sign that ends a clause."""
    return _CLAUSE.split(text, maxsplit=1)[0]
