"""What a sentence says of its computed values: the same of another year, and which of two is higher (3, 7, 9)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checking import words
from assistant.checking.bases import bound_behind
from assistant.checking.computed.context import Reader, shown
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.findings import Finding
from assistant.checking.meanings import content
from assistant.checking.numerals import Figure
from assistant.checking.readings import named_years
from assistant.checking.sentences import direct_year
from corpus import messages
from corpus.fiscal import wareki

_SAME = re.compile(r"合[計算]|総計|総数|計|平均|割合|比率|執行率|1人当たり|同(?:割合|額|率)|値|実績")
_ONWARD = re.compile(r"(?:から|→|⇒|より)(?:、)?(?:約)?")
_TO = re.compile(
    r"(?:程度|前後|強|弱)?(?:\([^()]*\))?(?:まで|に|へ|と|へと|にまで)(?:大きく|わずかに|やや"
    r"|若干|さらに)?"
)
_FROM = re.compile(
    r"(?:程度|前後|強|弱)?(?:\([^()]*\))?(?:を(?:大きく|わずかに|やや|若干|大幅に)?|(?:から"
    r"|より(?:も)?|に比べ(?:て|ると)?|と比べ(?:て|ると)?|に対し(?:て)?)(?:は)?、?[^、。\d]{0,10}?)"
)


def relations(reader: Reader, found: Sequence[Computed], before: Computed | None) -> Iterator[Computed]:
    """Further findings on the values of ``found``; ``before``: the last one of the sentence before."""
    known = {one.figure.start: one for one in found if one.figure is not None}
    last = before
    for figure in reader.sentence.figures:
        one = known.get(figure.start)
        if one is None:
            again = _bounded_again(reader, figure, last)
            if again is not None:
                yield again
                continue
            one = _of_other_year(reader, figure, last)
            if one is not None:
                known[figure.start] = one
                yield one
        if one is not None:
            last = one
    for figure in reader.sentence.figures:
        said = _compared(reader, figure, known, before) or _moved(reader, figure, known)
        if said is not None:
            yield said


_CHANGED = re.compile(
    r"(?:程度|余り|ほど)?の?(?:増|減|上昇|低下|伸び|下落|上回|下回|多|少な|高|低|改善|悪化|拡大|縮小)"
)
_FROM_IT = re.compile(r"(?:から|より(?:も)?|に比べ(?:て)?|と比べ(?:て|ると)?|に対し(?:て)?|を)(?:は)?、?(?:約)?")


def _change(reader: Reader, figure: Figure, last: Computed) -> Computed | None:
    """「計49人に上り、前年度の計39人から10人増加」: the computed value of this year less that of the year named."""
    recipe = last.reading.recipe if last.reading is not None else None
    then = last.reading.year if last.reading is not None else None
    now = reader.year_reported(reader.before(figure))
    if recipe is None or last.figure is None or then is None or then == now or figure.unit != last.figure.unit:
        return None
    if not _FROM_IT.fullmatch(reader.plain[last.figure.end : figure.start]):
        return None
    values = recipe.value(now), recipe.value(then)
    if values[0] is None or values[1] is None:
        return None
    reading = Reading((abs(values[0] - values[1]),), messages.check_same_in(wareki(now)), None, now)
    return judged(reader, figure, "change", [reading], sure=False, bounded=False)


_AGAIN = re.compile(
    r"(?:程度|強|弱)?(?:で(?:あり|す)?|と(?:なり|なって(?:おり)?|なった)?|に(?:なり|達し|上り|とどまり))?[、。]?"
    r"(?:初めて|ようやく|ついに|依然として|引き続き|計画期間で初めて|前年度に引き続き|全体の)*、?(?:約)?"
)


def _bounded_again(reader: Reader, figure: Figure, last: Computed | None) -> Computed | None:
    """「…の割合は50.2％で、初めて5割を上回った」: the computed value once more, bounded."""
    if last is None or last.figure is None or last.reading is None or last.figure.end > figure.start:
        return None
    if figure.unit != last.figure.unit or bound_behind(reader.plain, figure.end) is None:
        return None
    if not _AGAIN.fullmatch(reader.plain[last.figure.end : figure.start]):
        return None
    return judged(reader, figure, last.finding.kind, [last.reading], sure=True, unit=figure.unit)


def _of_other_year(reader: Reader, figure: Figure, last: Computed | None) -> Computed | None:
    """「前年度の28.0人」 behind a computed value of this year."""
    if _CHANGED.match(reader.plain, figure.end):
        return _change(reader, figure, last) if last is not None else None
    recipe = last.reading.recipe if last is not None and last.reading is not None else None
    year = direct_year(reader.sentence, figure)
    if last is None or recipe is None or last.figure is None:
        return None
    between = reader.plain[last.figure.end : figure.start] if last.figure.end <= figure.start else ""
    if year is None and last.reading is not None and _ONWARD.fullmatch(between) and figure.unit == last.figure.unit:
        now = reader.year_reported(reader.before(last.figure))
        value = recipe.value(now)
        if value is None or now == last.reading.year:
            return None
        reading = Reading((value,), messages.check_same_in(wareki(now)), None, now, True, recipe)
        return judged(reader, figure, last.finding.kind, [reading], sure=True, bounded=False)
    if year is None or year.behind:
        return None
    lead = reader.plain[year.end : figure.start]
    if figure.unit != last.figure.unit or content(_SAME.sub("", lead), reader.record) or len(lead) > 14:
        return None
    row = recipe.tops[0].row
    meant = named_years(year, row, reader.year_reported(year.start), reader.record, "actual")[0]
    value = recipe.value(meant)
    if value is None:
        return None
    how = messages.check_same_in(wareki(meant))
    reading = Reading((value,), how, None, meant, True, recipe)
    return judged(reader, figure, last.finding.kind, [reading], sure=True, bounded=False)


def _compared(reader: Reader, second: Figure, known: dict[int, Computed], before: Computed | None) -> Computed | None:
    """「…は30.0人となり、前年度の28.0人を上回った」: the first against the second."""
    gap = _FROM.match(reader.plain, second.end)
    word = _word(reader.plain, gap.end()) if gap else None
    if word is None or not word.fact:
        return None
    first = next(
        (f for f in reversed(reader.sentence.figures) if f.end <= second.start and f.unit == second.unit), None
    )
    ones = [known.get(figure.start) if figure is not None else None for figure in (first, second)]
    if first is None or not (any(ones) or _is_total(reader, second)):
        return None
    left, right = _value(reader, first, known), _value(reader, second, known)
    year = next((one.reading.year for one in ones if one is not None and one.reading is not None), None)
    return _said(reader, word, left, right, second.unit, year) if left is not None and right is not None else None


def _moved(reader: Reader, figure: Figure, known: dict[int, Computed]) -> Computed | None:
    """「7割強まで下がった」: the computed value against the year before."""
    one = known.get(figure.start)
    gap = _TO.match(reader.plain, figure.end)
    if one is None or one.reading is None or one.reading.recipe is None or one.reading.year is None or gap is None:
        return None
    word = _word(reader.plain, gap.end())
    recipe, year = one.reading.recipe, one.reading.year
    now, then = recipe.value(year), recipe.value(year - 1)
    if word is None or not word.fact or now is None or then is None:
        return None
    return _said(reader, word, now, then, figure.unit, year)


def _word(plain: str, place: int) -> words.Word | None:
    match = words.AGAINST.match(plain, place) or words.TREND.match(plain, place)
    word = words.word_at(plain, match, len(plain)) if match else None
    return word if word is not None and word.sense in ("up", "down", "above", "below") else None


def _value(reader: Reader, figure: Figure, known: dict[int, Computed]) -> Decimal | None:
    """What is stored for a figure, computed or as it is."""
    one = known.get(figure.start)
    if one is not None and one.reading is not None:
        return one.reading.values[0]
    said = reader.said.get(figure.start)
    if said is not None and said.finding is not None and _is_total(reader, figure):
        return said.finding.expected if isinstance(said.finding.expected, Decimal) else None
    operand = reader.stated(figure)
    return operand.values[0] if operand.thing is not None else None


def _is_total(reader: Reader, figure: Figure) -> bool:
    """Whether the ordinary checks know a figure as the sum of rows (「AとBを合わせた額」)."""
    said = reader.said.get(figure.start)
    found = said.finding if said is not None else None
    return found is not None and found.kind == "total" and said is not None and said.claim.subject.strength == "sum"


def _said(reader: Reader, word: words.Word, first: Decimal, second: Decimal, unit: str, year: int | None) -> Computed:
    rises = word.sense in ("up", "above")
    right = (first > second if rises else first < second) != word.negated
    senses: tuple[words.Sense, words.Sense] = ("above", "below") if word.sense in ("above", "below") else ("up", "down")
    fact = words.SAY["flat" if first == second else senses[0 if first > second else 1]]
    written = reader.place.text[word.start : word.end]
    value, other = (shown(round(number, 2), unit) for number in (first, second))
    start = reader.place.offset + word.start
    made = Finding(
        section=reader.place.section,
        start=start,
        end=start + len(written),
        text=written,
        kind="direction",
        verdict="match" if right else "mismatch",
        year=year,
        stated=words.SAY[word.sense],
        expected=fact,
        message=messages.check_computed_words(written, value, other, right),
        suggestion=None if right or word.negated else words.opposite(written, reader.plain[word.end : word.end + 2]),
    )
    return Computed(made, (word.start,), forced=True)
