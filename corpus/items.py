"""A narrative taken apart as people wrote it: headings, items and sentences, with their places in the text.

Search passages, carrying last year's text on, and comparing all work on these parts, so they are found here once.
"""

import re
from dataclasses import dataclass

from corpus.fiscal import FULL_WIDTH_DIGITS
from corpus.form import CIRCLED_NUMBERS, ITEM_MARKS

_MARK = re.compile(rf"[ 　\t]*(?P<mark>[{re.escape(''.join(ITEM_MARKS))}{CIRCLED_NUMBERS}])[ 　]*")
_DIRECTION = re.compile(r"展開方向[ 　]*(?P<number>[0-9０-９]|[①-⑳])")
_BEFORE_DIRECTION = re.compile(
    rf"[ 　{re.escape(''.join(ITEM_MARKS))}{CIRCLED_NUMBERS}]*(?:[（(]?[0-9０-９]{{1,2}}[）).．])?[ 　【（(［\[〔]*"
)
"""What stands before 「展開方向１」 in a heading: 「①」「◆」「（１）」「【」「〔」."""
_COST_TITLE = re.compile(r"(?:トータル)?コスト|費用|事業費")
"""What stands in a heading above the costs, which belong to no 展開方向: 「〇コスト」「（３）コスト」「コスト」."""
_CLOSING = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "［": "］", "〔": "〕"}
_SENTENCE_SIGN = re.compile(f"[\n。！？{re.escape(''.join((*_CLOSING, *_CLOSING.values())))}]")
"""What may open a bracket, close one or end a sentence."""
_HEADING_MARKS = "〇○◎■□●"
_OUTER_MARKS = "〇○◎●"
"""A heading with one of these stands above 「①展開方向１」 (the form's own 「〇成果実績」), so it ends a direction."""
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Item:
    """``text[start:end]`` is ``written``; ``body`` is it without its mark (「・」).

    ``heading``: names what follows and states nothing itself. ``direction``: the 展開方向 it stands under, if any.
    An unmarked paragraph gives one item a sentence; a marked item stays whole, whatever its sentences.
    """

    start: int
    end: int
    written: str
    mark: str
    body: str
    heading: bool
    direction: int | None


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences: each ends behind 「。」 (or ！？), except inside brackets, or at a line break."""
    spans: list[tuple[int, int]] = []
    start, open_brackets = 0, list[str]()
    for match in _SENTENCE_SIGN.finditer(text):
        place, sign = match.start(), match.group()
        if sign in _CLOSING:
            open_brackets.append(_CLOSING[sign])
        elif open_brackets and sign == open_brackets[-1]:
            open_brackets.pop()
        elif sign == "\n":
            spans.append((start, place))
            start = place + 1
            open_brackets.clear()
        elif sign in "。！？" and not open_brackets:
            spans.append((start, place + 1))
            start = place + 1
    spans.append((start, len(text)))
    return [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]


def split_items(text: str) -> list[Item]:
    """Every heading, item and sentence of a narrative, in order; nothing but blanks lies between them."""
    items: list[Item] = []
    direction: int | None = None
    circled = False
    lines = [_stripped(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    lines = [(start, end) for start, end in lines if start < end]
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if is_heading(line, following):
            named = _DIRECTION.search(line)
            if named:
                direction, circled = _direction_number(named["number"]), line[0] in CIRCLED_NUMBERS
            elif _names_costs(line) or (circled and line[0] in _OUTER_MARKS):
                direction = None
            items.append(_item(text, start, end, heading=True, direction=direction))
        elif _MARK.match(line):
            items.append(_item(text, start, end, heading=False, direction=direction))
        else:
            items += [
                _item(text, start + first, start + last, heading=False, direction=direction)
                for first, last in split_sentences(line)
            ]
    return items


def is_heading(line: str, following: str) -> bool:
    """Whether a line only names what stands below it (「①展開方向１「…」」「〇成果実績」「【福祉】」)."""
    line = line.strip()
    if len(line) > _LONGEST_HEADING or line.endswith(("。", "、")):
        return False
    named = _DIRECTION.search(line)
    if named and _BEFORE_DIRECTION.fullmatch(line[: named.start()]):
        behind = line[named.end() :]
        rest = behind.strip(" 　:：）)】]］〕")
        # a blank or bracket sets the name off (「展開方向1　にぎわいづくり」); without one it may be a statement
        set_off = behind[:1] in "「『" if rest == behind else not behind.startswith(rest)
        return rest == "" or set_off or not re.search(r"[はがをに]", rest)
    if following and not line.startswith("・") and _names_costs(line):
        return True
    if line.startswith("【") and line.endswith("】"):
        return not line.startswith(("【要記入", "【要確認"))
    mark, next_mark = _MARK.match(line), _MARK.match(following)
    if mark is None or next_mark is None:
        return False
    opens = next_mark["mark"] == "・" or (next_mark["mark"] in CIRCLED_NUMBERS and "展開方向" in following)
    return mark["mark"] in _HEADING_MARKS + CIRCLED_NUMBERS and opens


def _names_costs(line: str) -> bool:
    before = _BEFORE_DIRECTION.match(line)
    title = line[before.end() :] if before else line
    return _COST_TITLE.fullmatch(title.strip(" 　:：）)】]］〕")) is not None


def _direction_number(written: str) -> int:
    return (
        CIRCLED_NUMBERS.index(written) + 1 if written in CIRCLED_NUMBERS else int(written.translate(FULL_WIDTH_DIGITS))
    )


def _item(text: str, start: int, end: int, *, heading: bool, direction: int | None) -> Item:
    written = text[start:end]
    mark = _MARK.match(written)
    sign = mark["mark"] if mark else ""
    return Item(start, end, written, sign, written[mark.end() :] if mark else written, heading, direction)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
