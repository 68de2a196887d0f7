"""The city's preferred words in a draft: 「子供」 → 「こども」, each origin's place kept right. Pure.

Marks (【…】), names in 「」 and 『』, stored names and figures are never changed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.drafting.draft import DraftSentence, Origin
from corpus.city import PreferredWord
from corpus.sheetfile import SheetFile

_KEPT = re.compile(r"【[^】]*】|「[^」]*」|『[^』]*』")


def preferred(
    sentences: Iterable[DraftSentence], words: Sequence[PreferredWord], names: Sequence[str] = ()
) -> tuple[DraftSentence, ...]:
    """The sentences with each word to avoid replaced; what stands there as the preferred word already stays.

    ``names``: proper names that keep their words. Of two words to avoid at one place the longer one counts.
    """
    instead = {word.avoid: " ".join(word.use.split()) for word in words}
    known = {*instead, *(use for use in instead.values() if use)}
    if not instead:
        return tuple(sentences)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(known, key=lambda word: (-len(word), word))))
    proper = [re.compile(re.escape(name)) for name in sorted(set(names), key=lambda name: (-len(name), name)) if name]
    return tuple(_reworded(sentence, pattern, instead, proper) for sentence in sentences)


def proper_names(sheet: SheetFile) -> tuple[str, ...]:
    """The stored names that a draft may print: measure, 展開方向, indicators, divisions, 事務事業, cities, people."""
    facts = sheet.facts
    names = [sheet.measure.name, sheet.municipality, sheet.lead_division, *sheet.related_divisions]
    names += [*(entry.name for entry in sheet.directions), *(entry.name for entry in sheet.indicators)]
    names += [note.name for note in facts.projects]
    names += [*(note.city for note in facts.other_cities), *(note.who for note in facts.opinions)]
    return tuple(name for name in names if name)


def _reworded(
    sentence: DraftSentence, pattern: re.Pattern[str], instead: dict[str, str], proper: Sequence[re.Pattern[str]]
) -> DraftSentence:
    kept = [match.span() for known in (_KEPT, *proper) for match in known.finditer(sentence.text)]
    figures = (origin for origin in sentence.origins if origin.kind == "figure")
    kept += [(origin.start, origin.end) for origin in figures if origin.start is not None and origin.end is not None]
    edits = [
        (match.start(), match.end(), instead[match[0]])
        for match in pattern.finditer(sentence.text)
        if match[0] in instead and not any(match.start() < end and start < match.end() for start, end in kept)
    ]
    text, place = "", 0
    for start, end, use in edits:
        text, place = text + sentence.text[place:start] + use, end
    text += sentence.text[place:]
    if not edits or not text.strip():
        return sentence
    origins = tuple(_moved(origin, edits) for origin in sentence.origins)
    return replace(sentence, text=text, origins=origins)


def _moved(origin: Origin, edits: Sequence[tuple[int, int, str]]) -> Origin:
    if origin.start is None or origin.end is None:
        return origin
    return replace(origin, start=_place(origin.start, edits, end=False), end=_place(origin.end, edits, end=True))


def _place(at: int, edits: Sequence[tuple[int, int, str]], *, end: bool) -> int:
    """Where the boundary ``at`` lies after the edits; within a replaced word: behind it for an end, else before it."""
    moved = 0
    for start, stop, use in edits:
        if stop <= at:
            moved += len(use) - (stop - start)
        elif start < at:
            return start + moved + (len(use) if end else 0)
    return at + moved
