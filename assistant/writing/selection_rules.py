"""What is wished of a passage marked in an editor, and what the rules make of it. Pure.

The rules are those by which drafts are revised; the marked text is a small draft to them, its figures just words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.checking import Checker, find_figures
from assistant.checking.findings import Finding
from assistant.drafting.draft import Draft, DraftSentence, Origin
from assistant.drafting.restyle import restyled
from assistant.drafting.revise import revise
from assistant.drafting.shorten import USUAL_SHARE
from assistant.drafting.widen import Stock, mentioned
from assistant.request_changes import changes_in
from assistant.request_text import normalised
from assistant.wishes import Change
from assistant.writing.known_words import POLITE_ENDS
from assistant.writing.selected import Selected
from corpus import messages
from corpus.items import is_heading, split_items, split_sentences

WishKind = Literal["shorter", "plain", "polite", "mention", "free"]
_MENTION = re.compile(r"「([^「」]{1,40})」に触れて")
_LENGTH = re.compile(r"([0-9]{1,5})\s*文?字")
_SPLIT = re.compile(r"分け|区切|分割")
_POLITE = re.compile(rf"{POLITE_ENDS}(?:[。．]|$)", re.MULTILINE)
_ENOUGH = 0.8
"""A passage that turns of phrase alone bring down to this part keeps all its sentences."""
_MOST_MENTIONED = 3
"""Sentences of the record that a mention brings in."""
_WORDY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(wordy), plain)
    for wordy, plain in (
        (r"することができ(?=[たなまずる])", "でき"),
        (r"(?<=[るたいうくすつぬむぶぐ])ことが必要(?:である|となる)", "必要がある"),
        (r"(?<=[るたいうくすつぬむぶぐ])ことが必要(?:です|となります)", "必要があります"),
        (r"(?<=[るたいうくすつぬむぶぐ])ものと(?=考え|思わ|見込|推測)", "と"),
        (r"を行うことにより、?", "により、"),
        (r"(?<=[ただる])ところである", ""),
        (r"(?<=[るただ])状況(?:である|となっている|にある)(?=[。．]|$)", ""),
        (r"(?<=て)いる状況(?:です|となっています|にあります)(?=[。．]|$)", "います"),
        (r"(?<=[0-9０-９％%人件回円一-龥])となって(?:おり|い)、", "で、"),
        (r"を図るため(?:に)?、", "のため、"),
        (r"(?<=[一-龥ァ-ヶー])において(?=[、もは])", "で"),
        (r"(?<=[一-龥ァ-ヶー])における", "の"),
        (r"(?:^|(?<=[。\n・]))(?:なお|また|さらに|加えて|このほか)、", ""),
    )
)
"""Turns of phrase that say no more than a shorter one."""


@dataclass(frozen=True)
class SelectionWish:
    """``words``: what to mention; how many characters at most (``shorter``, "" without); a wish in own words."""

    kind: WishKind
    words: str = ""


@dataclass(frozen=True)
class Ruled:
    """What the rules make of a marked passage. ``after``: None where they make nothing of it; ``note``: what is said.

    ``left``: sentences of it that the rules could not put as wished.
    """

    after: str | None
    note: str
    left: tuple[str, ...] = ()


def read_wish(text: str) -> SelectionWish:
    """What a message asks of the marked passage; more than one thing, or what no rule knows, is a ``free`` wish."""
    quoted = _MENTION.search(text)
    if quoted:
        return SelectionWish("mention", quoted[1].strip())
    changes = [] if _SPLIT.search(text) else changes_in(normalised(text))
    match changes:
        case [Change(kind="shorter")]:
            limit = _LENGTH.search(normalised(text))
            return SelectionWish("shorter", limit[1] if limit else "")
        case [Change(kind="plain")]:
            return SelectionWish("plain")
        case [Change(kind="polite")]:
            return SelectionWish("polite")
        case [Change(kind="mention", words=str(words))]:
            return SelectionWish("mention", words)
        case _:
            return SelectionWish("free", text.strip())


def is_polite(text: str) -> bool:
    """Whether the sentences of ``text`` that show their manner are in です・ます."""
    return _POLITE.search(text) is not None


def by_rules(wish: SelectionWish, passage: Selected, stock: Stock) -> Ruled:
    """What the rules make of the passage."""
    match wish.kind:
        case "shorter":
            return _shorter(wish, passage, stock)
        case "plain" | "polite":
            return _in_manner(passage, stock, to_polite=wish.kind == "polite")
        case "mention":
            return _mentioning(wish.words.strip(), passage, stock)
        case "free":
            return Ruled(None, messages.SELECTIONS_POSSIBLE)


def _shorter(wish: SelectionWish, passage: Selected, stock: Stock) -> Ruled:
    text = passage.text
    wanted = int(wish.words) if wish.words else int(len(text) * USUAL_SHARE)
    after = without_padding(text)
    if len(after) > (wanted if wish.words else max(wanted, int(len(text) * _ENOUGH))):
        draft = _draft(replace(passage, written=passage.exchanged(after), end=passage.start + len(after)), stock)
        after = revise(draft, Change(kind="shorter", words=str(wanted)), stock).draft.text
    if len(after) >= len(text):
        return Ruled(None, messages.NOT_SHORTER_BY_RULES)
    return Ruled(after, messages.CHANGED_BY_RULES)


def without_padding(text: str) -> str:
    """``text`` without turns of phrase that say no more than a shorter one."""
    for wordy, plain in _WORDY:
        text = wordy.sub(plain, text)
    return text


def _in_manner(passage: Selected, stock: Stock, *, to_polite: bool) -> Ruled:
    draft = _draft(passage, stock)
    made, left = restyled(draft, to_polite=to_polite)
    if made == draft:
        return Ruled(None, messages.endings_left(list(left)) if left else messages.NO_ENDING_TO_CHANGE, left)
    note = "\n".join((messages.CHANGED_BY_RULES, *((messages.endings_left(list(left)),) if left else ())))
    return Ruled(made.text, note, left)


def _mentioning(words: str, passage: Selected, stock: Stock) -> Ruled:
    """The passage with what the record of this measure holds about ``words``; nothing else may come in."""
    if not words:
        return Ruled(None, messages.WORDS_TO_MENTION_MISSING)
    draft = _draft(passage, stock)
    made, _, known = mentioned(draft, words, replace(stock, passages=()))
    old = set(draft.sentences)
    new = [one for one in made.sentences if one not in old and one.text.lstrip("・") not in passage.written]
    new = new[:_MOST_MENTIONED]
    if not new:
        known = known or made != draft
        return Ruled(None, messages.selection_mentions_already(words) if known else messages.nothing_to_mention(words))
    if _POLITE.search(passage.text) or re.search(r"[るただい]。", passage.text):
        only_new = replace(draft, sentences=tuple(new))
        new_in_manner = restyled(only_new, to_polite=is_polite(passage.text))[0].sentences
    else:
        new_in_manner = tuple(new)
    put = dict(zip(new, new_in_manner, strict=True))
    kept = tuple(put.get(one, one) for one in made.sentences if one in old or one in put)
    return Ruled(replace(made, sentences=kept).text, messages.selection_mentioned(words, len(new)))


def _draft(passage: Selected, stock: Stock) -> Draft:
    """The marked text as a draft of sentences that joined give it again, blank lines and blanks included."""
    sentences: list[DraftSentence] = []
    place = passage.start
    lines = passage.text.split("\n")
    for number, line in enumerate(lines):
        direction = direction_at(passage, place)
        heading = is_title(lines, number)
        cuts = [0, len(line)] if heading else [0, *(start for start, _ in split_sentences(line)[1:]), len(line)]
        for start, end in pairwise(cuts):
            text = line[start:end]
            origins = (Origin("figure"),) if find_figures(text) else ()
            sentences.append(DraftSentence(text, heading, direction, origins, start == 0))
        place += len(line) + 1
    return Draft(passage.section, None, stock.request.sheet.fiscal_year, tuple(sentences))


def direction_at(passage: Selected, place: int) -> int | None:
    """The 展開方向 under whose heading ``place`` of the whole text stands."""
    items: Sequence[int | None] = [item.direction for item in split_items(passage.written) if item.start <= place]
    return items[-1] if items else None


def is_title(lines: Sequence[str], place: int) -> bool:
    """Whether a line of a text is blank or a heading of those below it."""
    following = next((other for other in lines[place + 1 :] if other.strip()), "")
    return not lines[place].strip() or is_heading(lines[place], following)


def found_anew(passage: Selected, before: str, after: str, checker: Checker) -> list[Finding]:
    """What the checker has against the section with ``after`` in the passage's place, and not with ``before`` there."""
    old = Counter(one.gist for one in _findings(passage, before, checker) if one.verdict != "match")
    new: list[Finding] = []
    for one in _findings(passage, after, checker):
        if one.verdict != "match":
            if old[one.gist] <= 0:
                new.append(one)
            old[one.gist] -= 1
    return new


def no_longer_read(passage: Selected, before: str, after: str, checker: Checker) -> bool:
    """Whether a figure that the checker knew in ``before`` stands in ``after`` so that it knows it no more."""

    def known(text: str) -> Counter[tuple[object, ...]]:
        return Counter(one.subject for one in _findings(passage, text, checker) if one.verdict == "match")

    return bool(known(before) - known(after))


def _findings(passage: Selected, words: str, checker: Checker) -> list[Finding]:
    return checker.check(passage.exchanged(words), passage.section)
