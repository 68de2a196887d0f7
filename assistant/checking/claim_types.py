"""What a claim is: a statement about a figure, with its subject, year, series and what it compares with.

A claim says nothing yet about right or wrong; ``matching`` does. Numbers in comments are claim types of claims.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.checking.numerals import Bound, Figure
from assistant.checking.sentences import Subject, Year
from assistant.checking.words import Word
from corpus.form import GradeName, Series

Form = Literal[
    "level",
    "change",
    "index",
    "multiple",
    "share",
    "achievement_rate",
    "trend",
    "against",
    "achieved",
    "rank",
    "record",
    "years_sum",
    "breakdown",
    "met_count",
    "other",
]
"""``change``: a difference or a rate by its unit; ``index``: 前年度比108.3％, 目標の97.2％; ``share``: of the
first row of the subject in the second; ``record``: 過去最高; ``years_sum``: over ``period`` years; ``breakdown``:
``parts`` of the value; ``met_count``: how many of the rows met their targets; ``other``: nothing is stored for it."""


@dataclass(frozen=True)
class Base:
    """What a statement compares with: a series, the year named for it (if any), the figure that stands there.

    ``foreign``: it is not of our rows (県内の市の平均である92.7％).
    """

    series: Series
    year: Year | None
    figure: Figure | None = None
    foreign: bool = False


@dataclass(frozen=True)
class Streak:
    """「3年連続」; ``years``: counted in years, else in surveys or terms (「3回連続」)."""

    count: int
    years: bool


@dataclass(frozen=True)
class Claim:
    """A statement at ``[start:end]`` of its sentence.

    ``year``: named with the figure; ``carried_year``: set earlier in the sentence; ``year_before``: in
    the sentence before. ``sign``: +1, -1, or 0 where the
    words give none. ``plan``: meant, not reported. ``soft``: part of something else (うち, 占める), so a difference
    to the stored value is no contradiction. ``whole``: about all rows at once (全ての指標).
    ``total``: named a sum; ``parts``: the amounts listed before it.
    ``period``: 「3年間で」; ``any_year``: one of a row of values without years (「14.8％、12.1％と低下」).
    ``streak``: 「3年連続で」 before the word.
    ``bound``: the words behind the figure bound it (「3ポイントを超えている」).
    """

    form: Form
    start: int
    end: int
    subject: Subject
    series: Series = "actual"
    figure: Figure | None = None
    word: Word | None = None
    year: Year | None = None
    carried_year: Year | None = None
    year_before: Year | None = None
    base: Base | None = None
    sign: int = 0
    plan: bool = False
    soft: bool = False
    from_before: bool = False
    total: bool = False
    parts: tuple[Decimal, ...] = ()
    trend: bool = False
    nearly: bool = False
    whole: bool = False
    bound: Bound | None = None
    period: int | None = None
    any_year: bool = False
    streak: Streak | None = None


@dataclass(frozen=True)
class GradeClaim:
    """A grade that the text states (31): the letter at ``[start:end]`` of the sentence."""

    start: int
    end: int
    name: GradeName
    letter: str


POINT_UNITS = frozenset({"％", "ポイント", "点", ""})
"""Units whose differences are written in ポイント."""
