"""The sample city: valid, invented, its figures hold together; what is wrong in it was planted and is listed."""

import csv
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
import simplejson

import corpus
from assistant.checking import check_sheet
from corpus.form import COST_SOURCES, SECTION_KEYS
from corpus.items import split_items
from corpus.sheetfile import IndicatorEntry, SheetFile
from corpus.yearfacts import cost_of

SAMPLE = Path(corpus.__file__).parent / "sample"
WRITTEN, WAITING, FIRST = (2020, 2021, 2022, 2023), 2024, 2020
EMPTY_WAITING = {"71", "81"}
"""Measures whose waiting sheet has no figures of its own year yet."""
LINES = (SAMPLE / "sheets.jsonl").read_text("utf-8").splitlines()
SHEETS = [SheetFile.model_validate(simplejson.loads(line, use_decimal=True)) for line in LINES]
FULL = [sheet for sheet in SHEETS if sheet.fiscal_year in WRITTEN]


def _table(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


FAULTS = _table("faults.tsv")
PLANTED = {(fault["code"], int(fault["fiscal_year"])) for fault in FAULTS}
RIGHT = [sheet for sheet in FULL if (sheet.measure.code, sheet.fiscal_year) not in PLANTED]


def _name(sheet: SheetFile) -> str:
    return f"{sheet.measure.code}-{sheet.fiscal_year}"


each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=_name)
each_full_sheet = pytest.mark.parametrize("sheet", FULL, ids=_name)
each_right_sheet = pytest.mark.parametrize("sheet", RIGHT, ids=_name)


def _sign(entry: IndicatorEntry) -> int:
    assert entry.better is not None
    return 1 if entry.better == "higher" else -1


def _grade(flags: list[bool]) -> str:
    share = Decimal(sum(flags)) / len(flags)
    if share == 1:
        return "A"
    return "B" if share >= Decimal(2) / 3 else "C" if share >= Decimal(1) / 3 else "D" if share else "E"


def test_the_folder_holds_sheets_faults_questions_and_their_readme_only():
    assert {path.name for path in SAMPLE.iterdir()} == {"README.md", "sheets.jsonl", "faults.tsv", "queries.tsv"}


def test_eight_measures_of_different_fields_over_four_written_years_and_one_waiting():
    by_measure = {(sheet.measure.code, sheet.policy) for sheet in SHEETS}
    assert len(by_measure) == len({policy for _, policy in by_measure}) == 8
    identities = {(sheet.measure.code, sheet.fiscal_year) for sheet in SHEETS}
    assert len(identities) == len(SHEETS)
    assert identities == {(code, year) for code, _ in by_measure for year in (*WRITTEN, WAITING)}


def test_the_city_is_marked_as_invented():
    assert {sheet.municipality for sheet in SHEETS} == {"ひなた野市（架空）"}
    assert "実在しません" in (SAMPLE / "README.md").read_text("utf-8")


@pytest.mark.parametrize("line", LINES, ids=[_name(sheet) for sheet in SHEETS])
def test_writing_a_sheet_again_gives_the_same_line(line: str):
    assert SheetFile.model_validate(simplejson.loads(line, use_decimal=True)).to_json() == line


@each_sheet
def test_costs_close(sheet: SheetFile):
    empty = sheet.fiscal_year == WAITING and sheet.measure.code in EMPTY_WAITING
    assert sorted(sheet.costs) == list(range(FIRST, sheet.fiscal_year + (not empty)))
    for cost in sheet.costs.values():
        assert sum(cost.value(row) or Decimal(0) for row in COST_SOURCES) == cost.program_total
        assert cost.program_total + cost.personnel == cost.total
        assert cost.projects
        assert cost.hours


