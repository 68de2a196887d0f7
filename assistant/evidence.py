"""Figures in a note of the year as evidence notes to be: figure, unit, what it counts, its year. Pure.

What is read here is only a proposal: a person looks at it, corrects it, and saves it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.numerals import find_figures
from corpus.fiscal import find_years
from corpus.items import split_sentences
from corpus.yearfacts import EvidenceNote

_NAMED_BEHIND = re.compile(r"の(?P<what>(?!うち)[^、。\s「」（）()]{2,}?)(?=[をがはにでとも]|として|、|。|$)")
_CLAUSE_OVER = re.compile(r"[しきぎちにびみりいえけげせてでねべめれ]、(?:延べ|のべ|計|約)?$")
"""「居場所を開設し、62人が利用した」: the words before the figure tell another thing."""
_DONE_BEHIND = re.compile(r"[がを](?P<what>[一-龠々]{2,6})(?:し|した|しました|。|$)")
_TAIL = re.compile(
    r"(?:に(?:ついて|対して|おいて)?は?|では?|から|まで|として|のうち|うち|延べ|のべ|約|[はがをも、]|(?<!も)の|[（(])$"
)
_CLAUSE = re.compile(r"(?<![0-9０-９])[、，；;：:。]|[、，](?![0-9０-９])|(?<=[一-龠々ァ-ヶーぁ-ん])[はが]")
_LONGEST = 60


@dataclass(frozen=True)
class Proposal:
    """An evidence note to be: ``written`` as it stands in the text, ``figure`` in ``unit`` (money in 千円)."""

    written: str
    figure: Decimal
    unit: str
    what: str
    year: int


def evidence_in(text: str, fiscal_year: int, units: Sequence[str] = ()) -> list[Proposal]:
    """Every figure of a note with what it counts, in order; ``units``: further units (those of the sheet).

    The year is the one fiscal year that the sentence names, else ``fiscal_year``.
    """
    found = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        years = {mention.year for mention in find_years(sentence, fiscal_year) if mention.fiscal}
        year = years.pop() if len(years) == 1 else fiscal_year
        for figure in find_figures(sentence, units):
            what = _what(sentence, figure.start, figure.end)
            found.append(Proposal(figure.text.strip(), figure.value, figure.unit, what, year))
    return found


def is_noted(proposal: Proposal, notes: Sequence[EvidenceNote]) -> bool:
    """Whether an evidence note of the same year already has that figure."""
    return any(
        note.figure == proposal.figure and note.year == proposal.year and (note.unit or "") in ("", proposal.unit)
        for note in notes
    )


def _what(sentence: str, start: int, end: int) -> str:
    """「21件の情報提供」 → 情報提供; 「購入費を142件補助」 → 購入費; else the words before it in the sentence."""
    behind = _NAMED_BEHIND.match(sentence, end)
    if behind:
        return behind["what"][:_LONGEST]
    behind = _DONE_BEHIND.match(sentence, end)
    if behind and _CLAUSE_OVER.search(sentence, 0, start):
        return behind["what"]
    before = _trimmed(sentence[:start])
    cuts = [match.end() for match in _CLAUSE.finditer(before)]
    clause = _trimmed(before[cuts[-1] :]) if cuts else before
    counted = not clause[:2].strip("0123456789０１２３４５６７８９")
    what = clause if len(clause) > 3 and not counted else before
    return (what or sentence.strip())[-_LONGEST:]


def _trimmed(words: str) -> str:
    words = words.strip(" 　\n・、，。")
    while (shorter := _TAIL.sub("", words).strip()) != words:
        words = shorter
    return words
