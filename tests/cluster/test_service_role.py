"""The account of docs/how-to/prove-the-history.md, which owns nothing, is enough for a node."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import make_url, text

from engine.adapters.queue import ProcrastinateQueue
from engine.jobs.dispatcher import run_rows
from engine.jobs.handing import hand_over
from engine.store import tables as t
from engine.store.database import Database
from tests.cluster.conftest import wait_until_it_is
from tests.cluster.test_queue import WAITS
from tests.dsl import Office
from tests.house.sources import ROOT

ROLE = "krabuan_service"


@pytest.fixture
def served(shared_url: str) -> Iterator[Office]:
    """An office whose engine connects as that account."""
    told = (ROOT / "docs/how-to/prove-the-history.md").read_text(encoding="utf-8")
    (grants,) = re.findall(r"^GRANT USAGE ON SCHEMA.*?;$(?=\n```)", told, re.MULTILINE | re.DOTALL)
    owner = Database(shared_url)
    with owner.write() as db:
        db.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
        for statement in grants.removesuffix(";").split(";\n"):
            db.execute(text(statement))
    office = Office(shared_url)
    office.database.close()
    office.database = Database(make_url(shared_url).set(username=ROLE).render_as_string(hide_password=False))
    office.bus.database = office.database
    yield office
    office.close()
    with owner.write() as db:
        db.execute(text(f"DROP OWNED BY {ROLE}"))
        db.execute(text(f"DROP ROLE {ROLE}"))
    owner.close()


def test_an_account_that_owns_nothing_works_through_the_queue(served: Office) -> None:
    with served.database.read() as db:
        assert db.execute(text("SELECT current_user")).scalar() == ROLE
    served.deploy(WAITS)
    served.start()
    served.clock.advance(timedelta(hours=1))
    queue = ProcrastinateQueue(served.database.conninfo(), lambda keys: run_rows(served.bus, keys))
    assert hand_over(served.bus, queue) == 1
    queue.start()
    try:
        wait_until_it_is(lambda: _fired(served), "the timer fires")
    finally:
        queue.stop()


def _fired(office: Office) -> bool:
    events: list[Any] = office.rows(t.history_event)
    return any(event.type == "timer-fired" for event in events)
