"""The 施策マネジメントシート as a form: its sections, rows and labels, once.

This is the one place that ties the English names of the code to the Japanese labels on paper
(numbering: the published four-page form, formats.md section 1).
"""

from dataclasses import dataclass
from typing import Literal

from corpus.fiscal import HALF_WIDTH_DIGITS, wareki

Kind = Literal["population", "outcome"]
Series = Literal["forecast", "baseline", "target", "actual"]
Better = Literal["higher", "lower"]
GradeName = Literal["achievement", "trend", "overall"]

SERIES_LABELS: dict[Series, str] = {
    "forecast": "見込み値",
    "baseline": "成り行き値",
    "target": "目標値",
    "actual": "実績値",
}
"""Rows of the figures table, in the order of the form."""

SERIES_OF_KIND: dict[Kind, tuple[Series, ...]] = {
    "population": ("forecast", "actual"),
    "outcome": ("baseline", "target", "actual"),
}

KIND_LABELS: dict[Kind, str] = {"population": "対象指標", "outcome": "成果指標"}
BETTER_LABELS: dict[Better, str] = {"higher": "高いほど良い", "lower": "低いほど良い"}


@dataclass(frozen=True)
class FormSection:
    """A narrative section: ``key`` as in the sheet file, ``number`` as printed, ``title`` as printed.

    ``year_offset``: the fiscal year it speaks of, relative to the sheet's (5.4.plan: +1, 7.1: +2); None for 中期.
    ``asked_as``: everyday words for it in a request, longest first.
    """

    key: str
    number: str
    title: str
    group: Literal["reason", "status", "issue", "direction"]
    year_offset: int | None
    asked_as: tuple[str, ...]


SECTIONS: tuple[FormSection, ...] = (
    FormSection(
        "4.3",
        "4(3)",
        "理由・背景として考えられること",
        "reason",
        0,
        (
            "理由・背景",
            "理由や背景",
            "背景・理由",
            "背景や理由",
            "理由背景",
            "評価の理由",
            "理由",
            "背景",
            "要因",
            "原因",
        ),
    ),
    FormSection(
        "5.1",
        "5(1)",
        "施策を取り巻く状況",
        "status",
        0,
        ("施策を取り巻く状況", "取り巻く状況", "取りまく状況", "取巻く状況", "取り巻く環境", "状況の変化", "現状"),
    ),
    FormSection(
        "5.2",
        "5(2)",
        "関係者からの意見・要望",
        "status",
        0,
        (
            "関係者からの意見・要望",
            "意見・要望",
            "意見や要望",
            "意見と要望",
            "意見要望",
            "関係者の意見",
            "関係者の声",
            "市民の意見",
            "市民の声",
            "住民の声",
            "意見",
            "要望",
        ),
    ),
    FormSection(
        "5.3",
        "5(3)",
        "他自治体との比較",
        "status",
        0,
        (
            "他自治体との比較",
            "近隣自治体との比較",
            "近隣市との比較",
            "近隣との比較",
            "他市との比較",
            "近隣自治体",
            "近隣市比較",
            "他市比較",
            "他自治体",
            "他団体",
            "近隣市",
            "他市",
        ),
    ),
    FormSection(
        "5.4.done",
        "5(4)",
        "評価年度の取組状況",
        "status",
        0,
        ("具体的な取組状況", "取組状況", "取り組み状況", "取組の状況", "取組実績"),
    ),
    FormSection(
        "5.4.plan",
        "5(4)",
        "翌年度の取組予定",
        "status",
        1,
        ("取組予定", "取り組み予定", "取組の予定", "予定"),
    ),
    FormSection(
        "6.1.results",
        "6(1)",
        "全体総括：成果実績",
        "status",
        0,
        ("成果実績", "成果の実績", "成果", "実績"),
    ),
    FormSection(
        "6.1.issues",
        "6(1)",
        "全体総括：改善余地のある事項・課題等",
        "issue",
        0,
        (
            "改善余地のある事項・課題等",
            "改善余地のある事項",
            "改善余地のある課題",
            "改善すべき点",
            "改善余地",
            "改善事項",
            "改善点",
            "問題点",
            "課題",
        ),
    ),
    FormSection(
        "7.1",
        "7(1)",
        "翌々年度の取組方針",
        "direction",
        2,
        (
            "翌々年度の取組方針",
            "取組方針",
            "取り組み方針",
            "取組の方針",
            "取組の方向性",
            "取組の方向",
            "今後の方向性",
            "方針",
            "方向性",
        ),
    ),
    FormSection(
        "7.2",
        "7(2)",
        "中期的な取組方針",
        "direction",
        None,
        (
            "中期的な取組方針",
            "中期的な取り組み方針",
            "中期の取組方針",
            "中期取組方針",
            "中長期的な方針",
            "中期的な方針",
            "中期方針",
            "中長期的",
            "中期的",
            "中長期",
            "中期",
        ),
    ),
)

