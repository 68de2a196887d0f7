"""The sheet list, the page of a sheet, its sections: shown, saved, compared, exported."""

import html
import json
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE, Actor
from corpus.exporters.json import write_json
from corpus.models import Draft, Revision
from corpus.narratives import current_revision, history, save_text
from corpus.sheetfile import SheetFile, ToConfirm
from corpus.store import get_sheet, load_sheet
from corpus.talk import begin_draft
from tests.conftest import SheetFactory
from tests.web.conftest import Browser

KEY = "5.1"
OTHER = Actor(None, "別の人")


def field(page: str, name: str, key: str = KEY) -> str:
    """The value of a hidden field in the editor of a section."""
    part = page.split(f'id="section-{key}"', 1)[1]
    found = re.search(rf'name="{name}" value="([^"]*)"', part)
    assert found
    return html.unescape(found[1])


def current(session: Session, sheet_id: int, key: str = KEY) -> Revision:
    session.expire_all()
    found = current_revision(session, sheet_id, key)
    assert found is not None
    return found


def test_an_empty_list_says_what_to_do(browser: Browser) -> None:
    page = browser.get("/").text
    assert "まだシートがありません" in page
    assert 'href="/import"' in page


def test_the_list_shows_years_sections_and_values_to_confirm(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2022))
    waiting = store(make_sheet(2023), to_confirm=[ToConfirm(field="costs.2023.bonds")])
    page = browser.get("/").text
    assert page.count("地域福祉の推進</span>") == 1
    assert "令和5年度" in page
    assert "令和4年度" in page
    assert "福祉総務課" in page
    assert f'href="/sheets/{waiting}/confirm">要確認 1</a>' in page
    assert re.search(r'class="year__filled">7<', page)
    assert re.search(r"令和5年度は 1 枚のうち <strong>記入が残るもの 1 枚（3 欄）", page)
    assert "data-left" in page


