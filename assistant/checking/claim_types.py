"""What a claim is: a statement about a figure, with its subject, year, series and what it compares with.

A claim says nothing yet about right or wrong; ``matching`` does. Numbers in comments are claim types of claims.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.checking.numerals import Bound, Figure
from assistant.checking.record import Row
from assistant.checking.sentences import Subject
from assistant.checking.words import Word
from assistant.checking.years import Year
from corpus.form import Series

Form = Literal[
    "level",
    "change",
    "index",
    "multiple",
    "doubling",
    "share",
    "achievement_rate",
    "trend",
    "against",
    "achieved",
    "rank",
    "record",
    "years_sum",
    "tally",
    "first_in",
    "among",
    "band",
    "other",
]
"""``change``: a difference or a rate by its unit; ``index``: 前年度比108.3％, 目標の97.2％; ``doubling``: 倍増, 半減;
``share``: of the first row of the subject in the second; ``record``: 過去最高; ``years_sum``: over ``period`` years;
``tally``: how many of the rows, or all; ``first_in``: 「3年ぶりに」; ``among``: the most of several rows; ``band``:
every year of ``band`` within the bounds; ``other``: nothing is stored for it."""


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
    """「3年連続」; ``years``: counted in years, else in surveys or terms (「3回連続」).

    ``count`` None: 毎年, every year.
    """

    count: int | None
    years: bool


@dataclass(frozen=True)
class Window:
    """The years that 最高 is said of: all (過去), the plan's, those since ``since``, the last ``count``.

    ``stored``: the text does not say.
    """

    kind: Literal["all", "stored", "plan", "since", "count"]
    since: Year | None = None
    count: int | None = None


Metric = Literal["value", "change", "rate", "gap"]


@dataclass(frozen=True)
class Extreme:
    """「計画期間で2番目に多い」: ``nth`` from the end that the claim's word names, over ``window``, of ``metric``.

    ``metric``: the value, its yearly change (of ``sign``), the achievement rate, the gap to the target. ``new``: it
    beats the others (更新); ``tied``: it may be the same as another (並ぶ).
    """

    nth: int = 1
    window: Window | None = None
    metric: Metric = "value"
    sign: int = 0
    new: bool = False
    tied: bool = False


@dataclass(frozen=True)
class FirstIn:
    """「3年ぶりに増加」: ``years`` since it was so last. ``since``: 「令和2年度以来」. ``surveys``: counted in 回.

    ``event``: the value moved, met the target, stood above or below it, was as high or low, or passed a limit.
    """

    years: int | None
    event: Literal["trend", "met", "target", "level", "limit"]
    since: Year | None = None
    surveys: bool = False


@dataclass(frozen=True)
class Rate:
    """達成率, 進捗率 (``progress``): of the target that the text names by figure or year, from the year ``start``."""

    name: str
    progress: bool = False
    target: Figure | None = None
    target_year: Year | None = None
    start: Year | None = None


Quantity = Literal["all", "count", "share", "half", "most", "exactly"]


@dataclass(frozen=True)
class Tally:
    """「9指標のうち6指標で目標を達成」 over the claim's rows. ``named``: those of them that the text names.

    ``quantity``: all of them; ``number`` of them; a ``share`` (the claim's figure); half; more than half; those
    ``named`` and no others (``exactly``).
    ``wrong_size``: the text counts over a number of indicators that there is not. ``span``: where the number stands.
    """

    quantity: Quantity
    number: int | None = None
    named: tuple[Row, ...] = ()
    wrong_size: bool = False
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Claim:
    """A statement at ``[start:end]`` of its sentence.

    ``year``: named with the figure; ``carried_year``: set earlier in the sentence; ``year_before``: in
    the sentence before. ``sign``: +1, -1, or 0 where the
    words give none. ``plan``: meant, not reported. ``soft``: part of something else (うち, 占める), so a difference
    to the stored value is no contradiction. ``whole``: about all rows at once (全ての指標).
    ``total``: named a sum; ``parts``: the amounts listed before it.
    ``other_bases``: what it may be compared with as well, where ``base`` does not fit (None: the year before).
    ``period``: 「3年間で」; ``any_year``: one of a row of values without years (「14.8％、12.1％と低下」).
    ``streak``: 「3年連続で」 beside the word; ``past``: it was so until the year before, or may have been
    (「…していたが」).
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
    other_bases: tuple[Base | None, ...] = ()
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
    band: tuple[int, int] | None = None
    any_year: bool = False
    streak: Streak | None = None
    past: bool = False
    extreme: Extreme | None = None
    first: FirstIn | None = None
    tally: Tally | None = None
    rate: Rate | None = None


POINT_UNITS = frozenset({"％", "ポイント", "点", ""})
"""Units whose differences are written in ポイント."""
