"""A sentence in the making: the sheet, its subjects, its manner, and the slots that fill a pattern.

Each slot (``slots``, ``figure_slots``) makes a piece from stored figures, or None where they do not allow it.

``{slot}`` or ``{slot@2:argument}`` in a template; ``@2`` is the second subject of the sentence. Words that depend on
the figures are given both ways, 「上昇|低下」: the first where the value is higher.
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.fiscal import era_of, wareki, wareki_short
from corpus.form import Series
from tests.checking.parts import Claim, Line, Piece, View

PERCENT = ("％", "%")
FLAT_SHARE, FLAT_POINTS = Decimal("0.02"), Decimal("0.5")
_SLOT = re.compile(r"\{(?P<name>\w+?)(?:@(?P<subject>\d))?(?::(?P<argument>[^}]*))?\}")


def year_text(year: int, style: str, home: int) -> str:
    """A fiscal year as texts name it: 令和5年度, R5年度, 2023年度, 5年度 (only within the era of ``home``)."""
    if style == "west":
        return f"{year}年度"
    if style == "short":
        return wareki_short(year) + "年度"
    if style == "bare" and era_of(year) == era_of(home) and year != era_of(year)[2]:
        return wareki(year).removeprefix(era_of(year)[0])
    return wareki(year)


def rounded(value: Decimal, places: int) -> Decimal:
    """四捨五入 to digits after the point; negative ``places`` round to tens, hundreds …"""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class Scene:
    """One sheet, the subjects chosen for a sentence, and the manner in which it is written."""

    def __init__(self, view: View, subjects: list[Line], rng: random.Random) -> None:
        self.view, self.subjects, self.rng = view, subjects, rng
        self.width = rng.choices(("half", "full", "official"), (5, 3, 2))[0]
        self.years = rng.choices(("era", "short", "west", "bare"), (70, 8, 8, 14))[0]
        self.here = view.year
        self.then_year: dict[str, int | None] = {}

    def pieces(self, template: str) -> tuple[Piece, ...] | None:
        """The template filled in; None where one of its slots cannot be."""
        pieces, last = [], 0
        for match in _SLOT.finditer(template):
            if match.start() > last:
                pieces.append(Piece(template[last : match.start()]))
            last = match.end()
            subject = int(match["subject"] or 1)
            made = _SLOTS[match["name"]](self, self.subjects[subject - 1], match["argument"] or "")
            if made is None:
                return None
            pieces.append(replace(made, subject=made.subject or subject))
        if last < len(template):
            pieces.append(Piece(template[last:]))
        return tuple(pieces)

    def then(self, line: Line) -> int | None:
        """A surveyed year before the last one, the same for the whole sentence."""
        if line.id not in self.then_year:
            last = line.before(self.here)
            older = [year for year in line.values["actual"] if last is not None and year < last]
            self.then_year[line.id] = self.rng.choice(older) if older else None
        return self.then_year[line.id]

    def start(self, line: Line) -> int | None:
        """計画策定時: the year before the plan, where it has a value and is not the last surveyed one."""
        plan = self.view.sheet.plan
        year = plan.start - 1 if plan and plan.start else None
        return year if year in line.values["actual"] and year != line.before(self.here) else None

    def base(self, line: Line, name: str) -> tuple[int, Series] | None:
        """What a change is measured by: ``last``, ``then``, ``start``, ``target``, ``forecast``, ``baseline``."""
        if name in ("target", "forecast", "baseline"):
            return (self.here, name)  # type: ignore[return-value]
        years: dict[str, Callable[[], int | None]] = {
            "last": lambda: line.before(self.here),
            "then": lambda: self.then(line),
            "start": lambda: self.start(line),
        }
        year = years[name]()
        return None if year is None else (year, "actual")

    def difference(self, line: Line, name: str) -> tuple[Claim, Decimal] | None:
        """The claim of a change and its value; None where nothing is stored."""
        base = self.base(line, name or "last")
        if base is None:
            return None
        claim = Claim("difference", line.id, self.here, base_year=base[0], base_series=base[1])
        value = claim.truth(self.view)
        return None if value is None else (claim, value)


Slot = Callable[[Scene, Line, str], Piece | None]
_SLOTS: dict[str, Slot] = {}


def slot(make: Slot) -> Slot:
    """Register a slot under its name."""
    _SLOTS[make.__name__] = make
    return make
