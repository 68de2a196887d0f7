"""The first page: header, target, purpose, directions, and the names and units of the indicators.

Extraction tears cells from their labels. A value is taken from its label where the two still stand together; otherwise
from what it is: a person's name, a division, an item list, a paragraph, a name that other pages repeat.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.fiscal import FULL_WIDTH_DIGITS
from corpus.form import ITEM_MARKS
from corpus.importers.text_blocks import Block, Line, Page, join, rejoin
from corpus.importers.text_labels import squash
from corpus.importers.text_table import PrintedName
from corpus.importers.text_units import PERCENT, is_unit

_PERSON = re.compile(r"[一-龥々〆ヵヶぁ-んァ-ン]{1,4}[ 　]+[一-龥々〆ヵヶぁ-んァ-ン]{1,5}")
_DIVISION = re.compile(r"[^。、\s]{1,18}(?:課|室|局|担当|係|センター|部|館|所|署|園|事務局|チーム|グループ)")
_LEADING = re.compile(r"(?:課|室|局|署|センター|事務局)$")
_LETTER = re.compile(r"[ア-カ]")
_NAMED = re.compile(r"(?:数|人口|量|額|率|割合|面積|延長|件|世帯|距離|時間|比)(?:[（(][^）)]*[）)])?$")
_RATIO = re.compile(r"(?:割合|率|比率|達成度|普及度)(?:[（(][^）)]*[）)])?$")
_PEOPLE = re.compile(r"(?:人口|者数|人数|人員|児童数|生徒数|会員数)(?:[（(][^）)]*[）)])?$")
_CODE = re.compile(r"(?P<code>[0-9０-９]{1,3}(?:[-－‐][0-9０-９]{1,3}){0,2})[ 　.．:：]+(?=\S)")
_DIRECTION = re.compile(r"展開方向[ 　]*(?P<number>[0-9０-９])[ 　:：]*[「『](?P<name>[^」』\n]{1,60})[」』]")
_ALIKE = 0.86
_HEADER_FIELDS = ("policy", "measure", "lead_division", "related_divisions", "lead_person")


@dataclass
class NamedIndicator:
    """An indicator as page 1 names it. ``letter`` and ``direction`` only where they are printed beside the name."""

    name: str
    unit: str | None
    line: int
    letter: str | None = None
    described: PrintedName | None = None


@dataclass
class Head:
    """What page 1 says. ``open``: fields that are not clear, with their candidates; ``unread``: lines of no use."""

    policy: str | None = None
    measure: str | None = None
    code: str | None = None
    lead_division: str | None = None
    lead_person: str | None = None
    related_divisions: list[str] = field(default_factory=list)
    target: str | None = None
    purpose: str | None = None
    direction_names: dict[int, str] = field(default_factory=dict)
    direction_purposes: list[str] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    population: list[NamedIndicator] = field(default_factory=list)
    outcomes: list[NamedIndicator] = field(default_factory=list)
    open: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def directions_named(texts: Sequence[str]) -> dict[int, str]:
    """Numbers and names of the 展開方向 as the headings of the narratives print them (the first of each number)."""
    found: dict[int, str] = {}
    for text in texts:
        for match in _DIRECTION.finditer(text):
            found.setdefault(int(match["number"].translate(FULL_WIDTH_DIGITS)), match["name"].strip())
    return dict(sorted(found.items()))


def read_head(page: Page, named: dict[int, str], described: Sequence[PrintedName]) -> Head:
    """Page 1 as a value. ``named``: directions by the narratives; ``described``: outcome indicators of page 2."""
    head = Head(direction_names=dict(named))
    units: list[str] = []
    rest: list[Block] = []
    labelled = _beside_labels(page)
    for block in page.blocks:
        lines = [line for line in block.lines if not _is_frame(line.text)]
        small = [line for line in lines if is_unit(line.text)]
        units += [line.text for line in small]
        lines = [line for line in lines if line not in small]
        if lines:
            rest.append(Block(tuple(lines), block.under, block.behind))
    paragraphs: list[Block] = []
    short: list[Line] = []
    for block in rest:
        if block.lines[0].text[0] in ITEM_MARKS:
            _take_items(head, block)
        elif block.lines[-1].text.endswith("。"):
            paragraphs.append(block)
        else:
            short += _indicators(head, block, described)
    _take_directions(head, short)
    _take_header(head, short, labelled)
    _take_purposes(head, paragraphs)
    _take_names(head, short)
    _give_units(head, units)
    _take_measure(head, short, labelled)
    head.unread += [line.text for line in short]
    return head


def alike(one: str, other: str) -> bool:
    """Whether two printings of a name are the same but for punctuation and widths."""
    first, second = (re.sub(r"[、。，,・「」（）()]", "", squash(text)) for text in (one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return first == second or (
        matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )


def _is_frame(text: str) -> bool:
    """Numbers and letters that the form prints before its empty rows."""
    return bool(re.fullmatch(r"(?:[1-9１-９]|[ア-カ]|[\s　])+", text))


def _beside_labels(page: Page) -> dict[str, list[str]]:
    """Header values by their labels, where every label printed has a value of its own behind it."""
    fields = [found for found in page.labels if found.label.field in _HEADER_FIELDS]
    values: dict[str, list[str]] = {}
    for found in fields:
        block = next((block for block in page.blocks if found in (block.under, block.behind)), None)
        if block is None:
            return {}
        values[found.label.field] = [line.text for line in block.lines]
    persons = values.get("lead_person", [])
    divisions = [*values.get("lead_division", []), *values.get("related_divisions", [])]
    fits = all(_PERSON.fullmatch(text) for text in persons) and all(
        _DIVISION.fullmatch(part) for text in divisions for part in _parts(text)
    )
    names = [*values.get("policy", []), *values.get("measure", [])]
    others = any(_DIVISION.fullmatch(text) or _PERSON.fullmatch(text) for text in names)
    return values if len(values) == len(_HEADER_FIELDS) and fits and not others else {}


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[、，,・／/\s　]+", text) if part]


def _take_items(head: Head, block: Block) -> None:
    """Lists of 対象 and 手段: means are sentences, targets are nouns; a block without opening mark ◆ may be either."""
    text = rejoin([block])
    items = text.split("\n")
    sentences = sum(item.endswith("。") for item in items)
    if sentences * 2 > len(items):
        head.means.append(text)
    elif head.target is None:
        head.target = text
    else:
        head.target += "\n" + text


def _indicators(head: Head, block: Block, described: Sequence[PrintedName]) -> list[Line]:
    """Take the outcome indicators that page 2 describes out of a block; the other lines are given back."""
    left: list[Line] = []
    index = 0
    while index < len(block.lines):
        for count in range(min(4, len(block.lines) - index), 0, -1):
            taken = block.lines[index : index + count]
            letter, name, unit = split_name(join([line.text for line in taken]))
            known = next((entry for entry in described if alike(entry.name, name)), None)
            if known:
                head.outcomes.append(NamedIndicator(name, unit, taken[0].number, letter, known))
                index += count
                break
        else:
            left.append(block.lines[index])
            index += 1
    # Lines of one block that are no indicators are one wrapped value only if no line ends like a name or a division.
    if len(left) > 1 and len(left) == len(block.lines) and not any(_ends_value(line.text) for line in left[:-1]):
        return [Line(left[0].number, join([line.text for line in left]))]
    return left


def _ends_value(text: str) -> bool:
    return bool(split_name(text)[2] or _NAMED.search(text) or _DIVISION.fullmatch(text) or _PERSON.fullmatch(text))


def split_name(text: str) -> tuple[str | None, str, str | None]:
    """「ア 人口（各年） 人」 → (ア, 人口（各年）, 人); letter and unit None where not printed."""
    letter = None
    front = re.match(rf"({_LETTER.pattern})[ 　]+(?=\S)", text)
    if front:
        letter, text = front.group(1), text[front.end() :]
    parts = re.split(r"[ 　]+", text.strip())
    if len(parts) > 1 and is_unit(parts[-1]):
        return letter, text.strip()[: -len(parts[-1])].rstrip(" 　"), parts[-1]
    return letter, text.strip(), None


def _take_directions(head: Head, short: list[Line]) -> None:
    for name in head.direction_names.values():
        for line in list(short):
            if alike(name, re.sub(r"^[1-9１-９][ 　]+", "", line.text)):
                short.remove(line)


def _take_header(head: Head, short: list[Line], labelled: dict[str, list[str]]) -> None:
    """Person and divisions: by label where all labels have their values, otherwise by what they are."""
    if labelled:
        head.lead_person = labelled["lead_person"][0]
        head.lead_division = join(labelled["lead_division"])
        head.related_divisions = [part for text in labelled["related_divisions"] for part in _parts(text)]
        used = {text for name in _HEADER_FIELDS[2:] for text in labelled[name]}
        short[:] = [line for line in short if line.text not in used]
        return
    persons = [line for line in short if _PERSON.fullmatch(line.text)]
    divisions = [line for line in short if line not in persons and all(map(_DIVISION.fullmatch, _parts(line.text)))]
    short[:] = [line for line in short if line not in persons and line not in divisions]
    if len(persons) == 1:
        head.lead_person = persons[0].text
    elif persons:
        head.open["lead_person"] = [line.text for line in persons]
    single = [line for line in divisions if len(_parts(line.text)) == 1]
    leading = [line for line in single if _LEADING.search(line.text)]
    if len(divisions) == 1 and single:
        leading = single
    if len(leading) == 1:
        head.lead_division = leading[0].text
        others = [line for line in divisions if line != leading[0]]
        head.related_divisions = [part for line in others for part in _parts(line.text)]
    elif divisions:
        head.open["lead_division"] = [line.text for line in single or divisions]


def _take_purposes(head: Head, paragraphs: list[Block]) -> None:
    """施策の目的 stands in a wide cell, the directions' purposes in a narrow column, in their order."""
    under = [block for block in paragraphs if block.under and block.under.label.field == "purpose"]
    wide = sorted(paragraphs, key=lambda block: block.width, reverse=True)
    if under:
        chosen = under[0]
    elif len(wide) == 1 or (len(wide) > 1 and wide[0].width >= 1.25 * wide[1].width):
        chosen = wide[0]
    elif wide:
        head.open["purpose"] = [rejoin([block]) for block in paragraphs]
        head.direction_purposes = []
        return
    else:
        return
    head.purpose = rejoin([chosen])
    head.direction_purposes = [rejoin([block]) for block in paragraphs if block is not chosen]


