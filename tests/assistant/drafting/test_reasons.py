"""4.3: movements in few words, the place for their cause, and the count above them."""

import pytest

from assistant.drafting.manner import Manner
from assistant.drafting.reasons import cause, moved, overview
from assistant.facts import Standing
from tests.standing import said, stand


@pytest.mark.parametrize(
    ("found", "movement", "reason"),
    [
        (
            stand(13.2, 16.5, 12.1),
            "「参加率」は令和4年度から1.1ポイント上昇したものの、目標の達成には至らなかった。",
            "要因としては、【要記入：要因】が考えられる。",
        ),
        (
            stand(17.0, 16.5, 12.1),
            "「参加率」は令和4年度から4.9ポイント上昇し、目標を達成した。",
            "その要因として、【要記入：要因】が考えられる。",
        ),
        (
            stand(17.0, 16.5, 19.0),
            "「参加率」は目標を達成したものの、令和4年度からは2.0ポイント低下した。",
            "その要因として、【要記入：要因】が考えられる。",
        ),
        (
            stand(12.2, 16.5, 12.1),
            "「参加率」は令和4年度からほぼ横ばいで、目標の達成には至らなかった。",
            "要因としては、【要記入：要因】が考えられる。",
        ),
        (
            stand(17.0, None, 12.1),
            "「参加率」は令和4年度から4.9ポイント上昇した。",
            "この動きの要因として、【要記入：要因】が考えられる。",
        ),
        (
            stand(None, 16.5, 12.1),
            "「参加率」は令和6年度の実績値の記録がなく、令和4年度からの増減を確認できない。",
            "【要記入：実績値とその理由・背景】",
        ),
    ],
)
def test_a_movement_and_the_place_for_its_cause(found: Standing, movement: str, reason: str) -> None:
    assert said(moved(found, Manner())) == movement
    assert said((cause(found, Manner()),)) == reason


def test_nothing_is_said_without_any_value() -> None:
    assert moved(stand(None, 16.5), Manner()) == ()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((17.0, 1.0), "令和6年度は、成果指標2件のうち1件で目標を達成した。"),
        ((17.0, 18.0), "令和6年度は、成果指標2件全てで目標を達成した。"),
        ((1.0, 2.0), "令和6年度は、成果指標2件のいずれも目標の達成に至らなかった。"),
        ((17.0, 1.0, None), "令和6年度は、目標値と比較できる成果指標2件のうち1件で目標を達成した。"),
        ((17.0,), ""),
    ],
)
def test_the_overview_counts_what_can_be_compared(values: tuple[float | None, ...], sentence: str) -> None:
    stands = [stand(value, 16.0, 12.0, name=f"指標{place}") for place, value in enumerate(values)]
    assert said(overview(stands, Manner())) == sentence


def test_an_open_polarity_leaves_the_overview_out() -> None:
    assert overview([stand(17.0, 16.0), stand(1.0, 16.0), stand(1.0, 16.0, better=None)], Manner()) == ()
