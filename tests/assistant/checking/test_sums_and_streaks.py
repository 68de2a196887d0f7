"""Sums over named rows, streaks of years, and figures broken by blanks or line breaks."""

from typing import Any

import pytest

from assistant.checking import check_text
from assistant.checking.tables import check_tables
from corpus.sheetfile import SheetFile

COSTS = {
    "national": 30000,
    "prefectural": 20000,
    "other": 5000,
    "general": 100000,
    "program_total": 155000,
    "personnel": 45000,
    "total": 200000,
    "projects": 23,
}


def _entry(identifier: str, name: str, unit: str, better: str | None, values: dict[str, Any]) -> dict[str, Any]:
    kind = "population" if identifier.startswith("P") else "outcome"
    return {"id": identifier, "kind": kind, "name": name, "unit": unit, "better": better, "values": values}


SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2023,
        "measure": {"name": "施策"},
        "indicators": [
            _entry("P-ア", "自治会数", "団体", None, {"2022": {"actual": 120}, "2023": {"actual": 118}}),
            _entry("P-イ", "人口", "人", None, {"2022": {"actual": 76000}, "2023": {"actual": 76371}}),
            _entry("P-ウ", "NPO法人数", "団体", None, {"2022": {"actual": 40}, "2023": {"actual": 42}}),
            _entry(
                "1-ア",
                "講座の受講者数",
                "人",
                "higher",
                {
                    "2020": {"actual": 300, "target": 320},
                    "2021": {"actual": 330, "target": 325},
                    "2022": {"actual": 350, "target": 340},
                    "2023": {"actual": 372, "target": 360},
                },
            ),
            _entry(
                "1-イ",
                "就職につながった人の割合",
                "％",
                "higher",
                {
                    "2020": {"actual": 46.2, "target": 50},
                    "2021": {"actual": 44.8, "target": 51},
                    "2022": {"actual": 49.7, "target": 52},
                    "2023": {"actual": 53.8, "target": 53},
                },
            ),
            _entry(
                "1-ウ",
                "相談先が分からない市民の割合",
                "％",
                "lower",
                {
                    "2020": {"actual": 39.6, "target": 38},
                    "2021": {"actual": 41.2, "target": 37},
                    "2023": {"actual": 36.8, "target": 35},
                },
            ),
            _entry(
                "1-エ",
                "分別を徹底している市民の割合",
                "％",
                "higher",
                {"2022": {"actual": 81.9}, "2023": {"target": 83.5}},
            ),
            _entry(
                "1-オ",
                "発火事故件数",
                "件",
                "lower",
                {"2022": {"actual": 13, "target": 8}, "2023": {"actual": 6, "target": 7}},
            ),
        ],
        "costs": {"2023": COSTS, "2022": COSTS | {"general": 95000, "program_total": 150000, "total": 195000}},
    }
)


def _verdicts(text: str) -> list[str]:
    return [found.verdict for found in check_text(text, "6.1.results", SHEET)]


