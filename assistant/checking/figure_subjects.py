"""Whom the figure is of: the rows with a fitting unit, and the ways in which a figure without subject gets one."""

from assistant.checking.claim_types import POINT_UNITS
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject, states_itself, subject_at


def fitting_ids(record: Record, unit: str | None) -> frozenset[str]:
    """Rows that a figure of ``unit`` can be a value of; a figure without unit, of any."""
    return frozenset(row.id for row in record.rows if not unit or unit_fits(row.unit, unit))


def change_ids(record: Record, unit: str) -> frozenset[str]:
    """Rows of which a change can be written with ``unit``."""
    if unit == "ポイント":
        return frozenset(row.id for row in record.rows if row.unit in POINT_UNITS)
    if unit == "％":
        return fitting_ids(record, None)
    return fitting_ids(record, unit)


def or_main(sentence: Sentence, subject: Subject, start: int, allowed: frozenset[str]) -> Subject:
    """The indicator that the item is about, where a sentence without subject comes back to 「目標」 after an aside."""
    said = subject.topic or subject.strength == "sure"
    if said or any(mention.end <= start for mention in sentence.mentions):
        return subject
    rows = tuple(row for row in sentence.main.rows if row.id in allowed)
    return Subject(rows, "sure") if len(rows) == 1 else subject


def named_with_other_unit(sentence: Sentence, figure: Figure, record: Record) -> Subject | None:
    """The row that the clause names right before a figure of another unit (「人口は76,182世帯」)."""
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    own = sentence.segment_start(figure.start)
    named = any(mention.end > own and mention.rows for mention in sentence.mentions if mention.end <= figure.start)
    if named and subject.strength == "sure" and subject.topic and states_itself(sentence, figure):
        return subject
    return None
