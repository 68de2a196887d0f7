"""Claims of proportion that a figure makes (6, 11, 19): multiples and parts of a base's value, shares of a cost."""

import re

from assistant.checking import words
from assistant.checking.bases import base_at, bound_behind
from assistant.checking.change_bases import change_bases, clause_start, period_of
from assistant.checking.claim_types import Base, Claim
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject, current_year, direct_year
from assistant.checking.shares import share_claim
from assistant.checking.years import Year

_CHANGE_BEHIND = re.compile(r"(?:の)?(?:(?P<up>増(?!設|強|員|資|築))|減(?!免|災|量|塩))")
"""「2倍増」 says three times as much, and is often written for twice as much."""
_OF = re.compile(r"(?:当初|末|時点?)?(?:の?実績(?:値)?)?\)?の?[ ]?(?:約|およそ|ほぼ|概ね|おおむね|[(])?[ ]?")
_MEANT = re.compile(
    r"(?:程度|以上|超)?(?:を|に|へ|まで)?[^、。たっ]{0,8}?(?:目指|めざ|目標|見込|予定|計画|想定|したい|たい(?:。|と)|高めて|増やすた|"
    r"する(?:。|こと|ため|計画|方針)|引き?上げる)"
)
"""Right behind a multiple: it is aimed at."""
_LEVEL_BEHIND = re.compile(
    r"(?:程度|前後|強|弱|余り|以上|以下|未満|超|近く)?"
    r"(?:の(?:水準|規模|[ ]?約?(?=[0-9一二三四五六七八九十百]))|にとどま|に相当|に当た|にあた|"
    r"(?:まで|に)(?:大きく|大幅に)?(?:達|戻|回復|持ち直|届|減|増|落ち|下が|上が|縮|低|抑)"
    r"|を(?:超え|上回|下回|割)|に満た|である|だ(?:った)?|で(?:、|あ)|となっ|(?=[、。)]|$))"
)


def ratio_claim(sentence: Sentence, figure: Figure, lead: str, record: Record, *, soft: bool) -> Claim | None:
    """A multiple, a part of a base's value in ％, or a share; None where the figure is none of them."""
    if figure.unit == "倍":
        return _multiple(sentence, figure, lead, record, soft=soft)
    if figure.unit != "％":
        return None
    if "を100" in sentence.plain and (found := _of_a_hundred(sentence, figure, record)) is not None:
        return found
    return share_claim(sentence, figure, record) or _part_of_base(sentence, figure, record)


def _multiple(sentence: Sentence, figure: Figure, lead: str, record: Record, *, soft: bool) -> Claim:
    plain = sentence.plain
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    year, carried = direct_year(sentence, figure), current_year(sentence, figure.start)
    base, *others = [base_right_before(sentence, figure)]
    period = None
    if base is not None:
        carried = current_year(sentence, base.year.start if base.year is not None else figure.start)
        year = None
    else:
        base, *others = change_bases(sentence, figure, lead, None)
        period = period_of(plain, clause_start(plain, figure.start), figure.start)
        if year is not None and (year.role == "base" or (base is not None and base.year == year)):
            year = None
    more = _CHANGE_BEHIND.match(plain, figure.end)
    sign = 0 if more is None else 1 if more["up"] else -1
    return Claim(
        "multiple", figure.start, figure.end if more is None else more.end(), subject,
        figure=figure, year=year, carried_year=carried, base=base, other_bases=tuple(others), sign=sign, period=period,
        plan=_MEANT.match(plain, figure.end) is not None, soft=soft, bound=bound_behind(plain, figure.end),
    )  # fmt: skip


_OPENS = re.compile(
    r"(?:の|に対し(?:て)?は?、?)?[ ]?(?:約|およそ|おおよそ|ほぼ|概ね|おおむね|ちょうど|わずか(?:に)?|実に|[ ])*$"
)
_SERIES_END = re.compile(rf"(?:{words.SERIES.pattern})(?:である)?(?:の|は|:|として(?:いた|の))?[ ]?$")


