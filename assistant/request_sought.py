"""Where to look and what for: another measure, a stored text as it stands, passages about something. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assistant import request_action_words as verbs
from assistant import request_place_words as places
from assistant.request_context import last_of
from assistant.request_targets import Mentions, years_in
from assistant.request_text import normalised
from assistant.wishes import Wish
from corpus.fiscal import find_years


def finds(named: Mentions, common: dict[str, Any], elsewhere: bool, fiscal_year: int) -> list[Wish]:
    """A wish for each place that is named: its stored text as it stands, or what to look for."""
    text = named.text
    shows = bool(named.sections) and _only_shows(named) and not elsewhere
    query = None if shows else _query(text, fiscal_year)
    wishes = []
    for at in named.targets:
        year = next((one for one in (at.year, common["against"], common["year"]) if one is not None), None)
        fields = common | {"against": None, "section": at.section, "direction": at.direction, "year": year}
        wishes.append(Wish(**fields, query=query, elsewhere=elsewhere))
    return wishes


def year_before(named: Mentions, before: Sequence[Wish]) -> int | None:
    """The year of the text shown last, where another section is to be shown 「も」."""
    last = last_of(before)
    also = named.sections and "も" in named.rest and not named.year_named
    return last.year if also and last and last.action == "find" else None


def _only_shows(named: Mentions) -> bool:
    """Whether a section is to be shown as it stands, of a year or a measure, and nothing is to be looked for."""
    rest = named.rest
    if re.search(r"探|さがし|検索|似た|類似|事例|例を|例は|例が|について|に関する|ほかの|他の|以外", rest):
        return False
    if re.search(r"書き方|書きぶり|言い回し|参考", rest) and not named.year_named:
        return False
    asks = verbs.SHOW.search(rest) or verbs.SEEK.search(rest)
    return bool(asks) and (
        bool(named.year_named) or bool(verbs.SHOW.search(rest)) or not re.search("どう|どのよう", rest)
    )


def other_measure(named: Mentions, own: str, measures: Iterable[str]) -> tuple[str | None, bool]:
    """Another measure that is named in full, or by a part only it has (「ごみの施策」); whether others are meant."""
    text = named.text
    elsewhere = bool(places.ELSEWHERE.search(text))
    names = sorted(measures, key=len, reverse=True)
    whole = next((name for name in names if name != own and normalised(name) in text), None)
    part = re.search(r"([^、。「」\s〓]{2,}?)(?:の|に関する)(?:基本)?(?:施策|シート)(?!を取)", text)
    if whole or part is None or elsewhere:
        return whole, elsewhere
    word = part[1]
    if (
        years_in(word, 2000)
        or re.fullmatch(r"この|今|いま|過去|以前|昔|これまで|全て|すべて|同じ|ここ|うち|自分|前|当", word)
        or word in own
    ):
        return None, False
    having = [name for name in names if word in normalised(name)]
    if len(having) == 1:
        return (having[0] if having[0] != own else None), False
    return None, not having


def _query(text: str, fiscal_year: int) -> str:
    """What to look for: the message without the words that only ask, and without the years, which restrict."""
    for mention in reversed(find_years(text, fiscal_year)):
        text = text[: mention.start] + text[mention.end :]
    for pattern, _ in places.RELATIVE_YEARS:
        text = re.sub(pattern, "", text)
    query = text
    for _ in range(2):  # what stood before a frame may itself be one: 「…について」「書いた文章ある」
        query = verbs.FIND_FRAME.sub("", query).strip(" 、,。は?？をの")
    return query or text
