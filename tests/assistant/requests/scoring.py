"""How many messages of a labelled table are read as a colleague reads them.

A table (UTF-8, tabs): ``before``, ``message``, ``expected``. ``before`` holds earlier messages joined by 「 ▷ 」,
``expected`` wishes joined by 「 ; 」, each ``action section direction year against change`` with ``-`` for nothing.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.requests import Wish, understand
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
class Score:
    """Shares of all messages. ``wrong_drafts``: a section is drafted that nobody asked for; ``asked_back`` without
    need; ``years`` and ``changes``: of the messages whose action and section are right.
    """

    messages: int
    right: float
    wrong_drafts: int
    asked_back: float
    years: float
    changes: float
    failures: tuple[str, ...]


def told(wish: Wish) -> str:
    """A wish as the table writes it."""
    change = "-"
    if wish.change:
        items = ",".join("last" if item == -1 else str(item) for item in wish.change.items)
        change = ":".join(part for part in (wish.change.kind, items, wish.change.words or "") if part)
    named = (wish.section, wish.direction, wish.year, wish.against)
    return " ".join([wish.action, *("-" if value is None else str(value) for value in named), change])


def wishes_of(before: str, message: str) -> list[Wish]:
    """The wishes of a message behind earlier ones, which are known as the stored replies keep them."""
    known: list[Wish] = []
    for earlier in filter(None, before.split(" ▷ ")):
        known += [Wish.model_validate(wish.to_object()) for wish in understand(earlier, SHEET, MEASURES, known)]
    return understand(message, SHEET, MEASURES, known)


def score(path: Path) -> Score:
    """The score of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = wrong = asked = years = changes = 0
    failures = []
    for row in rows:
        wanted = [wish.split(" ", 5) for wish in row["expected"].split(" ; ")]
        read = [told(wish).split(" ", 5) for wish in wishes_of(row["before"], row["message"])]
        same = _parts(read, 0, 3) == _parts(wanted, 0, 3)
        unclear = all(wish[0] == "unclear" for wish in wanted)
        dated = same and (unclear or _parts(read, 3, 5) == _parts(wanted, 3, 5))
        changed = same and _parts(read, 5, 6) == _parts(wanted, 5, 6)
        right, years, changes = right + same, years + dated, changes + changed
        drafted = {wish[1] for wish in read if wish[0] == "draft"}
        meant = {wish[1] for wish in wanted if wish[0] == "draft"}
        silent = bool(drafted - meant)
        wrong += silent
        needless = any(wish[0] == "unclear" for wish in read) and not any(wish[0] == "unclear" for wish in wanted)
        asked += needless
        if not (dated and changed):
            kind = "WRONG DRAFT" if silent else "ACTION" if not same else "YEAR" if not dated else "CHANGE"
            ways = " ; ".join(" ".join(wish) for wish in read)
            failures.append(f"{kind} [{row['before']}] {row['message']}\n    {ways}\n    {row['expected']}")
    count = len(rows)
    return Score(count, right / count, wrong, asked / count, years / right, changes / right, tuple(failures))


def _parts(wishes: Sequence[Sequence[str]], start: int, end: int) -> list[Sequence[str]]:
    return [wish[start:end] for wish in wishes]
