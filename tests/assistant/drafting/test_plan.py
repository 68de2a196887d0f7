"""Which of last year's text leads to which section, and the blocks of a draft."""

from typing import Any

import pytest

from assistant.drafting.plan import CARRY_RULES, DraftRequest, Passage, choose_rule, plan_section
from assistant.drafting.source_lines import source_lines
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile

DIRECTIONS = [{"number": 1, "name": "見守り"}, {"number": 2, "name": "相談"}]


def sheet(year: int, sections: dict[str, str] | None = None, **more: Any) -> SheetFile:
    base = {"fiscal_year": year, "measure": {"name": "見本の施策"}, "directions": DIRECTIONS}
    return SheetFile.model_validate({**base, "sections": sections or {}, **more})


def test_every_section_of_the_form_has_its_rules() -> None:
    assert set(CARRY_RULES) == set(SECTION_KEYS)


@pytest.mark.parametrize(
    ("section", "texts", "follow", "source", "moves"),
    [
        ("5.4.done", {"5.4.plan": "・予定", "5.4.done": "・実施"}, False, "5.4.plan", False),
        ("5.4.done", {"5.4.done": "・実施"}, False, "5.4.done", True),
        ("5.4.done", {"5.4.plan": "・予定", "5.4.done": "・実施"}, True, "5.4.done", True),
        ("5.4.plan", {"7.1": "・方針", "5.4.plan": "・予定"}, False, "7.1", False),
        ("5.4.plan", {"7.1": "・方針", "5.4.plan": "・予定"}, True, "5.4.plan", True),
        ("7.1", {"7.2": "・中期"}, False, "7.2", True),
        ("6.1.results", {"6.1.results": "・実施"}, False, "6.1.results", True),
        ("6.1.results", {"6.1.results": " \n"}, False, None, None),
    ],
)
def test_the_source_of_a_section(
    section: str, texts: dict[str, str], follow: bool, source: str | None, moves: bool | None
) -> None:
    rule = choose_rule(section, sheet(2024), sheet(2023, texts), follow=follow)
    assert (rule.source if rule else None, rule.years_move if rule else None) == (source, moves)


def test_a_plan_for_next_year_serves_no_sheet_two_years_on() -> None:
    rule = choose_rule("5.4.done", sheet(2025), sheet(2023, {"5.4.plan": "・予定", "5.4.done": "・実施"}), follow=False)
    assert rule is not None
    assert rule.source == "5.4.done"


def test_blocks_follow_last_years_headings() -> None:
    text = (
        "〇成果実績\n①展開方向１「見守り」\n・訪問した。\n②展開方向２「相談」\n・相談を受けた。\n〇コスト\n・増えた。"
    )
    plan = plan_section(DraftRequest(sheet(2024), sheet(2023, {"6.1.results": text}), "6.1.results"))

    assert [(block.direction, block.heading, len(block.lines)) for block in plan.blocks] == [
        (None, None, 1),
        (1, "①展開方向１「見守り」", 1),
        (2, "②展開方向２「相談」", 1),
        (None, "〇コスト", 1),
    ]


def test_a_renamed_direction_gets_the_forms_heading() -> None:
    last_year = sheet(
        2023, {"6.1.results": "①展開方向１「旧称」\n・訪問した。"}, directions=[{"number": 1, "name": "旧称"}]
    )
    plan = plan_section(DraftRequest(sheet(2024), last_year, "6.1.results"))
    assert plan.blocks[0].heading == "①展開方向１「見守り」"
    assert plan.blocks[0].heading_source is None


def test_a_flat_text_stays_flat_and_an_empty_one_follows_the_form() -> None:
    flat = plan_section(DraftRequest(sheet(2024), sheet(2023, {"7.1": "・進める。\n・続ける。"}), "7.1"))
    empty = plan_section(DraftRequest(sheet(2024), None, "7.1"))

    assert [(block.direction, len(block.lines)) for block in flat.blocks] == [(None, 2)]
    assert [block.heading for block in empty.blocks] == ["①展開方向１「見守り」", "②展開方向２「相談」"]


def test_one_direction_takes_only_its_lines() -> None:
    text = "①展開方向１「見守り」\n・訪問した。\n②展開方向２「相談」\n・相談を受けた。"
    last_year = sheet(2023, {"6.1.results": text})
    (block,) = plan_section(DraftRequest(sheet(2024), last_year, "6.1.results", direction=2)).blocks
    assert (block.direction, block.unassigned) == (2, False)
    assert [text[line.start : line.end] for line in block.lines] == ["・相談を受けた。"]

    flat = sheet(2023, {"6.1.results": "・訪問した。"})
    (loose,) = plan_section(DraftRequest(sheet(2024), flat, "6.1.results", direction=2)).blocks
    assert (len(loose.lines), loose.unassigned) == (1, True)


def test_an_earlier_sheet_must_be_earlier() -> None:
    assert plan_section(DraftRequest(sheet(2024), sheet(2024, {"5.1": "・現状"}), "5.1")).rule is None


