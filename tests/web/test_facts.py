"""The page of the year's facts: noted, changed, deleted, put back; last year's taken over; tables taken in."""

import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session
from werkzeug.http import parse_options_header

from corpus.accounts import COMMAND_LINE
from corpus.editing import trail
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet
from corpus.storednotes import note_at, save_note
from corpus.yearfacts import YearFacts
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

FACTS: dict[str, Any] = {
    "done": [
        {"direction": 1, "text": "見守り訓練を3回実施した。", "date": "2023-06"},
        {"direction": 2, "text": "窓口を開いた。"},
    ],
    "projects": [
        {"name": "見守り事業", "direction": 1, "cost": 120000, "result": "延べ1,204件", "next_step": "続ける"}
    ],
}


@pytest.fixture
def noted(store: Callable[..., int], make_sheet: SheetFactory) -> int:
    """The sheet of 2023 with some facts, and that of 2022 before it."""
    store(make_sheet(2022))
    return store(make_sheet(2023, facts=FACTS))


def facts_of(session: Session, sheet_id: int) -> YearFacts:
    session.expire_all()
    return load_sheet(session, get_sheet(session, sheet_id)).facts


def before_of(session: Session, sheet_id: int, note_id: str) -> str:
    """What the page sends back for a note."""
    session.expire_all()
    value = note_at(load_sheet(session, get_sheet(session, sheet_id)), note_id)
    return json.dumps(value, ensure_ascii=False, default=int)


def sent(note_id: str, before: str, **fields: str) -> dict[str, str]:
    return {"id": note_id, "kind": note_id.split("-")[0], "before": before, **fields}