SECTION_BY_KEY: dict[str, FormSection] = {section.key: section for section in SECTIONS}
SECTION_KEYS: tuple[str, ...] = tuple(SECTION_BY_KEY)


def section_label(key: str, fiscal_year: int | None = None) -> str:
    """「6(1) 全体総括：成果実績」; with the sheet's fiscal year the year-bound titles name their year.

    >>> section_label("7.1", 2023)
    '7(1) 令和7年度の取組方針'
    """
    section = SECTION_BY_KEY[key]
    if fiscal_year is not None and section.year_offset is not None:
        year = wareki(fiscal_year + section.year_offset)
        for word in ("評価年度", "翌々年度", "翌年度"):
            if section.title.startswith(word):
                return f"{section.number} {year}{section.title.removeprefix(word)}"
    return f"{section.number} {section.title}"


@dataclass(frozen=True)
class CostRow:
    """A row of 施策コスト: ``key`` as in the sheet file, the printed label, its unit, and everyday names."""

    key: str
    label: str
    unit: str
    asked_as: tuple[str, ...]


COST_ROWS: tuple[CostRow, ...] = (
    CostRow("projects", "事務事業数", "本", ("事務事業数", "事務事業の数", "事務事業")),
    CostRow("national", "国庫支出金", "千円", ("国庫支出金", "国庫補助金", "国の補助金", "国の補助", "国費")),
    CostRow(
        "prefectural",
        "都道府県支出金",
        "千円",
        ("都道府県支出金", "都支出金", "県支出金", "府支出金", "道支出金", "都の補助", "県の補助"),
    ),
    CostRow("bonds", "地方債", "千円", ("地方債", "市債")),
    CostRow("other", "その他", "千円", ("その他特定財源", "その他財源")),
    CostRow("general", "一般財源", "千円", ("一般財源",)),
    CostRow("program_total", "事業費計(A)", "千円", ("事業費計", "総事業費", "事業費の合計", "事業費")),
    CostRow("hours", "延べ業務時間", "時間", ("延べ業務時間", "のべ業務時間", "業務時間")),
    CostRow("personnel", "人件費計(B)", "千円", ("人件費計", "人件費")),
    CostRow(
        "total",
        "トータルコスト(A)＋(B)",
        "千円",
        ("トータルコスト", "総コスト", "施策コスト", "コスト全体", "コスト"),
    ),
)
COST_BY_KEY: dict[str, CostRow] = {row.key: row for row in COST_ROWS}
COST_SOURCES: tuple[str, ...] = ("national", "prefectural", "bonds", "other", "general")
"""The sources that sum to program_total (A); (A) + personnel (B) is total."""

GRADE_LABELS: dict[GradeName, str] = {
    "achievement": "成果実績目標達成度",
    "trend": "時系列比較",
    "overall": "総合評価",
}
GRADE_NUMBERS: dict[GradeName, str] = {"achievement": "4(1)", "trend": "4(2)", "overall": "6(2)"}
GRADE_TEXTS: dict[GradeName, dict[str, str]] = {
    "achievement": {
        "A": "すべての目標を達成した",
        "B": "多くの目標を達成した",
        "C": "一部の目標を達成した",
        "D": "多くの目標が未達成であった",
        "E": "ほぼすべての目標が未達成であった",
    },
    "trend": {
        "A": "成果がかなり向上した",
        "B": "成果がどちらかと言えば向上した",
        "C": "成果がほとんど変わらなかった",
        "D": "成果がどちらかと言えば低下した",
        "E": "成果がかなり低下した",
    },
    "overall": {
        "A": "目標とする成果を挙げており、社会的要請にも十分応えられている。",
        "B": "一定の成果を挙げているが、向上・改善の余地がある。",
        "C": "成果向上のため、一層の努力が求められる。",
        "D": "成果に乏しく、改善が急務である。事業の一部に見直しが必要である。",
        "E": "現状の事業では施策の目的を達成することが困難であるため、抜本的な見直しを要する。",
    },
}

ITEM_MARKS: tuple[str, ...] = ("・", "◆", "〇", "○", "●", "◎", "■", "□", "※", "－", "-")
"""Signs that open an item of a narrative."""
CIRCLED_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

MARK_FILL_IN = "【要記入】"


def mark_fill_in(what: str) -> str:
    """【要記入：…】: the record holds nothing for this place; a person must write it."""
    return f"【要記入：{what}】"


def mark_confirm(what: str) -> str:
    """【要確認：…】: taken over from the record, to be confirmed by a person."""
    return f"【要確認：{what}】"


def direction_heading(number: int, name: str | None) -> str:
    """「①展開方向１「支え合いの地域づくり」」, as the published form prints it."""
    digits = str(number).translate(HALF_WIDTH_DIGITS)
    return f"{CIRCLED_NUMBERS[number - 1]}展開方向{digits}" + (f"「{name}」" if name else "")
