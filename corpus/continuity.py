"""Links over the years in the database: kept by a person's act, audited, ended without a trace lost. Callers commit.

A link says what a later measure, indicator or division continues (``corpus.lineage`` says what follows from that).
Ending one takes the row away; who made it, who ended it and what it said stay in the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlmodel import Session, col, or_, select, update

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.errors import Refused
from corpus.lineage import (
    IndicatorTie,
    LinkKind,
    MeasureTie,
    Stretch,
    Ties,
    comes_back,
    lineage,
    stretch_of,
)
from corpus.models import AuditEvent, DivisionLink, Indicator, IndicatorLink, Measure, MeasureLink, Sheet

LONGEST_NOTE = 500
LinkTable = Literal["measure", "indicator", "division"]
AnyLink = MeasureLink | IndicatorLink | DivisionLink


@dataclass(frozen=True)
class Added:
    """What became of a link that was to be made; ``new`` False: the same one was there already."""

    link_id: int
    new: bool


@dataclass(frozen=True)
class LinkAct:
    """A line of the trail of links: ``action`` is ``link.add`` or ``link.end``."""

    at: datetime
    actor: str
    action: str
    table: LinkTable
    said: dict[str, Any]


def all_ties(session: Session) -> Ties:
    """The links of measures and indicators, in the order in which they were made."""
    measures = session.exec(select(MeasureLink).order_by(col(MeasureLink.id)))
    indicators = session.exec(select(IndicatorLink).order_by(col(IndicatorLink.id)))
    return Ties(
        tuple(MeasureTie(row.measure_id, row.first_year, row.earlier_id, row.kind) for row in measures),
        tuple(
            IndicatorTie(row.measure_id, row.key, row.first_year, row.earlier_measure_id, row.earlier_key, row.kind)
            for row in indicators
        ),
    )


def earlier_rows(session: Session, sheet: Sheet, ties: Ties) -> list[tuple[Sheet, Stretch]]:
    """The stored sheets that a sheet continues, by fiscal year, within a year the first-linked measure's last."""
    stretches = lineage(sheet.measure_id, sheet.fiscal_year, ties.measures)
    query = select(Sheet).where(
        col(Sheet.measure_id).in_({stretch.measure_id for stretch in stretches}),
        Sheet.fiscal_year < sheet.fiscal_year,
    )
    found = [
        (row, stretch)
        for row in session.exec(query)
        if (stretch := stretch_of(stretches, row.measure_id, row.fiscal_year)) is not None
    ]
    # a stable order: of several linked ones the first-linked comes last, since callers take the last of a year
    place = {id(stretch): number for number, stretch in enumerate(stretches)}
    return sorted(found, key=lambda pair: (pair[0].fiscal_year, -place[id(pair[1])]))


def later_rows(session: Session, sheet: Sheet, ties: Ties) -> list[Sheet]:
    """The stored sheets of other measures that continue this one, by fiscal year."""
    measures = {sheet.measure_id}
    while grown := {tie.measure_id for tie in ties.measures if tie.earlier_id in measures} - measures:
        measures |= grown
    query = (
        select(Sheet)
        .where(col(Sheet.measure_id).in_(measures - {sheet.measure_id}), Sheet.fiscal_year > sheet.fiscal_year)
        .order_by(col(Sheet.fiscal_year), col(Sheet.id))
    )
    return [
        row
        for row in session.exec(query)
        if stretch_of(lineage(row.measure_id, row.fiscal_year, ties.measures), sheet.measure_id, sheet.fiscal_year)
    ]


def add_measure_link(
    session: Session, sheet: Sheet, earlier_id: int | None, kind: str, *, note: str = "", actor: Actor
) -> Added:
    """From the sheet's year on its measure continues ``earlier_id`` (None with ``separate``: nothing).

    Raises ``Refused`` for a link to itself (but in a new plan), to another city's measure, or one that would lead back.
    """
    _check_words(kind, note)
    _one_at_a_time(session, sheet.measure)
    if (kind == "separate") != (earlier_id is None):
        raise Refused(messages.LINK_NOTHING_CHOSEN)
    earlier = session.get(Measure, earlier_id) if earlier_id is not None else None
    if earlier_id is not None and earlier is None:
        raise Refused(messages.LINK_NO_MEASURE)
    if earlier is not None and earlier.municipality != sheet.measure.municipality:
        raise Refused(messages.LINK_OTHER_CITY)
    if earlier_id == sheet.measure_id and kind != "new_plan":
        raise Refused(messages.LINK_TO_ITSELF)
    rows = _rows(session, MeasureLink, measure_id=sheet.measure_id, first_year=sheet.fiscal_year)
    same = next((row for row in rows if row.earlier_id == earlier_id), None)
    if same is not None:
        return Added(same.id or 0, False)
    if any((row.earlier_id is None) != (earlier_id is None) for row in rows):
        raise Refused(messages.link_contradicts(sheet.measure_name))
    tie = MeasureTie(sheet.measure_id, sheet.fiscal_year, earlier_id, kind)
    if comes_back((*all_ties(session).measures, tie)):
        raise Refused(messages.LINK_COMES_BACK)
    return _add(
        session,
        MeasureLink(
            measure_id=sheet.measure_id,
            first_year=sheet.fiscal_year,
            earlier_id=earlier_id,
            kind=kind,
            note=note,
            author_name=actor.name,
        ),
        "measure",
        actor,
    )


