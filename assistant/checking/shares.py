"""Shares of costs (19): 「事業費に占める割合は48.3％」, 「その77.8％を一般財源が占める」, 「地方債が…全体の3分の1」."""

import re
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure
from assistant.checking.readings import current_years, named_years, point
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding, unsupported
from assistant.checking.sentences import Sentence, Subject, current_year, direct_year
from assistant.checking.subjects import Mention
from assistant.checking.tolerance import fits
from assistant.checking.wording import plain_number, written_like
from corpus import messages

_TENTH = Decimal("0.1")
_WHOLES = ("cost:program_total", "cost:total")
_ABOUT = r"[ ]?(?:約|およそ|おおむね|概ね|ほぼ)?[ ]?$"
_LABELLED = re.compile(rf"(?:に占める|に対する)[^、。]{{0,15}}?(?:割合|比率|構成比)(?:は|が|も|で)[、 ]?{_ABOUT}")
_OF_WHOLE = re.compile(rf"の(?:うち)?{_ABOUT}")
_OF_ALL = re.compile(rf"(?:全体|総額|合計)の(?:うち)?{_ABOUT}")
_OF_THAT = re.compile(rf"(?:その|このうち|そのうち){_ABOUT}")
_TAKEN_BY = re.compile(r"(?:程度|強|弱|余り|近く)?を[^、。]{0,12}?(?:が|で)占め")
_TAKES = re.compile(
    r"(?:程度|強|弱|余り|近く|以上|前後)?(?:を(?:占め|超え|下回)|に(?:当た|あた|相当|とどま|達|上)|と(?:な|、)|で(?:ある|あっ|、)|である|(?=[、。)]|$))"
)


def share_claim(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """The share that a figure in ％ states of one stored cost in another, or None."""
    plain, start = sentence.plain, figure.start
    costs = [mention for mention in sentence.mentions if _is_cost(mention)]
    before = [mention for mention in costs if mention.end <= start]
    head = plain[:start]
    whole = part = None
    if _LABELLED.search(head):
        whole = next((mention.rows[0] for mention in reversed(before) if mention.rows[0].id in _WHOLES), None)
        part = _part([mention for mention in before if mention.rows[0] is not whole], sentence)
    elif _OF_THAT.search(head) and _TAKEN_BY.match(plain, figure.end):
        behind = [mention for mention in costs if mention.start >= figure.end]
        whole = next((mention.rows[0] for mention in reversed(before) if mention.rows[0].id in _WHOLES), None)
        whole = whole or _carried(sentence, _WHOLES)
        part = behind[0].rows[0] if behind else None
    elif before and before[-1].rows[0].id in _WHOLES and _OF_WHOLE.fullmatch(plain[before[-1].end : start]):
        whole = before[-1].rows[0]
        part = _part(before[:-1], sentence) if _TAKES.match(plain, figure.end) else None
    elif before and _TAKES.match(plain, figure.end) and (_OF_ALL.search(head) or _with_amount(sentence, figure)):
        part = before[-1].rows[0]
        named = next((mention.rows[0] for mention in reversed(before) if mention.rows[0].id in _WHOLES), None)
        whole = named or _carried(sentence, _WHOLES) or _row(record, _WHOLES[0])
        if sentence.segment_start(start) > before[-1].end and _of_other(sentence, before[-1], start):
            return None
    if whole is None or part is None or part.id == whole.id or part.unit != whole.unit:
        return None
    return Claim(
        "share",
        figure.start,
        figure.end,
        Subject((part, whole), "sure"),
        figure=figure,
        year=direct_year(sentence, figure),
        carried_year=current_year(sentence, start),
    )


def _is_cost(mention: Mention) -> bool:
    return len(mention.rows) == 1 and mention.rows[0].kind == "cost" and mention.how in ("named", "phrase")


def _part(before: list[Mention], sentence: Sentence) -> Row | None:
    parts = [mention.rows[0] for mention in before if mention.rows[0].id not in _WHOLES]
    if parts:
        return parts[-1]
    rows = sentence.carried.rows
    return rows[0] if len(rows) == 1 and rows[0].kind == "cost" and rows[0].id not in _WHOLES else None


def _carried(sentence: Sentence, ids: tuple[str, ...]) -> Row | None:
    for subject in (sentence.carried, sentence.main):
        if len(subject.rows) == 1 and subject.rows[0].id in ids:
            return subject.rows[0]
    return None


def _row(record: Record, row_id: str) -> Row | None:
    return next((row for row in record.rows if row.id == row_id), None)


def _with_amount(sentence: Sentence, figure: Figure) -> bool:
    """「一般財源が642,318千円と77.7％を占める」: right behind the amount."""
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if before is None or before.unit != "千円":
        return False
    return re.fullmatch(r"と[ ]?(?:約|およそ)?", sentence.plain[before.end : figure.start]) is not None


def _of_other(sentence: Sentence, named: Mention, place: int) -> bool:
    """Whether something that is not stored is spoken of between the cost and its share."""
    return any(mention.how == "foreign" and named.end <= mention.start < place for mention in sentence.mentions)


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal:
    assert part is not None
    assert whole
    return part * 100 / whole


def judge_share(claim: Claim, place: Place, record: Record) -> Finding:
    """The one stored cost over the other in the year of the claim."""
    figure = claim.figure
    assert figure is not None
    part, whole = claim.subject.rows
    years = current_years(claim, part, record)
    if claim.year is not None:
        years = named_years(claim.year, part, record.fiscal_year, record, "actual")
    readings = [(point(part, year, "actual"), point(whole, year, "actual")) for year in years]
    known = [(top, bottom) for top, bottom in readings if top.value is not None and bottom.value]
    if not known:
        return unsupported(place, claim, "share", messages.check_no_record(readings[0][0].where))
    shares = [(top, bottom, _percent(top.value, bottom.value)) for top, bottom in known]
    bound = "about" if claim.bound is None and "分の" in figure.text else claim.bound
    right = next((entry for entry in shares if fits(figure, entry[2], bound=bound, tolerance=record.tolerance)), None)
    top, bottom, value = right or shares[0]
    shown = value.quantize(min(figure.step, _TENTH))
    written = place.text[claim.start : claim.end]
    message = messages.check_share(
        written, top.where, top.shown, bottom.where, bottom.shown, plain_number(shown) + "％", right is not None
    )
    plain = figure.bound in ("exact", "about")
    return finding(
        place,
        claim,
        "share",
        "match" if right else "mismatch",
        message,
        stated=figure.value,
        expected=shown,
        suggestion=written_like(value, figure) if right is None and plain else None,
        **{**at(top), "unit": "％"},
    )
