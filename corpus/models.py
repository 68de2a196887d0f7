"""What is kept: the tables, named after the form (design.md). Every field of the sheet file has its home here.

A sheet is kept as printed that year: the names of measure, policy and indicators belong to the sheet, so a rename
in a later year changes nothing earlier. ``Revision`` and ``AuditEvent`` are append-only: changing or deleting a
row raises ``AppendOnly``. Times are UTC.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, Relationship, SQLModel

from corpus.columns import UtcTime, append_only, decimal_column, json_column, owned_by, time_column


class User(SQLModel, table=True):
    """A person with an account. ``role``: writer, reviewer or admin."""

    __tablename__ = "app_user"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True, index=True)
    display_name: str
    division: str | None = None
    password_hash: str | None = None
    role: str = "writer"
    active: bool = True
    created_at: datetime = time_column()


class Measure(SQLModel, table=True):
    """基本施策. ``identity``: municipality + code (the name where no code is printed); ``name``: as last printed."""

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(unique=True, index=True)
    municipality: str | None = None
    code: str | None = Field(default=None, index=True)
    name: str = Field(index=True)

    sheets: list["Sheet"] = Relationship(
        back_populates="measure", sa_relationship_kwargs={"order_by": "Sheet.fiscal_year"}
    )


class Sheet(SQLModel, table=True):
    """施策マネジメントシート: a measure evaluated for one fiscal year."""

    __table_args__ = (UniqueConstraint("measure_id", "fiscal_year"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    fiscal_year: int = Field(index=True)
    measure_name: str
    plan_name: str | None = None
    plan_start: int | None = None
    plan_end: int | None = None
    policy: str | None = None
    lead_division: str | None = None
    lead_person: str | None = None
    related_divisions: list[str] = json_column(list)
    target: str | None = None
    purpose: str | None = None
    grade_achievement: str | None = None
    grade_trend: str | None = None
    grade_overall: str | None = None
    source_file: str | None = None
    created_at: datetime = time_column()
    updated_at: datetime = time_column()
    # counts the changes of figures and notes, so that two people who save at once are told apart
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # 外部モデルに送らない: nothing of it is sent to a language model outside the city's network
    keep_inside: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    measure: Measure = Relationship(back_populates="sheets")
    directions: list["Direction"] = Relationship(
        sa_relationship_kwargs={"order_by": "Direction.position", "cascade": "all, delete-orphan"}
    )
    indicators: list["Indicator"] = Relationship(
        sa_relationship_kwargs={"order_by": "Indicator.position", "cascade": "all, delete-orphan"}
    )
    costs: list["CostYear"] = Relationship(
        sa_relationship_kwargs={"order_by": "CostYear.fiscal_year", "cascade": "all, delete-orphan"}
    )
    notes: list["YearNote"] = Relationship(
        sa_relationship_kwargs={"order_by": "YearNote.position", "cascade": "all, delete-orphan"}
    )
    sections: list["Section"] = Relationship(sa_relationship_kwargs={"order_by": "Section.id"})
    values_to_confirm: list["ValueToConfirm"] = Relationship(sa_relationship_kwargs={"order_by": "ValueToConfirm.id"})


class Direction(SQLModel, table=True):
    """展開方向 of a sheet."""

    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    position: int
    number: int
    name: str | None = None
    purpose: str | None = None
    means: str | None = None


class Indicator(SQLModel, table=True):
    """対象指標 or 成果指標 of a sheet; ``key`` is its id in the sheet file (``1-ア``)."""

    __table_args__ = (UniqueConstraint("sheet_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    position: int
    key: str
    kind: str
    direction: int | None = None
    label: str | None = None
    name: str
    unit: str | None = None
    source: str | None = None
    better: str | None = None
    decimals: int | None = None

    values: list["IndicatorValue"] = Relationship(
        sa_relationship_kwargs={"order_by": "IndicatorValue.fiscal_year", "cascade": "all, delete-orphan"}
    )
    flags: list["IndicatorFlag"] = Relationship(
        sa_relationship_kwargs={"order_by": "IndicatorFlag.fiscal_year", "cascade": "all, delete-orphan"}
    )


class IndicatorValue(SQLModel, table=True):
    """One cell of the figures table, in the indicator's unit. A row without value: stated as not surveyed."""

    __table_args__ = (UniqueConstraint("indicator_id", "fiscal_year", "series"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = owned_by("indicator")
    fiscal_year: int
    series: str
    value: Decimal | None = decimal_column()


class IndicatorFlag(SQLModel, table=True):
    """What the form says in 達成・未達成 (``achieved``) and 前年度比較 (``improved``)."""

    __table_args__ = (UniqueConstraint("indicator_id", "fiscal_year", "flag"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = owned_by("indicator")
    fiscal_year: int
    flag: str
    value: bool | None = None


class CostYear(SQLModel, table=True):
    """施策コスト of one fiscal year: 千円; ``projects`` and ``hours`` are counts."""

    __table_args__ = (UniqueConstraint("sheet_id", "fiscal_year"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    fiscal_year: int
    projects: Decimal | None = decimal_column()
    national: Decimal | None = decimal_column()
    prefectural: Decimal | None = decimal_column()
    bonds: Decimal | None = decimal_column()
    other: Decimal | None = decimal_column()
    general: Decimal | None = decimal_column()
    program_total: Decimal | None = decimal_column()
    hours: Decimal | None = decimal_column()
    personnel: Decimal | None = decimal_column()
    total: Decimal | None = decimal_column()


class YearNote(SQLModel, table=True):
    """A fact of the year (``corpus.yearfacts``): ``kind``, ``key`` (its id), and the columns of its kind."""

    __table_args__ = (UniqueConstraint("sheet_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    position: int
    kind: str
    key: str
    direction: int | None = None
    text: str | None = None
    date: str | None = None
    who: str | None = None
    answer: str | None = None
    city: str | None = None
    name: str | None = None
    result: str | None = None
    cost: Decimal | None = decimal_column()
    next_step: str | None = None
    figure: Decimal | None = decimal_column()
    unit: str | None = None
    what: str | None = None
    year: int | None = None
    source: str | None = None
    by: str | None = None


class Section(SQLModel, table=True):
    """A narrative of a sheet; its text is that of its newest revision (``revision_id``)."""

    __table_args__ = (UniqueConstraint("sheet_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id", index=True)
    key: str
    # no foreign key: Revision points back at Section, and a cycle of constraints cannot be created in one go
    revision_id: int | None = None

    revision: "Revision" = Relationship(
        sa_relationship_kwargs={
            "primaryjoin": "foreign(Section.revision_id) == Revision.id",
            "viewonly": True,
        }
    )


class Revision(SQLModel, table=True):
    """A text as it stood: append-only. ``origin``: import, edit, draft, restore or check.

    ``based_on``: the one before.
    """

    id: int | None = Field(default=None, primary_key=True)
    section_id: int = Field(foreign_key="section.id", index=True)
    text: str
    author_id: int | None = Field(default=None, foreign_key="app_user.id")
    author_name: str
    created_at: datetime = time_column()
    origin: str
    based_on: int | None = Field(default=None, foreign_key="revision.id")
    draft_id: int | None = Field(default=None, foreign_key="draft.id")


class MeasureLink(SQLModel, table=True):
    """A person's word that from ``first_year`` on a measure continues ``earlier_id`` (None: continues nothing).

    ``kind``: renamed, split, merged, moved, new_plan or separate.
    """

    __table_args__ = (UniqueConstraint("measure_id", "first_year", "earlier_id"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    first_year: int
    earlier_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    kind: str
    note: str = ""
    author_name: str
    created_at: datetime = time_column()


class IndicatorLink(SQLModel, table=True):
    """A person's word that from ``first_year`` on an indicator continues one of earlier sheets (None: none).

    ``key`` and ``earlier_key`` are indicator ids in the sheet files of the two measures.
    """

    __table_args__ = (UniqueConstraint("measure_id", "key", "first_year", "earlier_measure_id", "earlier_key"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    key: str
    first_year: int
    earlier_measure_id: int = Field(foreign_key="measure.id")
    earlier_key: str | None = None
    kind: str
    note: str = ""
    author_name: str
    created_at: datetime = time_column()


class DivisionLink(SQLModel, table=True):
    """A person's word that from ``first_year`` on a division of a municipality continues ``earlier_name``."""

    __table_args__ = (UniqueConstraint("municipality", "name", "earlier_name", "first_year"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality: str = ""
    name: str = Field(index=True)
    earlier_name: str = Field(index=True)
    first_year: int
    kind: str
    note: str = ""
    author_name: str
    created_at: datetime = time_column()


class CitySetting(SQLModel, table=True):
    """What the city set for itself on the settings page (``corpus.city``): a name and its value."""

    name: str = Field(primary_key=True)
    value: dict[str, Any] = json_column(dict)
    updated_at: datetime = time_column()
    author_name: str


class Conversation(SQLModel, table=True):
    """A chat about a sheet."""

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id", index=True)
    created_by: int | None = Field(default=None, foreign_key="app_user.id")
    created_at: datetime = time_column()

    messages: list["Message"] = Relationship(sa_relationship_kwargs={"order_by": "Message.id"})


class Message(SQLModel, table=True):
    """One message. ``role``: user or assistant. ``state``: waiting, running, done, failed or stopped.

    ``text`` grows while the reply is made; ``beat_at`` tells another process whether somebody still works on it.
    """

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    reply_to: int | None = Field(default=None, foreign_key="message.id")
    role: str
    author_id: int | None = Field(default=None, foreign_key="app_user.id")
    author_name: str
    text: str = ""
    state: str = "done"
    understood: list[dict[str, Any]] = json_column(list)
    attachments: dict[str, Any] = json_column(dict)
    created_at: datetime = time_column()
    beat_at: datetime = time_column()


class Draft(SQLModel, table=True):
    """A drafted section; ``base_revision_id`` is the text that stood there when it was asked for.

    ``text_offset``: where in the reply's text it stands (``text[:text_offset]`` comes before it). ``prompts``: those
    that a language model wrote it by (「write@1,mend@1」, "" for the composer).
    """

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="sheet.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    section_key: str
    direction: int | None = None
    text_offset: int = 0
    model: str = "composer"
    prompts: str = Field(default="", sa_column_kwargs={"server_default": ""})
    base_revision_id: int | None = None
    created_at: datetime = time_column()

    sentences: list["DraftSentence"] = Relationship(sa_relationship_kwargs={"order_by": "DraftSentence.position"})


class DraftSentence(SQLModel, table=True):
    """A heading, item or sentence of a draft, in order; ``joined``: it goes on in the same paragraph."""

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", index=True)
    position: int
    text: str
    heading: bool = False
    joined: bool = False
    direction: int | None = None

    origins: list["SentenceOrigin"] = Relationship(sa_relationship_kwargs={"order_by": "SentenceOrigin.id"})


class SentenceOrigin(SQLModel, table=True):
    """Where a sentence, or its figure at ``start:end``, comes from.

    ``kind``: figure (cell = ``row``, ``fiscal_year``, ``series``, ``value``), note (a fact of the year: ``row`` is its
    id), last_year, other_sheet, model or form.
    """

    id: int | None = Field(default=None, primary_key=True)
    sentence_id: int = Field(foreign_key="draftsentence.id", index=True)
    kind: str
    start: int | None = None
    end: int | None = None
    row: str | None = None
    series: str | None = None
    value: Decimal | None = decimal_column()
    measure: str | None = None
    fiscal_year: int | None = None
    section_key: str | None = None
    text: str | None = None


class ValueToConfirm(SQLModel, table=True):
    """A place that a source did not decide (要確認). ``state``: open, resolved or dismissed."""

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    field: str
    candidates: list[str] = json_column(list)
    note: str = ""
    state: str = "open"
    value: str | None = None
    resolved_by: int | None = Field(default=None, foreign_key="app_user.id")
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)


class AuditEvent(SQLModel, table=True):
    """Who did what when: append-only. ``subject`` names the thing, ``detail`` holds before and after."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = time_column()
    actor_id: int | None = Field(default=None, foreign_key="app_user.id")
    actor: str
    action: str = Field(index=True)
    subject: str = Field(index=True)
    detail: dict[str, Any] = json_column(dict)


class Passage(SQLModel, table=True):
    """An item or sentence of a stored text, as the search finds it; rebuilt from the sections at any time."""

    # all that a scope asks of a passage, so that its row and text are not read for it
    __table_args__ = (
        Index("ix_passage_text_hash", "text_hash", "sheet_id", "section_key", "direction"),
        Index("ix_passage_section_key", "section_key", "text_hash", "sheet_id", "direction"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = owned_by("sheet")
    section_key: str
    direction: int | None = None
    position: int
    text: str
    text_hash: str


class LexicalCount(SQLModel, table=True):
    """How many passages hold a token of the lexical index, and how often it stands there; kept with its rows.

    The token "" counts the passages and the length of all of them.
    """

    kind: str = Field(primary_key=True)
    token: str = Field(primary_key=True)
    passages: int
    occurrences: int


class IndexTask(SQLModel, table=True):
    """Outbox of the vector index: a sheet whose passages changed and are not in the index yet."""

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int
    created_at: datetime = time_column()


append_only(Revision)
append_only(AuditEvent)
