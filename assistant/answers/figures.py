"""Answers about stored figures and grades."""

from collections.abc import Iterator

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Event, Words
from assistant.wishes import Wish
from corpus import messages
from corpus.form import GRADE_LABELS, GRADE_TEXTS


def figures(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The stored figures that a question names."""
    from assistant.asked_figures import answer_figures

    found = answer_figures(
        wish.query or "",
        context.sheet,
        context.earlier,
        direction=wish.direction,
        year=wish.year,
        against=wish.against,
    )
    yield Words("\n".join(found.lines))
    if found.rows:
        yield Attachment("figures", found.rows, "".join(f"\n{line}" for line in found.listed))


def grade(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The grades as they are given, and what the figures say; the program gives none."""
    from assistant.facts import standings

    sheet = context.sheet
    lines = []
    for name, label in GRADE_LABELS.items():
        grade = getattr(sheet.grades, name)
        lines.append(messages.grade_line(label, grade, GRADE_TEXTS[name][grade] if grade else ""))
    outcomes = standings(sheet, "outcome", earlier=context.earlier)
    judged = [standing for standing in outcomes if standing.achieved is not None]
    met = sum(bool(standing.achieved and standing.achieved.good) for standing in judged)
    changed = [standing for standing in outcomes if standing.change is not None and standing.change.good is not None]
    better = sum(bool(standing.change and standing.change.good) for standing in changed)
    lines.append(messages.grade_counts(len(judged), met, len(changed), better))
    yield Words("\n".join(lines))
