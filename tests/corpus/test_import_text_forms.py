"""The importer on an invented sheet of the same form: printed in order, in pieces, shuffled, with pages missing.

Nothing here repeats the real seed text: other measure, other words, other years, other numbers.
"""

import contextlib
import random
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnusableInput
from corpus.importers.text import read_text
from corpus.sheetfile import ReadSheet

D1, D2 = "水とみどりの保全", "ごみの減量と資源の循環"
SECTIONS = {
    "4.3": "みどりに関する満足度は、公園の改修が進んだことで目標を上回った。ごみの量は、在宅時間の増加により減らなかった。",
    "5.1": (
        "・都市緑地法の改正により、民有地のみどりを市民が管理する制度が拡大している。\n"
        "・気候変動の進行により、集中豪雨による水路の氾濫が増加しており、(①流域の保水②貯留施設の整備③雨水の浸透)への対応が必要である。\n"
        "・食品ロス削減推進法が制定され、計画の策定が必要となっている。"
    ),
    "5.2": (
        "・公園の遊具を新しくしてほしいとの要望がある。\n"
        "・市議会から、街路樹の剪定の基準を示すべきとの意見がある。\n"
        "・ごみの戸別収集を続けるよう求める声が多い。"
    ),
    "5.3": (
        "・近隣市と比べて一人当たりの公園面積が小さい。\n"
        "・県内の他市では、落ち葉の堆肥化を先行して行っている自治体がある。\n"
        "・本市は、ごみの有料化について近隣市に先行している。"
    ),
    "5.4.done": (
        f"①展開方向１「{D1}」\n・水路の点検を行い、三か所を補修した。\n・公園愛護会の活動を支援した。\n"
        f"②展開方向２「{D2}」\n・生ごみ処理機の購入を補助した。\n・小学校で出前講座を実施した。"
    ),
    "5.4.plan": (
        f"①展開方向１「{D1}」\n・水路の点検を続け、改修の計画を策定する。\n・公園愛護会の会員を募る。\n"
        f"②展開方向２「{D2}」\n・生ごみ処理機の購入の補助を続ける。\n・事業所の排出状況を調べる。"
    ),
    "6.1.results": (
        f"①展開方向１「{D1}」\n・緑地の公有地化を進め、二か所を取得した。\n・市民と水辺の清掃を十二回行った。\n"
        f"②展開方向２「{D2}」\n・資源回収の拠点を増やした。\n・食品ロスの調査を実施した。"
    ),
    "6.1.issues": (
        f"①展開方向１「{D1}」\n・公園愛護会の担い手が不足しており、若い世代の参加が必要である。\n"
        f"②展開方向２「{D2}」\n・事業系ごみの分別が徹底されておらず、訪問による指導が課題となっている。"
    ),
    "7.1": "・水路改修の計画に基づき、工事の設計を行う。\n・食品ロス削減の計画を策定する。",
    "7.2": "・水とみどりのネットワークの将来像を目指し、緑地の確保を計画的に進める。\n・焼却量の中長期の推移を見ながら、処理施設の更新を検討する。",
}  # fmt: skip
MEANS = {
    1: "◆水路や湧水を市民とともに守ります。\n◆公園や緑地を計画的に整備します。",
    2: "◆ごみの分別の徹底と資源の回収を進めます。\n◆食品ロスの削減に取り組みます。",
}
PURPOSES = {
    1: "水とみどりの豊かな環境を、\n次の世代に引き継ぎます。",
    2: "ごみを減らし、資源が循環\nするまちをつくります。",
}
PURPOSE = "水とみどりを守り育てるとともに、ごみの減量と資源の循環を進め、環境への負荷の少ない暮らしを実現します。"
OUTCOMES = [
    ("水辺やみどりに満足している市民の割合", "％", "環境意識調査", "61.0 61.5 62.0 62.5 63.0 63.5 64.0 64.5", "60.2 - 61.9 63.1"),
    ("公園愛護会の会員数", "人", None, "510 520 530 540 550 560 570 580", "498 505 511 509"),
    ("一人一日当たりのごみの量", "g", None, "640 632 624 616 608 600 592 584", "655 661 668 659"),
    ("ごみの減量に取り組んでいる市民の割合", "％", "環境意識調査", "81.0 81.2 81.4 81.6 81.8 82.0 82.2 82.4", "79.5 - 80.8 80.1"),
]  # fmt: skip
POPULATION = [
    ("人口（各年１月１日現在）", "人", "48,100 48,000 47,900 47,800 47,700 47,600 47,500 47,400", "48,120 48,055 47,930 47,811"),
    ("公園の数", "か所", "102 102 103 103 104 104 105 105", "101 102 102 103"),
]  # fmt: skip
COSTS = {"national": 12_400, "prefectural": 6_100, "bonds": 30_000, "other": 2_500, "general": 151_000}
COST_LABELS = ["国庫支出金", "都道府県支出金", "地方債", "その他", "一般財源"]
HEADINGS = {
    "5.1": "(1) 施策を取り巻く状況（対象者や根拠法令等）はどう変化しているか？",
    "5.2": "(2) この施策に対して関係者（住民、議会、事業対象者、利害関係者等）からどんな意見や要望が寄せられているか？",
    "5.3": "(3) この施策に関して他自治体の取組状況と比較して○○市の取組状況はどうか？",
    "6.1.results": "〇成果実績",
    "6.1.issues": "〇改善余地のある事項・課題等",
    "7.1": "（1）5年度の取組方針",
    "7.2": "（2）中期的な取組方針（概ね実施計画期間を想定）",
}


