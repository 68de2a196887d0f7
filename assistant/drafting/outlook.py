"""7.1 and 7.2: the targets ahead and what is still to close until then. Pure."""

from collections.abc import Mapping, Sequence

from assistant.drafting.manner import Manner
from assistant.drafting.phrases import filled, is_zero, slots_of, taken
from assistant.drafting.results import Told
from assistant.drafting.statements import Piece, Statement, figure, in_groups, name
from assistant.fact_history import gap_ahead
from assistant.facts import Fact, Standing
from corpus.fiscal import wareki
from corpus.form import mark_fill_in

Aimed = tuple[Standing, Fact]
_IN_WAY = 2
"""So many indicators tell in one sentence how far they are from a target."""
_MISSED = (
    "{name}は{aim_year}の目標値{aim}まで{rest}の差があり、{?取組}を{=進める}",
    "{name}を{year}の{level}から{aim_year}の目標値{aim}に{bring}ため、{?取組}に{=取り組む}",
    "{year}の目標を達成できなかった{name}については、{aim_year}の目標値{aim}に向けて{?取組}を{=進める}",
)
_MISSED_WITHOUT_AIM = ("{year}の目標を達成できなかった{name}については、{?取組}を{=進める}",)
_MET = (
    "{name}は{year}の目標を達成しており、{aim_year}の目標値{aim}に向けて、引き続き{?取組}に{=取り組む}",
    "目標を達成した{name}は、{aim_year}の目標値{aim}まで{rest}の差があり、{?取組}を{=続ける}",
)
_BEYOND = (
    "{name}は{aim_year}の目標値{aim}を既に満たしており、水準の維持に向けて{?取組}を{=続ける}",
    "{name}は既に{aim_year}の目標値{aim}の水準にあり、その維持に向けて{?取組}を{=続ける}",
)
_OPEN = "{name}については、{aim_year}の目標値{aim}の達成に向けて{?取組}を{=進める}"


def ahead(
    stands: Sequence[Standing], year: int, manner: Manner, places: Mapping[str, int] | None = None
) -> list[Statement]:
    """The policy for ``year`` that the targets ask for.

    A missed target has a sentence of its own; met ones, and those of which nothing is known, share one.
    ``places``: by subject, how many that met (or missed) their target stand before it in the whole section.
    """
    turns = places or {}
    aimed = [(stand, stand.target_of(year)) for stand in stands]
    missed = [(stand, aim) for stand, aim in aimed if stand.met is False and not (aim and _beyond(stand, aim))]
    beyond = [(stand, aim) for stand, aim in aimed if aim is not None and _beyond(stand, aim)]
    met = [(stand, aim) for stand, aim in aimed if aim is not None and stand.met and not _beyond(stand, aim)]
    told = {stand.subject for stand, _ in (*missed, *beyond, *met)}
    others = [(stand, aim) for stand, aim in aimed if aim is not None and stand.subject not in told]
    found: list[Told] = []
    for place, (stand, aim) in enumerate(missed):
        found.append(_one(_MISSED, stand, aim, manner, turns.get(stand.subject, place), good=False))
    for place, group in enumerate(in_groups(met)):
        turn = turns.get(group[0][0].subject, place)
        found.append(_one(_MET, *group[0], manner, turn, good=True) if len(group) == 1 else _kept_up(group, manner))
    for place, (stand, aim) in enumerate(beyond):
        found.append(_one(_BEYOND, stand, aim, manner, turns.get(stand.subject, place), good=True))
    for group in in_groups(others):
        if len(group) == 1:
            found.append(_one((_OPEN,), *group[0], manner, 0, good=None))
        else:
            pieces = (*_goals(group), f"の達成に向けて{mark_fill_in('取組')}を", manner.ending("進める"))
            found.append((Statement(pieces),))
    return [statement for told in found for statement in told]


