"""Claims of change that a figure makes (3, 4, 5, 27): differences, points, rates, gaps, in pairs, of a past year."""

import re

from assistant.checking import words
from assistant.checking.added import added_claim
from assistant.checking.bases import base_at, bound_behind
from assistant.checking.change_bases import carried_period, change_bases, clause_start, period_of
from assistant.checking.claim_types import Base, Claim
from assistant.checking.figure_subjects import change_ids, named_with_other_unit, or_main
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import NOTHING, Sentence, Subject, current_year, direct_year, states_itself
from assistant.checking.shared_words import BEFORE_CHANGE, shared_word
from assistant.checking.streaks import streak_before
from assistant.checking.words import Word
from assistant.checking.years import Year

_HEDGE = r"(?:約|およそ|おおよそ|ほぼ|概ね|おおむね|ちょうど|わずか(?:に)?|実に|さらに|計|[ (])*"
_LEAD_CHANGE = re.compile(
    r"(?P<up>増加|上昇|増|伸び|プラス)?(?P<down>減少|低下|下落|減|マイナス)?"
    rf"(?:(?:数|幅|率|額|分|量)(?:(?:は|が|も|:|で)、?)?|(?:(?:は|が|も|:)、?)?){_HEDGE}$"
)
"""A change by its label; 「3年連続の増加で226人」 is a level."""
_LEAD_GAP = re.compile(
    r"(?:差|乖離|かい離|開き|ギャップ|隔たり|(?:不足|超過)(?:数|分|額)?|増減(?:数|幅|率|額)?|"
    rf"まで(?:に|は|には)?[、 ]?(?:あと|残り|なお))(?:(?:は|が|も|:|で)、?)?{_HEDGE}$"
)
_INDEX_FROM = 50
"""％ from which 「前年度比…％」 without a word of change is an index."""
_COMPARED = re.compile(rf"(?:対?比(?:較)?)(?:で|は|が|の|では)?{_HEDGE}$")
_WIDTH = re.compile(
    r"(?:(?P<up>増加|上昇|伸び)|(?P<down>減少|低下|下落|落ち込み)|(?P<side>上回る|下回る)|増減)の?(?:幅|数|額)|"
    r"(?P<gap>差|乖離|開き|ギャップ)"
)
"""What a figure behind 「…は前年度の」 is the size of."""
_OF_YEAR = re.compile(r"の[ ]?(?:約|およそ|ほぼ)?[ ]?")
_WIDENED = re.compile(r"(?:から|より|と比べ|に比べ)")


_OF_ALL = re.compile(r"全体の(?:伸び|増加|減少|増減|上昇|低下|増|減)(?:幅|額|数|分)?(?:は|が|も|で)[^、。]{0,6}$")


def _all_of_it(sentence: Sentence, figure: Figure) -> Subject:
    """「全体の伸びは31,898千円」: of the whole whose parts the sentence has named, not of the last part."""
    named = {row.id: row for mention in sentence.mentions if mention.end <= figure.start for row in mention.rows}
    row = named.get("cost:total") or named.get("cost:program_total")
    return Subject((row,), "sure", True) if row is not None else Subject((), "foreign")


