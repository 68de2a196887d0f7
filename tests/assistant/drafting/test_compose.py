"""Whole drafts: every section of many sheets, and what a person may rely on in each."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.checking import Finding, check_text, find_figures
from assistant.checking.never_values import normalise
from assistant.drafting.compose import compose
from assistant.drafting.draft import Draft
from assistant.drafting.note_lines import note_words
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest, choose_rule, source_lines, usable_last_year
from assistant.drafting.verify import UNSURE_OWN, note_spans
from assistant.facts import Cell, is_stored
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile

SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"

RESULTS = """①展開方向１「見守りの充実」
・地域福祉計画を策定し、進捗管理を行った。
・令和5年度は令和4年度に引き続き登録者数が増加した。
・令和3年度に締結した協定を活用し、21件の情報提供を行った。
・活動に参加している市民の割合は12.1％で、目標値16.0％を3.9ポイント下回った。
②展開方向２「相談の充実」
・相談会を開催した。"""
PLAN = """①展開方向１「見守りの充実」
・令和6年度に計画素案を検討する。
・地域福祉計画の施策の推進。
②展開方向２「相談の充実」
・相談窓口の連携が必要である。"""
POLICY = "・令和7年度は避難訓練を実施する体制を構築する。\n・令和3年度に始めた居場所づくりを進める。"


def indicator(label: str, direction: int, values: dict[int, tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": f"{direction}-{label}",
        "kind": "outcome",
        "direction": direction,
        "name": "活動に参加している市民の割合" if direction == 1 else "相談先を知らない市民の割合",
        "unit": "％",
        "decimals": 1,
        "better": "higher" if direction == 1 else "lower",
        "values": {year: {"target": target, "actual": actual} for year, (target, actual) in values.items()},
        **more,
    }


INDICATORS = [
    {
        "id": "P-ア",
        "kind": "population",
        "name": "人口",
        "unit": "人",
        "decimals": 0,
        "values": {2023: {"actual": 76182}, 2024: {"actual": 75990}},
    },
    indicator(
        "ア", 1, {2022: (15.7, None), 2023: (16.0, 12.1), 2024: (16.5, 13.2), 2026: (17.5, None), 2027: (18, None)}
    ),
    indicator("ア", 2, {2022: (50, 52.0), 2023: (48, 49.5), 2024: (46, None), 2026: (42, None)}),
]
DIRECTIONS = [{"number": 1, "name": "見守りの充実"}, {"number": 2, "name": "相談の充実"}]
COSTS = {2023: {"program_total": 368045, "personnel": 229568, "total": 597613}}
NOW_COSTS = {2024: {"program_total": 384000, "personnel": 231000, "total": 615000}}
SECTIONS = {
    "4.3": "参加の機会が戻りつつあることが背景にあると考えられる。",
    "5.1": "・法の改正により、居住支援の強化が求められている。",
    "5.2": "・相談窓口の周知を求める意見がある。",
    "5.3": "・令和3年度に協定を締結した。\n・協議会は未設置となっている。",
    "5.4.done": "・相談会を5回開催した。",
    "5.4.plan": PLAN,
    "6.1.results": RESULTS,
    "6.1.issues": "・担い手の不足が課題である。",
    "7.1": POLICY,
    "7.2": "・自立の支援を充実する。",
}


def sheet(year: int, **more: Any) -> SheetFile:
    base: dict[str, Any] = {"fiscal_year": year, "measure": {"code": "12", "name": "支え合いの推進"}}
    return SheetFile.model_validate({**base, **more})


FULL = {
    "plan": {"start": 2020, "end": 2027},
    "directions": DIRECTIONS,
    "indicators": INDICATORS,
    "grades": {"achievement": "E", "trend": "C"},
}
NOW = sheet(2024, **FULL, costs=NOW_COSTS)
LAST = sheet(2023, **FULL, costs=COSTS, sections=SECTIONS)
MET = [
    indicator("ア", 1, {2023: (16.0, 12.1), 2024: (16.5, 13.2), 2026: (17.5, None)}),
    indicator("イ", 1, {2023: (16.0, 12.1), 2024: (16.5, 16.9), 2026: (17.5, None)}, name="相談者の割合"),
    indicator("ウ", 1, {2023: (16.0, 12.1), 2024: (16.5, 18.9), 2026: (17.5, None)}, name="定着率"),
    indicator("エ", 1, {2023: (16.0, 12.1), 2024: (16.5, 17.1), 2026: (17.5, None)}, name="就職率"),
]
UNKNOWN_POLARITY = [{**entry, "better": None} for entry in INDICATORS]
SAME_TEXT = dict.fromkeys(SECTION_KEYS, "・同じ文章を全ての欄に書いた。\n・令和5年度に実施した。")

PAIRS: dict[str, tuple[SheetFile, SheetFile | None]] = {
    "full": (NOW, LAST),
    "first year": (NOW, None),
    "no figures": (sheet(2024, directions=DIRECTIONS), sheet(2023, directions=DIRECTIONS, sections=SECTIONS)),
    "nothing at all": (sheet(2024), None),
    "nothing at all, nothing last year": (sheet(2024), sheet(2023)),
    "no directions": (sheet(2024, indicators=INDICATORS[:1], costs=NOW_COSTS), LAST),
    "no polarity": (sheet(2024, **{**FULL, "indicators": UNKNOWN_POLARITY}), LAST),
    "a year is missing": (sheet(2025, **FULL), LAST),
    "the same text everywhere": (sheet(2024, directions=DIRECTIONS), sheet(2023, sections=SAME_TEXT)),
    "the last sheet is not earlier": (NOW, NOW),
    "years without values": (sheet(2024, **{**FULL, "indicators": [indicator("ア", 1, {})]}), LAST),
    "a huge text": (NOW, sheet(2023, **FULL, sections=dict.fromkeys(SECTION_KEYS, "・訪問を12回行った。\n" * 120))),
    "paragraphs": (
        sheet(2024, **{**FULL, "indicators": MET}),
        sheet(2023, **FULL, sections=dict.fromkeys(SECTION_KEYS, "担い手の確保を進めます。相談を受けました。")),
    ),
    "full width": (NOW, sheet(2023, **FULL, sections={"6.1.results": "◆相談を１２件受けました。"})),
}


def sample_pairs() -> Iterator[tuple[str, tuple[SheetFile, SheetFile | None]]]:
    lines = [line for path in sorted(SAMPLE.glob("sheets.jsonl")) for line in path.read_text("utf-8").splitlines()]
    sheets = [SheetFile.model_validate(json.loads(line, parse_float=Decimal)) for line in lines if line.strip()]
    for found in sheets:
        same = [other for other in sheets if other.measure == found.measure and other.fiscal_year < found.fiscal_year]
        yield f"{found.measure.name} {found.fiscal_year}", (found, max(same, key=lambda s: s.fiscal_year, default=None))


ALL_PAIRS = PAIRS | dict(sample_pairs())


@cache
def drafted(
    name: str, section: str, direction: int | None = None, *, follow: bool = False
) -> tuple[Draft, list[Finding]]:
    """The draft of a named pair, which several tests look at."""
    return draft_section(DraftRequest(*ALL_PAIRS[name], section, direction=direction, follow_last_year=follow))


def own_and_last(pair: tuple[SheetFile, SheetFile | None]) -> list[SheetFile]:
    return [found for found in pair if found is not None]


def unstored_figures(draft: Draft, sheets: list[SheetFile]) -> list[str]:
    """Figures of the draft that no figure or note origin covers, names of the sheets aside."""
    names = {entry.name for found in sheets for entry in (*found.indicators, *found.directions) if entry.name}
    names |= {found.measure.name for found in sheets}
    text = normalise(draft.text)
    covered = [(fact["start"], fact["end"]) for fact in draft.facts]
    covered += [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    covered += [match.span() for name in names for match in re.finditer(re.escape(normalise(name)), text)]
    units = [entry.unit or "" for found in sheets for entry in found.indicators]
    figures = find_figures(draft.text, units)
    return [f.text for f in figures if not any(start <= f.start < end for start, end in covered)]


def assert_sound(draft: Draft, pair: tuple[SheetFile, SheetFile | None]) -> None:
    """What holds of every draft."""
    sheets = own_and_last(pair)
    assert draft.text.strip()
    assert unstored_figures(draft, sheets) == []
    for place, sentence in draft.placed:
        assert draft.text[place : place + len(sentence.text)] == sentence.text
        assert sentence.origins
        assert "\n" not in sentence.text
        for origin in sentence.origins:
            if origin.kind == "figure":
                assert origin.start is not None
                assert origin.end is not None
                assert re.search(r"[0-9０-９]", sentence.text[origin.start : origin.end])
                assert origin.year is not None
                assert origin.series is not None
                assert origin.value is not None
                subject = origin.indicator or f"cost:{origin.cost}"
                assert is_stored(Cell(subject, origin.year, origin.series, origin.value), sheets)
            if origin.kind == "note":
                found = sheets[0].facts.find(origin.note or "")
                assert found is not None
                assert origin.text == note_words(found[1])
            if origin.kind == "last_year":
                assert pair[1] is not None
                assert origin.section is not None
                assert origin.text is not None
                assert origin.text in pair[1].text(origin.section)
    noted = [(at + start, at + end) for at, sentence in draft.placed for start, end in note_spans(sentence)]
    mismatches = [f for f in check_text(draft.text, draft.section, sheets[0], sheets[1:]) if f.verdict == "mismatch"]
    assert [f for f in mismatches if not any(start <= (f.start or 0) < end for start, end in noted)] == []


def untraced(request: DraftRequest, draft: Draft) -> list[str]:
    """Sentences of the section that is carried on which no part of the draft names as its origin."""
    last_year = usable_last_year(request)
    rule = choose_rule(request.section, request.sheet, last_year, follow=request.follow_last_year)
    if rule is None or last_year is None:
        return []
    kept = {origin.text for sentence in draft.sentences for origin in sentence.origins if origin.kind == "last_year"}
    text = last_year.text(rule.source)
    spans = [span for line in source_lines(text) if not line.heading for span in line.sentences]
    sentences = [text[start:end] for start, end in spans]
    return [told for told in sentences if told not in kept and re.sub(r"【要[^】]*】|[・◆、。]", "", told).strip()]


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


def text_of(section: str, now: SheetFile = NOW, last: SheetFile | None = LAST, **more: Any) -> str:
    return draft_section(DraftRequest(now, last, section, **more))[0].text


def test_results_by_direction_with_deeds_to_confirm() -> None:
    assert text_of("6.1.results").split("\n") == [
        "①展開方向１「見守りの充実」",
        "・地域福祉計画を策定し、進捗管理を行った。【要確認：令和6年度も実施したか】",
        "・令和6年度は令和4年度に引き続き登録者数が増加した。【要確認：年度】【要確認：令和6年度も同様か】",
        "・令和3年度に締結した協定を活用し、【要記入】件の情報提供を行った。【要確認：令和6年度も実施したか】",
        "・活動に参加している市民の割合は13.2％で、目標値16.5％を3.3ポイント下回った。",
        "②展開方向２「相談の充実」",
        "・「相談先を知らない市民の割合」については、令和6年度の実績値は記録がなく、直近の実績値は令和5年度の49.5％である。",
        "・相談会を開催した。【要確認：令和6年度も実施したか】",
        "〇コスト",
        "・令和6年度のトータルコストは615,000千円で、令和5年度から17,387千円増加した。"
        "その内訳は、事業費計が384,000千円、人件費計が231,000千円である。",
    ]


def test_a_sentence_whose_figures_no_longer_say_so_gives_way_to_the_composers_own() -> None:
    better = [{**INDICATORS[1], "values": {2023: {"target": 16, "actual": 12.1}, 2024: {"target": 16.5, "actual": 17}}}]
    text = text_of("6.1.results", sheet(2024, **{**FULL, "indicators": better}))
    assert "目標値16.5％を0.5ポイント上回り、目標を達成した。" in text
    assert "下回った" not in text


def test_a_plan_does_not_become_a_deed() -> None:
    assert text_of("5.4.done").split("\n") == [
        "①展開方向１「見守りの充実」",
        "・令和6年度に計画素案を検討する予定であった。【要確認：実施したか】",
        "・地域福祉計画の施策の推進を予定していた。【要確認：実施したか】",
        "②展開方向２「相談の充実」",
        "・相談窓口の連携が必要である。【要確認：実施したか】",
        "・【要記入：令和6年度に予定のほかに実施した取組】",
    ]


def test_next_years_plan_comes_from_last_years_policy_or_follows_last_year() -> None:
    assert text_of("5.4.plan").split("\n")[0] == (
        "・令和7年度は避難訓練を実施する体制を構築する。【要確認：令和7年度に実施するか】"
    )
    assert "・令和7年度に計画素案を検討する。【要確認：令和7年度に実施するか】" in text_of(
        "5.4.plan", follow_last_year=True
    )


def test_the_policy_moves_its_year_and_keeps_older_ones() -> None:
    text = text_of("7.1")
    assert "・令和8年度は避難訓練を実施する体制を構築する。" in text
    assert "・令和3年度に始めた居場所づくりを進める。" in text
    assert "令和8年度の目標値17.5％の達成に向けて" in text
    assert text.endswith("【要確認：令和8年度も取り組むか】")


def test_last_years_opinions_and_comparisons_are_to_be_confirmed() -> None:
    assert text_of("5.2").split("\n") == [
        "・相談窓口の周知を求める意見がある。",
        "【要確認：今年度も同じ意見・要望があるか】",
        "・【要記入：令和6年度に寄せられた意見・要望】",
    ]
    assert text_of("5.3").split("\n")[:2] == [
        "・令和3年度に協定を締結した。",
        "・協議会は未設置となっている。【要確認：現在も同じ状況か】",
    ]


def test_the_reasons_tell_grades_figures_and_ask_for_causes() -> None:
    lines = text_of("4.3").split("\n")
    assert lines[0] == "成果実績目標達成度の評価はE、時系列比較の評価はCである。"
    assert lines[1].endswith("その要因として【要記入：要因】が考えられる。")
    assert lines[-1].endswith("【要確認：令和6年度も当てはまるか】")


def after(section: str, text: str, now: SheetFile = NOW) -> str:
    """The draft of a section of which last year's text is ``text``."""
    return text_of(section, now, sheet(2023, **FULL, costs=COSTS, sections={section: text}))


