"""Figures about themselves (kind ``table``): cost sums, flags, suspicious values, targets, changed past actuals."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.checking.findings import TABLE, Finding, Verdict
from assistant.checking.record import same_name
from assistant.checking.reporting import number
from assistant.checking.wording import plain_number
from corpus import messages
from corpus.form import BETTER_LABELS, COST_BY_KEY, COST_SOURCES, SERIES_LABELS, Series
from corpus.sheetfile import CostEntry, IndicatorEntry, SheetFile

_FAR = Decimal(8)
"""A value this many times both its neighbours (or their part) has most likely slipped a digit."""


def check_tables(sheet: SheetFile, earlier: Sequence[SheetFile] = ()) -> list[Finding]:
    """What the sheet's figures say against each other and against earlier years' sheets."""
    findings: list[Finding] = []
    held = {
        key for kept in (sheet, *earlier) for costs in kept.costs.values() for key in COST_SOURCES if _has(costs, key)
    }
    for year, costs in sorted(sheet.costs.items()):
        findings += _sums(costs, year, held)
    for entry in sheet.indicators:
        findings += _flags(entry)
        findings += _values(entry)
        findings += _targets(entry)
        findings += _future(entry, sheet.fiscal_year)
    for other in sorted(earlier, key=lambda other: other.fiscal_year):
        if other.fiscal_year < sheet.fiscal_year:
            findings += _changed_past(sheet, other)
    return findings


def table_finding(
    cell: str,
    verdict: Verdict,
    message: str,
    *,
    indicator: str | None,
    year: int | None,
    series: Series | None = None,
    stated: Decimal | str | None = None,
    expected: Decimal | str | None = None,
    unit: str | None = None,
    suggestion: str | None = None,
) -> Finding:
    """A finding about the figures themselves; ``cell`` names the place."""
    return Finding(
        section=TABLE,
        start=None,
        end=None,
        text=cell,
        kind="table",
        verdict=verdict,
        indicator=indicator,
        year=year,
        series=series,
        stated=number(stated) if isinstance(stated, Decimal) else stated,
        expected=number(expected) if isinstance(expected, Decimal) else expected,
        unit=unit,
        message=message,
        suggestion=suggestion,
    )


def _cell(entry: IndicatorEntry, year: int, row: str) -> str:
    return messages.check_cell(f"{entry.id}「{entry.name}」", year, row)


def _where(entry: IndicatorEntry, year: int, series: Series) -> str:
    return messages.check_where(entry.name, year, SERIES_LABELS[series])


def _gap(value: Decimal, other: Decimal, unit: str | None) -> str:
    """How far two values are apart; percentages in ポイント."""
    return _shown(abs(value - other), "ポイント" if unit in ("％", "%") else unit)


def _shown(value: Decimal, unit: str | None) -> str:
    return plain_number(value) + (unit or "")


def _has(costs: CostEntry, key: str) -> bool:
    return costs.value(key) is not None


def _sums(costs: CostEntry, year: int, held: Collection[str]) -> Iterator[Finding]:
    """The sources sum to (A), (A) and (B) to the total; an absent source counts as nothing, if any is there.

    ``held``: sources that some year has a value for; another is never used. Where the sources and (B) make the total
    but not (A), it is (A) that is wrong, or a source that is missing, not the total.
    """
    sources = [costs.value(key) for key in COST_SOURCES]
    known = [value for value in sources if value is not None]
    total, personnel, program = costs.value("total"), costs.value("personnel"), costs.value("program_total")
    computed = sum(known, Decimal(0))
    around = bool(known) and None not in (total, personnel) and computed + (personnel or 0) == total
    unused = all(_has(costs, key) or key not in held for key in COST_SOURCES)
    complete = len(known) == len(sources) or (around and unused)
    yield from _sum(costs, "program_total", known, "財源内訳", year, complete=complete)
    if around and program is not None and program != computed and personnel is not None:
        if complete:
            yield from _sum(costs, "total", [*known, personnel], "財源内訳と人件費計(B)", year, complete=True)
        else:
            yield from _sum(costs, "total", [program, personnel], "事業費計(A)と人件費計(B)", year, complete=False)
        return
    parts = [costs.value("program_total"), costs.value("personnel")]
    both = [value for value in parts if value is not None]
    if len(both) == len(parts):
        yield from _sum(costs, "total", both, "事業費計(A)と人件費計(B)", year, complete=True)


def _sum(
    costs: CostEntry, key: str, parts: list[Decimal], named: str, year: int, *, complete: bool
) -> Iterator[Finding]:
    """With empty sources a sum that falls short may only lack them; one that exceeds the total is wrong anyway."""
    stored, computed, row = costs.value(key), sum(parts, Decimal(0)), COST_BY_KEY[key]
    if stored is None or not parts:
        return
    cell = messages.check_cell(row.label, year, "")
    where = messages.check_year_row(row.label, year)
    shown, right = _shown(stored, row.unit), _shown(computed, row.unit)
    verdict: Verdict = "match"
    if stored != computed:
        verdict = "mismatch" if complete or (computed > stored and key == "program_total") else "ambiguous"
    yield table_finding(
        cell,
        verdict,
        messages.check_sum_ok(where, named, shown)
        if verdict == "match"
        else messages.check_sum(where, shown, named, right, _shown(abs(stored - computed), row.unit)),
        indicator=f"cost:{key}",
        year=year,
        stated=stored,
        expected=computed,
        unit=row.unit,
        suggestion=plain_number(computed) if verdict == "mismatch" else None,
    )


def _flags(entry: IndicatorEntry) -> Iterator[Finding]:
    """達成/未達成 and 向上/低下 as filled in, against the values; only where high or low is known to be good."""
    actuals = entry.series("actual")
    for row, flags in (("達成・未達成", entry.achieved), ("前年度比較", entry.improved)):
        for year, flag in sorted(flags.items()):
            if flag is not None and year not in actuals:
                yield _flag_alone(entry, year, row, flag)
    if entry.better is None:
        return
    higher = entry.better == "higher"
    for year, flag in sorted(entry.achieved.items()):
        actual, target = entry.value(year, "actual"), entry.value(year, "target")
        if flag is not None and actual is not None and target is not None:
            reached = actual >= target if higher else actual <= target
            other = messages.check_flag_target(_shown(target, entry.unit))
            yield _flag(entry, year, ("達成", "未達成"), flag, reached, actual, target, other)
    for year, flag in sorted(entry.improved.items()):
        actual = entry.value(year, "actual")
        before = max((known for known in actuals if known < year), default=None)
        if flag is not None and actual is not None and before is not None and actuals[before] != actual:
            improved = (actual > actuals[before]) == higher
            other = messages.check_flag_before(before, _shown(actuals[before], entry.unit))
            yield _flag(entry, year, ("向上", "低下"), flag, improved, actual, actuals[before], other)


def _flag_alone(entry: IndicatorEntry, year: int, row: str, flag: bool) -> Finding:
    """A cell filled in for a year of which no actual is known."""
    names = ("達成", "未達成") if row == "達成・未達成" else ("向上", "低下")
    said = names[0] if flag else names[1]
    return table_finding(
        _cell(entry, year, row),
        "unsupported",
        messages.check_flag_alone(said, _where(entry, year, "actual")),
        indicator=entry.id,
        year=year,
        series="actual",
        stated=said,
    )


def _flag(
    entry: IndicatorEntry,
    year: int,
    names: tuple[str, str],
    flag: bool,
    right: bool,
    actual: Decimal,
    against: Decimal,
    other: str,
) -> Finding:
    """``against``: the target or the earlier actual, ``other`` names it."""
    said, computed = (names[0] if value else names[1] for value in (flag, right))
    where, shown = _where(entry, year, "actual"), _shown(actual, entry.unit)
    gap = _gap(actual, against, entry.unit) if actual != against else ""
    return table_finding(
        _cell(entry, year, "達成・未達成" if names[0] == "達成" else "前年度比較"),
        "match" if flag == right else "mismatch",
        messages.check_flag(said, computed, where, shown, other, gap)
        if flag != right
        else messages.check_flag_ok(said, where, shown, other),
        indicator=entry.id,
        year=year,
        series="actual",
        stated=said,
        expected=computed,
        suggestion=None if flag == right else computed,
    )


def _values(entry: IndicatorEntry) -> Iterator[Finding]:
    """％ above 100; a value that is about ten or more times, or a tenth of, its neighbours in the series."""
    for series, label in SERIES_LABELS.items():
        known = list(entry.series(series).items())
        for place, (year, value) in enumerate(known):
            cell = _cell(entry, year, label)
            if entry.unit in ("％", "%") and value > 100:
                message = messages.check_over_hundred(_where(entry, year, series), _shown(value, entry.unit))
                yield table_finding(
                    cell,
                    "ambiguous",
                    message,
                    indicator=entry.id,
                    year=year,
                    series=series,
                    stated=value,
                    unit=entry.unit,
                )
                continue
            near = sorted((other for other in range(len(known)) if other != place), key=lambda at: abs(at - place))
            beside = sorted(known[other] for other in near[:2])
            if len(beside) == 2 and all(far_apart(value, other) for _, other in beside):
                message = messages.check_far_value(
                    _where(entry, year, series),
                    _shown(value, entry.unit),
                    [(other_year, _shown(other, entry.unit)) for other_year, other in beside],
                )
                yield table_finding(
                    cell,
                    "ambiguous",
                    message,
                    indicator=entry.id,
                    year=year,
                    series=series,
                    stated=value,
                    unit=entry.unit,
                )


def far_apart(value: Decimal, other: Decimal) -> bool:
    """Whether one of two figures of a row has most likely slipped a digit; small and negative ones tell nothing."""
    return value > 0 and other > 0 and max(value, other) >= min(value, other) * _FAR and max(value, other) >= 10


def _targets(entry: IndicatorEntry) -> Iterator[Finding]:
    """A target that moves against what is good for the indicator."""
    if entry.better is None:
        return
    known = list(entry.series("target").items())
    for (before, earlier), (year, later) in pairwise(known):
        if earlier != later and (later < earlier) == (entry.better == "higher"):
            message = messages.check_target_direction(
                entry.name,
                BETTER_LABELS[entry.better],
                (before, _shown(earlier, entry.unit)),
                (year, _shown(later, entry.unit)),
                _gap(later, earlier, entry.unit),
            )
            yield table_finding(
                _cell(entry, year, SERIES_LABELS["target"]),
                "ambiguous",
                message,
                indicator=entry.id,
                year=year,
                series="target",
                stated=later,
                unit=entry.unit,
            )


def _future(entry: IndicatorEntry, fiscal_year: int) -> Iterator[Finding]:
    """An actual in a year after the sheet's. 対象指標 as of 1 April may be known for the following year already."""
    for year, value in entry.series("actual").items():
        if year > fiscal_year + (1 if entry.kind == "population" else 0):
            yield table_finding(
                _cell(entry, year, SERIES_LABELS["actual"]),
                "ambiguous",
                messages.check_future_actual(
                    _where(entry, year, "actual"), _shown(value, entry.unit), year, fiscal_year
                ),
                indicator=entry.id,
                year=year,
                series="actual",
                stated=value,
                unit=entry.unit,
            )


