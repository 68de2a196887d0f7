"""The trail of a sheet: who changed what when, and taking it back."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlmodel import Session

from corpus.accounts import Actor
from corpus.editing import change_sheet, trail
from corpus.places import ABSENT, Change, Value, value_at
from corpus.sheetfile import ReadSheet, SheetFile
from corpus.store import get_sheet, load_sheet, save_sheet
from tests.conftest import SheetFactory
from tests.web.conftest import Browser
from web.pages.trail import readable

RATE = "indicators.1-ア.values.2023.actual"
TARO = Actor(None, "太郎")


def act(session: Session, sheet_id: int, *changes: Change) -> int:
    found = change_sheet(session, get_sheet(session, sheet_id), changes, actor=TARO)
    session.commit()
    assert found is not None
    return found


def at(session: Session, sheet_id: int, path: str) -> Value:
    session.expire_all()
    return value_at(load_sheet(session, get_sheet(session, sheet_id)), path)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_trail_says_who_changed_what_from_what_to_what(browser: Browser, session: Session, sheet_id: int) -> None:
    act(
        session,
        sheet_id,
        Change(RATE, Decimal("12.1"), Decimal("12.40")),
        Change("costs.2023.general", Decimal(316118), ABSENT),
        Change("indicators.1-ア.achieved.2023", False, True),
        Change("related_divisions", ["生活福祉課", "高齢者支援課"], ["総務課"]),
    )
    page = words(browser.get(f"/sheets/{sheet_id}/trail").text)
    assert "太郎 入力" in page
    assert "実績値 12.1 → から 12.40" in page
    assert "施策コスト 令和5年度 一般財源 316,118 → から （空）" in page
    assert "未達成 → から 達成" in page
    assert "生活福祉課、高齢者支援課 → から 総務課" in page
    assert "シートの作成" in page


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        (RATE, Decimal("12.1"), "12.1"),
        (RATE, Decimal(12), "12.0"),
        (RATE, None, "―"),
        (RATE, ABSENT, "（空）"),
        ("costs.2023.general", Decimal("-1234"), "▲1,234"),
        ("indicators.2-ア.improved.2023", False, "低下"),
        ("indicators.1-ア.better", "lower", "低いほど良い"),
        ("indicators.1-ア.kind", "outcome", "成果指標"),
        ("indicators.1-ア.decimals", 1, "1"),
        ("indicators.gone.values.2023.actual", Decimal("1234.5"), "1,234.5"),
        ("plan.start", 2020, "令和2年度"),
        ("grades.overall", "B", "B"),
        ("lead_division", "福祉総務課", "福祉総務課"),
    ],
)
def test_values_are_written_for_people(make_sheet: SheetFactory, path: str, value: Value, shown: str) -> None:
    assert readable(path, value, make_sheet(2023)) == shown


def test_a_part_that_is_gone_is_named(browser: Browser, session: Session, sheet_id: int) -> None:
    path = "indicators.2-ア"
    act(session, sheet_id, Change(path, at(session, sheet_id, path), ABSENT))
    assert "就職につながった人の数" in browser.get(f"/sheets/{sheet_id}/trail").text


def test_an_act_is_taken_back_and_the_undo_too(browser: Browser, session: Session, sheet_id: int) -> None:
    first = act(session, sheet_id, Change(RATE, Decimal("12.1"), Decimal("12.4")))
    page = browser.get(f"/sheets/{sheet_id}/trail").text
    assert f'action="/sheets/{sheet_id}/trail/{first}/undo"' in page
    assert "1か所を元に戻す" in page
    answer = browser.post(f"/sheets/{sheet_id}/trail/{first}/undo", follow_redirects=True)
    assert "1か所を元の値に戻しました" in answer.text
    assert "取り消し済み" in answer.text
    assert at(session, sheet_id, RATE) == Decimal("12.1")
    newest = trail(session, get_sheet(session, sheet_id))[0]
    assert (newest.actor, newest.undoes) == ("見本 花子", first)
    assert "「入力」の取り消し" in answer.text
    browser.post(f"/sheets/{sheet_id}/trail/{newest.id}/undo")
    assert at(session, sheet_id, RATE) == Decimal("12.4")


def test_an_overtaken_act_stays_and_the_page_says_why(browser: Browser, session: Session, sheet_id: int) -> None:
    first = act(session, sheet_id, Change(RATE, Decimal("12.1"), Decimal("12.4")))
    act(session, sheet_id, Change(RATE, Decimal("12.4"), Decimal("12.5")))
    answer = browser.post(f"/sheets/{sheet_id}/trail/{first}/undo")
    assert answer.status_code == 409
    assert "取り消しませんでした" in answer.text
    assert "実績値" in words(answer.text)
    assert at(session, sheet_id, RATE) == Decimal("12.5")
    browser.post(f"/sheets/{sheet_id}/trail/{trail(session, get_sheet(session, sheet_id))[0].id}/undo")
    assert at(session, sheet_id, RATE) == Decimal("12.4")


def test_an_act_is_not_taken_back_twice(browser: Browser, session: Session, sheet_id: int) -> None:
    first = act(session, sheet_id, Change(RATE, Decimal("12.1"), Decimal("12.4")))
    browser.post(f"/sheets/{sheet_id}/trail/{first}/undo")
    answer = browser.post(f"/sheets/{sheet_id}/trail/{first}/undo")
    assert answer.status_code == 409
    assert "すでに取り消されています" in answer.text


def test_acts_that_are_not_there_cannot_be_taken_back(
    browser: Browser, session: Session, sheet_id: int, make_sheet: SheetFactory
) -> None:
    other = save_sheet(session, ReadSheet(sheet=make_sheet(2021)), actor=TARO).sheet_id
    session.commit()
    first = act(session, sheet_id, Change(RATE, Decimal("12.1"), Decimal("12.4")))
    created = trail(session, get_sheet(session, sheet_id))[-1].id
    for path in (f"{sheet_id}/trail/999/undo", f"{other}/trail/{first}/undo", f"{sheet_id}/trail/{created}/undo"):
        assert browser.post(f"/sheets/{path}").status_code == 404
    assert browser.get("/sheets/99/trail").status_code == 404


def test_a_long_trail_has_pages(browser: Browser, session: Session, sheet_id: int) -> None:
    for number in range(25):
        before = at(session, sheet_id, "lead_person")
        act(session, sheet_id, Change("lead_person", before, f"担当{number:02}"))
    page = browser.get(f"/sheets/{sheet_id}/trail").text
    assert "担当24" in page
    assert "担当03" not in page
    assert "1 / 2 ページ" in page
    older = browser.get(f"/sheets/{sheet_id}/trail?page=2").text
    assert "担当03" in older
    assert "シートの作成" in older
    for odd in ("0", "-5", "99", "x", "1e9"):
        assert browser.get(f"/sheets/{sheet_id}/trail?page={odd}").status_code == 200


def test_an_update_by_import_is_in_the_trail(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory, make_object: Callable[..., dict[str, object]]
) -> None:
    store(make_sheet(2023))
    sheet_id = store(SheetFile.model_validate(make_object(2023, lead_division="新しい課")))
    page = words(browser.get(f"/sheets/{sheet_id}/trail").text)
    assert "取り込みによる更新" in page
    assert "施策統括課 福祉総務課 → から 新しい課" in page
