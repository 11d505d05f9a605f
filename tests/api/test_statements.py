"""How many statements what people do most often needs: whoever adds one sees it here, and says why."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from api.runtime import Runtime
from benchmarks.http.content import FORM, PROCESS
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.store.prepared import driver_of
from tests.api.conftest import Caller

_KIND = re.compile(r"(?P<verb>SELECT|INSERT|UPDATE|DELETE)\b(?:.*?\b(?:FROM|INTO)\b| (?=\w+ SET\b))\s*(?P<table>\w+)", re.DOTALL)
_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+\b|\bNULL\b")
ANSWERS = {"amount": 1200, "note": "ตรวจแล้วถูกต้อง", "checked": True}
COMPLETION = [
    # who it is; the case, locked; what the form is filled in with
    "SELECT person", "SELECT process_instance", "SELECT variable",
    # on PostgreSQL these go in one round trip
    "INSERT element_instance", "INSERT variable", "INSERT user_task", "INSERT task_candidate",
    "UPDATE task_candidate", "INSERT job", "UPDATE job", "INSERT control_point_result", "INSERT history_event",
    "UPDATE process_instance",
]  # fmt: skip

START = [
    # who it is; which version; the case, whose row answers as well how the office's calendars and names stand
    "SELECT person", "SELECT process_definition", "INSERT process_instance",
    "INSERT element_instance", "INSERT variable", "INSERT user_task", "INSERT task_candidate", "INSERT job",
    "INSERT history_event", "UPDATE process_instance",
]  # fmt: skip


@contextmanager
def heard(office: Runtime) -> Iterator[list[str]]:
    """What the driver is given meanwhile, whichever way it comes to it."""
    statements: list[str] = []

    def taken(connection: object, *_about: object) -> None:
        connection.set_trace_callback(statements.append)  # type: ignore[attr-defined]

    def begun(db: Connection) -> None:  # the connection that writes is never given back
        taken(driver_of(db))

    engine = office.database.engine
    event.listen(engine.pool, "checkout", taken)
    event.listen(engine, "begin", begun)
    yield statements
    event.remove(engine.pool, "checkout", taken)
    event.remove(engine, "begin", begun)


def without_inner(statement: str) -> str:
    """What stands in brackets, such as a SELECT within it, is left out."""
    shorter = re.sub(r"\([^()]*\)", "", statement)
    return shorter if shorter == statement else without_inner(shorter)


def kinds(statements: list[str]) -> list[str]:
    """Verb and table of each; the rows of one statement are told by the driver one by one and count once. What a trigger
    does (told after --) and what a full-text table does with its own tables is part of the statement that led to it."""
    sent = [one for one in statements if not one.startswith("--") and "_grams" not in one]
    different = [shape for shape, _ in itertools.groupby(_VALUE.sub("?", one) for one in sent)]
    told = [found for one in different if (found := _KIND.match(without_inner(one)))]
    return [f"{found['verb']} {found['table']}" for found in told]


def test_a_completion_with_everything_on(office: Runtime, caller: Callable[[str | None], Caller]) -> None:
    """By HTTP: account, permission, form, control point, standard time, history. In the order in which they are sent."""
    office.bus.run(Deploy((Resource("bench.bpmn", PROCESS), Resource("bench.form", FORM))), SYSTEM)
    owner = caller("owner")
    for _ in range(2):
        owner.post("/process-instances", {"processDefinitionId": "bench", "variables": {"amount": 5}})
    first, second = (task["userTaskKey"] for task in owner.post("/user-tasks/search", {})["items"])
    for key in (first, second):
        owner.post(f"/user-tasks/{key}/assignment", {"assignee": "owner"})
    owner.post(f"/user-tasks/{first}/completion", {"variables": ANSWERS})  # what all cases share is read once
    with heard(office) as statements:
        owner.post(f"/user-tasks/{second}/completion", {"variables": ANSWERS})
    assert kinds(statements) == COMPLETION
    assert [one.split()[0] for one in statements].count("COMMIT") == 1  # who it is is read without a transaction


def test_a_start(office: Runtime, caller: Callable[[str | None], Caller]) -> None:
    office.bus.run(Deploy((Resource("bench.bpmn", PROCESS), Resource("bench.form", FORM))), SYSTEM)
    owner, wanted = caller("owner"), {"processDefinitionId": "bench", "variables": {"amount": 5}}
    owner.post("/process-instances", wanted)  # what all cases share is read once
    with heard(office) as statements:
        owner.post("/process-instances", wanted)
    assert kinds(statements) == START
