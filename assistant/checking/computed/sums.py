"""Sums (17): of one row over the years that are named, and of figures and rows that stand before the sum."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.checking.computed.context import Reader, Recipe, Thing, addable, only
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.computed.periods import periods_in
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.meanings import content
from assistant.checking.numerals import Figure
from assistant.checking.record import Row
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Subject, direct_year
from corpus import messages
from corpus.fiscal import wareki

_NOUN = r"(?:合計|総計|総額|累計|累積|通算|延べ|のべ|トータル|合算|(?<![統推集設])計(?![画上測]))"
_WORDS = r"(?:額|数|値|件数|人数|人|実績|利用者数?|参加者数?)?"
_SUM = re.compile(
    rf"{_NOUN}{_WORDS}(?:で(?:は|みると)?|は|が|、|:|にして"
    r"|す(?:ると|れば)|して(?:みると|も)?|した(?:ところ|結果)?|となる|も|\()*[ ]?(?:約"
    rf"|およそ|延べ|のべ|計)*[ ]?$"
)
_TOGETHER = re.compile(
    r"(?:合わせ|併せ|あわせ|足し|加え|合算し|合計し|足し合わせ)(?:て|ると|れば|た|る)[^、。()]{0,18}[、 ]?(?:約"
    r"|およそ|計|合計|総額|延べ)*(?:で|は|が)?[ ]?$"
    r"|(?:の(?:両者|両方|双方)?|両者|両方|両[^、。は]{0,6}|双方|これら|[2-9二三四]者|[2-9二三四]つ)(?:を"
    r"|の|で|、)?(?:合計|計|総計|総数|総額)"
    r"(?:額|数|値|人数|件数)?(?:は|で|が|、|して)?[ ]?(?:約|およそ)?[ ]?$"
    r"|(?:[、(]|で、)(?:合計|計|総計)(?:で|して|額は|は)?[ ]?(?:約|およそ)?[ ]?$"
)
_COMPARED = re.compile(r"(?:\([^)]*\))?(?:から(?!の|成|構成)|より|と比|に比)")
_NOT_ALL = re.compile(r"など|等(?!級|学)|ほか|その他|以外|含[めむ]|のうち|うち|内訳|除")
_PERIOD_WORDS = re.compile(
    r"以降|以来|計画(?:の)?(?:期間|策定)?|期間|入って|始まって|スタート|開始|初年度|過去|直近|これまで|[合総小]?計|累[計積]"
    r"|通算|延べ|平均|か年|年間|均(?:せば|すと|して|した)|なら(?:せば|すと|して)|す(?:れば|ると)"
)
_ADDING = re.compile(r"合わせ|併せ|あわせ|足し|加え|合算し|合計し")
_TWO = re.compile(r"両|双方|[2二]つ|[2二]者")
_THREE = re.compile(r"[3三]つ|[3三]者")
_EARMARKED = re.compile(
    r"特定財源(?:の)?(?:合計|計|総額|全体)?(?:額)?(?:は|が|で|も|、|として)*[ ]?"
    r"(?:約|合計|計|合わせて|全体)?(?:で)?[ ]?$"
)
_WITHIN = re.compile(
    r"(?:年間|[かカヶヵ箇]年|年度まで)(?:で(?:は)?|に|の間に|の|にわた[りって]+|を通じて?|は)[^。]{0,24}$"
)
"""A span of years in the clause: what stands behind may be its sum, though nothing says so."""
_COUNTED_UP = re.compile(r"累計|累積|通算|計画期間")


def sums(reader: Reader) -> Iterator[Computed]:
    """The sums of a sentence."""
    taken: set[int] = set()
    for figure in reader.sentence.figures:
        if figure.unit in ("", "％", "ポイント", "倍", "位") or figure.upper is not None:
            continue
        lead = reader.lead(figure)
        found = _over_years(reader, figure, lead)
        if found is None and figure.unit == "千円" and _EARMARKED.search(lead):
            found = _earmarked(reader, figure)
        if found is None and _TOGETHER.search(lead):
            found = _of_parts(reader, figure, lead, taken)
        if found is not None:
            taken.add(figure.start)
            yield found


def _over_years(reader: Reader, figure: Figure, lead: str) -> Computed | None:
    """「令和3年度から令和5年度までの3年間で延べ600,571人」; without a word of summing only ever a match."""
    if "年" not in lead and not re.search(r"[RH]\d", lead):
        return None
    summed = _SUM.search(lead) is not None or _TOGETHER.search(lead) is not None
    if not summed and not _WITHIN.search(lead):
        return None
    row, sure = row_of(reader, figure)
    if row is None or not addable(row) or _COUNTED_UP.search(row.name):
        return None
    current = reader.year_reported(reader.before(figure))
    spans = periods_in(lead, reader.record, current)
    readings = []
    for number, years in enumerate(spans):
        values = [row.value(year, "actual") for year in years]
        known = [value for value in values if value is not None]
        if len(known) == len(values) and len(known) > 1:
            shown = [f"{wareki(y)} {v / row.factor:,f}".rstrip() for y, v in zip(years, known, strict=True)]
            how = messages.check_sum_of_years(row.name, shown)
            readings.append(Reading((sum(known, Decimal(0)),), how, Thing(row), years[-1], number == 0))
    found = judged(reader, figure, "total", readings, sure=sure and summed and bool(readings) and readings[0].likely)
    return replace(found, forced=True) if found is not None else None


def row_of(reader: Reader, figure: Figure) -> tuple[Row | None, bool]:
    """The row that is summed, and whether it is sure."""
    allowed = fitting_ids(reader.record, figure.unit)
    clause = re.split("[、。]", reader.lead(figure).rstrip("、 "))[-1]
    if re.search(r"[年期]", clause) and not content(_PERIOD_WORDS.sub("", clause), reader.record):
        # 「計画期間に入ってからの4年間の累計は」 names no row of its own
        before = [thing for thing in reader.named_in(0, figure.start) if thing.row.takes(figure.unit)]
        if len({thing.row.id for thing in before}) == 1:
            return before[0].row, True
    subject: Subject = subject_at(reader.sentence, figure.start, reader.record, allowed)
    if len(subject.rows) == 1 and subject.strength in ("sure", "weak", "sum"):
        named = only([thing for thing in reader.named_in(0, figure.start) if thing.row.takes(figure.unit)])
        told = subject.topic or bool(reader.sentence.carried.rows)
        sure = (subject.strength == "sure" and told) or (named is not None and named.row.id == subject.rows[0].id)
        sure = sure or _begins(reader, figure, subject.rows[0])
        return subject.rows[0], sure
    for known in (reader.sentence.carried, reader.sentence.main):
        if not subject.rows and len(known.rows) == 1 and known.rows[0].takes(figure.unit):
            silent = not content(_PERIOD_WORDS.sub("", reader.lead(figure)), reader.record)
            return known.rows[0], known.strength == "sure" and (silent or subject.strength != "foreign")
    return None, False


def _begins(reader: Reader, figure: Figure, row: Row) -> bool:
    """Whether the words before the sum are the beginning of the row's name (「漏水は計」 for 漏水件数)."""
    lead = re.sub(r"[はがも、 ]+$", "", _SUM.sub("", _TOGETHER.sub("", reader.lead(figure))))
    noun = re.search(r"[^、。()「」はがものに ]{2,}$", lead)
    return noun is not None and row.plain_name.startswith(noun.group())


