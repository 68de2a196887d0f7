"""How many messages of a labelled table (``assistant.reader.labelled``) are read as a colleague reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reader.labelled import MEASURES, SHEET, read_table
from assistant.reader.labelled import told as fields
from assistant.requests import Wish, understand


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
    return " ".join(fields(wish))


def wishes_of(before: Sequence[str], message: str) -> list[Wish]:
    """The wishes of a message behind earlier ones, which are known as the stored replies keep them."""
    known: list[Wish] = []
    for earlier in before:
        known += [Wish.model_validate(wish.to_object()) for wish in understand(earlier, SHEET, MEASURES, known)]
    return understand(message, SHEET, MEASURES, known)


def score(path: Path) -> Score:
    """The score of a table."""
    rows = read_table(path)
    right = wrong = asked = years = changes = 0
    failures = []
    for row in rows:
        wanted, read = row.expected, [fields(wish) for wish in wishes_of(row.before, row.text)]
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
            ways, expected = (" ; ".join(" ".join(wish) for wish in wishes) for wishes in (read, wanted))
            failures.append(f"{kind} [{' ▷ '.join(row.before)}] {row.text}\n    {ways}\n    {expected}")
    count = len(rows)
    return Score(count, right / count, wrong, asked / count, years / right, changes / right, tuple(failures))


def _parts(wishes: Sequence[Sequence[str]], start: int, end: int) -> list[Sequence[str]]:
    return [wish[start:end] for wish in wishes]