def test_an_empty_sheet_says_in_which_order_to_work(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    begun, empty = store(make_sheet(2022)), store(make_sheet(2023, sections={}))
    assert "進め方：" not in browser.get(f"/sheets/{begun}").text
    steps = browser.get(f"/sheets/{empty}").text.split("進め方：", 1)[1].split("</p>")[0]
    assert re.findall(r'href="/sheets/\d+/(\w+)"', steps) == ["figures", "facts", "grades"]


def test_the_sheet_page_has_its_parts(browser: Browser, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}").text
    for part in (
        "福祉総務課（見本　花子）",
        "生活福祉課、高齢者支援課",
        'id="cell-1-ア-2023-actual"',
        'id="cell-cost-general-2023"',
        "5(4) 令和6年度の取組予定",
        "7(1) 令和7年度の取組方針",
        "‹ 令和4年度",
        f"/sheets/{sheet_id}/export.json",
        "展開方向1の成果実績を下書きして",
        "data-chart=",
    ):
        assert part in page
    assert page.count('class="panel narrative"') == 10


def test_a_wrong_figure_is_marked_in_words_and_leads_to_its_cell(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    text = "・福祉活動に取り組んでいる市民の割合は令和5年度に13.1％であった。"
    sheet_id = store(make_sheet(2023, sections={"6.1.results": text}))
    part = browser.get(f"/sheets/{sheet_id}").text.split('id="section-6.1.results"')[1]
    assert re.search(r'<mark class="finding finding--mismatch"[^>]*>13\.1％</mark>', part)
    assert "（数値と不一致）" in part
    assert 'href="#cell-1-ア-2023-actual"' in part


def test_a_figure_that_contradicts_a_note_leads_to_the_note(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    note = {"id": "通報 1", "figure": 44, "unit": "件", "what": "協力事業者からの通報", "year": 2023}
    text = "協力事業者からの通報は45件であった。"
    sheet_id = store(make_sheet(2023, sections={"6.1.results": text}, facts={"evidence": [note]}))
    part = html.unescape(browser.get(f"/sheets/{sheet_id}").text.split('id="section-6.1.results"')[1])
    assert "根拠メモ「協力事業者からの通報」では44件です" in part
    link = re.search(r'href="(/sheets/\d+/facts)#([^"]+)"[^>]*>メモへ', part)
    assert link
    assert f'id="{unquote(link[2])}"' in browser.get(link[1]).text


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</textarea><b>"


def test_hostile_texts_stay_texts(
    browser: Browser, store: Callable[..., int], make_object: Callable[..., dict]
) -> None:  # type: ignore[type-arg]
    content = make_object(2023, policy=HOSTILE, lead_division=HOSTILE, purpose=HOSTILE)
    content["measure"]["name"] = HOSTILE
    content["sections"] = {KEY: HOSTILE + "・人口は76,182人。"}
    content["indicators"][0]["name"] = HOSTILE
    sheet_id = store(
        SheetFile.model_validate(content), to_confirm=[ToConfirm(field="policy", candidates=[HOSTILE], note=HOSTILE)]
    )
    tails = ("", "/confirm", f"/sections/{KEY}", f"/sections/{KEY}/history", f"/sections/{KEY}/compare")
    for path in ("/", *(f"/sheets/{sheet_id}{tail}" for tail in tails)):
        page = browser.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "</textarea><b>" not in page, path
    checked = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/check", {"text": HOSTILE + "76,182人"}, htmx=True).text
    assert "<script>alert" not in checked


def test_the_export_is_the_stored_sheet(browser: Browser, session: Session, sheet_id: int) -> None:
    answer = browser.get(f"/sheets/{sheet_id}/export.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data == write_json(load_sheet(session, get_sheet(session, sheet_id)))
    assert json.loads(answer.data)["format"] == "shisaku-sheet/1"


# --- saving


def test_a_save_keeps_author_origin_and_what_it_was_based_on(browser: Browser, session: Session, sheet_id: int) -> None:
    before = current(session, sheet_id)
    page = browser.get(f"/sheets/{sheet_id}").text
    assert field(page, "based_on") == str(before.id)
    answer = browser.post(
        f"/sheets/{sheet_id}/sections/{KEY}", {"text": "\n新しい\r\n文章。", "based_on": before.id}, htmx=True
    )
    assert answer.status_code == 200
    assert "保存しました。" in answer.text
    after = current(session, sheet_id)
    assert (after.text, after.author_name, after.origin, after.based_on) == (
        "\n新しい\n文章。",
        "見本 花子",
        "edit",
        before.id,
    )
    assert field(answer.text, "based_on") == str(after.id)
    assert "<textarea" in answer.text
    # an HTML parser drops the first line break of a textarea, so one must stand before the text's own
    assert ">\n\n新しい\n文章。</textarea>" in answer.text


def test_without_script_a_save_leads_back_to_the_section(browser: Browser, session: Session, sheet_id: int) -> None:
    data = {"text": "新しい。", "based_on": current(session, sheet_id).id}
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}", data)
    assert (answer.status_code, answer.location) == (303, f"/sheets/{sheet_id}#section-{KEY}")


def test_the_first_text_of_a_section_is_based_on_nothing(browser: Browser, session: Session, sheet_id: int) -> None:
    answer = browser.post(f"/sheets/{sheet_id}/sections/7.2", {"text": "最初。", "based_on": ""}, htmx=True)
    assert answer.status_code == 200
    assert current(session, sheet_id, "7.2").based_on is None


def test_an_unchanged_text_adds_no_revision(browser: Browser, session: Session, sheet_id: int) -> None:
    before = current(session, sheet_id)
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}", {"text": before.text, "based_on": before.id}, htmx=True)
    assert "変更はありません" in answer.text
    assert len(history(session, sheet_id, KEY)) == 1


def test_a_save_against_an_older_revision_shows_both_texts_and_three_ways_on(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    seen = current(session, sheet_id).id
    save_text(session, sheet_id, KEY, "先に保存された文章。", actor=OTHER, based_on=seen)
    session.commit()
    path = f"/sheets/{sheet_id}/sections/{KEY}"
    for htmx in (True, False):
        refused = browser.post(path, {"text": "わたしの文章。", "based_on": seen, "origin": "draft"}, htmx=htmx)
        assert refused.status_code == 409
        assert "先に保存された文章。" in refused.text
        assert "わたしの文章。" in refused.text
        assert "別の人さんが" in refused.text
        for way in ("あなたの文章で保存する", "見比べながら、あなたの文章を直す", "保存されている文章を残す"):
            assert way in refused.text
        assert ("<html" in refused.text) == (not htmx)
    assert current(session, sheet_id).text == "先に保存された文章。"
    newest = field(refused.text, "based_on")
    assert newest == str(current(session, sheet_id).id)
    assert browser.post(path, {"text": "わたしの文章。", "based_on": newest}, htmx=True).status_code == 200
    assert [revision.text for revision in history(session, sheet_id, KEY)][:2] == [
        "わたしの文章。",
        "先に保存された文章。",
    ]


def test_a_text_from_a_draft_names_the_draft(browser: Browser, session: Session, sheet_id: int) -> None:
    def drafted(key: str) -> Draft:
        return begin_draft(
            session,
            sheet_id=sheet_id,
            message_id=None,
            section_key=key,
            direction=None,
            model="composer",
            base_revision_id=None,
        )

    own, foreign = drafted(KEY), drafted("7.1")
    session.commit()
    data = {"text": "下書き。", "based_on": current(session, sheet_id).id, "origin": "draft"}
    path = f"/sheets/{sheet_id}/sections/{KEY}"
    assert browser.post(path, data | {"draft_id": foreign.id}, htmx=True).status_code == 404
    assert browser.post(path, data | {"draft_id": own.id}, htmx=True).status_code == 200
    found = current(session, sheet_id)
    assert (found.origin, found.draft_id) == ("draft", own.id)


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"origin": "import"}, 422), ({"origin": "x"}, 422), ({"text": "あ" * 100_001}, 422), ({"based_on": "x"}, 409)],
)
def test_a_save_that_does_not_fit_changes_nothing(
    browser: Browser, session: Session, sheet_id: int, changes: dict[str, str], status: int
) -> None:
    before = current(session, sheet_id)
    data = {"text": "新しい。", "based_on": str(before.id)} | changes
    assert browser.post(f"/sheets/{sheet_id}/sections/{KEY}", data, htmx=True).status_code == status
    assert current(session, sheet_id).id == before.id


