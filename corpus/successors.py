"""Proposals of what continues what, from two years' sheets: never more than proposals. Pure.

The strongest sign is that the new sheet prints the same past values as the old one; then names, units, purposes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus import messages
from corpus.lineage import Match, can_join, plain
from corpus.sheetfile import IndicatorEntry, SheetFile

ALIKE = Decimal("0.5")
"""Names are alike from this share of common letter pairs on (Dice); half is what rewordings of real sheets keep."""
VAGUELY_ALIKE = Decimal("0.3")
"""Enough where figures or other signs speak for it as well."""


@dataclass(frozen=True)
class IndicatorProposal:
    """Indicator ``key`` may continue ``earlier_key`` of the sheet before; ``reason`` in Japanese."""

    key: str
    earlier_key: str
    kind: str
    reason: str


@dataclass(frozen=True)
class MeasureProposal:
    """The measure may continue that of ``earlier_id`` (None: it may be another one under an old code)."""

    earlier_id: int | None
    kind: str
    reason: str


@dataclass(frozen=True)
class DivisionProposal:
    """The lead division may be the one that was called ``earlier_name``."""

    earlier_name: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A measure's last sheet; ``ended``: it has none of the later year; ``taken``: another measure continues it."""

    measure_id: int
    sheet: SheetFile
    ended: bool
    taken: bool


def likeness(first: str, second: str) -> Decimal:
    """How many letter pairs two names share: 0 to 1 (Dice), blind to width and blanks."""
    one, two = plain(first), plain(second)
    if one == two:
        return Decimal(1)
    pairs, others = _pairs(one), _pairs(two)
    total = len(pairs) + len(others)
    common = sum(min(pairs.count(pair), others.count(pair)) for pair in set(pairs))
    return Decimal(2 * common) / total if total else Decimal(0)


def _pairs(name: str) -> list[str]:
    return [name[place : place + 2] for place in range(len(name) - 1)]


def propose_indicators(sheet: SheetFile, before: SheetFile, links: Sequence[Match]) -> list[IndicatorProposal]:
    """Indicators of a sheet that may continue some of the sheet before under another name or id; best first.

    ``links``: what a person said already (``corpus.lineage.matches``); that is not asked again.
    """
    said = {link.key for link in links}
    used = {link.earlier_key for link in links}
    kept = {entry.id for entry in sheet.indicators if _stayed(entry, before)}
    new = [entry for entry in sheet.indicators if entry.id not in said | kept]
    gone = [entry for entry in before.indicators if entry.id not in used | kept]
    scored = sorted(
        ((score, entry, old) for entry in new for old in gone if (score := _score(entry, old, before.fiscal_year))),
        key=lambda found: -found[0],
    )
    proposals: list[IndicatorProposal] = []
    taken: set[str] = set()
    for _, entry, old in scored:
        if entry.id in taken or f"旧{old.id}" in taken:
            continue
        taken |= {entry.id, f"旧{old.id}"}
        proposals.append(IndicatorProposal(entry.id, old.id, "renamed", _indicator_reason(entry, old, before)))
    return proposals


def _stayed(entry: IndicatorEntry, before: SheetFile) -> bool:
    old = before.indicator(entry.id)
    return old is not None and plain(old.name) == plain(entry.name) and can_join(old, entry)


def _equal_actuals(entry: IndicatorEntry, old: IndicatorEntry, until: int) -> tuple[list[int], list[int]]:
    """(years up to ``until`` whose actual both print alike, years that they print otherwise)."""
    mine, theirs = entry.series("actual"), old.series("actual")
    both = sorted(year for year in mine.keys() & theirs.keys() if year <= until)
    return [year for year in both if mine[year] == theirs[year]], [year for year in both if mine[year] != theirs[year]]


def _score(entry: IndicatorEntry, old: IndicatorEntry, until: int) -> Decimal:
    """0: not proposed. Equal past values count most; one that differs speaks against it."""
    if not can_join(entry, old):
        return Decimal(0)
    equal, different = _equal_actuals(entry, old, until)
    alike = likeness(entry.name, old.name)
    # two equal values of small counts happen by chance, so that names must speak for it at least a little
    proven = len(equal) >= 2 and not different and alike > Decimal("0.1")
    likely = alike >= (VAGUELY_ALIKE if equal or entry.id == old.id else ALIKE) and len(different) <= len(equal)
    if not proven and not likely:
        return Decimal(0)
    return alike + len(equal) + (Decimal("0.5") if entry.id == old.id else 0)


