"""Sheets in the database: in from a ``SheetFile``, out as one. Callers commit.

A sheet comes in whole or not at all. Its identity is municipality + measure code (the name where no code is printed)
+ fiscal year.
"""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert
from sqlmodel import Session, col, select
from sqlmodel import update as set_columns

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.columns import now
from corpus.continuity import all_ties, earlier_rows
from corpus.differing import differing_fields
from corpus.errors import DifferentSheet, NotFound, Refused
from corpus.fields import field_label
from corpus.form import GRADE_LABELS, SECTION_KEYS
from corpus.index.passages import refresh_passages
from corpus.lineage import Ties, as_continued, matches, moved_in, with_moved_in
from corpus.models import (
    CostYear,
    Direction,
    Indicator,
    IndicatorFlag,
    IndicatorValue,
    Measure,
    Sheet,
    ValueToConfirm,
    YearNote,
)
from corpus.narratives import section_row, write_first_texts, write_revision
from corpus.places import differences
from corpus.sheetfile import CostEntry, IndicatorEntry, ReadSheet, SheetFile
from corpus.yearfacts import NOTE_TYPES

MOST_FIELDS_NAMED = 12


@dataclass(frozen=True)
class Saved:
    """What became of a sheet that was to be saved."""

    sheet_id: int
    status: Literal["created", "updated", "unchanged"]


def measure_identity(sheet: SheetFile) -> str:
    """municipality + code, or + name where no code is printed."""
    code = f"code:{sheet.measure.code}" if sheet.measure.code else f"name:{sheet.measure.name}"
    return f"{sheet.municipality or ''}|{code}"


def save_sheet(
    session: Session,
    read: ReadSheet,
    *,
    actor: Actor,
    source_file: str | None = None,
    update: bool = False,
    action: str | None = None,
) -> Saved:
    """Store a sheet with its values to confirm.

    The identical sheet again changes nothing. A different one of the same identity raises ``DifferentSheet`` unless
    ``update``; then its figures replace the stored ones, and its texts become new revisions of the sections.
    ``action``: what the trail calls it, instead of ``sheet.created`` or ``sheet.updated``.
    """
    incoming = read.sheet
    identity = measure_identity(incoming)
    measure = session.exec(select(Measure).where(Measure.identity == identity)).first()
    sheet: Sheet | None = None
    stored: SheetFile | None = None
    if measure is not None:
        query = select(Sheet).where(Sheet.measure_id == measure.id, Sheet.fiscal_year == incoming.fiscal_year)
        sheet = session.exec(query).first()
    if sheet is not None and sheet.id is not None:
        _hold(session, sheet)
        stored = load_sheet(session, sheet)
        changed = differing_fields(stored, incoming)
        if not changed:
            return Saved(sheet.id, "unchanged")
        if not update:
            raise DifferentSheet(_different(changed, incoming), changed)
    if measure is None:
        name, code = incoming.measure.name, incoming.measure.code
        measure = Measure(identity=identity, municipality=incoming.municipality, code=code, name=name)
        session.add(measure)
        session.flush()
    status: Literal["created", "updated"] = "created" if sheet is None else "updated"
    if sheet is None:
        assert measure.id is not None
        sheet = Sheet(
            measure_id=measure.id,
            fiscal_year=incoming.fiscal_year,
            measure_name=incoming.measure.name,
            keep_inside=_was_kept_inside(session, measure.id, incoming.fiscal_year),
        )
    write_head(sheet, incoming)
    sheet.source_file = source_file or sheet.source_file
    sheet.version += 1
    session.add(sheet)
    session.flush()
    assert sheet.id is not None
    write_figures(session, sheet, incoming)
    if status == "created":
        texts = {key: incoming.text(key) for key in SECTION_KEYS}
        write_first_texts(session, sheet.id, texts, actor=actor, origin="import")
    for key in SECTION_KEYS if status == "updated" else ():
        section = section_row(session, sheet.id, key)
        text = incoming.text(key)
        written = section.revision.text if section.revision else ""
        if text != written:
            write_revision(session, section, text, actor=actor, origin="import")
    _replace_values_to_confirm(session, sheet.id, read)
    newest = session.exec(
        select(Sheet).where(Sheet.measure_id == measure.id).order_by(col(Sheet.fiscal_year).desc())
    ).first()
    if newest is not None:
        measure.name = newest.measure_name
    places = [change.to_object() for change in differences(stored, incoming)] if stored else []
    detail = {"file": source_file, "places": places}
    audit(session, actor, action or f"sheet.{status}", f"sheet:{sheet.id}", detail)
    session.flush()
    session.expire(sheet)
    refresh_passages(session, sheet.id)
    return Saved(sheet.id, status)