SUMS = [
    ("国庫支出金、都道府県支出金、その他、一般財源の合計は155,000千円である。", ["match"]),
    ("国庫支出金と都道府県支出金の合計は50,000千円である。", ["match"]),
    ("国庫支出金と都道府県支出金の合計は、約5千万円である。", ["match"]),
    ("国庫支出金及び都道府県支出金を合わせると50,000千円となる。", ["match"]),
    ("事業費に人件費を加えた総額は200,000千円である。", ["match"]),
    ("事業費と人件費を合わせた総額は前年度に比べて増加し、200,000千円である。", ["match"]),
    ("自治会数とNPO法人数の合計は160団体である。", ["match"]),
    ("国庫支出金は30,000千円で、都道府県支出金と合わせて50,000千円である。", ["match", "match"]),
    ("事業費は155,000千円で、人件費を加えると200,000千円である。", ["match", "match"]),
    ("令和4年度の国庫支出金と一般財源の合計は125,000千円である。", ["match"]),
    ("国庫支出金と都道府県支出金の合計は51,000千円である。", ["mismatch"]),
    ("事業費に人件費を加えた総額は201,000千円である。", ["mismatch"]),
    ("令和4年度の国庫支出金と一般財源の合計は130,000千円である。", ["mismatch"]),
    ("国庫支出金などの合計は50,000千円である。", ["unsupported"]),
    ("繰入金と一般財源の合計は108,000千円である。", ["unsupported"]),
    ("国庫支出金、繰入金と一般財源の合計は138,000千円である。", ["unsupported"]),
    ("一般財源と地方債の合計は100,000千円である。", ["unsupported"]),
    ("一般財源は基金と合わせて120,000千円である。", ["unsupported"]),
    ("国庫支出金が30,000千円、都道府県支出金が20,000千円で、合わせて50,000千円である。", ["match"] * 3),
    ("国庫支出金は30,000千円で、合わせて70,000千円である。", ["match", "unsupported"]),
    ("自治会数と受講者数の合計は490である。", []),
    ("令和4年度と令和5年度の一般財源の合計は195,000千円である。", ["match"]),
    ("2年間の一般財源の合計は195,000千円である。", ["match"]),
    ("令和4年度と令和5年度の国庫支出金と一般財源の合計は255,000千円である。", ["unsupported"]),
    ("特定財源（国庫支出金、都道府県支出金、その他）の合計は55,000千円である。", ["unsupported"]),
    ("人件費を含めた事業費は200,000千円である。", ["match"]),
    ("事業費と人件費を合わせたトータルコストは200,000千円となった。", ["match"]),
    ("事業費と人件費を合わせたトータルコストは201,000千円となった。", ["mismatch"]),
]


@pytest.mark.parametrize(("text", "verdicts"), SUMS)
def test_sums_over_the_rows_that_are_named(text: str, verdicts: list[str]) -> None:
    found = [verdict for verdict, kind in _with_kind(text) if kind in ("level", "total")]
    assert found == verdicts


def _with_kind(text: str) -> list[tuple[str, str]]:
    return [(found.verdict, found.kind) for found in check_text(text, "6.1.results", SHEET)]


def test_a_wrong_sum_is_suggested_as_written() -> None:
    (found,) = check_text("国庫支出金と都道府県支出金の合計は５１，０００千円である。", "6.1.results", SHEET)
    assert (found.kind, found.expected, found.suggestion) == ("total", 50000, "５０，０００千円")


STREAKS = [
    # three rises need four values
    ("講座の受講者数は3年連続で増加した。", ["match"]),
    ("講座の受講者数は３年続けて増加している。", ["match"]),
    ("講座の受講者数は二年連続の増加となった。", ["match"]),
    ("講座の受講者数は4年連続で増加した。", ["unsupported"]),
    ("講座の受講者数は3年連続で減少した。", ["mismatch"]),
    ("就職につながった人の割合は2年連続で上昇した。", ["match"]),
    ("就職につながった人の割合は3年連続で上昇した。", ["mismatch"]),
    ("就職につながった人の割合は、3年連続で改善した。", ["mismatch"]),
    # no survey in 2022
    ("相談先が分からない市民の割合は2年連続で低下した。", ["unsupported"]),
    ("講座の受講者数は3年連続で目標を達成した。", ["match"]),
    ("講座の受講者数は4年連続で目標を達成した。", ["mismatch"]),
    ("講座の受講者数は5年連続で目標を上回った。", ["mismatch"]),
    ("講座の受講者数は3年連続で目標を上回った。", ["match"]),
    ("講座の受講者数は3年連続で前年度を上回った。", ["match"]),
    ("就職につながった人の割合は3年連続で目標を達成できなかった。", ["mismatch"]),
    ("相談先が分からない市民の割合は3年連続で目標を達成できなかった。", ["unsupported"]),
    ("発火事故件数は2年連続で目標を下回った。", ["ambiguous"]),
    ("発火事故件数は3年連続で目標を達成した。", ["mismatch"]),
    ("講座の受講者数は3年連続で10人以上増加した。", ["unsupported"]),
    ("令和4年度の講座の受講者数は2年連続で増加した。", ["match"]),
    ("講座の受講者数は3年連続で増加し、前年度から22人増えた。", ["match", "match"]),
]