def _indicator_reason(entry: IndicatorEntry, old: IndicatorEntry, before: SheetFile) -> str:
    equal, different = _equal_actuals(entry, old, before.fiscal_year)
    reasons = []
    if plain(entry.name) == plain(old.name):
        reasons.append(messages.SUCCESSOR_SAME_NAME)
    elif likeness(entry.name, old.name) >= VAGUELY_ALIKE:
        reasons.append(messages.SUCCESSOR_ALIKE)
    if entry.id == old.id:
        reasons.append(messages.successor_same_place(entry.id))
    if entry.unit:
        reasons.append(messages.successor_same_unit(entry.unit))
    if equal:
        reasons.append(messages.successor_equal_actuals(equal))
    if different:
        reasons.append(messages.successor_other_actuals(different))
    return messages.successor_reason(reasons)


def propose_measures(
    sheet: SheetFile, own_id: int, own_before: SheetFile | None, candidates: Sequence[Candidate]
) -> list[MeasureProposal]:
    """What a measure may continue that has no sheet before this one, or one of another plan; best first.

    ``own_id``, ``own_before``: the measure, and its own sheet before this one (None: it has none). ``candidates``:
    the city's other measures.
    """
    new_plan = own_before is not None and plan_changed(sheet, own_before)
    if own_before is not None and not new_plan:
        return []
    kind = "new_plan" if new_plan else "renamed"
    found: list[tuple[Decimal, MeasureProposal]] = []
    for candidate in candidates:
        score, reasons = _measure_score(sheet, candidate.sheet)
        if candidate.ended and score >= 1:
            split = candidate.taken
            if split:
                reasons.append(messages.SUCCESSOR_TAKEN)
            changed = plan_changed(sheet, candidate.sheet)
            how = "split" if split else "new_plan" if changed else kind
            reason = messages.successor_measure_ended(candidate.sheet.fiscal_year, reasons)
            found.append((score, MeasureProposal(candidate.measure_id, how, reason)))
    found.sort(key=lambda pair: -pair[0])
    proposals = [proposal for _, proposal in found]
    if own_before is None:
        return proposals
    if likeness(sheet.measure.name, own_before.measure.name) < VAGUELY_ALIKE:
        reason = messages.successor_other_name(own_before.measure.name)
        return [*proposals, MeasureProposal(None, "separate", reason)]
    plans = (own_before.plan.name if own_before.plan else None, sheet.plan.name if sheet.plan else None)
    return [MeasureProposal(own_id, "new_plan", messages.successor_new_plan(*plans)), *proposals]


def plan_changed(sheet: SheetFile, before: SheetFile) -> bool:
    """Whether two sheets belong to different plan periods, as far as both say."""
    if sheet.plan is None or before.plan is None:
        return False
    starts = (sheet.plan.start, before.plan.start)
    if None not in starts:
        return starts[0] != starts[1]
    names = (sheet.plan.name, before.plan.name)
    return None not in names and plain(names[0] or "") != plain(names[1] or "")


def _measure_score(sheet: SheetFile, before: SheetFile) -> tuple[Decimal, list[str]]:
    """1 or more: proposed. Names, shared indicators and purposes weigh alike; policy and division only support."""
    score, reasons = Decimal(0), list[str]()
    alike = likeness(sheet.measure.name, before.measure.name)
    if alike >= VAGUELY_ALIKE:
        score += alike
        reasons.append(messages.SUCCESSOR_ALIKE)
    shared = sum(1 for entry in sheet.indicators if any(_continues(entry, old, before) for old in before.indicators))
    if shared:
        score += Decimal(shared) / len(sheet.indicators)
        reasons.append(messages.successor_shared_indicators(shared, len(sheet.indicators)))
    if sheet.purpose and before.purpose and (purposes := likeness(sheet.purpose, before.purpose)) >= ALIKE:
        score += purposes
        reasons.append(messages.SUCCESSOR_PURPOSE)
    for mine, theirs, label in (
        (sheet.policy, before.policy, messages.SUCCESSOR_POLICY),
        (sheet.lead_division, before.lead_division, messages.SUCCESSOR_DIVISION),
    ):
        if mine and theirs and plain(mine) == plain(theirs):
            score += Decimal("0.4") if reasons else 0
            reasons.append(label)
    return score, reasons


def _continues(entry: IndicatorEntry, old: IndicatorEntry, before: SheetFile) -> bool:
    if not can_join(entry, old):
        return False
    equal, different = _equal_actuals(entry, old, before.fiscal_year)
    return not different and (plain(entry.name) == plain(old.name) or len(equal) >= 2)


def propose_division(
    sheet: SheetFile, before: SheetFile, known: Collection[str], in_use: Collection[str]
) -> DivisionProposal | None:
    """The lead division's former name, where the sheet before names another.

    ``known``: names that links give it already. A name that other sheets of the year still use (``in_use``) is another
    division, to which the measure belonged before.
    """
    now, old = (sheet.lead_division or "").strip(), (before.lead_division or "").strip()
    if not now or not old or plain(now) == plain(old) or old in known or old in in_use:
        return None
    return DivisionProposal(old, messages.successor_division(old, now, before.fiscal_year))