def test_signs_without_a_shape_are_left_out_and_line_ends_unified(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    data = {"text": "一行目\v二行目\f三\x00行\x07目\r\n\t四行目\x85五行目", "based_on": current(session, sheet_id).id}
    path = f"/sheets/{sheet_id}/sections/{KEY}"
    assert browser.post(path, data | {"draft_id": "9" * 30}, htmx=True).status_code == 200
    assert current(session, sheet_id).text == "一行目\n二行目\n三行目\n\t四行目\n五行目"
    assert browser.get(f"/sheets/{sheet_id}").status_code == 200


def test_the_jump_bar_follows_a_save(browser: Browser, session: Session, sheet_id: int) -> None:
    data = {"text": "・人口は令和5年度に99,999人である。", "based_on": current(session, sheet_id).id}
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}", data, htmx=True).text
    assert re.search(r'<a id="jump-5\.1"[^>]* class="jump--mismatch" hx-swap-oob="true">5\(1\)', answer)
    page = browser.get(f"/sheets/{sheet_id}").text
    assert page.count('id="jump-') == 10
    assert "hx-swap-oob" not in page


# --- history, comparison, check


def test_the_history_names_author_time_and_origin(browser: Browser, session: Session, sheet_id: int) -> None:
    before = current(session, sheet_id)
    save_text(session, sheet_id, KEY, "二つ目。", actor=COMMAND_LINE, based_on=before.id, origin="draft")
    session.commit()
    page = browser.get(f"/sheets/{sheet_id}/sections/{KEY}/history", htmx=True).text
    assert "<html" not in page
    assert page.index("二つ目。") < page.index("単身高齢者が増えている。")
    for part in ("コマンド", "見本 花子", "下書きから", "取り込み", 'data-fill-origin="restore"'):
        assert part in page


def test_the_comparison_shows_differences_by_word(browser: Browser, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}/sections/6.1.results/compare").text
    assert "<del>52</del>" in page or "<del>52" in page
    assert re.search(r"<ins>[^<]*63", page)
    assert "令和4年度" in page


