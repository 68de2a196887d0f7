"""What is so for the first time in years (14): 「3年ぶりに増加」「5年ぶりの高水準」「令和2年度以来の減少」."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from assistant.checking import words
from assistant.checking.bases import base_at
from assistant.checking.claim_types import Base, Claim, FirstIn
from assistant.checking.extreme_words import COUNT, number_of
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, current_year
from assistant.checking.trend_claims import told_of
from assistant.checking.words import Word
from assistant.checking.years import Year

_SINCE = re.compile(
    rf"(?P<years>{COUNT})[ ]?(?P<unit>(?:か|ヶ|カ|ヵ|箇)?年(?:度)?|回)[ ]?ぶり(?:となる|である|"
    rf"の|に|で|と|、)*[ ]?|以来(?:となる|の|で)(?!最)[ ]?"
)
_LEVEL = re.compile(
    r"(?:(?P<up>高)|(?P<down>低))(?:い(?:水準|値|数値|割合|率|結果)|水準|さ|値)|(?:(?P<up2>多|"
    r"大き)|(?P<down2>少な|小さ))"
    r"(?:い(?:件数|人数|数|水準|値|実績)|さ)"
)
_BEFORE = re.compile(
    r"(?:実績(?:値)?で?|対)?(?:前年度?|昨年度?|前回)(?:度)?(?:の?実績)?(?:値)?(?:を|より|から|"
    r"比で?|に比べて?|と比べて?|の水準を)"
)
_TARGET = re.compile(r"(?:(?:数値|成果|単年度の?)?目標(?:値)?(?:を|が|の|に|は)?)")
_ADVERB = re.compile(r"(?:大幅に|大きく|わずかに|やや|若干|再び|初めて|の)*[ ]?")
_TOPIC = re.compile(r"(?:する|した|る|た|の|こと|もの)*(?:は|が)[、 ]?(?:実に|およそ|約)?[、 ]?$")
_LIMIT = re.compile(
    r"(?:台)?(?:を|に|へ)(?:(?P<above>超え|上回|突破|達し|乗せ|乗り|回復)|(?P<below>下回|割))|(?P<band>台)"
)


def first_claims(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """14: each statement with N年ぶり, or 以来の behind a year."""
    plain = sentence.plain
    if "ぶり" not in plain and "以来" not in plain:
        return
    for match in _SINCE.finditer(plain):
        since = _year_before(sentence, match.start())
        if match["years"] is None and since is None:
            continue
        count = number_of(match["years"]) if match["years"] else None
        found = _behind(sentence, match.end()) or _before(sentence, match.start())
        if found is None or (found[1] is None and found[0].event in ("trend", "met", "target")):
            continue
        event, word, figure_start = found
        start = match.start() if match["years"] else (since.start if since is not None else match.start())
        end = max(match.end(), word.end if word is not None else match.end())
        anchor = Word(since.start if since is not None else match.start(), end, "up", False, True)
        anchor = min((anchor, word or anchor), key=lambda one: one.start)
        told = told_of(sentence, record, figures, anchor)
        subject, year = told.subject, told.year
        if subject.strength != "sure" or len(subject.rows) != 1:
            continue
        limit = next((figure for figure in sentence.figures if figure.start == figure_start), None)
        if event.event == "limit" and (limit is None or not subject.rows[0].takes(limit.unit)):
            continue
        yield Claim(
            "first_in",
            min(start, word.start if word is not None else start),
            end,
            subject,
            word=word,
            figure=limit,
            year=year,
            carried_year=current_year(sentence, min(start, anchor.start)),
            base=Base("target", None) if event.event == "target" else None,
            first=FirstIn(count, event.event, since, match["unit"] == "回"),
        )


_SIZE_BEFORE = re.compile(r"[、 ]?(?:と)?(?:実に)?、?")


def with_sizes(claims: list[Claim], firsts: list[Claim], sentence: Sentence) -> list[Claim]:
    """``claims``, a figure right before 「3年ぶりに増加」 made the size of it where the text says from what."""
    changed = []
    for claim in claims:
        first = next((one for one in firsts if one.word and one.first and one.first.event == "trend"), None)
        if first is not None and first.word is not None and claim.form == "level" and claim.end <= first.start:
            between = sentence.plain[claim.end : first.start]
            base = base_at(sentence, claim.start)
            compared = base is not None and (base.figure or base.year) and not claim.year
            if compared and _SIZE_BEFORE.fullmatch(between) and first.word.sense in ("up", "down"):
                sign = 1 if first.word.sense == "up" else -1
                claim = replace(claim, form="change", base=base, sign=sign, subject=first.subject, soft=True)
        changed.append(claim)
    return changed


def _year_before(sentence: Sentence, place: int) -> Year | None:
    """「令和2年度以来」 right before 「3年ぶり」, or the year before 以来 itself."""
    for year in sentence.years:
        if year.end <= place and re.fullmatch(r"(?:以来)?[、 ]?(?:実に)?", sentence.plain[year.end : place]):
            return year
    return None


def _behind(sentence: Sentence, place: int) -> tuple[FirstIn, Word | None, int] | None:
    """What stands behind ぶり: a change, a level, a target met, a limit passed."""
    plain = sentence.plain
    level = _LEVEL.match(plain, place)
    if level is not None:
        sense: words.Sense = "up" if level["up"] or level["up2"] else "down"
        return FirstIn(None, "level"), Word(place, level.end(), sense, False, True), -1
    start = place
    before = _BEFORE.match(plain, start)
    target = None if before else _TARGET.match(plain, start)
    start = before.end() if before else target.end() if target else start
    adverb = _ADVERB.match(plain, start)
    start = adverb.end() if adverb else start
    figure = next((figure for figure in sentence.figures if figure.start == start), None)
    if figure is not None:
        limit = _LIMIT.match(plain, figure.end)
        if limit is None:
            return None
        sense = "below" if limit["below"] else "above"
        return FirstIn(None, "limit"), Word(start, limit.end(), sense, limit["band"] is not None, True), figure.start
    achieved = words.ACHIEVED.match(plain, start)
    if achieved is not None:
        return _reported(FirstIn(None, "met"), words.word_at(plain, achieved, len(plain)))
    against = words.AGAINST.match(plain, start)
    if against is not None and (before or target):
        word = words.word_at(plain, against, len(plain))
        if word.sense in ("reach", "short"):
            return _reported(FirstIn(None, "met"), word)
        if before:
            turned: words.Sense = "up" if word.sense == "above" else "down"
            return _reported(FirstIn(None, "trend"), Word(word.start, word.end, turned, word.negated, word.fact))
        return _reported(FirstIn(None, "target"), word)
    trend = words.CHANGE.match(plain, start)
    if trend is not None and trend.lastgroup in ("up", "down", "better", "worse"):
        return _reported(FirstIn(None, "trend"), words.word_at(plain, trend, len(plain)), noun=True)
    return None


def _reported(event: FirstIn, word: Word, *, noun: bool = False) -> tuple[FirstIn, Word | None, int] | None:
    return (event, word, -1) if word.fact or noun else None


def _before(sentence: Sentence, place: int) -> tuple[FirstIn, Word | None, int] | None:
    """「増加は3年ぶり」「目標の達成は2年ぶり」「前年度を上回るのは4年ぶり」."""
    plain = sentence.plain
    topic = _TOPIC.search(plain, 0, place)
    if topic is None:
        return None
    own = sentence.segment_start(topic.start())
    for pattern in (words.ACHIEVED, words.AGAINST, words.TREND):
        for match in pattern.finditer(plain, own, place):
            behind = plain[match.end() : place]
            if not re.fullmatch(r"(?:に?転じ|する|した|し|る|った|た|な)*" + _TOPIC.pattern.rstrip("$"), behind):
                continue
            negated = words.NEGATED.match(plain[match.end() :]) is not None
            sense = cast(words.Sense, match.lastgroup)
            if pattern is words.TREND and sense != "flat":
                return FirstIn(None, "trend"), Word(match.start(), place, sense, negated, True), -1
            if pattern is words.ACHIEVED or sense in ("reach", "short"):
                return FirstIn(None, "met"), Word(match.start(), place, sense, negated, True), -1
            base = base_at(sentence, match.start())
            if sense in ("above", "below") and base is not None and base.series == "actual":
                turned: words.Sense = "up" if sense == "above" else "down"
                return FirstIn(None, "trend"), Word(match.start(), place, turned, negated, True), -1
    return None
