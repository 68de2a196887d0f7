from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnusableInput
from corpus.importers.json import read_json, read_json_lines
from corpus.sheetfile import SheetFile

SMALL = '{"format": "shisaku-sheet/1", "fiscal_year": 2023, "measure": {"name": "福祉"}'


def test_figures_keep_their_digits() -> None:
    text = (
        SMALL
        + ', "indicators": [{"id": "1-ア", "kind": "outcome", "name": "率", "values": {"2023": {"target": 56.50}}}]}'
    )
    sheet = read_json(text).sheet
    assert str(sheet.indicators[0].value(2023, "target")) == "56.50"
    assert '"target": 56.50' in sheet.to_json()


def test_absent_and_null_say_the_same_but_zero_does_not() -> None:
    absent = read_json(SMALL + "}").sheet
    null = read_json(SMALL + ', "costs": {"2023": {"total": null}}, "policy": null, "sections": {"5.1": null}}').sheet
    zero = read_json(SMALL + ', "costs": {"2023": {"total": 0}}}').sheet
    assert absent.canonical() == null.canonical()
    assert absent.canonical() != zero.canonical()


@pytest.mark.parametrize(
    "nothing",
    [
        '"values": null, "achieved": null, "improved": null',
        '"values": {"2023": null}, "achieved": {"2023": null}',
        '"values": {"2023": {"actual": null}}, "improved": {}',
    ],
)
def test_null_is_absent_in_indicators_and_costs_too(nothing: str) -> None:
    indicator = '{"id": "1-ア", "kind": "outcome", "name": "率"'
    said = read_json(SMALL + f', "indicators": [{indicator}, {nothing}}}], "costs": {{"2023": null}}}}').sheet
    unsaid = read_json(SMALL + f', "indicators": [{indicator}}}]}}').sheet
    assert said.canonical() == unsaid.canonical()
    assert read_json(said.to_json()).sheet.to_json() == said.to_json()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ["JSON"]),
        (SMALL, ["JSON", "1行目"]),
        ("[1, 2]", ["シートファイルではありません"]),
        ('{"fiscal_year": 2023}', ["format"]),
        ('{"format": "shisaku-sheet/9"}', ["shisaku-sheet/9", "shisaku-sheet/1"]),
        ('{"format": "shisaku-sheet/1", "fiscal_year": 2023}', ["基本施策", "必要な項目"]),
        ('{"format": "shisaku-sheet/1", "fiscal_year": "2023", "measure": {"name": "x"}}', ["評価年度", "2023"]),
        (
            SMALL + ', "costs": {"2023": {"general": "316118"}}}',
            ["施策コスト 令和5年度 一般財源", "数値ではありません"],
        ),
        (SMALL + ', "costs": {"R5": {}}}', ["施策コスト", "年度ではありません"]),
        (SMALL + ', "costs": {"2023": {"total": true}}}', ["トータルコスト", "数値ではありません"]),
        (SMALL + ', "costs": {"2023": {"total": NaN}}}', ["トータルコスト", "NaN"]),
        (SMALL + ', "costs": {"2023": {"total": -Infinity}}}', ["トータルコスト", "Infinity"]),
        (SMALL + ', "costs": {"2023": {"total": ' + "9" * 5000 + "}}}", ["トータルコスト", "範囲"]),
        (SMALL + ', "costs": {"2023": {"total": 1e999999999}}}', ["数値"]),
        (SMALL.replace('"福祉"', '""') + "}", ["基本施策名", "空にできません"]),
        (SMALL + ', "costs": {"2023": {"total": false}}}', ["トータルコスト", "false"]),
        (SMALL + ', "sections": {"9.9": "x"}}', ["9.9"]),
        (SMALL + ', "sections": {"5.1": 3}}', ["5(1)", "文字ではありません"]),
        (SMALL + ', "sections": {"5.1": "\\u0000"}}', ["5(1)", "制御文字"]),
        (SMALL + ', "sections": {"5.1": "\\ud800"}}', ["5(1)", "制御文字"]),
        (SMALL + ', "polcy": "x"}', ["polcy", "知らない項目"]),
        (SMALL + ', "related_divisions": ["課", null]}', ["主な関係課 2番目", "null"]),
        (SMALL + ', "indicators": [{"id": "a", "kind": "outcome", "name": "x", "values": []}]}', ["指標 a 数値", "組"]),
        (SMALL + ', "costs": {"2023": 0}}', ["施策コスト 令和5年度", "組"]),
        (SMALL + ', "grades": {"overall": "F"}}', ["総合評価", "A、B、C、D、E か null"]),
        (
            SMALL
            + ', "indicators": [{"id": "1-ア", "kind": "outcome", "name": "率", "values": {"2023": {"actual": "12"}}}]}',
            ["1-ア", "令和5年度", "実績値", "数値ではありません"],
        ),
        (
            SMALL
            + ', "indicators": [{"id": "a", "kind": "outcome", "name": "x"}, {"id": "a", "kind": "outcome", "name": "y"}]}',
            ["a", "重なっています"],
        ),
        (SMALL + ', "measure": {"name": "y"}}', ["measure", "2回"]),
        ("[" * 100_000, ["入れ子"]),
    ],
)
def test_errors_name_the_field(text: str, named: list[str]) -> None:
    with pytest.raises(UnusableInput) as caught:
        read_json(text)
    for words in named:
        assert words in str(caught.value)


def test_a_shown_value_stays_on_its_line() -> None:
    with pytest.raises(UnusableInput) as caught:
        read_json(SMALL + ', "policy": "a\\u001b[31mb", "grades": {"overall": "A\\nB"}}')
    assert "A B" in str(caught.value)
    assert not {"\x1b", "\n"} & set(str(caught.value))


def test_a_broken_line_leaves_the_others() -> None:
    good = SMALL + "}"
    results = list(read_json_lines(f"{good}\n\n{good[:20]}\n{good}"))
    assert [line for line, _ in results] == [1, 3, 4]
    assert isinstance(results[1][1], UnusableInput)


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    years = st.integers(2015, 2030)
    values = st.dictionaries(
        years,
        st.fixed_dictionaries({}, optional={"target": st.none() | numbers, "actual": st.none() | numbers}),
        max_size=4,
    )
    indicators = [
        {"id": f"1-{number}", "kind": "outcome", "name": name or "x", "values": draw(values)}
        for number, name in enumerate(draw(st.lists(texts, max_size=3)))
    ]
    return {
        "fiscal_year": draw(years),
        "measure": {"name": draw(texts) or "x"},
        "policy": draw(st.none() | texts),
        "indicators": indicators,
        "costs": draw(st.dictionaries(years, st.fixed_dictionaries({"total": st.none() | numbers}), max_size=3)),
        "sections": draw(st.dictionaries(st.sampled_from(["4.3", "5.1", "7.2"]), texts, max_size=3)),
    }


@given(sheets())
def test_json_round_trip(content: dict[str, Any]) -> None:
    sheet = SheetFile.model_validate(content)
    again = read_json(sheet.to_json()).sheet
    assert again.canonical() == sheet.canonical()


def test_series_leaves_out_years_without_value(make_sheet: Any) -> None:
    indicator = make_sheet().indicator("1-ア")
    assert indicator.series("actual") == {2021: Decimal("14.8"), 2023: Decimal("12.1")}
