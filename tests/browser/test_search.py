"""Searching as a person does: a question, the first hit, its passage marked in the sheet, back, copying, no script."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import follow
from tests.browser.test_whole_way import import_files

MakeObject = Callable[..., dict[str, Any]]
QUESTION = "高齢化で担い手の確保が難しくなっていることは、どう書いている？"
SENTENCE = "地域の見守りを担う人の高齢化が進み、担い手の確保が難しくなっている。"
OTHER = "商店街の来街者が減り、空き店舗が増えている。"


@pytest.fixture
def sheets(page: Page, address: str, make_object: MakeObject, tmp_path: Path) -> None:
    """Two measures in the database; the sentence looked for stands far down in a sheet with figures and charts."""
    lines = [
        make_object(2023, sections=make_object(2023)["sections"] | {"7.2": f"・方針の文である。\n・{SENTENCE}"}),
        make_object(2023, measure={"code": "51", "name": "産業の振興"}, sections={"5.1": f"・{OTHER}"}),
    ]
    file = tmp_path / "sheets.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    import_files(page, address, file)


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["q"][0]


@pytest.mark.usefixtures("sheets")
def test_a_question_leads_to_its_passage_in_the_sheet_and_back(page: Page) -> None:
    follow(page.get_by_role("navigation", name="メニュー").get_by_role("link", name="検索"))
    page.get_by_role("heading", name="検索", exact=False).first.click()
    # the key is listened to once the scripts have run
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    field = page.get_by_label("探すことば、または文")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.evaluate("window.stayed = true")
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Enter")
    first = page.get_by_role("list", name="見つかった文").get_by_role("listitem").first
    expect(first.locator(".found__text")).to_have_text(SENTENCE)
    expect(first.locator("mark").first).to_be_visible()
    expect(first).to_contain_text(re.compile("ことば (1位|―).*意味 1位"))
    expect(page.locator("#status")).to_have_text(re.compile("件"))
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    assert asked(page) == QUESTION
    assert "section" not in parse_qs(urlsplit(page.url).query, keep_blank_values=True)

    # a second search, and the step back to the first one
    field.fill("来街者")
    page.get_by_label("欄").select_option(label="5(1) 施策を取り巻く状況")
    page.get_by_role("button", name="探す").click()
    expect(first.locator(".found__text")).to_have_text(OTHER)
    expect(page.get_by_role("link", name=re.compile("欄「5.1. 施策を取り巻く状況」"))).to_be_visible()
    page.go_back()
    expect(field).to_have_value(QUESTION)
    expect(page.get_by_label("欄")).to_have_value("")
    expect(first.locator(".found__text")).to_have_text(SENTENCE)

    follow(first.get_by_role("heading").get_by_role("link"))
    marked = page.locator("#section-7\\.2 .sought")
    expect(marked).to_contain_text(SENTENCE)
    expect(marked).to_be_in_viewport()
    page.reload()
    expect(marked).to_be_in_viewport()
    assert marked.evaluate(
        "box => document.elementFromPoint(box.getBoundingClientRect().x + 4, box.getBoundingClientRect().y + 4) === box"
    )
    page.go_back()
    expect(first.locator(".found__text")).to_have_text(SENTENCE)
    expect(field).to_have_value(QUESTION)


@pytest.mark.usefixtures("sheets")
def test_a_sheet_leads_to_what_others_write_and_a_passage_is_copied(page: Page, address: str) -> None:
    follow(page.get_by_role("link", name="産業の振興"))
    follow(page.locator("#section-5\\.1").get_by_role("link", name="似た書き方を探す"))
    expect(page.get_by_label("探すことば、または文")).to_have_value(OTHER)
    expect(page.get_by_label("除くもの").locator("option:checked")).to_have_text("全年度：産業の振興")
    hits = page.locator(".found__hit")
    expect(hits.first).to_contain_text("地域福祉の推進")
    expect(hits.filter(has_text="産業の振興")).to_have_count(0)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    text = hits.first.locator(".found__text").inner_text()
    hits.first.get_by_role("button", name="この表現を写す").click()
    expect(hits.first.get_by_role("button", name="写しました")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == text
    # a server without https has no such clipboard
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate("document.addEventListener('copy', () => (window.copied = document.activeElement.value))")
    hits.nth(1).get_by_role("button", name="この表現を写す").click()
    expect(hits.nth(1).get_by_role("button", name="写しました")).to_be_focused()
    assert page.evaluate("window.copied") == hits.nth(1).locator(".found__text").inner_text()


@pytest.mark.usefixtures("sheets")
def test_without_script_the_same_way_works(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search")
    page.get_by_label("探すことば、または文").fill(QUESTION)
    page.get_by_label("施策統括課").select_option("福祉総務課")
    page.get_by_label("探すことば、または文").press("Enter")
    expect(page.locator(".found__hit").first.locator(".found__text")).to_have_text(SENTENCE)
    expect(page.get_by_label("施策統括課")).to_have_value("福祉総務課")
    expect(page.get_by_role("button", name="この表現を写す")).to_have_count(0)
    page.locator(".found__hit h3 a").first.click()
    expect(page.locator("#section-7\\.2 .sought")).to_be_in_viewport()
    context.close()