def _changed_past(sheet: SheetFile, other: SheetFile) -> Iterator[Finding]:
    """An actual that an earlier year's sheet prints otherwise."""
    for entry in sheet.indicators:
        same = next(
            (old for old in other.indicators if old.kind == entry.kind and same_name(old.name, entry.name)), None
        )
        for year, before in same.series("actual").items() if same else ():
            now = entry.value(year, "actual")
            if now is not None and now != before and same is not None and same.unit == entry.unit:
                yield table_finding(
                    _cell(entry, year, SERIES_LABELS["actual"]),
                    "mismatch",
                    messages.check_changed_past(
                        _where(entry, year, "actual"),
                        other.fiscal_year,
                        _shown(before, entry.unit),
                        _shown(now, entry.unit),
                        _gap(now, before, entry.unit),
                    ),
                    indicator=entry.id,
                    year=year,
                    series="actual",
                    stated=now,
                    expected=before,
                    unit=entry.unit,
                )
    for year, costs in other.costs.items():
        for key, row in COST_BY_KEY.items():
            mine = sheet.costs.get(year)
            now, before_cost = (mine.value(key) if mine else None), costs.value(key)
            if now is not None and before_cost is not None and now != before_cost:
                yield table_finding(
                    messages.check_cell(row.label, year, ""),
                    "mismatch",
                    messages.check_changed_past(
                        messages.check_year_row(row.label, year),
                        other.fiscal_year,
                        _shown(before_cost, row.unit),
                        _shown(now, row.unit),
                        _gap(now, before_cost, row.unit),
                    ),
                    indicator=f"cost:{key}",
                    year=year,
                    stated=now,
                    expected=before_cost,
                    unit=row.unit,
                )
