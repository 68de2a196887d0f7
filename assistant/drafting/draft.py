"""A draft as a value: sentences, each with its origins; offsets count Unicode code points.

``Draft.as_json()`` is what ``shisaku draft --json`` prints (formats.md section 3), but for the findings.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from corpus.form import Series

OriginKind = Literal["figure", "note", "last_year", "other_sheet", "model", "form"]
COMPOSER = "composer"


@dataclass(frozen=True)
class Origin:
    """Where a sentence, or the part ``start``–``end`` of it, comes from.

    ``figure``: a stored cell, ``indicator`` or ``cost`` (a key of ``costs``), ``year``, ``series``, ``value``.
    ``note``: a fact of the year of this sheet, ``note`` is its id, ``text`` its words, ``section`` is ``facts``.
    ``last_year``, ``other_sheet``: ``text`` as it stands in ``section`` of ``measure``'s sheet of ``fiscal_year``.
    ``form``: headings and the places that a person must fill in or confirm.
    """

    kind: OriginKind
    start: int | None = None
    end: int | None = None
    indicator: str | None = None
    cost: str | None = None
    year: int | None = None
    series: Series | None = None
    value: Decimal | None = None
    measure: str | None = None
    fiscal_year: int | None = None
    section: str | None = None
    text: str | None = None
    note: str | None = None

    def moved(self, by: int) -> "Origin":
        """The same origin with its offsets moved by ``by``."""
        if self.start is None or self.end is None:
            return self
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True)
class DraftSentence:
    """One sentence of a draft: ``text`` holds no line break and includes its heading or item mark.

    ``new_line``: it begins a line; otherwise it goes on behind the sentence before it.
    """

    text: str
    heading: bool
    direction: int | None
    origins: tuple[Origin, ...]
    new_line: bool = True


@dataclass(frozen=True)
class Draft:
    """A drafted section of one sheet; ``direction``: only that 展開方向's block was drafted.

    ``prompts``: those by which ``model`` wrote (「write@1,mend@1」), "" for the composer.
    """

    section: str
    direction: int | None
    fiscal_year: int
    sentences: tuple[DraftSentence, ...]
    model: str = COMPOSER
    prompts: str = ""

    @property
    def text(self) -> str:
        """One heading or item a line; the sentences of a paragraph joined."""
        return join(self.sentences)

    @property
    def placed(self) -> tuple[tuple[int, DraftSentence], ...]:
        """Each sentence with the offset of its first character in ``text``."""
        placed: list[tuple[int, DraftSentence]] = []
        length = 0
        for sentence in self.sentences:
            length += 1 if sentence.new_line and placed else 0
            placed.append((length, sentence))
            length += len(sentence.text)
        return tuple(placed)

    @property
    def facts(self) -> tuple[dict[str, Any], ...]:
        """Figures with offsets into ``text``: start, end, indicator or cost, year, series, value."""
        return tuple(
            {
                "start": origin.start + offset,
                "end": origin.end + offset,
                **({"cost": origin.cost} if origin.cost else {"indicator": origin.indicator}),
                "year": origin.year,
                "series": origin.series,
                "value": origin.value,
            }
            for offset, sentence in self.placed
            for origin in sentence.origins
            if origin.kind == "figure" and origin.start is not None and origin.end is not None
        )

    @property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """What it was made from, each once, in order of use: measure, fiscal_year, section (facts: a note), text."""
        found = {
            (origin.measure, origin.fiscal_year, origin.section, origin.text): None
            for sentence in self.sentences
            for origin in sentence.origins
            if origin.kind in ("note", "last_year", "other_sheet")
        }
        return tuple(dict(zip(("measure", "fiscal_year", "section", "text"), key, strict=True)) for key in found)

    def as_json(self) -> dict[str, Any]:
        """The draft for ``shisaku draft --json``; values stay ``Decimal``, findings are added by the caller."""
        return {"text": self.text, "facts": list(self.facts), "sources": list(self.sources), "model": self.model}


def join(sentences: Iterable[DraftSentence]) -> str:
    """The sentences as one text, by their layout."""
    text = ""
    for number, sentence in enumerate(sentences):
        text += ("\n" if sentence.new_line and number else "") + sentence.text
    return text
