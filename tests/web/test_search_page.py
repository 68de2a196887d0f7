"""The search page: the address says the whole search, hits lead to their place, and what is missing is said."""

import html
import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from corpus import messages
from corpus.accounts import COMMAND_LINE
from corpus.errors import NotAvailable
from corpus.index.addresses import place_in
from corpus.index.lazy import LazyIndex
from corpus.index.passages import text_hash
from corpus.index.vector import VectorUnavailable, rebuild
from corpus.narratives import current_revision, save_text
from tests.conftest import SheetFactory
from tests.web.conftest import Browser
from web.pages.search import opening, pieces, years_label
from web.replies import reply_maker

Store = Callable[..., int]


def other_sheet(make_sheet: SheetFactory, year: int = 2023, **more: Any) -> Any:
    """A sheet of another measure."""
    sections = {"6.1.issues": "・参加する企業の確保が課題である。", "5.1": "・商店街の来街者が減っている。"}
    values = {"measure": {"code": "51", "name": "産業の振興"}, "lead_division": "産業課", "sections": sections}
    return make_sheet(year, **(values | more))


@pytest.fixture
def sheets(store: Store, make_sheet: SheetFactory) -> dict[str, int]:
    """Ids: 福祉 of 2022 and 2023, and 産業 of 2023."""
    return {
        "before": store(make_sheet(2022)),
        "welfare": store(make_sheet(2023)),
        "trade": store(other_sheet(make_sheet)),
    }


def hits(page: str) -> list[str]:
    return re.findall(r'<li class="found__hit.*?</li>\s*(?=<li class="found__hit|</ol>)', page, re.DOTALL)


def plain(part: str) -> str:
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", "", part)))


def link_of(hit: str) -> str:
    found = re.search(r'<h3><a href="([^"]+)"', hit)
    assert found
    return html.unescape(found[1])


def test_the_page_is_in_the_menu_and_tells_how_to_search(browser: Browser, sheets: dict[str, int]) -> None:
    assert '<a href="/search">検索</a>' in browser.get("/").text
    page = browser.get("/search").text
    assert 'href="/search" aria-current="true"' in page
    assert "探し方" in page
    assert [*re.findall(r'<a class="badge" href="/search[^"]*">([^<]+)</a>', page)] == list(messages.EXAMPLE_QUERIES)
    assert "産業課</option>" in page
    assert "51 産業の振興</option>" in page
    assert "令和4年度</option>" in page


def test_an_empty_database_says_what_to_do_first(browser: Browser) -> None:
    assert "まだシートがありません" in browser.get("/search").text


def test_a_hit_shows_its_words_its_place_and_its_ranks(browser: Browser, sheets: dict[str, int]) -> None:
    first = hits(browser.get("/search?q=企業の確保").text)[0]
    assert "51 産業の振興　令和5年度" in plain(first)
    assert "6(1) 全体総括：改善余地のある事項・課題等" in plain(first)
    assert "<mark>企業</mark>" in first
    assert "<mark>確保</mark>" in first
    assert "ことば 1位・意味 1位" in plain(first)


def test_the_same_sentence_of_several_years_is_one_hit_with_its_other_places(
    browser: Browser, sheets: dict[str, int]
) -> None:
    found = [hit for hit in hits(browser.get("/search?q=担い手の確保が課題である").text) if "担い手" in hit]
    assert len([hit for hit in found if "6(1)" in hit]) == 1
    assert "12 地域福祉の推進　令和4〜5年度" in plain(found[0])
    assert link_of(found[0]).startswith(f"/sheets/{sheets['welfare']}?")
    assert "ほかに1か所" in found[0]
    others = re.findall(r'<li><a href="(/sheets/[^"]+)">([^<]+)</a>', found[0])
    assert [(html.unescape(path).split("?")[0], label) for path, label in others] == [
        (f"/sheets/{sheets['before']}", "12 地域福祉の推進　令和4年度")
    ]


