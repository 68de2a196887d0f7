"""The settings page, and what the settings do on the page of a sheet."""

import html
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from corpus.accounts import Actor
from corpus.city import Bounds, Manner, PreferredWord, Tolerance, Writing
from corpus.citysettings import grading, terms, tolerance, writing
from corpus.index.asked import asked
from corpus.index.lexical import Fts5Index
from tests.conftest import SheetFactory, set_writing
from tests.web.conftest import Browser

OTHER = Actor(None, "企画 次郎")
KIDS = PreferredWord(avoid="子供", use="こども", note="基本法")


def seen(page: str, part: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page.split(f'id="{part}"', 1)[1])
    assert found
    return found[1]


def save(browser: Browser, part: str, data: dict[str, Any], **more: Any) -> Any:
    sent = {"seen": seen(browser.get("/city").text, part)} | data
    return browser.post(f"/city/{part}", sent, **more)


def stored(session: Session) -> Writing:
    session.expire_all()
    return writing(session)


def part_of(page: str, part: str) -> str:
    return page.split(f'id="{part}"', 1)[1].split("</form>", 1)[0]


def test_only_who_is_signed_in_comes_in(stranger: Browser, browser: Browser) -> None:
    assert stranger.get("/city").status_code == 302
    assert stranger.post("/city/manner").status_code == 302
    assert 'href="/city" aria-current="true">市の設定' in browser.get("/city").text


def test_manner_of_the_city_and_of_divisions(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2023))
    assert '<option value="福祉総務課">' in browser.get("/city").text
    sent = {"width": "official", "mark": "", "style": "polite", "years": "full"}
    own = {"division-0": " 福祉総務課 ", "division-0-mark": "〇", "division-0-style": "plain"}
    page = save(browser, "manner", sent | own, follow_redirects=True).text
    assert "保存しました。" in part_of(page, "manner")
    assert stored(session).manner == Manner(width="official", mark="", style="polite", years="full")
    assert stored(session).divisions == {"福祉総務課": Manner(mark="〇", style="plain")}
    assert "令和５年度は、見守り訓練を３回実施し、延べ1,234人が参加しました。" in page
    assert "〇令和5年度は" in page
    assert "見本 花子" in part_of(page, "manner")
    save(browser, "manner", sent | own | {"remove-division-0": "yes"})
    assert stored(session).divisions == {}


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"width": "huge"}, "選べない値"),
        ({"division-0": "甲課", "division-1": "甲課"}, "「甲課」の書きぶりが2つ"),
        ({"division-0": "", "division-0-mark": "◆"}, "課の名前が空"),
    ],
)
def test_an_impossible_manner_is_refused_and_shown_again(
    browser: Browser, session: Session, sent: dict[str, str], problem: str
) -> None:
    answer = save(browser, "manner", sent | {"division-9": "乙課"})
    assert answer.status_code == 422
    assert problem in answer.text
    assert 'value="乙課"' in answer.text
    assert stored(session) == Writing()


def test_the_preview_shows_what_is_not_saved(browser: Browser, session: Session) -> None:
    answer = browser.post("/city/manner/preview", {"width": "full", "years": "short", "division-0": "甲課"}, htmx=True)
    assert "・Ｒ５年度は、見守り訓練を３回実施し、延べ１，２３４人が参加した。" in answer.text
    assert "甲課" in answer.text
    unnamed = browser.post("/city/manner/preview", {"division-0": "", "division-0-mark": "◆"}, htmx=True)
    assert "◆令和5年度" in unnamed.text
    assert "課の名前が未記入" in unnamed.text
    assert stored(session) == Writing()


