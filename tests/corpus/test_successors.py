"""Proposals of what continues what: the signs that count, and those that speak against it."""

from decimal import Decimal
from typing import Any

import pytest

from corpus.lineage import Match
from corpus.sheetfile import SheetFile
from corpus.successors import likeness, plan_changed, propose_division, propose_indicators


def sheet(year: int, *entries: tuple[str, str, str, dict[int, float]], **more: Any) -> SheetFile:
    indicators = [
        {
            "id": key,
            "kind": "outcome",
            "direction": 1,
            "name": name,
            "unit": unit,
            "values": {str(at): {"actual": value} for at, value in actuals.items()},
        }
        for key, name, unit, actuals in entries
    ]
    return SheetFile.model_validate(
        {"fiscal_year": year, "measure": {"name": "見本"}, "indicators": indicators, **more}
    )


VALUES = {2019: 9, 2020: 10, 2021: 12}
OLD = ("1-ア", "マニュアルを整備した避難所の数", "か所", VALUES)


@pytest.mark.parametrize(
    ("new", "proposed"),
    [
        pytest.param(("1-ア", "協議会とマニュアルのある避難所数", "か所", VALUES), True, id="equal past values"),
        pytest.param(("1-ウ", "協議会とマニュアルのある避難所数", "か所", VALUES), True, id="another id"),
        pytest.param(("1-ウ", "マニュアルを整備した避難所の数", "か所", {}), True, id="only the id changed"),
        pytest.param(("1-ア", "マニュアル整備避難所の数", "か所", {}), True, id="alike names in one place"),
        pytest.param(("1-ア", "自主防災組織の組織率", "か所", VALUES), False, id="equal values by chance"),
        pytest.param(("1-ア", "マニュアルを整備した避難所の割合", "％", {}), False, id="another unit"),
        pytest.param(("1-ア", "マニュアルのある避難所の数", "か所", {2020: 1, 2021: 2}), False, id="another past"),
        pytest.param(("1-ア", "自主防災組織の数", "か所", {}), False, id="another thing in the same place"),
        pytest.param(OLD, False, id="nothing changed"),
    ],
)
def test_an_indicator_is_proposed_by_its_signs(new: tuple[str, str, str, dict[int, float]], proposed: bool) -> None:
    found = propose_indicators(sheet(2022, new), sheet(2021, OLD), ())
    assert [(entry.key, entry.earlier_key) for entry in found] == ([(new[0], "1-ア")] if proposed else [])


def test_each_is_proposed_once_and_the_best_pair_wins() -> None:
    before = sheet(2021, OLD, ("1-イ", "マニュアルを整備した学校の数", "か所", {2020: 3, 2021: 4}))
    after = sheet(
        2022,
        ("1-ア", "マニュアルを整備した学校数", "か所", {2020: 3, 2021: 4}),
        ("1-イ", "マニュアルを整備した避難所数", "か所", VALUES),
    )
    found = {entry.key: entry.earlier_key for entry in propose_indicators(after, before, ())}
    assert found == {"1-ア": "1-イ", "1-イ": "1-ア"}


def test_what_a_person_said_is_not_asked_again() -> None:
    after = sheet(2022, ("1-ア", "協議会とマニュアルのある避難所数", "か所", VALUES))
    assert propose_indicators(after, sheet(2021, OLD), [Match("1-ア", None, False)]) == []


@pytest.mark.parametrize(
    ("now", "before", "known", "in_use", "proposed"),
    [
        ("こども未来課", "子育て支援課", (), (), True),
        ("こども未来課", "こども　未来課", (), (), False),
        ("こども未来課", None, (), (), False),
        (None, "子育て支援課", (), (), False),
        ("こども未来課", "子育て支援課", ("子育て支援課",), (), False),
        ("こども未来課", "子育て支援課", (), ("子育て支援課",), False),
    ],
)
def test_a_division_is_proposed_when_its_name_is_gone(
    now: str | None, before: str | None, known: tuple[str, ...], in_use: tuple[str, ...], proposed: bool
) -> None:
    found = propose_division(sheet(2022, lead_division=now), sheet(2021, lead_division=before), known, in_use)
    assert (found is not None) is proposed


@pytest.mark.parametrize(
    ("now", "before", "changed"),
    [
        ({"name": "第3次", "start": 2028}, {"name": "第2次", "start": 2020}, True),
        ({"name": "第2次基本計画", "start": 2020}, {"name": "第２次基本計画", "start": 2020}, False),
        ({"name": "第3次"}, {"name": "第2次"}, True),
        ({"name": "第3次"}, {"start": 2020}, False),
        (None, {"name": "第2次"}, False),
    ],
)
def test_a_plan_has_changed_only_where_both_sheets_say_so(now: Any, before: Any, changed: bool) -> None:
    assert plan_changed(sheet(2028, plan=now), sheet(2027, plan=before)) is changed


@pytest.mark.parametrize(
    ("first", "second", "alike"), [("ＡＢ Ｃ", "ABC", 1), ("あ", "い", 0), ("あいう", "あいえ", "0.5")]
)
def test_names_are_alike_by_their_letter_pairs(first: str, second: str, alike: Any) -> None:
    assert likeness(first, second) == Decimal(alike)
