"""A language model outside: looked at and agreed to first, stopped by a sheet's switch, shown in drafts and in the log."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus import messages
from corpus.settings import Settings
from tests.assistant.writing.pens import rewriting
from tests.browser.serving import follow
from tests.browser.test_whole_way import ask
from tests.modelserver import ModelServer, says

WISH = "成果実績を下書きして"


@pytest.fixture
def settings(tmp_path: Path, model_server: ModelServer) -> Settings:
    """A server on this machine, said to be outside."""
    return Settings(
        _env_file=None,
        shisaku_home=tmp_path / "data",
        llm_model="fake-model",
        llm_base_url=model_server.base_url,
        llm_outside="yes",
        llm_keep_contents=True,
    )


def test_from_the_first_look_to_the_log(page: Page, waiting_sheet: str, model_server: ModelServer) -> None:
    model_server.plays(says(rewriting))
    # nothing is sent before the city agreed, and the reply says so
    reply = ask(page, WISH)
    notice = reply.locator(".told")
    expect(notice).to_contain_text(messages.NO_CONSENT)
    expect(reply.locator(".draft__writer")).to_have_count(0)
    assert model_server.requests == []
    follow(notice.get_by_role("link", name="「言語モデル」のページへ"))

    # what would be sent is looked at, and agreed to
    expect(page.get_by_role("heading", name="言語モデル", exact=True)).to_be_visible()
    material = page.get_by_label("1 通目の資料")
    expect(material).to_contain_text("福祉活動に取り組んでいる市民の割合")
    expect(material.locator("mark").first).to_be_visible()
    expect(material).not_to_contain_text(re.compile(r"12\.9"))
    assert model_server.requests == []
    agreeing = page.get_by_role("button", name="送る内容を確かめた。このモデルを使う")
    agreeing.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("確認済み")).to_be_visible()
    assert model_server.requests == []

    # a sheet with the switch on stays inside all the same
    page.goto(waiting_sheet)
    follow(page.get_by_role("button", name="外部モデルに送らない"))
    switch = page.get_by_role("button", name="外部モデルに送らない", pressed=True)
    expect(switch).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=messages.KEPT_INSIDE_NOW)).to_be_visible()
    expect(ask(page, WISH).locator(".told")).to_contain_text(messages.KEPT_INSIDE)
    assert model_server.requests == []

    # let out again, the model writes, and the page says which one and where
    follow(switch)
    expect(page.get_by_role("button", name="外部モデルに送らない", pressed=False)).to_be_visible()
    reply = ask(page, WISH)
    expect(reply.locator(".draft__writer")).to_contain_text("言語モデル：fake-model")
    chip = reply.locator(".chip--model").first
    chip.locator("summary").press("Enter")
    expect(chip).to_contain_text("言語モデル「fake-model」が書いた言い回しです")
    sent = len(model_server.requests)
    assert sent > 0

    # and every call is in the log, with what was said
    follow(page.get_by_role("link", name="言語モデル", exact=True))
    rows = page.get_by_role("region", name=re.compile("呼び出しの記録")).locator("tbody tr")
    expect(rows).to_have_count(sent)
    expect(rows.first).to_contain_text("デモ利用者")
    expect(rows.first).to_contain_text("fake-model")
    expect(rows.first).to_contain_text("完了")
    rows.first.get_by_text("内容", exact=True).click()
    expect(rows.first).to_contain_text("福祉活動に取り組んでいる市民の割合")
    with page.expect_download() as download:
        page.get_by_role("link", name="すべてを CSV で保存").click()
    assert download.value.suggested_filename == messages.CALLS_FILE

    # withdrawn, nothing goes any more
    page.get_by_role("button", name="確認を取り消す").click()
    expect(page.get_by_text("未確認")).to_be_visible()
    page.goto(waiting_sheet)
    expect(ask(page, WISH).locator(".told")).to_contain_text(messages.NO_CONSENT)
    assert len(model_server.requests) == sent
