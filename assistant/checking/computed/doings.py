"""Figures of who came and what was done (18, 23): a note keeps them under the thing that the paragraph is about.

「認知症カフェは57回でした。延べ1,026人の方に参加していただきました。」: the note is 「認知症カフェの延べ参加者数」.
"""

import re
from collections.abc import Iterator

from assistant.checking.computed.context import Reader, Thing
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.meanings import content
from assistant.checking.numerals import Figure
from assistant.checking.row_names import covered_share

DOING = re.compile(r"参加|来場|来館|入館|入場|利用|受講|受診|訪問|開催|実施|登録|相談|派遣")
_BEHIND = re.compile(
    r"(?:以上|程度|ほど|余り|強|弱)?(?:もの|の)?(?:市民|方|方々|皆さん|児童|生徒|者|人)?(?:が|の|に|から|を|も)?(?:ご)?"
    r"(?P<doing>参加|来場|来館|入館|入場|利用|受講|受診|訪問|開催|実施|登録|相談|派遣)"
)
_BEFORE = re.compile(
    r"(?P<doing>参加|来場|来館|入館|入場|利用|受講|受診|訪問|開催|実施|登録|相談|派遣)(?:者|回|件|校)?(?:数)?"
    r"(?:は|が|も)、?(?:延べ|のべ|約|およそ|合計|計)*[ ]?$"
)
_PARTS = re.compile("うち|新規|新たに|平均|当たり|あたり|目標|市外|市内")


def doings(reader: Reader) -> Iterator[Computed]:
    """The figures of a sentence that nothing stored speaks to, where one note tells the same deed of the same thing."""
    for figure in reader.sentence.figures:
        said = reader.said.get(figure.start)
        if figure.unit in ("", "％", "ポイント", "倍", "千円") or said is None or figure.upper is not None:
            continue
        if said.finding is not None and said.finding.verdict != "unsupported":
            continue
        thing = _noted(reader, figure)
        operand = reader.stored(thing, reader.years(figure, thing.row)[0]) if thing is not None else None
        if operand is not None and thing is not None:
            found = judged(
                reader, figure, "level", [Reading(operand.values, operand.name, thing, operand.year)], sure=True
            )
            if found is not None:
                yield found


def _noted(reader: Reader, figure: Figure) -> Thing | None:
    """The one note with the figure's unit and deed, all of whose other words the text has named."""
    lead = reader.lead(figure)
    match = _BEHIND.match(reader.plain, figure.end) or _BEFORE.search(lead)
    if match is None or _PARTS.search(lead):
        return None
    known = reader.plain + "".join(
        row.name for rows in (reader.sentence.carried.rows, reader.sentence.main.rows) for row in rows
    )
    meant = []
    for thing in reader.things:
        if thing.ids is None or match["doing"] not in thing.row.name or not thing.row.takes(figure.unit):
            continue
        rest = re.sub(r"延べ|のべ|[（(][^）)]*[）)]", "", thing.row.name).split(match["doing"])[0]
        words = content(rest, reader.record)
        if words and all(covered_share([word], known) == 1 for word in words):
            meant.append(thing)
    return meant[0] if len(meant) == 1 else None
