"""Drafts by a language model as a person sees them, with a server that works, is slow, hangs, dies or talks rubbish."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from corpus.database import make_engine, open_session, upgrade
from corpus.model_tables import ModelCall
from corpus.settings import Settings
from tests.assistant.writing.pens import rewriting
from tests.browser.serving import served
from tests.modelserver import Behaviour, ModelServer, breaks_off, empty, endless, hangs, rubbish, says
from web.app import create_app


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(says(rewriting)) as server:
        yield server


@pytest.fixture
def wait() -> float:
    """Seconds that a silent model is waited for; more than a busy machine ever takes."""
    return 60


@pytest.fixture
def model_settings(settings: Settings, model: ModelServer, wait: float) -> Settings:
    named = {"llm_model": "練習用モデル", "llm_base_url": model.base_url}
    return settings.model_copy(update={**named, "llm_wait_seconds": wait, "llm_call_seconds": 120})


@pytest.fixture
def address(model_settings: Settings) -> Iterator[str]:
    engine = make_engine(model_settings)
    upgrade(engine)
    engine.dispose()
    with served(create_app(model_settings, demo=True)) as address:
        yield address + "/"


@pytest.fixture
def sheet(page: Page, waiting_sheet: str) -> Page:
    return page


def ask(page: Page, text: str = "成果実績を下書きして") -> None:
    box = page.get_by_label("依頼の内容")
    box.fill(text)
    box.press("Enter")


def outcomes(settings: Settings) -> list[str]:
    engine = make_engine(settings)
    with open_session(engine) as session:
        found = [call.outcome for call in session.exec(select(ModelCall))]
    engine.dispose()
    return found


def test_a_draft_says_which_model_wrote_it(sheet: Page) -> None:
    ask(sheet)
    bubble = sheet.locator(".bubble--reply").last
    expect(bubble.get_by_text("言語モデル：練習用モデル")).to_be_visible(timeout=30_000)
    expect(bubble.get_by_text("行を言語モデル「練習用モデル」が言い換えました")).to_be_visible()
    sheet.reload()
    expect(sheet.locator(".bubble--reply").last.get_by_text("言語モデル：練習用モデル")).to_be_visible()


@pytest.mark.parametrize(
    ("behaviour", "wait", "outcome", "told"),
    [
        (hangs(), 2, "timeout", "時間内に終わりませんでした"),
        (hangs("A: "), 2, "timeout", "時間内に終わりませんでした"),
        (breaks_off("A: 「福祉"), 60, "broken", "途中で切れました"),
        (empty(), 60, "empty", "空の返事"),
        (rubbish(b"<html>502 Bad Gateway</html>", "text/html"), 60, "broken", "途中で切れました"),
        (endless(lambda: iter(lambda: "あいうえお。", None)), 60, "endless", "終わらないため"),
        (says("I am sorry, I can only answer in English."), 60, "done", "使えるものがなかった"),
    ],
    ids=["hangs", "hangs within", "dies", "empty", "rubbish", "endless", "another language"],
)
def test_a_model_that_fails_leaves_the_draft_and_the_conversation(
    sheet: Page, model: ModelServer, model_settings: Settings, behaviour: Behaviour, outcome: str, told: str
) -> None:
    model.plays(behaviour)
    ask(sheet)
    bubble = sheet.locator(".bubble--reply").last
    expect(bubble.get_by_text(told).first).to_be_visible(timeout=30_000)
    expect(bubble).not_to_have_attribute("aria-busy", "true", timeout=30_000)
    expect(bubble.get_by_role("button", name="編集欄に入れる").first).to_be_visible()
    assert outcome in outcomes(model_settings)
    model.plays(says(rewriting))
    ask(sheet, "課題を下書きして")
    expect(sheet.locator(".bubble--reply")).to_have_count(2)
    expect(sheet.locator(".bubble--reply").last).not_to_have_attribute("aria-busy", "true", timeout=30_000)
    expect(sheet.locator(".bubble--reply").first.get_by_text(told).first).to_be_visible()


def test_a_model_that_is_killed_is_told_and_not_waited_for(sheet: Page, model: ModelServer) -> None:
    model.kill()
    ask(sheet)
    bubble = sheet.locator(".bubble--reply").last
    expect(bubble.get_by_text("つながりませんでした")).to_be_visible(timeout=30_000)
    expect(bubble.get_by_role("button", name="編集欄に入れる").first).to_be_visible()


def test_a_slow_model_can_be_watched_in_two_tabs_and_stopped(
    sheet: Page, model: ModelServer, model_settings: Settings
) -> None:
    model.plays(says(rewriting, cut=1, per_second=1))
    ask(sheet)
    running = sheet.locator(".bubble--reply").last
    expect(running.get_by_text("言語モデル「練習用モデル」が文章を書いています")).to_be_visible(timeout=30_000)
    other = sheet.context.new_page()
    other.goto(sheet.url)
    expect(other.locator(".bubble--reply").last).to_have_attribute("aria-busy", "true")
    sheet.reload()
    expect(sheet.locator(".bubble--reply").last).to_have_attribute("aria-busy", "true")
    sheet.get_by_role("button", name="止める").click()
    for page in (sheet, other):
        expect(page.locator(".bubble--reply").last).not_to_have_attribute("aria-busy", "true")
    assert model.left.wait(5)
    other.close()
    ask(sheet, "数字の整合を確認して")
    expect(sheet.locator(".bubble--reply")).to_have_count(2)
    expect(sheet.locator(".bubble--reply").last).not_to_have_attribute("aria-busy", "true", timeout=30_000)
    # the call is logged behind the page's back, when its thread has seen the stop
    ends = time.monotonic() + 10
    while not outcomes(model_settings) and time.monotonic() < ends:
        sheet.wait_for_timeout(50)
    assert outcomes(model_settings) == ["stopped"]