def _was_kept_inside(session: Session, measure_id: int, year: int) -> bool:
    """The switch 「外部モデルに送らない」 of the measure's newest sheet before ``year``."""
    query = (
        select(Sheet.keep_inside)
        .where(Sheet.measure_id == measure_id, Sheet.fiscal_year < year)
        .order_by(col(Sheet.fiscal_year).desc())
    )
    return session.exec(query).first() or False


def _hold(session: Session, sheet: Sheet) -> None:
    """Keep other writers off the sheet until the caller commits, and forget what it held before they were kept off."""
    session.flush()
    session.exec(set_columns(Sheet).where(col(Sheet.id) == sheet.id).values(version=col(Sheet.version)))
    session.expire_all()


def _different(changed: list[str], incoming: SheetFile) -> str:
    labels = [field_label(field, incoming) for field in changed[:MOST_FIELDS_NAMED]]
    return messages.different_sheet(labels, len(changed) - len(labels))


def write_head(sheet: Sheet, incoming: SheetFile) -> None:
    """Put the head of a sheet file and its grades into the row."""
    plan = incoming.plan
    sheet.measure_name = incoming.measure.name
    sheet.plan_name = plan.name if plan else None
    sheet.plan_start = plan.start if plan else None
    sheet.plan_end = plan.end if plan else None
    for name in ("policy", "lead_division", "lead_person", "target", "purpose"):
        setattr(sheet, name, getattr(incoming, name))
    sheet.related_divisions = list(incoming.related_divisions)
    for grade in GRADE_LABELS:
        setattr(sheet, f"grade_{grade}", getattr(incoming.grades, grade))
    sheet.updated_at = now()


def write_figures(session: Session, sheet: Sheet, incoming: SheetFile) -> None:
    """Replace directions, indicators, costs and notes of a stored sheet."""
    assert sheet.id is not None
    sheet_id = sheet.id
    for old in (*sheet.directions, *sheet.indicators, *sheet.costs, *sheet.notes):
        session.delete(old)
    session.flush()
    session.expire(sheet, ["directions", "indicators", "costs", "notes"])
    sheet.directions = [
        Direction(sheet_id=sheet_id, position=place, **entry.model_dump())
        for place, entry in enumerate(incoming.directions)
    ]
    sheet.indicators = [
        Indicator(
            sheet_id=sheet_id,
            position=place,
            key=entry.id,
            **entry.model_dump(exclude={"id", "values", "achieved", "improved"}),
        )
        for place, entry in enumerate(incoming.indicators)
    ]
    sheet.costs = [
        CostYear(sheet_id=sheet_id, fiscal_year=year, **entry.model_dump()) for year, entry in incoming.costs.items()
    ]
    sheet.notes = [
        YearNote(sheet_id=sheet_id, position=place, kind=kind, key=note.id or "", **note.model_dump(exclude={"id"}))
        for place, (kind, note) in enumerate(incoming.facts)
    ]
    session.add(sheet)
    session.flush()
    _write_cells(session, sheet, incoming)


def _write_cells(session: Session, sheet: Sheet, incoming: SheetFile) -> None:
    """The cells of the new indicators, as plain rows: a sheet has hundreds, and an object for each costs more."""
    ids = {row.key: row.id for row in sheet.indicators}
    values = [
        {"indicator_id": ids[entry.id], "fiscal_year": year, "series": series, "value": getattr(cells, series)}
        for entry in incoming.indicators
        for year, cells in entry.values.items()
        for series in sorted(cells.model_fields_set)
    ]
    flags = [
        {"indicator_id": ids[entry.id], "fiscal_year": year, "flag": flag, "value": value}
        for entry in incoming.indicators
        for flag in ("achieved", "improved")
        for year, value in getattr(entry, flag).items()
    ]
    for table, rows in ((IndicatorValue, values), (IndicatorFlag, flags)):
        if rows:
            session.connection().execute(insert(table), rows)
    for row in sheet.indicators:
        session.expire(row, ["values", "flags"])


def _replace_values_to_confirm(session: Session, sheet_id: int, read: ReadSheet) -> None:
    for old in session.exec(select(ValueToConfirm).where(ValueToConfirm.sheet_id == sheet_id)):
        session.delete(old)
    for place in read.to_confirm:
        candidates = [str(candidate) for candidate in place.candidates]
        session.add(ValueToConfirm(sheet_id=sheet_id, field=place.field, candidates=candidates, note=place.note))


