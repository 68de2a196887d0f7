"""Words of direction, sameness, relation and streak (7 to 9, 12, 15, 30): right and wrong pairs, and what says nothing."""

import pytest

from assistant.checking import check_text
from corpus.sheetfile import SheetFile

PAIRS = [
    # sheet, what is right, what is wrong in its place
    ("tourism", "観光入込客数は増加傾向にある。", "観光入込客数は減少傾向にある。"),
    ("tourism", "事業所数は右肩下がりで推移している。", "事業所数は右肩上がりで推移している。"),
    ("tourism", "事業所数が減少する中、観光消費額は増えた。", "事業所数が増加する中、観光消費額は増えた。"),
    ("tourism", "事業所数の減少が続いている。", "事業所数の増加が続いている。"),
    ("tourism", "市内の空き店舗率の上昇に伴い、対策を始めた。", "市内の空き店舗率の低下に伴い、対策を終えた。"),
    ("welfare", "一般財源は増となった。", "一般財源は減となった。"),
    (
        "tourism",
        "前年度から増加した観光消費額は4,368百万円である。",
        "前年度から減少した観光消費額は4,368百万円である。",
    ),
    ("tourism", "観光入込客数と観光消費額はともに増加した。", "観光入込客数と事業所数はともに増加した。"),
    (
        "tourism",
        "観光消費額は4,368百万円（前年度3,200百万円）に増えた。",
        "観光消費額は4,368百万円（前年度3,200百万円）に減った。",
    ),
    ("tourism", "事業所数はほぼ横ばいである。", "観光消費額はほぼ横ばいである。"),
    ("welfare", "コミュニティ数は、前年度と同数ではなく増えた。", "コミュニティ数は前年度と同数である。"),
    ("tourism", "事業所数は前年度とほとんど変わっていない。", "観光消費額は前年度とほとんど変わっていない。"),
    ("tourism", "観光消費額は伸び悩んでいない。", "観光消費額は伸び悩んでいる。"),
    ("tourism", "観光消費額は目標をクリアした。", "市内の空き店舗率は目標をクリアした。"),
    ("tourism", "観光入込客数は前年度を上回った。", "事業所数は前年度を上回った。"),
    ("tourism", "事業所数は前年度を割り込んだ。", "観光消費額は前年度を割り込んだ。"),
    ("tourism", "観光入込客数は目標（1,000千人）を上回った。", "観光入込客数は目標（1,000千人）を下回った。"),
    ("tourism", "観光消費額は前年度より多い。", "観光消費額は前年度より少ない。"),
    ("tourism", "空き店舗率は目標に届いていない。", "誘致企業数は目標に届いていない。"),
    ("tourism", "市内の空き店舗率は悪化した。", "市内の空き店舗率は改善した。"),
    ("tourism", "市内の空き店舗率は改善されていない。", "市内の空き店舗率は9.4％に改善が見られた。"),
    ("tourism", "事業所数は2年連続で減少した。", "事業所数は2年連続で増加した。"),
    ("tourism", "観光入込客数の増加が2年続いている。", "観光入込客数の減少が2年続いている。"),
    ("tourism", "事業所数は毎年減少している。", "観光入込客数は毎年減少している。"),
    ("tourism", "事業所数は2年連続で前年度を下回った。", "観光入込客数は2年連続で前年度を下回った。"),
    ("tourism", "事業所数は増加していない。", "観光入込客数は増加していない。"),
    ("tourism", "観光入込客数は下がることなく推移した。", "事業所数は減ることなく推移した。"),
    ("tourism", "観光入込客数は目標を下回ってはいない。", "観光入込客数は目標を上回ってはいない。"),
    ("tourism", "空き店舗率は改善には至らなかった。", "観光消費額は増加には至らなかった。"),
    (
        "tourism",
        "令和7年度の目標である観光入込客数1,100千人を目指す。",
        "令和7年度の目標である観光入込客数1,200千人を目指す。",
    ),
]
SILENT = [
    ("tourism", "観光入込客数の増加を図る。"),
    ("tourism", "観光入込客数の増加が見込まれる。"),
    ("tourism", "増加する空き家への対応が必要である。"),
    ("tourism", "観光消費額が低下しないよう、宿泊を促す。"),
    ("tourism", "観光入込客数を上回る市町村の取組を調べる。"),
    ("tourism", "減少している事業者の声を聴く。"),
    ("tourism", "市内の企業では売上げが増加している。"),
    ("tourism", "観光消費額は県平均と同水準である。"),
    ("tourism", "外国人の観光客が増えたとの声がある。"),
    ("tourism", "観光入込客数が増えれば、消費も増加する。"),
    ("welfare", "今後、人口は減少に転じると推計される。"),
    ("welfare", "市民の関心が高まっている。"),
]
DOUBTFUL = [
    ("tourism", "健康寿命は改善した。", "改善"),
    ("tourism", "市内の空き店舗率は目標を下回った。", "下回"),
]


def _wrong(sheet: SheetFile, text: str) -> list[str]:
    return [found.text for found in check_text(text, "6.1.results", sheet) if found.verdict == "mismatch"]


@pytest.mark.parametrize(("name", "right", "wrong"), PAIRS)
def test_the_right_one_matches_and_the_wrong_one_is_found(
    sheets: dict[str, SheetFile], name: str, right: str, wrong: str
) -> None:
    sheet = sheets[name]
    assert _wrong(sheet, right) == []
    assert any(found.verdict == "match" for found in check_text(right, "6.1.results", sheet))
    assert _wrong(sheet, wrong) != []


@pytest.mark.parametrize(("name", "text"), SILENT)
def test_plans_and_what_is_said_of_others_are_no_findings(sheets: dict[str, SheetFile], name: str, text: str) -> None:
    assert check_text(text, "6.1.results", sheets[name]) == []


@pytest.mark.parametrize(("name", "text", "word"), DOUBTFUL)
def test_what_two_readings_disagree_on_is_ambiguous(
    sheets: dict[str, SheetFile], name: str, text: str, word: str
) -> None:
    found = check_text(text, "6.1.results", sheets[name])
    assert [(one.text, one.verdict) for one in found] == [(word, "ambiguous")]


def test_a_wrong_direction_gets_the_contrary_word_with_its_kana(welfare: SheetFile) -> None:
    (found,) = check_text("人口は減った。", "6.1.results", welfare)
    assert (found.verdict, found.indicator, found.year, found.expected, found.suggestion) == (
        "mismatch",
        "P-ア",
        2023,
        "増加",
        "増え",
    )


def test_a_quoted_answer_is_no_row_of_the_sheet(welfare: SheetFile) -> None:
    text = "福祉活動等においても、「全く取り組んでいない」は減少傾向にあり、「あまり取り組んでいない」が増加している。"
    assert check_text(text, "4.3", welfare) == []
