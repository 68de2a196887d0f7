"""What each section's draft says, of a full sheet and of single lines of last year's text."""

import pytest

from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from tests.assistant.drafting.samples import (
    COSTS,
    DIRECTIONS,
    FULL,
    INDICATORS,
    NOW,
    NOW_COSTS,
    SECTIONS,
    after,
    indicator,
    sheet,
    text_of,
)


def test_results_by_direction_with_deeds_to_confirm() -> None:
    assert text_of("6.1.results").split("\n") == [
        "①展開方向１「見守りの充実」",
        "・地域福祉計画を策定し、進捗管理を行った。【要確認：令和6年度も実施したか】",
        "・令和6年度は令和4年度に引き続き登録者数が増加した。【要確認：年度、令和6年度も同様か】",
        "・令和3年度に締結した協定を活用し、【要記入】件の情報提供を行った。【要確認：令和6年度も実施したか】",
        "・活動に参加している市民の割合は13.2％で、目標値16.5％を3.3ポイント下回った。",
        "②展開方向２「相談の充実」",
        "・「相談先を知らない市民の割合」については、令和6年度の実績値は記録がなく、直近の実績値は令和5年度の49.5％である。",
        "・相談会を開催した。【要確認：令和6年度も実施したか】",
        "〇コスト",
        "・令和6年度のトータルコストは615,000千円で、令和5年度から17,387千円増加した。"
        "その内訳は、事業費計が384,000千円、人件費計が231,000千円である。人口1人当たりのトータルコストは8,093円となった。",
    ]


def test_a_sentence_whose_figures_no_longer_say_so_gives_way_to_the_composers_own() -> None:
    better = [{**INDICATORS[1], "values": {2023: {"target": 16, "actual": 12.1}, 2024: {"target": 16.5, "actual": 17}}}]
    text = text_of("6.1.results", sheet(2024, **{**FULL, "indicators": better}))
    assert "目標値16.5％を0.5ポイント上回り、目標を達成した。" in text
    assert "下回った" not in text


def test_a_plan_does_not_become_a_deed() -> None:
    assert text_of("5.4.done").split("\n") == [
        "①展開方向１「見守りの充実」",
        "・令和6年度に計画素案を検討する予定であった。",
        "・地域福祉計画の施策の推進を予定していた。",
        "【要確認：実施したか】",
        "②展開方向２「相談の充実」",
        "・相談窓口の連携が必要である。【要確認：実施したか】",
        "・【要記入：令和6年度に予定のほかに実施した取組】",
    ]


def test_next_years_plan_comes_from_last_years_policy_or_follows_last_year() -> None:
    assert text_of("5.4.plan").split("\n")[:3] == [
        "・令和7年度は避難訓練を実施する体制を構築する。",
        "・令和3年度に始めた居場所づくりを進める。",
        "【要確認：令和7年度に実施するか】",
    ]
    assert "・令和7年度に計画素案を検討する。" in text_of("5.4.plan", follow_last_year=True)


def test_the_policy_moves_its_year_and_keeps_older_ones() -> None:
    text = text_of("7.1")
    assert "・令和8年度は避難訓練を実施する体制を構築する。" in text
    assert "・令和3年度に始めた居場所づくりを進める。" in text
    assert "令和8年度の目標値17.5％まで4.3ポイントの差があり、" in text
    assert text.endswith("【要確認：令和8年度も取り組むか】")


def test_last_years_opinions_and_comparisons_are_to_be_confirmed() -> None:
    assert text_of("5.2").split("\n") == [
        "・相談窓口の周知を求める意見がある。",
        "【要確認：今年度も同じ意見・要望があるか】",
        "・【要記入：令和6年度に寄せられた意見・要望】",
    ]
    assert text_of("5.3").split("\n")[:3] == [
        "・令和3年度に協定を締結した。",
        "・協議会は未設置となっている。",
        "【要確認：現在も同じ状況か】",
    ]


def test_the_reasons_tell_grades_figures_and_ask_for_causes() -> None:
    lines = text_of("4.3").split("\n")
    assert lines[0] == "成果実績目標達成度の評価はE、時系列比較の評価はCである。"
    assert lines[1].endswith("目標の達成には至らなかった。要因としては、【要記入：要因】が考えられる。")
    assert lines[-1].endswith("【要確認：令和6年度も当てはまるか】")


