"""The pages that make sheets: a list of measures to roll on, the form for a sheet from nothing, and the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import messages
from corpus.filetypes import FIRST_YEAR, LAST_YEAR
from corpus.fiscal import parse_year, wareki
from corpus.making import KnownMeasure, RolledSheet
from corpus.rolling import blank_sheet
from corpus.sheetfile import Plan, SheetFile

DIRECTION_BOXES = 4
"""How many 展開方向 the form has room for; more are added on the sheet's setup page."""
STATUS_LABELS: dict[str, str] = {"created": "作りました", "exists": "すでにあります", "refused": "作れません"}


@dataclass(frozen=True)
class SheetOf:
    """A stored sheet as the choice of measures needs it."""

    sheet_id: int
    measure_id: int
    code: str
    measure: str
    division: str
    fiscal_year: int


@dataclass(frozen=True)
class RollRow:
    """A measure in the list: its newest sheet before the year (``source``), and the year's own sheet if it is there.

    ``recent``: the source is the sheet of the year before, so that nothing lies between.
    """

    measure_id: int
    code: str
    measure: str
    division: str
    source: str
    existing: int | None
    recent: bool
    picked: bool

    @property
    def possible(self) -> bool:
        """Whether a sheet can be made from it."""
        return self.existing is None and bool(self.source)


@dataclass(frozen=True)
class BlankForm:
    """The form of a sheet from nothing as it was sent, and what is wrong with its fields.

    ``same``: the question whether the known measure of that code is meant, "" if it is not to be asked.
    """

    values: Mapping[str, str]
    problems: Mapping[str, str]
    municipalities: tuple[str, ...]
    policies: tuple[str, ...]
    divisions: tuple[str, ...]
    same: str = ""

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    def problem(self, name: str) -> str:
        """What is wrong with a field, "" if nothing."""
        return self.problems.get(name, "")

    @property
    def directions(self) -> tuple[tuple[int, str], ...]:
        """Number and name of each direction's box."""
        return tuple((number, self.value(f"direction-{number}")) for number in range(1, DIRECTION_BOXES + 1))


@dataclass(frozen=True)
class NewSheetPage:
    """The page ``/sheets/new``. ``year_typed`` is what stands in the year's box, ``year`` the year as it was read."""

    year_typed: str
    year: str
    year_number: int
    rows: tuple[RollRow, ...]
    before: str
    all_count: int
    blank: BlankForm
    problem: str = ""
    year_problem: str = ""
    existing: int | None = None


@dataclass(frozen=True)
class RolledRow:
    """What became of one measure."""

    code: str
    measure: str
    status: str
    status_label: str
    source: str
    notes: tuple[str, ...]
    sheet_id: int | None


@dataclass(frozen=True)
class RolledPage:
    """The report after several sheets were made."""

    year: str
    rows: tuple[RolledRow, ...]
    created: int


def proposed_year(sheets: Iterable[SheetOf], this_year: int) -> int:
    """The year that most measures come to next; ``this_year`` where nothing is stored."""
    newest: dict[int, int] = {}
    for sheet in sheets:
        newest[sheet.measure_id] = max(newest.get(sheet.measure_id, 0), sheet.fiscal_year)
    counts = Counter(year + 1 for year in newest.values() if year < LAST_YEAR)
    return max(counts, key=lambda year: (counts[year], year)) if counts else this_year


def roll_rows(sheets: Sequence[SheetOf], year: int, picked: frozenset[int] = frozenset()) -> tuple[RollRow, ...]:
    """The measures in the order of their sheets, as they stand for ``year``."""
    measures: dict[int, list[SheetOf]] = {}
    for sheet in sheets:
        measures.setdefault(sheet.measure_id, []).append(sheet)
    rows = []
    for measure_id, own in measures.items():
        newest = max(own, key=lambda sheet: sheet.fiscal_year)
        source = max((sheet.fiscal_year for sheet in own if sheet.fiscal_year < year), default=None)
        rows.append(
            RollRow(
                measure_id=measure_id,
                code=newest.code,
                measure=newest.measure,
                division=newest.division,
                source=wareki(source) if source is not None else "",
                existing=next((sheet.sheet_id for sheet in own if sheet.fiscal_year == year), None),
                recent=source == year - 1,
                picked=measure_id in picked,
            )
        )
    return tuple(rows)


