"""Builds the page of links from what ``web.views.past`` reads."""

from itertools import pairwise

from corpus import messages
from corpus.columns import LARGEST_ID
from corpus.continuity import ended_links, link_names, links_of
from corpus.fiscal import wareki
from corpus.lineage import JOINING, MeasureTie, matches
from corpus.models import IndicatorLink
from corpus.store import earlier_sheets, load_sheet
from corpus.successors import propose_division, propose_indicators
from web.pages.links import (
    DIVISION_KINDS,
    ContinuedSheet,
    EndedRow,
    LinkForms,
    LinkRow,
    LinksPage,
    Option,
    OptionGroup,
    ProposalView,
    Wanted,
    YearHint,
    indicator_effect,
    indicator_options,
    indicator_rows,
    key_options,
    kind_options,
    measure_effect,
)
from web.pages.sheets import division_notes
from web.pages.writing import moment
from web.state import session
from web.views.past import Past

NOTHING = Wanted("", "", "", "renamed", "")


def links_page(
    past: Past, wanted: Wanted = NOTHING, *, preview: ProposalView | None = None, problem: str = "", done: str = ""
) -> LinksPage:
    """The page; ``wanted``: the form as it was sent, so that nothing typed is lost."""
    sheet, row = past.sheet, past.row
    assert row.id is not None
    earlier = earlier_sheets(session(), row)
    before = [(found.sheet, found.links, found.stretch.primary) for found in past.last]
    latest = past.last[0].row.fiscal_year if past.last else None
    return LinksPage(
        sheet_id=row.id,
        title=f"{sheet.measure.name}　{wareki(sheet.fiscal_year)}",
        year=wareki(sheet.fiscal_year),
        measure=sheet.measure.name,
        division=sheet.lead_division or "",
        proposals=_proposals(past),
        hints=_hints(past),
        continued=tuple(
            ContinuedSheet(found.id or 0, wareki(found.fiscal_year), found.measure_name)
            for found, _ in reversed(past.rows)
        ),
        indicators=indicator_rows(sheet, before, earlier),
        names=division_notes(past.names),
        before=wareki(latest) if latest else "",
        links=tuple(_links(past)),
        ended=tuple(_ended(past)),
        forms=_forms(past, wanted),
        preview=preview,
        problem=problem,
        done=done,
    )


def _proposals(past: Past) -> tuple[ProposalView, ...]:
    measures, indicators, division = past.proposals()
    found = [
        proposal_view(past, Wanted("measure", "", str(entry.earlier_id or ""), entry.kind, ""), entry.reason)
        for entry in measures
    ]
    for measure_id, entry in indicators:
        wanted = Wanted("indicator", entry.key, f"{measure_id}:{entry.earlier_key}", entry.kind, "")
        found.append(proposal_view(past, wanted, entry.reason))
    if division is not None:
        found.append(proposal_view(past, Wanted("division", "", division.earlier_name, "renamed", ""), division.reason))
    return tuple(found)


def _hints(past: Past) -> tuple[YearHint, ...]:
    """The earlier sheets for which something is proposed: a break years ago also hides what was before it."""
    main = [row for row, stretch in past.rows if stretch.primary]
    printed = {row.id: load_sheet(session(), row) for row in main}
    hints = []
    for before, row in pairwise(main):
        sheet, old = printed[row.id], printed[before.id]
        links = matches(sheet, row.measure_id, before.measure_id, before.fiscal_year, past.ties)
        count = len(propose_indicators(sheet, old, links))
        names = past.names_in(sheet.lead_division, row.fiscal_year)
        division = propose_division(sheet, old, names, past.divisions.get(row.fiscal_year, set()))
        if count or division:
            hints.append(YearHint(row.id or 0, wareki(row.fiscal_year), count + (division is not None)))
    return tuple(reversed(hints))


def _links(past: Past) -> list[LinkRow]:
    found = []
    for table, link in links_of(session(), past.row):
        names = link_names(session(), link)
        what = messages.LINK_TABLE_LABELS[table]
        if isinstance(link, IndicatorLink):
            what = f"{what} {link.key}"
        found.append(
            LinkRow(
                table=table,
                id=link.id or 0,
                what=what,
                later=names["later"] or "",
                earlier=names["earlier"] or messages.LINK_TO_NOTHING,
                kind=messages.LINK_KIND_LABELS.get(link.kind, link.kind),
                year=wareki(link.first_year),
                note=link.note,
                author=link.author_name,
                at=moment(link.created_at),
            )
        )
    return found


