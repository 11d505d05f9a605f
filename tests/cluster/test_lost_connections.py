"""PostgreSQL goes away at any moment: what was not committed was not done, and what may have been is said to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import InvalidState
from engine.store import tables as t
from engine.store.database import Database
from engine.store.lost import OutcomeUnknown, Unreachable
from engine.store.prepared import driver_of
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

TASK = diagram(node("startEvent", "s") + user("u") + flows("s u"))
# and waits until they have ended
CUT = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)


@pytest.fixture
def cut(shared: Office) -> Iterator[Callable[[], None]]:
    """`cut()` ends every connection that the office has."""
    other = Database(shared.database.url.render_as_string(hide_password=False))

    def end_all() -> None:
        with other.write() as db:
            db.execute(text(CUT))

    yield end_all
    other.close()


@contextmanager
def before_commit(office: Office, happens: Callable[[], None], times: int = 1) -> Iterator[None]:
    """It happens just before the next commits are sent."""
    left = [happens] * times

    def commit(_db: Connection) -> None:
        if left:
            left.pop()()

    event.listen(office.database.engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(office.database.engine, "commit", commit)


def test_connections_that_died_in_the_pool_are_replaced_unseen(shared: Office, cut: Callable[[], None]) -> None:
    shared.deploy(TASK)
    cut()
    shared.start()
    cut()
    assert len(shared.rows(t.user_task)) == 1


def test_a_command_whose_connection_is_cut_before_it_commits_is_done_anew(shared: Office, cut: Callable[[], None]) -> None:
    shared.deploy(TASK)
    shared.start()
    real, cuts = ClaimTask.told, [cut]

    def told(command: ClaimTask) -> dict[str, Any]:
        if cuts:
            cuts.pop()()
        return real(command)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ClaimTask, "told", told)
        shared.run(ClaimTask(shared.task("u").key), OWNER)
    assert not cuts and shared.task("u").assignee == OWNER.id
    assert [e.type for e in shared.rows(t.history_event)].count("user-task-claimed") == 1


def test_a_transaction_that_was_cut_changed_nothing(shared: Office, cut: Callable[[], None]) -> None:
    with pytest.raises(Unreachable), shared.database.write() as db:
        db.execute(t.setting.insert().values(name="a", value="b"))
        cut()
        db.execute(text("SELECT 1"))
    assert "a" not in {row.name for row in shared.rows(t.setting)}


def test_who_reads_is_told_that_nothing_was_done(shared: Office, cut: Callable[[], None]) -> None:
    with pytest.raises(Unreachable), shared.database.read() as db:
        cut()
        db.execute(text("SELECT 1"))


@pytest.mark.parametrize("kind", ["write", "read", "look"])
def test_who_is_stuck_between_statements_sent_at_once_is_cut_off(shared: Office, kind: str) -> None:
    """So libpq leaves one that was cut while it sent several: told that the server ends, and not yet closed."""
    opened = getattr(shared.database, kind)
    with pytest.raises(Unreachable), opened() as db:
        driver = driver_of(db)
        driver.pgconn.enter_pipeline_mode()
        driver.pgconn.send_query_params(b"SELECT 1", None)
        db.execute(text("SELECT 1"))
    assert driver.closed, "it does not go back to the others"
    with opened() as db:
        assert db.execute(text("SELECT 1")).scalar() == 1


def test_what_is_cut_while_it_commits_may_have_been_done(shared: Office, cut: Callable[[], None]) -> None:
    shared.deploy(TASK)
    shared.start()
    key = shared.task("u").key
    with before_commit(shared, cut), pytest.raises(OutcomeUnknown):
        shared.run(ClaimTask(key), OWNER)


def test_with_an_idempotency_key_it_is_done_once_however_it_went(shared: Office, cut: Callable[[], None]) -> None:
    shared.deploy(TASK)
    shared.start()
    key = shared.task("u").key
    shared.run(ClaimTask(key), OWNER)
    with before_commit(shared, cut):
        shared.run(CompleteTask(key), OWNER, idempotency="once")
    shared.run(CompleteTask(key), OWNER, idempotency="once")
    with pytest.raises(InvalidState):
        shared.run(CompleteTask(key), OWNER)
    assert [e.type for e in shared.rows(t.history_event)].count("user-task-completed") == 1


def test_a_database_that_is_not_there_is_unreachable() -> None:
    nowhere = Database("postgresql+psycopg://postgres@127.0.0.1:1/nowhere")
    with pytest.raises(Unreachable), nowhere.write():
        pass
    with pytest.raises(Unreachable), nowhere.read():
        pass
    nowhere.close()


def test_nobody_waits_for_ever_for_what_a_frozen_node_holds(shared: Office) -> None:
    """The server itself ends the transaction of a node that says nothing for a minute, and a wait for a lock sooner."""
    with shared.database.read() as db:
        asked = "SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout')"
        assert tuple(db.execute(text(asked)).one()) == ("1min", "15s")


def test_what_the_url_says_holds(shared_url: str) -> None:
    there = "&" if "?" in shared_url else "?"
    own = Database(f"{shared_url}{there}options=-c%20lock_timeout%3D3s&connect_timeout=7")
    with own.read() as db:
        assert db.execute(text("SELECT current_setting('lock_timeout')")).scalar() == "3s"
    assert "connect_timeout=7" in own.conninfo()
    own.close()
