"""Last year's plans as the measures for targets ahead, in place of 【要記入：取組】. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.asking import asked_also
from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence
from assistant.drafting.plan import Block
from assistant.drafting.statements import Figure, Piece, Statement
from assistant.drafting.telling import Line
from assistant.drafting.weave import weave

_ASKS = re.compile(r"【要記入：(?:中期的な)?取組】[^【】]*$")
_GAP = re.compile("^の差があり、【")
IN_QUESTION = "この取組で対応するか"


def measure_of(desk: Desk, block: Block, line: Line, placed: set[str], left_out: list[str]) -> list[DraftSentence]:
    """The plan that serves the target of ``line``, as sentences that go on in its item; [] if there is none."""
    subjects = {statement.subject for statement in line}
    plan = next((plan for subject, plan in block.measures if subject in subjects), None)
    if plan is None:
        return []
    made = weave(desk, plan, placed, left_out, opens=False)
    if not made:
        return []
    return [*made[:-1], replace(made[-1], text=asked_also(made[-1].text, IN_QUESTION)[0])]


def pointing_on(desk: Desk, line: Line, *, served: bool, plans_below: bool, closes: bool = True) -> Line:
    """``line`` with the measure that follows it (``served``) or stands below it in place of the request for one.

    A line that is not the last one above the plans (``closes``) need not point to them where it tells a gap.

    A missed target without a measure of its own keeps its request: that plans go on is no answer to it.
    """
    missed = any(statement.good is False for statement in line)
    if not served and (missed or not plans_below):
        return line
    words = ("次の取組を" if served else "以下の取組を") + desk.manner.ending("進める")
    if not served and not closes:
        words = "以下のとおり" + desk.manner.ending("取り組む")
    plain = "の差が" + desk.manner.ending("ある") if served or not closes else None
    return tuple(_pointing(statement, words, plain) for statement in line)


def _pointing(statement: Statement, words: str, plain: str | None) -> Statement:
    """``plain``: how a sentence that tells a gap ends instead, without ``words``."""
    pieces: list[Piece] = list(statement.pieces)
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Figure) and _ASKS.search(piece) and place == len(pieces) - 1:
            tells_gap = _GAP.match(piece) if plain else None
            pieces[place] = plain if plain and tells_gap else _ASKS.sub(words, piece)
    return replace(statement, pieces=tuple(pieces))


def asks_for_measure(line: Sequence[Statement]) -> bool:
    """Whether the line ends with the request for a measure."""
    last = line[-1].pieces[-1]
    return not isinstance(last, Figure) and _ASKS.search(last) is not None
