"""What the parts of the writing with a model hand to each other. Values only."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.draft import DraftSentence, Origin
from prompts import Prompted

SlotKind = Literal["figure", "year", "kept", "mark", "person"]
SLOT_LETTERS: dict[SlotKind, str] = {"figure": "F", "year": "Y", "kept": "K", "mark": "M", "person": "P"}
SLOT = re.compile(r"\[\[([FYKMP][0-9]{1,3})\]\]")
HIDDEN = "＿"
"""What stands for a figure in a passage that only shows how things are put: it cannot be asked for."""


@dataclass(frozen=True)
class Slot:
    """A place in a text that the model sees as ``[[F3]]``.

    ``figure``: a figure with its unit, ``origins`` the stored cells or the note that give it (without offsets).
    ``year``: a year as written. ``kept``: other words with a figure in them (names, laws, 「24時間」), kept as they
    are. ``mark``: 【要記入…】 or 【要確認…】. ``person``: data of a person. ``text``: what is put in, as printed.
    ``meaning``: what it stands for, in Japanese words without any figure.
    """

    name: str
    kind: SlotKind
    text: str
    meaning: str
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class MaskedLine:
    """An item of the composer's draft as the model sees it: ``text`` without its item mark, with slots.

    ``key``: by which the answer names it (A, B, …; no figure). ``mark``: its item mark (「・」, "" without).
    ``sentences``: the composer's own, which stay where the model's words do not get through.
    """

    key: str
    text: str
    mark: str
    sentences: tuple[DraftSentence, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in their order, each as often as it stands there."""
        return tuple(SLOT.findall(self.text))


@dataclass(frozen=True)
class Masked:
    """Lines with the slots that stand in them, by name."""

    lines: tuple[MaskedLine, ...]
    slots: Mapping[str, Slot]


FaultKind = Literal[
    "empty", "unknown_slot", "missing_slot", "repeated_slot", "digit", "kanji_figure", "foreign", "prompt_text",
    "comparison", "invented", "lost", "length", "manner", "marks", "checker",
]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Why a line of the model does not get through. ``told``: Japanese, without any figure, for the model to mend."""

    kind: FaultKind
    told: str


@dataclass(frozen=True)
class LanguageModel:
    """Which model writes: ``name`` as the provider calls it, ``address`` where it is (URL or the service's name).

    ``outside``: what is sent to it leaves the city's own network.
    """

    name: str
    provider: str
    address: str
    outside: bool


Speak = Callable[[Prompted], Iterator[str | None]]
"""Messages → pieces of the answer as they come; None: still waiting (at least every second). Closing it stops the
call. Raises ``ModelFailed``."""


CallOutcome = Literal["done", "stopped", "unreachable", "timeout", "empty", "endless", "broken"]


@dataclass(frozen=True)
class Call:
    """One call of a model, for the log. Sizes are characters, ``seconds`` the whole call, ``first`` until its first
    piece (None: none came). ``asked`` and ``answered`` are kept only if the city wants it.
    """

    model: LanguageModel
    prompt: str
    version: int
    sent: int
    received: int
    seconds: float
    first: float | None
    outcome: CallOutcome
    asked: str
    answered: str


def unlogged(call: Call) -> None:
    """For callers that keep no log."""


@dataclass(frozen=True)
class Pen:
    """A model that may be asked. ``log`` is told every call when it has ended, one that was stopped too."""

    model: LanguageModel
    speak: Speak
    log: Callable[[Call], None] = unlogged