@pytest.mark.parametrize(("text", "verdicts"), STREAKS)
def test_streaks_over_the_stored_years(text: str, verdicts: list[str]) -> None:
    assert _verdicts(text) == verdicts


WORDS = [
    ("就職につながった人の割合は前年度から4.1ポイントアップした。", ["match"]),
    ("就職につながった人の割合は前年度から4.1ポイントダウンした。", ["mismatch"]),
    ("講座の受講者数は前年度より22人ダウンした。", ["mismatch"]),
    ("就職につながった人の割合は60.0％へのアップを目指す。", ["unsupported"]),
    # lower is better: 「上回る成果」 praises, 「上回る」 alone counts
    ("相談先が分からない市民の割合は、目標を上回る成果を上げた。", ["ambiguous"]),
    ("発火事故件数は、目標を上回る成果を上げた。", ["match"]),
    ("講座の受講者数は、目標を上回る成果を上げた。", ["match"]),
    ("相談先が分からない市民の割合は、目標を上回った。", ["match"]),
    # nothing stored to judge by
    ("分別を徹底している市民の割合は、目標を達成した。", ["unsupported"]),
    ("分別を徹底している市民の割合は、目標を達成できなかった。", ["unsupported"]),
    # the gap to the target after a change in the clause before
    (
        "相談先が分からない市民の割合は41.2％から36.8％へ改善したが、目標には1.8ポイント及ばなかった。",
        ["match"] * 4,
    ),
    (
        "相談先が分からない市民の割合は41.2％から36.8％へ改善したが、目標には2.8ポイント及ばなかった。",
        ["match", "match", "match", "mismatch"],
    ),
    ("相談先が分からない市民の割合は36.8％に低下し、目標まで1.8ポイントとなった。", ["match"] * 3),
    ("講座の受講者数は、令和4年度の目標には32人及ばない。", ["mismatch"]),
    ("就職につながった人の割合は、令和2年度の目標を3.8ポイント上回った。", ["match"]),
    ("総事業費は前年度より5,000千円増加した。", ["match"]),
    ("相談先が分からない市民の割合は36.8％で、目標の35.0％とは、なお1.8ポイントの開きがある。", ["match"] * 3),
    (
        "講座の受講者数は372人である。広報は順調であった。ただし目標の360人とは、なお12人の開きがある。",
        ["match", "match", "match"],
    ),
    (
        "講座の受講者数は372人である。広報は順調であった。ただし目標の360人とは、なお13人の開きがある。",
        ["match", "match", "mismatch"],
    ),
    ("事業費は155,000千円（国30,000千円、県20,000千円、その他5,000千円）である。", ["match"] * 4),
    ("事業費は155,000千円（国31,000千円、県20,000千円）である。", ["match", "unsupported", "match"]),
    ("補助金の国1,000千円を活用した。", ["unsupported"]),
    ("事務事業数は23事業である。", ["match"]),
    ("事務事業数は23本である。", ["match"]),
    ("事務事業数は23件である。", ["match"]),
    ("事務事業数は24事業である。", ["mismatch"]),
    ("事務事業では12件の申請があった。", ["unsupported"]),
    ("事務事業は23本で、うち2件を見直した。", ["match", "unsupported"]),
    ("総事業費は155,000千円である。", ["match"]),
    ("総事業費は2.0億円である。", ["ambiguous"]),
    ("総事業費は3.0億円である。", ["mismatch"]),
    ("日常生活圏域の全4圏域で実施した。", []),
    ("相談を一か所で受け止められるようになった。", []),
]


