"""The rules' reading and the learnt one joined: the likelier where they differ, neither for a doubtful draft. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import request_told as told
from assistant import request_words as frames
from assistant.reader.features import Message
from assistant.reader.likely import Likely
from assistant.request_context import has_own_topic, without_years
from assistant.request_rules import ask_back, read_as
from assistant.request_targets import Target
from assistant.wishes import Action, Change, Wish
from corpus import messages
from corpus.form import SECTION_KEYS, section_label
from corpus.sheetfile import SheetFile

LIKELY = 0.5
"""Likelihood from which an action or a section is taken to be asked for."""
NOT_UNLIKELY = 0.2
"""Likelihood from which rules are followed that have worked something out by themselves."""
CERTAIN = 0.9
"""From here on, several actions are asked for even where the message as a whole looks like one."""
_FALLBACK = 0.25
"""That of the likeliest section, where a draft is asked for and none is likelier than not."""
SURE, SURE_WITH_RULES = 0.85, 0.8
"""A draft is written where everything about the reading is this likely, else asked back; less where the rules agree.

Chosen on messages that neither the rules nor the weights have seen (``train --measure``).
"""
_PLACELESS: tuple[Action, ...] = ("figures", "grade", "help", "unclear")
"""Actions that speak of no section."""


@dataclass(frozen=True)
class _Choice:
    """Actions and sections, in the order in which they are carried out."""

    actions: tuple[Action, ...]
    sections: tuple[str, ...]


def chosen(
    message: Message, likely: Likely, sheet: SheetFile, measures: Iterable[str], rules: Sequence[Wish]
) -> list[Wish]:
    """The wishes of a message, of which ``rules`` is one reading and ``likely`` the other."""
    if _left_to_rules(message, likely, rules):
        return list(rules)
    choice = _choice(message, likely, rules)
    agreed = _same(choice, rules)
    wishes = list(rules) if agreed else _built(choice, message, sheet, tuple(measures), rules)
    if not wishes:
        # no rule knows what is to be changed
        certain = likely.actions["revise"] > CERTAIN
        wishes = (
            [Wish(action="revise", query=message.named.text, change=Change(kind="reword"))] if certain else list(rules)
        )
    wishes = _said_once(wishes, several=likely.several > LIKELY)
    drafted = [wish.section for wish in wishes if wish.action == "draft" and wish.section]
    sure = likely.actions["draft"] * min((likely.sections[key] for key in drafted), default=1.0)
    if sure < (SURE_WITH_RULES if agreed else SURE) and drafted:
        return [_doubted(drafted, message, likely, sheet)]
    return wishes


def _left_to_rules(message: Message, likely: Likely, rules: Sequence[Wish]) -> bool:
    """Whether the rules know better: of what they work out, and where a message says nothing to do.

    That is one which only names something, refuses all that it names, or points to something that is not there.
    """
    if _worked_out(message, likely, rules):
        return True
    named = message.named
    bare = named.sections and not named.directions and not frames.SIMPLY.sub("", without_years(named)).strip()
    refused = bool(named.sections) and message.refused >= set(named.sections)
    pointless = not named.sections and not message.before and not has_own_topic(named)
    return bool(bare or refused or pointless) and all(wish.action == "unclear" for wish in rules)


def _worked_out(message: Message, likely: Likely, rules: Sequence[Wish]) -> bool:
    """Whether the rules have worked out what is to be drafted and not named (「次」「2も」), or that help is wanted."""
    worked_out = all(wish.action == "draft" and wish.section for wish in rules) and not message.named.sections
    helped = all(wish.action == "help" for wish in rules)
    return (worked_out and likely.actions["draft"] > NOT_UNLIKELY) or (helped and likely.actions["help"] > NOT_UNLIKELY)


def _said_once(wishes: Sequence[Wish], *, several: bool) -> list[Wish]:
    """The wishes without those that a clause of the same order was read as (「課題を。展開方向1です」)."""
    kept: list[Wish] = []
    for wish in wishes:
        others = [one for one in wishes if one.action == wish.action and one is not wish]
        if wish.change and wish.change.kind == "reword" and any(one.change != wish.change for one in others):
            # 「固いなあ。ですます調にして」
            continue
        if wish.action == "draft":
            fuller = any(one.section == wish.section and one.direction for one in others) and wish.direction is None
            again = any((one.section, one.direction) == (wish.section, wish.direction) for one in others if one in kept)
        else:
            fuller = not several and wish.section is None and any(one.section for one in others)
            fuller = fuller and wish.action in ("find", "compare", "check")
            again = False
        if not fuller and not again:
            kept.append(wish)
    return kept


def _choice(message: Message, likely: Likely, rules: Sequence[Wish]) -> _Choice:
    first = max(likely.actions, key=lambda action: likely.actions[action])
    actions = {action for action, share in likely.actions.items() if share > LIKELY}
    read_apart = len({wish.action for wish in rules}) > 1 and {wish.action for wish in rules} <= actions
    if not actions or not (likely.several > LIKELY or read_apart or _all_certain(likely, actions)):
        actions = {first}
    if "unclear" in actions and len(actions) > 1:
        actions = {first} if first == "unclear" else actions - {"unclear"}
    sections = {key for key, share in likely.sections.items() if share > LIKELY}
    if "draft" in actions and not sections:
        best = max(SECTION_KEYS, key=lambda key: likely.sections[key])
        sections = {best} if likely.sections[best] > _FALLBACK else set()
    if actions <= {"revise", "explain"}:
        # of a draft that lies there, a section counts only where it is named
        sections &= set(message.named.sections)
    read = [wish.action for wish in rules]
    order = list(likely.actions)
    return _Choice(
        tuple(sorted(actions, key=lambda action: (read.index(action) if action in read else 99, order.index(action)))),
        _in_order(message, sections),
    )


def _all_certain(likely: Likely, actions: Iterable[Action]) -> bool:
    return all(likely.actions[action] > CERTAIN for action in actions)


def _in_order(message: Message, sections: Iterable[str]) -> tuple[str, ...]:
    """As they are named, those that are not named behind them."""
    at = {key: place.start for place in reversed(message.places) for key in place.keys}
    return tuple(sorted(sections, key=lambda key: (at.get(key, len(message.text)), SECTION_KEYS.index(key))))


def _same(choice: _Choice, rules: Sequence[Wish]) -> bool:
    return {wish.action for wish in rules} == set(choice.actions) and {
        wish.section for wish in rules if wish.section
    } == set(choice.sections)


def _built(
    choice: _Choice, message: Message, sheet: SheetFile, measures: tuple[str, ...], rules: Sequence[Wish]
) -> list[Wish]:
    """The wishes of a choice that the rules did not read; theirs where too little is said for it, none for a revision
    of which no rule knows what is to be changed."""
    if choice.actions == ("unclear",):
        if any(wish.action == "unclear" for wish in rules):
            return [wish for wish in rules if wish.action == "unclear"][:1]
        question = messages.unclear_request(message.text.strip())
        return [ask_back(question, told.options_for_nothing(sheet, message.before), unsaid="all")]
    wishes: list[Wish] = []
    for action in choice.actions:
        places = _places_of(action, choice, rules)
        named = replace(message.named, targets=_targets(message, places))
        wishes += read_as(action, named, sheet, measures, (*message.before, *wishes))
    return wishes or ([] if choice.actions == ("revise",) else list(rules))


def _places_of(action: Action, choice: _Choice, rules: Sequence[Wish]) -> tuple[str, ...]:
    """The sections of one of the actions: beside a draft, which has them all, those that the rules read for it."""
    if action in _PLACELESS:
        return ()
    if action != "draft" and "draft" in choice.actions and len(choice.actions) > 1:
        read = {wish.section for wish in rules if wish.action == action}
        return tuple(key for key in choice.sections if key in read)
    return choice.sections


def _targets(message: Message, sections: Sequence[str]) -> tuple[Target, ...]:
    """What is named of each section, and the directions and years that are named at all for one that is not."""
    targets = message.named.targets
    free = tuple(dict.fromkeys(Target(None, at.direction, at.year) for at in targets))
    if not sections:
        return free
    found: list[Target] = []
    for key in sections:
        own = [at for at in targets if at.section == key]
        found += own or [Target(key, at.direction, at.year) for at in free]
    return tuple(dict.fromkeys(found))


def _doubted(drafted: Sequence[str], message: Message, likely: Likely, sheet: SheetFile) -> Wish:
    """The question which of the two likeliest readings is meant."""
    ranked = sorted(SECTION_KEYS, key=lambda key: -likely.sections[key])
    keys = list(dict.fromkeys([*drafted, *ranked]))[:2]
    other = max(
        (action for action in likely.actions if action not in ("draft", "unclear")),
        key=lambda action: likely.actions[action],
    )
    direction = message.named.directions[0] if message.named.directions else None
    options = tuple(told.draft_request(key) for key in keys)
    if likely.actions[other] > likely.sections[keys[1]]:
        # the doubt is about what to do with the section
        options = (told.draft_request(keys[0]), told.show_request(keys[0], direction))
    titles = [section_label(key, sheet.fiscal_year) for key in dict.fromkeys(drafted)]
    years = message.named.named_years
    return ask_back(
        messages.doubtful_draft(titles),
        options,
        direction=direction,
        year=years[0] if years else None,
        unsaid="all",
    )
