"""Aligning two texts of a section: which sentence became which, whatever happened to it in between.

Pure. Sentences are the items and sentences of ``corpus.items`` without headings; ``align`` puts every one of either
text into exactly one ``Match``.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.fiscal import find_years
from corpus.items import Item, split_items
from corpus.tokens import content_words

Change = Literal["same", "years_only", "figures_only", "reworded", "moved", "new", "dropped", "split", "joined"]

_REWORDED_FROM = 0.45
"""Likeness (mean of shared subject words and shared pairs of signs, 0 to 1) from which a sentence was reworded."""
_NEARNESS = 0.1
"""What the same place in the text adds to a similarity, so that of two equal candidates the nearer one is taken."""
_FIGURE = re.compile(r"(?<!第)(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR_MARK, _FIGURE_MARK = "\ue000", "\ue001"


@dataclass(frozen=True)
class Sentence:
    """A sentence prepared for matching: exact, with its years masked, with its figures masked too, by subject words
    (without figures) and by pairs of signs.
    """

    item: Item
    exact: str
    masked_years: str
    masked: str
    subject: Counter[str]
    pairs: Counter[str]


@dataclass(frozen=True)
class Match:
    """Places of sentences that belong together: ``before`` is empty for a new one, ``after`` for a dropped one."""

    change: Change
    before: tuple[int, ...]
    after: tuple[int, ...]


def plain(text: str) -> str:
    """``text`` in NFKC without blanks: equal for texts that say the same in other widths."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _masked_years(text: str, around: int) -> str:
    masked, end = "", 0
    for mention in find_years(text, around):
        masked, end = masked + text[end : mention.start] + _YEAR_MARK, mention.end
    return masked + text[end:]


def sentences_of(text: str, year: int) -> list[Sentence]:
    """The sentences of a text of the sheet of fiscal year ``year``, in order."""
    found = []
    for item in split_items(text):
        if not item.heading:
            years = plain(_masked_years(item.body, year))
            masked = _FIGURE.sub(_FIGURE_MARK, years)
            subject = Counter(word for word in content_words(item.body) if not word[0].isdigit())
            pairs = Counter(masked[place : place + 2] for place in range(len(masked) - 1))
            found.append(Sentence(item, plain(item.body), years, masked, subject, pairs))
    return found


def likeness(first: Sentence, second: Sentence) -> float:
    """How much two sentences say the same, figures apart (0 to 1): words and pairs of signs of the shorter one.

    A note of a few words counts as alike where a long sentence holds all of it.
    """
    words = (first.subject & second.subject).total() / max(1, min(first.subject.total(), second.subject.total()))
    pairs = (first.pairs & second.pairs).total() / max(1, min(first.pairs.total(), second.pairs.total()))
    return (words + pairs) / 2


def align(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Match]:
    """Match every sentence of both texts: the same first, then what differs ever more; each is used once."""
    free_old, free_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
    matches: list[Match] = []

    def take(change: Change, before: Iterable[int], after: Iterable[int]) -> None:
        match = Match(change, tuple(before), tuple(after))
        matches.append(match)
        for place in match.before:
            del free_old[place]
        for place in match.after:
            del free_new[place]

    exact = _pairs(old, new, free_old, free_new, lambda sentence: sentence.exact)
    in_place = _longest_rising(exact)
    for before, after in exact:
        stays = (before, after) in in_place and _same_direction(old[before], new[after])
        take("same" if stays else "moved", [before], [after])
    for before, after in _pairs(old, new, free_old, free_new, lambda sentence: sentence.masked_years):
        take("years_only", [before], [after])
    for before, after in _pairs(old, new, free_old, free_new, lambda sentence: sentence.masked):
        take("figures_only", [before], [after])
    for whole, parts in _parts(old, new, list(free_old), list(free_new)):
        take("split", [whole], parts)
    for whole, parts in _parts(new, old, list(free_new), list(free_old)):
        take("joined", parts, [whole])
    for before, after in _reworded(old, new, list(free_old), list(free_new)):
        take("reworded", [before], [after])
    for before in list(free_old):
        take("dropped", [before], [])
    for after in list(free_new):
        take("new", [], [after])
    return matches


