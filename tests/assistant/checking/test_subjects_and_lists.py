"""Whom a figure is of, of which year, and lists: right and wrong beside each other (claim types 1, 2, 25, 26, 28)."""

import pytest

from assistant.checking import check_text
from corpus.sheetfile import SheetFile

# sheet, text with the figure as {}, what is stored, what is wrong
PAIRS = [
    # short names, with words added or dropped
    ("welfare", "福祉活動に取り組む市民の割合は{}となった。", "12.1％", "14.8％"),
    ("welfare", "「福祉活動に取り組んでいる」と答えた市民は{}です。", "12.1％", "15.1％"),
    ("welfare", "就職につながった人は{}で、目標を達成しました。", "56.7％", "66.7％"),
    ("tourism", "事業所は{}である。", "1,187事業所", "1,287事業所"),
    ("tourism", "・観光入込客　{}（前年度845千人）", "1,024千人", "1,124千人"),
    ("tourism", "消費額は{}に伸びた。", "43億6,800万円", "46億6,800万円"),
    # a reason, a circumstance or a word on the year between
    ("welfare", "福祉活動に取り組んでいる市民の割合は、担い手の減少により{}にとどまった。", "12.1％", "13.1％"),
    (
        "welfare",
        "福祉活動に取り組んでいる市民の割合は、感染症の流行前である令和2年度の{}を下回った。",
        "12.8％",
        "13.9％",
    ),
    ("tourism", "市内の空き店舗率は退店が相次ぎ{}まで上昇した。", "9.4％", "9.9％"),
    ("tourism", "観光入込客数は、大雪のあった前年度の{}から回復した。", "845千人", "745千人"),
    ("tourism", "観光入込客数は伸びたものの、目標の{}との差はわずかである。", "1,000千人", "1,150千人"),
    # brackets, arrows, the year behind
    ("welfare", "地域活動に参加していない市民の割合は66.1％（目標 {}）。", "55.0％", "57.0％"),
    ("tourism", "空き店舗率：9.4％（R4：{}）", "8.9％", "8.4％"),
    ("tourism", "誘致企業数（累計）：{}（令和5年度実績）", "12社", "14社"),
    ("tourism", "空き店舗率は{}→9.4％と悪化した。", "8.9％", "7.9％"),
    # the subject behind its figures
    ("tourism", "{}となった市内の空き店舗率は、目標に届いていない。", "9.4％", "8.8％"),
    # a sentence before, a pronoun, a heading
    ("welfare", "人口は76,371人である。前年度の{}から増えた。", "76,182人", "75,182人"),
    ("welfare", "就職につながった人の割合は56.7％となった。同指標は前年度{}であった。", "70.0％", "71.0％"),
    ("welfare", "①展開方向１「地域の支え合い」\n・指標アは{}だった。", "12.1％", "66.1％"),
    # targets and plans
    (
        "welfare",
        "福祉活動に取り組んでいる市民の割合については、令和9年度までに{}とすることを目指す。",
        "18.0％",
        "20.0％",
    ),
    ("tourism", "観光入込客数を令和7年度の目標である{}まで増やす。", "1,100千人", "1,200千人"),
    # costs by their everyday names
    ("welfare", "国の補助は{}であった。", "31,371千円", "20,556千円"),
    ("welfare", "総コストは{}となる。", "5億9,761万円", "5億6,761万円"),
    # lists
    ("welfare", "福祉活動に取り組む市民と就職につながった人の割合は、それぞれ12.1％、{}である。", "56.7％", "66.1％"),
    ("tourism", "観光入込客数は、令和4年度、令和5年度にそれぞれ{}、1,024千人となった。", "845千人", "612千人"),
    ("tourism", "観光入込客数は612千人、{}、1,024千人と推移している。", "845千人", "900千人"),
    ("welfare", "一般財源、人件費、総コストの順に、316,118千円、{}、597,613千円である。", "229,568千円", "220,000千円"),
]

FOREIGN = [
    ("welfare", "福祉活動に取り組んでいる市民の割合は12.1％で、女性が15.3％、男性が9.2％であった。"),
    ("welfare", "県の平均は14.2％で、福祉活動に取り組んでいる市民の割合は12.1％である。"),
    ("welfare", "研修会には120人が参加し、人口は76,371人となった。"),
    ("welfare", "高齢者（65歳以上）の人口は18,200人である。"),
    ("tourism", "誘致企業数（累計）は12社で、新たに3社が進出した。"),
    ("tourism", "観光案内所の利用者は52千人、市外からの来訪者は30千人であった。"),
    ("tourism", "観光入込客数は1,024千人で、外国人は85千人である。"),
]


def _verdicts(sheet: SheetFile, text: str, stated: str) -> set[str]:
    start = text.index(stated)
    end = start + len(stated)
    found = check_text(text, "6.1.results", sheet)
    return {one.verdict for one in found if one.start is not None and one.start < end and start < (one.end or 0)}


@pytest.mark.parametrize(("name", "text", "right", "wrong"), PAIRS)
def test_a_figure_is_read_with_its_subject_and_year(
    sheets: dict[str, SheetFile], name: str, text: str, right: str, wrong: str
) -> None:
    assert _verdicts(sheets[name], text.format(right), right) == {"match"}
    assert _verdicts(sheets[name], text.format(wrong), wrong) == {"mismatch"}


@pytest.mark.parametrize(("name", "text"), FOREIGN)
def test_what_is_said_of_something_else_is_not_called_wrong(sheets: dict[str, SheetFile], name: str, text: str) -> None:
    assert not [one for one in check_text(text, "6.1.results", sheets[name]) if one.verdict == "mismatch"]


def test_unequal_counts_of_a_list_are_not_decided(welfare: SheetFile) -> None:
    text = "福祉活動に取り組んでいる市民、地域活動に参加していない市民、就職につながった人の割合は、それぞれ12.1％、56.7％である。"
    found = check_text(text, "6.1.results", welfare)
    assert {one.verdict for one in found} <= {"ambiguous", "unsupported"}
