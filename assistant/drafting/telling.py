"""A block's own lines: what the figures say for this section, and what the form asks a person to fill in.

A line is one item or paragraph of one to three statements. Pure.
"""

from collections.abc import Collection, Iterable, Sequence

from assistant.drafting.issues import issue, issue_kind, missing_issue
from assistant.drafting.manner import Manner
from assistant.drafting.outlook import ahead, horizon
from assistant.drafting.plan import Block, SectionPlan, Treatment
from assistant.drafting.reasons import cause, moved, overview
from assistant.drafting.results import Told, missing_together, population, result, together
from assistant.drafting.situations import turns
from assistant.drafting.statements import Piece, Statement, figure, in_groups, name
from assistant.fact_history import first_survey
from assistant.facts import Fact, Standing, cost_facts
from assistant.sheet_facts import people_of, per_head_fact, share_fact
from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY, GRADE_LABELS, SECTION_BY_KEY, GradeName, mark_confirm, mark_fill_in
from corpus.sheetfile import SheetFile

Line = tuple[Statement, ...]


def own_lines(plan: SectionPlan, block: Block, sheet: SheetFile, told: Collection[str] = ()) -> list[Line]:
    """The block's own lines, without the indicators and costs in ``told``, which stand elsewhere already."""
    manner = plan.manner
    stands = [stand for stand in block.stands if stand.subject not in told]
    if plan.telling == "results":
        return [*_results(stands, plan), *_missing(stands), *_costs(block.costs, sheet, manner, told)]
    if plan.telling == "population":
        return [line for stand in stands if (line := told_of(stand, plan)) and stand.level]
    if plan.telling == "reasons":
        return _reasons(stands, sheet, plan, block)
    if plan.telling == "shortfalls":
        return _issues(stands, plan)
    if plan.telling == "ahead":
        year = plan.fiscal_year + (SECTION_BY_KEY[plan.section].year_offset or 0)
        places = turns(_stands(plan), lambda stand: stand.met)
        return [(statement,) for statement in ahead(stands, year, manner, places)]
    if plan.telling == "horizon":
        return [(statement,) for statement in horizon(stands, sheet.plan.end if sheet.plan else None, manner)]
    return []


def told_of(stand: Standing, plan: SectionPlan) -> Told:
    """What the section says of one indicator; its words depend on those of its kind that stand before it in the plan.

    () if it has nothing to say.
    """
    manner, every = plan.manner, _stands(plan)
    if plan.telling == "shortfalls":
        return issue(stand, manner, turns(every, issue_kind).get(stand.subject, 0))
    turn = turns(every).get(stand.subject, 0)
    if plan.telling == "results":
        # of a whole new sheet it goes without saying
        alone = sum(first_survey(other) is not None for other in every if other.kind == "outcome") == 1
        return result(stand, manner, turn, plan.start, tells_first=alone)
    if plan.telling == "population":
        return population(stand, manner, turns(every, lambda other: other.kind).get(stand.subject, 0))
    return moved(stand, manner, turn) if plan.telling == "reasons" else ()


def statements_about(subject: str, plan: SectionPlan, sheet: SheetFile, earlier: Sequence[SheetFile]) -> Told:
    """What this section says of one indicator or cost, to stand where last year's sentence stood; () if nothing."""
    if subject.startswith("cost:"):
        row = subject.removeprefix("cost:")
        level, change = cost_facts(sheet, row, earlier) if row in COST_BY_KEY else (None, None)
        whole = cost_facts(sheet, "program_total")[0] if row == "general" else None
        return (_cost(level, change, plan.manner, whole),) if level and plan.telling == "results" else ()
    stand = _stand(subject, plan)
    return told_of(stand, plan) if stand is not None else ()


def cause_about(subject: str | None, plan: SectionPlan) -> Statement:
    """The place for the cause of an indicator's movement (None: of what stands before)."""
    stand = _stand(subject, plan) if subject else None
    turn = turns(_stands(plan), lambda other: other.met).get(subject or "", 0)
    return cause(stand, plan.manner, turn)


def _stands(plan: SectionPlan) -> list[Standing]:
    return [stand for block in plan.blocks for stand in block.stands]


