"""What a message asks for: action, section, direction, years (formats.md, ``shisaku ask --json``). Pure.

Two readings, both without a language model: the rules (``request_rules``) know the form, years and directions and
what a follow-up leaves unsaid; the learnt cues (``reader``) know how people put things. ``reader.choose`` joins them.
"""

from collections.abc import Iterable, Sequence

from assistant.reader.choose import chosen
from assistant.reader.features import LONGEST, message_of
from assistant.reader.likely import likely
from assistant.request_rules import read_or_heard
from assistant.wishes import Action, Change, ChangeKind, Wish
from corpus.sheetfile import SheetFile

__all__ = ["Action", "Change", "ChangeKind", "Wish", "understand"]


def understand(text: str, sheet: SheetFile, measures: Iterable[str] = (), before: Sequence[Wish] = ()) -> list[Wish]:
    """The wishes of a message about the open ``sheet``, in order; at least one (``unclear`` if nothing is understood).

    ``measures``: names of the stored measures, so that another one can be named. ``before``: the wishes of the earlier
    messages of the conversation, oldest first.
    """
    names = tuple(measures)
    read, rules = read_or_heard(text, sheet, names, before)
    if len(text) > LONGEST:
        return rules
    message = message_of(text, read, sheet, before, rules)
    return chosen(message, likely(message), sheet, names, rules)