@each_sheet
def test_series_reach_over_the_plan_and_actuals_up_to_the_sheets_year(sheet: SheetFile):
    plan = list(range(sheet.plan.start, sheet.plan.end + 1))
    for entry in sheet.indicators:
        assert list(entry.series("forecast" if entry.kind == "population" else "target")) == plan
        assert max(entry.series("actual")) <= sheet.fiscal_year
        for values in entry.values.values():
            for value in (values.forecast, values.baseline, values.target, values.actual):
                assert value is None or -value.as_tuple().exponent == entry.decimals


@each_sheet
def test_targets_move_the_way_that_is_better(sheet: SheetFile):
    for entry in sheet.outcomes():
        targets = [_sign(entry) * value for value in entry.series("target").values()]
        assert targets == sorted(targets)


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet not in FULL or sheet in RIGHT], ids=_name)
def test_flags_follow_series_and_polarity(sheet: SheetFile):
    year = sheet.fiscal_year
    for entry in sheet.outcomes():
        actual, before = entry.value(year, "actual"), entry.value(year - 1, "actual")
        target = entry.value(year, "target")
        met = None if actual is None else _sign(entry) * (actual - target) >= 0
        better = None if actual is None or before is None else _sign(entry) * (actual - before) > 0
        assert entry.achieved == {year: met}
        assert entry.improved == {year: better}


@each_right_sheet
def test_grades_follow_the_share_of_indicators(sheet: SheetFile):
    year = sheet.fiscal_year
    met, better = [], []
    for entry in sheet.outcomes():
        actuals = entry.series("actual")
        if year in actuals:
            met.append(_sign(entry) * (actuals[year] - entry.value(year, "target")) >= 0)
            before = [past for past in actuals if past < year]
            if before:
                better.append(_sign(entry) * (actuals[year] - actuals[max(before)]) > 0)
    assert (sheet.grades.achievement, sheet.grades.trend) == (_grade(met), _grade(better))
    assert sheet.grades.overall


@pytest.mark.parametrize("code", sorted({sheet.measure.code for sheet in SHEETS}))
def test_years_sheets_agree_about_the_past(code: str):
    own = [sheet for sheet in SHEETS if sheet.measure.code == code]
    for earlier, later in combinations(sorted(own, key=lambda sheet: sheet.fiscal_year), 2):
        assert [entry.id for entry in earlier.indicators] == [entry.id for entry in later.indicators]
        for entry in earlier.indicators:
            same = later.indicator(entry.id)
            past = {year: value for year, value in same.series("actual").items() if year <= earlier.fiscal_year}
            assert entry.series("actual") == past
            for series in ("forecast", "baseline", "target"):
                assert entry.series(series) == same.series(series)
        assert earlier.costs == {year: later.costs[year] for year in earlier.costs}


@pytest.mark.parametrize("year", [*WRITTEN, WAITING])
def test_measures_agree_about_the_population_of_the_city(year: int):
    entries = [sheet.indicator("P-ア") for sheet in SHEETS if sheet.fiscal_year == year]
    stored = [entry for entry in entries if entry.name.startswith("人口") and entry.value(year, "actual") is not None]
    assert len(stored) >= 6
    assert len({entry.value(year, "actual") for entry in stored}) == 1


def test_the_traits_that_the_readme_names():
    outcomes = [entry for sheet in SHEETS for entry in sheet.outcomes()]
    assert {entry.better for entry in outcomes} == {"higher", "lower"}
    assert len({entry.unit for entry in outcomes}) >= 4
    assert any(not entry.series("baseline") for entry in outcomes)
    for sheet in FULL:
        unsurveyed = [entry for entry in sheet.outcomes() if entry.value(sheet.fiscal_year, "actual") is None]
        assert all(any(word in entry.source for word in ("調査", "アンケート")) for entry in unsurveyed)
    assert sum(entry.value(2022, "actual") is None for entry in outcomes if 2022 in entry.achieved) >= 2


@each_full_sheet
def test_all_ten_sections_are_of_real_length(sheet: SheetFile):
    assert set(sheet.sections) == set(SECTION_KEYS)
    lengths = [len(sheet.text(key)) for key in SECTION_KEYS]
    assert min(lengths) >= 200
    assert max(lengths) <= 800


