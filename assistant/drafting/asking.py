"""What a draft asks a person, said as rarely as possible: 【要記入：…】 and 【要確認：…】. Pure.

The rules: two or more figures of one sentence that the record does not know are one request, which keeps the words
between them (「【要記入：○人から○件】の意見が提出された」); a sentence has one 【要確認】, whatever is in doubt; and
what is asked of each of several items in a row is asked once, behind the last of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.drafting.draft import DraftSentence, Origin
from corpus.form import MARK_FILL_IN, mark_confirm, mark_fill_in

OPEN_PLACE = "○"
"""Stands for a figure to fill in within the words of a mark."""
_MARK = re.compile(r"【要(?P<kind>記入|確認)(?:：(?P<what>[^】]*))?】")
_LAST = re.compile(r"【要確認：(?P<topics>[^】]*)】$")
_DIGITS = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
_STOPS = re.compile("[、（(「『]")
_PARTICLE = re.compile(r"(?<=[一-龠々ァ-ヶー」』）])(?:では|には|は|が|も)")
_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"), ("『", "』"))
_LEAST_ITEMS = 2


def asked(topics: Iterable[str]) -> str:
    """One 【要確認：…】 for all that is in doubt about a sentence, "" for nothing."""
    listed = "、".join(dict.fromkeys(topics))
    return mark_confirm(listed) if listed else ""


def asked_also(text: str, topic: str) -> tuple[str, int]:
    """``text`` with ``topic`` in the 【要確認：…】 that ends it, or in one of its own; and where ``topic`` begins."""
    last = _LAST.search(text)
    before = f"{text[:-1]}、" if last else f"{text}【要確認："
    return f"{before}{topic}】", len(before)


def in_one_request(words: str) -> str | None:
    """The request for ``words`` with their blanks as 「○」; None where they cannot stand in a mark."""
    told = words.replace(MARK_FILL_IN, OPEN_PLACE).replace(mark_fill_in("割合"), f"{OPEN_PLACE}割")
    balanced = all(told.count(first) == told.count(last) for first, last in _PAIRS)
    return mark_fill_in(told) if balanced and not re.search("[【】]", told) else None


def request_starts(sentence: str, least: int, blank: int) -> Iterable[int]:
    """Where a request may begin whose first blank stands at ``blank``, best first, not before ``least``.

    Behind the particle of what the clause is about (「…は、」「…が」), else with its clause, else with the blank.
    """
    stops = [match.end() for match in _STOPS.finditer(sentence, least, blank)]
    clause = stops[-1] if stops else least
    whole = max(least, sentence.rfind("、", least, blank) + 1)
    told = [match.end() for match in _PARTICLE.finditer(sentence, clause, blank)]
    return dict.fromkeys((told[-1] if told else clause, clause, whole, blank))


def as_question(sentence: DraftSentence, asks: str) -> DraftSentence:
    """A carried sentence that cannot be asserted, as a question that quotes it: 【要確認：昨年度の「…」{asks}】.

    Figures and marks in it become 「○」; its origins of last year stay.
    """
    mark = sentence.text[: len(sentence.text) - len(sentence.text.lstrip("・◆〇○●◎■□※－- 　"))]
    words = sentence.text[len(mark) :]
    spans = [(o.start, o.end) for o in sentence.origins if o.kind == "figure" and o.start is not None and o.end]
    for start, end in sorted(set(spans), reverse=True):
        at, to = start - len(mark), end - len(mark)
        words = words[:at] + _DIGITS.sub(OPEN_PLACE, words[at:to], count=1) + words[to:]
    words = _MARK.sub(lambda found: (found["what"] or OPEN_PLACE) if found["kind"] == "記入" else "", words)
    words = words.rstrip("。 ").replace("「", "『").replace("」", "』")
    origins = tuple(o for o in sentence.origins if o.kind == "last_year") or (Origin("form"),)
    text = mark + mark_confirm(f"昨年度の「{words}」{asks}")
    return DraftSentence(text, sentence.heading, sentence.direction, origins, sentence.new_line)


def asked_once(sentences: Sequence[DraftSentence], topics: Iterable[str]) -> list[DraftSentence]:
    """The sentences, a question of ``topics`` that ends every item of a row of them asked once, on a line behind it.

    ``topics``: what is asked of items. A single item keeps its question.
    """
    items = _items(sentences)
    made: list[DraftSentence] = []
    place = 0
    while place < len(items):
        topic = _topic(items[place], topics)
        end = place + 1
        while topic and end < len(items) and _topic(items[end], topics) == topic:
            end += 1
        if topic is None or end - place < _LEAST_ITEMS:
            made += items[place]
            place += 1
            continue
        made += [sentence for item in items[place:end] for sentence in _without(item, topic)]
        made.append(DraftSentence(mark_confirm(topic), False, made[-1].direction, (Origin("form"),)))
        place = end
    return made


def _items(sentences: Sequence[DraftSentence]) -> list[list[DraftSentence]]:
    items: list[list[DraftSentence]] = []
    for sentence in sentences:
        if sentence.new_line or not items:
            items.append([])
        items[-1].append(sentence)
    return items


def _topic(item: Sequence[DraftSentence], topics: Iterable[str]) -> str | None:
    found = _LAST.search(item[-1].text)
    last = found["topics"].rsplit("、", 1)[-1] if found else None
    return last if last in set(topics) and not item[-1].heading else None


def _without(item: Sequence[DraftSentence], topic: str) -> list[DraftSentence]:
    last = item[-1]
    text = re.sub(rf"(?:、{re.escape(topic)}(?=】$)|【要確認：{re.escape(topic)}】$)", "", last.text)
    return [*item[:-1], replace(last, text=text)]