def test_a_hit_leads_to_its_passage_in_the_sheet_and_stays_right(
    browser: Browser, session: Session, sheets: dict[str, int]
) -> None:
    address = link_of(hits(browser.get("/search?q=企業の確保").text)[0])
    assert address.endswith("#passage")

    def marked() -> str:
        page = browser.get(address.split("#")[0]).text
        assert page.count('id="passage"') == 1
        return plain("".join(re.findall(r'<span class="sought".*?</span>(.+?)</span>', page)))

    assert marked() == "参加する企業の確保が課題である。"
    # a reindex gives the passages new ids; an address that was sent to somebody means the same sentence still
    rebuild(session, None)
    session.commit()
    assert marked() == "参加する企業の確保が課題である。"
    section = browser.get(address.split("#")[0]).text.split('id="passage"')[0].rsplit('data-section="', 1)[1]
    assert section.startswith("6.1.issues")


def test_a_passage_that_was_rewritten_says_so_where_it_stood(
    browser: Browser, session: Session, sheets: dict[str, int]
) -> None:
    address = link_of(hits(browser.get("/search?q=企業の確保").text)[0])
    now = current_revision(session, sheets["trade"], "6.1.issues")
    assert now is not None
    save_text(session, sheets["trade"], "6.1.issues", "・別の文である。", based_on=now.id, actor=COMMAND_LINE)
    session.commit()
    page = browser.get(address.split("#")[0]).text
    assert 'class="sought"' not in page
    assert page.count('id="passage"') == 1
    assert "そのあと書き直されています" in page


@pytest.mark.parametrize(
    "tail",
    ["section=9.9&passage=x", "section=6.1.issues&passage=%00%27--", "passage=abc", "section=6.1.issues&passage="],
)
def test_an_odd_address_of_a_passage_still_shows_the_sheet(browser: Browser, sheets: dict[str, int], tail: str) -> None:
    answer = browser.get(f"/sheets/{sheets['trade']}?{tail}")
    assert answer.status_code == 200
    assert 'class="sought"' not in answer.text


def test_findings_in_a_passage_keep_their_marks(browser: Browser, sheets: dict[str, int]) -> None:
    name = text_hash("福祉活動に取り組んでいる市民の割合は12.1％であった。")
    page = browser.get(f"/sheets/{sheets['welfare']}?section=6.1.results&passage={name}").text
    parts = re.findall(r'<span class="sought"[^>]*>.*?</span>(?=[<\n])', page)
    assert any("finding--match" in part for part in parts)
    assert page.count('id="passage"') == 1


FILTERS = [
    ("section=5.1", {"5(1)"}),
    ("division=産業課", {"51 産業の振興"}),
    ("measure={trade}", {"51 産業の振興"}),
    ("from=2022&to=2022", {"令和4年度"}),
    ("from=2023&to=2022", {"年度"}),
    ("direction=2", {"展開方向2"}),
]


@pytest.mark.parametrize(("filters", "told"), FILTERS)
def test_filters_narrow_the_search(
    browser: Browser, session: Session, sheets: dict[str, int], filters: str, told: set[str]
) -> None:
    from corpus.store import get_sheet

    filters = filters.format(trade=get_sheet(session, sheets["trade"]).measure_id)
    page = browser.get(f"/search?q=課題 来街者 単身高齢者 就職につながった人の数&{filters}").text
    found = hits(page)
    assert found
    for hit in found:
        assert all(word in plain(hit) for word in told), plain(hit)
    assert "を外す" in page
    assert re.search(r"<option value=\"[^\"]+\" selected>", page)


def test_a_search_from_a_section_leaves_its_own_measure_out(browser: Browser, sheets: dict[str, int]) -> None:
    page = browser.get(f"/sheets/{sheets['welfare']}").text
    links = [html.unescape(path) for path in re.findall(r'<a class="similar" href="([^"]+)"', page)]
    assert len(links) == 10
    address = next(link for link in links if "section=6.1.issues" in link)
    found = browser.get(address).text
    assert 'value="担い手の確保が課題である。"' in found
    assert [plain(hit).split("　")[0].strip() for hit in hits(found)] == ["51 産業の振興"]
    assert "全年度：地域福祉の推進" in found
    with_years = browser.get(f"{address}&q=担い手の確保&apart=sheet").text
    assert "12 地域福祉の推進　令和4年度" in plain(hits(with_years)[0])
    everything = browser.get(f"{address}&q=担い手の確保&apart=none").text
    assert "令和4〜5年度" in plain(hits(everything)[0])


def test_a_section_without_text_is_searched_by_what_the_measure_is_called(
    browser: Browser, store: Store, make_sheet: SheetFactory, sheets: dict[str, int]
) -> None:
    empty = store(make_sheet(2024, sections={}))
    assert 'value="地域福祉の推進"' in browser.get(f"/search?sheet={empty}&section=7.1").text
    assert "探し方" in browser.get(f"/search?sheet={empty}&section=7.1&q=").text


