"""Drafts as the database keeps them, and back as values. No I/O: takes rows, gives rows and values."""

from typing import cast

from assistant.drafting.draft import Draft, DraftSentence, Origin, OriginKind
from corpus import models
from corpus.form import Series
from corpus.talk import OriginRow

_COST = "cost:"


def origin_row(origin: Origin) -> OriginRow:
    """An origin of the composer as the database keeps it."""
    return OriginRow(
        kind=origin.kind,
        start=origin.start,
        end=origin.end,
        row=f"{_COST}{origin.cost}" if origin.cost else origin.note or origin.indicator,
        series=origin.series,
        value=origin.value,
        measure=origin.measure,
        fiscal_year=origin.year if origin.kind == "figure" else origin.fiscal_year,
        section_key=origin.section,
        text=origin.text,
    )


def origin_of(row: models.SentenceOrigin | OriginRow) -> Origin:
    """A stored origin as the value that it was."""
    figure, named = row.kind == "figure", row.row or ""
    cost = named.removeprefix(_COST) if named.startswith(_COST) else None
    return Origin(
        cast(OriginKind, row.kind),
        row.start,
        row.end,
        indicator=row.row if figure and cost is None else None,
        cost=cost,
        year=row.fiscal_year if figure else None,
        series=cast(Series | None, row.series),
        value=row.value,
        measure=row.measure,
        fiscal_year=None if figure else row.fiscal_year,
        section=row.section_key,
        text=row.text,
        note=row.row if row.kind == "note" else None,
    )


def draft_of(row: models.Draft, fiscal_year: int) -> Draft:
    """A stored draft of the sheet of ``fiscal_year`` as the value that it was."""
    sentences = (
        DraftSentence(
            sentence.text,
            sentence.heading,
            sentence.direction,
            tuple(origin_of(origin) for origin in sentence.origins),
            not sentence.joined,
        )
        for sentence in row.sentences
    )
    return Draft(row.section_key, row.direction, fiscal_year, tuple(sentences), row.model, row.prompts)
