"""Streaks (15) in a sentence: 「3年連続で」 before a word, 「毎年」, 「増加が3年続いた」."""

import re

from assistant.checking import words
from assistant.checking.claim_types import Streak
from assistant.checking.trend_words import TREND

_COUNT = (
    r"(?P<count>[0-9]{1,2}|[二三四五六七八九十])[ ]?"
    r"(?P<unit>(?:(?:か|カ|ヶ|ヵ|ケ|箇)?年(?:度|間)?|年度分)|期|回|度)"
)
_STREAK = re.compile(rf"{_COUNT}(?:の)?(?:間)?(?:、)?(?:連続|続け|続い|つづけ|にわた[りっ]|にわたって)")
_EVERY = re.compile(r"毎年度?|年を追うごとに|一度も")
_AGAIN = re.compile(r"(?<![0-9年期回度間])連続(?:で|して)")
_STREAK_BEHIND = re.compile(
    rf"(?:の?傾向)?(?:し|[いえきみび])?(?:[がはも]|(?:て|で)?(?:いる|いた|た)?(?:の|こと)[はがも])(?:これで)?{_COUNT}(?:連続|続[いけく])"
)
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")}
_FAR = 25
"""Characters from a count to its word, past 「目標を」 and the like."""


def streak_before(plain: str, place: int) -> Streak | None:
    """The streak that the word at ``place`` belongs to: the last one before it with no other statement between."""
    found = [*_STREAK.finditer(plain, 0, place)][-1:] or [*_EVERY.finditer(plain, 0, place)][-1:]
    found = found or [*_AGAIN.finditer(plain, 0, place)][-1:]
    if not found:
        return None
    match = found[0]
    between = plain[match.end() : place]
    stated = any(pattern.search(between) for pattern in (TREND, words.AGAINST, words.ACHIEVED))
    if stated or "。" in between or len(between) > _FAR:
        return None
    if match.re is _EVERY:
        return Streak(None, True)
    return Streak(2, True) if match.re is _AGAIN else _counted(match)


def streak_at(plain: str, start: int, end: int) -> Streak | None:
    """The streak before the word at ``[start:end]``, or right behind it (「増加が3年続いている」)."""
    before = streak_before(plain, start)
    if before is not None:
        return before
    behind = _STREAK_BEHIND.match(plain, end)
    return _counted(behind) if behind else None


def _counted(match: re.Match[str]) -> Streak:
    count = match["count"]
    return Streak(int(count) if count.isdigit() else _KANJI[count], match["unit"] not in ("期", "回", "度"))
