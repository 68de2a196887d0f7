"""The wishes that a message is read as. Values only; the reading is in requests."""

from typing import Any, Literal

from pydantic import BaseModel

Action = Literal["draft", "revise", "compare", "check", "find", "figures", "grade", "explain", "help", "unclear"]
Unsaid = Literal["all", "action", "section"]
ChangeKind = Literal[
    "shorter", "longer", "drop", "swap", "first", "order", "bullets", "prose", "plain", "polite", "mention", "reword"
]


class Change(BaseModel):
    """What a revision asks for: ``items`` are 1-based items of the draft (-1: the last), ``words`` what to mention."""

    kind: ChangeKind
    items: tuple[int, ...] = ()
    words: str | None = None


class Wish(BaseModel):
    """One thing that a message asks for.

    ``question`` is what is asked back (action ``unclear``) and ``options`` two messages that would be understood,
    ``note`` what is said before the answer, ``elsewhere`` whether other measures than the open one are meant,
    ``change`` what a revision changes. ``find`` without ``query`` shows the section as it stands. ``unsaid``: what was
    not understood, or is doubtful, where that is why it is asked back (not: a contradiction, or all was refused).
    """

    action: Action
    section: str | None = None
    direction: int | None = None
    year: int | None = None
    against: int | None = None
    measure: str | None = None
    query: str | None = None
    question: str | None = None
    note: str | None = None
    elsewhere: bool = False
    change: Change | None = None
    options: tuple[str, ...] = ()
    unsaid: Unsaid | None = None

    def to_object(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return self.model_dump(exclude={"question", "note", "elsewhere", "change", "options", "unsaid"})
