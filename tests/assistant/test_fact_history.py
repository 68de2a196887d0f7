"""What the stored years of an indicator tell."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.fact_history import (
    achievement_rate,
    first_survey,
    gap_ahead,
    history,
    is_highest,
    met_streak,
    record,
    start_change,
    streak,
    turned,
)
from assistant.facts import Fact, Standing
from tests.standing import stand

Years = dict[int, tuple[float | None, float | None]]


def over(*actuals: float | None, targets: tuple[float | None, ...] = (), better: str | None = "higher") -> Standing:
    """An indicator surveyed up to 2024, the last of ``actuals``."""
    first = 2025 - len(actuals)
    aims = targets or (None,) * len(actuals)
    past: Years = {first + place: (value, aims[place]) for place, value in enumerate(actuals)}
    return stand(past[2024][0], past[2024][1], past.get(2022, (None, None))[0], better=better, past=past)


def value(fact: Fact | None) -> str | None:
    return None if fact is None else f"{fact.printed} {fact.base_year} {fact.good}"


@pytest.mark.parametrize(
    ("tell", "found", "expected"),
    [
        (turned, over(10, 12, 11), "1.0ポイント 2023 False"),
        (turned, over(12, 10, 11), "1.0ポイント 2023 True"),
        (turned, over(10, 12, 11, better="lower"), "1.0ポイント 2023 True"),
        (turned, over(10, 12, None, 11), "1.0ポイント 2022 False"),
        (turned, over(10, 11, 12), None),
        (turned, over(12, 11), None),
        (turned, over(10, 12, 12), None),
        (record, over(10, 11, 9, 12), "12.0％ 2021 True"),
        (record, over(10, 11, 9, 8), "8.0％ 2021 False"),
        (record, over(10, 11, 9, 8, better="lower"), "8.0％ 2021 True"),
        (record, over(10, 11, 9, 8, better=None), "8.0％ 2021 None"),
        (record, over(10, 12, 9, 12), None),
        (record, over(12.01, 11, 11.5, 12.04), None),
        (turned, over(12, 12.04, 12.01), None),
        (record, over(10, 11, 12), None),
        (streak, over(9, 10, 11, 12), "3年 2022 True"),
        (streak, over(14, 9, 8, 7, 6), "4年 2021 False"),
        (streak, over(9, None, 10, 11, 12), None),
        (streak, over(9, 10, 10, 12), None),
        (met_streak, over(9, 10, 11, targets=(8, 9, 10)), "3年 2022 True"),
        (met_streak, over(9, 10, 11, targets=(10, 11, 12)), "3年 2022 False"),
        (met_streak, over(9, None, 10, 11, targets=(10, 10, 11, 12)), "3回 2021 False"),
        (met_streak, over(9, 9, 10, 11, targets=(10, None, 11, 12)), None),
        (met_streak, over(9, 10, 11, targets=(8, 9, 12)), None),
        (met_streak, over(9, 10, 11, targets=(8, 9, 10), better=None), None),
        (achievement_rate, over(9, targets=(12,)), "75.0％ None False"),
        (achievement_rate, over(9, targets=(12,), better="lower"), None),
        (achievement_rate, over(0, targets=(12,)), None),
        (first_survey, over(9), "9.0％ None None"),
        (first_survey, over(8, 9), None),
    ],
)
def test_what_the_years_tell(tell: Callable[[Standing], Fact | None], found: Standing, expected: str | None) -> None:
    assert value(tell(found)) == expected


def test_a_year_without_value_tells_nothing() -> None:
    assert history(over(9, 10, 11, None)) == ()


def test_a_record_knows_its_end_and_every_year_behind_it() -> None:
    best = record(over(10, 11, 9, 12))
    assert best is not None
    assert is_highest(best)
    assert [cell.year for cell in best.cells] == [2024, 2021, 2022, 2023]


def test_the_way_since_the_plan_began() -> None:
    found = over(8, 9, None, 12)
    assert value(start_change(found, 2022)) is None
    assert value(start_change(found, 2021)) == "4.0ポイント 2021 True"
    assert value(start_change(found, None)) == "4.0ポイント 2021 True"


def test_the_gap_to_a_later_target() -> None:
    found = stand(13.2, 16.5, ahead={2026: 17.5, 2027: 12.0})
    rests = [gap_ahead(found, aim) for aim in found.ahead]
    assert [rest and (rest.value, rest.good) for rest in rests] == [(Decimal("4.3"), False), (Decimal("-1.2"), True)]
