"""Other words for a passage that a person has marked in an editor, as a suggestion. No I/O but the pen's.

The rules are tried first. A model, where there is one, writes what they cannot, or better: line by line, with slots for
figures and persons, under the judge and the checker, sent back at most twice; else the rules' words are suggested, or
it is said why there are none.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from assistant.checking import Checker, checker_of
from assistant.drafting.draft import COMPOSER, DraftSentence
from assistant.drafting.lines import Line
from assistant.drafting.widen import Stock
from assistant.writing.comparisons import left_out
from assistant.writing.hearing import Hearing
from assistant.writing.hiding import hidden
from assistant.writing.judge import judge
from assistant.writing.personal import persons_of
from assistant.writing.selected import Selected
from assistant.writing.selection_rules import (
    Ruled,
    SelectionWish,
    by_rules,
    found_anew,
    is_polite,
    is_title,
    no_longer_read,
    without_padding,
)
from assistant.writing.slots import fill, masked
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import SLOT, Fault, FaultKind, Masked, MaskedLine, Pen
from assistant.writing.wire import REPAIRS, Rejected, answered_lines, editing, in_calls
from corpus import messages

MOST_SENT = 1_500
"""Characters of a passage that a model is asked for."""
SHORTEST = 6
"""Words of a line beside its slots; a shorter one is left as it is."""
_LEAST_KEPT = 0.3
"""Part of a line's characters that another wording keeps at least."""
_DROPS = re.compile(
    r"(?:を|は|も)(?:全部|すべて)?(?:削[っりるれ除]|消[しすせ]|除[いきくけ]|省[いきくけ]|外[しすせ]|はずし|なくし|カット)|不要|いらない"
)
_COUNTS = {"1": "ひとつ", "一": "ひとつ", "2": "ふたつ", "二": "ふたつ", "3": "みっつ", "三": "みっつ"}
_COUNTED = re.compile(
    "((?<![0-9０-９第])[1-3１-３]|(?<![0-9０-９一-龠々])[一二三])(?:つの)?文(?=[章以程前構]|[^一-龠々]|$)"
)
"""How many sentences a wish asks for: no figure of the record, so it may be told, in letters (「同一文末」: none)."""
_TOLD = {
    "shorter": "意味を変えずに、短くする。同じことのくり返しや、なくても通じる言葉を取る。",
    "plain": "文末を「である調」にする。ほかの言葉は変えない。",
    "polite": "文末を「です・ます調」にする。ほかの言葉は変えない。",
    "mention": "あとから加えた文が前の文と自然につながるように整える。",
}
_FREED: dict[str, frozenset[FaultKind]] = {
    "shorter": frozenset(("lost", "length")),
    "free": frozenset(("lost", "length")),
}
"""What the judge finds wrong that is just what was wished."""
_DROPPED: frozenset[FaultKind] = frozenset(("missing_slot",))


@dataclass(frozen=True)
class Suggestion:
    """``after`` for the words of ``passage``; ``model``: who put it so (the composer: the rules).

    ``note``: what is said about it; ``prompts`` as 「edit@1」.
    """

    passage: Selected
    after: str
    model: str
    note: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoSuggestion:
    """Why there is none."""

    note: str


Answer = Suggestion | NoSuggestion


def suggest(wish: SelectionWish, passage: Selected, stock: Stock, pen: Pen | None) -> Generator[Answer | None]:
    """None as a sign of life while a model is waited for; last the answer. Closing it ends the call under way."""
    checker = checker_of(stock.request.sheet, stock.earlier, stock.request.tolerance)
    ruled = by_rules(wish, passage, stock)
    own = _if_true(ruled, wish, passage, checker)
    page = _page(wish, ruled, passage, stock, checker) if pen else None
    # what the checker has refused of the rules' words is no base for a model either
    if pen is None or page is None or not page.open or _is_wrong("\n".join(page.base), wish, passage, checker):
        yield own
        return
    if sum(len(page.lines[place]) for place in page.open) > MOST_SENT:
        yield replace(own, note=f"{messages.selection_too_long_to_send(MOST_SENT)}\n{own.note}")
        return
    asked = _Asked(wish, page)
    for places in in_calls(page.open, lambda place: len(page.base[place])):
        if asked.failure is None:
            yield from asked.write(places, pen)
    yield _answer(asked, own, pen.model.name)


