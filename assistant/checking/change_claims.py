"""Claims of change that a figure makes (3, 4, 5, 27): differences, points, rates, gaps, in pairs, of a past year."""

import re

from assistant.checking import words
from assistant.checking.bases import base_at, base_beside, bound_behind
from assistant.checking.claim_types import Base, Claim
from assistant.checking.figure_subjects import change_ids, named_with_other_unit, or_main
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.sentences import NOTHING, Sentence, Subject, Year, current_year, states_itself, subject_at
from assistant.checking.streaks import streak_before
from assistant.checking.words import Word

_LEAD_CHANGE = re.compile(
    r"(?P<up>増加|上昇|増|伸び)?(?P<down>減少|低下|下落|減)?(?:数|幅|率|額|分)?(?:は|が|も|:|で)?[ ]?(?:約|ほぼ)?$"
)
_LEAD_GAP = re.compile(r"(?:差|乖離|開き|ギャップ|増減(?:数|幅|率|額)?)(?:は|が|も|:|で)?[ ]?(?:約|ほぼ)?$")
_COMPARED = re.compile(r"(?:対?比(?:較)?)(?:で|は|が|の|では)?[ ]?(?:約|ほぼ)?[(（]?$")
_BEFORE_CHANGE = re.compile(
    r"(?:程度|前後|ほど|余り|強|弱|以上)?(?:の|も|ほど|だけ|分)?[ ]?(?:大幅に|大きく|大幅な|の)?"
)
_WIDTH = re.compile(
    r"(?:(?P<up>増加|上昇|伸び)|(?P<down>減少|低下|下落|落ち込み)|(?P<side>上回る|下回る)|増減)の?(?:幅|数|額)|"
    r"(?P<gap>差|乖離|開き|ギャップ)"
)
"""What a figure behind 「…は前年度の」 is the size of."""
_OF_YEAR = re.compile(r"の[ ]?(?:約|およそ|ほぼ)?[ ]?")
_WIDENED = re.compile(r"(?:から|より|と比べ|に比べ)")


def change_claim(sentence: Sentence, figure: Figure, lead: str, record: Record) -> Claim | None:
    """The change that a figure states by a word behind it, a label before it, or its sign; None for none."""
    plain = sentence.plain
    past = _past_width(sentence, figure, record)
    if past is not None:
        return past
    gap = _BEFORE_CHANGE.match(plain, figure.end)
    match = words.CHANGE.match(plain, gap.end() if gap else figure.end)
    word, sign, start, end = None, 0, figure.start, figure.end
    compared = _COMPARED.search(lead) is not None
    shared = _shared_word(sentence, figure) if match is None else None
    if match and words.is_change_noun(plain, match) and match.lastgroup != "reach":
        word = words.word_at(plain, match, len(plain))
        also = "も" in plain[figure.end : match.start()]
        if also and word.sense in ("above", "below") and _is_labelled(sentence, figure):
            return None
        end = match.end()
        sign = _sign(word)
    elif shared is not None:
        sign = _sign(shared)
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
    anchor = _anchor(sentence, figure) if shared is not None else figure.start
    subject = subject_at(sentence, anchor, record, change_ids(record, figure.unit))
    if figure.unit == "ポイント" and not subject.rows:
        subject = named_with_other_unit(sentence, figure, record) or subject
    if subject.strength == "sure" and word is None and shared is None and not states_itself(sentence, figure):
        subject = Subject(subject.rows, "weak", subject.topic)
    base = base_at(sentence, figure.start)
    beside = base_beside(sentence, figure.start, lead)
    if beside is not None and (base is None or base.series != beside.series):
        base = beside
    if base is not None and base.series == "target":
        subject = or_main(sentence, subject, figure.start, change_ids(record, figure.unit))
    gap_word = word is not None and word.sense in ("gap", "short")
    if base is None and (gap_word or _LEAD_GAP.search(lead)):
        base = Base("target", None) if "目標" in sentence.plain[: figure.start] else None
        if base is not None and not subject.rows:
            meant = or_main(sentence, subject, figure.start, change_ids(record, figure.unit))
            subject = Subject(meant.rows, "weak") if meant.rows else subject
    carried = current_year(sentence, figure.start)
    stated = word or shared
    plan = stated is not None and not stated.fact and bool(words.PLAN.search(_clause(plain, max(end, stated.end))))
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
        plan=plan or (shared is not None and shared.negated),
        bound=bound_behind(plain, figure.end),
        streak=streak_before(plain, figure.start),
        period=_period(sentence, figure.start),
    )


def _sign(word: Word) -> int:
    return {"up": 1, "above": 1, "down": -1, "below": -1, "short": -1}.get(word.sense, 0)


_RATE_BESIDE = re.compile(r"[ ]?(?:、|・)[ ]?(?:率にして|率で(?:は)?|割合にして)?[ ]?(?:約|およそ|ほぼ)?[ ]?$")
_RATE_IN_BRACKETS = re.compile(r"[ ]?\([ ]?(?:率にして|率で)?(?:約|およそ|ほぼ)?[ ]?$")
_SHARED_SENSES = frozenset({"up", "down", "better", "worse", "above", "below"})


