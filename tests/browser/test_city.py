"""A planning division sets words and 記入要領; staff see them at the sheet, change a word, and choose a grade."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.serving import follow
from tests.browser.test_whole_way import import_files

MakeObject = Callable[..., dict[str, Any]]
PASTE = """(element, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_settings_reach_the_sheet_and_a_person_chooses_a_grade(
    page: Page, address: str, make_object: MakeObject, tmp_path: Path
) -> None:
    lines = [make_object(2022), make_object(2023, grades={})]
    file = tmp_path / "福祉.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    import_files(page, address, file)

    follow(page.get_by_role("link", name="市の設定"))
    manner = page.locator("#manner")
    manner.get_by_label("市の 数字の幅").select_option("full")
    expect(page.locator("#manner-preview")).to_contain_text("令和５年度は、見守り訓練を３回実施し")
    manner.get_by_role("button", name="保存").click()
    expect(manner).to_contain_text("保存しました")

    # two columns copied from Excel, pasted into the first cell
    words = page.locator("#words")
    cell = words.get_by_label("避ける語").first
    cell.evaluate(
        PASTE,
        "単身高齢者\tひとり暮らしの高齢者\n居住支援\t住まいの支援\n",
    )
    expect(words.locator("textarea")).to_have_value("単身高齢者\tひとり暮らしの高齢者\n居住支援\t住まいの支援\n")
    words.get_by_role("button", name="保存").click()
    expect(words).to_contain_text("用語は2語です")
    guidelines = page.locator("#guidelines")
    guidelines.get_by_label("5(1) 施策を取り巻く状況").fill("国の動向を書く。\n・簡潔に")
    guidelines.get_by_role("button", name="保存").click()
    expect(guidelines).to_contain_text("保存しました")

    # at the sheet: the 記入要領 beside its section, a word changed in the editor and not yet saved
    page.goto(address)
    page.locator("a.year", has_text="令和5年度").click()
    section = page.locator("[data-section='5.1']")
    section.locator("summary", has_text="記入要領").click()
    expect(section.locator(".guideline")).to_contain_text("・簡潔に")
    hint = section.locator(".hints li", has_text="単身高齢者")
    expect(hint).to_contain_text("1 か所")
    section.get_by_role("button", name="編集", exact=True).click()
    editor = section.locator("textarea")
    editor.fill(editor.input_value() + "\n・単身高齢者への居住支援")
    hint.get_by_role("button", name="編集欄で言い換える").click()
    expect(editor).to_have_value(
        "・ひとり暮らしの高齢者が増えている。\n・法改正により、居住支援が求められている。\n・ひとり暮らしの高齢者への居住支援"
    )
    expect(section.locator(".editor__check")).to_contain_text("言い換えの候補 2 か所")
    expect(section.locator("[data-dirty]")).to_be_visible()
    section.locator(".editor__check").get_by_role("button", name="編集欄で言い換える").click()
    expect(editor).to_have_value(
        "・ひとり暮らしの高齢者が増えている。\n・法改正により、住まいの支援が求められている。\n・ひとり暮らしの高齢者への住まいの支援"
    )
    page.keyboard.press("Control+s")
    expect(section.locator("[data-shown]")).to_contain_text("ひとり暮らしの高齢者への住まいの支援")
    expect(section.locator(".hints")).to_have_count(0)

    # the grade: nothing is chosen by itself, the proposal only sets the radios
    follow(page.get_by_role("link", name="評価を選ぶ"))
    card = page.locator(".grade-card").first
    expect(card).to_contain_text("成果指標2件中1件（2-ア）が目標を達成。3分の1以上のためC。")
    expect(card.get_by_label("まだ決めない")).to_be_checked()
    page.get_by_role("button", name="提案どおりにする").click()
    expect(card.locator('input[value="C"]')).to_be_checked()
    expect(page.locator("[data-state]")).to_contain_text("まだ保存していません")
    page.locator(".grade-card").last.locator('input[value="B"]').check()
    page.get_by_role("button", name="選んだ評価を保存する").click()
    expect(page.get_by_role("status").filter(has_text="保存しました")).to_contain_text("総合評価")
    expect(page.locator(".grade-card__now").last).to_contain_text("今の評価 B")


def test_saving_one_part_warns_of_what_is_typed_in_another(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(address + "city")
    box = page.locator("#guidelines").get_by_label("5(1) 施策を取り巻く状況")
    box.press_sequentially("国の動向")
    manner = page.locator("#manner")
    manner.get_by_label("市の 数字の幅").select_option("full")
    manner.get_by_role("button", name="保存").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(box).to_have_value("国の動向")
    # the part with the text is saved: nothing else is unsaved but the other part's choice
    manner.get_by_label("市の 数字の幅").select_option("last_year")
    page.locator("#guidelines").get_by_role("button", name="保存").click()
    expect(page.locator("#guidelines")).to_contain_text("保存しました")
    assert asked == ["beforeunload"]
