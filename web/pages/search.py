"""The search page: what was asked (the address says all of it), what was found, and how each source ranked it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, get_args

from flask import url_for

from corpus import messages
from corpus.columns import LARGEST_ID
from corpus.filetypes import usable_text
from corpus.fiscal import era_of, wareki
from corpus.form import SECTION_KEYS, section_label
from corpus.index.addresses import Address
from corpus.index.search import LONGEST_QUERY, Hit, Scope
from corpus.items import split_items
from corpus.listing import Holdings, StoredMeasure
from corpus.models import Sheet
from web.pages.choices import Option
from web.pages.writing import MISSING

Apart = Literal["measure", "sheet", "none"]
"""What of the open sheet is left out: every year of its measure, only itself, nothing."""

Known = TypeVar("Known", str, int)

LIMITS = (20, 50, 100)
"""How many hits a page shows: the first at once, the others on demand."""
SOURCES: dict[str, str] = {"lexical": "ことば", "vector": "意味"}
_LONGEST_OPENING = 120


@dataclass(frozen=True)
class Asked:
    """A search as its address states it. ``sheet``: the id of the sheet that it was opened from; see ``Apart``."""

    query: str = ""
    section: str | None = None
    division: str | None = None
    direction: int | None = None
    measure: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    sheet: int | None = None
    apart: Apart = "measure"
    limit: int = LIMITS[0]

    def address(self, **changes: Any) -> str:
        """The address of this search with ``changes``."""
        other = replace(self, **changes)
        named = {
            "section": other.section,
            "division": other.division,
            "direction": other.direction,
            "measure": other.measure,
            "from": other.first_year,
            "to": other.last_year,
            "sheet": other.sheet,
            "apart": other.apart if other.sheet and other.apart != "measure" else None,
            "limit": other.limit if other.limit != LIMITS[0] else None,
        }
        return url_for("search.show", q=other.query, **{name: value for name, value in named.items() if value})

    def scope(self, open_sheet: Sheet | None) -> Scope:
        """Where to search; ``open_sheet``: the row of ``sheet``."""
        return Scope(
            section=self.section,
            direction=self.direction,
            division=self.division,
            measure=self.measure,
            first_year=self.first_year,
            last_year=self.last_year,
            exclude_sheet=open_sheet.id if open_sheet and self.apart != "none" else None,
            exclude_measure=open_sheet.measure_id if open_sheet and self.apart == "measure" else None,
        )


@dataclass(frozen=True)
class Piece:
    """A part of a passage; ``marked``: a word of the query."""

    text: str
    marked: bool


@dataclass(frozen=True)
class SourceRank:
    """「ことば 2位」; 「意味 ―」 where the source did not find it."""

    source: str
    rank: str
    found: bool


@dataclass(frozen=True)
class OtherPlace:
    """Another sheet in which the sentence stands."""

    label: str
    address: str


@dataclass(frozen=True)
class FoundPassage:
    """A hit: where it stands (``years``: 「令和3〜5年度」 of its measure), its text, its ranks, its other places."""

    measure: str
    years: str
    section: str
    direction: str
    sheet: str
    address: str
    text: str
    pieces: tuple[Piece, ...]
    ranks: tuple[SourceRank, ...]
    others: tuple[OtherPlace, ...]
    weak: bool


@dataclass(frozen=True)
class ActiveFilter:
    """A filter of the search, and the address of the same search without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Filters:
    """What the form offers; ``apart`` is empty unless the search was opened from a sheet."""

    sections: tuple[Option, ...]
    divisions: tuple[Option, ...]
    directions: tuple[Option, ...]
    measures: tuple[Option, ...]
    first_years: tuple[Option, ...]
    last_years: tuple[Option, ...]
    apart: tuple[Option, ...]


