"""Narratives that are word for word last year's (kind ``table``, always ``ambiguous``).

Much stays from year to year for good reason (of 4,919 national programmes 62 % kept 現状・課題 word for word from 2024
to 2025, and 41 % of the sentences of the others; ../shared/data). Found are therefore whole sections, and of single
sentences only those with figures of a year (a result, 「前年度から…」) that hardly come out the same twice and that
nothing stored speaks to. A text of which only years changed is another text.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.alignment import plain
from assistant.checking.findings import Finding
from assistant.checking.numerals import Figure, find_figures
from assistant.checking.tables import table_finding
from corpus import messages
from corpus.fiscal import find_years
from corpus.form import SECTION_KEYS, section_label
from corpus.items import split_items, split_sentences
from corpus.sheetfile import SheetFile

_SHORTEST = 16
"""Signs (without blanks) below which a text says too little to be taken for a copy (「特に意見なし」)."""
_MANY_DIGITS = 3
_RESULTS = ("4.3", "5.4.done", "6.1.results")
"""Sections that report the year, where a figure in the past tense is this year's."""
_PLANS = ("5.4.plan", "7.1", "7.2")
_SOURCES: dict[str, tuple[str, ...]] = {"5.4.done": ("5.4.done", "5.4.plan")}
"""Sections of last year's sheet that must not stand in a section as they were; a plan is no report either."""
_RELATIVE = re.compile(r"(?:前|昨|今|本|当該)年度|前年(?!同)|昨年(?!度)")
_PAST = re.compile(r"(?:[いきしちにみりえけせてねべめれっぎじびげぜ]た|[んい]だ|だった|でした)$")


def check_unchanged(sheet: SheetFile, earlier: Sequence[SheetFile], findings: Collection[Finding]) -> Iterator[Finding]:
    """What the sheet's narratives share with the latest earlier sheet; ``findings``: what the texts' figures gave."""
    last = max(
        (other for other in earlier if other.fiscal_year < sheet.fiscal_year),
        key=lambda other: other.fiscal_year,
        default=None,
    )
    if last is None:
        return
    for key in SECTION_KEYS:
        text = plain(sheet.text(key))
        if len(text) < _SHORTEST:
            continue
        source = next((source for source in _SOURCES.get(key, (key,)) if plain(last.text(source)) == text), None)
        if source is not None:
            yield _same_section(sheet, last, key, source)
        elif key not in _PLANS and last.text(key):
            judged = [
                (found.start, found.end)
                for found in findings
                if found.section == key and found.verdict in ("match", "mismatch")
                if found.start is not None and found.end is not None
            ]
            yield from _same_sentences(sheet, last, key, judged)


def _same_section(sheet: SheetFile, last: SheetFile, key: str, source: str) -> Finding:
    label = section_label(key, sheet.fiscal_year)
    words = next((item.body for item in split_items(sheet.text(key)) if not item.heading), sheet.text(key))
    return table_finding(
        messages.check_quote(label, words),
        "ambiguous",
        messages.check_same_section(
            label, sheet.fiscal_year, last.fiscal_year, section_label(source, last.fiscal_year)
        ),
        indicator=None,
        year=last.fiscal_year,
    )


def _same_sentences(
    sheet: SheetFile, last: SheetFile, key: str, judged: Sequence[tuple[int, int]]
) -> Iterator[Finding]:
    """Sentences kept with a figure of the year; ``judged``: places that the stored figures speak to already."""
    text, label = sheet.text(key), section_label(key, sheet.fiscal_year)
    before = {plain(words) for _, words in _sentences(last.text(key))}
    units = {entry.unit for entry in sheet.indicators if entry.unit}
    for offset, words in _sentences(text):
        if len(plain(words)) < _SHORTEST or plain(words) not in before or find_years(words, sheet.fiscal_year):
            continue
        reports = key in _RESULTS and _PAST.search(words.rstrip("。 　"))
        if not reports and not _RELATIVE.search(words):
            continue
        figures = find_figures(words, units)
        if not _telling(figures):
            continue
        spans = [(offset + figure.start, offset + figure.end) for figure in figures]
        if not any(start < end_of and start_of < end for start, end in judged for start_of, end_of in spans):
            yield table_finding(
                messages.check_quote(label, words),
                "ambiguous",
                messages.check_same_sentence(
                    label, sheet.fiscal_year, last.fiscal_year, [figure.text.strip() for figure in figures]
                ),
                indicator=None,
                year=last.fiscal_year,
            )


def _telling(figures: Sequence[Figure]) -> bool:
    """Whether figures hardly come out the same in two years: 412件 or 35人 and 41世帯, but not 3回."""
    digits = [sum(sign.isdigit() for sign in figure.text) for figure in figures]
    return max(digits, default=0) >= _MANY_DIGITS or sum(count > 1 for count in digits) > 1


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence without headings and marks, with its offset."""
    for item in split_items(text):
        if not item.heading:
            at = item.end - len(item.body)
            for start, end in split_sentences(item.body):
                yield at + start, item.body[start:end]