def _shared_word(sentence: Sentence, figure: Figure) -> Word | None:
    """The word that a difference shares with its rate: 「62事業所、率にして2.2％減少」, 「398万円（9.9％）増加」.

    Also for the rate in brackets itself. Beside 、 the sentence must say what it compares with.
    """
    plain = sentence.plain
    later = next((other for other in sentence.figures if other.start >= figure.end), None)
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if later is not None and later.unit == "％" and figure.unit != "％":
        between = plain[figure.end : later.start]
        if _RATE_IN_BRACKETS.fullmatch(between) or (_RATE_BESIDE.fullmatch(between) and _compares(sentence, figure)):
            return _word_behind(plain, later.end, brackets="(" in between)
    if before is not None and figure.unit == "％" and before.unit != "％":
        between = plain[before.end : figure.start]
        if _RATE_IN_BRACKETS.fullmatch(between):
            return _word_behind(plain, figure.end, brackets=True)
    return None


def _compares(sentence: Sentence, figure: Figure) -> bool:
    return base_at(sentence, figure.start) is not None or _period(sentence, figure.start) is not None


def _word_behind(plain: str, place: int, *, brackets: bool) -> Word | None:
    closed = re.match(r"(?:程度|余り|強|弱)?[ ]?\)", plain[place:]) if brackets else None
    if brackets and closed is None:
        return None
    start = place + (closed.end() if closed else 0)
    gap = _BEFORE_CHANGE.match(plain, start)
    match = words.CHANGE.match(plain, gap.end() if gap else start)
    if match is None or match.lastgroup not in _SHARED_SENSES or not words.is_change_noun(plain, match):
        return None
    return words.word_at(plain, match, len(plain))


def _anchor(sentence: Sentence, figure: Figure) -> int:
    """Where the pair of a difference and its rate begins, for finding its subject outside of the brackets."""
    if figure.unit != "％":
        return figure.start
    return next((other.start for other in reversed(sentence.figures) if other.end <= figure.start), figure.start)


def _is_labelled(sentence: Sentence, figure: Figure) -> bool:
    """「成り行き値の14.3％も」, 「令和元年度の62.4％も」: a value that is compared with, not a size."""
    head = sentence.plain[: figure.start]
    if any(year.end <= figure.start and _OF_YEAR.fullmatch(head[year.end :]) for year in sentence.years):
        return True
    return re.search(rf"(?:{words.SERIES.pattern})の?[ ]?(?:約)?$", head) is not None


def _past_width(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """「減少幅は前年の263人から縮まった」, 「差は前年度の1.6ポイントから縮小した」: a change or gap of that year."""
    plain = sentence.plain
    before = [year for year in sentence.years if year.end <= figure.start]
    year = next((year for year in before if _OF_YEAR.fullmatch(plain[year.end : figure.start])), None)
    if year is None or not _WIDENED.match(plain, figure.end):
        return None
    clause = re.split("[、。]", re.sub(r"は、", "は ", plain[: year.start]))[-1]
    width = max(_WIDTH.finditer(clause), key=lambda match: match.end(), default=None)
    if width is None or not re.fullmatch(r"(?:は|が|も)[ ]?", clause[width.end() :]):
        return None
    subject = subject_at(sentence, year.start, record, change_ids(record, figure.unit))
    base: Base | None = None
    if width["gap"]:
        base = base_at(sentence, year.start)
        if "目標" in plain[: year.start] and (base is None or base.series == "actual"):
            base = Base("target", None)
        base = Base(base.series, None) if base is not None and base.series != "actual" else None
    if width["side"] or (width["gap"] and base is None):
        subject = NOTHING
    if base is not None:
        subject = or_main(sentence, subject, figure.start, change_ids(record, figure.unit))
    if subject.strength == "weak" and len(subject.rows) == 1 and not _others_between(sentence, year):
        subject = Subject(subject.rows, "sure", True)
    sign = 1 if width["up"] else -1 if width["down"] else 0
    return Claim("change", figure.start, figure.end, subject, figure=figure, year=year, base=base, sign=sign)


def _others_between(sentence: Sentence, year: Year) -> bool:
    return any(mention.how == "foreign" and mention.end <= year.start for mention in sentence.mentions)


def _period(sentence: Sentence, place: int) -> int | None:
    """27: the years of 「3年間で」 in the clause before a change."""
    found = re.search(r"([0-9]{1,2})(?:か年|年間)で", sentence.plain[sentence.segment_start(place) : place])
    return int(found[1]) if found else None


def _index(sentence: Sentence, figure: Figure, record: Record) -> Claim:
    subject = subject_at(sentence, figure.start, record, change_ids(record, "％"))
    base = base_at(sentence, figure.start)
    carried = current_year(sentence, figure.start)
    return Claim("index", figure.start, figure.end, subject, figure=figure, carried_year=carried, base=base)


def _clause(plain: str, place: int) -> str:
    return re.split(r"、|。", plain[place:], maxsplit=1)[0]
