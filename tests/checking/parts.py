"""What a composed sentence is made of: pieces of text that know which stored figure they state, and how to recompute it.

A ``Claim`` names places of a sheet and how they are reckoned with; ``truth`` reckons it anew, so that a fault can be
proved false: the same claim of another year, indicator or series has another value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Literal

from corpus.form import COST_BY_KEY, Better, Series
from corpus.sheetfile import IndicatorEntry, SheetFile

Form = Literal["level", "difference", "rate", "ratio", "sum", "mean", "count"]
Role = Literal["words", "name", "year", "series", "figure", "sense", "achieved", "record", "streak", "grade"]
Written = Literal["exact", "about", "over", "under", "more_than", "less_than"]
Script = Literal["arabic", "kanji", "money"]
SERIES: tuple[Series, ...] = ("actual", "target", "forecast", "baseline")
KANJI = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Line:
    """A row of figures: ``values[series][year]`` in ``unit``; ``places`` after the point; ``names`` to call it by."""

    id: str
    names: tuple[str, ...]
    unit: str
    places: int
    values: Mapping[Series, Mapping[int, Decimal]]
    better: Better | None = None
    direction: int | None = None
    label: str | None = None
    flags: Mapping[int, bool] = field(default_factory=dict)

    @property
    def cost(self) -> bool:
        """Whether it is a row of 施策コスト."""
        return self.id.startswith("cost:")

    def value(self, year: int, series: Series = "actual") -> Decimal | None:
        """The stored value, or None."""
        return self.values[series].get(year)

    def before(self, year: int) -> int | None:
        """The last surveyed year before ``year``."""
        return max((known for known in self.values["actual"] if known < year), default=None)

    def met(self, year: int) -> bool | None:
        """Whether the year's target was met; None where it cannot be told, or a stored flag says otherwise."""
        actual, target = self.value(year), self.value(year, "target")
        if actual is None or target is None or self.better is None:
            return None
        met = actual >= target if self.better == "higher" else actual <= target
        return None if self.flags.get(year, met) != met else met


@dataclass(frozen=True)
class View:
    """The figures of one sheet, ready for composing."""

    name: str
    sheet: SheetFile
    lines: Mapping[str, Line]

    @property
    def year(self) -> int:
        """The sheet's fiscal year."""
        return self.sheet.fiscal_year

    @cached_property
    def indicators(self) -> list[Line]:
        """Indicators with an actual of the sheet's year."""
        return [line for line in self.lines.values() if not line.cost and line.value(self.year) is not None]

    @cached_property
    def costs(self) -> list[Line]:
        """Cost rows with a value of the sheet's year."""
        return [line for line in self.lines.values() if line.cost and line.value(self.year) is not None]

    def outcomes(self) -> list[Line]:
        """The 成果指標, surveyed or not."""
        return [self.lines[entry.id] for entry in self.sheet.outcomes()]


_COST_NAMES: dict[str, tuple[str, ...]] = {
    "projects": ("事務事業数",),
    "national": ("国庫支出金", "国の補助金"),
    "prefectural": ("都道府県支出金",),
    "bonds": ("地方債", "市債"),
    "general": ("一般財源",),
    "program_total": ("事業費", "事業費の合計"),
    "hours": ("延べ業務時間",),
    "personnel": ("人件費",),
    "total": ("トータルコスト", "総コスト"),
}
"""Cost rows by the names that texts use; 「その他」 has none of its own."""


def view_of(sheet: SheetFile, name: str) -> View:
    """A sheet as lines; indicators whose names or units a sentence cannot carry are left out by the caller."""
    lines = {entry.id: _indicator(entry) for entry in sheet.indicators}
    for line in list(lines.values()):
        # A name without its brackets only where no other indicator is called so.
        if any(line.names[0] in other.names[-1] for other in lines.values() if other.id != line.id):
            lines[line.id] = replace(line, names=line.names[-1:])
    for key, names in _COST_NAMES.items():
        values = {year: value for year, cost in sheet.costs.items() if (value := cost.value(key)) is not None}
        if values:
            empty: dict[int, Decimal] = {}
            series = {one: (values if one == "actual" else empty) for one in SERIES}
            lines[f"cost:{key}"] = Line(f"cost:{key}", names, COST_BY_KEY[key].unit, 0, series)
    return View(name, sheet, lines)