def wrapped(text: str, width: int) -> str:
    """A text as a form prints it: each item over lines of at most ``width`` signs."""
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width))


def page_1() -> list[str]:
    """Blocks of page 1 in the order of the form; the heading first."""
    named = [*[("", *entry[:2]) for entry in POPULATION], *[("", *entry[:2]) for entry in OUTCOMES]]
    letters = ["ア", "イ", "ア", "イ", "ア", "イ"]
    return [
        "１　施策の目的と指標",
        "施策マネジメントシート",
        "政策名\n環境・暮らし",
        "基本施策名\n31　水とみどりの保全と資源の循環",
        "施策\n統括課\n環境政策課",
        "主な\n関係課\n道路公園課、ごみ減量係",
        "氏名\n山田　花子",
        "① 対象（誰、何を対象にしているのか）＊人や自然資源等\n・市民\n・市内の事業者",
        f"② 施策の目的\n{PURPOSE}",
        *[f"{letter} {name} {unit}" for letter, (_, name, unit) in zip(letters, named, strict=True)],
        "施策の展開方向",
        "名称（展開方向ごとに記載）",
        D1,
        D2,
        "目的",
        PURPOSES[1],
        PURPOSES[2],
        "手段（具体的な取組内容）",
        MEANS[1],
        MEANS[2],
        "２　第３次総合計画期間（平成３０～令和７年度）内における取組内容",
    ]


def page_2() -> list[str]:
    """Blocks of page 2 in the order of the form."""
    years = "H30年度 R1年度 R2年度 R3年度 R4年度 R5年度 R6年度 R7年度"
    rows = [f"見込み値 {forecast}\n実績値 {actual}" for _, _, forecast, actual in POPULATION]
    outcome = [
        f"成り行き値\n目標値 {targets}\n実績値 {actual}\n{name}" + (f"\n出典：{source}" if source else "")
        for name, _, source, targets, actual in OUTCOMES
    ]
    total = sum(COSTS.values())
    costs = [f"{label} 千円 {value:,}" for label, value in zip(COST_LABELS, COSTS.values(), strict=True)]
    return [
        "３ 総事業費・指標等の実績推移と目標値、実績状況把握",
        f"数値区分 {years}",
        "対象指標",
        *rows,
        "成果指標",
        *outcome,
        "施策コスト",
        "事務事業数 本数 9",
        *costs,
        f"事業費計（A） 千円 0 0 0 {total:,} 0 0 0 0",
        "延べ業務時間 時間 21,000",
        "人件費計(B) 70,000",
        f"トータルコスト(A)＋(B) 千円 0 0 0 {total + 70_000:,} 0 0 0 0",
        "達成\n未達成\n未達成\n未達成",
        "４ 施策の成果指標実績値に対する評価",
        "D:多くの目標が未達成であった",
        "B:成果がどちらかと言えば向上した",
        wrapped(SECTIONS["4.3"], 40),
    ]