def _of_parts(reader: Reader, figure: Figure, lead: str, taken: set[int]) -> Computed | None:
    """「A11人とB38人を足した計49人」: the figures of the same unit before it, and a row named with them."""
    plain = reader.plain
    parts = [
        other
        for other in reader.sentence.figures
        if other.end <= figure.start and other.start not in taken and _is_part(reader, other, figure)
    ]
    year = direct_year(reader.sentence, figure)
    if year is not None and parts and year.start >= parts[-1].end:
        return None
    limit = 2 if _TWO.search(lead) else 3 if _THREE.search(lead) else None
    parts = parts[-limit:] if limit is not None else parts
    if not parts:
        return None
    verb = _ADDING.search(plain, parts[-1].end, figure.start)
    added = reader.named_in(parts[-1].end, verb.start() + 1 if verb else parts[-1].end)
    if len(added) < len(reader.named_in(parts[-1].end, figure.start)):
        return None
    terms = [reader.stated(part) for part in parts]
    for thing in added:
        term = reader.stored(thing, reader.years(figure, thing.row)[0]) if thing.row.takes(figure.unit) else None
        if term is None:
            return None
        terms.append(term)
    readings = []
    for first in range(len(terms) - 1):
        chosen = terms[first:]
        values = tuple(sum((term.values[place] for term in chosen), Decimal(0)) for place in (0, -1))
        things = tuple(term.thing for term in chosen if term.thing is not None)
        recipe = Recipe(things) if len(things) == len(chosen) else None
        how = messages.check_sum_of([term.name for term in chosen])
        readings.append(Reading(values, how, None, chosen[0].year if recipe else None, True, recipe))
    sure = not _NOT_ALL.search(plain[parts[0].start : figure.start])
    return judged(reader, figure, "total", readings, sure=sure)


def _earmarked(reader: Reader, figure: Figure) -> Computed | None:
    """「特定財源の合計」: all of the 事業費計 that is not 一般財源."""
    rows = {thing.row.id: thing.row for thing in reader.things}
    total, general = rows.get("cost:program_total"), rows.get("cost:general")
    if total is None or general is None:
        return None
    year = reader.years(figure, total)[0]
    terms = [reader.stored(Thing(row), year) for row in (total, general)]
    if terms[0] is None or terms[1] is None:
        return None
    value = terms[0].values[0] - terms[1].values[0]
    how = messages.check_less(terms[0].name, terms[1].name)
    return judged(reader, figure, "total", [Reading((value,), how, None, year)], sure=True)


def _is_part(reader: Reader, part: Figure, figure: Figure) -> bool:
    said = reader.said.get(part.start)
    if part.unit != figure.unit or said is None or said.claim.form != "level" or part.upper is not None:
        return False
    if said.claim.series != "actual" or said.claim.plan or _COMPARED.match(reader.plain, part.end):
        return False
    year = said.claim.year
    return year is None or year.name not in ("before", "two_before", "start")
