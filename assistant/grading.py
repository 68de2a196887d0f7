"""Proposals for the grades 4(1), 4(2) and 6(2) from the stored figures, with the reason in words. A person chooses.

4(1): the share of the surveyed outcome indicators that meet the year's target; 4(2): the share of those that improved
since the last surveyed year. What a share is worth is the city's setting (``corpus.city.Grading``; default of
claims.md: all A, two thirds B, one third C, more than none D, none E). An indicator that did not change has not
improved, but where none changed the share says nothing, and nothing is proposed.

6(2) follows from the two proposals by the city's rule; the default is their mean, and a half goes to the side of 4(1),
since the form's words for 6(2) ask first whether the aims were reached. It is never A while an indicator could not be
counted: the figures then do not show that all aims were reached. Pure: values in, values out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.facts import Fact, standing
from corpus import messages
from corpus.city import DEFAULT_GRADING, Bounds, Grading
from corpus.form import GRADE_NUMBERS, GradeName
from corpus.shares import share_words
from corpus.sheetfile import Grade, IndicatorEntry, SheetFile

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D", "E")
Why = Literal["not_surveyed", "not_entered", "no_target", "not_before", "polarity_unknown"]
Outcome = Literal["met", "unmet", "unchanged"]


@dataclass(frozen=True)
class Counted:
    """An indicator that counts: its actual of the year against ``other`` (the year's target, or the actual of
    ``other_year``), both in its unit. ``unchanged`` only for 4(2), where it does not count as improved.
    """

    id: str
    actual: Decimal
    other: Decimal
    other_year: int
    outcome: Outcome


@dataclass(frozen=True)
class Uncounted:
    """An indicator that cannot be counted, and why."""

    id: str
    why: Why


@dataclass(frozen=True)
class Proposal:
    """A grade with its reason in words; ``grade`` None: nothing can be proposed, and ``reason`` says why.

    ``best``, ``worst``: the grades within which another way of counting could end (indicators that did not change,
    or of which nobody has said whether high is good); both are ``grade`` where nothing is open.
    """

    name: GradeName
    grade: Grade | None
    reason: str
    counted: tuple[Counted, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    best: Grade | None = None
    worst: Grade | None = None


@dataclass(frozen=True)
class Proposals:
    """What the figures propose for the three grades of a sheet."""

    achievement: Proposal
    trend: Proposal
    overall: Proposal

    def of(self, name: GradeName) -> Proposal:
        """The proposal for one grade."""
        return {"achievement": self.achievement, "trend": self.trend, "overall": self.overall}[name]


def propose(sheet: SheetFile, earlier: Sequence[SheetFile] = (), grading: Grading = DEFAULT_GRADING) -> Proposals:
    """The proposals for a sheet's own year. ``earlier``: the same measure's sheets of other years, in any order."""
    past = sorted((other for other in earlier if other.fiscal_year < sheet.fiscal_year), key=lambda s: -s.fiscal_year)
    judged = [_judge(entry, sheet.fiscal_year, past) for entry in sheet.outcomes()]
    achievement = _proposal("achievement", [both[0] for both in judged], grading.achievement)
    trend = _proposal("trend", [both[1] for both in judged], grading.trend)
    return Proposals(achievement, trend, _overall(achievement, trend, grading))


def _judge(
    entry: IndicatorEntry, year: int, past: Sequence[SheetFile]
) -> tuple[Counted | Uncounted, Counted | Uncounted]:
    """What the indicator says of the target, and of the last surveyed year."""
    stands = standing(entry, year, past)
    if stands.level is None:
        values = entry.values.get(year)
        stated = values is not None and "actual" in values.model_fields_set
        missing = Uncounted(entry.id, "not_surveyed" if stated else "not_entered")
        return missing, missing
    return (
        _against(entry, stands.level, stands.target, "no_target", stands.achieved),
        _against(entry, stands.level, stands.previous, "not_before", stands.change),
    )


def _against(
    entry: IndicatorEntry, level: Fact, other: Fact | None, without: Why, verdict: Fact | None
) -> Counted | Uncounted:
    if other is None or other.value is None or level.value is None:
        return Uncounted(entry.id, without)
    if entry.better is None:
        return Uncounted(entry.id, "polarity_unknown")
    good = verdict.good if verdict else None
    outcome: Outcome = "unchanged" if good is None else "met" if good else "unmet"
    return Counted(entry.id, level.value, other.value, other.year, outcome)


def _proposal(name: Literal["achievement", "trend"], judged: Sequence[Counted | Uncounted], bounds: Bounds) -> Proposal:
    counted = tuple(entry for entry in judged if isinstance(entry, Counted))
    uncounted = tuple(entry for entry in judged if isinstance(entry, Uncounted))
    if not judged:
        return Proposal(name, None, messages.NO_OUTCOMES)
    if not counted:
        reason = messages.grade_nothing_counted(len(judged), _left_out(uncounted))
        return Proposal(name, None, reason, counted, uncounted)
    unchanged = [entry.id for entry in counted if entry.outcome == "unchanged"]
    if len(unchanged) == len(counted):
        reason = messages.grade_none_changed(_names(unchanged)) + _rest(uncounted, [])
        return Proposal(name, None, reason, counted, uncounted)
    met = [entry.id for entry in counted if entry.outcome == "met"]
    grade = bounds.grade(len(met), len(counted))
    reason = messages.grade_reason(
        messages.grade_scope(len(judged), len(counted), _which(uncounted)),
        messages.grade_met(len(met), len(counted), _names(met), messages.GRADE_ACTS[name]),
        _bound_words(grade, bounds),
        grade,
    )
    undecided = sum(entry.why == "polarity_unknown" for entry in uncounted)
    return Proposal(
        name,
        grade,
        reason + _rest(uncounted, unchanged),
        counted,
        uncounted,
        best=bounds.grade(len(met) + len(unchanged) + undecided, len(counted) + undecided),
        worst=bounds.grade(len(met), len(counted) + undecided),
    )


def _which(uncounted: Sequence[Uncounted]) -> str:
    whys = {entry.why for entry in uncounted}
    if whys <= {"not_surveyed"}:
        return messages.ALL_SURVEYED
    return messages.ALL_ENTERED if whys <= {"not_surveyed", "not_entered"} else messages.ALL_COUNTABLE


def _bound_words(grade: Grade, bounds: Bounds) -> str:
    shares = {"A": bounds.a, "B": bounds.b, "C": bounds.c, "D": bounds.d, "E": bounds.d}
    return messages.grade_bound(grade, share_words(shares[grade]), share_words(bounds.c))


def _rest(uncounted: Sequence[Uncounted], unchanged: Sequence[str]) -> str:
    words = messages.grade_unchanged(_names(unchanged)) if unchanged else ""
    return words + (messages.grade_left_out(_left_out(uncounted)) if uncounted else "")


def _left_out(uncounted: Sequence[Uncounted]) -> list[str]:
    whys = dict.fromkeys(entry.why for entry in uncounted)
    return [
        messages.grade_part(_names([entry.id for entry in uncounted if entry.why == why]), messages.NOT_COUNTED[why])
        for why in whys
    ]


def _names(ids: Sequence[str]) -> str:
    return "、".join(ids)


def _overall(achievement: Proposal, trend: Proposal, grading: Grading) -> Proposal:
    if grading.overall == "none":
        return Proposal("overall", None, messages.OVERALL_OFF)
    asked = (achievement,) if grading.overall == "achievement" else (achievement, trend)
    lacking = [GRADE_NUMBERS[proposal.name] for proposal in asked if proposal.grade is None]
    if lacking:
        return Proposal("overall", None, messages.overall_lacks("と".join(lacking)))
    places = [GRADES.index(proposal.grade) for proposal in asked if proposal.grade is not None]
    first, last = places[0], places[-1]
    if grading.overall == "achievement":
        place, reason = first, messages.overall_as_achievement(GRADES[first])
    elif grading.overall == "worse":
        place = max(places)
        reason = messages.overall_worse(GRADES[first], GRADES[last], GRADES[place])
    else:
        low, odd = divmod(first + last, 2)
        place = low + 1 if odd and first > last else low
        reason = messages.overall_mean(GRADES[first], GRADES[last], GRADES[place], halved=bool(odd))
    uncounted = dict.fromkeys(entry.id for entry in (*achievement.uncounted, *trend.uncounted))
    if place == 0 and uncounted:
        place, reason = 1, reason + messages.overall_held_back(_names(list(uncounted)))
    return Proposal("overall", GRADES[place], reason + messages.OVERALL_IS_YOURS)