def page_3() -> list[str]:
    """Blocks of page 3: each heading, then its text; 5(4) in two columns, one after the other."""
    single = [part for key in ("5.1", "5.2", "5.3") for part in (HEADINGS[key], wrapped(SECTIONS[key], 50))]
    columns = [
        block
        for key in ("5.4.done", "5.4.plan")
        for block in wrapped(SECTIONS[key], 22).replace("\n②", "\n\n②").split("\n\n")
    ]
    heads = "3年度の取組状況 4年度の取組予定"
    return ["５　施策の現状　※必要に応じて展開方向ごとに記載", *single, "（4）施策の具体的な取組状況", heads, *columns]


def page_4() -> list[str]:
    """Blocks of page 4: headings and texts."""
    texts = {key: wrapped(SECTIONS[key], 50) for key in ("6.1.results", "6.1.issues", "7.1", "7.2")}
    return [
        "６　3年度の評価結果　※必要に応じて展開方向ごとに記載",
        "(1) 施策の全体総括（成果実績やコスト、見直しを要する事務事業等）※基本的に展開方向ごとに記載",
        HEADINGS["6.1.results"],
        texts["6.1.results"],
        HEADINGS["6.1.issues"],
        texts["6.1.issues"],
        "(2) 施策の３年度における総合評価",
        "B",
        "７　施策の課題・今後の方向性　※必要に応じて展開方向ごとに記載",
        HEADINGS["7.1"],
        texts["7.1"],
        HEADINGS["7.2"],
        texts["7.2"],
        "－４枚目－",
    ]


PAGES = (page_1, page_2, page_3, page_4)


def printed(*pages: list[str]) -> str:
    return "\n\n".join("\n\n".join(page) for page in pages) + "\n"


def in_order() -> str:
    return printed(*(page() for page in PAGES))


def shuffled(seed: int, *, which: tuple[int, ...] = (2, 3, 4)) -> str:
    """The same sheet with the blocks of some pages in any order below the page's first heading."""
    chance = random.Random(seed)
    pages = []
    for number, page in enumerate(PAGES, start=1):
        first, *rest = page()
        if number in which:
            chance.shuffle(rest)
        pages.append([first, *rest])
    return printed(*pages)


def torn(seed: int, *, scattered: bool) -> str:
    """Page 2 with the rows of the outcome indicators broken into pieces, as a tool that sorts by columns gives them.

    Pieces of one indicator's 目標値 and 実績値 partly stay on top of each other; ``scattered``: in any order.
    """
    chance = random.Random(seed)
    columns: list[list[str]] = []
    for _, _, _, targets, actual in OUTCOMES:
        goals, reached = targets.split(), actual.split()
        cuts = sorted(chance.sample(range(1, 8), 4))
        pieces = []
        for start, end in zip([0, *cuts], [*cuts, 8], strict=True):
            above = ("目標値 " if start == 0 else "") + " ".join(goals[start:end])
            below = ("実績値 " if start == 0 else "") + " ".join(reached[start:end])
            whole = len(reached[start:end]) == end - start
            pieces += [f"{above}\n{below}"] if whole and chance.random() < 0.6 else [above, below] if below else [above]
        columns.append(pieces)
    blocks = [block for pieces in columns for block in pieces]
    if scattered:
        chance.shuffle(blocks)
    names = [name + (f"\n出典：{source}" if source else "") for name, _, source, _, _ in OUTCOMES]
    rest = [block for block in page_2() if "目標値" not in block]
    chance.shuffle(rest)
    place = rest.index("成果指標") + 1
    page = ["３ 総事業費・指標等の実績推移と目標値、実績状況把握", *rest[:place], *names, *blocks, *rest[place:]]
    return printed(page_1(), page, page_3(), page_4())


