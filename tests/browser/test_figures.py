"""Typing figures as in a spreadsheet, in a real browser: keys, a pasted block, remarks at once, undo, nothing lost."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE, Actor, add_user
from corpus.editing import change_sheet, trail
from corpus.places import ABSENT, Change, Value, value_at
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile, ToConfirm
from corpus.store import get_sheet, load_sheet, save_sheet
from tests.browser.serving import served
from web.app import create_app

PASSWORD = "とても長い合言葉"
RATE = "indicators.1-ア.values.2023.actual"
HIRED = "indicators.2-ア.values.2023.actual"
ACHIEVED = "indicators.1-ア.achieved.2023"
BONDS = "costs.2023.bonds"


@pytest.fixture
def address(settings: Settings, engine: Engine, session: Session) -> Iterator[str]:
    """The application on a free port, with the account hanako."""
    add_user(session, "hanako", "見本 花子", PASSWORD, actor=COMMAND_LINE)
    session.commit()
    with served(create_app(settings)) as address:
        yield address


@pytest.fixture
def sheet_id(session: Session, make_sheet: Callable[..., SheetFile]) -> int:
    places = [
        ToConfirm(field=BONDS, candidates=["1200"], note="決められなかった値です。"),
        ToConfirm(field=HIRED, candidates=["63", "68"]),
    ]
    save_sheet(session, ReadSheet(sheet=make_sheet(2022)), actor=COMMAND_LINE)
    saved = save_sheet(session, ReadSheet(sheet=make_sheet(2023), to_confirm=places), actor=COMMAND_LINE)
    session.commit()
    return saved.sheet_id


@pytest.fixture
def figures(page: Any, address: str, sheet_id: int) -> Any:
    """The page of the figures of 2023, opened by hanako."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/login")
    page.fill("[name=login]", "hanako")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/sheets/{sheet_id}/figures")
    return page


def cell(page: Any, path: str) -> Any:
    return page.locator(f'[data-cell="{path}"]')


def text(page: Any, path: str) -> str:
    return str(cell(page, path).input_value())


def at_cell(page: Any) -> str:
    return str(page.evaluate("document.activeElement.dataset.cell ?? ''"))


def reviewed(page: Any, act: Callable[[], object]) -> None:
    """Do something and wait until the review of it is shown."""
    act()
    page.wait_for_selector('#remarks[aria-busy="false"]', state="attached")


