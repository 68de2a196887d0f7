"""Records, N年ぶり, ranks, grades, counts over indicators, achievement and its rate (10, 11, 13, 14, 16, 31, 32)."""

from typing import Any

import pytest

from assistant.checking import check_text
from assistant.checking.findings import Finding
from corpus.sheetfile import SheetFile


def _years(target: dict[int, float], actual: dict[int, float]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for series, values in (("target", target), ("actual", actual)):
        for year, value in values.items():
            found.setdefault(str(year), {})[series] = value
    return found


def _indicator(key: str, name: str, unit: str, better: str, values: dict[str, Any]) -> dict[str, Any]:
    direction, label = key.split("-")
    return {
        "id": key,
        "kind": "outcome",
        "direction": int(direction),
        "label": label,
        "name": name,
        "unit": unit,
        "better": better,
        "values": values,
    }


NOW = {
    "fiscal_year": 2023,
    "municipality": "みずべ市",
    "plan": {"name": "第3次基本計画", "start": 2020, "end": 2025},
    "measure": {"name": "公園と緑の充実"},
    "directions": [{"number": 1, "name": "公園の整備"}, {"number": 2, "name": "緑化の推進"}],
    "indicators": [
        _indicator(
            "1-ア",
            "公園の利用者数",
            "人",
            "higher",
            _years(
                {2020: 9000, 2021: 9500, 2022: 10000, 2023: 10500, 2025: 12000},
                {2019: 9800, 2020: 6200, 2021: 7900, 2022: 10100, 2023: 10650},
            ),
        ),
        _indicator(
            "1-イ",
            "遊具の修繕件数",
            "件",
            "lower",
            _years({2020: 40, 2021: 38, 2022: 36, 2023: 34}, {2019: 41, 2020: 44, 2021: 39, 2022: 33, 2023: 37}),
        ),
        _indicator(
            "2-ア",
            "緑に満足している市民の割合",
            "％",
            "higher",
            _years({2020: 60.0, 2021: 61.0, 2022: 62.0, 2023: 63.0}, {2019: 58.2, 2021: 61.5, 2023: 59.4}),
        ),
        _indicator(
            "2-イ",
            "緑化ボランティアの登録者数",
            "人",
            "higher",
            _years(
                {2020: 200, 2021: 210, 2022: 220, 2023: 230}, {2019: 190, 2020: 205, 2021: 204, 2022: 214, 2023: 221}
            ),
        ),
    ],
    "costs": {
        "2021": {"national": 800, "prefectural": 1200, "general": 5100},
        "2022": {"national": 900, "prefectural": 1100, "general": 5400},
        "2023": {"national": 700, "prefectural": 1500, "general": 5300},
    },
    "grades": {"achievement": "D", "trend": "B", "overall": "C"},
    "facts": {
        "evidence": [
            {"id": "evidence-1", "what": "公園の利用者数の県内順位", "figure": 4, "unit": "位", "year": 2023},
            {"id": "evidence-2", "what": "公園の利用者数の県内順位", "figure": 6, "unit": "位", "year": 2022},
        ]
    },
}
LAST = {
    "fiscal_year": 2022,
    "municipality": "みずべ市",
    "measure": {"name": "公園と緑の充実"},
    "grades": {"achievement": "B", "trend": "B", "overall": "B"},
}
SHEET, EARLIER = SheetFile.model_validate(NOW), [SheetFile.model_validate(LAST)]


def _check(text: str) -> list[Finding]:
    return check_text(text, "6.1.results", SHEET, EARLIER)


PAIRS = [
    # 13: records over the stored years, the plan's, those since a year
    ("公園の利用者数は{過去最多|過去最少}の10,650人となった。", "rank"),
    ("公園の利用者数は10,650人で、令和元年度以降{最も多い|最も少ない}。", "rank"),
    ("遊具の修繕件数が最も多かったのは{令和2年度|令和3年度}である。", "rank"),
    ("遊具の修繕件数は、計画期間で最も少なかった{令和4年度の33件|令和3年度の39件}から増えた。", "rank"),
    ("緑化ボランティアの登録者数は計画期間で{最も良い|最も悪い}結果であった。", "rank"),
    ("公園の利用者数の増加数は、令和{4年度の2,200人|3年度の1,700人}が最も多い。", "rank"),
    ("遊具の修繕件数は、令和4年度に次いで{2番目|4番目}に少ない37件であった。", "rank"),
    # 14: since when
    ("遊具の修繕件数は37件と、{3|2}年ぶりに増加した。", "rank"),
    ("遊具の修繕件数の増加は{3|4}年ぶりである。", "rank"),
    ("遊具の修繕件数は、令和{3年度以来2|2年度以来3}年ぶりの高い水準となった。", "rank"),
    # 16: among rows, and among others by a note
    ("財源を見ると、{一般財源|県支出金}が最も多い。", "rank"),
    ("財源を見ると、一般財源が最も多く、次いで{県支出金|国庫支出金}となっている。", "rank"),
    ("公園の利用者数は県内{4|6}位である。", "rank"),
    ("公園の利用者数の県内順位は、前年度の{6|5}位から4位に上がった。", "rank"),
    # 31: grades, last year's too
    ("総合評価は前年度の{B|C}からCに下がった。", "grade"),
    ("目標達成度は{Ｄ|Ｂ}、時系列比較はＢとした。", "grade"),
    ("目標達成度、時系列比較、総合評価はそれぞれ{D、B、C|D、C、C}である。", "grade"),
    ("時系列比較は「成果がどちらかと言えば{向上|低下}した」である。", "grade"),
    ("総合評価は前年度から{1段階下がった|1段階上がった}。", "grade"),
    ("時系列比較は前年度と同じ{B|C}である。", "grade"),
    # 32: how many, which, all but
    ("4つの成果指標のうち{1つ|3つ}で目標を達成した。", "achievement"),
    ("成果指標4指標中、達成は{1|2}指標、未達成は{3|2}指標であった。", "achievement"),
    ("成果指標は{4|6}指標のうち1指標で目標を達成した。", "achievement"),
    ("目標を達成したのは{公園の利用者数|緑化ボランティアの登録者数}のみである。", "achievement"),
    ("{公園の利用者数|遊具の修繕件数}以外の指標は目標を達成できなかった。", "achievement"),
    ("展開方向2では{いずれの指標も目標を達成できなかった|いずれの指標も目標を達成した}。", "achievement"),
    ("展開方向1では2指標中{1|2}指標、展開方向2では2指標中0指標が目標を達成した。", "achievement"),
    ("遊具の修繕件数、緑化ボランティアの登録者数はともに{未達成であった|目標を達成した}。", "achievement"),
    ("目標を達成した指標は{4指標中1指標|半数}にとどまった。", "achievement"),
    # 10: of which year, of which target
    ("公園の利用者数は目標を{達成した|達成することができなかった}。", "achievement"),
    ("遊具の修繕件数は、令和4年度は目標を{達成した|達成できなかった}が、令和5年度は達成できなかった。", "achievement"),
    ("公園の利用者数は、前年度に{引き続き目標を達成した|引き続き目標を達成できなかった}。", "achievement"),
    ("公園の利用者数は、令和7年度の目標を{達成していない|既に達成している}。", "achievement"),
    # 11: of the year's target, of the last one, said once for two
    ("公園の利用者数の目標達成率は{101.4|110.4}％である。", "ratio"),
    ("公園の利用者数は、最終目標の12,000人に対する進捗率が{88.8|98.8}％である。", "ratio"),
    ("公園の利用者数と緑化ボランティアの登録者数の達成率は、それぞれ101.4％、{96.1|69.1}％である。", "ratio"),
    ("緑化ボランティアの登録者数の達成率は96.1％で、前年度の{97.3|93.7}％を下回った。", "ratio"),
]


def _sides(text: str) -> tuple[str, str]:
    right = wrong = ""
    for number, part in enumerate(text.replace("}", "{").split("{")):
        first, _, second = part.partition("|")
        right += first
        wrong += second if number % 2 else part
    return right, wrong


@pytest.mark.parametrize(("text", "kind"), PAIRS)
def test_the_right_side_matches(text: str, kind: str) -> None:
    found = _check(_sides(text)[0])
    assert not [(one.text, one.verdict, one.message) for one in found if one.verdict in ("mismatch", "ambiguous")]
    assert [one for one in found if one.kind == kind and one.verdict == "match"], found


@pytest.mark.parametrize(("text", "kind"), PAIRS)
def test_the_wrong_side_is_found(text: str, kind: str) -> None:
    found = _check(_sides(text)[1])
    wrong = [one for one in found if one.verdict == "mismatch"]
    assert kind in [one.kind for one in wrong], [(one.text, one.verdict, one.message) for one in found]


OPEN = [
    # the records do not go back so far, or do not tell
    "緑化ボランティアの登録者数は8年ぶりの高い水準となった。",
    "公園の利用者数は昭和60年以来最多となった。",
    "一般財源は、令和元年度以降で2番目に多い。",
    # other cities, without a note
    "緑化ボランティアの登録者数は県内で最も多い。",
    "緑に満足している市民の割合は全国3位である。",
    # two formulas are usual for a value that is to be low
    "遊具の修繕件数の目標達成率は91.9％である。",
    "遊具の修繕件数の目標達成率は108.8％である。",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_cannot_be_told_is_not_judged(text: str) -> None:
    verdicts = {one.verdict for one in _check(text)}
    assert verdicts
    assert verdicts <= {"unsupported", "ambiguous"}


QUIET = [
    "来年度は全ての指標で目標を達成できるよう取り組む。",
    "過去最多の利用者数を目指す。",
    "総合評価がAとなるよう取り組む。",
    "評価はAからEまでの5段階である。",
    "3年ぶりに開催した緑の祭典には多くの市民が参加した。",
    "最大の課題は担い手の確保である。優先順位1位の事業として取り組む。",
    "最も多い意見は、日陰が少ないというものであった。",
    "基本計画全体では、120指標のうち80指標で目標を達成した。",
    "全ての指標で目標を達成したわけではない。",
]


@pytest.mark.parametrize("text", QUIET)
def test_plans_labels_and_others_are_not_contradicted(text: str) -> None:
    assert not [one.message for one in _check(text) if one.verdict in ("mismatch", "ambiguous")]


def test_a_count_can_be_put_right() -> None:
    (wrong,) = [one for one in _check("４つの成果指標のうち３つで目標を達成した。") if one.verdict == "mismatch"]
    assert (wrong.text, wrong.expected, wrong.suggestion) == ("３つ", 1, "１つ")
    assert "公園の利用者数" in wrong.message


def test_years_back_can_be_put_right() -> None:
    (wrong,) = [one for one in _check("遊具の修繕件数は２年ぶりに増加した。") if one.verdict == "mismatch"]
    assert (wrong.indicator, wrong.year, wrong.suggestion) == ("1-イ", 2023, "３年ぶりに増加")


def test_a_grade_of_last_year_is_that_of_its_sheet() -> None:
    before, now = [one for one in _check("総合評価は前年度のＡからＣとなった。") if one.kind == "grade"]
    assert (before.verdict, before.year, before.expected, before.suggestion) == ("mismatch", 2022, "B", "Ｂ")
    assert (now.verdict, now.year) == ("match", 2023)