def _indicator(entry: IndicatorEntry) -> Line:
    values = {series: entry.series(series) for series in SERIES}
    places = entry.decimals
    if places is None:
        places = max((_places(value) for by_year in values.values() for value in by_year.values()), default=0)
    short = entry.name
    while short.endswith(("）", ")")) and ("（" in short or "(" in short):
        short = short[: max(short.rfind("（"), short.rfind("("))]
    names = (entry.name,) if short in ("", entry.name) else (short, entry.name)
    unit = (entry.unit or "").split("/")[0]
    flags = {year: flag for year, flag in entry.achieved.items() if flag is not None}
    return Line(entry.id, names, unit, places, values, entry.better, entry.direction, entry.label, flags)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True)
class Claim:
    """What a piece states. ``base_*``: what it is compared with or divided by; ``more``: further (line, year) of a sum.

    ``count``: a number counted over the sheet, ``counted``.
    """

    form: Form
    line: str = ""
    year: int = 0
    series: Series = "actual"
    base_line: str | None = None
    base_year: int | None = None
    base_series: Series = "actual"
    more: tuple[tuple[str, int], ...] = ()
    counted: Decimal | None = None

    def truth(self, view: View) -> Decimal | None:
        """The value by the sheet: in the line's unit, ％ for a rate, a plain number for a ratio; None if not stored."""
        if self.form == "count":
            return self.counted
        value = view.lines[self.line].value(self.year, self.series)
        if value is None or self.form == "level":
            return value
        if self.form in ("sum", "mean"):
            others = [view.lines[line].value(year) for line, year in self.more]
            if any(other is None for other in others):
                return None
            total = value + sum(other for other in others if other is not None)
            return total if self.form == "sum" else total / (len(others) + 1)
        base_year = self.year if self.base_year is None else self.base_year
        base = view.lines[self.base_line or self.line].value(base_year, self.base_series)
        if base is None:
            return None
        if self.form == "difference":
            return value - base
        if base <= 0:
            return None
        return value / base if self.form == "ratio" else (value - base) / base * 100

    def others(self, view: View) -> Iterator[Decimal]:
        """What the claim would be of any other stored year or series: readings that a fault must not fall on."""
        if self.form in ("count", "sum", "mean"):
            return
        line = view.lines[self.line]
        places: list[tuple[int, Series]] = [(year, series) for series in SERIES for year in line.values[series]]
        for year, series in places:
            if self.form == "level":
                other: Claim = replace(self, year=year, series=series)
            elif self.base_line not in (None, self.line):
                other = replace(self, year=year, series=series, base_year=year)
            else:
                other = replace(self, base_year=year, base_series=series)
            if (value := other.truth(view)) is not None:
                yield value


