"""Whole drafts: every section of many sheets, and what a person may rely on in each."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.drafting.compose import compose
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import UNSURE_OWN
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile
from tests.assistant.drafting.samples import ALL_PAIRS, DIRECTIONS, LAST, NOW, assert_sound, drafted, sheet, untraced


@pytest.mark.parametrize("section", SECTION_KEYS)
@pytest.mark.parametrize("name", ALL_PAIRS)
def test_no_sentence_of_last_year_vanishes_without_a_trace(name: str, section: str) -> None:
    assert untraced(DraftRequest(*ALL_PAIRS[name], section), drafted(name, section)[0]) == []


@pytest.mark.parametrize("section", SECTION_KEYS)
@pytest.mark.parametrize("name", ALL_PAIRS)
def test_every_section_of_every_sheet(name: str, section: str) -> None:
    for direction, follow in ((None, False), (None, True), (1, False)):
        draft, findings = drafted(name, section, direction, follow=follow)
        assert_sound(draft, ALL_PAIRS[name])
        assert UNSURE_OWN not in draft.text
        assert not any(found.verdict == "mismatch" for found in findings)


@pytest.mark.parametrize("name", ALL_PAIRS)
@pytest.mark.parametrize("follow", [False, True])
def test_no_two_sections_get_the_same_text(name: str, follow: bool) -> None:
    texts = {key: drafted(name, key, follow=follow)[0].text for key in SECTION_KEYS}
    assert len(set(texts.values())) == len(SECTION_KEYS)


def test_the_first_sentence_does_not_wait_for_the_rest() -> None:
    assert next(compose(DraftRequest(NOW, LAST, "6.1.results"))).text == "①展開方向１「見守りの充実」"


def test_the_json_of_a_draft_names_facts_and_sources() -> None:
    draft = draft_section(DraftRequest(NOW, LAST, "6.1.results"))[0]
    found = draft.as_json()
    assert found["model"] == "composer"
    assert {"measure", "fiscal_year", "section", "text"} == set(found["sources"][0])
    fact = next(fact for fact in found["facts"] if fact.get("cost") == "total")
    assert found["text"][fact["start"] : fact["end"]] == "615,000千円"
    assert (fact["year"], fact["series"], fact["value"]) == (2024, "actual", Decimal(615000))


# --- random sheets

figures = st.none() | st.decimals(-999, 99999, places=2, allow_nan=False)
series = st.fixed_dictionaries({}, optional={"target": figures, "actual": figures, "forecast": figures})
phrases = st.sampled_from(
    [
        "令和5年度は12.1％で、目標値を下回った。",
        "参加率は前年度から2.7ポイント低下した。",
        "参加率は12.1％となり、過去最高であった。",
        "①展開方向１「見守り」",
        "【展開方向２】",
        "〇コスト",
        "トータルコストは5,000千円である。",
        "計画を検討する。",
        "3年連続で増加し、半数近くの5人が参加した。",
        "新たな団体が加わり、参加率は12.1％で目標を達成したが、地域に偏りがあり、約37％にとどまる。",
        "参加率は調査を行わない年度に当たる。",
        "令和7年度に参加率18.0％を目指し、施設を開設する。",
        "講座を３回開催した（12人）。",
        "令和5～9年度の計画に基づき、令和6年度に実施する",
        "【要記入】件である。【要確認：年度】",
        "20％",
        "",
    ]
)
texts = st.lists(st.tuples(st.sampled_from(["・", "", "◆", "① "]), phrases), max_size=5).map(
    lambda parts: "\n".join(mark + phrase for mark, phrase in parts)
)


@st.composite
def sheets(draw: st.DrawFn, year: int) -> SheetFile:
    entries = [
        {
            "id": f"{number}-ア",
            "kind": draw(st.sampled_from(["outcome", "population"])),
            "direction": draw(st.sampled_from([None, 1, 2])),
            "name": draw(st.sampled_from(["参加率", "人口（4月1日）", "週1回以上「運動」する人の割合"])),
            "unit": draw(st.sampled_from(["％", "人", "件", None, "g/人日"])),
            "better": draw(st.sampled_from(["higher", "lower", None])),
            "decimals": draw(st.sampled_from([None, 0, 1])),
            "values": {at: draw(series) for at in draw(st.sets(st.integers(2020, 2027)))},
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    return sheet(
        year,
        directions=draw(st.sampled_from([[], DIRECTIONS, DIRECTIONS[1:]])),
        indicators=entries,
        costs=draw(st.dictionaries(st.sampled_from([2022, 2023, 2024]), st.fixed_dictionaries({"total": figures}))),
        sections={key: draw(texts) for key in draw(st.sets(st.sampled_from(SECTION_KEYS)))},
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    now=sheets(2024),
    last=st.none() | sheets(2023),
    section=st.sampled_from(SECTION_KEYS),
    direction=st.sampled_from([None, 1, 2, 9]),
    follow=st.booleans(),
)
def test_any_sheet_gives_a_sound_draft(
    now: SheetFile, last: SheetFile | None, section: str, direction: int | None, follow: bool
) -> None:
    request = DraftRequest(now, last, section, direction=direction, follow_last_year=follow)
    draft, _ = draft_section(request)
    assert_sound(draft, (now, last))
    if direction is None:
        assert untraced(request, draft) == []
