"""Phrases with slots for one indicator's facts, and what fills them.

A phrase is official Japanese with slots: ``{level}`` a fact's figure, ``{verb}`` a word that follows from the facts,
``{=した}`` an ending of the division's manner (it closes a sentence), ``{?要因}`` a place to fill in. Which phrase is
taken follows from the facts and from how many indicators of the same kind stand before (``turn``). Pure.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.drafting.manner import Manner
from assistant.drafting.statements import Figure, Piece, Statement, figure, name
from assistant.fact_history import achievement_rate, gap_ahead, is_highest, met_streak, record, streak, turned
from assistant.facts import Fact, Standing, is_percentage
from corpus.fiscal import wareki
from corpus.form import mark_fill_in

Slots = Mapping[str, Sequence[Piece]]
_SLOT = re.compile(r"\{([=?]?)([^}]*)\}")
_RISING_UNITS = ("点", "ポイント", "指数", "倍", "位", "")
_LONG_UNITS = ("km", "㎞", "m", "ｍ", "キロメートル", "メートル")
_WIDE_UNITS = ("㎡", "ha", "㎢", "km2", "平方メートル", "ヘクタール")
_ASCII = re.compile(r"[!-~]+")


def _rises(unit: str) -> bool:
    return is_percentage(unit) or unit in _RISING_UNITS


def unit_of(stand: Standing) -> str:
    """The indicator's unit as the sheet prints it, "" without a level."""
    return stand.level.unit if stand.level else ""


def verb(fact: Fact, unit: str) -> str:
    """上昇 or 低下 of rates and points, 増加 or 減少 of everything that is counted or measured."""
    assert fact.value is not None
    if fact.value > 0:
        return "上昇" if _rises(unit) else "増加"
    return "低下" if _rises(unit) else "減少"


def extreme(found: Fact) -> str:
    """「高く」「低く」 of rates, 「多く」「少なく」 of what is counted, 「長く」「広く」「大きく」 of measures."""
    high, unit = is_highest(found), found.unit
    if _rises(unit):
        return "高く" if high else "低く"
    if unit in _LONG_UNITS:
        return "長く" if high else "短く"
    if unit in _WIDE_UNITS:
        return "広く" if high else "狭く"
    if _ASCII.fullmatch(unit):
        return "大きく" if high else "小さく"
    return "多く" if high else "少なく"


def _bringing(unit: str, *, up: bool) -> str:
    """「高める」 of rates, 「増やす」 of what is counted, and their opposites: what a target asks for."""
    if _rises(unit):
        return "高める" if up else "引き下げる"
    if up and unit in _LONG_UNITS:
        return "延ばす"
    return "増やす" if up else "減らす"


def is_zero(fact: Fact | None) -> bool:
    """Whether a fact's value is nought as printed."""
    return fact is not None and fact.value == 0


def difference_from_target(stand: Standing) -> int:
    """1 above the target, -1 below it, 0 the same, by the stored values."""
    assert stand.gap is not None
    stored = stand.gap.cells[0].value - stand.gap.cells[1].value
    return (stored > 0) - (stored < 0)


def slots_of(stand: Standing, *, aim: Fact | None = None, plain: bool = False) -> dict[str, Sequence[Piece]]:
    """What fills the slots of phrases about one indicator; a slot without a fact is missing.

    ``aim``: the later target that the phrase speaks of. ``plain``: the name without quotes (of a 対象指標), in
    the manner's digits.
    """
    found: dict[str, Sequence[Piece]] = {
        "name": (stand.name if plain else name(stand),),
        "year": (wareki(stand.year),),
    }
    for key, fact in (("level", stand.level), ("target", stand.target), ("before", stand.previous)):
        if fact is not None:
            found[key] = (figure(fact),)
    if stand.previous is not None:
        found["since"] = (wareki(stand.previous.year),)
    if stand.change is not None:
        found["change"] = (figure(stand.change),)
        if not is_zero(stand.change):
            found["verb"] = (verb(stand.change, unit_of(stand)),)
    if stand.gap is not None and stand.target is not None:
        found |= _target_slots(stand, stand.target, stand.gap)
    if aim is not None:
        found |= {"aim_year": (wareki(aim.year),), "aim": (figure(aim),)}
        rest = gap_ahead(stand, aim)
        if rest is not None and not is_zero(rest):
            found["rest"] = (figure(rest),)
            found["bring"] = (_bringing(unit_of(stand), up=stand.better == "higher"),)
    return found | _history_slots(stand)


def _target_slots(stand: Standing, target: Fact, gap: Fact) -> dict[str, Sequence[Piece]]:
    side = difference_from_target(stand)
    stem = "上回" if side > 0 else "下回"
    by: tuple[Piece, ...] = ("わずかに",) if is_zero(gap) else (figure(gap),)
    head: tuple[Piece, ...] = ("目標値", figure(target))
    return {
        **({} if is_zero(gap) else {"gap": (figure(gap),)}),
        "off": (*head, "を", *by, stem),
        "reached": (*head, "に達し") if side == 0 else (*head, "を", *by, stem + "り"),
    }


def _history_slots(stand: Standing) -> dict[str, Sequence[Piece]]:
    found: dict[str, Sequence[Piece]] = {}
    best, run, met_run, rate = record(stand), streak(stand), met_streak(stand), achievement_rate(stand)
    if best is not None and best.base_year is not None:
        found |= {
            "record": (Figure(best.printed, best.cells),),
            "first": (wareki(best.base_year),),
            "extreme": (extreme(best),),
        }
    if run is not None:
        found["streak"] = (Figure(f"{run.value}年連続", run.cells),)
    # Of surveys, not years, the checker reads a streak only behind one more survey.
    if met_run is not None and (met_run.unit == "年" or met_run.value != len(stand.actuals)):
        words = f"{met_run.value}年連続で" if met_run.unit == "年" else f"調査を行った{met_run.value}回続けて"
        found["met_streak"] = (Figure(words, met_run.cells),)
    if rate is not None:
        found["rate"] = (figure(rate),)
    if turned(stand) is not None:
        found["turn"] = ("に転じ",)
    return found


def filled(
    phrase: str, slots: Slots, manner: Manner, *, good: bool | None = None, subject: str | None = None
) -> tuple[Statement, ...]:
    """The sentences of a phrase. A slot that the facts do not fill raises ``KeyError``."""
    sentences: list[list[Piece]] = [[]]
    closed = False
    place = 0
    for slot in _SLOT.finditer(phrase):
        words: list[Piece] = [phrase[place : slot.start()]] if slot.start() > place else []
        if slot[1] == "?":
            words.append(mark_fill_in(slot[2]))
        elif slot[1] == "=":
            words.append(manner.ending(slot[2]))
        else:
            words += slots[slot[2]]
        # A place to fill in that stands behind the full stop belongs to the sentence before it.
        if closed and slot[1] != "?":
            sentences.append([])
        sentences[-1] += words
        closed, place = slot[1] == "=" or (closed and slot[1] == "?"), slot.end()
    if place < len(phrase):
        sentences[-1].append(phrase[place:])
    return tuple(Statement(_joined(pieces), good, subject) for pieces in sentences)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Plain words that stand side by side as one piece; names and figures stay their own."""
    found: list[Piece] = []
    for piece in pieces:
        if type(piece) is str and found and type(found[-1]) is str:
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def taken(phrases: Sequence[str], slots: Slots, turn: int) -> str:
    """The phrase whose turn it is, of those that the facts can fill."""
    fitting = [phrase for phrase in phrases if all(slot[1] or slot[2] in slots for slot in _SLOT.finditer(phrase))]
    return fitting[turn % len(fitting)]