@pytest.mark.parametrize(
    ("section", "text", "kept"),
    [
        ("5.1", "・令和7年度に法改正が予定されている。", "・令和8年度に法改正が予定されている。【要確認：年度】"),
        ("6.1.issues", "・令和5年度に発覚した誤りを受け、対策が必要である。", "対策が必要である。【要確認：年度】"),
        (
            "7.1",
            "・令和7年度に新施設を開設する。",
            "・令和8年度に新施設を開設する。【要確認：年度、令和7年度に終えるか】",
        ),
        (
            "4.3",
            "・要因は令和5年度に始めた周知である。",
            "・要因は令和6年度に始めた周知である。【要確認：年度、令和6年度も",
        ),
        (
            "6.1.results",
            "・令和5年度は相談会を実施した。",
            "・令和6年度は相談会を実施した。【要確認：令和6年度も実施したか】",
        ),
        (
            "6.1.results",
            "・3年連続で増加し、計画期間中最高となった。",
            "・【要記入】年連続で増加し、計画期間中最高となった。【要確認：連続・最高などの表現、令和6年度も同様か】",
        ),
        ("7.2", "・令和9年度までに参加率18.0％を目指す。", "令和9年度までに参加率18.0％を目指す。"),
    ],
)
def test_what_belongs_to_one_year_is_marked_in_its_own_sentence(section: str, text: str, kept: str) -> None:
    assert kept in after(section, text)


def test_the_clause_without_figures_stays_beside_the_composers_own_sentence() -> None:
    text = after("6.1.issues", "・活動に参加している市民の割合は目標を下回ったが、地域に偏りがある。")
    assert "【要記入：対応】が課題である。地域に偏りがある。" in text
    assert text.endswith("【要確認：令和6年度も課題であるか】")
    text = after("6.1.results", "・新たな団体の参加が相次ぎ、活動に参加している市民の割合は12.1％となった。")
    assert "届かなかった。【要確認：昨年度の「新たな団体の参加が相次ぎ」も当てはまるか】" in text


def test_a_cause_does_not_outlive_the_turn_of_its_figure() -> None:
    last = "・活動に参加している市民の割合は12.1％に低下した。物価の高騰が響いた。"
    now = sheet(2024, **FULL, costs=NOW_COSTS)
    before = [{**INDICATORS[1], "values": {2022: {"actual": 14.8}, 2023: {"target": 16, "actual": 12.1}}}]
    earlier = sheet(2023, **{**FULL, "indicators": before}, sections={"4.3": last})
    draft = draft_section(DraftRequest(now, earlier, "4.3"))[0]
    assert "物価の高騰" not in draft.text
    assert "至らなかった。要因としては、【要記入：要因】が考えられる。" in draft.text
    assert "物価の高騰が響いた。" in [source["text"] for source in draft.sources]


def test_no_survey_is_claimed_where_a_value_is_stored() -> None:
    text = after("4.3", "・活動に参加している市民の割合は調査を行わない年度に当たる。方法を改める準備期間とした。")
    assert "準備期間" not in text
    assert "調査を行わない" not in text
    assert text.count("「活動に参加している市民の割合」は令和5年度から1.1ポイント上昇したものの、") == 1


def test_reasons_are_asked_for_where_no_value_is_stored() -> None:
    grades = {"grades": {"achievement": "C", "trend": "A"}}
    assert text_of("4.3", sheet(2024, **grades), None).endswith("\n・【要記入：令和6年度の実績の理由・背景】")
    unknown = sheet(2024, **grades, indicators=[indicator("ア", 1, {})])
    assert text_of("4.3", unknown, None).endswith(
        "・【要記入：「活動に参加している市民の割合」の令和6年度の実績値とその理由・背景】"
    )
    missing = text_of("4.3", NOW, None).split("\n")[-1]
    assert missing.endswith("令和5年度からの増減を確認できない。【要記入：実績値とその理由・背景】")


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


def test_a_missed_target_takes_last_years_plan_that_shares_its_words() -> None:
    text = after("7.1", "・市民の活動への参加を学校で呼びかける。\n・台帳を点検する。\n・協議会を設立する。")
    first, *rest = text.split("\n")
    assert first.endswith(
        "まで4.3ポイントの差がある。市民の活動への参加を学校で呼びかけていく。【要確認：この取組で対応するか】"
    )
    assert rest[-3:] == [
        "・台帳の点検を続ける。",
        "【要確認：令和8年度も取り組むか】",
        "・協議会を設立する。【要確認：令和7年度に終えるか】",
    ]
    assert "【要記入" not in text


def test_a_missed_target_without_such_a_plan_asks_for_a_measure() -> None:
    assert "【要記入：取組】" in after("7.1", "・台帳を点検する。").split("\n")[0]


