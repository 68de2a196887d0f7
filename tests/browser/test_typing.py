"""What a person types, in a real browser: an IME never sends, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from corpus.accounts import COMMAND_LINE, add_user
from corpus.models import Message, Revision
from corpus.narratives import current_revision, save_text
from corpus.settings import Settings
from corpus.sheetfile import ReadSheet, SheetFile, ToConfirm
from corpus.store import save_sheet
from tests.browser.serving import served
from web.app import create_app

PASSWORD = "とても長い合言葉"
SECTION = '[data-section="5.1"] '


@pytest.fixture
def address(settings: Settings, engine: Engine, session: Session) -> Iterator[str]:
    """The application on a free port, with the account hanako."""
    add_user(session, "hanako", "見本 花子", PASSWORD, actor=COMMAND_LINE)
    session.commit()
    with served(create_app(settings)) as address:
        yield address


@pytest.fixture
def context(browser: Any, address: str) -> Iterator[Any]:
    """A window that closes before the server at ``address`` does."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
    yield context
    context.close()


@pytest.fixture
def sheet_id(session: Session, make_sheet: Callable[..., SheetFile]) -> int:
    saved = [save_sheet(session, ReadSheet(sheet=make_sheet(year)), actor=COMMAND_LINE) for year in (2022, 2023)]
    session.commit()
    return saved[-1].sheet_id