def _if_true(ruled: Ruled, wish: SelectionWish, passage: Selected, checker: Checker) -> Answer:
    """The rules' words, if the checker has nothing new against them in their place."""
    if ruled.after is None or ruled.after == passage.text:
        return NoSuggestion(ruled.note)
    if _is_wrong(ruled.after, wish, passage, checker):
        return NoSuggestion(messages.REWRITTEN_WRONGLY)
    return Suggestion(passage, ruled.after, COMPOSER, ruled.note)


def _is_wrong(after: str, wish: SelectionWish, passage: Selected, checker: Checker) -> bool:
    """Whether the checker has something new against ``after`` in the place of the passage."""
    if after == passage.text:
        return False
    new = found_anew(passage, passage.text, after, checker)
    # what a note or last year's text says needs no stored figure
    return any(wish.kind != "mention" or one.verdict == "mismatch" for one in new)


@dataclass
class _Page:
    """The passage line by line: ``base`` as the model is given it, ``lines`` as they are now, ``open``: to ask for."""

    passage: Selected
    stock: Stock
    checker: Checker
    base: tuple[str, ...]
    lines: list[str]
    open: tuple[int, ...]


def _page(wish: SelectionWish, ruled: Ruled, passage: Selected, stock: Stock, checker: Checker) -> _Page | None:
    """What the model is given; None where there is nothing for it to do."""
    text: str | None = passage.text
    if wish.kind == "shorter":
        text = without_padding(passage.text)
    elif wish.kind == "mention":
        # only what the record holds may come in, and that the rules have fetched
        text = ruled.after
    elif wish.kind in ("plain", "polite"):
        text = (ruled.after or passage.text) if ruled.left else None
    if text is None:
        return None
    lines = text.split("\n")
    old = set(passage.text.split("\n"))

    def concerns(place: int) -> bool:
        if wish.kind == "mention":
            return lines[place] not in old
        return not ruled.left or any(sentence in lines[place] for sentence in ruled.left)

    places = [
        place
        for place in range(len(lines))
        if not is_title(lines, place) and concerns(place) and _has_words(lines[place], stock)
    ]
    return _Page(passage, stock, checker, tuple(lines), lines, tuple(places))


def _has_words(text: str, stock: Stock) -> bool:
    (one,) = _masked([text], stock).lines
    return len(SLOT.sub("", one.text).strip()) >= SHORTEST


def _masked(texts: Sequence[str], stock: Stock) -> Masked:
    lines = [Line("item", 0, (DraftSentence(text.strip(), False, None, ()),)) for text in texts]
    return masked(lines, stock.request.sheet, earlier=stock.earlier)


def _quoted(wish: SelectionWish) -> str:
    """Words that a person gives to be put in (「シニア」という言葉で)."""
    return "、".join(re.findall("「([^「」]+)」", wish.words)) if wish.kind == "free" else ""


