"""Places of a sheet: read, put, told apart; what is put can be read again, and differences lead from one to another."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cells import cell_at, filled_cells
from corpus.places import ABSENT, Change, NoSuchPlace, UnfitValue, Value, differences, put, value_at
from corpus.sheetfile import SheetFile
from tests.conftest import SheetFactory, sheet_object

SHEET = SheetFile.model_validate(sheet_object(2023))
NEW_INDICATOR = {"id": "2-イ", "kind": "outcome", "direction": 2, "name": "相談の件数", "unit": "件"}
NOTE = {"kind": "done", "text": "訓練を3回実施した。", "direction": 1}

figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2)
texts = st.text(alphabet="あいう漢字ABC・\n 12", min_size=1, max_size=12).filter(str.strip)
values_by_path: dict[str, st.SearchStrategy[Any]] = {
    "policy": texts,
    "lead_division": texts,
    "target": texts,
    "plan.name": texts,
    "plan.start": st.integers(2000, 2030),
    "measure.name": texts,
    "related_divisions": st.lists(texts, min_size=1, max_size=3),
    "grades.overall": st.sampled_from("ABCDE"),
    "directions.1.name": texts,
    "directions.2.means": texts,
    "directions.3": st.builds(lambda name: {"number": 3, "name": name}, texts),
    "indicators.1-ア.name": texts,
    "indicators.1-ア.better": st.sampled_from(["higher", "lower"]),
    "indicators.1-ア.decimals": st.integers(0, 9),
    "indicators.1-ア.values.2023.actual": figures | st.none(),
    "indicators.P-ア.values.2026.forecast": figures | st.none(),
    "indicators.2-ア.achieved.2022": st.booleans() | st.none(),
    "indicators.2-ア.improved.2025": st.booleans() | st.none(),
    "indicators.2-イ": st.just(NEW_INDICATOR),
    "costs.2023.general": figures,
    "costs.2026.total": figures,
    "facts.done-1": st.builds(lambda text: NOTE | {"text": text}, texts),
    "facts.evidence-1": st.builds(
        lambda figure: {"kind": "evidence", "figure": figure, "what": "情報提供", "year": 2023}, figures
    ),
}
KEPT = ("measure.name", "indicators.1-ア.name")
"""Places that a sheet cannot be without."""


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Value]:
    paths = draw(st.lists(st.sampled_from(sorted(values_by_path)), unique=True, min_size=1, max_size=6))
    return {
        path: draw(values_by_path[path] if path in KEPT else values_by_path[path] | st.just(ABSENT)) for path in paths
    }


def same(one: Value, other: Value) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        held = {key: value for key, value in other.items() if value not in (None, {}) and key != "id"}
        return {key: value for key, value in one.items() if key != "id"} == held
    return bool(one == other) and (one is None) == (other is None)


@given(changes())
def test_what_is_put_in_a_place_stands_there(wanted: dict[str, Value]) -> None:
    changed = put(SHEET, wanted)
    for path, value in wanted.items():
        assert same(value, value_at(changed, path)), path
    untouched = set(values_by_path) - set(wanted)
    for path in untouched:
        if value_at_or_absent(SHEET, path) is not ABSENT:
            assert value_at(changed, path) == value_at(SHEET, path), path


def value_at_or_absent(sheet: SheetFile, path: str) -> Value:
    try:
        return value_at(sheet, path)
    except NoSuchPlace:
        return ABSENT


@given(changes(), changes())
def test_differences_lead_from_one_sheet_to_the_other(first: dict[str, Value], second: dict[str, Value]) -> None:
    one, other = put(SHEET, first), put(SHEET, second)
    found = differences(one, other)
    assert put(one, {change.path: change.after for change in found}).canonical() == other.canonical()
    back = put(other, {change.path: change.reverse.after for change in found})
    assert back.canonical() == one.canonical()
    assert differences(one, one) == ()


@given(changes())
def test_a_change_survives_the_trail(wanted: dict[str, Value]) -> None:
    for change in differences(SHEET, put(SHEET, wanted)):
        kept = Change.from_object(change.to_object())
        assert kept == change
        assert str(kept.after) == str(change.after)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "sections.5.1",
        "grades.beauty",
        "directions.9.name",
        "directions.",
        "indicators.9-ア.name",
        "indicators.1-ア.values.2023.guess",
        "indicators.1-ア.values.R5.actual",
        "indicators.",
        "costs.2023.tea",
        "costs.23.total",
        "facts.",
    ],
)
def test_a_path_that_names_no_place(path: str) -> None:
    value = ABSENT
    try:
        value = value_at(SHEET, path)
    except NoSuchPlace:
        with pytest.raises((NoSuchPlace, UnfitValue)):
            put(SHEET, {path: "x"})
        return
    # a part that is not there: nothing stands there, and only a whole part fits
    assert value is ABSENT
    with pytest.raises((NoSuchPlace, UnfitValue)):
        put(SHEET, {path: "x"})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("costs.2023.general", "たくさん"),
        ("costs.2023.general", True),
        ("costs.2023.general", Decimal("1e20")),
        ("indicators.1-ア.values.2023.actual", "12"),
        ("indicators.1-ア.achieved.2023", "達成"),
        ("indicators.1-ア.decimals", 12),
        ("indicators.1-ア.name", ""),
        ("indicators.1-ア.better", "sideways"),
        ("grades.overall", "F"),
        ("measure.name", ABSENT),
        ("plan.start", 12),
        ("directions.3", {"number": 4, "name": "番号違い"}),
        ("indicators.2-イ", {"id": "2-ウ"}),
        ("facts.done-1", {"kind": "rumour", "text": "x"}),
        ("facts.done-1", {"kind": "done", "text": " "}),
    ],
)
def test_a_value_that_does_not_fit_names_its_place(path: str, value: Value) -> None:
    with pytest.raises(UnfitValue) as caught:
        put(SHEET, {"policy": "別の政策", path: value})
    assert caught.value.path == path


def test_a_not_surveyed_cell_is_not_an_empty_one() -> None:
    path = "indicators.1-ア.values.2022.actual"
    assert value_at(SHEET, path) is None
    emptied = put(SHEET, {path: ABSENT})
    assert value_at(emptied, path) is ABSENT
    assert [(change.before, change.after) for change in differences(SHEET, emptied)] == [(None, ABSENT)]


def test_new_parts_stand_in_the_order_of_the_form() -> None:
    new = {"indicators.P-イ": {"id": "P-イ", "kind": "population", "name": "世帯数"}, "indicators.2-イ": NEW_INDICATOR}
    assert [entry.id for entry in put(SHEET, new).indicators] == ["P-ア", "P-イ", "1-ア", "2-ア", "2-イ"]


def test_an_id_with_dots_is_found(make_object: Any) -> None:
    content = make_object(2023)
    content["indicators"][1]["id"] = "1.1"
    sheet = put(SheetFile.model_validate(content), {"indicators.1.1.values.2023.actual": Decimal(9)})
    assert value_at(sheet, "indicators.1.1.values.2023.actual") == Decimal(9)
    cell = cell_at(sheet, "indicators.1.1.values.2023.actual")
    assert cell is not None
    assert (cell.entry and cell.entry.id, cell.row, cell.year, cell.unit) == ("1.1", "actual", 2023, "％")


def test_every_filled_cell_is_a_cell_with_something_in_it(make_sheet: SheetFactory) -> None:
    sheet = make_sheet(2023)
    paths = list(filled_cells(sheet))
    assert len(paths) == len(set(paths)) > 30
    for path in paths:
        assert cell_at(sheet, path) is not None
        assert value_at(sheet, path) is not ABSENT
    emptied = put(sheet, dict.fromkeys(paths, ABSENT))
    assert list(filled_cells(emptied)) == []
