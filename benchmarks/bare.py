"""The bare durable transaction: so many bytes in one row of one table, by the same driver and settings."""

from __future__ import annotations

import time

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from engine.store.database import Database

_metadata = MetaData()
_row = Table("bare", _metadata, Column("id", Integer, primary_key=True), Column("value", Text))
NAME = "a bare durable transaction of the same bytes"


def bare_transactions(url: str, size: int, count: int = 200) -> list[float]:
    """The milliseconds that each of `count` took, one after the other."""
    database, times = Database(url), []
    _metadata.create_all(database.engine)
    try:
        for _ in range(count):
            began = time.perf_counter()
            with database.write() as db:
                db.execute(insert(_row), {"value": "x" * size})
            times.append((time.perf_counter() - began) * 1000)
    finally:
        database.close()
    return times
