"""Execution of the budget (22): what was spent over what was planned, at first or after supplements, and the budget."""

import re
from collections.abc import Iterator

from assistant.checking.computed.context import Operand, Reader, Thing
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.meanings import content
from assistant.checking.never_values import normalise
from assistant.checking.numerals import Figure, find_figures
from corpus import messages

_OF_PLANS = frozenset({"5.4.plan", "7.1", "7.2"})
_FIRST = re.compile("当初")
_FINAL = re.compile("現額|補正|最終|現計")
_BUDGET = re.compile(r"予算")
_RATE = re.compile(
    r"執行(?:割合|率)(?:に(?:ついて|すると))?(?:は|が|も|で|、|:|と|を|にすると|では|に)*$"
    r"|予算(?:現)?額?(?:\([^)]*\))?(?:に|の|に対する|に対して|に対し)(?:決算(?:額)?の|支出(?:額)?の"
    r"|占める)?(?:[^、。]{0,10}?(?:割合|比率|率))(?:は|が|も|で|、|:)*$"
)
_OF_BUDGET = re.compile(
    r"予算(?:現額|総額|額)?(?:\([^)]*\))?(?:は|が|を)?(?:[ ]?約?[\d,.億万千百]+円)?"
    r"(?:に対して|に対し|の(?:うち)?)(?:、)?$"
)
_SPENT = re.compile(
    r"(?:程度|強|弱|余り|近く|以上|超)?(?:を|が|の)?(?:執行|支出|消化|使|の支出|の執行|に当た"
    r"|に相当|にとどま|とな|で(?:あ|、))"
)
_LEVEL = re.compile(
    r"(?:当初|補正後の?|現計|最終|[0-9]+月補正後の?)?予算(?:現額|総額|額)?(?:\((?P<kind>[^)]*)\))?(?:に計上した"
    r"|である|として|は|が|の|を|も|に|、|:|で)*$"
)
_UNSPENT = re.compile(r"(?:不用額|執行残(?:額)?|予算残(?:額)?)(?:は|が|も|で|、|として)*$")
_SETTLED = re.compile(r"(?:決算(?:額)?|支出済?額)(?:は|が|で|も|、|:)*$")
_FOR_OTHERS = re.compile(r"(?P<what>[^、。はがもを]{1,30})(?:の|を|は|が)、?(?:予算)?(?:の)?執行(?:割合|率)")


def budgets(reader: Reader) -> Iterator[Computed]:
    """The rates of execution and the budgets of a sentence; those of a plan are other years'."""
    if reader.place.section in _OF_PLANS and not reader.sentence.years:
        return
    for figure in reader.sentence.figures:
        lead = reader.label(figure)
        if figure.unit == "％":
            found = _rate(reader, figure, lead)
        elif figure.unit == "千円" and _UNSPENT.search(lead):
            found = _unspent(reader, figure, lead)
        elif figure.unit == "千円" and _SETTLED.search(lead):
            found = _settled(reader, figure)
        elif figure.unit == "千円" and _LEVEL.search(lead):
            found = _budget(reader, figure, lead)
        else:
            found = None
        if found is not None:
            yield found


def _kept(reader: Reader, year: int) -> list[tuple[Operand, str]]:
    """The budgets that notes keep for a year, each with 「first」, 「final」 or 「」."""
    found = []
    for thing in reader.things:
        if thing.ids is not None and thing.row.unit == "千円" and _BUDGET.search(thing.row.name):
            operand = reader.stored(thing, year)
            if operand is not None:
                found.append((operand, _kind(thing.row.name)))
    return found


def _kind(text: str) -> str:
    """Which budget the words mean."""
    last = max(
        [("first", m.end()) for m in _FIRST.finditer(text)]
        + [("final", m.end()) for m in _FINAL.finditer(text)]
        + [("", 0)],
        key=lambda pair: pair[1],
    )
    return last[0]


def _budget(reader: Reader, figure: Figure, lead: str) -> Computed | None:
    """「当初予算額268,400千円」 against the note of it."""
    floor = max(reader.before(figure), lead.rfind("。") + 1)
    kind = _kind(lead[floor:])
    years = reader.years(figure, reader.record.rows[-1]) if reader.record.rows else [reader.record.fiscal_year]
    kept = _kept(reader, years[0])
    meant = [operand for operand, of in kept if of == kind] if kind else [operand for operand, _ in kept]
    if not meant or _other_owner(reader, lead[floor:]):
        return None
    readings = [Reading(o.values, o.name, o.thing, o.year) for o in meant]
    return judged(reader, figure, "level", readings, sure=len(meant) == 1 or not kind)


def _unspent(reader: Reader, figure: Figure, lead: str) -> Computed | None:
    """「不用額は18,747千円」: the budget less what was spent."""
    spent = _spent(reader, figure)
    kind = _kind(re.split("。", lead)[-1])
    if spent is None or spent.year is None:
        return None
    kept = _kept(reader, spent.year)
    meant = (
        [o for o, of in kept if of == kind] if kind else [o for o, of in kept if of != "first"] or [o for o, _ in kept]
    )
    readings = [
        Reading((budget.values[0] - spent.values[0],), messages.check_less(budget.name, spent.name), None, spent.year)
        for budget in meant
    ]
    return judged(reader, figure, "total", readings, sure=len(readings) == 1)


