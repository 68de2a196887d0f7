"""Noting the facts of the year with keyboard and clipboard, in a real browser: nothing typed is lost, order is kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import follow

MakeObject = Callable[..., dict[str, Any]]
PLAN = "①展開方向１「支え合いの地域づくり」\n・見守り訓練を3地区で実施する。\n・協定を結ぶ。"


@pytest.fixture
def facts(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> Page:
    """The facts page of the sheet of 2023, after a year with a plan."""
    last = make_object(2022)
    last["sections"]["5.4.plan"] = PLAN
    file = tmp_path / "福祉.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (last, make_object(2023))), "utf-8")
    page.goto(f"{address}import")
    page.get_by_label("ファイル").set_input_files(str(file))
    page.get_by_role("button", name="取り込む").click()
    follow(page.get_by_role("row", name="令和5年度").get_by_role("link", name="地域福祉の推進"))
    follow(page.get_by_role("link", name="その年度の事実"))
    expect(page.get_by_role("heading", name="令和5年度の事実")).to_be_visible()
    return page


def rows(page: Page, list_id: str) -> Any:
    return page.locator(f"#{list_id} > .note .cell--text .text, #{list_id} > .note .cell--name .text")


def unfold(page: Page, selector: str) -> None:
    details = page.locator(selector).first
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
          document.execCommand("insertText", false, text);
        }""",
        text,
    )


def test_from_the_first_line_to_the_reload(facts: Page, tmp_path: Path) -> None:
    page = facts
    line = page.locator("#line-done-1 [data-lead]")
    line.click()
    # three facts by keyboard alone; the next one is typed before the last is stored
    for number, text in enumerate(("訓練を3回実施した。", "協定を締結した。", "窓口を開いた。")):
        page.keyboard.type(text)
        if number == 1:
            page.keyboard.press("Tab")
            page.keyboard.type("６月")
        page.keyboard.press("Enter")
        expect(line).to_be_focused()
    expect(rows(page, "list-done-1")).to_have_text(["訓練を3回実施した。", "協定を締結した。", "窓口を開いた。"])
    expect(page.locator("#list-done-1")).to_contain_text("令和5年6月")

    # several lines at once
    paste(page, "・説明会を2回開いた。\n・冊子を配った。")
    expect(page.locator("#line-done-1")).to_contain_text("2件になります")
    page.keyboard.press("Enter")
    expect(rows(page, "list-done-1")).to_have_count(5)
    expect(rows(page, "list-done-1").last).to_contain_text("冊子を配った。")

    # a project, and the totals at once
    page.locator("#line-projects [name=name]").fill("見守り事業")
    page.locator("#line-projects [name=cost]").fill("１２０，０００")
    page.keyboard.press("Enter")
    expect(page.locator("#facts-totals")).to_contain_text("24本のうち、1本")
    expect(page.locator("#facts-totals")).to_contain_text("248,045千円足りません")

    # changed in place, deleted and put back, by keyboard
    first = page.locator("#list-done-1 > .note").first
    first.get_by_role("link", name="を編集").focus()
    page.keyboard.press("Enter")
    expect(first.locator("[data-lead]")).to_be_focused()
    page.keyboard.type("60人が参加した。")
    page.keyboard.press("Enter")
    expect(rows(page, "list-done-1").first).to_contain_text("訓練を3回実施した。60人が参加した。")
    first.get_by_role("button", name="を削除").click()
    expect(first).to_contain_text("を削除しました")
    expect(first.get_by_role("button", name="元に戻す")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page, "list-done-1").first).to_contain_text("60人が参加した。")

    # a figure of a note becomes an evidence note by the person's Enter
    first.get_by_role("link", name="60人", exact=True).click()
    expect(page.locator("#line-evidence [name=figure]")).to_have_value("60")
    expect(page.locator("#line-evidence [name=unit]")).to_have_value("人")
    expect(page.locator("#line-evidence [data-lead]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list-evidence > .note")).to_have_count(1)
    expect(page.locator("#line-evidence [name=figure]")).to_have_value("")

    # last year's plan, said to be done; the list is folded when the link above loaded the whole page
    unfold(page, "#offers > details")
    unfold(page, ".offers__group")
    offer = page.locator(".offer").first
    offer.get_by_label("行わなかった").check()
    offer.get_by_role("button").click()
    expect(rows(page, "list-done-1").last).to_contain_text("「見守り訓練を3地区で実施する」は行わなかった。")

    # a table from a spreadsheet
    table = tmp_path / "事業.csv"
    table.write_bytes("事業名,決算額（円）\n見守り事業,120000000\n相談事業,248045000\n合計,368045000\n".encode("cp932"))
    follow(page.get_by_role("link", name="表から取り込む"))
    page.get_by_label("ファイル").set_input_files(str(table))
    page.get_by_role("button", name="読んで確かめる").click()
    expect(page.get_by_text("新しい 1 件、変わる 0 件、すでにある内容と同じ 1 件")).to_be_visible()
    page.get_by_role("button", name="この内容を取り込む").click()
    expect(page.get_by_text("1件を追加しました。")).to_be_visible()
    expect(page.locator("#facts-totals")).to_contain_text("一致しています")

    page.reload()
    expect(rows(page, "list-done-1")).to_have_count(6)
    expect(rows(page, "list-projects")).to_have_text(["見守り事業", "相談事業"])


