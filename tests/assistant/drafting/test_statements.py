"""The composer's own sentences follow the figures."""

from typing import Any

import pytest

from assistant.drafting.manner import Manner
from assistant.drafting.outlook import ahead, horizon
from assistant.drafting.statements import Statement, in_groups, overview, shortfall, state, written
from assistant.facts import Standing, standing
from corpus.sheetfile import IndicatorEntry


def stand(
    actual: float | None,
    target: float | None = None,
    before: float | None = None,
    *,
    better: str | None = "higher",
    name: str = "参加率",
    unit: str = "％",
    ahead: dict[int, float] | None = None,
) -> Standing:
    values: dict[int, dict[str, Any]] = {2022: {"actual": before}, 2024: {"actual": actual, "target": target}}
    values |= {year: {"target": value} for year, value in (ahead or {}).items()}
    entry = {"id": name, "kind": "outcome", "name": name, "unit": unit, "better": better, "decimals": 1}
    if unit != "％":
        entry["decimals"] = 0
    return standing(IndicatorEntry.model_validate({**entry, "values": values}), 2024)


def said(statement: Statement | None, manner: Manner = Manner()) -> str:  # noqa: B008
    assert statement is not None
    return written(statement.pieces, manner).text


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            stand(13.2, 16.5, 12.1),
            "「参加率」の令和6年度の実績値は13.2％で、令和4年度の12.1％から1.1ポイント上昇したものの、"
            "目標値16.5％を3.3ポイント下回り、目標の達成には至らなかった。",
        ),
        (
            stand(12.1, 16.0, 14.8),
            "「参加率」の令和6年度の実績値は12.1％で、令和4年度の14.8％から2.7ポイント低下し、"
            "目標値16.0％を3.9ポイント下回った。",
        ),
        (
            stand(16.8, 16.5, 12.1),
            "「参加率」の令和6年度の実績値は16.8％で、令和4年度の12.1％から4.7ポイント上昇し、"
            "目標値16.5％を0.3ポイント上回り、目標を達成した。",
        ),
        (
            stand(50.0, 53.0, 52.0, better="lower"),
            "「参加率」（低いほど望ましい指標）の令和6年度の実績値は50.0％で、令和4年度の52.0％から"
            "2.0ポイント低下し、目標値53.0％を3.0ポイント下回り、目標を達成した。",
        ),
        (
            stand(36.8, 35.0, 34.1, better="lower"),
            "「参加率」（低いほど望ましい指標）の令和6年度の実績値は36.8％で、令和4年度の34.1％から"
            "2.7ポイント上昇し、目標値35.0％を1.8ポイント上回り、目標の達成には至らなかった。",
        ),
        (
            stand(-5.0, 1.0, -3.0),
            "「参加率」の令和6年度の実績値は▲5.0（単位：％）で、令和4年度の▲3.0（単位：％）から2.0ポイント低下し、"
            "目標値1.0％を6.0ポイント下回った。",
        ),
        (stand(16.0, 16.0), "「参加率」の令和6年度の実績値は16.0％で、目標値16.0％に達し、目標を達成した。"),
        (
            stand(12.0, 16.0, 12.0),
            "「参加率」の令和6年度の実績値は12.0％で令和4年度と同じ水準であり、"
            "目標値16.0％を4.0ポイント下回り、目標の達成には至らなかった。",
        ),
        (
            stand(12.0, None, 10.0),
            "「参加率」の令和6年度の実績値は12.0％で、令和4年度の10.0％から2.0ポイント上昇した。",
        ),
        (stand(12.0), "「参加率」の令和6年度の実績値は12.0％である。"),
        (
            stand(None, 16.0, 14.8),
            "「参加率」については、令和6年度の実績値は記録がなく、直近の実績値は令和4年度の14.8％である。",
        ),
        (
            stand(79, 80, 78, unit="件"),
            "「参加率」の令和6年度の実績値は79件で、令和4年度の78件から1件増加したものの、"
            "目標値80件を1件下回り、目標の達成には至らなかった。",
        ),
        (
            stand(15.97, 16.0),
            "「参加率」の令和6年度の実績値は16.0％で、目標値16.0％をわずかに下回り、目標の達成には至らなかった。",
        ),
    ],
)
def test_one_indicator(found: Standing, sentence: str) -> None:
    assert said(state(found, Manner())) == sentence


def test_without_polarity_nothing_is_called_achieved_or_better() -> None:
    text = said(state(stand(17.0, 16.0, 14.0, better=None), Manner()))
    assert text.endswith("目標値16.0％を1.0ポイント上回った。")
    assert "達成" not in text
    assert shortfall(stand(15.0, 16.0, 17.0, better=None), Manner(), 0) is None


def test_nothing_is_said_of_an_indicator_without_values() -> None:
    assert state(stand(None, 16.0), Manner()) is None