def _settled(reader: Reader, figure: Figure) -> Computed | None:
    """「決算額は280,003千円」: the 事業費計; another amount may be the cost with 人件費 or that of something else."""
    spent = _spent(reader, figure)
    if spent is None or spent.thing is None:
        return None
    return judged(reader, figure, "level", [Reading(spent.values, spent.name, spent.thing, spent.year)], sure=False)


def _spent(reader: Reader, figure: Figure) -> Operand | None:
    """The 事業費計 of the year that is spoken of."""
    row = next((row for row in reader.record.rows if row.id == "cost:program_total"), None)
    return reader.stored(Thing(row), reader.years(figure, row)[0]) if row is not None else None


def _other_owner(reader: Reader, text: str) -> bool:
    """Whether the budget is that of something else (「林道改良事業の予算額」)."""
    match = re.search(r"([^、。はがもを]{1,30})の(?:当初|補正後|現計|最終)?予算", text)
    return match is not None and bool(content(re.sub("事業費|決算|補正後?|当初|[0-9]+月", "", match[1]), reader.record))


def _rate(reader: Reader, figure: Figure, lead: str) -> Computed | None:
    """「予算現額に対する執行率は94.2％」, 「予算現額の9割強を執行」."""
    plain = reader.plain
    labelled = _RATE.search(lead)
    of_budget = labelled is None and _OF_BUDGET.search(lead) is not None and _SPENT.match(plain, figure.end)
    against = (
        labelled is None and "執行率" in lead and re.search(r"予算(?:現額|額)?に対し(?:て|ては)?(?:は|、)?$", lead)
    )
    behind = labelled is None and "予算" in lead and re.match(r"(?:程度)?(?:の|という)執行率", plain[figure.end :])
    if not labelled and not of_budget and not against and not behind:
        return None
    clause = re.split("。", lead)[-1]
    other = _FOR_OTHERS.search(clause)
    if other is not None:
        name = re.sub("事業費|予算|決算|歳出|全体|施策|本市|令和|年度|当初|補正後?|現額|に対する|額", "", other["what"])
        if content(name, reader.record):
            return _own_rate(reader, figure, other["what"])
    return _of_program(reader, figure, clause)


def _own_rate(reader: Reader, figure: Figure, what: str) -> Computed | None:
    """The rate of one 事務事業, where a note keeps it."""
    things = [thing for thing in reader.meant(what, "％") if "執行" in thing.row.name]
    operand = reader.stored(things[0], reader.years(figure, things[0].row)[0]) if len(things) == 1 else None
    if operand is None:
        return None
    return judged(
        reader, figure, "ratio", [Reading(operand.values, operand.name, operand.thing, operand.year)], sure=True
    )


def _of_program(reader: Reader, figure: Figure, clause: str) -> Computed | None:
    """The 事業費計 over the budget: the one named, else 現額 before 当初, else the one the sentence states."""
    spent = _spent(reader, figure)
    year = spent.year if spent is not None and spent.year is not None else reader.record.fiscal_year
    spent = spent or next((reader.stated(f) for f in reader.figures_in(0, figure.start) if _is_spent(reader, f)), None)
    if spent is None:
        return None
    floor = reader.before(figure)
    own = clause[-(figure.start - floor) :] if figure.start > floor else ""
    kind = _kind(own) or _kind(clause)
    kept = _kept(reader, year)
    named = [operand for operand, of in kept if of == kind] if kind else []
    readings = [_over(spent, operand, likely=True) for operand in named]
    if not kind:
        final = [operand for operand, of in kept if of == "final"]
        likely = final or [operand for operand, _ in kept]
        readings = [
            _over(spent, operand, likely=operand in likely)
            for operand, _ in sorted(kept, key=lambda k: k[0] not in likely)
        ]
    if not readings:
        stated = [
            f for f in reader.figures_in(0, figure.start) if f.unit == "千円" and _LEVEL.search(reader.plain[: f.start])
        ]
        stated = stated or [f for f in _told_before(reader) if f.value / 2 <= spent.values[0] <= f.value]
        readings = [_over(spent, Operand(f.text, (f.value,), "千円"), likely=True) for f in stated[-1:]]
    return judged(reader, figure, "ratio", readings, sure=True, unit="％")


def _told_before(reader: Reader) -> list[Figure]:
    """The one budget that the sentence before has stated (「最終予算額498,200千円に対し、決算額は…。執行率は」)."""
    plain = normalise(reader.earlier)
    if plain.count("予算") != 1 or _other_owner(reader, plain):
        return []
    return [f for f in find_figures(reader.earlier) if f.unit == "千円" and _LEVEL.search(plain[: f.start])]


def _is_spent(reader: Reader, figure: Figure) -> bool:
    return (
        figure.unit == "千円"
        and re.search(r"(?:決算|支出)(?:済)?額?(?:は|が|の)?[ ]?$", reader.plain[: figure.start]) is not None
    )


def _over(spent: Operand, budget: Operand, *, likely: bool) -> Reading:
    values = tuple(top * 100 / bottom for top in spent.values for bottom in budget.values if bottom)
    return Reading(values, messages.check_quotient(spent.name, budget.name), spent.thing, spent.year, likely)
