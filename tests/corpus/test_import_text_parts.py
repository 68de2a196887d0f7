"""Parts of the text importer by themselves: labels, rejoining, names, cost sums."""

from decimal import Decimal

import pytest

from corpus.importers.text_blocks import Block, Line, Page, read_page, rejoin
from corpus.importers.text_costs import read_costs
from corpus.importers.text_head import split_name
from corpus.importers.text_ids import direction_of
from corpus.importers.text_labels import cost_label, labels_from, match_labels, series_label
from corpus.importers.text_table import Run, Table, Token, read_table


def block(text: str) -> Block:
    return Block(tuple(Line(number, line) for number, line in enumerate(text.split("\n"), start=1)))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("・公園の改修を\n行った。\n・清掃をした。", "・公園の改修を行った。\n・清掃をした。"),
        ("・次の三つ(①保水\n②貯留③浸透)を進める。", "・次の三つ(①保水②貯留③浸透)を進める。"),
        ("・次の三つ（①保水\n②貯留\n③浸透）を進める。", "・次の三つ（①保水②貯留③浸透）を進める。"),
        ("・閉じない括弧（以下\n・次の項目", "・閉じない括弧（以下\n・次の項目"),
        ("①展開方向１「水」\n水路を\n直した。", "①展開方向１「水」\n水路を直した。"),
        ("文の途中で\n折り返した。次の\n文。", "文の途中で折り返した。次の文。"),
        ("〇見出し\n○別の見出し\n◆手段", "〇見出し\n○別の見出し\n◆手段"),
    ],
)
def test_only_wrapped_lines_are_rejoined(lines: str, text: str) -> None:
    assert rejoin([block(lines)]) == text


def test_a_blank_line_keeps_the_break() -> None:
    assert rejoin([block("前の段落。"), block("後の段落。")]) == "前の段落。\n後の段落。"


@pytest.mark.parametrize(
    ("line", "page", "count"),
    [
        (
            "① 対象（誰、何を対象にしているのか）＊人や自然資源等 ③ 対象指標（対象の大きさを表す指標）数字は記入しない",
            1,
            2,
        ),
        ("5年度の取組状況 6年度の取組予定", 3, 2),
        ("令和５年度の取組状況", 3, 1),
        ("（１） ７年度の取組方針", 4, 1),
        ("○改善余地のある事項・課題等", 4, 1),
        ("C：成果向上のため、一層の努力が求められる。", 4, 1),
        ("― 4枚目 ―", 4, 1),
        ("・取組方針を改めた。", 4, 0),
        ("成果実績が上がった。", 4, 0),
        ("・目的", 1, 0),
    ],
)
def test_labels_are_whole_lines(line: str, page: int, count: int) -> None:
    assert len(match_labels(line, page)) == count


def test_a_label_may_be_printed_over_several_lines_or_upright() -> None:
    assert labels_from(["施策", "統括課", "", "水道課"], 0, 1)[0] == 2
    assert labels_from(["展", "開", "方", "向", "2"], 0, 2)[0] == 5
    assert labels_from(["施策", "", "統括課"], 0, 1)[0] == 0


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("国庫支出金 千円 31,371", "national", "31,371"),
        ("事業費計  （A） 千円 0 0 0", "program_total", "0 0 0"),
        ("トータルコスト(A)＋(B) 千円", "total", ""),
        ("事務事業数 本数 24", "projects", "24"),
        ("その他の施策との連携を図る。", None, "その他の施策との連携を図る。"),
    ],
)
def test_cost_labels(line: str, label: str | None, rest: str) -> None:
    assert cost_label(line) == (label, rest)


def test_series_labels() -> None:
    assert series_label("実績値 12.8 14.8 -") == ("actual", "12.8 14.8 -")
    assert series_label("14.9 15.3") == (None, "14.9 15.3")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("ア 人口（各年４月１日現在） 人", ("ア", "人口（各年４月１日現在）", "人")),
        ("公園の数 か所", (None, "公園の数", "か所")),
        ("満足している市民の割合", (None, "満足している市民の割合", None)),
    ],
)
def test_names_carry_letter_and_unit(line: str, parts: tuple[str | None, str, str | None]) -> None:
    assert split_name(line) == parts


def table_of(labelled: dict[str, int], loose: list[int]) -> Table:
    runs = [Run(number, (Token(Decimal(value), 0),)) for number, value in enumerate(loose)]
    return Table(
        runs=runs,
        chains=[(index,) for index in range(len(runs))],
        cost_rows={row: [Decimal(value)] for row, value in labelled.items()},
    )


def test_costs_are_placed_when_the_sums_leave_one_way() -> None:
    read = read_costs(table_of({"national": 1_000, "general": 9_000}, [10_000, 4_000, 14_000, 2_000]), 2020, 2027, 2023)
    assert read.years == {
        2023: {
            "national": Decimal(1_000),
            "general": Decimal(9_000),
            "program_total": Decimal(10_000),
            "personnel": Decimal(4_000),
            "total": Decimal(14_000),
            "hours": Decimal(2_000),
        }
    }
    assert read.undecided == {}


def test_costs_that_close_in_two_ways_are_left_open() -> None:
    """3,000 + 5,000 = 8,000, and either of the two may be (A): 国庫 alone does not say."""
    read = read_costs(table_of({}, [3_000, 5_000, 8_000, 3_000, 5_000, 1_000]), 2020, 2027, 2023)
    assert set(read.undecided[(2023, "program_total")]) == {Decimal(3_000), Decimal(5_000)}
    assert "program_total" not in read.years.get(2023, {})


def test_costs_whose_sums_do_not_close_stay_open() -> None:
    read = read_costs(table_of({"national": 1_000}, [10_000, 4_000, 14_500, 2_000]), 2020, 2027, 2023)
    assert read.years == {2023: {"national": Decimal(1_000)}}
    assert read.undecided[(2023, "total")] == [2_000, 4_000, 10_000, 14_500]


def test_figures_run_together_are_taken_apart_and_zeros_of_totals_are_no_values() -> None:
    page: Page = read_page(2, ["0 0597,613", "", "0 0", "", "0.5 0 1.5"], 1)
    table = read_table(page)
    assert [[token.value for token in run.tokens] for run in table.runs] == [
        [Decimal(597_613)],
        [Decimal("0.5"), Decimal(0), Decimal("1.5")],
    ]
    assert table.zeros == 4


def test_the_direction_whose_words_a_name_shares() -> None:
    texts = {1: "水とみどりの保全。公園や水辺を守る。", 2: "ごみの減量と資源の循環。"}
    assert direction_of("水辺に親しむ市民の割合", texts) == (1, True)
    assert direction_of("一人当たりのごみの量", texts) == (2, True)
    assert direction_of("市民の満足度", texts)[1] is False
