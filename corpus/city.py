"""What a city sets for itself (no I/O): its manner of writing, preferred words, 記入要領, and what a grade asks for."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from corpus.filetypes import Text
from corpus.form import SECTION_KEYS

Width = Literal["last_year", "half", "full", "official"]
"""official: single digits full width, longer figures half width (公用文)."""
Style = Literal["last_year", "plain", "polite"]
EraYears = Literal["last_year", "full", "short", "bare"]
"""full: 令和5年度, short: R5年度, bare: 5年度."""
Mark = Literal["last_year", "・", "〇", "○", "◆", "■", "●", "－", ""]
"""The sign before an item; "" writes paragraphs."""


class _Setting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Manner(_Setting):
    """How drafts are written; ``last_year`` follows the sheet's own last text."""

    width: Width = "last_year"
    mark: Mark = "last_year"
    style: Style = "last_year"
    years: EraYears = "last_year"


class PreferredWord(_Setting):
    """``avoid`` is written ``use``: 子供 → こども. ``note`` tells why."""

    avoid: Annotated[Text, Field(min_length=1, max_length=60)]
    use: Annotated[Text, Field(max_length=60)]
    note: Text = ""


def _known(guidelines: dict[str, str]) -> dict[str, str]:
    for key in guidelines:
        if key not in SECTION_KEYS:
            raise ValueError(f"unknown_section:{key}")
    return {key: text for key, text in guidelines.items() if text.strip()}


class Writing(_Setting):
    """The city's manner, divisions that have their own, preferred words, and the 記入要領 of each section (by key)."""

    manner: Manner = Manner()
    divisions: dict[str, Manner] = Field(default_factory=dict)
    words: tuple[PreferredWord, ...] = ()
    guidelines: Annotated[dict[str, Text], AfterValidator(_known)] = Field(default_factory=dict)

    def manner_for(self, division: str | None) -> Manner:
        """The manner of a division, else the city's."""
        return self.divisions.get(division, self.manner) if division else self.manner


Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False, max_digits=6)]


class Bounds(_Setting):
    """The least share of indicators for each grade: A from ``a``, B from ``b``, C from ``c``; D above ``d``, else E.

    Default: all, two thirds, one third, more than none (claims.md, grades).
    """

    a: Share = Decimal(1)
    b: Share = Decimal("0.6667")
    c: Share = Decimal("0.3333")
    d: Share = Decimal(0)

    @model_validator(mode="after")
    def _descending(self) -> "Bounds":
        if not self.a >= self.b >= self.c >= self.d:
            raise ValueError("not_descending")
        return self

    def grade(self, met: int, of: int) -> Literal["A", "B", "C", "D", "E"]:
        """The grade for ``met`` of ``of`` indicators (``of`` > 0); a bound is read with the digits it is written in."""
        share = Fraction(met, of)
        for name, bound in (("A", self.a), ("B", self.b), ("C", self.c)):
            if share >= Fraction(bound) or round(share, 4) >= Fraction(bound):
                return name  # type: ignore[return-value]
        return "D" if share > Fraction(self.d) else "E"


class Grading(_Setting):
    """What 4(1) and 4(2) ask for; ``check``: whether the checker compares stored grades with the figures."""

    achievement: Bounds = Bounds()
    trend: Bounds = Bounds()
    check: bool = True
