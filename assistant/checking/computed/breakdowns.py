"""Breakdowns (18): parts that must add up to the value they stand beside, and 「うち」, that cannot exceed it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.checking.computed.context import Operand, Reader, Thing, addable, shown
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.findings import Finding
from assistant.checking.meanings import content
from assistant.checking.numerals import Figure
from assistant.checking.record import Row
from assistant.checking.reporting import number
from assistant.checking.row_names import covered_share
from corpus import messages

_COMPLETE = re.compile(
    r"(?:の|その)?内訳(?:について(?:は)?|としては|として|は|を(?:みる|見る)と|では|:|で)|(?:[^、。()は]{1,8}?"
    r"|これを[^、。()]{1,8}?)別(?:に(?:みる|見る)と|では|の内訳は|にすると|内訳は|は)"
    r"|の財源(?:内訳)?は|(?:から|で)(?:成|構成)"
)
_OPENS = re.compile(r"[ ]?\((?P<label>(?:その)?内訳(?:は|:)?|うち|[^、。()\d]{0,6}別)?")
_NOT_PARTS = re.compile(
    r"目標|前年|昨年|前回|見込|成り行|計画|令和|平成|[RH]\d|年度|比|増|減|率|達成|実績|平均"
    r"|予算|重複|複数|延べ|のべ|当たり|あたり|から|時点|現在"
)
_SOME = re.compile(r"など|等(?!級|学|々)|ほか|主な|主に|一部|うち|含|最[も多大]|番目|次[いぐ]")
_LABEL = 3
"""Signs before 「内訳」 that say whether it is all of it (「主な内訳は」)."""
_SUMS_UP = re.compile(r"合わせ|併せ|あわせ|合計|計[ ]?$|足し|総")
_AMONG = re.compile(
    r"(?:の|この|その)?うち(?:の)?(?P<name>[^、。()\d]{0,20}?)(?:、|は|が|分は|の)?[ ]?(?:約)?[ ]?$"
    r"|の中(?:で|には?)[ ]?$"
)
_PART_NAME = re.compile(
    r"(?:^|[、。()・:と]|うち|及び|および|に対し(?:て)?|一方|内訳は|(?:みる|見る)と|では)(?P<name>[^、。()・:はがも\d]{1,24}?)(?:は"
    r"|が|も|で|:|分)?[ ]?(?:約)?[ ]?$"
)
_PREDICATE = re.compile(
    r"(?:は|が)(?P<name>[^、。()はがも\d]{2,24}?)(?:で(?:、|あ|し)|だ|となっ|に(?:お|つ|よ|係"
    r"|関)|の(?:もの|分)|(?=[、。)]|$))"
)


def breakdowns(reader: Reader) -> Iterator[Computed]:
    """The breakdowns of a sentence, and its parts that notes keep."""
    figures = reader.sentence.figures
    for number_, whole in enumerate(figures):
        if not whole.unit or whole.unit in ("％", "ポイント", "倍", "位") or whole.upper is not None:
            continue
        behind = [figure for figure in figures[number_ + 1 :] if figure.unit]
        found = _in_brackets(reader, whole, behind) or _listed(reader, whole, behind)
        if found is not None:
            parts, complete = found
            yield from _judged(reader, whole, parts, reader.stated(whole), complete=complete)
            return
    if not any(figure.unit for figure in figures):
        return
    unsaid = _of_row(reader)
    if unsaid is not None:
        operand, parts, complete = unsaid
        yield from _judged(reader, None, parts, operand, complete=complete)
        return
    yield from _subsets(reader)


def _of_row(reader: Reader) -> tuple[Operand, list[Figure], bool] | None:
    """「漏水の内訳は、給水管84件、配水管47件」: the whole is named, or spoken of before, not stated."""
    match = re.search(r"内訳(?:としては|は|を(?:みる|見る)と|では|:)", reader.plain)
    if match is None:
        return None
    parts, complete = _run(
        reader, match.start(), [f for f in reader.sentence.figures if f.start >= match.end() and f.unit], None
    )
    if len(parts) < 2:
        return None
    rows = {thing.row.id: thing.row for thing in reader.named_in(0, match.start())}
    known = tuple(rows.values()) or reader.sentence.carried.rows or reader.sentence.main.rows
    rows_left = [row for row in known if row.takes(parts[0].unit) and row.unit]
    if len(rows_left) != 1 or len(known) != 1 or not addable(rows_left[0]):
        return None
    operand = reader.stored(Thing(rows_left[0]), reader.years(parts[0], rows_left[0])[0])
    return (operand, parts, complete) if operand is not None else None


def _in_brackets(reader: Reader, whole: Figure, behind: Sequence[Figure]) -> tuple[list[Figure], bool] | None:
    """「41件（サービス業18件、飲食業15件、その他8件）」."""
    plain = reader.plain
    opening = _OPENS.match(plain, whole.end)
    closing = plain.find(")", whole.end)
    if opening is None or closing < 0:
        return None
    inside = [figure for figure in behind if figure.end <= closing]
    text = plain[opening.end() : closing]
    if len(inside) < 2 or any(figure.unit != whole.unit for figure in inside) or _NOT_PARTS.search(text):
        return None
    if not all(_named_part(reader, figure) for figure in inside):
        return None
    # Of an amount often only the sources from outside are named.
    complete = whole.unit != "千円" or "内訳" in (opening["label"] or "")
    return inside, complete and opening["label"] != "うち" and not _SOME.search(text)


def _listed(reader: Reader, whole: Figure, behind: Sequence[Figure]) -> tuple[list[Figure], bool] | None:
    """「…は41件で、内訳は…18件、…15件」, 「41件の内訳は」, 「路線別に見ると」; and 「うち…5件、…3件」."""
    plain = reader.plain
    match = _COMPLETE.search(plain, whole.end)
    if match is None or not behind or match.start() > behind[0].start:
        return None
    parts, complete = _run(reader, match.start(), behind, whole.unit)
    return (parts, complete) if len(parts) >= 2 else None


def _run(reader: Reader, start: int, behind: Sequence[Figure], unit: str | None) -> tuple[list[Figure], bool]:
    """The parts that follow one another, and whether they are said to be all; none where they sum up themselves."""
    plain = reader.plain
    parts: list[Figure] = []
    for figure in behind:
        unit = unit or figure.unit
        between = plain[parts[-1].end : figure.start] if parts else ""
        if re.search(r"。|もの|ところ|一方", between) or _NOT_PARTS.search(between) or _SUMS_UP.search(between):
            break
        if figure.unit != unit:
            if figure.unit == "％" and parts and between in ("(", "、", "と"):
                continue
            break
        parts.append(figure)
    text = plain[max(0, start - _LABEL) : parts[-1].end + 3] if parts else ""
    return parts, not _SOME.search(text)


def _named_part(reader: Reader, figure: Figure) -> str:
    match = _PART_NAME.search(reader.plain[: figure.start])
    return match["name"] if match else ""


def _sum(
    reader: Reader, whole: Figure | None, parts: Sequence[Figure], operand: Operand, *, complete: bool
) -> Computed | None:
    """All parts together against the whole; where some may be left out, only more than the whole is wrong."""
    total = sum((part.value for part in parts), Decimal(0))
    written = [*parts] if whole is None else [whole, *parts]
    rounded = any(figure.decimals or figure.step > 1 for figure in written)
    slack = max(figure.step for figure in written) * (len(parts) if rounded else 0)
    if any(figure.bound != "exact" for figure in written):
        return None
    equal = any(abs(total - value) <= slack for value in operand.values)
    if not equal and not complete and total <= max(operand.values) + slack:
        return None
    if not equal and parts[0].unit == "千円" and _parts_unfit(reader, parts):
        return None
    message = messages.check_parts_of(operand.name, _like(total, parts[0].unit, operand), equal)
    start, end = (parts[-1].start if equal or whole is None else whole.start), parts[-1].end
    thing = operand.thing
    made = Finding(
        section=reader.place.section,
        start=reader.place.offset + start,
        end=reader.place.offset + end,
        text=reader.place.text[start:end],
        kind="total",
        verdict="match" if equal else "mismatch",
        indicator=thing.row.id if thing is not None else None,
        year=operand.year,
        series="actual" if thing is not None else None,
        stated=number(total),
        expected=number(operand.values[0]),
        unit=parts[0].unit,
        message=message,
    )
    return Computed(made, tuple(part.start for part in parts if _is_open(reader, part, operand)))


def _is_open(reader: Reader, part: Figure, whole: Operand | None = None) -> bool:
    """Whether nothing stored speaks to the part itself; the value of the whole does not."""
    said = reader.said.get(part.start)
    if said is None or said.finding is None or said.finding.verdict not in ("match", "mismatch"):
        return True
    mistaken = whole is not None and whole.thing is not None and said.finding.indicator == whole.thing.row.id
    return mistaken and said.finding.verdict == "mismatch"


def _parts_unfit(reader: Reader, parts: Sequence[Figure]) -> bool:
    """Whether a part of an amount is a stored row that is not a part: 人件費 is none of 事業費."""
    named = {thing.row.id for part in parts for thing in reader.named_in(part.start - 14, part.start)}
    return bool(named & {"cost:personnel", "cost:total", "cost:program_total"})


def _like(total: Decimal, unit: str, operand: Operand) -> str:
    row = operand.thing.row if operand.thing is not None else None
    return shown(total / row.factor, row.unit_label) if row is not None else shown(total, unit)


def _judged(
    reader: Reader, whole: Figure | None, parts: Sequence[Figure], operand: Operand, *, complete: bool
) -> Iterator[Computed]:
    """The parts that notes keep (「分館82,340冊」 of the 貸出冊数), then all of them together."""
    kept: set[int] = set()
    for part in parts:
        name = _named_part(reader, part)
        thing = part_thing(reader, name, unit=part.unit) if name and _is_open(reader, part, operand) else None
        held = _held(reader, part, thing) if thing is not None else None
        if held is not None:
            kept.add(part.start)
            yield held
    summed = _sum(reader, whole, parts, operand, complete=complete)
    if summed is not None:
        yield replace(summed, places=tuple(place for place in summed.places if place not in kept))


def part_thing(reader: Reader, name: str, whole: Row | None = None, *, unit: str | None = None) -> Thing | None:
    """The note that keeps a named part: its words are the part's and those of what the sentence is about."""
    words = content(name, reader.record)
    if not words:
        return None
    unit = whole.unit if whole is not None else unit
    about = reader.plain + (whole.name if whole is not None else "")
    about += "".join(row.name for row in (*reader.sentence.carried.rows, *reader.sentence.main.rows))
    meant = []
    for thing in reader.things:
        if thing.ids is None or covered_share(words, thing.row.name) < 1 or (unit and not thing.row.takes(unit)):
            continue
        rest = [_without(word, name) for word in content(thing.row.name, reader.record)]
        if all(covered_share([word], about) == 1 for word in rest if word):
            meant.append(thing)
    return meant[0] if len(meant) == 1 else None


