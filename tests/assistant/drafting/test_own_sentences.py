"""The checker confirms every own sentence, whatever the figures are."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import UNSURE_OWN
from corpus.sheetfile import SheetFile

UNITS = (("％", 1), ("件", 0), ("人", 0), ("km", 1), ("億円", 1), ("㎡", 0), ("g/人日", 0), ("点", 1), (None, 1))
NAMES = ("参加している市民の割合", "登録団体の活動", "通学路の整備状況", "苦情への対応", "学校の満足度", "農地の集積")
TOLD = ("4.3", "5.1", "6.1.results", "6.1.issues", "7.1", "7.2")


def made(seed: int) -> SheetFile:
    """A sheet of 2024 with one to six indicators, gaps in surveys and targets, each polarity or none."""
    chance = random.Random(seed)
    indicators: list[dict[str, Any]] = []
    for place in range(chance.randint(1, len(NAMES))):
        unit, decimals = chance.choice(UNITS)
        better = chance.choice(("higher", "lower", "higher", None))
        level = aim = float(chance.choice((5, 40, 80) if unit == "％" else (5, 40, 300, 12000)))
        values: dict[int, dict[str, float]] = {}
        for year in range(2019, 2028):
            level, aim = level * chance.uniform(0.9, 1.12), aim * (0.96 if better == "lower" else 1.04)
            level, aim = (min(level, 99.0), min(aim, 99.0)) if unit == "％" else (level, aim)
            known = {"target": round(aim, decimals)} if year > 2019 and chance.random() < 0.95 else {}
            if year <= 2024 and chance.random() < 0.85:
                known["actual"] = round(chance.choice((level, level, level, aim)), decimals)
            values[year] = known
        entry = {"id": f"{place % 2 + 1}-{place}", "kind": "outcome", "direction": place % 2 + 1, "values": values}
        indicators.append(entry | {"name": NAMES[place], "unit": unit, "better": better, "decimals": decimals})
    people = {year: {"actual": 80000 - chance.randint(0, 900)} for year in range(2020, 2025)}
    indicators.append({"id": "P-ア", "kind": "population", "name": "人口", "unit": "人", "values": people})
    parts = {year: (chance.randint(1000, 900000), chance.randint(1000, 90000)) for year in (2023, 2024)}
    costs = {year: {"program_total": a, "personnel": b, "total": a + b} for year, (a, b) in parts.items()}
    whole = {"indicators": indicators, "costs": costs, "plan": {"start": 2020, "end": 2027}}
    directions = [{"number": 1, "name": "見守り"}, {"number": 2, "name": "相談"}]
    return SheetFile.model_validate(
        {"fiscal_year": 2024, "measure": {"name": "見本の施策"}, "directions": directions, **whole}
    )


@pytest.mark.parametrize("section", TOLD)
@given(st.integers(0, 100_000))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_checker_confirms_every_own_sentence(section: str, seed: int) -> None:
    draft, findings = draft_section(DraftRequest(made(seed), None, section))
    assert [(found.verdict, found.text, found.message) for found in findings if found.verdict != "match"] == []
    assert UNSURE_OWN not in draft.text
