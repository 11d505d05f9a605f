"""Offices for the tests of every room: one over SQLite, one over PostgreSQL. Known through tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from engine.store.database import Database
from engine.store.tables import metadata
from tests.dsl import Office

if TYPE_CHECKING:
    from tests.conftest import PostgresCluster


@pytest.fixture(scope="session")
def postgres_tables(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The URL of a database with the tables, for the tests of this session one after the other."""
    name = postgres_cluster.create()
    url = postgres_cluster.url(name)
    database = Database(url)
    metadata.create_all(database.engine)
    database.close()
    yield url
    postgres_cluster.drop(name)


@pytest.fixture
def emptied_postgres(postgres_tables: str) -> str:
    """That database without a row: emptying it takes a fraction of the time of making one."""
    database = Database(postgres_tables)
    any_row = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in metadata.tables)
    with database.write() as db:
        db.execute(text("SET LOCAL session_replication_role = replica"))  # neither triggers nor foreign keys
        for name in db.execute(text(any_row)).scalars().all():  # TRUNCATE makes a file for every table and index anew
            db.execute(text(f"DELETE FROM {name}"))
    database.close()
    return postgres_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def office_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without rows; a test that takes it runs on both databases."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "emptied_postgres")
    return url


@pytest.fixture
def office(office_url: str) -> Iterator[Office]:
    """An empty office; a test that takes it runs on both databases."""
    made = Office(office_url)
    yield made
    made.close()


@pytest.fixture
def small_office(sqlite_url: str) -> Iterator[Office]:
    """An empty office over SQLite alone, for tests of what no database has a part in."""
    made = Office(sqlite_url)
    yield made
    made.close()