def add_indicator_link(
    session: Session,
    sheet: Sheet,
    key: str,
    earlier: tuple[int, str] | None,
    kind: str,
    *,
    note: str = "",
    actor: Actor,
) -> Added:
    """From the sheet's year on its indicator ``key`` continues ``earlier`` (measure, indicator id there; None: none).

    Raises ``Refused`` for indicators that are not stored, or a 対象指標 with a 成果指標.
    """
    _check_words(kind, note)
    _one_at_a_time(session, sheet.measure)
    if (kind == "separate") != (earlier is None):
        raise Refused(messages.LINK_NOTHING_CHOSEN)
    own = next((row for row in sheet.indicators if row.key == key), None)
    if own is None:
        raise Refused(messages.LINK_NO_INDICATOR)
    measure_id, earlier_key = earlier if earlier else (sheet.measure_id, None)
    before = _stored_indicator(session, measure_id, earlier_key, sheet.fiscal_year) if earlier_key else None
    if earlier_key and before is None:
        raise Refused(messages.LINK_NO_INDICATOR)
    if before is not None:
        city = session.get(Measure, measure_id)
        if city is None or city.municipality != sheet.measure.municipality:
            raise Refused(messages.LINK_OTHER_CITY)
        if before.kind != own.kind:
            raise Refused(messages.LINK_OTHER_KIND)
    rows = _rows(session, IndicatorLink, measure_id=sheet.measure_id, key=key, first_year=sheet.fiscal_year)
    same = next((row for row in rows if (row.earlier_measure_id, row.earlier_key) == (measure_id, earlier_key)), None)
    if same is not None:
        return Added(same.id or 0, False)
    if any((row.earlier_key is None) != (earlier_key is None) for row in rows):
        raise Refused(messages.link_contradicts(own.name))
    return _add(
        session,
        IndicatorLink(
            measure_id=sheet.measure_id,
            key=key,
            first_year=sheet.fiscal_year,
            earlier_measure_id=measure_id,
            earlier_key=earlier_key,
            kind=kind,
            note=note,
            author_name=actor.name,
        ),
        "indicator",
        actor,
    )


def add_division_link(
    session: Session, sheet: Sheet, earlier_name: str, kind: str, *, note: str = "", actor: Actor
) -> Added:
    """From the sheet's year on its 施策統括課 continues ``earlier_name``, in every sheet of the municipality."""
    _check_words(kind, note)
    _one_at_a_time(session, sheet.measure)
    name, earlier_name = (sheet.lead_division or "").strip(), earlier_name.strip()
    if not name:
        raise Refused(messages.LINK_NO_DIVISION)
    if not earlier_name or kind == "separate":
        raise Refused(messages.LINK_NOTHING_CHOSEN)
    if earlier_name == name:
        raise Refused(messages.LINK_SAME_DIVISION)
    city, year = sheet.measure.municipality or "", sheet.fiscal_year
    rows = _rows(session, DivisionLink, municipality=city, name=name, earlier_name=earlier_name, first_year=year)
    if rows:
        return Added(rows[0].id or 0, False)
    link = DivisionLink(
        municipality=city,
        name=name,
        earlier_name=earlier_name,
        first_year=year,
        kind=kind,
        note=note,
        author_name=actor.name,
    )
    return _add(session, link, "division", actor)


def end_link(session: Session, sheet: Sheet, table: LinkTable, link_id: int, *, actor: Actor) -> bool:
    """End a link of the sheet's measure or division; False where it is not there any more."""
    _one_at_a_time(session, sheet.measure)
    row = next((row for found, row in links_of(session, sheet) if (found, row.id) == (table, link_id)), None)
    if row is None:
        return False
    said = {"table": table} | link_names(session, row) | row.model_dump(mode="json")
    session.delete(row)
    audit(session, actor, "link.end", _subject(table, row), said)
    session.flush()
    return True


def links_of(session: Session, sheet: Sheet) -> list[tuple[LinkTable, AnyLink]]:
    """The links in which the sheet's measure or division stands on either side, oldest first."""
    of_measure, city = sheet.measure_id, sheet.measure.municipality or ""
    found: list[tuple[LinkTable, AnyLink]] = []
    either = or_(col(MeasureLink.measure_id) == of_measure, col(MeasureLink.earlier_id) == of_measure)
    found += [("measure", row) for row in session.exec(select(MeasureLink).where(either))]
    ours = or_(col(IndicatorLink.measure_id) == of_measure, col(IndicatorLink.earlier_measure_id) == of_measure)
    found += [("indicator", row) for row in session.exec(select(IndicatorLink).where(ours))]
    if sheet.lead_division:
        names = or_(
            col(DivisionLink.name) == sheet.lead_division, col(DivisionLink.earlier_name) == sheet.lead_division
        )
        query = select(DivisionLink).where(DivisionLink.municipality == city, names)
        found += [("division", row) for row in session.exec(query)]
    return sorted(found, key=lambda pair: (pair[1].created_at, pair[1].id or 0))