class _Asked:
    """The lines that a model is asked for: which did not get through, why it was asked no further, by which prompts."""

    def __init__(self, wish: SelectionWish, page: _Page) -> None:
        self.wish, self.page = wish, page
        self.fallen = 0
        self.failure: ModelFailed | None = None
        self.prompts: dict[str, None] = {}

    def write(self, places: Sequence[int], pen: Pen) -> Iterator[None]:
        """Ask for some lines, and once more, at most twice, for those that something is wrong with."""
        mask = _masked([self.page.lines[place] for place in places], self.page.stock)
        place_of = {line.key: place for line, place in zip(mask.lines, places, strict=True)}
        open_lines = {line.key: line for line in mask.lines}
        rejected: dict[str, Rejected] = {}
        for _ in range(1 + REPAIRS):
            lines = list(open_lines.values())
            polite = self._is_polite("\n".join(line.text for line in lines))
            prompted = editing(mask, self._wished(), lines, list(rejected.values()), polite=polite)
            self.prompts[f"{prompted.prompt}@{prompted.version}"] = None
            rejected = {}
            hearing = Hearing(pen, prompted)
            try:
                for answer in answered_lines(hearing, list(open_lines)):
                    if answer is None:
                        yield None
                        continue
                    key, words = answer
                    faults = self._settle(open_lines[key], words, mask, place_of[key])
                    if faults:
                        rejected[key] = Rejected(open_lines[key], words, faults)
                    else:
                        del open_lines[key]
            finally:
                hearing.end(enough=len(rejected) == len(open_lines))
            self.failure = hearing.failure
            if self.failure is not None or not open_lines:
                break
            for key, line in open_lines.items():
                rejected.setdefault(key, Rejected(line, "", (Fault("empty", "この行の答えがありません。"),)))
        self.fallen += len(open_lines)

    def _wished(self) -> str:
        """The wish in words; a person's own go without figures and names of persons."""
        names = persons_of(self.page.stock.request.sheet, *self.page.stock.earlier)
        told = _COUNTED.sub(lambda found: f"{_COUNTS[normalize('NFKC', found[1])]}の文", self.wish.words)
        return _TOLD.get(self.wish.kind) or hidden(told, names)

    def _is_polite(self, text: str) -> bool:
        return self.wish.kind == "polite" or (self.wish.kind != "plain" and is_polite(text))

    def _settle(self, line: MaskedLine, words: str, mask: Masked, place: int) -> tuple[Fault, ...]:
        """Put the model's words for a line in its place, if nothing is wrong with them."""
        drops = self.wish.kind == "free" and _DROPS.search(self.wish.words) is not None
        freed = _FREED.get(self.wish.kind, frozenset()) | (_DROPPED if drops else frozenset())
        judged = judge(words, line, mask, polite=self._is_polite(line.text), allowed=_quoted(self.wish))
        faults = [one for one in judged if one.kind not in freed]
        gone = [] if drops else left_out(words, line.text)
        if gone and "lost" in freed:
            faults.append(Fault("lost", f"たたき台にある比較や向き（{'、'.join(gone)}）が抜けています。"))
        if self.wish.kind == "plain" and is_polite(words):
            faults.append(Fault("manner", "文末をである調（常体）にします。"))
        if len(words) < len(line.text) * _LEAST_KEPT:
            faults.append(Fault("length", "短すぎます。たたき台の内容を残します。"))
        if self.wish.kind == "shorter" and words.strip() != line.text and len(words) >= len(line.text):
            faults.append(Fault("length", "たたき台より短くなっていません。"))
        if faults:
            return tuple(faults)
        page, old = self.page, self.page.lines[place]
        blank = old[: len(old) - len(old.lstrip())]
        made = blank + line.mark + fill(words.strip(), mask)[0] + old[len(old.rstrip()) :]
        lines = [*page.lines[:place], made, *page.lines[place + 1 :]]
        before, after = "\n".join(page.lines), "\n".join(lines)
        if found_anew(page.passage, before, after, page.checker):
            return (Fault("checker", "書き方が記録と合いません。たたき台のとおりの意味で書きます。"),)
        if not drops and no_longer_read(page.passage, before, after, page.checker):
            return (Fault("checker", "何の値かが読み取れません。指標の名前と年度と値を、たたき台と同じ組で書きます。"),)
        page.lines = lines
        return ()


def _answer(asked: _Asked, own: Answer, name: str) -> Answer:
    """The model's words, else the rules' with what came of the asking."""
    page = asked.page
    if tuple(page.lines) != page.base:
        notes = [messages.selection_by_model(name)]
        if asked.fallen:
            notes.append(messages.selection_partly(asked.fallen))
        if asked.failure is not None:
            notes.append(messages.selection_unanswered(name, asked.failure.outcome))
        return Suggestion(page.passage, "\n".join(page.lines), name, "\n".join(notes), tuple(asked.prompts))
    if asked.failure is not None:
        why = messages.selection_unanswered(name, asked.failure.outcome)
    elif asked.fallen:
        why = messages.selection_left_by_model(name)
    elif isinstance(own, Suggestion) and asked.wish.kind != "shorter":
        # the model leaves the rules' words as they are
        return own
    else:
        why = messages.unchanged_by_model(name)
    if isinstance(own, Suggestion):
        return replace(own, note=f"{why}\n{own.note}")
    more = messages.ASK_OTHERWISE if asked.wish.kind == "free" else own.note
    return NoSuggestion(f"{why}\n{more}")
