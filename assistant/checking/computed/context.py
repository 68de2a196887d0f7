"""What a computed statement can be made of: stored rows, evidence notes, and figures that stand beside it.

A ``Reader`` is one sentence with what the ordinary checks made of its figures; the modules beside this one find the
statements in it whose words say how the figure is computed (claims.md types 17 to 20 and 22).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.meanings import content
from assistant.checking.notes import Notes
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.readings import level_years
from assistant.checking.record import Record, Row, series_label
from assistant.checking.reporting import Place
from assistant.checking.row_names import covered_share, literal_in
from assistant.checking.sentences import NOTHING, Sentence, current_year, direct_year
from assistant.checking.wording import plain_number, with_unit
from corpus import messages

_PEOPLE = re.compile(r"市民|町民|村民|区民|住民|人口")
_ABOUT = re.compile(r"[ ]?(?:約|およそ|おおよそ|おおむね|概ね|ほぼ|実に|わずか|全体で|年間)*[ ]?$")


@dataclass(frozen=True)
class Thing:
    """Something stored that words can name: an indicator, a cost row, or what evidence notes keep.

    ``ids``: fiscal year -> id of the note; None for a row of the sheet.
    """

    row: Row
    ids: Mapping[int, str] | None = None

    def id_in(self, year: int) -> str | None:
        """What a finding names it by."""
        return self.row.id if self.ids is None else self.ids.get(year)


@dataclass(frozen=True)
class Operand:
    """One term of a computation. ``values``: as stored, then as the sentence states it, in the base unit."""

    name: str
    values: tuple[Decimal, ...]
    unit: str
    thing: Thing | None = None
    year: int | None = None


@dataclass(frozen=True)
class Recipe:
    """How a value is computed in any year: ``tops`` added up, over ``bottom`` (rows or a number), in ％ or as it is."""

    tops: tuple[Thing, ...]
    bottom: Thing | Decimal | None = None
    percent: bool = False

    def value(self, year: int) -> Decimal | None:
        """The value in a fiscal year; None where a term is not stored."""
        values = [thing.row.value(year, "actual") for thing in self.tops]
        known = [value for value in values if value is not None]
        bottom = self.bottom.row.value(year, "actual") if isinstance(self.bottom, Thing) else self.bottom
        if len(known) < len(values) or (self.bottom is not None and not bottom):
            return None
        total = sum(known, Decimal(0)) * (100 if self.percent else 1)
        return total / bottom if bottom else total


@dataclass(frozen=True)
class Said:
    """What the ordinary checks made of a figure."""

    claim: Claim
    finding: Finding | None


@dataclass(frozen=True)
class Reader:
    """A sentence and all that its computed statements may be held against.

    ``said``: by the start of the figure; ``earlier``: the sentence before it in the paragraph.
    """

    sentence: Sentence
    place: Place
    record: Record
    notes: Notes
    said: Mapping[int, Said]
    things: tuple[Thing, ...]
    earlier: str = ""

    @property
    def plain(self) -> str:
        """The sentence in half width."""
        return self.sentence.plain

    def lead(self, figure: Figure) -> str:
        """The words before a figure, from the figure before it."""
        return self.plain[self.before(figure) : figure.start]

    def label(self, figure: Figure) -> str:
        """All before a figure, without 約 and the year that stands right at it (「…の割合は、前年度の」)."""
        text = bare_lead(self.plain[: figure.start])
        for year in self.sentence.years:
            if year.end <= len(text) and re.fullmatch(r"(?:の|は|には|が)?、?", text[year.end :]) and not year.behind:
                return bare_lead(text[: year.start])
        return text

    def before(self, figure: Figure) -> int:
        """Where the figure before this one ends."""
        return max((other.end for other in self.sentence.figures if other.end <= figure.start), default=0)

    def claim_at(self, figure: Figure) -> Claim:
        """A claim with the years that are said with the figure."""
        year = direct_year(self.sentence, figure)
        if year is not None and year.role != "plain" and not year.behind:
            year = None
        return Claim(
            "level", figure.start, figure.end, NOTHING, figure=figure, year=year,
            carried_year=current_year(self.sentence, figure.start), year_before=self.sentence.year_before,
        )  # fmt: skip

    def years(self, figure: Figure, row: Row) -> list[int]:
        """The fiscal years that a statement at the figure can mean, likeliest first."""
        return level_years(self.claim_at(figure), row, self.record)[0]

    def year_reported(self, place: int) -> int:
        """The year that the sentence reports at a place: one that it has set, else the sheet's."""
        year = current_year(self.sentence, place) or self.sentence.year_before
        return year.year if year is not None and year.year is not None else self.record.fiscal_year

    def named_in(self, start: int, end: int) -> list[Thing]:
        """The rows that are named between two places, in order."""
        found = [
            mention
            for mention in self.sentence.mentions
            if mention.start >= start and mention.end <= end + 1 and mention.how in ("named", "label", "phrase")
        ]
        return [Thing(mention.rows[0]) for mention in found if len(mention.rows) == 1]

    def meant(self, text: str, unit: str | None = None) -> list[Thing]:
        """The stored things that a noun phrase names in full or shortened; several where the words fit several."""
        words = content(text, self.record)
        if not words:
            people = self.people() if _PEOPLE.search(text) else []
            return [thing for thing in people if unit is None or thing.row.takes(unit)]
        fitting = [thing for thing in self.things if unit is None or thing.row.takes(unit)]
        exact = [thing for thing in fitting if literal_in(text, thing.row.name)]
        if len(exact) == 1:
            return exact
        full = [thing for thing in fitting if covered_share(words, thing.row.name) == 1]
        if len(full) < 2:
            return full
        shortest = min(len(_core(thing.row.name)) for thing in full)
        return [thing for thing in full if len(_core(thing.row.name)) == shortest]

    def people(self) -> list[Thing]:
        """The 対象指標 that counts the people of the city: 人口, 給水人口."""
        rows = [thing for thing in self.things if thing.row.kind == "population" and "人口" in thing.row.name]
        whole = [thing for thing in rows if _core(thing.row.name) in ("人口", "総人口", "給水人口")]
        return whole or rows

    def in_span(self, start: int, end: int, unit: str | None = None) -> list[Thing]:
        """What the words between two places name: a row named there, else what they mean together."""
        named = [thing for thing in self.named_in(start, end) if unit is None or thing.row.takes(unit)]
        return named[-1:] or self.meant(self.plain[start:end], unit)

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """The figures that stand between two places."""
        return [figure for figure in self.sentence.figures if start <= figure.start and figure.end <= end]

    def stored(self, thing: Thing, year: int) -> Operand | None:
        """The thing's actual of a year, or None."""
        value = thing.row.value(year, "actual")
        if value is None:
            return None
        where = messages.check_where(thing.row.name, year, series_label(thing.row, "actual"))
        name = messages.check_term(where, with_unit(value, thing.row))
        return Operand(name, (value,), thing.row.unit, thing, year)

    def stated(self, figure: Figure) -> Operand:
        """A figure of the sentence as a term, with what is stored for it where the ordinary checks found that."""
        said = self.said.get(figure.start)
        found = said.finding if said is not None else None
        if found is None or found.indicator is None:
            return Operand(figure.text, (figure.value,), figure.unit)
        thing = next((one for one in self.things if one.id_in(found.year or 0) == found.indicator), None)
        row = thing.row if thing is not None else None
        if thing is None or row is None or found.year is None or found.kind not in ("level", "total"):
            return Operand(figure.text, (figure.value,), figure.unit)
        value = row.value(found.year, found.series or "actual")
        if value is None:
            return Operand(figure.text, (figure.value,), figure.unit)
        where = messages.check_where(row.name, found.year, series_label(row, found.series or "actual"))
        name = messages.check_term(where, with_unit(value, row))
        return Operand(name, (value, figure.value), row.unit, thing, found.year)


def things_of(record: Record, notes: Notes) -> tuple[Thing, ...]:
    """Everything that can be named, the rows of the sheet first."""
    return (*(Thing(row) for row in record.rows), *(Thing(noted.row, noted.ids) for noted in notes.evidence))


def _core(name: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]", "", name)


def shown(value: Decimal, unit: str) -> str:
    """A computed value for messages."""
    return plain_number(value) + unit


def bare_lead(text: str) -> str:
    """``text`` without the 約 at its end."""
    return _ABOUT.sub("", text)


def addable(row: Row) -> bool:
    """Whether values of the row can be added up over years or with those of others."""
    return row.unit not in ("％", "ポイント", "歳", "位", "点") and "/" not in row.unit and "平均" not in row.name


def same_kind(first: str, second: str) -> bool:
    """Whether two base units count the same."""
    return first == second or unit_fits(first, second)


def only(values: Sequence[Thing]) -> Thing | None:
    """The one of a list, or None."""
    return values[0] if len(values) == 1 else None
