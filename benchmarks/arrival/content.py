"""Cases that tell people something at a moment of their own: a clock of the law its performer, a due time a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert

from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.add_webhook import AddWebhook
from engine.commands.allow_host import AllowHost
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM, Actor
from engine.ports import Vault
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables import group_, membership, notification_preference, person

WITNESSES = "witnesses"
TERM = timedelta(hours=1)
OWNER = Actor("owner", roles=frozenset({"process-owner"}), owned=frozenset({"*"}))

PROCESS = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0"
    targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="arrival" name="แจ้งเตือน" isExecutable="true">
    <bpmn:extensionElements>
      <krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT1H" stoppedBy="act">
        <krabuan:text lang="th">แจ้งสำนักงาน</krabuan:text><krabuan:text lang="en">Notify the office</krabuan:text>
      </krabuan:deadline>
      <krabuan:reminder deadline="dl" to="performer"/>
    </bpmn:extensionElements>
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="act" name="แจ้ง">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition assignee="=who" candidateGroups="{WITNESSES}"/>
        <zeebe:taskSchedule dueDate="=due_at"/><krabuan:reminder to="group"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="act"/>
    <bpmn:sequenceFlow id="f2" sourceRef="act" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""


def prepare(
    url: str, people: Sequence[str], witnesses: int, unwilling: frozenset[str] = frozenset(), process: str = PROCESS,
    vault: Vault | None = None,
) -> Bus:  # fmt: skip
    """A database with the process and people with addresses, of whom nobody has quiet hours or wants to hear of what
    is assigned; the `unwilling` want no mails. `witnesses` are the members of the group."""
    database = Database(url)
    upgrade(database)
    bus = Bus(database, SystemClock(), Services(Keys(), Definitions(), Passwords(), vault=vault))
    group = [f"witness{n}" for n in range(witnesses)]
    silent = {topics: {"mail": "off", "push": "off"} for topics in ("tasks", "open")}
    deaf = silent | {topics: {"mail": "off", "push": "off"} for topics in ("reminders", "messages", "statutory")}
    with database.write() as db:
        kind = {"kind": "unit", "parent": None, "head_of": None}
        db.execute(insert(group_), {"key": WITNESSES, "th": "พยาน", "en": "Witnesses", **kind})
        for name in (*people, *group):
            said = {"username": name, "display_name": name, "email": f"{name}@office.test", "active": True}
            db.execute(insert(person), said)
            chosen = {"language": "th", "digest_at": "08:00", "quiet_from": None, "quiet_until": None, "rev": 1}
            choices = deaf if name in unwilling else silent
            db.execute(insert(notification_preference), {"username": name, "choices": choices, **chosen})
        for name in group:
            db.execute(insert(membership), {"group_key": WITNESSES, "username": name})
    bus.run(Deploy((Resource("arrival.bpmn", process.encode()),)), SYSTEM)
    return bus


def add_receiver(bus: Bus, port: int) -> str:
    """A webhook of this machine that gets what a law sets a term; returns its secret."""
    bus.run(AllowHost("127.0.0.1", "the receiver of this run", port, "http", private=True), SYSTEM)
    added = bus.run(AddWebhook("receiver", f"http://127.0.0.1:{port}/", ("statutory",)), SYSTEM)
    return str(added["secret"])


def begin(bus: Bus, number: int, who: str, due_at: datetime) -> None:
    """A case whose clock and whose task are due at that moment (aware)."""
    said = {"who": who, "aware_at": (due_at - TERM).isoformat(), "due_at": due_at.isoformat()}
    bus.run(CreateInstance("arrival", variables=said, business_id=f"A-{number}"), OWNER)