def _ended(past: Past) -> list[EndedRow]:
    return [
        EndedRow(
            what=messages.LINK_TABLE_LABELS[act.table],
            later=act.said.get("later") or "",
            earlier=act.said.get("earlier") or messages.LINK_TO_NOTHING,
            kind=messages.LINK_KIND_LABELS.get(act.said["kind"], act.said["kind"]),
            actor=act.actor,
            at=moment(act.at),
        )
        for act in ended_links(session(), past.row)
    ]


def _forms(past: Past, wanted: Wanted) -> LinkForms:
    kind = wanted.kind or NOTHING.kind
    groups: list[OptionGroup] = [
        indicator_options(found.row.measure_id, found.sheet, wanted.earlier) for found in past.last
    ]
    shown = {found.row.measure_id for found in past.last}
    for other in past.others:
        row = past.last_before(other.id or 0) if other.id not in shown else None
        if row is not None:
            groups.append(indicator_options(row.measure_id, load_sheet(session(), row), wanted.earlier))
    return LinkForms(
        measures=tuple(_measure_options(past, wanted)),
        keys=key_options(past.sheet, wanted.key),
        indicators=tuple(groups),
        divisions=tuple(sorted({name for names in past.divisions.values() for name in names})),
        kinds=kind_options(tuple(messages.LINK_KIND_LABELS), kind),
        division_kinds=kind_options(DIVISION_KINDS, kind),
        typed_division=wanted.earlier if wanted.what == "division" else "",
        note=wanted.note,
        opened=wanted.what,
    )


def _measure_options(past: Past, wanted: Wanted) -> list[Option]:
    found = []
    for other in past.others:
        row = past.last_before(other.id or 0)
        if row is not None:
            code = f"{other.code}　" if other.code else ""
            label = f"{code}{messages.until_year(row.measure_name, row.fiscal_year)}"
            value = str(other.id)
            found.append(Option(value, label, wanted.what == "measure" and wanted.earlier == value))
    return found


def earlier_measure(written: str) -> int | None:
    """The measure of a choice; None where nothing usable was sent."""
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= 10 else 0
    return number if 0 < number <= LARGEST_ID else None


def earlier_indicator(written: str) -> tuple[int, str] | None:
    """The measure and indicator of a choice 「3:1-ア」; None where nothing usable was sent."""
    measure, _, key = written.partition(":")
    number = earlier_measure(measure)
    return (number, key) if number is not None and key else None


def proposal_view(past: Past, wanted: Wanted, reason: str) -> ProposalView:
    """A link that may be made: between which two, ``reason`` why, and what it will change."""
    kind = messages.LINK_KIND_LABELS.get(wanted.kind, wanted.kind)
    if wanted.what == "measure":
        later, earlier, effects = _measure(past, wanted)
    elif wanted.what == "indicator":
        later, earlier, effects = _indicator(past, wanted)
    else:
        later, earlier = past.sheet.lead_division or "", wanted.earlier
        effects = (messages.link_effect_division(earlier, later, past.row.fiscal_year),)
    return ProposalView(wanted, later, earlier or messages.LINK_TO_NOTHING, kind, reason, effects)


def _measure(past: Past, wanted: Wanted) -> tuple[str, str, tuple[str, ...]]:
    earlier_id = earlier_measure(wanted.earlier)
    row = past.last_before(earlier_id) if earlier_id else None
    name = row.measure_name if row else next((other.name for other in past.others if other.id == earlier_id), "")
    tie = MeasureTie(past.row.measure_id, past.row.fiscal_year, earlier_id, wanted.kind)
    after = past.years_after(tie)
    now = {found.id for found, _ in past.rows}
    new: dict[str, list[int]] = {}
    for found in sorted(after, key=lambda found: found.fiscal_year):
        if found.id not in now:
            new.setdefault(found.measure_name, []).append(found.fiscal_year)
    kept = {found.id for found in after}
    lost = sorted(found.fiscal_year for found, _ in past.rows if found.id not in kept)
    others = [(other.measure_id, other.first_year) for other in past.ties.measures if other.earlier_id != earlier_id]
    whole = wanted.kind in JOINING and (tie.measure_id, tie.first_year) not in others
    own = earlier_id == past.row.measure_id
    return past.sheet.measure.name, name, measure_effect("" if own else name, lost, new, whole=whole)


def _indicator(past: Past, wanted: Wanted) -> tuple[str, str, tuple[str, ...]]:
    entry, pair = past.sheet.indicator(wanted.key), earlier_indicator(wanted.earlier)
    row = past.last_before(pair[0]) if pair else None
    old = load_sheet(session(), row).indicator(pair[1]) if row and pair else None
    default = past.last[0].sheet.indicator(wanted.key) if past.last else None
    if entry is None:
        return wanted.key, "", ()
    effects = indicator_effect(entry, old, wanted.kind, past.row.fiscal_year, default)
    return f"{entry.id}「{entry.name}」", f"{old.id}「{old.name}」" if old else "", effects
