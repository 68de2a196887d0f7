"""The page on which figures are typed: the grid, the review, saving all or nothing."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import simplejson
from sqlmodel import Session

from corpus.accounts import Actor
from corpus.confirming import open_values
from corpus.editing import change_sheet, trail
from corpus.places import ABSENT, Change, value_at
from corpus.sheetfile import SheetFile, ToConfirm
from corpus.store import get_sheet, load_sheet
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

RATE = "indicators.1-ア.values.2023.actual"
PAST = "indicators.1-ア.values.2022.actual"
ACHIEVED = "indicators.1-ア.achieved.2023"
GENERAL = "costs.2023.general"
BONDS = "costs.2023.bonds"
TARO = Actor(None, "太郎")


def fields(page: str) -> dict[str, str]:
    """The form of the page as a browser sends it."""
    form = page.split('id="entry-form"', 1)[1]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        found = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if found.get("type") in ("text", "hidden") and found.get("name") not in (None, "csrf_token"):
            sent[found["name"]] = found.get("value", "")
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        sent[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return sent


def opened(browser: Browser, sheet_id: int) -> dict[str, str]:
    return fields(browser.get(f"/sheets/{sheet_id}/figures").text)


def at(session: Session, sheet_id: int, path: str) -> Any:
    session.expire_all()
    return value_at(load_sheet(session, get_sheet(session, sheet_id)), path)


def test_every_cell_of_the_form_can_be_typed_into(browser: Browser, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}/figures").text
    form = fields(page)
    assert form[f"cell:{RATE}"] == "12.1"
    assert form[f"cell:{PAST}"] == "―"
    assert form[f"cell:{ACHIEVED}"] == "未達成"
    assert form[f"cell:{GENERAL}"] == "316,118"
    assert form[f"cell:{BONDS}"] == ""
    assert form["cell:indicators.P-ア.values.2027.forecast"] == ""
    assert form["cell:indicators.2-ア.improved.2024"] == ""
    assert form["cell:costs.2024.total"] == ""
    assert re.search(r'<td id="cell-1-ア-2023-actual" class="cell own"><input [^>]*aria-label="[^"]*実績値[^"]*"', page)
    assert re.search(r'<td id="cell-1-ア-2022-actual" class="cell past">', page)
    assert 'aria-current="page">数値</a>' in page


def test_the_form_as_it_was_shown_changes_nothing(browser: Browser, session: Session, sheet_id: int) -> None:
    before = len(trail(session, get_sheet(session, sheet_id)))
    answer = browser.post(f"/sheets/{sheet_id}/figures", opened(browser, sheet_id))
    assert answer.status_code == 303
    assert "変わったところはありません" in browser.get(f"/sheets/{sheet_id}/figures").text
    session.expire_all()
    assert len(trail(session, get_sheet(session, sheet_id))) == before


def test_typed_cells_are_saved_with_who_and_what(browser: Browser, session: Session, sheet_id: int) -> None:
    typed = {
        f"cell:{RATE}": "１２．４％",
        f"cell:{GENERAL}": "",
        f"cell:{BONDS}": "1,000 千円",
        f"cell:{PAST}": "13",
        f"cell:{ACHIEVED}": "―",
    }
    answer = browser.post(f"/sheets/{sheet_id}/figures", opened(browser, sheet_id) | typed)
    assert answer.status_code == 303
    assert "5か所を保存しました" in browser.get(f"/sheets/{sheet_id}/figures").text
    assert str(at(session, sheet_id, RATE)) == "12.4"
    assert at(session, sheet_id, GENERAL) is ABSENT
    assert at(session, sheet_id, BONDS) == 1000
    assert at(session, sheet_id, PAST) == 13
    assert at(session, sheet_id, ACHIEVED) is None
    newest = trail(session, get_sheet(session, sheet_id))[0]
    assert (newest.actor, newest.action, len(newest.changes)) == ("見本 花子", "sheet.edit", 5)


def test_a_pasted_block_is_named_so_in_the_trail(browser: Browser, session: Session, sheet_id: int) -> None:
    browser.post(f"/sheets/{sheet_id}/figures", opened(browser, sheet_id) | {f"cell:{BONDS}": "5", "pasted": "1"})
    assert trail(session, get_sheet(session, sheet_id))[0].action == "sheet.paste"


def test_one_unreadable_cell_saves_nothing_and_loses_nothing(browser: Browser, session: Session, sheet_id: int) -> None:
    typed = {f"cell:{RATE}": "１２．４", f"cell:{GENERAL}": "368百万円", f"cell:{ACHIEVED}": "<おおむね>"}
    answer = browser.post(f"/sheets/{sheet_id}/figures", opened(browser, sheet_id) | typed | {"pasted": "1"})
    assert answer.status_code == 422
    assert "読めない値が2か所" in answer.text
    assert "368,000千円になります" in answer.text
    again = fields(answer.text)
    assert {name: again[name] for name in typed} == typed
    assert again["pasted"] == "1"
    assert str(at(session, sheet_id, RATE)) == "12.1"
    fixed = again | {f"cell:{GENERAL}": "368,000", f"cell:{ACHIEVED}": "達成"}
    assert browser.post(f"/sheets/{sheet_id}/figures", fixed).status_code == 303
    assert [at(session, sheet_id, path) for path in (GENERAL, ACHIEVED)] == [368000, True]
    assert str(at(session, sheet_id, RATE)) == "12.4"


def other_person(session: Session, sheet_id: int, *changes: Change) -> None:
    change_sheet(session, get_sheet(session, sheet_id), changes, actor=TARO)
    session.commit()


def test_two_people_at_one_cell_see_both_values(browser: Browser, session: Session, sheet_id: int) -> None:
    form = opened(browser, sheet_id)
    seen = at(session, sheet_id, RATE)
    other_person(session, sheet_id, Change(RATE, seen, simplejson.loads("13.5", use_decimal=True)))
    answer = browser.post(f"/sheets/{sheet_id}/figures", form | {f"cell:{RATE}": "12.4", f"cell:{BONDS}": "7"})
    assert answer.status_code == 409
    assert "ほかの人が1か所を変えました" in answer.text
    assert re.search(r"<td>13\.5</td><td>12\.4</td>", answer.text)
    again = fields(answer.text)
    assert (again[f"cell:{RATE}"], again[f"cell:{BONDS}"]) == ("12.4", "7")
    assert str(at(session, sheet_id, RATE)) == "13.5"
    assert at(session, sheet_id, BONDS) is ABSENT
    # having seen both, the second save is meant
    assert browser.post(f"/sheets/{sheet_id}/figures", again).status_code == 303
    assert [str(at(session, sheet_id, path)) for path in (RATE, BONDS)] == ["12.4", "7"]


def test_two_people_at_different_cells_both_keep_theirs(browser: Browser, session: Session, sheet_id: int) -> None:
    form = opened(browser, sheet_id)
    other_person(
        session, sheet_id, Change(RATE, at(session, sheet_id, RATE), simplejson.loads("13.5", use_decimal=True))
    )
    assert browser.post(f"/sheets/{sheet_id}/figures", form | {f"cell:{BONDS}": "7"}).status_code == 303
    assert [str(at(session, sheet_id, path)) for path in (RATE, BONDS)] == ["13.5", "7"]


def test_the_same_value_from_two_people_is_no_conflict(browser: Browser, session: Session, sheet_id: int) -> None:
    form = opened(browser, sheet_id)
    other_person(session, sheet_id, Change(BONDS, ABSENT, simplejson.loads("7.0", use_decimal=True)))
    assert browser.post(f"/sheets/{sheet_id}/figures", form | {f"cell:{BONDS}": "7"}).status_code == 303


def test_an_indicator_that_is_gone_meanwhile_leaves_what_was_typed(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    form = opened(browser, sheet_id)
    gone = "indicators.1-ア"
    other_person(session, sheet_id, Change(gone, at(session, sheet_id, gone), ABSENT))
    untouched = browser.post(f"/sheets/{sheet_id}/figures", form | {f"cell:{BONDS}": "7"})
    assert untouched.status_code == 303
    answer = browser.post(f"/sheets/{sheet_id}/figures", form | {f"cell:{RATE}": "12.4"})
    assert answer.status_code == 422
    assert "今のシートの表にありません" in answer.text


@pytest.mark.parametrize(
    "broken",
    [
        {"seen": ""},
        {"seen": "{"},
        {"seen": "[1]"},
        {"seen": '{"costs.2023.general": 5}'},
        {"seen": '{"costs.2023.general": "{"}'},
        {"settled:x": "1"},
    ],
)
def test_a_form_that_the_page_did_not_make_is_refused(
    browser: Browser, session: Session, sheet_id: int, broken: dict[str, str]
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/figures", opened(browser, sheet_id) | {f"cell:{BONDS}": "7"} | broken)
    assert answer.status_code == 422
    assert "何も保存していません" in answer.text
    assert at(session, sheet_id, BONDS) is ABSENT


def test_a_forged_place_before_is_met_as_a_conflict(browser: Browser, session: Session, sheet_id: int) -> None:
    form = opened(browser, sheet_id) | {"seen": f'{{"{BONDS}": "[1]"}}', f"cell:{BONDS}": "7"}
    assert browser.post(f"/sheets/{sheet_id}/figures", form).status_code == 409
    assert at(session, sheet_id, BONDS) is ABSENT


def test_the_review_says_what_saving_would(browser: Browser, session: Session, sheet_id: int) -> None:
    typed = {f"cell:{RATE}": "121", f"cell:{GENERAL}": "x", f"cell:{ACHIEVED}": ""}
    answer = browser.post(f"/sheets/{sheet_id}/figures/review", typed, htmx=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-errors="1"' in answer.text
    said = re.findall(
        r'data-path="([^"]+)" data-severity="(\w+)" data-message="[^"]+" data-suggestion="([^"]*)"', answer.text
    )
    assert (GENERAL, "error", "") in said
    assert (RATE, "warning", "12.1") in said
    assert str(at(session, sheet_id, RATE)) == "12.1"


def test_the_page_shows_what_is_doubtful_from_the_start(
    browser: Browser, store: Callable[..., int], make_object: Any
) -> None:
    content = make_object(2023)
    content["costs"]["2023"]["total"] = 1
    page = browser.get(f"/sheets/{store(SheetFile.model_validate(content))}/figures").text
    assert 'data-path="costs.2023.total" data-severity="warning"' in page
    assert 'href="#cell-cost-total-2023"' in page


@pytest.fixture
def waiting(store: Callable[..., int], make_sheet: SheetFactory) -> int:
    places = [
        ToConfirm(field=BONDS, candidates=["1200", "▲5"], note="表に2回出てくる値です。"),
        ToConfirm(field=RATE, candidates=["12.1", "12.7"]),
        ToConfirm(field="indicators.1-ア.better"),
        ToConfirm(field="costs.2019.general"),
    ]
    return store(make_sheet(2023), to_confirm=places)


def test_values_to_confirm_stand_in_their_cells(browser: Browser, waiting: int) -> None:
    page = browser.get(f"/sheets/{waiting}/figures").text
    assert "要確認 3 か所" in page
    assert "表の外にも 1 か所" in page
    assert "表に2回出てくる値です。" in page
    assert 'data-put="1,200"' in page
    assert 'data-put="▲5"' in page
    assert "今の値のまま確定する" in page
    assert "空のまま確定する" in page
    # a place that waits can be typed into although its year is past
    assert re.search(r'<td id="cell-cost-general-2019" class="cell to-confirm">', page)


def test_entering_or_ticking_settles_them(browser: Browser, session: Session, waiting: int) -> None:
    ids = {entry.field: entry.id for entry in open_values(session, waiting)}
    form = opened(browser, waiting) | {f"cell:{BONDS}": "1,200", f"settled:{ids[RATE]}": "1"}
    assert browser.post(f"/sheets/{waiting}/figures", form).status_code == 303
    page = browser.get(f"/sheets/{waiting}/figures").text
    assert "1か所を保存しました。要確認の値を1か所確定しました。" in page
    session.expire_all()
    assert [entry.field for entry in open_values(session, waiting)] == ["indicators.1-ア.better", "costs.2019.general"]
    assert [str(at(session, waiting, path)) for path in (BONDS, RATE)] == ["1200", "12.1"]


def test_a_tick_stays_when_the_form_could_not_be_saved(browser: Browser, session: Session, waiting: int) -> None:
    ids = {entry.field: entry.id for entry in open_values(session, waiting)}
    form = opened(browser, waiting) | {f"cell:{BONDS}": "x", f"settled:{ids[RATE]}": "1"}
    answer = browser.post(f"/sheets/{waiting}/figures", form)
    assert f'name="settled:{ids[RATE]}" value="1" checked' in answer.text
    assert len(open_values(session, waiting)) == 4


def test_a_sheet_without_figures_has_a_page_too(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    sheet_id = store(make_sheet(2023, indicators=[], costs={}, plan=None))
    page = browser.get(f"/sheets/{sheet_id}/figures").text
    assert "まだ指標がありません" in page
    form = fields(page) | {f"cell:{GENERAL}": "5"}
    assert browser.post(f"/sheets/{sheet_id}/figures", form).status_code == 303


def test_nobody_types_without_an_account(stranger: Browser, sheet_id: int) -> None:
    assert stranger.get(f"/sheets/{sheet_id}/figures").status_code == 302
    assert stranger.post(f"/sheets/{sheet_id}/figures", {"seen": "{}"}).status_code in (302, 401)


def test_a_sheet_that_is_not_there(browser: Browser) -> None:
    assert browser.get("/sheets/99/figures").status_code == 404
    assert browser.post("/sheets/99/figures", {"seen": "{}"}).status_code == 404
    assert browser.post("/sheets/99/figures/review", {}, htmx=True).status_code == 404


@pytest.mark.parametrize("seen", ["[" * 100_000, '{"a":' * 20_000, '{"costs.2023.general": "%s"}' % ("[" * 90_000)])
def test_a_form_nested_without_end_is_refused(browser: Browser, sheet_id: int, seen: str) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/figures", {"seen": seen, f"cell:{GENERAL}": "5"})
    assert answer.status_code == 422


def test_a_long_text_in_a_cell_is_no_figure(browser: Browser, sheet_id: int) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/figures/review", {f"cell:{GENERAL}": "九" * 100_000})
    assert "数値として読めません" in answer.text