def test_lines_keep_their_sentences_together() -> None:
    text = "増加した。要因は景気である。\n・訪問した。あわせて配布した。"
    assert [[text[start:end] for start, end in line.sentences] for line in source_lines(text)] == [
        ["増加した。", "要因は景気である。"],
        ["訪問した。", "あわせて配布した。"],
    ]
    assert [line.mark for line in source_lines(text)] == ["", "・"]


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        plan_section(DraftRequest(sheet(2024), None, "9.9"))


def planned(section: str, text: str, now: SheetFile | None = None) -> list[tuple[str, list[str]]]:
    """What became of last year's lines, block by block."""
    plan = plan_section(DraftRequest(now or sheet(2024), sheet(2023, {section: text}), section))
    return [(block.turn, [text[line.start : line.end] for line in block.lines]) for block in plan.blocks]


def test_events_before_this_year_stand_behind_what_goes_on() -> None:
    text = (
        "・令和5年5月に感染症が5類に移行し、行事が再開した。\n・令和5年5月に法が成立し、令和6年4月に施行された。\n"
        "・令和6年1月に地震が発生した。関心は高い。\n・令和5年度に計画を策定した。\n・高齢化が進んでいる。"
    )
    going_on, over = planned("5.1", text)
    assert over == ("over", ["・令和5年5月に感染症が5類に移行し、行事が再開した。"])
    assert going_on == ("on", [line for line in text.split("\n") if line not in over[1]])


def test_issues_that_something_was_done_about_stand_behind_with_the_deed() -> None:
    text = "①展開方向１「見守り」\n・民生委員の欠員が7人となり、解消していない。\n・担い手の高齢化が進んでいる。"
    deed = {"direction": 1, "text": "民生委員の欠員5地区に協力員を配置。", "date": "2024-07"}
    now = sheet(2024, facts={"done": [deed]})
    plan = plan_section(DraftRequest(now, sheet(2023, {"6.1.issues": text}), "6.1.issues"))
    blocks = [(block.direction, block.turn, len(block.lines)) for block in plan.blocks]
    assert blocks == [(1, "on", 1), (1, "acted", 1), (2, "on", 0)]
    (line,) = plan.blocks[1].lines
    assert line.acted is not None
    assert line.acted.note == "done-1"
    other = sheet(2024, facts={"done": [{**deed, "direction": 2}]})
    untouched = plan_section(DraftRequest(other, sheet(2023, {"6.1.issues": text}), "6.1.issues"))
    assert [block.turn for block in untouched.blocks] == ["on", "on"]


def test_plans_for_a_single_act_end_with_the_year_before() -> None:
    text = "・協議会を設立する。\n・協議会を支援する。\n・次期計画を策定する。\n・見直しを行う。"
    assert planned("7.1", text) == [
        ("on", ["・協議会を支援する。", "・見直しを行う。"]),
        ("ending", ["・協議会を設立する。", "・次期計画を策定する。"]),
    ]
    plan = plan_section(DraftRequest(sheet(2024), sheet(2023, {"7.1": text}), "7.1"))
    assert plan.continues
    later = plan_section(DraftRequest(sheet(2025), sheet(2023, {"7.1": text}), "7.1"))
    assert (later.continues, [block.turn for block in later.blocks]) == (False, ["on"])


MISSED = {
    "id": "1-ア",
    "kind": "outcome",
    "direction": 1,
    "name": "見守り訪問の参加者数",
    "unit": "人",
    "better": "higher",
    "values": {2023: {"target": 50, "actual": 40}, 2024: {"target": 60, "actual": 45}, 2026: {"target": 70}},
}


def test_a_plan_that_shares_the_words_of_a_missed_target_is_its_measure() -> None:
    text = "①展開方向１「見守り」\n・見守り訪問の参加者を学校で募る。\n・台帳を整える。"
    last = sheet(2023, {"7.1": text})
    (block, _) = plan_section(DraftRequest(sheet(2024, indicators=[MISSED]), last, "7.1")).blocks
    ((subject, line),) = block.measures
    assert (subject, text[line.start : line.end]) == ("1-ア", "・見守り訪問の参加者を学校で募る。")
    assert [text[other.start : other.end] for other in block.lines] == ["・台帳を整える。"]

    met = {**MISSED, "values": {**MISSED["values"], 2024: {"target": 60, "actual": 65}}}
    (kept, _) = plan_section(DraftRequest(sheet(2024, indicators=[met]), last, "7.1")).blocks
    assert (kept.measures, len(kept.lines)) == ((), 2)


def test_the_plan_names_its_facts_and_what_is_shown_beside() -> None:
    passage = Passage("他の施策", 2023, "6.1.results", "訪問した。")
    costs = {2024: {"total": 100}}
    request = DraftRequest(sheet(2024, indicators=[MISSED], costs=costs), None, "6.1.results", passages=(passage,))
    plan = plan_section(request)
    assert plan.passages == (passage,)
    first, last = plan.blocks[0].facts, plan.blocks[-1].facts
    assert (first[0].kind, first[0].good) == ("achieved", False)
    assert [fact.rank for fact in first] == sorted(fact.rank for fact in first)
    assert {fact.kind for fact in first} == {"achieved", "gap", "change", "target", "level"}
    assert [fact.subject for fact in last] == ["cost:total"]
