"""What a city sets for itself (no I/O): manner, preferred words, 記入要領, what a grade and 横ばい ask for."""

import json
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from corpus.filetypes import Text
from corpus.form import SECTION_KEYS
from corpus.sheetfile import Grade

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


DEFAULT_WRITING = Writing()
"""The manner of a city that set nothing."""

WritingPart = Literal["manner", "words", "guidelines"]
PART_FIELDS: dict[WritingPart, tuple[str, ...]] = {
    "manner": ("manner", "divisions"),
    "words": ("words",),
    "guidelines": ("guidelines",),
}
"""What of ``Writing`` is set together on the settings page."""


def setting_mark(setting: BaseModel, fields: tuple[str, ...] | None = None) -> str:
    """A short mark of what is set (in these fields): another mark means that someone set it otherwise."""
    content = setting.model_dump(mode="json", include=None if fields is None else set(fields))
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:20]


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

    def grade(self, met: int, of: int) -> Grade:
        """The grade for ``met`` of ``of`` indicators (``of`` > 0); a bound is read with the digits it is written in."""
        share = Fraction(met, of)
        bounds: tuple[tuple[Grade, Decimal], ...] = (("A", self.a), ("B", self.b), ("C", self.c))
        for name, bound in bounds:
            if share >= Fraction(bound) or round(share, 4) >= Fraction(bound):
                return name
        return "D" if share > Fraction(self.d) else "E"


OverallRule = Literal["mean", "worse", "achievement", "none"]
"""How 6(2) is proposed from 4(1) and 4(2): their mean (a half goes to the side of 4(1), since 6(2) asks first
whether the aims were reached), the worse of the two, as 4(1), or not at all."""


class Grading(_Setting):
    """What 4(1) and 4(2) ask for; ``check``: whether the checker compares stored grades with the figures."""

    achievement: Bounds = Bounds()
    trend: Bounds = Bounds()
    overall: OverallRule = "mean"
    check: bool = True


class Tolerance(_Setting):
    """How far a value may move and still be 横ばい or ほぼ同じ (claims.md, "Tolerance").

    ``flat_share`` of the value (0.02 = 2 ％); for percentages ``flat_points`` ポイント.
    """

    flat_share: Annotated[Decimal, Field(ge=0, le=Decimal("0.5"), allow_inf_nan=False, max_digits=6)] = Decimal("0.02")
    flat_points: Annotated[Decimal, Field(ge=0, le=50, allow_inf_nan=False, max_digits=6)] = Decimal("0.5")

    def is_flat(self, before: Decimal, after: Decimal, *, percent: bool) -> bool:
        """Whether a change is small enough for 横ばい and ほぼ; ``percent``: it is one of ポイント."""
        limit = self.flat_points if percent else abs(before) * self.flat_share
        return abs(after - before) <= limit


DEFAULT_TOLERANCE = Tolerance()
"""What 横ばい is where a city set nothing, and in files checked without a database."""

DEFAULT_GRADING = Grading()
"""What grades ask for where a city set nothing, and in files checked without a database."""