def numbers(text: str) -> list[Decimal | None]:
    return [None if word == "-" else Decimal(word.replace(",", "")) for word in text.split()]


def truth() -> dict[str, Decimal | None]:
    """Every cell of the invented sheet by its path."""
    cells: dict[str, Decimal | None] = {}
    ids = [("P-ア", POPULATION[0]), ("P-イ", POPULATION[1])]
    for key, (_, _, forecast, actual) in ids:
        for series, values in (("forecast", numbers(forecast)), ("actual", numbers(actual))):
            cells |= {f"{key}.{2018 + place}.{series}": value for place, value in enumerate(values)}
    for key, (_, _, _, targets, actual) in zip(("1-ア", "1-イ", "2-ア", "2-イ"), OUTCOMES, strict=True):
        for series, values in (("target", numbers(targets)), ("actual", numbers(actual))):
            cells |= {f"{key}.{2018 + place}.{series}": value for place, value in enumerate(values)}
    return cells


def placed(read: ReadSheet) -> dict[str, Decimal]:
    return {
        f"{entry.id}.{year}.{series}": value
        for entry in read.sheet.indicators
        for year, values in entry.values.items()
        for series, value in values.model_dump().items()
        if value is not None
    }


def test_a_sheet_printed_in_order_is_read_whole() -> None:
    read = read_text(in_order())
    sheet = read.sheet
    assert sheet.fiscal_year == 2021
    assert (sheet.plan.name, sheet.plan.start, sheet.plan.end) == ("第３次総合計画", 2018, 2025)  # type: ignore[union-attr]
    assert (sheet.policy, sheet.measure.code, sheet.measure.name) == (
        "環境・暮らし",
        "31",
        "水とみどりの保全と資源の循環",
    )
    assert (sheet.lead_division, sheet.lead_person) == ("環境政策課", "山田　花子")
    assert sheet.related_divisions == ["道路公園課", "ごみ減量係"]
    assert (sheet.municipality, sheet.target, sheet.purpose) == (None, "・市民\n・市内の事業者", PURPOSE)
    assert [(entry.number, entry.name, entry.purpose, entry.means) for entry in sheet.directions] == [
        (1, D1, PURPOSES[1].replace("\n", ""), MEANS[1]),
        (2, D2, PURPOSES[2].replace("\n", ""), MEANS[2]),
    ]
    assert sheet.sections == SECTIONS
    assert sheet.grades.model_dump() == {"achievement": "D", "trend": "B", "overall": "B"}
    assert [(entry.id, entry.name, entry.unit, entry.source) for entry in sheet.indicators] == [
        ("P-ア", POPULATION[0][0], "人", None),
        ("P-イ", POPULATION[1][0], "か所", None),
        *[(key, *entry[:3]) for key, entry in zip(("1-ア", "1-イ", "2-ア", "2-イ"), OUTCOMES, strict=True)],
    ]
    assert read.warnings == []


def test_figures_of_a_table_printed_in_order_are_all_decided() -> None:
    read = read_text(in_order())
    assert placed(read) == {path: value for path, value in truth().items() if value is not None}
    assert not [entry.field for entry in read.to_confirm if ".values." in entry.field]
    costs = read.sheet.costs[2021]
    assert {row: costs.value(row) for row in COSTS} == {row: Decimal(value) for row, value in COSTS.items()}
    assert (costs.projects, costs.hours, costs.personnel) == (Decimal(9), Decimal(21_000), Decimal(70_000))
    assert (costs.program_total, costs.total) == (Decimal(202_000), Decimal(272_000))


