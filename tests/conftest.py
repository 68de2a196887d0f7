"""Fixtures shared by all tests: a data folder of its own, the real database, and a small complete sheet."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from corpus.database import make_engine, open_session, upgrade
from corpus.settings import Settings
from corpus.sheetfile import SheetFile

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SETTINGS_IN_ENVIRONMENT = tuple(name.upper() for name in Settings.model_fields)


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
def seed_text() -> str:
    path = SHARED / "seed-sheet.txt"
    if not path.exists():
        pytest.skip("../shared/seed-sheet.txt is not here")
    return path.read_text(encoding="utf-8")


def sheet_object(fiscal_year: int = 2023, **changes: Any) -> dict[str, Any]:
    """A small complete sheet as the JSON object of formats.md; ``changes`` replace top-level keys."""
    year = fiscal_year
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
                "values": {
                    str(year - 1): {"forecast": 76300, "actual": 76278},
                    str(year): {"forecast": 76200, "actual": 76182},
                },
            },
            {
                "id": "1-ア",
                "kind": "outcome",
                "direction": 1,
                "label": "ア",
                "name": "福祉活動に取り組んでいる市民の割合",
                "unit": "％",
                "source": "市民意識調査",
                "better": "higher",
                "decimals": 1,
                "values": {
                    str(year - 2): {"target": 15.3, "actual": 14.8},
                    str(year - 1): {"target": 15.7, "actual": None},
                    str(year): {"target": 16.0, "actual": 12.1},
                    str(year + 2): {"target": 17.0},
                },
                "achieved": {str(year): False},
                "improved": {str(year): False},
            },
            {
                "id": "2-ア",
                "kind": "outcome",
                "direction": 2,
                "label": "ア",
                "name": "就職につながった人の数",
                "unit": "人",
                "better": "higher",
                "decimals": 0,
                "values": {
                    str(year - 1): {"target": 60, "actual": 52},
                    str(year): {"target": 60, "actual": 63},
                    str(year + 2): {"target": 65},
                },
                "achieved": {str(year): True},
                "improved": {str(year): True},
            },
        ],
        "costs": {
            str(year - 1): {
                "national": 30000,
                "general": 310000,
                "program_total": 340000,
                "personnel": 230000,
                "total": 570000,
            },
            str(year): {
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
        },
        "grades": {"achievement": "C", "trend": "B", "overall": "C"},
        "sections": {
            "4.3": "相談体制の見直しにより、就職につながった人が増えた。",
            "5.1": "・単身高齢者が増えている。\n・法改正により、居住支援が求められている。",
            "5.4.done": "①展開方向１「支え合いの地域づくり」\n・見守り協定を締結した。",
            "5.4.plan": "①展開方向１「支え合いの地域づくり」\n・見守り訓練の実施方法を検討する。",
            "6.1.results": (
                "①展開方向１「支え合いの地域づくり」\n・福祉活動に取り組んでいる市民の割合は12.1％であった。\n"
                "②展開方向２「自立支援の推進」\n・就職につながった人の数は63人となり、目標を達成した。"
            ),
            "6.1.issues": "・担い手の確保が課題である。",
            "7.1": "・見守りの担い手を増やす。",
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
