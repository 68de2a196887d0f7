"""Carrying last year's sentences on: what moves, what is replaced, what becomes 【要記入】."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.checking.findings import Finding
from assistant.drafting.carry import Carried, Ground, carry, states_trend
from assistant.drafting.statements import Figure
from corpus.sheetfile import SheetFile

INDICATORS: list[dict[str, Any]] = [
    {
        "id": "1-ア",
        "kind": "outcome",
        "direction": 1,
        "name": "参加している市民の割合",
        "unit": "％",
        "decimals": 1,
        "better": "higher",
        "values": {
            2022: {"actual": 14.8},
            2023: {"actual": 12.1, "target": 16.0},
            2024: {"target": 16.5},
            2027: {"target": 18},
        },
    },
    {
        "id": "1-イ",
        "kind": "outcome",
        "direction": 1,
        "name": "週1回以上運動する市民の割合",
        "unit": "％",
        "values": {2023: {"actual": 40.0}},
    },
]


def sheet(year: int, costs: dict[int, dict[str, Any]], actual: float | None = None) -> SheetFile:
    entries = [dict(entry) for entry in INDICATORS]
    entries[0]["values"] = {**INDICATORS[0]["values"], 2024: {"target": 16.5, "actual": actual}}
    return SheetFile.model_validate(
        {"fiscal_year": year, "measure": {"name": "見本の施策"}, "indicators": entries, "costs": costs}
    )


LAST = sheet(2023, {2022: {"total": 590000}, 2023: {"total": 597613}})


def carried(
    text: str, *findings: tuple[str, str, str, int, str], actual: float | None = 11.0, move: bool = True
) -> Carried:
    """``text`` carried from 2023 to 2024; each finding is (words, kind, subject, year, series), all matches."""
    found = tuple(
        Finding.model_validate(
            {
                "section": "6.1.results",
                "start": text.index(words),
                "end": text.index(words) + len(words),
                "text": words,
                "kind": kind,
                "verdict": "match",
                "indicator": subject,
                "year": year,
                "series": series,
                "message": "",
            }
        )
        for words, kind, subject, year, series in findings
    )
    now = sheet(2024, {2024: {"total": 615000}}, actual)
    return carry(text, 0, len(text), Ground(now, LAST, "6.1.results", move, found))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("相談会を実施した。", "相談会を実施した。"),
        ("令和5年度は相談会を実施した。", "令和6年度は相談会を実施した。"),
        ("令和3年度に協定を締結した。", "令和3年度に協定を締結した。"),
        ("21件の情報提供を行った。", "【要記入】件の情報提供を行った。"),
        ("延べ1,234人が参加した。", "延べ【要記入】人が参加した。"),
        ("経費は368百万円である。", "経費は【要記入】百万円である。"),
        ("割合は76.1％と高い。", "割合は【要記入】％と高い。"),
        ("第3次計画の展開方向1を進めた。", "第3次計画の展開方向1を進めた。"),
        ("24時間体制で対応した。", "24時間体制で対応した。"),
        ("近隣5市のうち3市で完了した。", "【要記入：近隣○市のうち○市】で完了した。"),
        ("欠員は7人となり、2人減った。", "欠員は【要記入：○人となり、○人】減った。"),
        ("計画（延長20ｍ）は、残る3筆を取得した。", "【要記入：計画（延長○ｍ）は、残る○筆】を取得した。"),
        (
            "12人が参加し、地域の祭りや学校の行事にも顔を出して住民と話し合う機会を持ち、3件を決めた。",
            "【要記入】人が参加し、地域の祭りや学校の行事にも顔を出して住民と話し合う機会を持ち、【要記入】件を決めた。",
        ),
        ("県内では14市町が実施済みである。", "県内では【要記入】市町が実施済みである。"),
        ("第2市民センターを改修した。", "第2市民センターを改修した。"),
        ("週1回以上運動する市民の割合を調べた。", "週1回以上運動する市民の割合を調べた。"),
        ("週１回以上運動する市民の割合を調べた。", "週１回以上運動する市民の割合を調べた。"),
        ("実施した。【要確認：令和5年度も実施したか】", "実施した。"),
        ("20代から30代では半数近くが分からないと答えた。", "20代から30代では【要記入：割合】が分からないと答えた。"),
        (
            "約半数が反対し、4人に1人は不安を感じている。",
            "【要記入：○割が反対し、○割】は不安を感じている。",
        ),
        ("全体の約37％を占める。", "全体の約【要記入】％を占める。"),
        ("3年連続で増加した。", "【要記入】年連続で増加した。"),
        ("5年ぶりに開催した。", "【要記入】年ぶりに開催した。"),
        ("令和9年度までに参加率18.0％を目指す。", "令和9年度までに参加率18.0％を目指す。"),
        ("令和9年度の参加率は18.0％である。", "令和9年度の参加率は【要記入】％である。"),
        ("令和9年度までに登録者18.0人を目指す。", "令和9年度までに登録者【要記入】人を目指す。"),
        ("令和10年度までに参加率18.0％を目指す。", "令和10年度までに参加率【要記入】％を目指す。"),
    ],
)
def test_words_stay_years_move_and_unknown_figures_become_blanks(before: str, after: str) -> None:
    assert carried(before).text == after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3年連続で増加した。", True),
        ("利用者が過去最多となった。", True),
        ("計画期間中最高となった。", True),
        ("件数は計画期間で最も多くなった。", True),
        ("初めて目標を達成した。", True),
        ("3年ぶりに開催した。", True),
        ("暑さ対策を求める意見が最も多かった。", True),
        ("近隣の市の中で少ない方から4番目である。", True),
        ("最も多い世代に向けて知らせた。", False),
        ("過去最高を目指す。", False),
        ("最低賃金が改定された。", False),
        ("初めての人にも分かりやすい案内とする。", False),
        ("連続講座を開催した。", False),
    ],
)
def test_streaks_and_records_are_noticed(text: str, expected: bool) -> None:
    assert carried(text).record is expected


def test_a_later_target_has_its_stored_cell() -> None:
    found = carried("令和9年度の目標値18.0％を目指す。")
    cells = [piece.cells[0] for piece in found.pieces if isinstance(piece, Figure)]
    assert [(cell.subject, cell.year, cell.series, cell.value) for cell in cells] == [
        ("1-ア", 2027, "target", Decimal(18))
    ]


def test_a_text_about_this_very_year_keeps_its_years() -> None:
    found = carried("令和6年度に計画を検討する。", move=False)
    assert (found.text, found.moved, found.doubtful) == ("令和6年度に計画を検討する。", False, False)


def test_a_stored_value_gives_way_to_this_years() -> None:
    text = "参加している市民の割合は12.1％で、目標値16.0％を下回った。"
    found = carried(text, ("12.1％", "level", "1-ア", 2023, "actual"), ("16.0％", "level", "1-ア", 2023, "target"))

    assert found.text == "参加している市民の割合は11.0％で、目標値16.5％を下回った。"
    assert (found.clean, found.replaced, found.blanks, found.subjects) == (True, 2, 0, ("1-ア",))
    cells = [piece.cells[0] for piece in found.pieces if isinstance(piece, Figure)]
    assert [(cell.year, cell.series, cell.value) for cell in cells] == [
        (2024, "actual", Decimal("11.0")),
        (2024, "target", Decimal("16.5")),
    ]


def test_a_value_that_this_year_lacks_becomes_a_blank() -> None:
    found = carried("割合は12.1％である。", ("12.1％", "level", "1-ア", 2023, "actual"), actual=None)
    assert (found.text, found.clean, found.blanks) == ("割合は【要記入】％である。", False, 1)


def test_the_value_of_an_older_year_stays_with_its_year() -> None:
    text = "令和5年度は12.1％で、令和4年度の14.8％を下回った。"
    found = carried(text, ("12.1％", "level", "1-ア", 2023, "actual"), ("14.8％", "level", "1-ア", 2022, "actual"))
    assert found.text == "令和6年度は11.0％で、令和4年度の14.8％を下回った。"
    assert found.doubtful


def test_the_year_before_moves_with_relative_words() -> None:
    text = "割合は前年度の14.8％から12.1％に低下した。"
    found = carried(text, ("14.8％", "level", "1-ア", 2022, "actual"), ("12.1％", "level", "1-ア", 2023, "actual"))
    assert found.text == "割合は前年度の12.1％から11.0％に低下した。"


@pytest.mark.parametrize(
    ("actual", "text", "turned"),
    [(11.0, "割合は1.1ポイント低下した。", False), (13.0, "割合は【要記入】ポイント低下した。", True)],
)
def test_a_change_is_replaced_only_while_its_direction_holds(actual: float, text: str, turned: bool) -> None:
    found = carried("割合は2.7ポイント低下した。", ("2.7ポイント", "change", "1-ア", 2023, "actual"), actual=actual)
    assert (found.text, found.turned) == (text, turned)


@pytest.mark.parametrize(
    ("written", "after"),
    [("597,613千円", "615,000千円"), ("5億9,761万円", "615,000千円"), ("598百万円", "615,000千円")],
)
def test_money_of_another_scale_is_written_in_the_stored_unit(written: str, after: str) -> None:
    found = carried(f"コストは{written}である。", (written, "level", "cost:total", 2023, "actual"))
    assert found.text == f"コストは{after}である。"


def test_a_figure_keeps_the_unit_as_written() -> None:
    found = carried("割合は１２．１パーセントである。", ("１２．１パーセント", "level", "1-ア", 2023, "actual"))
    assert found.text == "割合は11.0パーセントである。"


def test_no_new_figure_stands_beside_a_date_that_stays() -> None:
    text = "令和5年4月1日現在の割合は12.1％である。"
    found = carried(text, ("12.1％", "level", "1-ア", 2023, "actual"))
    assert found.text == "令和5年4月1日現在の割合は【要記入】％である。"
    assert found.dated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登録者数が増加した。", True),
        ("参加者は減少している。", True),
        ("目標値を下回った。", True),
        ("参加者の増加を図る。", False),
        ("登録者数を増加させる。", False),
        ("改善を目指す。", False),
        ("相談会を実施した。", False),
    ],
)
def test_statements_of_development_are_told_from_wishes(text: str, expected: bool) -> None:
    assert states_trend(text) is expected
