"""The slots for figures: levels, changes, rates, multiples, shares, sums and counts."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.form import Series
from tests.checking.parts import Claim, Line, Piece, Shown, Written
from tests.checking.scene import PERCENT, Scene, rounded, slot

_COUNTABLE = ("人", "件", "回", "日", "団体", "世帯", "か所", "箇所", "校", "事業者", "社", "施設", "地区", "本")


def _level(scene: Scene, line: Line, year: int | None, series: Series, argument: str = "") -> Piece | None:
    value = None if year is None else line.value(year, series)
    if value is None or year is None or value <= 0:
        return None
    claim = Claim("level", line.id, year, series)
    shown = _shown(claim, value, line, argument, scene)
    return None if shown is None else Piece(shown.text, "figure", shown=shown)


def _shown(claim: Claim, value: Decimal, line: Line, argument: str, scene: Scene) -> Shown | None:
    """A value in one of the ways in which figures are written."""
    value = abs(value)
    money = line.unit == "千円"
    match argument:
        case "":
            if value != rounded(value, line.places):
                return None
            return Shown(claim, value, line.unit, line.places)
        case "百万円":
            shown = rounded(value / 1000, 0)
            return Shown(claim, shown, "百万円", per=Decimal(1000)) if money and shown >= 10 else None
        case "億円":
            shown = rounded(value / 100_000, 1)
            return (
                Shown(claim, shown, "億円", 1, Decimal(100_000), before="約", written="about")
                if money and shown >= 1
                else None
            )
        case "億万円":
            return Shown(claim, value, "千円", script="money") if money and value >= 10_000 else None
        case "kanji":
            fits = (
                line.unit in ("人", "件", "団体", "世帯", "校", "施設", "地区", "か所")
                and 2 <= value <= 99
                and value == int(value)
            )
            return Shown(claim, value, line.unit, script="kanji") if fits else None
        case "about":
            return _about(claim, value, line)
        case "man":
            shown = rounded(value / 10_000, 1)
            fits = line.unit in ("人", "件", "世帯") and shown >= 1
            return (
                Shown(claim, shown, f"万{line.unit}", 1, Decimal(10_000), before="約", written="about")
                if fits
                else None
            )
        case "more_than" | "less_than":
            return _bound(claim, value, line, argument)
    raise KeyError(argument)


def _about(claim: Claim, value: Decimal, line: Line) -> Shown | None:
    """約3,400人: two digits, well inside half a unit."""
    if line.places or value < 120:
        return None
    coarse = Decimal(1).scaleb(value.adjusted() - 1)
    shown = (value / coarse).quantize(Decimal(1), ROUND_HALF_UP) * coarse
    if abs(shown - value) >= coarse * Decimal("0.45") or shown % (coarse * 10) == 0:
        return None
    around = ("約", "") if value.adjusted() % 2 else ("", "程度")
    return Shown(claim, shown, line.unit, before=around[0], after=around[1], written="about")


def _bound(claim: Claim, value: Decimal, line: Line, written: str) -> Shown | None:
    """「6割を超える」: the round figure just under (or over) the value."""
    if value < 20 or line.places > 1:
        return None
    coarse = Decimal(1).scaleb(value.adjusted() - (1 if value >= 1000 else 0))
    coarse = coarse / 2 if value < 1000 else coarse
    steps = int(value / coarse)
    shown = (steps if written == "more_than" else steps + 1) * coarse
    if shown == value or shown != int(shown):
        return None
    return Shown(claim, shown, line.unit, written=written)  # type: ignore[arg-type]


@slot
def level(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The actual of the sheet's year."""
    return _level(scene, line, scene.here, "actual", argument)


