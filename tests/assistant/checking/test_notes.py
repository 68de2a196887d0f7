"""Statements against the notes of the year: evidence, figures told in notes, costs of 事務事業."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import check_sheet, check_text
from assistant.checking.findings import Finding
from assistant.checking.phrases import Phrase, is_meant, is_shortened, may_be_meant
from corpus.sheetfile import SheetFile

WATCH = {"direction": 1, "unit": "件", "what": "見守り協力事業者からの情報提供"}
NOTED = {"source": "地域福祉課業務記録", "by": "志村"}
FACTS: dict[str, Any] = {
    "evidence": [
        WATCH | NOTED | {"figure": 21, "year": 2023},
        WATCH | NOTED | {"figure": 18, "year": 2022},
        {"direction": 1, "figure": 112, "unit": "件", "what": "個別避難計画の作成件数", "year": 2023},
        {"direction": 2, "figure": 1835, "unit": "件", "what": "福祉総合相談窓口の相談件数", "year": 2023},
        {"direction": 2, "figure": 87, "unit": "件", "what": "夜間相談の相談件数", "year": 2023},
        {"direction": 1, "figure": 1587, "unit": "件", "what": "ＣＳＷの相談件数（延べ、全4圏域）", "year": 2023},
        {"direction": 1, "figure": 5, "unit": "件", "what": "通報のうち救急搬送につながったもの", "year": 2023},
    ],
    "done": [
        {"direction": 1, "text": "認知症サポーター養成講座を12回開催し、延べ345人が参加した。", "date": "2023-11"},
        {"direction": 1, "text": "自治会の合併により、補助の対象は令和4年度の41団体から38団体に減った。"},
    ],
    "planned": [{"direction": 1, "text": "福祉避難所の受入れ訓練を4か所で実施する。", "date": "2024-10"}],
    "opinions": [
        {"who": "市議会", "text": "夜間の窓口について一般質問。", "answer": "夜間の窓口は月2回、試行すると答弁。"}
    ],
    "projects": [
        {
            "direction": 1,
            "name": "フードパントリー事業",
            "result": "毎月開催、延べ1,126世帯に配布",
            "cost": 3560,
            "next_step": "会場を3か所に増やす",
        }
    ],
}
BEFORE = {
    "fiscal_year": 2022,
    "measure": {"name": "支え合いの地域づくり"},
    "facts": {
        "evidence": [{"figure": 9, "unit": "回", "what": "地域ケア会議の開催回数", "year": 2022, "by": "三宅"}],
        "done": [{"text": "地区社会福祉協議会に活動費を8地区で補助した。"}],
    },
}


def _with(sheet: SheetFile, facts: dict[str, Any]) -> SheetFile:
    return SheetFile.model_validate(sheet.as_object() | {"facts": facts})


@pytest.fixture(scope="module")
def noted(welfare: SheetFile) -> SheetFile:
    return _with(welfare, FACTS)


def _said(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    return [(found.text, found.verdict, found.indicator) for found in findings]


RIGHT = [
    ("情報提供は21件であった。", "21件", "facts:evidence-1"),
    ("21件の情報提供を受けた。", "21件", "facts:evidence-1"),
    ("協定を活用して21件の情報提供を受けた。", "21件", "facts:evidence-1"),
    ("見守り協力事業者から寄せられた情報提供は、２１件となった。", "２１件", "facts:evidence-1"),
    ("見守り協力事業者からの情報提供（21件）を踏まえ、訪問した。", "21件", "facts:evidence-1"),
    ("令和4年度の情報提供は18件であった。", "18件", "facts:evidence-2"),
    ("情報提供は前年度の18件から増えた。", "18件", "facts:evidence-2"),
    ("情報提供は前年度から3件増加した。", "3件増加", "facts:evidence-1"),
    ("情報提供は前年度比16.7％増となった。", "16.7％増", "facts:evidence-1"),
    ("個別避難計画を112件作成した。", "112件", "facts:evidence-3"),
    ("個別避難計画は約110件となった。", "110件", "facts:evidence-3"),
    ("福祉総合相談窓口を通年で開設し、1,835件の相談を受けた。", "1,835件", "facts:evidence-4"),
    ("夜間相談は87件であった。", "87件", "facts:evidence-5"),
    ("ＣＳＷを配置し、全4圏域で延べ1,587件の相談に応じた。", "1,587件", "facts:evidence-6"),
    ("通報は44件で、うち5件が救急搬送につながった。", "5件", "facts:evidence-7"),
    ("認知症サポーター養成講座を12回開き、延べ345人が参加した。", "345人", "facts:done-1"),
    ("補助の対象は、自治会の合併により38団体に減った。", "38団体", "facts:done-2"),
    ("福祉避難所の受入れ訓練は4か所で実施する。", "4か所", "facts:planned-1"),
    ("市議会には、夜間の窓口を月2回試行すると答弁した。", "2回", "facts:opinions-1"),
    ("フードパントリー事業では、延べ1,126世帯に配布した。", "1,126世帯", "facts:projects-1"),
    ("フードパントリー事業の事業費は3,560千円である。", "3,560千円", "facts:projects-1"),
    ("フードパントリー事業の決算額は約356万円となった。", "356万円", "facts:projects-1"),
]


@pytest.mark.parametrize(("text", "written", "note"), RIGHT)
def test_what_a_note_keeps_matches(noted: SheetFile, text: str, written: str, note: str) -> None:
    findings = check_text(text, "5.4.done", noted)
    assert (written, "match", note) in _said(findings)
    assert not [found for found in findings if found.verdict in ("mismatch", "ambiguous")]


WRONG = [
    ("情報提供は25件であった。", "25件", "facts:evidence-1", "21", "21件"),
    ("２５件の情報提供を受けた。", "２５件", "facts:evidence-1", "21", "２１件"),
    ("協定を活用して20件の情報提供を受けた。", "20件", "facts:evidence-1", "21", "21件"),
    ("見守り協力事業者から寄せられた情報提供は、20件となった。", "20件", "facts:evidence-1", "21", "21件"),
    ("情報提供は18件であった。", "18件", "facts:evidence-1", "21", "21件"),
    ("令和4年度の情報提供は21件であった。", "21件", "facts:evidence-2", "18", "18件"),
    ("情報提供は前年度から4件増加した。", "4件増加", "facts:evidence-1", "3", "3件増加"),
    ("情報提供は前年度から3件減少した。", "3件減少", "facts:evidence-1", "3", "3件増加"),
    ("情報提供は前年度比26.7％増となった。", "26.7％増", "facts:evidence-1", "16.7", "16.7％増"),
    ("個別避難計画を121件作成した。", "121件", "facts:evidence-3", "112", "112件"),
    ("個別避難計画の作成は約130件となった。", "130件", "facts:evidence-3", "112", "112件"),
    ("福祉総合相談窓口の相談は1,385件であった。", "1,385件", "facts:evidence-4", "1835", "1,835件"),
    ("福祉総合相談窓口を通年で開設し、1,385件の相談を受けた。", "1,385件", "facts:evidence-4", "1835", "1,835件"),
    ("夜間相談は78件であった。", "78件", "facts:evidence-5", "87", "87件"),
    ("ＣＳＷを配置し、全4圏域で延べ1,687件の相談に応じた。", "1,687件", "facts:evidence-6", "1587", "1,587件"),
    ("通報は44件で、うち6件が救急搬送につながった。", "6件", "facts:evidence-7", "5", "5件"),
    ("認知症サポーター養成講座を12回開き、延べ354人が参加した。", "354人", "facts:done-1", "345", "345人"),
    ("認知症サポーター養成講座を13回開催し、345人の参加があった。", "13回", "facts:done-1", "12", "12回"),
    ("フードパントリー事業では、延べ1,216世帯に配布した。", "1,216世帯", "facts:projects-1", "1126", "1,126世帯"),
    ("フードパントリー事業の事業費は3,650千円である。", "3,650千円", "facts:projects-1", "3560", "3,560千円"),
    ("フードパントリー事業（3,650千円）を実施した。", "3,650千円", "facts:projects-1", "3560", "3,560千円"),
]


@pytest.mark.parametrize(("text", "written", "note", "expected", "suggestion"), WRONG)
def test_what_contradicts_a_note_is_found(
    noted: SheetFile, text: str, written: str, note: str, expected: str, suggestion: str
) -> None:
    wrong = [found for found in check_text(text, "5.4.done", noted) if found.verdict == "mismatch"]
    assert [(found.text, found.indicator, found.suggestion) for found in wrong] == [(written, note, suggestion)]
    assert wrong[0].expected == Decimal(expected)


OTHER_THINGS = [
    "個別避難計画を40件更新した。",
    "消費生活センターは35件の情報提供を行った。",
    "電話による情報提供は35件であった。",
    "訪問は15件であった。",
    "見守り協力事業者からの情報提供に基づく訪問は15件であった。",
    "うち3件の情報提供は警察につないだ。",
    "令和3年度の情報提供は12件であった。",
    "障害者の相談を受け、延べ1,200件の相談に応じた。",
    "令和4年度は認知症サポーター養成講座を9回開催した。",
    "介護予防教室を30回開催し、延べ420人が参加した。",
    "情報提供は30件を目指す。",
    "学習支援事業の事業費は5,000千円である。",
    "フードパントリー事業の一般財源は2,000千円である。",
]


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_figures_of_other_things_stay_unsupported(noted: SheetFile, text: str) -> None:
    assert {found.verdict for found in check_text(text, "5.4.done", noted)} == {"unsupported"}


def test_a_plan_is_held_against_plans_and_a_deed_against_deeds(noted: SheetFile) -> None:
    plan = "福祉避難所の受入れ訓練を5か所で実施する。"
    (found,) = check_text(plan, "5.4.plan", noted)
    assert (found.verdict, found.indicator, found.suggestion) == ("mismatch", "facts:planned-1", "4か所")
    # two years on another number may well be meant, and a report of this year is no plan
    assert [found.verdict for found in check_text(plan, "7.1", noted)] == ["unsupported"]
    done = "福祉避難所の受入れ訓練を5か所で実施した。"
    assert [found.verdict for found in check_text(done, "5.4.done", noted)] == ["unsupported"]
    again = "認知症サポーター養成講座を15回開催し、延べ400人の参加を得る。"
    assert {found.verdict for found in check_text(again, "5.4.plan", noted)} == {"unsupported"}


def test_the_message_names_the_note_with_who_and_whence(noted: SheetFile) -> None:
    (found,) = check_text("情報提供は25件であった。", "6.1.results", noted)
    assert "根拠メモ「見守り協力事業者からの情報提供」（志村、地域福祉課業務記録）では21件です" in found.message
    assert (found.kind, found.year, found.series) == ("level", 2023, "actual")
    (found,) = check_text("フードパントリー事業の事業費は3,650千円である。", "6.1.results", noted)
    assert "事務事業「フードパントリー事業」の事業費では3,560千円" in found.message


def test_notes_that_disagree_leave_it_open(welfare: SheetFile) -> None:
    twice = {"evidence": [WATCH | {"figure": 21, "year": 2023}, WATCH | {"figure": 23, "year": 2023, "by": "三宅"}]}
    sheet = _with(welfare, twice)
    for written in ("21件", "25件"):
        (found,) = check_text(f"見守り協力事業者からの情報提供は{written}であった。", "5.4.done", sheet)
        assert found.verdict == "ambiguous"
        assert "21件" in found.message
        assert "23件" in found.message
        assert found.suggestion is None


def test_the_same_note_in_two_sheets_is_one(welfare: SheetFile) -> None:
    same = {"evidence": [WATCH | {"figure": 18, "year": 2022}]}
    before = SheetFile.model_validate(BEFORE | {"facts": same})
    sheet = _with(welfare, {"evidence": [WATCH | {"figure": 18, "year": 2022}, WATCH | {"figure": 21, "year": 2023}]})
    findings = check_text("情報提供は前年度の18件から3件増加し、21件であった。", "5.4.done", sheet, [before])
    assert {found.verdict for found in findings} == {"match"}


def test_notes_of_earlier_sheets_count_for_their_year(welfare: SheetFile) -> None:
    before = SheetFile.model_validate(BEFORE)
    cases = [
        ("令和4年度の地域ケア会議は9回開催した。", "match"),
        ("令和4年度の地域ケア会議は8回開催した。", "mismatch"),
        ("地域ケア会議を8回開催した。", "unsupported"),
        ("前年度は、地区社会福祉協議会に活動費を8地区で補助した。", "match"),
    ]
    for text, verdict in cases:
        (found,) = check_text(text, "5.4.done", welfare, [before])
        assert found.verdict == verdict, text
        assert found.indicator is None, "an id says nothing outside of its own sheet"
    assert [found.verdict for found in check_text(cases[1][0], "5.4.done", welfare)] == ["unsupported"]


def test_a_note_never_hides_a_contradiction_with_a_stored_figure(welfare: SheetFile) -> None:
    facts = {
        "evidence": [
            {"figure": 12.5, "unit": "％", "what": "福祉活動に取り組んでいる市民の割合", "year": 2023},
            {"figure": 367045, "unit": "千円", "what": "事業費", "year": 2023},
        ],
        "done": [{"text": "人口は75,371人である。"}],
    }
    sheet = _with(welfare, facts)
    for text, indicator in (
        ("福祉活動に取り組んでいる市民の割合は12.5％となった。", "1-ア"),
        ("事業費は367,045千円である。", "cost:program_total"),
        ("人口は75,371人である。", "P-ア"),
    ):
        (found,) = check_text(text, "6.1.results", sheet)
        assert (found.verdict, found.indicator) == ("mismatch", indicator)


def test_a_unit_that_only_a_note_has_is_read(welfare: SheetFile) -> None:
    sheet = _with(welfare, {"evidence": [{"figure": 46, "unit": "行程", "what": "巡回バスの運行", "year": 2023}]})
    verdicts = [check_text(f"巡回バスの運行は{n}行程であった。", "5.1", sheet)[0].verdict for n in (46, 64)]
    assert verdicts == ["match", "mismatch"]


def test_a_sheet_without_notes_says_as_before(welfare: SheetFile) -> None:
    for text, *_ in RIGHT:
        assert {found.verdict for found in check_text(text, "5.4.done", welfare)} <= {"unsupported"}


WORDS = st.text(
    st.sampled_from("市民相談を開始し窓口の設置件数は12回５人、「協議」（案）うち平均率\n・実施した0.%千円"),
    min_size=1,
    max_size=30,
)
FILLED = WORDS.filter(str.strip)
ANY_FACTS = st.fixed_dictionaries(
    {
        "done": st.lists(st.fixed_dictionaries({"text": FILLED}), max_size=3),
        "planned": st.lists(st.fixed_dictionaries({"text": FILLED}), max_size=2),
        "projects": st.lists(
            st.fixed_dictionaries(
                {"name": FILLED, "result": st.none() | WORDS, "cost": st.none() | st.decimals(-9, 99999, places=1)}
            ),
            max_size=3,
        ),
        "evidence": st.lists(
            st.fixed_dictionaries(
                {
                    "what": FILLED,
                    "figure": st.decimals(-999, 99999, places=2),
                    "unit": st.sampled_from([None, "件", "％", "千人", "円", "年", "か所(延べ)"]),
                    "year": st.sampled_from([2022, 2023, 2024]),
                }
            ),
            max_size=4,
        ),
    }
)


@given(facts=ANY_FACTS, text=WORDS, section=st.sampled_from(["5.1", "5.4.plan"]))
def test_any_notes_and_any_text_are_checked_without_error(facts: dict[str, Any], text: str, section: str) -> None:
    sheet = {"fiscal_year": 2023, "measure": {"name": "施策"}, "sections": {section: text}, "facts": facts}
    for found in check_sheet(SheetFile.model_validate(sheet)).findings:
        if found.start is not None:
            assert text[found.start : found.end] == found.text


@given(facts=ANY_FACTS)
def test_a_text_of_nothing_but_words_gets_no_finding_from_notes(facts: dict[str, Any]) -> None:
    sheet = {"fiscal_year": 2023, "measure": {"name": "施策"}, "facts": facts}
    assert check_text("市民相談を開始し、窓口を設置した。", "5.1", SheetFile.model_validate(sheet)) == []


_word_sets = st.frozensets(st.sampled_from("あいうえおかき"), max_size=5)


@given(st.tuples(_word_sets, _word_sets, _word_sets, _word_sets, _word_sets), st.lists(_word_sets, max_size=4))
def test_evidence_that_shares_no_word_with_a_phrase_is_never_meant(
    words: tuple[frozenset[str], ...], cores: list[frozenset[str]]
) -> None:
    """What ``Notes.evidence_with`` leaves out may not be a note that the phrase means."""
    text = Phrase(*words)
    for core in cores:
        note = Phrase(core, core)
        if not core & text.words:
            assert not any(means(text, note) for means in (is_meant, is_shortened, may_be_meant))


def test_many_notes_in_another_order_give_the_same_findings(noted: SheetFile) -> None:
    """Notes are looked up by their words; one among hundreds is found as one among few."""
    others = [{"direction": 2, "text": f"駅前花壇の植替えを{number}回行った。"} for number in range(30, 330)]
    many = _with(noted, FACTS | {"done": [*others[:150], *FACTS["done"], *others[150:]]})
    text = "見守り協力事業者からの情報提供は25件であった。養成講座を12回開催し、延べ345人が参加した。"
    few = check_text(text, "6.1.results", noted)
    found = check_text(text, "6.1.results", many)
    assert [(one.verdict, one.start, one.expected) for one in found] == [
        (one.verdict, one.start, one.expected) for one in few
    ]
    assert {one.verdict for one in found} == {"match", "mismatch"}
