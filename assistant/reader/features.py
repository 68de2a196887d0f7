"""What the learnt reader looks at in a message: named cues with their values. Pure.

Four views of the whole message: its signs, its shape (sections and directions put out of sight), its sound (a wrong
conversion like 仮題 sounds like what was meant), and the situation (what is named, what was asked before, how the rules
read it). A section is looked at by itself as well: what stands before and behind its name (「課題はいいから」).
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import request_words as frames
from assistant.request_context import last_of
from assistant.request_corrections import corrected
from assistant.request_rules import remaining_of
from assistant.request_targets import HIDDEN, Mentions, Named, mentions, named_sections
from assistant.request_text import normalised
from assistant.wishes import Wish
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile
from corpus.tokens import sound

Cues = Mapping[str, float]

LONGEST = 300
"""Signs of a message that can be looked at; a longer one is left to the rules."""
_SOUND_WEIGHT, _SITUATION_WEIGHT = 0.7, 0.5
_BEHIND, _BEFORE = 10, 6
"""Signs behind and before the name of a section that tell what is said of it."""
_TOLD_OFF = (
    *("いい", "不要", "いら", "要ら", "なし", "じゃな", "ではな", "抜き", "以外", "あと", "後", "まだ", "済", "できて"),
    *("踏まえ", "もとに", "基づ", "参考", "とおり", "通り", "いや", "違", "ちが"),
)
"""Words behind a section's name that may say it is not the one that is wanted."""
_FAR = 14
_SHORT, _LONG = 1, 4


@dataclass(frozen=True)
class Message:
    """A message and what is known when it comes. ``places``: the names of sections in ``named.text``.

    ``refused``: sections that only stand in parts which say what is not wanted. ``rules``: how the rules read it; None
    while learning from messages that the rules were made after.
    """

    text: str
    named: Mentions
    places: tuple[Named, ...]
    refused: frozenset[str]
    before: tuple[Wish, ...]
    rules: tuple[Wish, ...] | None
    fiscal_year: int

    @property
    def lent(self) -> Wish | None:
        """The newest wish before that is about a section."""
        return next((wish for wish in reversed(self.before) if wish.action != "unclear" and wish.section), None)


def message_of(text: str, read: str, sheet: SheetFile, before: Sequence[Wish], rules: Sequence[Wish] | None) -> Message:
    """A message about the open ``sheet``; ``read``: the text that the rules read, by its sound perhaps."""
    plain = corrected(normalised(read[:LONGEST]), sheet)
    named, remaining = mentions(plain, sheet), remaining_of(plain, sheet)
    refused = {key for part in remaining.excluded for key in mentions(part, sheet).sections}
    return Message(
        text[:LONGEST],
        named,
        tuple(named_sections(plain, sheet)),
        frozenset(refused - set(mentions(remaining.text, sheet).sections)),
        tuple(before),
        None if rules is None else tuple(rules),
        sheet.fiscal_year,
    )


def whole_cues(message: Message) -> Cues:
    """Cues of the whole message; those of its signs (``t:``) and its sound (``k:``) tell of sections as well."""
    plain = _without_manner(message.text)
    shape = re.sub(f"{HIDDEN}+", HIDDEN, message.named.rest)
    return {
        **_grams("t:", plain, _SHORT, _LONG, 1.0),
        **_grams("h:", shape, _SHORT, _LONG, 1.0),
        **_grams("k:", sound(plain), 2, 5, _SOUND_WEIGHT),
        **{f"s:{name}": _SITUATION_WEIGHT * value for name, value in _situation(message)},
    }