@slot
def last(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The actual of the last surveyed year."""
    return _level(scene, line, line.before(scene.here), "actual", argument)


@slot
def then_level(scene: Scene, line: Line, _: str) -> Piece | None:
    """The actual of the earlier year that ``then`` names."""
    return _level(scene, line, scene.then(line), "actual")


@slot
def start_level(scene: Scene, line: Line, _: str) -> Piece | None:
    """The actual at the plan's start."""
    return _level(scene, line, scene.start(line), "actual")


@slot
def level_ago(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The actual of so many years before."""
    return _level(scene, line, scene.here - int(argument), "actual")


@slot
def target(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The target (or ``forecast``, ``baseline``) of the sheet's year."""
    return _level(scene, line, scene.here, argument or "target")  # type: ignore[arg-type]


@slot
def next_target(scene: Scene, line: Line, _: str) -> Piece | None:
    """The target of the following year."""
    return _level(scene, line, scene.here + 1, "target")


@slot
def diff(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The size of a change: ポイント for a percentage, else in the unit; ``name|way``."""
    base, _, way = argument.partition("|")
    found = scene.difference(line, base)
    if found is None or found[1] == 0:
        return None
    claim, value = found
    if line.unit in PERCENT:
        if way or value != rounded(value, line.places):
            return None
        shown: Shown | None = Shown(claim, abs(value), "ポイント", line.places)
    else:
        shown = _shown(claim, value, line, way, scene)
    return None if shown is None else Piece(shown.text, "figure", shown=shown)


@slot
def rate(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The rate of change in ％; not for a percentage."""
    found = scene.difference(line, argument)
    if found is None or line.unit in PERCENT:
        return None
    claim = replace(found[0], form="rate")
    value = claim.truth(scene.view)
    if value is None or not Decimal("0.2") <= abs(value) <= 300:
        return None
    shown = Shown(claim, rounded(abs(value), 1), "％", 1)
    return Piece(shown.text, "figure", shown=shown)


@slot
def index(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「前年度比108.3％」: the value as a percentage of the last, or of the target (達成率)."""
    base = scene.base(line, argument or "last")
    if base is None or (argument == "target" and line.better != "higher"):
        return None
    claim = Claim("ratio", line.id, scene.here, base_year=base[0], base_series=base[1])
    value = claim.truth(scene.view)
    if value is None or not Decimal("0.2") <= value <= 3 or (argument != "target" and line.unit in PERCENT):
        return None
    shown = Shown(claim, rounded(value * 100, 1), "％", 1, factor=Decimal(100))
    return Piece(shown.text, "figure", shown=shown)


@slot
def times(scene: Scene, line: Line, argument: str) -> Piece | None:
    """「約1.7倍」."""
    base = scene.base(line, argument or "last")
    if base is None:
        return None
    claim = Claim("ratio", line.id, scene.here, base_year=base[0], base_series=base[1])
    value = claim.truth(scene.view)
    if value is None or not Decimal("1.15") <= value <= 20:
        return None
    shown = Shown(claim, rounded(value, 1), "倍", 1, before="約", written="about")
    return Piece(shown.text, "figure", shown=shown)


@slot
def share(scene: Scene, line: Line, argument: str) -> Piece | None:
    """A cost row's share of ``row``: in ％, or with ``row|wari`` as 約3割, 3割強, 3割弱."""
    base, _, way = argument.partition("|")
    claim = Claim("ratio", line.id, scene.here, base_line=f"cost:{base}", base_year=scene.here)
    if claim.base_line not in scene.view.lines or line.unit != "千円" or line.id == claim.base_line:
        return None
    value = claim.truth(scene.view)
    parts = {"program_total": ("national", "prefectural", "bonds", "general"), "total": ("program_total", "personnel")}
    if value is None or line.id.removeprefix("cost:") not in parts[base] or not Decimal("0.02") < value < 1:
        return None
    if not way:
        shown = Shown(claim, rounded(value * 100, 1), "％", 1, factor=Decimal(100))
        return Piece(shown.text, "figure", shown=shown)
    return _in_tenths(claim, value * 10)


def _in_tenths(claim: Claim, tenths: Decimal) -> Piece | None:
    nearest = rounded(tenths, 0)
    away = tenths - nearest
    written: Written = "about" if abs(away) < Decimal("0.1") else "over" if away > 0 else "under"
    if nearest < 1 or abs(away) > Decimal("0.45") or (written == "under" and nearest < 2):
        return None
    around = {"about": ("約", ""), "over": ("", "強"), "under": ("", "弱")}[written]
    shown = Shown(claim, nearest, "割", factor=Decimal(10), before=around[0], after=around[1], written=written)
    return Piece(shown.text, "figure", shown=shown)


@slot
def rest(scene: Scene, line: Line, argument: str) -> Piece | None:
    """The total that the subjects of a sum make: ``sum`` of both cost rows, or ``years``/``mean`` over the last years."""
    if argument == "sum":
        other = scene.subjects[1]
        claim = Claim("sum", line.id, scene.here, more=((other.id, scene.here),))
        units_agree = line.unit == other.unit == "千円" and not {"cost:program_total", "cost:total"} & {
            line.id,
            other.id,
        }
        value = claim.truth(scene.view) if units_agree else None
        places = 0
    else:
        years = range(scene.here - 1, scene.here - 3, -1)
        kept = (
            line.unit in _COUNTABLE
            and not line.id.startswith("P-")
            and not re.search("累計|平均|数量|率", line.names[-1])
        )
        claim = Claim(
            "sum" if argument == "years" else "mean", line.id, scene.here, more=tuple((line.id, year) for year in years)
        )
        value = claim.truth(scene.view) if kept and not line.places else None
        places = 0 if argument == "years" else 1
    if value is None:
        return None
    shown = Shown(claim, rounded(value, places), line.unit, places)
    return Piece(shown.text, "figure", shown=shown)


def _counted(scene: Scene, value: int, unit: str) -> Piece:
    shown = Shown(Claim("count", counted=Decimal(value)), Decimal(value), unit)
    return Piece(shown.text, "figure", shown=shown)


def results(scene: Scene) -> list[bool] | None:
    """Which 成果指標 met the year's target; None unless all were surveyed and can be told."""
    outcomes = scene.view.outcomes()
    found = [line.met(scene.here) for line in outcomes]
    return None if len(found) < 2 or None in found else [bool(one) for one in found]


@slot
def outcomes(scene: Scene, line: Line, argument: str) -> Piece | None:
    """How many 成果指標 the sheet has."""
    found = results(scene)
    return None if found is None else Piece(f"{len(found)}{argument}")


@slot
def met_count(scene: Scene, line: Line, argument: str) -> Piece | None:
    """How many of them met (or with ``-`` missed) the target: more than none, fewer than all."""
    found = results(scene)
    if found is None or len(set(found)) == 1:
        return None
    return _counted(scene, sum(found) if argument[0] != "-" else len(found) - sum(found), argument.lstrip("-"))