def paste(page: Any, path: str, block: str) -> None:
    cell(page, path).focus()
    page.evaluate(
        """(block) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", block);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        block,
    )


def stored(session: Session, sheet_id: int, path: str) -> Value:
    session.expire_all()
    return value_at(load_sheet(session, get_sheet(session, sheet_id)), path)


def test_keys_move_and_typing_replaces_as_in_a_spreadsheet(figures: Any) -> None:
    page = figures
    cell(page, "indicators.1-ア.values.2023.target").click()
    page.keyboard.press("ArrowDown")
    assert at_cell(page) == RATE
    page.keyboard.type("12.4")
    page.keyboard.press("ArrowRight")
    assert at_cell(page) == "indicators.1-ア.values.2024.actual"
    assert text(page, RATE) == "12.4"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("9")
    assert (at_cell(page), text(page, RATE)) == (RATE, "12.94")
    page.keyboard.press("Escape")
    assert text(page, RATE) == "12.4"
    page.keyboard.press("Enter")
    assert at_cell(page) == ACHIEVED
    page.keyboard.press("1")
    assert text(page, ACHIEVED) == "達成"
    page.keyboard.press("Delete")
    assert text(page, ACHIEVED) == ""
    # over the border of an indicator, and not out of the table
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert at_cell(page) == "indicators.2-ア.values.2023.baseline"
    cell(page, "indicators.P-ア.values.2023.forecast").focus()
    page.keyboard.press("ArrowUp")
    assert at_cell(page) == "indicators.P-ア.values.2023.forecast"


def test_an_ime_keeps_its_enter(figures: Any) -> None:
    page = figures
    cell(page, RATE).focus()
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert at_cell(page) == RATE


def test_past_years_are_locked_until_a_person_says_so(figures: Any) -> None:
    page = figures
    past = "indicators.2-ア.values.2022.actual"
    cell(page, past).focus()
    page.keyboard.type("99")
    assert text(page, past) == "52"
    page.keyboard.press("Escape")
    page.check("#edit-past")
    cell(page, past).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("53")
    assert text(page, past) == "53"


def test_typing_faster_than_the_page_is_not_selected_again(figures: Any) -> None:
    """A busy machine runs the late selection after the first digits, which stand as they did before by then."""
    page = figures
    page.evaluate(
        """(path) => {
          document.querySelector(`[data-cell="${path}"]`).focus();
          for (const digit of "63") document.execCommand("insertText", false, digit);
          return new Promise((later) => setTimeout(later, 50));
        }""",
        HIRED,
    )
    page.keyboard.type("0")
    assert text(page, HIRED) == "630"


def test_a_remark_stands_at_its_cell_at_once_and_puts_it_right(figures: Any, session: Session, sheet_id: int) -> None:
    page = figures
    cell(page, HIRED).focus()
    page.keyboard.type("630")
    reviewed(page, lambda: page.keyboard.press("Enter"))
    assert "cell--warning" in cell(page, HIRED).locator("..").get_attribute("class")
    assert "桁が違います" in page.inner_text("#remarks")
    page.keyboard.press("ArrowUp")
    reviewed(page, lambda: page.click("td:focus-within .cell__more--remark [data-put='63']"))
    assert text(page, HIRED) == "63"
    assert page.locator(".cell--warning").count() == 0
    page.keyboard.type("3百人")
    reviewed(page, lambda: page.keyboard.press("Enter"))
    assert cell(page, HIRED).get_attribute("aria-invalid") == "true"
    assert "エラー 1か所" in page.inner_text("[data-save]")
    page.click("[data-save]")
    assert at_cell(page) == HIRED
    assert stored(session, sheet_id, HIRED) == 63


def test_a_block_is_pasted_saved_and_taken_back(figures: Any, session: Session, sheet_id: int, address: str) -> None:
    page = figures
    block = '16.5％\t17.0\r\n"12.4"\t\r\n×\t\r\n―\t\r\n\t\r\n60\t62\r\n"1,064"\t\r\n'
    reviewed(page, lambda: paste(page, "indicators.1-ア.values.2023.target", block))
    changed = {
        "indicators.1-ア.values.2023.target": "16.5％",
        "indicators.1-ア.values.2024.target": "17.0",
        RATE: "12.4",
        ACHIEVED: "未達成",
        "indicators.1-ア.improved.2023": "―",
        "indicators.2-ア.values.2024.target": "62",
        HIRED: "1,064",
    }
    assert {path: text(page, path) for path in changed} == changed
    assert page.locator(".cell--filled").count() >= 4
    assert "桁が違います" in page.inner_text("#remarks")
    reviewed(page, lambda: page.click("[data-unfill]"))
    assert text(page, RATE) == "12.1"
    assert page.locator(".cell--changed").count() == 0
    reviewed(page, lambda: paste(page, "indicators.1-ア.values.2023.target", block))
    page.keyboard.press("Control+s")
    page.wait_for_selector(".message--done")
    assert stored(session, sheet_id, HIRED) == 1064
    assert stored(session, sheet_id, RATE) == Decimal("12.4")
    page.reload()
    assert text(page, HIRED) == "1,064"
    assert page.is_hidden("[data-kept]")
    page.click("text=変更の記録 >> nth=0")
    assert "表の貼り付け" in page.inner_text(".acts")
    page.locator(".act__undo summary").first.click()
    page.click("text=か所を元に戻す")
    page.wait_for_selector(".message--done")
    assert stored(session, sheet_id, HIRED) == 63
    assert [entry.action for entry in trail(session, get_sheet(session, sheet_id))][:2] == ["sheet.undo", "sheet.paste"]


def test_a_block_that_does_not_fit_changes_nothing(figures: Any) -> None:
    page = figures
    paste(page, "costs.2023.personnel", "1\n2\n3\n4\n")
    assert "4行×1列" in page.inner_text("#notices")
    assert "入らない値：3、4" in page.inner_text("#notices")
    assert page.locator(".cell--changed").count() == 0
    paste(page, "costs.2022.general", "5\t6\n")
    assert "過年度の値が1か所変わります" in page.inner_text("#notices")
    assert page.locator(".cell--changed").count() == 0


def test_what_a_refused_block_says_stays_while_the_input_is_reviewed(figures: Any) -> None:
    page = figures
    cell(page, RATE).focus()
    page.keyboard.type("12.3")
    reviewed(page, lambda: paste(page, "costs.2022.general", "5\t6\n"))
    page.wait_for_selector(".cell--changed")
    assert "過年度の値が1か所変わります" in page.inner_text("#notices")


def test_ctrl_z_takes_back_the_last_step_wherever_it_was(figures: Any) -> None:
    page = figures
    cell(page, RATE).focus()
    page.keyboard.type("12.3")
    page.keyboard.press("Enter")
    before = text(page, HIRED)
    paste(page, HIRED, "62\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+z")
    assert (text(page, HIRED), text(page, RATE), at_cell(page)) == (before, "12.3", HIRED)
    page.keyboard.press("Control+z")
    assert (text(page, RATE), at_cell(page)) == ("12.1", RATE)
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+Z")
    assert (text(page, RATE), text(page, HIRED)) == ("12.3", "62")
    page.keyboard.type("6")
    reviewed(page, lambda: page.keyboard.press("Control+z"))
    assert (text(page, HIRED), text(page, RATE)) == ("62", "12.3")
    assert page.locator(".cell--changed").count() == 2


def test_offered_sums_fill_the_empty_cells(figures: Any) -> None:
    page = figures
    cell(page, "costs.2023.program_total").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    cell(page, "costs.2023.total").focus()
    page.keyboard.press("Delete")
    reviewed(page, lambda: page.keyboard.press("Tab"))
    reviewed(page, lambda: page.click("[data-fill-offers]"))
    assert text(page, "costs.2023.program_total") == "368,045"
    assert text(page, "costs.2023.total") == "597,613"


def test_unsaved_input_comes_back_after_a_reload(figures: Any, session: Session, sheet_id: int) -> None:
    page = figures
    cell(page, RATE).focus()
    page.keyboard.type("12.4")
    reviewed(page, lambda: page.keyboard.press("Enter"))
    page.reload()
    assert text(page, RATE) == "12.1"
    assert "1か所" in page.inner_text("[data-kept-words]")
    reviewed(page, lambda: page.click("[data-kept-take]"))
    assert text(page, RATE) == "12.4"
    # somebody else was there between: both values are shown, mine stays typed
    theirs = Change(RATE, Decimal("12.1"), Decimal("13.5"))
    change_sheet(session, get_sheet(session, sheet_id), [theirs], actor=Actor(None, "太郎"))
    session.commit()
    page.click("[data-save]")
    page.wait_for_selector(".conflicts")
    assert (text(page, RATE), stored(session, sheet_id, RATE)) == ("12.4", Decimal("13.5"))
    reviewed(page, lambda: page.click("[data-take]"))
    assert text(page, RATE) == "13.5"


def test_a_candidate_of_a_value_to_confirm_is_put_in_and_settled(figures: Any, session: Session, sheet_id: int) -> None:
    page = figures
    cell(page, BONDS).focus()
    assert "決められなかった値です" in page.inner_text("td:focus-within .cell__more--wait")
    reviewed(page, lambda: page.click("td:focus-within [data-put='1,200']"))
    page.click("[data-save]")
    page.wait_for_selector(".message--done")
    assert stored(session, sheet_id, BONDS) == 1200
    cell(page, HIRED).focus()
    page.click("td:focus-within [data-put='63']")
    assert page.locator(".cell--changed").count() == 0
    page.click("[data-save]")
    page.wait_for_selector(".message--done >> text=要確認の値を1か所確定")
    assert page.locator(".to-confirm").count() == 0


def test_the_form_saves_without_script(browser: Any, address: str, session: Session, sheet_id: int) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=login]", "hanako")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.goto(f"{address}/sheets/{sheet_id}/figures")
    page.fill(f'[data-cell="{HIRED}"]', "64")
    page.select_option(f'[data-cell="{ACHIEVED}"]', "")
    page.click("[data-save]")
    assert "2か所を保存しました" in page.inner_text(".message--done")
    assert (stored(session, sheet_id, HIRED), stored(session, sheet_id, ACHIEVED)) == (64, ABSENT)
    context.close()
