"""Searches and history come from a standby of PostgreSQL, never older than the moment of asking, else from the primary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import ProgrammingError

from api.app import create_app
from api.replicas import FROM_REPLICA, health_of, replica_of
from api.runtime import open_runtime
from engine.adapters.passwords import Passwords
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.store import replica as under_test
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.replica import Replica
from tests.api.conftest import Caller, fill
from tests.conftest import PostgresCluster
from tests.proof.notary import TWO
from tests.store.standby import Server, wait_until_true

IS_STANDBY = text("SELECT pg_is_in_recovery()")
COUNT = text("SELECT count(*) FROM told")


@pytest.fixture(scope="module")
def servers(postgres_cluster: PostgresCluster) -> Iterator[tuple[Server, Server]]:
    """A primary and a standby (the session's own server has made the account that they run as)."""
    folder = Path(tempfile.mkdtemp(prefix="krabuan-ha-"))
    folder.chmod(0o755)
    primary = Server(folder / "a")
    standby = Server(folder / "b", of=primary)
    primary.execute("CREATE TABLE told (number int)")
    yield primary, standby
    standby.remove()
    primary.remove()
    folder.rmdir()


@pytest.fixture
def replica(servers: tuple[Server, Server]) -> Iterator[Replica]:
    """Looked after by the test, not by itself."""
    primary = Database(servers[0].url)
    servers[1].start() if not (servers[1].data / "postmaster.pid").exists() else None
    made = Replica(servers[1].url, primary)
    wait_until_true(lambda: well(made))
    yield made
    made.close()
    primary.close()


def well(replica: Replica) -> bool:
    replica.probe()
    return replica.state().fault is None


def standby_answers(replica: Replica) -> bool:
    return replica.ask(lambda db: bool(db.execute(IS_STANDBY).scalar_one()))


def tell(replica: Replica) -> int:
    """Write one row more; how many there are."""
    with replica._primary.write() as db:
        db.execute(text("INSERT INTO told VALUES (1)"))
        return int(db.execute(COUNT).scalar_one())


def test_the_standby_answers(replica: Replica) -> None:
    assert standby_answers(replica)
    assert (replica.state().reached, health_of(replica)[0]["level"]) == (True, "GOOD")


def test_who_wrote_reads_what_was_written_at_once_by_whatever_node(replica: Replica, servers: tuple[Server, Server]) -> None:
    """Four nodes write and ask without a pause; another node that wrote nothing sees it too."""
    other = Replica(servers[1].url, replica._primary)
    wait_until_true(lambda: well(other))

    def node(_: int) -> None:
        for _round in range(50):
            written = tell(replica)
            assert other.ask(lambda db: db.execute(COUNT).scalar_one()) >= written

    with ThreadPoolExecutor(4) as nodes:
        list(nodes.map(node, range(4)))
    wait_until_true(lambda: well(other) and standby_answers(other))
    other.close()


def test_a_standby_that_is_held_up_is_never_shown(replica: Replica, servers: tuple[Server, Server]) -> None:
    """The primary answers, with what was just written; the standby is left alone, and asked again when it follows."""
    servers[1].execute("SELECT pg_wal_replay_pause()")
    try:
        written = tell(replica)
        assert replica.ask(lambda db: (db.execute(COUNT).scalar_one(), db.execute(IS_STANDBY).scalar_one())) == (written, False)
        assert not standby_answers(replica)
    finally:
        servers[1].execute("SELECT pg_wal_replay_resume()")
    wait_until_true(lambda: standby_answers(replica))
    assert replica.ask(lambda db: db.execute(COUNT).scalar_one()) == written


def test_a_standby_that_lags_more_than_the_bound_is_not_asked(servers: tuple[Server, Server]) -> None:
    primary = Database(servers[0].url)
    strict = Replica(servers[1].url, primary, bound=0.2)
    wait_until_true(lambda: well(strict))
    servers[1].execute("SELECT pg_wal_replay_pause()")
    try:
        tell(strict)
        wait_until_true(lambda: not well(strict))
        state, line = strict.state(), health_of(strict)[0]
        assert (state.reached, state.fault, line["level"]) == (True, "it lags more than 0.2 seconds", "WARN")
        assert not standby_answers(strict)
    finally:
        servers[1].execute("SELECT pg_wal_replay_resume()")
    wait_until_true(lambda: well(strict))
    strict.close()
    primary.close()


def test_a_standby_that_dies_in_the_middle_of_an_answer(replica: Replica, servers: tuple[Server, Server]) -> None:
    """The question is asked again, of the primary; the next ones go there at once, until the standby is back."""
    asked: list[bool] = []

    def question(db: Connection) -> Any:
        asked.append(bool(db.execute(IS_STANDBY).scalar_one()))
        if asked[-1]:
            servers[1].stop()
        return db.execute(COUNT).scalar_one()

    written = tell(replica)
    assert replica.ask(question) == written and asked == [True, False]
    assert not standby_answers(replica)
    replica.probe()
    assert (replica.state().reached, health_of(replica)[0]["level"]) == (False, "BAD")
    servers[1].start()
    wait_until_true(lambda: well(replica) and standby_answers(replica))


def test_what_a_standby_cannot_do_the_primary_does(replica: Replica) -> None:
    assert replica.ask(lambda db: db.execute(text("SELECT pg_current_wal_lsn() IS NOT NULL")).scalar_one())


def test_what_is_wrong_is_told(replica: Replica) -> None:
    with pytest.raises(ProgrammingError):
        replica.ask(lambda db: db.execute(text("SELECT nothing FROM nowhere")))


def test_a_server_of_another_database_is_no_replica(replica: Replica, postgres_url: str) -> None:
    other = Replica(postgres_url, replica._primary)
    other.probe()
    assert (other.state().reached, other.state().fault) == (False, "it is no replica of this database")
    assert not standby_answers(other)
    other.close()


def test_a_look_that_is_old_counts_for_nothing(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the one that looks after it hangs itself, as with a server that is frozen."""
    monkeypatch.setattr(under_test, "STALE", -1.0)
    assert replica.state().fault == "it does not answer" and not standby_answers(replica)


def test_it_is_looked_after_by_itself(servers: tuple[Server, Server]) -> None:
    primary = Database(servers[0].url)
    made = replica_of({"KRABUAN_DATABASE_REPLICA": servers[1].url.replace("+psycopg", "")}, primary)
    assert made is not None and not standby_answers(made)  # nobody has looked yet
    made.start()
    wait_until_true(lambda: standby_answers(made))
    made.close()
    primary.close()


def test_searches_and_history_of_the_api_are_asked_of_the_standby(servers: tuple[Server, Server]) -> None:
    """The inbox and what is written are not; and each case is found by who has just started it."""
    upgrade_of(servers[0].url)
    runtime = open_runtime(servers[0].url, hasher=Passwords(8, 1))
    fill(runtime)
    runtime.replica = Replica(servers[1].url, runtime.database)
    runtime.replica.start()
    asked: list[str] = []
    event.listen(runtime.replica._engine, "before_cursor_execute", lambda _db, _cursor, said, *_more: asked.append(said))
    app = create_app(runtime)
    owner, admin = (Caller(app.test_client(use_cookies=False), name) for name in ("owner", "admin"))
    runtime.bus.run(Deploy((Resource("two.bpmn", TWO),)), SYSTEM)
    for number in range(1, 6):
        key = owner.post("/process-instances", {"processDefinitionId": "p"})["processInstanceKey"]
        found = owner.post("/process-instances/search", {})["items"]
        assert len(found) == number and key in {case["processInstanceKey"] for case in found}
        assert owner.get(f"/process-instances/{key}/history")["items"]

    def read_of(table: str) -> bool:
        owner.post("/process-instances/search", {})
        owner.get(f"/process-instances/{key}/history")
        return any(f"FROM {table}" in said for said in asked)

    wait_until_true(lambda: read_of("process_instance") and read_of("history_event"))
    owner.post("/user-tasks/search", {})
    assert not any("FROM task_candidate" in said or "FROM user_task" in said for said in asked)
    line = next(line for line in admin.get("/health")["checks"] if line["check"] == "replica")
    assert line["level"] in ("GOOD", "WARN")
    runtime.close()


def upgrade_of(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.close()


def test_one_that_was_made_a_primary_is_not_asked(servers: tuple[Server, Server]) -> None:
    """It goes its own way. The last test of these servers."""
    primary = Database(servers[0].url)
    made = Replica(servers[1].url, primary)
    wait_until_true(lambda: well(made))
    servers[1].promote()
    assert not standby_answers(made)  # before anybody has looked
    made.probe()
    assert made.state().fault == "it does not follow any more: it is a primary itself"
    made.close()
    primary.close()


def test_only_postgresql_has_replicas(small_office: Any) -> None:
    assert replica_of({}, small_office.database) is None
    for said in ("postgresql://a/b", "sqlite:///a.db", "nonsense"):
        with pytest.raises(OSError, match="KRABUAN_DATABASE_REPLICA"):
            replica_of({"KRABUAN_DATABASE_REPLICA": said}, small_office.database)
    assert health_of(None) == [] and len(FROM_REPLICA) > 10