def _same_direction(before: Sentence, after: Sentence) -> bool:
    return before.item.direction == after.item.direction or None in (before.item.direction, after.item.direction)


def _pairs(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    free_old: Iterable[int],
    free_new: Iterable[int],
    key: Callable[[Sentence], str],
) -> list[tuple[int, int]]:
    """Sentences of equal key, in order; of several equal ones first those under the same 展開方向."""
    waiting_old, waiting_new, found = list(free_old), list(free_new), []
    for with_direction in (True, False):
        places: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for place in reversed(waiting_new):
            places[key(new[place]), new[place].item.direction if with_direction else None].append(place)
        for place in waiting_old:
            same = places[key(old[place]), old[place].item.direction if with_direction else None]
            if same:
                found.append((place, same.pop()))
        used_old, used_new = {pair[0] for pair in found}, {pair[1] for pair in found}
        waiting_old = [place for place in waiting_old if place not in used_old]
        waiting_new = [place for place in waiting_new if place not in used_new]
    return sorted(found)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most pairs (sorted by their first) that keep the order of both texts; the others have moved."""
    tails: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_, after) in enumerate(pairs):
        place = bisect_left(tails, after)
        tails[place : place + 1] = [after]
        last[place : place + 1] = [number]
        previous.append(last[place - 1] if place else -1)
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(pairs[number])
        number = previous[number]
    return kept


def _parts(
    wholes: Sequence[Sentence], pieces: Sequence[Sentence], free_wholes: list[int], free_pieces: list[int]
) -> list[tuple[int, list[int]]]:
    """Sentences that are two or more neighbouring ones of the other text put together, but for years and figures."""
    found: list[tuple[int, list[int]]] = []
    free = set(free_pieces)
    for whole in free_wholes:
        wanted = _bare(wholes[whole].masked)
        for first in sorted(free):
            run, text = [first], _bare(pieces[first].masked)
            while text and wanted.startswith(text) and text != wanted and run[-1] + 1 in free:
                run.append(run[-1] + 1)
                text += _bare(pieces[run[-1]].masked)
            if text == wanted and len(run) > 1:
                found.append((whole, run))
                free -= set(run)
                break
    return found


def _bare(text: str) -> str:
    return re.sub("[。、,，・]", "", text)


def _reworded(
    old: Sequence[Sentence], new: Sequence[Sentence], free_old: list[int], free_new: list[int]
) -> list[tuple[int, int]]:
    """Pairs that share enough of their subject, the most alike first; a rare word tells more than a frequent one."""
    among = [old[place].subject for place in free_old] + [new[place].subject for place in free_new]
    frequency = Counter(word for subject in among for word in subject)
    weight = {word: times**-0.5 for word, times in frequency.items()}
    holding: dict[str, list[int]] = defaultdict(list)
    for after in free_new:
        for word in new[after].subject:
            holding[word].append(after)
    size = {after: _weight_of(new[after].subject, weight) for after in free_new}
    candidates = []
    for before in free_old:
        shared: dict[int, float] = defaultdict(float)
        for word, times in old[before].subject.items():
            for after in holding[word]:
                shared[after] += weight[word] * min(times, new[after].subject[word])
        own = _weight_of(old[before].subject, weight)
        for after, common in shared.items():
            pairs = 2 * (old[before].pairs & new[after].pairs).total()
            pairs_of_both = old[before].pairs.total() + new[after].pairs.total()
            similarity = common / (own + size[after]) + pairs / max(1, pairs_of_both) / 2
            if similarity >= _REWORDED_FROM:
                distance = abs(before / max(len(old), 1) - after / max(len(new), 1))
                candidates.append((similarity + _NEARNESS * (1 - distance), before, after))
    found: list[tuple[int, int]] = []
    used_old, used_new = set[int](), set[int]()
    for _, before, after in sorted(candidates, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if before not in used_old and after not in used_new:
            found.append((before, after))
            used_old.add(before)
            used_new.add(after)
    return found


def _weight_of(subject: Counter[str], weight: Mapping[str, float]) -> float:
    return sum(weight[word] * times for word, times in subject.items())
