"""What a change by a figure is measured from (3 to 6, 27): its own clause first, then what the sentence said before.

「前年度から0.7ポイント上昇したが、目標値の25.5％とは1.3ポイントの差がある」: each clause has its own base. A base that
another change has used up serves the next one only where nothing else fits.
"""

import re

from assistant.checking import words
from assistant.checking.bases import SERIES_BEFORE, base_at, base_beside
from assistant.checking.claim_types import Base
from assistant.checking.numerals import Figure
from assistant.checking.sentences import Sentence, current_year, direct_year
from assistant.checking.years import Year

Bases = tuple[Base | None, ...]
"""What a change may be measured from, likeliest first; None: the year before, or the period named."""

_LINK = (
    r"[ ]?(?:程度|以上|以下)?"
    r"(?:との?間に(?:は)?|も|と(?:は|も)?|に(?:は|も|対し(?:て)?)?|まで(?:に)?(?:は)?|を|よりも?|"
    r"から|に比べ(?:て|ると)?|と比べ(?:て|ると)?)[、 ]?"
    r"(?:なお|まだ|いまだ|依然(?:として)?|あと|残り|わずかに?|さらに|約|およそ|ほぼ|ちょうど|大きく|[ ])*"
)
_LINKED = re.compile(_LINK)
_APART = re.compile(r"[、。]")
_PERIOD = re.compile(
    r"(?:(?P<count>(?<![0-9])[0-9]{1,2}|[二三四五六七八九十])(?:か年|カ年|ヶ年|ヵ年|箇年|年間)|"
    r"(?:この|ここ|直近|過去|わずか|最近)(?P<bare>[0-9]{1,2}|[二三四五六七八九十])年(?:間)?)"
    r"(?:の(?:間|うち))?(?:に?かけて|を通じて|で|に|、)"
)
_KANJI = "〇一二三四五六七八九十"
_AS_RATE = re.compile(
    r"(?:率|割合|比率|パーセント|百分率)(?:に|で)(?:して|すると|しますと|すれば|直すと|直せば|換算すると|換算して|は|みると|見ると)?"
    r"[、 ]?(?:約|およそ|ほぼ)?$"
)
_SAME_PERIOD = re.compile(r"同じ?(?:く)?(?:[0-9]{1,2}(?:か年|年間|年)|期間)|(?:この|その)(?:間|期間)")
_PLAN_PERIOD = re.compile(r"(?:計画|プラン)(?:の)?(?:期間|開始)(?:中|内)?(?:で|に|を通じて|から|以降|以来)")
_SINCE = re.compile(r"末?(?:以降|以後)")
_WAS = re.compile(r"[ ]?(?:程度|前後)?(?:に対し|から|が)")
_MAKES = re.compile(
    r"(?:程度|前後|ほど|余り|強|弱|以上)?(?:の|も|ほど|だけ|分)?[ ]?(?:大幅に|大きく|大幅な|の)?"
    rf"(?:{words.CHANGE.pattern})"
)
_RELATIVE_SENSES = frozenset({"above", "below", "short", "gap"})
_MOVES = frozenset({"up", "down", "better", "worse"})


def change_bases(sentence: Sentence, figure: Figure, lead: str, sense: str | None) -> Bases:
    """What the change that ``figure`` states may be measured from; ``sense``: of its word, None without one."""
    plain = sentence.plain
    clause = clause_start(plain, figure.start)
    beside = base_beside(sentence, figure.start, lead) or _figure_beside(sentence, figure, sense)
    if beside is not None:
        return (beside,)
    if _AS_RATE.search(lead):
        return _of_the_change_before(sentence, figure)
    base, place = _nearest(sentence, figure.start)
    own = base is not None and place >= clause
    if _SAME_PERIOD.search(plain, clause, figure.start):
        since = base if base is not None and base.series == "actual" else None
        return (since or (None if sentence.since is None else Base("actual", sentence.since)),)
    if period_of(plain, clause, figure.start) is not None and not own:
        return (None,) if base is None or base.series != "actual" else (None, base)
    if base is None and sentence.since is not None and _SAME_PERIOD.search(sentence.plain, 0, clause):
        return (Base("actual", sentence.since),)
    if base is None:
        return _from_before(sentence, figure, clause)
    if sense == "short" and not own and base.series == "actual" and "目標" in plain[clause:]:
        return (Base("target", None),)  # 「前年度から減ったものの、あと1件及ばず目標の達成はならなかった」
    if own or not _used_up(sentence, place, figure):
        return (base,)
    if sense in _RELATIVE_SENSES and base.series == "actual":
        target = _target_named(sentence, figure.start)
        return (base,) if target is None else (base, target)
    if sense not in _RELATIVE_SENSES and base.series != "actual":
        earlier, _ = _nearest(sentence, place)
        return (None,) if earlier is None or earlier.series != "actual" else (None, earlier)
    return (base, None) if base.year is not None and base.year.name != "before" else (base,)


