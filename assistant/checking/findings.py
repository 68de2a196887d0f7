"""What a check says: ``Finding`` and ``CheckResult``, exactly as formats.md section 2 promises them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

import simplejson
from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "level", "change", "ratio", "direction", "achievement", "rank", "total", "share", "year", "grade", "table"
]
Verdict = Literal["match", "mismatch", "ambiguous", "unsupported"]
VERDICTS: tuple[Verdict, ...] = ("match", "mismatch", "ambiguous", "unsupported")
TABLE = "table"
"""The section of findings about the figures themselves."""


class Finding(BaseModel):
    """One statement and what the stored figures say of it.

    ``start``/``end``: code points into the section's text, ``text`` that slice; both None in section ``table``,
    where ``text`` names the cell. ``indicator``: an indicator's id or ``cost:<row>``. ``year``: fiscal year.
    ``stated``/``expected``: figures in the stored ``unit`` (千円 for money), or words (増加, 達成, C).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    start: int | None
    end: int | None
    text: str
    kind: Kind
    verdict: Verdict
    indicator: str | None = None
    year: int | None = None
    series: Literal["forecast", "baseline", "target", "actual"] | None = None
    stated: Decimal | str | None = None
    expected: Decimal | str | None = None
    unit: str | None = None
    message: str
    suggestion: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        """Of what it is, and what is stored of it: the same wherever and however a text states it."""
        return (self.kind, self.indicator, self.year, self.series, self.expected)

    @property
    def gist(self) -> tuple[object, ...]:
        """All that it says but its place and words."""
        return (self.verdict, self.stated, *self.subject)


class Summary(BaseModel):
    """How many findings of each verdict."""

    model_config = ConfigDict(frozen=True)

    match: int = 0
    mismatch: int = 0
    ambiguous: int = 0
    unsupported: int = 0


class CheckResult(BaseModel):
    """The findings of one sheet: sections in the order of the form, then ``table``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    fiscal_year: int
    findings: list[Finding] = Field(default_factory=list)
    summary: Summary = Field(default_factory=Summary)

    def to_object(self) -> dict[str, Any]:
        """Plain values for JSON; figures are Decimal (``simplejson`` with ``use_decimal`` writes them as numbers)."""
        return self.model_dump()

    def to_json(self) -> str:
        """The one-line JSON object of ``shisaku check --json``."""
        return simplejson.dumps(self.to_object(), use_decimal=True, ensure_ascii=False)


def summarise(findings: Iterable[Finding]) -> Summary:
    """Count the findings by verdict."""
    counts = dict.fromkeys(VERDICTS, 0)
    for finding in findings:
        counts[finding.verdict] += 1
    return Summary(**counts)