def _stand(subject: str, plan: SectionPlan) -> Standing | None:
    return next((stand for stand in _stands(plan) if stand.subject == subject), None)


def _results(stands: Sequence[Standing], plan: SectionPlan) -> list[Line]:
    """Successes first, then failures and what has no target, two that are alike in one sentence; values that are
    missing last. What contrasts with the item before it opens with 「一方、」.
    """
    known = sorted((stand for stand in stands if stand.level), key=_order)
    lines: list[Line] = []
    while known:
        first = known.pop(0)
        pair = together(first, known[0], plan.manner) if known else ()
        if pair:
            known.pop(0)
        line = pair or told_of(first, plan)
        contrasted = any(told.good is False for told in lines[-1]) if lines else True
        if not contrasted and lines[-1][0].good is True and line[0].good is False:
            lines[-1] = (*lines[-1], *_opposed(line))
        else:
            lines.append(line)
    missing = [stand for stand in stands if stand.level is None and stand.missing is not None]
    return lines + [missing_together(group, plan.manner) for group in in_groups(missing)]


def _order(stand: Standing) -> int:
    return {True: 0, False: 1, None: 2}[stand.met]


def _opposed(line: Line) -> Line:
    first = line[0]
    return (Statement(("一方、", *first.pieces), first.good, first.subject), *line[1:])


def _issues(stands: Sequence[Standing], plan: SectionPlan) -> list[Line]:
    """One item for each indicator; those without a value share one."""
    missing = [stand for stand in stands if issue_kind(stand) == "missing"]
    lines = [told_of(stand, plan) for stand in stands if stand not in missing]
    lines += [
        missing_issue(group, plan.manner) if len(group) > 1 else told_of(group[0], plan) for group in in_groups(missing)
    ]
    return [line for line in lines if line]


def _missing(stands: Iterable[Standing]) -> list[Line]:
    """Indicators of which no actual is stored at all."""
    never = [stand for stand in stands if stand.level is None and stand.missing is None]
    return [(Statement((mark_fill_in(f"{name(stand)}の{wareki(stand.year)}の実績値"),)),) for stand in never]


def _costs(
    costs: Sequence[tuple[Fact | None, Fact | None]], sheet: SheetFile, manner: Manner, told: Collection[str]
) -> list[Line]:
    """The whole and its change, what it comes to for each of the people, and its parts with their share."""
    known = [(level, change) for level, change in costs if level is not None]
    if not known or known[0][0].subject in told:
        return []
    whole, change = known[0]
    if whole.subject != "cost:total":
        # without the total, none of them is the whole of another
        return [tuple(_cost(level, moved, manner) for level, moved in known if level.subject not in told)]
    statements = [_cost(whole, change, manner)]
    parts = [part for part, _ in known[1:] if part.subject not in told]
    if len(parts) == 1:
        share = share_fact(parts[0], whole)
        of_all: list[Piece] = ["、全体の", figure(share), "を" + manner.ending("占める")] if share else []
        pieces: list[Piece] = [f"このうち{parts[0].name}は", figure(parts[0])]
        statements.append(Statement((*pieces, *(["で", *of_all] if of_all else [manner.ending("である")]))))
    elif parts:
        inner: list[Piece] = []
        for part in parts:
            inner += ["、" if inner else "その内訳は、", f"{part.name}が", figure(part)]
        statements.append(Statement((*inner, manner.ending("である"))))
    people = people_of(sheet)
    head = per_head_fact(whole, people) if people is not None else None
    if head is not None:
        statements.append(Statement((f"人口1人当たりの{whole.name}は", figure(head), "と" + manner.ending("なった"))))
    return [tuple(statements)]


