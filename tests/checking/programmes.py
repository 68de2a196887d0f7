"""Sheets made of the national programmes' indicators (../shared/data/judgit-*.jsonl.gz): real names, units and series.

What a sentence cannot carry is left out: names that hold a formula or a second sentence, units that cannot be read,
figures with more than two digits after the point, and 0, which in this source means missing.
"""

import gzip
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.importers.text_figures import expected_direction
from corpus.importers.text_head import NamedIndicator
from corpus.sheetfile import CostEntry, IndicatorEntry, MeasureName, SheetFile, YearValues

DATA = Path(__file__).parents[3] / "shared/data"
YEARS = (2019, 2020, 2021)
_UNITS = {"件数": "件", "人数": "人", "回数": "回", "国数": "国", "日数": "日", "%": "％"}
_NO_UNITS = ("", "-", "数", "割合", "率", "評価", "調査", "月", "年", "式", "指数", "倍")
_NAME = re.compile(r"[^\d０-９一二三四五六七八九十百千\n％%／/÷×＝=※。、，,：:①-⑳【】＜＞]{4,40}")
_OTHER_WORDS = re.compile(
    r"目標|実績|前年|毎年|年度|[「」［］]|^そのうち|(?:拡大|向上|促進|推進|確保|維持|改善|達成|増加|減少|実施|整備|設定|こと|合計)$"
)
"""A name that speaks of series or years itself, or tells a deed rather than a quantity."""
_LABELS = "アイウエオカキク"


def programme_files() -> list[Path]:
    """The data files that are here, none where ../shared is absent."""
    return [path for path in (DATA / f"judgit-{year}.jsonl.gz" for year in YEARS) if path.exists()]


def programmes(limit: int | None = None, *, step: int = 1) -> Iterator[SheetFile]:
    """Sheets of the programmes that have an indicator with two actuals or more; every ``step``-th row of each file."""
    made = 0
    for path in programme_files():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % step:
                    continue
                sheet = sheet_of_programme(json.loads(line))
                if sheet is not None:
                    yield sheet
                    made += 1
                    if limit is not None and made >= limit:
                        return


def sheet_of_programme(row: dict[str, Any]) -> SheetFile | None:
    """A row as a sheet of the last year that has an actual; None where no indicator of it can be read."""
    read = [entry for one in row["indicators"] if (entry := _indicator(one)) is not None]
    entries: list[IndicatorEntry] = []
    for entry in read:
        clear = not any(entry.name in other.name or other.name in entry.name for other in entries)
        if clear and len(entries) < len(_LABELS):
            place = {"id": f"1-{_LABELS[len(entries)]}", "label": _LABELS[len(entries)]}
            entries.append(entry.model_copy(update=place))
    if not entries:
        return None
    year = max(year for entry in entries for year in entry.series("actual"))
    return SheetFile(
        municipality=row["ministry"],
        fiscal_year=year,
        measure=MeasureName(code=None, name=row["name"]),
        indicators=entries,
        costs=_costs(row["budget_million_yen"], year),
    )


def _indicator(given: dict[str, Any]) -> IndicatorEntry | None:
    name, unit = re.sub(r"\s+", "", given["name"] or "").strip("・「」"), _unit(given["unit"] or "")
    if not _NAME.fullmatch(name) or _OTHER_WORDS.search(name) or unit is None or name.count("（") != name.count("）"):
        return None
    values: dict[int, YearValues] = {}
    for year, pair in given["values"].items():
        actual, target = _number(pair.get("actual")), _number(pair.get("target"))
        if actual is not None or target is not None:
            values[int(year)] = YearValues(actual=actual, target=target)
    figures = [value for one in values.values() for value in (one.actual, one.target) if value is not None]
    places = max((_places(value) for value in figures), default=0)
    if places > 2 or sum(one.actual is not None for one in values.values()) < 2:
        return None
    named = NamedIndicator(name, unit, 0)
    targets = [one.target for _, one in sorted(values.items()) if one.target is not None]
    rises = [second > first for first, second in pairwise(targets) if second != first]
    falling = None if not rises or len(set(rises)) > 1 else not rises[0]
    proposed = expected_direction(named, falling)
    # The rule decides only where it leaves one candidate and the name denies nothing.
    denied = expected_direction(named, None)[0] == "lower"
    return IndicatorEntry(
        id="1-ア",
        kind="outcome",
        direction=1,
        name=name,
        unit=unit,
        better=None if denied or len(proposed) > 1 else "lower" if proposed == ["lower"] else "higher",
        decimals=places,
        values=values,
    )


def _unit(written: str) -> str | None:
    unit = re.sub(r"[（(].*?[）)]|\s", "", written)
    unit = _UNITS.get(unit, unit.removesuffix("数") if len(unit) > 2 else unit)
    return None if unit in _NO_UNITS or len(unit) > 6 or re.search(r"[\d/／・、年度]", unit) else unit


def _number(given: float | None) -> Decimal | None:
    if not isinstance(given, int | float) or given <= 0:
        return None
    return Decimal(str(round(given, 6))).normalize() + 0 if given < 1e12 else None


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _costs(budget: dict[str, dict[str, float]], last: int) -> dict[int, CostEntry]:
    """The executed budget in 千円 as 事業費計."""
    executed = {int(year): _number(one.get("executed")) for year, one in budget.items() if int(year) <= last}
    return {
        year: CostEntry(program_total=(value * 1000).quantize(Decimal(1)))
        for year, value in executed.items()
        if value is not None and value * 1000 >= 1000
    }
