"""A passage marked in an editor: put in other words on request, taken over by a press, undone by another."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.lazy_pen import LazyPen
from assistant.writing.values import LanguageModel, Pen
from prompts import Prompted

WORDS = "相談窓口を周知することができたところである。今後も周知に取り組んでいくことが必要である。"
SHORTER = "相談窓口を周知できた。今後も周知に取り組んでいく必要がある。"
# a sign outside the basic plane counts as one, and a line before it moves the place
WRITTEN = f"・𠮷野地区で見守り訓練を3回実施した。\n・{WORDS}\n・担い手が増えた。"


@pytest.fixture
def section(page: Page, waiting_sheet: str) -> Any:
    """The section 6(1) of a sheet, its editor open, a text typed that is not saved."""
    section = page.locator("[data-section='6.1.results']")
    section.get_by_role("button", name="書く", exact=True).click()
    section.locator("textarea[name=text]").fill(WRITTEN)
    return section


def mark(section: Any, words: str) -> None:
    area = section.locator("textarea[name=text]")
    area.focus()
    area.evaluate("(a, w) => a.setSelectionRange(a.value.indexOf(w), a.value.indexOf(w) + w.length)", words)


def answered(page: Page, count: int) -> Any:
    replies = page.locator(".bubble--reply")
    expect(replies).to_have_count(count)
    expect(replies.last).not_to_have_attribute("aria-busy", "true", timeout=20_000)
    return replies.last


def test_a_passage_is_marked_rewritten_taken_and_taken_back(page: Page, section: Any) -> None:
    area = section.locator("textarea[name=text]")
    bar = section.get_by_role("group", name="選んだ文を書き直す")
    shorter = bar.get_by_role("button", name="短く")
    area.press("Control+Home")
    expect(bar).to_contain_text("文を選ぶと使えます")
    expect(shorter).to_be_disabled()
    mark(section, WORDS)
    expect(bar).to_contain_text(f"{len(WORDS)}字を選択中")
    # by keyboard: the bar is the next stop behind the text
    area.press("Tab")
    expect(shorter).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    reply = answered(page, 1)
    question = page.locator(".bubble--mine").last
    expect(question).to_contain_text("選んだ文を短くして")
    expect(question.locator("blockquote")).to_contain_text(WORDS)
    suggestion = reply.locator(".suggestion")
    expect(suggestion.locator("del").first).to_be_visible()
    expect(suggestion.locator("ins").first).to_be_visible()
    expect(area).to_have_value(WRITTEN)
    # what is typed elsewhere meanwhile moves the place, and the words are found all the same
    area.press("Control+Home")
    page.keyboard.insert_text("・はじめに。\n")
    suggestion.get_by_role("button", name="編集欄に入れる").click()
    expect(area).to_have_value("・はじめに。\n" + WRITTEN.replace(WORDS, SHORTER))
    chosen = area.evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)")
    assert chosen == SHORTER
    expect(section.locator("[data-dirty]")).to_be_visible()
    # the words are no longer there: nothing is put in a second time
    suggestion.get_by_role("button", name="編集欄に入れる").click()
    expect(page.locator("#notices")).to_contain_text("入れられませんでした")
    expect(area).to_have_value("・はじめに。\n" + WRITTEN.replace(WORDS, SHORTER))
    section.get_by_role("button", name="入れる前に戻す").click()
    expect(area).to_have_value("・はじめに。\n" + WRITTEN)
    # the conversation outlives a reload, and so does the text that was not saved
    page.reload()
    expect(page.locator(".bubble--reply .suggestion del").first).to_be_visible()


def test_words_to_mention_and_wishes_are_typed(page: Page, section: Any) -> None:
    area = section.locator("textarea[name=text]")
    bar = section.get_by_role("group", name="選んだ文を書き直す")
    mark(section, WORDS)
    word = bar.get_by_label("触れる言葉")
    # without words there is nothing to ask for
    bar.get_by_role("button", name="に触れて").click()
    expect(word).to_be_focused()
    expect(page.locator(".bubble")).to_have_count(0)
    word.fill("見守り協定")
    word.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    page.wait_for_timeout(150)
    expect(page.locator(".bubble")).to_have_count(0)
    word.press("Enter")
    reply = answered(page, 1)
    expect(page.locator(".bubble--mine").last).to_contain_text("選んだ文で「見守り協定」に触れて")
    expect(reply.locator(".suggestion ins").first).to_contain_text("見守り協定を締結した。")
    expect(area).to_have_value(WRITTEN)
    expect(section.locator(".narrative__note")).to_have_count(0)
    mark(section, WORDS)
    own = bar.get_by_label("直し方")
    own.fill("主語をはっきりさせて")
    own.press("Enter")
    reply = answered(page, 2)
    expect(reply).to_contain_text("言語モデルがないとできません")
    expect(reply.locator(".suggestion")).to_have_count(0)
    # an ordinary question afterwards is about no passage
    page.get_by_label("依頼の内容").fill("使い方を教えて")
    page.get_by_label("依頼の内容").press("Enter")
    answered(page, 3)
    expect(page.locator(".bubble--mine").last.locator("blockquote")).to_have_count(0)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A model that is silent until it is told to go on, and then puts the passage in its own words."""
    go_on = threading.Event()

    def speak(prompted: Prompted) -> Iterator[str | None]:
        while not go_on.wait(0.2):
            yield None
        yield "A: 相談窓口を周知できた。今後も周知に取り組む必要がある。"

    pen = Pen(LanguageModel("small-1.5b", "openai", "http://localhost:1", False), speak)
    monkeypatch.setattr(LazyPen, "get", lambda self: pen)
    return go_on


def test_while_the_model_writes_nothing_more_is_asked_and_it_can_be_stopped(
    page: Page, told: threading.Event, section: Any
) -> None:
    bar = section.get_by_role("group", name="選んだ文を書き直す")
    shorter = bar.get_by_role("button", name="短く")
    mark(section, WORDS)
    shorter.click()
    reply = page.locator(".bubble--reply").last
    expect(reply.locator(".reply__wait")).to_contain_text("small-1.5b")
    expect(shorter).to_be_disabled()
    expect(bar).to_contain_text("回答を待っています")
    reply.get_by_role("button", name="止める").click()
    expect(reply).to_contain_text("途中で止めました")
    expect(reply.locator(".suggestion")).to_have_count(0)
    mark(section, WORDS)
    expect(shorter).to_be_enabled()
    told.set()
    shorter.click()
    reply = answered(page, 2)
    suggestion = reply.locator(".suggestion")
    expect(suggestion).to_contain_text("言い回しは言語モデル「small-1.5b」")
    suggestion.get_by_role("button", name="編集欄に入れる").click()
    area = section.locator("textarea[name=text]")
    expect(area).to_have_value(WRITTEN.replace(WORDS, "相談窓口を周知できた。今後も周知に取り組む必要がある。"))
