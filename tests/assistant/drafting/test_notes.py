"""Facts of the year in drafts: each section's notes, deeds in the place of plans, origins, no figure from nowhere."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.drafting.note_lines import note_words
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import note_spans
from corpus.city import Manner, Writing
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile
from corpus.yearfacts import YearFacts
from tests.assistant.drafting.noted import draft_of, lines_of, sheet
from tests.assistant.drafting.samples import assert_sound


def test_notes_of_no_direction_stand_below_the_sections_own_heading() -> None:
    facts = {"opinions": [{"text": "休日も開けてほしい。"}, {"text": "駅前にもほしい。", "direction": 2}]}
    last = sheet(2023, sections={"6.1.issues": "〇課題\n①展開方向１「見守りの充実」\n・人が足りない。"})
    lines = lines_of("6.1.issues", facts, last=last)
    assert lines[0] == "〇課題"
    assert lines[1].startswith("・休日も開けてほしい")
    assert lines[2] == "①展開方向１「見守りの充実」"
    two = next(place for place, line in enumerate(lines) if "展開方向２" in line)
    assert lines[two + 1].startswith("・駅前にもほしい")


@pytest.mark.parametrize(
    ("headings", "cost"),
    [
        (("①展開方向１「見守り」", "②展開方向２「相談」"), "〇コスト"),
        (("【展開方向1　見守り】", "【展開方向2　相談】"), "【コスト】"),
        (("〔展開方向1〕見守りの充実", "〔展開方向2〕相談の充実"), "〔コスト〕"),
        (("◆展開方向1　見守り", "◆展開方向2　相談"), "◆コスト"),
        (("（１）展開方向１　見守り", "（２）展開方向２　相談"), "（３）コスト"),
        (("1. 展開方向1：見守り", "2. 展開方向2：相談"), "3. コスト"),
        (("展開方向１　見守り", "展開方向２　相談"), "コスト"),
    ],
)
@pytest.mark.parametrize("given", ["none", "heading", "line"])
def test_costs_stand_behind_the_facts_and_are_told_once(headings: tuple[str, str], cost: str, given: str) -> None:
    costs = {year: {"program_total": year * 10, "personnel": year, "total": year * 11} for year in (2023, 2024)}
    tail = {
        "none": "",
        "heading": f"\n{cost}\n・事業費は20,230千円であった。",
        "line": "\n・事業費は20,230千円であった。",
    }
    last = f"{headings[0]}\n・見守りを行った。\n{headings[1]}\n・相談を受けた。{tail[given]}"
    now = sheet(2024, {"done": [{"direction": 2, "text": "窓口を3か所開設した。"}]}, costs=costs)
    lines = draft_of("6.1.results", now, sheet(2023, costs=costs, sections={"6.1.results": last})).text.split("\n")
    fact = lines.index("・窓口の開設は3か所であった。")
    assert all(place > fact for place, line in enumerate(lines) if "千円" in line)
    assert lines.count(cost) == (0 if given == "line" else 1)
    if given != "line":
        assert lines[fact + 1] == cost
    assert "\n".join(lines).count("20,240千円") == 1
    assert "\n".join(lines).count("22,264千円") == 1
    before = sheet(2023, costs=costs, sections={"6.1.results": last})
    assert "千円" not in draft_of("6.1.results", now, before, direction=2).text


def test_deeds_and_projects_stand_by_direction_without_last_year() -> None:
    facts = {
        "done": [
            {"direction": 2, "text": "相談窓口を開設し、1,835件の相談を受けた。", "date": "2025-03"},
            {"direction": 1, "text": "協力員制度を開始。", "date": "2024-06"},
            {"text": "計画を策定。"},
        ],
        "projects": [
            {"direction": 1, "name": "協力員事業", "result": "協力員制度を開始"},
            {"direction": 1, "name": "見守り事業", "result": "協力事業者79事業者、通報52件"},
            {"direction": 1, "name": "活動支援事業", "result": "8地区に活動費を補助"},
        ],
    }
    assert lines_of("5.4.done", facts) == [
        "・計画を策定した。",
        "①展開方向１「見守りの充実」",
        "・令和6年6月に協力員制度を開始した。",
        "・このほか、見守り事業（協力事業者79事業者、通報52件）及び活動支援事業（8地区に活動費を補助）を実施した。",
        "②展開方向２「相談の充実」",
        "・相談窓口を開設し、1,835件の相談を受けた。",
    ]


def test_plans_next_steps_and_what_goes_on() -> None:
    facts = {
        "planned": [
            {"direction": 1, "text": "研修を行う。", "date": "2025-10"},
            {"direction": 1, "text": "協議会を設立。", "date": "2026-05"},
        ],
        "projects": [
            {"direction": 1, "name": "見守り事業", "next_step": "通報の結果を知らせる"},
            {"direction": 1, "name": "慰霊事業", "next_step": "継続"},
            {"direction": 1, "name": "見舞金事業", "next_step": "継続"},
        ],
    }
    assert lines_of("5.4.plan", facts, direction=1) == [
        "①展開方向１「見守りの充実」",
        "・令和7年10月に研修を行う。",
        "・このほか、見守り事業では、通報の結果を知らせる。",
        "・慰霊事業及び見舞金事業を継続する。",
    ]
    assert lines_of("7.1", facts, direction=1)[1:] == ["・令和8年5月に協議会を設立する。"]


def test_policy_takes_undated_plans_only_where_nothing_else_stands() -> None:
    facts = {"planned": [{"direction": 1, "text": "協議会を設立。"}]}
    assert "・協議会を設立する。" in lines_of("7.1", facts)
    last = sheet(2023, sections={"7.1": "・令和7年度は体制を整える。"})
    assert "協議会" not in draft_of("7.1", sheet(2024, facts), last).text


def test_results_hold_evidence_and_deeds_with_figures_first() -> None:
    evidence = {"figure": Decimal(52), "unit": "件", "what": "協力事業者からの通報", "year": 2024, "direction": 1}
    older = {**evidence, "year": 2022, "figure": Decimal(1044)}
    done = [
        {"direction": 1, "text": text}
        for text in ("要綱を定めた。", "計画を138件作成。", "研修を2回開催。", "3地区で検証。")
    ]
    found = lines_of("6.1.results", {"evidence": [older, evidence], "done": done}, direction=1)
    assert found == [
        "①展開方向１「見守りの充実」",
        "・協力事業者からの通報は52件、令和4年度の協力事業者からの通報は1,044件であった。",
        "・計画の作成は138件であった。",
        "・研修の開催は2回であった。",
    ]


LAST = sheet(
    2023,
    sections={
        "5.4.plan": (
            "①展開方向１「見守りの充実」\n・民生委員の協力員制度を7月に開始し、欠員地区に配置する。\n"
            "・居住支援協議会の設立準備会を立ち上げる。\n②展開方向２「相談の充実」\n"
            "・引き続き相談窓口の夜間相談を試行する。就労支援員による職場訪問を始める。"
        )
    },
)
DONE = {
    "done": [
        {"direction": 1, "text": "民生委員の協力員制度を開始し、欠員5地区に9人を配置。", "date": "2024-07"},
        {"direction": 2, "text": "夜間相談を5月から試行し、22回で87件の相談があった。"},
        {"direction": 2, "text": "フードパントリーを毎月開催。"},
    ]
}


def test_a_deed_stands_in_the_place_of_its_plan() -> None:
    draft = draft_of("5.4.done", sheet(2024, DONE), LAST)
    assert draft.text.split("\n") == [
        "①展開方向１「見守りの充実」",
        "・令和6年7月に民生委員の協力員制度を開始し、欠員5地区に9人を配置した。",
        "・居住支援協議会の設立準備会を立ち上げる予定であった。【要確認：実施したか】",
        "②展開方向２「相談の充実」",
        "・夜間相談を5月から試行し、22回で87件の相談があった。就労支援員による職場訪問を始める予定であった。"
        "【要確認：実施したか】",
        "・フードパントリーを毎月開催した。",
    ]
    deed = next(sentence for sentence in draft.sentences if "協力員制度" in sentence.text)
    assert {origin.kind for origin in deed.origins} == {"note", "last_year"}
    assert next(o.text for o in deed.origins if o.kind == "last_year") == (
        "民生委員の協力員制度を7月に開始し、欠員地区に配置する。"
    )


def test_a_plan_stands_in_the_place_of_the_policy_that_it_restates() -> None:
    last = sheet(2023, sections={"7.1": "・引き続き、短時間の活動をボランティアセンターと企画する。"})
    facts = {"planned": [{"text": "短時間の活動をボランティアセンターと5講座企画する。", "date": "2025-07"}]}
    text = draft_of("5.4.plan", sheet(2024, facts), last).text
    assert text == "・令和7年7月に、短時間の活動をボランティアセンターと5講座企画する。"


def test_what_a_note_does_not_tell_of_a_statement_is_still_asked() -> None:
    carried = "重層的支援の体制整備事業は、県内では14市町が実施済みであり、本市は移行の準備段階にある。"
    facts = {"other_cities": [{"city": "県内市町", "text": "重層的支援の事業を実施済みは17市町。"}]}
    text = draft_of("5.3", sheet(2024, facts), sheet(2023, sections={"5.3": f"・{carried}"})).text
    assert text == (
        "・県内市町では、重層的支援の事業を実施済みは17市町である。本市は移行の準備段階にある。【要確認：現在も同じ状況か】"
    )


def test_the_same_thing_is_said_once() -> None:
    deed = {"direction": 1, "text": "協力員制度を開始した。"}
    draft = draft_of("5.4.done", sheet(2024, {"done": [deed, deed]}), LAST)
    assert draft.text.count("協力員制度を開始した") == 1


def test_origins_name_the_note_and_its_place() -> None:
    facts = {
        "projects": [
            {"direction": 1, "name": "甲事業", "result": "講座6回"},
            {"direction": 1, "name": "乙事業", "result": "登録56団体"},
        ]
    }
    draft = draft_of("5.4.done", sheet(2024, facts), direction=1)
    listed = draft.sentences[-1]
    assert listed.text == "・甲事業（講座6回）及び乙事業（登録56団体）を実施した。"
    places = {origin.note: listed.text[origin.start : origin.end] for origin in listed.origins}
    assert places == {"projects-1": "甲事業（講座6回）", "projects-2": "乙事業（登録56団体）"}
    assert draft.sources[0] == {
        "measure": "支え合いの推進",
        "fiscal_year": 2024,
        "section": "facts",
        "text": "甲事業　結果：講座6回",
    }


def test_a_note_that_contradicts_the_figures_stays_and_is_shown() -> None:
    indicators = [
        {
            "id": "1-ア",
            "kind": "outcome",
            "direction": 1,
            "name": "協力事業者数",
            "unit": "事業者",
            "values": {2024: {"actual": 79}},
        }
    ]
    facts = {"done": [{"direction": 1, "text": "協力事業者数は令和6年度の実績で85事業者となった。"}]}
    draft, findings = draft_section(DraftRequest(sheet(2024, facts, indicators=indicators), None, "5.4.done"))
    assert "85事業者となった" in draft.text
    assert [found.verdict for found in findings] == ["mismatch"]


def test_polite_divisions_read_politely() -> None:
    polite = Writing(manner=Manner(style="polite", width="full"))
    facts = {
        "done": [{"direction": 1, "text": "協力員制度を開始、46人が参加。目標には届かなかった。", "date": "2024-06"}]
    }
    assert lines_of("5.4.done", facts, direction=1, writing=polite)[1] == (
        "・令和６年６月に協力員制度を開始し、４６人が参加しました。目標には届きませんでした。"
    )


def test_a_count_stands_in_the_place_of_last_years_and_the_rest_of_its_sentence_goes_on() -> None:
    count = {
        "what": "生ごみ処理機の購入費の補助件数",
        "figure": Decimal(142),
        "unit": "件",
        "year": 2024,
        "direction": 1,
    }
    carried = "・生ごみ処理機の補助は130件で、補助枠の拡大が申請の増加に結び付いた。"
    text = draft_of(
        "6.1.results", sheet(2024, {"evidence": [count]}), sheet(2023, sections={"6.1.results": carried})
    ).text
    assert "・生ごみ処理機の購入費の補助件数は142件であった。補助枠の拡大が申請の増加に結び付いた。【要確認" in text
    assert "【要記入】件" not in text
    other = {**count, "unit": "台"}
    text = draft_of(
        "6.1.results", sheet(2024, {"evidence": [other]}), sheet(2023, sections={"6.1.results": carried})
    ).text
    assert "生ごみ処理機の補助は【要記入】件で" in text


def test_a_change_that_the_count_tells_is_not_told_again() -> None:
    count = {"what": "個別避難計画の作成件数", "unit": "件", "direction": 1}
    now = sheet(2024, {"evidence": [{**count, "figure": Decimal(138), "year": 2024}]})
    last = sheet(
        2023,
        {"evidence": [{**count, "figure": Decimal(112), "year": 2023}]},
        sections={"6.1.results": "・個別避難計画の作成件数は112件となり、前年度の60件から大幅に増えた。手順を改めた。"},
    )
    draft = draft_of("6.1.results", now, last)
    assert "個別避難計画の作成件数は138件で、令和5年度の112件から26件増加した。手順を改めた。" in draft.text
    assert "大幅" not in draft.text
    assert any("大幅に増えた" in (origin.text or "") for sentence in draft.sentences for origin in sentence.origins)


def test_a_count_of_the_year_before_among_the_sheets_own_notes_is_a_note() -> None:
    count = {"what": "相談件数", "unit": "件", "direction": 1}
    years = [{**count, "figure": Decimal(12 + year), "year": year} for year in (2023, 2024)]
    draft = draft_of("6.1.results", sheet(2024, {"evidence": years}))
    (told,) = [sentence for sentence in draft.sentences if "相談件数は" in sentence.text]
    assert {(origin.kind, origin.note, origin.fiscal_year) for origin in told.origins} == {
        ("note", "evidence-1", 2024),
        ("note", "evidence-2", 2024),
    }


def test_a_result_of_a_project_answers_whether_its_plan_was_done() -> None:
    plan = "①展開方向１「見守りの充実」\n・自治会や学校への出前講座を継続する。"
    result = "出前講座を64回開催。臨時情報の解説を広報紙10月号に掲載。"
    facts = {"projects": [{"direction": 1, "name": "防災意識啓発事業", "result": result}]}
    text = draft_of("5.4.done", sheet(2024, facts), sheet(2023, sections={"5.4.plan": plan})).text
    assert "・防災意識啓発事業では、出前講座を64回開催した。臨時情報の解説を広報紙10月号に掲載した。" in text
    assert "予定であった" not in text


def test_the_few_words_left_of_a_restated_plan_go_on_in_its_sentence() -> None:
    carried = "・防災士の会の会員を派遣する際の費用弁償の仕組みを整え、地域での活動の幅を広げる。"
    facts = {"planned": [{"text": "防災士の会の会員の派遣に係る費用弁償の制度を始める", "date": "2025-04"}]}
    draft = draft_of("5.4.plan", sheet(2024, facts), sheet(2023, sections={"7.1": carried}))
    told = "令和7年4月に、防災士の会の会員の派遣に係る費用弁償の制度を始め"
    assert draft.text == f"・{told}、地域での活動の幅を広げる。【要確認：令和7年度に実施するか】"
    (note,) = [origin for origin in draft.sentences[0].origins if origin.kind == "note"]
    assert draft.sentences[0].text[note.start : note.end] == told


def test_a_list_of_results_leaves_out_what_a_deed_tells() -> None:
    deeds = [{"direction": 1, "text": "総合相談窓口の相談は2,064件。"}]
    projects = [
        {"direction": 1, "name": "総合相談窓口運営事業", "result": result} for result in ("相談2,064件、講座7回",)
    ]
    text = draft_of("5.4.done", sheet(2024, {"done": deeds, "projects": projects})).text
    assert "総合相談窓口運営事業（講座7回）" in text
    assert text.count("2,064件") == 1


def test_a_next_step_that_a_plan_tells_is_not_told_again() -> None:
    planned = [{"direction": 1, "text": "協議会を設けた全ての避難所で開設訓練を行う"}]
    steps = ("設置済みの全ての協議会で開設訓練を行う", "備蓄倉庫の分散配置を検討する")
    projects = [
        {"direction": 1, "name": f"{sign}事業", "next_step": step} for sign, step in zip("甲乙", steps, strict=True)
    ]
    text = draft_of("5.4.plan", sheet(2024, {"planned": planned, "projects": projects})).text
    assert text.count("開設訓練") == 1
    assert "乙事業では、備蓄倉庫の分散配置を検討する。" in text


def test_lists_of_projects_do_not_all_end_alike() -> None:
    projects = [{"direction": 1, "name": f"{sign}事業", "result": "講座6回"} for sign in "甲乙丙丁戊己庚辛"]
    ends = [line[line.index("）", -16) + 1 :] for line in lines_of("5.4.done", {"projects": projects}, direction=1)[1:]]
    assert ends == ["を実施した。", "にも取り組んだ。", "も実施した。"]


def test_a_project_that_ends_is_the_subject_of_its_end() -> None:
    facts = {"projects": [{"direction": 1, "name": "計画策定事業", "next_step": "令和6年度で終了し、進行管理に移る"}]}
    assert "計画策定事業は、令和6年度で終了し、進行管理に移る。" in draft_of("5.4.plan", sheet(2024, facts)).text


# --- any facts

words = st.text(
    st.sampled_from("市民相談を開始し窓口に設置した。、件数は12回５人の「協議」会（案）求めるほしい\n・実施"),
    min_size=1,
    max_size=40,
).filter(str.strip)
optional = st.none() | words
dates = st.sampled_from([None, "2024", "2024-06", "2025-03", "2024-10-01", "2026-05"])
directions = st.sampled_from([None, 1, 2, 7])


def notes(**fields: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({"direction": directions, **fields}), max_size=4)


any_facts = st.fixed_dictionaries(
    {
        "done": notes(text=words, date=dates),
        "planned": notes(text=words, date=dates),
        "opinions": notes(who=optional, text=words, answer=optional, date=dates),
        "other_cities": notes(city=optional, text=words, date=dates),
        "projects": notes(name=words, result=optional, next_step=optional),
        "evidence": notes(
            what=words,
            figure=st.decimals(-999, 99999, places=2, allow_nan=False),
            unit=st.sampled_from([None, "件", "％", "t"]),
            year=st.sampled_from([2022, 2024]),
        ),
    }
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(
    facts=any_facts,
    last=st.sampled_from(
        [None, LAST, sheet(2023, sections=dict.fromkeys(SECTION_KEYS, "・窓口を設置し、12件の相談を受けた。"))]
    ),
    section=st.sampled_from(SECTION_KEYS),
    direction=st.sampled_from([None, 1]),
    manner=st.sampled_from([Manner(), Manner(style="polite", width="official", mark="", years="bare")]),
)
def test_any_facts_give_a_sound_draft(
    facts: dict[str, Any], last: SheetFile | None, section: str, direction: int | None, manner: Manner
) -> None:
    now = sheet(2024, facts)
    assert isinstance(now.facts, YearFacts)
    draft = draft_of(section, now, last, direction=direction, writing=Writing(manner=manner))
    assert_sound(draft, (now, last))
    known = {note_words(note) for _, note in now.facts}
    for sentence in draft.sentences:
        for origin in sentence.origins:
            assert origin.kind != "note" or origin.text in known
        assert all(0 <= start < end <= len(sentence.text) for start, end in note_spans(sentence))