def horizon(stands: Sequence[Standing], plan_end: int | None, manner: Manner) -> list[Statement]:
    """The targets of the plan's last year (for an indicator without it, of the last year that has one)."""
    by_year: dict[int, list[Aimed]] = {}
    for stand in stands:
        aim = (stand.target_of(plan_end) if plan_end else None) or (stand.ahead[-1] if stand.ahead else None)
        if aim is not None:
            by_year.setdefault(aim.year, []).append((stand, aim))
    statements: list[Statement] = []
    for year in sorted(by_year, reverse=True):
        last = "計画最終年度である" if year == plan_end else ""
        way = in_groups([pair for pair in by_year[year] if _has_way(*pair)], _IN_WAY)
        rest = in_groups([pair for pair in by_year[year] if not _has_way(*pair)])
        for place, group in enumerate(way):
            # what is to be done about all of them stands once, behind the last
            closes = place == len(way) - 1 and not rest
            statements.append(_way_left(group, "" if place else last, manner, closes=closes))
        statements += [_aims(group, "" if way or place else last, manner) for place, group in enumerate(rest)]
    return statements


def _has_way(stand: Standing, aim: Fact) -> bool:
    rest = gap_ahead(stand, aim)
    return stand.met is not None and not _beyond(stand, aim) and rest is not None and not is_zero(rest)


def _way_left(group: Sequence[Aimed], last: str, manner: Manner, *, closes: bool) -> Statement:
    """「「A」は計画最終年度である令和9年度の目標値18.0％まで3.4ポイントの差、「B」は…まで16件の差がある。」"""
    pieces: list[Piece] = []
    for place, (stand, aim) in enumerate(group):
        rest = gap_ahead(stand, aim)
        assert rest is not None
        pieces += ["、" if place else "", name(stand), "は"]
        pieces += [f"{last if place == 0 else ''}{wareki(aim.year)}の目標値", figure(aim), "まで", figure(rest), "の差"]
    if not closes:
        return Statement((*pieces, "が", manner.ending("ある")))
    act = mark_fill_in("中期的な取組") + "を" + manner.ending("進める")
    return Statement((*pieces, "があり、", act))


def _aims(group: Sequence[Aimed], last: str, manner: Manner) -> Statement:
    act = mark_fill_in("中期的な取組") + "を" + manner.ending("進める")
    pieces: list[Piece] = [name(group[0][0]), "については、"] if len(group) == 1 else []
    return Statement((*pieces, last, *_goals(group), "の達成に向けて、", act))


def _one(
    phrases: Sequence[str], stand: Standing, aim: Fact | None, manner: Manner, turn: int, *, good: bool | None
) -> Told:
    slots = slots_of(stand, aim=aim)
    phrase = taken(phrases if aim else _MISSED_WITHOUT_AIM, slots, turn)
    return filled(phrase, slots, manner, good=good, subject=stand.subject)


def _kept_up(group: Sequence[Aimed], manner: Manner) -> Told:
    """「「A」（令和8年度の目標値9件）及び「B」（…）は、令和6年度の目標を達成しており、引き続き…」"""
    pieces: list[Piece] = []
    for place, (stand, aim) in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        pieces += [joint, name(stand), f"（{wareki(aim.year)}の目標値", figure(aim), "）"]
    reached = f"は、{wareki(group[0][0].year)}の目標を達成しており、引き続き"
    return (Statement((*pieces, reached, mark_fill_in("取組") + "に" + manner.ending("取り組む")), True),)


def _beyond(stand: Standing, target: Fact) -> bool:
    """Whether this year's actual already meets a later target."""
    if stand.level is None or stand.level.value is None or target.value is None or stand.better is None:
        return False
    return stand.level.value >= target.value if stand.better == "higher" else stand.level.value <= target.value


def _goals(group: Sequence[Aimed]) -> list[Piece]:
    """「令和8年度の目標値17.5％」, for several indicators 「令和8年度の「…」の目標値17.5％及び「…」の目標値55.0％」."""
    year = wareki(group[0][1].year)
    if len(group) == 1:
        return [f"{year}の目標値", figure(group[0][1])]
    pieces: list[Piece] = [f"{year}の"]
    for place, (stand, aim) in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        pieces += [joint, name(stand), "の目標値", figure(aim)]
    return pieces
