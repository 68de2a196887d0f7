from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE
from corpus.database import make_engine, open_session, upgrade
from corpus.editing import trail
from corpus.errors import DifferentSheet, NotFound, Refused
from corpus.listing import list_sheets
from corpus.models import AuditEvent, Measure, Revision, Sheet, ValueToConfirm
from corpus.narratives import history
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile, ToConfirm
from corpus.store import earlier_sheets, find_sheet, get_sheet, load_sheet, save_sheet

Make = Callable[..., SheetFile]


def save(session: Session, sheet: SheetFile, **options: Any) -> int:
    saved = save_sheet(session, ReadSheet(sheet=sheet), actor=COMMAND_LINE, **options)
    session.commit()
    return saved.sheet_id


def test_every_field_comes_back(session: Session, make_sheet: Make) -> None:
    sheet = make_sheet()
    stored = load_sheet(session, get_sheet(session, save(session, sheet)))
    assert stored.canonical() == sheet.canonical()
    assert str(stored.indicators[1].value(2023, "target")) == "16.0"
    assert 2022 in stored.indicators[1].values
    assert "actual" in stored.indicators[1].values[2022].model_fields_set, "stated as not surveyed stays stated"


def test_the_identical_sheet_again_does_nothing(session: Session, make_sheet: Make) -> None:
    save(session, make_sheet())
    before = len(session.exec(select(Revision)).all()), len(session.exec(select(AuditEvent)).all())
    assert save_sheet(session, ReadSheet(sheet=make_sheet()), actor=COMMAND_LINE).status == "unchanged"
    session.commit()
    assert (len(session.exec(select(Revision)).all()), len(session.exec(select(AuditEvent)).all())) == before


def test_a_different_one_is_refused_and_changes_nothing(session: Session, make_sheet: Make) -> None:
    sheet_id = save(session, make_sheet())
    other = make_sheet(lead_division="地域課")
    other.costs[2023].general = Decimal(1)
    with pytest.raises(DifferentSheet) as caught:
        save_sheet(session, ReadSheet(sheet=other), actor=COMMAND_LINE)
    session.rollback()
    assert caught.value.fields == ["costs.2023.general", "lead_division"]
    assert "施策コスト 令和5年度 一般財源" in str(caught.value)
    assert "施策統括課" in str(caught.value)
    assert load_sheet(session, get_sheet(session, sheet_id)).canonical() == make_sheet().canonical()


def test_update_replaces_figures_and_keeps_old_texts(session: Session, make_sheet: Make) -> None:
    sheet_id = save(session, make_sheet())
    other = make_sheet(sections={"5.1": "・新しい文章"})
    other.costs[2023].general = Decimal(1)
    assert save(session, other, update=True) == sheet_id
    assert load_sheet(session, get_sheet(session, sheet_id)).canonical() == other.canonical()
    texts = [revision.text for revision in history(session, sheet_id, "4.3")]
    assert texts == ["", "相談体制の見直しにより、就職につながった人が増えた。"]


def test_without_a_code_the_name_is_the_identity(session: Session, make_sheet: Make) -> None:
    first = make_sheet(municipality=None, measure={"code": None, "name": "防災"})
    second = make_sheet(municipality=None, measure={"code": None, "name": "環境"})
    assert save(session, first) != save(session, second)
    assert len(session.exec(select(Measure)).all()) == 2


def test_years_of_a_measure_belong_together(session: Session, make_sheet: Make) -> None:
    for year in (2023, 2021, 2022):
        save(session, make_sheet(year))
    newest = find_sheet(session, "12", 2023)
    assert [sheet.fiscal_year for sheet in earlier_sheets(session, newest)] == [2021, 2022]


def test_a_measure_keeps_the_name_printed_in_each_year(session: Session, make_sheet: Make) -> None:
    save(session, make_sheet(2022))
    save(session, make_sheet(2023, measure={"code": "12", "name": "地域共生の推進"}))
    assert find_sheet(session, "地域福祉の推進", 2022).measure_name == "地域福祉の推進"
    assert find_sheet(session, "地域共生の推進", 2022).fiscal_year == 2022, "today's name finds the earlier year too"


def test_the_same_code_in_two_cities_must_be_told_apart(session: Session, make_sheet: Make) -> None:
    save(session, make_sheet(municipality="東市"))
    save(session, make_sheet(municipality="西市"))
    with pytest.raises(Refused, match="東市"):
        find_sheet(session, "12", 2023)


