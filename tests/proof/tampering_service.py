"""Changes of the service's own events, with all hashes and the head made anew."""

from __future__ import annotations

from random import Random
from typing import Any

import orjson
from sqlalchemy import Connection, text

from tests.proof.forging import Change, rewrite_service
from tests.proof.target import Target, Told


def _covered(target: Target) -> int:
    return target.covered.heads[0][0]


def _pick(target: Target, rng: Random) -> int:
    """The number of a covered event."""
    return rng.randint(1, _covered(target))


def _later(db: Connection, target: Target, change: Change) -> int:
    """Forge; by how much the number of events beyond those covered changes."""
    count = text("SELECT count(*) FROM service_event")
    before = db.execute(count).scalar_one()
    rewrite_service(db, change)
    covered = _covered(target)
    return max(0, int(db.execute(count).scalar_one()) - covered) - max(0, int(before) - covered)


def forge_event(target: Target, db: Connection, rng: Random) -> Told:
    number, name = _pick(target, rng), rng.choice(["actor", "data.entityKey", "type"])

    def change(events: list[dict[str, Any]]) -> None:
        said = events[number - 1]["said"]
        place, key = (said["data"], "entityKey") if name == "data.entityKey" else (said, name)
        place[key] = "forged"

    rewrite_service(db, change)
    wanted = {"what": "changed", "case": 0, "event": number, "field": name}
    return Told("service event forged, hashes anew", [wanted], {0})


def alter_event(target: Target, db: Connection, rng: Random) -> Told:
    number = _pick(target, rng)
    columns = {"actor": "actor", "type": "type", "entity_key": "entityKey", "hash": "hash", "body": "data.entityKey"}
    column, value = rng.choice(list(columns)), "forged"
    if column == "body":
        found = db.execute(text("SELECT body FROM service_event WHERE sequence = :n"), {"n": number}).scalar_one()
        said = orjson.loads(found)
        said["data"]["entityKey"] = "forged"
        value = orjson.dumps(said).decode()
    db.execute(text(f"UPDATE service_event SET {column} = :v WHERE sequence = :n"), {"v": value, "n": number})
    wanted = {"what": "changed", "case": 0, "event": number, "field": columns[column]}
    return Told("service event altered", [wanted], {0})


def delete_event(target: Target, db: Connection, rng: Random) -> Told:
    number, anew = _pick(target, rng), rng.random() < 0.5
    what = {"removed", "changed"} if number == _covered(target) and anew else "removed"
    wanted = {"what": what, "case": 0, "event": number}
    if anew:
        later = _later(db, target, lambda events: events.__delitem__(number - 1))
        return Told("service event deleted, hashes anew", [wanted], {0}, later)
    db.execute(text("DELETE FROM service_event WHERE sequence = :n"), {"n": number})
    return Told("service event deleted", [wanted], {0})


def insert_event(target: Target, db: Connection, rng: Random) -> Told:
    number = _pick(target, rng)

    def change(events: list[dict[str, Any]]) -> None:
        other = rng.choice(events)
        said = {**other["said"], "actor": "somebody-else", "elementInstanceKey": 987_654_321}
        events.insert(number - 1, {**other, "said": said})

    later = _later(db, target, change)
    wanted = {"what": "added", "case": 0, "event": number}
    return Told("service event inserted, hashes anew", [wanted], {0}, later)


def swap_events(target: Target, db: Connection, rng: Random) -> Told:
    number = _pick(target, rng)
    other = rng.choice([n for n in range(1, _covered(target) + 1) if n != number])

    def change(events: list[dict[str, Any]]) -> None:
        first, second = number - 1, other - 1
        events[first], events[second] = events[second], events[first]

    rewrite_service(db, change)
    wanted = {"what": "reordered", "case": 0, "event": {number, other}}
    return Told("service events swapped, hashes anew", [wanted], {0})


def truncate(target: Target, db: Connection, rng: Random) -> Told:
    number = _pick(target, rng)
    later = _later(db, target, lambda events: events.__delitem__(slice(number - 1, None)))
    wanted = [{"what": "removed", "case": 0, "event": n} for n in range(number, _covered(target) + 1)]
    return Told("service events cut, hashes anew", wanted, {0}, later)


CHANGES = (forge_event, alter_event, delete_event, insert_event, swap_events, truncate)
