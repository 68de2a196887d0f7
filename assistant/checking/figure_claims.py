"""Claims that a figure makes: levels, changes, indices, multiples, achievement rates (1 to 6, 11, 17, 21, 23, 24)."""

import re
from decimal import Decimal

from assistant.checking import words
from assistant.checking.bases import SERIES_BEFORE, base_at, base_beside, bound_behind
from assistant.checking.claim_types import POINT_UNITS, Base, Claim, Form
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.record import Record
from assistant.checking.sentences import (
    NOTHING,
    Sentence,
    Subject,
    Year,
    current_year,
    direct_year,
    is_base_figure,
    states_itself,
    subject_at,
)
from assistant.checking.streaks import streak_before
from assistant.checking.subjects import MENTION, content
from corpus.form import Series

_SOFT_BEFORE = re.compile(
    r"うち|内訳|平均|当たり|あたり|累計|累積|最大|最低|最高|最少|全国|都道府県平均|他市|近隣|県内|都内|無作為"
)

_SOFT_AFTER = re.compile(r"[^、。]{0,4}(?:を占め|の内訳|にあたる|に当たる|に相当)")

_RATE_LABEL = re.compile(r"(?:達成率|達成度|進捗率|到達率|達成割合)(?:は|が|も|で|の|:|、|=)*[ ]?(?:約|ほぼ)?[(「]?$")

_OTHER_RATE = re.compile(
    r"(?:執行率|構成比|シェア|占有率|利用率|回収率|回答率)(?:は|が|も|で|の|:|、|=)*[ ]?(?:約|ほぼ)?[(「]?$"
)

_TOTAL = re.compile(r"(?:合計|総額|トータル|(?<![累統会設推集])計)(?:で|は|が|、|:)?(?:約)?$")

_TOGETHER = re.compile(r"(?:合わせ|併せ|あわせ)(?:て|ると)[、 ]?(?:約)?$")

_YEARS_ADDED = re.compile(r"[0-9]年(?:度)?(?:間|分)|累計|通算")

_AND_MORE = re.compile(r"[とや・、](?!も)|及び|および|並びに")
"""Before a sum: what is summed may be more than what is named last."""

_SERIES_BEHIND = re.compile(
    r"(?:以上|以下|程度|未満)?(?:(?:の|という|を)(?P<target>目標)(?!達成率)|(?:の|という)(?P<actual>実績)"
    r"|(?:まで|に|を)?(?:引き?[上下]げる|高める|抑える|減らす|増やす|低減する|する|保つ|維持する)(?:とした|とする|という|との|こととした)?"
    r"(?P<aim>目標)"
    r"|(?:を|と|になると|に)?(?P<forecast>見込|推計|予測))"
)

_PLAN_BEHIND = re.compile(
    r"(?:以上|以下|程度|未満|台)?(?:まで|に|へ|を|と|となる|になる)?(?:の[^、。]{0,6})?[^、。目]{0,3}"
    r"(?:目指|めざ|見込|予定|予測|想定|高める|高めて|引き上げ|引上げ|増やす|減らす|抑える|確保する|維持する|期待|"
    r"する(?:。|$|こと|よう|計画|目標)|なるよう|向け)"
)

_LEAD_CHANGE = re.compile(
    r"(?P<up>増加|上昇|増|伸び)?(?P<down>減少|低下|下落|減)?(?:数|幅|率|額|分)?(?:は|が|も|:|で)?[ ]?(?:約|ほぼ)?$"
)

_BESIDE = re.compile(rf"{MENTION}(?:数|額|値|率|は|が|も|:|、)?[ ]?(?:約)?$")
"""A mention with its figure right behind it."""

_LEAD_GAP = re.compile(r"(?:差|乖離|開き|ギャップ|増減(?:数|幅|率|額)?)(?:は|が|も|:|で)?[ ]?(?:約|ほぼ)?$")

_COMPARED = re.compile(r"(?:対?比(?:較)?)(?:で|は|が|の|では)?[ ]?(?:約|ほぼ)?[(（]?$")

_BEFORE_CHANGE = re.compile(
    r"(?:程度|前後|ほど|余り|強|弱|以上)?(?:の|も|ほど|だけ|分)?[ ]?(?:大幅に|大きく|大幅な|の)?"
)
_CHANGE_BEHIND_TIMES = re.compile(r"(?:の)?(?:増|減)")


