"""What the tables are made of: types of columns, the present time, and rows that never change."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapper
from sqlalchemy.types import DateTime, TypeDecorator
from sqlmodel import Field, SQLModel

LARGEST_ID = 2**31 - 1
"""No id is larger on any database (SQL INTEGER)."""


class AppendOnly(RuntimeError):
    """A row of an append-only table was to be changed or deleted: a bug of the caller."""


class DecimalText(TypeDecorator[Decimal]):
    """A Decimal kept as its digits: exact on every database, and 56.50 stays 56.50."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time, also on SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


def now() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)


def decimal_column() -> Any:
    """A field of a Decimal or None, kept as its digits."""
    return Field(default=None, sa_type=DecimalText)


def time_column() -> Any:
    """A field of the UTC time at which the row is made."""
    return Field(default_factory=now, sa_type=UtcTime)


def json_column(default: type[list[Any]] | type[dict[str, Any]]) -> Any:
    """A field of a JSON list or object, empty at first."""
    return Field(default_factory=default, sa_type=JSON)


def owned_by(table: str) -> Any:
    """A field that points to a row of ``table`` and goes with it."""
    return Field(sa_column=Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True))


def _refuse_change(mapper: Mapper[Any], connection: Any, row: object) -> None:
    raise AppendOnly(f"{type(row).__name__} is append-only")


def append_only(table: type[SQLModel]) -> None:
    """Refuse every change of a row of ``table``, and its deletion (``AppendOnly``)."""
    event.listen(table, "before_update", _refuse_change)
    event.listen(table, "before_delete", _refuse_change)
