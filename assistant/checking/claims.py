"""Sentences → typed claims: those of the figures first, then of the words that no figure has taken, and grades."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checking.claim_types import Claim, GradeClaim
from assistant.checking.figure_claims import figure_claim
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.word_claims import relations, trends
from corpus.form import GradeName

_GRADE = re.compile(r"(?P<overall>総合評価)|(?P<achievement>(?:成果実績)?目標達成度)|(?P<trend>時系列比較)")

_LETTER = re.compile(r"[^、。A-Ea-z]{0,12}?(?:は|が|を|も|:|の|「|『|\(|[ ])?(?P<letter>[A-E])(?![A-Za-z~～)])")


def claims_of(sentence: Sentence, record: Record) -> list[Claim]:
    """The claims of a sentence: first those with figures, then words that no figure has taken."""
    figures = [figure_claim(sentence, figure, record) for figure in sentence.figures]
    found = _paired([claim for claim in figures if claim is not None], sentence)
    taken = [(claim.start, claim.end) for claim in found]
    for claim in (*trends(sentence, record, found), *relations(sentence, record, found)):
        if not any(start < claim.end and claim.start < end for start, end in taken):
            found.append(claim)
    return [replace(claim, year_before=sentence.year_before) for claim in found]


def grades_of(sentence: Sentence) -> Iterator[GradeClaim]:
    """Grades stated with the name of the evaluation (「総合評価はC」)."""
    for match in _GRADE.finditer(sentence.plain):
        letter = _LETTER.match(sentence.plain, match.end())
        names: dict[str, GradeName] = {"overall": "overall", "achievement": "achievement", "trend": "trend"}
        if letter:
            yield GradeClaim(
                letter.start("letter"), letter.end("letter"), names[match.lastgroup or ""], letter["letter"]
            )


def _paired(claims: list[Claim], sentence: Sentence) -> list[Claim]:
    """28: 「AとBは12.1％、66.1％」: rows named one after another and levels after them belong together in order."""
    levels = [claim for claim in claims if claim.form == "level" and claim.series == "actual"]
    first = levels[0].start if levels else 0
    named = [mention for mention in sentence.mentions if mention.end <= first and len(mention.rows) == 1]
    run = [
        claim
        for number, claim in enumerate(levels)
        if number == 0
        or re.fullmatch(r"[、・,とや及び→]*[ ]?約?", sentence.plain[levels[number - 1].end : claim.start])
    ]
    if len(run) >= 2 and len(named) < 2 and not any(claim.year for claim in run[:-1]):
        # Values one after another without years are of earlier years but for the last.
        earlier = [claim.start for claim in run[:-1]]
        return [replace(claim, any_year=True, soft=True) if claim.start in earlier else claim for claim in claims]
    if len(named) < 2 or len(run) < 2:
        return claims
    if len(named) != len(run):
        return (
            [_opened(claim) if claim in run else claim for claim in claims] if "それぞれ" in sentence.plain else claims
        )
    pairs = dict(zip((claim.start for claim in run), named, strict=True))
    return [
        replace(claim, subject=Subject(pairs[claim.start].rows, "sure", True)) if claim.start in pairs else claim
        for claim in claims
    ]


def _opened(claim: Claim) -> Claim:
    return replace(claim, subject=Subject(claim.subject.rows, "weak"))
