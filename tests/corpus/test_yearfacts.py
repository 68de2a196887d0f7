"""The facts of the year in the sheet file and the database: ids, dates, and that nothing is lost on the way."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE
from corpus.database import make_engine, open_session, upgrade
from corpus.editing import change_sheet, trail, undo
from corpus.errors import Refused, StalePlaces, UnusableInput
from corpus.form import COST_BY_KEY, SECTION_KEYS
from corpus.importers.json import read_json
from corpus.places import Change, value_at
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import get_sheet, load_sheet, save_sheet
from corpus.storednotes import MOST_NOTES, add_notes, delete_note, note_at, save_note
from corpus.yearfacts import YearFacts

MakeSheet = Callable[..., SheetFile]
MakeObject = Callable[..., dict[str, Any]]


def refused(make_object: MakeObject, **facts: Any) -> str:
    with pytest.raises(UnusableInput) as caught:
        read_json(json.dumps(make_object(2023, facts=facts), ensure_ascii=False))
    return str(caught.value)


# --- the sheet file


def test_notes_without_id_get_one_that_is_free() -> None:
    facts = YearFacts.model_validate({"done": [{"text": "a"}, {"id": "done-1", "text": "b"}, {"text": "c"}]})
    assert [note.id for note in facts.done] == ["done-2", "done-1", "done-3"]


def test_null_lists_are_absent_and_no_facts_leave_no_key(make_sheet: MakeSheet) -> None:
    assert not make_sheet(facts={"done": None, "evidence": []}).facts
    assert "facts" not in make_sheet(facts=None).as_object()


def test_empty_optional_fields_are_absent(make_sheet: MakeSheet) -> None:
    note = make_sheet(facts={"opinions": [{"who": "", "text": "x", "answer": "", "date": ""}]}).facts.opinions[0]
    assert (note.who, note.answer, note.date) == (None, None, None)


@pytest.mark.parametrize("written", ["2023", "2023-06", "2023-06-30", "2024-02-29"])
def test_dates_of_three_lengths(make_sheet: MakeSheet, written: str) -> None:
    assert make_sheet(facts={"done": [{"text": "x", "date": written}]}).facts.done[0].date == written


@pytest.mark.parametrize("written", ["2023-13", "2023-02-30", "2023-6", "R5.6", "２０２３", "1949", "20230615", 2023])
def test_other_dates_are_refused_by_place(make_object: MakeObject, written: object) -> None:
    assert "取組実績 done-1 時期" in refused(make_object, done=[{"id": "done-1", "text": "x", "date": written}])


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"done": [{"id": "a", "text": "x"}], "planned": [{"id": "a", "text": "y"}]}, "「a」が重なっています"),
        ({"done": [{"text": " "}]}, "空にできません"),
        ({"done": [{"date": "2023"}]}, "必要な項目"),
        ({"projects": [{"name": "x", "cost": "12"}]}, "事業費（千円）"),
        ({"projects": [{"name": "x", "price": 12}]}, "知らない項目"),
        ({"evidence": [{"what": "x", "figure": None, "year": 2023}]}, "数値"),
        ({"evidence": [{"what": "x", "figure": 1}]}, "年度"),
        ({"done": [{"text": "x", "direction": 0}]}, "展開方向"),
        ({"doen": []}, "知らない項目"),
        ({"done": {}}, "一覧"),
    ],
)
def test_wrong_facts_are_refused_by_name(make_object: MakeObject, facts: dict[str, Any], named: str) -> None:
    assert named in refused(make_object, **facts)


# --- nothing is lost between file and database

extremes = st.sampled_from([Decimal(0), Decimal("0.00"), Decimal("-0.000000001"), Decimal("999999999999999.999999999")])
numbers = extremes | st.integers(-(10**15) + 1, 10**15 - 1).flatmap(
    lambda digits: st.integers(0, 9).map(lambda places: Decimal(digits).scaleb(-places))
)
letters = st.characters(exclude_categories=("Cs", "Cc"))
blanks = st.sampled_from([" ", "　", "\u00a0", "\t", "\r\n", "\n\n"])
texts = st.text(letters | st.sampled_from("\n\r\t\u00a0「」①㍿𠮷　\u200b'\"\\,"), max_size=30) | blanks
filled = st.tuples(texts, st.sampled_from("あA０①㍿𠮷、"), texts).map("".join)
dates = st.sampled_from(["1950", "2024-02-29", "2101-12", "2023-04-01"]) | st.none() | st.just("")
maybe = st.none() | texts
years = st.integers(1950, 2100)
directions = st.none() | st.integers(1, 20)


ids = st.sampled_from([None, "", "done-1", "evidence-1", "番号　1", "a.b/c", " "])


def keys(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


notes = {
    "done": keys({"text": filled}, {"date": dates, "direction": directions}),
    "planned": keys({"text": filled}, {"date": dates, "direction": directions}),
    "opinions": keys({"text": filled}, {"who": maybe, "answer": maybe, "date": dates, "direction": directions}),
    "other_cities": keys({"text": filled}, {"city": maybe, "date": dates, "direction": directions}),
    "projects": keys(
        {"name": filled}, {"result": maybe, "cost": st.none() | numbers, "next_step": maybe, "direction": directions}
    ),
    "evidence": keys(
        {"figure": numbers, "what": filled, "year": years},
        {"unit": maybe, "source": maybe, "by": maybe, "direction": directions},
    ),
}
lists = keys({}, {kind: st.none() | st.lists(note, max_size=3) for kind, note in notes.items()})


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any] | None:
    """All lists of notes, some with an id of their own (each once), null or absent."""
    drawn = draw(st.none() | lists)
    taken: set[str] = set()
    for note in [note for notes_of_kind in (drawn or {}).values() for note in notes_of_kind or []]:
        given_id = draw(ids)
        if given_id not in taken:
            note["id"] = given_id
            taken |= {given_id} if given_id else set()
    return drawn


values = st.none() | numbers
flags = st.none() | st.dictionaries(years, st.none() | st.booleans(), max_size=2)
series = ("forecast", "baseline", "target", "actual")
indicator = keys(
    {"kind": st.sampled_from(["population", "outcome"]), "name": filled},
    {
        "direction": directions,
        "label": maybe,
        "unit": maybe,
        "source": maybe,
        "better": st.sampled_from([None, "higher", "lower"]),
        "decimals": st.none() | st.integers(0, 9),
        "values": st.none() | st.dictionaries(years, st.none() | keys({}, dict.fromkeys(series, values)), max_size=3),
        "achieved": flags,
        "improved": flags,
    },
)
grade = st.sampled_from([None, "A", "B", "C", "D", "E"])


@st.composite
def sheets(draw: st.DrawFn) -> SheetFile:
    """A sheet with every key of the file that may be left out, each with extremes."""
    numbered = draw(st.lists(st.integers(1, 20), max_size=3, unique=True))
    content = draw(
        keys(
            {"fiscal_year": years, "measure": keys({"name": filled}, {"code": maybe})},
            {
                "municipality": maybe,
                "plan": st.none() | keys({}, {"name": maybe, "start": st.none() | years, "end": st.none() | years}),
                "policy": maybe,
                "lead_division": maybe,
                "lead_person": maybe,
                "related_divisions": st.none() | st.lists(filled, max_size=3),
                "target": maybe,
                "purpose": maybe,
                "costs": st.none()
                | st.dictionaries(years, st.none() | keys({}, dict.fromkeys(COST_BY_KEY, values)), max_size=3),
                "grades": st.none() | keys({}, {"achievement": grade, "trend": grade, "overall": grade}),
                "sections": st.none() | st.dictionaries(st.sampled_from(SECTION_KEYS), maybe, max_size=4),
                "facts": facts(),
            },
        )
    )
    content["directions"] = [
        {"number": number, **draw(keys({}, {"name": maybe, "purpose": maybe, "means": maybe}))} for number in numbered
    ]
    content["indicators"] = [
        {"id": f"1-{place}", **entry} for place, entry in enumerate(draw(st.lists(indicator, max_size=2)))
    ]
    return SheetFile.model_validate(content)


@given(sheets())
def test_a_sheet_file_loses_nothing_as_json(sheet: SheetFile) -> None:
    again = read_json(sheet.to_json()).sheet
    assert again.canonical() == sheet.canonical()
    assert again.to_json() == sheet.to_json()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Any:
    engine = make_engine(Settings(_env_file=None, shisaku_home=tmp_path_factory.mktemp("facts")))
    upgrade(engine)
    yield engine
    engine.dispose()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(sheet=sheets())
def test_a_sheet_comes_back_from_the_database_as_it_went_in(database: Any, sheet: SheetFile) -> None:
    with open_session(database) as session:
        incoming = read_json(sheet.to_json()).sheet
        saved = save_sheet(session, ReadSheet(sheet=incoming), actor=COMMAND_LINE)
        session.flush()
        session.expire_all()
        stored = load_sheet(session, get_sheet(session, saved.sheet_id))
        assert stored.canonical() == sheet.canonical()
        exported = read_json(stored.to_json())
        assert save_sheet(session, exported, actor=COMMAND_LINE).status == "unchanged"
        session.rollback()


# --- one note after the other


@pytest.fixture
def sheet_id(session: Session, make_sheet: MakeSheet) -> int:
    given_facts = {"done": [{"direction": 1, "text": text} for text in ("一", "二", "三")]}
    saved = save_sheet(session, ReadSheet(sheet=make_sheet(facts=given_facts)), actor=COMMAND_LINE)
    session.commit()
    return saved.sheet_id


def texts_of(session: Session, sheet_id: int) -> list[str]:
    return [note.text for note in load_sheet(session, get_sheet(session, sheet_id)).facts.done]


def test_notes_come_at_the_end_and_keep_their_order(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    noted = add_notes(
        session, sheet, [{"kind": "done", "text": "四"}, {"kind": "done", "text": "五"}], actor=COMMAND_LINE
    )
    assert noted.ids == ("done-4", "done-5")
    assert texts_of(session, sheet_id) == ["一", "二", "三", "四", "五"]
    assert trail(session, sheet)[0].action == "facts.edit"


def test_a_deleted_note_comes_back_to_its_place(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = value_at(load_sheet(session, sheet), "facts.done-2")
    deleted = delete_note(session, sheet, "done-2", before, actor=COMMAND_LINE)
    assert texts_of(session, sheet_id) == ["一", "三"]
    undo(session, sheet, deleted.act or 0, actor=COMMAND_LINE)
    assert texts_of(session, sheet_id) == ["一", "二", "三"]


def test_the_id_of_a_deleted_note_is_not_given_to_another(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = value_at(load_sheet(session, sheet), "facts.done-3")
    deleted = delete_note(session, sheet, "done-3", before, actor=COMMAND_LINE)
    assert add_notes(session, sheet, [{"kind": "done", "text": "新"}], actor=COMMAND_LINE).ids == ("done-4",)
    undo(session, sheet, deleted.act or 0, actor=COMMAND_LINE)
    assert texts_of(session, sheet_id) == ["一", "二", "三", "新"]


def test_a_saved_note_can_be_undone(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = note_at(load_sheet(session, sheet), "done-1")
    noted = save_note(
        session, sheet, "done-1", before, {"kind": "done", "text": "改", "date": "2023-06"}, actor=COMMAND_LINE
    )
    assert texts_of(session, sheet_id) == ["改", "二", "三"]
    undo(session, sheet, noted.act or 0, actor=COMMAND_LINE)
    assert note_at(load_sheet(session, sheet), "done-1") == before


def test_a_change_of_what_somebody_else_changed_is_refused(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = note_at(load_sheet(session, sheet), "done-1")
    save_note(session, sheet, "done-1", before, {"kind": "done", "text": "ほかの人"}, actor=COMMAND_LINE)
    with pytest.raises(StalePlaces) as caught:
        save_note(session, sheet, "done-1", before, {"kind": "done", "text": "わたし"}, actor=COMMAND_LINE)
    assert caught.value.places[0][1]["text"] == "ほかの人"
    assert texts_of(session, sheet_id)[0] == "ほかの人"


def test_saving_nothing_new_over_a_change_of_another_keeps_it(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = note_at(load_sheet(session, sheet), "done-1")
    save_note(session, sheet, "done-1", before, {"kind": "done", "text": "ほかの人"}, actor=COMMAND_LINE)
    same = {name: value for name, value in before.items() if name != "id"}
    assert save_note(session, sheet, "done-1", before, same, actor=COMMAND_LINE).act is None
    assert texts_of(session, sheet_id)[0] == "ほかの人"


def test_a_note_of_another_process_meanwhile_does_not_stop_an_addition(
    engine: Any, session: Session, sheet_id: int
) -> None:
    sheet = get_sheet(session, sheet_id)
    load_sheet(session, sheet)
    session.commit()
    with open_session(engine) as other:
        add_notes(other, get_sheet(other, sheet_id), [{"kind": "done", "text": "先"}], actor=COMMAND_LINE)
        other.commit()
    assert add_notes(session, sheet, [{"kind": "done", "text": "後"}], actor=COMMAND_LINE).ids == ("done-5",)
    session.commit()
    assert texts_of(session, sheet_id) == ["一", "二", "三", "先", "後"]


def test_a_bad_note_among_good_ones_adds_none(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    with pytest.raises(Refused, match="日付ではありません"):
        add_notes(
            session,
            sheet,
            [{"kind": "done", "text": "良い"}, {"kind": "done", "text": "x", "date": "6月"}],
            actor=COMMAND_LINE,
        )
    session.rollback()
    assert texts_of(session, sheet_id) == ["一", "二", "三"]


def test_a_sheet_takes_only_so_many_notes(session: Session, sheet_id: int) -> None:
    many = [{"kind": "done", "text": "x"}] * MOST_NOTES
    with pytest.raises(Refused, match="2,000"):
        add_notes(session, get_sheet(session, sheet_id), many, actor=COMMAND_LINE)


def test_a_note_moves_between_kinds(session: Session, sheet_id: int) -> None:
    sheet = get_sheet(session, sheet_id)
    before = note_at(load_sheet(session, sheet), "done-2")
    after = {**before, "kind": "planned"}
    change_sheet(session, sheet, [Change("facts.done-2", before, after)], actor=COMMAND_LINE, action="facts.edit")
    facts_now = load_sheet(session, sheet).facts
    assert ([note.text for note in facts_now.done], [note.text for note in facts_now.planned]) == (["一", "三"], ["二"])