def test_no_section_stands_twice():
    texts = [sheet.text(key) for sheet in FULL for key in SECTION_KEYS]
    assert len(set(texts)) == len(texts)


def test_some_items_stay_from_year_to_year_as_they_do_on_real_sheets():
    kept = 0
    for earlier, later in combinations(FULL, 2):
        if earlier.measure == later.measure and later.fiscal_year == earlier.fiscal_year + 1:
            before, after = (
                {item.body for key in SECTION_KEYS for item in split_items(sheet.text(key)) if not item.heading}
                for sheet in (earlier, later)
            )
            kept += len(before & after)
            assert len(before & after) < len(after) / 4
    assert kept >= 4


@each_full_sheet
def test_results_and_issues_stand_under_both_directions(sheet: SheetFile):
    for key in ("4.3", "6.1.results", "6.1.issues"):
        stated = {item.direction for item in split_items(sheet.text(key)) if not item.heading} - {None}
        assert stated == {direction.number for direction in sheet.directions}


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.fiscal_year == WAITING], ids=_name)
def test_the_waiting_sheets_have_figures_and_no_words(sheet: SheetFile):
    if sheet.measure.code in EMPTY_WAITING:
        assert all(entry.value(WAITING, "actual") is None for entry in sheet.indicators)
        assert WAITING not in sheet.costs
    else:
        surveyed = [entry for entry in sheet.outcomes() if entry.value(WAITING, "actual") is not None]
        assert len(surveyed) >= 3
        assert all(entry.achieved[WAITING] is not None for entry in surveyed)
        assert sheet.costs[WAITING].total
    assert not any(sheet.sections.values())
    assert (sheet.grades.achievement, sheet.grades.trend, sheet.grades.overall) == (None, None, None)


def test_the_planted_faults_stand_where_the_list_says():
    by_sheet = {(sheet.measure.code, str(sheet.fiscal_year)): sheet for sheet in SHEETS}
    assert len(FAULTS) >= 12
    assert len({fault["type"] for fault in FAULTS}) >= 12
    assert len(PLANTED) == 2
    readme = (SAMPLE / "README.md").read_text("utf-8")
    for fault in FAULTS:
        text = by_sheet[fault["code"], fault["fiscal_year"]].text(fault["section"])
        assert text.count(fault["words"]) == 1
        assert fault["right"] not in text
        assert f"| {fault['section']} | {fault['words']} |" in readme


def test_table_findings_stand_on_the_planted_sheets_only():
    found = set()
    for sheet in SHEETS:
        earlier = [
            other
            for other in SHEETS
            if other.measure.code == sheet.measure.code and other.fiscal_year < sheet.fiscal_year
        ]
        findings = check_sheet(sheet, earlier).findings
        if any(finding.section == "table" and finding.verdict != "match" for finding in findings):
            found.add((sheet.measure.code, sheet.fiscal_year))
    assert found == PLANTED


@pytest.mark.parametrize("code", ["12", "21", "31", "41"])
def test_some_waiting_sheets_have_facts_whose_projects_add_up(code: str):
    sheet = next(sheet for sheet in SHEETS if sheet.measure.code == code and sheet.fiscal_year == WAITING)
    assert len(sheet.facts.projects) == sheet.costs[WAITING].projects
    assert cost_of(sheet.facts.projects) == sheet.costs[WAITING].program_total
    assert sheet.facts.done
    assert sheet.facts.evidence


def test_the_questions_have_their_passages_in_the_sheets():
    by_sheet = {(sheet.measure.code, str(sheet.fiscal_year)): sheet for sheet in SHEETS}
    questions = _table("queries.tsv")
    assert len({row["query"] for row in questions}) >= 40
    for row in questions:
        assert row["passage"] in by_sheet[row["code"], row["fiscal_year"]].text(row["section"])
        assert row["query"] not in row["passage"]
