"""The work of a year on the sample city, without a command line: next year's sheet, its figures, its facts, its drafts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from corpus.settings import Settings
from tests.browser.serving import follow, served
from web.app import create_app
from web.serving import prepare_demo

MEASURE = "地域で支え合う福祉の推進"
RATE = "indicators.1-ア.values.2025.actual"
COSTS = ("25", "151,200", "71,400", "", "4,600", "252,800", "480,000", "43,800", "177,400", "657,400")
"""事務事業数 to トータルコスト as a column of a spreadsheet; the empty cell is 地方債."""
DONE = "見守りネットワークの交流会を4回開催し、88事業者が参加した。"
PLANNED = "交流会を日常生活圏域ごとの開催に改める。"
WISH = "見守りの連絡先を一つにまとめてほしい。"


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """The demo, as ``shisaku demo`` makes it."""
    prepare_demo(settings, reset=False)
    with served(create_app(settings, demo=True)) as address:
        yield address + "/"


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def ask(page: Page, text: str) -> Any:
    replies = page.locator(".bubble--reply")
    before = replies.count()
    page.get_by_label("依頼の内容").fill(text)
    page.get_by_label("依頼の内容").press("Enter")
    expect(replies).to_have_count(before + 1)
    expect(replies.last).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    return replies.nth(before)


def test_a_year_from_the_roll_to_the_saved_text(page: Page, address: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    expect(page.get_by_text("8 施策・40 枚")).to_be_visible()

    # next year's sheet from this year's
    follow(page.get_by_role("link", name="新しいシート"))
    page.get_by_role("checkbox", name=re.compile(MEASURE)).check()
    page.get_by_role("button", name="印を付けた施策のシートを作る").click()
    expect(page.locator(".message--done")).to_contain_text("令和7年度のシートを作りました")

    # its figures: one by keyboard, the costs as a column from Excel
    follow(page.get_by_role("link", name="数値", exact=True))
    cell = page.locator(f'[data-cell="{RATE}"]')
    cell.click()
    page.keyboard.type("１５．２％")
    page.keyboard.press("Enter")
    page.locator('[data-cell="costs.2025.projects"]').click()
    paste(page, "\r\n".join(COSTS) + "\r\n")
    expect(page.locator('[data-cell="costs.2025.total"]')).to_have_value("657,400")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".message--done")).to_be_visible()
    expect(cell).to_have_value("15.2")

    # its facts
    follow(page.get_by_role("link", name="その年度の事実"))
    for line, text in (("done-1", DONE), ("planned-1", PLANNED), ("opinions", WISH)):
        page.locator(f"#line-{line} [data-lead]").click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(f"#list-{line}")).to_contain_text(text)

    # drafts that use them, with where they come from
    follow(page.get_by_role("link", name="文章", exact=True))
    draft = ask(page, "展開方向1の取組状況を下書きして").locator(".draft")
    expect(draft).to_contain_text("交流会を4回開催し、88事業者が参加した")
    expect(draft).to_contain_text("その年度の事実")
    results = ask(page, "展開方向1の成果実績を下書きして").locator(".draft")
    expect(results).to_contain_text("15.2％")
    expect(ask(page, "取組予定を下書きして").locator(".draft")).to_contain_text("日常生活圏域ごとの開催")
    expect(ask(page, "意見・要望を下書きして").locator(".draft")).to_contain_text("連絡先を一つに")

    # taken, saved, and nothing in it contradicts what was entered
    draft.locator("[data-fill]").click()
    section = page.locator("[data-section='5.4.done']")
    expect(section.locator("textarea")).to_have_value(re.compile("88事業者"))
    section.get_by_role("button", name="保存").click()
    expect(section.locator("[data-shown]")).to_contain_text("88事業者")
    expect(section.locator(".badge--mismatch")).to_have_count(0)

    # who entered what
    follow(page.get_by_role("link", name="変更の記録"))
    expect(page.locator("main")).to_contain_text("15.2")
    expect(page.locator("main")).to_contain_text("デモ利用者")
