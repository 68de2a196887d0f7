"""New sheets in the app: from last year one by one or all, from nothing, and last year's texts at hand."""

import html
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlmodel import Session, select

from corpus.fiscal import wareki
from corpus.models import AuditEvent, Sheet
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet
from tests.conftest import SheetFactory
from tests.web.conftest import Browser
from web.pages.making import SheetOf, proposed_year, read_year

BLANK = {"municipality": "試験市", "year": "令和7", "code": "99", "name": "新しい施策"}


def of_year(session: Session, year: int) -> list[Sheet]:
    session.expire_all()
    return list(session.exec(select(Sheet).where(Sheet.fiscal_year == year)))


@pytest.fixture
def three(store: Callable[..., int], make_sheet: SheetFactory) -> list[int]:
    """Measures 12 and 21 with a sheet of 2023, 31 with one of 2021 only; their measure ids are 1, 2, 3."""
    return [
        store(make_sheet(2023)),
        store(make_sheet(2023, measure={"code": "21", "name": "子育て"})),
        store(make_sheet(2021, measure={"code": "31", "name": "環境"})),
    ]


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("令和7", 2025),
        ("令和７年度", 2025),
        ("R7", 2025),
        ("Ｒ７", 2025),
        (" 2025 ", 2025),
        ("2025年度", 2025),
        ("7年度", 2025),
        ("平成31", 2019),
        ("令和元", 2019),
        ("令和", None),
        ("7", None),
        ("来年", None),
        ("令和99年度", None),
        ("1900", None),
        ("", None),
    ],
)
def test_a_year_is_read_as_typed(typed: str, year: int | None) -> None:
    assert read_year(typed, 2024) == year


def test_the_year_that_most_measures_come_to_next_is_proposed() -> None:
    def sheet(measure: int, year: int) -> SheetOf:
        return SheetOf(0, measure, "", "", "", year)

    assert proposed_year([sheet(1, 2022), sheet(1, 2023), sheet(2, 2023), sheet(3, 2024)], 2025) == 2024
    assert proposed_year([], 2025) == 2025


def test_the_list_shows_what_can_be_made(browser: Browser, three: list[int]) -> None:
    page = browser.get("/sheets/new").text
    assert 'value="令和6年度"' in page
    assert page.count('name="measure"') == 3
    assert "間の年度があきます" in page
    assert "令和5年度のシートがある 2 施策すべてを作る" in page
    older = browser.get("/sheets/new?year=R5").text
    assert f'<a href="/sheets/{three[0]}">すでにあります</a>' in older
    assert older.count('name="measure"') == 1
    wrong = browser.get("/sheets/new?year=来年")
    assert wrong.status_code == 422
    assert "年度として読めません" in wrong.text
    assert 'value="来年"' in wrong.text


def test_one_measure_is_rolled_and_its_setup_shown(browser: Browser, session: Session, three: list[int]) -> None:
    answer = browser.post("/sheets/new/roll", {"year": "2024", "measure": "1"})
    made = of_year(session, 2024)
    assert answer.status_code == 303
    assert answer.location == f"/sheets/{made[0].id}/setup"
    page = browser.get(answer.location).text
    assert "令和6年度のシートを作りました" in page
    sheet = load_sheet(session, made[0])
    assert sheet.indicators[1].series("actual")[2023] == Decimal("12.1")
    again = browser.post("/sheets/new/roll", {"year": "2024", "measure": "1"})
    assert again.location == answer.location
    assert "すでにあります" in browser.get(again.location).text
    assert len(of_year(session, 2024)) == 1


