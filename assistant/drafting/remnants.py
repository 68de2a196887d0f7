"""What is left of last year's sentence when the composer's own sentence on its figures takes its place.

A clause that says nothing of the figures (「…したが、地域に偏りがある。」) stays. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.carry import Carried, Ground, carry, states_trend
from assistant.drafting.stale import claims_record
from assistant.facts import Fact, cost_facts, standing
from corpus.form import COST_BY_KEY
from corpus.sheetfile import IndicatorEntry, SheetFile

_CLAUSE_END = re.compile(
    r"(?:(?<=[たるいだすんう])が|ものの|けれども?|一方で?|ことから|ため|ので|とともに|ほか"
    r"|(?<!まで)(?<!では)(?<![一-龠々ァ-ヶ人件]で)[いきぎしじちにびみりえけげせぜてでねべめれくず])、"
)
_NO_CLAUSE_END = re.compile(
    r"(?:として|につい?て|に対して|に対し|において|によって|に伴って|にあって|に応じて?|により|よりも?|に関して|いて)、$"
    r"|^(?:ただし|しかし|もっとも|ついで|次いで|加えて|併せて|あわせて|そして|したがって|従って|それぞれ|中でも|例えば)、$"
)
_COPULA = re.compile(r"[0-9０-９％%人件円ト】]で、$")
_OPEN, _CLOSE = "「『（(【", "」』）)】"
_OF_FIGURES = re.compile(
    r"目標|実績|前年|前回|水準|横ばい|届[かい]|及ば|及ん|割り込|超え|超過|とどま|留ま|至ら|近づ|近付|縮ま|開[いき]|上昇|低下|"
    r"回復|持ち直"
)
_OWN_SUBJECT = re.compile(r"[^、「」]{2,}[がはも]")
"""「…からの申出が増えた」 tells a development of something else."""
_LINKS = re.compile(r"(?:が|ものの|けれども?|一方で?|、)+$")
_MEASURED = "(?:調査|アンケート|測定|集計|把握|算出|公表)"
_NO_SURVEY = re.compile(
    rf"{_MEASURED}[をはがも]?(?:実施|行)?(?:わ|って|し|して|でき|できて)?い?(?:ない|なかった|せず|ず|おらず|ません|おりません)"
    rf"|{_MEASURED}(?:年度?)?[のをは]?(?:対象外|休止|中止|未実施|でない|ではない|年度?(?:でない|ではない|に当たらない))"
    r"|未(?:調査|集計|公表|確定|測定)|集計中|実績(?:値)?(?:の記録)?[はがも](?:ない|なし|なく|未)"
)
_TOPIC = re.compile(
    r"^[・\s]*(?:また、|なお、|一方、|ただし、)?[「『]?(?P<topic>.{4,}?)[」』]?(?:については|に関しては|の実績|は|も|、)"
)


@dataclass(frozen=True)
class Remnant:
    """``tail``: the sentence's end, carried on; ``before``: clauses in front of it; ``figures``: some hold figures."""

    tail: Carried | None
    before: tuple[str, ...]
    figures: bool


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Offsets of its clauses; a clause ends with its 「、」 outside brackets."""
    spans: list[tuple[int, int]] = []
    start = depth = 0
    for place, sign in enumerate(sentence):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign != "、" or depth > 0:
            continue
        told = sentence[start : place + 1]
        ends = re.search(_CLAUSE_END.pattern + "$", told) or _COPULA.search(told)
        if ends and not _NO_CLAUSE_END.search(told):
            spans.append((start, place + 1))
            start = place + 1
    return [*spans, (start, len(sentence))] if start < len(sentence) else spans


def remnant(text: str, part: Carried, ground: Ground) -> Remnant:
    """What of ``part`` says nothing of the figures that it was replaced for; ``text``: last year's section."""
    spans = [(part.start + start, part.start + end) for start, end in clauses(part.source)]
    free = [not _of_figures(text, start, end, part, ground) for start, end in spans]
    kept = len(spans)
    while kept and free[kept - 1]:
        kept -= 1
    # A whole sentence without any figure is not replaced, so that some clause is not free.
    tail = carry(text, spans[kept][0], spans[-1][1], ground) if kept < len(spans) else None
    others = [carry(text, *span, ground) for span, is_free in zip(spans[:kept], free[:kept], strict=True) if is_free]
    told = (_LINKS.sub("", other.text) for other in others if not (other.blanks or other.replaced))
    return Remnant(tail, tuple(words for words in told if words), any(o.blanks or o.replaced for o in others))


def _of_figures(text: str, start: int, end: int, part: Carried, ground: Ground) -> bool:
    clause = text[start:end]
    about = any(found.indicator in part.subjects for found in ground.findings_in(start, end))
    trend = claims_record(clause) or (states_trend(clause) and not _OWN_SUBJECT.search(clause))
    return about or trend or _OF_FIGURES.search(clause) is not None


def denied_subject(sentence: str, sheet: SheetFile) -> str | None:
    """The indicator of which the sentence says that no value exists (「調査を行わない年度に当たる」), while ``sheet``
    has one for its year.
    """
    if _NO_SURVEY.search(sentence) is None:
        return None
    named = _named(sentence, sheet.indicators)
    return named.id if named and named.value(sheet.fiscal_year, "actual") is not None else None


def _named(sentence: str, entries: Sequence[IndicatorEntry]) -> IndicatorEntry | None:
    """The one indicator whose name stands in the sentence, or whose name holds the sentence's topic."""
    full = [entry for entry in entries if entry.name in sentence]
    if not full:
        match = _TOPIC.search(sentence)
        full = [entry for entry in entries if match is not None and match["topic"] in entry.name]
    return full[0] if len(full) == 1 else None


def has_turned(subject: str, sheet: SheetFile, last_year: SheetFile) -> bool:
    """Whether an indicator or cost now moves otherwise than last year, so that last year's cause cannot explain it."""
    if subject.startswith("cost:"):
        row = subject.removeprefix("cost:")
        known = row in COST_BY_KEY
        changes = (cost_facts(sheet, row, (last_year,))[1], cost_facts(last_year, row)[1]) if known else (None, None)
        return _turned(*changes)
    now, before = sheet.indicator(subject), last_year.indicator(subject)
    if now is None or before is None:
        return False
    change = standing(now, sheet.fiscal_year, (last_year,)).change
    old = standing(before, last_year.fiscal_year).change
    return _turned(change, old)


def _turned(change: Fact | None, old: Fact | None) -> bool:
    if change is None or old is None or change.value is None or old.value is None:
        return False
    return (change.value > 0) != (old.value > 0) or (change.value < 0) != (old.value < 0)
