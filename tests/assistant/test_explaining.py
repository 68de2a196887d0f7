"""What sentences rest on, which sentence a question is about, and where a missing thing is entered."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.drafting.draft import Draft, DraftSentence, Origin
from assistant.explaining import Gap, asked_about, gaps, reasons
from corpus import messages
from corpus.sheetfile import SheetFile

MakeSheet = Callable[..., SheetFile]
FIGURE = Origin("figure", 1, 6, indicator="1-ア", year=2023, series="actual", value=Decimal("12.1"))
TEXT = Origin(
    "last_year", measure="地域福祉の推進", fiscal_year=2022, section="6.1.results", text="見守り訓練を実施した。"
)
FORM = Origin("form")


def sentence(text: str, *origins: Origin, heading: bool = False, new_line: bool = True) -> DraftSentence:
    return DraftSentence(text, heading, 1, origins or (FORM,), new_line)


DRAFT = Draft(
    "6.1.results",
    None,
    2023,
    (
        sentence("①展開方向１", heading=True),
        sentence("・割合は12.1％で、令和4年度を上回った。", FIGURE),
        sentence("目標値16.0％には届かなかった。", FIGURE, new_line=False),
        sentence("・見守り訓練を実施した。", TEXT),
        sentence("【要確認：続けるか】"),
        sentence("・【要記入：要因】"),
    ),
)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("この文の根拠は？", (1, 2, 3, 4, 5)),
        ("1つ目の根拠は", (1, 2)),
        ("２つ目の文の根拠は？", (3,)),
        ("二番目はどこから", (3,)),
        ("最後の文の根拠", (5,)),
        ("7つ目の根拠は", ()),
        ("12.1％はどこから？", (1,)),
        ("１２．１％の根拠", (1,)),
        ("16.0％の出典は", (2,)),
        ("2.1％はどこから", ()),
        ("「見守り訓練」はどこから", (3,)),
        ("この一文の根拠は？", (1, 2, 3, 4, 5)),
        ("5(4)の根拠は？", (1, 2, 3, 4, 5)),
        ("一番最後の文の根拠は？", (5,)),
        ("一番最初の文はどこから", (1, 2)),
    ],
)
def test_a_question_finds_its_sentences(question: str, places: tuple[int, ...]) -> None:
    assert asked_about(question, DRAFT) == places


def test_without_marks_the_sentences_are_counted() -> None:
    prose = Draft("6.1.results", None, 2023, (sentence("一文目。"), sentence("二文目。", new_line=False)))
    assert asked_about("2つ目の根拠は", prose) == (1,)


@pytest.mark.parametrize(
    ("text", "section", "gap"),
    [
        (
            "【要記入：「福祉活動に取り組んでいる市民の割合」の令和5年度の実績値】",
            "6.1.results",
            Gap(
                "「福祉活動に取り組んでいる市民の割合」の令和5年度の実績値",
                "figures",
                "1-ア",
                2023,
                "actual",
            ),
        ),
        ("【要記入：令和5年度の取組状況】", "5.4.done", Gap("令和5年度の取組状況", "facts", kind="done", direction=1)),
        (
            "【要記入：令和6年度の取組予定】",
            "5.4.plan",
            Gap("令和6年度の取組予定", "facts", kind="planned", direction=1),
        ),
        (
            "【要記入：令和5年度に寄せられた意見・要望】",
            "5.2",
            Gap("令和5年度に寄せられた意見・要望", "facts", kind="opinions", direction=1),
        ),
        (
            "【要記入：令和5年度時点の他自治体の動き】",
            "5.3",
            Gap("令和5年度時点の他自治体の動き", "facts", kind="other_cities", direction=1),
        ),
        ("その要因として【要記入：要因】が考えられる。", "4.3", Gap("要因", "text")),
        ("うち【要記入】件が救急搬送につながった。", "6.1.results", Gap(messages.UNNAMED_GAP, "text")),
    ],
)
def test_a_place_to_fill_in_says_where_that_is_entered(
    make_sheet: MakeSheet, text: str, section: str, gap: Gap
) -> None:
    assert gaps(sentence(text), section, make_sheet(2023)) == (gap,)


def test_reasons_name_values_texts_and_what_is_missing(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(2023)
    told = reasons(sentence("・12.1％。【要記入：要因】", FIGURE, TEXT, FORM), "4.3", sheet)
    assert told == (
        "数値：「福祉活動に取り組んでいる市民の割合」 令和5年度 実績値 12.1％",
        "地域福祉の推進 令和4年度 6(1) 全体総括：成果実績の文章：「見守り訓練を実施した。」",
        messages.gap_line("要因", "text"),
    )
    assert reasons(sentence("①展開方向１"), "4.3", sheet) == (messages.ORIGIN_FORM,)