def test_words_by_row_paste_and_file(browser: Browser, session: Session) -> None:
    rows = {"word-0-avoid": "子供", "word-0-use": "こども", "word-0-note": "基本法", "word-1-avoid": " "}
    pasted = {"table": "避ける語\t使う語\n障害者\t障がい者\n子供\tこども\t基本法\n"}
    page = save(browser, "words", rows | pasted, follow_redirects=True).text
    assert "用語は2語です（表から1語を追加）" in page
    file = (io.BytesIO("取組,取り組み,方針\r\n".encode("cp932")), "用語.csv")
    rows |= {"word-1-avoid": "障害者", "word-1-use": "障がい者", "remove-word-1": "yes"}
    save(browser, "words", rows | {"file": file})
    assert stored(session).words == (KIDS, PreferredWord(avoid="取組", use="取り組み", note="方針"))


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"word-1-avoid": "児童", "word-1-use": "子供"}, "「児童→子供」と「子供→こども」がつながって"),
        ({"word-1-avoid": "取組", "word-1-use": "取組"}, "「取組」の言い換えが同じ語"),
        ({"table": "子供,子ども"}, "「子供」の言い換えが2つ"),
        ({"table": "だけ"}, "表の1行目"),
        ({"word-1-use": "使う"}, "避ける語は空にできず"),
        ({"file": (io.BytesIO(b"\x81\xff\xfe\xfd"), "a.csv")}, "文字コードを読み取れません"),
        ({"table": "甲,乙", "file": (io.BytesIO(b"a,b"), "a.csv")}, "両方があります"),
    ],
)
def test_words_that_contradict_are_refused_and_nothing_typed_is_lost(
    browser: Browser, session: Session, sent: dict[str, Any], problem: str
) -> None:
    answer = save(browser, "words", {"word-0-avoid": "子供", "word-0-use": "こども"} | sent)
    assert answer.status_code == 422
    part = html.unescape(part_of(answer.text, "words"))
    assert problem in part
    for value in sent.values():
        assert not isinstance(value, str) or value in part
    assert stored(session) == Writing()


def test_terms_are_kept_and_searched_by(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    store(make_sheet(2023, sections={"5.1": "・ふくふく窓口を開いた。\n・道路を直した。"}))
    rows = {"term-0-term": " ふくふく窓口 ", "term-0-meaning": "福祉総合相談窓口", "term-1-term": " "}
    page = save(
        browser, "terms", rows | {"table": "市のことば\t意味\nひなたバス\tコミュニティバス"}, follow_redirects=True
    )
    assert "市のことばは2語です（表から1語を追加）" in page.text
    assert "見本 花子" in part_of(page.text, "terms")
    session.expire_all()
    assert [term.term for term in terms(session).terms] == ["ふくふく窓口", "ひなたバス"]
    assert Fts5Index().find(session, asked(session, "福祉総合"), 5)[0].words > 0
    save(browser, "terms", rows | {"remove-term-0": "yes"})
    session.expire_all()
    assert terms(session).terms == ()
    assert not Fts5Index().find(session, asked(session, "福祉総合"), 5)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"term-1-term": "甲", "term-1-meaning": "甲"}, "意味が同じことば"),
        ({"term-1-term": "甲"}, "どちらも必要"),
        ({"table": "ふくふく窓口,別の窓口"}, "意味が2つ"),
        ({"table": "だけ"}, "表の1行目"),
    ],
)
def test_terms_that_say_nothing_are_refused_and_nothing_typed_is_lost(
    browser: Browser, session: Session, sent: dict[str, str], problem: str
) -> None:
    answer = save(browser, "terms", {"term-0-term": "ふくふく窓口", "term-0-meaning": "総合窓口"} | sent)
    assert answer.status_code == 422
    part = html.unescape(part_of(answer.text, "terms"))
    assert problem in part
    assert 'value="総合窓口"' in part
    assert all(value in part for value in sent.values())
    assert terms(session).terms == ()


def test_two_people_who_set_terms(browser: Browser, session: Session) -> None:
    save(browser, "terms", {"term-0-term": "甲", "term-0-meaning": "乙"})
    answer = browser.post("/city/terms", {"seen": "old", "term-0-term": "甲", "term-0-meaning": "丙"})
    assert answer.status_code == 409
    assert "＝ 乙" in part_of(answer.text, "terms")
    assert "＝ 丙" in part_of(answer.text, "terms")


