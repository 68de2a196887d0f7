"""A division's own manner, read off its texts."""

import pytest

from assistant.drafting.manner import POLITE_ENDINGS, Manner, manner_of
from corpus.sheetfile import SheetFile


def last_year(**sections: str) -> SheetFile:
    keys = {"results": "6.1.results", "issues": "6.1.issues"}
    texts = {keys[name]: text for name, text in sections.items()}
    return SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "見本の施策"}, "sections": texts})


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("・相談会を12回開催した。\n・訪問した。", Manner("・")),
        ("◆相談会を１２回開催した。\n◆訪問した。", Manner("◆", wide=True)),
        ("〇令和６年度に12回開催した。", Manner("〇", wide_single=True)),
        ("相談会を開催しました。訪問を行いました。", Manner("", polite=True)),
        ("①展開方向１「見本」\n・相談会を5回開催した。", Manner("・")),
    ],
)
def test_the_manner_of_a_section(text: str, manner: Manner) -> None:
    assert manner_of(last_year(results=text), "6.1.results") == manner


def test_a_section_without_text_follows_the_others() -> None:
    assert manner_of(last_year(issues="◆課題は３つあります。"), "6.1.results") == Manner(
        "◆", wide=False, wide_single=True, polite=True
    )
    assert manner_of(None, "6.1.results") == Manner()


@pytest.mark.parametrize(
    ("manner", "written"),
    [
        (Manner(), "令和6年度は12.1％（1,234人）"),
        (Manner(wide=True), "令和6年度は１２．１％（１，２３４人）"),
        (Manner(wide_single=True), "令和６年度は12.1％（1,234人）"),
        (Manner(wide=True, wide_single=True), "令和６年度は１２．１％（１，２３４人）"),
    ],
)
def test_digits_change_their_width_and_nothing_else(manner: Manner, written: str) -> None:
    assert manner.digits("令和6年度は12.1％（1,234人）") == written


@pytest.mark.parametrize("plain", POLITE_ENDINGS)
def test_every_ending_has_its_polite_form(plain: str) -> None:
    assert Manner().ending(plain) == plain + "。"
    assert Manner(polite=True).ending(plain).endswith(("ます。", "です。", "ました。", "でした。", "ません。"))
