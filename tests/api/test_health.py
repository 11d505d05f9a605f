"""How the service does: each line turns amber or red for what it is about, and counts nothing above one's clearance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from api.runtime import Runtime
from engine.commands.classify_instance import ClassifyInstance
from engine.model.actor import SYSTEM
from engine.queries.health import LEVELS
from engine.store import tables as t
from tests.api.conftest import Caller
from tests.api.world import World, actor

Callers = Callable[[str | None], Caller]
At = tuple[Runtime, World]


def lines(calling: Callers, who: str = "admin") -> dict[str, dict[str, Any]]:
    """The lines of the report by their names."""
    return {line["check"]: line for line in calling(who).get("/health")["checks"]}


def level(calling: Callers, name: str) -> str:
    return str(lines(calling)[name]["level"])


def change(runtime: Runtime, *statements: Any) -> None:
    with runtime.database.write() as db:
        for statement in statements:
            db.execute(statement)


def test_it_is_told_to_administrators_and_auditors_with_versions(at_work: At, calling: Callers) -> None:
    found = calling("auditor").get("/health")
    assert found["versions"].keys() == {"krabuan", "python", "database"}
    assert found["versions"]["database"].startswith(("SQLite", "PostgreSQL"))
    assert {"database", "schema", "clock", "disk"} <= {line["check"] for line in found["checks"]}
    assert found["level"] == max((line["level"] for line in found["checks"]), key=LEVELS.index)
    for who in ("narrow", "ann", "worker"):
        assert calling(who)("GET", "/health").status_code == 403
    assert calling(None)("GET", "/health").status_code == 401


def test_no_line_tells_a_secret(at_work: At, calling: Callers) -> None:
    told = calling("admin")("GET", "/health").text
    url = at_work[0].database.url
    assert str(url.database) not in told
    for line in calling("admin").get("/health")["checks"]:
        assert line.keys() == {"check", "level", "count", "at"}


def test_a_schema_of_another_release_is_red(at_work: At, calling: Callers) -> None:
    assert level(calling, "schema") == "GOOD"
    change(at_work[0], text("UPDATE alembic_version SET version_num = '0001'"))
    assert level(calling, "schema") == "BAD"


def test_alarms_that_lie_behind_are_amber_then_red(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    now = runtime.clock.now()
    change(runtime, delete(t.job).where(t.job.c.kind == "TIMER"))
    row = {"key": 77, "kind": "TIMER", "type": "timer", "state": "PENDING", "payload": {}, "created_at": now,
           "process_instance_key": world.waiting, "due_at": now - timedelta(seconds=30)}  # fmt: skip
    change(runtime, insert(t.job).values(**row))
    seen = []
    for behind in (30, 120, 3600):
        due = {"due_at": now - timedelta(seconds=behind)}
        change(runtime, update(t.job).where(t.job.c.key == 77).values(**due))
        seen.append(level(calling, "alarms"))
    assert seen == ["GOOD", "WARN", "BAD"]
    assert lines(calling)["alarms"]["count"] >= 1


def test_jobs_that_nobody_takes_are_amber(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    before = lines(calling)["jobs"]["count"]
    free = {"state": "PENDING", "created_at": runtime.clock.now() - timedelta(days=1), "locked_until": None}
    change(runtime, update(t.job).where(t.job.c.key == world.job).values(**free))
    found = lines(calling)["jobs"]
    assert (found["level"], found["count"]) == ("WARN", before + 1)


def test_incidents_and_dead_letters_are_amber_until_they_are_settled(at_work: At, calling: Callers) -> None:
    runtime, _ = at_work
    found = lines(calling)
    assert [found[name]["level"] for name in ("incidents", "deadLetters")] == ["WARN", "WARN"]
    assert found["incidents"]["count"] == found["deadLetters"]["count"] == 1
    change(runtime, update(t.incident).values(state="RESOLVED"), update(t.delivery).values(state="SENT"))
    found = lines(calling)
    assert [(found[n]["level"], found[n]["count"]) for n in ("incidents", "deadLetters")] == [("GOOD", 0)] * 2


@pytest.mark.parametrize(("minutes", "expected"), [(1, "GOOD"), (60, "WARN"), (600, "BAD")])
def test_notifications_that_do_not_leave(minutes: int, expected: str, at_work: At, calling: Callers) -> None:
    runtime, _ = at_work
    due = {"state": "PENDING", "due_at": runtime.clock.now() - timedelta(minutes=minutes)}
    change(runtime, update(t.delivery).values(**due))
    assert level(calling, "notifications") == expected


def test_a_clock_that_was_set_back_is_red(at_work: At, calling: Callers) -> None:
    runtime, _ = at_work
    runtime.clock.advance(timedelta(days=365))  # type: ignore[attr-defined]  # the clock of tests
    assert level(calling, "clock") == "GOOD"
    later = runtime.clock.now() + timedelta(hours=1)
    row = {"sequence": 10**6, "key": 78, "at": later, "type": "x", "actor": "x", "entity_key": "", "body": "{}", "hash": ""}
    change(runtime, insert(t.service_event).values(**row))
    assert level(calling, "clock") == "BAD"


def test_what_was_written_is_to_be_signed_soon(at_work: At, calling: Callers) -> None:
    runtime, _ = at_work
    assert level(calling, "checkpoint") == "UNKNOWN"
    row = {"key": 1, "made_at": runtime.clock.now() - timedelta(minutes=1), "instances": 0, "events": 0, "root": "",
           "previous": "", "body": "", "signature": ""}  # fmt: skip
    change(runtime, insert(t.checkpoint).values(**row))
    assert level(calling, "checkpoint") == "GOOD"
    runtime.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]  # the clock of tests
    assert level(calling, "checkpoint") == "BAD"


def test_keys_of_the_api_grow_old(at_work: At, calling: Callers) -> None:
    runtime, _ = at_work
    assert level(calling, "tokens") == "GOOD"
    change(runtime, update(t.api_token).values(made_at=runtime.clock.now() - timedelta(days=400), expires_at=None))
    assert level(calling, "tokens") == "WARN"


def test_what_is_above_ones_clearance_is_not_counted(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    assert actor(runtime, "admin").clearance == 0
    runtime.bus.run(ClassifyInstance(world.broken, "secret"), SYSTEM)
    assert lines(calling)["incidents"]["count"] == 0
