"""Bounds that hold over years (24): 「令和2年度以降、168件から191件の間で推移」, 「計画期間を通じて80％台を維持」."""

import re

from assistant.checking.bases import as_bounded, bound_behind
from assistant.checking.claim_types import Claim
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure
from assistant.checking.readings import point
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.reporting import Place, at, finding
from assistant.checking.sentences import Sentence
from assistant.checking.tolerance import fits
from corpus import messages

_MOVES = re.compile(
    r"(?:程度|前後|台|以上|以下|未満|超|台?[前後]半|弱|強|近く)?の?(?:水準|間|範囲|幅|レンジ|あたり|内)*(?:内|中)?"
    r"(?:(?:を(?:保|維持|超え|上回|下回)|で|に|の)(?:って|て)?)?(?:、)?(?:ほぼ|おおむね|概ね|安定して|小幅に)?"
    r"(?:推移|動[いきくか]|変動|上下|行き来|増減|収ま|とどま|留まり?続|維持|保[っちた])"
)
"""Behind a figure: so it was over the years, and not in one."""
_ONWARD = re.compile(r"末?(?:以降|以後|以来|から(?=[、 ]|(?:一貫|ずっと|毎年|継続|続)))")
_TO = re.compile(r"末?(?:度)?[ ]?(?:から|～|~|〜|-|－|―)[ ]?$")
_UNTIL = re.compile(r"末?(?:まで|にかけ|の(?:間|[0-9一二三四五六七八九十]+(?:年間|か年))|は|、)")
_PLAN = re.compile(r"計画(?:の)?期間|計画(?:開始|策定)以[降来]|計画がスタートして以降")
_LAST = re.compile(r"(?:過去|直近|ここ|この|最近)の?(?P<count>[0-9]{1,2}|[二三四五六七八九十])(?:か年|年度|年)間?")
_EVERY = re.compile(r"(?:毎年度?|各年度|(?:いずれ|どの)の?年度?も|一貫して)")


def band_claim(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """The claim that every value of some years is within the figure's bounds, or None."""
    limit = bound_behind(sentence.plain, figure.end)
    bounded = figure.upper is not None or figure.bound != "exact" or limit is not None
    if not bounded or not figure.unit or not _MOVES.match(sentence.plain, figure.end):
        return None
    years = _years(sentence, figure.start, record)
    if years is None:
        return None
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, figure.unit))
    if subject.strength != "sure" or len(subject.rows) != 1:
        return None
    return Claim("band", figure.start, figure.end, subject, figure=figure, band=years, bound=limit)


def _years(sentence: Sentence, place: int, record: Record) -> tuple[int, int] | None:
    """The first and last fiscal year that the words before ``place`` name as a span."""
    plain, home = sentence.plain, record.fiscal_year
    head = plain[:place]
    named = [(year, year.year) for year in sentence.years if year.end <= place and year.year is not None]
    for number, (year, first) in enumerate(named):
        if _ONWARD.match(plain, year.end):
            return first, home
        if number + 1 < len(named):
            other, last = named[number + 1]
            if _TO.fullmatch(plain[year.end : other.start]) and _UNTIL.match(plain, other.end):
                return first, last
    start = next((year for year in sentence.years if year.end <= place and year.name == "start"), None)
    if start is not None and _ONWARD.match(plain, start.end) and record.plan_start is not None:
        return record.plan_start, home
    last_years = _LAST.search(head)
    if last_years is not None:
        written = last_years["count"]
        count = int(written) if written.isdigit() else "〇一二三四五六七八九十".index(written)
        return home - count + 1, home
    if (_PLAN.search(head) or _EVERY.search(head)) and record.plan_start is not None:
        return record.plan_start, home
    return None


def judge_band(claim: Claim, place: Place, record: Record) -> Finding | None:
    """Each stored actual of the years against the bounds; the first one outside is named."""
    figure, row, band = claim.figure, claim.subject.rows[0], claim.band
    assert figure is not None
    assert band is not None
    spots = [point(row, year, "actual") for year in sorted(row.values["actual"]) if band[0] <= year <= band[1]]
    if len(spots) < 2:
        return None
    percent = row.unit == "％"
    outside = [
        spot
        for spot in spots
        if spot.value is not None
        and not fits(figure, spot.value, bound=claim.bound, percent=percent, tolerance=record.tolerance)
    ]
    written = as_bounded(place.text, claim)
    if not outside:
        message = messages.check_band_match(written, row.name, spots[0].year, spots[-1].year)
        return finding(place, claim, "level", "match", message, stated=figure.value, **at(spots[-1]))
    spot = outside[-1]
    message = messages.check_band(written, [(other.where, other.shown) for other in outside])
    return finding(
        place, claim, "level", "mismatch", message, stated=figure.value, expected=spot.value, **at(spot)
    )  # fmt: skip
