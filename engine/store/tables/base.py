"""What all tables share: the metadata, and how moments and JSON are stored.

Moments are text in UTC, ISO 8601 with microseconds and `Z` (fixed width, so that text order is time
order on both databases). JSON is text: PostgreSQL's JSONB reorders keys.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


@lru_cache(1024)  # a command writes its own moment dozens of times
def moment_text(value: datetime) -> str:
    """`2026-04-10T09:00:00.000000Z`; `value` is aware."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as `2026-04-10T09:00:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value stored as text, keys in the order given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


# 64 bits on both databases; by this name SQLite takes it for the number of the row itself, which saves an index
KEY = BigInteger().with_variant(Integer(), "sqlite")


def key_column(name: str = "key") -> Column[int]:
    return Column(name, KEY, primary_key=True, autoincrement=False)


def instance_column(name: str = "process_instance_key", **kw: Any) -> Column[int]:
    return Column(name, BigInteger, ForeignKey("process_instance.key"), **kw)
