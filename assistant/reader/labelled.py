"""Labelled messages: what the reader learns from and what the tests count.

A table (UTF-8, tabs): ``before``, ``message``, ``expected``. ``before`` holds earlier messages joined by 「 ▷ 」,
``expected`` wishes joined by 「 ; 」, each ``action section direction year against change`` with ``-`` for nothing.
All are about one open sheet, which is given here as far as messages can name it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from assistant.wishes import Wish
from corpus.sheetfile import SheetFile

SHEET = SheetFile.model_validate(
    {
        "fiscal_year": 2024,
        "measure": {"name": "地域で支え合う福祉の推進"},
        "directions": [
            {"number": 1, "name": "見守り支え合う地域づくり"},
            {"number": 2, "name": "包括的な相談支援と生活の立て直し"},
        ],
        "indicators": [
            {"id": "P-ア", "kind": "population", "name": "人口（各年4月1日現在）", "unit": "人"},
            {"id": "P-イ", "kind": "population", "name": "自治会数", "unit": "団体"},
            {"id": "P-ウ", "kind": "population", "name": "ひとり暮らし高齢者世帯数（各年4月1日現在）", "unit": "世帯"},
            {
                "id": "1-ア",
                "kind": "outcome",
                "direction": 1,
                "name": "地域の福祉活動に参加している市民の割合",
                "unit": "％",
            },
            {
                "id": "1-イ",
                "kind": "outcome",
                "direction": 1,
                "name": "見守りネットワーク協力事業者数",
                "unit": "事業者",
            },
            {"id": "2-ア", "kind": "outcome", "direction": 2, "name": "就労支援により就職・増収につながった人の割合"},
            {"id": "2-イ", "kind": "outcome", "direction": 2, "name": "困りごとの相談先が分からない市民の割合"},
        ],
    }
)
MEASURES = (
    "地域で支え合う福祉の推進",
    "安心して子どもを産み育てられる環境づくり",
    "ごみの減量と資源循環の推進",
    "災害に強いまちづくりと危機管理体制の強化",
    "地域産業の活性化と働く場の創出",
    "誰もが移動しやすい道路・交通環境の整備",
    "学びを支える学校教育の充実",
    "持続可能な行財政運営とデジタル化の推進",
)


@dataclass(frozen=True)
class Labelled:
    """A message behind earlier ones, and its wishes as the table writes them: six fields each."""

    before: tuple[str, ...]
    text: str
    expected: tuple[tuple[str, ...], ...]


def read_table(path: Path) -> list[Labelled]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(
                tuple(filter(None, row["before"].split(" ▷ "))),
                row["message"],
                tuple(tuple(wish.split(" ", 5)) for wish in row["expected"].split(" ; ")),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def told(wish: Wish) -> tuple[str, ...]:
    """A wish as a table writes it."""
    change = "-"
    if wish.change:
        items = ",".join("last" if item == -1 else str(item) for item in wish.change.items)
        change = ":".join(part for part in (wish.change.kind, items, wish.change.words or "") if part)
    named = (wish.section, wish.direction, wish.year, wish.against)
    return (wish.action, *("-" if value is None else str(value) for value in named), change)
