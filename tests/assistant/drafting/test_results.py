"""What 6.1.results and 5.1 say of one indicator, and of two that are alike."""

import pytest

from assistant.drafting.manner import Manner
from assistant.drafting.results import missing_together, population, result, together
from assistant.facts import Standing
from tests.standing import said, stand

RISING = {2020: (10.0, 11.0), 2021: (11.0, 12.0), 2023: (13.0, 15.0)}


@pytest.mark.parametrize(
    ("found", "turn", "sentence"),
    [
        (
            stand(13.2, 16.5, 12.1),
            0,
            "「参加率」の令和6年度の実績値は13.2％で、令和4年度の12.1％から1.1ポイント上昇した。"
            "目標値16.5％には3.3ポイント届かなかった。",
        ),
        (
            stand(13.2, 16.5, 12.1),
            1,
            "「参加率」は、令和4年度の12.1％から1.1ポイント上昇して13.2％となったものの、目標値16.5％の達成には至らなかった。",
        ),
        (
            stand(13.2, 16.5, 12.1),
            2,
            "「参加率」の実績値は令和4年度から1.1ポイント上昇し、13.2％となった。目標値16.5％との差は3.3ポイントである。",
        ),
        (
            stand(12.1, 16.0, 14.8),
            1,
            "「参加率」は、令和4年度の14.8％から2.7ポイント低下して12.1％となり、"
            "目標値16.0％を3.9ポイント下回り、目標の達成には至らなかった。",
        ),
        (
            stand(16.8, 16.5, 12.1),
            0,
            "「参加率」の令和6年度の実績値は16.8％で、令和4年度の12.1％から4.7ポイント上昇した。"
            "目標値16.5％を0.3ポイント上回り、目標を達成した。",
        ),
        (
            stand(17.0, 16.0, 18.0),
            1,
            "「参加率」は、令和4年度の18.0％から1.0ポイント低下して17.0％となったものの、目標値16.0％は達成した。",
        ),
        (
            stand(50.0, 53.0, 52.0, better="lower"),
            0,
            "「参加率」の令和6年度の実績値は50.0％で、令和4年度の52.0％から2.0ポイント低下した。"
            "目標値53.0％を3.0ポイント下回り、目標を達成した。",
        ),
        (
            stand(36.8, 35.0, 34.1, better="lower"),
            0,
            "「参加率」の令和6年度の実績値は36.8％で、令和4年度の34.1％から2.7ポイント上昇した。"
            "目標値35.0％を1.8ポイント上回り、目標の達成には至らなかった。",
        ),
        (
            stand(12.3, 16.0, 12.1),
            0,
            "「参加率」は12.3％で、令和4年度の12.1％と比べてほぼ横ばいであった。目標値16.0％には3.7ポイント届かなかった。",
        ),
        (
            stand(12.0, 16.0, 12.0),
            0,
            "「参加率」の令和6年度の実績値は12.0％で、令和4年度と同じ水準であった。目標値16.0％には4.0ポイント届かなかった。",
        ),
        (
            stand(14.0, 16.0, 12.0, past=RISING),
            0,
            "「参加率」の令和6年度の実績値は14.0％と、令和2年度以降で最も高くなった。目標値16.0％には2.0ポイント届かなかった。",
        ),
        (
            stand(14.0, 13.5, 12.0, past=RISING),
            0,
            "「参加率」は令和5年度から1.0ポイント上昇し、14.0％と令和2年度以降で最も高くなった。"
            "目標値13.5％を0.5ポイント上回り、目標を達成した。",
        ),
        (
            stand(12.0, 16.0, 12.0, past=RISING),
            1,
            "「参加率」は、令和5年度の13.0％から低下に転じ、12.0％となり、目標値16.0％を4.0ポイント下回り、"
            "目標の達成には至らなかった。なお、令和2年度と比べると、2.0ポイントの上昇となっている。",
        ),
        (stand(16.0, 16.0), 0, "「参加率」の令和6年度の実績値は16.0％で、目標値16.0％に達し、目標を達成した。"),
        (
            stand(15.97, 16.0, 12.0),
            0,
            "「参加率」の令和6年度の実績値は16.0％で、令和4年度の12.0％から4.0ポイント上昇した。"
            "目標値16.0％にはわずかに届かなかった。",
        ),
        (
            stand(12.0, None, 10.0),
            0,
            "「参加率」の令和6年度の実績値は12.0％で、令和4年度の10.0％から2.0ポイント上昇した。",
        ),
        (stand(12.0), 0, "「参加率」の令和6年度の実績値は12.0％である。"),
        (
            stand(None, 16.0, 14.8),
            0,
            "「参加率」については、令和6年度の実績値は記録がなく、直近の実績値は令和4年度の14.8％である。",
        ),
        (
            stand(-5.0, 1.0, -3.0),
            0,
            "「参加率」の令和6年度の実績値は▲5.0（単位：％）で、令和4年度の▲3.0（単位：％）から2.0ポイント低下した。"
            "目標値1.0％には6.0ポイント届かなかった。",
        ),
    ],
)
def test_one_indicator(found: Standing, turn: int, sentence: str) -> None:
    assert said(result(found, Manner(), turn)) == sentence