@pytest.mark.parametrize(("text", "verdicts"), WORDS)
def test_words_gaps_and_units(text: str, verdicts: list[str]) -> None:
    assert _verdicts(text) == verdicts


BROKEN = [
    ("人口は76,\n371人となった。", "76,\n371人"),
    ("人口は76\n,371人となった。", "76\n,371人"),
    ("人口は7\n6,371人となった。", "7\n6,371人"),
    ("就職につながった人の割合は53.\n8％となった。", "53.\n8％"),
    ("講座の受講者数は 3 7 2 人であった。", "3 7 2 人"),
    ("講座の受講者数は３　７　２人であった。", "３　７　２人"),
]


@pytest.mark.parametrize(("text", "written"), BROKEN)
def test_blanks_and_breaks_inside_a_figure_change_nothing(text: str, written: str) -> None:
    (found,) = check_text(text, "6.1.results", SHEET)
    assert (found.verdict, found.text) == ("match", written)
    assert text[found.start : found.end] == written


NAMED_UNITS = [("七十八事業者", "match"), ("七十七事業者", "mismatch"), ("七八事業者", "match")]


@pytest.mark.parametrize(("written", "verdict"), NAMED_UNITS)
def test_kanji_numerals_before_a_unit_of_the_sheet(written: str, verdict: str) -> None:
    entry = _entry("1-ア", "協力事業者数", "事業者", "higher", {"2022": {"actual": 71}, "2023": {"actual": 78}})
    sheet = SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "施策"}, "indicators": [entry]})
    (found,) = check_text(f"協力事業者数は{written}であり、一事業者一取組を進めた。", "5.1", sheet)
    assert (found.verdict, found.text) == (verdict, written)


def test_lines_that_begin_with_a_figure_stay_apart() -> None:
    text = "・人口は76,371人である。\n3人が参加した。\n・自治会数は118団体\n372人が受講した。"
    assert [found.text for found in check_text(text, "5.1", SHEET)][:1] == ["76,371人"]
    assert "118団体" in [found.text for found in check_text(text, "5.1", SHEET)]


def _costs(year: int, **costs: int | None) -> dict[str, Any]:
    stored = {key: value for key, value in {**COSTS, "projects": None, **costs}.items() if value is not None}
    return {str(year): stored}


def _tables(costs: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    sheet = SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "施策"}, "costs": costs})
    return [(found.verdict, found.indicator, found.suggestion) for found in check_tables(sheet)]


def test_a_wrong_total_is_named_where_the_blank_source_is_always_blank() -> None:
    expected = [("mismatch", "cost:program_total", "155,000"), ("match", "cost:total", None)]
    assert _tables(_costs(2023, program_total=155001)) == expected


def test_a_right_grand_total_is_not_called_wrong_where_a_source_may_be_missing() -> None:
    costs = _costs(2023, program_total=155001) | _costs(2022, bonds=0)
    assert _tables(costs)[2:] == [("ambiguous", "cost:program_total", None), ("ambiguous", "cost:total", None)]


def test_a_wrong_total_with_all_sources_leaves_the_right_grand_total() -> None:
    expected = [("mismatch", "cost:program_total", "155,000"), ("match", "cost:total", None)]
    assert _tables(_costs(2023, bonds=0, program_total=155001)) == expected


@pytest.mark.parametrize("flag", ["achieved", "improved"])
def test_a_flag_without_an_actual_is_reported(flag: str) -> None:
    entry = _entry("1-ア", "参加率", "％", "higher", {"2022": {"actual": 10}, "2023": {"target": 20}})
    sheet = SheetFile.model_validate(
        {"fiscal_year": 2023, "measure": {"name": "施策"}, "indicators": [entry | {flag: {"2023": True}}]}
    )
    (found,) = check_tables(sheet)
    assert (found.verdict, found.indicator, found.year) == ("unsupported", "1-ア", 2023)
