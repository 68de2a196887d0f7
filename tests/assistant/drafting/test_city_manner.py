"""The city's own manner and preferred words in drafts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.manner import Manner as Read
from assistant.drafting.manner import chosen_manner, in_years
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.drafting.wording import preferred, proper_names
from corpus.city import Manner, PreferredWord, Writing
from corpus.sheetfile import SheetFile

INDICATORS = [
    {
        "id": "1-ア",
        "kind": "outcome",
        "direction": 1,
        "name": "子供の参加率（平成30年度比）",
        "unit": "％",
        "decimals": 1,
        "better": "higher",
        "values": {2023: {"target": 16, "actual": 12.1}, 2024: {"target": 16.5, "actual": 9}},
    }
]
LAST_TEXT = "◆令和５年度は子供の見守りを進める。\n◆令和3年度に協定を結んだ。"


def sheet(year: int, **more: Any) -> SheetFile:
    base = {"fiscal_year": year, "measure": {"name": "子供の見守り"}, "indicators": INDICATORS}
    return SheetFile.model_validate({**base, "lead_division": "福祉課", **more})


def text_of(section: str, *, words: tuple[PreferredWord, ...] = (), divisions: Any = None, **manner: Any) -> str:
    last = sheet(2023, sections={"7.1": LAST_TEXT, "6.1.results": LAST_TEXT})
    writing = Writing(manner=Manner(**manner), words=words, divisions=divisions or {})
    return draft_section(DraftRequest(sheet(2024), last, section, writing=writing))[0].text


def test_without_a_choice_last_years_manner_stays() -> None:
    plain = text_of("6.1.results")
    assert (
        plain
        == draft_section(
            DraftRequest(sheet(2024), sheet(2023, sections={"7.1": LAST_TEXT, "6.1.results": LAST_TEXT}), "6.1.results")
        )[0].text
    )
    assert plain.startswith("◆「子供の参加率（平成30年度比）」の令和6年度の実績値は9.0％")


@pytest.mark.parametrize(
    ("choice", "opening"),
    [
        ({"mark": "・"}, "・「子供の参加率（平成30年度比）」の令和6年度の実績値は9.0％"),
        ({"mark": ""}, "「子供の参加率（平成30年度比）」の令和6年度の実績値は9.0％"),
        ({"width": "full"}, "◆「子供の参加率（平成30年度比）」の令和６年度の実績値は９．０％"),
        ({"width": "official"}, "◆「子供の参加率（平成30年度比）」の令和６年度の実績値は9.0％"),
        ({"years": "short"}, "◆「子供の参加率（平成30年度比）」のR6年度の実績値は9.0％"),
        ({"years": "bare"}, "◆「子供の参加率（平成30年度比）」の6年度の実績値は9.0％"),
        ({"years": "short", "width": "full"}, "◆「子供の参加率（平成30年度比）」のR６年度の実績値は９．０％"),
    ],
)
def test_the_composers_sentences_follow_the_choice(choice: dict[str, Any], opening: str) -> None:
    assert text_of("6.1.results", **choice).startswith(opening)


def test_carried_sentences_keep_their_words_but_not_their_mark_and_moved_years() -> None:
    carried = text_of("7.1", mark="・", years="short", style="polite").split("\n")
    assert "R6年度は子供の見守りを進める。" in carried[0]
    assert carried[1] == "・令和3年度に協定を結んだ。"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        ("last_year", "◆令和3年度に協定を結んだ。"),
        ("full", "◆令和３年度に協定を結んだ。"),
        ("official", "◆令和３年度に協定を結んだ。"),
        ("half", "◆令和3年度に協定を結んだ。"),
    ],
)
def test_digits_of_carried_sentences_follow_the_citys_width(width: str, expected: str) -> None:
    assert text_of("7.1", width=width).split("\n")[1] == expected


def test_polite_and_plain() -> None:
    assert text_of("6.1.results", style="polite").split("\n")[0].endswith("届きませんでした。")
    assert text_of("6.1.results", style="plain").split("\n")[0].endswith("届かなかった。")


def test_a_division_has_its_own_manner() -> None:
    own = {"福祉課": Manner(mark="〇")}
    assert text_of("6.1.results", mark="・", divisions=own).startswith("〇")
    assert text_of("6.1.results", mark="・", divisions={"他課": Manner(mark="〇")}).startswith("・")


@pytest.mark.parametrize(
    ("text", "years", "written"),
    [
        ("令和6年度から令和元年度まで", "short", "R6年度からR1年度まで"),
        ("令和6年度の", "bare", "6年度の"),
        ("6年度とR5年度の", "full", "令和6年度と令和5年度の"),
        ("平成30年度の", "bare", "平成30年度の"),
        ("2024年度の", "short", "2024年度の"),
        ("令和6年4月1日", "short", "令和6年4月1日"),
        ("3年連続", "full", "3年連続"),
    ],
)
def test_years_in_words(text: str, years: Any, written: str) -> None:
    assert in_years(text, years) == written


def test_the_end_of_a_listed_pair_of_years_stays_bare() -> None:
    manner = chosen_manner(Read(), Manner(years="full"))
    assert manner.moved_year("7年度", "令和6・") == "7年度"
    assert manner.moved_year("7年度", "また、") == "令和7年度"


# --- preferred words

CHILD = PreferredWord(avoid="子供", use="こども")


def sentence(text: str, *spans: tuple[int, int]) -> DraftSentence:
    origins = tuple(Origin("note", start, end, note="done-1") for start, end in spans) or (Origin("form"),)
    return DraftSentence(text, False, None, origins)


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("子供の子供食堂", [CHILD], "こどものこども食堂"),
        ("「子供の広場」で子供を見守る", [CHILD], "「子供の広場」でこどもを見守る"),
        ("【要確認：子供】子供", [CHILD], "【要確認：子供】こども"),
        ("まちづくりと人づくり", [PreferredWord(avoid="づくり", use="まちづくり")], "まちづくりと人まちづくり"),
        (
            "障害者と障害",
            [PreferredWord(avoid="障害", use="障がい"), PreferredWord(avoid="障害者", use="障がいのある人")],
            "障がいのある人と障がい",
        ),
        ("甲乙", [PreferredWord(avoid="甲", use="乙"), PreferredWord(avoid="乙", use="甲")], "乙甲"),
        ("等を行う", [PreferredWord(avoid="等", use="")], "を行う"),
        ("等", [PreferredWord(avoid="等", use="")], "等"),
        ("改行", [PreferredWord(avoid="改行", use="一\n二")], "一 二"),
        ("子供の見守り条例", [CHILD], "こどもの見守り条例"),
        ("子供センターの子供", [CHILD], "子供センターのこども"),
    ],
)
def test_words_to_avoid_give_way(text: str, words: list[PreferredWord], written: str) -> None:
    assert preferred([sentence(text)], words, ["子供センター"])[0].text == written


def test_a_draft_keeps_stored_names_and_has_the_preferred_words() -> None:
    text = text_of("7.1", words=(CHILD,))
    assert "「子供の参加率（平成30年度比）」" in text
    assert "令和６年度は子供の見守りを進める" in text
    other = sheet(2023, measure={"name": "見守り"}, indicators=[], sections={"7.2": "・子供の声を聴く。"})
    plain = sheet(2024, measure={"name": "見守り"}, indicators=[])
    draft, _ = draft_section(DraftRequest(plain, other, "7.2", writing=Writing(words=(CHILD,))))
    assert draft.text.startswith("・こどもの声を聴く。")
    assert {"子供の見守り", "子供の参加率（平成30年度比）", "福祉課"} <= set(proper_names(sheet(2024)))


@given(
    st.text(st.sampled_from("子供こどもの【】「」1")),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
)
def test_origins_follow_their_words(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(start, end) for start, end in places if start < end <= len(text)]
    found = preferred([sentence(text, *spans)], [CHILD])[0]
    for (start, end), origin in zip(spans, found.origins, strict=False):
        assert origin.start is not None
        assert origin.end is not None
        plain = text[start:end].replace("子供", "こども")
        inside = found.text[origin.start : origin.end].replace("子供", "こども")
        assert plain in inside or plain.lstrip("供").rstrip("子") in inside