def new_sheet_page(
    sheets: Sequence[SheetOf],
    year: int,
    blank: BlankForm,
    *,
    year_typed: str | None = None,
    picked: frozenset[int] = frozenset(),
    problem: str = "",
    year_problem: str = "",
    existing: int | None = None,
) -> NewSheetPage:
    """The page for a year; ``existing``: the sheet that is there already in place of the one asked for."""
    rows = roll_rows(sheets, year, picked)
    return NewSheetPage(
        year_typed=year_typed if year_typed is not None else wareki(year),
        year=wareki(year),
        year_number=year,
        rows=rows,
        before=wareki(year - 1),
        all_count=len(every_recent(rows)),
        blank=blank,
        problem=problem,
        year_problem=year_problem,
        existing=existing,
    )


def every_recent(rows: Iterable[RollRow]) -> tuple[int, ...]:
    """The measures that 「すべて」 means: those with a sheet of the year before and none of the year."""
    return tuple(row.measure_id for row in rows if row.possible and row.recent)


def read_year(written: str, around: int) -> int | None:
    """A fiscal year as a person types it (令和7, 令和7年度, R7, 2025, 7年度); None for anything else."""
    plain = "".join(written.split())
    year = parse_year(plain, around) or (parse_year(f"{plain}年度", around) if not plain.isascii() else None)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def read_blank(sent: Mapping[str, str], code: str, around: int) -> tuple[SheetFile | None, dict[str, str]]:
    """The form → the sheet, or what is wrong by field. ``code``: the number as stored sheets write it."""
    typed = {name: value.strip() for name, value in sent.items()}
    problems: dict[str, str] = {}
    years: dict[str, int | None] = {}
    for name in ("year", "plan_start", "plan_end"):
        written = typed.get(name, "")
        years[name] = read_year(written, around) if written else None
        if years[name] is None and (written or name == "year"):
            problems[name] = messages.YEAR_UNREADABLE
    if not typed.get("name"):
        problems["name"] = messages.MEASURE_NAME_NEEDED
    start, end = years["plan_start"], years["plan_end"]
    if start is not None and end is not None and end < start:
        problems["plan_end"] = messages.PLAN_ENDS_FIRST
    year = years["year"]
    if problems or year is None:
        return None, problems
    boxes = [typed.get(f"direction-{number}", "") for number in range(1, DIRECTION_BOXES + 1)]
    count = max((number for number, name in enumerate(boxes, 1) if name), default=0)
    sheet = blank_sheet(
        typed.get("municipality"),
        year,
        code,
        typed["name"],
        policy=typed.get("policy"),
        lead_division=typed.get("division"),
        plan=Plan(name=typed.get("plan_name") or None, start=start, end=end),
        directions=boxes[:count],
    )
    return sheet, {}


def same_measure_question(known: KnownMeasure) -> str:
    """Whether the stored measure of that number is meant."""
    return messages.measure_known(known.code, known.name, list(known.years))


def rolled_page(rolled: Sequence[RolledSheet], year: int) -> RolledPage:
    """The report, what asks for something to be done first."""
    rows = [
        RolledRow(
            code=entry.code or "",
            measure=entry.measure,
            status=entry.status,
            status_label=STATUS_LABELS[entry.status],
            source=wareki(entry.source_year) if entry.source_year is not None else "",
            notes=(*((entry.reason,) if entry.reason else ()), *entry.warnings),
            sheet_id=entry.sheet_id,
        )
        for entry in rolled
    ]
    rows.sort(key=lambda row: (row.status != "refused", not row.notes))
    return RolledPage(wareki(year), tuple(rows), sum(entry.status == "created" for entry in rolled))