def test_missing_sheets(session: Session) -> None:
    with pytest.raises(NotFound, match="令和5年度"):
        find_sheet(session, "12", 2023)
    with pytest.raises(NotFound):
        get_sheet(session, 99)


def test_list_counts_sections_and_open_values(session: Session, make_sheet: Make) -> None:
    place = ToConfirm(field="costs.2023.bonds", candidates=[Decimal(5)])
    save_sheet(session, ReadSheet(sheet=make_sheet(), to_confirm=[place]), actor=COMMAND_LINE)
    (summary,) = list_sheets(session)
    assert summary.to_object() == {
        "municipality": "試験市",
        "code": "12",
        "measure": "地域福祉の推進",
        "fiscal_year": 2023,
        "lead_division": "福祉総務課",
        "sections_filled": 7,
        "sections_total": 10,
        "to_confirm": 1,
    }
    assert session.exec(select(ValueToConfirm)).one().candidates == ["5"]


def test_a_new_note_or_direction_is_named_as_one_difference(session: Session, make_sheet: Make) -> None:
    opinion = {"id": "opinions-1", "who": "市議会", "text": "夜間も", "date": "2023"}
    save(session, make_sheet(facts={"opinions": [opinion]}))
    other = {"id": "opinions-2", "who": "区長会", "text": "草刈りを", "date": "2023"}
    for notes in ([opinion, other], []):
        with pytest.raises(DifferentSheet) as caught:
            save(session, make_sheet(facts={"opinions": notes}))
        name = "opinions-2" if notes else "opinions-1"
        assert caught.value.fields == [f"facts.opinions.{name}"]
        assert f"（違うところ：意見・要望 {name}）" in str(caught.value)
        session.rollback()


def test_another_order_of_notes_is_a_difference(session: Session, make_sheet: Make) -> None:
    notes = [{"id": "b", "text": "一"}, {"id": "a", "text": "二"}]
    row = get_sheet(session, save(session, make_sheet(facts={"done": notes})))
    with pytest.raises(DifferentSheet, match="違うところ：取組実績）"):
        save(session, make_sheet(facts={"done": notes[::-1]}))
    session.rollback()
    save(session, make_sheet(facts={"done": notes[::-1]}), update=True)
    assert [note.id for note in load_sheet(session, row).facts.done] == ["a", "b"]


def test_an_update_replaces_what_another_process_wrote_meanwhile(
    engine: Any, session: Session, make_sheet: Make
) -> None:
    row = get_sheet(session, save(session, make_sheet(facts={"done": [{"id": "done-1", "text": "一"}]})))
    load_sheet(session, row)
    session.commit()
    with open_session(engine) as other:
        noted = make_sheet(facts={"done": [{"id": "done-1", "text": "一"}, {"id": "done-2", "text": "ほか"}]})
        save(other, noted, update=True)
    incoming = make_sheet(facts={"done": [{"id": "done-2", "text": "取り込み"}]})
    save(session, incoming, update=True)
    session.expire_all()
    assert load_sheet(session, row).canonical() == incoming.canonical()
    before = {change.path: change.before for change in trail(session, row)[0].changes}
    assert before["facts.done-2"]["text"] == "ほか", "the trail keeps what the other process had written"


@pytest.mark.parametrize("name", ["　福祉", "福祉 ", " "])
def test_a_name_with_blanks_around_is_found_as_it_is(session: Session, make_sheet: Make, name: str) -> None:
    save(session, make_sheet(measure={"code": None, "name": name}))
    assert find_sheet(session, name, 2023).measure_name == name


cells = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2)


@given(
    st.dictionaries(
        st.integers(2018, 2027), st.fixed_dictionaries({"actual": st.none() | cells, "target": cells}), max_size=5
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sheet_survives_the_database(tmp_path_factory: Any, values: dict[int, Any], text: str) -> None:
    sheet = SheetFile.model_validate(
        {
            "fiscal_year": 2023,
            "measure": {"name": "x"},
            "indicators": [{"id": "1-ア", "kind": "outcome", "name": "率", "values": values}],
            "sections": {"5.1": text},
        }
    )
    engine = make_engine(Settings(_env_file=None, shisaku_home=tmp_path_factory.mktemp("home")))
    upgrade(engine)
    with open_session(engine) as session:
        save(session, sheet)
        row = session.exec(select(Sheet)).one()
        assert load_sheet(session, row).canonical() == sheet.canonical()
    engine.dispose()
