"""Figures as people type and paste them, read in one way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import Refused
from corpus.typedfigures import read_typed, says_not_surveyed

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
IME = str.maketrans(".,", "。、")


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("12.1", "12.1", ""),
        ("12.10", "12.10", ""),
        ("１２，３４５", "12345", ""),
        ("12.1％", "12.1", "％"),
        ("12.1 %", "12.1", "%"),
        ("１２３４千円", "1234", "千円"),
        ("1,234 千円", "1234", "千円"),
        ("▲1.2", "-1.2", ""),
        ("△ 1,234", "-1234", ""),
        ("−5", "-5", ""),
        ("ー１２", "-12", ""),
        ("+3", "3", ""),
        ("12。1", "12.1", ""),
        ("76、182人", "76182", "人"),
        ("76,\n182", "76182", ""),
        (" 12\u3000", "12", ""),
        ("¥1,234", "1234", "円"),
        (".5", "0.5", ""),
        ("0", "0", ""),
    ],
)
def test_a_figure_is_read_with_its_unit(written: str, value: str, unit: str) -> None:
    figure = read_typed(written)
    assert (str(figure.value), figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "数値として読めません"),
        ("たくさん", "数値として読めません"),
        ("12-15", "数値として読めません"),
        ("12.1.3", "数値として読めません"),
        ("①12", "数値として読めません"),
        ("9" * 16, "数値として読めません"),
        ("0.1234567891", "数値として読めません"),
        ("1,23", "カンマの位置"),
        ("12,1", "カンマの位置"),
        ("45 63", "別々の数値"),
        ("12.1\n13.4", "別々の数値"),
        ("(1,234)", "マイナスか内数か"),
        ("（1,234）", "マイナスか内数か"),
        ("#DIV/0!", "計算エラー"),
        ("#####", "列の幅"),
        ("1.2E+05", "桁が略された"),
        ("集計中", "空のまま"),
        ("未定", "空のまま"),
        ("5" + "あ" * 100, "数値として読めません"),
    ],
)
def test_what_could_become_a_wrong_figure_is_refused(written: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_typed(written)


@pytest.mark.parametrize(
    "written", ["-", "－", "―", "—", "ー", "−", " ― ", "--", "未実施", "未 調 査", "調査なし", "…", "対象外"]
)
def test_not_surveyed_is_said_in_many_ways(written: str) -> None:
    assert says_not_surveyed(written)


@pytest.mark.parametrize("written", ["", "0", "-1", "集計中", "なし"])
def test_other_words_do_not_say_not_surveyed(written: str) -> None:
    assert not says_not_surveyed(written)


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2),
    commas=st.booleans(),
    widths=st.sampled_from([None, WIDE, IME]),
    sign=st.sampled_from(["▲", "△", "-", "−", "－", "▲ "]),
    around=st.sampled_from(["", " ", "\u3000", "\n"]),
)
def test_a_figure_in_any_of_the_accepted_ways_reads_back(
    value: Decimal, commas: bool, widths: dict[int, str] | None, sign: str, around: str
) -> None:
    written = f"{abs(value):,}" if commas else f"{abs(value):f}"
    written = written.translate(widths) if widths else written
    assert read_typed(around + (sign if value < 0 else "") + written + around).value == value


@given(st.text(alphabet="0123456789,.％▲ 千円一人-()#E\n０１，．", max_size=14))
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        figure = read_typed(written)
    except Refused:
        return
    assert figure.value.is_finite()
