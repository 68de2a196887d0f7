"""Years that last year's text left in a narrative: what is found, how surely, and what stays natural."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from assistant.checking import check_sheet
from assistant.checking.findings import Finding
from assistant.checking.left_behind import check_left_behind
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile


def _sheet(section: str, text: str, year: int = 2023) -> SheetFile:
    return SheetFile.model_validate({"fiscal_year": year, "measure": {"name": "施策"}, "sections": {section: text}})


def _found(section: str, text: str) -> list[Finding]:
    return list(check_left_behind(_sheet(section, text)))


ENDED = [
    # (section, text, verdict, the year found)
    ("5.4.plan", "〇令和４年度は、橋りょうの３巡目の定期点検を開始し、３４橋を点検する予定である。", "mismatch", 2022),
    ("5.4.plan", "令和5年度は講座を3回開催する。", "mismatch", 2023),
    ("5.4.plan", "・R4年度は出前講座を実施します。", "mismatch", 2022),
    ("5.4.plan", "4年度は、引き続き相談窓口の周知を図る。", "mismatch", 2022),
    ("5.4.plan", "令和4年度においては、関係機関との連携を強化していく。", "mismatch", 2022),
    ("5.4.plan", "令和4年度には第3次計画を策定する。", "mismatch", 2022),
    ("5.4.plan", "令和4年度に実態調査を行う。", "mismatch", 2022),
    ("5.4.plan", "令和4年度中に、市内3か所で窓口を開設する予定である。", "mismatch", 2022),
    ("5.4.plan", "相談窓口を令和4年10月に開設する。", "mismatch", 2022),
    ("5.4.plan", "相談窓口を令和6年3月までに開設する予定です。", "mismatch", 2023),
    ("5.4.plan", "令和4年度から新制度の運用を開始する予定である。", "mismatch", 2022),
    ("5.4.plan", "令和5年4月から定期収集を開始する。", "mismatch", 2023),
    ("5.4.plan", "令和4年度の橋りょう点検は34橋を予定している。", "mismatch", 2022),
    ("5.4.plan", "令和4・5年度は、計画の改定作業を進める。", "mismatch", 2023),
    ("5.4.plan", "【令和4年度の取組予定】\n・講座を開催する。", "mismatch", 2022),
    ("5.4.plan", "令和4年度は、国の指針の改正を踏まえて見直した計画に基づき、講座を開催する予定である。", "ambiguous", 2022),
    ("5.4.plan", "・令和4年度は出前講座を市内5地区で実施", "ambiguous", 2022),
    ("7.1", "令和5年度は、支援体制の強化を図る。", "mismatch", 2023),
    ("7.1", "令和6年度は、支援体制の強化を図る。", "ambiguous", 2024),
    ("7.2", "令和3年度までに耐震化を完了することを目指す。", "mismatch", 2021),
    ("7.2", "２０２２年度には拠点施設を整備する予定です。", "mismatch", 2022),
    ("5.1", "令和4年度には法改正が予定されているため、令和4年度は条例の改正を予定している。", "mismatch", 2022),
    ("5.4.done", "令和4年度は相談会を4回開催する予定である。", "mismatch", 2022),
    ("6.1.issues", "令和4年度に実態調査を実施する予定である。", "mismatch", 2022),
    ("5.4.done", "令和5年度は相談会を4回開催する予定である。", "ambiguous", 2023),
    ("5.4.done", "令和４年度は見守り訓練を3回実施した。", "ambiguous", 2022),
    ("5.4.done", "・令和4年度は、相談会を開催し、延べ120人の相談に応じました。", "ambiguous", 2022),
    ("5.4.done", "【令和4年度の取組】\n・相談会を開催した。", "ambiguous", 2022),
    ("6.1.results", "令和4年度は、全ての指標で目標を達成した。", "ambiguous", 2022),
]  # fmt: skip


@pytest.mark.parametrize(("section", "text", "verdict", "year"), ENDED)
def test_a_year_left_behind_is_found_once(section: str, text: str, verdict: str, year: int) -> None:
    (found,) = _found(section, text)
    assert (found.verdict, found.year) == (verdict, year)
    assert (found.section, found.kind, found.start, found.end, found.suggestion) == ("table", "table", None, None, None)


NATURAL = [
    # a deed of a past year under what is planned or reported now
    ("5.4.plan", "令和4年度に協定を締結した事業者と連携し、見守りを進める。"),
    ("5.4.plan", "令和4年度に協定を締結し、連携して見守りを進める。"),
    ("5.4.plan", "令和4年度に策定の計画に基づき、取組を進める。"),
    ("5.4.plan", "令和3年度から実施している出前講座を継続する。"),
    ("5.4.plan", "令和3年度から出前講座を実施し、地域の理解を深める。"),
    ("5.4.plan", "令和4年度から引き続き、相談窓口の周知を図る。"),
    ("5.4.plan", "令和4年度に引き続き、講座を開催する。"),
    ("5.4.plan", "令和4年度の実績を踏まえ、講座の回数を増やす予定である。"),
    ("5.4.plan", "令和4年度の実績は10回であるが、15回の開催を予定している。"),
    ("5.4.plan", "令和4年度に比べ、開催回数を増やす。"),
    ("5.4.plan", "令和4年度は中止したが、令和6年度は講座を3回開催する予定である。"),
    ("5.4.plan", "令和4年度は参加者が減少したため、周知の方法を見直す。"),
    ("5.4.plan", "令和4年度は14.8％であったが、今後は20％を目指す。"),
    ("5.4.plan", "令和4年度は横ばいであり、今後は周知を強化する。"),
    ("5.4.plan", "令和6年度は講座を3回開催する予定である。"),
    ("5.4.plan", "令和4年度から令和6年度までの3年間で、計画的に整備する。"),
    ("5.4.plan", "令和5～6年度に改修工事を行う。"),
    ("5.4.plan", "令和5年度及び令和6年度に改修工事を行う。"),
    ("5.4.plan", "「令和4年度は重点期間とする」との方針を改め、通年で実施する。"),
    ("5.4.plan", "基本方針（令和4年度に改定する予定であったもの）を見直す。"),
    ("5.4.plan", "令和4年度版ハンドブックを配布する。"),
    ("5.4.plan", "令和4年4月に施行された改正法に基づき、体制を整備する。"),
    ("5.4.plan", "令和6年4月に窓口を開設する。"),
    ("7.1", "令和7年度は、支援体制の強化を図る。"),
    ("7.1", "令和6年度は準備を進める。令和7年度は、支援体制の強化を図る。"),
    ("7.1", "令和6年度に策定する計画に基づき、支援体制の強化を図る。"),
    ("7.1", "令和3年度の結果と比較して取組の効果を確かめる。"),
    ("7.2", "令和9年度までに耐震化を完了することを目指す。"),
    ("5.1", "令和4年4月に改正法が施行された。"),
    ("5.1", "令和6年度に法改正が予定されている。"),
    ("5.1", "令和5年4月1日現在の人口は83,690人である。"),
    ("6.1.results", "令和4年度は予定していた講座を中止したが、本年度は全て開催した。"),
    ("5.4.done", "令和4年度に協定を締結し、見守りを行った。"),
    ("5.4.done", "令和4年度は3回であったが、令和5年度は5回開催した。"),
    ("5.4.done", "令和4年度は3回開催した。本年度は5回開催した。"),
    ("5.4.done", "令和5年度は見守り訓練を3回実施した。"),
    ("5.4.done", "令和4年度は予定の5回を上回る7回を開催したが、更に増やした。"),
    ("5.4.done", "令和3年度に協定を締結した。"),
    ("6.1.results", "令和4年度は14.8％であった。"),
    ("6.1.results", "前年度から7事業者増の78事業者となり、令和4年度に続いて目標を達成した。"),
    ("6.1.issues", "令和3年度から実施している事業の見直しが必要である。"),
    ("5.3", "県内では、令和4年度は3市が実施した。"),
    ("5.1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("section", "text"), NATURAL)
def test_a_natural_year_is_not_found(section: str, text: str) -> None:
    assert _found(section, text) == []


def test_the_finding_quotes_the_sentence_and_says_where_to_look() -> None:
    text = "〇橋りょうの修繕を進める。令和４年度は、３４橋を点検する予定である。"
    (found,) = _found("5.4.plan", text)
    assert found.text == "5(4) 令和6年度の取組予定「令和４年度は、３４橋を点検する予定である。」"
    assert (found.stated, found.expected) == ("令和4年度", "令和6年度")
    for words in ("令和4年度の予定", "令和5年度の評価", "令和6年度について書く欄", "5(4)"):
        assert words in found.message


def test_the_year_is_in_the_quote_of_a_long_sentence() -> None:
    (found,) = _found(
        "5.4.plan", "地域の支え合いの仕組みづくりを進めるため、" * 4 + "令和4年度に講座を開催する予定である。"
    )
    assert "「…令和4年度に講座を" in found.text


def test_a_whole_check_counts_it() -> None:
    text = "令和4年度は講座を開催する予定である。"
    result = check_sheet(_sheet("5.4.plan", text))
    assert [found.verdict for found in result.findings if found.section == "table"] == ["mismatch"]
    assert result.summary.mismatch >= 1


def test_the_text_moved_on_by_a_year_is_clean() -> None:
    text = "令和5年度は講座を開催する予定である。"
    assert _found("5.4.plan", text)
    assert list(check_left_behind(_sheet("5.4.plan", text, year=2022))) == []


def test_in_the_sample_city_only_the_planted_one_is_found() -> None:
    lines = (Path(corpus.__file__).parent / "sample" / "sheets.jsonl").read_text("utf-8").splitlines()
    sheets = [SheetFile.model_validate_json(line) for line in lines]
    found = [(sheet.measure.code, sheet.fiscal_year) for sheet in sheets for _ in check_left_behind(sheet)]
    assert found == [("61", 2023)]


PIECES = ["令和4年度", "R5", "令和4年10月", "5年度", "は", "、", "に", "から", "の", "予定である", "。", "\n", "・", "「", "」", "（",
          "実施する", "した", "～", "2022年度", "令和3～", "取組", "までに", "ため、", "今後"]  # fmt: skip


@given(
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=("C",)), max_size=3)), max_size=30
    ),
    st.sampled_from(SECTION_KEYS),
)
def test_any_text_gives_findings_about_the_table_only(pieces: list[str], section: str) -> None:
    text = "".join(pieces)
    for found in _found(section, text):
        assert (found.section, found.verdict in ("mismatch", "ambiguous")) == ("table", True)
        assert found.year is not None
