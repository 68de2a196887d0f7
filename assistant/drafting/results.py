"""6.1.results and 5.1: what an indicator's figures are, in one or two sentences. Pure.

The movement comes first, told by what is most worth saying of it (a turn, a record, a streak), then the target: in
the same sentence or in one of its own, in turns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.manner import Manner
from assistant.drafting.phrases import filled, is_zero, slots_of, taken, unit_of, verb
from assistant.drafting.situations import Situation, situation
from assistant.drafting.statements import Statement, figure, names
from assistant.fact_history import first_survey, start_change
from assistant.facts import Standing
from corpus.fiscal import wareki

Told = tuple[Statement, ...]
_JOINED_NAMES = 44
"""Two indicators share a sentence while their names together are not longer than so many characters."""


@dataclass(frozen=True)
class _Movement:
    """A movement and its verb's forms: in the middle of a sentence, against what follows, at the end."""

    phrase: str
    goes_on: str
    although: str
    end: str


def _did(phrase: str) -> _Movement:
    return _Movement(phrase, "し、", "したものの、", "{=した}")


def _became(phrase: str) -> _Movement:
    return _Movement(phrase, "なり、", "なったものの、", "{=なった}")


def _turned(phrase: str) -> _Movement:
    return _Movement(phrase + "{turn}", "、", "たものの、", "{=た}")


def _was(phrase: str) -> _Movement:
    return _Movement(phrase, "で、", "であったが、", "{=であった}")


_NOTABLE: dict[str, tuple[_Movement, ...]] = {
    "turn": (
        _became("{name}は、{since}の{before}から{verb}{turn}、{level}と"),
        _turned("{name}の{year}の実績値は{level}で、{since}から{change}の{verb}"),
    ),
    "extreme": (
        _became("{name}は{since}から{change}{verb}し、{record}と{first}以降で最も{extreme}"),
        _became("{name}の{year}の実績値は{record}と、{first}以降で最も{extreme}"),
    ),
    "streak": (
        _became("{name}は{streak}で{verb}し、{level}と"),
        _became("{name}は{since}から{change}{verb}して{level}となり、{streak}の{verb}と"),
    ),
}
"""By the slot that only such facts fill, in the order of rank."""
_MOVEMENTS = (
    _did("{name}の{year}の実績値は{level}で、{since}の{before}から{change}{verb}"),
    _became("{name}は、{since}の{before}から{change}{verb}して{level}と"),
    _became("{name}の実績値は{since}から{change}{verb}し、{level}と"),
)
_FLAT = (
    _was("{name}は{level}で、{since}の{before}と比べてほぼ横ばい"),
    _was("{name}の{year}の実績値は{level}と、{since}の{before}に比べてほぼ横ばい"),
)
_SAME = (_was("{name}の{year}の実績値は{level}で、{since}と同じ水準"),)
_FIRST = (_was("{name}の{year}の実績値は{level}"),)
_MISSING = (
    "{name}については、{year}の実績値は記録がなく、直近の実績値は{since}の{before}{=である}",
    "{name}は{year}の実績値の記録がなく、把握できているのは{since}の{before}まで{=である}",
    "{name}の実績値は、{since}の{before}を最後に、{year}の記録が{=ない}",
)
_POPULATION: dict[str, tuple[str, ...]] = {
    "moved": (
        "{year}の{name}は{level}で、{since}の{before}から{change}{verb}{=した}",
        "{name}は{since}から{change}{verb}し、{level}と{=なった}",
        "{name}は{level}で、{since}から{change}の{verb}{=であった}",
    ),
    "flat": ("{year}の{name}は{level}で、{since}と同じ水準{=であった}",),
    "level": ("{year}の{name}は{level}{=である}",),
}


def result(
    stand: Standing, manner: Manner, turn: int = 0, start: int | None = None, *, tells_first: bool = False
) -> Told:
    """What 6.1.results says of one indicator; () where nothing is stored.

    ``start``: the plan's first fiscal year. ``tells_first``: that nothing stands to compare with is worth saying.
    """
    kind = situation(stand)
    slots = slots_of(stand)
    if kind == "unknown":
        return ()
    if kind == "missing":
        return filled(taken(_MISSING, slots, turn), slots, manner, subject=stand.subject)
    phrase = _with_target(stand, _movement(stand, kind, turn), kind, turn)
    told = filled(phrase, slots, manner, good=assessment(stand), subject=stand.subject)
    return (*told, *_over_years(stand, start, manner, tells_first))


def _over_years(stand: Standing, start: int | None, manner: Manner, tells_first: bool) -> Told:
    """The change since the plan began, where that of the year goes the other way; or that none is known."""
    if tells_first and first_survey(stand) is not None:
        words = ("過去の実績値の記録がないため、増減は確認", manner.ending("できない"))
        return (Statement(words, None, stand.subject),)
    whole = start_change(stand, start)
    if whole is None or not whole.value or stand.change is None or whole.base_year is None:
        return ()
    if stand.change.value is None or whole.value * stand.change.value >= 0:
        return ()
    first = "計画初年度の" if whole.base_year == start else ""
    way = verb(whole, unit_of(stand))
    return (
        Statement(
            (
                f"なお、{first}{wareki(whole.base_year)}と比べると、",
                figure(whole),
                f"の{way}と",
                manner.ending("なっている"),
            ),
            None,
            stand.subject,
            aside=True,
        ),
    )


