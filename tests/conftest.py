"""Fixtures shared by all tests: a data folder of its own, the real database, and a small complete sheet."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.accounts import COMMAND_LINE, Actor, actor_of, add_user
from corpus.city import PART_FIELDS, Grading, Writing, setting_mark
from corpus.citysettings import change_grading, change_writing, grading, writing
from corpus.database import make_engine, open_session, upgrade
from corpus.settings import Settings
from corpus.sheetfile import SheetFile
from tests.modelserver import ModelServer

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SETTINGS_IN_ENVIRONMENT = tuple(name.upper() for name in Settings.model_fields)

# a busy machine is slow now and then: time is measured elsewhere
hypothesis_settings.register_profile("shisaku", deadline=None)
hypothesis_settings.load_profile("shisaku")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in SETTINGS_IN_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, shisaku_home=tmp_path / "data")


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A server of a language model that answers 「はい。」 until it is told to do otherwise."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with open_session(engine) as session:
        yield session


@pytest.fixture
def hanako(session: Session) -> Actor:
    """Somebody with an account, as who agrees to a model outside has."""
    return actor_of(add_user(session, "hanako", "見本 花子", None, actor=COMMAND_LINE))


@pytest.fixture
def seed_text() -> str:
    path = SHARED / "seed-sheet.txt"
    if not path.exists():
        pytest.skip("../shared/seed-sheet.txt is not here")
    return path.read_text(encoding="utf-8")


ACTIVE = {2020: 13.0, 2021: 14.8, 2022: None, 2023: 12.1, 2024: 12.9}
ACTIVE_TARGETS = dict(zip(range(2020, 2028), (14.9, 15.3, 15.7, 16.0, 16.5, 17.0, 17.5, 18.0), strict=True))
HIRED = {2020: 45, 2021: 49, 2022: 52, 2023: 63, 2024: 58}
HIRED_TARGETS = dict(zip(range(2020, 2028), (55, 60, 60, 60, 62, 65, 65, 65), strict=True))
PEOPLE = {2020: 76500, 2021: 76423, 2022: 76278, 2023: 76182, 2024: 76050}
GRADES = {2020: "EE", 2021: "EA", 2022: "EA", 2023: "CC", 2024: "EC"}
"""4(1) and 4(2), as the figures make them by the shares of claims.md."""
FORECASTS = {2020: 76500, 2021: 76400, 2022: 76300, 2023: 76200, 2024: 76100}
COSTS: dict[int, dict[str, int | None]] = {
    2020: {"national": 28000, "general": 300000, "program_total": 328000, "personnel": 227000, "total": 555000},
    2021: {"national": 29000, "general": 305000, "program_total": 334000, "personnel": 228000, "total": 562000},
    2022: {"national": 30000, "general": 310000, "program_total": 340000, "personnel": 230000, "total": 570000},
    2023: {
        "projects": 24,
        "national": 31371,
        "prefectural": 20556,
        "bonds": None,
        "other": None,
        "general": 316118,
        "program_total": 368045,
        "hours": 67820,
        "personnel": 229568,
        "total": 597613,
    },
    2024: {"national": 32000, "general": 320000, "program_total": 352000, "personnel": 231000, "total": 583000},
}


def _outcome(
    indicator_id: str, name: str, unit: str, actuals: dict[int, Any], targets: dict[int, Any], year: int, **more: Any
) -> dict[str, Any]:
    """An indicator as the sheet of ``year`` prints it: two years back, and the target two years ahead."""
    values = {str(at): {"target": targets[at], "actual": actuals[at]} for at in range(max(2020, year - 2), year + 1)}
    before = next((actuals[at] for at in range(year - 1, 2019, -1) if actuals[at] is not None), None)
    now = actuals[year]
    return {
        "id": indicator_id,
        "kind": "outcome",
        "direction": int(indicator_id[0]),
        "label": "ア",
        "name": name,
        "unit": unit,
        "better": "higher",
        "values": values | {str(year + 2): {"target": targets[year + 2]}},
        "achieved": {str(year): None if now is None else now >= targets[year]},
        "improved": {str(year): None if now is None or before is None else now > before},
        **more,
    }


def sheet_object(fiscal_year: int = 2023, **changes: Any) -> dict[str, Any]:
    """A small complete sheet (2021 to 2024) as the JSON object of formats.md; ``changes`` replace top-level keys.

    The sheets of different years agree on every figure, as a real city's do.
    """
    year = fiscal_year
    active = "" if ACTIVE[year] is None else f"・福祉活動に取り組んでいる市民の割合は{ACTIVE[year]}％であった。\n"
    content: dict[str, Any] = {
        "format": "shisaku-sheet/1",
        "municipality": "試験市",
        "plan": {"name": "第2次基本計画", "start": 2020, "end": 2027},
        "fiscal_year": year,
        "policy": "保健・福祉",
        "measure": {"code": "12", "name": "地域福祉の推進"},
        "lead_division": "福祉総務課",
        "lead_person": "見本　花子",
        "related_divisions": ["生活福祉課", "高齢者支援課"],
        "target": "・市民\n・自治会",
        "purpose": "互いに支え合う地域をつくる。",
        "directions": [
            {
                "number": 1,
                "name": "支え合いの地域づくり",
                "purpose": "課題を自ら解決する。",
                "means": "◆団体の支援\n◆見守り",
            },
            {"number": 2, "name": "自立支援の推進", "purpose": "自立を支える。", "means": "◆総合相談"},
        ],
        "indicators": [
            {
                "id": "P-ア",
                "kind": "population",
                "direction": None,
                "label": "ア",
                "name": "人口",
                "unit": "人",
                "values": {str(at): {"forecast": FORECASTS[at], "actual": PEOPLE[at]} for at in (year - 1, year)},
            },
            _outcome(
                "1-ア",
                "福祉活動に取り組んでいる市民の割合",
                "％",
                ACTIVE,
                ACTIVE_TARGETS,
                year,
                source="市民意識調査",
                decimals=1,
            ),
            _outcome("2-ア", "就職につながった人の数", "人", HIRED, HIRED_TARGETS, year, decimals=0),
        ],
        "costs": {str(at): dict(COSTS[at]) for at in (year - 1, year)},
        "grades": {"achievement": GRADES[year][0], "trend": GRADES[year][1], "overall": "C"},
        "sections": {
            "4.3": "相談体制の見直しにより、就職につながった人が増えた。",
            "5.1": "・単身高齢者が増えている。\n・法改正により、居住支援が求められている。",
            "5.4.done": "①展開方向１「支え合いの地域づくり」\n・見守り協定を締結した。",
            "5.4.plan": "①展開方向１「支え合いの地域づくり」\n・見守り訓練の実施方法を検討する。",
            "6.1.results": (
                f"①展開方向１「支え合いの地域づくり」\n{active}・見守り訓練を3回実施した。\n"
                f"②展開方向２「自立支援の推進」\n・就職につながった人の数は{HIRED[year]}人となった。"
            ),
            "6.1.issues": "・担い手の確保が課題である。",
            "7.1": f"・令和{year + 2 - 2018}年度に向けて、見守りの担い手を増やす。",
        },
    }
    return content | changes


SheetFactory = Callable[..., SheetFile]


@pytest.fixture
def make_sheet() -> SheetFactory:
    """Sheets as ``SheetFile``: ``make_sheet(2023, policy="環境")``."""

    def make(fiscal_year: int = 2023, **changes: Any) -> SheetFile:
        return SheetFile.model_validate(sheet_object(fiscal_year, **changes))

    return make


@pytest.fixture
def make_object() -> Callable[..., dict[str, Any]]:
    """Sheets as JSON objects, to be broken by a test: ``make_object(2023, policy=1)``."""
    return sheet_object


def set_writing(session: Session, chosen: Writing, *, actor: Actor) -> None:
    """Set every part of the city's manner of writing, as the settings page does one by one."""
    for part, fields in PART_FIELDS.items():
        values = {field: getattr(chosen, field) for field in fields}
        change_writing(session, part, values, seen=setting_mark(writing(session), fields), actor=actor)


def set_grading(session: Session, chosen: Grading, *, actor: Actor) -> None:
    """Set what grades ask for, as the settings page does."""
    change_grading(session, chosen, seen=setting_mark(grading(session)), actor=actor)
