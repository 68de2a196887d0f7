"""The real published sheet (../shared/seed-sheet.txt): every line in its place, every figure placed or asked."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from corpus.importers.text import read_text
from corpus.importers.text_labels import labels_from
from corpus.sheetfile import ReadSheet

SECTION_ENDS = {
    "4.3": ("市民意識調査において", "検討の必要性がある。", 303),
    "5.1": ("・住宅セーフティネッ", "せていく必要がある。", 756),
    "5.2": ("・新たな地域コミュニ", "要望がある（市議会）", 197),
    "5.3": ("・令和2年度には、大", "UX・超短時間雇用)", 309),
    "5.4.done": ("①展開方向１「支え合", "し、内部で調整した。", 491),
    "5.4.plan": ("①展開方向１「支え合", "し、各課と共有する。", 377),
    "6.1.results": ("①展開方向１「支え合", "ながるよう対応した。", 421),
    "6.1.issues": ("①展開方向１「支え合", "が必要になっている。", 354),
    "7.1": ("・様々な支援団体等と", "研修を実施していく。", 318),
    "7.2": ("・増加する生活保護受", "と連携して構築する。", 354),
}
SOURCE_LINES = {
    "4.3": range(429, 435),
    "5.1": range(462, 484),
    "5.2": range(485, 490),
    "5.3": range(491, 498),
    "5.4.done": range(503, 528),
    "5.4.plan": range(529, 549),
    "6.1.results": range(559, 571),
    "6.1.issues": range(587, 598),
    "7.1": range(611, 619),
    "7.2": range(575, 586),
}
"""Read off the file by eye, 1-based."""
FORMULA_ZEROS = 14
"""Printed 0s of 事業費計(A) and トータルコスト in the seven years without costs; the only figures left out."""


@pytest.fixture
def read(seed_text: str) -> ReadSheet:
    return read_text(seed_text)


def test_header(read: ReadSheet) -> None:
    sheet = read.sheet
    assert sheet.plan is not None
    assert (sheet.plan.name, sheet.plan.start, sheet.plan.end) == ("第２次基本計画", 2020, 2027)
    assert (sheet.fiscal_year, sheet.policy, sheet.measure.name) == (
        2023,
        "保健・福祉",
        "支え合いの地域づくりと自立支援",
    )
    assert (sheet.municipality, sheet.measure.code) == (None, None)
    assert (sheet.lead_division, sheet.lead_person) == ("福祉総務課", "小鷹　学")
    assert sheet.related_divisions == ["生活福祉担当"]
    assert sheet.target == "・市民\n・地域コミュニティ（自治会等）\n・ボランティア団体\n・NPO（分野、領域を問わず）"
    assert sheet.purpose == (
        "ソーシャルインクルージョンの考え方を地域で共有し、多様な主体との連携・協働に根ざして、"
        "互いに支え合う地域づくりを進めるとともに、生活困窮者の自立を促進します。"
    )
    assert sheet.grades.model_dump() == {"achievement": "E", "trend": "B", "overall": "C"}


def test_directions(read: ReadSheet) -> None:
    first, second = read.sheet.directions
    assert (first.number, first.name, second.number, second.name) == (
        1,
        "支え合いの地域づくり",
        2,
        "福祉の総合的な相談と自立支援の推進",
    )
    assert first.purpose == "支え合いの地域づくりを進めることで、地域の課題を自らで解決できるまちを目指します。"
    assert second.purpose == (
        "生活上の様々な課題を抱えた市民がその課題を解決し自立できるよう、寄り添って総合的に支援します。"
    )
    items = [(entry.means or "").split("\n") for entry in (first, second)]
    assert [len(entries) for entries in items] == [6, 6]
    assert all(item.startswith("◆") and item.endswith("。") for entries in items for item in entries)
    assert items[0][0].startswith("◆地域における福祉ニーズの把握")
    assert items[0][-1] == "◆不動産事業者等との連携を強化し、住宅確保要配慮者に対する居住支援を推進します。"
    assert items[1][0].startswith("◆憲法25条に規定されている生存権を具現化する生活保護行政をより良いものとし、")
    assert items[1][-1] == "◆全庁的に様々な機会を捉え、生きることの包括的な支援として自殺防止の取組を推進します。"


def test_indicators(read: ReadSheet) -> None:
    survey = "国立市市民意識調査"
    assert [(entry.id, entry.name, entry.unit, entry.source) for entry in read.sheet.indicators] == [
        ("P-ア", "人口（各年４月１日現在）", "人", None),
        ("P-イ", "地域コミュニティ数（自治会等）", "団体", None),
        ("P-ウ", "NPO・ボランティア団体数", "団体", None),
        ("1-ア", "福祉活動に取り組んでいる市民の割合", "％", survey),
        ("1-イ", "グループ活動や地域活動に参加していない市民の割合", "％", survey),
        ("2-ア", "市が福祉的な困りごとの相談や支援を充分に行っていると思う市民の割合", "％", survey),
        ("2-イ", "生活に困窮している市民から相談を受け、就労支援によって、就職につながった割合", "％", None),
    ]
    assert [entry.kind for entry in read.sheet.indicators] == ["population"] * 3 + ["outcome"] * 4
    assert {entry.better for entry in read.sheet.indicators} == {None}


@pytest.mark.parametrize("key", SECTION_ENDS)
def test_each_section_is_whole_and_in_its_place(read: ReadSheet, seed_text: str, key: str) -> None:
    first, last, length = SECTION_ENDS[key]
    text = read.sheet.sections[key]
    assert text is not None
    assert (text[:10], text[-10:], len(text)) == (first, last, length)
    lines = seed_text.split("\n")
    source = "".join(lines[number - 1].strip() for number in SOURCE_LINES[key])
    assert text.replace("\n", "") == source


def test_a_break_stays_only_before_an_item(read: ReadSheet) -> None:
    for text in read.sheet.sections.values():
        assert all(line[0] in "・①②" for line in (text or "").split("\n")[1:])
    assert "(①断らない相談支援②参加支援③地域づくり相談支援)の構築" in (read.sheet.sections["5.1"] or "")


def test_every_line_of_the_narrative_pages_is_in_exactly_one_place(read: ReadSheet, seed_text: str) -> None:
    lines = seed_text.split("\n")
    homes: Counter[int] = Counter(number for numbers in SOURCE_LINES.values() for number in numbers)
    number = 456
    while number <= len(lines):
        count, found = labels_from([lines[number - 1]], 0, None)
        if found:
            homes[number] += count
        number += 1
    homes[601] += 1
    printed = {number for number in range(456, len(lines) + 1) if lines[number - 1].strip()}
    assert lines[600] == read.sheet.grades.overall
    assert {number for number in homes if number >= 456 and lines[number - 1].strip()} == printed
    assert {homes[number] for number in printed} == {1}


@pytest.mark.parametrize(
    "label",
    ["枚目", "総合基本計画に照らして", "成果実績", "改善余地", "達成度", "展開方向ごと", "取組方針", "A:", "E："],
)
def test_no_label_is_inside_a_text(read: ReadSheet, label: str) -> None:
    assert not [key for key, text in read.sheet.sections.items() if label in (text or "")]


def decimals(text: str) -> list[Decimal | None]:
    return [None if word == "-" else Decimal(word) for word in text.split()]


@pytest.mark.parametrize(
    ("key", "targets", "actuals"),
    [
        ("1-ア", "14.9 15.3 15.7 16.0 16.5 17.0 17.5 18.0", "12.8 14.8 - 12.1"),
        ("2-イ", "70.8 71.5 72.3 73.0 73.5 74.0 74.5 75.0", "36.0 34.6 52.7 68.7"),
    ],
)
def test_decided_series(read: ReadSheet, key: str, targets: str, actuals: str) -> None:
    entry = read.sheet.indicator(key)
    assert entry is not None
    assert [entry.value(year, "target") for year in range(2020, 2028)] == decimals(targets)
    assert [entry.value(year, "actual") for year in range(2020, 2024)] == decimals(actuals)
    assert not [year for year in range(2024, 2028) if entry.value(year, "actual") is not None]
    assert entry.decimals == 1
    assert not [found.field for found in read.to_confirm if found.field.startswith(f"indicators.{key}.values")]


def test_flags(read: ReadSheet) -> None:
    outcomes = read.sheet.outcomes()
    assert [entry.achieved for entry in outcomes] == [{2023: False}] * 4
    assert [entry.improved for entry in outcomes] == [{}, {}, {}, {2023: True}]


def test_costs_close_and_the_open_row_is_asked(read: ReadSheet) -> None:
    costs = read.sheet.costs[2023]
    assert list(read.sheet.costs) == [2023]
    assert {row: value for row, value in costs.model_dump().items() if value is not None} == {
        "projects": 24,
        "national": 31_371,
        "prefectural": 20_556,
        "program_total": 368_045,
        "hours": 67_820,
        "personnel": 229_568,
        "total": 597_613,
    }
    asked = {found.field: found.candidates for found in read.to_confirm if found.field.startswith("costs.")}
    assert asked == {f"costs.2023.{row}": [Decimal(316_118)] for row in ("bonds", "other", "general")}


def test_undecided_cells_hold_the_true_value_among_their_candidates(read: ReadSheet) -> None:
    """Two readings are left for 1-イ and 2-ア: what a person sees on the sheet must be one of the choices, the first."""
    likely = {
        "1-イ": ("70 65 60 55 55.0 55.0 55.0 53.0", "70.4 68.4 - 66.1"),
        "2-ア": ("40 45.0 50.0 55.0 55.75 56.50 57.25 58.0", "30.6 32.8 - 30.9"),
    }
    asked = {found.field: found.candidates for found in read.to_confirm}
    for key, rows in likely.items():
        entry = read.sheet.indicator(key)
        assert entry is not None
        for series, row in zip(("target", "actual"), rows, strict=True):
            for year, value in zip(range(2020, 2028), decimals(row), strict=False):
                assert entry.value(year, series) is None  # type: ignore[arg-type]
                if value is not None:
                    assert asked[f"indicators.{key}.values.{year}.{series}"][0] == value
    assert asked["indicators.P-ア.values.2021.actual"] == [Decimal(76278), Decimal(76423)]
    assert asked["indicators.1-イ.better"] == ["lower"]
    assert asked["indicators.2-イ.better"] == ["higher"]


def test_every_printed_figure_is_placed_or_asked(read: ReadSheet, seed_text: str) -> None:
    page = "\n".join(seed_text.split("\n")[172:455])
    table = [
        line for line in page.split("\n") if re.search(r"\d", line) and not re.search(r"年度|[ぁ-ん]{4}|^\d$", line)
    ]
    found = [word.replace(",", "") for line in table for word in re.findall(r"(?:\d+,)*\d+(?:\.\d+)?", _apart(line))]
    figures = [Decimal(word) for word in found]
    assert figures.count(Decimal(0)) == FORMULA_ZEROS
    placed = {
        value
        for entry in read.sheet.indicators
        for values in entry.values.values()
        for value in values.model_dump().values()
    } | set(read.sheet.costs[2023].model_dump().values())
    offered = {value for entry in read.to_confirm for value in entry.candidates}
    assert not {value for value in figures if value} - placed - offered
    assert len([value for value in figures if value]) == 62


def _apart(line: str) -> str:
    """「0597,613」 is 0 and 597,613: no figure is printed with a leading 0."""
    return re.sub(r"(?<![\d.,])0(?=\d)", "0 ", line)


def test_notes_and_warnings_are_sentences(read: ReadSheet) -> None:
    assert all(entry.note.endswith("。") and entry.candidates for entry in read.to_confirm)
    assert len({entry.field for entry in read.to_confirm}) == len(read.to_confirm)
    assert [warning for warning in read.warnings if "読み取れません" in warning or "分からない" in warning] == []
