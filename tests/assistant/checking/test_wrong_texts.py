"""Wrong statements: each is found at its place, with the stored value and the words that would be right."""

from decimal import Decimal

import pytest

from assistant.checking import check_text
from corpus.sheetfile import SheetFile

NAME = "福祉活動に取り組んでいる市民の割合"
JOBS = "就労支援により就職につながった人の割合"
IDLE = "地域活動に参加していない市民の割合"

WELFARE = [
    # 1 actual: value, neighbouring year, another indicator
    (f"{NAME}は12.5％となった。", "12.5％", "12.1", "12.1％"),
    (f"{NAME}は１２．５％となった。", "１２．５％", "12.1", "１２．１％"),
    (f"{NAME}は14.8％となった。", "14.8％", "12.1", "12.1％"),
    (f"{NAME}は66.1％となった。", "66.1％", "12.1", "12.1％"),
    (f"{NAME}は1.21％となった。", "1.21％", "12.1", "12.10％"),
    ("展開方向1の指標アは66.1％であった。", "66.1％", "12.1", "12.1％"),
    ("①展開方向１「地域の支え合い」\n・指標アは12.5％である。", "12.5％", "12.1", "12.1％"),
    ("人口は75,371人である。", "75,371人", "76371", "76,371人"),
    ("人口は75371人である。", "75371人", "76371", "76371人"),
    ("人口は７５，３７１人である。", "７５，３７１人", "76371", "７６，３７１人"),
    ("人口は76,371世帯である。", "76,371世帯", "76371", "76,371人"),
    ("国庫支出金13,371千円を充てた。", "13,371千円", "31371", "31,371千円"),
    # 2 target
    (f"{NAME}は12.1％で、目標15.7％を下回った。", "15.7％", "16", "16.0％"),
    (f"令和5年度の{NAME}は12.1％で、目標18.0％を下回った。", "18.0％", None, None),
    (f"{NAME}は、令和9年度の目標値16.5％に対し、12.1％にとどまっている。", "16.5％", "18", "18.0％"),
    (f"{NAME}は12.1％（目標12.1％）であった。", "12.1％", "16", "16.0％"),
    # 3, 4 differences and points
    ("人口は前年度より198人増加した。", "198人増加", "189", "189人増加"),
    ("人口は前年度より189人減少した。", "189人減少", "189", "189人増加"),
    (f"{NAME}は前回調査から2.9ポイント低下した。", "2.9ポイント低下", "-2.7", "2.7ポイント低下"),
    (f"{NAME}は前回調査から2.7ポイント上昇した。", "2.7ポイント上昇", "-2.7", "2.7ポイント低下"),
    (f"{NAME}は前回調査から2.7％低下した。", "2.7％低下", "-2.7", "2.7ポイント低下"),
    (f"{NAME}は目標値を3.9ポイント上回った。", "3.9ポイント上回", "-3.9", "3.9ポイント下回"),
    (f"{NAME}は12.1％（前回比＋2.7ポイント）であった。", "＋2.7ポイント", "-2.7", "▲2.7ポイント"),
    (f"{NAME}は令和2年度から2.7ポイント低下した。", "2.7ポイント低下", "-0.7", "0.7ポイント低下"),
    ("人口は前年度より189ポイント増加した。", "189ポイント増加", "189", None),
    # 5, 11 rates
    ("事業費は前年度比5.2％減となった。", "5.2％減", "5.2", "5.2％増"),
    ("事業費は前年度比6.2％増となった。", "6.2％増", "5.2", "5.2％増"),
    (f"{JOBS}の目標達成率は95.0％である。", "95.0％", "103.1", "103.1％"),
    # 7 direction
    (f"{NAME}は、令和3年度の14.8％から12.1％に上昇した。", "上昇", "減少", "低下"),
    (f"{NAME}は増加傾向にある。", "増加", "減少", "減少"),
    ("人口は令和4年度の76,182人から令和5年度は76,371人に減少した。", "減少", "増加", "増加"),
    (f"{NAME}は前回から増えた。", "増え", "減少", "減っ"),
    # 8 flat
    (f"{NAME}は横ばいである。", "横ばい", "減少", None),
    # 9 against target and year
    (f"{NAME}は12.1％で、目標16.0％を上回った。", "上回", "下回る", "下回"),
    (f"{NAME}は12.1％と前回を上回った。", "上回", "下回る", "下回"),
    (f"{JOBS}は56.7％で、目標を下回った。", "下回", "上回る", "上回"),
    # 10 achievement
    (f"{NAME}は12.1％で、目標を達成した。", "達成した", "未達成", "達成できなかった"),
    (f"{JOBS}は目標を達成できなかった。", "達成できなかった", "達成", "達成した"),
    (f"{JOBS}は未達成である。", "未達成", "達成", "達成"),
    (f"{NAME}は目標に達した。", "達し", "未達成", None),
    (f"{JOBS}は目標に届かなかった。", "届か", "達成", None),
    ("全ての指標で目標を達成した。", "達成", "一部達成", None),
    (f"{NAME}はおおむね目標を達成した。", "達成", "未達成", None),
    # 12 better, worse
    (f"{IDLE}は前回から低下し、悪化した。", "悪化", "改善", "改善"),
    (f"{IDLE}は前回から2.3ポイント悪化した。", "2.3ポイント悪化", "-2.3", "2.3ポイント改善"),
    # 17, 21 money
    ("総事業費は3億6,704万5千円である。", "3億6,704万5千円", "368045", "3億6,804万5千円"),
    ("トータルコストは579,613千円である。", "579,613千円", "597613", "597,613千円"),
    ("国庫支出金31,371千円と都支出金20,556千円の合計52,927千円である。", "52,927千円", "51927", "51,927千円"),
    ("一般財源が事業費の62.5％を占める。", "62.5％", "85.9", "85.9％"),
    ("事業費は368,045円である。", "368,045円", "368045", "368,045,000円"),
    # 23, 24 approximate and bounds
    (f"{NAME}は約2割であった。", "2割", "12.1", "12.1％"),
    (f"{NAME}は1割弱である。", "1割", "12.1", None),
    ("人口は7万7千人を超えた。", "7万7千人", "76371", None),
    (f"{NAME}は15％以上となった。", "15％", "12.1", None),
    # 25, 26 years
    (f"令和4年度の{NAME}は12.1％であった。", "12.1％", None, None),
    (f"令和3年度の{NAME}は12.1％であった。", "12.1％", "14.8", "14.8％"),
    (f"{NAME}は、令和2年度の14.8％から12.1％に低下した。", "14.8％", "12.8", "12.8％"),
    (f"{NAME}は12.1％（令和3年度12.8％）であった。", "12.8％", "14.8", "14.8％"),
    (f"{NAME}は前回調査の12.8％を下回った。", "12.8％", "14.8", "14.8％"),
    # 28 lists
    (f"{NAME}と{IDLE}は、それぞれ66.1％、12.1％であった。", "66.1％", "12.1", "12.1％"),
    # 30 negation
    ("人口は増加していない。", "増加", "増加", None),
    # 31 grades
    ("総合評価はＢとした。", "Ｂ", "C", "Ｃ"),
    ("成果実績目標達成度はDである。", "D", "E", "E"),
    # a subject carried over sentences
    (f"{NAME}は12.1％であった。前回の14.8％から2.7ポイント増加した。", "2.7ポイント増加", "-2.7", "2.7ポイント減少"),
    (f"{NAME}は伸びなかった。同割合は12.6％である。", "12.6％", "12.1", "12.1％"),
]

