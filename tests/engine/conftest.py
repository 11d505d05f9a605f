"""An office over SQLite and one over PostgreSQL: every test of this folder runs on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from engine.store.database import Database
from engine.store.tables import metadata
from tests.conftest import PostgresCluster
from tests.dsl import Office


@pytest.fixture(scope="session")
def postgres_tables(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The URL of a database with the tables, for the tests of this folder one after the other."""
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
    with database.write() as db:
        db.execute(text("TRUNCATE " + ", ".join(metadata.tables)))
    database.close()
    return postgres_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An empty office."""
    name = "sqlite_url" if request.param == "sqlite" else "emptied_postgres"
    made = Office(request.getfixturevalue(name))
    yield made
    made.close()
