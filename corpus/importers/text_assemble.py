"""The parts of page 1 and the figures put together: directions and indicators as the sheet file holds them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from corpus import messages
from corpus.form import SERIES_LABELS, Kind, Series
from corpus.importers.text_figures import (
    Cell,
    FigureReading,
    expected_direction,
    figures_text,
    read_figures,
    read_flags,
)
from corpus.importers.text_head import Head
from corpus.importers.text_ids import PlacedIndicator, place_outcomes, place_population
from corpus.importers.text_table import Table
from corpus.sheetfile import DirectionEntry, IndicatorEntry, ToConfirm, YearValues

FLAG_WORDS = {"achieved": ["達成", "未達成"], "improved": ["向上", "低下"]}


@dataclass
class ReadIndicators:
    """Indicators in the order of the form, what a person must confirm of them, and warnings."""

    entries: list[IndicatorEntry] = field(default_factory=list)
    to_confirm: list[ToConfirm] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def directions(head: Head, warnings: list[str]) -> list[DirectionEntry]:
    """展開方向 with their purposes and means, which the form prints in the directions' order; a part whose number
    does not fit the directions is left empty and told in ``warnings``.
    """
    numbers = list(head.direction_names) or list(range(1, max(len(head.direction_purposes), len(head.means)) + 1))
    entries = [DirectionEntry(number=number, name=head.direction_names.get(number)) for number in numbers]
    for what, texts in (("目的", head.direction_purposes), ("手段", head.means)):
        if not texts:
            continue
        if len(texts) != len(entries):
            warnings.append(messages.directions_unclear(len(entries), what))
            warnings.append(messages.lines_unread(texts))
            continue
        for entry, text in zip(entries, texts, strict=True):
            if what == "目的":
                entry.purpose = text
            else:
                entry.means = text
    return entries


def indicators(head: Head, table: Table, costs: set[int], start: int, end: int, fiscal_year: int) -> ReadIndicators:
    """対象指標 and 成果指標 with the values that the text decides; ``costs``: runs of the table that are costs."""
    read = ReadIndicators()
    figures = read_figures(table, costs, head.population, head.outcomes, start, end, fiscal_year)
    if figures.unread:
        read.warnings.append(messages.figures_unread(figures_text(figures.unread)))
    if not figures.complete:
        read.warnings.append(messages.FIGURES_NOT_ARRANGED)
    for placed in place_population(head.population):
        place = head.population.index(placed.named)
        entry = _entry(read, placed, "population")
        _fill(read, entry, place, figures.population, figures.population_open)
    placed_outcomes = place_outcomes(head.outcomes, _direction_texts(head), figures.letters)
    for placed in placed_outcomes:
        place = head.outcomes.index(placed.named)
        entry = _entry(read, placed, "outcome")
        _fill(read, entry, place, figures.outcomes, figures.outcomes_open)
        _tell_doubts(read, placed)
    order = {head.outcomes.index(placed.named): placed.key for placed in placed_outcomes}
    _set_flags(read, table, figures, order, fiscal_year)
    for place, key in order.items():
        proposed = expected_direction(head.outcomes[place], figures.falling.get(place))
        note = messages.confirm_better(head.outcomes[place].name, proposed)
        read.to_confirm.append(ToConfirm(field=f"indicators.{key}.better", candidates=list(proposed), note=note))
    return read


def _direction_texts(head: Head) -> dict[int, str]:
    """What page 1 says of each direction, its name counted thrice: it is the shortest and says the most."""
    texts = {number: name * 3 for number, name in head.direction_names.items()}
    for parts in (head.direction_purposes, head.means):
        if len(parts) == len(texts):
            texts = {number: text + part for (number, text), part in zip(texts.items(), parts, strict=True)}
    return texts


def _entry(read: ReadIndicators, placed: PlacedIndicator, kind: Kind) -> IndicatorEntry:
    described = placed.named.described
    entry = IndicatorEntry(
        id=placed.key,
        kind=kind,
        direction=placed.number,
        label=placed.letter,
        name=placed.named.name,
        unit=placed.named.unit,
        source=described.source if described else None,
    )
    if entry.unit is None:
        read.warnings.append(messages.unit_unread(entry.name))
    read.entries.append(entry)
    return entry


def _fill(
    read: ReadIndicators,
    entry: IndicatorEntry,
    place: int,
    decided: dict[Cell, Decimal | None],
    undecided: dict[Cell, list[Decimal]],
) -> None:
    by_year: dict[int, dict[Series, Decimal | None]] = {}
    for (index, series, year), value in decided.items():
        if index == place:
            by_year.setdefault(year, {})[series] = value
    entry.values = {year: YearValues.model_validate(values) for year, values in sorted(by_year.items())}
    printed = {_places(value) for values in by_year.values() for value in values.values() if value is not None}
    open_cells = [cell for cell in undecided if cell[0] == place]
    if len(printed) == 1 and not open_cells:
        entry.decimals = printed.pop()
    for cell in sorted(open_cells, key=lambda cell: (list(SERIES_LABELS).index(cell[1]), cell[2])):
        _, series, year = cell
        note = messages.confirm_cell(entry.name, year, SERIES_LABELS[series], series != "target")
        path = f"indicators.{entry.id}.values.{year}.{series}"
        read.to_confirm.append(ToConfirm(field=path, candidates=list(undecided[cell]), note=note))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _tell_doubts(read: ReadIndicators, placed: PlacedIndicator) -> None:
    if "direction" in placed.doubts and placed.number is not None:
        read.warnings.append(messages.indicator_direction_assumed(placed.named.name, placed.number))
    if "letter" in placed.doubts:
        read.warnings.append(messages.indicator_letter_assumed(placed.named.name, placed.key))


def _set_flags(
    read: ReadIndicators, table: Table, figures: FigureReading, order: dict[int, str], fiscal_year: int
) -> None:
    found = read_flags(table.flags, figures.outcomes, len(order), fiscal_year)
    by_key = {entry.id: entry for entry in read.entries}
    for place, held in found.achieved.items():
        by_key[order[place]].achieved = {fiscal_year: held}
    for place, held in found.improved.items():
        by_key[order[place]].improved = {fiscal_year: held}
    waiting: Iterable[tuple[str, tuple[int, ...]]] = (
        ("achieved", found.achieved_open),
        ("improved", found.improved_open),
    )
    for flag, places in waiting:
        words = [word for word in dict.fromkeys(table.flags) if word in FLAG_WORDS[flag]]
        for place in places:
            note = messages.confirm_flag(by_key[order[place]].name, fiscal_year, flag)
            path = f"indicators.{order[place]}.{flag}.{fiscal_year}"
            read.to_confirm.append(ToConfirm(field=path, candidates=list(words or FLAG_WORDS[flag]), note=note))
    if table.flags and not order:
        read.warnings.append(messages.flag_words_unread(table.flags))