def test_all_are_rolled_but_those_with_a_gap(browser: Browser, session: Session, three: list[int]) -> None:
    browser.post("/sheets/new/roll", {"year": "2024", "measure": "2"})
    page = browser.post("/sheets/new/roll", {"year": "2024", "all": "yes"})
    assert page.status_code == 303
    browser.post("/sheets/new/roll", {"year": "2025", "measure": "1"})
    report = browser.post("/sheets/new/roll", {"year": "2025", "measure": ["1", "2", "3", "77"]}).text
    assert "4 施策のうち 2 施策のシートを作りました" in report
    assert "令和6年度の実績値がまだありません" in report
    assert "令和4年度、令和5年度、令和6年度のシートがない" in report
    assert "その施策はありません" in report
    assert {row.measure_id for row in of_year(session, 2025)} == {1, 2, 3}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"year": "2024"}, "施策が選ばれていません"),
        ({"year": "来年", "measure": "1"}, "年度として読めません"),
        ({"year": "2024", "measure": "abc"}, "施策が選ばれていません"),
        ({"year": "2024", "measure": "99999999999999"}, "施策が選ばれていません"),
    ],
)
def test_a_roll_that_cannot_be_understood_makes_nothing(
    browser: Browser, session: Session, three: list[int], sent: dict[str, str], said: str
) -> None:
    answer = browser.post("/sheets/new/roll", sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert of_year(session, 2024) == []


def test_a_year_before_all_sheets_is_told(browser: Browser, three: list[int]) -> None:
    assert "より前のシートがない" in browser.post("/sheets/new/roll", {"year": "2015", "measure": "1"}).text
    assert browser.post("/sheets/new/next", {"measure": "77"}).status_code == 404


def test_the_newest_sheet_offers_the_next_year(browser: Browser, session: Session, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}").text
    assert "令和6年度のシートを作る" in page
    answer = browser.post("/sheets/new/next", {"measure": "1", "year": "2024"})
    made = of_year(session, 2024)[0]
    assert answer.location == f"/sheets/{made.id}/setup"
    assert "シートを作る</button>" not in browser.get(f"/sheets/{sheet_id}").text
    # a sheet in which nothing is written yet does not lead on to a further one
    assert "シートを作る</button>" not in browser.get(f"/sheets/{made.id}").text


def test_last_years_texts_are_at_hand_until_something_is_written(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    browser.post("/sheets/new/next", {"measure": "1", "year": "2024"})
    made = of_year(session, 2024)[0].id
    last = load_sheet(session, get_sheet(session, sheet_id))

    def part(key: str) -> str:
        return browser.get(f"/sheets/{made}/sections/{key}", htmx=True).text

    done = part("5.4.done")
    assert "<summary>昨年度の文章</summary>" in done
    copies = [html.unescape(text) for text in re.findall(r'data-fill-text="([^"]*)"', done)]
    assert copies == [last.text("5.4.done"), last.text("5.4.plan"), *copies[2:]]
    assert "令和5年度のシート　5(4) 令和6年度の取組予定" in done
    assert "昨年度の文章" not in part("5.2")
    assert html.escape(last.text("5.1"), quote=False) in part("5.1")
    browser.post(f"/sheets/{made}/sections/5.1", {"text": "新しい文章", "based_on": ""}, htmx=True)
    assert "昨年度の文章" not in part("5.1")


def test_a_sheet_from_nothing(browser: Browser, session: Session) -> None:
    assert 'href="/sheets/new"' in browser.get("/").text
    sent = BLANK | {
        "policy": "環境",
        "division": "環境課",
        "plan_name": "第3次計画",
        "plan_start": "R6",
        "plan_end": "2031",
        "direction-1": " 減らす ",
        "direction-3": "活かす",
    }
    answer = browser.post("/sheets/new", sent)
    made = of_year(session, 2025)[0]
    assert answer.location == f"/sheets/{made.id}/setup"
    sheet = load_sheet(session, made)
    assert (sheet.municipality, sheet.measure.code, sheet.measure.name) == ("試験市", "99", "新しい施策")
    assert (sheet.policy, sheet.lead_division) == ("環境", "環境課")
    assert sheet.plan is not None
    assert (sheet.plan.name, sheet.plan.start, sheet.plan.end) == ("第3次計画", 2024, 2031)
    assert [(entry.number, entry.name) for entry in sheet.directions] == [(1, "減らす"), (2, None), (3, "活かす")]
    acts = session.exec(select(AuditEvent.action).where(AuditEvent.subject == f"sheet:{made.id}"))
    assert list(acts) == ["sheet.created"]
    twice = browser.post("/sheets/new", sent)
    assert twice.status_code == 409
    assert f'<a href="/sheets/{made.id}">そのシートを開く</a>' in twice.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "名称を入れてください"),
        ({"year": ""}, "年度として読めません"),
        ({"year": "そのうち"}, "年度として読めません"),
        ({"plan_start": "x"}, "年度として読めません"),
        ({"plan_start": "R7", "plan_end": "R6"}, "終了年度が開始年度より前です"),
    ],
)
def test_a_wrong_field_is_told_and_what_was_typed_stays(
    browser: Browser, session: Session, changes: dict[str, str], said: str
) -> None:
    answer = browser.post("/sheets/new", BLANK | {"direction-2": "残る入力", "policy": "<b>&"} | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="残る入力"' in answer.text
    assert 'value="&lt;b&gt;&amp;"' in answer.text
    assert of_year(session, 2025) == []


def test_a_known_number_is_asked_about(browser: Browser, session: Session, sheet_id: int) -> None:
    sent = BLANK | {"code": "１２", "name": "別の施策か"}
    asked = browser.post("/sheets/new", sent)
    assert asked.status_code == 422
    assert "番号12は、「地域福祉の推進」（令和4年度から令和5年度のシートがあります）" in asked.text
    assert of_year(session, 2025) == []
    assert browser.post("/sheets/new", sent | {"same": "yes"}).status_code == 303
    made = of_year(session, 2025)[0]
    assert made.measure_id == get_sheet(session, sheet_id).measure_id


def test_pages_of_new_sheets_keep_hostile_names_as_text(
    browser: Browser, store: Callable[..., int], make_object: Callable[..., dict[str, object]]
) -> None:
    hostile = "<script>alert(1)</script>\"'"
    content = make_object(2023, lead_division=hostile, policy=hostile, municipality=hostile)
    content["measure"] = {"code": hostile, "name": hostile}
    store(SheetFile.model_validate(content))
    assert "<script>alert" not in browser.get("/sheets/new").text
    assert wareki(2024) in browser.get("/sheets/new").text
    report = browser.post("/sheets/new/roll", {"year": "2026", "measure": ["1", "9"]}).text
    assert "&lt;script&gt;alert" in report
    assert "<script>alert" not in report
