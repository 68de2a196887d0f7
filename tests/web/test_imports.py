"""The import page and the page of values to confirm."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from corpus.confirming import open_values
from corpus.listing import list_sheets
from corpus.models import AuditEvent, Sheet
from corpus.sheetfile import SheetFile, ToConfirm
from corpus.store import get_sheet, load_sheet
from tests.web.conftest import Browser

MakeObject = Callable[..., dict[str, Any]]


def upload(browser: Browser, *files: tuple[str, bytes], **form: str) -> Any:
    data: dict[str, Any] = {"files": [(io.BytesIO(content), name) for name, content in files], **form}
    return browser.post("/import", data, content_type="multipart/form-data")


def as_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def test_sheets_come_in_with_a_report(browser: Browser, session: Session, make_object: MakeObject) -> None:
    lines = b"\n".join(as_json(make_object(year)) for year in (2022, 2023))
    page = upload(browser, ("市 の.jsonl", lines)).text
    assert page.count("取り込みました</span>") == 2
    assert "取り込みました：2 件" in page
    assert "市 の.jsonl:2" in page
    sheets = session.exec(select(Sheet)).all()
    assert [sheet.fiscal_year for sheet in sheets] == [2022, 2023]
    assert all(f'href="/sheets/{sheet.id}"' in page for sheet in sheets)
    events = session.exec(select(AuditEvent).where(AuditEvent.action == "sheet.created")).all()
    assert {event.actor for event in events} == {"見本 花子"}


def test_the_identical_sheet_changes_nothing_and_another_needs_the_box(
    browser: Browser, session: Session, make_object: MakeObject
) -> None:
    upload(browser, ("a.json", as_json(make_object(2023))))
    assert "変更なし" in upload(browser, ("a.json", as_json(make_object(2023)))).text
    changed = as_json(make_object(2023, policy="環境"))
    refused = upload(browser, ("a.json", changed)).text
    assert "取り込めません" in refused
    assert "政策名" in refused
    assert "更新しました" in upload(browser, ("a.json", changed), update="yes").text
    assert [summary.policy for summary in list_sheets(session)] == ["環境"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.json", b"", "ファイルが空です"),
        ("半分.json", b'{"format": "shisaku-sheet/1", "fis', "JSON として読めません"),
        ("絵.json", b"\x00\x01\x02\xff", "文字のファイルとして読めません"),
        ("sjis.json", '{"施策": "福祉"}'.encode("cp932"), "Shift_JIS"),
        ("一覧.json", b"[]", "シートファイルではありません"),
        ("表.docx", b"PK\x03\x04", "取り込めません"),
        ("<script>.json", b"", "&lt;script&gt;.json"),
    ],
)
def test_a_broken_file_is_refused_by_name_beside_good_ones(
    browser: Browser, session: Session, make_object: MakeObject, name: str, content: bytes, said: str
) -> None:
    answer = upload(browser, (name, content), ("good.json", as_json(make_object(2023))))
    assert answer.status_code == 200
    assert said in answer.text
    assert "何も変更していません" in answer.text
    assert len(list_sheets(session)) == 1
    assert "取り込めません：1 件" in answer.text
    assert "取り込みました：1 件" in answer.text


def test_what_was_refused_stands_first_in_the_report(browser: Browser, make_object: MakeObject) -> None:
    page = upload(browser, ("a.json", as_json(make_object(2023))), ("b.json", b"")).text
    assert page.index("b.json") < page.index("a.json")


def test_no_file_is_asked_for(browser: Browser) -> None:
    answer = browser.post("/import", {}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "ファイルが選ばれていません" in answer.text


# --- values to confirm


@pytest.fixture
def waiting(store: Callable[..., int], make_object: MakeObject) -> int:
    """A sheet with three open places."""
    content = make_object(2023)
    content["costs"]["2023"]["general"] = None
    content["indicators"][1]["better"] = None
    content["sections"].pop("5.3", None)
    return store(
        SheetFile.model_validate(content),
        to_confirm=[
            ToConfirm(field="costs.2023.general", candidates=["316118"], note="行が決まりません。"),
            ToConfirm(field="indicators.1-ア.better", candidates=["higher", "lower"]),
            ToConfirm(field="sections.5.3", candidates=["・近隣市と同じ。"]),
        ],
    )


def ids(session: Session, sheet_id: int) -> list[int]:
    return [entry.id or 0 for entry in open_values(session, sheet_id)]


def test_chosen_values_go_into_their_places(browser: Browser, session: Session, waiting: int) -> None:
    general, better, text = ids(session, waiting)
    page = browser.get(f"/sheets/{waiting}/confirm").text
    assert "施策コスト 令和5年度 一般財源" in page
    assert "高いほど良い" in page
    assert page.count('value="later" checked') == 3
    data = {f"choice-{general}": "typed", f"typed-{general}": "３１６，１１８", f"choice-{better}": "0"}
    done = browser.post(f"/sheets/{waiting}/confirm", data, follow_redirects=True)
    assert "2か所を確定しました。残りは1か所です。" in done.text
    assert ids(session, waiting) == [text]
    session.expire_all()
    sheet = load_sheet(session, get_sheet(session, waiting))
    assert str(sheet.costs[2023].general) == "316118"
    assert sheet.indicators[1].better == "higher"
    browser.post(f"/sheets/{waiting}/confirm", {f"choice-{text}": "empty"})
    assert "要確認の値はありません" in browser.get(f"/sheets/{waiting}/confirm").text
    session.expire_all()
    assert load_sheet(session, get_sheet(session, waiting)).text("5.3") == ""


def test_a_value_that_does_not_fit_keeps_everything_typed(browser: Browser, session: Session, waiting: int) -> None:
    general, better, text = ids(session, waiting)
    data = {
        f"choice-{general}": "typed",
        f"typed-{general}": "約300",
        f"choice-{better}": "1",
        f"typed-{text}": "・手で書いた文。",
    }
    refused = browser.post(f"/sheets/{waiting}/confirm", data)
    assert refused.status_code == 422
    assert "どの値もまだ保存していません" in refused.text
    assert 'value="約300"' in refused.text
    assert "・手で書いた文。</textarea>" in refused.text
    assert f'name="choice-{better}" value="1" checked' in refused.text
    assert ids(session, waiting) == [general, better, text]


def test_the_places_of_one_row_share_their_note_and_their_paste(
    browser: Browser, store: Callable[..., int], make_object: MakeObject
) -> None:
    said = "「参加、協力した市民の割合」の{}の目標値は、1つに決まりません。"
    places = [
        ToConfirm(field=f"indicators.1-ア.values.{year}.target", candidates=["1"], note=said.format(name))
        for year, name in ((2022, "令和4年度"), (2023, "令和5年度"))
    ]
    waiting = store(SheetFile.model_validate(make_object(2023)), to_confirm=places)
    page = browser.get(f"/sheets/{waiting}/confirm").text
    assert page.count("1つに決まりません") == 1
    assert "令和5年度の目標値は、" not in page
    assert page.count("data-run=") == 2
    assert 'id="cell-1-ア-2023-target"' in page
    assert f'href="/sheets/{waiting}/confirm#cell-1-' in browser.get(f"/sheets/{waiting}").text


def test_the_sheet_page_leads_to_the_values(browser: Browser, waiting: int) -> None:
    page = browser.get(f"/sheets/{waiting}").text
    assert "要確認 3 か所" in page
    assert 'id="cell-cost-general-2023" class="own to-confirm"' in page