def _take_names(head: Head, short: list[Line]) -> None:
    """対象指標: names that end like a count or carry a unit, and that page 2 does not describe as 成果指標."""
    described = bool(head.outcomes)
    for line in list(short):
        letter, name, unit = split_name(line.text)
        if unit or letter or _NAMED.search(name):
            entry = NamedIndicator(name, unit, line.number, letter)
            ratio = bool(_RATIO.search(name)) or (unit is not None and squash(unit) == PERCENT)
            (head.outcomes if ratio and not described else head.population).append(entry)
            short.remove(line)


def _give_units(head: Head, units: list[str]) -> None:
    """Units printed apart: ％ to shares, 人 to people, the rest where only one kind of unit is left."""
    waiting = [entry for entry in (*head.population, *head.outcomes) if entry.unit is None]
    left = list(units)
    for pattern, kind in ((_RATIO, PERCENT), (_PEOPLE, "人")):
        fitting = [unit for unit in left if squash(unit) == kind]
        for entry in [entry for entry in waiting if pattern.search(entry.name)][: len(fitting)]:
            entry.unit = fitting[0]
            left.remove(fitting.pop())
            waiting.remove(entry)
    if waiting and len(left) == len(waiting) and len({squash(unit) for unit in left}) == 1:
        for entry, unit in zip(waiting, left, strict=True):
            entry.unit = unit
        return
    head.unread += [f"単位 {unit}" for unit in left]


