"""What a value or change is of where year, base or subject are told in passing (claims.md 1 to 6, 25 to 28)."""

import pytest

from tests.checking.telling import assert_all_match, assert_one_wrong

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


@pytest.mark.parametrize(("sheet", "text"), _RIGHT)
def test_nothing_true_is_called_wrong(sheet: str, text: str) -> None:
    assert_all_match(sheet, text)


@pytest.mark.parametrize(("sheet", "text", "slice_"), _WRONG)
def test_what_is_wrong_is_found(sheet: str, text: str, slice_: str) -> None:
    assert_one_wrong(sheet, text, slice_)
