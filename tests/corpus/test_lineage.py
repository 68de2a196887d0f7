"""What continues what: pure, on links as values."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lineage import (
    IndicatorTie,
    Match,
    MeasureTie,
    Ties,
    as_continued,
    comes_back,
    lineage,
    matches,
    sheet_of_year,
    stretch_of,
)
from corpus.sheetfile import SheetFile

A, B, C, D = 1, 2, 3, 4


def tie(later: int, year: int, earlier: int | None, kind: str = "renamed") -> MeasureTie:
    return MeasureTie(later, year, earlier, "separate" if earlier is None else kind)


def years_of(measure: int, year: int, ties: list[MeasureTie]) -> dict[int, list[int]]:
    """Measure → its years (2018 to ``year``) that belong to the sheet."""
    stretches = lineage(measure, year, ties)
    found = {other: [at for at in range(2018, year + 1) if stretch_of(stretches, other, at)] for other in (A, B, C, D)}
    return {other: years for other, years in found.items() if years}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        pytest.param([], {B: [2018, 2019, 2020, 2021, 2022, 2023]}, id="its own sheets"),
        pytest.param([tie(B, 2023, A)], {A: [2018, 2019, 2020, 2021, 2022], B: [2023]}, id="renamed"),
        pytest.param([tie(B, 2022, A)], {A: [2018, 2019, 2020, 2021], B: [2022, 2023]}, id="renamed a year before"),
        pytest.param([tie(B, 2024, A)], {B: [2018, 2019, 2020, 2021, 2022, 2023]}, id="not yet"),
        pytest.param([tie(B, 2022, None)], {B: [2022, 2023]}, id="separate"),
        pytest.param(
            [tie(B, 2022, A, "merged"), tie(B, 2022, C, "merged")],
            {A: [2018, 2019, 2020, 2021], B: [2022, 2023], C: [2018, 2019, 2020, 2021]},
            id="merged",
        ),
        pytest.param(
            [tie(B, 2023, A), tie(A, 2021, C), tie(C, 2019, None)],
            {A: [2021, 2022], B: [2023], C: [2019, 2020]},
            id="followed on",
        ),
        pytest.param(
            [tie(B, 2023, A, "merged"), tie(B, 2023, C, "merged"), tie(A, 2020, D, "split"), tie(C, 2021, D, "split")],
            {A: [2020, 2021, 2022], B: [2023], C: [2021, 2022], D: [2018, 2019, 2020]},
            id="split and merged again",
        ),
        pytest.param(
            [tie(B, 2020, C), tie(B, 2023, A)], {A: [2018, 2019, 2020, 2021, 2022], B: [2023]}, id="two dates"
        ),
    ],
)
def test_the_years_that_belong_to_a_sheet(ties: list[MeasureTie], expected: dict[int, list[int]]) -> None:
    assert years_of(B, 2023, ties) == expected


def test_of_a_split_both_parts_continue_the_whole() -> None:
    ties = [tie(B, 2023, A, "split"), tie(C, 2023, A, "split")]
    assert years_of(B, 2023, ties)[A] == years_of(C, 2023, ties)[A] == [2018, 2019, 2020, 2021, 2022]
    assert [stretch.whole for stretch in lineage(B, 2023, ties)] == [True, False]


def test_of_a_merge_the_first_linked_is_primary_and_none_is_whole() -> None:
    found = lineage(B, 2023, [tie(B, 2022, C, "merged"), tie(B, 2022, A, "merged")])
    assert [(stretch.measure_id, stretch.primary, stretch.whole) for stretch in found] == [
        (B, True, True),
        (C, True, False),
        (A, False, False),
    ]


@pytest.mark.parametrize(
    ("ties", "circle"),
    [
        ([tie(B, 2023, A)], False),
        ([tie(B, 2023, A), tie(A, 2022, B)], True),
        ([tie(B, 2023, A), tie(A, 2023, B)], True),
        ([tie(A, 2023, B, "new_plan"), tie(B, 2023, A, "new_plan")], False),
        ([tie(A, 2023, B, "new_plan"), tie(B, 2022, A, "new_plan")], True),
        ([tie(A, 2023, A, "new_plan")], False),
        ([tie(A, 2024, B), tie(B, 2023, C), tie(C, 2021, A)], True),
        ([tie(A, 2024, B), tie(B, 2023, B, "new_plan"), tie(B, 2021, A)], True),
        ([tie(B, 2023, A, "split"), tie(C, 2023, A, "split"), tie(D, 2024, B, "merged"), tie(D, 2024, C)], False),
    ],
)
def test_nothing_continues_itself_through_others(ties: list[MeasureTie], circle: bool) -> None:
    assert comes_back(ties) is circle
    assert comes_back(ties[::-1]) is circle


_measures = st.sampled_from([A, B, C, D])
_ties = st.lists(
    st.builds(
        MeasureTie,
        _measures,
        st.integers(2018, 2025),
        st.none() | _measures,
        st.sampled_from(["renamed", "split", "merged", "new_plan", "separate"]),
    ),
    max_size=12,
)


@given(_ties, _measures, st.integers(2018, 2026))
def test_whatever_is_linked_the_way_back_ends_and_starts_with_the_sheet(
    ties: list[MeasureTie], measure: int, year: int
) -> None:
    stretches = lineage(measure, year, ties)
    assert stretch_of(stretches, measure, year) is stretches[0]
    assert all(stretch.last_year <= year for stretch in stretches)
    for stretch in stretches[1:]:
        assert stretch.last_year < year
    comes_back(ties)


_keys = st.sampled_from(["1-ア", "1-イ"])
_indicator_ties = st.lists(
    st.builds(
        IndicatorTie,
        _measures,
        _keys,
        st.integers(2018, 2025),
        _measures,
        st.none() | _keys,
        st.sampled_from(["renamed", "split", "separate"]),
    ),
    max_size=8,
)


def sheet(year: int, indicators: list[dict[str, Any]], **more: Any) -> SheetFile:
    entries = [{"kind": "outcome", "direction": int(entry["id"][0]), **entry} for entry in indicators]
    return SheetFile.model_validate({"fiscal_year": year, "measure": {"name": "見本"}, "indicators": entries, **more})


def outcome(key: str, name: str, unit: str = "か所", **actuals: Any) -> dict[str, Any]:
    values = {year.removeprefix("y"): {"actual": value} for year, value in actuals.items()}
    return {"id": key, "label": key[-1], "name": name, "unit": unit, "values": values}


@given(_ties, _indicator_ties)
def test_whatever_is_linked_an_earlier_sheet_stays_one(
    measures: list[MeasureTie], indicators: list[IndicatorTie]
) -> None:
    later = sheet(2026, [outcome("1-ア", "相談件数"), outcome("1-イ", "訪問件数")])
    earlier = sheet(2020, [outcome("1-ア", "相談件数", y2020=1), outcome("1-イ", "訪問した件数", y2020=2)])
    links = matches(later, B, A, 2020, Ties(tuple(measures), tuple(indicators)))
    seen = as_continued(earlier, later, links)
    ids = [entry.id for entry in seen.indicators]
    assert len(ids) == len(set(ids))
    assert {entry.printed_as for entry in seen.indicators} <= {"相談件数", "訪問した件数"}
    SheetFile.model_validate(seen.as_object())


def links(*ties: IndicatorTie, later: SheetFile, year: int, measures: tuple[MeasureTie, ...] = ()) -> tuple[Match, ...]:
    return matches(later, B, B, year, Ties(measures, ties))


RENAMED = IndicatorTie(B, "2-ア", 2022, B, "2-ア", "renamed")
LATER = sheet(
    2022, [outcome("2-ア", "協議会のある避難所数", y2020=10, y2021=12, y2022=15), outcome("2-イ", "火災件数", "件")]
)
EARLIER = sheet(
    2021,
    [outcome("2-ア", "マニュアルのある避難所の数", y2020=10, y2021=12), outcome("2-イ", "火災件数", "件", y2021=34)],
    costs={"2021": {"total": 100}},
    sections={"6.1.results": "マニュアルのある避難所の数は12か所となった。"},
)


def test_a_renamed_indicator_is_seen_under_its_new_name() -> None:
    seen = as_continued(EARLIER, LATER, links(RENAMED, later=LATER, year=2021))
    entry = seen.indicator("2-ア")
    assert entry is not None
    assert (entry.name, entry.printed_as) == ("協議会のある避難所数", "マニュアルのある避難所の数")
    assert entry.value(2021, "actual") == Decimal(12)
    assert seen.sections == EARLIER.sections, "a text stays as it was printed"
    assert seen.indicator("2-イ") == EARLIER.indicator("2-イ")


def test_without_a_link_it_stays_another_indicator() -> None:
    assert links(later=LATER, year=2021) == ()
    assert as_continued(EARLIER, LATER) == EARLIER


def test_a_link_of_a_later_year_is_not_for_an_earlier_sheet() -> None:
    assert matches(sheet(2021, []), B, B, 2020, Ties((), (RENAMED,))) == ()
    same_side = sheet(2023, [outcome("2-ア", "協議会のある避難所数")])
    assert links(RENAMED, later=same_side, year=2022) == ()
    assert links(RENAMED, later=same_side, year=2020) == (Match("2-ア", "2-ア", True),)


def test_a_chain_of_renamings_is_followed() -> None:
    second = IndicatorTie(B, "3-ア", 2024, B, "2-ア", "renamed")
    later = sheet(2024, [outcome("3-ア", "協議会のある避難所数")])
    assert links(RENAMED, second, later=later, year=2023) == (Match("3-ア", "2-ア", True),)
    assert links(RENAMED, second, later=later, year=2020) == (Match("3-ア", "2-ア", True),)
    cut = IndicatorTie(B, "2-ア", 2022, B, None, "separate")
    assert links(cut, second, later=later, year=2020) == (Match("3-ア", None, False),)


def test_a_renamed_measure_with_a_renamed_indicator() -> None:
    other = IndicatorTie(B, "1-ア", 2022, A, "2-ア", "moved")
    later = sheet(2022, [outcome("1-ア", "協議会のある避難所数")])
    assert matches(later, B, A, 2021, Ties((tie(B, 2022, A),), (other,))) == (Match("1-ア", "2-ア", True),)


@pytest.mark.parametrize("kind", ["split", "merged"])
def test_a_part_is_not_the_whole(kind: str) -> None:
    part = IndicatorTie(B, "2-イ", 2022, B, "2-イ", kind)
    seen = as_continued(EARLIER, LATER, links(part, later=LATER, year=2021))
    assert seen.indicator("2-イ") is None
    aside = seen.indicator("旧2-イ")
    assert aside is not None
    assert aside.name == "火災件数（令和3年度まで）"
    assert aside.value(2021, "actual") == Decimal(34)


def test_two_that_became_one_are_no_series() -> None:
    both = [IndicatorTie(B, "2-ア", 2022, B, key, "renamed") for key in ("2-ア", "2-イ")]
    seen = as_continued(EARLIER, LATER, links(*both, later=LATER, year=2021))
    assert seen.indicator("2-ア") is None
    assert {entry.id for entry in seen.indicators} == {"旧2-ア", "旧2-イ"}


def test_what_a_link_cuts_off_is_taken_away() -> None:
    cut = IndicatorTie(B, "2-イ", 2022, B, None, "separate")
    seen = as_continued(EARLIER, LATER, links(cut, later=LATER, year=2021))
    assert [entry.id for entry in seen.indicators] == ["2-ア"]


def test_another_unit_is_another_series() -> None:
    later = sheet(2022, [outcome("2-ア", "協議会のある避難所の割合", "％")])
    seen = as_continued(EARLIER, later, links(RENAMED, later=later, year=2021))
    assert seen.indicator("2-ア") is None


def test_names_that_change_places() -> None:
    swap = [IndicatorTie(B, "2-ア", 2022, B, "2-イ", "renamed"), IndicatorTie(B, "2-イ", 2022, B, "2-ア", "renamed")]
    later = sheet(2022, [outcome("2-ア", "出火件数", "件"), outcome("2-イ", "協議会のある避難所数")])
    seen = as_continued(EARLIER, later, links(*swap, later=later, year=2021))
    values = {entry.id: (entry.name, entry.value(2021, "actual")) for entry in seen.indicators}
    assert values == {"2-ア": ("出火件数", Decimal(34)), "2-イ": ("協議会のある避難所数", Decimal(12))}


def test_a_taken_id_moves_aside() -> None:
    taking = IndicatorTie(B, "2-イ", 2022, B, "2-ア", "renamed")
    later = sheet(2022, [outcome("2-イ", "協議会のある避難所数"), outcome("2-ウ", "火災件数", "件")])
    seen = as_continued(EARLIER, later, links(taking, later=later, year=2021))
    assert [(entry.id, entry.name) for entry in seen.indicators] == [
        ("2-イ", "協議会のある避難所数"),
        ("旧2-イ", "火災件数"),
    ]


def test_costs_of_a_part_are_not_those_of_the_whole() -> None:
    assert as_continued(EARLIER, LATER).costs
    assert not as_continued(EARLIER, LATER, whole=False).costs
    assert as_continued(EARLIER, LATER, primary=False).indicators == []


def test_of_two_sheets_of_a_year_the_last_counts() -> None:
    first, second = sheet(2021, []), sheet(2021, [], policy="主")
    assert sheet_of_year([sheet(2020, []), first, second], 2021) is second
    assert sheet_of_year([first], 2020) is None
