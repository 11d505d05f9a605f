"""An office over SQLite and one over PostgreSQL: every test of this folder runs on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from engine.store.database import Database
from engine.store.tables import metadata
from tests.conftest import PostgresCluster
from tests.dsl import Office


def _make_tables(url: str) -> None:
    database = Database(url)
    metadata.create_all(database.engine)
    database.close()


@pytest.fixture
def postgres_with_tables(
    postgres_cluster: PostgresCluster, postgres_template: Callable[[str, Callable[[str], None]], str]
) -> Iterator[str]:
    """The URL of a PostgreSQL database of this test's own that has the tables already."""
    name = postgres_cluster.create(postgres_template("tables", _make_tables))
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An empty office."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_with_tables"
    made = Office(request.getfixturevalue(name))
    yield made
    made.close()
