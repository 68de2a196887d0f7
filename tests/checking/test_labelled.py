"""The labelled set holds what it promises, and the checker does on it what issue 4 asks for."""

import re
from collections import Counter

import pytest

from tests.checking.labelled import QUIET, Score, by_checker, read_case, read_cases, score_all, sheet_of

TYPES = tuple(f"{number:02}" for number in range(1, 33))
RECALL, FALSE_FLAGS, ABSTENTION, EACH = 0.97, 0.01, 0.05, 0.9


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score_all(read_cases(), by_checker)


@pytest.fixture(scope="module")
def total(scores: dict[str, Score]) -> Score:
    total = Score()
    for score in scores.values():
        total.add(score)
    return total


def test_every_type_has_its_cases_in_pairs() -> None:
    cases = read_cases()
    counts = Counter(case.type for case in cases)
    assert all(counts[name] >= 12 for name in TYPES)
    assert counts[QUIET] >= 150
    assert len(cases) - counts[QUIET] >= 600
    names = {case.id for case in cases if case.type != QUIET}
    assert {name[:-1] for name in names if name.endswith("r")} == {name[:-1] for name in names if name.endswith("w")}


def test_half_of_the_cases_have_several_statements() -> None:
    cases = [case for case in read_cases() if case.type != QUIET]
    several = [case for case in cases if len(case.expected) >= 2 and len(re.findall(r"[、。\n]", case.text)) >= 2]
    assert len(several) >= len(cases) / 2


def test_every_sheet_of_a_case_can_be_read() -> None:
    for name in {case.sheet for case in read_cases()}:
        assert sheet_of(name)[0].measure.name


def test_recall_on_wrong(total: Score) -> None:
    assert (total.recall or 0) >= RECALL, "\n".join(total.faults)


def test_false_flags_on_right(total: Score) -> None:
    assert total.false_flags is not None
    assert total.false_flags <= FALSE_FLAGS, "\n".join(total.faults)


def test_abstention(total: Score) -> None:
    assert total.abstention is not None
    assert total.abstention <= ABSTENTION, "\n".join(total.faults)


@pytest.mark.parametrize("name", TYPES)
def test_each_type(scores: dict[str, Score], name: str) -> None:
    score = scores[name]
    assert (score.recall or 0) >= EACH, score.faults
    assert 1 - (score.false_flags or 0) >= EACH, score.faults


@pytest.mark.parametrize(
    "line",
    [
        "01-01r\tsample-12-2023\t5.1\tno mark\twhy",
        "01-01w\tsample-12-2023\t5.1\t[[1人|= P-ア]]\twhy",
        "01-01r\tsample-12-2023\t5.1\t[[1人|! P-ア]]\twhy",
        "01-01r\tsample-12-2023\t9.9\t[[1人|=]]\twhy",
        "01-01r\tsample-12-2023\t5.1\t[[1人|= P-ア]]",
        "q-01q\tsample-12-2023\t5.1\t[[1人|=]]\twhy",
    ],
)
def test_a_line_that_is_no_case_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_case(line, "01")
