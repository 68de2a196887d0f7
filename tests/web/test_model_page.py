"""The page of the language model, the consent given there, the log, and the switch of a sheet."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from werkzeug.http import parse_options_header

from corpus import messages
from corpus.accounts import Actor
from corpus.model_tables import ModelConsent
from corpus.modelcalls import record_call
from corpus.models import AuditEvent, Sheet
from corpus.modeluse import agree, consent_of
from corpus.settings import Settings
from corpus.sheetfile import SheetFile
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

ADDRESS = "https://api.example.com/v1"
NAMED = {"model": "gpt-x", "provider": "openai", "address": ADDRESS}
AGREE = "送る内容を確かめた。このモデルを使う"
WITHDRAW = "確認を取り消す"


@pytest.fixture
def model_settings() -> dict[str, Any]:
    return {"llm_model": "gpt-x", "llm_base_url": ADDRESS}


@pytest.fixture
def settings(tmp_path: Path, model_settings: dict[str, Any]) -> Settings:
    return Settings(_env_file=None, shisaku_home=tmp_path / "data", **model_settings)


def text_of(page: str) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", "", page))


def record(session: Session, **changes: Any) -> None:
    call: dict[str, Any] = {
        "actor": Actor(None, "見本 花子"),
        "sheet_id": None,
        "message_id": None,
        **NAMED,
        "outside": True,
        "prompt": "write",
        "version": 3,
        "sent": 1234,
        "received": 240,
        "seconds": 4.56,
        "first_seconds": 0.5,
        "outcome": "done",
    }
    record_call(session, **(call | changes))
    session.commit()


def test_the_page_is_for_people_who_are_signed_in(stranger: Browser) -> None:
    assert stranger.get("/model").status_code == 302
    assert stranger.get("/model/calls.csv").status_code == 302
    assert stranger.post("/model/agree", NAMED).status_code == 302


@pytest.mark.parametrize("model_settings", [{}])
def test_without_a_model_the_page_says_who_writes(browser: Browser, sheet_id: int) -> None:
    page = browser.get("/model").text
    assert "言語モデルは使っていません" in page
    assert "/model/agree" not in page
    assert browser.post("/model/agree", NAMED).status_code == 409


def test_what_would_leave_is_shown_before_anything_does(browser: Browser, session: Session, sheet_id: int) -> None:
    shown = browser.get("/model").text
    page = text_of(shown)
    assert "gpt-x" in page
    assert ADDRESS in page
    assert "未確認 このモデルには、まだ何も送りません" in page
    assert shown.index("実際に送る内容の例") < shown.index(AGREE)
    assert re.search(r"1 通目　下書き（write@\d+）　[\d,]+ 文字", page)
    assert '<mark class="slot">[[F1]]</mark>' in shown
    material = "".join(re.findall(r'<pre class="outgoing__text"[^>]*の資料">(.*?)</pre>', shown, re.DOTALL))
    assert "福祉活動に取り組んでいる市民の割合" in material
    # the figures of the sheet, and those of last year's text
    for figure in ("12.1", "16.0", "14.8"):
        assert figure not in material


def test_another_sheet_and_section_can_be_looked_at(browser: Browser, store: Callable[..., int], sheet_id: int) -> None:
    page = browser.get(f"/model?sheet={sheet_id}&section=7.1").text
    assert re.search(r'<option value="7\.1" selected>', page)
    assert browser.get("/model?sheet=999").status_code == 404
    assert browser.get("/model?section=9.9").status_code == 404


def test_the_city_agrees_and_withdraws(browser: Browser, session: Session, sheet_id: int) -> None:
    agreed = browser.post("/model/agree", NAMED, follow_redirects=True)
    page = text_of(agreed.text)
    assert messages.MODEL_AGREED in page
    assert re.search(r"確認済み \d{4}-\d\d-\d\d \d\d:\d\d　見本 花子", page)
    assert AGREE not in page
    assert consent_of(session, **NAMED) is not None
    withdrawn = text_of(browser.post("/model/withdraw", NAMED, follow_redirects=True).text)
    assert messages.MODEL_WITHDRAWN in withdrawn
    assert "未確認" in withdrawn
    assert AGREE in withdrawn
    assert consent_of(session, **NAMED) is None
    told = session.exec(select(AuditEvent.action).where(AuditEvent.subject == "model:gpt-x")).all()
    assert told == ["model.agreed", "model.withdrawn"]


@pytest.mark.parametrize("changed", [{"model": "gpt-y"}, {"provider": "azure"}, {"address": ""}])
@pytest.mark.parametrize("act", ["agree", "withdraw"])
def test_nothing_is_decided_about_a_model_that_was_not_shown(
    browser: Browser, session: Session, act: str, changed: dict[str, str]
) -> None:
    answer = browser.post(f"/model/{act}", NAMED | changed)
    assert answer.status_code == 409
    assert messages.MODEL_CHANGED in answer.text
    assert session.exec(select(ModelConsent)).all() == []


def test_a_consent_needs_the_token_of_the_page(browser: Browser, session: Session) -> None:
    answer = browser.client.post("/model/agree", data=NAMED)
    assert answer.status_code == 400
    assert session.exec(select(ModelConsent)).all() == []


def test_consent_to_another_model_is_not_this_one_s(browser: Browser, session: Session) -> None:
    user = Actor(1, "見本 花子")
    agree(session, model="gpt-w", provider="openai", address=ADDRESS, actor=user)
    session.commit()
    page = text_of(browser.get("/model").text)
    assert "未確認" in page
    # what was agreed to before is still on the record
    assert "gpt-w" in page


@pytest.mark.parametrize("model_settings", [{"llm_model": "qwen", "llm_base_url": "http://127.0.0.1:8091/v1"}])
def test_a_model_inside_needs_no_consent(browser: Browser, sheet_id: int) -> None:
    page = text_of(browser.get("/model").text)
    assert "使えます。市の確認は要りません" in page
    assert AGREE not in page
    assert WITHDRAW not in page
    browser.post(f"/sheets/{sheet_id}/keep-inside", {"on": "yes"})
    assert "1 通目" in text_of(browser.get(f"/model?sheet={sheet_id}").text)


def test_the_example_of_a_sheet_kept_inside_shows_that_nothing_goes(browser: Browser, sheet_id: int) -> None:
    browser.post(f"/sheets/{sheet_id}/keep-inside", {"on": "yes"})
    page = text_of(browser.get(f"/model?sheet={sheet_id}").text)
    assert "印があるため、何も送りません" in page
    assert "1 通目" not in page


def test_without_a_sheet_the_page_still_stands(browser: Browser) -> None:
    page = browser.get("/model")
    assert page.status_code == 200
    assert "シートを取り込むと" in page.text


def test_the_log_shows_who_when_what_and_how_it_ended(browser: Browser, session: Session, sheet_id: int) -> None:
    assert "まだ呼び出しの記録はありません" in browser.get("/model").text
    record(session, sheet_id=sheet_id, outcome="timeout")
    page = browser.get("/model").text
    (row,) = re.findall(r"<tr><td class=\"nowrap\">\d{4}.*?</tr>", page, re.DOTALL)
    cells = [text_of(cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    assert cells[1:] == [
        "見本 花子",
        "地域福祉の推進 令和5年度",
        "下書きwrite@3",
        "gpt-x外部",
        "1,234",
        "240",
        "4.6（0.5）",
        "時間切れ",
    ]
    assert f'href="/sheets/{sheet_id}"' in row
    assert "<details>" not in row


def test_contents_are_shown_where_they_were_kept(browser: Browser, session: Session) -> None:
    record(session, asked="<資料>書いて", answered="A: 書いた")
    page = browser.get("/model").text
    assert "&lt;資料&gt;書いて" in page
    assert "A: 書いた" in page


def test_the_newest_hundred_are_shown_and_all_are_in_the_table(browser: Browser, session: Session) -> None:
    for number in range(103):
        record(session, received=number, asked="=1+1" if number == 102 else None)
    page = browser.get("/model").text
    assert "103 件" in page
    assert "新しい 100 件を表示" in page
    assert len(re.findall(r"<tr><td class=\"nowrap\">", page)) == 100
    answer = browser.get("/model/calls.csv")
    # a server cannot send a header with other characters
    assert answer.headers["Content-Disposition"].isascii()
    assert parse_options_header(answer.headers["Content-Disposition"]) == (
        "attachment",
        {"filename": messages.CALLS_FILE},
    )
    written = answer.get_data().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(written))
    assert tuple(head) == messages.CALL_COLUMNS
    assert [row[head.index("受け取った文字数")] for row in rows] == [str(number) for number in range(102, -1, -1)]
    # not run as a formula
    assert rows[0][head.index("送った内容")] == "'=1+1"


# --- the switch of a sheet


def pressed(page: str) -> str:
    (found,) = re.findall(r'class="inside__switch"[^>]*aria-pressed="(true|false)"', page)
    return str(found)


def test_the_switch_of_a_sheet_is_set_and_unset(browser: Browser, session: Session, sheet_id: int) -> None:
    assert pressed(browser.get(f"/sheets/{sheet_id}").text) == "false"
    on = browser.post(f"/sheets/{sheet_id}/keep-inside", {"on": "yes"}, follow_redirects=True).text
    assert pressed(on) == "true"
    assert messages.KEPT_INSIDE_NOW in on
    assert session.get_one(Sheet, sheet_id).keep_inside
    off = browser.post(f"/sheets/{sheet_id}/keep-inside", {"on": "no"}, follow_redirects=True).text
    assert pressed(off) == "false"
    assert messages.LET_OUT_NOW in off
    trail = text_of(browser.get(f"/sheets/{sheet_id}/trail").text)
    assert "「外部モデルに送らない」を付けた" in trail
    assert "「外部モデルに送らない」を外した" in trail


def test_the_switch_of_a_continued_sheet_is_told(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    earlier, later = store(make_sheet(2022)), store(make_sheet(2023))
    browser.post(f"/sheets/{earlier}/keep-inside", {"on": "yes"})
    page = browser.get(f"/sheets/{later}").text
    assert pressed(page) == "false"
    assert "令和4年度のシートに印があるため、このシートも送りません" in text_of(page)
    assert "令和4年度のシートに" not in text_of(browser.get(f"/sheets/{earlier}").text)


@pytest.mark.parametrize("on", ["", "maybe", None])
def test_the_switch_takes_only_yes_and_no(browser: Browser, session: Session, sheet_id: int, on: str | None) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/keep-inside", {} if on is None else {"on": on})
    assert answer.status_code == 422
    assert not session.get_one(Sheet, sheet_id).keep_inside


def test_the_switch_of_no_sheet(browser: Browser, make_sheet: Callable[..., SheetFile]) -> None:
    assert browser.post("/sheets/999/keep-inside", {"on": "yes"}).status_code == 404
