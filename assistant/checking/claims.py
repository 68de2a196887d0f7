"""Sentences → typed claims: those of the figures first, then of the words that no figure has taken."""

from dataclasses import replace

from assistant.checking.achievement_claims import achievements
from assistant.checking.against_claims import against
from assistant.checking.base_levels import with_base_subjects
from assistant.checking.claim_types import Claim
from assistant.checking.doublings import doublings
from assistant.checking.extreme_claims import extremes
from assistant.checking.figure_claims import figure_claim
from assistant.checking.first_claims import first_claims, with_sizes
from assistant.checking.grade_claims import is_of_grade
from assistant.checking.groups import sizes_before
from assistant.checking.pairing import paired
from assistant.checking.rate_claims import with_rates
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence
from assistant.checking.tallies import tallies
from assistant.checking.trend_claims import trends
from assistant.checking.width_claims import with_widths


def claims_of(sentence: Sentence, record: Record) -> list[Claim]:
    """The claims of a sentence: first those with figures, then words that no figure has taken."""
    figures = [figure_claim(sentence, figure, record) for figure in sentence.figures]
    found = paired(with_rates([claim for claim in figures if claim is not None], sentence, record), sentence)
    found = with_widths(found, sentence, record)
    firsts = list(first_claims(sentence, record, found))
    found = _told(with_sizes(found, firsts, sentence), firsts) if firsts else found
    found = _counted(found, list(tallies(sentence, record)), sentence)
    found = with_base_subjects([*found, *doublings(sentence, record)])
    taken = [(claim.start, claim.end) for claim in found]
    said = (
        *trends(sentence, record, found),
        *against(sentence, record, found),
        *achievements(sentence, record, found),
        *extremes(sentence, record, found),
    )
    for claim in said:
        if claim.form in ("trend", "against") and is_of_grade(sentence, claim.start):
            continue
        if not any(start < claim.end and claim.start < end for start, end in taken):
            found.append(claim)
    if sentence.year_before is None:
        return found
    return [replace(claim, year_before=sentence.year_before) for claim in found]


def _told(claims: list[Claim], told: list[Claim]) -> list[Claim]:
    """``told`` with the claims that are no part of it: a figure in 「3年ぶりに90％を超え」 is not stated by itself."""
    return [claim for claim in claims if not any(t.start < claim.end and claim.start < t.end for t in told)] + told


_COUNTERS = frozenset({"", "指標", "項目", "つ", "個", "件", "本"})


def _counted(claims: list[Claim], counts: list[Claim], sentence: Sentence) -> list[Claim]:
    """``counts`` with the claims that are no part of them: so many indicators are no value of one."""
    if not counts:
        return claims
    spans = [(count.start, count.end) for count in counts]
    spans += [match.span() for match in sizes_before(sentence, len(sentence.plain))]
    kept = []
    for claim in claims:
        inside = any(start < claim.end and claim.start < end for start, end in spans)
        figure = claim.figure
        counted = figure is None or figure.unit in _COUNTERS or "半" in figure.text
        if not inside or not (counted or any(count.figure is figure for count in counts)):
            kept.append(claim)
    return kept + counts
