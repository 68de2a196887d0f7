"""Multiples that a word says (6): 倍増, 倍になった, 半減 of the value compared with."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checking import words
from assistant.checking.change_bases import change_bases, clause_start, period_of
from assistant.checking.claim_types import Claim
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.findings import Finding, Verdict
from assistant.checking.judging_changes import change_pairs
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Bound, Figure
from assistant.checking.ratio_claims import base_right_before
from assistant.checking.readings import Point
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.sentences import Sentence, current_year
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number
from corpus import messages

_WORD = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万数何])(?:倍増(?![計の]?(?:計画|プラン|目標|戦略))|(?P<half>半減(?!期))|"
    r"倍(?P<bound>以上|超|近く|弱|強)?(?:の(?=[0-9水規])|に(?:な|増|達|拡|膨|伸|急|まで)))"
)
_NEARLY = re.compile(r"(?:ほぼ|およそ|約|概ね|おおむね)[ ]?$")
_BOUNDS: dict[str, Bound] = {
    "以上": "at_least", "超": "more_than", "近く": "under", "弱": "under", "強": "over",
}  # fmt: skip
_SURE, _OPEN, _SURE_NEARLY = Decimal("0.1"), Decimal("0.18"), Decimal("0.25")
"""How far from twice (as a share of it) 倍増 is right, how far it is not called wrong, and how far ほぼ reaches."""
_TENTH = Decimal("0.1")


def doublings(sentence: Sentence, record: Record) -> Iterator[Claim]:
    """The words of a sentence that say twice or half of what it compares with."""
    plain = sentence.plain
    for match in _WORD.finditer(plain):
        if words.PLAN.search(re.split("[、。]", plain[match.end() :], maxsplit=1)[0]):
            continue
        figure = _figure(sentence, match)
        before = max((other.end for other in sentence.figures if other.end <= match.start()), default=0)
        lead = sentence.bare[before : match.start()].replace(BLANK, "")
        base, *others = [base_right_before(sentence, figure)]
        if base is None:
            base, *others = change_bases(sentence, figure, lead, None)
        start = base.year.start if base is not None and base.year is not None else match.start()
        yield Claim(
            "doubling", match.start(), figure.end,
            subject_at(sentence, match.start(), record, fitting_ids(record, None)),
            figure=figure, carried_year=current_year(sentence, start), base=base, other_bases=tuple(others),
            period=period_of(plain, clause_start(plain, match.start()), match.start()),
        )  # fmt: skip


def _figure(sentence: Sentence, match: re.Match[str]) -> Figure:
    nearly = _NEARLY.search(sentence.plain, 0, match.start()) is not None
    bound = _BOUNDS[match["bound"]] if match["bound"] else ("nearly" if nearly else "exact")
    value = Decimal("0.5") if match["half"] else Decimal(2)
    end = match.end("bound") if match["bound"] else match.start() + (1 if match.group()[:2] == "倍に" else 2)
    start, written = match.start(), sentence.text[match.start() : end]
    return Figure(start, end, written, value, "倍", start, bound, 0, _TENTH, Decimal(1))


def judge_doubling(claim: Claim, place: Place, record: Record) -> Finding | None:
    """倍増 and 半減 against the value compared with; near misses are left open."""
    figure = claim.figure
    assert figure is not None
    if claim.subject.strength != "sure" or len(claim.subject.rows) != 1:
        return None
    pairs = [(now, base) for now, base in change_pairs(claim, claim.subject.rows[0], record) if base.value]
    if not pairs:
        return unsupported(place, claim, "ratio")
    judged = [(_verdict(figure, _quotient(*pair)), *pair) for pair in pairs]
    verdict, now, base = next((one for one in judged if one[0] == "match"), judged[0])
    quotient = _quotient(now, base).quantize(_TENTH)
    if verdict == "match":
        message = messages.check_change_match(now.where, base.where, now.shown, base.shown)
    else:
        written, shown = place.text[claim.start : claim.end], plain_number(quotient) + "倍"
        message = messages.check_change(written, now.where, base.where, now.shown, base.shown, shown)
    fields = {**at(now), "unit": "倍", "stated": figure.value, "expected": quotient}
    return finding(place, claim, "ratio", verdict, message, **fields)


def _quotient(now: Point, base: Point) -> Decimal:
    assert now.value is not None
    assert base.value
    return now.value / base.value


def _verdict(figure: Figure, quotient: Decimal) -> Verdict:
    if figure.bound not in ("exact", "nearly"):
        return "match" if fits(figure, quotient) else "mismatch"
    off = abs(quotient - figure.value) / figure.value
    if off <= (_SURE_NEARLY if figure.bound == "nearly" else _SURE):
        return "match"
    return "ambiguous" if off <= _OPEN and figure.bound == "exact" else "mismatch"
