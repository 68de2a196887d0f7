"""Proposals for the grades: what counts, what does not and why, the share, the reason in words."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grading import GRADES, Proposals, propose
from corpus.city import Bounds, Grading, OverallRule
from corpus.sheetfile import SheetFile

YEAR = 2023


def indicator(key: str, actual: float | None, target: float | None = 10, before: float | None = 5, **more: Any) -> Any:
    """An outcome indicator: met when ``actual`` is 10 or more, better when it is above 5. None: 「―」."""
    values = {str(YEAR): {"actual": actual} | ({} if target is None else {"target": target})}
    if before is not None:
        values[str(YEAR - 1)] = {"actual": before}
    return {
        "id": key,
        "kind": "outcome",
        "name": f"指標{key}",
        "unit": "件",
        "better": "higher",
        "values": values,
    } | more


def sheet(*indicators: Any, year: int = YEAR, **more: Any) -> SheetFile:
    content = {"fiscal_year": year, "measure": {"name": "施策"}, "indicators": list(indicators)}
    return SheetFile.model_validate(content | more)


def grades(found: Proposals) -> str:
    return "".join(found.of(name).grade or "-" for name in ("achievement", "trend", "overall"))


def test_the_reason_is_said_as_a_planning_division_says_it() -> None:
    made = sheet(indicator("1-ア", 12), indicator("1-イ", 8), indicator("2-ア", 4), indicator("2-イ", None))
    found = propose(made)
    assert found.achievement.grade == "C"
    assert found.achievement.reason == (
        "成果指標4件のうち調査のあった3件中1件（1-ア）が目標を達成。3分の1以上のためC。"
        "数えていないもの：2-イ（調査なし）。"
    )
    assert found.trend.grade == "B"
    assert "3件中2件（1-ア、1-イ）が前回から向上。3分の2以上のためB。" in found.trend.reason


@pytest.mark.parametrize(
    ("actuals", "expected"),
    [
        ((10, 10, 10), "AAA"),
        ((10, 10, 9), "BAB"),
        ((10, 9, 9), "CAB"),
        ((9, 9, 9), "EAC"),
        ((10, 4, 4), "CCC"),
        ((9, 9, 4, 4), "ECD"),
        ((10, 4, 4, 4), "DDD"),
        ((4, 4), "EEE"),
    ],
)
def test_the_share_makes_the_grade(actuals: tuple[int, ...], expected: str) -> None:
    assert grades(propose(sheet(*(indicator(f"1-{n}", actual) for n, actual in enumerate(actuals))))) == expected


@pytest.mark.parametrize(
    ("entry", "achievement", "trend"),
    [
        (indicator("2-ア", None), "not_surveyed", "not_surveyed"),
        (indicator("2-ア", 8, values={"2022": {"actual": 5}, "2023": {"target": 10}}), "not_entered", "not_entered"),
        (indicator("2-ア", 8, target=None), "no_target", None),
        (indicator("2-ア", 8, before=None), None, "not_before"),
        (indicator("2-ア", 8, better=None), "polarity_unknown", "polarity_unknown"),
        (indicator("2-ア", 8, kind="population"), "absent", "absent"),
    ],
)
def test_what_cannot_be_counted_says_why(entry: Any, achievement: str | None, trend: str | None) -> None:
    found = propose(sheet(indicator("1-ア", 12), entry))
    for proposal, why in ((found.achievement, achievement), (found.trend, trend)):
        left_out = {uncounted.id: uncounted.why for uncounted in proposal.uncounted}
        assert left_out == ({"2-ア": why} if why not in (None, "absent") else {})
        assert len(proposal.counted) == (2 if why is None else 1)
        assert ("数えていないもの：2-ア" in proposal.reason) == bool(left_out)


def test_lower_can_be_better() -> None:
    found = propose(sheet(indicator("1-ア", 8, target=10, before=9, better="lower")))
    assert grades(found) == "AAA"


def test_the_last_surveyed_year_counts_also_from_an_earlier_sheet() -> None:
    now = sheet(indicator("1-ア", 8, before=None))
    assert propose(now).trend.grade is None
    older = sheet(indicator("1-ア", None, values={"2020": {"actual": 7}, "2021": {"actual": None}}), year=2021)
    later = sheet(indicator("1-ア", None, values={"2022": {"actual": 9}}), year=2024)
    found = propose(now, [later, older]).trend
    assert (found.grade, found.counted[0].other, found.counted[0].other_year) == ("A", Decimal(7), 2020)


def test_an_unchanged_value_is_no_improvement_but_leaves_the_question_open() -> None:
    found = propose(sheet(indicator("1-ア", 8), indicator("1-イ", 5))).trend
    assert (found.grade, found.best, found.worst) == ("C", "A", "C")
    assert "前回と同じ値のもの（1-イ）は、向上に数えていません。" in found.reason
    nothing = propose(sheet(indicator("1-ア", 5), indicator("1-イ", 5))).trend
    assert nothing.grade is None
    assert "ほとんど変わらなかった" in nothing.reason


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (sheet(), "成果指標がない"),
        (sheet(indicator("1-ア", None)), "1-ア（調査なし）"),
        (sheet(indicator("1-ア", 8, better=None)), "1-ア（望ましい方向が未確認）"),
    ],
)
def test_nothing_countable_proposes_nothing(made: SheetFile, words: str) -> None:
    found = propose(made)
    assert grades(found) == "---"
    assert words in found.achievement.reason
    assert "4(1)と4(2)の提案がない" in found.overall.reason


def test_overall_is_never_a_while_something_is_uncountable() -> None:
    assert grades(propose(sheet(indicator("1-ア", 12)))) == "AAA"
    found = propose(sheet(indicator("1-ア", 12), indicator("1-イ", None)))
    assert grades(found) == "AAB"
    assert "数えられない成果指標（1-イ）があるため、AではなくB" in found.overall.reason


@pytest.mark.parametrize(
    ("rule", "expected"), [("mean", "EAC"), ("worse", "EAE"), ("achievement", "EAE"), ("none", "EA-")]
)
def test_the_rule_for_overall_is_the_citys(rule: OverallRule, expected: str) -> None:
    assert grades(propose(sheet(indicator("1-ア", 9)), (), Grading(overall=rule))) == expected


@pytest.mark.parametrize(("actuals", "expected"), [((10, 9, 4), "CBC"), ((10, 4, 4, 4), "DDD"), ((9, 4, 4, 4), "EDE")])
def test_a_half_goes_to_the_side_of_the_aims(actuals: tuple[int, ...], expected: str) -> None:
    found = propose(sheet(*(indicator(f"1-{n}", actual) for n, actual in enumerate(actuals))))
    assert grades(found) == expected
    assert ("中間" in found.overall.reason) == (expected[0] != expected[1])


def test_a_citys_own_bounds_are_named_in_the_reason() -> None:
    bounds = Bounds(a=Decimal("0.9"), b=Decimal("0.6"), c=Decimal("0.5"), d=Decimal("0.2"))
    made = [sheet(*(indicator(f"1-{n}", 12 if n < met else 8) for n in range(10))) for met in (9, 6, 5, 3, 2)]
    found = [propose(each, (), Grading(achievement=bounds)).achievement for each in made]
    assert [proposal.grade for proposal in found] == ["A", "B", "C", "D", "E"]
    for proposal, words in zip(
        found, ("90％以上", "60％以上", "2分の1以上", "20％を超えるが2分の1に満たない", "20％以下"), strict=True
    ):
        assert words in proposal.reason


shares = st.integers(0, 20).map(lambda part: Decimal(part) / 20)


@given(st.integers(1, 12), st.lists(shares, min_size=4, max_size=4))
def test_more_met_never_makes_a_worse_grade(count: int, raw: list[Decimal]) -> None:
    a, b, c, d = sorted(raw, reverse=True)
    grading = Grading(achievement=Bounds(a=a, b=b, c=c, d=d), trend=Bounds(a=a, b=b, c=c, d=d))
    seen: list[list[int]] = []
    for met in range(count + 1):
        found = propose(sheet(*(indicator(f"1-{n}", 12 if n < met else 4) for n in range(count))), (), grading)
        seen.append([GRADES.index(found.of(name).grade or "E") for name in ("achievement", "trend", "overall")])
        assert f"成果指標{count}件" in found.achievement.reason
    for before, after in pairwise(seen):
        assert all(now <= then for now, then in zip(after, before, strict=True))


@given(st.lists(st.sampled_from([12, 8, 5, 4, None]), max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_every_outcome_indicator_is_counted_or_named(actuals: list[int | None], known: list[bool]) -> None:
    entries = [indicator(f"1-{n}", actual, better="higher" if known[n] else None) for n, actual in enumerate(actuals)]
    found = propose(sheet(*entries))
    for proposal in (found.achievement, found.trend):
        ids = [entry.id for entry in proposal.counted] + [entry.id for entry in proposal.uncounted]
        assert sorted(ids) == sorted(entry["id"] for entry in entries)
        if proposal.grade and proposal.best and proposal.worst:
            assert proposal.best <= proposal.grade <= proposal.worst
        for entry in proposal.uncounted:
            assert entry.id in proposal.reason