def base_right_before(sentence: Sentence, figure: Figure) -> Base | None:
    """What a proportion names right before itself.

    「令和2年度の」, 「策定時（令和2年度）の」, 「前年度（1,876人）の」, 「策定時の6.2kmの」,
    「目標値（120人）の」, 「目標の」.
    """
    plain = sentence.plain
    opens = _OPENS.search(plain, 0, figure.start)
    place = opens.start() if opens is not None else figure.start
    if place == figure.start:
        return None
    year = _year_at(sentence, place)
    if year is not None:
        return Base("actual", year)
    in_brackets = plain[place - 1 : place] == ")"
    inner = place - 1 if in_brackets else place
    value = next((other for other in sentence.figures if other.end == inner), None)
    if value is not None and value.unit != "ポイント":
        start = value.start - (1 if in_brackets else 0)
        labelled = _SERIES_END.search(plain[max(0, start - 14) : start])
        named = _year_at(sentence, start if labelled is None else max(0, start - 14) + labelled.start())
        if labelled is None and named is None:
            named = direct_year(sentence, value)
        name = words.series_of(labelled) if labelled else None
        return Base(name or "actual", named, value) if labelled is not None or named is not None else None
    if in_brackets:
        inside = next((one for one in sentence.years if one.end == inner), None)
        opening = plain.rfind("(", 0, place)
        if inside is not None:
            labelled = _SERIES_END.search(plain[max(0, opening - 14) : opening])
            name = words.series_of(labelled) if labelled else None
            return Base(name or "actual", inside)
        place = opening if opening >= 0 else place
    match = _SERIES_END.search(plain[max(0, place - 14) : place])
    name = words.series_of(match) if match else None
    if match is None or name in (None, "actual"):
        return None
    return Base(name or "target", _year_at(sentence, max(0, place - 14) + match.start()))


_HUNDRED = re.compile(r"を100%?と(?:する|した|して|すれば)")


def _of_a_hundred(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """「令和2年度を100とすると、115.4％」: the value over that year's."""
    named = [year for year in sentence.years if year.end <= figure.start and _HUNDRED.match(sentence.plain, year.end)]
    if not named or _HUNDRED.match(sentence.plain, figure.start - 1):
        return None
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    return Claim(
        "index", figure.start, figure.end, subject, figure=figure, base=Base("actual", named[-1]),
        carried_year=current_year(sentence, named[-1].start),
    )  # fmt: skip


def _of_a_figure(sentence: Sentence, figure: Figure) -> bool:
    """「36か所の3割」: of a number that the text states, whatever it is."""
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if before is None or before.unit in ("％", "ポイント"):
        return False
    return re.fullmatch(r"の[ ]?約?", sentence.plain[before.end : figure.start]) is not None


def _year_at(sentence: Sentence, place: int) -> Year | None:
    """The year that ends right before ``place``, but for の, 実績 or (the year in) brackets."""
    return next(
        (
            year
            for year in reversed(sentence.years)
            if year.end <= place and not year.behind and _OF.fullmatch(sentence.plain[year.end : place])
        ),
        None,
    )


def _part_of_base(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """「令和元年度の94.9％まで戻った」, 「目標の97.2％」 of a row that is no percentage: the value over the base."""
    plain = sentence.plain
    base = base_right_before(sentence, figure)
    compared = base is None and re.match(r"(?:程度|前後|強|弱)?の水準", plain[figure.end :]) is not None
    if compared:
        base = base_at(sentence, figure.start)
    if base is None and _of_a_figure(sentence, figure):
        return Claim("other", figure.start, figure.end, Subject((), "foreign"), figure=figure)
    if base is None or not _LEVEL_BEHIND.match(plain, figure.end):
        return None
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    if any(row.unit == "％" for row in subject.rows or sentence.main.rows or record.rows):
        return None
    start = base.year.start if base.year is not None else figure.start
    return Claim(
        "index", figure.start, figure.end, subject,
        figure=figure, carried_year=current_year(sentence, start), base=base,
        bound=bound_behind(plain, figure.end),
    )  # fmt: skip
