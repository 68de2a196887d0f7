"""Values to confirm (要確認): what a source did not decide, put in place by a person. Callers commit."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from sqlmodel import Session, col, select

from corpus import messages
from corpus.accounts import Actor, audit
from corpus.errors import Refused
from corpus.fields import field_label
from corpus.fiscal import FULL_WIDTH_DIGITS
from corpus.form import BETTER_LABELS, COST_BY_KEY, COST_SOURCES, SECTION_KEYS, SERIES_LABELS
from corpus.models import CostYear, Indicator, IndicatorFlag, IndicatorValue, Sheet, ValueToConfirm, now
from corpus.narratives import current_revision, save_text
from corpus.sheetfile import storable

FLAG_WORDS: dict[str, dict[str, bool]] = {
    "achieved": {"達成": True, "未達成": False},
    "improved": {"向上": True, "低下": False},
}


def open_values(session: Session, sheet_id: int) -> list[ValueToConfirm]:
    """The places of a sheet that still wait for a person, in the order of the report."""
    query = (
        select(ValueToConfirm)
        .where(ValueToConfirm.sheet_id == sheet_id, ValueToConfirm.state == "open")
        .order_by(col(ValueToConfirm.id))
    )
    return list(session.exec(query))


def read_number(written: str) -> Decimal:
    """A figure as a person types it (full width, commas, minus signs); raises ``Refused``."""
    plain = written.strip().translate(FULL_WIDTH_DIGITS)
    for sign, replacement in ((",", ""), ("，", ""), ("．", "."), ("－", "-"), ("−", "-"), ("▲", "-"), ("△", "-")):
        plain = plain.replace(sign, replacement)
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Refused(messages.not_a_figure(written)) from error
    if not storable(number):
        raise Refused(messages.not_a_figure(written))
    return number


def resolve_values(session: Session, sheet: Sheet, choices: Mapping[int, str | None], *, actor: Actor) -> int:
    """Put the chosen values in their places; None leaves a place empty for good. All or nothing.

    ``choices``: id of the ``ValueToConfirm`` → the value as typed or picked. Returns how many were settled.
    Raises ``Refused`` with the place for a value that does not fit there, or where the sources of a year's costs would
    exceed their total (A).
    """
    assert sheet.id is not None
    waiting = {entry.id: entry for entry in open_values(session, sheet.id)}
    settled = 0
    for value_id, chosen in choices.items():
        entry = waiting.get(value_id)
        if entry is None:
            continue
        if chosen is not None:
            try:
                _put(session, sheet, entry.field, chosen, actor)
            except Refused as error:
                session.rollback()
                raise Refused(messages.at_place(field_label(entry.field), str(error))) from error
        entry.state = "dismissed" if chosen is None else "resolved"
        entry.value, entry.resolved_by, entry.resolved_at = chosen, actor.id, now()
        session.add(entry)
        audit(session, actor, f"value.{entry.state}", f"sheet:{sheet.id}:{entry.field}", {"value": chosen})
        settled += 1
    _refuse_overfull(session, sheet, [waiting[value_id].field for value_id in choices if value_id in waiting])
    session.flush()
    session.expire(sheet)
    return settled


def _refuse_overfull(session: Session, sheet: Sheet, fields: list[str]) -> None:
    """One printed figure put into two rows makes the sources exceed their total (A)."""
    years = {int(field.split(".")[1]) for field in fields if field.startswith("costs.")}
    for cost in sheet.costs:
        sources = [value for row in COST_SOURCES if (value := getattr(cost, row)) is not None]
        if cost.fiscal_year in years and cost.program_total is not None and sum(sources) > cost.program_total:
            message = messages.sources_exceed_total(cost.fiscal_year, f"{sum(sources):,}", f"{cost.program_total:,}")
            session.rollback()
            raise Refused(message)


def _put(session: Session, sheet: Sheet, field: str, chosen: str, actor: Actor) -> None:
    assert sheet.id is not None
    head, *rest = field.split(".")
    match head, rest:
        case "costs", [year, row] if row in COST_BY_KEY:
            cost = next((cost for cost in sheet.costs if cost.fiscal_year == int(year)), None)
            if cost is None:
                cost = CostYear(sheet_id=sheet.id, fiscal_year=int(year))
                sheet.costs.append(cost)
            setattr(cost, row, read_number(chosen))
            session.add(cost)
        case "indicators", [key, "values", year, series] if series in SERIES_LABELS:
            indicator = _indicator(sheet, key)
            cell = next((c for c in indicator.values if (c.fiscal_year, c.series) == (int(year), series)), None)
            if cell is None:
                cell = IndicatorValue(indicator_id=indicator.id or 0, fiscal_year=int(year), series=series)
                indicator.values.append(cell)
            cell.value = read_number(chosen)
            session.add(cell)
        case "indicators", [key, "better"] if chosen in BETTER_LABELS:
            indicator = _indicator(sheet, key)
            indicator.better = chosen
            session.add(indicator)
        case "indicators", [key, ("achieved" | "improved") as flag, year] if chosen in FLAG_WORDS[flag]:
            indicator = _indicator(sheet, key)
            mark = next((f for f in indicator.flags if (f.fiscal_year, f.flag) == (int(year), flag)), None)
            if mark is None:
                mark = IndicatorFlag(indicator_id=indicator.id or 0, fiscal_year=int(year), flag=flag)
                indicator.flags.append(mark)
            mark.value = FLAG_WORDS[flag][chosen]
            session.add(mark)
        case "sections", key_parts if ".".join(key_parts) in SECTION_KEYS:
            key = ".".join(key_parts)
            current = current_revision(session, sheet.id, key)
            save_text(session, sheet.id, key, chosen, actor=actor, based_on=current.id if current else None)
        case (("policy" | "lead_division" | "lead_person" | "target" | "purpose"), []):
            setattr(sheet, head, chosen)
            session.add(sheet)
        case _:
            raise Refused(messages.not_a_choice(chosen))


def _indicator(sheet: Sheet, key: str) -> Indicator:
    found = next((indicator for indicator in sheet.indicators if indicator.key == key), None)
    if found is None:
        raise Refused(messages.no_such_indicator(key))
    return found