def words(page: str) -> str:
    """What a person reads, without tags and gaps."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


# --- showing


def test_the_page_shows_every_block_and_its_lines(browser: Browser, noted: int) -> None:
    page = browser.get(f"/sheets/{noted}/facts").text
    assert "展開方向1「支え合いの地域づくり」" in page
    assert "令和5年6月" in page
    for line in ("done-1", "done-2", "done-0", "planned-1", "opinions", "other_cities", "projects", "evidence"):
        assert f'id="line-{line}"' in page
    # the person and the year stand in the line for an evidence note already
    line = page.split('id="line-evidence"', 1)[1].split("</form>")[0]
    assert 'value="見本 花子"' in line
    assert 'value="令和5年度"' in line


def test_the_projects_are_summed_against_the_sheet(browser: Browser, noted: int) -> None:
    read = words(browser.get(f"/sheets/{noted}/facts").text)
    assert "事務事業数24本のうち、1本を記入" in read
    assert "事業費の合計は120,000千円です。シートの事業費計(A) 368,045千円より248,045千円足りません" in read


@pytest.mark.parametrize(
    ("facts", "costs", "told"),
    [
        ({}, {"2023": {"projects": 2}}, "2本のうち、0本"),
        ({"projects": [{"name": "A"}]}, {}, "事務事業を1本記入しています（うち事業費の記入は0本）。シートの事務事業数は未記入"),
        ({"projects": [{"name": "A", "cost": 5}]}, {}, "5千円です。シートの事業費計(A)は未記入"),
        ({"projects": [{"name": "A", "cost": 5}]}, {"2023": {"program_total": 5, "projects": 1}}, "一致しています"),
        ({"projects": [{"name": "A", "cost": 8}]}, {"2023": {"program_total": 5}}, "3千円多くなっています"),
        ({"projects": [{"name": "A", "cost": 0}]}, {"2023": {"program_total": 5}}, "合計は0千円です。シートの事業費計(A) 5千円より5千円足りません"),
    ],
)  # fmt: skip
def test_totals_in_words(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory, facts: Any, costs: Any, told: str
) -> None:
    sheet_id = store(make_sheet(2023, facts=facts, costs=costs))
    assert told in words(browser.get(f"/sheets/{sheet_id}/facts").text)


def test_the_tab_leads_here_and_strangers_are_kept_out(browser: Browser, stranger: Browser, noted: int) -> None:
    assert f'href="/sheets/{noted}/facts"' in browser.get(f"/sheets/{noted}").text
    assert stranger.get(f"/sheets/{noted}/facts").status_code == 302
    assert browser.get("/sheets/999/facts").status_code == 404


# --- adding


def test_a_line_becomes_a_note_with_its_trail(browser: Browser, session: Session, noted: int) -> None:
    path = f"/sheets/{noted}/facts/new/done"
    answer = browser.post(path, {"text": "協定を結んだ。", "date": "６月", "direction": "1"}, htmx=True)
    assert answer.status_code == 200
    assert 'id="note-done-3"' in answer.text
    assert 'id="facts-totals"' in answer.text
    added = facts_of(session, noted).done[-1]
    assert (added.id, added.text, added.date, added.direction) == ("done-3", "協定を結んだ。", "2023-06", 1)
    act = trail(session, get_sheet(session, noted))[0]
    assert (act.action, act.actor) == ("facts.edit", "見本 花子")
    assert [change.path for change in act.changes] == ["facts.done-3"]


def test_several_lines_at_once_are_one_act(browser: Browser, session: Session, noted: int) -> None:
    browser.post(
        f"/sheets/{noted}/facts/new/planned", {"text": "・一つ目\r\n・二つ目\r\n", "direction": "2"}, htmx=True
    )
    assert [(note.text, note.direction) for note in facts_of(session, noted).planned] == [("一つ目", 2), ("二つ目", 2)]
    assert len(trail(session, get_sheet(session, noted))[0].changes) == 2


def test_an_evidence_note_is_by_the_person_and_of_the_year(browser: Browser, session: Session, noted: int) -> None:
    browser.post(f"/sheets/{noted}/facts/new/evidence", {"what": "情報提供", "figure": "２１件"}, htmx=True)
    note = facts_of(session, noted).evidence[0]
    assert (str(note.figure), note.unit, note.year, note.by) == ("21", "件", 2023, "見本 花子")


def test_without_script_the_page_comes_back_with_a_way_back(browser: Browser, session: Session, noted: int) -> None:
    answer = browser.post(f"/sheets/{noted}/facts/new/done", {"text": "協定", "direction": "1"}, follow_redirects=True)
    assert "1件を追加しました" in answer.text
    undo = re.search(r'action="(/sheets/\d+/facts/undo/\d+)"', answer.text)
    assert undo
    browser.post(undo[1], {}, follow_redirects=True)
    assert len(facts_of(session, noted).done) == 2


@pytest.mark.parametrize("typed", [{"text": "訓練", "date": "いつか"}, {"text": "", "date": "6月"}])
def test_what_does_not_fit_adds_nothing_and_stays_typed(
    browser: Browser, session: Session, noted: int, typed: dict[str, str]
) -> None:
    path = f"/sheets/{noted}/facts/new/done"
    answer = browser.post(path, typed | {"direction": "1"})
    assert answer.status_code == 422
    line = answer.text.split('id="line-done-1"', 1)[1].split("</form>")[0]
    assert typed["text"] in line
    assert f'value="{typed["date"]}"' in line
    notice = browser.post(path, typed | {"direction": "1"}, htmx=True)
    assert (notice.status_code, notice.headers["HX-Retarget"]) == (422, "#notices")
    assert len(facts_of(session, noted).done) == 2


def test_an_unknown_kind_is_no_address(browser: Browser, noted: int) -> None:
    assert browser.post(f"/sheets/{noted}/facts/new/rumours", {"text": "x"}).status_code == 404


# --- changing


def test_a_note_is_changed_in_place(browser: Browser, session: Session, noted: int) -> None:
    form = browser.get(f"/sheets/{noted}/facts/note?id=done-1&edit=1", htmx=True).text
    assert "見守り訓練を3回実施した。</textarea>" in form
    assert 'value="令和5年6月"' in form
    hidden = re.search(r'name="before" value="([^"]*)"', form)
    assert hidden
    data = sent("done-1", html.unescape(hidden[1]), text="見守り訓練を4回実施した。", date="R5.7", direction="1")
    answer = browser.post(f"/sheets/{noted}/facts/note", data, htmx=True)
    assert "見守り訓練を4回実施した。" in answer.text
    note = facts_of(session, noted).done[0]
    assert (note.id, note.text, note.date) == ("done-1", "見守り訓練を4回実施した。", "2023-07")


def test_another_direction_moves_the_row(browser: Browser, session: Session, noted: int) -> None:
    data = sent(
        "done-1", before_of(session, noted, "done-1"), text="見守り訓練を3回実施した。", date="2023-06", direction="2"
    )
    answer = browser.post(f"/sheets/{noted}/facts/note", data, htmx=True)
    assert 'hx-swap-oob="beforeend:#list-done-2"' in answer.text
    assert facts_of(session, noted).done[0].direction == 2


def other_saves(session: Session, sheet_id: int, note_id: str, text: str) -> None:
    sheet = get_sheet(session, sheet_id)
    before = note_at(load_sheet(session, sheet), note_id)
    save_note(session, sheet, note_id, before, before | {"text": text}, actor=COMMAND_LINE)
    session.commit()


@pytest.mark.parametrize("htmx", [True, False])
def test_a_concurrent_change_is_refused_with_both_versions(
    browser: Browser, session: Session, noted: int, htmx: bool
) -> None:
    before = before_of(session, noted, "done-1")
    other_saves(session, noted, "done-1", "ほかの人の文")
    data = sent("done-1", before, text="わたしの文", date="8月", direction="1")
    answer = browser.post(f"/sheets/{noted}/facts/note", data, htmx=htmx)
    assert answer.status_code == 409
    assert "ほかの人の文" in answer.text
    assert "わたしの文" in answer.text
    assert 'value="8月"' in answer.text
    assert facts_of(session, noted).done[0].text == "ほかの人の文"
    # and the person's own may be saved over it, knowing it
    row = answer.text.split('id="note-done-1"', 1)[1]
    hidden = re.search(r'name="before" value="([^"]*)"', row)
    assert hidden
    data["before"] = html.unescape(hidden[1])
    assert browser.post(f"/sheets/{noted}/facts/note", data, htmx=True).status_code == 200
    assert facts_of(session, noted).done[0].text == "わたしの文"


@pytest.mark.parametrize("htmx", [True, False])
def test_a_note_that_was_deleted_meanwhile_can_be_put_back_as_typed(
    browser: Browser, session: Session, noted: int, htmx: bool
) -> None:
    before = before_of(session, noted, "done-1")
    browser.post(f"/sheets/{noted}/facts/note/delete", sent("done-1", before), htmx=True)
    data = sent("done-1", before, text="わたしの文", date="", direction="1")
    answer = browser.post(f"/sheets/{noted}/facts/note", data, htmx=htmx)
    assert answer.status_code == 409
    assert "先に削除しました" in answer.text
    assert "わたしの文" in answer.text
    assert browser.post(f"/sheets/{noted}/facts/note", data | {"before": ""}, htmx=True).status_code == 200
    assert [note.text for note in facts_of(session, noted).done] == ["わたしの文", "窓口を開いた。"]


def test_a_bad_value_in_a_change_keeps_what_was_typed(browser: Browser, session: Session, noted: int) -> None:
    data = sent(
        "projects-1", before_of(session, noted, "projects-1"), name="見守り事業", cost="たくさん", result="新しい成果"
    )
    answer = browser.post(f"/sheets/{noted}/facts/note", data)
    assert answer.status_code == 422
    assert 'value="たくさん"' in answer.text
    assert "新しい成果" in answer.text
    assert facts_of(session, noted).projects[0].cost == 120000


@pytest.mark.parametrize("before", ["{", "[]", '"x"', "null", "{}"])
def test_a_broken_form_never_gives_an_error_of_the_program(browser: Browser, noted: int, before: str) -> None:
    for path in ("note", "note/delete"):
        data = sent("done-1", before, text="x", direction="1")
        assert browser.post(f"/sheets/{noted}/facts/{path}", data, htmx=True).status_code in (409, 422)
    assert browser.post(f"/sheets/{noted}/facts/note", {"kind": "done", "text": "x"}).status_code == 404


# --- deleting


def test_a_deletion_can_be_undone_at_once(browser: Browser, session: Session, noted: int) -> None:
    data = sent("done-1", before_of(session, noted, "done-1"))
    answer = browser.post(f"/sheets/{noted}/facts/note/delete", data, htmx=True)
    assert "を削除しました" in answer.text
    assert [note.id for note in facts_of(session, noted).done] == ["done-2"]
    undo = re.search(r'hx-post="([^"]*/undo/\d+)"', answer.text)
    assert undo
    back = browser.post(undo[1], {"id": "done-1"}, htmx=True)
    assert "見守り訓練を3回実施した。" in back.text
    assert [note.id for note in facts_of(session, noted).done] == ["done-1", "done-2"]
    assert browser.post(undo[1], {"id": "done-1"}, htmx=True).status_code == 422


def test_what_somebody_changed_meanwhile_is_not_deleted(browser: Browser, session: Session, noted: int) -> None:
    before = before_of(session, noted, "done-1")
    other_saves(session, noted, "done-1", "ほかの人の文")
    answer = browser.post(f"/sheets/{noted}/facts/note/delete", sent("done-1", before), htmx=True)
    assert answer.status_code == 409
    assert "ほかの人の文" in answer.text
    assert len(facts_of(session, noted).done) == 2


def test_only_acts_on_notes_are_undone_here(browser: Browser, session: Session, noted: int) -> None:
    created = next(entry for entry in trail(session, get_sheet(session, noted)) if entry.action == "sheet.created")
    assert browser.post(f"/sheets/{noted}/facts/undo/{created.id}").status_code == 404


# --- evidence from a note


def test_a_figure_of_a_note_fills_the_line_for_an_evidence_note(browser: Browser, noted: int) -> None:
    page = browser.get(f"/sheets/{noted}/facts").text
    assert "根拠メモにする" in page
    assert f'hx-get="/sheets/{noted}/facts/evidence?note=projects-1&amp;figure=0"' in page
    line = browser.get(f"/sheets/{noted}/facts/evidence?note=projects-1&figure=0", htmx=True).text
    assert 'name="figure" value="1,204"' in line
    assert 'name="unit" value="件"' in line
    whole = browser.get(f"/sheets/{noted}/facts?note=done-1&figure=0").text
    assert "見守り訓練</textarea>" in whole.split('id="line-evidence"', 1)[1]
    for wrong in ("note=done-1&figure=7", "note=done-2", "note=done-1&figure=-1"):
        assert browser.get(f"/sheets/{noted}/facts/evidence?{wrong}", htmx=True).status_code == 422
    assert browser.get(f"/sheets/{noted}/facts/evidence?note=none", htmx=True).status_code == 404


def test_a_noted_figure_is_not_offered_again(browser: Browser, noted: int) -> None:
    browser.post(f"/sheets/{noted}/facts/new/evidence", {"what": "見守り訓練", "figure": "3", "unit": "回"}, htmx=True)
    row = browser.get(f"/sheets/{noted}/facts/note?id=done-1", htmx=True).text
    assert "根拠メモにする" not in row


# --- last year's


@pytest.fixture
def following(store: Callable[..., int], make_sheet: SheetFactory) -> int:
    """A sheet without facts, after a year that has them."""
    evidence = [{"what": "情報提供", "figure": 21, "unit": "件", "year": 2022, "source": "記録"}]
    planned = [
        {"text": "訓練を3地区で実施する。", "direction": 1},
        {"text": "窓口の夜間開設を検討する。", "direction": 2},
    ]
    store(make_sheet(2022, facts={"planned": planned, "projects": FACTS["projects"], "evidence": evidence}))
    return store(make_sheet(2023))


def keys(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="words-([^"]+)"', page)))


def test_last_years_are_offered_and_nothing_is_taken_by_itself(
    browser: Browser, session: Session, following: int
) -> None:
    page = browser.get(f"/sheets/{following}/facts").text
    assert len(keys(page)) == 5
    assert "昨年度の事業費 120,000千円" in page
    assert "昨年度 21件" in page
    assert not facts_of(session, following)
    assert browser.post(f"/sheets/{following}/facts/offers", {}, htmx=True).status_code == 422
    assert not facts_of(session, following)


def test_several_are_taken_at_once_each_with_its_fate(browser: Browser, session: Session, following: int) -> None:
    first, second, project, _step, evidence = keys(browser.get(f"/sheets/{following}/facts").text)
    data = {
        f"fate-{first}": "done",
        f"words-{first}": "訓練を4地区で実施した。",
        f"fate-{second}": "not_done",
        f"fate-{project}": "again",
    }
    data |= {f"fate-{evidence}": "again", f"figure-{evidence}": "３４件"}
    answer = browser.post(f"/sheets/{following}/facts/offers", data, htmx=True)
    assert answer.status_code == 200
    assert 'hx-swap-oob="beforeend:#list-done-1"' in answer.text
    facts = facts_of(session, following)
    assert [note.text for note in facts.done] == [
        "訓練を4地区で実施した。",
        "「窓口の夜間開設を検討する」は行わなかった。",
    ]
    assert [(note.name, note.cost) for note in facts.projects] == [("見守り事業", None)]
    note = facts.evidence[0]
    assert (int(note.figure), note.unit, note.year, note.source, note.by) == (34, "件", 2023, "記録", "見本 花子")
    assert len(keys(answer.text)) == 1


def test_one_is_taken_by_its_own_button(browser: Browser, session: Session, following: int) -> None:
    first, second, project, *_ = keys(browser.get(f"/sheets/{following}/facts").text)
    browser.post(f"/sheets/{following}/facts/offers", {"one": project, f"fate-{first}": "done"}, htmx=True)
    facts = facts_of(session, following)
    assert (len(facts.projects), len(facts.done)) == (1, 0)
    page = browser.post(
        f"/sheets/{following}/facts/offers", {"one": second, f"fate-{second}": "done"}, follow_redirects=True
    )
    assert "1件を追加しました" in page.text


def test_a_refused_choice_keeps_all_that_was_chosen(browser: Browser, session: Session, following: int) -> None:
    first, second, *_, evidence = keys(browser.get(f"/sheets/{following}/facts").text)
    data = {
        f"fate-{first}": "done",
        f"words-{first}": "書きかけ",
        f"fate-{evidence}": "again",
        f"fate-{second}": "otherwise",
    }
    for htmx in (True, False):
        answer = browser.post(f"/sheets/{following}/facts/offers", data, htmx=htmx)
        assert answer.status_code == 422
        assert 'value="書きかけ"' in answer.text
    assert not facts_of(session, following)


# --- tables

TABLE = "事務事業一覧,,\n事業名,決算額（千円）,成果\n見守り事業,130000,延べ1204件\n相談事業,500,12回\n合計,130500,\n"


def look(browser: Browser, sheet_id: int, content: str | bytes, name: str = "表.csv", **more: str) -> Any:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return browser.post(
        f"/sheets/{sheet_id}/facts/import",
        {"file": (io.BytesIO(raw), name), **more},
        content_type="multipart/form-data",
    )


def confirmed(page: str) -> dict[str, str]:
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])
        for name in ("content", "file", "seal")
    }  # type: ignore[index]


def test_a_table_is_shown_before_it_is_stored(browser: Browser, session: Session, noted: int) -> None:
    page = look(browser, noted, TABLE).text
    read = words(page)
    assert "新しい 1 件、変わる 1 件" in read
    assert "130,500千円" in read
    assert "<del>120,000</del>" in page
    assert len(facts_of(session, noted).projects) == 1
    answer = browser.post(f"/sheets/{noted}/facts/import/store", confirmed(page), follow_redirects=True)
    assert "1件を追加し、1件を変更しました" in answer.text
    facts = facts_of(session, noted)
    assert [(note.id, note.name, int(note.cost or 0), note.next_step) for note in facts.projects] == [
        ("projects-1", "見守り事業", 130000, "続ける"),
        ("projects-2", "相談事業", 500, None),
    ]
    assert trail(session, get_sheet(session, noted))[0].action == "facts.import"
    # one act, one way back
    undo = re.search(r'action="(/sheets/\d+/facts/undo/\d+)"', answer.text)
    assert undo
    browser.post(undo[1])
    assert [int(note.cost or 0) for note in facts_of(session, noted).projects] == [120000]


def test_what_changed_between_is_shown_anew(browser: Browser, session: Session, noted: int) -> None:
    page = look(browser, noted, TABLE).text
    browser.post(f"/sheets/{noted}/facts/new/projects", {"name": "相談事業", "cost": "400"}, htmx=True)
    answer = browser.post(f"/sheets/{noted}/facts/import/store", confirmed(page))
    assert answer.status_code == 409
    assert "比べ直しました" in answer.text
    assert "変わる 2 件" in words(answer.text)
    assert browser.post(f"/sheets/{noted}/facts/import/store", confirmed(answer.text)).status_code == 303
    assert [int(note.cost or 0) for note in facts_of(session, noted).projects] == [130000, 500]


def test_the_same_table_again_changes_nothing(browser: Browser, session: Session, noted: int) -> None:
    browser.post(f"/sheets/{noted}/facts/import/store", confirmed(look(browser, noted, TABLE).text))
    acts = len(trail(session, get_sheet(session, noted)))
    page = look(browser, noted, TABLE).text
    assert "同じ 2 件" in words(page)
    assert "取り込むものはありません" in page
    assert (
        "何も変更していません"
        in browser.post(f"/sheets/{noted}/facts/import/store", confirmed(page), follow_redirects=True).text
    )
    session.expire_all()
    assert len(trail(session, get_sheet(session, noted))) == acts


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ("事業名,事業費\nA,たくさん\n", "表.csv", "2行目"),
        (b"\xd0\xcf\x11\xe0", "表.xlsx", "パスワード"),
        ("ただの文", "表.csv", "見出しの行"),
        ("x", "表.exe", ".exe"),
    ],
)
def test_an_unreadable_table_stores_nothing(
    browser: Browser, session: Session, noted: int, content: str | bytes, name: str, told: str
) -> None:
    answer = look(browser, noted, content, name)
    assert answer.status_code == 400
    assert told in answer.text
    assert len(facts_of(session, noted).projects) == 1


def test_no_file_and_a_broken_confirmation_are_refused(browser: Browser, session: Session, noted: int) -> None:
    assert browser.post(f"/sheets/{noted}/facts/import", {}).status_code == 400
    for content in ("", "{", "[]", '[{"kind": "rumours"}]'):
        answer = browser.post(f"/sheets/{noted}/facts/import/store", {"content": content, "seal": "x"})
        assert answer.status_code in (400, 409)
    assert len(facts_of(session, noted).projects) == 1


@pytest.mark.parametrize("kind", ["done", "planned", "opinions", "other_cities", "projects", "evidence"])
def test_templates_and_tables_to_download_are_read_back(browser: Browser, noted: int, kind: str) -> None:
    empty = browser.get(f"/sheets/{noted}/facts/table.csv?kind={kind}&empty=1")
    assert empty.data.startswith(b"\xef\xbb\xbf")
    assert len(empty.data.decode("utf-8-sig").splitlines()) == 1
    # a server cannot send a header with other characters
    assert empty.headers["Content-Disposition"].isascii()
    _, named = parse_options_header(empty.headers["Content-Disposition"])
    assert named["filename"].endswith("_ひな形.csv")
    assert "行がありません" in look(browser, noted, empty.data).text
    filled = browser.get(f"/sheets/{noted}/facts/table.csv?kind={kind}").data
    if len(filled.decode("utf-8-sig").splitlines()) > 1:
        assert "新しい 0 件、変わる 0 件" in words(look(browser, noted, filled).text)


def test_an_unknown_kind_of_table_is_no_address(browser: Browser, noted: int) -> None:
    assert browser.get(f"/sheets/{noted}/facts/table.csv?kind=x").status_code == 404


def test_the_exported_sheet_holds_the_facts(browser: Browser, noted: int, make_sheet: SheetFactory) -> None:
    exported = SheetFile.model_validate(json.loads(browser.get(f"/sheets/{noted}/export.json").text))
    assert exported.facts == make_sheet(2023, facts=FACTS).facts


@pytest.mark.parametrize("before", ["[" * 100_000, '{"a":' * 20_000, "{"])
def test_a_note_sent_with_an_unreadable_before_value_is_refused(browser: Browser, sheet_id: int, before: str) -> None:
    sent = {"id": "done-1", "kind": "done", "text": "x", "before": before}
    answer = browser.post(f"/sheets/{sheet_id}/facts/note", sent)
    assert answer.status_code == 422