def _without_manner(text: str) -> str:
    """A message in small half-width letters, without greetings, thanks and the signs that only part or call."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = frames.THANKS.sub("", frames.GREETING.sub("", plain))
    return re.sub(r"[、。,!]+", " ", plain)


def section_cues(message: Message, key: str) -> Cues:
    """Cues for whether the section is part of what is wanted."""
    return {"p:" + name.replace("\n", " "): _SITUATION_WEIGHT * value for name, value in _of_section(message, key)}


def _grams(view: str, text: str, shortest: int, longest: int, weight: float) -> dict[str, float]:
    """Every run of signs of the text, its beginning and end marked; together they weigh ``weight``."""
    signs = f"^{''.join(text.split())}$"
    found = dict.fromkeys(
        signs[at : at + size] for size in range(shortest, longest + 1) for at in range(len(signs) - size + 1)
    )
    each = weight / math.sqrt(len(found))
    return {view + run: each for run in found}


def _situation(message: Message) -> Iterator[tuple[str, float]]:
    named, sections = message.named, message.named.sections
    yield "length", len(message.text) / 60
    for place, key in enumerate(sections):
        yield f"section {key}", 1
        if place == 0:
            yield f"first {key}", 1
        if place == len(sections) - 1:
            yield f"last {key}", 1
    yield f"sections {min(3, len(sections))}", 1
    yield f"directions {len(named.directions)}", 1
    for kind, years in (("year", named.named_years), ("model", named.model_years)):
        for year in set(years):
            yield f"{kind} {max(-2, min(3, year - message.fiscal_year))}", 1
    last = last_of(message.before)
    if message.before:
        yield "before", 1
    if last:
        yield f"before {last.action}", 1
        yield f"before section {last.section}", 1
    if message.rules is None:
        yield "no rules", 1
        return
    yield f"rules {len(message.rules)}", 1
    for name in {f"rules {wish.action}" for wish in message.rules} | {
        f"rules {wish.action} {wish.section}" for wish in message.rules
    }:
        yield name, 1


def _of_section(message: Message, key: str) -> Iterator[tuple[str, float]]:
    named, places = message.named, message.places
    yield f"is {key}", 1
    if key in message.refused:
        yield "refused", 1
    number = min(4, len({one for place in places for one in place.keys}))
    at = [place for place in places if key in place.keys]
    if at:
        yield from _named_as(message, key, at[-1], number)
    else:
        yield f"not named of {number}", 1
    lent = message.lent
    is_lent = lent is not None and lent.section == key
    if lent is not None and is_lent:
        yield "lent", 1
        yield f"lent of {min(3, number)}", 1
        yield f"lent {lent.action}", 1
        yield f"lent directions {len(named.directions)}", 1
        yield f"lent years {int(named.year_named)}", 1
        yield f"lent length {min(5, len(named.text) // 5)}", 1
        for run in _grams("", re.sub(f"{HIDDEN}+", HIDDEN, named.rest), 2, 3, 1):
            yield f"lent {run}", 1
    if lent is not None and lent.section and SECTION_KEYS.index(key) == SECTION_KEYS.index(lent.section) + 1:
        yield "follows", 1
        if "次" in named.text or "つぎ" in named.text:
            yield "follows next", 1
    if message.rules is None:
        yield "no rules", 1
        return
    read = [wish for wish in message.rules if wish.section == key]
    yield f"rules {bool(read)} named {bool(at)} of {min(3, len(message.rules))}", 1
    for action in {wish.action for wish in read}:
        yield f"rules {action}", 1
    if any(wish.action == "unclear" for wish in message.rules):
        yield f"rules unclear named {bool(at)} lent {is_lent}", 1


def _named_as(message: Message, key: str, place: Named, number: int) -> Iterator[tuple[str, float]]:
    text, at = message.named.text, message.places.index(place)
    yield "named", 1
    yield f"named of {number}", 1
    yield f"named {'first' if at == 0 else 'later'}", 1
    yield f"named {'last' if at == len(message.places) - 1 else 'earlier'}", 1
    if len(place.keys) > 1:
        yield "named with others", 1
    if key in message.named.sections:
        yield "kept", 1
    behind = f"{re.sub('[0-9]', '0', text[place.end : place.end + _BEHIND])}$"
    before = f"^{text[max(0, place.start - _BEFORE) : place.start]}"
    for size in range(1, min(9, len(behind)) + 1):
        yield f"behind {behind[:size]}", 1
    for size in range(1, min(5, len(before)) + 1):
        yield f"before {before[-size:]}", 1
    for run in _runs(behind, (2, 3, 4)):
        yield f"near {run}", 1
    for word in _TOLD_OFF:
        if word in text[place.end : place.end + _FAR]:
            yield f"off {word}", 1


def _runs(text: str, sizes: Iterable[int]) -> set[str]:
    return {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}