def change_claim(sentence: Sentence, figure: Figure, lead: str, record: Record) -> Claim | None:
    """The change that a figure states by a word behind it, a label before it, or its sign; None for none."""
    plain = sentence.plain
    past = _past_width(sentence, figure, record) or _rate_of_year(sentence, figure, record)
    if past is not None:
        return past
    gap = BEFORE_CHANGE.match(plain, figure.end)
    match = words.CHANGE.match(plain, gap.end() if gap else figure.end)
    word, sign, start, end = None, 0, figure.start, figure.end
    compared = _COMPARED.search(lead) is not None
    # 「前年度比108.5％、…は5.5％の増」: the word of the later figure is not of an index
    index = compared and figure.unit == "％" and abs(figure.value) >= _INDEX_FROM
    shared = shared_word(sentence, figure) if match is None and not index else None
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
        if noun and lead[: noun.start()] in ("", "の") and "(" in lead and _follows_a_figure(sentence, figure, lead):
            # 「27,460千円の増（548,930千円）」: the word is of the figure before it
            noun = None
        if figure.signed:
            sign = -1 if figure.value < 0 else 1
        elif noun and (noun["up"] or noun["down"]):
            sign = 1 if noun["up"] else -1
        elif not _LEAD_GAP.search(lead) and figure.unit != "ポイント":
            if compared and figure.unit == "％":
                return _index(sentence, figure, record)
            if not compared or figure.unit in ("", "倍"):
                return added_claim(sentence, figure, record)
    anchor = _anchor(sentence, figure) if shared is not None else figure.start
    subject = subject_at(sentence, anchor, record, change_ids(record, figure.unit))
    if _OF_ALL.search(plain, max(0, figure.start - 16), figure.start):
        subject = _all_of_it(sentence, figure)
    if figure.unit == "ポイント" and not subject.rows:
        subject = named_with_other_unit(sentence, figure, record) or subject
    if subject.strength == "sure" and word is None and shared is None and not states_itself(sentence, figure):
        subject = Subject(subject.rows, "weak", subject.topic)
    stated = word or shared
    base, *others = change_bases(sentence, figure, lead, stated.sense if stated is not None else None)
    if base is not None and base.series == "target":
        subject = or_main(sentence, subject, figure.start, change_ids(record, figure.unit))
    gap_word = word is not None and word.sense in ("gap", "short")
    if base is None and (gap_word or _LEAD_GAP.search(lead)):
        base = Base("target", None) if "目標" in sentence.plain[: figure.start] else None
        if base is not None and not subject.rows:
            meant = or_main(sentence, subject, figure.start, change_ids(record, figure.unit))
            subject = Subject(meant.rows, "weak") if meant.rows else subject
    carried = current_year(sentence, figure.start)
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
        other_bases=tuple(others),
        sign=sign,
        plan=plan or (shared is not None and shared.negated),
        bound=bound_behind(plain, figure.end),
        streak=streak_before(plain, figure.start),
        period=_period(plain, figure.start) if base is None else None,
        soft=shared is not None and figure.unit not in ("％", "ポイント"),
    )


def _follows_a_figure(sentence: Sentence, figure: Figure, lead: str) -> bool:
    return any(other.end == figure.start - len(lead) for other in sentence.figures)


def _period(plain: str, place: int) -> int | None:
    start = clause_start(plain, place)
    own = period_of(plain, start, place)
    return carried_period(plain, start) if own is None else own


def _sign(word: Word) -> int:
    return {"up": 1, "above": 1, "down": -1, "below": -1, "short": -1}.get(word.sense, 0)


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


_RATE_TOPIC = re.compile(
    r"(?:(?P<up>増加|上昇|伸び)|(?P<down>減少|低下|下落)|増減|変化)率(?:は|が|について[はも]?|を見ると|をみると)"
)


def _rate_of_year(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """「伸び率は、前年度の28.6％に対し、令和6年度は1.4％」: rates of several years, each against the year before."""
    if figure.unit != "％" or "率" not in sentence.plain:
        return None
    topics = list(_RATE_TOPIC.finditer(sentence.plain, 0, figure.start))
    year = direct_year(sentence, figure)
    if not topics or year is None or year.start < topics[-1].end():
        return None
    subject = subject_at(sentence, topics[-1].start(), record, change_ids(record, figure.unit))
    if subject.strength != "sure":
        return None
    last = topics[-1]
    sign = 1 if last["up"] else -1 if last["down"] else 0
    if figure.signed:
        sign = -1 if figure.value < 0 else 1
    return Claim("change", figure.start, figure.end, subject, figure=figure, year=year, sign=sign)


def _others_between(sentence: Sentence, year: Year) -> bool:
    return any(mention.how == "foreign" and mention.end <= year.start for mention in sentence.mentions)


def _index(sentence: Sentence, figure: Figure, record: Record) -> Claim:
    subject = subject_at(sentence, figure.start, record, change_ids(record, "％"))
    base = base_at(sentence, figure.start)
    carried = current_year(sentence, figure.start)
    return Claim("index", figure.start, figure.end, subject, figure=figure, carried_year=carried, base=base)


def _clause(plain: str, place: int) -> str:
    return re.split(r"、|。", plain[place:], maxsplit=1)[0]
