"""Which stored figures a question is about, and how they are shown. Takes sheets, gives values; no I/O."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.facts import POINTS, Standing, format_figure, is_percentage, standing, standings
from corpus import messages
from corpus.fiscal import find_years, wareki
from corpus.form import COST_ROWS, SERIES_LABELS, CostRow, Series
from corpus.sheetfile import IndicatorEntry, SheetFile

_SERIES_WORDS: tuple[tuple[Series, str], ...] = (
    ("forecast", r"見込み?値?"),
    ("baseline", r"成り?行き値?|なりゆき"),
    ("target", r"目標(?!を?(?:達成|上回|下回))値?"),
    ("actual", r"(?<!成果)実績値?"),
)
_ASKING = re.compile(
    r"いくつ|いくら|何(?:人|件|％|%|パーセント|円|千円|団体|世帯|本|時間|回|か所|トン|t)|数値|数字|値|推移|グラフ|教え|見せ|見たい|一覧"
    r"|指標|成果|対象|達成|未達|改善|向上|悪化|状況|比べ|比較|違い|差額|差|増減|目標|実績|見込み?|成り?行き|なりゆき|展開方向[1-9]?"
    r"|どれ|どう|現在|最新|施策|シート|[一昨]*昨?年度|[昨今去来]年|前回|翌年度|保存"
)
_EMPTY_WORDS = frozenset(
    {
        "数",
        "値",
        "年",
        "年度",
        "物",
        "事",
        "割合",
        "率",
        "度",
        "者",
        "人",
        "何",
        "市",
        "件",
        "量",
        "人数",
        "件数",
        "回数",
    }
)
"""Words that many indicators share and that alone name none of them."""
_ENOUGH = 0.6
"""Part of a question's words that an indicator's name must hold to be meant."""
_STATE = re.compile(r"達成|未達|改善|向上|悪化|状況|上が|下が|良くな|よくな")
_ALL = re.compile(r"すべて|全て|全部|一覧|全体")
_GENERAL = re.compile(r"指標|(?i:KPI)|目標")
_THROUGHOUT = re.compile(r"推移|から|まで|~|以降")


@dataclass(frozen=True)
class FigureAnswer:
    """Words about the figures asked for, line by line; the values as JSON values, and ``listed`` in words."""

    lines: tuple[str, ...]
    rows: tuple[dict[str, Any], ...] = ()
    listed: tuple[str, ...] = ()


def answer_figures(
    query: str,
    sheet: SheetFile,
    earlier: Sequence[SheetFile] = (),
    *,
    direction: int | None = None,
    year: int | None = None,
    against: int | None = None,
) -> FigureAnswer:
    """The stored figures that ``query`` (NFKC) asks for; if it names none that is stored, which ones there are.

    ``year`` and ``against`` restrict to these fiscal years; ``against`` alone stands beside the sheet's own year.
    """
    if re.search(r"計画[^。]{0,4}(?:期間|いつ|何年)", query):
        plan = sheet.plan
        start, end = (plan.start, plan.end) if plan else (None, None)
        return FigureAnswer((messages.plan_period((plan and plan.name) or "計画", start, end),))
    costs = [row for row in COST_ROWS if any(word in query for word in row.asked_as)]
    candidates = [entry for entry in sheet.indicators if direction is None or entry.direction == direction]
    named = named_indicators(query, candidates, direction, sheet.fiscal_year) if candidates else []
    if not named and not costs:
        if _STATE.search(query) and _GENERAL.search(query):
            return _states(standings(sheet, "outcome", direction=direction, earlier=earlier))
        if not _ALL.search(query) and not (direction is not None and re.search("数値|数字|指標", query)):
            return FigureAnswer((_which(sheet, direction),))
        named, costs = candidates, list(COST_ROWS) if direction is None else []
    elif named and _STATE.search(query) and year is None and against is None:
        outcomes = [entry for entry in named if entry.kind == "outcome"]
        if outcomes and not any(re.search(pattern, query) for _, pattern in _SERIES_WORDS):
            return _states([standing(entry, sheet.fiscal_year, earlier) for entry in outcomes])
    return _rows_answer(query, sheet, earlier, named, costs, year, against)


def _which(sheet: SheetFile, direction: int | None) -> str:
    names = [entry.name for entry in sheet.indicators if direction in (None, entry.direction)]
    stored = [row.label for row in COST_ROWS if any(cost.value(row.key) is not None for cost in sheet.costs.values())]
    return messages.which_figure(names, stored if direction is None else [])


def named_indicators(
    query: str, entries: Sequence[IndicatorEntry], direction: int | None, fiscal_year: int
) -> list[IndicatorEntry]:
    """The indicators that a question names: by the whole name, by label, or by the words of the name (best ones)."""
    whole = [entry for entry in entries if entry.name in query]
    if whole:
        return whole
    labelled = [entry for entry in entries if entry.label and f"指標{entry.label}" in query]
    if labelled:
        return labelled
    from corpus.tokens import content_words

    for mention in reversed(find_years(query, fiscal_year)):
        query = query[: mention.start] + " " + query[mention.end :]
    # 「事業費」 asks for the cost, not for the indicators about 事業者
    for word in sorted((word for row in COST_ROWS for word in row.asked_as), key=len, reverse=True):
        query = query.replace(word, " ")
    asked = set(content_words(_ASKING.sub(" ", query)))
    telling = asked - _EMPTY_WORDS
    if not telling:
        return []
    names = {entry.id: set(content_words(entry.name)) for entry in entries}
    spread = Counter(word for words in names.values() for word in words)
    scores = {
        entry.id: sum(1 / spread[word] for word in asked & names[entry.id])
        for entry in entries
        if telling & names[entry.id] and len(telling & names[entry.id]) >= _ENOUGH * len(telling)
    }
    best = max(scores.values(), default=0)
    return [entry for entry in entries if scores.get(entry.id, 0) >= best * 0.75 and entry.id in scores]


def _rows_answer(
    query: str,
    sheet: SheetFile,
    earlier: Sequence[SheetFile],
    named: Sequence[IndicatorEntry],
    costs: Sequence[CostRow],
    year: int | None,
    against: int | None,
) -> FigureAnswer:
    if against is not None and year is None:
        year = sheet.fiscal_year
    wanted = {at for at in (year, against) if at is not None}
    if year is not None and against is not None and _THROUGHOUT.search(query):
        wanted = set(range(min(wanted), max(wanted) + 1))
    series = [key for key, pattern in _SERIES_WORDS if re.search(pattern, query)]
    if not series and (against is not None or (not wanted and re.search("いくつ|何[^年]", query))):
        series = ["actual"]
    # a year that this sheet does not print is read from the sheet that does
    sources = [sheet, *sorted(earlier, key=lambda entry: -entry.fiscal_year)] if wanted else [sheet]
    rows: dict[str, dict[str, Any]] = {}
    lines: list[str] = []
    for entry in named:
        found = _indicator_rows(entry, sources, series, wanted)
        rows |= found
        if against is not None:
            lines += _differences(found.values(), POINTS if is_percentage(entry.unit) else entry.unit or "")
    for row in costs:
        found = _cost_rows(row, sources, wanted)
        rows |= found
        if against is not None:
            lines += _differences(found.values(), row.unit)
    if not rows:
        names = [entry.name for entry in named] + [row.label for row in costs]
        when = "と".join(wareki(at) for at in sorted(wanted))
        return FigureAnswer((messages.no_such_series(names, [SERIES_LABELS[key] for key in series], when),))
    shown = [f"・{row['label']} {row['when']}{row['series']} {row['value']}{row['unit']}" for row in rows.values()]
    return FigureAnswer((messages.figures_found(len(rows)), *lines), tuple(rows.values()), tuple(shown))


def _indicator_rows(
    entry: IndicatorEntry, sources: Sequence[SheetFile], series: Sequence[Series], wanted: set[int]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for sheet in sources:
        same = sheet.indicator(entry.id)
        if same is None or (same.name, same.unit) != (entry.name, entry.unit):
            continue
        for key in same.printed_series:
            for at, value in same.series(key).items():
                if (not wanted or at in wanted) and (not series or key in series):
                    printed = format_figure(value, entry.decimals)
                    cell = f"{entry.id}-{at}-{key}"
                    found.setdefault(cell, _row(entry.name, at, SERIES_LABELS[key], printed, entry.unit or "", cell))
    return found


def _cost_rows(row: CostRow, sources: Sequence[SheetFile], wanted: set[int]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for sheet in sources:
        for at, cost in sorted(sheet.costs.items()):
            value = cost.value(row.key)
            if value is not None and (not wanted or at in wanted):
                cell = f"cost-{row.key}-{at}"
                found.setdefault(cell, _row(row.label, at, "", format_figure(value, None), row.unit, cell))
    return found


def _row(label: str, year: int, series: str, value: str, unit: str, cell: str) -> dict[str, Any]:
    when = wareki(year)
    return {"label": label, "year": year, "when": when, "series": series, "value": value, "unit": unit, "cell": cell}


def _differences(rows: Iterable[dict[str, Any]], unit: str) -> list[str]:
    """A line for each series whose first and last year both have a value: last minus first, as printed."""
    lines = []
    series: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        series.setdefault(row["series"], []).append(row)
    for name, values in series.items():
        values.sort(key=lambda row: int(row["year"]))
        if len(values) >= 2:
            difference = _printed(values[-1]["value"]) - _printed(values[0]["value"])
            shown = ("＋" if difference > 0 else "") + format_figure(difference, None) + unit
            label = f"{values[0]['label']}{name}"
            lines.append(messages.figure_difference(label, values[0]["year"], values[-1]["year"], shown))
    return lines


def _printed(value: str) -> Decimal:
    return Decimal(value.replace(",", "").replace("▲", "-"))


def _states(found: Sequence[Standing]) -> FigureAnswer:
    lines = [messages.STANDINGS] if found else [messages.no_figures("")]
    for stand in found:
        level = stand.level.printed if stand.level else ""
        parts = [messages.level_with_target(level, stand.target.printed if stand.target else "")]
        if stand.achieved is not None:
            parts.append(messages.met(bool(stand.achieved.good)))
        change = stand.change
        if change is not None and change.value and change.base_year is not None:
            parts.append(messages.changed_since(change.base_year, change.printed, change.value > 0, change.good))
        lines.append(messages.standing_line(stand.name, stand.year, parts))
    return FigureAnswer(tuple(lines))