def load_sheet(session: Session, sheet: Sheet) -> SheetFile:
    """The stored sheet as a ``SheetFile``; importing it again would change nothing."""
    measure = sheet.measure
    indicators = [
        {
            "id": row.key,
            "values": _by_year((value.fiscal_year, value.series, value.value) for value in row.values),
            "achieved": {flag.fiscal_year: flag.value for flag in row.flags if flag.flag == "achieved"},
            "improved": {flag.fiscal_year: flag.value for flag in row.flags if flag.flag == "improved"},
            **{
                name: getattr(row, name)
                for name in ("kind", "direction", "label", "name", "unit", "source", "better", "decimals")
            },
        }
        for row in sheet.indicators
    ]
    plan = {"name": sheet.plan_name, "start": sheet.plan_start, "end": sheet.plan_end}
    return SheetFile.model_validate(
        {
            "format": "shisaku-sheet/1",
            "municipality": measure.municipality,
            "plan": plan if any(value is not None for value in plan.values()) else None,
            "fiscal_year": sheet.fiscal_year,
            "policy": sheet.policy,
            "measure": {"code": measure.code, "name": sheet.measure_name},
            "lead_division": sheet.lead_division,
            "lead_person": sheet.lead_person,
            "related_divisions": sheet.related_divisions,
            "target": sheet.target,
            "purpose": sheet.purpose,
            "directions": [
                {"number": row.number, "name": row.name, "purpose": row.purpose, "means": row.means}
                for row in sheet.directions
            ],
            "indicators": indicators,
            "costs": {
                row.fiscal_year: {key: getattr(row, key) for key in CostEntry.model_fields} for row in sheet.costs
            },
            "grades": {grade: getattr(sheet, f"grade_{grade}") for grade in GRADE_LABELS},
            "sections": {row.key: row.revision.text for row in sheet.sections if row.revision and row.revision.text},
            "facts": _notes(sheet.notes),
        }
    )


def _notes(rows: list[YearNote]) -> dict[str, list[dict[str, Any]]]:
    notes: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        fields = NOTE_TYPES[row.kind].model_fields  # type: ignore[index]
        note = {name: getattr(row, name) for name in fields if name != "id"}
        notes.setdefault(row.kind, []).append({"id": row.key, **note})
    return notes


def _by_year(cells: Any) -> dict[int, dict[str, Any]]:
    years: dict[int, dict[str, Any]] = {}
    for year, series, value in cells:
        years.setdefault(year, {})[series] = value
    return years


def get_sheet(session: Session, sheet_id: int) -> Sheet:
    """The sheet with this id; raises ``NotFound``."""
    sheet = session.get(Sheet, sheet_id)
    if sheet is None:
        raise NotFound(messages.NO_SUCH_SHEET)
    return sheet


def find_sheet(session: Session, measure: str, fiscal_year: int) -> Sheet:
    """The sheet of a measure (code or name) and fiscal year.

    Raises ``NotFound``, or ``Refused`` when several measures (of two cities, say) answer to that code or name.
    """
    wanted = measure.strip()
    names = {measure, wanted} - {""}
    named = col(Measure.code).in_(names) | col(Measure.name).in_(names) | col(Sheet.measure_name).in_(names)
    query = select(Sheet).join(Measure).where(named, Sheet.fiscal_year == fiscal_year)
    found = list(session.exec(query))
    if not found:
        raise NotFound(messages.no_such_sheet(wanted, fiscal_year))
    if len(found) > 1:
        raise Refused(messages.ambiguous_measure(wanted, [sheet.measure.municipality or "" for sheet in found]))
    return found[0]


def sheets_of_measure(session: Session, measure_id: int) -> list[Sheet]:
    """All sheets of a measure, by fiscal year ascending."""
    query = select(Sheet).where(Sheet.measure_id == measure_id).order_by(col(Sheet.fiscal_year))
    return list(session.exec(query))


def earlier_sheets(session: Session, sheet: Sheet) -> list[SheetFile]:
    """The sheets that this one continues (``corpus.lineage``), seen as it names indicators; by fiscal year ascending.

    Of a merged measure a year has several: the first-linked one comes last of them.
    """
    assert sheet.id is not None
    ties, later = all_ties(session), load_sheet(session, sheet)
    rows = earlier_rows(session, sheet, ties)
    found = []
    for row, stretch in rows:
        links = matches(later, sheet.measure_id, row.measure_id, row.fiscal_year, ties)
        seen = as_continued(load_sheet(session, row), later, links, primary=stretch.primary, whole=stretch.whole)
        if stretch.primary and ties.indicators:
            present = [other.measure_id for other, _ in rows if other.fiscal_year == row.fiscal_year]
            seen = with_moved_in(seen, later, _moved_in(session, sheet, later, row.fiscal_year, ties, present))
        found.append(seen)
    return found


def _moved_in(
    session: Session, sheet: Sheet, later: SheetFile, year: int, ties: Ties, present: list[int]
) -> dict[str, IndicatorEntry]:
    """Indicators of other measures' sheets of ``year`` that moved into the later sheet, by its ids."""
    found: dict[str, IndicatorEntry] = {}
    for key, (measure_id, earlier_key) in moved_in(later, sheet.measure_id, year, ties, present).items():
        query = select(Sheet).where(Sheet.measure_id == measure_id, Sheet.fiscal_year == year)
        row = session.exec(query).first()
        entry = load_sheet(session, row).indicator(earlier_key) if row else None
        if entry is not None:
            found[key] = entry
    return found
