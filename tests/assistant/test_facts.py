"""Facts computed from stored figures: what is known, what is not, and from which cells."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.facts import cost_facts, format_figure, standing, standings
from corpus.city import Tolerance
from corpus.sheetfile import IndicatorEntry, SheetFile


def indicator(values: dict[int, dict[str, Any]], **more: Any) -> IndicatorEntry:
    base = {
        "id": "1-ア",
        "kind": "outcome",
        "direction": 1,
        "name": "参加している市民の割合",
        "unit": "％",
        "decimals": 1,
    }
    return IndicatorEntry.model_validate({**base, "better": "higher", **more, "values": values})


def sheet(year: int, **more: Any) -> SheetFile:
    return SheetFile.model_validate({"fiscal_year": year, "measure": {"name": "見本の施策"}, **more})


def actuals(*values: float | None, first: int = 2021) -> dict[int, dict[str, Any]]:
    return {first + place: {"actual": value} for place, value in enumerate(values)}


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("76182", 0, "76,182"),
        ("12.05", 1, "12.1"),
        ("12.5", 0, "13"),
        ("56.50", None, "56.50"),
        ("-1.25", 1, "▲1.3"),
        ("-0.04", 1, "0.0"),
        ("1E+3", None, "1,000"),
        ("597613", None, "597,613"),
    ],
)
def test_a_figure_is_printed_as_the_sheet_prints_it(value: str, decimals: int | None, written: str) -> None:
    assert format_figure(Decimal(value), decimals) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"), [(-5, "％", "▲5.0（単位：％）"), (-5, None, "▲5.0"), (5, "％", "5.0％")]
)
def test_a_negative_level_cannot_be_read_as_a_decrease(value: int, unit: str | None, written: str) -> None:
    found = standing(indicator({2023: {"actual": 1}, 2024: {"actual": value}}, unit=unit), 2024)
    assert found.level is not None
    assert found.level.printed == written


def test_the_change_is_since_the_last_surveyed_year_and_names_it() -> None:
    found = standing(indicator({**actuals(12.8, 14.8, None), 2024: {"actual": 12.1, "target": 16.0}}), 2024)

    assert found.change is not None
    assert (found.change.base_year, found.change.value, found.change.printed) == (2022, Decimal("-2.7"), "2.7ポイント")
    assert [(cell.year, cell.value) for cell in found.change.cells] == [
        (2024, Decimal("12.1")),
        (2022, Decimal("14.8")),
    ]


@pytest.mark.parametrize(
    ("better", "actual", "target", "achieved", "improved"),
    [
        ("higher", 16.0, 16.0, True, True),
        ("higher", 15.9, 16.0, False, True),
        ("higher", 12.0, 16.0, False, False),
        ("lower", 15.9, 16.0, True, False),
        ("lower", 16.1, 16.0, False, False),
        ("lower", 13.9, 16.0, True, True),
        (None, 15.9, 16.0, None, None),
    ],
)
def test_achieved_and_improved_follow_the_polarity(
    better: str | None, actual: float, target: float, achieved: bool | None, improved: bool | None
) -> None:
    values = {2023: {"actual": 14.0}, 2024: {"actual": actual, "target": target}}
    found = standing(indicator(values, better=better), 2024)

    assert (found.achieved.good if found.achieved else None) is achieved
    assert found.change is not None
    assert found.change.good is improved
    assert found.gap is not None
    assert found.gap.value == Decimal(str(actual)) - Decimal(str(target))


def test_a_year_without_survey_is_a_fact_only_where_other_years_have_a_value() -> None:
    surveyed = standing(indicator(actuals(12.8, 14.8, None, None)), 2024)
    never = standing(indicator({2024: {"target": 16.0}}), 2024)

    assert surveyed.missing is not None
    assert surveyed.missing.value is None
    assert surveyed.previous is not None
    assert surveyed.previous.year == 2022
    assert (surveyed.level, surveyed.change, surveyed.gap, surveyed.achieved) == (None, None, None, None)
    assert (never.missing, never.level) == (None, None)


def test_zero_is_a_value() -> None:
    found = standing(
        indicator({2023: {"actual": 2}, 2024: {"actual": 0, "target": 0}}, unit="件", better="lower"), 2024
    )

    assert found.level is not None
    assert (found.level.printed, found.missing) == ("0.0件", None)
    assert found.achieved is not None
    assert found.achieved.good is True


@pytest.mark.parametrize(
    ("unit", "expected"), [("％", "ポイント"), ("%", "ポイント"), ("人", "人"), ("件", "件"), (None, "")]
)
def test_only_differences_of_percentages_are_points(unit: str | None, expected: str) -> None:
    found = standing(indicator({2023: {"actual": 10}, 2024: {"actual": 12, "target": 15}}, unit=unit), 2024)

    assert found.change is not None
    assert found.gap is not None
    assert (found.change.unit, found.gap.unit) == (expected, expected)


def test_a_difference_is_that_of_the_printed_values() -> None:
    found = standing(indicator({2023: {"actual": 12.14}, 2024: {"actual": 12.25}}), 2024)

    assert found.change is not None
    assert found.change.printed == "0.2ポイント"


def test_targets_ahead_are_known_by_year() -> None:
    found = standing(indicator({2024: {"target": 16.5}, 2026: {"target": 17.5}, 2027: {"target": 18.0}}), 2024)

    aim = found.target_of(2026)
    assert aim is not None
    assert aim.printed == "17.5％"
    assert found.target_of(2025) is None


def test_past_actuals_may_stand_in_the_earlier_sheet_only() -> None:
    now, before = indicator({2024: {"actual": 13.2}}), indicator({2023: {"actual": 12.1}})
    earlier = sheet(2023, indicators=[before.model_dump()])
    renamed = sheet(2023, indicators=[{**before.model_dump(), "name": "別の指標"}])

    change = standing(now, 2024, (earlier,)).change
    assert change is not None
    assert change.value == Decimal("1.1")
    assert standing(now, 2024, (renamed,)).change is None


def test_costs_take_the_year_before_from_the_earlier_sheet() -> None:
    now, before = sheet(2024, costs={2024: {"total": 615000}}), sheet(2023, costs={2023: {"total": 597613}})

    level, change = cost_facts(now, "total", (before,))
    assert level is not None
    assert change is not None
    assert (level.name, level.printed, change.printed) == ("トータルコスト", "615,000千円", "17,387千円")
    assert cost_facts(now, "total")[1] is None
    assert cost_facts(now, "general") == (None, None)


def test_what_a_city_takes_for_flat_is_its_own_setting() -> None:
    entry = indicator({2023: {"actual": 52.0}, 2024: {"actual": 52.6}})

    assert not standing(entry, 2024).flat
    assert standing(entry, 2024, tolerance=Tolerance(flat_points=Decimal(1))).flat
    assert not standing(indicator({2024: {"actual": 52.6}}), 2024).flat


def test_standings_of_one_direction() -> None:
    entries = [indicator({}, id=f"{number}-ア", direction=number).model_dump() for number in (1, 2)]
    found = sheet(2024, indicators=entries)

    assert [stand.subject for stand in standings(found, "outcome", direction=2)] == ["2-ア"]
    assert standings(found, "population") == ()
