"""6.1.issues: shortfalls worded by their kind."""

import pytest

from assistant.drafting.issues import issue, missing_issue
from assistant.drafting.manner import Manner
from assistant.facts import Standing
from tests.standing import said, stand

MISSED = {2020: (10.0, 11.0), 2021: (11.0, 12.0), 2023: (13.0, 13.5)}


@pytest.mark.parametrize(
    ("found", "turn", "sentence"),
    [
        (
            stand(15.2, 16.5, 14.1),
            0,
            "「参加率」は改善しているものの目標値16.5％を1.3ポイント下回っており、【要記入：対応】が必要である。",
        ),
        (
            stand(15.2, 16.5, 14.1),
            1,
            "「参加率」は令和4年度より改善したが、目標値16.5％とはなお1.3ポイントの差があり、【要記入：対応】が課題である。",
        ),
        (
            stand(15.2, 16.5, 17.1),
            0,
            "「参加率」は令和4年度から1.9ポイント低下して目標値16.5％を1.3ポイント下回っており、【要記入：対応】が課題である。",
        ),
        (
            stand(11.0, 16.5, 9.0),
            0,
            "「参加率」は目標値16.5％に対する達成率が66.7％にとどまっており、【要記入：対応】が課題である。",
        ),
        (
            stand(14.0, 14.5, 12.0, past={**MISSED, 2022: (12.0, 12.5)}),
            0,
            "「参加率」は5年連続で目標を達成できておらず、【要記入：対応】が課題である。",
        ),
        (
            stand(14.0, 14.5, None, past={**MISSED, 2019: (9.0, None)}),
            0,
            "「参加率」は調査を行った4回続けて目標を達成できておらず、【要記入：対応】が課題である。",
        ),
        (
            stand(15.2, 16.5, 15.1),
            0,
            "「参加率」は令和4年度からほぼ横ばいで目標値16.5％を1.3ポイント下回っており、【要記入：対応】が課題である。",
        ),
        (
            stand(28, 27, 25, unit="件", better="lower"),
            0,
            "「参加率」は令和4年度から3件増加して目標値27件を1件上回っており、【要記入：対応】が課題である。",
        ),
        (
            stand(17.0, 16.0, 18.0),
            0,
            "「参加率」は目標を達成したものの、令和4年度からは1.0ポイント低下しており、【要記入：要因と対応】が課題である。",
        ),
        (
            stand(None, 16.0, 14.8),
            0,
            "「参加率」は令和6年度の実績値の記録がなく、目標に対する状況を確認できない。【要記入：実績値の把握方法】",
        ),
    ],
)
def test_issues_follow_from_missed_targets_and_worsening(found: Standing, turn: int, sentence: str) -> None:
    assert said(issue(found, Manner(), turn)) == sentence


@pytest.mark.parametrize(
    "found", [stand(17.0, 16.0, 12.0), stand(16.0, 16.0, 16.0), stand(15.0, 16.0, 17.0, better=None), stand(None)]
)
def test_no_issue_where_the_figures_show_none(found: Standing) -> None:
    assert issue(found, Manner()) == ()


def test_missing_values_are_one_issue() -> None:
    stands = [stand(None, 16.0, 14.8), stand(None, 60.0, 50.0, name="満足度")]
    assert said(missing_issue(stands, Manner())) == (
        "「参加率」及び「満足度」は令和6年度の実績値の記録がなく、目標に対する状況を確認できない。"
        "【要記入：実績値の把握方法】"
    )
