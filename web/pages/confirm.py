"""The page of the values that a source did not decide (要確認): its choices, and reading them back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

from corpus import messages
from corpus.errors import Refused
from corpus.fields import INDICATOR_LABELS, field_label
from corpus.fiscal import wareki
from corpus.form import BETTER_LABELS, COST_SOURCES
from corpus.models import ValueToConfirm
from corpus.sheetfile import SheetFile
from web.pages.writing import cell_anchor, figure

LATER, EMPTY, TYPED = "later", "empty", "typed"
OTHERS = "見出し・記述欄"
_LONG = 40


@dataclass(frozen=True)
class Choice:
    """A candidate: ``value`` is what the form sends, ``label`` what a person reads; ``long``: a whole text."""

    value: str
    label: str
    long: bool
    checked: bool


@dataclass(frozen=True)
class Question:
    """A place to be settled: ``label`` in full, ``short`` within its group.

    ``anchor`` is the id of its cell on the sheet page, ``row`` the row of the table in which that cell stands.
    ``chosen`` and ``typed`` are what was last sent, so that an error loses nothing.
    """

    id: int
    anchor: str
    row: str
    label: str
    short: str
    note: str
    choices: tuple[Choice, ...]
    typed: str
    chosen: str
    long: bool
    words_only: bool


@dataclass(frozen=True)
class QuestionRun:
    """Neighbouring places of one row of the table. ``note``: what would be said of each of them, said once."""

    questions: tuple[Question, ...]
    note: str

    @property
    def id(self) -> int:
        """That of its first place."""
        return self.questions[0].id

    @property
    def spreads(self) -> bool:
        """Whether a row of figures may be pasted over the places."""
        return len(self.questions) > 1 and ".values." in self.questions[0].row


@dataclass(frozen=True)
class QuestionGroup:
    """The open places of one indicator, or of the costs of one year."""

    subject: str
    runs: tuple[QuestionRun, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its places."""
        return tuple(question for run in self.runs for question in run.questions)


@dataclass(frozen=True)
class SourceSum:
    """What is known of a year's costs: the sum of the sources so far, (A), and what is left between them."""

    year: str
    known: str
    total: str
    rest: str


@dataclass(frozen=True)
class ConfirmPage:
    """The page ``/sheets/<id>/confirm``."""

    sheet_id: int
    title: str
    groups: tuple[QuestionGroup, ...]
    sums: tuple[SourceSum, ...]
    places: int
    problem: str = ""
    done: str = ""


def confirm_page(
    sheet_id: int,
    sheet: SheetFile,
    entries: Iterable[ValueToConfirm],
    sent: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    done: str = "",
) -> ConfirmPage:
    """The open places of a sheet; ``sent``: the form as it was sent, when it could not be carried out."""
    entries = list(entries)
    subjects: dict[str, list[Question]] = {}
    for entry in entries:
        subject = _subject(entry.field, sheet)
        subjects.setdefault(subject, []).append(_question(entry, sheet, subject, sent or {}))
    groups = tuple(QuestionGroup(subject or OTHERS, _runs(questions)) for subject, questions in subjects.items())
    title = f"{sheet.measure.name}　{wareki(sheet.fiscal_year)}"
    return ConfirmPage(sheet_id, title, groups, _sums(sheet, entries), len(entries), problem, done)


def read_choices(entries: Iterable[ValueToConfirm], sent: Mapping[str, str]) -> dict[int, str | None]:
    """The form → the values to put in place, for ``resolve_values``; what is left for later is left out.

    A text in the free box counts when nothing else was picked. Raises ``Refused`` for 「書き入れる」 without a text.
    """
    choices: dict[int, str | None] = {}
    for entry in entries:
        assert entry.id is not None
        picked, typed = sent.get(f"choice-{entry.id}", LATER), sent.get(f"typed-{entry.id}", "")
        if picked == TYPED or (picked == LATER and typed.strip()):
            if not typed.strip():
                raise Refused(messages.at_place(field_label(entry.field), messages.NOTHING_TYPED))
            choices[entry.id] = typed if entry.field.startswith("sections.") else typed.strip()
        elif picked == EMPTY:
            choices[entry.id] = None
        elif picked.isdecimal() and int(picked) < len(entry.candidates):
            choices[entry.id] = entry.candidates[int(picked)]
    return choices


