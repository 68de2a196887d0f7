"""Statements whose figure is computed (17 to 20, 22): right and wrong ones side by side, on an invented sheet."""

from typing import Any

import pytest

from assistant.checking import checker_of
from corpus.sheetfile import SheetFile


def _entry(identifier: str, name: str, unit: str, actuals: list[float]) -> dict[str, Any]:
    """An indicator whose actuals end with the year of the sheet."""
    first = 2024 - len(actuals)
    kind = "population" if identifier.startswith("P") else "outcome"
    values = {str(first + place): {"actual": value} for place, value in enumerate(actuals)}
    return {"id": identifier, "kind": kind, "name": name, "unit": unit, "values": values}


def _note(number: int, what: str, figure: float, unit: str) -> dict[str, Any]:
    return {"id": f"evidence-{number}", "what": what, "figure": figure, "unit": unit, "year": 2023}


SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "plan": {"name": "計画", "start": 2021, "end": 2027},
        "measure": {"name": "文化とスポーツ"},
        "indicators": [
            _entry("P-ア", "人口", "人", [40500, 40200, 40000]),
            _entry("P-イ", "世帯数", "世帯", [15800, 15900, 16000]),
            _entry("1-ア", "体育館の利用者数", "人", [90000, 96000, 108000]),
            _entry("1-イ", "教室の開催回数", "回", [50, 60, 80]),
            _entry("1-ウ", "教室の参加者数", "人", [1000, 1260, 2000]),
        ],
        "costs": {
            "2022": {"national": 6000, "general": 84000, "program_total": 90000, "personnel": 30000, "total": 120000},
            "2023": {
                "national": 8000,
                "prefectural": 4000,
                "bonds": 20000,
                "general": 68000,
                "program_total": 100000,
                "personnel": 60000,
                "total": 160000,
            },
        },
        "facts": {
            "evidence": [
                _note(1, "市内の体育館の利用者数", 81000, "人"),
                _note(2, "広域の体育館の利用者数", 27000, "人"),
                _note(3, "予算額（当初）", 104000, "千円"),
                _note(4, "予算額（補正後）", 110000, "千円"),
                _note(5, "照明改修工事の執行率", 88.4, "％"),
            ]
        },
    }
)

