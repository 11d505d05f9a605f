"""Requests that arrive at the same moment, on both databases: races start at a barrier, never at a sleep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from api.app import create_app
from api.runtime import Runtime, open_runtime
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from engine.store.migrations import upgrade
from engine.store.tables import process_instance
from tests.api.conftest import fill
from tests.api.people import PASSWORD
from tests.api.world import World, build

AT_ONCE = 6


@pytest.fixture
def busy(database_url: str, clock: TestClock) -> Iterator[tuple[Flask, Runtime, World]]:
    runtime = open_runtime(database_url, clock=clock, hasher=Passwords(8, 1))
    upgrade(runtime.database)
    fill(runtime)
    world = build(runtime)
    yield create_app(runtime), runtime, world
    runtime.close()


def at_once(actions: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment; their results."""
    barrier = threading.Barrier(len(actions))

    def started(action: Callable[[], Any]) -> Any:
        barrier.wait(20)
        return action()

    with ThreadPoolExecutor(len(actions)) as threads:
        return [f.result(30) for f in [threads.submit(started, action) for action in actions]]


def call(app: Flask, username: str, path: str, body: Any, **headers: str) -> Any:
    client = app.test_client(use_cookies=False)
    return client.post(f"/v2{path}", json=body, auth=(username, PASSWORD), headers=headers)


def test_one_of_many_claims_a_task(busy: tuple[Flask, Runtime, World]) -> None:
    app, _, world = busy
    path = f"/user-tasks/{world.task}/assignment"
    people = ["ann", "narrow"] * (AT_ONCE // 2)
    answers = at_once(
        [lambda n=name: call(app, n, path, {"assignee": n, "allowOverride": False}) for name in people]  # type: ignore[misc]
    )
    codes = [answer.status_code for answer in answers]
    winners = {name for name, code in zip(people, codes, strict=True) if code == 204}
    assert len(winners) == 1, "who has it may claim it again; nobody else may"
    assert set(codes) <= {204, 409}


def test_one_of_many_completes_a_task(busy: tuple[Flask, Runtime, World]) -> None:
    app, _, world = busy
    path = f"/user-tasks/{world.task}/completion"
    answers = at_once([lambda n=number: call(app, "ann", path, {"variables": {"n": n}}) for number in range(AT_ONCE)])  # type: ignore[misc]
    assert sorted(answer.status_code for answer in answers) == [204] + [409] * (AT_ONCE - 1)


def test_the_same_request_many_times_is_done_once(busy: tuple[Flask, Runtime, World]) -> None:
    app, runtime, _ = busy
    body = {"processDefinitionId": "sdk-order", "variables": {"orderId": "once"}}
    headers = {"Idempotency-Key": "k"}
    answers = at_once([lambda: call(app, "narrow", "/process-instances", body, **headers)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.get_json()["processInstanceKey"] for answer in answers}) == 1
    with runtime.database.read() as db:
        started = select(func.count()).select_from(process_instance).where(process_instance.c.started_by == "narrow")
        assert db.execute(started).scalar_one() == 1


def test_a_job_goes_to_one_worker(busy: tuple[Flask, Runtime, World]) -> None:
    app, runtime, world = busy
    clock = runtime.clock
    assert isinstance(clock, TestClock)
    clock.advance(timedelta(minutes=2))  # the job of the first worker is free again
    body = {"type": "sdk-pack", "timeout": 60_000, "maxJobsToActivate": 5, "worker": "w", "requestTimeout": -1}
    answers = at_once([lambda: call(app, "worker", "/jobs/activation", body)] * AT_ONCE)
    keys = [job["jobKey"] for answer in answers for job in answer.get_json()["jobs"]]
    assert keys == [str(world.job)]


def test_one_business_id_at_a_time(busy: tuple[Flask, Runtime, World]) -> None:
    app, _, _ = busy
    body = {"processDefinitionId": "sdk-order", "variables": {"orderId": "x"}, "businessId": "กษ ๐๒๐๖/๑"}
    answers = at_once([lambda: call(app, "narrow", "/process-instances", body)] * AT_ONCE)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (AT_ONCE - 1)
    assert {a.get_json()["title"] for a in answers if a.status_code == 409} == {"ALREADY_EXISTS"}


def test_wrong_passwords_at_once_are_all_counted(busy: tuple[Flask, Runtime, World]) -> None:
    app, _, _ = busy
    body = {"username": "ben", "password": "wrong"}
    answers = at_once([lambda: app.test_client().post("/v2/session", json=body)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {401}
    right = app.test_client().post("/v2/session", json={"username": "ben", "password": PASSWORD})
    assert right.status_code == 401, "five wrong ones lock, however they came"
