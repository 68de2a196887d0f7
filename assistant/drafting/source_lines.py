"""The lines of last year's section: items, headings, paragraphs of sentences. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.note_lines import NoteLine
from corpus.items import split_items, split_sentences

Turn = Literal["on", "over", "acted", "ending"]
"""What became of last year's line: it goes on; the event that it tells lies before this sheet's year; something was
done about the issue; the plan is a single act of the year before the one that the section speaks of.
"""
_COMMON_HEADING = re.compile(r"コスト|費用|事業費|全体|総括|共通|その他")


@dataclass(frozen=True)
class SourceLine:
    """One line of last year's section: offsets of its sentences in the section's text; ``mark`` as written.

    ``turn``: what became of it since. ``acted``: the deed of this year by which an issue was acted upon.
    """

    start: int
    end: int
    mark: str
    heading: bool
    direction: int | None
    names_direction: bool
    sentences: tuple[tuple[int, int], ...]
    turn: Turn = "on"
    acted: NoteLine | None = None


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """A section's lines: an item with its mark, a heading, or a paragraph of sentences."""
    lines: list[SourceLine] = []
    common = False
    for item in split_items(text):
        mark = item.written[: len(item.written) - len(item.body)]
        names = item.heading and re.search(r"展開方向[ 　]*[0-9０-９①-⑳]", item.written) is not None
        common = not names and (common or (item.heading and _COMMON_HEADING.search(item.written) is not None))
        direction = None if common else item.direction
        body = item.start + len(mark)
        spans = [(body + start, body + end) for start, end in split_sentences(item.body)]
        if item.heading:
            lines.append(SourceLine(item.start, item.end, "", True, direction, names, ((item.start, item.end),)))
            continue
        before = lines[-1] if lines else None
        joins = before and not before.heading and not mark and "\n" not in text[before.end : item.start]
        if before is not None and joins:
            lines[-1] = SourceLine(
                before.start, item.end, before.mark, False, direction, False, (*before.sentences, *spans)
            )
        else:
            lines.append(SourceLine(item.start, item.end, mark, False, direction, False, tuple(spans)))
    return tuple(lines)
