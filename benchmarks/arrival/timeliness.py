"""From the moment when a reminder is due until it stands in the inbox, and until the mail server has its mail.

Reminders fall due at 50 a second against a running service, each for another person. The reference is measured in the
same run: the same mails sent to the same server, one after the other, by a plain loop.
"""

from __future__ import annotations

import random
import smtplib
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import bindparam, select, update

from benchmarks.arrival.content import begin, prepare
from benchmarks.arrival.drive import service
from benchmarks.arrival.receivers import Ledger, post_office
from benchmarks.long.sigkill import database
from engine.bus import Bus
from engine.store.database import Database
from engine.store.tables import job, notification, user_task

PER_SECOND, SECONDS = 50, 40
LEAD = timedelta(seconds=15)  # for the service to start
LATEST = 60.0  # seconds after the last is due
LOOK_EVERY = 0.01  # seconds

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0"
    targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="arrival" name="แจ้งเตือน" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="act" name="ตรวจสอบ">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition assignee="=who"/>
        <zeebe:taskSchedule dueDate="=due_at"/><krabuan:reminder to="performer"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="act"/>
    <bpmn:sequenceFlow id="f2" sourceRef="act" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""


def measure(kind: str) -> dict[str, Any]:
    """The figures for one kind of database; times in milliseconds."""
    ledger = Ledger(random.Random(1), contents=[])
    with database(kind) as url, ExitStack() as stack:
        people = [f"person{n}" for n in range(PER_SECOND * SECONDS)]
        bus = prepare(url, people, 0, process=PROCESS)
        due = _cases(bus, people)
        bus.database.close()
        folder, port = stack.enter_context(TemporaryDirectory()), stack.enter_context(post_office(ledger))
        watch = Database(url)
        stack.callback(watch.close)
        stack.enter_context(service(url, folder, port))
        late = max(0.0, time.time() - min(due.values()))
        inbox = _watch(watch, ledger, due)
        mails = {one.keys[0]: one.at for one in ledger.accepted if one.keys}
        plain = _plainly(port, ledger.contents or [])
    to_mail, to_inbox = _times(due, mails), _times(due, inbox)
    return {
        "due": len(due), "per_second": PER_SECOND, "service_was_late_ms": round(late * 1000), "inbox_ms": to_inbox,
        "mail_ms": to_mail, "plain_mail_ms": plain, "mail_p95_in_plain_mails": round(to_mail["p95"] / plain["p50"], 1),
    }  # fmt: skip


def _cases(bus: Bus, people: list[str]) -> dict[int, float]:
    """A case for each; by task when its reminder is due (seconds of time.time()), from soon on, evenly."""
    far = bus.clock.now() + timedelta(days=1)
    for number, who in enumerate(people):
        begin(bus, number, who, far)
    c = job.c
    with bus.database.write() as db:
        # that they have the tasks is not what is measured
        db.execute(update(job).where(c.kind == "NEW_TASK").values(state="COMPLETED"))
        keys = db.execute(select(c.element_instance_key).where(c.kind == "REMINDER").order_by(c.key)).scalars().all()
        first = datetime.now(UTC) + LEAD
        due = {key: first + timedelta(seconds=number / PER_SECOND) for number, key in enumerate(keys)}
        # the tasks with them: a reminder that comes before its time waits again
        moved = update(job).where(c.kind == "REMINDER", c.element_instance_key == bindparam("of"))
        for table in (moved, update(user_task).where(user_task.c.key == bindparam("of"))):
            wanted = table.values(due_at=bindparam("at", type_=c.due_at.type))
            db.execute(wanted, [{"of": key, "at": at} for key, at in due.items()])
    return {key: at.timestamp() for key, at in due.items()}


def _watch(database: Database, ledger: Ledger, due: dict[int, float]) -> dict[int, float]:
    """When each notification was first seen in the inbox, by task; returns when all mails are there, or it is late."""
    seen: dict[int, float] = {}
    n, last, end = notification.c, 0, max(due.values()) + LATEST
    while time.time() < end and (len(seen) < len(due) or len(ledger.accepted) < len(due)):
        with database.read() as db:
            rows = db.execute(select(n.key, n.task_key).where(n.key > last).order_by(n.key)).all()
        now = time.time()
        for row in rows:
            seen.setdefault(row.task_key, now)
            last = row.key
        threading.Event().wait(LOOK_EVERY)
    return seen


def _plainly(port: int, contents: list[bytes]) -> dict[str, float]:
    """The same mails, one after the other over one connection."""
    times = []
    with smtplib.SMTP("127.0.0.1", port) as server:
        for content in list(contents):
            began = time.perf_counter()
            server.sendmail("krabuan@office.test", ["person@office.test"], content)
            times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {"p50": round(median(times), 2), "p95": round(times[int(len(times) * 0.95)], 2)} if times else {"p50": 0.0}


def _times(due: dict[int, float], there: dict[int, float]) -> dict[str, float]:
    """How long after its moment each was there, in milliseconds; what never came counts as missing."""
    times = sorted((at - due[key]) * 1000 for key, at in there.items() if key in due)
    if not times:
        return {"p50": 0.0, "p95": 0.0, "p99": 0.0, "missing": len(due)}
    at = {f"p{share}": round(times[min(len(times) - 1, len(times) * share // 100)], 1) for share in (50, 95, 99)}
    return {**at, "missing": len(due) - len(times)}
