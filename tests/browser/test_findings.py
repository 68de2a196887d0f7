"""What the checker finds, in a real browser: marked in the text, to the cell and back, put right, asked for in the chat."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.serving import follow

MakeObject = Callable[..., dict[str, Any]]
WRONG = (
    "・福祉活動に取り組んでいる市民の割合は１４．８％であった。\n"
    "・就職につながった人の数は36人であった。人口は76,182人である。\n"
    "・一般財源は令和5年度に316,181千円であった。"
)
RIGHT = WRONG.replace("１４．８％", "１２．１％").replace("36人", "63人").replace("316,181千円", "316,118千円")
KEY = "6.1.results"


@pytest.fixture
def sheet(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> Page:
    """The page of a sheet whose 成果実績 states three wrong figures and a right one, after a year before it."""
    now = make_object(2023)
    now["sections"] = {KEY: WRONG, "5.4.plan": "・令和4年度は、見守り訓練を新たに実施する予定である。"}
    file = tmp_path / "福祉.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (make_object(2022), now)), "utf-8")
    page.goto(f"{address}import")
    page.get_by_label("ファイル").set_input_files(str(file))
    page.get_by_role("button", name="取り込む").click()
    follow(page.get_by_role("row", name="令和5年度").get_by_role("link", name="地域福祉の推進"))
    expect(page.get_by_role("heading", name="地域福祉の推進")).to_be_visible()
    return page


def section_of(page: Page, key: str = KEY) -> Locator:
    return page.locator(f"[data-section='{key}']")


def wrong_rows(section: Locator) -> Locator:
    return section.locator(".narrative__body > .findings > .finding-row--mismatch")


def test_from_the_mark_to_the_cell_and_back(sheet: Page) -> None:
    section = section_of(sheet)
    expect(section.locator("mark.finding--mismatch")).to_have_text(["１４．８％", "36人", "316,181千円"])
    expect(section.locator("mark.finding--match")).to_have_text(["76,182人"])
    expect(wrong_rows(section)).to_have_count(3)
    expect(wrong_rows(section).first).to_contain_text("12.1％")

    # the sign in the text leads to its row, the row to the words, the words are in view
    section.locator("[data-shown] a.finding__sign--mismatch").nth(1).click()
    row = sheet.locator(".finding-row:target")
    expect(row).to_contain_text("36人")
    expect(row).to_be_in_viewport()
    row.get_by_role("link", name="36人").click()
    expect(sheet.locator(".finding__sign:target")).to_be_in_viewport()

    # to the cell, which is shown, and back to the very link
    link = wrong_rows(section).nth(1).get_by_role("link", name="表の値へ")
    link.click()
    cell = sheet.locator("td:target")
    expect(cell).to_have_id("cell-2-ア-2023-actual")
    expect(cell).to_have_text("63")
    expect(cell).to_be_in_viewport()
    back = sheet.get_by_role("button", name="「36人」の所へ戻る")
    expect(back).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    expect(back).to_have_count(0)

    # a year left from last year's text stands in its own section
    left = section_of(sheet, "5.4.plan")
    expect(left.locator(".badge--mismatch")).to_have_text("✕ 年度が合わない 1")
    expect(left.locator("mark.finding--mismatch")).to_contain_text("令和4年度は、見守り訓練")


def test_one_suggestion_after_another_by_keyboard_and_one_taken_back(sheet: Page) -> None:
    section = section_of(sheet)
    section.get_by_role("button", name="「１２．１％」に直す").focus()
    for words, following in (("１２．１％", "「63人」に直す"), ("63人", "「316,118千円」に直す")):
        sheet.keyboard.press("Enter")
        expect(section.locator(".narrative__note")).to_contain_text(f"「{words}」に直して保存しました")
        expect(sheet.locator("#status")).to_contain_text(f"「{words}」に直して保存しました")
        expect(section.get_by_role("button", name=following)).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(wrong_rows(section)).to_have_count(0)
    expect(section.locator("textarea[data-text]")).to_have_value(RIGHT)
    expect(sheet.locator(f"[id='jump-{KEY}']")).not_to_contain_text("✕")

    section.get_by_role("button", name="直す前に戻す").click()
    expect(section.locator("mark.finding--mismatch")).to_have_text(["316,181千円"])
    sheet.reload()
    expect(section.locator("mark.finding--mismatch")).to_have_text(["316,181千円"])
    section.locator("summary", has_text="履歴").click()
    expect(section.locator(".history .badge").nth(1)).to_have_text("数値の確認から")


def test_suggestions_go_into_a_text_that_is_being_written(sheet: Page) -> None:
    section = section_of(sheet)
    area, check = section.locator("textarea[data-text]"), section.locator(".editor__check")
    section.get_by_role("button", name="編集").click()
    area.fill(f"まえがき。\n{WRONG}")
    # from the list of the saved text: into the editor, not into the stored text
    section.locator("form[data-put-in]").first.get_by_role("button").click()
    expect(area).to_have_value(re.compile("まえがき。\n.*１２．１％"))
    expect(area).to_be_focused()
    assert area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == "１２．１％"
    # from the list of the check, one after another, without going away from it
    check.get_by_role("button", name="「63人」に直す").focus()
    sheet.keyboard.press("Enter")
    expect(check.get_by_role("button", name="「316,118千円」に直す")).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(check.locator("[data-sum]")).to_contain_text("不一致 0")
    expect(area).to_be_focused()
    expect(area).to_have_value(f"まえがき。\n{RIGHT}")
    sheet.keyboard.press("Control+s")
    expect(section.locator("[data-shown]")).to_contain_text("まえがき。")
    expect(wrong_rows(section)).to_have_count(0)


def edited_and_checked(sheet: Page) -> tuple[Locator, Locator]:
    """The editor of the section with two wrong figures left in it, and the list of the check below it."""
    section = section_of(sheet)
    area, check = section.locator("textarea[data-text]"), section.locator(".editor__check")
    section.get_by_role("button", name="編集").click()
    area.fill(f"まえがき。\n{WRONG}")
    section.locator("form[data-put-in]").first.get_by_role("button").click()
    return area, check


def test_a_suggestion_pressed_as_soon_as_its_list_is_there(sheet: Page) -> None:
    # nothing may happen late to a list that is shown already: the keyboard of a busy machine can be quicker
    sheet.evaluate(
        """document.addEventListener("htmx:afterSwap", (event) => {
            const button = [...event.target.querySelectorAll("button[data-put-in]")].find((one) => one.textContent.includes("63人"));
            queueMicrotask(() => button.focus());
        }, { once: true })"""
    )
    _, check = edited_and_checked(sheet)
    expect(check.locator("[data-sum]")).to_contain_text("不一致 2")
    sheet.wait_for_timeout(100)
    expect(check.get_by_role("button", name="「63人」に直す")).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(check.locator("[data-sum]")).to_contain_text("不一致 1")
    expect(check.get_by_role("button", name="「316,118千円」に直す")).to_be_focused()


def test_a_second_suggestion_pressed_while_the_first_is_being_checked(sheet: Page) -> None:
    area, check = edited_and_checked(sheet)
    expect(check.locator("[data-sum]")).to_contain_text("不一致 2")
    sheet.evaluate(
        """for (const button of document.querySelectorAll(".editor__check button[data-put-in]")) button.click()"""
    )
    expect(check.locator("[data-sum]")).to_contain_text("不一致 0")
    expect(area).to_be_focused()
    expect(area).to_have_value(f"まえがき。\n{RIGHT}")


def test_a_suggestion_for_a_text_that_others_changed_is_not_put_in(sheet: Page) -> None:
    other = sheet.context.new_page()
    other.goto(sheet.url)
    changed = section_of(other)
    changed.get_by_role("button", name="「63人」に直す").click()
    expect(wrong_rows(changed)).to_have_count(2)
    other.close()
    section = section_of(sheet)
    section.get_by_role("button", name="「１２．１％」に直す").click()
    expect(section.locator(".message--error")).to_contain_text("直しませんでした")
    expect(section.locator("[data-shown]")).to_contain_text("63人")
    expect(section.locator("mark.finding--mismatch")).to_have_text(["１４．８％", "316,181千円"])
    expect(section).to_be_focused()


def test_the_chat_lists_what_to_put_right_with_the_way_there(sheet: Page) -> None:
    box = sheet.get_by_label("依頼の内容")
    box.fill("数字の整合を確認して")
    box.press("Enter")
    reply = sheet.locator(".bubble--reply").last
    expect(reply).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    expect(reply).to_contain_text("不一致が4件あります")
    expect(reply).to_contain_text("6(1) 全体総括：成果実績 3件")
    rows = reply.locator(".finding-row--mismatch")
    expect(rows).to_have_count(4)
    section = section_of(sheet)

    wrong = rows.filter(has_text="316,181千円")
    wrong.get_by_role("link", name="表の値へ").click()
    expect(sheet.locator("td:target")).to_have_text("316,118")
    # the way there holds while others are put right before it
    section.get_by_role("button", name="「63人」に直す").click()
    expect(wrong_rows(section)).to_have_count(2)
    wrong.get_by_role("link", name="「316,118千円」に直す所へ").click()
    target = sheet.locator(".finding-row:target")
    expect(target).to_be_in_viewport()
    target.get_by_role("button", name="「316,118千円」に直す").click()
    expect(wrong_rows(section)).to_have_count(1)
    # what is put right already leads to its section
    wrong.get_by_role("link", name="「316,118千円」に直す所へ").click()
    expect(sheet.locator("#status")).to_contain_text("もう直っている")
    expect(section).to_be_in_viewport()
    rows.filter(has_text="見守り訓練").get_by_role("link", name="5(4) 令和6年度の取組予定").click()
    expect(section_of(sheet, "5.4.plan")).to_be_in_viewport()