@pytest.mark.parametrize(
    ("section", "text", "kept"),
    [
        ("5.1", "・令和7年度に法改正が予定されている。", "・令和8年度に法改正が予定されている。【要確認：年度】"),
        ("6.1.issues", "・令和5年度に発覚した誤りを受け、対策が必要である。", "対策が必要である。【要確認：年度】"),
        ("7.1", "・令和7年度に新施設を開設する。", "・令和8年度に新施設を開設する。【要確認：年度】"),
        (
            "4.3",
            "・要因は令和5年度に始めた周知である。",
            "・要因は令和6年度に始めた周知である。【要確認：年度】【要確認：令和6年度も",
        ),
        (
            "6.1.results",
            "・令和5年度は相談会を実施した。",
            "・令和6年度は相談会を実施した。【要確認：令和6年度も実施したか】",
        ),
        (
            "6.1.results",
            "・3年連続で増加し、計画期間中最高となった。",
            "・【要記入】年連続で増加し、計画期間中最高となった。【要確認：連続・最高などの表現】",
        ),
        ("7.2", "・令和9年度までに参加率18.0％を目指す。", "・令和9年度までに参加率18.0％を目指す。"),
    ],
)
def test_what_belongs_to_one_year_is_marked_in_its_own_sentence(section: str, text: str, kept: str) -> None:
    assert kept in after(section, text)


