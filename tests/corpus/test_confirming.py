from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from assistant.entering import enter
from corpus.accounts import COMMAND_LINE, Actor
from corpus.confirming import open_values, resolve_values
from corpus.errors import Refused
from corpus.models import Sheet
from corpus.places import value_at
from corpus.sheetfile import ReadSheet, SheetFile, ToConfirm
from corpus.store import get_sheet, load_sheet, save_sheet
from corpus.typedfigures import read_typed

FIELDS = [
    "costs.2023.bonds",
    "costs.2025.total",
    "indicators.1-ア.values.2022.target",
    "indicators.1-ア.values.2020.actual",
    "indicators.1-ア.better",
    "indicators.2-ア.achieved.2022",
    "sections.7.2",
    "lead_person",
]


@pytest.fixture
def sheet(session: Session, make_sheet: Callable[..., SheetFile]) -> Sheet:
    places = [ToConfirm(field=field, candidates=[Decimal("1.5")]) for field in FIELDS]
    saved = save_sheet(session, ReadSheet(sheet=make_sheet(), to_confirm=places), actor=COMMAND_LINE)
    session.commit()
    return get_sheet(session, saved.sheet_id)


def ids(session: Session, sheet: Sheet) -> dict[str, int]:
    return {entry.field: entry.id or 0 for entry in open_values(session, sheet.id or 0)}


def test_values_go_to_their_places(session: Session, sheet: Sheet) -> None:
    place = ids(session, sheet)
    chosen = ["０", "５９７", "15.8", "12．8", "lower", "達成", "中期の文章", "山田　太郎"]
    settled = resolve_values(session, sheet, dict(zip(place.values(), chosen, strict=True)), actor=Actor(None, "花子"))
    session.commit()
    stored = load_sheet(session, sheet)
    indicator = stored.indicator("1-ア")
    assert indicator is not None
    assert settled == len(FIELDS)
    assert stored.costs[2023].bonds == Decimal(0)
    assert stored.costs[2025].total == Decimal(597)
    assert indicator.value(2022, "target") == Decimal("15.8")
    assert indicator.value(2020, "actual") == Decimal("12.8")
    assert indicator.better == "lower"
    assert stored.indicators[2].achieved[2022] is True
    assert stored.text("7.2") == "中期の文章"
    assert stored.lead_person == "山田　太郎"
    assert open_values(session, sheet.id or 0) == []


@pytest.mark.parametrize(
    ("field", "chosen", "value"),
    [
        ("indicators.1-ア.values.2022.target", "１５．８％", Decimal("15.8")),
        ("indicators.1-ア.values.2022.target", "―", None),
        ("indicators.2-ア.achieved.2022", "○", True),
        ("indicators.2-ア.achieved.2022", "×未達成", False),
        ("costs.2025.total", "1,200千円", Decimal(1200)),
    ],
)
def test_a_cell_is_read_as_on_the_page_of_figures(
    session: Session, sheet: Sheet, field: str, chosen: str, value: object
) -> None:
    resolve_values(session, sheet, {ids(session, sheet)[field]: chosen}, actor=COMMAND_LINE)
    stored = load_sheet(session, sheet)
    assert value_at(stored, field) == value
    assert enter(stored, {field: chosen}).values[field] == value


def test_a_place_can_stay_empty_for_good(session: Session, sheet: Sheet) -> None:
    place = ids(session, sheet)["costs.2023.bonds"]
    resolve_values(session, sheet, {place: None}, actor=COMMAND_LINE)
    assert "costs.2023.bonds" not in ids(session, sheet)
    assert load_sheet(session, sheet).costs[2023].bonds is None


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        ("costs.2023.bonds", "たくさん"),
        ("indicators.1-ア.better", "3"),
        ("costs.2025.total", "NaN"),
        ("costs.2025.total", "1e999999999"),
        ("costs.2025.total", ""),
        ("costs.2025.total", "597円"),
        ("indicators.2-ア.achieved.2022", "たぶん"),
    ],
)
def test_one_bad_value_changes_nothing(session: Session, sheet: Sheet, field: str, chosen: str) -> None:
    place = ids(session, sheet)
    before = load_sheet(session, sheet).canonical()
    choices = {place["indicators.1-ア.values.2022.target"]: "15.8", place[field]: chosen}
    with pytest.raises(Refused, match="どの値もまだ保存していません"):
        resolve_values(session, sheet, choices, actor=COMMAND_LINE)
    assert load_sheet(session, get_sheet(session, sheet.id or 0)).canonical() == before
    assert len(ids(session, sheet)) == len(FIELDS)


def test_one_figure_in_two_rows_of_the_costs_is_refused(session: Session, make_sheet: Callable[..., SheetFile]) -> None:
    read = make_sheet()
    read.costs[2023].general = None
    places = [ToConfirm(field=f"costs.2023.{row}", candidates=[Decimal(316118)]) for row in ("bonds", "general")]
    saved = save_sheet(session, ReadSheet(sheet=read, to_confirm=places), actor=COMMAND_LINE)
    session.commit()
    sheet = get_sheet(session, saved.sheet_id)
    place = ids(session, sheet)
    with pytest.raises(Refused, match="684,163千円"):
        resolve_values(session, sheet, dict.fromkeys(place.values(), "316118"), actor=COMMAND_LINE)
    assert load_sheet(session, get_sheet(session, saved.sheet_id)).costs[2023].general is None
    resolve_values(session, sheet, {place["costs.2023.general"]: "316118"}, actor=COMMAND_LINE)
    assert load_sheet(session, sheet).costs[2023].general == Decimal(316118)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_figures_are_read_as_people_type_them(value: Decimal) -> None:
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    written = f"{abs(value):,}"
    assert read_typed(written).value == abs(value)
    assert read_typed(written.translate(wide)).value == abs(value)
    assert read_typed("▲" + written).value == -abs(value)
