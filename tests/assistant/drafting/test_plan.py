"""Which of last year's text leads to which section, and the blocks of a draft."""

from typing import Any

import pytest

from assistant.drafting.plan import CARRY_RULES, DraftRequest, choose_rule, plan_section, source_lines
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
