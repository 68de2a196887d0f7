"""Streaks (15) in a sentence: 「3年連続で」 before a word."""

import re

from assistant.checking import words
from assistant.checking.claim_types import Streak

_STREAK = re.compile(
    r"(?P<count>[0-9]{1,2}|[二三四五六七八九十])[ ]?(?P<unit>(?:か|カ|ヶ|ヵ|箇)?年(?:度|間)?|期|回)(?:連続|続け|続い)"
)
_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")}


def streak_before(plain: str, place: int) -> Streak | None:
    """The streak that the word at ``place`` belongs to: the last one before it with no other statement between."""
    found = list(_STREAK.finditer(plain, 0, place))
    if not found:
        return None
    match = found[-1]
    between = plain[match.end() : place]
    stated = any(pattern.search(between) for pattern in (words.TREND, words.AGAINST, words.ACHIEVED))
    if stated or "。" in between or len(between) > 25:
        return None
    count = match["count"]
    return Streak(int(count) if count.isdigit() else _KANJI[count], match["unit"] not in ("期", "回"))
