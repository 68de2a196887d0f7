"""Links over the years on the page, and what they change in comparing, drafting, checking, the chat and the years."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlmodel import Session, select

from assistant.chat import reply_to
from corpus.lineage import sheet_of_year
from corpus.models import DivisionLink, IndicatorLink, MeasureLink, User
from corpus.store import earlier_sheets, find_sheet, get_sheet
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

Store = Callable[..., int]
OLD, NEW = "地域福祉の推進", "支え合う地域づくりの推進"
KEY = "6.1.results"


def named(name: str) -> dict[str, Any]:
    return {"code": None, "name": name}


def measure_of(session: Session, sheet_id: int) -> int:
    return get_sheet(session, sheet_id).measure_id


@pytest.fixture
def renamed(store: Store, make_sheet: SheetFactory) -> tuple[int, int]:
    """A measure without code, called otherwise from 2023 on; the new sheet prints no past values and no text."""
    before = store(make_sheet(2022, measure=named(OLD)))
    after = make_sheet(2023, measure=named(NEW), sections={}, lead_division="地域共生課")
    for entry in after.indicators:
        entry.values = {year: values for year, values in entry.values.items() if year >= 2023}
    after.costs.pop(2022)
    return before, store(after)


def link(browser: Browser, sheet_id: int, what: str, earlier: object, kind: str = "renamed", **more: Any) -> Any:
    sent = {"what": what, "earlier": str(earlier), "kind": kind, "note": "", "key": ""} | more
    return browser.post(f"/sheets/{sheet_id}/links", sent, follow_redirects=True)


def test_before_the_link_nothing_of_last_year_is_there(
    browser: Browser, session: Session, renamed: tuple[int, int]
) -> None:
    _, sheet_id = renamed
    compared = browser.get(f"/sheets/{sheet_id}/sections/{KEY}/compare").text
    assert "就職につながった人の数は52人" not in compared
    assert (
        "令和4年度"
        not in re.search(r'<nav class="year-steps".*?</nav>', browser.get(f"/sheets/{sheet_id}").text, re.S)[0]
    )
    text = reply_to(session, get_sheet(session, sheet_id), "成果実績を下書きして").text
    assert "見守り訓練を3回" not in text


def test_after_it_comparing_drafting_checking_and_the_years_find_it(
    browser: Browser, session: Session, renamed: tuple[int, int]
) -> None:
    before, sheet_id = renamed
    page = link(browser, sheet_id, "measure", measure_of(session, before)).text
    assert "つながりを保存しました" in page
    assert f"令和4年度「{OLD}」" in page
    assert "見本 花子" in page

    compared = browser.get(f"/sheets/{sheet_id}/sections/{KEY}/compare").text
    assert "就職につながった人の数は52人" in compared
    steps = browser.get(f"/sheets/{sheet_id}").text
    assert f'rel="prev" href="/sheets/{before}">‹ 令和4年度「{OLD}」</a>' in steps
    assert f'rel="next" href="/sheets/{sheet_id}">令和5年度「{NEW}」 ›</a>' in browser.get(f"/sheets/{before}").text

    session.expire_all()
    row = get_sheet(session, sheet_id)
    text = reply_to(session, row, "成果実績を下書きして").text
    assert "見守り訓練" in text
    assert "63人" in text
    assert re.search(r"令和4年度(?:の52人)?から11人増加", text), "the figure of last year's sheet is known"
    assert "11人" in reply_to(session, row, "令和4年度と5年度の就職につながった人の数の差は？").text
    for said, verdict in (("52", "match"), ("51", "mismatch")):
        sent = {"text": f"・就職につながった人の数は前年度の{said}人から増加した。"}
        checked = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/check", sent, htmx=True).text
        assert re.search(r"・不一致 0・" if verdict == "match" else r"・不一致 [1-9]", checked)
        assert re.search("一致 [1-9]", checked)


def test_ending_it_takes_all_that_away_and_keeps_who_did_what(
    browser: Browser, session: Session, renamed: tuple[int, int]
) -> None:
    before, sheet_id = renamed
    link(browser, sheet_id, "measure", measure_of(session, before))
    for words in ("つながりを解きました", "すでに解かれています"):
        sent = {"table": "measure", "link": "1"}
        assert words in browser.post(f"/sheets/{sheet_id}/links/end", sent, follow_redirects=True).text
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert "解かれたつながり（1）" in page
    assert re.search(r"見本 花子が [\d-]+ [\d:]+ に解きました", page)
    assert earlier_sheets(session, get_sheet(session, sheet_id)) == []


@pytest.mark.parametrize("kind", ["split", "merged"])
def test_what_will_change_is_said_before_it_is_saved(
    browser: Browser, session: Session, renamed: tuple[int, int], kind: str
) -> None:
    before, sheet_id = renamed
    earlier = measure_of(session, before)
    page = link(browser, sheet_id, "measure", earlier, step="preview").text
    assert "このつながりを保存する" in page
    assert f"令和4年度の「{OLD}」のシート（1枚）の文章と数値が、この施策の前年度までのものとして使われます。" in page
    part = link(browser, sheet_id, "measure", earlier, kind, step="preview").text
    assert "施策コストは、合計や按分をしないため、つながりません" in part
    assert session.exec(select(MeasureLink)).all() == []


def test_a_split_measure_is_reached_from_both_parts(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    whole = store(make_sheet(2022, measure=named(OLD)))
    parts = [store(make_sheet(2023, measure=named(name), sections={})) for name in ("地域の支え合い", "自立の支援")]
    for part in parts:
        link(browser, part, "measure", measure_of(session, whole), "split")
        last_year = sheet_of_year(earlier_sheets(session, get_sheet(session, part)), 2022)
        assert last_year is not None
        assert "見守り訓練を3回" in last_year.text(KEY)
        assert not last_year.costs
    steps = browser.get(f"/sheets/{whole}").text
    assert all(f'href="/sheets/{part}"' in steps for part in parts)


def test_a_merged_measure_shows_the_first_linked_as_last_year(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    first, second = (
        store(make_sheet(2022, measure=named(name), sections={"5.1": f"・{name}の状況。"})) for name in ("防災", "防犯")
    )
    merged = store(make_sheet(2023, measure=named("安全なまち"), sections={"5.1": "・安全の状況。"}))
    for sheet_id in (second, first):
        link(browser, merged, "measure", measure_of(session, sheet_id), "merged")
    compared = browser.get(f"/sheets/{merged}/sections/5.1/compare").text
    assert "<del>防犯</del>" in compared
    assert "防災" not in compared
    assert "防犯の状況" in reply_to(session, get_sheet(session, merged), "昨年度の取り巻く状況を見せて").text
    steps = browser.get(f"/sheets/{merged}").text
    assert "‹ 令和4年度「防犯」" in steps
    assert ">令和4年度「防災」</a>" in steps


def test_separate_cuts_what_only_has_the_same_code(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet_id = store(make_sheet(2023))
    preview = link(browser, sheet_id, "measure", "", "separate", step="preview").text
    assert "令和4年度のシート（1枚）は、前年度までのものとして使われなくなります" in preview
    link(browser, sheet_id, "measure", "", "separate")
    assert earlier_sheets(session, get_sheet(session, sheet_id)) == []
    assert "‹ 令和4年度" in browser.get(f"/sheets/{sheet_id}").text, "the sheet itself is still reached"


def test_a_circle_is_refused_on_the_page_with_what_was_sent(
    browser: Browser, session: Session, renamed: tuple[int, int]
) -> None:
    before, sheet_id = renamed
    link(browser, sheet_id, "measure", measure_of(session, before))
    answer = link(browser, before, "measure", measure_of(session, sheet_id), note="ためし")
    assert answer.status_code == 422
    assert "ひと回りして" in answer.text
    assert 'value="ためし"' in answer.text
    assert len(session.exec(select(MeasureLink)).all()) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"what": "measure"},
        {"what": "measure", "earlier": "99999999999999999999", "kind": "renamed"},
        {"what": "measure", "earlier": "-1", "kind": "renamed"},
        {"what": "measure", "earlier": "²", "kind": "renamed"},
        {"what": "indicator", "key": "1-ア", "earlier": "x:y", "kind": "renamed"},
        {"what": "indicator", "key": "<b>", "earlier": "1:1-ア", "kind": "renamed", "step": "preview"},
        {"what": "indicator", "key": "1-ア", "earlier": "1:" + "あ" * 5000, "kind": "renamed"},
        {"what": "division", "earlier": "", "kind": "renamed"},
        {"what": "division", "earlier": "福祉課", "kind": "separate"},
        {"what": "division", "earlier": "\x00", "kind": "renamed"},
        {"what": "measure", "earlier": "1", "kind": "renamed", "note": "あ" * 501},
        {"what": "else", "earlier": "1", "kind": "こわれた"},
    ],
)
def test_what_cannot_be_linked_is_said_and_nothing_kept(
    browser: Browser, session: Session, sheet_id: int, sent: dict[str, str]
) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/links", sent)
    assert answer.status_code == 422
    assert "どのつながりも保存していません" in answer.text
    tables = (MeasureLink, IndicatorLink, DivisionLink)
    assert [session.exec(select(table)).all() for table in tables] == [[], [], []]


@pytest.mark.parametrize("sent", [{}, {"table": "measure", "link": "x"}, {"table": "sheet", "link": "1"}])
def test_ending_what_is_not_there_is_no_error(browser: Browser, sheet_id: int, sent: dict[str, str]) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/links/end", sent, follow_redirects=True)
    assert answer.status_code == 200
    assert "すでに解かれています" in answer.text


def test_two_people_who_add_the_same_link_at_once_make_one(
    app: Flask, user: User, session: Session, renamed: tuple[int, int]
) -> None:
    before, sheet_id = renamed
    earlier, key = measure_of(session, before), "1-ア"
    people = []
    for _ in range(4):
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["user_id"] = user.id
        people.append(Browser(client))
    start, answers = threading.Barrier(len(people)), []

    def add(person: Browser) -> None:
        token = person.token()
        wishes = [
            {"what": "measure", "earlier": str(earlier), "kind": "renamed"},
            {"what": "indicator", "key": key, "kind": "separate"},
            {"what": "division", "earlier": "福祉総務課", "kind": "renamed"},
        ]
        start.wait()
        for wish in wishes:
            sent = wish | {"csrf_token": token}
            answers.append(person.client.post(f"/sheets/{sheet_id}/links", data=sent).status_code)

    threads = [threading.Thread(target=add, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 12
    tables = (MeasureLink, IndicatorLink, DivisionLink)
    assert [len(session.exec(select(table)).all()) for table in tables] == [1, 1, 1]


def test_a_renamed_indicator_is_proposed_with_its_reason_and_effect(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet = make_sheet(2023)
    sheet.indicators[2].name = "就労支援により就職した人の数"
    sheet_id = store(sheet)
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert "両方のシートに載る過去の実績値が同じです（令和3年度、令和4年度）" in page
    assert "令和4年度までの「就職につながった人の数」の実績（" in page
    assert "令和4年度 52人）が、前年度の値として使われます" in page
    assert page.count('class="panel proposal"') == 1
    after = link(browser, sheet_id, "indicator", f"{measure_of(session, sheet_id)}:2-ア", key="2-ア").text
    assert 'class="panel proposal"' not in after
    assert "結び付けた" in after
    (seen,) = earlier_sheets(session, get_sheet(session, sheet_id))
    assert seen.indicators[2].name == "就労支援により就職した人の数"


def test_what_an_indicator_loses_by_another_link_is_said_too(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet_id = store(make_sheet(2023))
    earlier = f"{measure_of(session, sheet_id)}:2-ア"
    lost = "令和4年度までの「福祉活動に取り組んでいる市民の割合」の値は、前年度の値として使われなくなります"
    for kind in ("renamed", "split"):
        page = link(browser, sheet_id, "indicator", earlier, kind, key="1-ア", step="preview").text
        assert lost in page
        assert ("単位が違うため（人と％）" in page) is (kind == "renamed")
    assert 'aria-current="page">年度間のつながり' in page
    same = link(browser, sheet_id, "indicator", earlier, key="2-ア", step="preview").text
    assert "前年度の値として使われます" in same
    assert "使われなくなります" not in same


def test_a_later_sheet_says_where_an_earlier_one_waits_for_a_link(
    browser: Browser, store: Store, make_sheet: SheetFactory
) -> None:
    names = {2021: "就職につながった人の数", 2022: "就労支援により就職した人の数"}
    ids = {}
    for year in (2021, 2022, 2023):
        sheet = make_sheet(year)
        sheet.indicators[2].name = names.get(year, names[2022])
        ids[year] = store(sheet)
    page = browser.get(f"/sheets/{ids[2023]}/links").text
    assert f'<a href="/sheets/{ids[2022]}/links">令和4年度のシート</a>に、提案が 1 件あります' in page


def test_a_measure_that_ended_is_proposed_to_the_new_one(
    browser: Browser, session: Session, renamed: tuple[int, int], store: Store, make_sheet: SheetFactory
) -> None:
    _, sheet_id = renamed
    store(
        make_sheet(
            2022,
            measure=named("環境の保全"),
            policy="環境",
            purpose="ごみを減らす。",
            indicators=[],
            lead_division="環境課",
        )
    )
    store(make_sheet(2023, measure=named("住まいの確保"), policy="住宅"))
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert page.count('class="panel proposal"') == 1
    assert f"<strong>{OLD}</strong>" in page
    assert "令和4年度を最後にシートがありません。" in page
    assert "政策名が同じです" in page


def test_a_new_plan_is_proposed_and_kept_for_the_same_measure(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    sheet_id = store(make_sheet(2023, plan={"name": "第3次基本計画", "start": 2023, "end": 2030}))
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert "計画が「第2次基本計画」から「第3次基本計画」に変わりました" in page
    own = measure_of(session, sheet_id)
    link(browser, sheet_id, "measure", own, "new_plan")
    assert 'class="panel proposal"' not in browser.get(f"/sheets/{sheet_id}/links").text
    assert [sheet.fiscal_year for sheet in earlier_sheets(session, get_sheet(session, sheet_id))] == [2022]


def test_a_code_given_to_another_measure_in_a_new_plan_is_proposed_as_separate(
    browser: Browser, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    other = {"code": "12", "name": "上下水道の整備"}
    sheet_id = store(make_sheet(2023, measure=other, plan={"name": "第3次基本計画", "start": 2023, "end": 2030}))
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert "番号は同じですが、前の名称は「地域福祉の推進」で、今の名称と大きく違います" in page
    assert "別のものとする" in page


def test_a_renamed_division_is_found_by_both_names(
    browser: Browser, session: Session, store: Store, make_sheet: SheetFactory
) -> None:
    before = store(make_sheet(2022, lead_division="子育て支援課"))
    sheet_id = store(make_sheet(2023, lead_division="こども未来課"))
    assert "子育て支援課" not in re.search(r'data-words="([^"]*)"', browser.get("/").text)[1]
    page = browser.get(f"/sheets/{sheet_id}/links").text
    assert "施策統括課が「子育て支援課」（令和4年度）から「こども未来課」に変わりました" in page
    link(browser, sheet_id, "division", "子育て支援課")
    assert "子育て支援課" in re.search(r'data-words="([^"]*)"', browser.get("/").text)[1]
    assert "旧：子育て支援課（令和4年度まで）" in browser.get(f"/sheets/{sheet_id}").text
    assert "現：こども未来課（令和5年度から）" in browser.get(f"/sheets/{before}").text
    assert find_sheet(session, "12", 2022).lead_division == "子育て支援課"


def test_a_division_that_others_still_bear_is_not_proposed(
    browser: Browser, store: Store, make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022, lead_division="子育て支援課"))
    sheet_id = store(make_sheet(2023, lead_division="こども未来課"))
    store(make_sheet(2023, measure={"code": "99", "name": "児童館"}, lead_division="子育て支援課"))
    assert 'class="panel proposal"' not in browser.get(f"/sheets/{sheet_id}/links").text


def test_the_page_of_a_first_sheet_stands_alone(browser: Browser, store: Store, make_sheet: SheetFactory) -> None:
    sheet_id = store(make_sheet(2023, lead_division=None, indicators=[]))
    answer = browser.get(f"/sheets/{sheet_id}/links")
    assert answer.status_code == 200
    assert "前の年度のシートはありません" in answer.text
    assert browser.get("/sheets/999/links").status_code == 404


def test_more_measures_in_the_city_do_not_make_more_queries(
    app: Flask, browser: Browser, store: Store, make_sheet: SheetFactory
) -> None:
    asked: list[str] = []

    @event.listens_for(app.extensions["shisaku"].engine, "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        asked.append(statement)

    def city(first: int, last: int) -> None:
        for number in range(first, last):
            for year in (2022, 2023):
                store(make_sheet(year, measure={"code": str(100 + number), "name": f"{number}番目の施策"}))

    sheet_id = store(make_sheet(2023, measure=named(NEW)))
    city(0, 2)
    counts = []
    for _ in range(2):
        asked.clear()
        assert browser.get(f"/sheets/{sheet_id}/links").status_code == 200
        counts.append(len(asked))
        city(2, 12)
    assert counts[0] == counts[1]
