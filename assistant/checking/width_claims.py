"""Figures under 「減少額は」 (3): each is a change of the year that stands with it, not a value."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.checking.claim_types import Claim
from assistant.checking.extreme_words import ANY
from assistant.checking.figure_subjects import change_ids
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject

_TOPIC = re.compile(r"(?:(?P<up>増加|上昇|伸び|上げ)|(?P<down>減少|低下|下落|削減|下げ))(?:幅|額|数|量)(?:は|が|も)")


def with_widths(claims: Sequence[Claim], sentence: Sentence, record: Record) -> list[Claim]:
    """``claims``, those levels made changes that stand with a year behind 「増加数は」 and before another topic."""
    topic = _TOPIC.search(sentence.bare) if claims and _TOPIC.search(sentence.plain) else None
    if topic is None:
        return list(claims)
    own = re.search(r"(?:前年度?|昨年度?)(?:から|より|比)の?$", sentence.plain[: topic.start()])
    start = own.start() if own else topic.start()
    turned = []
    for claim in claims:
        figure = claim.figure
        others = any(topic.end() <= mention.start < claim.start for mention in sentence.mentions)
        apart = claim.year is None and not ANY.search(sentence.bare, topic.end(), claim.start)
        if claim.form != "level" or figure is None or claim.start < topic.end() or others or apart:
            turned.append(claim)
            continue
        subject = subject_at(sentence, start, record, change_ids(record, figure.unit))
        subject = Subject(subject.rows, "sure", True) if len(subject.rows) == 1 else subject
        sign = 1 if topic["up"] else -1
        turned.append(replace(claim, form="change", subject=subject, sign=sign, series="actual", soft=False, base=None))
    return turned
