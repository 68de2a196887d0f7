"""Own sentences about what lies ahead: the targets of 7(1)'s year and of the plan's last year."""

from collections.abc import Sequence

from assistant.drafting.manner import Manner
from assistant.drafting.statements import Piece, Statement, figure, in_groups, name
from assistant.facts import Fact, Standing
from corpus.fiscal import wareki
from corpus.form import mark_fill_in

Aimed = tuple[Standing, Fact]


def ahead(stands: Sequence[Standing], year: int, manner: Manner) -> list[Statement]:
    """The policy for ``year`` that the targets ask for.

    A missed target has a sentence of its own; met ones, and those of which nothing is known, share one.
    """
    aimed = [(stand, stand.target_of(year)) for stand in stands]
    missed = [(stand, aim) for stand, aim in aimed if _met(stand) is False and not (aim and _beyond(stand, aim))]
    beyond = [(stand, aim) for stand, aim in aimed if aim is not None and _beyond(stand, aim)]
    met = [(stand, aim) for stand, aim in aimed if aim is not None and _met(stand) and not _beyond(stand, aim)]
    told = {stand.subject for stand, _ in (*missed, *beyond, *met)}
    others = [(stand, aim) for stand, aim in aimed if aim is not None and stand.subject not in told]
    statements = [_missed(stand, aim, year, manner, turn) for turn, (stand, aim) in enumerate(missed)]
    for group in in_groups(met):
        statements.append(_kept_up(group, year, manner))
    for stand, aim in beyond:
        pieces: list[Piece] = [name(stand), f"は、{wareki(year)}の目標値", figure(aim), "を既に満たしており、"]
        statements.append(Statement((*pieces, "水準の維持に向けて", _act(manner, "を", "続ける")), True))
    for group in in_groups(others):
        pieces = [name(group[0][0]), "については、"] if len(group) == 1 else []
        statements.append(Statement((*pieces, *_goals(group, year), "の達成に向けて", _act(manner, "を", "進める"))))
    return statements


def horizon(stands: Sequence[Standing], plan_end: int | None, manner: Manner) -> list[Statement]:
    """The targets of the plan's last year (for an indicator without it, of the last year that has one)."""
    by_year: dict[int, list[Aimed]] = {}
    for stand in stands:
        aim = (stand.target_of(plan_end) if plan_end else None) or (stand.ahead[-1] if stand.ahead else None)
        if aim is not None:
            by_year.setdefault(aim.year, []).append((stand, aim))
    statements = []
    for year in sorted(by_year, reverse=True):
        last = "計画最終年度である" if year == plan_end else ""
        for group in in_groups(by_year[year]):
            pieces: list[Piece] = [name(group[0][0]), "については、"] if len(group) == 1 else []
            act = _act(manner, "を", "進める", what="中期的な取組")
            statements.append(Statement((*pieces, last, *_goals(group, year), "の達成に向けて、", act)))
    return statements


def _missed(stand: Standing, aim: Fact | None, year: int, manner: Manner, turn: int) -> Statement:
    assert stand.level is not None and stand.target is not None
    goal: list[Piece] = [f"{wareki(year)}の目標値", figure(aim)] if aim else ["目標"]
    own = wareki(stand.year)
    if turn % 2 and stand.better == "higher":
        pieces: list[Piece] = [name(stand), f"の{own}の実績値は、目標値", figure(stand.target), "に対して"]
        pieces += [figure(stand.level), "にとどまったことから、", *goal, "に向けて", _act(manner, "に", "取り組む")]
        return Statement(tuple(pieces), False, stand.subject)
    relation = "が目標値", figure(stand.target), "を上回っており、" if stand.better == "lower" else "を下回っており、"
    pieces = [name(stand), f"は、{own}の実績値", figure(stand.level), *relation, *goal]
    return Statement((*pieces, "の達成に向けて", _act(manner, "を", "進める")), False, stand.subject)


def _kept_up(group: Sequence[Aimed], year: int, manner: Manner) -> Statement:
    """Indicators that met this year's target: 「「…」は、令和6年度の目標を達成しており、…引き続き…」."""
    reached = f"は、{wareki(group[0][0].year)}の目標を達成しており、"
    act = _act(manner, "に", "取り組む")
    if len(group) == 1:
        stand, aim = group[0]
        goal = (f"{wareki(year)}の目標値", figure(aim), "の達成に向けて、引き続き", act)
        return Statement((name(stand), reached, *goal), True, stand.subject)
    pieces: list[Piece] = []
    for place, (stand, aim) in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        pieces += [joint, name(stand), f"（{wareki(year)}の目標値", figure(aim), "）"]
    return Statement((*pieces, reached, "引き続き", act), True)


def _act(manner: Manner, particle: str, ending: str, what: str = "取組") -> str:
    return mark_fill_in(what) + particle + manner.ending(ending)


def _met(stand: Standing) -> bool | None:
    return stand.achieved.good if stand.achieved else None


def _beyond(stand: Standing, target: Fact) -> bool:
    """Whether this year's actual already meets a later target."""
    if stand.level is None or stand.level.value is None or target.value is None or stand.better is None:
        return False
    return stand.level.value >= target.value if stand.better == "higher" else stand.level.value <= target.value


def _goals(group: Sequence[Aimed], year: int) -> list[Piece]:
    """「令和8年度の目標値17.5％」, for several indicators 「令和8年度の「…」の目標値17.5％及び「…」の目標値55.0％」."""
    if len(group) == 1:
        return [f"{wareki(year)}の目標値", figure(group[0][1])]
    pieces: list[Piece] = [f"{wareki(year)}の"]
    for place, (stand, aim) in enumerate(group):
        joint = "" if place == 0 else "及び" if place == len(group) - 1 else "、"
        pieces += [joint, name(stand), "の目標値", figure(aim)]
    return pieces
