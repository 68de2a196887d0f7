"""Relations, rates, counts and grades as other people word them (9 to 12, 30 to 32): right and wrong side by side."""

import pytest

from assistant.checking import check_text
from corpus.sheetfile import SheetFile


def _row(
    id_: str, name: str, unit: str, better: str, actual: dict[int, float], target: float, baseline: float
) -> dict[str, object]:
    values: dict[str, dict[str, float]] = {str(year): {"actual": value} for year, value in actual.items()}
    values["2023"] |= {"target": target, "baseline": baseline}
    direction, label = id_.split("-")
    return {
        "id": id_, "kind": "outcome", "direction": int(direction), "label": label, "name": name, "unit": unit,
        "better": better, "decimals": 1 if unit == "％" else 0, "values": values,
    }  # fmt: skip


SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "municipality": "みずほ市",
        "plan": {"start": 2020, "end": 2027},
        "measure": {"name": "森と水辺の保全"},
        "directions": [{"number": 1, "name": "森づくり"}, {"number": 2, "name": "水辺づくり"}],
        "grades": {"achievement": "C", "trend": "B", "overall": "B"},
        "indicators": [
            _row("1-ア", "間伐の実施面積", "ha", "higher", {2019: 98, 2020: 71, 2021: 80, 2022: 88, 2023: 93}, 100, 75),
            _row(
                "1-イ", "市内の森に親しんでいる市民の割合", "％", "higher",
                {2019: 40.2, 2020: 35.6, 2021: 37.0, 2022: 39.9, 2023: 42.3}, 42.0, 38.0,
            ),
            _row("2-ア", "河川への不法投棄件数", "件", "lower", {2019: 60, 2020: 71, 2021: 64, 2022: 51, 2023: 55}, 50, 66),
        ],
    }
)  # fmt: skip

PAIRS = [
    ("間伐の実施面積は93haで、目標には達せず、担い手の確保が必要である。", "市内の森に親しんでいる市民の割合は目標に達せず、周知が必要である。"),
    ("間伐の実施面積は93haに伸びたが、目標には遠く及んでいない。", "市内の森に親しんでいる市民の割合は目標には遠く及んでいない。"),
    ("間伐の実施面積は目標に到達していない。", "間伐の実施面積は目標に到達した。"),
    ("河川への不法投棄件数は55件で、成り行き値の66件は下回っている。", "河川への不法投棄件数は55件で、成り行き値の66件は上回っている。"),
    ("河川への不法投棄件数は、目標の50件以下に抑えることはできなかった。", "河川への不法投棄件数は、目標の50件以下に抑えることができた。"),
    ("河川への不法投棄件数は前年度の51件も上回った。", "河川への不法投棄件数は前年度の51件は下回った。"),
    ("河川への不法投棄件数は、令和3年度の64件よりは少ない。", "河川への不法投棄件数は、令和4年度の51件よりは少ない。"),
    ("間伐の実施面積は令和元年度の水準には戻っていない。", "間伐の実施面積は令和元年度の水準に戻った。"),
    ("間伐の実施面積は、計画策定時の98haには届かない。", "間伐の実施面積は、計画策定時の98haに届いた。"),
    ("間伐の実施面積は3年連続の増加です。", "河川への不法投棄件数は2年連続の増加です。"),
    ("間伐の実施面積は93haに増加し、今後も増加が見込まれる。", "間伐の実施面積は93haに減少し、今後も減少が見込まれる。"),
    ("市内の森に親しんでいる市民の割合は42.3％と最も高い値を示した。", "間伐の実施面積は93haと最も高い値を示した。"),
    ("目標に対する達成率を見ますと、間伐の実施面積は93.0％である。", "目標に対する達成率を見ますと、間伐の実施面積は97.0％である。"),
    ("市内の森に親しんでいる市民の割合（42.3％）は目標を達成した。", "市内の森に親しんでいる市民の割合（42.3％）は目標を達成できなかった。"),
    ("間伐の実施面積と河川への不法投棄件数は、いずれも目標に届いていません。", "間伐の実施面積と河川への不法投棄件数は、いずれも目標に届いています。"),
    ("未達成の指標は2つある。", "未達成の指標は3つある。"),
    ("時系列比較はB、目標達成度はCである。", "時系列比較はA、目標達成度はCである。"),
    ("目標達成度は、3指標のうち達成が1指標にとどまったことからCとした。", "目標達成度は、3指標のうち達成が1指標にとどまったことからEとした。"),
    ("総合評価はB（前年度C）とする。", "総合評価はD（前年度C）とする。"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_right_is_left_and_wrong_is_found(right: str, wrong: str) -> None:
    assert "match" in _verdicts(right)
    assert not _verdicts(right) & {"mismatch", "ambiguous"}
    assert "mismatch" in _verdicts(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "目標達成度はCにとどまるが、間伐の実施面積が前年度から向上し、時系列比較はBとした。",
        "目標達成度はDからCに上がった。",
        "河川への不法投棄件数は、令和7年度には40件まで減らす計画です。",
        "参加者アンケートで満足と答えた人の割合（91.5％）は高い水準にある。",
    ],
)
def test_what_is_not_stored_or_of_another_is_not_called_wrong(text: str) -> None:
    assert "mismatch" not in _verdicts(text)


def _verdicts(text: str) -> set[str]:
    return {found.verdict for found in check_text(text, "6.1.results", SHEET)}
