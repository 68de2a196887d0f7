"""A shorter draft: what is worth least goes first, what a person must see never goes. Pure.

The order: additions behind an item (なお、また、) without a figure; other second sentences without a figure; items that
only add (このほか、); second sentences with figures; items from last year's text alone; items from notes; items on
indicators that were met. Sentences on missed targets, 【要記入】 and 【要確認】 stay, with what they lean on, and each
heading keeps an item.
"""

from collections.abc import Callable
from dataclasses import replace

from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.lines import Line, adds_only, begun, leans, lines_of, with_sentences

USUAL_SHARE = 2 / 3
"""「短く」 without a number asks for this part of the length."""

_KEPT = 99


def shortened(draft: Draft, misses: Callable[[DraftSentence], bool], limit: int | None = None) -> Draft:
    """The draft with at most ``limit`` characters (else two thirds of them), as far as what must stay allows.

    ``misses``: whether a sentence tells of a missed target.
    """
    wanted = limit if limit is not None else int(len(draft.text) * USUAL_SHARE)
    current = draft
    while len(current.text) > wanted:
        lines = lines_of(current)
        ranked = [
            (rank, -place, -at)
            for place, line in enumerate(lines)
            if line.kind == "item"
            for at, rank in enumerate(_ranks(line, lines, misses))
            if rank < _KEPT
        ]
        if not ranked:
            break
        _, place, at = min(ranked)
        current = with_sentences(current, _without(lines, -place, -at))
    return current


def _ranks(line: Line, lines: tuple[Line, ...], misses: Callable[[DraftSentence], bool]) -> list[int]:
    """How soon each sentence of an item goes; the first one takes the whole item with it."""
    kept = [misses(sentence) or "【要" in sentence.text for sentence in line.sentences]
    ranks = []
    alone = sum(other.kind == "item" and other.block == line.block for other in lines) == 1
    for at, sentence in enumerate(line.sentences):
        upheld = 0 < at < len(line.sentences) - 1 and leans(line.sentences[at + 1])
        if kept[at] or upheld or (at == 0 and (any(kept) or alone)):
            ranks.append(_KEPT)
            continue
        figures = any(origin.kind == "figure" for origin in sentence.origins)
        if at:
            ranks.append(4 if figures else 1 if adds_only(sentence) else 2)
            continue
        kinds = {origin.kind for told in line.sentences for origin in told.origins}
        ranks.append(3 if adds_only(sentence) and not figures else 7 if figures else 6 if "note" in kinds else 5)
    return ranks


def _without(lines: tuple[Line, ...], place: int, at: int) -> list[Line]:
    line = lines[place]
    if at:
        left = replace(line, sentences=(*line.sentences[:at], *line.sentences[at + 1 :]))
        return [*lines[:place], left, *lines[place + 1 :]]
    behind = list(lines[place + 1 :])
    goes_on = behind and behind[0].kind == "item" and not behind[0].sentences[0].new_line
    if goes_on and line.sentences[0].new_line:
        behind[0] = begun(behind[0], new_line=True)
    return [*lines[:place], *behind]
