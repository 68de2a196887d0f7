"""Two invented sheets: one of percentages surveyed every few years, one of counts and money in scaled units."""

import pytest

from corpus.sheetfile import SheetFile

WELFARE = {
    "fiscal_year": 2023,
    "municipality": "みなと市",
    "plan": {"name": "第2次基本計画", "start": 2020, "end": 2027},
    "measure": {"name": "支え合いの地域づくり"},
    "directions": [{"number": 1, "name": "地域の支え合い"}, {"number": 2, "name": "相談と自立支援"}],
    "indicators": [
        {
            "id": "P-ア",
            "kind": "population",
            "label": "ア",
            "name": "人口（各年４月１日現在）",
            "unit": "人",
            "values": {
                "2021": {"actual": 76278},
                "2022": {"actual": 76182},
                "2023": {"actual": 76371, "forecast": 75000},
                "2024": {"forecast": 74800},
            },
        },
        {
            "id": "P-イ",
            "kind": "population",
            "label": "イ",
            "name": "地域コミュニティ数（自治会等）",
            "unit": "団体",
            "values": {"2021": {"actual": 71}, "2022": {"actual": 69}, "2023": {"actual": 71}},
        },
        {
            "id": "P-ウ",
            "kind": "population",
            "label": "ウ",
            "name": "NPO・ボランティア団体数",
            "unit": "団体",
            "values": {"2022": {"actual": 65}, "2023": {"actual": 60}},
        },
        {
            "id": "1-ア",
            "kind": "outcome",
            "direction": 1,
            "label": "ア",
            "name": "福祉活動に取り組んでいる市民の割合",
            "unit": "％",
            "better": "higher",
            "decimals": 1,
            "values": {
                "2020": {"target": 14.9, "actual": 12.8},
                "2021": {"target": 15.3, "actual": 14.8},
                "2022": {"target": 15.7},
                "2023": {"target": 16.0, "actual": 12.1, "baseline": 12.0},
                "2024": {"target": 16.5},
                "2027": {"target": 18.0},
            },
        },
        {
            "id": "1-イ",
            "kind": "outcome",
            "direction": 1,
            "label": "イ",
            "name": "地域活動に参加していない市民の割合",
            "unit": "％",
            "better": "lower",
            "decimals": 1,
            "values": {"2021": {"target": 57.0, "actual": 68.4}, "2023": {"target": 55.0, "actual": 66.1}},
        },
        {
            "id": "2-ア",
            "kind": "outcome",
            "direction": 2,
            "label": "ア",
            "name": "就労支援により就職につながった人の割合",
            "unit": "％",
            "better": "higher",
            "decimals": 1,
            "values": {
                "2021": {"target": 70.8, "actual": 72.3},
                "2022": {"target": 71.5, "actual": 70.0},
                "2023": {"target": 55.0, "actual": 56.7},
            },
        },
    ],
    "costs": {
        "2022": {"general": 300000, "program_total": 350000, "personnel": 220000, "total": 570000},
        "2023": {
            "projects": 24,
            "national": 31371,
            "prefectural": 20556,
            "general": 316118,
            "program_total": 368045,
            "hours": 67820,
            "personnel": 229568,
            "total": 597613,
        },
    },
    "grades": {"achievement": "E", "trend": "B", "overall": "C"},
}

TOURISM = {
    "fiscal_year": 2023,
    "plan": {"start": 2021, "end": 2025},
    "municipality": "みどり市",
    "measure": {"name": "観光と産業の振興"},
    "directions": [{"number": 1, "name": "観光の振興"}, {"number": 2, "name": "企業誘致"}],
    "indicators": [
        {
            "id": "P-ア",
            "kind": "population",
            "label": "ア",
            "name": "事業所数",
            "unit": "事業所",
            "values": {"2021": {"actual": 1204}, "2022": {"actual": 1190}, "2023": {"actual": 1187}},
        },
        {
            "id": "1-ア",
            "kind": "outcome",
            "direction": 1,
            "label": "ア",
            "name": "観光入込客数",
            "unit": "千人",
            "better": "higher",
            "values": {
                "2021": {"target": 900, "actual": 612},
                "2022": {"target": 950, "actual": 845},
                "2023": {"target": 1000, "actual": 1024},
                "2025": {"target": 1100},
            },
        },
        {
            "id": "1-イ",
            "kind": "outcome",
            "direction": 1,
            "label": "イ",
            "name": "観光消費額",
            "unit": "百万円",
            "better": "higher",
            "values": {"2022": {"target": 4000, "actual": 3200}, "2023": {"target": 4200, "actual": 4368}},
        },
        {
            "id": "2-ア",
            "kind": "outcome",
            "direction": 2,
            "label": "ア",
            "name": "誘致企業数（累計）",
            "unit": "社",
            "better": "higher",
            "values": {"2022": {"target": 10, "actual": 9}, "2023": {"target": 12, "actual": 12}},
        },
        {
            "id": "2-イ",
            "kind": "outcome",
            "direction": 2,
            "label": "イ",
            "name": "市内の空き店舗率",
            "unit": "％",
            "better": "lower",
            "decimals": 1,
            "values": {"2022": {"target": 8.0, "actual": 8.9}, "2023": {"target": 7.5, "actual": 9.4}},
        },
        {
            "id": "2-ウ",
            "kind": "outcome",
            "direction": 2,
            "label": "ウ",
            "name": "健康寿命",
            "unit": "歳",
            "values": {"2022": {"actual": 83.2}, "2023": {"actual": 83.5}},
        },
    ],
    "costs": {
        "2022": {"program_total": 210000, "total": 260000},
        "2023": {
            "national": 0,
            "prefectural": 5000,
            "bonds": 0,
            "other": 1200,
            "general": 180000,
            "program_total": 186200,
            "personnel": 52000,
            "total": 238200,
        },
    },
    "grades": {"overall": "B"},
}

SHEETS = {"welfare": SheetFile.model_validate(WELFARE), "tourism": SheetFile.model_validate(TOURISM)}


@pytest.fixture(scope="session")
def sheets() -> dict[str, SheetFile]:
    return SHEETS


@pytest.fixture(scope="session")
def welfare() -> SheetFile:
    return SHEETS["welfare"]