def test_the_clause_without_figures_stays_beside_the_composers_own_sentence() -> None:
    text = after("6.1.issues", "・活動に参加している市民の割合は目標を下回ったが、地域に偏りがある。")
    assert "【要記入：対応】が課題である。地域に偏りがある。" in text
    assert text.endswith("【要確認：令和6年度も課題であるか】")
    text = after("6.1.results", "・新たな団体の参加が相次ぎ、活動に参加している市民の割合は12.1％となった。")
    assert "至らなかった。【要確認：昨年度の「新たな団体の参加が相次ぎ」も当てはまるか】" in text


def test_a_cause_does_not_outlive_the_turn_of_its_figure() -> None:
    last = "・活動に参加している市民の割合は12.1％に低下した。物価の高騰が響いた。"
    now = sheet(2024, **FULL, costs=NOW_COSTS)
    before = [{**INDICATORS[1], "values": {2022: {"actual": 14.8}, 2023: {"target": 16, "actual": 12.1}}}]
    earlier = sheet(2023, **{**FULL, "indicators": before}, sections={"4.3": last})
    draft = draft_section(DraftRequest(now, earlier, "4.3"))[0]
    assert "物価の高騰" not in draft.text
    assert "至らなかった。その要因として【要記入：要因】が考えられる。" in draft.text
    assert "物価の高騰が響いた。" in [source["text"] for source in draft.sources]


