"""Links over the years in the database: what they bring, what is refused, and that nothing of them is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, delete, select

from corpus.accounts import Actor
from corpus.continuity import (
    LONGEST_NOTE,
    add_division_link,
    add_indicator_link,
    add_measure_link,
    all_ties,
    earlier_rows,
    end_link,
    ended_links,
    later_rows,
    links_of,
)
from corpus.divisions import division_names
from corpus.errors import Refused
from corpus.models import AuditEvent, DivisionLink, IndicatorLink, MeasureLink, Sheet
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import earlier_sheets, find_sheet, get_sheet, load_sheet, save_sheet

Make = Callable[..., SheetFile]
HANAKO = Actor(None, "見本 花子")
CODES = ("A", "B", "C")


def save(session: Session, sheet: SheetFile) -> Sheet:
    saved = save_sheet(session, ReadSheet(sheet=sheet), actor=HANAKO)
    session.commit()
    return get_sheet(session, saved.sheet_id)


@pytest.fixture
def city(session: Session, make_sheet: Make) -> dict[tuple[str, int], Sheet]:
    """Measures A (2021, 2022), B (2023, 2024) and C (2021 to 2023), without codes."""
    years = {"A": (2021, 2022), "B": (2023, 2024), "C": (2021, 2022, 2023)}
    return {
        (name, year): save(session, make_sheet(year, measure={"code": None, "name": f"施策{name}"}))
        for name in years
        for year in years[name]
    }


def names(session: Session, sheet: Sheet) -> list[tuple[str, int]]:
    return [(found.measure.name[-1], found.fiscal_year) for found in earlier_sheets(session, sheet)]


def link(session: Session, sheet: Sheet, earlier: Sheet | None, kind: str = "renamed") -> None:
    kind = kind if earlier else "separate"
    add_measure_link(session, sheet, earlier.measure_id if earlier else None, kind, actor=HANAKO)
    session.commit()


def test_a_renamed_measure_finds_its_past(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    newest = city["B", 2024]
    assert names(session, newest) == [("B", 2023)]
    link(session, city["B", 2023], city["A", 2022])
    assert names(session, newest) == [("A", 2021), ("A", 2022), ("B", 2023)]
    assert names(session, city["A", 2022]) == [("A", 2021)]
    later = later_rows(session, city["A", 2022], all_ties(session))
    assert [row.id for row in later] == [city["B", 2023].id, city["B", 2024].id]


def test_of_a_merge_the_first_linked_comes_last_in_a_year(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    link(session, city["B", 2023], city["C", 2022], "merged")
    link(session, city["B", 2023], city["A", 2022], "merged")
    assert names(session, city["B", 2023]) == [("A", 2021), ("C", 2021), ("A", 2022), ("C", 2022)]
    first, main = earlier_sheets(session, city["B", 2023])[-2:]
    assert first.indicators == []
    assert main.indicators
    assert not first.costs
    assert not main.costs
    assert main.text("5.1")
    assert first.text("5.1")


def test_separate_is_no_past_at_all(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    link(session, city["C", 2023], None)
    assert names(session, city["C", 2023]) == []
    assert names(session, city["C", 2022]) == [("C", 2021)]


def test_an_indicator_that_moved_in_brings_its_values(
    session: Session, city: dict[tuple[str, int], Sheet], make_sheet: Make
) -> None:
    moved = make_sheet(2023, measure={"code": None, "name": "施策D"})
    moved.indicators[1].name = "新しい名前の割合"
    sheet = save(session, moved)
    before = save(session, make_sheet(2022, measure={"code": None, "name": "施策D"}, indicators=[]))
    add_indicator_link(session, sheet, "1-ア", (city["A", 2022].measure_id, "1-ア"), "moved", actor=HANAKO)
    session.commit()
    (found,) = [seen for seen in earlier_sheets(session, sheet) if seen.fiscal_year == 2022]
    assert found.measure.name == "施策D"
    assert [(entry.id, entry.name) for entry in found.indicators] == [("1-ア", "新しい名前の割合")]
    assert load_sheet(session, before).indicators == []


def refused(session: Session, act: Callable[[], Any], words: str) -> None:
    before = [len(session.exec(select(table)).all()) for table in (MeasureLink, IndicatorLink, DivisionLink)]
    with pytest.raises(Refused, match=words):
        act()
    session.rollback()
    assert [len(session.exec(select(table)).all()) for table in (MeasureLink, IndicatorLink, DivisionLink)] == before


def test_what_cannot_be_is_refused_and_changes_nothing(
    session: Session, city: dict[tuple[str, int], Sheet], make_sheet: Make
) -> None:
    a, b, c = city["A", 2022], city["B", 2023], city["C", 2023]
    other_city = save(session, make_sheet(2022, municipality="隣の市"))
    link(session, b, a)

    def measure(sheet: Sheet, earlier: int | None, kind: str = "renamed", note: str = "") -> Callable[[], Any]:
        return lambda: add_measure_link(session, sheet, earlier, kind, note=note, actor=HANAKO)

    def indicator(key: str, earlier: tuple[int, str] | None, kind: str = "renamed") -> Callable[[], Any]:
        return lambda: add_indicator_link(session, c, key, earlier, kind, actor=HANAKO)

    refused(session, measure(a, b.measure_id), "ひと回り")
    refused(session, measure(b, b.measure_id), "もともとつながって")
    refused(session, measure(b, None, "separate"), "両方は保存できません")
    refused(session, measure(b, None), "相手が選ばれていません")
    refused(session, measure(b, a.measure_id, "separate"), "相手が選ばれていません")
    refused(session, measure(b, 999), "その施策はありません")
    refused(session, measure(b, other_city.measure_id), "ほかの自治体")
    refused(session, measure(b, a.measure_id, "其他"), "種類が選ばれていません")
    refused(session, measure(c, a.measure_id, "renamed", "あ" * (LONGEST_NOTE + 1)), "500文字まで")
    refused(session, indicator("9-ア", (a.measure_id, "1-ア")), "その指標は")
    refused(session, indicator("1-ア", (a.measure_id, "9-ア")), "その指標は")
    refused(session, indicator("1-ア", (a.measure_id, "P-ア")), "対象指標と成果指標")
    refused(session, indicator("1-ア", (other_city.measure_id, "1-ア")), "ほかの自治体")
    refused(session, indicator("1-ア", None), "相手が選ばれていません")
    refused(session, lambda: add_division_link(session, c, "福祉総務課", "renamed", actor=HANAKO), "今の課と同じ")
    refused(session, lambda: add_division_link(session, c, " ", "renamed", actor=HANAKO), "相手が選ばれていません")


def test_the_same_link_again_is_the_same_link(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    b, a = city["B", 2023], city["A", 2022]
    for earlier, kind in ((a.measure_id, "renamed"), (a.measure_id, "moved")):
        added = add_measure_link(session, b, earlier, kind, actor=HANAKO)
        assert (added.link_id, added.new) == (1, kind == "renamed")
    for _ in range(2):
        last = add_indicator_link(session, b, "1-ア", None, "separate", actor=HANAKO)
    assert not last.new
    assert len(session.exec(select(IndicatorLink)).all()) == 1


def test_ending_a_link_ends_only_the_link(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    a, b = city["A", 2022], city["B", 2023]
    before = [load_sheet(session, row).canonical() for row in (a, b)]
    link(session, b, a)
    ((table, row),) = links_of(session, b)
    assert (table, row.author_name) == ("measure", "見本 花子")
    assert [found.id for _, found in links_of(session, a)] == [row.id]
    taro = Actor(None, "見本 太郎")
    assert end_link(session, b, "measure", row.id or 0, actor=taro)
    assert not end_link(session, b, "measure", row.id or 0, actor=taro), "once is enough"
    session.commit()
    assert names(session, b) == []
    (act,) = ended_links(session, b)
    assert (act.actor, act.said["later"], act.said["earlier"]) == ("見本 太郎", "施策B", "施策A")
    assert act.said["author_name"] == "見本 花子"
    kept = session.exec(select(AuditEvent.action).where(AuditEvent.subject == f"links:measure:{b.measure_id}")).all()
    assert kept == ["link.add", "link.end"]
    assert [load_sheet(session, row).canonical() for row in (a, b)] == before


def test_a_link_of_another_measure_is_not_ended_from_here(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    link(session, city["B", 2023], city["A", 2022])
    assert not end_link(session, city["C", 2023], "measure", 1, actor=HANAKO)
    assert len(session.exec(select(MeasureLink)).all()) == 1


@pytest.mark.parametrize(
    ("name", "year", "before", "after"),
    [
        ("こども未来課", 2023, [("子育て支援課", 2022), ("児童課", 2020)], []),
        ("こども未来課", 2022, [], []),
        ("子育て支援課", 2022, [("児童課", 2020)], [("こども未来課", 2023)]),
        ("児童課", 2020, [], [("子育て支援課", 2021), ("こども未来課", 2023)]),
        ("別の課", 2023, [], []),
    ],
)
def test_a_division_goes_by_its_other_names(
    session: Session,
    make_sheet: Make,
    name: str,
    year: int,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    for at, now, earlier in ((2023, "こども未来課", "子育て支援課"), (2021, "子育て支援課", "児童課")):
        add_division_link(session, save(session, make_sheet(at, lead_division=now)), earlier, "renamed", actor=HANAKO)
    found = division_names(session, "試験市", name, year)
    assert [(entry.name, entry.year) for entry in found.before] == before
    assert [(entry.name, entry.year) for entry in found.after] == after
    assert division_names(session, "隣の市", name, year).all == ()


_links = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.integers(2021, 2024),
        st.none() | st.sampled_from(CODES),
        st.sampled_from(["renamed", "split", "merged", "moved", "new_plan"]),
    ),
    max_size=8,
)


@given(_links)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_linked_the_past_is_in_order_and_no_sheet_comes_twice(
    session: Session, make_sheet: Make, links: list[tuple[str, int, str | None, str]]
) -> None:
    for table in (MeasureLink, IndicatorLink):
        session.exec(delete(table))
    sheets = {}
    for name in CODES:
        for year in range(2021, 2025):
            file = make_sheet(year, measure={"code": name, "name": f"施策{name}"}, indicators=[], sections={})
            sheets[name, year] = get_sheet(session, save_sheet(session, ReadSheet(sheet=file), actor=HANAKO).sheet_id)
    for name, year, earlier, kind in links:
        before = sheets[earlier, year].measure_id if earlier else None
        try:
            add_measure_link(session, sheets[name, year], before, kind if earlier else "separate", actor=HANAKO)
        except Refused:
            continue
    ties = all_ties(session)
    for sheet in sheets.values():
        rows = [row for row, _ in earlier_rows(session, sheet, ties)]
        assert len({row.id for row in rows}) == len(rows)
        assert [row.fiscal_year for row in rows] == sorted(row.fiscal_year for row in rows)
        assert all(row.fiscal_year < sheet.fiscal_year for row in rows)
        found = earlier_sheets(session, sheet)
        assert [entry.fiscal_year for entry in found] == [row.fiscal_year for row in rows]


def test_the_sheet_is_found_by_its_own_name_still(session: Session, city: dict[tuple[str, int], Sheet]) -> None:
    link(session, city["B", 2023], city["A", 2022])
    assert find_sheet(session, "施策A", 2022).id == city["A", 2022].id