def link_names(session: Session, link: AnyLink) -> dict[str, str | None]:
    """What a link ties together, by name: ``later`` and ``earlier`` (None: it says that nothing is continued)."""
    if isinstance(link, DivisionLink):
        return {"later": link.name, "earlier": link.earlier_name}
    if isinstance(link, MeasureLink):
        return {
            "later": _measure_name(session, link.measure_id, link.first_year, later=True),
            "earlier": _measure_name(session, link.earlier_id, link.first_year, later=False),
        }
    now = _indicator_from(session, link.measure_id, link.key, link.first_year)
    before = _stored_indicator(session, link.earlier_measure_id, link.earlier_key, link.first_year)
    return {"later": now.name if now else link.key, "earlier": before.name if before else link.earlier_key}


def _measure_name(session: Session, measure_id: int | None, year: int, *, later: bool) -> str | None:
    """As printed in the sheet next to the border: a measure that kept its code has another name on either side."""
    if measure_id is None:
        return None
    side = col(Sheet.fiscal_year) >= year if later else col(Sheet.fiscal_year) < year
    order = col(Sheet.fiscal_year) if later else col(Sheet.fiscal_year).desc()
    query = select(Sheet.measure_name).where(Sheet.measure_id == measure_id, side).order_by(order)
    name = session.exec(query).first()
    measure = session.get(Measure, measure_id)
    return name or (measure.name if measure else None)


def ended_links(session: Session, sheet: Sheet) -> list[LinkAct]:
    """The links of the sheet's measure and division that were ended, newest first."""
    subjects = [f"links:measure:{sheet.measure_id}", f"links:division:{sheet.measure.municipality or ''}"]
    query = (
        select(AuditEvent)
        .where(AuditEvent.action == "link.end", col(AuditEvent.subject).in_(subjects))
        .order_by(col(AuditEvent.id).desc())
    )
    return [
        LinkAct(row.at, row.actor, row.action, row.detail["table"], row.detail)
        for row in session.exec(query)
        if row.detail["table"] != "division" or sheet.lead_division in (row.detail["name"], row.detail["earlier_name"])
    ]


def _check_words(kind: str, note: str) -> None:
    if kind not in get_args(LinkKind):
        raise Refused(messages.LINK_KIND_UNKNOWN)
    if len(note) > LONGEST_NOTE:
        raise Refused(messages.link_note_too_long(LONGEST_NOTE))


def _one_at_a_time(session: Session, measure: Measure) -> None:
    """Two people who link at once wait for each other: a change of nothing takes the city's rows until the commit.

    The tables' own uniqueness does not hold for 「つながりなし」, whose earlier side is NULL.
    """
    city = col(Measure.municipality)
    same_city = city.is_(None) if measure.municipality is None else city == measure.municipality
    session.exec(update(Measure).where(same_city).values(name=col(Measure.name)))


def _rows(session: Session, table: Any, **wanted: Any) -> list[Any]:
    query = select(table).where(*(getattr(table, name) == value for name, value in wanted.items()))
    return list(session.exec(query.order_by(table.id)))


def _indicator_from(session: Session, measure_id: int, key: str, year: int) -> Indicator | None:
    query = (
        select(Indicator)
        .join(Sheet)
        .where(Sheet.measure_id == measure_id, Sheet.fiscal_year >= year, Indicator.key == key)
        .order_by(col(Sheet.fiscal_year))
    )
    return session.exec(query).first()


def _stored_indicator(session: Session, measure_id: int, key: str | None, before: int) -> Indicator | None:
    """The indicator of that id in the measure's latest sheet before a year that has one."""
    query = (
        select(Indicator)
        .join(Sheet)
        .where(Sheet.measure_id == measure_id, Sheet.fiscal_year < before, Indicator.key == key)
        .order_by(col(Sheet.fiscal_year).desc())
    )
    return session.exec(query).first()


def _add(session: Session, link: AnyLink, table: LinkTable, actor: Actor) -> Added:
    session.add(link)
    session.flush()
    said = {"table": table} | link_names(session, link) | link.model_dump(mode="json")
    audit(session, actor, "link.add", _subject(table, link), said)
    session.flush()
    return Added(link.id or 0, True)


def _subject(table: LinkTable, link: AnyLink) -> str:
    """What the trail files an act under: the later measure, or the city for a division."""
    owner = link.municipality if isinstance(link, DivisionLink) else link.measure_id
    return f"links:{'division' if table == 'division' else 'measure'}:{owner}"
