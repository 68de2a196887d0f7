"""Pieces of own sentences become text whose figures know their cells."""

import pytest

from assistant.drafting.manner import Manner
from assistant.drafting.results import result
from assistant.drafting.statements import in_groups, names, written
from tests.standing import stand


def test_every_figure_knows_its_cells_and_its_place() -> None:
    first, second = result(stand(13.2, 16.5, 12.1), Manner())
    sentence = written(first.pieces, Manner(wide=True), mark="・")

    placed = {(sentence.text[o.start : o.end], o.year, o.series) for o in sentence.origins}
    assert placed == {
        ("１３．２％", 2024, "actual"),
        ("１２．１％", 2022, "actual"),
        ("１．１ポイント", 2024, "actual"),
        ("１．１ポイント", 2022, "actual"),
    }
    assert {(o.year, o.series) for o in written(second.pieces, Manner()).origins} == {
        (2024, "target"),
        (2024, "actual"),
    }


def test_names_are_listed_as_official_texts_do() -> None:
    found = [stand(1, name=name) for name in ("甲", "乙", "「丙」の割合")]
    assert names(found) == "「甲」、「乙」及び『「丙」の割合』"
    assert names(found[:1]) == "「甲」"


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (7, [2, 3, 2])])
def test_groups_are_even(count: int, sizes: list[int]) -> None:
    assert [len(group) for group in in_groups(list(range(count)))] == sizes
