"""What became of last year's lines, and the order that follows from it. Pure.

- 5.1: what lies before this sheet's year and is told as past stands behind what goes on.
- 6.1.issues: what nothing was done about comes first, what a deed of this year restates behind it, with that deed.
- 7.1: a plan for a single act (設立する, 策定する) that the year before has already stands behind those that go on,
  which are worded as going on.
- 7.1: a plan that shares the words of an indicator's name is the measure for its target.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.drafting.events import ends_at_once
from assistant.drafting.note_lines import NoteLine
from assistant.drafting.restating import PLANNED_FROM, Likeness, paired
from assistant.drafting.source_lines import SourceLine, Turn
from assistant.facts import Standing
from corpus.fiscal import find_years

SERVES_FROM = 0.2
"""Likeness from which a plan serves an indicator (measured on eight measures' sheets: unrelated ones below 0.17)."""
_ORDER: tuple[Turn, ...] = ("on", "acted", "over", "ending")
_MONTH = re.compile(r"[ 　]*(?:年[ 　]*)?(?P<month>[0-9０-９]{1,2})月")
_PAST = re.compile(r"(?:[^あなのい]た|んだ|でした|ました)(?:（[^）]*）)?。?$")
_FIRST_MONTH = 4


def events_over(
    lines: Sequence[SourceLine], text: str, fiscal_year: int, stands: Sequence[Standing]
) -> tuple[SourceLine, ...]:
    """The lines of 5.1; past are those that name months before ``fiscal_year`` and say nothing of how things are.

    A line on a stored indicator (``stands``) gets new figures and is not past.
    """
    names = [re.split("[（(]", stand.name)[0] for stand in stands]

    def past(line: SourceLine) -> bool:
        named = any(name in text[line.start : line.end] for name in names)
        return not line.heading and not named and _is_over(line, text, fiscal_year)

    return tuple(replace(line, turn="over") if past(line) else line for line in lines)


def issues_acted(lines: Sequence[SourceLine], text: str, deeds: Sequence[NoteLine]) -> tuple[SourceLine, ...]:
    """The issues, each that a deed of its own 展開方向 (or of none) restates with that deed; a deed serves once."""
    issues = [place for place, line in enumerate(lines) if not line.heading]
    told = [text[lines[place].start : lines[place].end] for place in issues]
    words = ["".join(deed.sentences) for deed in deeds]
    found = paired(told, words, Likeness((*told, *words)), PLANNED_FROM)
    acted = {issues[issue]: deeds[deed] for issue, (deed, _) in found.items()}
    return tuple(
        replace(line, turn="acted", acted=acted[place])
        if place in acted and line.direction in (None, acted[place].direction)
        else line
        for place, line in enumerate(lines)
    )


def plans_ending(lines: Sequence[SourceLine], text: str) -> tuple[SourceLine, ...]:
    """The policies of 7.1 that the year before has as plans; ``ending`` are those for a single act."""
    return tuple(
        replace(line, turn="ending")
        if not line.heading and all(ends_at_once(text[start:end]) for start, end in line.sentences)
        else line
        for line in lines
    )


def measures_for(
    stands: Sequence[Standing], lines: Sequence[SourceLine], text: str
) -> tuple[tuple[str, SourceLine], ...]:
    """Subject of a missed indicator and the plan that shares the words of its name, each plan once."""
    missed = [stand for stand in stands if stand.achieved is not None and stand.achieved.good is False]
    plans = [line for line in lines if not line.heading]
    told = [text[line.start : line.end] for line in plans]
    names = [stand.name for stand in missed]
    found = paired(names, told, Likeness((*names, *told)), SERVES_FROM)
    return tuple((missed[place].subject, plans[plan]) for place, (plan, _) in sorted(found.items()))


def by_turn(lines: Sequence[SourceLine]) -> list[tuple[Turn, tuple[SourceLine, ...]]]:
    """The lines by what became of them, those that go on first; lines under a heading of their own stay there."""
    if any(line.heading for line in lines):
        return [("on", tuple(lines))]
    ordered = sorted(lines, key=lambda line: _ORDER.index(line.turn))
    return [(turn, tuple(group)) for turn, group in groupby(ordered, key=lambda line: line.turn)]


def _is_over(line: SourceLine, text: str, fiscal_year: int) -> bool:
    dates = [date for start, end in line.sentences for date in _months(text[start:end], fiscal_year)]
    told = [text[start:end] for start, end in line.sentences]
    return bool(dates) and all(year < fiscal_year for year in dates) and all(_PAST.search(words) for words in told)


def _months(sentence: str, around: int) -> list[int]:
    """The fiscal years of the months that a sentence names with their year; a calendar year alone is over with it."""
    found = []
    for mention in find_years(sentence, around):
        month = _MONTH.match(sentence, mention.end)
        if month is not None:
            found.append(mention.year if int(month["month"]) >= _FIRST_MONTH else mention.year - 1)
        else:
            found.append(around if mention.fiscal else mention.year)
    return found