def test_nothing_found_names_what_was_searched_and_drops_one_filter_each(
    browser: Browser, sheets: dict[str, int]
) -> None:
    page = browser.get("/search?q=企業&section=7.2&division=産業課").text
    assert not hits(page)
    assert "見つかりませんでした" in page
    found = re.findall(r"<li>(欄|施策統括課)「([^」]+)」　<a href=\"([^\"]+)\">これを外して探す", page)
    assert [(label, value) for label, value, _ in found] == [("欄", "7(2) 中期的な取組方針"), ("施策統括課", "産業課")]
    for (_, _, address), gone in zip(found, ("section", "division"), strict=True):
        left = parse_qs(urlsplit(html.unescape(address)).query)
        assert left["q"] == ["企業"]
        assert {"section", "division"} - set(left) == {gone}
    assert hits(browser.get(html.unescape(found[0][2])).text)


def test_a_weak_result_says_so_at_the_top(browser: Browser, sheets: dict[str, int]) -> None:
    page = browser.get("/search?q=ラクダの毛づくろい&section=5.1").text
    assert "はっきり似ている文は見つかりませんでした" in page
    assert page.index("はっきり似ている文は") < page.index('<ol class="found"')
    assert "絞り込みなしで探す" in page
    assert "はっきり似ている文は" not in browser.get("/search?q=商店街の来街者").text


