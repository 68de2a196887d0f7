"""A figure whose clause has left its subject: the one row that its sentence or paragraph is about, where it agrees.

Only ever a match: what the words leave open is no ground for calling a figure wrong.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.judging_changes import judge_change
from assistant.checking.judging_rates import judge_achievement_rate
from assistant.checking.judging_ratios import judge_ratio
from assistant.checking.numerals import unit_fits
from assistant.checking.record import Record, Row
from assistant.checking.referents import tells_of_other_cities
from assistant.checking.reporting import Place
from assistant.checking.sentences import Sentence, Subject

LevelJudge = Callable[[Claim, Place, Record], Finding | None]
_TURN = re.compile(r"(?:が|ものの|けれども)、")
_TELLING = 100
"""From here on a whole number without label is not the same by chance."""


def judge_by_main(
    claim: Claim, place: Place, sentence: Sentence, record: Record, judge_level: LevelJudge
) -> Finding | None:
    """A match with the row that the sentence names alone, or that its paragraph was about; else None."""
    figure = claim.figure
    row = _only_row(sentence, claim)
    if figure is None or row is None or claim.streak is not None or "うち" in sentence.plain[: claim.start]:
        return None
    meant = replace(claim, subject=Subject((row,), "sure", True), soft=False)
    match claim.form:
        case "level":
            labelled = claim.series != "actual" or claim.year is not None
            telling = figure.decimals > 0 or abs(figure.value) >= _TELLING
            fitting = figure.unit != "" and unit_fits(row.unit, figure.unit)
            found = judge_level(meant, place, record) if fitting and (labelled or telling) else None
        case "change":
            found = judge_change(meant, place, record) if claim.base is not None else None
        case "index" | "multiple":
            found = judge_ratio(meant, place, record) if claim.base is not None else None
        case "achievement_rate":
            found = judge_achievement_rate(meant, place, record)
        case _:
            found = None
    return found if found is not None and found.verdict == "match" else None


def _only_row(sentence: Sentence, claim: Claim) -> Row | None:
    named = {row.id: row for mention in sentence.mentions if mention.end <= claim.start for row in mention.rows}
    if len(named) == 1:
        return next(iter(named.values()))
    rows = sentence.main.rows
    return rows[0] if not named and len(rows) == 1 and not _turns_away(sentence, claim.start) else None


def _turns_away(sentence: Sentence, place: int) -> bool:
    """Whether the sentence has a topic of its own; one closed by 「…が、」 is left behind."""
    if tells_of_other_cities(sentence, place):
        return True
    turns = [match.end() for match in _TURN.finditer(sentence.plain, 0, place)]
    return any(
        mention.how == "foreign" and max(turns, default=0) <= mention.start < place for mention in sentence.mentions
    )