@pytest.mark.parametrize("seed", range(24))
def test_shuffled_blocks_give_the_true_text_or_a_question(seed: int) -> None:
    read = read_text(shuffled(seed))
    asked = {entry.field for entry in read.to_confirm}
    for key, text in SECTIONS.items():
        assert read.sheet.sections.get(key) == text or f"sections.{key}" in asked, key
    every = "".join(sorted("".join(str(text) for text in read.sheet.sections.values()).replace("\n", "")))
    assert every == "".join(sorted("".join(SECTIONS.values()).replace("\n", "")))


@pytest.mark.parametrize("seed", range(24))
def test_shuffled_figures_are_never_wrong_and_never_lost(seed: int) -> None:
    read = read_text(shuffled(seed))
    true = truth()
    wrong = {path: value for path, value in placed(read).items() if true.get(path) != value}
    assert not wrong
    offered = {value for entry in read.to_confirm for value in entry.candidates}
    missing = set(true.values()) - set(placed(read).values()) - offered - {None}
    assert not missing
    for entry in read.to_confirm:
        assert entry.note.endswith("。")
        assert entry.candidates


@pytest.mark.parametrize("scattered", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_rows_in_pieces_are_never_put_together_wrongly(seed: int, scattered: bool) -> None:
    read = read_text(torn(seed, scattered=scattered))
    true = truth()
    assert not {path: value for path, value in placed(read).items() if true.get(path) != value}
    offered = {value for entry in read.to_confirm for value in entry.candidates}
    assert not set(true.values()) - set(placed(read).values()) - offered - {None}


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12),
    st.sets(st.integers(0, 400), max_size=40),
)
def test_lost_and_moved_lines_never_crash_the_import(moves: list[tuple[int, int]], lost: set[int]) -> None:
    lines = [line for place, line in enumerate(in_order().split("\n")) if place not in lost]
    for source, target in moves:
        lines.insert(target % len(lines), lines.pop(source % len(lines)))
    with contextlib.suppress(UnusableInput):
        read = read_text("\n".join(lines))
        assert read.sheet.fiscal_year
        assert all(entry.candidates and entry.note for entry in read.to_confirm)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_missing_page_is_told_and_the_rest_is_read(number: int) -> None:
    pages = [page() for place, page in enumerate(PAGES, start=1) if place != number]
    read = read_text(printed(*pages))
    assert any(f"{number}枚目" in warning for warning in read.warnings)
    kept = {key for key in SECTIONS if {"4": 2, "5": 3, "6": 4, "7": 4}[key[0]] != number}
    assert {key: text for key, text in read.sheet.sections.items() if text} == {key: SECTIONS[key] for key in kept}
    assert (read.sheet.costs == {}) == (number == 2)


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: re.sub(r"\n(?=３ |５　|６　)", "\n\f", text),
    lambda text: text.replace("\n\n", "\n\n\n"),
    lambda text: text.replace("(1) ", "（１）").replace("？", "?"),
])  # fmt: skip
def test_line_ends_and_page_marks_change_nothing(change: object) -> None:
    assert callable(change)
    assert read_text(change(in_order())) == read_text(in_order())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文字がありません"),
        (" \n\f\n　\n", "文字がありません"),
        ("吾輩は猫である。名前はまだ無い。\n" * 50, "施策マネジメントシートの文章ではない"),
        ("施策の評価と目標値、実績値について\n" * 30_000, "施策マネジメントシートの文章ではない"),
        ("あ" * 50_000_000, "長すぎます"),
        (in_order() + in_order(), "複数の施策"),
        (printed(page_2(), page_3(), page_4()), "基本施策名"),
        (re.sub(r"[34３5]年度の?", "", in_order()), "評価年度"),
    ],
    ids=["empty", "blank", "novel", "words of the form", "50 MB", "two sheets", "no page 1", "no year"],
)
def test_unusable_text_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(UnusableInput, match=message):
        read_text(text)


def test_headings_of_different_years_are_told() -> None:
    read = read_text(in_order().replace("（1）5年度の取組方針", "（1）6年度の取組方針"))
    assert read.sheet.fiscal_year == 2021
    assert any("令和4年度" in warning for warning in read.warnings)
