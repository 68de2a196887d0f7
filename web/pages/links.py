"""The page of a sheet's links over the years: what it continues, what may be linked, and what that would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.facts import format_figure
from corpus import messages
from corpus.fields import field_label
from corpus.fiscal import wareki
from corpus.form import KIND_LABELS
from corpus.lineage import JOINING, Match, can_join, plain
from corpus.sheetfile import IndicatorEntry, SheetFile

MOST_VALUES = 4
DIVISION_KINDS = ("renamed", "split", "merged", "moved")


@dataclass(frozen=True)
class Option:
    """An entry of a list to choose from."""

    value: str
    label: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True)
class OptionGroup:
    """Entries of one earlier sheet: 「災害に強いまちづくり（令和4年度）」."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Wanted:
    """A link as the form sends it. ``what``: measure, indicator or division; ``earlier``: as its options are valued."""

    what: str
    key: str
    earlier: str
    kind: str
    note: str


@dataclass(frozen=True)
class ProposalView:
    """A proposal, or a link chosen by hand before it is saved: between which two, why, and what it changes."""

    wanted: Wanted
    later: str
    earlier: str
    kind: str
    reason: str
    effects: tuple[str, ...]


@dataclass(frozen=True)
class YearHint:
    """An earlier sheet for which something is proposed."""

    sheet_id: int
    label: str
    count: int


