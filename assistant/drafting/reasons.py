"""4.3: how an indicator moved, in few words, and the place for its cause; no figure tells a cause. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.manner import Manner
from assistant.drafting.phrases import Slots, filled, slots_of, taken
from assistant.drafting.results import Told
from assistant.drafting.situations import Situation, situation
from assistant.drafting.statements import Figure, Statement
from assistant.facts import Standing
from assistant.sheet_facts import met_count
from corpus.fiscal import wareki

_MOVED: dict[Situation, tuple[str, ...]] = {
    "met_better": (
        "{name}は{since}から{change}{verb}し、目標を達成{=した}",
        "{name}は{since}より改善し、目標を達成して{=いる}",
        "{name}は{since}から{verb}し、目標を達成して{=いる}",
    ),
    "met_worse": (
        "{name}は目標を達成したものの、{since}からは{change}{verb}{=した}",
        "{name}は{since}から{verb}したが、目標は達成して{=いる}",
    ),
    "met_flat": ("{name}は{since}からほぼ横ばいで、目標を達成{=した}", "{name}は横ばいで推移し、目標を達成して{=いる}"),
    "met": ("{name}は目標を達成{=した}",),
    "missed_better": (
        "{name}は{since}から{change}{verb}したものの、目標の達成には{=至らなかった}",
        "{name}は{since}より改善したが、目標は達成できて{=いない}",
        "{name}は{since}から{verb}したが、目標には{=届かなかった}",
    ),
    "missed_worse": (
        "{name}は{since}から{change}{verb}し、目標の達成には{=至らなかった}",
        "{name}は{since}より悪化し、目標を達成できて{=いない}",
    ),
    "missed_flat": (
        "{name}は{since}からほぼ横ばいで、目標の達成には{=至らなかった}",
        "{name}は横ばいで推移し、目標は達成できて{=いない}",
    ),
    "missed": ("{name}は目標の達成には{=至らなかった}",),
    "moved": ("{name}は{since}から{change}{verb}{=した}", "{name}は{since}の{before}から{verb}して{=いる}"),
    "flat": ("{name}は{since}からほぼ横ばい{=であった}",),
    "level": ("{name}の{year}の実績値は{level}{=である}",),
    "missing": (
        "{name}は{year}の実績値の記録がなく、{since}からの増減を確認{=できない}",
        "{name}については、{year}の実績値が記録されて{=いない}",
    ),
}
_CAUSES: dict[str, tuple[str, ...]] = {
    "met": (
        "その要因として、{?要因}が{=考えられる}",
        "その背景には、{?要因}があると{=考えられる}",
        "これは、{?要因}によるものと{=考えられる}",
    ),
    "missed": (
        "要因としては、{?要因}が{=考えられる}",
        "これには、{?要因}が影響したと{=考えられる}",
        "背景としては、{?要因}が{=考えられる}",
    ),
    "moved": ("この動きの要因として、{?要因}が{=考えられる}", "この動きは、{?要因}によるものと{=考えられる}"),
}


def moved(stand: Standing, manner: Manner, turn: int = 0) -> Told:
    """How the indicator moved and whether it met its target; () where nothing is stored."""
    kind = situation(stand)
    if kind == "unknown":
        return ()
    slots = slots_of(stand)
    return filled(taken(_MOVED[kind], slots, turn), slots, manner, good=stand.met, subject=stand.subject)


def cause(stand: Standing | None, manner: Manner, turn: int = 0) -> Statement:
    """「その要因として、【要記入：要因】が考えられる。」 in words that fit the indicator's situation.

    Without a value there is no movement to explain, but a value to enter.
    """
    if stand is not None and stand.level is None:
        return filled("{?実績値とその理由・背景}", {}, manner)[0]
    kind = "moved" if stand is None or stand.met is None else "met" if stand.met else "missed"
    return filled(taken(_CAUSES[kind], {}, turn), {}, manner)[0]


def overview(stands: Sequence[Standing], manner: Manner) -> Told:
    """How many outcome indicators met their target; nothing for a single one.

    Nothing either where one has a value but no target or no confirmed polarity: of how many would then be unclear.
    """
    counted = met_count(stands)
    unsure = any(stand.level is not None and stand.met is None for stand in stands)
    if counted is None or counted.value is None or unsure:
        return ()
    compared = [stand for stand in stands if stand.met is not None]
    which = "" if len(compared) == len(stands) else "目標値と比較できる"
    slots: Slots = {
        "year": (wareki(counted.year),),
        "of": (Figure(f"{len(compared)}件", counted.cells),),
        "count": (Figure(counted.printed, counted.cells),),
    }
    rest = "のうち{count}で目標を達成{=した}"
    if counted.value == 0:
        rest = "のいずれも目標の達成に{=至らなかった}"
    elif counted.value == len(compared):
        rest = "全てで目標を達成{=した}"
    told = filled("{year}は、" + which + "成果指標{of}" + rest, slots, manner)
    return tuple(replace(statement, overall=True) for statement in told)
