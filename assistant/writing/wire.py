"""What is sent to the model for some lines of a draft, and how its answer is read line by line. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.writing.hiding import hidden
from assistant.writing.slots import normal_slots
from assistant.writing.values import Fault, Masked, MaskedLine
from corpus.form import SECTION_BY_KEY
from prompts import Prompted, load_prompt

MOST_LINES = 5
MOST_SIGNS = 600
"""Lines, and characters of them, in one call: a small model loses count of more."""
REPAIRS = 2
LONGEST_LAST_YEAR = 350
LONGEST_SIMILAR = 120
MOST_SIMILAR = 2
_ANSWER = re.compile(r"\s*[*＊「・]{0,2}\s*([A-ZＡ-Ｚ])\s*[*＊」]{0,2}\s*[:：.．)）]\s*(.*)")
_HALF = str.maketrans({chr(ord("Ａ") + place): chr(ord("A") + place) for place in range(26)})
_NONE = "（なし）"


@dataclass(frozen=True)
class Setting:
    """What all calls of a draft have in common: the section, and how it was put before.

    ``directions``: names of the 展開方向 by number. ``last_year``: texts by 展開方向 (None: of the whole section).
    """

    section: str
    directions: Mapping[int, str]
    last_year: Mapping[int | None, str]
    similar: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A line of the model that did not get through. ``words``: "" where it wrote none."""

    line: MaskedLine
    words: str
    faults: tuple[Fault, ...]


def in_calls(places: Iterable[int], length: Callable[[int], int]) -> Iterator[list[int]]:
    """The places of lines of some ``length``, those of one call together."""
    held: list[int] = []
    for place in places:
        if held and (len(held) == MOST_LINES or sum(map(length, (*held, place))) > MOST_SIGNS):
            yield held
            held = []
        held = [*held, place]
    if held:
        yield held


def writing(masked: Masked, setting: Setting) -> Prompted:
    """The first call for some lines."""
    directions = tuple(dict.fromkeys(line.sentences[0].direction for line in masked.lines))
    names = [setting.directions[one] for one in directions if one is not None and one in setting.directions]
    before = "\n".join(filter(None, (setting.last_year.get(one) for one in directions)))
    similar = [hidden(text, setting.names)[:LONGEST_SIMILAR] for text in setting.similar[:MOST_SIMILAR]]
    return load_prompt("write").filled(
        place=SECTION_BY_KEY[setting.section].title,
        direction=f"展開方向：{hidden('、'.join(names))}" if names else "",
        meanings=_meanings(masked, masked.lines),
        last_year=hidden(before, setting.names)[:LONGEST_LAST_YEAR] or _NONE,
        similar="\n".join(similar) or _NONE,
        lines=_lines(masked.lines),
    )


def mending(masked: Masked, rejected: Sequence[Rejected]) -> Prompted:
    """A further call, for the lines that did not get through, with what is wrong with each."""
    lines = [one.line for one in rejected]
    return load_prompt("mend").filled(meanings=_meanings(masked, lines), faults=_faults(rejected), lines=_lines(lines))


def editing(
    masked: Masked, wish: str, lines: Sequence[MaskedLine], rejected: Sequence[Rejected], *, polite: bool
) -> Prompted:
    """A call for lines of a marked passage, with what is wished of them, and what was wrong with the last answer."""
    return load_prompt("edit").filled(
        wish=wish,
        ending=_manner(polite=polite),
        meanings=_meanings(masked, lines),
        faults=_faults(rejected) or _NONE,
        lines=_lines(lines),
    )


def _faults(rejected: Iterable[Rejected]) -> str:
    """What is wrong with each line; the words themselves are left out, for a weak model only says them again."""
    return "\n".join(f"{one.line.key}: {''.join(fault.told for fault in one.faults)}" for one in rejected)


def _manner(*, polite: bool) -> str:
    return "です・ます調" if polite else "である調（常体）"


def _lines(lines: Iterable[MaskedLine]) -> str:
    return "\n".join(f"{line.key}: {line.text}" for line in lines)


def _meanings(masked: Masked, lines: Iterable[MaskedLine]) -> str:
    names = dict.fromkeys(name for line in lines for name in line.slots)
    return "\n".join(f"[[{name}]] {masked.slots[name].meaning}" for name in names) or _NONE


def answered_lines(pieces: Iterable[str | None], keys: Sequence[str]) -> Iterator[tuple[str, str] | None]:
    """(key, words) as soon as a line of the answer is complete; None while it is waited for. Ends when all came.

    The first answer to a key counts. An answer to one single line may come without its key, where none comes with it.
    """
    rest, missing, spare = "", list(keys), ""
    for piece in pieces:
        if piece is None:
            yield None
            continue
        rest += piece
        *complete, rest = rest.split("\n")
        for line in complete:
            found = _read(line, missing)
            if found:
                yield found
            spare = spare or _unkeyed(line)
        if not missing:
            return
        yield None
    found = _read(rest, missing)
    spare = spare or _unkeyed(rest)
    if found:
        yield found
    elif len(keys) == 1 and missing and spare:
        yield keys[0], normal_slots(spare)


def _read(line: str, missing: list[str]) -> tuple[str, str] | None:
    """The answer in a line, if it is one that is still missing; strikes it off."""
    match = _ANSWER.match(line)
    if match is None:
        return None
    key, words = match[1].translate(_HALF), match[2].strip()
    if key not in missing or not words:
        return None
    missing.remove(key)
    return key, normal_slots(words)


def _unkeyed(line: str) -> str:
    """The words of a line that no key opens, "" where it has none or is a tag."""
    words = line.strip()
    return "" if words.startswith("<") or _ANSWER.match(line) else words
