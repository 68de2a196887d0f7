"""The perturbation run on a fixed small sample: planted faults are found, true sentences are left alone (issue 4, 7)."""

import random
from decimal import Decimal
from typing import Any

import pytest

from tests.checking.parts import Sentence
from tests.checking.patterns import PATTERNS, sentences
from tests.checking.perturb import FAULTS, plantable
from tests.checking.perturbation import Miss, Run, run, sample_views, views_of
from tests.checking.programmes import programme_files, programmes, sheet_of_programme

RECALL, FALSE_FLAGS = 0.98, 0.005


def _held(found: Run) -> None:
    """Both thresholds hold; else what went wrong is shown."""
    held = found.recall >= RECALL and found.false_flags <= FALSE_FLAGS
    shown = [*_lines(found.missed)[:20], "false flags:", *_lines(found.flagged)[:20]]
    assert held, f"recall {found.recall:.4f}, false flags {found.false_flags:.4f}; missed:\n" + "\n".join(shown)


def _lines(misses: list[Miss]) -> list[str]:
    return [f"{miss.pattern} [{miss.sheet}] {miss.text} ({miss.note}) {miss.said}" for miss in misses]


def test_faults_in_sentences_about_the_sample_city_are_found() -> None:
    found = run(sample_views(), share=0.14, faults=3)
    assert found.sentences >= 1400
    assert set(found.faults) == set(FAULTS)
    assert len(found.true) >= 0.9 * len(PATTERNS)
    _held(found)


def test_faults_in_sentences_about_national_programmes_are_found() -> None:
    if not programme_files():
        pytest.skip("../shared/data is not here")
    found = run(views_of(programmes(step=13)), share=0.05, faults=2, limit=1500)
    assert found.sentences >= 1400
    _held(found)


@pytest.fixture(scope="module")
def composed() -> list[Sentence]:
    return [
        sentence for view in sample_views()[::5] for sentence in sentences(view, random.Random(view.name), share=0.4)
    ]


def test_every_pattern_makes_sentences_of_the_sample_city() -> None:
    made = {sentence.pattern for view in sample_views() for sentence in sentences(view, random.Random(view.name))}
    assert made == {pattern.id for pattern in PATTERNS}
    assert len(made) == len(PATTERNS) >= 45


def test_a_figure_says_what_its_claim_says(composed: list[Sentence]) -> None:
    for sentence in composed:
        for piece in sentence.pieces:
            if piece.shown is not None:
                truth = piece.shown.claim.truth(sentence.view)
                assert truth is not None
                assert piece.shown.may_fit(truth), sentence.text
                if piece.shown.claim.form == "level" and piece.shown.written == "exact" and piece.shown.per == 1:
                    assert piece.shown.value == truth, sentence.text


def test_a_planted_fault_changes_one_piece_and_nothing_else(composed: list[Sentence]) -> None:
    for sentence in composed:
        for planted in plantable(sentence, random.Random(0)).values():
            start, end = planted.place
            assert len(planted.text[start:end]) == len(planted.now)
            before, after = sentence.text, planted.text
            assert after != before
            assert after[:start] == before[:start]
            assert before.endswith(after[end:])
            assert planted.statement[0] <= start
            assert end <= planted.statement[1]


def test_a_planted_figure_does_not_fit_the_stored_value(composed: list[Sentence]) -> None:
    for sentence in composed:
        for fault, planted in plantable(sentence, random.Random(1)).items():
            if fault in ("digit", "target for actual"):
                piece = next(
                    piece
                    for place, piece in enumerate(planted.sentence.pieces)
                    if planted.sentence.span(place) == planted.place
                )
                if piece.shown is not None:
                    truth = piece.shown.claim.truth(sentence.view)
                    assert truth is not None
                    assert not piece.shown.may_fit(truth), (sentence.text, planted.text)


def _row(**changed: Any) -> dict[str, Any]:
    values = {
        "2017": {"actual": 0.0, "target": 20.0},
        "2018": {"actual": 15.5},
        "2019": {"actual": 17.0, "target": 22.0},
    }
    indicator = {"name": "講座の\n参加者数", "unit": "件数（月平均）", "values": values} | changed
    budget = {"2018": {"executed": 64.5}, "2019": {"executed": 0.0}, "2020": {"executed": 70.0}}
    return {"name": "講座事業", "ministry": "某省", "indicators": [indicator], "budget_million_yen": budget}


def test_a_programme_becomes_a_sheet_of_its_last_surveyed_year() -> None:
    sheet = sheet_of_programme(_row())
    assert sheet is not None
    (entry,) = sheet.indicators
    assert (sheet.fiscal_year, entry.name, entry.unit, entry.decimals) == (2019, "講座の参加者数", "件", 1)
    assert entry.series("actual") == {2018: Decimal("15.5"), 2019: Decimal(17)}
    assert entry.better == "higher"
    assert {year: cost.program_total for year, cost in sheet.costs.items()} == {2018: Decimal(64500)}


@pytest.mark.parametrize(
    "changed",
    [
        {"unit": "-"},
        {"unit": "件/年"},
        {"name": "目標値に対する割合"},
        {"name": "Ａ÷Ｂ×100"},
        {"values": {"2018": {"actual": 1.0}}},
        {"values": {"2017": {"actual": 1.234}, "2018": {"actual": 1.5}}},
    ],
)
def test_a_programme_that_cannot_be_read_is_left_out(changed: dict[str, Any]) -> None:
    assert sheet_of_programme(_row(**changed)) is None