def _without(word: str, name: str) -> str:
    """What a word has beside the part's name (「中央図書館」 of 「中央図書館貸出」)."""
    rest = re.sub("|".join(re.escape(piece) for piece in re.split("[のや]", name) if piece), "", word)
    return rest if len(rest) > 1 else ""


def _held(reader: Reader, figure: Figure, thing: Thing) -> Computed | None:
    year = reader.years(figure, thing.row)[0]
    operand = reader.stored(thing, year)
    if operand is None:
        return None
    held = judged(reader, figure, "level", [Reading(operand.values, operand.name, thing, year)], sure=True)
    return replace(held, forced=True) if held is not None else None


def _subsets(reader: Reader) -> Iterator[Computed]:
    """「11人のうち12人」: more than the whole; 「うち84件は給水管の漏水で」: a part that a note keeps."""
    plain, figures = reader.plain, reader.sentence.figures
    for place, part in enumerate(figures):
        among = _AMONG.search(plain[: part.start])
        if among is None or not part.unit or part.unit in ("％", "ポイント", "倍"):
            continue
        before = [f for f in figures[:place] if f.end <= among.start() + 1 and f.unit == part.unit]
        whole = next((f for f in reversed(before) if _can_be_whole(reader, f)), None)
        parts = _together(reader, figures[place:])
        operand = reader.stated(whole) if whole is not None else _carried_whole(reader, part)
        held = 0
        for number_, one in enumerate(parts):
            name = (among["name"] or "").strip() if number_ == 0 else _named_part(reader, one)
            behind = _PREDICATE.match(plain, one.end)
            thing = part_thing(reader, name or (behind["name"] if behind else ""), unit=one.unit)
            kept = _held(reader, one, thing) if thing is not None else None
            if kept is not None:
                held += 1
                yield kept
        most = max(operand.values) if operand is not None else None
        told = any(_is_wrong(reader, one) for one in (*parts, *before[-1:]))
        if operand is None or most is None or held or told or any(one.bound != "exact" for one in parts):
            continue
        if sum(one.value for one in parts) > most and same_scale(operand, part) and _apart(reader, parts):
            yield _exceeds(reader, whole, parts[-1], operand)