TOURISM = [
    ("観光入込客数は約82万人であった。", "82万人", "1024", "102万人"),
    ("観光入込客数は104万2千人であった。", "104万2千人", "1024", "102万4千人"),
    ("観光入込客数は前年度より17万9千人減少した。", "17万9千人減少", "179", "17万9千人増加"),
    ("観光消費額は4,638百万円であった。", "4,638百万円", "4368", "4,368百万円"),
    ("観光入込客数が前年度を下回ったため、周知を強めた。", "下回", "上回る", "上回"),
    ("空き店舗率は前年度から0.5ポイント改善した。", "0.5ポイント改善", "0.5", "0.5ポイント悪化"),
    ("空き店舗率は増加しておらず、落ち着いている。", "増加", "増加", None),
    ("令和4年度の空き店舗率は9.4％であった。", "9.4％", "8.9", "8.9％"),
    ("観光入込客数は前年度比112.1％となった。", "112.1％", "121.2", "121.2％"),
    ("観光入込客数は前年度の2.1倍になった。", "2.1倍", "1.2", "1.2倍"),
]


@pytest.mark.parametrize(
    ("sheet", "text", "written", "expected", "suggestion"),
    [("welfare", *case) for case in WELFARE] + [("tourism", *case) for case in TOURISM],
)
def test_wrong_text_is_found(
    sheets: dict[str, SheetFile], sheet: str, text: str, written: str, expected: str | None, suggestion: str | None
) -> None:
    findings = check_text(text, "6.1.results", sheets[sheet])
    wrong = [found for found in findings if found.verdict == "mismatch" and found.text == written]
    assert wrong, [(found.text, found.verdict, found.message) for found in findings]
    if expected is not None:
        value = wrong[-1].expected
        assert str(value) == expected if not isinstance(value, Decimal) else value == Decimal(expected)
        assert wrong[-1].suggestion == suggestion
    assert wrong[-1].message


@pytest.mark.parametrize(("text", "suggestion"), [(case[0], case[3]) for case in WELFARE if case[3]])
def test_taking_the_suggestion_makes_the_statement_right(welfare: SheetFile, text: str, suggestion: str) -> None:
    wrong = [found for found in check_text(text, "6.1.results", welfare) if found.suggestion == suggestion]
    assert wrong[-1].start is not None
    mended = text[: wrong[-1].start] + suggestion + text[wrong[-1].end :]
    place = wrong[-1].start
    assert not [
        found
        for found in check_text(mended, "6.1.results", welfare)
        if found.verdict == "mismatch" and found.start == place
    ]