@dataclass(frozen=True)
class Shown:
    """A figure as written: ``value`` in a written unit of which ``per`` base units make one (百万円 of 千円: 1000).

    ``factor``: what the claim's truth is multiplied with (100 for a ratio shown in ％, 10 for 割).
    """

    claim: Claim
    value: Decimal
    unit: str
    places: int = 0
    per: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    written: Written = "exact"
    script: Script = "arabic"
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The figure with its unit and what stands about it."""
        if self.script == "money":
            return self.before + money_text(self.value) + self.after
        number = kanji_text(int(self.value)) if self.script == "kanji" else f"{self.value:,.{self.places}f}"
        return self.before + number + self.unit + self.after

    def may_fit(self, truth: Decimal) -> bool:
        """Whether a lenient reader could take the figure for ``truth``: wider than the tolerance of claims.md."""
        truth = abs(truth) * self.factor / self.per
        step = Decimal(1).scaleb(-self.places)
        away = truth - self.value
        match self.written:
            case "about":
                # Up to a whole unit of the last digit written that is not 0, twice what claims.md allows.
                return abs(away) <= Decimal(1).scaleb(self.value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
            case "over" | "under":
                return abs(away) <= step
            case "more_than":
                return away > -self.value / 50
            case "less_than":
                return away < self.value / 50
        if self.script != "arabic":
            # 「10億円」 and 「六十件」 may be meant roundly.
            step = Decimal(1).scaleb(self.value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
        units = truth / step
        if any(units.quantize(Decimal(1), mode) == self.value / step for mode in (ROUND_HALF_UP, ROUND_DOWN)):
            return True
        exact = self.claim.form in ("level", "difference", "sum", "count") and self.per == 1 and self.factor == 1
        return not exact and abs(away) < step * Decimal("1.6")


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence. ``subject``: the statement that it belongs to (0: none).

    ``year``: of a year word; ``line``: of a name; ``turned``: the same words saying the contrary, one of which is put in.
    """

    text: str
    role: Role = "words"
    subject: int = 0
    shown: Shown | None = None
    year: int | None = None
    line: str | None = None
    turned: tuple[str, ...] = ()


Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """A composed text about a sheet, true by its figures. ``width``: how its figures are written."""

    view: View
    pattern: str
    pieces: tuple[Piece, ...]
    width: str
    year_style: str
    section: str = "6.1.results"

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(in_width(piece.text, self.width) for piece in self.pieces)

    def span(self, place: int) -> Span:
        """Where the piece at ``place`` stands in the text."""
        start = sum(len(piece.text) for piece in self.pieces[:place])
        return start, start + len(self.pieces[place].text)

    def statement(self, place: int) -> Span:
        """The stretch of the text that states the same subject as the piece.

        The whole where there is only one subject, or where they are told together (「それぞれ」).
        """
        own = self.pieces[place].subject
        order = [piece.subject for piece in self.pieces if piece.role != "words"]
        said = {subject: self._start_of(subject) for subject in order}
        if order != sorted(order):
            return 0, len(self.text)
        later = [start for start in said.values() if start > said[own]]
        return 0 if said[own] == min(said.values()) else said[own], min(later, default=len(self.text))

    def _start_of(self, subject: int) -> int:
        places = [at for at, piece in enumerate(self.pieces) if piece.role != "words" and piece.subject == subject]
        return self.span(places[0])[0]

    def put(self, place: int, piece: Piece) -> "Sentence":
        """The same with another piece at ``place``."""
        return replace(self, pieces=(*self.pieces[:place], piece, *self.pieces[place + 1 :]))


_WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
_WIDE_UNITS = str.maketrans("kmghta", "ｋｍｇｈｔａ")


def in_width(text: str, width: str) -> str:
    """``full``: all figures full width; ``official``: single digits full, longer figures half; ``half``: as it is."""
    if width == "full":
        wide = text.translate(_WIDE)
        return re.sub(
            r"(?<=[０-９])(?:km|kg|g|t|ha)(?![a-zA-Z])", lambda unit: unit.group().translate(_WIDE_UNITS), wide
        )
    if width == "half":
        return text
    signs = list(text)
    for place, sign in enumerate(signs):
        around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        if sign.isascii() and sign.isdigit() and not any(other in "0123456789.," for other in around):
            signs[place] = sign.translate(_WIDE)
    return "".join(signs)


def kanji_text(value: int) -> str:
    """12 -> 十二, for 1 to 99."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else KANJI[tens] + "十") + (KANJI[ones] if ones else "")


def money_text(thousands: Decimal) -> str:
    """368045 (千円) -> 3億6,804万5千円."""
    rest = int(thousands)
    hundred_million, rest = divmod(rest, 100_000)
    ten_thousand, thousand = divmod(rest, 10)
    text = f"{hundred_million}億" if hundred_million else ""
    text += f"{ten_thousand:,}万" if ten_thousand else ""
    return text + (f"{thousand}千円" if thousand else "円")
