"""Sheets to draft from, and what holds of every draft; shared by the tests of whole drafts."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.checking import Finding, check_text, find_figures
from assistant.checking.never_values import normalise
from assistant.drafting.carry import KINDS
from assistant.drafting.draft import Draft
from assistant.drafting.note_lines import note_words
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest, choose_rule, usable_last_year
from assistant.drafting.source_lines import source_lines
from assistant.drafting.verify import note_spans
from assistant.facts import Cell
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile
from tests.standing import is_stored

SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"

RESULTS = """①展開方向１「見守りの充実」
・地域福祉計画を策定し、進捗管理を行った。
・令和5年度は令和4年度に引き続き登録者数が増加した。
・令和3年度に締結した協定を活用し、21件の情報提供を行った。
・活動に参加している市民の割合は12.1％で、目標値16.0％を3.9ポイント下回った。
②展開方向２「相談の充実」
・相談会を開催した。"""
PLAN = """①展開方向１「見守りの充実」
・令和6年度に計画素案を検討する。
・地域福祉計画の施策の推進。
②展開方向２「相談の充実」
・相談窓口の連携が必要である。"""
POLICY = "・令和7年度は避難訓練を実施する体制を構築する。\n・令和3年度に始めた居場所づくりを進める。"


def indicator(label: str, direction: int, values: dict[int, tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": f"{direction}-{label}",
        "kind": "outcome",
        "direction": direction,
        "name": "活動に参加している市民の割合" if direction == 1 else "相談先を知らない市民の割合",
        "unit": "％",
        "decimals": 1,
        "better": "higher" if direction == 1 else "lower",
        "values": {year: {"target": target, "actual": actual} for year, (target, actual) in values.items()},
        **more,
    }


INDICATORS = [
    {
        "id": "P-ア",
        "kind": "population",
        "name": "人口",
        "unit": "人",
        "decimals": 0,
        "values": {2023: {"actual": 76182}, 2024: {"actual": 75990}},
    },
    indicator(
        "ア", 1, {2022: (15.7, None), 2023: (16.0, 12.1), 2024: (16.5, 13.2), 2026: (17.5, None), 2027: (18, None)}
    ),
    indicator("ア", 2, {2022: (50, 52.0), 2023: (48, 49.5), 2024: (46, None), 2026: (42, None)}),
]
DIRECTIONS = [{"number": 1, "name": "見守りの充実"}, {"number": 2, "name": "相談の充実"}]
COSTS = {2023: {"program_total": 368045, "personnel": 229568, "total": 597613}}
NOW_COSTS = {2024: {"program_total": 384000, "personnel": 231000, "total": 615000}}
SECTIONS = {
    "4.3": "参加の機会が戻りつつあることが背景にあると考えられる。",
    "5.1": "・法の改正により、居住支援の強化が求められている。",
    "5.2": "・相談窓口の周知を求める意見がある。",
    "5.3": "・令和3年度に協定を締結した。\n・協議会は未設置となっている。",
    "5.4.done": "・相談会を5回開催した。",
    "5.4.plan": PLAN,
    "6.1.results": RESULTS,
    "6.1.issues": "・担い手の不足が課題である。",
    "7.1": POLICY,
    "7.2": "・自立の支援を充実する。",
}


def sheet(year: int, **more: Any) -> SheetFile:
    base: dict[str, Any] = {"fiscal_year": year, "measure": {"code": "12", "name": "支え合いの推進"}}
    return SheetFile.model_validate({**base, **more})


FULL = {
    "plan": {"start": 2020, "end": 2027},
    "directions": DIRECTIONS,
    "indicators": INDICATORS,
    "grades": {"achievement": "E", "trend": "C"},
}
NOW = sheet(2024, **FULL, costs=NOW_COSTS)
LAST = sheet(2023, **FULL, costs=COSTS, sections=SECTIONS)
MET = [
    indicator("ア", 1, {2023: (16.0, 12.1), 2024: (16.5, 13.2), 2026: (17.5, None)}),
    indicator("イ", 1, {2023: (16.0, 12.1), 2024: (16.5, 16.9), 2026: (17.5, None)}, name="相談者の割合"),
    indicator("ウ", 1, {2023: (16.0, 12.1), 2024: (16.5, 18.9), 2026: (17.5, None)}, name="定着率"),
    indicator("エ", 1, {2023: (16.0, 12.1), 2024: (16.5, 17.1), 2026: (17.5, None)}, name="就職率"),
]
UNKNOWN_POLARITY = [{**entry, "better": None} for entry in INDICATORS]
SAME_TEXT = dict.fromkeys(SECTION_KEYS, "・同じ文章を全ての欄に書いた。\n・令和5年度に実施した。")

PAIRS: dict[str, tuple[SheetFile, SheetFile | None]] = {
    "full": (NOW, LAST),
    "first year": (NOW, None),
    "no figures": (sheet(2024, directions=DIRECTIONS), sheet(2023, directions=DIRECTIONS, sections=SECTIONS)),
    "nothing at all": (sheet(2024), None),
    "nothing at all, nothing last year": (sheet(2024), sheet(2023)),
    "no directions": (sheet(2024, indicators=INDICATORS[:1], costs=NOW_COSTS), LAST),
    "no polarity": (sheet(2024, **{**FULL, "indicators": UNKNOWN_POLARITY}), LAST),
    "a year is missing": (sheet(2025, **FULL), LAST),
    "the same text everywhere": (sheet(2024, directions=DIRECTIONS), sheet(2023, sections=SAME_TEXT)),
    "the last sheet is not earlier": (NOW, NOW),
    "years without values": (sheet(2024, **{**FULL, "indicators": [indicator("ア", 1, {})]}), LAST),
    "a huge text": (NOW, sheet(2023, **FULL, sections=dict.fromkeys(SECTION_KEYS, "・訪問を12回行った。\n" * 120))),
    "paragraphs": (
        sheet(2024, **{**FULL, "indicators": MET}),
        sheet(2023, **FULL, sections=dict.fromkeys(SECTION_KEYS, "担い手の確保を進めます。相談を受けました。")),
    ),
    "full width": (NOW, sheet(2023, **FULL, sections={"6.1.results": "◆相談を１２件受けました。"})),
}


def sample_pairs() -> Iterator[tuple[str, tuple[SheetFile, SheetFile | None]]]:
    lines = [line for path in sorted(SAMPLE.glob("sheets.jsonl")) for line in path.read_text("utf-8").splitlines()]
    sheets = [SheetFile.model_validate(json.loads(line, parse_float=Decimal)) for line in lines if line.strip()]
    for found in sheets:
        same = [other for other in sheets if other.measure == found.measure and other.fiscal_year < found.fiscal_year]
        yield f"{found.measure.name} {found.fiscal_year}", (found, max(same, key=lambda s: s.fiscal_year, default=None))


ALL_PAIRS = PAIRS | dict(sample_pairs())


@cache
def drafted(
    name: str, section: str, direction: int | None = None, *, follow: bool = False
) -> tuple[Draft, list[Finding]]:
    """The draft of a named pair, which several tests look at."""
    return draft_section(DraftRequest(*ALL_PAIRS[name], section, direction=direction, follow_last_year=follow))


def own_and_last(pair: tuple[SheetFile, SheetFile | None]) -> list[SheetFile]:
    return [found for found in pair if found is not None]


def unstored_figures(draft: Draft, sheets: list[SheetFile]) -> list[str]:
    """Figures of the draft that no figure or note origin covers, names of the sheets aside."""
    names = {entry.name for found in sheets for entry in (*found.indicators, *found.directions) if entry.name}
    names |= {found.measure.name for found in sheets}
    text = normalise(draft.text)
    covered = [(fact["start"], fact["end"]) for fact in draft.facts]
    covered += [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    covered += [match.span() for name in names for match in re.finditer(re.escape(normalise(name)), text)]
    covered += [match.span() for match in KINDS.finditer(text)]
    units = [entry.unit or "" for found in sheets for entry in found.indicators]
    figures = find_figures(draft.text, units)
    return [f.text for f in figures if not any(start <= f.start < end for start, end in covered)]


def assert_sound(draft: Draft, pair: tuple[SheetFile, SheetFile | None]) -> None:
    """What holds of every draft."""
    sheets = own_and_last(pair)
    assert draft.text.strip()
    assert unstored_figures(draft, sheets) == []
    for place, sentence in draft.placed:
        assert draft.text[place : place + len(sentence.text)] == sentence.text
        assert sentence.origins
        assert "\n" not in sentence.text
        for origin in sentence.origins:
            if origin.kind == "figure":
                assert origin.start is not None
                assert origin.end is not None
                assert re.search(r"[0-9０-９]", sentence.text[origin.start : origin.end])
                assert origin.year is not None
                assert origin.series is not None
                assert origin.value is not None
                subject = origin.indicator or f"cost:{origin.cost}"
                assert is_stored(Cell(subject, origin.year, origin.series, origin.value), sheets)
            if origin.kind == "note":
                found = sheets[0].facts.find(origin.note or "")
                assert found is not None
                assert origin.text == note_words(found[1])
            if origin.kind == "last_year":
                assert origin.section is not None
                assert origin.text is not None
                if origin.section == "facts":
                    assert origin.text in {note_words(note) for found in sheets for _, note in found.facts}
                    continue
                assert pair[1] is not None
                assert origin.text in pair[1].text(origin.section)
    noted = [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    mismatches = [f for f in check_text(draft.text, draft.section, sheets[0], sheets[1:]) if f.verdict == "mismatch"]
    assert [f for f in mismatches if not any(start <= (f.start or 0) < end for start, end in noted)] == []


def untraced(request: DraftRequest, draft: Draft) -> list[str]:
    """Sentences of the section that is carried on which no part of the draft names as its origin."""
    last_year = usable_last_year(request)
    rule = choose_rule(request.section, request.sheet, last_year, follow=request.follow_last_year)
    if rule is None or last_year is None:
        return []
    kept = {origin.text for sentence in draft.sentences for origin in sentence.origins if origin.kind == "last_year"}
    text = last_year.text(rule.source)
    spans = [span for line in source_lines(text) if not line.heading for span in line.sentences]
    sentences = [text[start:end] for start, end in spans]
    return [told for told in sentences if told not in kept and re.sub(r"【要[^】]*】|[・◆、。]", "", told).strip()]


def text_of(section: str, now: SheetFile = NOW, last: SheetFile | None = LAST, **more: Any) -> str:
    """The text of a draft."""
    return draft_section(DraftRequest(now, last, section, **more))[0].text


def after(section: str, text: str, now: SheetFile = NOW) -> str:
    """The draft of a section of which last year's text is ``text``."""
    return text_of(section, now, sheet(2023, **FULL, costs=COSTS, sections={section: text}))