def _subject(field: str, sheet: SheetFile) -> str:
    """What a place belongs to: its indicator, or the costs of its year; "" for the head of the sheet and texts."""
    head, *rest = field.split(".")
    return field_label(f"{head}.{rest[0]}", sheet) if head in ("indicators", "costs") and rest else ""


def _runs(questions: Sequence[Question]) -> tuple[QuestionRun, ...]:
    found = []
    for _, run in groupby(questions, key=lambda question: (question.row, _reason(question.note))):
        members = tuple(run)
        found.append(QuestionRun(members, _reason(members[0].note) if len(members) > 1 else ""))
    return tuple(found)


def _reason(note: str) -> str:
    """A note without its first words, which name the place: 「「人口」の令和2年度の実績値は、…」."""
    behind_name = note.partition("」")[2] if note.startswith("「") else note
    return behind_name.partition("、")[2] or note


def _row_of(field: str) -> str:
    """The row of the tables in which a place stands: its field without the year."""
    return ".".join(part for part in field.split(".") if not (len(part) == 4 and part.isdecimal()))


def _anchor(field: str) -> str:
    """The id of the place's cell on the sheet page, "" for what is in no table."""
    match field.split("."):
        case ["costs", year, key]:
            return cell_anchor(f"cost:{key}", int(year), None)
        case ["indicators", identity, "values", year, series]:
            return cell_anchor(identity, int(year), series)
        case ["indicators", identity, flag, year]:
            return cell_anchor(identity, int(year), flag)
    return ""


def _question(entry: ValueToConfirm, sheet: SheetFile, subject: str, sent: Mapping[str, str]) -> Question:
    chosen = sent.get(f"choice-{entry.id}", LATER)
    long = entry.field.startswith("sections.") or any(len(candidate) > _LONG for candidate in entry.candidates)
    choices = tuple(
        Choice(str(number), _candidate(entry.field, candidate, sheet), len(candidate) > _LONG, chosen == str(number))
        for number, candidate in enumerate(entry.candidates)
    )
    words_only = entry.field.endswith(".better") or ".achieved." in entry.field or ".improved." in entry.field
    typed = sent.get(f"typed-{entry.id}", "")
    label = field_label(entry.field, sheet)
    short = label.removeprefix(subject).strip().removeprefix(f"{INDICATOR_LABELS['values']} ")
    # costs: all rows of a year make one run, because one printed figure is asked for in each of them
    row = ".".join(entry.field.split(".")[:2]) if entry.field.startswith("costs.") else _row_of(entry.field)
    return Question(
        id=entry.id or 0,
        anchor=_anchor(entry.field),
        row=row,
        label=label,
        short=short,
        note=entry.note,
        choices=choices,
        typed=typed,
        chosen=chosen,
        long=long,
        words_only=words_only,
    )


def _candidate(field: str, candidate: str, sheet: SheetFile) -> str:
    if field.endswith(".better"):
        return BETTER_LABELS.get(candidate, candidate)  # type: ignore[call-overload,no-any-return]
    if field.startswith("costs.") or ".values." in field:
        entry = sheet.indicator(field.split(".")[1]) if field.startswith("indicators.") else None
        try:
            return figure(Decimal(candidate), entry.decimals if entry else None)
        except InvalidOperation:
            return candidate
    return candidate


def _sums(sheet: SheetFile, entries: Sequence[ValueToConfirm]) -> tuple[SourceSum, ...]:
    found = []
    for year in sorted({int(entry.field.split(".")[1]) for entry in entries if entry.field.startswith("costs.")}):
        cost = sheet.costs.get(year)
        known = [value for row in COST_SOURCES if cost and (value := cost.value(row)) is not None]
        total = cost.program_total if cost else None
        summed = sum(known, Decimal(0))
        rest = figure(total - summed, None) if total is not None else ""
        found.append(
            SourceSum(wareki(year), figure(summed, None), figure(total, None) if total is not None else "", rest)
        )
    return tuple(found)