def _is_wrong(reader: Reader, figure: Figure) -> bool:
    """Whether the figure by itself contradicts what is stored: that is said of it alone."""
    said = reader.said.get(figure.start)
    return said is not None and said.finding is not None and said.finding.verdict == "mismatch"


def _together(reader: Reader, figures: Sequence[Figure]) -> list[Figure]:
    """The parts that one 「うち」 opens."""
    parts = [figures[0]]
    for figure in figures[1:]:
        between = reader.plain[parts[-1].end : figure.start]
        if figure.unit != parts[0].unit or len(between) > 16 or _NOT_PARTS.search(between) or _SUMS_UP.search(between):
            break
        parts.append(figure)
    return parts


def _apart(reader: Reader, parts: Sequence[Figure]) -> bool:
    """Whether the parts do not overlap by their own words: a second うち is a part of a part."""
    return "うち" not in reader.plain[parts[0].end : parts[-1].start] if len(parts) > 1 else True


def same_scale(operand: Operand, part: Figure) -> bool:
    """Whether the whole counts what the part counts."""
    return operand.thing is None or (operand.thing.row.takes(part.unit) and addable(operand.thing.row))


def _can_be_whole(reader: Reader, figure: Figure) -> bool:
    said = reader.said.get(figure.start)
    return said is not None and said.claim.form == "level" and said.claim.series == "actual" and figure.upper is None


def _carried_whole(reader: Reader, part: Figure) -> Operand | None:
    """The value that the sentence before has told."""
    rows = reader.sentence.carried.rows
    if len(rows) != 1 or reader.sentence.carried.strength != "sure" or not rows[0].takes(part.unit):
        return None
    return reader.stored(Thing(rows[0]), reader.years(part, rows[0])[0])


def _exceeds(reader: Reader, whole: Figure | None, part: Figure, operand: Operand) -> Computed:
    start = part.start if whole is None else whole.start
    made = Finding(
        section=reader.place.section,
        start=reader.place.offset + start,
        end=reader.place.offset + part.end,
        text=reader.place.text[start : part.end],
        kind="total",
        verdict="mismatch",
        indicator=operand.thing.row.id if operand.thing is not None else None,
        year=operand.year,
        series="actual" if operand.thing is not None else None,
        stated=number(part.value),
        expected=None,
        unit=part.unit,
        message=messages.check_more_than_whole(part.text, operand.name),
    )
    return Computed(made, (part.start,))
