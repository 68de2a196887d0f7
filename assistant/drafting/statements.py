"""Facts → the composer's own sentences, in Japanese.

A sentence is built of pieces: plain words and figures that know their stored cells, so every figure's place is known.
Which form an indicator's sentence takes follows from its facts (better or worse, met or missed, surveyed or not)
and from what was said just before it; the wording therefore changes with the figures, not at random.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from assistant.drafting.draft import DraftSentence, Origin
from assistant.drafting.manner import Manner
from assistant.facts import Cell, Fact, Standing, is_percentage
from corpus.fiscal import wareki
from corpus.form import mark_fill_in

_RISING_UNITS = ("点", "ポイント", "指数", "倍", "位", "")


_TOGETHER = 3
"""So many indicators stand in one item at most; more make it unreadable."""
_T = TypeVar("_T")


def in_groups(entries: Sequence[_T]) -> list[Sequence[_T]]:
    """``entries`` in groups of about the same size, none larger than an item may hold."""
    count = -(-len(entries) // _TOGETHER)
    bounds = [round(number * len(entries) / count) for number in range(count + 1)] if count else []
    return [entries[start:end] for start, end in pairwise(bounds)]


@dataclass(frozen=True)
class Figure:
    """A printed figure and the stored cells it is computed from."""

    text: str
    cells: tuple[Cell, ...]


Piece = str | Figure


@dataclass(frozen=True)
class Statement:
    """The pieces of one own sentence; ``good`` says whether it tells of success (None: neither)."""

    pieces: tuple[Piece, ...]
    good: bool | None = None
    subject: str | None = None


def figure(fact: Fact) -> Figure:
    """A fact's figure as printed, with its cells."""
    return Figure(fact.printed, fact.cells)


def cell_origin(cell: Cell, start: int | None, end: int | None) -> Origin:
    """The origin of a figure at ``start``–``end`` that a stored cell gives."""
    is_cost = cell.subject.startswith("cost:")
    return Origin(
        "figure",
        start,
        end,
        indicator=None if is_cost else cell.subject,
        cost=cell.subject.removeprefix("cost:") if is_cost else None,
        year=cell.year,
        series=cell.series,
        value=cell.value,
    )


def written(
    pieces: Iterable[Piece],
    manner: Manner,
    *,
    mark: str = "",
    direction: int | None = None,
    new_line: bool = True,
    extra: Iterable[Origin] = (),
) -> DraftSentence:
    """One sentence of ``pieces`` behind ``mark``, with an origin for each figure's cells.

    A sentence without any figure has the origin ``form`` besides ``extra``.
    """
    text, origins = mark, list(extra)
    for piece in pieces:
        start = len(text)
        # Names of indicators and carried words stay; everything else follows the division's manner.
        if isinstance(piece, MovedYear):
            text += manner.moved_year(piece, text.removeprefix(mark))
        elif isinstance(piece, Figure):
            text += manner.digits(piece.text)
        else:
            text += piece if isinstance(piece, Name) else manner.words(piece)
        if isinstance(piece, Figure):
            origins += [cell_origin(cell, start, len(text)) for cell in piece.cells]
    return DraftSentence(text, False, direction, tuple(origins or [Origin("form")]), new_line)


class Name(str):
    """A name as stored, quoted; its characters are not changed."""


class MovedYear(Name):
    """A year of last year's text that moved with the sheet, in the words that it had there."""


def name(stand: Standing) -> Name:
    """「…の割合」 in quotes that its own characters allow."""
    return Name(f"『{stand.name}』" if "「" in stand.name else f"「{stand.name}」")


def _verb(fact: Fact, unit: str) -> str:
    rising = is_percentage(unit) or unit in _RISING_UNITS
    assert fact.value is not None
    if fact.value > 0:
        return "上昇" if rising else "増加"
    return "低下" if rising else "減少"


def _polarity_note(stand: Standing) -> str:
    return "（低いほど望ましい指標）" if stand.better == "lower" and stand.gap is not None else ""


def _is_zero(fact: Fact | None) -> bool:
    return fact is not None and fact.value == 0