def test_no_survey_is_claimed_where_a_value_is_stored() -> None:
    text = after("4.3", "・活動に参加している市民の割合は調査を行わない年度に当たる。方法を改める準備期間とした。")
    assert "準備期間" not in text
    assert "調査を行わない" not in text
    assert text.count("「活動に参加している市民の割合」の令和6年度の実績値は13.2％") == 1


def test_reasons_are_asked_for_where_no_value_is_stored() -> None:
    grades = {"grades": {"achievement": "C", "trend": "A"}}
    assert text_of("4.3", sheet(2024, **grades), None).endswith("\n・【要記入：令和6年度の実績の理由・背景】")
    unknown = sheet(2024, **grades, indicators=[indicator("ア", 1, {})])
    assert text_of("4.3", unknown, None).endswith(
        "・【要記入：「活動に参加している市民の割合」の令和6年度の実績値とその理由・背景】"
    )
    missing = text_of("4.3", NOW, None).split("\n")[-1]
    assert missing.endswith("令和5年度の49.5％である。【要記入：理由・背景】")


def test_one_direction_only() -> None:
    text = text_of("6.1.results", direction=2)
    assert text.startswith("②展開方向２「相談の充実」")
    assert "見守り" not in text
    assert "コスト" not in text


def test_a_first_sheet_is_drafted_from_its_figures() -> None:
    assert (
        text_of("6.1.results", last=None)
        .split("\n")[1]
        .startswith("・「活動に参加している市民の割合」の令和6年度の実績値は13.2％")
    )
    assert text_of("5.4.done", last=None).split("\n")[1] == "・【要記入：令和6年度の取組状況】"


def test_the_divisions_manner_is_kept() -> None:
    last = sheet(2023, **FULL, costs=COSTS, sections={"6.1.results": "◆相談を１２件受けました。\n◆訪問しました。"})
    text = text_of("6.1.results", last=last)
    assert "◆「活動に参加している市民の割合」の令和6年度の実績値は１３．２％" in text
    assert "令和6年度のトータルコストは６１５，０００千円で、令和5年度から１７，３８７千円増加しました。" in text


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
