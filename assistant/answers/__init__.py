"""The answers that write no draft, as events. They read the database through their context and write nothing."""

from collections.abc import Callable, Iterator

from assistant.answers.check import check
from assistant.answers.compare import compare
from assistant.answers.context import ChatContext, OpenIndex, OpenPen, no_index, no_pen
from assistant.answers.events import (
    Attachment,
    Beat,
    ChatEvent,
    Done,
    DraftBegun,
    DraftEnded,
    Event,
    Sentence,
    Status,
    Understood,
    Words,
)
from assistant.answers.explain import explain
from assistant.answers.figures import figures, grade
from assistant.answers.find import find
from assistant.wishes import Wish
from corpus import messages

__all__ = [
    "Attachment",
    "Beat",
    "ChatContext",
    "ChatEvent",
    "Done",
    "DraftBegun",
    "DraftEnded",
    "Event",
    "OpenIndex",
    "OpenPen",
    "Sentence",
    "Status",
    "Understood",
    "Words",
    "answer",
    "no_index",
    "no_pen",
    "refused",
]


def refused(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """Why a wish cannot be answered as it is: it is unclear, or speaks of what the open sheet does not have."""
    if wish.action == "unclear":
        yield Words(wish.question or messages.unclear_request(""))
        if wish.options:
            yield Attachment("options", tuple({"text": option} for option in wish.options))
    elif wish.measure is not None and wish.action != "find":
        yield Words(messages.open_other_sheet(wish.measure))
    elif wish.direction is not None and context.sheet.directions and context.sheet.direction(wish.direction) is None:
        yield Words(messages.no_such_direction(wish.direction, [entry.number for entry in context.sheet.directions]))


def answer(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The events of the answer to a wish that asks for no draft."""
    yield from _ANSWERS[wish.action](wish, context)


def _help(wish: Wish, context: ChatContext) -> Iterator[Event]:
    yield Words(messages.help_reply())


_ANSWERS: dict[str, Callable[[Wish, ChatContext], Iterator[Event]]] = {
    "check": check,
    "compare": compare,
    "find": find,
    "figures": figures,
    "grade": grade,
    "explain": explain,
    "help": _help,
}
