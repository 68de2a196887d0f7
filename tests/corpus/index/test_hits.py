"""Which sentences are variants of one another."""

import pytest

from corpus.index.hits import variant_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("自治会数は126団体である。", "自治会数は125団体である。"),
        ("令和4年度に改修する。", "令和５年度に改修する。"),
        ("令和元年度から実施している。", "令和2年度から実施している。"),
        ("参加者は1,234人（12.5％）であった。", "参加者は98人（3％）であった。"),
        ("事業費は1億2,000万円となった。", "事業費は980万円となった。"),
        ("相談は 15 件であった。", "相談は15件であった。"),
    ],
)
def test_figures_and_years_make_a_variant(one: str, other: str) -> None:
    assert variant_key(one) == variant_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("相談は15件に増えた。", "相談は12件に減った。"),
        ("東地区で3回開催した。", "西地区で3回開催した。"),
        ("元気な高齢者が5人いる。", "5気な高齢者が5人いる。"),
        ("一時的に減少した。", "二時的に減少した。"),
    ],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert variant_key(one) != variant_key(other)
