"""Notes as staff jot them → official sentences: endings by rule, everything else as jotted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.jotted import Tense, dated, ends_as_verb, fiscal_year_of, half_width, official, polite

DEEDS = {
    "個別避難計画を新たに138件作成。": "個別避難計画を新たに138件作成した。",
    "第4期地域福祉計画を策定": "第4期地域福祉計画を策定した。",
    "・分別ガイドの改訂版を全戸に配布。": "分別ガイドの改訂版を全戸に配布した。",
    "就労準備支援事業を19人が利用し、うち9人が就職。": "就労準備支援事業を19人が利用し、うち9人が就職した。",
    "研修を2回実施、32事業者から46人が参加。": "研修を2回実施し、32事業者から46人が参加した。",
    "庁内連絡会議（9課）を設置し、2回開催。": "庁内連絡会議（9課）を設置し、2回開催した。",
    "説明会を3回開催（6月、9月、11月）。": "説明会を3回開催した（6月、9月、11月）。",
    "福祉総合相談窓口の相談は2,064件。": "福祉総合相談窓口の相談は2,064件であった。",
    "参加者から移動手段の記載が足りないとの指摘。": "参加者から移動手段の記載が足りないとの指摘があった。",
    "焼却施設の更新に係る協議": "焼却施設の更新に係る協議を行った。",
    "協議会と意見交換を行った。": "協議会と意見交換を行った。",
    "毎月開催、延べ1,126世帯に配布": "毎月開催し、延べ1,126世帯に配布した。",
    "計画どおり収集": "計画どおり収集した。",
    "端末の電子化": "端末の電子化。",
    "登録58団体、講座7回": "登録58団体、講座7回。",
    "こども支援": "こども支援。",
    "来場者の増加": "来場者の増加。",
    "運営マニュアル": "運営マニュアル。",
    "市民との話合い": "市民との話合い。",
}
PLANS = {
    "夜間相談を本実施": "夜間相談を本実施する。",
    "150件の作成、地区防災訓練での検証": "150件の作成、地区防災訓練での検証を行う。",
    "委託料の上昇への対応": "委託料の上昇への対応を行う。",
    "協力員制度を7月に開始予定": "協力員制度を7月に開始予定である。",
    "転居費用の補助を加える": "転居費用の補助を加える。",
    "継続": "継続。",
}
STATES = {
    "近隣ではこの1市のみ。": "近隣ではこの1市のみである。",
    "重層的支援体制整備事業を実施済みは17市町。": "重層的支援体制整備事業を実施済みは17市町である。",
    "令和元年度から行い、１人当たり年間約３．５ｋｇを回収。": "令和元年度から行い、１人当たり年間約３．５ｋｇを回収している。",
    "本人からの返送率は7割。": "本人からの返送率は7割である。",
}
CASES = [
    *((note, "past", told) for note, told in DEEDS.items()),
    *((note, "future", told) for note, told in PLANS.items()),
    *((note, "state", told) for note, told in STATES.items()),
]


@pytest.mark.parametrize(("note", "tense", "told"), CASES)
def test_endings(note: str, tense: Tense, told: str) -> None:
    assert "".join(phrase.text + "。" for phrase in official(note, tense)) == told


@pytest.mark.parametrize(
    ("note", "date", "told"),
    [
        ("協力員制度を開始。", "2024-06", "令和6年6月に協力員制度を開始した"),
        ("保健センターに窓口を設置。", "2024-06-15", "令和6年6月15日に、保健センターに窓口を設置した"),
        ("研修を2回実施。", "2024-10", "令和6年10月に研修を2回実施した"),
        ("相談は2,064件。", "2025-03", "相談は2,064件であった"),
        ("第4期地域福祉計画を策定。", "2025-03", "令和7年3月に第4期地域福祉計画を策定した"),
        ("登録は56団体。", "2024-12", "令和6年12月時点で、登録は56団体であった"),
        ("5月から夜間相談を試行。", "2024-05", "5月から夜間相談を試行した"),
        ("要綱を制定。", "2024", "要綱を制定した"),
        ("要綱を制定。", "2023", "令和5年に要綱を制定した"),
        ("要綱を制定。", "2019-04", "平成31年4月に要綱を制定した"),
        ("要綱を制定。", None, "要綱を制定した"),
    ],
)
def test_a_date_stands_in_words_where_the_note_has_none(note: str, date: str | None, told: str) -> None:
    assert dated(official(note, "past"), date, note, 2024)[0].text == told


@pytest.mark.parametrize(
    ("plain", "courteous"),
    [
        ("計画を策定した。", "計画を策定しました。"),
        ("制度を設けた。", "制度を設けました。"),
        ("相談は5件であった。", "相談は5件でした。"),
        ("説明会を開催した（6月）。", "説明会を開催しました（6月）。"),
        ("窓口を置く。", "窓口を置きます。"),
        ("事例を全校に配った。", "事例を全校に配りました。"),
        ("取組を始める。", "取組を始めます。"),
        ("目標には届かなかった。", "目標には届きませんでした。"),
        ("申出がなかった。", "申出がなかった。"),
        ("参加者は少なかった。", "参加者は少なかった。"),
        ("要望がありました。", "要望がありました。"),
    ],
)
def test_polite_where_the_verb_is_certain(plain: str, courteous: str) -> None:
    assert polite(plain) == courteous


def test_widths_and_years() -> None:
    assert half_width("１，０３６人、３．５ｋｇ") == "1,036人、3.5ｋｇ"
    assert [fiscal_year_of(date) for date in ("2025-03", "2025-04", "2025")] == [2024, 2025, 2025]
    assert ends_as_verb("研修を行う（年2回）")
    assert not ends_as_verb("地区での話合い")


@given(st.text(max_size=60), st.sampled_from(["past", "future", "state"]))
def test_no_character_of_a_note_is_lost(note: str, tense: Tense) -> None:
    kept = "".join(phrase.text for phrase in official(note, tense))
    wanted = [sign for sign in note if not sign.isspace() and sign not in "。．.・〇○◆■□●◎※-－"]
    remaining = iter(kept)
    assert all(sign in remaining for sign in wanted)


def test_a_date_stands_apart_from_a_purpose() -> None:
    (told,) = dated(
        official("相談を一体で行うため、支援員を置く。", "future"),
        "2025-04",
        "相談を一体で行うため、支援員を置く。",
        2025,
    )
    assert told.text == "令和7年4月に、相談を一体で行うため、支援員を置く"
