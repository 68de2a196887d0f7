"""What a value or change is of where year, base or subject are told in passing (claims.md 1 to 6, 25 to 28)."""

import pytest

from tests.checking.labelled import checker

_RIGHT = (
    ("61", "公共交通に満足している市民の割合は40.9％で、前回調査（令和3年度 39.7％）からは1.2ポイント上昇した。"),
    ("61", "人口は令和2年の84,312人が令和5年には83,690人になり、622人（0.7％）減った。"),
    ("61", "市道の実延長は令和2年の411.6kmから1.6km延びた。この間、人口は622人減少している。"),
    ("61", "自転車通行空間は、当初の6.2kmから12.6kmへと倍増しました。"),
    ("61", "国庫支出金が対前年度で104,650千円減った一方、一般財源は27,460千円の増（548,930千円）である。"),
    ("41", "防災訓練参加者数は5,930人にとどまり、目標の7,300人には1,370人及びません。"),
    (
        "41",
        "火災件数は令和2年度の34件から27件に減り、マニュアルを整備した避難所も同年度の10か所から2.2倍の22か所に増えた。",
    ),
    ("41", "一般財源は、地方債の活用により10,810千円の増となった。"),
)
_WRONG = (
    ("61", "人口は令和2年の84,312人が令和5年には83,690人になり、152人減った。", "152人"),
    ("61", "橋りょう数は令和2年の168橋から1橋増えた。この間、人口は152人減少している。", "152人"),
    ("61", "自転車通行空間は、当初の8.1kmから12.6kmへと増えました。", "8.1km"),
    ("41", "防災訓練参加者数は5,930人にとどまり、目標の7,300人には1,470人及びません。", "1,470人"),
)


def _findings(sheet: str, text: str) -> list[tuple[str, str]]:
    found = checker(f"sample-{sheet}-2023").check(text, "6.1.results")
    return [(one.verdict, one.text) for one in found]


@pytest.mark.parametrize(("sheet", "text"), _RIGHT)
def test_nothing_true_is_called_wrong(sheet: str, text: str) -> None:
    found = _findings(sheet, text)
    assert found
    assert not [one for one in found if one[0] != "match"]


@pytest.mark.parametrize(("sheet", "text", "slice_"), _WRONG)
def test_what_is_wrong_is_found(sheet: str, text: str, slice_: str) -> None:
    wrong = [said for verdict, said in _findings(sheet, text) if verdict == "mismatch"]
    assert len(wrong) == 1
    assert wrong[0].startswith(slice_)