def figure_claim(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """What a figure states, or None where it states nothing by itself."""
    plain = sentence.plain
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    lead = sentence.bare[before : figure.start].replace(BLANK, "")
    segment = sentence.bare[sentence.segment_start(figure.start) : figure.start]
    rest = plain[figure.end :]
    soft = bool(_SOFT_BEFORE.search(segment) or _SOFT_AFTER.match(rest))
    year, carried = direct_year(sentence, figure), current_year(sentence, figure.start)
    if figure.unit == "位":
        return Claim("rank", figure.start, figure.end, NOTHING, figure=figure)
    if figure.unit == "％" and _RATE_LABEL.search(lead):
        subject = subject_at(sentence, figure.start, record, _ids(record, None))
        return Claim(
            "achievement_rate", figure.start, figure.end, subject, figure=figure, year=year, carried_year=carried
        )
    if figure.unit == "倍":
        subject = subject_at(sentence, figure.start, record, _ids(record, None))
        base = base_at(sentence, figure.start)
        if base is None and year is not None and re.fullmatch("の?[ ]?約?", plain[year.end : figure.start]):
            base, carried = Base("actual", year), current_year(sentence, year.start)
            year = None
        form: Form = "other" if _CHANGE_BEHIND_TIMES.match(rest) else "multiple"
        return Claim(
            form,
            figure.start,
            figure.end,
            subject,
            figure=figure,
            year=year,
            carried_year=carried,
            base=base,
            soft=soft,
        )
    change = _change(sentence, figure, lead, record)
    if change is not None:
        return change
    if figure.unit == "％" and _OTHER_RATE.search(lead):
        return Claim("other", figure.start, figure.end, Subject((), "foreign"), figure=figure)
    return _level(sentence, figure, lead, record, year, carried, soft)


def _level(
    sentence: Sentence, figure: Figure, lead: str, record: Record, year: Year | None, carried: Year | None, soft: bool
) -> Claim:
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    rest = sentence.plain[figure.end :]
    series: Series = "actual"
    labelled = SERIES_BEFORE.search(lead)
    behind = _SERIES_BEHIND.match(rest)
    found = labelled or behind
    if found:
        series = "target" if found.groupdict().get("aim") else words.series_of(found) or series
    if year is not None and year.role == "target" and series != "target":
        year = None
    if year is not None and year.role in ("base", "until") and not year.behind:
        year = year if re.match(r"の|は|、", sentence.plain[year.end :]) and is_base_figure(sentence, figure) else None
    total = _TOTAL.search(lead) is not None
    subject = subject_at(sentence, figure.start, record, _ids(record, figure.unit))
    if series == "target":
        subject = _or_main(sentence, subject, figure.start, _ids(record, figure.unit))
    if subject.strength in ("none", "foreign") and not subject.rows:
        unit_wrong = _named_with_other_unit(sentence, figure, record)
        subject = unit_wrong or subject
    beside = _BESIDE.search(lead) is not None
    opens_clause = sentence.bare[sentence.segment_start(figure.start) : figure.start].strip() == ""
    behind_it = sentence.bare[figure.end : sentence.segment_end(figure.end)]
    planned = _PLAN_BEHIND.match(rest) is not None
    by_unit = subject.strength in ("sure", "open") and not subject.topic and not sentence.carried.rows and not planned
    if (not figure.unit and opens_clause) or (by_unit and content(behind_it, record)):
        subject = Subject((), "foreign")
    if subject.strength in ("sure", "open") and not states_itself(sentence, figure) and not beside:
        subject = Subject(subject.rows, "weak") if subject.topic else Subject((), "foreign")
    other_unit = [row for row in subject.rows if not unit_fits(row.unit, figure.unit) and row.takes(figure.unit)]
    if other_unit and not (beside and _names_a_number(sentence, figure.start)):
        subject = Subject(subject.rows, "weak")
    head = sentence.bare[before : figure.start]
    several = head.count(BLANK + "と" + BLANK) > 0 or _YEARS_ADDED.search(head) is not None
    if subject.strength == "sum" and (several or not (states_itself(sentence, figure) or beside)):
        subject = Subject(subject.rows, "sum")
    if total and subject.strength == "sure" and (several or _AND_MORE.search(head)):
        subject = Subject(subject.rows, "weak")
    together = _TOGETHER.search(lead) is not None and subject.strength != "sum"
    if together and (figure.unit != "千円" or len(_parts(sentence, figure)) < 2):
        subject = Subject((), "foreign")
    total = total or (together and subject.strength != "foreign")
    sums = total and figure.unit == "千円" and MENTION not in lead and subject.strength != "sum"
    if sums and (subject.strength in ("open", "none") or any(row.kind == "cost" for row in subject.rows)):
        subject = Subject(tuple(row for row in record.rows if row.id in ("cost:program_total", "cost:total")), "open")
    aimed = not labelled and re.match(r"(?:以上|以下|程度)?を目標", rest) is not None
    plan = (series == "actual" and planned) or aimed
    from_before = re.match(r"から(?!の)|より|と比|に比", rest) is not None and series == "actual"
    return Claim(
        "level",
        figure.start,
        figure.end,
        subject,
        series,
        figure,
        year=year,
        carried_year=carried,
        plan=plan,
        soft=soft,
        from_before=from_before and year is None,
        total=total or subject.strength == "sum",
        parts=_parts(sentence, figure) if sums else (),
        bound=bound_behind(sentence.plain, figure.end) if series == "actual" and year is None else None,
    )


def _parts(sentence: Sentence, figure: Figure) -> tuple[Decimal, ...]:
    """The amounts named before a sum of money in the same sentence."""
    return tuple(other.value for other in sentence.figures if other.end <= figure.start and other.unit == "千円")


def _names_a_number(sentence: Sentence, start: int) -> bool:
    """Whether what is named last before ``start`` is called a number (「事務事業数」, not 「事務事業」)."""
    named = [mention for mention in sentence.mentions if mention.rows and mention.end <= start]
    return bool(named) and sentence.plain[named[-1].start : named[-1].end].endswith("数")


def _or_main(sentence: Sentence, subject: Subject, start: int, allowed: frozenset[str]) -> Subject:
    """The indicator that the item is about, where a sentence without subject comes back to 「目標」 after an aside."""
    said = subject.topic or subject.strength == "sure"
    if said or any(mention.end <= start for mention in sentence.mentions):
        return subject
    rows = tuple(row for row in sentence.main.rows if row.id in allowed)
    return Subject(rows, "sure") if len(rows) == 1 else subject


def _named_with_other_unit(sentence: Sentence, figure: Figure, record: Record) -> Subject | None:
    """The row that the clause names right before a figure of another unit (「人口は76,182世帯」)."""
    subject = subject_at(sentence, figure.start, record, _ids(record, None))
    own = sentence.segment_start(figure.start)
    named = any(mention.end > own and mention.rows for mention in sentence.mentions if mention.end <= figure.start)
    if named and subject.strength == "sure" and subject.topic and states_itself(sentence, figure):
        return subject
    return None


def _change(sentence: Sentence, figure: Figure, lead: str, record: Record) -> Claim | None:
    """3, 4, 5, 27: a figure with a word of change behind it, a label of change before it, or a sign."""
    plain = sentence.plain
    gap = _BEFORE_CHANGE.match(plain, figure.end)
    place = gap.end() if gap else figure.end
    match = words.CHANGE.match(plain, place)
    word, sign, start, end = None, 0, figure.start, figure.end
    compared = _COMPARED.search(lead) is not None
    if match and words.is_change_noun(plain, match) and match.lastgroup != "reach":
        word = words.word_at(plain, match, len(plain))
        end = match.end()
        sign = {"up": 1, "above": 1, "down": -1, "below": -1, "short": -1}.get(word.sense, 0)
    else:
        noun = _LEAD_CHANGE.search(lead)
        if noun and (noun["up"] or noun["down"]):
            sign = 1 if noun["up"] else -1
        elif figure.signed:
            sign = -1 if figure.value < 0 else 1
        elif not _LEAD_GAP.search(lead) and figure.unit != "ポイント":
            if compared and figure.unit == "％":
                return _index(sentence, figure, record)
            return None
    subject = subject_at(sentence, figure.start, record, _change_ids(record, figure.unit))
    if figure.unit == "ポイント" and not subject.rows:
        subject = _named_with_other_unit(sentence, figure, record) or subject
    if subject.strength == "sure" and word is None and not states_itself(sentence, figure):
        subject = Subject(subject.rows, "weak", subject.topic)
    base = base_at(sentence, figure.start)
    beside = base_beside(sentence, figure.start, lead)
    if beside is not None and (base is None or base.series != beside.series):
        base = beside
    if base is not None and base.series == "target":
        subject = _or_main(sentence, subject, figure.start, _change_ids(record, figure.unit))
    gap_word = word is not None and word.sense in ("gap", "short")
    if base is None and (gap_word or _LEAD_GAP.search(lead)):
        base = Base("target", None) if "目標" in sentence.plain[: figure.start] else None
        if base is not None and not subject.rows:
            meant = _or_main(sentence, subject, figure.start, _change_ids(record, figure.unit))
            subject = Subject(meant.rows, "weak") if meant.rows else subject
    carried = current_year(sentence, figure.start)
    plan = word is not None and not word.fact and bool(words.PLAN.search(_clause(plain, end)))
    return Claim(
        "change",
        start,
        end,
        subject,
        figure=figure,
        word=word,
        carried_year=carried,
        base=base,
        sign=sign,
        plan=plan,
        bound=bound_behind(plain, figure.end),
        streak=streak_before(plain, figure.start),
        period=_period(sentence, figure.start),
    )


def _period(sentence: Sentence, place: int) -> int | None:
    """27: the years of 「3年間で」 in the clause before a change."""
    found = re.search(r"([0-9]{1,2})(?:か年|年間)で", sentence.plain[sentence.segment_start(place) : place])
    return int(found[1]) if found else None


def _index(sentence: Sentence, figure: Figure, record: Record) -> Claim:
    subject = subject_at(sentence, figure.start, record, _ids(record, None))
    base = base_at(sentence, figure.start)
    carried = current_year(sentence, figure.start)
    return Claim("index", figure.start, figure.end, subject, figure=figure, carried_year=carried, base=base)


def _clause(plain: str, place: int) -> str:
    return re.split(r"、|。", plain[place:], maxsplit=1)[0]


def _ids(record: Record, unit: str | None) -> frozenset[str]:
    """Rows that a figure of ``unit`` can be a value of; a figure without unit, of any."""
    return frozenset(row.id for row in record.rows if not unit or unit_fits(row.unit, unit))


def _change_ids(record: Record, unit: str) -> frozenset[str]:
    if unit == "ポイント":
        return frozenset(row.id for row in record.rows if row.unit in POINT_UNITS)
    if unit == "％":
        return _ids(record, None)
    return _ids(record, unit)
