"""Whom the figure is of: the rows with a fitting unit, and the ways in which a figure without subject gets one."""

from assistant.checking.claim_types import POINT_UNITS
from assistant.checking.meanings import content, strange
from assistant.checking.numerals import Figure
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject, states_itself


def fitting_ids(record: Record, unit: str | None) -> frozenset[str]:
    """Rows that a figure of ``unit`` can be a value of; a figure without unit, of any."""
    return record.fitting(unit or "")


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


_COMMON_UNITS = frozenset(
    ("", "人", "件", "％", "千円", "回", "団体", "か所", "世帯", "本", "校", "時間", "日", "分", "年", "点", "台")
)
"""Units in which anything may be counted."""


def hinted(sentence: Sentence, figure: Figure, record: Record, *, labelled: bool) -> Subject | None:
    """The one row with the figure's unit of whose name the sentence has a word (「消火栓を更新し、目標の365基」).

    For a target (``labelled``), or where the unit is not one of everybody's; not where something else is the topic.
    """
    if any(mention.how == "foreign" and mention.topic for mention in sentence.mentions):
        return None
    if sentence.carried.rows or (not labelled and figure.unit in _COMMON_UNITS):
        return None
    allowed = fitting_ids(record, figure.unit)
    rows = [row for row in record.rows if row.id in allowed and row.kind != "cost"]
    spoken = [word for word in content(sentence.bare, record) if len(word) >= (2 if len(rows) == 1 else 3)]
    found = {row.id: row for row in rows for word in spoken if not strange(word, [row], record)}
    return Subject(tuple(found.values()), "sure", True) if len(found) == 1 else None


def named_with_other_unit(sentence: Sentence, figure: Figure, record: Record) -> Subject | None:
    """The row that the clause names right before a figure of another unit (「人口は76,182世帯」)."""
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
    own = sentence.segment_start(figure.start)
    named = any(mention.end > own and mention.rows for mention in sentence.mentions if mention.end <= figure.start)
    if named and subject.strength == "sure" and subject.topic and states_itself(sentence, figure):
        return subject
    return None