def target_clause(stand: Standing, manner: Manner, *, firm: bool) -> list[Piece]:
    """「目標値16.0％を3.9ポイント下回った。」, saying 達成 only where the polarity is known; ``firm`` spells it out."""
    assert stand.gap is not None and stand.target is not None and stand.level is not None
    stored_gap = stand.gap.cells[0].value - stand.gap.cells[1].value
    verb = "上回" if stored_gap > 0 else "下回"
    met = stand.achieved.good if stand.achieved else None
    head: list[Piece] = ["目標値", figure(stand.target)]
    if stored_gap == 0:
        return [
            *head,
            *(["に達し、目標を達成" + manner.ending("した")] if met else ["と同じ値" + manner.ending("であった")]),
        ]
    by: list[Piece] = ["をわずかに"] if _is_zero(stand.gap) else ["を", figure(stand.gap)]
    if met:
        return [*head, *by, f"{verb}り、目標を達成" + manner.ending("した")]
    # 「下回った」 sounds like success and 「上回った」 like more than enough where low values are good.
    if met is False and (firm or stand.better == "lower"):
        return [*head, *by, f"{verb}り、目標の達成には" + manner.ending("至らなかった")]
    return [*head, *by, manner.ending(f"{verb}った")]


def _contrast(stand: Standing) -> bool:
    met = stand.achieved.good if stand.achieved else None
    improved = stand.change.good if stand.change else None
    return met is not None and improved is not None and met != improved


def assessment(stand: Standing) -> bool | None:
    """Success or failure as a reader takes it: the target first, else better or worse; None if neither is known."""
    if stand.achieved is not None:
        return stand.achieved.good
    return stand.change.good if stand.change else None


def state(stand: Standing, manner: Manner, *, before: Statement | None = None, quoted: bool = True) -> Statement | None:
    """The sentence on one indicator in its year: level, change since the last survey, and target.

    ``before``: the statement in front of it in the same item, for 「一方、」「また、」. ``quoted``: False names a
    対象指標 plainly (「令和6年度の人口は」). None if nothing is stored.
    """
    year = wareki(stand.year)
    subject: list[Piece] = [name(stand) if quoted else Name(stand.name), _polarity_note(stand)]
    if stand.level is None:
        if stand.missing is None or stand.previous is None:
            return None
        opening = "なお、" if before else ""
        pieces: list[Piece] = [opening, *subject, f"については、{year}の実績値は記録がなく、"]
        pieces += [f"直近の実績値は{wareki(stand.previous.year)}の", figure(stand.previous), manner.ending("である")]
        return Statement(tuple(pieces), None, stand.subject)
    good = assessment(stand)
    again = before is not None and before.good == good and good is not None
    opening = ""
    if before is not None and before.subject is not None:
        opposed = before.good is not None and good is not None and before.good != good
        opening = "一方、" if opposed else "さらに、" if before.pieces[0] == "また、" else "また、"
    if again and stand.change is not None and not _is_zero(stand.change):
        pieces = [*subject, "も、" if good is False else "は、", *_change_first(stand, manner)]
        return Statement(tuple(pieces if good is False else [opening, *pieces]), good, stand.subject)
    if quoted:
        pieces = [opening, *subject, f"の{year}の実績値は", figure(stand.level)]
    else:
        pieces = [opening, f"{year}の", *subject, "は", figure(stand.level)]
    pieces += _after_level(stand, manner)
    return Statement(tuple(pieces), good, stand.subject)


def _after_level(stand: Standing, manner: Manner) -> list[Piece]:
    firm = _contrast(stand)
    if stand.change is None or stand.previous is None:
        if stand.gap is None:
            return [manner.ending("である")]
        return ["で、", *target_clause(stand, manner, firm=True)]
    since = wareki(stand.previous.year)
    if _is_zero(stand.change):
        same = "と同じ水準" if stand.level and stand.level.value == stand.previous.value else "とほぼ同じ水準"
        if stand.gap is None:
            return [f"で、{since}{same}", manner.ending("であった")]
        return [f"で{since}{same}であり、", *target_clause(stand, manner, firm=True)]
    verb = _verb(stand.change, _unit(stand))
    change: list[Piece] = [f"で、{since}の", figure(stand.previous), "から", figure(stand.change), verb]
    if stand.gap is None:
        return [*change, manner.ending("した")]
    return [*change, "したものの、" if firm else "し、", *target_clause(stand, manner, firm=firm)]