@pytest.mark.parametrize(
    ("first", "second", "opening"),
    [
        (stand(17.0, 16.0), stand(12.0, 16.0, name="定着率"), "一方、「定着率」の"),
        (stand(17.0, 16.0), stand(18.0, 16.0, name="定着率"), "また、「定着率」の"),
        (stand(11.0, 16.0, 12.0), stand(10.0, 16.0, 12.0, name="定着率"), "「定着率」も、令和4年度の12.0％から"),
        (stand(17.0, 16.0), stand(None, 16.0, 12.0, name="定着率"), "なお、「定着率」については"),
    ],
)
def test_sentences_are_joined_by_what_they_tell(first: Standing, second: Standing, opening: str) -> None:
    before = state(first, Manner())
    assert said(state(second, Manner(), before=before)).startswith(opening)


def test_every_figure_knows_its_cells_and_its_place() -> None:
    statement = state(stand(13.2, 16.5, 12.1), Manner())
    assert statement is not None
    sentence = written(statement.pieces, Manner(wide=True), mark="・")

    placed = {(sentence.text[o.start : o.end], o.year, o.series) for o in sentence.origins}
    assert placed == {
        ("１３．２％", 2024, "actual"),
        ("１２．１％", 2022, "actual"),
        ("１．１ポイント", 2024, "actual"),
        ("１．１ポイント", 2022, "actual"),
        ("１６．５％", 2024, "target"),
        ("３．３ポイント", 2024, "actual"),
        ("３．３ポイント", 2024, "target"),
    }


def test_polite_manner() -> None:
    assert said(state(stand(12.1, 16.0, 14.8), Manner(polite=True))).endswith("3.9ポイント下回りました。")


@pytest.mark.parametrize(
    ("found", "turn", "sentence"),
    [
        (
            stand(13.2, 16.5, 12.1),
            0,
            "「参加率」は、令和6年度の実績値が13.2％と目標値16.5％を3.3ポイント下回っており、【要記入：対応】が課題である。",
        ),
        (
            stand(13.2, 16.5, 12.1),
            1,
            "「参加率」の令和6年度の実績値は13.2％にとどまり、目標値16.5％を3.3ポイント下回ったことから、"
            "【要記入：対応】が求められる。",
        ),
        (
            stand(17.0, 16.0, 18.0),
            0,
            "「参加率」は、令和6年度の実績値が17.0％と令和4年度から1.0ポイント低下しており、"
            "【要記入：要因と対応】が課題である。",
        ),
        (
            stand(None, 16.0, 14.8),
            0,
            "「参加率」は、令和6年度の実績値の記録がなく、目標に対する状況を確認できない。【要記入：実績値の把握方法】",
        ),
    ],
)
def test_issues_follow_from_missed_targets_and_worsening(found: Standing, turn: int, sentence: str) -> None:
    assert said(shortfall(found, Manner(), turn)) == sentence


def test_no_issue_where_the_target_is_met_and_nothing_worsened() -> None:
    assert shortfall(stand(17.0, 16.0, 12.0), Manner(), 0) is None


def test_the_policy_tells_missed_met_and_exceeded_targets_apart() -> None:
    stands = [
        stand(13.2, 16.5, ahead={2026: 17.5}),
        stand(17.0, 16.5, name="定着率", ahead={2026: 17.5}),
        stand(20.0, 16.5, name="利用率", ahead={2026: 17.5}),
        stand(None, None, name="普及率", ahead={2026: 30.0}),
        stand(None, None, name="回答率"),
    ]
    assert [said(told) for told in ahead(stands, 2026, Manner())] == [
        "「参加率」は、令和6年度の実績値13.2％が目標値16.5％を下回っており、"
        "令和8年度の目標値17.5％の達成に向けて【要記入：取組】を進める。",
        "「定着率」は、令和6年度の目標を達成しており、令和8年度の目標値17.5％の達成に向けて、"
        "引き続き【要記入：取組】に取り組む。",
        "「利用率」は、令和8年度の目標値17.5％を既に満たしており、水準の維持に向けて【要記入：取組】を続ける。",
        "「普及率」については、令和8年度の目標値30.0％の達成に向けて【要記入：取組】を進める。",
    ]


def test_the_horizon_is_the_plans_last_year() -> None:
    stands = [
        stand(13.2, ahead={2026: 17.5, 2027: 18.0}),
        stand(15.0, name="定着率", ahead={2027: 20.0}),
        stand(15.0, name="利用率", ahead={2026: 9.0}),
    ]
    assert [said(told) for told in horizon(stands, 2027, Manner())] == [
        "計画最終年度である令和9年度の「参加率」の目標値18.0％及び「定着率」の目標値20.0％の達成に向けて、"
        "【要記入：中期的な取組】を進める。",
        "「利用率」については、令和8年度の目標値9.0％の達成に向けて、【要記入：中期的な取組】を進める。",
    ]


def test_the_overview_names_indicators_and_counts_nothing() -> None:
    texts = [said(told) for told in overview([stand(17.0, 16.0), stand(1.0, 16.0, name="定着率")], Manner())]
    assert texts == [
        "令和6年度に目標を達成した成果指標は「参加率」である。",
        "一方、「定着率」は目標の達成には至らなかった。",
    ]
    assert overview([stand(17.0, 16.0)], Manner()) == []


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (7, [2, 3, 2])])
def test_groups_are_even(count: int, sizes: list[int]) -> None:
    assert [len(group) for group in in_groups(list(range(count)))] == sizes
