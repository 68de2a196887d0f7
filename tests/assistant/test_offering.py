"""What last year's sheet offers to this year's facts, and what it becomes by a person's word."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from assistant.offering import Fate, Offer, last_years, offers, taken_over
from corpus.errors import Refused
from corpus.sheetfile import SheetFile

MakeSheet = Callable[..., SheetFile]
LAST: dict[str, Any] = {
    "planned": [
        {"text": "見守り訓練を3地区で実施する。", "direction": 1, "date": "2023-06"},
        {"text": "相談窓口の夜間開設を検討する。", "direction": 2},
    ],
    "projects": [
        {"name": "見守り事業", "direction": 1, "cost": 1200, "next_step": "協力事業者を増やす"},
        {"name": "相談事業", "cost": 300, "next_step": "継続"},
    ],
    "opinions": [
        {"who": "市議会", "text": "夜間も相談できるように", "answer": None, "date": "2022-12"},
        {"who": "自治会", "text": "訓練を増やして", "answer": "増やすと答弁"},
    ],
    "other_cities": [{"city": "隣市", "text": "夜間相談を行っている", "date": "2022-07"}],
    "evidence": [{"what": "情報提供", "figure": 21, "unit": "件", "year": 2022, "source": "業務記録", "by": "花子"}],
}


def offered(
    make: MakeSheet, facts: dict[str, Any] | None = None, last: dict[str, Any] | None = LAST, **more: Any
) -> list[Offer]:
    return offers(make(2023, facts=facts), make(2022, facts=last, **more))


def by_group(found: list[Offer], group: str) -> list[Offer]:
    return [offer for offer in found if offer.group == group]


def take(offer: Offer, fate: Fate, words: str | None = None, **more: Any) -> dict[str, Any]:
    return taken_over(offer, fate, offer.text if words is None else words, **more)


def test_everything_of_last_year_that_goes_on_is_offered_in_order(make_sheet: MakeSheet) -> None:
    assert [(offer.group, offer.text) for offer in offered(make_sheet)] == [
        ("planned", "見守り訓練を3地区で実施する。"),
        ("planned", "相談窓口の夜間開設を検討する。"),
        ("projects", "見守り事業"),
        ("projects", "相談事業"),
        ("next_steps", "見守り事業：協力事業者を増やす"),
        ("opinions", "夜間も相談できるように"),
        ("other_cities", "夜間相談を行っている"),
        ("evidence", "情報提供"),
    ]


def test_costs_and_figures_stand_beside_and_are_not_taken(make_sheet: MakeSheet) -> None:
    found = offered(make_sheet)
    project = by_group(found, "projects")[0]
    assert project.cost == 1200
    assert take(project, "again") == {"kind": "projects", "direction": 1, "name": "見守り事業"}
    evidence = by_group(found, "evidence")[0]
    assert evidence.figure == 21
    with pytest.raises(Refused, match="今年度の数値"):
        take(evidence, "again")
    taken = take(evidence, "again", figure=Decimal(34), year=2023, by="太郎")
    assert taken == {
        "kind": "evidence",
        "direction": None,
        "what": "情報提供",
        "unit": "件",
        "source": "業務記録",
        "figure": 34,
        "year": 2023,
        "by": "太郎",
    }


@pytest.mark.parametrize(
    ("fate", "words", "kind", "text"),
    [
        ("done", None, "done", "見守り訓練を3地区で実施した。"),
        ("done", "見守り訓練を4地区で実施した。", "done", "見守り訓練を4地区で実施した。"),
        ("not_done", None, "done", "「見守り訓練を3地区で実施する」は行わなかった。"),
        (
            "otherwise",
            "図上訓練を1回行った。",
            "done",
            "「見守り訓練を3地区で実施する」に代えて、図上訓練を1回行った。",
        ),
    ],
)
def test_a_plan_becomes_what_the_person_says(
    make_sheet: MakeSheet, fate: Fate, words: str | None, kind: str, text: str
) -> None:
    plan = offered(make_sheet)[0]
    taken = take(plan, fate, words)
    assert taken == {"kind": kind, "direction": 1, "text": text}
    # and it is not offered once more
    again = offered(make_sheet, {kind: [{key: value for key, value in taken.items() if key != "kind"}]})
    assert plan.key not in [offer.key for offer in again]
    assert len(by_group(again, "planned")) == 1


def test_otherwise_asks_for_other_words_and_no_fate_is_made_up(make_sheet: MakeSheet) -> None:
    plan = offered(make_sheet)[0]
    with pytest.raises(Refused, match="書き直して"):
        take(plan, "otherwise")
    with pytest.raises(Refused):
        take(plan, "again")


def test_a_next_step_is_done_or_still_planned(make_sheet: MakeSheet) -> None:
    step = by_group(offered(make_sheet), "next_steps")[0]
    assert take(step, "done")["kind"] == "done"
    assert take(step, "planned") == {"kind": "planned", "direction": 1, "text": "見守り事業：協力事業者を増やす"}


@pytest.mark.parametrize("step", ["継続", "継続する。", "引き続き継続", "現状維持", "なし", "", None])
def test_going_on_is_no_step(make_sheet: MakeSheet, step: str | None) -> None:
    found = offered(make_sheet, last={"projects": [{"name": "A", "next_step": step}]}, sections={})
    assert [offer.group for offer in found] == ["projects"]


def test_opinions_and_other_cities_keep_who_and_when(make_sheet: MakeSheet) -> None:
    found = offered(make_sheet)
    opinion = take(by_group(found, "opinions")[0], "again")
    assert opinion == {
        "kind": "opinions",
        "direction": None,
        "who": "市議会",
        "text": "夜間も相談できるように",
        "date": "2022-12",
    }
    city = take(by_group(found, "other_cities")[0], "again", "夜間相談を週2回行っている")
    assert (city["city"], city["text"]) == ("隣市", "夜間相談を週2回行っている")


@pytest.mark.parametrize(
    ("kind", "note", "group", "left"),
    [
        ("projects", {"name": "見守り　事業"}, "projects", ["相談事業"]),
        ("planned", {"text": "見守り訓練を３地区で実施する"}, "planned", ["相談窓口の夜間開設を検討する。"]),
        ("done", {"text": "見守り訓練を3地区で実施した。延べ60人が参加した。"}, "planned", ["相談窓口の夜間開設を検討する。"]),
        ("opinions", {"text": "夜間も相談できるように"}, "opinions", []),
        ("other_cities", {"text": "夜間相談を行っている"}, "other_cities", []),
        ("evidence", {"what": "情報提供", "unit": "件", "figure": 30, "year": 2023}, "evidence", []),
        ("evidence", {"what": "情報提供", "unit": "回", "figure": 30, "year": 2023}, "evidence", ["情報提供"]),
        ("done", {"text": "まったく別の取組を行った。"}, "planned", ["見守り訓練を3地区で実施する。", "相談窓口の夜間開設を検討する。"]),
    ],
)  # fmt: skip
def test_what_is_there_already_is_not_offered(
    make_sheet: MakeSheet, kind: str, note: dict[str, Any], group: str, left: list[str]
) -> None:
    assert [offer.text for offer in by_group(offered(make_sheet, {kind: [note]}), group)] == left


def test_without_planned_notes_the_items_of_the_text_are_offered(make_sheet: MakeSheet) -> None:
    plan = "①展開方向１「支え合いの地域づくり」\n・訓練を行う。\n・協定を結ぶ。\n②展開方向２「自立支援の推進」\n・窓口を開く。"
    found = offered(make_sheet, last=None, sections={"5.4.plan": plan})
    assert [(offer.group, offer.direction, offer.text) for offer in found] == [
        ("planned", 1, "訓練を行う。"),
        ("planned", 1, "協定を結ぶ。"),
        ("planned", 2, "窓口を開く。"),
    ]


def test_only_the_year_before_counts(make_sheet: MakeSheet) -> None:
    this = make_sheet(2024)
    assert last_years(this, [make_sheet(2021), make_sheet(2022)]) is None
    assert offers(this, None) == []
    assert last_years(this, [make_sheet(2022), make_sheet(2023)]).fiscal_year == 2023  # type: ignore[union-attr]


def test_the_same_words_twice_are_one_offer(make_sheet: MakeSheet) -> None:
    found = offered(
        make_sheet,
        last={"planned": [{"text": "訓練を行う"}, {"text": "訓練を行う"}, {"text": "訓練を行う", "direction": 1}]},
    )
    assert [offer.direction for offer in found] == [None, 1]
    assert len({offer.key for offer in found}) == 2