@dataclass(frozen=True)
class SearchPage:
    """The page ``/search``.

    ``meaning``: what keeps the search by meaning from being whole, or "". ``dropped``: names of filters in the address
    that nothing stored has (any more). ``more``: the address with more hits, or "". ``longest``: characters of a query.
    """

    asked: Asked
    filters: Filters
    active: tuple[ActiveFilter, ...]
    dropped: tuple[str, ...]
    hits: tuple[FoundPassage, ...]
    meaning: str
    more: str
    stored: bool
    examples: tuple[tuple[str, str], ...]
    longest: int = LONGEST_QUERY

    @property
    def weak(self) -> bool:
        """Whether nothing better than weak hits was found."""
        return bool(self.hits) and all(hit.weak for hit in self.hits)

    @property
    def unfiltered(self) -> str:
        """The address of the same search in all texts."""
        return Asked(self.asked.query).address()

    @property
    def said(self) -> str:
        """What people who hear the page are told once it is there."""
        if not self.asked.query:
            return ""
        return messages.found_passages(len(self.hits), more=bool(self.more), weak=self.weak)


def read_asked(values: Mapping[str, str], held: Holdings, sheet: Sheet | None) -> tuple[Asked, tuple[str, ...]]:
    """The search of an address, and the names of its filters that nothing stored has: those restrict nothing."""
    dropped = list[str]()

    def known(name: str, label: str, among: Iterable[Known]) -> Known | None:
        written = values.get(name, "").strip()
        found = next((entry for entry in among if str(entry) == written), None)
        if written and found is None:
            dropped.append(label)
        return found

    section = known("section", messages.SEARCH_SECTION, SECTION_KEYS)
    division = known("division", messages.SEARCH_DIVISION, held.divisions)
    direction = known("direction", messages.SEARCH_DIRECTION, held.directions)
    measure = known("measure", messages.SEARCH_MEASURE, [entry.id for entry in held.measures])
    first = known("from", messages.SEARCH_YEARS, held.years)
    last = known("to", messages.SEARCH_YEARS, held.years)
    if first is not None and last is not None and first > last:
        first, last = last, first
    if sheet is None and values.get("sheet"):
        dropped.append(messages.SEARCH_APART)
    apart: Apart = next((entry for entry in get_args(Apart) if entry == values.get("apart")), "measure")
    limit = next((entry for entry in LIMITS if str(entry) == values.get("limit")), LIMITS[0])
    query = " ".join(usable_text(values.get("q", "")).split())[:LONGEST_QUERY]
    sheet_id = sheet.id if sheet is not None else None
    asked = Asked(query, section, division, direction, measure, first, last, sheet_id, apart, limit)
    return asked, tuple(dict.fromkeys(dropped))


