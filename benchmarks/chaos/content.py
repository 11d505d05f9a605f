"""What is there before the storm: the process, an account for programs, clerks, and people who are told by mail."""

from __future__ import annotations

from sqlalchemy import insert, select

from benchmarks.chaos.diagram import DESKS, GROUP, PROCESS, clerk_of, person_of
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables import group_, notification_preference, person, role_grant

OFFICE, PASSWORD = "office", "Srimuang-47-thulium-orbit"
DOMAIN = "office.test"
# of a task that is theirs people hear at once, of one for all of them never
_CHOICES = {"tasks": {"mail": "at-once", "push": "off"}, "open": {"mail": "off", "push": "off"}}
_PREFERENCE = {
    "language": "th", "digest_at": "08:00", "quiet_from": None, "quiet_until": None, "rev": 1, "choices": _CHOICES,
}  # fmt: skip


def prepare(url: str, people: int) -> None:
    """Bring the database to this release's schema and fill it, with so many people, unless that was done before."""
    database = Database(url)
    upgrade(database)
    bus = Bus(database, SystemClock(), Services(Keys(), Definitions(), Passwords()))
    with database.read() as db:
        fresh = db.execute(group_.select().where(group_.c.key == GROUP)).first() is None
    if fresh:
        with database.write() as db:
            group = {"key": GROUP, "th": "เจ้าหน้าที่", "en": "Clerks", "kind": "unit", "parent": None, "head_of": None}
            db.execute(insert(group_), group)
        _accounts(bus, people)
        bus.run(Deploy((Resource("storm.bpmn", PROCESS.encode()),)), SYSTEM)
    database.close()


def _accounts(bus: Bus, people: int) -> None:
    bus.run(AddPerson(OFFICE, "Office", PASSWORD, roles=(("process-owner", "*"), ("client", ""))), SYSTEM)
    for desk in range(DESKS):
        name = clerk_of(desk)
        bus.run(AddPerson(name, name, PASSWORD, groups=(GROUP,), roles=(("staff", ""),)), SYSTEM)
    first = person_of(0, people)
    bus.run(AddPerson(first, first, PASSWORD, email=f"{first}@{DOMAIN}", roles=(("staff", ""),)), SYSTEM)
    p, r = person.c, role_grant.c
    with bus.database.write() as db:
        # a password takes long to hash, and all have the same
        like = dict(db.execute(select(person).where(p.username == first)).mappings().one())
        grant = dict(db.execute(select(role_grant).where(r.username == first)).mappings().one())
        others = [person_of(number, people) for number in range(1, people)]
        if others:
            said = [{"username": name, "display_name": name, "email": f"{name}@{DOMAIN}"} for name in others]
            db.execute(insert(person), [{**like, **one} for one in said])
            db.execute(insert(role_grant), [{**grant, "username": name} for name in others])
        told = [{"username": name, **_PREFERENCE} for name in (first, *others)]
        db.execute(insert(notification_preference), told)
