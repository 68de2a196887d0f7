"""Figures of a note as evidence notes to be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import evidence_in, is_noted
from corpus.yearfacts import EvidenceNote


@pytest.mark.parametrize(
    ("text", "figure", "unit", "what", "year"),
    [
        ("21件の情報提供を受けた。", "21", "件", "情報提供", 2024),
        ("生ごみ処理機の購入費を１４２件補助。", "142", "件", "生ごみ処理機の購入費", 2024),
        ("多機関による支援会議は12回。", "12", "回", "多機関による支援会議", 2024),
        ("相談は延べ1,587件", "1587", "件", "相談", 2024),
        ("窓口を通年で開設し1,835件の相談を受けた。", "1835", "件", "相談", 2024),
        ("令和5年度は見守り訓練を3回実施した。", "3", "回", "見守り訓練", 2023),
        ("利用は申込みの3割。", "30", "％", "利用は申込み", 2024),
        ("工事費は3億6,804万5千円。", "368045", "千円", "工事費", 2024),
    ],
)
def test_a_figure_with_what_it_counts(text: str, figure: str, unit: str, what: str, year: int) -> None:
    found = evidence_in(text, 2024)
    assert [(one.figure, one.unit, one.what, one.year) for one in found] == [(Decimal(figure), unit, what, year)]


def test_a_figure_behind_a_clause_that_is_over_counts_what_follows() -> None:
    found = evidence_in("居場所を3校に開設し、延べ62人が利用した。", 2024)
    assert [(one.written, one.what) for one in found][-1] == ("62人", "利用")


def test_every_figure_in_order_and_labels_are_none() -> None:
    text = "第4期地域福祉計画を策定。パブリックコメントは14人から38件。様式を2枚に簡素化。"
    assert [one.written for one in evidence_in(text, 2024)] == ["14人", "38件", "2枚"]
    assert evidence_in("令和7年3月に第3期計画を策定した。", 2024) == []


def test_units_of_the_sheet_are_known() -> None:
    assert [one.unit for one in evidence_in("配布は87袋。", 2024, ("袋",))] == ["袋"]


def test_what_is_noted_already() -> None:
    one = evidence_in("21件の情報提供", 2024)[0]
    note = EvidenceNote(what="情報提供", figure=Decimal(21), unit="件", year=2024)
    assert is_noted(one, [note])
    assert not is_noted(one, [note.model_copy(update={"year": 2023})])
    assert not is_noted(one, [note.model_copy(update={"figure": Decimal(22)})])


@given(st.text(st.sampled_from("0123456789１２件人のをは、。「（）うち延べ情報\n千円万 "), max_size=40))
def test_any_text_gives_notes_that_can_be_stored(text: str) -> None:
    for one in evidence_in(text, 2024):
        assert one.what.strip()
        EvidenceNote(what=one.what, figure=one.figure, unit=one.unit, year=one.year)
