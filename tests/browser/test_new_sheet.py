"""A new year in a real browser: roll one measure and all of them, add an indicator, start from last year's text."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.serving import follow

MakeObject = Callable[..., dict[str, Any]]
OTHERS = {"21": "子育て支援の充実", "31": "ごみの減量"}


def import_measures(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    sheets = [make_object(2023)]
    sheets += [make_object(2023, measure={"code": code, "name": name}) for code, name in OTHERS.items()]
    file = tmp_path / "sheets.jsonl"
    file.write_text("\n".join(json.dumps(sheet, ensure_ascii=False) for sheet in sheets), "utf-8")
    page.goto(f"{address}import")
    page.get_by_label("ファイル").set_input_files(str(file))
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_role("heading", name="取り込みの結果")).to_be_visible()


def test_a_new_year_begins(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    import_measures(page, address, make_object, tmp_path)

    # one measure by itself
    page.goto(address)
    follow(page.get_by_role("link", name="新しいシート"))
    page.get_by_role("checkbox", name=re.compile("地域福祉の推進")).check()
    page.get_by_role("button", name="印を付けた施策のシートを作る").click()
    expect(page.get_by_role("status").first).to_be_attached()
    expect(page.locator(".message--done")).to_contain_text("令和6年度のシートを作りました")
    setup = page.url

    # an indicator more, saved with the keyboard
    row = page.locator("tr.is-new").first
    row.get_by_label("区分").select_option(label="成果・展開方向1")
    row.get_by_label("名称").fill("見守り協定の数")
    row.get_by_label("単位").fill("件")
    expect(page.locator("[data-dirty]")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".message--done")).to_contain_text("1か所を保存しました")
    expect(page.get_by_label("1-イ 名称")).to_have_value("見守り協定の数")

    # two more from a spreadsheet
    page.locator("summary", has_text="Excel から貼り付ける").click()
    page.get_by_label("貼り付ける表").fill("相談件数\t件\t課の集計\n訪問世帯数\t世帯\t")
    page.get_by_role("button", name="新しい行に入れる").click()
    expect(page.locator(".message--info")).to_contain_text("まだ保存していません")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator(".message--done")).to_contain_text("2か所を保存しました")

    # removing asks, saying how much would go
    page.get_by_label("2-ア「就職につながった人の数」を削除").check()
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.get_by_role("alert").filter(has_text="削除します")).to_contain_text("数値7個")
    page.get_by_label("2-ア「就職につながった人の数」を削除").uncheck()
    page.get_by_role("button", name="保存", exact=True).or_(
        page.get_by_role("button", name="確かめたので")
    ).last.click()
    expect(page.locator(".message--done")).to_contain_text("変更はありません")

    # the new sheet: last year's actual is there, this year's is not, and last year's text can be taken over
    page.goto(setup.removesuffix("/setup"))
    expect(page.locator("#cell-1-ア-2023-actual")).to_have_text("12.1")
    expect(page.locator("#cell-1-ア-2024-actual")).to_have_text("")
    section = page.locator("[data-section='5.1']")
    section.locator("summary", has_text="昨年度の文章").click()
    expect(section.locator(".at-hand")).to_contain_text("居住支援が求められている")
    section.get_by_role("button", name="編集欄に写す").click()
    editor = section.locator("textarea")
    expect(editor).to_have_value(re.compile("居住支援が求められている"))
    expect(section.locator("[data-dirty]")).to_be_visible()
    expect(section.locator(".badge", has_text="未記入")).to_be_visible()
    editor.fill(editor.input_value().replace("増えている", "さらに増えている"))
    page.keyboard.press("Control+s")
    expect(section.locator("[data-shown]")).to_contain_text("さらに増えている")
    expect(section.locator(".at-hand")).to_have_count(0)
    section.locator("summary", has_text="昨年度と比べる").click()
    expect(section.locator(".compared ins").first).to_contain_text("さらに")


def test_all_measures_are_rolled_at_once(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    import_measures(page, address, make_object, tmp_path)
    page.goto(f"{address}sheets/new")
    page.get_by_role("button", name="3 施策すべてを作る").click()
    expect(page.get_by_role("heading", name="令和6年度のシート")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="3 施策のうち")).to_contain_text("3 施策のシートを作りました")
    follow(page.get_by_role("link", name="シート一覧へ"))
    for name in ("地域福祉の推進", *OTHERS.values()):
        expect(page.get_by_role("row", name=re.compile(name)).get_by_role("link", name="令和6年度")).to_be_visible()


def test_leaving_with_something_typed_warns(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    import_measures(page, address, make_object, tmp_path)
    page.goto(address)
    follow(page.get_by_role("row", name=re.compile("地域福祉の推進")).get_by_role("link", name="令和5年度"))
    follow(page.get_by_role("link", name="基本情報と指標"))
    page.get_by_label("氏名").fill("見本　太郎")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    follow(page.get_by_role("link", name="シートに戻る"))
    expect(page.locator("#figures")).to_be_visible()
    assert asked == ["beforeunload"]