def _change_first(stand: Standing, manner: Manner) -> list[Piece]:
    assert stand.change is not None and stand.previous is not None and stand.level is not None
    verb = _verb(stand.change, _unit(stand))
    pieces: list[Piece] = [f"{wareki(stand.previous.year)}の", figure(stand.previous), "から"]
    pieces += [figure(stand.change), f"{verb}して{wareki(stand.year)}は", figure(stand.level)]
    if stand.gap is None:
        return [*pieces, manner.ending("となった")]
    if _contrast(stand):
        return [*pieces, "となったが、", *target_clause(stand, manner, firm=False)]
    return [*pieces, "となり、", *target_clause(stand, manner, firm=False)]


def _unit(stand: Standing) -> str:
    return stand.level.unit if stand.level else ""


def names(stands: Sequence[Standing]) -> Name:
    """「A」「B」 及び 「C」, as official texts list them."""
    quoted = [name(stand) for stand in stands]
    return Name(quoted[0] if len(quoted) == 1 else "、".join(quoted[:-1]) + "及び" + quoted[-1])


def overview(stands: Sequence[Standing], manner: Manner) -> list[Statement]:
    """Which outcome indicators met their target and which missed it, without a count; nothing for a single one."""
    met = [stand for stand in stands if stand.achieved and stand.achieved.good]
    missed = [stand for stand in stands if stand.achieved and stand.achieved.good is False]
    if len(met) + len(missed) < 2:
        return []
    year = wareki(stands[0].year)
    if not missed or not met:
        whole = "実績値と目標値を比較できる成果指標は、いずれも目標"
        rest = "を達成" + manner.ending("した") if met else "の達成には" + manner.ending("至らなかった")
        return [Statement((f"{year}に{whole}{rest}",), bool(met))]
    first = (f"{year}に目標を達成した成果指標は", names(met), manner.ending("である"))
    second = ("一方、", names(missed), "は目標の達成には" + manner.ending("至らなかった"))
    return [Statement(first, True), Statement(second, False)]


def shortfall(stand: Standing, manner: Manner, turn: int) -> Statement | None:
    """The issue that an indicator's figures show: a missed target, a worsening, a missing survey; None if none."""
    missed = stand.achieved is not None and stand.achieved.good is False
    worse = stand.change is not None and stand.change.good is False
    subject = (name(stand), _polarity_note(stand))
    ending = manner.ending(("課題である", "求められる", "必要である")[turn % 3])
    response = mark_fill_in("対応")
    year = wareki(stand.year)
    if missed and stand.level and stand.target and stand.gap:
        above = stand.gap.cells[0].value > stand.gap.cells[1].value
        by: list[Piece] = ["をわずかに"] if _is_zero(stand.gap) else ["を", figure(stand.gap)]
        if turn % 2 and not worse and not above:
            pieces: list[Piece] = [*subject, f"の{year}の実績値は", figure(stand.level), "にとどまり、目標値"]
            pieces += [figure(stand.target), *by, f"下回ったことから、{response}が", ending]
            return Statement(tuple(pieces), False, stand.subject)
        pieces = [*subject, f"は、{year}の実績値が", figure(stand.level), "と"]
        if worse and stand.change and stand.previous:
            pieces += [f"{wareki(stand.previous.year)}から", figure(stand.change), _verb(stand.change, _unit(stand))]
            pieces += ["し、"]
        pieces += ["目標値", figure(stand.target), *by, ("上回" if above else "下回") + "っており、"]
        return Statement((*pieces, f"{response}が", ending), False, stand.subject)
    if worse and stand.level and stand.change and stand.previous:
        pieces = [*subject, f"は、{year}の実績値が", figure(stand.level), f"と{wareki(stand.previous.year)}から"]
        pieces += [figure(stand.change), _verb(stand.change, _unit(stand)), "しており、", mark_fill_in("要因と対応")]
        return Statement((*pieces, "が", ending), False, stand.subject)
    if stand.missing is not None:
        pieces = [*subject, f"は、{year}の実績値の記録がなく、目標に対する状況を確認"]
        return Statement((*pieces, manner.ending("できない"), mark_fill_in("実績値の把握方法")), None, stand.subject)
    return None