@dataclass(frozen=True)
class ContinuedSheet:
    """An earlier sheet that the open one continues."""

    sheet_id: int
    year: str
    name: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of the sheet and what it continues in the year before; ``state``: same, linked, part or none."""

    key: str
    name: str
    earlier: str
    state: str
    state_label: str
    years: str


@dataclass(frozen=True)
class LinkRow:
    """A stored link: ``what`` it is about, both names, who made it when."""

    table: str
    id: int
    what: str
    later: str
    earlier: str
    kind: str
    year: str
    note: str
    author: str
    at: str


@dataclass(frozen=True)
class EndedRow:
    """A link that was ended, by whom and when."""

    what: str
    later: str
    earlier: str
    kind: str
    actor: str
    at: str


@dataclass(frozen=True)
class LinkForms:
    """What may be chosen by hand. ``opened``: the form that was sent last, so that nothing typed is lost."""

    measures: tuple[Option, ...]
    keys: tuple[Option, ...]
    indicators: tuple[OptionGroup, ...]
    divisions: tuple[str, ...]
    kinds: tuple[Option, ...]
    division_kinds: tuple[Option, ...]
    typed_division: str
    note: str
    opened: str


@dataclass(frozen=True)
class LinksPage:
    """The page ``/sheets/<id>/links``; ``preview``: a link chosen by hand, waiting to be saved."""

    sheet_id: int
    title: str
    year: str
    measure: str
    division: str
    proposals: tuple[ProposalView, ...]
    hints: tuple[YearHint, ...]
    continued: tuple[ContinuedSheet, ...]
    indicators: tuple[IndicatorRow, ...]
    names: tuple[str, ...]
    before: str
    links: tuple[LinkRow, ...]
    ended: tuple[EndedRow, ...]
    forms: LinkForms
    preview: ProposalView | None = None
    problem: str = ""
    done: str = ""


def indicator_rows(
    sheet: SheetFile, before: Sequence[tuple[SheetFile, Sequence[Match], bool]], earlier: Sequence[SheetFile]
) -> tuple[IndicatorRow, ...]:
    """``before``: the sheets of the year before as printed, with links and whether the default holds there.

    ``earlier``: all earlier sheets as the open one sees them, whose values are one series with its own.
    """
    return tuple(_indicator_row(entry, before, earlier) for entry in sheet.indicators)


def _indicator_row(
    entry: IndicatorEntry,
    before: Sequence[tuple[SheetFile, Sequence[Match], bool]],
    earlier: Sequence[SheetFile],
) -> IndicatorRow:
    label = f"{KIND_LABELS[entry.kind]} {entry.id}「{entry.name}」"
    years = {year for seen in earlier if (old := seen.indicator(entry.id)) and _one(entry, old) for year in _held(old)}
    span = messages.year_span(sorted(years)) if years else ""
    for sheet, links, by_default in before:
        said = [link for link in links if link.key == entry.id]
        found = [old for link in said if link.earlier_key and (old := sheet.indicator(link.earlier_key))]
        if found:
            names = "、".join(f"{old.id}「{old.name}」" for old in found)
            joined = all(link.joined for link in said) and can_join(found[0], entry)
            state = "linked" if joined else "part"
            return IndicatorRow(entry.id, label, names, state, messages.INDICATOR_STATES[state], span)
        same = sheet.indicator(entry.id)
        if not said and by_default and same is not None and _one(entry, same):
            names = f"{same.id}「{same.name}」"
            return IndicatorRow(entry.id, label, names, "same", messages.INDICATOR_STATES["same"], span)
    state = "none" if any(link.key == entry.id for _, links, _ in before for link in links) else "open"
    return IndicatorRow(entry.id, label, "", state, messages.INDICATOR_STATES[state], span)


def _one(entry: IndicatorEntry, old: IndicatorEntry) -> bool:
    return plain(old.name) == plain(entry.name) and can_join(old, entry)


def _held(entry: IndicatorEntry) -> list[int]:
    return list(entry.series("actual"))


def indicator_effect(
    entry: IndicatorEntry, old: IndicatorEntry | None, kind: str, year: int, default: IndicatorEntry | None
) -> tuple[str, ...]:
    """What linking ``old`` (None: nothing) changes for the drafts and checks from ``year`` on."""
    if old is None:
        if default is None or not _one(entry, default):
            return (messages.LINK_EFFECT_NO_VALUES,)
        return (messages.link_effect_separate(default.name, year - 1),)
    lost = (messages.link_effect_separate(default.name, year - 1),) if default and _one(entry, default) else ()
    if kind not in JOINING:
        return (messages.link_effect_part(old.name), *lost)
    if not can_join(old, entry):
        return (messages.link_effect_unit(old.unit or "", entry.unit or ""), *lost)
    known = [(at, value) for at, value in old.series("actual").items() if at < year][-MOST_VALUES:]
    shown = "、".join(f"{wareki(at)} {format_figure(value, old.decimals)}{old.unit or ''}" for at, value in known)
    return (messages.link_effect_series(old.name, year - 1, shown), *(lost if default != old else ()))


def measure_effect(
    name: str, before: Sequence[int], after: Mapping[str, Sequence[int]], *, whole: bool
) -> tuple[str, ...]:
    """What linking measure ``name`` changes: ``before`` are the years of the own code that fall away.

    ``after``: the years that come with it, by the measure's name.
    """
    effects = [messages.link_effect_sheets(other, years, whole=whole) for other, years in after.items()]
    if name and not after:
        effects.append(messages.link_effect_no_sheets(name))
    if before:
        effects.append(messages.link_effect_cut(before))
    return tuple(effects) or (messages.LINK_EFFECT_NONE,)


def kind_options(kinds: Sequence[str], chosen: str) -> tuple[Option, ...]:
    """The kinds of links as choices."""
    return tuple(
        Option(kind, messages.LINK_KIND_LABELS[kind], kind == chosen, messages.LINK_KIND_HINTS[kind]) for kind in kinds
    )


def key_options(sheet: SheetFile, chosen: str) -> tuple[Option, ...]:
    """The indicators of the sheet as choices."""
    return tuple(
        Option(entry.id, field_label(f"indicators.{entry.id}", sheet), entry.id == chosen) for entry in sheet.indicators
    )


def indicator_options(measure_id: int, sheet: SheetFile, chosen: str) -> OptionGroup:
    """The indicators of an earlier sheet as choices, valued 「measure:id」."""
    options = tuple(
        Option(value := f"{measure_id}:{entry.id}", _with_unit(entry), value == chosen) for entry in sheet.indicators
    )
    return OptionGroup(f"{sheet.measure.name}（{wareki(sheet.fiscal_year)}）", options)


def _with_unit(entry: IndicatorEntry) -> str:
    return f"{entry.id}「{entry.name}」" + (f"（{entry.unit}）" if entry.unit else "")
