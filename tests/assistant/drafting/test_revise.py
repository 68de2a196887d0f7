"""Revising a draft: what each change does, what it must never do, and that every origin stays with its words."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.compose import compose
from assistant.drafting.draft import Draft, DraftSentence, Origin
from assistant.drafting.lines import Edit, edited, lines_of, mark_of
from assistant.drafting.plan import DraftRequest, Passage
from assistant.drafting.restyle import as_courteous, as_plain, restyled
from assistant.drafting.revise import Revised, Stock, revise_all
from assistant.wishes import Change
from corpus import messages
from corpus.sheetfile import SheetFile

MakeSheet = Callable[..., SheetFile]


@pytest.fixture
def stock(make_sheet: MakeSheet) -> Stock:
    """A sheet without texts, whose results section has items of both 展開方向."""
    notes = {
        "done": [
            {"id": "d1", "direction": 1, "text": "見守り協定を新たに2社と締結。", "date": "2024-10"},
            {"id": "d2", "direction": 1, "text": "担い手の養成講座を3回開催。", "date": "2024-11"},
        ]
    }
    sheet, last_year = make_sheet(2024, sections={}, facts=notes), make_sheet(2023)
    return Stock(DraftRequest(sheet, last_year, "6.1.results"), (last_year,))


def draft_of(stock: Stock) -> Draft:
    request = stock.request
    return Draft(request.section, request.direction, request.sheet.fiscal_year, tuple(compose(request)))


def written(*texts: str, headings: tuple[int, ...] = (), joined: tuple[int, ...] = ()) -> Draft:
    """A draft of these sentences, by place headings and sentences that go on in their line."""
    sentences = (
        DraftSentence(text, at in headings, None, (Origin("form"),), at not in joined) for at, text in enumerate(texts)
    )
    return Draft("6.1.results", None, 2024, tuple(sentences))


def revised(draft: Draft, stock: Stock, *changes: Change) -> Revised:
    made = revise_all(draft, changes, stock)
    check_origins(draft, made.draft)
    return made


def check_origins(before: Draft, after: Draft) -> None:
    """Every figure of the new draft is one that has its cell, and stands where its origin says."""
    for sentence in after.sentences:
        assert sentence.origins
        for origin in sentence.origins:
            if origin.start is not None and origin.end is not None:
                assert 0 <= origin.start <= origin.end <= len(sentence.text)
                if origin.kind == "figure":
                    assert origin.start < origin.end
    told = {(fact["start"], before.text[fact["start"] : fact["end"]]) for fact in before.facts}
    words = {text for _, text in told}
    for fact in after.facts:
        assert after.text[fact["start"] : fact["end"]] in words or fact["value"] is not None


LISTED = written("①展開方向１", "・一つ目。", "続き。", "・一方、二つ目。", "・三つ目。", headings=(0,), joined=(2,))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(kind="drop", items=(2,)), "①展開方向１\n・一つ目。続き。\n・三つ目。"),
        (Change(kind="drop", items=(1,)), "①展開方向１\n・二つ目。\n・三つ目。"),
        (Change(kind="drop", items=(-1,)), "①展開方向１\n・一つ目。続き。\n・一方、二つ目。"),
        (Change(kind="drop", items=(1, 3)), "①展開方向１\n・二つ目。"),
        (Change(kind="swap", items=(1, 3)), "①展開方向１\n・三つ目。\n・二つ目。\n・一つ目。続き。"),
        (Change(kind="first", items=(3,)), "①展開方向１\n・三つ目。\n・一つ目。続き。\n・一方、二つ目。"),
        (Change(kind="prose"), "①展開方向１\n一つ目。続き。一方、二つ目。さらに、三つ目。"),
    ],
)
def test_items_are_arranged(stock: Stock, change: Change, text: str) -> None:
    assert revised(LISTED, stock, change).draft.text == text


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (Change(kind="drop", items=(4,)), messages.no_such_item([4], 3)),
        (Change(kind="drop"), messages.which_items(3, "2つ目を削除して")),
        (Change(kind="drop", items=(1, 2, 3)), messages.NOTHING_TO_DROP),
        (Change(kind="swap", items=(1,)), messages.which_items(3, "1つ目と2つ目を入れ替えて")),
        (Change(kind="swap"), messages.which_items(3, "1つ目と2つ目を入れ替えて")),
        (Change(kind="first", items=(1,)), messages.ALREADY_SO),
        (Change(kind="order"), messages.WHICH_ORDER),
        (Change(kind="bullets"), messages.ALREADY_SO),
        (Change(kind="reword"), messages.CHANGES_POSSIBLE),
        (Change(kind="mention"), messages.CHANGES_POSSIBLE),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(stock: Stock, change: Change, note: str) -> None:
    assert revised(LISTED, stock, change) == Revised(LISTED, (note,))


def test_items_do_not_leave_their_heading(stock: Stock) -> None:
    draft = written("①展開方向１", "・一つ目。", "②展開方向２", "・二つ目。", headings=(0, 2))
    assert revised(draft, stock, Change(kind="swap", items=(1, 2))).notes == (messages.OTHER_DIRECTION,)
    emptied = revised(draft, stock, Change(kind="drop", items=(1,))).draft
    assert emptied.text == "②展開方向２\n・二つ目。", "a heading above nothing goes with its last item"


def test_a_question_about_dropped_lines_goes_with_them(stock: Stock) -> None:
    draft = written("①展開方向１", "・一つ目。", "【要確認：続けるか】", "②展開方向２", "・二つ目。", headings=(0, 3))
    assert len([line for line in lines_of(draft) if line.kind == "item"]) == 2
    assert revised(draft, stock, Change(kind="drop", items=(1,))).draft.text == "②展開方向２\n・二つ目。"


def test_in_prose_the_sentences_are_counted(stock: Stock) -> None:
    draft = written("一文目。", "二文目。", "三文目。", "次の段落。", joined=(1, 2))
    assert revised(draft, stock, Change(kind="drop", items=(2,))).draft.text == "一文目。三文目。\n次の段落。"
    assert revised(draft, stock, Change(kind="drop", items=(1,))).draft.text == "二文目。三文目。\n次の段落。"
    assert revised(draft, stock, Change(kind="swap", items=(1, 4))).draft.text == "次の段落。二文目。三文目。\n一文目。"


def test_prose_becomes_a_list_and_what_leans_on_a_sentence_stays_with_it(stock: Stock) -> None:
    draft = written("通報は52件であった。", "うち15件は救急搬送につながった。", "また、研修を行った。", joined=(1, 2))
    made = revised(draft, stock, Change(kind="bullets")).draft
    assert made.text == "・通報は52件であった。うち15件は救急搬送につながった。\n・研修を行った。"


def test_success_and_failure_are_set_against_each_other(stock: Stock) -> None:
    made = revised(draft_of(stock), stock, Change(kind="prose")).draft
    assert not any(mark_of(sentence) for sentence in made.sentences if not sentence.heading)
    assert [sentence.text for sentence in made.sentences if sentence.heading] == [
        sentence.text for sentence in draft_of(stock).sentences if sentence.heading
    ]


@pytest.mark.parametrize("limit", [None, "1"])
def test_a_shorter_draft_keeps_missed_targets_and_what_is_to_be_filled_in(stock: Stock, limit: str | None) -> None:
    draft = draft_of(stock)
    made = revised(draft, stock, Change(kind="shorter", words=limit))
    assert len(made.draft.text) < len(draft.text)
    missed = [fact for fact in draft.facts if fact.get("series") == "target"]
    assert missed
    assert {fact["value"] for fact in missed} <= {fact["value"] for fact in made.draft.facts}
    assert made.draft.text.count("【要") == draft.text.count("【要")
    headings = [sentence.text for sentence in draft.sentences if sentence.heading]
    assert [sentence.text for sentence in made.draft.sentences if sentence.heading] == headings
    assert (limit == "1") == any("までしか" in note for note in made.notes)


def test_additions_go_first_and_what_leans_goes_before_what_it_leans_on(stock: Stock) -> None:
    draft = written(
        "・計画を策定した。なぜならば必要だからである。",
        "なお、概要版も作成した。",
        "・通報は多かった。",
        "うち何件かは救急搬送につながった。",
        joined=(1, 3),
    )
    order = []
    for length in range(len(draft.text), 0, -1):
        text = revised(draft, stock, Change(kind="shorter", words=str(length))).draft.text
        if text not in order:
            order.append(text)
    assert order[1] == draft.text.replace("なお、概要版も作成した。", "")
    assert order[2] == order[1].replace("うち何件かは救急搬送につながった。", "")


def test_a_longer_draft_first_gets_back_what_was_left_out(stock: Stock) -> None:
    draft = draft_of(stock)
    short = revised(draft, stock, Change(kind="shorter", words="1")).draft
    made = revised(short, stock, Change(kind="longer"))
    assert len(short.text) < len(made.draft.text)
    assert {sentence.text for sentence in short.sentences} <= {sentence.text for sentence in made.draft.sentences}


def test_where_nothing_more_is_stored_a_longer_draft_says_so(make_sheet: MakeSheet) -> None:
    stock = Stock(DraftRequest(make_sheet(2024, sections={}, indicators=[], costs={}), None, "7.2"))
    draft = draft_of(stock)
    assert revised(draft, stock, Change(kind="longer")) == Revised(draft, (messages.NOTHING_MORE,))


def test_items_are_ordered_by_success(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(2022, sections={})
    stock = Stock(DraftRequest(sheet, None, "6.1.results"))
    figures = {
        entry.id: Origin("figure", 1, 3, indicator=entry.id, year=2022, series="actual") for entry in sheet.outcomes()
    }
    met = [entry.id for entry in sheet.outcomes() if entry.achieved.get(2022)]
    missed = [entry.id for entry in sheet.outcomes() if entry.achieved.get(2022) is False]
    assert met or missed
    sentences = [DraftSentence("・注記", False, None, (Origin("form"),))]
    sentences += [DraftSentence(f"・{name}", False, None, (figures[name],)) for name in (*missed, *met)]
    draft = Draft("6.1.results", None, 2022, tuple(sentences))
    best = revise_all(draft, [Change(kind="order", words="達成した指標から")], stock).draft
    worst = revise_all(draft, [Change(kind="order", words="未達成の指標から")], stock).draft
    assert [s.text for s in best.sentences] == [f"・{name}" for name in (*met, *missed)] + ["・注記"]
    assert [s.text for s in worst.sentences] == [f"・{name}" for name in (*missed, *met)] + ["・注記"]


@pytest.mark.parametrize(
    ("words", "kinds", "text"),
    [
        ("就職につながった人の数", {"figure"}, "58人"),
        ("人件費", {"figure"}, "人件費計"),
        ("養成講座", {"note"}, "担い手の養成講座"),
        ("見守り訓練", {"last_year"}, "見守り訓練"),
    ],
)
def test_a_mention_brings_in_what_is_stored(stock: Stock, words: str, kinds: set[str], text: str) -> None:
    bare = written("・何もない。")
    made = revised(bare, stock, Change(kind="mention", words=words))
    new = [sentence for sentence in made.draft.sentences if sentence.text != "・何もない。"]
    assert new
    assert kinds <= {origin.kind for sentence in new for origin in sentence.origins}
    assert text in made.draft.text
    again = revised(made.draft, stock, Change(kind="mention", words=words))
    assert again == Revised(made.draft, (messages.already_mentioned(words),))


def test_other_sheets_stand_in_only_marked_and_without_figures(stock: Stock) -> None:
    other = "・外国人住民の相談体制を整える。"
    passages = (
        Passage("多文化共生", 2023, "6.1.results", other, "別の市"),
        Passage("多文化共生", 2023, "6.1.results", "外国人住民は1,234人となった。", "別の市"),
    )
    wider = Stock(stock.request, stock.earlier, passages)
    made = revised(written("・何もない。"), wider, Change(kind="mention", words="外国人住民")).draft
    assert made.text == "・何もない。\n・外国人住民の相談体制を整える。【要確認：本市にも当てはまるか】"
    (origin,) = made.sentences[-1].origins
    assert (origin.kind, origin.measure, origin.text) == ("other_sheet", "多文化共生", other)


def test_what_is_not_stored_is_not_mentioned(stock: Stock) -> None:
    draft = draft_of(stock)
    made = revised(draft, stock, Change(kind="mention", words="宇宙開発"))
    assert made == Revised(draft, (messages.nothing_to_mention("宇宙開発"),))


ENDINGS = [
    ("目標を達成した", "目標を達成しました"),
    ("52件であった", "52件でした"),
    ("課題である", "課題です"),
    ("指摘があった", "指摘がありました"),
    ("増加している", "増加しています"),
    ("必要がある", "必要があります"),
    ("目標の達成には至らなかった", "目標の達成には至りませんでした"),
    ("届いていない", "届いていません"),
    ("考えなければならない", "考えなければなりません"),
    ("改善を図る", "改善を図ります"),
    ("取組を進める", "取組を進めます"),
    ("方針を示す", "方針を示します"),
    ("制度を見直す", "制度を見直します"),
    ("混入を防ぐ", "混入を防ぎます"),
    ("調査を行う", "調査を行います"),
    ("割合が高い", "割合が高いです"),
    ("職場を訪ねた", "職場を訪ねました"),
    ("広報に用いる", "広報に用います"),
    ("求人が埋まらない", "求人が埋まりません"),
    ("検討が欠かせない", "検討が欠かせません"),
    ("確認されなかった", "確認されませんでした"),
    ("困難な状況にある", "困難な状況にあります"),
    ("廃業も3件あった", "廃業も3件ありました"),
    ("広げていく", "広げていきます"),
    ("着実に減らす", "着実に減らします"),
    ("つながりをつくる", "つながりをつくります"),
    ("十分ではない", "十分ではありません"),
]


@pytest.mark.parametrize(("plain", "polite"), ENDINGS)
def test_endings_go_both_ways(plain: str, polite: str) -> None:
    assert as_courteous(plain) == polite
    assert as_plain(polite) == plain


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("希望者がいない", "希望者がいません"),
        ("対象者がいる", "対象者がいます"),
        ("伸びなかった", "伸びませんでした"),
        ("起きない", "起きません"),
        ("書かない", "書きません"),
    ],
)
def test_a_denial_keeps_the_stem_of_its_verb(plain: str, polite: str) -> None:
    assert as_plain(polite) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("周知に取り組んでまいります。", "周知に取り組んでいく。"),
        ("支援を実施いたします。", "支援を実施する。"),
        ("調査しております。【要確認：年度】", "調査している。【要確認：年度】"),
        ("相談がありました（5件）。", "相談があった（5件）。"),
        ("協定を結びました。説明会も開きました。", "協定を結んだ。説明会も開いた。"),
        ("講座の開催", "講座の開催"),
        ("【要記入：要因】", "【要記入：要因】"),
    ],
)
def test_a_sentence_changes_only_its_endings(text: str, plain: str) -> None:
    made, left = restyled(written(text), to_polite=False)
    assert (made.text, left) == (plain, ())


def test_an_open_form_stays_and_is_named(stock: Stock) -> None:
    made, left = restyled(written("・改善が見られよう。"), to_polite=True)
    assert (made.text, left) == ("・改善が見られよう。", ("改善が見られよう。",))


def test_a_polite_draft_made_plain_again_is_the_same(stock: Stock) -> None:
    draft = draft_of(stock)
    there = revised(draft, stock, Change(kind="polite"))
    assert "ました。" in there.draft.text
    assert revised(there.draft, stock, Change(kind="plain")).draft == draft


@given(
    text=st.text("あいう12", min_size=1, max_size=12),
    spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
    places=st.lists(st.tuples(st.integers(0, 12), st.text("か", max_size=3)), max_size=3),
)
def test_edits_elsewhere_leave_the_words_of_an_origin(
    text: str, spans: list[tuple[int, int]], places: list[tuple[int, str]]
) -> None:
    spans = [(min(a, len(text)), min(b, len(text))) for a, b in spans]
    origins = tuple(Origin("figure", *sorted(span)) for span in spans if span[0] != span[1])
    inserted = {min(at, len(text)): words for at, words in places}
    edits = [Edit(at, at, words) for at, words in inserted.items()]
    made = edited(DraftSentence(text, False, None, origins), edits)
    assert made.text.replace("か", "") == text
    for before, after in zip(origins, made.origins, strict=True):
        assert made.text[after.start : after.end].replace("か", "") == text[before.start : before.end]