@pytest.fixture
def page(context: Any, address: str, sheet_id: int) -> Iterator[Any]:
    """The sheet of 2023, opened by hanako; at the end, the browser must not have complained."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(page, address)
    page.goto(f"{address}/sheets/{sheet_id}")
    yield page
    assert complaints == []


def log_in(page: Any, address: str) -> None:
    page.goto(f"{address}/login")
    page.fill("[name=login]", "hanako")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def questions(session: Session) -> list[str]:
    session.expire_all()
    return list(session.exec(select(Message.text).where(Message.role == "user")))


def stored(session: Session, sheet_id: int) -> Revision:
    session.expire_all()
    found = current_revision(session, sheet_id, "5.1")
    assert found is not None
    return found


def write(page: Any, text: str) -> None:
    page.click(SECTION + "[data-edit]")
    page.fill(SECTION + "[data-text]", text)


def test_enter_sends_but_never_while_an_ime_composes(page: Any, session: Session) -> None:
    page.focus("#chat-text")
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "つかいかた", "selectionStart": 5, "selectionEnd": 5})
    page.evaluate(
        """() => {
          const press = (more) => document.querySelector("#chat-text").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
          press({ isComposing: true });
          press({ keyCode: 229 });
        }"""
    )
    ime.send("Input.insertText", {"text": "使い方"})
    # Safari: the Enter that ends the composition comes as a keydown right behind its end
    page.evaluate(
        """() => {
          const area = document.querySelector("#chat-text");
          area.dispatchEvent(new CompositionEvent("compositionend"));
          area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        }"""
    )
    page.wait_for_timeout(200)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("は?")
    assert page.input_value("#chat-text") == "使い方\nは?"
    assert questions(session) == []
    page.keyboard.press("Enter")
    page.wait_for_selector(".bubble--reply:not([data-running])")
    assert questions(session) == ["使い方\nは?"]
    assert page.input_value("#chat-text") == ""


def test_a_draft_goes_into_the_editor_only_where_and_how_the_person_says(
    page: Any, session: Session, sheet_id: int
) -> None:
    before = stored(session, sheet_id)
    page.click(SECTION + "[data-ask]")
    page.click(".draft [data-fill]")
    assert page.is_hidden(SECTION + "[data-editor]")
    page.click(".ask-place >> text=末尾に追加")
    written = page.input_value(SECTION + "[data-text]")
    assert written.startswith(before.text + "\n")
    assert len(written) > len(before.text) + 10
    page.wait_for_selector(SECTION + ".checked")
    page.click(SECTION + "[data-undo]")
    assert page.input_value(SECTION + "[data-text]") == before.text
    page.click(".draft [data-fill]")
    page.click(".ask-place >> text=置き換える")
    page.keyboard.press("Control+s")
    page.wait_for_selector(SECTION + ".narrative__note.message--done")
    after = stored(session, sheet_id)
    assert (after.origin, after.author_name, after.based_on) == ("draft", "見本 花子", before.id)
    assert after.draft_id is not None
    assert after.text == written.removeprefix(before.text + "\n")


def test_a_text_that_was_not_saved_comes_back_after_a_reload(page: Any, session: Session, sheet_id: int) -> None:
    write(page, "・保存していない文章。")
    page.reload()
    page.click(SECTION + "[data-kept-take]")
    assert page.input_value(SECTION + "[data-text]") == "・保存していない文章。"
    page.keyboard.press("Control+s")
    page.wait_for_selector(SECTION + ".narrative__note.message--done")
    assert stored(session, sheet_id).text == "・保存していない文章。"
    page.reload()
    assert page.is_hidden(SECTION + "[data-kept]")


def test_two_people_in_one_section_both_keep_their_texts(page: Any, session: Session, sheet_id: int) -> None:
    write(page, "・わたしの文章。")
    save_text(session, sheet_id, "5.1", "・先の文章。", actor=COMMAND_LINE, based_on=stored(session, sheet_id).id)
    session.commit()
    page.keyboard.press("Control+s")
    page.wait_for_selector(".narrative--stale")
    assert "・先の文章。" in page.inner_text(".two-texts__stored")
    assert page.input_value(SECTION + "[data-text]") == "・わたしの文章。"
    page.click("text=保存されている文章を残す")
    page.wait_for_selector(SECTION + "[data-kept-take]:visible")
    assert stored(session, sheet_id).text == "・先の文章。"
    page.click(SECTION + "[data-kept-take]")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".narrative--stale")
    page.click("text=あなたの文章で保存する")
    page.wait_for_selector(SECTION + ".narrative__note.message--done")
    assert stored(session, sheet_id).text == "・わたしの文章。"


def test_a_login_that_ran_out_loses_nothing(
    page: Any, context: Any, address: str, session: Session, sheet_id: int
) -> None:
    write(page, "・長く書いていた文章。")
    context.clear_cookies()
    page.keyboard.press("Control+s")
    page.wait_for_selector("#notices .notice")
    assert "ログイン" in page.inner_text("#notices")
    other = context.new_page()
    log_in(other, address)
    page.bring_to_front()
    page.focus(SECTION + "[data-text]")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#notices >> text=もう一度同じボタン")
    page.keyboard.press("Control+s")
    page.wait_for_selector(SECTION + ".narrative__note.message--done")
    assert stored(session, sheet_id).text == "・長く書いていた文章。"


def test_a_row_pasted_over_open_places_fills_them_or_none(
    page: Any, address: str, session: Session, make_sheet: Callable[..., SheetFile]
) -> None:
    places = [
        ToConfirm(field=f"indicators.1-ア.values.{year}.target", candidates=["15.3", "16.0"])
        for year in (2022, 2023, 2024)
    ]
    read = ReadSheet(sheet=make_sheet(2024), to_confirm=places)
    sheet_id = save_sheet(session, read, actor=COMMAND_LINE).sheet_id
    session.commit()
    page.goto(f"{address}/sheets/{sheet_id}/confirm")

    def paste(text: str) -> list[str]:
        page.locator("[name^=typed-]").first.evaluate(
            """(box, text) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text", text);
              box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )
        return [radio.get_attribute("value") for radio in page.locator("#confirm [type=radio]:checked").all()]

    assert paste("15.3 15.7") == ["later", "later", "later"]
    assert "数が合わない" in page.inner_text("#notices")
    assert paste("15.3\t15.7\t-") == ["0", "typed", "empty"]
    assert page.locator("[name^=typed-]").nth(1).input_value() == "15.7"
    assert page.locator(".choice--used").count() == 2
    assert page.inner_text("[data-chosen]") == "3"
