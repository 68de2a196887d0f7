"""What a person types into the lines of the facts page."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from corpus.errors import Refused
from corpus.sheetfile import SheetFile
from corpus.typednotes import LONGEST_FIELD, MOST_LINES, read_note, read_thousands, typed_lines
from corpus.yearfacts import FactKind

MakeSheet = Callable[..., SheetFile]


def test_pasted_lines_are_entries_without_their_bullets() -> None:
    lines = typed_lines(
        "done", {"text": "・訓練を実施\r\n\r\n　◆協定を締結\n-5件の減\n", "date": "6月", "direction": "1"}
    )
    assert [line["text"] for line in lines] == ["訓練を実施", "協定を締結", "-5件の減"]
    assert {(line["date"], line["direction"]) for line in lines} == {("6月", "1")}


def test_lines_from_a_spreadsheet_fill_the_columns() -> None:
    lines = typed_lines("projects", {"name": "見守り\t1\t延べ12件\t1,200\t継続\n相談\t\t\t300", "cost": "9"})
    assert lines[0] == {"name": "見守り", "direction": "1", "result": "延べ12件", "cost": "1,200", "next_step": "継続"}
    assert (lines[1]["name"], lines[1]["cost"]) == ("相談", "300")
    assert typed_lines("done", {"text": "訓練\t6月", "direction": "2"}) == [
        {"text": "訓練", "date": "6月", "direction": "2"}
    ]


def test_only_so_many_lines_at_once() -> None:
    with pytest.raises(Refused, match=str(MOST_LINES)):
        typed_lines("done", {"text": "x\n" * (MOST_LINES + 1)})


@pytest.mark.parametrize(
    ("kind", "typed", "field", "value"),
    [
        ("done", {"text": "x", "date": "６月"}, "date", "2023-06"),
        ("done", {"text": "x", "date": "2月"}, "date", "2024-02"),
        ("planned", {"text": "x", "date": "6月"}, "date", "2024-06"),
        ("planned", {"text": "x", "date": "R5.9"}, "date", "2023-09"),
        ("projects", {"name": "x", "cost": "１２，３４０"}, "cost", Decimal(12340)),
        ("projects", {"name": "x", "cost": "1.2百万円"}, "cost", Decimal(1200)),
        ("projects", {"name": "x", "cost": "0"}, "cost", Decimal(0)),
        ("projects", {"name": "x", "cost": "―"}, "cost", None),
        ("projects", {"name": "x", "cost": ""}, "cost", None),
        ("evidence", {"what": "x", "figure": "２１件"}, "unit", "件"),
        ("evidence", {"what": "x", "figure": "12.1%"}, "unit", "％"),
        ("evidence", {"what": "x", "figure": "▲3", "unit": "人"}, "figure", Decimal(-3)),
        ("evidence", {"what": "x", "figure": "1"}, "year", 2023),
        ("evidence", {"what": "x", "figure": "1", "year": "Ｒ４"}, "year", 2022),
        ("evidence", {"what": "x", "figure": "1"}, "by", "見本 花子"),
        ("evidence", {"what": "x", "figure": "1", "by": "太郎"}, "by", "太郎"),
        ("opinions", {"text": " x ", "who": ""}, "who", None),
        ("opinions", {"text": " x "}, "text", "x"),
    ],
)
def test_fields_are_read_as_people_type_them(
    make_sheet: MakeSheet, kind: FactKind, typed: dict[str, str], field: str, value: Any
) -> None:
    assert read_note(kind, typed, make_sheet(2023), by="見本 花子")[field] == value


@pytest.mark.parametrize(
    ("kind", "typed", "named"),
    [
        ("done", {"text": ""}, "内容が空です"),
        ("done", {"text": "x", "date": "いつか"}, "時期：「いつか」"),
        ("done", {"text": "x", "date": "令和5年度"}, "時期"),
        ("projects", {"name": "x", "cost": "1 2"}, "事業費（千円）"),
        ("projects", {"name": "x", "cost": "12人"}, "事業費（千円）"),
        ("projects", {"name": "x", "cost": "99999999999億円"}, "事業費（千円）"),
        ("evidence", {"what": "x", "figure": ""}, "数値が空です"),
        ("evidence", {"what": "x", "figure": "たくさん"}, "数値"),
        ("evidence", {"what": "", "figure": "1"}, "何の数値かが空です"),
        ("evidence", {"what": "x", "figure": "1", "year": "去年"}, "年度"),
        ("done", {"text": "x", "direction": "9"}, "展開方向"),
        ("done", {"text": "x" * (LONGEST_FIELD + 1)}, "上限"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    make_sheet: MakeSheet, kind: FactKind, typed: dict[str, str], named: str
) -> None:
    with pytest.raises(Refused) as caught:
        read_note(kind, typed, make_sheet(2023))
    assert named in str(caught.value)


def test_amounts_keep_their_digits() -> None:
    assert str(read_thousands("12.50")) == "12.50"
    assert str(read_thousands("1,234,500円")) == "1234.5"
    assert str(read_thousands("5", "億円")) == "500000"