def test_without_the_vector_index_only_words_are_searched_and_the_page_says_why(
    app: Flask, browser: Browser, sheets: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def owned(*_: object, **__: object) -> None:
        raise VectorUnavailable(messages.VECTOR_INDEX_IN_USE)

    monkeypatch.setattr("corpus.index.lazy.open_vector_index", owned)
    page = browser.get("/search?q=企業の確保").text
    assert "ことばだけで探しています" in page
    assert "動いている別の shisaku が使っています" in page
    first = plain(hits(page)[0])
    assert "ことば 1位" in first
    assert "意味" not in first


def test_an_index_that_fails_in_this_query_is_told(
    app: Flask, browser: Browser, sheets: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "意味 1位" in plain(hits(browser.get("/search?q=企業の確保").text)[0])

    def broken(*_: object, **__: object) -> None:
        raise VectorUnavailable("x")

    index = reply_maker(app).index.get()
    for name in ("nearest", "similarities"):
        monkeypatch.setattr(index, name, broken)
    page = browser.get("/search?q=企業の確保").text
    assert messages.MEANING_SILENT in page
    assert "意味" not in plain(hits(page)[0])


def test_what_only_meaning_found_has_no_rank_among_the_words(browser: Browser, sheets: dict[str, int]) -> None:
    page = browser.get("/search?q=商店街の来街者").text
    lines = [plain(hit) for hit in hits(page)]
    assert any("ことば ―では上位にありません・意味" in line for line in lines)


ODD = [
    "'; DROP TABLE passage; --",
    '"課題" OR NEAR(a b) AND NOT * ^ {col}: -x',
    'tokens:"',
    "()[]{}<>?*+^$|\\/",
    "%00課題%00",
    "%ff%fe%80",
    "課題%0D%0A%09課題",
    "😀👩‍👩‍👧‍👦",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "　",
    "課題" * 1_000,
    "担い手の確保が課題である。" * 400,
    "a" * 5_000,
]


@pytest.mark.parametrize("query", ODD)
def test_no_query_breaks_the_page(browser: Browser, sheets: dict[str, int], query: str) -> None:
    for filters in ("", "&section=5.1"):
        answer = browser.get(f"/search?q={query}{filters}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


@given(st.text(max_size=60))
def test_pieces_never_change_the_text(text: str) -> None:
    spans = [(start, start + 3) for start in range(0, len(text), 2)] + [(len(text), len(text) + 5), (3, 1)]
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@pytest.mark.parametrize(
    "filters",
    [
        "section=9.9",
        "measure=999",
        "measure=99999999999999999999",
        "measure=x",
        "division=なかった課",
        "direction=77",
        "from=abc&to=-1",
        "sheet=99999999999999999999&apart=x",
        "sheet=0",
        "limit=1000000",
    ],
)
def test_a_filter_that_nothing_stored_has_restricts_nothing(
    browser: Browser, sheets: dict[str, int], filters: str
) -> None:
    answer = browser.get(f"/search?q=企業の確保&{filters}")
    assert answer.status_code == 200
    assert len(hits(answer.text)) == len(hits(browser.get("/search?q=企業の確保").text))
    assert ("いまの記録にありません" in answer.text) == (not filters.startswith("limit"))


def test_htmx_gets_the_results_alone_and_the_browser_does_not_keep_them(
    browser: Browser, sheets: dict[str, int]
) -> None:
    part = browser.get("/search?q=企業の確保", htmx=True)
    assert part.text.lstrip().startswith('<section id="results"')
    assert part.headers["Cache-Control"] == "no-store"
    assert len(hits(part.text)) == len(hits(browser.get("/search?q=企業の確保").text))


def test_more_hits_on_demand(browser: Browser, store: Store, make_sheet: SheetFactory) -> None:
    kinds = "道路公園河川学校図書館消防港湾農地森林市場病院住宅水道下水電気交通文化体育観光保育介護年金税務防犯"
    lines = [f"・{kinds[2 * n : 2 * n + 2]}の施設の改修が課題である。" for n in range(24)]
    store(make_sheet(2023, sections={"6.1.issues": "\n".join(lines)}))
    page = browser.get("/search?q=施設の改修").text
    assert len(hits(page)) == 20
    more = re.search(r'<a class="button" href="([^"]+)">さらに見る', page)
    assert more
    page = browser.get(html.unescape(more[1])).text
    assert len(hits(page)) == 24
    assert "さらに見る" not in page


@pytest.mark.parametrize(
    ("years", "label"),
    [
        ([2023], "令和5年度"),
        ([2021, 2022, 2023], "令和3〜5年度"),
        ([2021, 2023], "令和3・5年度"),
        ([2018, 2019], "平成30〜令和元年度"),
        ([2016, 2018, 2019, 2020, 2023], "平成28・30〜令和2・5年度"),
        ([2019, 2020], "令和元〜2年度"),
    ],
)
def test_years_are_written_in_short(years: list[int], label: str) -> None:
    assert years_label(years) == label


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", ""),
        ("①展開方向１「見守り」\n・一つ目である。\n・二つ目である。", "一つ目である。二つ目である。"),
        ("・" + "あ" * 110 + "。\n・" + "い" * 50 + "。", "あ" * 110 + "。"),
        ("・" + "あ" * 400 + "。", "あ" * 120),
    ],
)
def test_a_section_is_searched_by_its_first_statements(text: str, begins: str) -> None:
    assert opening(text) == begins


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        ("・一つ。\n・二つ。", "二つ。", "二つ。"),
        ("前の文。後の文。", "後の文。", "後の文。"),
        ("・Ａ　Ｂの文。", "A Bの文。", "Ａ　Ｂの文。"),
        ("①展開方向１「見守り」\n・文。", "展開方向１「見守り」", None),
        ("・一つ。", "二つ。", None),
    ],
)
def test_a_sentence_is_found_again_in_its_text(text: str, sentence: str, place: str | None) -> None:
    found = place_in(text, text_hash(sentence))
    assert (found and text[slice(*found)]) == place


def test_a_stranger_is_asked_to_log_in_and_comes_back_to_the_search(stranger: Browser) -> None:
    answer = stranger.get("/search?q=課題")
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.location).query)["next"][0].startswith("/search?q=")


def test_a_database_without_lexical_search_is_told(
    browser: Browser, sheets: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: object) -> None:
        raise NotAvailable(messages.no_lexical_search("postgresql"))

    monkeypatch.setattr("corpus.index.candidates.lexical_index", none)
    answer = browser.get("/search?q=課題")
    assert answer.status_code == 501
    assert "全文検索がまだ使えません" in answer.text


def test_while_the_index_is_being_filled_the_page_says_how_far_it_is(
    app: Flask, browser: Browser, sheets: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    monkeypatch.setattr("corpus.index.lazy.FEW", 0)
    monkeypatch.setattr(LazyIndex, "_begin", lambda *_: begun.set())
    page = browser.get("/search?q=企業の確保").text
    assert begun.is_set()
    assert re.search(r"索引に文を入れています（\d+文のうち0文）", page)
    assert "意味" not in plain(hits(page)[0])
