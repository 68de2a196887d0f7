"""Claims that words of direction make without a figure of their own: 増加した, 横ばい, 改善した (7, 8, 12, 15, 30)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checking import words
from assistant.checking.bases import base_at
from assistant.checking.claim_types import Base, Claim
from assistant.checking.meanings import content
from assistant.checking.numerals import unit_fits
from assistant.checking.record import Record, Row
from assistant.checking.referents import SIDE, subject_at
from assistant.checking.sentences import Sentence, Subject, current_year
from assistant.checking.streaks import streak_at
from assistant.checking.subjects import Mention
from assistant.checking.tolerance import fits
from assistant.checking.trend_words import TREND, read_trends
from assistant.checking.words import Word
from assistant.checking.years import Year

_NEAR_WORD = re.compile(
    r"(?:程度)?[)）]?(?:のまま|に|へ|まで|へと|と|となり、?|で、?|となって|となる)?(?:まで)?[ 、]?"
    r"(?:大幅に|やや|わずかに|大きく|若干|年々|徐々に|着実に|順調に|ほぼ|概ね|おおむね|少し|急激に|緩やかに|再び)?[ ]?$"
)
_SURVEY = re.compile("調査|アンケート|結果")
_TOGETHER = re.compile(
    r"いずれも|どちらも|ともに|共に|両(?:指標|者|数値)(?:とも)?(?:に)?|とも(?:に)?(?=[、 ]|前年|目標|見込)|そろって|"
    r"揃って|すべて|全て"
)
_JOIN = re.compile(r"(?:数|額)?(?:と|や|及び|および|並びに|、|・|も)[ ]?")
_PREDICATES = (TREND, words.AGAINST, words.ACHIEVED)
_COMPARED_WITH = re.compile(r"と(?:は|も)?[、 ]?(?:ほぼ|概ね|おおむね|全く|約|あまり|ほとんど|さほど)?$")
_OF_VALUE = re.compile(r"(?:末|時点?)?(?:の?(?:実績|調査|数値|値|水準|結果|目標|額|数))*[)）]?")
_OTHERS_OF = re.compile(r"(?<![0-9])(?:もの|こと|ほう|方|人|者|世帯|地区|地域)は")
_PART_OF = re.compile(r"うち|に係る|に関わる|による(?=.)|以外|一部|[えけれきしっいじせてみ]た|ている")
_COUNTED = re.compile(r"の?(?:設置|開催|実施|登録|認定)?(?:箇所|か所|件|団体|回|個所|者)?数(?:\(.*\))?")
_ASIDE = re.compile(
    r"もあ(?:り|って)|により|によって|を受けて?|を背景に|に伴い|[影効][響果]で|したことで|などから|等から"
)
_WA = re.compile(r"(?:数|額|率)?(?:\([^()]*\))?(?:は|については|では)")
_OWN = re.compile(r"(?:数|額|率)?(?:\([^()]*\))?(?:だけ|のみ|については|では)?(?:は|が)")
_EACH = re.compile(r"当たり|あたり|平均")
_TO_LEVEL = re.compile(r"(?:に|まで|へ)(?:に)?(?:は|も)?(?:完全に|ほぼ)?$")
_TO_YEARS_LEVEL = re.compile(
    r"末?(?:の?(?:実績|水準|数値|値|利用者数|並み?|レベル|状態))*(?:\([^()]*\))?(?:に|まで|へ)(?:に)?(?:は|"
    r"も)?(?:完全に|ほぼ)?"
)
_FROM_YEAR = re.compile(
    r"末?[^、。()]{0,12}?(?:から|より|と比べ(?:て|ると)?|に比べ(?:て|ると)?)(?:は|も)?[ ]?(?:大き[なく]|大幅[なに]|"
    r"ほとんど|ほぼ|やや|さらに)?"
)
_FIRM = re.compile(r"(?:に|において|の実績)?(?:は|も|で(?=は|も)|の実績|、|には)|にかけて")
_MORE_THAN = re.compile(r"(?:より[もは]?|比べ(?:て|ると)?)[、 ]?約?(?:やや|大きく|わずかに|大幅に|かなり|少し|なお)?$")
"""Before 「長く」: the comparison is a relation to that year (9)."""
_RUN = re.compile(r"連続|続けて|続いて|にわた")
_SINCE = re.compile(r"以降|以来|以後")


@dataclass(frozen=True)
class Told:
    """What a word is said of: a subject, the year named for it, whether of all its rows (いずれも).

    ``figure``: the level that the word stands at.
    """

    subject: Subject
    year: Year | None = None
    whole: bool = False
    figure: Claim | None = None


def trends(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """7, 8, 12, 15, 30: words of direction, flatness, better and worse that report."""
    plain = sentence.plain
    for trend in read_trends(sentence):
        word = trend.word
        if trend.of is not None:
            told = Told(Subject(trend.of.rows, "sure" if len(trend.of.rows) == 1 else "open", True))
        else:
            told = told_of(sentence, record, figures, word)
        streak = streak_at(plain, word.start, word.end)
        if streak is not None and word.negated and plain[word.start - 1] == "の":
            continue
        base, found = _base(sentence, word)
        if base is None and told.figure is not None:
            base = _earlier_value(figures, told.figure)
        if told.subject.strength not in ("sure", "open") or not found or _somewhere(sentence, word):
            continue
        if word.sense == "recover" and _TO_LEVEL.search(plain[sentence.segment_start(word.start) : word.start]):
            yield from _recovered_to(sentence, word, told)
            continue
        if plain[word.start] == "戻" or (plain[word.end - 1] == "く" and _MORE_THAN.search(plain, 0, word.start)):
            continue
        carried = _carried(sentence, word.start)
        yield Claim(
            "trend",
            word.start,
            word.end,
            told.subject,
            word=word,
            year=told.year,
            carried_year=carried if base is None or carried != base.year else None,
            base=base,
            streak=streak,
            trend=trend.long or (base is not None and base.year is not None and _since(sentence, base.year)),
            whole=told.whole,
            past=trend.past or trend.of is not None,
        )


def _earlier_value(figures: list[Claim], at: Claim) -> Base | None:
    """「令和元年度に6,842人であった参加者数は、4年度には4,105人まで減少」: the value of another year told before."""
    before = [
        claim
        for claim in figures
        if claim.form == "level" and claim.series == "actual" and claim.end <= at.start and claim.year is not None
    ]
    if not before or (at.year is None and at.carried_year is None):
        return None
    last = before[-1]
    same = last.subject.rows == at.subject.rows and last.figure is not None and at.figure is not None
    different = last.year is not None and last.year != at.year and last.year.name not in ("this", "after")
    return Base("actual", last.year) if same and different else None


def _recovered_to(sentence: Sentence, word: Word, told: Told) -> Iterator[Claim]:
    """「令和元年度の水準には回復していない」: against that year; of 「流行前の水準」 nothing is stored."""
    plain = sentence.plain
    years = [year for year in sentence.years if _TO_YEARS_LEVEL.fullmatch(plain, year.end, word.start)]
    if years and years[-1].name in (None, "before", "two_before", "start"):
        reached = Word(word.start, word.end, "short" if word.negated else "reach", False, True)
        base, carried = Base("actual", years[-1]), current_year(sentence, years[-1].start)
        year = None if told.year == years[-1] else told.year
        yield Claim(
            "against", word.start, word.end, told.subject, word=reached, year=year, carried_year=carried, base=base
        )


def _base(sentence: Sentence, word: Word) -> tuple[Base | None, bool]:
    """What the word compares with, and whether that can be told (「県平均と同水準」 cannot)."""
    plain = sentence.plain
    years = [year for year in sentence.years if year.end <= word.start]
    if years and _since(sentence, years[-1]):
        return Base("actual", years[-1]), True
    own = sentence.segment_start(word.start)
    from_year = [y for y in sentence.years if y.start >= own and _FROM_YEAR.fullmatch(plain, y.end, word.start)]
    if from_year:
        return Base("actual", from_year[-1]), True
    base = base_at(sentence, word.start)
    if base is not None and base.series != "actual" and _left_behind(sentence, word.start):
        base = None
    compared = _COMPARED_WITH.search(plain, own, word.start) if word.sense in ("same", "flat") else None
    change = compared is not None and _A_CHANGE.search(plain, own, compared.start()) is not None
    if compared is not None and not change and not _is_ours(sentence, own, compared.start()):
        return None, False
    return base, base is None or not base.foreign


_A_CHANGE = re.compile(r"\d[^、。\d]{0,6}の?(?:増加?|減少?|上昇|低下|差)$")
"""Before と: the change that 横ばい sums up (「152人減とほぼ横ばい」)."""
_TURNED = re.compile(r"(?:ものの|が、|けれど|一方)")


def _left_behind(sentence: Sentence, place: int) -> bool:
    """「目標の170haには達しなかったものの、増加している」: the target was compared with before the turn."""
    turns = [match.start() for match in _TURNED.finditer(sentence.plain, 0, place)]
    said = [match.end() for match in words.SERIES.finditer(sentence.plain, 0, place)]
    return bool(turns and said) and said[-1] <= turns[-1]


def _is_ours(sentence: Sentence, own: int, place: int) -> bool:
    """Whether what ends at ``place`` (before と) is a year, a series or a figure of ours, and no other city."""
    plain = sentence.plain
    ends = [year.end for year in sentence.years] + [figure.end for figure in sentence.figures]
    ends += [match.end() for match in words.SERIES.finditer(plain, own, place)]
    return any(end <= place and _OF_VALUE.fullmatch(plain, end, place) for end in ends)


def _carried(sentence: Sentence, place: int) -> Year | None:
    """The year that the sentence has set; 「3年度連続」 is none."""
    year = current_year(sentence, place)
    return None if year is not None and _RUN.match(sentence.plain, year.end) else year


def _since(sentence: Sentence, year: Year) -> bool:
    return _SINCE.match(sentence.plain, year.end) is not None


def _somewhere(sentence: Sentence, word: Word) -> bool:
    """「駅から離れた商店会では空き店舗が減っていない」: told of one place, not of the whole."""
    named = [mention for mention in sentence.mentions if mention.rows and mention.end <= word.start]
    places = [mention for mention in sentence.mentions if mention.how in ("foreign", "weak") and mention.topic]
    return bool(named) and any(
        mention.end == named[-1].start
        and sentence.plain[: mention.end].endswith("では")
        and _SURVEY.search(sentence.plain[mention.start : mention.end]) is None
        for mention in places
    )


def told_of(sentence: Sentence, record: Record, figures: list[Claim], word: Word) -> Told:
    """The subject of a word without figure: that of the figure it stands at, or what the clause names."""
    plain = sentence.plain
    own_year = _year_of(sentence, word.start)
    rows = _all_named(sentence, record, word)
    if rows:
        return Told(Subject(rows, "sure"), own_year, whole=True)
    near = [
        claim
        for claim in figures
        if claim.form == "level" and claim.end <= word.start and _NEAR_WORD.match(plain[claim.end : word.start])
    ]
    if near:
        claim = _outside_brackets(sentence, figures, near[-1])
        sure = claim.subject.strength != "sure" and _is_its_value(claim, record)
        subject = Subject(claim.subject.rows, "sure", True) if sure else claim.subject
        return Told(subject, claim.year or own_year, figure=claim)
    subject = subject_at(sentence, word.start, record, None)
    named = max((mention.end for mention in sentence.mentions if mention.rows and mention.end <= word.start), default=0)
    named += len(own_side.group()) if (own_side := SIDE.match(plain, named)) else 0
    names = "".join(row.plain_name for row in subject.rows)
    each = _EACH.search(plain, sentence.segment_start(word.start), word.start) and not _EACH.search(names)
    loose = _is_loose(sentence, record, subject, word) and not _valued_before(figures, subject, record, word)
    if each or _OTHERS_OF.search(plain, named, word.start) or loose:
        return Told(Subject(subject.rows, "weak"))
    if subject.strength in ("none", "weak", "foreign"):
        topic = _topic_of_sentence(sentence, record, word)
        if topic is not None:
            return Told(Subject((topic,), "sure", True), own_year)
    if subject.strength == "none":
        sure_before = [
            claim
            for claim in figures
            if claim.form in ("level", "change") and claim.subject.strength == "sure" and claim.end <= word.start
        ]
        if sure_before and not content(sentence.bare[sentence.segment_start(word.start) : word.start], record):
            return Told(sure_before[-1].subject, own_year)
    return Told(subject, own_year)


def _outside_brackets(sentence: Sentence, figures: list[Claim], claim: Claim) -> Claim:
    """「44.1％（前年度45.9％）と低下」: the word stands at the figure before the brackets."""
    plain = sentence.plain
    if plain[claim.end : claim.end + 1] != ")":
        return claim
    opened = plain.rfind("(", 0, claim.start)
    return next((other for other in figures if other.form == "level" and other.end == opened), claim)


def _is_loose(sentence: Sentence, record: Record, subject: Subject, word: Word) -> bool:
    """「自転車は増えた」 of 「自転車通行空間の延長」: without a figure, the thing that the row counts must be named."""
    if len(subject.rows) != 1 or subject.strength != "sure":
        return False
    row = subject.rows[0]
    meant = [m for m in sentence.mentions if m.rows == subject.rows and m.end <= word.start]
    if not meant or meant[-1].how != "phrase":
        return False
    said = sentence.plain[meant[-1].start : meant[-1].end].lstrip("・〇○◆◇■□●※- ")
    rest = re.sub(r"(?:は|が|も|を|では|については)$", "", said)
    if rest in row.plain_name and len(rest) * 2 >= len(row.plain_name):
        return False
    if _PART_OF.search(said):
        return True
    if row.plain_name.startswith(rest) and _COUNTED.fullmatch(row.plain_name, len(rest)):
        return False
    name = re.sub(r"\([^)]*\)", "", row.plain_name)
    words_of_row, words_said = content(name, record), content(said, record)
    last = words_of_row[-1] if words_of_row else ""
    pairs = {last[place : place + 2] for place in range(len(last) - 1)}
    return bool(last) and not any(pair in one for pair in pairs for one in words_said)


def _topic_of_sentence(sentence: Sentence, record: Record, word: Word) -> Row | None:
    """The one row that は has made the topic, where the word opens its own clause (「…もあって、改善には」)."""
    plain = sentence.plain
    own = sentence.segment_start(word.start)
    own = max([own, *(match.end() for match in _ASIDE.finditer(plain, own, word.start))])
    if own == 0 or content(sentence.bare[own : word.start], record):
        return None
    before = [mention for mention in sentence.mentions if mention.end <= own]
    topics = [m for m in before if m.rows and m.how != "weak" and (m.topic or _WA.match(plain, m.end))]
    until = [mention for mention in sentence.mentions if mention.end <= word.start]
    others = [m for m in until if m.how == "foreign" and plain[m.end - 1 : m.end] == "は"]
    rows = {row.id: row for mention in topics for row in mention.rows}
    return next(iter(rows.values())) if len(rows) == 1 and not others else None


def _valued_before(figures: list[Claim], subject: Subject, record: Record, word: Word) -> bool:
    """「家庭系ごみは609gに減ったが、…」: the value that was told shows which row the everyday name means."""
    return any(
        claim.form == "level"
        and claim.end <= word.start
        and claim.subject.rows == subject.rows
        and claim.subject.strength == "sure"
        and _is_its_value(claim, record)
        for claim in figures
    )


def _is_its_value(claim: Claim, record: Record) -> bool:
    """Whether the figure that stands at the word is the row's value of the year: then it is said of that row."""
    if len(claim.subject.rows) != 1 or claim.figure is None or claim.series != "actual" or claim.soft:
        return False
    row = claim.subject.rows[0]
    value = row.value(record.fiscal_year, "actual")
    return value is not None and unit_fits(row.unit, claim.figure.unit) and fits(claim.figure, value)