def population(stand: Standing, manner: Manner, turn: int = 0) -> Told:
    """What 5.1 says of a 対象指標: it has no target and nothing is good or bad about it."""
    if stand.level is None:
        return ()
    slots = slots_of(stand, plain=True)
    kind = "level" if stand.change is None else "flat" if is_zero(stand.change) else "moved"
    return filled(taken(_POPULATION[kind], slots, turn), slots, manner, subject=stand.subject)


def assessment(stand: Standing) -> bool | None:
    """Success or failure as a reader takes it: the target first, else better or worse; None if neither is known."""
    if stand.achieved is not None:
        return stand.achieved.good
    return stand.change.good if stand.change else None


def _movement(stand: Standing, kind: Situation, turn: int) -> _Movement:
    slots = slots_of(stand)
    if stand.change is None:
        return _FIRST[0]
    if is_zero(stand.change):
        same = stand.level and stand.previous and stand.level.value == stand.previous.value
        return _SAME[0] if same else _FLAT[turn % len(_FLAT)]
    if kind.endswith("flat"):
        return _FLAT[turn % len(_FLAT)]
    if not unit_of(stand):
        # A bare number must stand right behind 「実績値は」 to be taken for one.
        return _MOVEMENTS[0]
    notable = next((movements for slot, movements in _NOTABLE.items() if slot in slots), None)
    if notable is None:
        return _MOVEMENTS[turn % len(_MOVEMENTS)]
    # Met and missed ones do not begin in the same words.
    return notable[(turn + (stand.met is False)) % len(notable)]


def _with_target(stand: Standing, movement: _Movement, kind: Situation, turn: int) -> str:
    if stand.gap is None:
        return movement.phrase + (movement.end if stand.change is not None else "{=である}")
    if stand.met is None:
        reached = "{reached}、" if is_zero(stand.gap) else ""
        tail = "目標値{target}と同じ値{=であった}" if reached else "{off}{=った}"
        return movement.phrase + movement.goes_on + tail
    apart = turn % 2 == 0 and stand.change is not None
    if stand.met:
        if apart:
            return movement.phrase + movement.end + "{reached}、目標を達成{=した}"
        if kind == "met_worse":
            return movement.phrase + movement.although + "目標値{target}は達成{=した}"
        notable = any(movement in movements for movements in _NOTABLE.values())
        tail = "目標値{target}を達成{=した}" if notable else "{reached}、目標を達成{=した}"
        return movement.phrase + movement.goes_on + tail
    return _missed(stand, movement, kind, turn, apart=apart)


def _missed(stand: Standing, movement: _Movement, kind: Situation, turn: int, *, apart: bool) -> str:
    if not apart:
        better = kind == "missed_better"
        tail = "目標値{target}の達成には{=至らなかった}" if better else "{off}り、目標の達成には{=至らなかった}"
        return movement.phrase + (movement.although if better else movement.goes_on) + tail
    if turn % 4 == 2 and not is_zero(stand.gap):
        return movement.phrase + movement.end + "目標値{target}との差は{gap}{=である}"
    if stand.better == "lower":
        return movement.phrase + movement.end + "{off}り、目標の達成には{=至らなかった}"
    by = "わずかに" if is_zero(stand.gap) else "{gap}"
    return movement.phrase + movement.end + f"目標値{{target}}には{by}{{=届かなかった}}"


def together(first: Standing, second: Standing, manner: Manner) -> Told:
    """Two indicators that moved alike since the same year and both met or both missed: one sentence; () if unlike."""
    kind = situation(first)
    alike = kind == situation(second) and kind in ("met_better", "missed_better", "missed_worse", "met_worse")
    if not alike or len(first.name) + len(second.name) > _JOINED_NAMES:
        return ()
    if first.previous is None or second.previous is None or first.previous.year != second.previous.year:
        return ()
    assert first.change is not None and second.change is not None
    ways = {verb(stand.change, unit_of(stand)) for stand in (first, second) if stand.change}
    way = ways.pop() if len(ways) == 1 else "改善" if first.change.good else "悪化"
    one, two = slots_of(first), slots_of(second)
    slots = {
        **one,
        "name2": two["name"],
        "level2": two["level"],
        "target2": two["target"],
        "way": (way,),
    }
    head = "{name}は{level}（目標値{target}）、{name2}は{level2}（目標値{target2}）で、いずれも{since}から{way}し"
    if first.met:
        tail = "、目標を達成{=した}" if kind == "met_better" else "たものの、目標は達成{=した}"
    else:
        tail = "たものの、目標には{=届かなかった}" if kind == "missed_better" else "、目標の達成には{=至らなかった}"
    return filled(head + tail, slots, manner, good=first.met, subject=first.subject)


def missing_together(stands: Sequence[Standing], manner: Manner) -> Told:
    """Several indicators without a value in the year: one sentence, and where the last values stand."""
    if len(stands) == 1:
        return result(stands[0], manner)
    slots = {**slots_of(stands[0]), "names": (names(stands),)}
    last = {stand.previous.year for stand in stands if stand.previous}
    behind = "直近の実績値は、いずれも{since}のもの{=である}" if len(last) == 1 else ""
    return filled("{names}については、{year}の実績値の記録が{=ない}" + behind, slots, manner, subject=stands[0].subject)
