"""What is kept of the use of a language model: every call, and the city's consent to send to it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from corpus.columns import UtcTime, append_only, now


class ModelCall(SQLModel, table=True):
    """One call of a language model: append-only. ``prompt`` and ``version``: the prompt file and its version.

    ``sent`` and ``received`` are characters; ``first_seconds``: until the first piece of the answer, None where none
    came. ``outcome``: done, stopped, unreachable, timeout, empty, endless or broken. ``asked`` and ``answered``: the
    contents, None where the city does not keep them.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcTime, index=True)
    actor_id: int | None = Field(default=None, foreign_key="app_user.id")
    actor_name: str
    message_id: int | None = Field(default=None, foreign_key="message.id")
    sheet_id: int | None = Field(default=None, foreign_key="sheet.id", index=True)
    model: str
    provider: str
    address: str
    outside: bool
    prompt: str
    version: int
    sent: int
    received: int
    seconds: float
    first_seconds: float | None = None
    outcome: str
    asked: str | None = None
    answered: str | None = None


class ModelConsent(SQLModel, table=True):
    """The city's consent to send to just this model at this address; it holds until ``withdrawn_at``."""

    id: int | None = Field(default=None, primary_key=True)
    model: str
    provider: str
    address: str
    actor_id: int | None = Field(default=None, foreign_key="app_user.id")
    actor_name: str
    agreed_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcTime)


append_only(ModelCall)
