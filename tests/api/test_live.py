"""Waiting requests: long polls, awaited completion, server-sent events."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from api.app import create_app
from api.connection import watch
from api.live import QUEUED, RESYNC, Announcement, Live
from api.resources.events import _stream
from api.runtime import THREADS, Runtime
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.enter_substitution import EnterSubstitution
from engine.commands.publish_message import PublishMessage
from engine.commands.read_notification import ReadNotification
from engine.model.actor import SYSTEM
from engine.queries.audience import change_of_instance, change_of_task
from engine.queries.instances import search_instances
from engine.queries.search import Search
from engine.queries.tasks import search_tasks
from engine.store.database import Database
from engine.store.tables import notification
from tests.api.conftest import Caller
from tests.api.people import PASSWORD
from tests.api.world import EVERYBODY, World, actor, start

Callers = Callable[[str | None], Caller]


def activation(milliseconds: int) -> dict[str, Any]:
    return {
        "type": "sdk-pack",
        "timeout": 60_000,
        "maxJobsToActivate": 5,
        "worker": "w",
        "requestTimeout": milliseconds,
    }


def test_a_poll_is_held_until_a_job_comes(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    _, task = start(runtime, "late")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(lambda: calling("worker").post("/jobs/activation", activation(20_000)))
        runtime.bus.run(ClaimTask(task), actor(runtime, "ann"))
        runtime.bus.run(CompleteTask(task), actor(runtime, "ann"))
        runtime.bus.run(PublishMessage("paid", "late"), SYSTEM)
        jobs = waiting.result(timeout=20)["jobs"]
    assert [job["variables"]["orderId"] for job in jobs] == ["late"]


def test_no_transaction_is_held_while_a_poll_waits(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(lambda: calling("worker").post("/jobs/activation", activation(700)))
        runtime.live.changed()
        start(runtime, "meanwhile")  # would wait for the writer's lock
        assert waiting.result(timeout=20)["jobs"] == []
    the_one_that_writes = 1  # which is kept, and lies idle
    assert runtime.database.engine.pool.checkedout() == the_one_that_writes  # type: ignore[attr-defined]


def test_a_negative_time_does_not_wait(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runtime.live, "wait", lambda *_: pytest.fail("it waited"))
        assert calling("worker").post("/jobs/activation", activation(-1))["jobs"] == []


def test_too_many_polls_are_told_to_come_back(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    while runtime.polls.take():
        pass
    answer = calling("worker")("POST", "/jobs/activation", activation(0))
    assert (answer.status_code, answer.get_json()["title"]) == (503, "RESOURCE_EXHAUSTED")
    runtime.polls.give_back()
    assert calling("worker").post("/jobs/activation", activation(50))["jobs"] == []


def test_awaiting_completion(calling: Callers) -> None:
    body = {
        "processDefinitionId": "sdk-order",
        "variables": {"orderId": "x"},
        "awaitCompletion": True,
        "requestTimeout": 300,
    }
    late = calling("narrow")("POST", "/process-instances", body)
    assert (late.status_code, late.get_json()["code"]) == (504, "timed-out")
    assert late.get_json()["processInstanceKey"], "it goes on, and the answer says which"


def test_events_reach_only_those_who_may_see(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    ann, ben = (_stream(runtime, actor(runtime, name), lambda: False) for name in ("ann", "ben"))
    next(ann), next(ben)
    runtime.bus.run(ClaimTask(world.task), actor(runtime, "ann"))
    told = next(ann).decode()
    assert told.startswith("event: user-task\n") and f'"userTaskKey":"{world.task}"' in told
    assert '"assignee":"ann"' in told
    for _ in range(QUEUED + 1):
        runtime.live.announce("job", {"type": "x"})
    assert next(ben) == b"event: resync\ndata: {}\n\n", "of the task, Ben is told nothing"
    ann.close()  # type: ignore[attr-defined]
    ben.close()  # type: ignore[attr-defined]


def test_list_and_stream_agree_on_who_may_see(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    with runtime.database.read() as db:
        told = (change_of_task(db, world.task), change_of_instance(db, world.broken))
        for name in EVERYBODY:
            who = actor(runtime, name)
            tasks = {t["userTaskKey"] for t in search_tasks(db, who, Search())["items"]}
            cases = {i["processInstanceKey"] for i in search_instances(db, who, Search())["items"]}
            assert told[0] is not None and told[0][1].includes(who) == (str(world.task) in tasks), name
            assert told[1] is not None and told[1][1].includes(who) == (str(world.broken) in cases), name
        assert change_of_task(db, 1) is None and change_of_instance(db, 1) is None


def test_a_bell_rings_for_who_was_told_and_is_cleared_and_for_nobody_else(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    names = ("ann", "ben", "auditor", "admin")
    streams = {name: _stream(runtime, actor(runtime, name), lambda: False) for name in names}
    for stream in streams.values():
        next(stream)
    runtime.bus.run(EnterSubstitution("cat", "ben", *_weeks(runtime)), SYSTEM)
    rung = b"event: notification\ndata: {}\n\n"
    assert next(streams["ben"]) == rung, "he stands in, and is told so"
    found = search_notifications(runtime.database, "ben")
    runtime.bus.run(ReadNotification(found), actor(runtime, "ben"))
    assert next(streams["ben"]) == rung, "read in another window"
    runtime.bus.run(ReadNotification(found), actor(runtime, "ben"))  # nothing new
    for stream in streams.values():
        stream.close()  # type: ignore[attr-defined]
    to_clerks = {"to": [["group", "clerks"]], "processInstanceKey": world.waiting}

    def rings() -> list[str]:
        announced = Announcement("notification", to_clerks)
        return [name for name in names if announced.shown_to(actor(runtime, name), runtime.database.read) is not None]

    assert rings() == ["ann"]
    runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
    assert rings() == []


def _weeks(runtime: Runtime) -> tuple[datetime, datetime]:
    return runtime.clock.now(), runtime.clock.now() + timedelta(days=7)


def search_notifications(database: Database, username: str) -> int:
    """The key of the one that the person has."""
    with database.read() as db:
        return db.execute(select(notification.c.key).where(notification.c.recipient == username)).scalar_one()


def test_one_look_serves_every_listener(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    statements: list[str] = []
    event.listen(
        runtime.database.engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement)
    )
    announcement = Announcement("user-task", {"userTaskKey": str(world.task)})
    ann, ben = actor(runtime, "ann"), actor(runtime, "ben")
    statements.clear()
    for _ in range(50):
        assert announcement.shown_to(ann, runtime.database.read) is not None
        assert announcement.shown_to(ben, runtime.database.read) is None
    assert len([s for s in statements if s != "BEGIN"]) == 2


def test_streams_leave_threads_for_others(at_work: tuple[Runtime, World]) -> None:
    runtime, _ = at_work
    client = create_app(runtime).test_client()
    opened = []
    while (response := client.get("/v2/events", auth=("ann", PASSWORD))).status_code == 200:
        opened.append(response)
    assert response.status_code == 503 and 1 <= len(opened) <= THREADS // 2
    opened.pop().close()
    again = client.get("/v2/events", auth=("ann", PASSWORD))
    assert (again.status_code, again.content_type) == (200, "text/event-stream")
    for response in (*opened, again):
        response.close()


def test_a_slow_listener_is_told_to_load_again() -> None:
    live = Live()
    with live.listening() as announced:
        for number in range(QUEUED + 1):
            live.announce("user-task", {"n": number})
        assert announced.get_nowait() == RESYNC
        assert announced.empty()


def test_waiting_ends_when_something_changes() -> None:
    live = Live()
    seen: list[int] = []
    waiting = threading.Thread(target=lambda: seen.append(live.wait(0, 20)))
    waiting.start()
    live.changed()
    waiting.join(20)
    assert seen == [1]
    assert live.wait(0, 0.01) == 1


def test_a_client_that_has_gone_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    gone = watch({"gunicorn.socket": ours})
    assert not gone()
    theirs.send(b"GET")
    assert not gone(), "a next request is no farewell"
    ours.recv(3)
    theirs.close()
    assert gone()
    ours.close()
    assert gone()
    assert not watch({})(), "a server that does not tell"


def test_a_job_is_not_handed_to_a_client_that_has_gone(at_work: tuple[Runtime, World]) -> None:
    """A worker that was killed while it waited must not take the next job with it."""
    runtime, _ = at_work
    ours, theirs = socket.socketpair()
    client = create_app(runtime).test_client()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(
            lambda: client.post(
                "/v2/jobs/activation",
                json=activation(20_000),
                auth=("worker", PASSWORD),
                environ_overrides={"gunicorn.socket": ours},
            )
        )
        theirs.close()
        runtime.live.changed()
        assert waiting.result(timeout=10).get_json() == {"jobs": []}
    ours.close()


def test_a_stream_ends_when_its_listener_has_gone(at_work: tuple[Runtime, World]) -> None:
    runtime, _ = at_work
    assert len(list(_stream(runtime, actor(runtime, "ann"), lambda: True))) == 1
