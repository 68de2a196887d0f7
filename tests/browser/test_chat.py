"""The chat in a real browser: stopping, revising, asking why, figures with a chart, and choosing between readings."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.drafting import compose
from tests.browser.serving import follow
from tests.browser.test_whole_way import ask


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A composer that takes its time behind the second sentence."""
    compose_at = compose.compose_at

    def composing(*arguments: Any) -> Any:
        import time

        for count, sentence in enumerate(compose_at(*arguments)):
            if count >= 2:
                time.sleep(0.7)
            yield sentence

    monkeypatch.setattr(compose, "compose_at", composing)


def begin(page: Page, text: str) -> Any:
    box = page.get_by_label("依頼の内容")
    box.fill(text)
    box.press("Enter")
    reply = page.locator(".bubble--reply").last
    expect(reply.locator(".sentence").nth(1)).to_be_visible(timeout=20_000)
    return reply


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_reply_is_stopped_and_keeps_what_was_written(page: Page, waiting_sheet: str, slow: None, way: str) -> None:
    reply = begin(page, "成果実績を下書きして")
    expect(reply.locator(".reply__wait")).to_contain_text("文章を書いています…")
    if way == "button":
        reply.get_by_role("button", name="止める").click()
    else:
        page.get_by_label("依頼の内容").press("Escape")
    expect(reply).to_contain_text("途中で止めました")
    expect(reply).not_to_have_attribute("aria-busy", "true")
    written = reply.locator(".sentence").count()
    assert written >= 2
    expect(reply.get_by_role("button", name="止める")).to_have_count(0)
    page.wait_for_timeout(1_500)
    page.reload()
    again = page.locator(".bubble--reply").last
    expect(again).to_contain_text("途中で止めました")
    assert again.locator(".sentence").count() <= written + 1, "nothing was written behind the stop"
    expect(again.get_by_role("button", name="編集欄に入れる")).to_be_visible()


def test_escape_in_an_editor_does_not_stop_a_reply(page: Page, waiting_sheet: str, slow: None) -> None:
    reply = begin(page, "展開方向2の成果実績を下書きして")
    section = page.locator("[data-section='6.1.issues']")
    section.get_by_role("button", name=re.compile("書く|編集")).first.click()
    section.locator("textarea").press("Escape")
    expect(reply).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    expect(reply).not_to_contain_text("途中で止めました")


def test_a_draft_is_revised_step_by_step(page: Page, waiting_sheet: str) -> None:
    ask(page, "成果実績を下書きして")
    first = page.locator(".bubble--reply").first
    items = first.locator(".sentence:has(.sentence__number)")
    second = items.nth(1).locator(".sentence__text").inner_text()
    dropped = ask(page, "2つ目を削除して")
    expect(dropped.locator(".draft")).not_to_contain_text(second)
    # the draft before is still there
    expect(first.locator(".draft")).to_contain_text(second)
    polite = ask(page, "ですます調にして")
    expect(polite.locator(".draft")).to_contain_text("ました。")
    expect(polite.locator(".draft")).not_to_contain_text(second)
    polite.get_by_role("button", name="編集欄に入れる").click()
    assert "ました。" in page.locator("[data-section='6.1.results'] textarea").input_value()


def test_every_sentence_says_what_it_rests_on_and_leads_there(page: Page, waiting_sheet: str) -> None:
    reply = ask(page, "成果実績を下書きして")
    chip = reply.locator(".sentence:not(.sentence--heading) .chip--last_year").first
    chip.locator("summary").click()
    chip.get_by_role("link", name="その文へ").click()
    expect(page.locator("#passage")).to_be_visible()
    page.goto(waiting_sheet)
    why = ask(page, "12.9％の根拠は？")
    expect(why.locator(".grounds")).to_contain_text("福祉活動に取り組んでいる市民の割合")
    why.locator(".grounds .chip--figure a").first.click()
    expect(page.locator("#cell-1-ア-2024-actual")).to_be_in_viewport()


def test_a_place_to_fill_in_leads_to_where_it_is_entered(page: Page, waiting_sheet: str) -> None:
    reply = ask(page, "意見・要望を下書きして")
    chip = reply.locator(".chip--gap").first
    chip.locator("summary").click()
    expect(chip).to_contain_text("足りないもの")
    follow(chip.get_by_role("link", name="事実を書き留める"))
    expect(page.locator("#line-opinions")).to_be_in_viewport()


def test_figures_come_with_a_table_and_a_chart(page: Page, waiting_sheet: str) -> None:
    reply = ask(page, "福祉活動に取り組んでいる市民の割合の推移は？")
    expect(reply.locator(".asked table")).to_contain_text("12.9")
    canvas = reply.locator(".asked canvas")
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    drawn = (
        "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d.some(v => v !== 0); }"
    )
    assert canvas.evaluate(drawn)
    page.reload()
    again = page.locator(".bubble--reply").last.locator(".asked canvas")
    again.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    assert again.evaluate(drawn)


def test_an_unclear_message_offers_readings_to_choose_from(page: Page, waiting_sheet: str) -> None:
    reply = ask(page, "課題")
    options = reply.locator(".options button")
    expect(options).to_have_count(2)
    words = options.first.inner_text()
    options.first.click()
    expect(page.locator(".bubble--mine").last).to_contain_text(words)
    expect(page.locator(".bubble--reply").last).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    expect(page.locator(".bubble--reply").last.locator(".options")).to_have_count(0)
