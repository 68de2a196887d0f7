"""A block's own lines: what the figures say for this section, and what the form asks a person to fill in.

A line is one item or paragraph of one to three statements. Pure.
"""

from collections.abc import Collection, Iterable, Sequence

from assistant.drafting.manner import Manner
from assistant.drafting.outlook import ahead, horizon
from assistant.drafting.plan import Block, SectionPlan, Treatment
from assistant.drafting.statements import Piece, Statement, figure, in_groups, name, overview, shortfall, state
from assistant.facts import Fact, Standing, cost_facts
from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY, GRADE_LABELS, SECTION_BY_KEY, GradeName, mark_confirm, mark_fill_in
from corpus.sheetfile import SheetFile

Line = tuple[Statement, ...]


def own_lines(plan: SectionPlan, block: Block, sheet: SheetFile, told: Collection[str] = ()) -> list[Line]:
    """The block's own lines, without the indicators and costs in ``told``, which stand elsewhere already."""
    manner = plan.manner
    stands = [stand for stand in block.stands if stand.subject not in told]
    if plan.telling == "results":
        return [*_joined(stands, manner), *_missing(stands), *_costs(block.costs, manner, told)]
    if plan.telling == "population":
        found = (state(stand, manner, quoted=False) for stand in stands if stand.level)
        return [(statement,) for statement in found if statement]
    if plan.telling == "reasons":
        return _reasons(stands, sheet, manner, block)
    if plan.telling == "shortfalls":
        issues = (shortfall(stand, manner, turn) for turn, stand in enumerate(_problems(stands)))
        return [(statement,) for statement in issues if statement]
    if plan.telling == "ahead":
        year = plan.fiscal_year + (SECTION_BY_KEY[plan.section].year_offset or 0)
        return [(statement,) for statement in ahead(stands, year, manner)]
    if plan.telling == "horizon":
        return [(statement,) for statement in horizon(stands, sheet.plan.end if sheet.plan else None, manner)]
    return []


def statement_about(
    subject: str, plan: SectionPlan, sheet: SheetFile, earlier: Sequence[SheetFile]
) -> Statement | None:
    """What this section says of one indicator or cost, to stand where last year's sentence stood; None if nothing."""
    if subject.startswith("cost:"):
        row = subject.removeprefix("cost:")
        level, change = cost_facts(sheet, row, earlier) if row in COST_BY_KEY else (None, None)
        return _cost(level, change, plan.manner) if level and plan.telling == "results" else None
    stand = next((stand for block in plan.blocks for stand in block.stands if stand.subject == subject), None)
    if stand is None or (stand.level is None and stand.missing is None):
        return None
    if plan.telling in ("results", "reasons", "population"):
        return state(stand, plan.manner, quoted=plan.telling != "population")
    return shortfall(stand, plan.manner, 0) if plan.telling == "shortfalls" else None


def cause_line(manner: Manner) -> Statement:
    """「その要因として【要記入：要因】が考えられる。」: no figure tells a cause."""
    return Statement((f"その要因として{mark_fill_in('要因')}が" + manner.ending("考えられる"),))


def _problems(stands: Iterable[Standing]) -> list[Standing]:
    return [stand for stand in stands if shortfall(stand, Manner(), 0) is not None]


def _joined(stands: Sequence[Standing], manner: Manner) -> list[Line]:
    """Indicators with a value first, then those without, a few to an item."""
    told = [stand for stand in stands if stand.level or stand.missing]
    lines: list[Line] = []
    for group in in_groups(sorted(told, key=lambda stand: stand.level is None)):
        line: list[Statement] = []
        for stand in group:
            statement = state(stand, manner, before=line[-1] if line else None)
            line += [statement] if statement else []
        lines.append(tuple(line))
    return lines


def _missing(stands: Iterable[Standing]) -> list[Line]:
    """Indicators of which no actual is stored at all."""
    never = [stand for stand in stands if stand.level is None and stand.missing is None]
    return [(Statement((mark_fill_in(f"{name(stand)}の{wareki(stand.year)}の実績値"),)),) for stand in never]


def _costs(costs: Sequence[tuple[Fact | None, Fact | None]], manner: Manner, told: Collection[str]) -> list[Line]:
    known = [(level, change) for level, change in costs if level is not None]
    if not known or known[0][0].subject in told:
        return []
    level, change = known[0]
    statements = [_cost(level, change, manner)]
    parts = [part for part, _ in known[1:] if part.subject not in told]
    if len(parts) == 1:
        statements.append(Statement((f"このうち{parts[0].name}は", figure(parts[0]), manner.ending("である"))))
    elif parts:
        inner: list[Piece] = []
        for part in parts:
            inner += ["、" if inner else "その内訳は、", f"{part.name}が", figure(part)]
        statements.append(Statement((*inner, manner.ending("である"))))
    return [tuple(statements)]


def _cost(level: Fact, change: Fact | None, manner: Manner) -> Statement:
    opening: list[Piece] = [f"{wareki(level.year)}の{level.name}は", figure(level)]
    if change is None or change.value is None or change.base_year is None:
        return Statement((*opening, manner.ending("である")), None, level.subject)
    since = f"{wareki(change.base_year)}"
    if change.value == 0:
        return Statement((*opening, f"で、{since}と同額", manner.ending("であった")), None, level.subject)
    verb = "増加" if change.value > 0 else "減少"
    pieces = (*opening, f"で、{since}から", figure(change), verb + manner.ending("した"))
    return Statement(pieces, None, level.subject)


def _reasons(stands: Sequence[Standing], sheet: SheetFile, manner: Manner, block: Block) -> list[Line]:
    """Grades and an overview where the block is not of one 展開方向, then each indicator with a place for its cause."""
    opening = (*_grades(sheet, manner), *overview(stands, manner)) if block.direction is None else ()
    lines: list[Line] = [opening] if opening else []
    for stand in stands:
        statement = state(stand, manner)
        if statement is not None and stand.level is not None:
            lines.append((statement, cause_line(manner)))
        elif statement is not None:
            lines.append((statement, Statement((mark_fill_in("理由・背景"),))))
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
