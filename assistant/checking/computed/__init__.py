"""Statements whose words say how their figure is computed: sums, breakdowns, shares, averages, budget execution.

``computed`` reads one sentence beside the ordinary checks and may stand in for their findings. Source: claims.md 17 to
20 and 22. Cheap where a sentence has no such words.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.checking.claim_types import Claim
from assistant.checking.computed.averages import averages
from assistant.checking.computed.breakdowns import breakdowns
from assistant.checking.computed.budgets import budgets
from assistant.checking.computed.context import Reader, Said, things_of
from assistant.checking.computed.doings import DOING, doings
from assistant.checking.computed.judging import Computed
from assistant.checking.computed.relations import relations
from assistant.checking.computed.shares import shares
from assistant.checking.computed.sums import sums
from assistant.checking.findings import Finding
from assistant.checking.notes import Notes
from assistant.checking.record import Record
from assistant.checking.reporting import Place
from assistant.checking.sentences import Sentence

_SUM = re.compile(r"計(?![画上測])|総額|累|通算|延べ|のべ|合わせ|併せ|あわせ|足し|加え|トータル|年間|か年")
_BREAKDOWN = re.compile(r"内訳|うち|別|中で|財源|から成|構成|\([^)]*\d[^)]*\d")
_SHARE = re.compile(
    r"占め|割合|比率|構成比|シェア|うち|の[ ]?(?:約|およそ|ほぼ)?[\d半一二三四五六七八九過]"
    r"|全体|に(?:当た|相当)|[はが]\d"
)
_AVERAGE = re.compile("[平を]均|当たり|あたり|当り|につき|をなら[しすせ]|平準化")
_NEXT = 4
"""Signs behind a computed figure in which a word is said of that figure, not of a row (「人口の半数に達した」)."""
_BUDGET = re.compile("予算|執行|決算|不用額")


def computed(
    sentence: Sentence,
    place: Place,
    record: Record,
    notes: Notes,
    found: Sequence[tuple[Claim, Finding | None]],
    before: Computed | None = None,
    earlier: str = "",
) -> tuple[list[Finding], Computed | None]:
    """The findings of a sentence: the ordinary ones (``found``), and those of computed statements in their place.

    ``before``: the last computed value of the sentence before it in the paragraph; the second value is this one's.
    ``earlier``: the text of that sentence.
    """
    ordinary = [finding for _, finding in found if finding is not None]
    if not sentence.figures:
        return ordinary, None
    families = _families(sentence)
    if not families and before is None:
        return ordinary, None
    said = {claim.figure.start: Said(claim, finding) for claim, finding in found if claim.figure is not None}
    reader = Reader(sentence, place, record, notes, said, things_of(record, notes), earlier)
    made = [one for family in families for one in family(reader)]
    made += relations(reader, made, before)
    for one in made:
        ordinary = _instead(ordinary, one, place)
    last = max((one for one in made if one.figure is not None), key=_place_of, default=None)
    return sorted(ordinary, key=lambda finding: (finding.start or 0, finding.end or 0)), last


def _families(sentence: Sentence) -> list[Callable[[Reader], Iterator[Computed]]]:
    """The kinds of computed statements that the words of a sentence may make."""
    plain = sentence.plain
    percent = any(figure.unit == "％" for figure in sentence.figures)
    wanted = (
        (_SUM.search(plain), sums),
        (_BREAKDOWN.search(plain), breakdowns),
        (percent and _SHARE.search(plain), shares),
        (_AVERAGE.search(plain), averages),
        (_BUDGET.search(plain), budgets),
        (DOING.search(plain), doings),
    )
    return [family for sign, family in wanted if sign]


def _place_of(one: Computed) -> int:
    return one.figure.start if one.figure is not None else -1


def _instead(ordinary: list[Finding], one: Computed, place: Place) -> list[Finding]:
    """The findings with the computed one in the place of those for the same figure.

    A figure that is stored as it stands is right, whatever its words may sound like, but for ``forced`` ones.
    """
    starts = {place.offset + start for start in one.places}
    beside = [finding for finding in ordinary if finding.start in starts]
    matched = [finding for finding in beside if finding.verdict == "match"]
    better = one.finding.verdict == "match" and all(finding.indicator is None for finding in matched)
    if matched and not (one.forced or better) and one.finding.start in starts:
        return ordinary
    behind = (one.finding.end or 0, (one.finding.end or 0) + _NEXT) if one.figure is not None else (0, 0)
    left = [
        finding
        for finding in ordinary
        if finding.start not in starts
        and not (finding.kind in ("direction", "achievement") and behind[0] <= (finding.start or 0) < behind[1])
    ]
    return [*left, one.finding]
