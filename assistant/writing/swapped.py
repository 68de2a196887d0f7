"""Words of a line that have changed places: what belonged to one word and now belongs to another. Pure.

The other rules look at which words a rewrite has; these look at what stands beside each: 「高齢者の入居を断る家主」 is
not 「家主の入居を断る高齢者」, and a cause of one sentence is not that of another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from assistant.writing.comparisons import Said, comparisons
from assistant.writing.known_words import GENERAL
from assistant.writing.view import view

_JOINS = re.compile("[一-龠々ァ-ヴーＡ-Ｚ]+")
_BELONGING = ("の", "による", "に関する", "への", "からの", "との")
_ATTRIBUTIVE = ("た", "る", "い", "な")
_SLOT = re.compile("[FYKMP][0-9]+")
_Context = dict[tuple[str, str], set[str]]


@dataclass(frozen=True)
class _Unit:
    """A content word, or several that are written as one; ``start`` and ``end`` in the plain text of the view."""

    name: str
    start: int
    end: int


def swapped(candidate: str, line: str) -> list[str]:
    """The words of ``candidate`` that stand with other words, or in another sentence, than they do in ``line``."""
    return list(dict.fromkeys([*_with_others(candidate, line), *_in_other_sentences(candidate, line)]))


def _with_others(candidate: str, line: str) -> list[str]:
    old_before, old_behind, own = _contexts(line)
    new_before, new_behind, _ = _contexts(candidate)
    found: list[str] = []
    for (kana, second), firsts in new_before.items():
        known = old_before.get((kana, second))
        if known and kana and not firsts & known and not _is_handled(second):
            found += [word for word in sorted(firsts & own) if not _is_handled(word)]
    for (first, kana), seconds in new_behind.items():
        known = old_behind.get((first, kana))
        if known and not seconds & known and _SLOT.fullmatch(first) is None:
            found += [word for word in sorted(seconds & own) if not _is_handled(word)]
    return found


def _is_handled(word: str) -> bool:
    """Slots and names are looked after elsewhere (``places``), and words without a subject of their own say nothing."""
    return _SLOT.fullmatch(word) is not None or word.startswith(("「", "『")) or word in GENERAL


def _units(text: str) -> list[_Unit]:
    seen = view(text)
    named = dict(seen.slots) | dict(seen.names)
    found: list[_Unit] = []
    for word in seen.words:
        if not (word.content or word.surface in "◆◇" or word.affix):
            continue
        name = named.get(word.start, word.normal)
        last = found[-1] if found else None
        joined = last is not None and last.end == word.start and word.start not in named
        if last and joined and _JOINS.fullmatch(word.surface) and _JOINS.fullmatch(seen.plain[last.start : last.end]):
            found[-1] = _Unit(last.name + name, last.start, word.end)
        else:
            found.append(_Unit(name, word.start, word.end))
    return found


def _contexts(text: str) -> tuple[_Context, _Context, set[str]]:
    """What stands before (kana, word), what stands behind (word, kana) where it belongs to it, and all words."""
    units, plain = _units(text), view(text).plain
    before_it: _Context = {}
    behind_it: _Context = {}
    for first, second in pairwise(units):
        between = plain[first.end : second.start]
        if "。" in between:
            continue
        kana = between.replace("、", "")
        before_it.setdefault((kana, second.name), set()).add(first.name)
        if kana in _BELONGING or kana.endswith(_ATTRIBUTIVE):
            behind_it.setdefault((first.name, kana), set()).add(second.name)
    return before_it, behind_it, {unit.name for unit in units}


def _in_other_sentences(candidate: str, line: str) -> list[str]:
    """Where both have as many sentences, the words that stand in another one than in the line."""
    own, new = _sentences(line), _sentences(candidate)
    if len(own) != len(new) or len(own) < 2:
        return []
    found: list[str] = []
    for words in new:
        # whole sentences may change places
        same = max(own, key=lambda one: len(one & words))
        found += [word for word in sorted(words - same) if any(word in other for other in own)]
    return found


def _sentences(text: str) -> list[set[str]]:
    """The words and slots of each sentence; those of comparison are looked after elsewhere."""
    seen, said = view(text), comparisons(text)
    named = dict(seen.slots) | dict(seen.names)
    found: list[set[str]] = [set()]
    for word in seen.words:
        if word.surface == "。":
            found.append(set())
        elif word.start in named:
            found[-1].add(named[word.start])
        elif word.content and not (word.normal in GENERAL or _is_compared(word.start, word.end, said)):
            found[-1].add(word.normal)
    return [words for words in found if words]


def _is_compared(start: int, end: int, said: Iterable[Said]) -> bool:
    return any(one.start < end and start < one.end for one in said)
