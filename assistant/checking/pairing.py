"""28: values one after another, and what they belong to in order: rows, years, or the years up to the reported one.

「AとBはそれぞれ12.1％、66.1％」「令和3年度、4年度はそれぞれ63件、71件」「29.6％→24.2％」. What is in brackets
behind a value goes with it. Unequal counts are ambiguous (claims.md, lists).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checking.bases import SERIES_BEFORE
from assistant.checking.claim_types import Base, Claim
from assistant.checking.numerals import unit_fits
from assistant.checking.record import Row
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.years import Year

_BRACKETS = re.compile(r"\([^()]*\)")
_NEXT = re.compile(r"(?:で|が)?[、・,とや→⇒\s]*(?:及び|および|並びに|ならびに)?[ ]?(?:約|およそ|延べ)?[ ]?")
_ARROW = re.compile(r"[→⇒]")
_EACH = re.compile(r"それぞれ|各々|おのおの|(?:の)?順(?:に|で)|順番に")
_ALL = re.compile(r"いずれも|どちらも|ともに|両(?:指標|者)|それぞれ")
_AND = re.compile(r"[ ]?(?:[、・,とや]|及び|および|並びに|ならびに)*[ ]?(?:[②-⑳]の?)?[ ]?")
_SEQUENCE = re.compile(r"(?:程度)?(?:と|へと?|に)(?:推移|年々|増|減|上昇|低下|改善|悪化|伸び|回復|縮|下が|上が)")
_HOWS = ("named", "label", "phrase")
_LEVEL_OR_SIZE = frozenset({"level", "change", "index", "multiple", "achievement_rate"})


@dataclass(frozen=True)
class _Run:
    """Claims whose figures follow one another; ``beside``: those in brackets behind each.

    ``before``: where the words that lead to them begin.
    """

    claims: tuple[Claim, ...]
    beside: tuple[tuple[Claim, ...], ...]
    before: int


def paired(claims: list[Claim], sentence: Sentence) -> list[Claim]:
    """The claims of a sentence, those of a list with the row or year that is theirs."""
    if len(claims) < 2:
        return claims
    changed: dict[int, Claim] = {}
    for run in _runs(claims, sentence):
        for claim in _read(run, sentence) or _again(run, sentence):
            changed[claim.start] = claim
    return [changed.get(claim.start, claim) for claim in claims]


def _runs(claims: Sequence[Claim], sentence: Sentence) -> list[_Run]:
    plain = sentence.plain
    inside = [match.span() for match in _BRACKETS.finditer(plain)]

    def bracket(claim: Claim) -> tuple[int, int] | None:
        return next((span for span in inside if span[0] < claim.start < span[1]), None)

    runs: list[list[Claim]] = []
    before: list[int] = []
    beside: dict[int, list[Claim]] = {}
    for claim in sorted((claim for claim in claims if claim.figure is not None), key=lambda claim: claim.start):
        last = runs[-1][-1] if runs else None
        span = bracket(claim)
        told = None if last is None or last.figure is None else last
        apart = span is not None and told is not None and bracket(told) != span
        if apart and span and told and told.figure and told.figure.end <= span[0] <= told.figure.end + 1:
            beside.setdefault(told.start, []).append(claim)
            continue
        between = "" if last is None or last.figure is None else plain[_told_end(last) : claim.start]
        if last is not None and _NEXT.fullmatch(_BRACKETS.sub("", between)) and claim.form in _LEVEL_OR_SIZE:
            runs[-1].append(claim)
        else:
            before.append(0 if last is None or last.figure is None else last.figure.end)
            runs.append([claim])
    return [
        _Run(tuple(run), tuple(tuple(beside.get(claim.start, ())) for claim in run), start)
        for run, start in zip(runs, before, strict=True)
        if len(run) >= 2 and all(claim.form in _LEVEL_OR_SIZE for claim in run)
    ]


def _read(run: _Run, sentence: Sentence) -> list[Claim]:
    first, last = run.claims[0], run.claims[-1]
    lead = sentence.plain[run.before : first.start]
    each = _EACH.search(lead) is not None
    count = len(run.claims)
    years = _years_before(sentence, first.start, run.before)
    if len(years) == count and first.form == "level":
        return _by_years(run, years, sentence)
    rows = _rows_before(sentence, first.start, each=each)
    if len(rows) == count and _fit(run, rows):
        return _by_rows(run, rows, sentence)
    if each and len(rows) >= 2 and len(rows) != count and not years:
        opened = Subject(tuple(rows), "open", True)
        return [replace(claim, subject=opened, year=None) for claim in run.claims if claim.form in ("level", "change")]
    levels = all(claim.form == "level" and claim.series == "actual" for claim in run.claims)
    if levels and len(rows) < 2 and not any(claim.year for claim in run.claims[:-1]):
        # Values one after another without years are of earlier years but for the last.
        arrows = _ARROW.search(sentence.plain[first.start : last.start]) is not None
        told = arrows or (last.figure is not None and _SEQUENCE.match(sentence.plain, last.figure.end) is not None)
        return [replace(claim, any_year=True, soft=claim.soft or not told) for claim in run.claims[:-1]]
    return []


def _again(run: _Run, sentence: Sentence) -> list[Claim]:
    """「AとBは…。いずれも目標（73.6％、29件）を…」: targets in the order in which the rows were named."""
    first = run.claims[0]
    if first.series == "actual" or _ALL.search(sentence.plain, run.before, first.start) is None:
        return []
    rows = _singles(sentence, first.start) or (_singles(sentence.before, None) if sentence.before else [])
    return _by_rows(run, rows, sentence) if len(rows) == len(run.claims) and _fit(run, rows) else []


def _singles(sentence: Sentence, place: int | None) -> list[Row]:
    """The rows that a sentence names one by one (before ``place``), in order."""
    named = [m for m in sentence.mentions if len(m.rows) == 1 and m.how in _HOWS and (place is None or m.end <= place)]
    return list({mention.rows[0].id: mention.rows[0] for mention in named}.values())


def _years_before(sentence: Sentence, place: int, since: int) -> list[Year]:
    """The years in a row that lead to ``place`` (「令和3年度、4年度、5年度が」), with no figure between them."""
    found = [year for year in sentence.years if since <= year.start and year.end <= place and not year.behind]
    chain: list[Year] = []
    for year in reversed(found):
        if chain and not _AND.fullmatch(sentence.plain[year.end : chain[0].start]):
            break
        chain.insert(0, year)
    return chain if len(chain) >= 2 else []


def _rows_before(sentence: Sentence, place: int, *, each: bool) -> list[Row]:
    """The rows named one after another before ``place``; with それぞれ all that the sentence has named."""
    named = [m for m in sentence.mentions if m.end <= place and len(m.rows) == 1 and m.how in _HOWS]
    if each:
        chain = named[-1:]
        for mention in reversed(named[:-1]):
            if not _AND.fullmatch(sentence.plain[mention.end : chain[0].start]):
                break
            chain.insert(0, mention)
        named = chain if len(chain) >= 2 else named
    else:
        if any(figure.end <= place for figure in sentence.figures):
            return []
    return list({mention.rows[0].id: mention.rows[0] for mention in named}.values())


def _fit(run: _Run, rows: Sequence[Row]) -> bool:
    """Whether each value can be one of its row, as far as units tell."""
    return all(
        claim.figure is not None
        and (claim.figure.unit in ("％", "ポイント", "倍", "") or unit_fits(row.unit, claim.figure.unit))
        and (claim.form != "level" or claim.figure.unit != "％" or row.unit == "％" or run.claims[-1].form != "level")
        for claim, row in zip(run.claims, rows, strict=True)
    )


def _by_years(run: _Run, years: Sequence[Year], sentence: Sentence) -> list[Claim]:
    first = run.claims[0]
    subject = Subject(first.subject.rows, "sure", True) if len(first.subject.rows) == 1 else first.subject
    if first.subject.strength in ("foreign", "weak") and not sentence.mentions:
        subject = first.subject
    return [
        replace(
            first,
            figure=claim.figure,
            start=claim.start,
            end=_end(claim),
            subject=subject,
            year=year,
            any_year=False,
            plan=False,
            soft=False,
            from_before=False,
            bound=None,
        )
        for claim, year in zip(run.claims, years, strict=True)
    ]


def _told_end(claim: Claim) -> int:
    """Where a value ends, with the word of its change (「6,685千円の減、」)."""
    worded = claim.form == "change" and claim.word is not None
    return max(claim.end, _end(claim)) if worded else _end(claim)


def _end(claim: Claim) -> int:
    return claim.figure.end if claim.figure is not None else claim.end


def _by_rows(run: _Run, rows: Sequence[Row], sentence: Sentence) -> list[Claim]:
    first, last = run.claims[0], run.claims[-1]
    shared = last if last.form != "level" else first if first.form != "level" else None
    if shared is not None and shared.word is not None and shared.word.sense in ("above", "below", "short", "gap"):
        labelled = first.form == "level" and first.series != "actual"
        labelled = labelled or SERIES_BEFORE.search(_EACH.sub("", sentence.plain[run.before : first.start])) is not None
        if labelled and (shared.base is None or shared.base.series == "actual"):
            shared = replace(shared, base=Base(first.series if first.series != "actual" else "target", None))
    result = []
    for claim, beside, row in zip(run.claims, run.beside, rows, strict=True):
        subject = Subject((row,), "sure", True)
        own = claim
        if claim.form == "change" and claim.word is not None and shared is not None and shared.form == "change":
            own = replace(claim, base=claim.base or shared.base)
        elif shared is not None:
            own = replace(shared, figure=claim.figure, start=claim.start, end=claim.end)
        elif first.form == "level" and first.series != "actual" and claim.series == "actual":
            own = replace(claim, series=first.series)
        result.append(replace(own, subject=subject, any_year=False, soft=False))
        result += [replace(other, subject=subject) for other in beside if other.form == "level"]
    return result