def test_guidelines_keep_their_lines(browser: Browser, session: Session) -> None:
    save(browser, "guidelines", {"guideline-5.1": "国の動向を書く。\r\n・簡潔に", "guideline-5.2": " \n"})
    assert stored(session).guidelines == {"5.1": "国の動向を書く。\n・簡潔に"}
    answer = save(browser, "guidelines", {"guideline-5.1": "あ" * 10_001})
    assert answer.status_code == 422
    assert "長すぎます" in answer.text


def test_what_grades_ask_for(browser: Browser, session: Session) -> None:
    bounds = {"a": "9割", "b": "３分の２", "c": "33.3％", "d": "0"}
    sent = {f"{name}-{bound}": text for name in ("achievement", "trend") for bound, text in bounds.items()}
    page = save(browser, "grading", sent | {"overall": "worse"}, follow_redirects=True).text
    asked = grading(session)
    assert asked.achievement == asked.trend == Bounds.model_validate({"a": 0.9, "b": 0.6667, "c": 0.3333, "d": 0})
    assert (asked.overall, asked.check) == ("worse", False)
    assert 'value="3分の2"' in page
    for wrong, problem in (
        ({"trend-b": "たくさん"}, "4(2) B：「たくさん」を割合として読めません"),
        ({"trend-b": "1割"}, "A、B、C、Dの順"),
        ({"overall": "best"}, "選べない値"),
    ):
        answer = save(browser, "grading", sent | {"overall": "mean"} | wrong)
        assert answer.status_code == 422
        assert problem in answer.text
        assert next(iter(wrong.values())) in answer.text or "overall" in wrong
    session.expire_all()
    assert grading(session) == asked


def test_what_is_flat_is_set_used_and_said(
    browser: Browser, session: Session, store: Callable[..., int], make_sheet: SheetFactory
) -> None:
    page = browser.get("/city").text
    assert 'name="flat_share" value="2"' in page
    assert 'name="flat_points" value="0.5"' in page
    sheet_id = store(make_sheet(2023))
    text = "福祉活動に取り組んでいる市民の割合は横ばいである。"
    before = browser.post(f"/sheets/{sheet_id}/sections/6.1.results/check", {"text": text}).text
    assert "0.5ポイント以内の変化を横ばい" in before
    assert "一致 0・不一致 1" in before
    saved = save(browser, "tolerance", {"flat_share": "３％", "flat_points": "3 ポイント"}, follow_redirects=True).text
    assert "保存しました。" in part_of(saved, "tolerance")
    assert 'name="flat_points" value="3"' in saved
    session.expire_all()
    assert tolerance(session) == Tolerance(flat_share=Decimal("0.03"), flat_points=Decimal(3))
    after = browser.post(f"/sheets/{sheet_id}/sections/6.1.results/check", {"text": text}).text
    assert "一致 1・不一致 0" in after


@pytest.mark.parametrize("wrong", ["", "たくさん", "-1", "51", "0.125", "1,5"])
def test_a_threshold_that_is_none_is_refused_and_kept(browser: Browser, session: Session, wrong: str) -> None:
    answer = save(browser, "tolerance", {"flat_share": wrong, "flat_points": "1"})
    assert answer.status_code == 422
    assert "0から50までの数" in answer.text
    assert f'name="flat_share" value="{wrong}"' in answer.text
    assert tolerance(session) == Tolerance()


def test_two_people_who_set_what_is_flat(browser: Browser, session: Session) -> None:
    answer = browser.post("/city/tolerance", {"seen": "old", "flat_share": "1", "flat_points": "1"})
    assert answer.status_code == 409
    assert "2％以内" in part_of(answer.text, "tolerance")
    assert "1％以内" in part_of(answer.text, "tolerance")
    assert tolerance(session) == Tolerance()


