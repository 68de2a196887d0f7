"""Claims of proportion that a figure makes (6, 11, 19): multiples and parts of a base's value, shares of a cost."""

import re

from assistant.checking import words
from assistant.checking.bases import SERIES_BEFORE, base_at, bound_behind
from assistant.checking.claim_types import Base, Claim, Form
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject, Year, current_year, direct_year, subject_at
from assistant.checking.shares import share_claim

_CHANGE_BEHIND = re.compile(r"(?:の)?(?:増|減)")
_OF = re.compile(r"の?[ ]?(?:約|およそ|ほぼ|概ね|おおむね)?[ ]?")
_LEVEL_BEHIND = re.compile(
    r"(?:程度|前後|強|弱|余り|以上|近く)?(?:の(?:水準|規模)|にとどま|に相当|に当た|にあた|まで(?:達|戻|回復|持ち直|届)|に(?:達|戻|回復)"
    r"|を(?:超え|上回|下回|割)|に満た|である|だ(?:った)?|で(?:、|あ)|となっ|(?=[、。)]|$))"
)


def ratio_claim(sentence: Sentence, figure: Figure, lead: str, record: Record, *, soft: bool) -> Claim | None:
    """A multiple, a part of a base's value in ％, or a share; None where the figure is none of them."""
    if figure.unit == "倍":
        return _multiple(sentence, figure, record, soft=soft)
    if figure.unit != "％":
        return None
    return share_claim(sentence, figure, record) or _part_of_base(sentence, figure, record)


def _multiple(sentence: Sentence, figure: Figure, record: Record, *, soft: bool) -> Claim:
    plain = sentence.plain
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    year, carried = direct_year(sentence, figure), current_year(sentence, figure.start)
    base = base_right_before(sentence, figure)
    if base is not None:
        carried = current_year(sentence, base.year.start if base.year is not None else figure.start)
        year = None
    else:
        base = base_at(sentence, figure.start)
    form: Form = "other" if _CHANGE_BEHIND.match(plain, figure.end) else "multiple"
    return Claim(
        form, figure.start, figure.end, subject,
        figure=figure, year=year, carried_year=carried, base=base, soft=soft,
    )  # fmt: skip


def base_right_before(sentence: Sentence, figure: Figure) -> Base | None:
    """What a proportion names right before itself: 「令和2年度の」, 「計画策定時の6.2kmの」, 「目標の」."""
    plain = sentence.plain
    year = _year_at(sentence, figure.start)
    if year is not None:
        return Base("actual", year)
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if (
        before is not None
        and before.unit != "％"
        and re.fullmatch(r"の[ ]?(?:約|およそ|ほぼ)?[ ]?", plain[before.end : figure.start])
    ):
        labelled = SERIES_BEFORE.search(plain[: before.start])
        named = _year_at(sentence, before.start)
        if labelled is not None or named is not None:
            return Base((words.series_of(labelled) if labelled else None) or "actual", named, before)
        return None
    match = re.search(rf"(?:{words.SERIES.pattern})の[ ]?(?:約|およそ|ほぼ)?[ ]?$", plain[: figure.start])
    name = words.series_of(match) if match else None
    if match is None or name in (None, "actual"):
        return None
    return Base(name or "target", _year_at(sentence, match.start()))


def _of_a_figure(sentence: Sentence, figure: Figure) -> bool:
    """「36か所の3割」: of a number that the text states, whatever it is."""
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if before is None or before.unit in ("％", "ポイント"):
        return False
    return re.fullmatch(r"の[ ]?約?", sentence.plain[before.end : figure.start]) is not None


def _year_at(sentence: Sentence, place: int) -> Year | None:
    """The year that ends right before ``place``, but for の."""
    return next(
        (
            year
            for year in sentence.years
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
