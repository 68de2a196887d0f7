"""What the pages show, made from values: figures, marks, origins, comparisons, choices."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.findings import Finding, Verdict
from assistant.comparing import compare_texts
from assistant.requests import understand
from corpus import messages
from corpus.errors import Refused
from corpus.form import SECTION_KEYS
from corpus.models import Draft, DraftSentence, Message, SentenceOrigin, ValueToConfirm
from corpus.sheetfile import SheetFile
from tests.conftest import SheetFactory
from web.pages.comparison import comparison_view
from web.pages.confirm import confirm_page, read_choices
from web.pages.figures import figures_of
from web.pages.marks import VERDICT_LABELS, mark_text, show_findings
from web.pages.replies import DraftView, message_view
from web.pages.sections import draft_request
from web.pages.writing import cell_anchor, figure


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("76182", None, "76,182"),
        ("76182", 0, "76,182"),
        ("12.1", 1, "12.1"),
        ("12", 1, "12.0"),
        ("56.50", None, "56.50"),
        ("12.15", 1, "12.15"),
        ("-1.2", 1, "▲1.2"),
        ("0", 0, "0"),
        ("0.0", None, "0.0"),
        ("1E+3", None, "1,000"),
        ("368045", None, "368,045"),
    ],
)
def test_figures_are_written_as_printed_and_never_rounded_away(value: str, decimals: int | None, shown: str) -> None:
    assert figure(Decimal(value), decimals) == shown


@pytest.mark.parametrize(
    ("row", "series", "anchor"),
    [
        ("1-ア", "actual", "cell-1-ア-2023-actual"),
        ("1-ア", None, "cell-1-ア-2023-actual"),
        ("P ア", "forecast", "cell-P_ア-2023-forecast"),
        ("cost:general", "actual", "cell-cost-general-2023"),
        ("cost:general", None, "cell-cost-general-2023"),
    ],
)
def test_cells_have_the_anchors_that_links_point_at(row: str, series: str | None, anchor: str) -> None:
    assert cell_anchor(row, 2023, series) == anchor


def cells(sheet: SheetFile, *to_confirm: str) -> dict[str, tuple[str, bool]]:
    figures = figures_of(sheet, to_confirm)
    rows = [row for group in figures.groups for block in group.indicators for row in block.rows] + list(figures.costs)
    return {cell.anchor: (cell.text, cell.to_confirm) for row in rows for cell in row.cells}


def test_the_tables_tell_a_missing_value_from_one_that_is_not_there(make_sheet: SheetFactory) -> None:
    shown = cells(make_sheet(2023))
    assert shown["cell-1-ア-2023-actual"] == ("12.1", False)
    assert shown["cell-1-ア-2022-actual"] == ("―", False)
    assert shown["cell-1-ア-2027-actual"] == ("", False)
    assert shown["cell-P-ア-2023-actual"] == ("76,182", False)
    assert shown["cell-1-ア-2023-achieved"] == ("未達成", False)
    assert shown["cell-2-ア-2023-improved"] == ("向上", False)
    assert shown["cell-cost-program_total-2023"] == ("368,045", False)
    assert shown["cell-cost-bonds-2023"] == ("", False)


def test_places_to_confirm_are_marked_and_show_no_value(make_sheet: SheetFactory) -> None:
    fields = ("indicators.1-ア.values.2022.actual", "costs.2019.general", "indicators.1-ア.achieved.2022")
    shown = cells(make_sheet(2023), *fields)
    assert shown["cell-1-ア-2022-actual"] == ("", True)
    assert shown["cell-cost-general-2019"] == ("", True)
    assert shown["cell-1-ア-2022-achieved"] == ("", True)


def test_the_plan_period_gives_the_columns(make_sheet: SheetFactory) -> None:
    figures = figures_of(make_sheet(2023))
    assert [year.short for year in figures.years] == ["R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9"]
    assert [year.year for year in figures.years if year.own] == [2023]
    assert figures_of(make_sheet(2023, indicators=[], costs={})).groups == ()


def test_a_chart_has_gaps_where_no_value_is_stored(make_sheet: SheetFactory) -> None:
    block = next(block for block in figures_of(make_sheet(2023)).charts if block.id == "1-ア")
    chart = json.loads(block.chart)
    actual = next(line for line in chart["lines"] if line["key"] == "actual")
    assert actual["points"] == [None, 14.8, None, 12.1, None, None, None, None]
    assert actual["texts"][3] == "12.1"


def finding(start: int, end: int, verdict: Verdict, **more: Any) -> Finding:
    return Finding(section="5.1", start=start, end=end, text="", kind="level", verdict=verdict, message="文", **more)


spans = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(list(VERDICT_LABELS)))


@given(st.text(max_size=40), st.lists(spans, max_size=6))
def test_marking_never_changes_the_text(text: str, places: list[tuple[int, int, Verdict]]) -> None:
    findings = [finding(start, min(start + length, len(text)), verdict) for start, length, verdict in places]
    findings = [entry for entry in findings if entry.start < entry.end]  # type: ignore[operator]
    marked = mark_text(text, findings, 2023)
    assert "".join(segment.text for segment in marked.segments) == text
    assert sum(len(segment.ends) for segment in marked.segments) == len(findings)
    for segment in marked.segments:
        assert segment.text


def test_where_findings_overlap_the_gravest_gives_the_mark() -> None:
    marked = mark_text("0123456789", [finding(0, 6, "match"), finding(2, 4, "mismatch")], 2023)
    assert [(segment.text, segment.finding and segment.finding.verdict) for segment in marked.segments] == [
        ("01", "match"),
        ("23", "mismatch"),
        ("45", "match"),
        ("6789", None),
    ]
    assert [entry.number for entry in marked.findings] == [0, 1]


def test_a_finding_links_to_the_cell_that_it_speaks_of() -> None:
    entries = [
        finding(0, 1, "mismatch", indicator="1-ア", year=2023, series="target"),
        finding(1, 2, "match", indicator="cost:total", year=2022),
        finding(2, 3, "unsupported"),
    ]
    shown = mark_text("あいう", entries, 2023).findings
    assert [entry.cell for entry in shown] == ["cell-1-ア-2023-target", "cell-cost-total-2022", ""]


def test_a_finding_by_a_note_links_to_the_note_on_the_page_of_facts(app: Flask) -> None:
    entries = [
        finding(0, 1, "mismatch", indicator="facts:evidence-1", year=2023),
        finding(1, 2, "match", indicator="1-ア", year=2023),
    ]
    with app.test_request_context():
        shown = mark_text("あいう", entries, 2023, 7).findings
        alone = mark_text("あいう", entries, 2023).findings
    assert [(entry.cell, entry.note) for entry in shown] == [
        ("", "/sheets/7/facts#note-evidence-1"),
        ("cell-1-ア-2023-actual", ""),
    ]
    assert [entry.note for entry in alone] == ["", ""]


def test_the_readings_of_an_ambiguous_statement_are_a_list() -> None:
    readings = ["「A／B「甲」の数」の令和5年度の実績値は5件（一致）", "文中は5件ですが、「乙」は6件です"]
    message = messages.check_ambiguous("5件", readings)
    (shown,) = mark_text("5件", [finding(0, 2, "ambiguous").model_copy(update={"message": message})], 2023).findings
    assert shown.message == "「5件」がどの数値を指すのか決められません。"
    assert list(shown.readings) == readings
    (plain,) = mark_text("5件", [finding(0, 2, "mismatch")], 2023).findings
    assert (plain.message, plain.readings) == ("文", ())


def test_the_name_of_a_finding_stays_while_others_are_put_right() -> None:
    def named(text: str, *words: str) -> list[str]:
        found, place = [], 0
        for word in words:
            place = text.index(word, place)
            found.append(finding(place, place + len(word), "mismatch").model_copy(update={"text": word}))
            place += len(word)
        return [entry.name for entry in mark_text(text, found, 2023).findings]

    first, second, third = named("5件と12件と5件", "5件", "12件", "5件")
    assert len({first, second, third}) == 3
    assert named("7,000件と12件と5件", "12件", "5件") == [second, first]


def test_a_finding_about_the_tables_leads_to_its_cell_and_to_where_it_is_changed(app: Flask) -> None:
    def table(text: str, **more: object) -> Finding:
        return Finding.model_validate(
            {"section": "table", "start": None, "end": None, "text": text, "kind": "table", "verdict": "ambiguous"}
            | {"message": "文", **more}
        )

    entries = [
        table("1-ア「率」 令和5年度 前年度比較", indicator="1-ア", year=2023, series="actual"),
        table("1-ア「率」 令和5年度 実績値", indicator="1-ア", year=2023, series="actual"),
        table("4(2) 時系列比較", year=2023),
    ]
    with app.test_request_context():
        shown = show_findings(entries, 2023, 7)
        assert [(entry.cell, unquote(entry.page)) for entry in shown] == [
            ("cell-1-ア-2023-improved", "/sheets/7/figures#cell-1-ア-2023-improved"),
            ("cell-1-ア-2023-actual", "/sheets/7/figures#cell-1-ア-2023-actual"),
            ("", "/sheets/7/grades#grade-trend-head"),
        ]
    assert {entry.verdict_label for entry in shown} == {"確認が必要"}


@pytest.mark.parametrize("key", SECTION_KEYS)
def test_the_draft_button_asks_for_its_own_section(make_sheet: SheetFactory, key: str) -> None:
    wishes = understand(draft_request(key), make_sheet(2023))
    assert [(wish.action, wish.section) for wish in wishes] == [("draft", key)]


def test_a_comparison_shows_both_sentences_whole_and_the_years_left() -> None:
    before = "・令和4年度は見守りを3回実施した。\n・窓口を開く。\n・古い文である。"
    after = "・令和4年度は見守りを5回実施した。\n・窓口を開く。\n・新しい文を足した。"
    found = compare_texts(before, after, before_year=2022, after_year=2023)
    view = comparison_view("5(1)", found, after, 2023)
    new = ["".join(piece.text for piece in sentence.after) for sentence in view.sentences if sentence.after]
    old = ["".join(piece.text for piece in sentence.before) for sentence in view.sentences if sentence.before]
    assert sorted(new) == sorted(line.removeprefix("・") for line in after.split("\n"))
    assert sorted(old) == sorted(line.removeprefix("・") for line in before.split("\n"))
    kinds = {piece.kind: piece.text for sentence in view.sentences for piece in sentence.after}
    assert "令和4年度" in kinds["year"]
    assert len(view.years_left) == 1


def draft_message(sheet_id: int = 1) -> tuple[Message, Draft]:
    message = Message(
        id=7,
        conversation_id=1,
        role="assistant",
        author_name="アシスタント",
        text="書きます。\n書きました。",
        state="done",
    )
    draft = Draft(id=3, sheet_id=sheet_id, section_key="6.1.results", direction=1, text_offset=5)
    draft.sentences = [
        DraftSentence(position=0, text="①展開方向１", heading=True, origins=[SentenceOrigin(kind="form")]),
        DraftSentence(
            position=1,
            text="・割合は12.1％であった。",
            origins=[
                SentenceOrigin(
                    kind="last_year",
                    measure="地域福祉の推進",
                    fiscal_year=2022,
                    section_key="6.1.results",
                    text="割合は",
                ),
                SentenceOrigin(
                    kind="figure", start=4, end=9, row="1-ア", series="actual", fiscal_year=2023, value=Decimal("12.1")
                ),
            ],
        ),
        DraftSentence(
            position=2,
            text="費用は597,613千円。",
            joined=True,
            origins=[
                SentenceOrigin(
                    kind="figure", start=3, end=12, row="cost:total", fiscal_year=2023, value=Decimal(597613)
                ),
            ],
        ),
    ]
    return message, draft


def test_a_draft_stands_in_its_place_with_the_origin_of_every_sentence(make_sheet: SheetFactory) -> None:
    message, draft = draft_message()
    parts = message_view(message, [draft], make_sheet(2023)).reply.parts
    assert parts[0] == "書きます。"
    assert parts[2] == "書きました。"
    shown = parts[1]
    assert isinstance(shown, DraftView)
    assert shown.text == "①展開方向１\n・割合は12.1％であった。費用は597,613千円。"
    assert shown.label == "6(1) 全体総括：成果実績（展開方向1）"
    assert [[chip.label for chip in sentence.chips] for sentence in shown.sentences] == [
        ["様式"],
        ["昨年度", "数値"],
        ["数値"],
    ]
    second = shown.sentences[1]
    assert [(piece.text, piece.cell) for piece in second.pieces] == [
        ("・割合は", ""),
        ("12.1％", "cell-1-ア-2023-actual"),
        ("であった。", ""),
    ]
    assert second.chips[0].origins[0].quote == "割合は"
    assert "令和4年度" in second.chips[0].origins[0].title
    assert second.chips[1].origins[0].detail == "12.1％"
    assert shown.sentences[2].chips[0].origins[0].detail == "597,613千円"


def test_a_draft_shows_which_model_wrote_and_which_sentences(make_sheet: SheetFactory) -> None:
    message, draft = draft_message()
    by_composer = message_view(message, [draft], make_sheet(2023)).reply.parts[1]
    assert isinstance(by_composer, DraftView)
    assert (by_composer.writer, by_composer.share) == ("", "")
    draft.model, draft.prompts = "gpt-x", "write@1,mend@2"
    draft.sentences[1].origins.append(SentenceOrigin(kind="model", text="gpt-x"))
    shown = message_view(message, [draft], make_sheet(2023)).reply.parts[1]
    assert isinstance(shown, DraftView)
    assert shown.writer == "言語モデル：gpt-x"
    assert shown.prompts.endswith("write@1、mend@2")
    # the heading is nobody's sentence
    assert "2文のうち1文" in shown.share
    assert [[chip.label for chip in sentence.chips] for sentence in shown.sentences] == [
        ["様式"],
        ["昨年度", "数値", "言語モデル"],
        ["数値"],
    ]
    assert "「gpt-x」" in shown.sentences[1].chips[2].origins[0].title


def test_what_a_person_must_know_of_a_reply_is_said_once(make_sheet: SheetFactory) -> None:
    message, draft = draft_message()
    notice = {"text": messages.NO_CONSENT, "link": "model"}
    message.attachments = {"notices": [notice, notice, {"text": "書きました。"}]}
    told = message_view(message, [draft], make_sheet(2023)).reply.notices
    assert [(one.text, one.to_model) for one in told] == [(messages.NO_CONSENT, True), ("書きました。", False)]


def entries() -> list[ValueToConfirm]:
    return [
        ValueToConfirm(id=1, sheet_id=1, field="costs.2023.general", candidates=["316118"], note="決まりません"),
        ValueToConfirm(id=2, sheet_id=1, field="indicators.1-ア.better", candidates=["higher", "lower"]),
        ValueToConfirm(id=3, sheet_id=1, field="sections.5.3", candidates=["・文章。\n" * 20]),
    ]


@pytest.mark.parametrize(
    ("sent", "choices"),
    [
        ({}, {}),
        ({"choice-1": "later", "typed-1": "  "}, {}),
        ({"choice-1": "0"}, {1: "316118"}),
        ({"choice-1": "5"}, {}),
        ({"choice-1": "empty"}, {1: None}),
        ({"choice-1": "typed", "typed-1": " 316,118 "}, {1: "316,118"}),
        ({"typed-1": "12"}, {1: "12"}),
        ({"choice-1": "empty", "typed-1": "12"}, {1: None}),
        ({"choice-2": "1", "choice-3": "typed", "typed-3": " ・文。"}, {2: "lower", 3: " ・文。"}),
        ({"choice-99": "0"}, {}),
    ],
)
def test_the_form_of_values_is_read_back(sent: dict[str, str], choices: dict[int, str | None]) -> None:
    assert read_choices(entries(), sent) == choices


def test_an_empty_box_that_was_picked_is_asked_about() -> None:
    with pytest.raises(Refused, match="何も書かれていません"):
        read_choices(entries(), {"choice-1": "typed"})


def test_the_confirm_page_names_places_and_shows_what_is_left_of_the_sum(make_object: Any) -> None:
    content = make_object(2023)
    content["costs"]["2023"]["general"] = None
    page = confirm_page(1, SheetFile.model_validate(content), entries(), {"choice-2": "1", "typed-1": "x"})
    questions = [question for group in page.groups for question in group.questions]
    assert [(group.subject, [question.short for question in group.questions]) for group in page.groups] == [
        ("施策コスト 令和5年度", ["一般財源"]),
        ("成果指標 1-ア「福祉活動に取り組んでいる市民の割合」", ["望ましい方向"]),
        ("見出し・記述欄", ["5(3) 他自治体との比較"]),
    ]
    assert questions[0].label == "施策コスト 令和5年度 一般財源"
    assert [choice.label for choice in questions[1].choices] == ["高いほど良い", "低いほど良い"]
    assert [choice.checked for choice in questions[1].choices] == [False, True]
    assert questions[0].typed == "x"
    assert questions[2].long
    assert [(row.known, row.total, row.rest) for row in page.sums] == [("51,927", "368,045", "316,118")]
