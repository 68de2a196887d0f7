from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import read_date, show_date


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("令和6年6月", "2024-06"),
        ("R6.6.15", "2024-06-15"),
        ("r6/6", "2024-06"),
        ("Ｒ６．６", "2024-06"),
        ("６月", "2024-06"),
        ("12月", "2024-12"),
        ("1月", "2025-01"),
        ("3月31日", "2025-03-31"),
        ("6/15", "2024-06-15"),
        ("2024-06", "2024-06"),
        ("2024/6/15", "2024-06-15"),
        ("20240615", "2024-06-15"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月", "2019-04"),
        ("6年6月", "2024-06"),
        ("令和6年6月15日（土）", "2024-06-15"),
        ("2024年", "2024"),
        ("令和6年", "2024"),
        ("令和６年度", None),
        ("6年度", None),
        ("13月", None),
        ("2月30日", None),
        ("6", None),
        ("春ごろ", None),
        ("3024-06", None),
        ("", None),
    ],
)
def test_dates_as_people_type_them(written: str, stored: str | None) -> None:
    assert read_date(written, 2024) == stored


@given(st.dates(date(1950, 1, 1), date(2101, 12, 31)), st.integers(1, 3), st.integers(1990, 2090))
def test_a_stored_date_reads_back_as_it_is_shown(day: date, parts: int, fiscal_year: int) -> None:
    stored = "-".join(day.isoformat().split("-")[:parts])
    assert read_date(show_date(stored), fiscal_year) == stored
    assert read_date(stored, fiscal_year) == stored


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2024-06", "令和6年6月"),
        ("2019", "令和元年"),
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05", "令和元年5月"),
        (None, ""),
    ],
)
def test_dates_are_shown_in_eras(stored: str | None, shown: str) -> None:
    assert show_date(stored) == shown
