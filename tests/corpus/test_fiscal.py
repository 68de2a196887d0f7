import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fiscal import find_years, parse_year, rewrite_year, wareki, wareki_short


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2023, "令和5年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度"), (1985, "昭和60年度")],
)
def test_wareki(year: int, expected: str) -> None:
    assert wareki(year) == expected


def test_wareki_short() -> None:
    assert wareki_short(2023) == "R5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和5年度の実績", [("令和5年度", 2023, True)]),
        ("令和元年度", [("令和元年度", 2019, True)]),
        ("R5とＲ６年度", [("R5", 2023, True), ("Ｒ６年度", 2024, True)]),
        ("令和3～5年度", [("令和3", 2021, True), ("5年度", 2023, True)]),
        ("２０２３年度", [("２０２３年度", 2023, True)]),
        ("平成31年度から令和五年度", [("平成31年度", 2019, True), ("令和五年度", 2023, True)]),
        ("令和５年10月に締結", [("令和５年", 2023, False)]),
        ("2023年の改正法", [("2023年", 2023, False)]),
        ("第3次計画、3年度ぶりの第5条", [("3年度", 2021, True)]),
        ("2024(令和6)年3月", [("令和6", 2024, False)]),
        ("2024（令和6）年度", [("令和6", 2024, True)]),
        ("1,234人、12.5年", []),
        ("CSR5とPR3", []),
        ("十年度", [("十年度", 2028, True)]),
    ],
)
def test_find_years(text: str, expected: list[tuple[str, int, bool]]) -> None:
    found = find_years(text, 2023)
    assert [(mention.written, mention.year, mention.fiscal) for mention in found] == expected
    assert all(text[mention.start : mention.end] == mention.written for mention in found)


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("令和5年度", 2024, "令和6年度"),
        ("令和５年度", 2024, "令和６年度"),
        ("令和五年度", 2029, "令和十一年度"),
        ("R5", 2024, "R6"),
        ("Ｒ５年度", 2024, "Ｒ６年度"),
        ("平成30年度", 2019, "令和元年度"),
        ("2023年度", 2024, "2024年度"),
        ("２０２３年", 2024, "２０２４年"),
        ("5年度", 2024, "6年度"),
    ],
)
def test_rewrite_keeps_the_manner(written: str, year: int, expected: str) -> None:
    (mention,) = find_years(written, 2023)
    assert rewrite_year(mention, year) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023", 2023),
        ("令和5年度", 2023),
        (" R5 ", 2023),
        ("5年度", 2023),
        ("２０２３年度", 2023),
        ("来年", None),
        ("23", None),
    ],
)
def test_parse_year(text: str, year: int | None) -> None:
    assert parse_year(text) == year


@given(st.integers(1990, 2100))
def test_what_wareki_writes_is_read_back(year: int) -> None:
    assert parse_year(wareki(year)) == year


@given(st.text(max_size=200), st.integers(1990, 2100))
def test_any_text_is_read_without_error(text: str, around: int) -> None:
    for mention in find_years(text, around):
        assert text[mention.start : mention.end] == mention.written
        assert rewrite_year(mention, mention.year + 1)
