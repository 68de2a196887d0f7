"""Claims that words make without a figure: 増加した, 横ばい, 上回った, 達成した (7 to 10, 12, 30)."""

import re
from collections.abc import Iterator

from assistant.checking import words
from assistant.checking.bases import base_at
from assistant.checking.claim_types import Claim
from assistant.checking.record import Record, Row
from assistant.checking.sentences import NOTHING, Sentence, Subject, Year, current_year, subject_at
from assistant.checking.streaks import streak_before
from assistant.checking.subjects import content
from assistant.checking.words import Word

_NEAR_WORD = re.compile(
    r"(?:程度)?[)）]?(?:に|へ|まで|と|となり、?|で、?|となって)?[ ]?"
    r"(?:大幅に|やや|わずかに|大きく|若干|年々|徐々に|着実に)?[ ]?$"
)

_EVERY = re.compile(
    r"(?:全て|すべて|いずれ|どちら|両)の?(?:成果)?(?:指標|目標)|全指標|両指標|"
    r"(?:全て|すべて|いずれも|どちらも|ともに)(?:[、 ]|で|が)?(?=(?:数値|成果)?目標|未?達成)"
)

_SOME = re.compile(r"一部|多く|ほとんど|半数|おおむね|概ね")

_NEARLY = re.compile(r"(?:おおむね|概ね|ほぼ)[ ]?(?:目標(?:値)?を)?[ ]?$")


_AHEAD = re.compile("今後|将来|これから")
_SURVEY = re.compile("調査|アンケート|結果")
_SIZES = frozenset({"change", "index", "multiple", "share", "achievement_rate", "other"})
"""Forms whose figure a relation right behind bounds (「8割を超えた」)."""