def test_the_policy_is_not_the_plan_of_the_year_before_word_for_word() -> None:
    carried = "・台帳を点検する。\n・窓口を広げる。\n・名簿を改める。\n・協議会を設立する。"
    last = sheet(2023, **FULL, costs=COSTS, sections={"7.1": carried})
    plan, policy = (set(text_of(section, last=last).split("\n")) for section in ("5.4.plan", "7.1"))
    assert plan & policy == set()


def test_an_issue_that_a_deed_of_the_year_restates_asks_whether_it_is_left() -> None:
    facts = {"done": [{"text": "担い手の不足に備え、協力員9人を配置。", "date": "2024-07"}]}
    draft = draft_section(DraftRequest(sheet(2024, facts=facts), sheet(2023, sections=SECTIONS), "6.1.issues"))[0]
    told = "令和6年7月に、担い手の不足に備え、協力員9人を配置した"
    assert draft.text.endswith(f"・担い手の不足が課題である。【要確認：{told}が、なお課題であるか】")
    (note,) = [origin for origin in draft.sentences[-1].origins if origin.kind == "note"]
    assert draft.sentences[-1].text[note.start : note.end] == told


def test_a_carried_record_becomes_a_question_with_its_words() -> None:
    silent = after("5.2", "・周知を求める意見が最も多かった。")
    assert silent.startswith("・周知を求める意見が最も多かった。【要確認：連続・最高などの表現】")
    facts = {"evidence": [{"figure": 3, "unit": "件", "what": "周知を求める意見", "year": 2024}]}
    last = sheet(2023, **FULL, sections={"5.2": "・周知を求める意見が最も多かった。"})
    draft, findings = draft_section(DraftRequest(sheet(2024, **FULL, facts=facts), last, "5.2"))
    assert [found for found in findings if found.verdict != "match"] == []
    assert "【要確認：" in draft.text.split("\n")[0]


def test_a_carried_sentence_that_figures_contradict_is_asked_about() -> None:
    text = after("5.2", "・活動に参加している市民の割合が低下したことについて質問があった。")
    assert "低下したことについて質問があった」は今年度の数値と合わないが、どう改めるか】" in text


def test_a_count_is_told_with_that_of_last_years_sheet() -> None:
    note = {"figure": 52, "unit": "件", "what": "協力事業者からの通報", "direction": 1}
    last = sheet(2023, directions=DIRECTIONS, facts={"evidence": [{**note, "figure": 44, "year": 2023}]})
    now = sheet(2024, directions=DIRECTIONS, facts={"evidence": [{**note, "year": 2024}]})
    draft = draft_section(DraftRequest(now, last, "6.1.results"))[0]
    assert "・協力事業者からの通報は52件で、令和5年度の44件から8件増加した。" in draft.text.split("\n")
    assert {"measure": "支え合いの推進", "fiscal_year": 2023, "section": "facts"}.items() <= draft.sources[1].items()


def test_the_deed_and_its_outcome_stand_in_two_sections() -> None:
    facts = {
        "done": [{"direction": 1, "text": "研修を2回実施、46人が参加。"}, {"direction": 1, "text": "要綱を定めた。"}]
    }
    now = sheet(2024, **FULL, facts=facts)
    deeds, results = (text_of(section, now, None) for section in ("5.4.done", "6.1.results"))
    assert "・研修を2回実施し、46人が参加した。\n・要綱を定めた。" in deeds
    assert "・研修を2回実施したところ、46人が参加した。" in results
    assert "要綱" not in results


def test_a_figure_is_asked_for_once_where_the_draft_tells_it() -> None:
    text = after("6.1.results", "〇コスト\n・国の交付金を充てた。トータルコストは597,613百万円。")
    assert text.count("トータルコストは") == 2  # the whole and for each of the people
    assert "百万円" not in text
    assert "615,000千円" in text


def test_a_cause_of_a_cost_that_now_goes_the_other_way_is_asked_about() -> None:
    now = sheet(2024, **FULL, costs={2023: COSTS[2023], 2024: {**NOW_COSTS[2024], "program_total": 300000}})
    before = {2022: {"program_total": 300000, "personnel": 1, "total": 300001}, **COSTS}
    text = "・事業費は368,045千円で、前年度から68,045千円増加した。新たな施設を建てたためである。"
    last = sheet(2023, **FULL, costs=before, sections={"6.1.results": text})
    told = text_of("6.1.results", now, last)
    assert "68,045千円減少した。【要確認：昨年度の「新たな施設を建てたためである」も当てはまるか】" in told
    grown = text_of("6.1.results", sheet(2024, **FULL, costs={**COSTS, **NOW_COSTS}), last)
    assert "新たな施設を建てたためである。" in grown