def _cost(level: Fact, change: Fact | None, manner: Manner, whole: Fact | None = None) -> Statement:
    """A cost and its change; what is a part of the 事業費 names no year. ``whole``: of what it has a share."""
    part = level.subject.removeprefix("cost:") not in ("total", "program_total")
    opening: list[Piece] = [f"{'' if part else wareki(level.year) + 'の'}{level.name}は"]
    if change is None or change.value is None or change.base_year is None:
        return Statement((*opening, figure(level), manner.ending("である")), None, level.subject)
    since = wareki(change.base_year)
    if change.value == 0:
        same = (*opening, figure(level), f"で、{since}と同額", manner.ending("であった"))
        return Statement(same, None, level.subject)
    verb = "増加" if change.value > 0 else "減少"
    share = share_fact(level, whole) if whole is not None else None
    if share is not None and whole is not None:
        pieces = [*opening, figure(change), f"{verb[0]}の", figure(level), f"で、{whole.name}の", figure(share), "を"]
        return Statement((*pieces, manner.ending("占める")), None, level.subject)
    if part:
        pieces = [*opening, figure(level), "で、", figure(change), f"の{verb}と", manner.ending("なった")]
        return Statement(tuple(pieces), None, level.subject)
    pieces = [*opening, figure(level), f"で、{since}から", figure(change), verb + manner.ending("した")]
    return Statement(tuple(pieces), None, level.subject)


def _reasons(stands: Sequence[Standing], sheet: SheetFile, plan: SectionPlan, block: Block) -> list[Line]:
    """Grades and an overview where the block is not of one 展開方向, then each indicator with a place for its cause."""
    manner = plan.manner
    every = [stand for stand in _stands(plan) if stand.kind == "outcome"]
    opening = (*_grades(sheet, manner), *overview(every, manner)) if block.direction is None else ()
    lines: list[Line] = [opening] if opening else []
    for stand in stands:
        told = told_of(stand, plan)
        if told:
            lines.append((*told, cause_about(stand.subject, plan)))
        else:
            lines.append((Statement((mark_fill_in(f"{name(stand)}の{wareki(stand.year)}の実績値とその理由・背景"),)),))
    return lines


def _grades(sheet: SheetFile, manner: Manner) -> list[Statement]:
    given: dict[GradeName, str | None] = {"achievement": sheet.grades.achievement, "trend": sheet.grades.trend}
    listed = "、".join(f"{GRADE_LABELS[key]}の評価は{grade}" for key, grade in given.items() if grade)
    if not listed:
        return []
    return [Statement((listed + manner.ending("である"),))]


_EMPTY: dict[str, str] = {
    "4.3": "{year}の実績の理由・背景",
    "5.1": "{year}の施策を取り巻く状況",
    "5.2": "{year}に寄せられた意見・要望",
    "5.3": "{year}時点の他自治体との比較",
    "5.4.done": "{year}の取組状況",
    "5.4.plan": "{year}の取組予定",
    "6.1.results": "{year}の成果実績",
    "6.1.issues": "{year}の改善余地のある事項・課題",
    "7.1": "{year}の取組方針",
    "7.2": "中期的な取組方針",
}
_NEW: dict[str, str] = {
    "5.1": "{year}に生じた法改正・社会情勢などの変化",
    "5.2": "{year}に寄せられた意見・要望",
    "5.3": "{year}時点の他自治体の動き",
    "5.4.done": "{year}に予定のほかに実施した取組",
    "5.4.plan": "{year}に新たに予定する取組",
}
_NOTES: dict[Treatment, str] = {
    "status": "現在も同じ状況か",
    "opinion": "今年度も同じ意見・要望があるか",
    "issue": "{year}も課題であるか",
    "policy": "{year}も取り組むか",
    "outlook": "中期的な方針として継続するか",
}


def spoken_year(section: str, fiscal_year: int) -> str:
    """The fiscal year that a section speaks of, as written; 中期 falls back on the sheet's own."""
    return wareki(fiscal_year + (SECTION_BY_KEY[section].year_offset or 0))


def empty_line(section: str, fiscal_year: int) -> str:
    """What a person must write where the record gives nothing for a block."""
    return mark_fill_in(_EMPTY[section].format(year=spoken_year(section, fiscal_year)))


def new_line(section: str, fiscal_year: int) -> str | None:
    """The last line of a section that lives of what is new each year; None for the others."""
    asked = _NEW.get(section)
    return mark_fill_in(asked.format(year=spoken_year(section, fiscal_year))) if asked else None


def block_note(treatment: Treatment, section: str, fiscal_year: int) -> str | None:
    """What to confirm about all carried lines of a block at once; None where each line says it itself."""
    asked = _NOTES.get(treatment)
    return mark_confirm(asked.format(year=spoken_year(section, fiscal_year))) if asked else None
