"""What an answer consists of, event by event. ``Done`` is the last one of a reply that nobody stopped."""

from dataclasses import dataclass
from typing import Any, Literal

from assistant.drafting.draft import DraftSentence
from assistant.wishes import Wish

AttachmentName = Literal[
    "findings", "checked", "passages", "comparison", "figures", "grounds", "options", "notices", "suggestion"
]


@dataclass(frozen=True)
class Understood:
    """The wishes that were read from the message; the first event of every answer."""

    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Status:
    """What the assistant is doing from here on, for people who wait."""

    text: str


@dataclass(frozen=True)
class Words:
    """Words of the assistant about what it does, not part of any draft."""

    text: str


@dataclass(frozen=True)
class DraftBegun:
    """From here on sentences belong to a draft of this section; ``model`` and ``prompts`` of the draft it revises."""

    section: str
    direction: int | None
    model: str
    prompts: str = ""


@dataclass(frozen=True)
class Sentence:
    """The next sentence of the draft."""

    sentence: DraftSentence


@dataclass(frozen=True)
class DraftEnded:
    """The draft begun last is complete: ``model`` wrote it (composer where none of its words got through), by
    ``prompts`` (「write@1」, with commas between them).
    """

    model: str
    prompts: str = ""


@dataclass(frozen=True)
class Beat:
    """A sign of life while a model is waited for; says nothing."""


@dataclass(frozen=True)
class Attachment:
    """Values to be shown beside the words, as JSON values: ``findings`` (of a draft), ``checked`` (of the sheet),
    ``passages``, ``comparison``, ``figures``, ``grounds`` (sentences of a draft with their origins) or ``options``
    (messages to choose from), ``notices`` (what a person must know: ``text``, ``link``: 「model」 or none) or
    ``suggestion`` (other words for a passage that was marked). ``told``: the same in words, for who sees words only.
    """

    name: AttachmentName
    entries: tuple[dict[str, Any], ...]
    told: str = ""


@dataclass(frozen=True)
class Done:
    """Everything that was asked for is answered."""


Event = Status | Words | DraftBegun | Sentence | DraftEnded | Attachment | Beat
ChatEvent = Understood | Event | Done