PAIRS = [
    # shares and sums beside other amounts
    ("一般財源は事業費の68.0％を占め、地方債の{}を大きく上回った。", "20.0％", "30.0％"),
    ("国と県の支出金は合わせて12,000千円で、事業費の{}に当たる。", "12.0％", "21.0％"),
    ("国県支出金は{}となった。", "12,000千円", "21,000千円"),
    ("国庫支出金、県支出金、地方債の3つを合わせた額は{}である。", "32,000千円", "23,000千円"),
    (
        "国庫支出金8,000千円、地方債20,000千円で、両者を合わせると28,000千円となり、事業費の{}を占める。",
        "28.0％",
        "20.0％",
    ),
    ("事業費の{}に当たる68,000千円を一般財源で賄った。", "68.0％", "42.5％"),
    ("一般財源が全体の{}と最も高い割合を占めている。", "68.0％", "86.0％"),
    ("教室の開催回数は、計画期間に入ってからの3年間の累計は{}に達した。", "190回", "210回"),
    ("（A）＋（B）　{}", "160,000千円", "106,000千円"),
    ("体育館の利用者数は3年間で294,000人となり、年平均では{}となった。", "98,000人", "89,000人"),
    # sums over years and of parts
    ("体育館の利用者数は、令和3年度から令和5年度までの3年間で延べ{}に上る。", "294,000人", "284,000人"),
    ("体育館の利用者数は直近2か年で計{}である。", "204,000人", "198,000人"),
    ("教室の開催回数は計画期間の3年間の累計で{}を数える。", "190回", "180回"),
    ("教室の開催回数は80回で、前年度と合わせた2か年の合計は{}となる。", "140回", "130回"),
    ("国庫支出金8,000千円に県支出金4,000千円を加えた{}を充てた。", "12,000千円", "14,000千円"),
    ("国庫支出金・県支出金の計は{}である。", "12,000千円", "21,000千円"),
    ("特定財源の合計は{}である。", "32,000千円", "23,000千円"),
    ("国庫支出金と一般財源の合計は76,000千円で、前年度の{}を下回った。", "90,000千円", "80,000千円"),
    # breakdowns
    ("体育館の利用者数は108,000人で、館別にみると市内が81,000人、広域が{}である。", "27,000人", "72,000人"),
    ("教室の参加者数は2,000人（男性900人、女性{}）となった。", "1,100人", "1,200人"),
    ("教室の参加者数2,000人のうち、{}が初参加であった。", "300人", "2,300人"),
    ("総コスト160,000千円の内訳は、事業費100,000千円、人件費{}である。", "60,000千円", "30,000千円"),
    # shares
    ("一般財源は事業費の{}を占めている。", "68.0％", "42.5％"),
    ("事業費に占める一般財源の割合は、前年度の93.3％から{}に低下した。", "68.0％", "86.0％"),
    ("事業費の約{}は一般財源である。", "7割", "9割"),
    ("人件費の割合は{}であった。", "37.5％", "60.0％"),
    ("財源構成は、一般財源が68.0％、地方債が{}となっている。", "20.0％", "12.5％"),
    ("体育館の利用者数のうち広域が{}を占める。", "25.0％", "52.0％"),
    ("地方債は事業費の{}に当たる20,000千円である。", "5分の1", "3分の1"),
    # averages
    ("市民1人当たりのトータルコストは{}で、前年度から増加した。", "4.0千円", "2.5千円"),
    ("市民一人あたりのコストは{}である。", "4,000円", "40,000円"),
    ("1世帯当たりの事業費は約{}となる。", "6.3千円", "7.3千円"),
    ("教室は1回当たり平均{}が参加した。", "25人", "21人"),
    ("教室を80回開催し、1回平均{}が参加した。", "25人", "52人"),
    ("体育館の利用者数は月平均{}であった。", "9,000人", "8,000人"),
    ("体育館の利用者数は3年間の平均で{}である。", "98,000人", "89,000人"),
    ("1回当たりの参加者数は25人で、前年度の{}を上回った。", "21人", "20人"),
    # execution of the budget
    ("予算現額に対する執行率は{}であった。", "90.9％", "96.2％"),
    ("当初予算に対する執行率は{}であった。", "96.2％", "90.9％"),
    ("予算の{}を執行した。", "9割以上", "8割強"),
    ("照明改修工事の執行率は{}であった。", "88.4％", "84.8％"),
    ("補正後の予算額に対する不用額は{}である。", "10,000千円", "4,000千円"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_computed_figures_right_and_wrong(text: str, right: str, wrong: str) -> None:
    checker = checker_of(SHEET)
    sound = checker.check(text.format(right), "6.1.results")
    assert "mismatch" not in [found.verdict for found in sound], [(found.text, found.message) for found in sound]
    place = text.index("{}")
    marked = [found.verdict for found in sound if (found.start or 0) <= place < (found.end or 0)]
    assert "match" in marked or "うち" in text, sound
    found = checker.check(text.format(wrong), "6.1.results")
    flagged = [f for f in found if f.verdict == "mismatch" and (f.start or 0) <= place < (f.end or 0)]
    assert flagged, [(one.text, one.verdict, one.message) for one in found]


WORDS = [
    ("市民1人当たりのトータルコストは4.0千円で、前年度の3.0千円から{}。", "増加した", "減少した"),
    ("1回当たりの参加者数は25人となり、前年度の21人を{}。", "上回った", "下回った"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), WORDS)
def test_words_about_computed_figures(text: str, right: str, wrong: str) -> None:
    checker = checker_of(SHEET)
    assert "mismatch" not in [found.verdict for found in checker.check(text.format(right), "6.1.results")]
    kinds = [f.kind for f in checker.check(text.format(wrong), "6.1.results") if f.verdict == "mismatch"]
    assert kinds == ["direction"]


@pytest.mark.parametrize(
    "text",
    [
        "3年間で計3回、意見交換会を開催した。",
        "国庫支出金などの合計は20,000千円である。",
        "窓口には月平均30件の相談が寄せられた。",
        "参加者のうち8割が女性であった。",
        "アンケートでは回答者の70.2％が満足と答えた。",
        "指導者育成事業の執行率は72.0％にとどまった。",
        "令和6年度の当初予算額は120,000千円である。",
        "研修会には120人が参加し、うち30人が市外からであった。",
        "財源の主な内訳は、一般財源68,000千円、地方債20,000千円である。",
        "利用者はおよそ3人に1人が高齢者であった。",
    ],
)
def test_what_nothing_stored_speaks_to_is_not_called_wrong(text: str) -> None:
    assert not [f.message for f in checker_of(SHEET).check(text, "6.1.results") if f.verdict == "mismatch"]


def test_the_rate_of_a_budget_that_is_not_named_is_left_open() -> None:
    found = checker_of(SHEET).check("執行率は96.2％であった。", "6.1.results")
    assert [one.verdict for one in found] == ["ambiguous"]
    assert "当初" in found[0].message
    assert "補正後" in found[0].message


def test_the_suggestion_is_the_computed_value_in_the_writers_manner() -> None:
    found = checker_of(SHEET).check("市民一人あたりの総コストは５，０００円である。", "6.1.results")
    assert [(one.verdict, one.suggestion) for one in found] == [("mismatch", "４，０００円")]
