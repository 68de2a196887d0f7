"""A draft as what a person counts in it: lines under headings, items, and sentences whose words change. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.drafting.draft import Draft, DraftSentence, Origin
from corpus.form import CIRCLED_NUMBERS, ITEM_MARKS

_MARK = re.compile(rf"[{re.escape(''.join(ITEM_MARKS) + CIRCLED_NUMBERS)}][ 　]?|[（(][0-9０-９]{{1,2}}[）)][ 　]?")
_CONJUNCTION = re.compile(
    r"(?:また|さらに|加えて|なお|一方(?:で)?|その一方で|このほか|そのほか|併せて|あわせて|同時に|これに対し(?:て)?|反面)、"
)
_ADDITION = re.compile(r"(?:また|さらに|加えて|なお|このほか|そのほか|併せて|あわせて)、")
_LEANING = re.compile(
    r"(?:この?うち|うち|その(?!他|ほか)|それ|これ|この(?!ほか)|同|両|いずれも|前者|後者|目標[値の]|前年度?[のか]|昨年度[のか]|前回)"
)


@dataclass(frozen=True)
class Line:
    """``item``: what a person counts (1つ目, 2つ目): an item with its sentences, in prose one sentence. ``note``: a
    line that only asks to confirm the lines above it. ``block``: how many headings stand above it.
    """

    kind: Literal["heading", "item", "note"]
    block: int
    sentences: tuple[DraftSentence, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Edit:
    """``start``–``end`` of a sentence's text gives way to ``text``."""

    start: int
    end: int
    text: str


def lines_of(draft: Draft) -> tuple[Line, ...]:
    """The lines of a draft in order. Without any item mark its sentences are the items."""
    listed = is_listed(draft)
    lines: list[Line] = []
    block = 0
    for sentence in draft.sentences:
        before = lines[-1] if lines else None
        if sentence.heading:
            block += 1
            lines.append(Line("heading", block, (sentence,)))
        elif only_confirms(sentence):
            lines.append(Line("note", block, (sentence,)))
        elif listed and before is not None and before.kind == "item" and not sentence.new_line:
            lines[-1] = replace(before, sentences=(*before.sentences, sentence))
        else:
            lines.append(Line("item", block, (sentence,)))
    return tuple(lines)


def is_listed(draft: Draft) -> bool:
    """Whether the draft consists of items with marks."""
    return any(sentence.new_line and mark_of(sentence) for sentence in draft.sentences if not sentence.heading)


def mark_of(sentence: DraftSentence) -> str:
    """The mark that opens a sentence, "" without one."""
    found = None if sentence.heading else _MARK.match(sentence.text)
    return found[0] if found else ""


def only_confirms(sentence: DraftSentence) -> bool:
    """Whether a line is nothing but 【要確認】: it speaks of the lines above it."""
    return re.fullmatch(r"\s*(?:【要確認[^】]*】\s*)+", sentence.text) is not None


def with_sentences(draft: Draft, lines: Iterable[Line]) -> Draft:
    """``draft`` of other lines."""
    return replace(draft, sentences=tuple(sentence for line in lines for sentence in line.sentences))


def edited(sentence: DraftSentence, edits: Sequence[Edit]) -> DraftSentence:
    """The sentence with its words changed at disjoint places; every origin stays with its own words."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    text, place = "", 0
    for edit in ordered:
        text, place = text + sentence.text[place : edit.start] + edit.text, edit.end

    def moved(at: int, *, end: bool) -> int:
        by = 0
        for edit in ordered:
            if at >= edit.end and (at > edit.start or end or edit.end > edit.start):
                by += len(edit.text) - (edit.end - edit.start)
            elif at > edit.start:
                return edit.start + by + (len(edit.text) if end else 0)
        return at + by

    def kept(origin: Origin) -> Origin:
        if origin.start is None or origin.end is None:
            return origin
        start, stop = moved(origin.start, end=False), moved(origin.end, end=True)
        return replace(origin, start=start, end=max(start, stop))

    return replace(sentence, text=text + sentence.text[place:], origins=tuple(kept(one) for one in sentence.origins))


def without_mark(sentence: DraftSentence) -> DraftSentence:
    """The sentence without its item mark."""
    return edited(sentence, [Edit(0, len(mark_of(sentence)), "")]) if mark_of(sentence) else sentence


def opened(sentence: DraftSentence, words: str) -> DraftSentence:
    """The sentence with ``words`` (a mark or a conjunction) in front, behind its mark if ``words`` is no mark."""
    at = 0 if _MARK.fullmatch(words) else len(mark_of(sentence))
    return edited(sentence, [Edit(at, at, words)]) if words else sentence


def conjunction_of(sentence: DraftSentence) -> str:
    """The conjunction that opens a sentence behind its mark, "" without one."""
    found = _CONJUNCTION.match(sentence.text, len(mark_of(sentence)))
    return found[0] if found else ""


def adds_only(sentence: DraftSentence) -> bool:
    """Whether a sentence opens as an addition to what stands before it (なお、また、このほか)."""
    return _ADDITION.match(sentence.text, len(mark_of(sentence))) is not None


def leans(sentence: DraftSentence) -> bool:
    """Whether a sentence says nothing without the one before it: 「うち15件は…」「目標の150件には届かなかった」."""
    return not mark_of(sentence) and _LEANING.match(sentence.text) is not None


def without_conjunction(sentence: DraftSentence) -> DraftSentence:
    """The sentence without the conjunction that opens it."""
    words = conjunction_of(sentence)
    at = len(mark_of(sentence))
    return edited(sentence, [Edit(at, at + len(words), "")]) if words else sentence


def begun(line: Line, *, new_line: bool) -> Line:
    """The line with its first sentence on a new line, or behind the one before it."""
    first, *others = line.sentences
    return replace(line, sentences=(replace(first, new_line=new_line), *others))
