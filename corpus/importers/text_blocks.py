"""Lines of extracted text → pages of the form → blocks of content lines; wrapped lines rejoined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.form import CIRCLED_NUMBERS, ITEM_MARKS
from corpus.importers.text_labels import Label, labels_from
from corpus.items import is_heading

_ITEM_START = re.compile(rf"[{re.escape(''.join(ITEM_MARKS))}{CIRCLED_NUMBERS}]")
_BRACKETS = {"「": "」", "『": "』", "(": ")", "（": "）", "【": "】", "［": "］", "〔": "〕"}
_CLOSERS = {close: opened for opened, close in _BRACKETS.items()}
_LINES_TO_CLOSE = 4


@dataclass(frozen=True)
class Line:
    """A content line: its 1-based number in the source and its text without outer blanks."""

    number: int
    text: str


@dataclass(frozen=True)
class PrintedLabel:
    """A label as found: the source lines it takes, and the year it prints ("" for none)."""

    label: Label
    lines: tuple[int, ...]
    year: str


@dataclass(frozen=True)
class Block:
    """Content lines with no blank line or label between them.

    ``under``: the label printed directly above, no blank between; ``behind``: the label above across blank lines only.
    """

    lines: tuple[Line, ...]
    under: PrintedLabel | None = None
    behind: PrintedLabel | None = None

    @property
    def width(self) -> int:
        """The longest line, in signs."""
        return max(len(line.text) for line in self.lines)


@dataclass
class Page:
    """One page of the form: what is printed on it, in the order of the text."""

    number: int
    labels: list[PrintedLabel] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a label with this ``field`` is printed."""
        return any(found.label.field == name for found in self.labels)


def split_pages(text: str) -> list[tuple[int, list[str], int]]:
    """``(page number, lines, number of the first line)`` of each page found, in the order of the text.

    A page begins at its first printed heading (「５ 施策の現状」); what stands before any heading is page 1. A form
    feed starts a page too: lines between it and the page's heading belong to that page.
    """
    lines = re.sub(r"(?<!\n)\f", "\n\f", text).split("\n")
    starts: list[tuple[int, int]] = []
    feed: int | None = None
    for index, line in enumerate(lines):
        if line.startswith("\f"):
            feed = index
        _, found = labels_from([line.lstrip("\f")], 0, None)
        heading = next((label for label, _ in found if label.starts_page), None)
        if heading:
            starts.append((index if feed is None else feed, heading.page))
            feed = None
    if starts and starts[0][1] == 1:
        starts[0] = (0, 1)
    elif not starts or starts[0][0] > 0:
        starts.insert(0, (0, 1))
    ends = [begin for begin, _ in starts[1:]] + [len(lines)]
    return [
        (number, [line.lstrip("\f") for line in lines[begin:end]], begin + 1)
        for (begin, number), end in zip(starts, ends, strict=True)
    ]


def read_page(number: int, lines: Sequence[str], first: int) -> Page:
    """The labels and content blocks of a page; every line that is not blank is in exactly one of them."""
    page = Page(number)
    held: list[Line] = []
    under: PrintedLabel | None = None
    behind: PrintedLabel | None = None
    index = 0

    def close() -> None:
        nonlocal under, behind
        if held:
            page.blocks.append(Block(tuple(held), under, behind))
            held.clear()
            behind = None
        under = None

    every = list(lines)
    while index < len(every):
        if not every[index].strip():
            close()
            index += 1
            continue
        count, found = labels_from(every, index, number)
        if count:
            close()
            taken = tuple(range(first + index, first + index + count))
            printed = [PrintedLabel(label, taken, year) for label, year in found]
            page.labels += printed
            under = behind = next((entry for entry in printed if entry.label.sections), printed[-1])
            index += count
            continue
        held.append(Line(first + index, every[index].strip()))
        index += 1
    close()
    return page


def rejoin(blocks: Sequence[Block]) -> str:
    """The text of a section: wrapped lines joined; a break stays before an item, behind a heading, after a blank line.

    A sign like ② that opens a line inside an open bracket is no item: the sentence only wrapped there.
    """
    texts = [line for block in blocks for line in (*(line.text for line in block.lines), "")]
    out: list[str] = []
    broken = True
    for index, line in enumerate(texts):
        if not line:
            broken = True
            continue
        following = texts[index + 1 : index + 1 + _LINES_TO_CLOSE]
        starts_item = bool(_ITEM_START.match(line)) and not (out and _closes(out[-1], [line, *following]))
        if broken or starts_item or is_heading(out[-1], line):
            out.append(line)
        else:
            out[-1] += line
        broken = False
    return "\n".join(out)


def join(lines: Sequence[str]) -> str:
    """Lines that only wrap, as one."""
    return "".join(lines)


def _closes(before: str, following: Sequence[str]) -> bool:
    """Whether ``before`` leaves a bracket open that the following lines close."""
    open_brackets: list[str] = []
    for sign in before:
        if sign in _BRACKETS:
            open_brackets.append(_BRACKETS[sign])
        elif open_brackets and sign == open_brackets[-1]:
            open_brackets.pop()
    if not open_brackets:
        return False
    wanted, depth = open_brackets[-1], 0
    for line in following:
        if not line:
            return False
        for sign in line:
            if sign == _CLOSERS[wanted]:
                depth += 1
            elif sign == wanted:
                if depth == 0:
                    return True
                depth -= 1
    return False
