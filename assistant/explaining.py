"""What a sentence of a draft rests on, and what a place to fill in waits for. Takes a draft, gives values; no I/O."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.draft import Draft, DraftSentence, Origin
from assistant.drafting.lines import lines_of
from assistant.facts import format_figure
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY, SECTION_KEYS, SERIES_LABELS, Series, section_label
from corpus.sheetfile import SheetFile
from corpus.yearfacts import FactKind

_FILL_IN = re.compile(r"【要記入(?:：(?P<what>[^】]*))?】")
_VALUE = re.compile(r"(?P<name>「[^」]*」|『[^』]*』)の(?P<year>[^の]*年度)の(?P<series>実績値|目標値|見込み値)")
_KINDS: tuple[tuple[FactKind, str], ...] = (
    ("opinions", r"意見|要望"),
    ("other_cities", r"他自治体|他市"),
    ("planned", r"予定|方針"),
    ("done", r"取組|実施|取り組"),
)
_SECTION_KINDS: dict[str, FactKind] = {
    "5.2": "opinions",
    "5.3": "other_cities",
    "5.4.done": "done",
    "5.4.plan": "planned",
    "7.1": "planned",
    "7.2": "planned",
}
_SERIES: dict[str, Series] = {"実績値": "actual", "目標値": "target", "見込み値": "forecast"}
_ORDINAL = re.compile(
    r"(?P<number>[1-9][0-9]?)(?:つ目|番目|文目|行目|個目|番)|(?P<first>最初|冒頭|はじめ)|(?P<last>最後|末尾)"
)
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?!つ目|番目|文目|行目|個目|番|年|月|日|\()")
_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_COUNTED = re.compile(r"[一二三四五六七八九](?=つ目|番目|文目|行目|個目|番(?![最上下目]))")
"""A kanji numeral that counts; 「この一文」 and 「一番最後」 count nothing."""
_SECTION_NUMBER = re.compile(r"[4-7]\([1-4]\)")


@dataclass(frozen=True)
class Gap:
    """A place to fill in: ``what`` is missing, and where it is entered.

    ``figures``: the cell of ``indicator``, ``series`` and ``year``. ``facts``: a note of ``kind`` (and ``direction``).
    ``text``: only in the section's own text, for no record keeps it.
    """

    what: str
    where: Literal["figures", "facts", "text"]
    indicator: str | None = None
    year: int | None = None
    series: Series | None = None
    kind: FactKind | None = None
    direction: int | None = None


def gaps(sentence: DraftSentence, section: str, sheet: SheetFile) -> tuple[Gap, ...]:
    """Every 【要記入】 of a sentence of ``section``, in order."""
    found = (match["what"] for match in _FILL_IN.finditer(sentence.text))
    return tuple(
        _gap(what, sentence.direction, section, sheet) if what else Gap(messages.UNNAMED_GAP, "text") for what in found
    )


def _gap(what: str, direction: int | None, section: str, sheet: SheetFile) -> Gap:
    value = _VALUE.search(what)
    if value:
        named = value["name"][1:-1]
        entry = next((entry for entry in sheet.indicators if entry.name == named), None)
        year = next(
            (at for at in range(sheet.fiscal_year - 5, sheet.fiscal_year + 6) if wareki(at) == value["year"]), None
        )
        if entry is not None:
            return Gap(what, "figures", entry.id, year, _SERIES[value["series"]])
    kind = next((kind for kind, words in _KINDS if re.search(words, what)), None)
    if kind is not None and "要因" not in what:
        return Gap(what, "facts", kind=_SECTION_KINDS.get(section, kind), direction=direction)
    return Gap(what, "text")


def asked_about(query: str, draft: Draft) -> tuple[int, ...]:
    """Which sentences of ``draft`` a question is about, by place: those that hold a figure or a quotation that it
    names, the one that it counts (items, of prose sentences), else all that say something.
    """
    plain = _COUNTED.sub(lambda found: found[0].translate(_KANJI), unicodedata.normalize("NFKC", query))
    telling = [place for place, sentence in enumerate(draft.sentences) if not sentence.heading]
    quoted = re.findall(r"「([^」]{2,})」", plain)
    holding = [p for p in telling if any(words in _plain(draft.sentences[p]) for words in quoted)]
    if holding:
        return tuple(holding)
    ordinal = _ORDINAL.search(plain)
    if ordinal:
        units = _units(draft)
        number = int(ordinal["number"]) if ordinal["number"] else 1 if ordinal["first"] else len(units)
        return units[number - 1] if number <= len(units) else ()
    figures = [found.group() for found in _FIGURE.finditer(_SECTION_NUMBER.sub("", plain))]
    holding = [p for p in telling if any(_holds(_plain(draft.sentences[p]), written) for written in figures)]
    return tuple(holding) if figures else tuple(telling)


def _units(draft: Draft) -> list[tuple[int, ...]]:
    """The items that a person counts, each as places of its sentences."""
    units: list[tuple[int, ...]] = []
    place = 0
    for line in lines_of(draft):
        if line.kind == "item":
            units.append(tuple(range(place, place + len(line.sentences))))
        place += len(line.sentences)
    return units


def _plain(sentence: DraftSentence) -> str:
    return unicodedata.normalize("NFKC", sentence.text)


def _holds(text: str, figure: str) -> bool:
    return re.search(rf"(?<![0-9.,]){re.escape(figure)}(?![0-9]|[.,][0-9])", text) is not None


def reasons(sentence: DraftSentence, section: str, sheet: SheetFile) -> tuple[str, ...]:
    """What a sentence rests on, in words: stored values, texts and notes, then what is missing; never empty."""
    lines = [_reason(origin, sheet) for origin in sentence.origins if origin.kind != "form"]
    lines += [gap_line(gap) for gap in gaps(sentence, section, sheet)]
    return tuple(dict.fromkeys(lines)) or (messages.ORIGIN_FORM,)


def gap_line(gap: Gap) -> str:
    """What is missing, and where a person enters it."""
    return messages.gap_line(gap.what, gap.where)


def _reason(origin: Origin, sheet: SheetFile) -> str:
    if origin.kind == "figure":
        name, unit, decimals = row_name(origin.indicator, origin.cost, sheet)
        series = "" if origin.cost or origin.series is None else SERIES_LABELS[origin.series]
        value = "" if origin.value is None else format_figure(origin.value, decimals) + unit
        return messages.figure_origin(name, wareki(origin.year) if origin.year else "", series, value)
    year = wareki(origin.fiscal_year) if origin.fiscal_year is not None else ""
    if origin.kind == "note":
        return messages.note_origin(year, origin.text or "")
    if origin.kind == "model":
        return messages.origin_model(origin.text or "")
    place = ""
    if origin.section in SECTION_KEYS and origin.fiscal_year is not None:
        place = section_label(origin.section, origin.fiscal_year)
    return messages.text_origin(origin.measure or "", year, place, origin.text or "")


def row_name(indicator: str | None, cost: str | None, sheet: SheetFile) -> tuple[str, str, int | None]:
    """Name, unit and decimals of a row of the figures tables."""
    if cost is not None:
        row = COST_BY_KEY.get(cost)
        return (row.label, row.unit, None) if row else (cost, "", None)
    entry = sheet.indicator(indicator or "")
    return (entry.name, entry.unit or "", entry.decimals) if entry else (indicator or "", "", None)


def told(draft: Draft, places: Sequence[int], sheet: SheetFile) -> str:
    """The reasons of the sentences at ``places``, sentence by sentence, in words."""
    lines: list[str] = []
    for place in places:
        sentence = draft.sentences[place]
        lines.append(messages.sentence_asked_about(sentence.text))
        lines += [f"　・{line}" for line in reasons(sentence, draft.section, sheet)]
    return "\n".join(lines)
