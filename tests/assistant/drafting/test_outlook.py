"""7.1 and 7.2: targets ahead and what is still to close until then."""

from assistant.drafting.manner import Manner
from assistant.drafting.outlook import ahead, horizon
from tests.standing import said, stand


def test_the_policy_tells_missed_met_and_exceeded_targets_apart() -> None:
    stands = [
        stand(13.2, 16.5, ahead={2026: 17.5}),
        stand(52, 50, name="待機者数", unit="人", better="lower", ahead={2026: 40}),
        stand(1.0, 2.0, name="修了率"),
        stand(17.0, 16.5, name="定着率", ahead={2026: 17.5}),
        stand(20.0, 16.5, name="利用率", ahead={2026: 17.5}),
        stand(None, None, name="普及率", ahead={2026: 30.0}),
        stand(None, None, name="回答率"),
    ]
    assert [said((told,)) for told in ahead(stands, 2026, Manner())] == [
        "「参加率」は令和8年度の目標値17.5％まで4.3ポイントの差があり、【要記入：取組】を進める。",
        "「待機者数」を令和6年度の52人から令和8年度の目標値40人に減らすため、【要記入：取組】に取り組む。",
        "令和6年度の目標を達成できなかった「修了率」については、【要記入：取組】を進める。",
        "「定着率」は令和6年度の目標を達成しており、令和8年度の目標値17.5％に向けて、引き続き【要記入：取組】に取り組む。",
        "「利用率」は令和8年度の目標値17.5％を既に満たしており、水準の維持に向けて【要記入：取組】を続ける。",
        "「普及率」については、令和8年度の目標値30.0％の達成に向けて【要記入：取組】を進める。",
    ]


def test_the_words_of_a_missed_target_depend_on_those_before_it() -> None:
    found = stand(13.2, 16.5, ahead={2026: 17.5})
    texts = [said((ahead([found], 2026, Manner(), {"参加率": place})[0],)) for place in range(4)]
    assert len(set(texts)) == 3
    assert texts[3] == texts[0]


def test_met_targets_share_a_sentence() -> None:
    stands = [stand(17.0, 16.5, name=name, ahead={2026: 17.5}) for name in ("定着率", "利用率")]
    assert [said((told,)) for told in ahead(stands, 2026, Manner())] == [
        "「定着率」（令和8年度の目標値17.5％）及び「利用率」（令和8年度の目標値17.5％）は、"
        "令和6年度の目標を達成しており、引き続き【要記入：取組】に取り組む。"
    ]


def test_the_horizon_is_the_plans_last_year() -> None:
    stands = [
        stand(13.2, 16.5, ahead={2026: 17.5, 2027: 18.0}),
        stand(15.0, 16.0, name="定着率", ahead={2027: 20.0}),
        stand(15.0, name="利用率", ahead={2026: 9.0}),
    ]
    assert [said((told,)) for told in horizon(stands, 2027, Manner())] == [
        "「参加率」は計画最終年度である令和9年度の目標値18.0％まで4.8ポイントの差、"
        "「定着率」は令和9年度の目標値20.0％まで5.0ポイントの差があり、【要記入：中期的な取組】を進める。",
        "「利用率」については、令和8年度の目標値9.0％の達成に向けて、【要記入：中期的な取組】を進める。",
    ]


def test_three_gaps_stand_in_two_sentences_and_the_last_one_asks() -> None:
    ahead = {2027: (None, 20.0)}
    stands = [stand(13.2, 16.5, 12.1, name=name, past=ahead) for name in ("参加率", "定着率", "満足度")]
    told = [said((statement,)) for statement in horizon(stands, 2027, Manner())]
    assert len(told) == 2
    assert told[0].count("計画最終年度である") == 1
    assert told[0].endswith("の差がある。")
    assert "計画最終年度" not in told[1]
    assert [text.count("【要記入") for text in told] == [0, 1]