def trends(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """7, 8, 12, 30: words of direction, flatness, better and worse that report."""
    for match in words.TREND.finditer(sentence.plain):
        word = words.word_at(sentence.plain, match, len(sentence.plain))
        ahead = _AHEAD.search(sentence.plain[sentence.segment_start(word.start) : word.start])
        if not word.fact or ahead or _of_a_year(sentence, word):
            continue
        subject, year = _subject_of_word(sentence, record, figures, word)
        if subject.strength != "sure" or _somewhere(sentence, word):
            continue
        rest = sentence.plain[match.end() :]
        long = re.match(r"の?傾向|基調|[^、。]{0,4}(?:続け|続い|続き|推移)", rest) is not None
        yield Claim(
            "trend",
            word.start,
            word.end,
            subject,
            word=word,
            year=year,
            carried_year=current_year(sentence, word.start),
            base=base_at(sentence, word.start),
            streak=streak_before(sentence.plain, word.start),
            trend=long or re.search("年々|一貫", sentence.plain[: word.start]) is not None,
        )


def _of_a_year(sentence: Sentence, word: Word) -> bool:
    """「最も落ち込んだ令和2年度」: the word describes that year, not the one reported."""
    ending = re.match(r"[しっんきいてれ]{0,3}(?:た|だ|る)", sentence.plain[word.end :])
    return ending is not None and any(year.start == word.end + ending.end() for year in sentence.years)


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


def _subject_of_word(
    sentence: Sentence, record: Record, figures: list[Claim], word: Word
) -> tuple[Subject, Year | None]:
    """The subject of a word without figure: that of the figure it stands at, or what the clause names."""
    near = [
        claim
        for claim in figures
        if claim.form == "level"
        and claim.end <= word.start
        and _NEAR_WORD.match(sentence.plain[claim.end : word.start])
    ]
    if near:
        return near[-1].subject, near[-1].year
    subject = subject_at(sentence, word.start, record, None)
    if subject.strength == "none":
        sure = [
            c for c in figures if c.form in ("level", "change") and c.subject.strength == "sure" and c.end <= word.start
        ]
        if sure and not content(sentence.bare[sentence.segment_start(word.start) : word.start], record):
            return sure[-1].subject, None
    return subject, None


def relations(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """9, 10: 上回った, 届かなかった, 達成した: against a target, a forecast or another year."""
    plain = sentence.plain
    for match in words.AGAINST.finditer(plain):
        word = words.word_at(plain, match, len(plain))
        own = sentence.segment_start(word.start)
        base = base_at(sentence, word.start)
        near = base is not None and (
            (base.figure is not None and base.figure.start >= own)
            or (base.year is not None and base.year.start >= own)
            or words.SERIES.search(plain, own, word.start) is not None
        )
        limit = any(claim.form in _SIZES and claim.end < word.start <= claim.end + 4 for claim in figures)
        if not word.fact or not near or base is None or limit:
            continue
        if word.sense in ("reach", "short") and base.series == "actual":
            continue
        subject, _ = _subject_of_word(sentence, record, figures, word)
        if subject.strength == "sure":
            year = current_year(sentence, word.start)
            streak = streak_before(plain, word.start)
            yield Claim(
                "against", word.start, word.end, subject, word=word, carried_year=year, base=base, streak=streak
            )
    for match in words.ACHIEVED.finditer(plain):
        claim = _achieved(sentence, record, figures, match)
        if claim is not None:
            yield claim


def _achieved(sentence: Sentence, record: Record, figures: list[Claim], match: re.Match[str]) -> Claim | None:
    plain = sentence.plain
    word = words.word_at(plain, match, len(plain))
    own = sentence.segment_start(word.start)
    head = sentence.bare[own : word.start]
    thing = re.search(r"([^はがもで]*)[をが]$", head)
    if not word.fact or (thing and content(thing.group(1), record)):
        return None
    every = _EVERY.search(plain, 0, word.start)
    named = any(mention.rows for mention in sentence.mentions if mention.end <= word.start)
    if every and not named:
        rows = outcomes(record, sentence.direction)
        subject = Subject(rows, "sure") if rows else NOTHING
    elif re.search(r"\d+(?:つの)?(?:指標|項目)|のうち", plain[: word.start]) or _SOME.search(head):
        return None if not _NEARLY.search(plain[: word.start]) else _achieved_one(sentence, record, figures, word)
    else:
        return _achieved_one(sentence, record, figures, word)
    year = current_year(sentence, word.start)
    streak = streak_before(plain, word.start)
    return Claim("achieved", word.start, word.end, subject, word=word, carried_year=year, whole=True, streak=streak)


def _achieved_one(sentence: Sentence, record: Record, figures: list[Claim], word: Word) -> Claim | None:
    subject, _ = _subject_of_word(sentence, record, figures, word)
    if subject.strength != "sure":
        return None
    series = re.search(words.TARGET_WORD, sentence.plain[: word.start])
    if series is None and not subject.topic and word.sense == "reach":
        return None
    return Claim(
        "achieved",
        word.start,
        word.end,
        subject,
        word=word,
        carried_year=current_year(sentence, word.start),
        streak=streak_before(sentence.plain, word.start),
        nearly=_NEARLY.search(sentence.plain[: word.start]) is not None,
    )


_RECORD = re.compile(
    r"(?:過去|これまでで?|計画期間(?:中|内)?で)(?:最も)?(?:(?P<up>最高|最多|最大|高い|多い)|(?P<down>最低|最少|最小|低い|少ない))"
)
_REPORTED = re.compile(
    r"(?:の?(?:値|水準|実績|件数|人数))?(?:とな[っり]|を(?:更新|記録)|であ[るっ]|で(?:、|し)|だっ|に達し|。|$)"
)


def records(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """13: 「過去最高となった」 of a row that is named or carried."""
    for match in _RECORD.finditer(sentence.plain):
        if _REPORTED.match(sentence.plain, match.end()):
            word = Word(match.start(), match.end(), "up" if match["up"] else "down", False, True)
            subject, _ = _subject_of_word(sentence, record, figures, word)
            if subject.strength == "sure" and len(subject.rows) == 1:
                year = current_year(sentence, word.start)
                yield Claim("record", word.start, word.end, subject, word=word, carried_year=year)


def outcomes(record: Record, direction: int | None) -> tuple[Row, ...]:
    """The 成果指標, those of one 展開方向 where a heading names it."""
    rows = tuple(row for row in record.rows if row.kind == "outcome")
    return tuple(row for row in rows if row.direction == direction) if direction is not None else rows
