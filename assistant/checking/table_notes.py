"""Notes of the year against the sheet's figures (kind ``table``): 事務事業 and costs, notes against indicators."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from assistant.checking.findings import TABLE, Finding, Verdict
from assistant.checking.notes import note_id, told_texts
from assistant.checking.phrases import phrase_of
from assistant.checking.record import Record, Row
from assistant.checking.row_names import is_named
from assistant.checking.tables import table_finding
from assistant.checking.wording import plain_number
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY
from corpus.sheetfile import SheetFile
from corpus.yearfacts import EvidenceNote, FactKind, Note, OtherCityNote, ProjectNote, cost_of

Check = Callable[[str, str, Record], list[Finding]]
"""Text, section and record to the findings by indicators and costs alone."""


def check_note_tables(sheet: SheetFile, record: Record, check: Check) -> list[Finding]:
    """What a sheet's notes say against its own figures; nothing where there are no notes."""
    return [*_projects(sheet), *_against_figures(sheet, record, check)]


def _projects(sheet: SheetFile) -> Iterator[Finding]:
    projects, year = sheet.facts.projects, sheet.fiscal_year
    if not projects:
        return
    costs = sheet.costs.get(year)
    stated = costs.value("projects") if costs else None
    if stated is not None:
        yield _count(len(projects), stated, year)
    program = costs.value("program_total") if costs else None
    total = cost_of(projects)
    if program is not None and total is not None:
        complete = len(projects) == stated and all(note.cost is not None for note in projects)
        if complete or total > program:
            yield _sum(total, program, year)
    times = Counter("".join(note.name.split()) for note in projects)
    for name, count in times.items():
        if count > 1:
            last = next(note for note in reversed(projects) if "".join(note.name.split()) == name)
            message = messages.check_same_project(last.name, count)
            yield table_finding(
                messages.check_note_cell(messages.check_note("projects", last.name), year),
                "ambiguous",
                message,
                indicator=note_id(last),
                year=year,
            )


def _count(listed: int, stated: Decimal, year: int) -> Finding:
    shown = plain_number(stated) + COST_BY_KEY["projects"].unit
    gap = plain_number(abs(listed - stated)) + COST_BY_KEY["projects"].unit
    verdict: Verdict = "match"
    message = messages.check_project_count_ok(shown)
    if listed > stated:
        verdict, message = "mismatch", messages.check_project_count(listed, shown, year, gap)
    elif listed < stated:
        verdict, message = "ambiguous", messages.check_projects_missing(listed, shown)
    return table_finding(
        messages.check_cell(COST_BY_KEY["projects"].label, year, ""),
        verdict,
        message,
        indicator="cost:projects",
        year=year,
        stated=stated,
        expected=Decimal(listed) if verdict != "ambiguous" else None,
        unit=COST_BY_KEY["projects"].unit,
    )


def _sum(total: Decimal, program: Decimal, year: int) -> Finding:
    unit = COST_BY_KEY["program_total"].unit
    shown, stored = plain_number(total) + unit, plain_number(program) + unit
    right = total == program
    gap = plain_number(abs(total - program)) + unit
    return table_finding(
        messages.check_cell(COST_BY_KEY["program_total"].label, year, messages.CHECK_PROJECT_LIST),
        "match" if right else "mismatch",
        messages.check_project_sum_ok(stored) if right else messages.check_project_sum(shown, stored, year, gap),
        indicator="cost:program_total",
        year=year,
        stated=program,
        expected=total,
        unit=unit,
    )


def _against_figures(sheet: SheetFile, record: Record, check: Check) -> Iterator[Finding]:
    """Notes read as a text would be: what an indicator or a cost row of that year contradicts."""
    for kind, note in sheet.facts:
        for text in _statements(note):
            for found in check(text, "5.4.done", record):
                row = next((row for row in record.rows if row.id == found.indicator), None)
                if found.verdict == "mismatch" and row is not None and _names(note, text, row):
                    yield _contradiction(sheet, kind, note, found)


def _names(note: Note, text: str, row: Row) -> bool:
    """Whether the note is of the indicator itself: its name word for word, in an evidence note nothing besides."""
    if isinstance(note, EvidenceNote):
        return phrase_of(note.what, note.unit).core == phrase_of(row.name, row.unit_label).core
    return is_named(text, row)


def _statements(note: Note) -> Iterator[str]:
    """A note as sentences; what other cities do and what is planned contradicts no figure of ours."""
    if isinstance(note, EvidenceNote):
        yield f"{wareki(note.year)}の{note.what}は{plain_number(note.figure)}{note.unit or ''}である。"
    elif not isinstance(note, OtherCityNote):
        yield from (text for text, plan in told_texts(note) if not plan)


def _contradiction(sheet: SheetFile, kind: FactKind, note: Note, found: Finding) -> Finding:
    year = found.year or sheet.fiscal_year
    match note:
        case EvidenceNote():
            name, year = messages.check_evidence(note.what, note.by, note.source), note.year
        case ProjectNote():
            name = messages.check_note(kind, note.name)
        case _:
            name = messages.check_note(kind, found.text)
    return found.model_copy(
        update={
            "section": TABLE,
            "start": None,
            "end": None,
            "text": messages.check_note_cell(name, year),
            "kind": "table",
            "indicator": note_id(note),
            "year": year,
            "series": None,
            "message": messages.check_note_against_figures(name, found.message),
        }
    )
