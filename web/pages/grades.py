"""The page of the three grades: what the figures propose with the reason, and the choice that a person makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.grading import GRADES, Counted, Proposal, Proposals
from corpus import messages
from corpus.errors import Refused
from corpus.fiscal import wareki, wareki_short
from corpus.form import BETTER_LABELS, GRADE_LABELS, GRADE_NUMBERS, GRADE_TEXTS, GradeName
from corpus.places import ABSENT, Change
from corpus.sheetfile import IndicatorEntry, SheetFile
from web.pages.writing import MISSING, figure

OUTCOME_LABELS: dict[GradeName, dict[str, str]] = {
    "achievement": {"met": "達成", "unmet": "未達成"},
    "trend": {"met": "向上", "unmet": "低下", "unchanged": "変わらず"},
}


@dataclass(frozen=True)
class Judgement:
    """What an indicator says: 「✓ 達成」, or why it is not counted. ``state``: met, unmet, unchanged or uncounted."""

    state: str
    label: str


@dataclass(frozen=True)
class GradeRow:
    """An outcome indicator with its figures as printed; ``before``: the last surveyed year's, with its year."""

    id: str
    name: str
    unit: str
    better: str
    actual: str
    target: str
    before: str
    before_year: str
    achieved: Judgement
    improved: Judgement


@dataclass(frozen=True)
class GradeChoice:
    """A letter with the form's words; ``last_year``: it was last year's."""

    letter: str
    words: str
    checked: bool
    last_year: bool
    proposed: bool


@dataclass(frozen=True)
class GradeCard:
    """One of the three grades: ``present`` stored now, ``proposed`` by the figures ("" for none)."""

    name: str
    label: str
    present: str
    proposed: str
    reason: str
    last_year: str
    choices: tuple[GradeChoice, ...]
    open: bool


@dataclass(frozen=True)
class GradesPage:
    """The page ``/sheets/<id>/grades``. ``checks``: whether the checker compares stored grades with the figures."""

    sheet_id: int
    title: str
    year: str
    year_before: str
    rows: tuple[GradeRow, ...]
    cards: tuple[GradeCard, ...]
    proposable: bool
    checks: bool
    problem: str = ""
    done: str = ""


def grades_page(
    sheet_id: int,
    sheet: SheetFile,
    last_year: SheetFile | None,
    proposals: Proposals,
    *,
    checks: bool,
    sent: Mapping[str, str] | None = None,
    problem: str = "",
    done: str = "",
) -> GradesPage:
    """The page; ``sent``: the form as it was sent, when it could not be carried out."""
    cards = tuple(_card(name, sheet, last_year, proposals.of(name), sent) for name in GRADE_LABELS)
    return GradesPage(
        sheet_id=sheet_id,
        title=f"{sheet.measure.name}　{wareki(sheet.fiscal_year)}",
        year=wareki_short(sheet.fiscal_year),
        year_before=wareki(sheet.fiscal_year - 1),
        rows=tuple(_row(entry, sheet.fiscal_year, proposals) for entry in sheet.outcomes()),
        cards=cards,
        proposable=any(card.proposed for card in cards),
        checks=checks,
        problem=problem,
        done=done,
    )


def read_grades(sent: Mapping[str, str]) -> list[Change]:
    """The form → the changes: what was chosen, against what its writer saw. Raises ``Refused`` for other letters."""
    changes = []
    for name in GRADE_LABELS:
        chosen, seen = sent.get(f"grade-{name}", ""), sent.get(f"seen-{name}", "")
        if not {chosen, seen} <= {"", *GRADES}:
            raise Refused(messages.NO_SUCH_GRADE)
        if f"grade-{name}" in sent and chosen != seen:
            changes.append(Change(f"grades.{name}", seen or ABSENT, chosen or ABSENT))
    return changes


def _card(
    name: GradeName,
    sheet: SheetFile,
    last_year: SheetFile | None,
    proposal: Proposal,
    sent: Mapping[str, str] | None,
) -> GradeCard:
    present = getattr(sheet.grades, name) or ""
    before = (getattr(last_year.grades, name) if last_year else None) or ""
    chosen = (sent or {}).get(f"grade-{name}", present)
    choices = tuple(
        GradeChoice(letter, words, letter == chosen, letter == before, letter == proposal.grade)
        for letter, words in GRADE_TEXTS[name].items()
    )
    return GradeCard(
        name=name,
        label=f"{GRADE_NUMBERS[name]} {GRADE_LABELS[name]}",
        present=present,
        proposed=proposal.grade or "",
        reason=proposal.reason,
        last_year=before,
        choices=choices,
        open=chosen not in GRADES,
    )


def _row(entry: IndicatorEntry, year: int, proposals: Proposals) -> GradeRow:
    before = _counted(proposals.trend, entry.id)

    def shown(value: Decimal | None) -> str:
        return MISSING if value is None else figure(value, entry.decimals)

    return GradeRow(
        id=entry.id,
        name=entry.name,
        unit=entry.unit or "",
        better=BETTER_LABELS[entry.better] if entry.better else "",
        actual=shown(entry.value(year, "actual")),
        target=shown(entry.value(year, "target")),
        before=shown(before.other if before else None),
        before_year=wareki_short(before.other_year) if before else "",
        achieved=_judgement(proposals.achievement, entry.id),
        improved=_judgement(proposals.trend, entry.id),
    )


def _counted(proposal: Proposal, key: str) -> Counted | None:
    return next((entry for entry in proposal.counted if entry.id == key), None)


def _judgement(proposal: Proposal, key: str) -> Judgement:
    counted = _counted(proposal, key)
    if counted is not None:
        return Judgement(counted.outcome, OUTCOME_LABELS[proposal.name][counted.outcome])
    why = next((entry.why for entry in proposal.uncounted if entry.id == key), "not_entered")
    return Judgement("uncounted", messages.NOT_COUNTED[why])
