"""What a member of staff does: import → read → ask for a draft → edit → check → save → export, in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from corpus.importers.json import read_json
from tests.browser.serving import follow

MakeObject = Callable[..., dict[str, Any]]
REQUEST = "展開方向1の成果実績を下書きして"


def import_files(page: Page, address: str, *paths: Path) -> None:
    page.goto(f"{address}import")
    page.get_by_label("ファイル").set_input_files([str(path) for path in paths])
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_role("heading", name="取り込みの結果")).to_be_visible()


def ask(page: Page, text: str) -> Any:
    """Type into the chat as with an IME: the Enter that ends a composition does not send."""
    box = page.get_by_label("依頼の内容")
    replies = page.locator(".bubble--reply")
    before = replies.count()
    box.fill(text)
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    page.wait_for_timeout(150)
    assert replies.count() == before
    expect(box).to_have_value(text)
    box.press("Enter")
    expect(replies).to_have_count(before + 1)
    expect(replies.last).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    return replies.last


def test_from_import_to_export(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    lines = [make_object(2022), make_object(2023), make_object(2024, sections={})]
    file = tmp_path / "福祉.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    broken = tmp_path / "壊れた.json"
    broken.write_text('{"format": "shisaku-sheet/1"', "utf-8")

    import_files(page, address, file, broken)
    expect(page.get_by_text("JSON として読めません")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("令和6年度"))
    follow(row.get_by_role("link", name="地域福祉の推進"))

    # read: figures, a chart per indicator, the waiting sections
    expect(page.get_by_role("heading", name="地域福祉の推進")).to_be_visible()
    expect(page.locator("#cell-1-ア-2024-actual")).to_have_text("12.9")
    page.locator("#figures").scroll_into_view_if_needed()
    charts = page.locator("#figures canvas")
    expect(charts).to_have_count(3)
    drawn = (
        "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d.some(v => v !== 0); }"
    )
    charts.nth(1).scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)
    assert charts.nth(1).evaluate(drawn), "the chart is drawn"

    # ask for a draft, see where a sentence comes from, and find it again after a reload
    reply = ask(page, REQUEST)
    expect(reply.locator(".draft")).to_contain_text("12.9％")
    expect(reply.locator(".draft")).not_to_contain_text("展開方向２")
    reply.locator(".chip--figure summary").first.click()
    expect(reply.locator(".chip--figure").first).to_contain_text("令和6年度")
    text = reply.inner_text()
    page.reload()
    again = page.locator(".bubble--reply").last
    expect(again.locator(".draft")).to_contain_text("12.9％")
    assert again.locator(".sentence__text").all_inner_texts()[0] in text

    # take it into the editor, put a wrong figure in, check, correct, save
    page.locator("[data-fill]").last.click()
    section = page.locator("[data-section='6.1.results']")
    editor = section.locator("textarea")
    draft = editor.input_value()
    assert "展開方向１" in draft
    editor.fill(draft.replace("12.9％", "19.2％"))
    section.get_by_role("button", name="数値を確認").click()
    expect(section.locator(".editor__check")).to_contain_text("不一致")
    expect(section.locator(".editor__check")).to_contain_text("12.9％")
    page.keyboard.press("Control+s")
    expect(section.locator(".badge--mismatch").first).to_be_visible()
    section.get_by_role("button", name="編集").click()
    final = draft.replace("【要確認", "【確認済")
    section.locator("textarea").fill(final)
    section.get_by_role("button", name="保存").click()
    expect(section.locator(".badge--mismatch")).to_have_count(0)
    expect(section.locator("[data-shown]")).to_contain_text("12.9％")

    # the chat checks the whole sheet
    expect(ask(page, "数字の整合を確認して")).to_contain_text("不一致はありません")

    # last year beside it, and the history with its author
    section.locator("summary", has_text="昨年度と比べる").click()
    expect(section.locator(".lazy").first).to_contain_text("令和5年度")
    section.locator("summary", has_text="履歴").click()
    expect(section.locator(".lazy").last).to_contain_text("デモ利用者")

    # export, and it is the sheet
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON で書き出す").click()
    exported = read_json(Path(download.value.path()).read_text("utf-8")).sheet
    assert exported.text("6.1.results") == final
    assert exported.fiscal_year == 2024


def test_a_save_against_an_older_text_shows_both(
    page: Page, address: str, make_object: MakeObject, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps(make_object(2023), ensure_ascii=False), "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("link", name="地域福祉の推進"))
    sheet = page.url
    other = page.context.new_page()
    other.goto(sheet)
    for tab, text in ((other, "先に保存した文章"), (page, "あとから保存した文章")):
        section = tab.locator("[data-section='6.1.issues']")
        section.get_by_role("button", name="編集").click()
        section.locator("textarea").fill(text)
        tab.keyboard.press("Control+s")
        if tab is other:
            expect(section.locator("[data-shown]")).to_contain_text(text)
    section = page.locator("[data-section='6.1.issues']")
    expect(section).to_contain_text("先に保存した文章")
    assert "あとから保存した文章" in section.inner_html()
    other.reload()
    expect(other.locator("[data-section='6.1.issues'] [data-shown]")).to_have_text("先に保存した文章")
    other.close()


def test_values_to_confirm_are_put_in_place(page: Page, address: str, seed_text: str, tmp_path: Path) -> None:
    file = tmp_path / "seed.txt"
    file.write_text(seed_text, "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("link", name=re.compile("か所を確認")))
    sheet = page.url.removesuffix("/confirm")
    page.get_by_role("group", name="施策コスト 令和5年度 一般財源").get_by_label("316,118").check()
    for other in ("地方債", "その他"):
        page.get_by_role("group", name=f"施策コスト 令和5年度 {other}").get_by_label("空のままにする").check()
    page.get_by_role("button", name="選んだ値を確定する").click()
    page.goto(sheet)
    expect(page.locator("[id='cell-cost:general-2023'], [id='cell-cost-general-2023']")).to_have_text("316,118")