def test_a_part_of_the_costs_is_told_with_its_share() -> None:
    costs = {
        2023: {**COSTS[2023], "general": 200000, "bonds": 9000},
        2024: {**NOW_COSTS[2024], "general": 192000, "bonds": 9600},
    }
    text = "・事業費は368,045千円である。地方債は9,000千円と大幅に増えた。一般財源は200,000千円と大幅に増えた。"
    last = sheet(2023, **FULL, costs={2023: costs[2023]}, sections={"6.1.results": text})
    told = text_of("6.1.results", sheet(2024, **FULL, costs=costs), last)
    assert "地方債は9,600千円で、600千円の増加となった。" in told
    assert "一般財源は8,000千円減の192,000千円で、事業費計の50.0％を占める。" in told


def test_a_record_that_the_own_sentence_tells_is_not_asked_about() -> None:
    values = {2020: (10, 10.0), 2021: (10, 10.4), 2022: (15.7, 11.0), 2023: (16.0, 12.1), 2024: (16.5, 13.2)}
    now, last = (
        sheet(year, directions=DIRECTIONS, indicators=[indicator("ア", 1, values)], **more)
        for year, more in (
            (2024, {}),
            (
                2023,
                {
                    "sections": {
                        "6.1.results": "・活動に参加している市民の割合は12.1％で、調査の中では最も高いが、16.0％の目標は未達成である。"
                    }
                },
            ),
        )
    )
    told = text_of("6.1.results", now, last)
    assert "最も高くなった" in told
    assert "調査の中では最も高" not in told


@pytest.mark.parametrize(
    ("section", "text", "kept"),
    [
        ("5.1", "・保育所の4・5歳児の部屋を分けた。", "4・5歳児の部屋"),
        ("5.1", "・3つの団体が加わった。", "【要記入】つの団体が加わった"),
        ("5.1", "・子どもが1つずつ持ち寄った。", "1つずつ持ち寄った"),
    ],
)
def test_kinds_are_no_counts_and_things_are(section: str, text: str, kept: str) -> None:
    assert kept in after(section, text)


def test_a_plan_told_as_intended_and_one_of_an_older_year() -> None:
    last = sheet(2023, **FULL, sections={"5.4.plan": "・令和4年度は、橋を点検する予定である。\n・道を直す予定である。"})
    assert text_of("5.4.done", sheet(2024, **FULL), last).split("\n")[:3] == [
        "・令和4年度は、橋を点検する予定であった。【要確認：年度】",
        "・道を直す予定であった。",
        "【要確認：実施したか】",
    ]


def test_a_plain_name_has_the_digits_of_its_sentence() -> None:
    people = {**INDICATORS[0], "name": "人口（各年4月1日現在）"}
    now = sheet(2024, indicators=[people])
    last = sheet(2023, indicators=[people], sections={"5.1": "・相談を１２件、訪問を３回行った。"})
    assert "令和６年度の人口（各年４月１日現在）は７５，９９０人" in text_of("5.1", now, last)
    quoted = sheet(2024, indicators=[{**INDICATORS[1], "name": "週1回運動する市民の割合"}])
    assert "「週1回運動する市民の割合」" in text_of(
        "6.1.results", quoted, sheet(2023, sections={"6.1.results": "・相談を１２件、訪問を３回行った。"})
    )


def test_populations_that_go_opposite_ways_are_contrasted_once() -> None:
    homes = {"id": "P-イ", "kind": "population", "name": "世帯数", "unit": "世帯"}
    homes |= {"values": {2023: {"actual": 38040}, 2024: {"actual": 38215}}}
    people = [INDICATORS[0], homes]
    last = sheet(2023, indicators=people, sections={"5.1": "・人口は76,182人に減り、世帯数は38,040世帯に急増した。"})
    told = text_of("5.1", sheet(2024, indicators=people), last)
    assert "減少した。一方、世帯数は令和5年度から175世帯増加し、38,215世帯となった。" in told


def test_without_the_total_no_cost_is_a_part_of_another() -> None:
    now = sheet(2024, **FULL, costs={2024: {"program_total": 100_000, "personnel": 20_000}})
    text = text_of("6.1.results", now, None)
    assert "事業費計は100,000千円" in text
    assert "20,000千円" in text
    assert "占める" not in text
    assert "1人当たり" not in text
