"""The last draft as a person wants it: a draft and a change in, a new draft out, every origin kept. Pure.

What a change cannot do is said and left undone; the draft given stays as it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.checking import checker_of
from assistant.drafting.arrange import as_list, as_prose, dropped, exchanged, ordered, put_first
from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.lines import Line, lines_of
from assistant.drafting.restyle import restyled
from assistant.drafting.shorten import shortened
from assistant.drafting.verify import without_mismatch
from assistant.drafting.widen import Stock, lengthened, mentioned
from assistant.facts import standings
from assistant.wishes import Change
from corpus import messages

__all__ = ["Revised", "Stock", "revise", "revise_all"]

_FALLS_SHORT = re.compile(r"目標[^。]*(?:届か|及ば|下回|満た|至ら|達し(?:な|て(?:いな|おら))|達成でき(?:な|ませ)|未達)")


@dataclass(frozen=True)
class Revised:
    """A draft as it is now (the one given if nothing could be done), and what is to be said about it."""

    draft: Draft
    notes: tuple[str, ...] = ()


def revise_all(draft: Draft, changes: Sequence[Change], stock: Stock) -> Revised:
    """The draft with one change after the other; what the checker then finds contradicted gives way as in any draft."""
    current, notes = draft, list[str]()
    for change in changes:
        revised = revise(current, change, stock)
        current, notes = revised.draft, [*notes, *revised.notes]
    if current == draft:
        return Revised(draft, tuple(notes) or (messages.ALREADY_SO,))
    checker = checker_of(stock.request.sheet, stock.earlier, stock.request.tolerance)
    return Revised(
        replace(current, sentences=without_mismatch(current.sentences, current.section, checker)), tuple(notes)
    )


def revise(draft: Draft, change: Change, stock: Stock) -> Revised:
    """The draft with one change."""
    return _CHANGES[change.kind](draft, change, stock)


def _shorter(draft: Draft, change: Change, stock: Stock) -> Revised:
    found = re.search(r"[0-9]+", change.words or "")
    limit = int(found[0]) if found else None

    def misses(sentence: DraftSentence) -> bool:
        return _achieved(stock, (sentence,)) is False or _FALLS_SHORT.search(sentence.text) is not None

    made = shortened(draft, misses, limit)
    before, after = len(draft.text), len(made.text)
    if after == before:
        return Revised(draft, (messages.NOT_SHORTER,))
    notes = (messages.shortened(before, after),)
    return Revised(made, (*notes, messages.still_over(after)) if limit is not None and after > limit else notes)


def _longer(draft: Draft, change: Change, stock: Stock) -> Revised:
    made, count = lengthened(draft, stock)
    return Revised(made, (messages.lengthened(count) if count else messages.NOTHING_MORE,))


def _mention(draft: Draft, change: Change, stock: Stock) -> Revised:
    words = (change.words or "").strip()
    if not words:
        return Revised(draft, (messages.CHANGES_POSSIBLE,))
    made, count, known = mentioned(draft, words, stock)
    if count:
        return Revised(made, (messages.mentioned(words, count),))
    return Revised(draft, (messages.already_mentioned(words) if known else messages.nothing_to_mention(words),))


def _numbers(draft: Draft, change: Change) -> tuple[list[int], int, tuple[str, ...]]:
    """The items that a change names (from 1), how many there are, and what is wrong with them."""
    count = sum(line.kind == "item" for line in lines_of(draft))
    numbers = list(dict.fromkeys(count + 1 + number if number < 0 else number for number in change.items))
    missing = [number for number in numbers if not 1 <= number <= count]
    return numbers, count, (messages.no_such_item(missing, count),) if missing else ()


def _drop(draft: Draft, change: Change, stock: Stock) -> Revised:
    numbers, count, problem = _numbers(draft, change)
    if not numbers:
        return Revised(draft, (messages.which_items(count, "2つ目を削除して"),))
    if problem or len(numbers) == count:
        return Revised(draft, problem or (messages.NOTHING_TO_DROP,))
    return Revised(dropped(draft, numbers))


def _swap(draft: Draft, change: Change, stock: Stock) -> Revised:
    numbers, count, problem = _numbers(draft, change)
    if not numbers and count == 2:
        numbers = [1, 2]
    if len(numbers) != 2 or problem:
        return Revised(draft, problem or (messages.which_items(count, "1つ目と2つ目を入れ替えて"),))
    made = exchanged(draft, numbers[0], numbers[1])
    return Revised(draft, (messages.OTHER_DIRECTION,)) if made is None else Revised(made)


def _first(draft: Draft, change: Change, stock: Stock) -> Revised:
    numbers, count, problem = _numbers(draft, change)
    if not numbers or problem:
        return Revised(draft, problem or (messages.which_items(count, "3つ目を最初にして"),))
    made = put_first(draft, numbers)
    headings = {line.block for line in lines_of(draft) if line.kind == "item"}
    notes = (messages.FIRST_UNDER_HEADING,) if len(headings) > 1 else ()
    return Revised(made, notes) if made != draft else Revised(draft, (messages.ALREADY_SO,))


def _order(draft: Draft, change: Change, stock: Stock) -> Revised:
    """By what the words name: met or missed targets first, or the 展開方向; without them the question which."""
    words = change.words or ""
    rank: Callable[[Line], int]
    if re.search("未達|達成(?:して)?(?:い)?ない|課題|悪い", words):
        rank = _by_success(stock, best=False)
    elif re.search("達成|成果|良い|よい", words):
        rank = _by_success(stock, best=True)
    elif "方向" in words:
        rank = _by_direction
    else:
        return Revised(draft, (messages.WHICH_ORDER,))
    made = ordered(draft, rank)
    return Revised(made) if made != draft else Revised(draft, (messages.ALREADY_SO,))


def _by_direction(line: Line) -> int:
    return line.sentences[0].direction or 0


def _by_success(stock: Stock, *, best: bool) -> Callable[[Line], int]:
    ranks = {best: 0, not best: 1, None: 2}
    return lambda line: ranks[_achieved(stock, line.sentences)]


def _achieved(stock: Stock, sentences: Sequence[DraftSentence]) -> bool | None:
    """Whether the indicators that sentences give met their targets; False if one missed its own, None without any."""
    subjects = {origin.indicator for one in sentences for origin in one.origins if origin.indicator}
    found = [
        stand.achieved.good
        for stand in standings(stock.request.sheet, "outcome", earlier=stock.earlier)
        if stand.subject in subjects and stand.achieved is not None
    ]
    return None if not found else all(good is not False for good in found)


def _bullets(draft: Draft, change: Change, stock: Stock) -> Revised:
    return _or_already(draft, as_list(draft))


def _prose(draft: Draft, change: Change, stock: Stock) -> Revised:
    return _or_already(draft, as_prose(draft, lambda line: _achieved(stock, line.sentences)))


def _plain(draft: Draft, change: Change, stock: Stock) -> Revised:
    return _in_manner(draft, to_polite=False)


def _polite(draft: Draft, change: Change, stock: Stock) -> Revised:
    return _in_manner(draft, to_polite=True)


def _in_manner(draft: Draft, *, to_polite: bool) -> Revised:
    made, left = restyled(draft, to_polite=to_polite)
    notes = (messages.endings_left(list(left)),) if left else ()
    return Revised(made, notes) if made != draft or left else Revised(draft, (messages.ALREADY_SO,))


def _or_already(draft: Draft, made: Draft) -> Revised:
    return Revised(draft, (messages.ALREADY_SO,)) if made == draft else Revised(made)


def _reword(draft: Draft, change: Change, stock: Stock) -> Revised:
    return Revised(draft, (messages.CHANGES_POSSIBLE,))


_CHANGES: dict[str, Callable[[Draft, Change, Stock], Revised]] = {
    "shorter": _shorter,
    "longer": _longer,
    "drop": _drop,
    "swap": _swap,
    "first": _first,
    "order": _order,
    "bullets": _bullets,
    "prose": _prose,
    "plain": _plain,
    "polite": _polite,
    "mention": _mention,
    "reword": _reword,
}