def _take_measure(head: Head, short: list[Line], labelled: dict[str, list[str]]) -> None:
    """政策名 and 基本施策名: of two names, the measure's is the one whose words its directions and purpose repeat."""
    if labelled:
        head.policy, measure = join(labelled["policy"]), join(labelled["measure"])
        used = {*labelled["policy"], *labelled["measure"], measure, head.policy}
        short[:] = [line for line in short if line.text not in used]
        _set_measure(head, measure)
        return
    texts = "".join([*head.direction_names.values(), *head.direction_purposes, head.purpose or "", *head.means])
    ranked = sorted(short, key=lambda line: _repeated(line.text, texts), reverse=True)[:2]
    if len(ranked) == 2:
        first, second = (_repeated(line.text, texts) for line in ranked)
        head.policy = ranked[1].text
        if first - second < 1.0 or len(short) > 2:
            head.open["policy"] = [line.text for line in short if line is not ranked[0]]
            head.policy = None if len(short) > 2 else head.policy
            short[:] = ranked
    if ranked:
        _set_measure(head, ranked[0].text)
        short[:] = [line for line in short if line not in ranked]


def _set_measure(head: Head, text: str) -> None:
    code = _CODE.match(text)
    head.code = code["code"] if code else None
    head.measure = text[code.end() :] if code else text


def _repeated(text: str, texts: str) -> float:
    """How many pairs of signs of ``text`` occur in ``texts``: long names that are repeated win over short fields."""
    pairs = {text[index : index + 2] for index in range(len(text) - 1)}
    return float(sum(pair in texts for pair in pairs))
