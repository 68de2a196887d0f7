"""Sentences → typed claims: those of the figures first, then of the words that no figure has taken, and grades."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checking.claim_types import Claim, GradeClaim
from assistant.checking.figure_claims import figure_claim
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.word_claims import outcomes, records, relations, trends
from corpus.form import GradeName

_GRADE = re.compile(r"(?P<overall>総合評価)|(?P<achievement>(?:成果実績)?目標達成度)|(?P<trend>時系列比較)")

_LETTER = re.compile(r"[^、。A-Ea-z]{0,12}?(?:は|が|を|も|:|の|「|『|\(|[ ])?(?P<letter>[A-E])(?![A-Za-z~～)])")


def claims_of(sentence: Sentence, record: Record) -> list[Claim]:
    """The claims of a sentence: first those with figures, then words that no figure has taken."""
    figures = [figure_claim(sentence, figure, record) for figure in sentence.figures]
    found = _parted(_paired([claim for claim in figures if claim is not None], sentence), sentence)
    found = _counted(found, sentence, record)
    taken = [(claim.start, claim.end) for claim in found]
    said = (*trends(sentence, record, found), *relations(sentence, record, found), *records(sentence, record, found))
    for claim in said:
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


_MET = re.compile(
    r"指標[ ]?(?P<all>\d{1,2})[ ]?(?:件|指標|項目)?(?:の?うち|中)、?"
    r"(?P<met>\d{1,2})[ ]?(?:件|指標|項目)?(?:の指標)?(?:が|で|は)、?"
    r"(?:数値)?目標(?:値)?を達成(?:し(?:た|、|て|ま)|でき(?:た|、|て|ま)|。)"
)


def _counted(claims: list[Claim], sentence: Sentence, record: Record) -> list[Claim]:
    """32: 「成果指標6件のうち4件で目標を達成」, where the number of all is that of the indicators it is under."""
    match = _MET.search(sentence.plain)
    groups = (outcomes(record, sentence.direction), outcomes(record, None))
    rows = next((rows for rows in groups if match is not None and int(match["all"]) == len(rows)), ())
    if match is None or not rows:
        return claims
    figure = next((figure for figure in sentence.figures if figure.start == match.start("met")), None)
    if figure is None:
        return claims
    count = Claim("met_count", figure.start, figure.end, Subject(rows, "sure"), figure=figure)
    others = [claim for claim in claims if not match.start() <= claim.start < match.end("met") + 1]
    return [*others, count]


_BREAKDOWN = re.compile("内訳(?:としては|は)")


def _parted(claims: list[Claim], sentence: Sentence) -> list[Claim]:
    """18: the parts behind 「内訳は」, of the one row with their unit that is named before; judged at the last."""
    match = _BREAKDOWN.search(sentence.plain)
    if match is None:
        return claims
    named = {row.id: row for m in sentence.mentions if m.end <= match.start() for row in m.rows}
    rows = tuple(named.values()) or sentence.carried.rows or sentence.main.rows
    behind = [claim for claim in claims if claim.start > match.end() and claim.figure and claim.figure.unit]
    parts = [claim for claim in behind if claim.figure and rows and claim.figure.unit == rows[0].unit]
    alike = len(parts) == len(behind) and all(claim.form == "level" for claim in parts)
    if len(rows) != 1 or rows[0].kind == "cost" or len(parts) < 2 or not alike:
        return claims
    figures = [claim.figure for claim in parts if claim.figure is not None]
    values = tuple(figure.value for figure in figures)
    whole = replace(parts[-1], form="breakdown", subject=Subject(rows, "sure", True), parts=values, year=None)
    return [whole if claim is parts[-1] else claim for claim in claims]


def _opened(claim: Claim) -> Claim:
    return replace(claim, subject=Subject(claim.subject.rows, "weak"))