def sheet_of(values: Mapping[str, str]) -> int | None:
    """The id of the sheet that the search was opened from, if the address names a possible one."""
    written = values.get("sheet", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= 10 else 0
    return number if 0 < number <= LARGEST_ID else None


def opening(text: str) -> str:
    """The first statements of a narrative, to search for texts like it: whole ones, about 120 characters at most."""
    found = ""
    for item in split_items(text):
        if item.heading:
            continue
        if found and len(found) + len(item.body) > _LONGEST_OPENING:
            break
        found += item.body
    return found[:_LONGEST_OPENING]


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """``text`` cut at ``spans`` (offsets; they may overlap or touch), which are marked."""
    found, at = list[Piece](), 0
    for start, end in sorted(spans):
        first, last = max(start, at), min(end, len(text))
        if first >= last:
            continue
        if at < first:
            found.append(Piece(text[at:first], False))
        found.append(Piece(text[first:last], True))
        at = last
    return (*found, Piece(text[at:], False)) if at < len(text) else tuple(found)


def years_label(years: Sequence[int]) -> str:
    """「令和3〜5年度」「平成30〜令和2年度」「令和3・5年度」 for fiscal years in ascending order."""
    parts, era = list[str](), ""
    for first, last in _runs(years):
        starts, era = _year_in(first, era)
        ends, era = _year_in(last, era)
        parts.append(starts if first == last else f"{starts}〜{ends}")
    return "・".join(parts) + "年度"


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    runs = list[tuple[int, int]]()
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _year_in(year: int, era: str) -> tuple[str, str]:
    """「令和3」, or 「3」 behind a year of the same era; and its era."""
    name = era_of(year)[0]
    return wareki(year).removesuffix("年度").removeprefix(name if name == era else ""), name


def found_passage(hit: Hit, sources: Sequence[str], known: Mapping[int, Address]) -> FoundPassage:
    """A hit for the page. ``sources``: what was searched; ``known``: the addresses of passages by id."""
    own = sorted({hit.fiscal_year} | {place.fiscal_year for place in hit.also if place.measure == hit.measure})
    year = hit.fiscal_year if len(own) == 1 else None
    return FoundPassage(
        measure=measure_label(hit.code, hit.measure),
        years=years_label(own),
        section=section_label(hit.section, year),
        direction=messages.in_direction(hit.direction) if hit.direction else "",
        sheet=messages.sheet_of_year(wareki(hit.fiscal_year)),
        address=passage_address(known.get(hit.passage_id), hit.sheet_id),
        text=hit.text,
        pieces=pieces(hit.text, hit.spans),
        ranks=tuple(_rank(source, hit.ranks.get(source)) for source in sources),
        others=tuple(
            OtherPlace(
                f"{measure_label(place.code, place.measure)}　{wareki(place.fiscal_year)}",
                passage_address(known.get(place.passage_id), place.sheet_id),
            )
            for place in hit.also
        ),
        weak=hit.weak,
    )


def passage_address(known: Address | None, sheet_id: int) -> str:
    """Where a passage stands in its sheet, marked there; only the sheet if it is gone meanwhile."""
    if known is None:
        return url_for("sheets.show", sheet_id=sheet_id)
    values = {"section": known.section, "passage": known.sentence}
    return url_for("sheets.show", sheet_id=known.sheet_id, _anchor="passage", **values)


def measure_label(code: str | None, name: str) -> str:
    """「12 地域福祉の推進」."""
    return f"{code} {name}" if code else name


def _rank(source: str, rank: int | None) -> SourceRank:
    return SourceRank(SOURCES[source], MISSING if rank is None else messages.rank_of(rank), rank is not None)


def filters_of(asked: Asked, held: Holdings, sheet: Sheet | None) -> Filters:
    """The choices of the form, each with the present one selected."""
    cities = len({measure.municipality for measure in held.measures}) > 1
    years = [(str(year), wareki(year)) for year in held.years]
    apart = list[tuple[str, str]]()
    if sheet is not None:
        apart = [
            ("measure", messages.apart_measure(sheet.measure_name)),
            ("sheet", messages.apart_sheet(sheet.measure_name, wareki(sheet.fiscal_year))),
            ("none", messages.APART_NONE),
        ]
    return Filters(
        sections=_options(((key, section_label(key)) for key in SECTION_KEYS), asked.section),
        divisions=_options(((name, name) for name in held.divisions), asked.division),
        directions=_options(((str(n), messages.in_direction(n)) for n in held.directions), asked.direction),
        measures=_options(((str(entry.id), _in_city(entry, cities)) for entry in held.measures), asked.measure),
        first_years=_options(years, asked.first_year),
        last_years=_options(years, asked.last_year),
        apart=_options(apart, asked.apart),
    )


def _in_city(measure: StoredMeasure, cities: bool) -> str:
    city = f"（{measure.municipality}）" if cities and measure.municipality else ""
    return measure_label(measure.code, measure.name) + city


def _options(choices: Iterable[tuple[str, str]], chosen: object) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == str(chosen)) for value, label in choices)


def active_filters(asked: Asked, offered: Filters) -> tuple[ActiveFilter, ...]:
    """The filters that restrict this search, as the form names their values."""

    def chosen(options: Sequence[Option]) -> str:
        return next((option.label for option in options if option.selected), "")

    years = (chosen(offered.first_years), chosen(offered.last_years))
    named: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (messages.SEARCH_SECTION, chosen(offered.sections), {"section": None}),
        (messages.SEARCH_DIVISION, chosen(offered.divisions), {"division": None}),
        (messages.SEARCH_DIRECTION, chosen(offered.directions), {"direction": None}),
        (messages.SEARCH_MEASURE, chosen(offered.measures), {"measure": None}),
        (messages.SEARCH_YEARS, messages.from_year_to_year(*years), {"first_year": None, "last_year": None}),
        (
            messages.SEARCH_APART,
            chosen(offered.apart) if asked.apart != "none" else "",
            {"apart": "none"},
        ),
    )
    return tuple(
        ActiveFilter(label, value, asked.address(limit=LIMITS[0], **change)) for label, value, change in named if value
    )