def test_the_comparison_of_an_empty_section_shows_the_earlier_text(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    before = make_sheet(2022)
    store(before)
    empty = store(make_sheet(2023, sections={}))
    page = browser.get(f"/sheets/{empty}/sections/{KEY}/compare").text
    assert "この欄にはまだ文章がありません。令和4年度の文章は次のとおりです。" in page
    assert html.escape(before.text(KEY).splitlines()[0]) in page


def test_a_section_says_what_a_draft_left_open(
    browser: Browser, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    sheet_id = store(make_sheet(2023, sections={KEY: "【要記入】件となった。【要確認：年度】"}))
    page = browser.get(f"/sheets/{sheet_id}").text
    assert page.count("が残り 2</span>") == 1
    assert "要記入・要確認の所が残っています" in page


@pytest.mark.parametrize(
    ("key", "query", "said"),
    [
        ("7.2", "", "令和4年度のシートに、この欄の文章がありません"),
        ("5.1", "?against=2019", "令和元年度のシートに、この欄の文章がありません"),
        ("5.1", "?against=x", "そのままの文 100%"),
        ("5.1", "?against=12", "そのままの文 100%"),
    ],
)
def test_a_comparison_without_the_other_side_says_so(
    browser: Browser, sheet_id: int, key: str, query: str, said: str
) -> None:
    assert said in browser.get(f"/sheets/{sheet_id}/sections/{key}/compare{query}", htmx=True).text


def test_a_text_in_the_editor_is_checked_without_being_stored(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    path = f"/sheets/{sheet_id}/sections/{KEY}/check"
    wrong = browser.post(path, {"text": "・人口は令和5年度に99,999人である。"}, htmx=True).text
    assert "finding--mismatch" in wrong
    assert "76,182" in wrong
    assert "文章が空です" in browser.post(path, {"text": " "}, htmx=True).text
    quiet = browser.post(path, {"text": "・空き家の活用が求められている。"}, htmx=True).text
    assert "照らし合わせる箇所はありません" in quiet
    # the stored text is last year's, word for word
    assert "一字一句同じ" in browser.get(path, htmx=True).text
    assert len(history(session, sheet_id, KEY)) == 1


# --- a suggestion of the checker


def _wrong(session: Session, sheet_id: int) -> Revision:
    text = "福祉活動に取り組んでいる市民の割合は令和5年度に１４．８％であった。人口は増えている。"
    save_text(session, sheet_id, KEY, text, actor=OTHER, based_on=current(session, sheet_id).id)
    session.commit()
    return current(session, sheet_id)


def test_one_click_puts_the_right_value_in_as_a_revision(browser: Browser, session: Session, sheet_id: int) -> None:
    before = _wrong(session, sheet_id)
    page = browser.get(f"/sheets/{sheet_id}/sections/{KEY}", htmx=True).text
    offered = {name: field_of_suggestion(page, name) for name in ("based_on", "start", "end", "suggestion")}
    assert offered["suggestion"] == "１２．１％"
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/suggestion", offered, htmx=True)
    assert answer.status_code == 200
    assert "直して保存しました" in answer.text
    session.expire_all()
    after = current(session, sheet_id)
    assert after.text == before.text.replace("１４．８％", "１２．１％")
    assert (after.origin, after.based_on) == ("check", before.id)


@pytest.mark.parametrize(
    "changed", [{"suggestion": "９９．９％"}, {"start": "0"}, {"based_on": "1"}, {"end": "x"}, {"based_on": ""}]
)
def test_a_suggestion_that_is_not_the_checkers_any_more_changes_nothing(
    browser: Browser, session: Session, sheet_id: int, changed: dict[str, str]
) -> None:
    before = _wrong(session, sheet_id)
    page = browser.get(f"/sheets/{sheet_id}/sections/{KEY}", htmx=True).text
    offered = {name: field_of_suggestion(page, name) for name in ("based_on", "start", "end", "suggestion")}
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/suggestion", offered | changed, htmx=True)
    assert answer.status_code == 409
    assert "直しませんでした" in answer.text
    assert before.text[:10] in answer.text, "the section as it is now"
    refused = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/suggestion", offered | changed)
    assert refused.status_code == 422
    assert "何も変えていません" in refused.text
    session.expire_all()
    assert current(session, sheet_id).id == before.id


def test_a_suggestion_put_in_can_be_taken_back_with_one_click(
    browser: Browser, session: Session, sheet_id: int
) -> None:
    before = _wrong(session, sheet_id)
    page = browser.get(f"/sheets/{sheet_id}/sections/{KEY}", htmx=True).text
    offered = {name: field_of_suggestion(page, name) for name in ("based_on", "start", "end", "suggestion")}
    answer = browser.post(f"/sheets/{sheet_id}/sections/{KEY}/suggestion", offered, htmx=True).text
    form = answer[answer.index("data-take-back") :]
    based_on = re.search(r'name="based_on" value="(\d+)"', form)
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', form, re.S)
    assert based_on is not None
    assert text is not None
    sent = {"based_on": based_on[1], "origin": "restore", "text": text[1]}
    assert browser.post(f"/sheets/{sheet_id}/sections/{KEY}", sent, htmx=True).status_code == 200
    session.expire_all()
    assert (current(session, sheet_id).text, current(session, sheet_id).origin) == (before.text, "restore")


def test_findings_about_a_narrative_stand_in_its_section(browser: Browser, session: Session, sheet_id: int) -> None:
    plan = "・新しい窓口の設置を検討する。\n・令和4年度は、見守り訓練を実施する予定である。"
    save_text(session, sheet_id, "5.4.plan", plan, actor=OTHER, based_on=current(session, sheet_id, "5.4.plan").id)
    session.commit()
    page = browser.get(f"/sheets/{sheet_id}").text
    section = page[page.index('id="section-5.4.plan"') : page.index('id="section-6.1.results"')]
    assert "✕ 年度が合わない 1" in section
    assert re.search(r'<mark class="finding finding--mismatch"[^>]*>令和4年度は、見守り訓練', section)
    tables = page[page.index('id="figures"') : page.index('id="section-4.3"')]
    assert "令和4年度は、見守り訓練" not in tables


def field_of_suggestion(page: str, name: str) -> str:
    form = page[page.index("data-put-in") :]
    found = re.search(rf'name="{name}" value="([^"]*)"', form)
    assert found is not None
    return found[1]