def test_a_save_after_someone_elses_shows_both_and_the_next_one_counts(browser: Browser, session: Session) -> None:
    old = seen(browser.get("/city").text, "words")
    set_writing(session, Writing(words=(KIDS,)), actor=OTHER)
    session.commit()
    mine = {"word-0-avoid": "子供", "word-0-use": "子ども", "word-1-avoid": "取組", "word-1-use": "取り組み"}
    answer = browser.post("/city/words", {"seen": old} | mine)
    assert answer.status_code == 409
    part = part_of(answer.text, "words")
    assert "企画 次郎さんがこの設定を保存しました" in part
    assert "→ こども（基本法）" in part
    assert "→ 子ども" in part
    assert 'value="子ども"' in part
    assert stored(session).words == (KIDS,)
    again = browser.post("/city/words", {"seen": seen(answer.text, "words")} | mine)
    assert again.status_code == 303
    assert [word.use for word in stored(session).words] == ["子ども", "取り組み"]
    grades = browser.post(
        "/city/grading",
        {"seen": "old", **{f"{n}-{b}": "すべて" for n in ("achievement", "trend") for b in "abcd"}, "overall": "none"},
    )
    assert grades.status_code == 409
    assert "A すべて、B 3分の2、C 3分の1、D 0％" in grades.text


def test_a_refused_form_keeps_its_stand(browser: Browser, session: Session) -> None:
    """Corrected after a refusal, it still does not overwrite what someone saved in between."""
    old = seen(browser.get("/city").text, "words")
    set_writing(session, Writing(words=(KIDS,)), actor=OTHER)
    session.commit()
    refused = browser.post("/city/words", {"seen": old, "word-0-avoid": "a", "word-0-use": "a"})
    assert refused.status_code == 422
    assert seen(refused.text, "words") == old


# --- on the page of a sheet


@pytest.fixture
def manner(session: Session) -> None:
    words = (
        PreferredWord(avoid="単身高齢者", use="ひとり暮らしの高齢者", note="用語集<3>"),
        PreferredWord(avoid="法改正", use=""),
    )
    set_writing(session, Writing(words=words, guidelines={"5.1": "国の動向を書く。\n<b>簡潔に</b>"}), actor=OTHER)
    session.commit()


@pytest.mark.usefixtures("manner")
def test_guideline_and_words_to_avoid_stand_by_their_section(browser: Browser, sheet_id: int) -> None:
    page = browser.get(f"/sheets/{sheet_id}").text
    assert page.count("<summary>記入要領</summary>") == 1
    section = page.split('id="section-5.1"', 1)[1].split("</section>", 1)[0]
    assert "国の動向を書く。\n&lt;b&gt;簡潔に&lt;/b&gt;" in section
    assert "言い換えの候補 2 か所" in section
    assert 'data-swap="5.1" data-swap-avoid="単身高齢者" data-swap-use="ひとり暮らしの高齢者"' in section
    assert "用語集&lt;3&gt;" in section
    assert section.count("data-swap=") == 1
    assert page.count("言い換えの候補") == 1


@pytest.mark.usefixtures("manner")
def test_hints_follow_a_save_and_an_unsaved_text(browser: Browser, sheet_id: int) -> None:
    address = f"/sheets/{sheet_id}/sections/5.2"
    checked = browser.post(
        f"{address}/check", {"text": "単身高齢者から、単身高齢者への支援の要望があった。"}, htmx=True
    ).text
    assert "「単身高齢者」→「<strong>ひとり暮らしの高齢者</strong>」　2 か所" in checked
    saved = browser.post(address, {"text": "単身高齢者の声。", "based_on": ""}, htmx=True).text
    assert "言い換えの候補 1 か所" in saved
    assert "言い換えの候補" not in browser.post(f"{address}/check", {"text": "高齢者の声。"}, htmx=True).text


def test_a_full_list_of_words_can_be_sent(browser: Browser) -> None:
    rows = {
        f"word-{row}-{name}": f"{words}{row}番"
        for row in range(1_900)
        for name, words in (("avoid", "前"), ("use", "後"))
    }
    answer = browser.post("/city/words", rows, content_type="multipart/form-data")
    assert answer.status_code == 409, "read as a whole; only the mark of what was seen is missing"