def _year_of(sentence: Sentence, place: int) -> Year | None:
    """The year that the sentence sets for the word: 「令和4年度は」, 「令和4年度まで」."""
    plain = sentence.plain
    before = [year for year in sentence.years if year.end <= place and not year.behind and year.year is not None]
    if not before:
        return None
    year = before[-1]
    if year.role == "until" and re.match(r"末?まで(?:は|に|の)?", plain[year.end :]):
        return year
    named = any(mention.rows and mention.start == year.end + 1 for mention in sentence.mentions)
    firm = (named and plain[year.end] == "の") or _FIRM.match(plain, year.end) is not None
    return year if year.role == "plain" and firm and not _RUN.match(plain, year.end) else None


def _all_named(sentence: Sentence, record: Record, word: Word) -> tuple[Row, ...]:
    """The rows that 「いずれも」, 「ともに」 or 「AとBは」 puts together; none where only one is meant."""
    plain = sentence.plain
    named = [m for m in sentence.mentions if m.rows and m.how != "weak" and m.end <= word.start]
    single = [mention for mention in named if len(mention.rows) == 1]
    together = list(_TOGETHER.finditer(plain, 0, word.start))
    if together and not _turned_to(sentence, single, together[-1].end()):
        told = (match.end() for one in _PREDICATES for match in one.finditer(sentence.bare, 0, together[-1].start()))
        said = max([plain.rfind("。", 0, word.start) + 1, *told])
        rows = {m.rows[0].id: m.rows[0] for m in single if said <= m.start and m.end <= together[-1].end()}
        between = content(sentence.bare[together[-1].end() : word.start], record) if rows else []
        return tuple(rows.values()) if len(rows) > 1 and not between and len(single) == len(named) else ()
    run = single[-1:]
    for mention in reversed(single[:-1]):
        if not _JOIN.fullmatch(plain[mention.end : run[0].start]) or mention.topic:
            break
        run.insert(0, mention)
    ids = {mention.rows[0].id: mention.rows[0] for mention in run}
    if len(ids) < 2 or sentence.segment_start(word.start) > run[-1].end + 3:
        return ()
    return tuple(ids.values()) if not content(sentence.bare[run[-1].end : word.start], record) else ()


def _turned_to(sentence: Sentence, single: list[Mention], place: int) -> bool:
    """「AとBはいずれも減ったが、Cだけは増えた」: the sentence has turned to another row since いずれも."""
    return any(
        mention.start >= place and (mention.topic or _OWN.match(sentence.plain, mention.end) is not None)
        for mention in single
    )


def with_row(claim: Claim, row: Row) -> Claim:
    """The claim as if it were of this row alone."""
    return replace(claim, subject=Subject((row,), "sure", claim.subject.topic), whole=False)
