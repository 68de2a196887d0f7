"""What was added to a running count in a time: 「4年間で106基の消火栓を更新」「１年間で27基を更新」 (3, 27)."""

import re
from itertools import pairwise

from assistant.checking.change_bases import change_bases, clause_start, period_of
from assistant.checking.claim_types import Claim
from assistant.checking.figure_subjects import change_ids
from assistant.checking.meanings import rows_meant
from assistant.checking.numerals import Figure
from assistant.checking.record import Record, Row
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject, current_year

_DEED = re.compile(
    r"(?:(?:の(?P<noun>[^、。がはもを]{2,20}))?を|が|の)?(?:新たに|新規に|さらに)?"
    r"(?:更新|整備|設置|新設|増設|追加|登録|認定|締結|公開|指定|開設|配置|導入|改修|誘致|立地|加入)(?:し(?!な|よ)|され|でき|を行っ|が進)"
)
_RUNNING = re.compile("累計|累積|通算|済み?(?![、。])|延長|総数")


def added_claim(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """The change of a running count that a deed in a named time has brought; None where it is no such thing."""
    deed = _DEED.match(sentence.plain, figure.end)
    if deed is None or figure.unit in ("", "％", "千円"):
        return None
    start = clause_start(sentence.plain, figure.start)
    period = period_of(sentence.plain, start, figure.start)
    base, *others = change_bases(sentence, figure, "", "up")
    since = base is not None and base.series == "actual" and base.year is not None
    if period is None and not since:
        return None
    fitting = change_ids(record, figure.unit)
    subject = subject_at(sentence, figure.start, record, fitting)
    if subject.strength != "sure":
        meant = tuple(row for row in rows_meant(deed["noun"] or "", record) if row.id in fitting)
        subject = Subject(meant, "sure", True) if len(meant) == 1 else subject
    if subject.strength != "sure" or not all(_is_running(row) for row in subject.rows):
        return None
    return Claim(
        "change", figure.start, figure.end, subject,
        figure=figure, base=base, other_bases=tuple(others), sign=1, period=period,
        carried_year=current_year(sentence, figure.start),
    )  # fmt: skip


def _is_running(row: Row) -> bool:
    """Whether the row counts all there has been so far: it says so and never falls."""
    values = [value for _, value in sorted(row.values["actual"].items())]
    rising = all(first <= second for first, second in pairwise(values))
    return rising and (_RUNNING.search(row.name) is not None or (len(values) > 3 and row.kind != "cost"))
