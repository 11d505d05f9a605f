"""A database that several nodes share, with the schema that migrations make: the queue's tables are part of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.adapters.keys import Keys
from engine.store.database import Database
from engine.store.migrations import upgrade
from tests.dsl import Office

if TYPE_CHECKING:
    from tests.conftest import PostgresCluster

PATIENCE = 60.0  # seconds that something is waited for; a machine under load is slow, not wrong


def wait_until_it_is(found: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def _migrated(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.close()


@pytest.fixture
def shared_url(
    postgres_cluster: PostgresCluster, postgres_template: Callable[[str, Callable[[str], None]], str]
) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database of this test's own."""
    name = postgres_cluster.create(postgres_template("migrated", _migrated))
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture
def shared(shared_url: str) -> Iterator[Office]:
    """An office over it; its clock is moved by hand, and threads may act in it beside each other."""
    made = Office(shared_url)
    made.bus.services = replace(made.bus.services, keys=Keys())
    yield made
    made.close()
