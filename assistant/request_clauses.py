"""A message cut into clauses that each say what to do. Pure, over normalised text."""

import re
from collections.abc import Sequence

from assistant import request_action_words as verbs
from assistant import request_words as frames
from assistant.request_actions import action_of, names_figure
from assistant.request_changes import changes_in
from assistant.request_context import without_years
from assistant.request_targets import HIDDEN, Mentions, mentions
from assistant.wishes import Action
from corpus.sheetfile import SheetFile


def clauses_of(text: str, sheet: SheetFile) -> list[str]:
    """The parts of a message that each say what to do; a part without an action stays with the next one.

    A part that only repeats the action of the one before it, about nothing new, stays with that one.
    """
    if lists_sections(mentions(text, sheet), sheet):
        return [text]
    clauses: list[str] = []
    carried = ""
    parts = frames.CUT.split(text)
    for at in range(0, len(parts), 2):
        joint = parts[at - 1] if at else ""
        ends = bool(re.search(r"[。！!？?\n]|それから|それと|ついで|そのあと|その後", joint))
        named = mentions(carried + parts[at], sheet) if carried else None
        if carried and ends and named and _stands(mentions(carried, sheet), sheet) and not _limits(parts[at], sheet):
            clauses.append(carried)
            carried = ""
        part = (joint if carried and not ends else "、" if carried else "") + parts[at]
        if not part.strip(" 、,"):
            continue
        if not carried and clauses and _remarks(parts[at], ends, sheet):
            continue
        if _only_continues(parts[at], clauses, sheet) and not carried:
            clauses[-1] += joint + parts[at]
            continue
        carried += part
        last = at + 2 >= len(parts)
        following = parts[at + 1] if not last else ""
        behind = mentions(parts[at + 2], sheet) if not last else None
        if behind and verbs.NAMES_DRAFT.search(parts[at]) and _about_the_draft(behind):
            continue
        if behind and re.search("のか$", parts[at]) and "、" in following:
            # 「どうしてBなのか、理由を教えて」: one question
            continue
        closes = last or frames.ORDERS.search(parts[at]) or following.strip(" 、,")
        if frames.REASON.search(parts[at].strip()) and not last:
            continue
        if closes and action_of(mentions(carried, sheet), sheet) is not None:
            clauses.append(carried)
            carried = ""
    clauses = _with_rest(clauses, carried, sheet)
    return [asked for clause in clauses for asked in _asked_apart(clause, sheet)]


def _with_rest(clauses: list[str], carried: str, sheet: SheetFile) -> list[str]:
    """The clauses with what was left at the end; a bare section belongs to an order without one (「書いて、課題」)."""
    if not carried.strip():
        return clauses
    named = mentions(carried, sheet)
    bare = bool(named.sections) and not frames.SIMPLY.sub("", without_years(named)).strip()
    last = mentions(clauses[-1], sheet) if clauses else None
    if last and not last.year_named and _only_years(named) and action_of(last, sheet) in _ASKING:
        # 「課題を見せて、去年の」
        return [*clauses[:-1], f"{clauses[-1]}、{carried}"]
    before = action_of(last, sheet) if last and not last.sections else None
    if before == "draft" or (before in ("compare", "check", "find") and bare and "も" not in carried):
        return [*clauses[:-1], f"{clauses[-1]}、{carried}"]
    return [*clauses, carried]


def _only_years(named: Mentions) -> bool:
    left = frames.SIMPLY.sub("", without_years(named)).strip()
    return named.year_named and not named.sections and not left and "も" not in named.text


def lists_sections(named: Mentions, sheet: SheetFile) -> bool:
    """Whether a text names several sections of the open sheet and says nothing else: they are wanted."""
    if len(named.sections) < 2 or named.model_years or any(year < sheet.fiscal_year for year in named.named_years):
        return False
    left = frames.SIMPLY.sub("", frames.LIST_FRAME.sub("", without_years(named))).strip()
    return not left and not re.search(r"\?|は\W*$", named.text)


def _limits(part: str, sheet: SheetFile) -> bool:
    """Whether a part only urges or names directions, so that it belongs to the section before (「方針！急ぎで！」)."""
    named = mentions(part, sheet)
    past = any(year < sheet.fiscal_year for year in named.named_years)
    if named.sections or (named.year_named and not (past and action_of(named, sheet) in (None, "find", "compare"))):
        return False
    if past:
        # 「5-3。R5の文。」
        return True
    if verbs.BARE_ORDER.fullmatch(part.strip()):
        return True
    plain = not frames.SIMPLY.sub("", named.rest).strip()
    return (bool(named.directions) and plain) or (not named.directions and bool(verbs.PLEASE.search(part)))


def _about_the_draft(named: Mentions) -> bool:
    """Whether a part changes a draft or asks for its grounds (「要因の案、2文目の根拠は」)."""
    return not named.sections and bool(changes_in(named.rest) or verbs.ORIGIN.search(named.rest))


_ASKING: tuple[Action, ...] = ("figures", "grade", "find")


def _asked_apart(clause: str, sheet: SheetFile) -> list[str]:
    """The parts of a clause that ask for two kinds of things at once (「…の実績値と、総合評価の理由を教えて」)."""
    named = mentions(clause, sheet)
    if action_of(named, sheet) not in _ASKING:
        return [clause]
    for joint in re.finditer(r"と、?|、|や", clause):
        if HIDDEN in named.rest[joint.start() : joint.end()]:
            continue
        right = clause[joint.end() :]
        if right.startswith(("その", "この")) or clause[: joint.start()].endswith("のか"):
            continue
        asks = verbs.SHOW.search(right)
        left = f"{clause[: joint.start()]}を{asks.group() if asks else '教えて'}"
        pair = [mentions(left, sheet), mentions(right, sheet)]
        kinds = [action_of(one, sheet) for one in pair]
        told = all(kind in _ASKING and (kind != "find" or one.sections) for kind, one in zip(kinds, pair, strict=True))
        if told and kinds[0] != kinds[1]:
            return [left, right]
    return [clause]


def _remarks(part: str, ends: bool, sheet: SheetFile) -> bool:
    """Whether a part behind an order only tells what is done with it, by whom or why."""
    reason = bool(frames.REASON.search(part.strip()))
    told = reason or (ends and bool(frames.REMARK.search(part.strip())))
    return told and ((reason and ends) or not mentions(part, sheet).sections)


def _stands(named: Mentions, sheet: SheetFile) -> bool:
    """Whether a carried part without an action may be a message of its own (「5.1は？」)."""
    text = named.text.strip(" 、")
    if named.directions or named.year_named or frames.BARE_DIRECTION.match(text):
        return text.endswith("も")
    return bool(named.sections) and not re.search(r"(?:は|を|の|と|って)$", text)


def _only_continues(part: str, clauses: Sequence[str], sheet: SheetFile) -> bool:
    if not clauses or not part.strip():
        return False
    named = mentions(part, sheet)
    if frames.BARE_DIRECTION.match(part.strip()):
        return False
    figured = names_figure(named.rest, sheet)
    last = mentions(clauses[-1], sheet)
    before, own = action_of(last, sheet), action_of(named, sheet)
    if before == own == "figures" and not figured and not named.directions and not last.year_named:
        # 「割合は？令和5年度の値を教えて」
        return named.year_named
    if named.sections or named.directions or named.named_years or changes_in(named.rest):
        return False
    return (own == before and not figured and own != "find") or (
        own is None and bool(verbs.PLEASE.search(part)) and not figured
    )