def _of_the_change_before(sentence: Sentence, figure: Figure) -> Bases:
    """「482世帯増加し、率にして9.4％の増」: measured from where the change told right before it is."""
    earlier = [other for other in sentence.figures if other.end <= figure.start]
    if not earlier:
        return (None if sentence.compared is None else Base("actual", sentence.compared),)
    start = earlier[-2].end if len(earlier) > 1 else 0
    return change_bases(sentence, earlier[-1], sentence.plain[start : earlier[-1].start], None)


def carried_period(plain: str, start: int) -> int | None:
    """The years of 「この3年間で」 in an earlier clause of the sentence (「…は減った一方、…は増えた」)."""
    found = list(_PERIOD.finditer(plain, 0, start))
    return period_of(plain, found[-1].start(), start) if found else None


def period_of(plain: str, start: int, end: int) -> int | None:
    """27: the years of 「3年間で」 between two places."""
    found = _PERIOD.search(plain, start, end)
    if found is None:
        return None
    count = found["count"] or found["bare"]
    return int(count) if count.isdigit() else _KANJI.index(count)


def told_before(sentence: Sentence, place: int) -> Base | None:
    """「令和2年度に30件であったが、令和5年度には26件に」: the value of an earlier year that the sentence began with."""
    now = current_year(sentence, place)
    for figure in reversed([other for other in sentence.figures if other.end <= place]):
        year = direct_year(sentence, figure)
        earlier = year is not None and now is not None and year.start != now.start and year.start < now.start
        if year is None or now is None or not earlier or year.role == "target" or figure.unit == "ポイント":
            continue
        apart = _APART.search(sentence.plain, figure.end, max(figure.end, now.start)) is not None
        if not (apart or _WAS.match(sentence.plain, figure.end)) or not _precedes(year, now):
            continue
        if SERIES_BEFORE.search(sentence.plain[year.end : figure.start]) is None:
            return Base("actual", year, figure)
    return None


def _precedes(first: Year, second: Year) -> bool:
    """Whether the first year is known to lie before the second."""
    if first.year is not None and second.year is not None:
        return first.year < second.year
    return first.name in ("before", "two_before", "start") or (first.year is not None and second.name == "this")


def _from_before(sentence: Sentence, figure: Figure, clause: int) -> Bases:
    started = _PLAN_PERIOD.search(sentence.plain, clause, figure.start)
    if started is not None:
        return (Base("actual", Year(clause, clause, None, "start", "base", False)),)
    since = [year for year in sentence.years if year.end <= figure.start and _SINCE.match(sentence.plain, year.end)]
    if since:
        return (Base("actual", since[-1]),)
    told = told_before(sentence, figure.start)
    if told is None and carried_period(sentence.plain, clause) is not None:
        return (None, Base("actual", Year(clause, clause, None, "before", "base", False)))
    if told is None and sentence.compared is not None:
        return (None, Base("actual", sentence.compared))
    return (told,)


def clause_start(plain: str, place: int) -> int:
    """Where the clause of ``place`` begins: behind the last 、 or 。, but for one right before it (「比、5件」)."""
    cuts = [match.end() for match in _APART.finditer(plain, 0, place)]
    while cuts and place - cuts[-1] <= 1:
        place = cuts.pop() - 1
    return cuts[-1] if cuts else 0


def _nearest(sentence: Sentence, place: int) -> tuple[Base | None, int]:
    base = base_at(sentence, place)
    if base is None:
        return None, 0
    if base.figure is not None:
        return base, base.figure.end
    if base.year is not None and base.series == "actual":
        return base, base.year.end
    said = [match.end() for match in words.SERIES.finditer(sentence.plain, 0, place)]
    return base, said[-1] if said else 0


def _figure_beside(sentence: Sentence, figure: Figure, sense: str | None) -> Base | None:
    """「目標値の25.5％とは1.3ポイントの差」: a labelled value right before the change."""
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    if before is None or before.unit == "ポイント" or _LINKED.fullmatch(_between(sentence, before, figure)) is None:
        return None
    earlier = max((other.end for other in sentence.figures if other.end <= before.start), default=0)
    labelled = SERIES_BEFORE.search(sentence.plain[earlier : before.start])
    name = words.series_of(labelled) if labelled else None
    if name in (None, "actual"):
        year = direct_year(sentence, before) if sense in ("short", "gap") else None
        return None if year is None else Base("actual", year, before)
    named = direct_year(sentence, before)
    return Base(name or "target", named if named is not None and named.role == "target" else None, before)


def _between(sentence: Sentence, first: Figure, second: Figure) -> str:
    return sentence.plain[first.end : second.start].removeprefix(")")


def _used_up(sentence: Sentence, place: int, figure: Figure) -> bool:
    """Whether another change stands between a base and this figure."""
    for other in sentence.figures:
        if place <= other.start and other.end <= figure.start and _MAKES.match(sentence.plain, other.end):
            return _APART.search(sentence.plain, other.end, figure.start) is not None
    return False


def _target_named(sentence: Sentence, place: int) -> Base | None:
    found = [match for match in words.SERIES.finditer(sentence.plain, 0, place) if match.lastgroup == "target"]
    return Base("target", None) if found else None
