"""The next year's sheet from the last, and from nothing: what is carried, what starts empty, who wins a race."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE
from corpus.database import open_session
from corpus.editing import trail
from corpus.errors import NotFound, Refused, SheetExists
from corpus.exporters.json import write_json
from corpus.form import SECTION_KEYS
from corpus.importers.json import read_json
from corpus.making import code_as_stored, known_measure, roll_all, roll_measure
from corpus.making import make_sheet as store_new
from corpus.models import Measure, Sheet
from corpus.rolling import blank_sheet, is_begun, next_sheet, roll_warnings, texts_at_hand
from corpus.sheetfile import Plan, ReadSheet, SheetFile
from corpus.store import get_sheet, load_sheet, save_sheet
from tests.conftest import SheetFactory

# --- what the next sheet holds


def test_everything_that_outlives_the_year_is_carried(make_sheet: SheetFactory) -> None:
    last = make_sheet(2023)
    rolled = next_sheet(last)
    assert rolled.fiscal_year == 2024
    for part in ("municipality", "plan", "policy", "measure", "lead_division", "lead_person", "related_divisions"):
        assert getattr(rolled, part) == getattr(last, part)
    assert (rolled.target, rolled.purpose, rolled.directions) == (last.target, last.purpose, last.directions)
    active, before = rolled.indicator("1-ア"), last.indicator("1-ア")
    assert active is not None
    assert before is not None
    definition = {"values", "achieved", "improved"}
    assert active.model_dump(exclude=definition) == before.model_dump(exclude=definition)
    assert active.series("target") == before.series("target")
    assert active.series("actual") == {2021: Decimal("14.8"), 2023: Decimal("12.1")}
    assert rolled.costs == last.costs


def test_nothing_of_the_new_year_is_filled_in(make_object: Any) -> None:
    content = make_object(2023)
    content["indicators"][1]["values"]["2024"] = {"target": 16.5, "actual": 12.9}
    content["indicators"][2]["values"]["2024"] = {"actual": None}
    content["costs"]["2024"] = {"general": 1}
    content["facts"] = {"done": [{"text": "訓練を行った"}]}
    rolled = next_sheet(SheetFile.model_validate(content))
    assert rolled.indicators[1].values[2024].model_fields_set == {"target"}
    assert 2024 not in rolled.indicators[2].values
    assert 2024 not in rolled.costs
    assert all(not entry.achieved and not entry.improved for entry in rolled.indicators)
    assert rolled.grades.model_dump() == {"achievement": None, "trend": None, "overall": None}
    assert not rolled.sections
    assert not rolled.facts
    assert not is_begun(rolled)


def test_a_year_stated_as_not_surveyed_stays_so(make_sheet: SheetFactory) -> None:
    rolled = next_sheet(make_sheet(2022))
    values = rolled.indicators[1].values[2022]
    assert values.actual is None
    assert "actual" in values.model_fields_set


@pytest.mark.parametrize(
    ("year", "changes", "said"),
    [
        (None, {}, []),
        (2026, {}, ["令和6年度、令和7年度のシートがない"]),
        (None, {"plan": {"name": "第1次計画", "start": 2016, "end": 2023}}, ["「第1次計画」の期間は令和5年度まで"]),
        (None, {"plan": {"end": 2023}}, ["計画の期間は令和5年度まで"]),
        (None, {"plan": {"start": 2020, "end": 2024}}, []),
        (None, {"plan": None}, []),
        (2040, {"plan": None}, ["など"]),
    ],
)
def test_what_a_person_must_know_is_said(
    make_sheet: SheetFactory, year: int | None, changes: dict[str, Any], said: list[str]
) -> None:
    warnings = roll_warnings(make_sheet(2023, **changes), year)
    assert len(warnings) == len(said)
    for warning, words in zip(warnings, said, strict=True):
        assert words in warning


def test_a_last_year_that_is_not_filled_in_yet_is_told(make_sheet: SheetFactory) -> None:
    empty = next_sheet(make_sheet(2023))
    assert ["令和6年度の実績値がまだありません" in warning for warning in roll_warnings(empty)] == [True]


@pytest.mark.parametrize(("year", "words"), [(2023, "後の年度"), (2010, "後の年度"), (2101, "2100"), (1900, "1950")])
def test_a_year_that_is_not_later_is_refused(make_sheet: SheetFactory, year: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        next_sheet(make_sheet(2023), year)


def test_the_last_year_that_a_sheet_can_have(make_sheet: SheetFactory) -> None:
    last = make_sheet(2023).model_copy(update={"fiscal_year": 2100})
    with pytest.raises(Refused):
        next_sheet(last)


def test_a_blank_sheet_has_its_head_and_directions() -> None:
    sheet = blank_sheet("試験市", 2025, "", "新しい施策", plan=Plan(), directions=["一つ目", "", "三つ目"])
    assert sheet.measure.code is None
    assert sheet.plan is None
    assert [(entry.number, entry.name) for entry in sheet.directions] == [(1, "一つ目"), (2, None), (3, "三つ目")]
    assert read_json(write_json(sheet)).sheet.canonical() == sheet.canonical()


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("5.1", [(2023, "5.1")]),
        ("5.2", []),
        ("5.4.done", [(2023, "5.4.done"), (2023, "5.4.plan"), (2022, "7.1")]),
        ("5.4.plan", [(2023, "5.4.plan"), (2023, "7.1")]),
        ("7.1", [(2023, "7.1")]),
        ("7.2", []),
    ],
)
def test_earlier_texts_are_at_hand(make_sheet: SheetFactory, key: str, found: list[tuple[int, str]]) -> None:
    earlier = [make_sheet(2022), make_sheet(2023)]
    at_hand = texts_at_hand(key, 2024, earlier)
    assert [(text.fiscal_year, text.key) for text in at_hand] == found
    by_year = {sheet.fiscal_year: sheet for sheet in earlier}
    assert all(text.text == by_year[text.fiscal_year].text(text.key) for text in at_hand)


def test_an_older_text_is_at_hand_where_last_year_has_none(make_sheet: SheetFactory) -> None:
    earlier = [make_sheet(2022), make_sheet(2023, sections={})]
    assert [text.fiscal_year for text in texts_at_hand("5.1", 2024, earlier)] == [2022]


# --- any sheet

_years = st.integers(2018, 2030).map(str)
_numbers = st.none() | st.decimals(-10_000, 10_000, places=2, allow_nan=False)
_texts = st.none() | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
_cells = st.fixed_dictionaries({}, optional=dict.fromkeys(("forecast", "baseline", "target", "actual"), _numbers))
_indicators = st.builds(
    lambda **parts: parts,
    kind=st.sampled_from(["population", "outcome"]),
    direction=st.none() | st.integers(1, 4),
    name=st.text("指標の名", min_size=1, max_size=4),
    unit=_texts,
    better=st.sampled_from([None, "higher", "lower"]),
    decimals=st.none() | st.integers(0, 3),
    values=st.dictionaries(_years, _cells, max_size=5),
    achieved=st.dictionaries(_years, st.none() | st.booleans(), max_size=3),
)


@st.composite
def sheets(draw: st.DrawFn) -> SheetFile:
    entries = draw(st.lists(_indicators, max_size=4))
    return SheetFile.model_validate(
        {
            "format": "shisaku-sheet/1",
            "fiscal_year": draw(st.integers(2020, 2026)),
            "municipality": draw(_texts),
            "measure": {"code": draw(_texts), "name": "施策"},
            "plan": draw(st.none() | st.fixed_dictionaries({"end": st.none() | st.integers(2019, 2030)})),
            "target": draw(_texts),
            "indicators": [{"id": f"{number}-ア", **entry} for number, entry in enumerate(entries)],
            "costs": draw(st.dictionaries(_years, st.fixed_dictionaries({"general": _numbers}), max_size=4)),
            "grades": {"overall": draw(st.sampled_from([None, "A", "E"]))},
            "sections": draw(st.dictionaries(st.sampled_from(SECTION_KEYS), _texts, max_size=3)),
        }
    )


@given(last=sheets(), gap=st.integers(1, 3))
def test_any_sheet_rolls_into_a_valid_one(last: SheetFile, gap: int) -> None:
    year = last.fiscal_year + gap
    rolled = next_sheet(last, year)
    assert read_json(write_json(rolled)).sheet.canonical() == rolled.canonical()
    assert [entry.id for entry in rolled.indicators] == [entry.id for entry in last.indicators]
    for before, after in zip(last.indicators, rolled.indicators, strict=True):
        for series in ("forecast", "baseline", "target"):
            assert after.series(series) == before.series(series)  # type: ignore[arg-type]
        past = {at: value for at, value in before.series("actual").items() if at < year}
        assert after.series("actual") == past
        assert all(after.values[at] == before.values[at] for at in before.values if at < year and at in after.values)
    assert rolled.costs == {at: cost for at, cost in last.costs.items() if at < year}
    assert not is_begun(rolled)
    roll_warnings(last, year)


# --- stored


@pytest.fixture
def measure_id(session: Session, make_sheet: SheetFactory) -> int:
    saved = save_sheet(session, ReadSheet(sheet=make_sheet(2023)), actor=COMMAND_LINE)
    session.commit()
    return get_sheet(session, saved.sheet_id).measure_id


def test_a_rolled_sheet_is_stored_with_its_trail(session: Session, measure_id: int, make_sheet: SheetFactory) -> None:
    rolled = roll_measure(session, measure_id, actor=COMMAND_LINE)
    assert (rolled.status, rolled.fiscal_year, rolled.source_year, rolled.warnings) == ("created", 2024, 2023, ())
    row = get_sheet(session, rolled.sheet_id or 0)
    assert load_sheet(session, row).canonical() == next_sheet(make_sheet(2023)).canonical()
    assert [entry.action for entry in trail(session, row)] == ["sheet.rolled"]
    again = save_sheet(session, read_json(write_json(load_sheet(session, row))), actor=COMMAND_LINE)
    assert again.status == "unchanged"


def test_a_year_that_is_there_is_met_not_made_again(session: Session, measure_id: int) -> None:
    first = roll_measure(session, measure_id, 2024, actor=COMMAND_LINE)
    second = roll_measure(session, measure_id, 2024, actor=COMMAND_LINE)
    assert (second.status, second.sheet_id) == ("exists", first.sheet_id)
    assert roll_measure(session, measure_id, actor=COMMAND_LINE).fiscal_year == 2025


def test_a_year_before_all_sheets_cannot_be_rolled(session: Session, measure_id: int) -> None:
    rolled = roll_measure(session, measure_id, 2020, actor=COMMAND_LINE)
    assert rolled.status == "refused"
    assert "令和2年度より前" in rolled.reason
    with pytest.raises(NotFound):
        roll_measure(session, measure_id + 1, actor=COMMAND_LINE)


def test_a_gap_is_filled_from_the_sheet_before_it(session: Session, measure_id: int, make_sheet: SheetFactory) -> None:
    save_sheet(session, ReadSheet(sheet=make_sheet(2021)), actor=COMMAND_LINE)
    session.commit()
    rolled = roll_measure(session, measure_id, 2022, actor=COMMAND_LINE)
    assert (rolled.status, rolled.source_year) == ("created", 2021)


def test_many_are_rolled_each_with_its_report(session: Session, measure_id: int, make_sheet: SheetFactory) -> None:
    for code in ("21", "31"):
        other = make_sheet(2023, measure={"code": code, "name": f"施策{code}"})
        save_sheet(session, ReadSheet(sheet=other), actor=COMMAND_LINE)
    session.commit()
    ids = list(session.exec(select(Measure.id).order_by(Measure.code)))
    roll_measure(session, ids[1] or 0, 2024, actor=COMMAND_LINE)
    report = roll_all(session, 2024, [*(found or 0 for found in ids), ids[0] or 0, 9999], actor=COMMAND_LINE)
    assert [entry.status for entry in report] == ["created", "exists", "created", "refused"]
    assert len(list(session.exec(select(Sheet).where(Sheet.fiscal_year == 2024)))) == 3


def test_of_two_who_roll_at_once_one_wins(engine: Engine, session: Session, measure_id: int, monkeypatch: Any) -> None:
    """The other has looked for a stored sheet before the first committed."""
    from corpus import making

    look = making._stored
    raced: list[int] = []

    def look_then_race(mine: Session, sheet: SheetFile) -> Sheet | None:
        found = look(mine, sheet)
        if not raced:
            raced.append(0)
            with open_session(engine) as other:
                raced[0] = store_new(other, sheet, actor=COMMAND_LINE)
            assert found is None
        return found

    monkeypatch.setattr(making, "_stored", look_then_race)
    # save_sheet looks by itself too; here it must not see the other's sheet, as within one transaction
    real = making.save_sheet
    calls: list[int] = []

    def blind(mine: Session, read: ReadSheet, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            measure = mine.get(Measure, measure_id)
            assert measure is not None
            mine.add(Sheet(measure_id=measure_id, fiscal_year=2024, measure_name="x"))
            mine.flush()
        return real(mine, read, **more)

    monkeypatch.setattr(making, "save_sheet", blind)
    rolled = roll_measure(session, measure_id, 2024, actor=COMMAND_LINE)
    assert (rolled.status, rolled.sheet_id) == ("exists", raced[0])
    session.expire_all()
    assert len(list(session.exec(select(Sheet).where(Sheet.fiscal_year == 2024)))) == 1


def test_a_sheet_from_nothing_is_made_once(session: Session) -> None:
    sheet = blank_sheet("試験市", 2025, "99", "新しい施策")
    made = store_new(session, sheet, actor=COMMAND_LINE)
    with pytest.raises(SheetExists, match="令和7年度") as caught:
        store_new(session, blank_sheet("試験市", 2025, "99", "別の名"), actor=COMMAND_LINE)
    assert caught.value.sheet_id == made
    known = known_measure(session, blank_sheet("試験市", 2026, "99", "別の名"))
    assert known is not None
    assert (known.name, known.years) == ("新しい施策", (2025,))
    assert known_measure(session, blank_sheet("隣の市", 2026, "99", "別の名")) is None


def test_a_code_is_written_as_the_stored_sheets_write_it(session: Session) -> None:
    store_new(session, blank_sheet("試験市", 2025, "２－１", "全角の番号"), actor=COMMAND_LINE)
    store_new(session, blank_sheet(None, 2025, "7", "自治体名なし"), actor=COMMAND_LINE)
    assert code_as_stored(session, "試験市", "2-1") == "２－１"
    assert code_as_stored(session, "試験市", " ３ ") == "3"
    assert code_as_stored(session, "", "７") == "7"
    assert code_as_stored(session, "試験市", "") == ""