def test_a_turn_is_told_with_the_level_and_the_way_since_the_plan_began() -> None:
    found = stand(12.0, 11.5, 12.0, past=RISING)
    assert said(result(found, Manner(), 0, 2020)) == (
        "「参加率」は、令和5年度の13.0％から低下に転じ、12.0％となった。目標値11.5％を0.5ポイント上回り、目標を達成した。"
        "なお、計画初年度の令和2年度と比べると、2.0ポイントの上昇となっている。"
    )
    assert said(result(found, Manner(), 1, 2023)).startswith(
        "「参加率」の令和6年度の実績値は12.0％で、令和5年度から1.0ポイントの低下に転じたものの、"
    )


def test_the_way_since_the_plan_began_is_not_told_where_it_is_that_of_the_year() -> None:
    assert "計画初年度" not in said(result(stand(14.0, 16.0, 12.0, past=RISING), Manner(), 0, 2020))


def test_the_only_indicator_without_a_past_says_so() -> None:
    assert said(result(stand(12.0), Manner(), tells_first=True)) == (
        "「参加率」の令和6年度の実績値は12.0％である。過去の実績値の記録がないため、増減は確認できない。"
    )
    assert "過去" not in said(result(stand(12.0, 16.0, 14.8), Manner(), tells_first=True))


def test_a_record_outranks_flatness() -> None:
    past = {2020: (70.0, None), 2021: (72.0, None), 2023: (78.0, None)}
    assert "最も多くなった" in said(result(stand(79, 80, 75, unit="件", past=past), Manner()))
    assert "横ばい" in said(result(stand(79, 80, 78, unit="件"), Manner()))


def test_without_polarity_nothing_is_called_achieved_or_better() -> None:
    text = said(result(stand(17.0, 16.0, 14.0, better=None), Manner()))
    assert text.endswith("目標値16.0％を1.0ポイント上回った。")
    assert "達成" not in text


def test_nothing_is_said_of_an_indicator_without_values() -> None:
    assert result(stand(None, 16.0), Manner()) == ()


def test_polite_manner() -> None:
    polite = Manner(polite=True)
    told = said(result(stand(12.1, 16.0, 14.8), polite), polite)
    assert told.endswith("2.7ポイント低下しました。目標値16.0％には3.9ポイント届きませんでした。")


def test_two_that_are_alike_share_a_sentence() -> None:
    first, second = stand(13.2, 16.5, 12.1), stand(79, 80, 70, unit="件", name="登録数")
    assert said(together(first, second, Manner())) == (
        "「参加率」は13.2％（目標値16.5％）、「登録数」は79件（目標値80件）で、"
        "いずれも令和4年度から改善したものの、目標には届かなかった。"
    )
    assert together(first, stand(17.0, 16.5, 12.1, name="定着率"), Manner()) == ()
    assert together(first, stand(13.2, 16.5, 12.1, name="とても長い名前の指標" * 5), Manner()) == ()


def test_missing_surveys_share_a_sentence() -> None:
    stands = [stand(None, 16.0, 14.8), stand(None, 60.0, 50.0, name="満足度")]
    assert said(missing_together(stands, Manner())) == (
        "「参加率」及び「満足度」については、令和6年度の実績値の記録がない。直近の実績値は、いずれも令和4年度のものである。"
    )


def test_the_people_are_told_without_quotes_in_turns() -> None:
    found = stand(83402, None, 83690, unit="人", name="人口", better=None)
    assert [said(population(found, Manner(), turn)) for turn in range(3)] == [
        "令和6年度の人口は83,402人で、令和4年度の83,690人から288人減少した。",
        "人口は令和4年度から288人減少し、83,402人となった。",
        "人口は83,402人で、令和4年度から288人の減少であった。",
    ]