def test_what_the_server_refuses_comes_back_into_the_line(facts: Page) -> None:
    # a page of its own, because the browser writes every refused request into the console
    page = facts.context.new_page()
    page.goto(facts.url)
    line, date = page.locator("#line-done-1 [data-lead]"), page.locator("#line-done-1 [name=date]")
    line.fill("大事な一行")
    date.fill("いつか")
    date.press("Enter")
    expect(page.locator("#notices")).to_contain_text("「いつか」は時期として読めません")
    expect(line).to_have_value("大事な一行")
    expect(date).to_have_value("いつか")
    date.fill("6月")
    page.route("**/facts/new/done", lambda route: route.abort())
    date.press("Enter")
    expect(page.locator("#notices")).to_contain_text("通信できませんでした")
    expect(line).to_have_value("大事な一行")
    expect(rows(page, "list-done-1")).to_have_count(0)
    page.unroute("**/facts/new/done")
    line.press("Enter")
    expect(rows(page, "list-done-1")).to_have_text(["大事な一行"])
    expect(page.locator("#notices")).to_be_empty()
    page.close()


def test_an_ime_does_not_add_a_line(facts: Page) -> None:
    line = facts.locator("#line-done-1 [data-lead]")
    line.fill("へんかんちゅう")
    line.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    facts.wait_for_timeout(200)
    expect(line).to_have_value("へんかんちゅう")
    expect(facts.locator("#list-done-1 > .note")).to_have_count(0)
    line.fill("")


def test_two_people_at_one_note_see_both_versions(facts: Page) -> None:
    page = facts
    page.locator("#line-done-1 [data-lead]").fill("はじめの文")
    page.keyboard.press("Enter")
    note = page.locator("#list-done-1 > .note").first
    note.get_by_role("link", name="を編集").click()
    note.locator("[data-lead]").fill("わたしの文")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#list-done-1 > .note").first.get_by_role("link", name="を編集").click()
    other.locator("#list-done-1 > .note [data-lead]").fill("ほかの人の文")
    other.keyboard.press("Enter")
    expect(other.locator("#list-done-1")).to_contain_text("ほかの人の文")
    other.close()
    page.keyboard.press("Enter")
    expect(note).to_contain_text("ほかの人の文")
    expect(note.locator("[data-lead]")).to_have_value("わたしの文")
    note.get_by_role("button", name="あなたの内容で保存する").click()
    expect(rows(page, "list-done-1")).to_have_text(["わたしの文"])
