"""Changes of histories of cases: what they write is forged, deleted, inserted, swapped, cut."""

from __future__ import annotations

from random import Random
from typing import Any

import orjson
from sqlalchemy import Connection, text

from tests.proof.forging import Change, rewrite
from tests.proof.target import Row, Target, Told


def _pick(target: Target, rng: Random) -> tuple[int, int]:
    """A covered case, and the number of one of its covered events."""
    case = rng.choice(target.cases)
    return case, rng.randint(1, target.covered.heads[case][0])


def _later(target: Target, db: Connection, case: int, change: Change) -> int:
    """Forge a case; by how much the number of its events beyond those covered changes."""
    before = len(target.events(db, case))
    rewrite(db, case, change)
    covered = target.covered.heads[case][0]
    return max(0, len(target.events(db, case)) - covered) - max(0, before - covered)


def _field_of(rng: Random, said: Row) -> str:
    names = ["at", "type", "actor", "onBehalfOf", *(f"data.{name}" for name in said["data"])]
    return rng.choice(names)


def _alter(said: Row, name: str) -> None:
    place, key = (said["data"], name[5:]) if name.startswith("data.") else (said, name)
    place[key] = "2020-01-01T00:00:00.000000Z" if place[key] != "2020-01-01T00:00:00.000000Z" else "x"


def forge_event(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    names: list[str] = []

    def change(events: list[Row]) -> None:
        names.append(_field_of(rng, events[number - 1]["said"]))
        _alter(events[number - 1]["said"], names[0])

    rewrite(db, case, change)
    wanted = {"what": "changed", "case": case, "event": number, "field": names[0]}
    return Told("event forged, hashes anew", [wanted], {case})


def alter_body(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    said = orjson.loads(target.events(db, case)[number - 1]["body"])
    name = _field_of(rng, said)
    _alter(said, name)
    _set_event(db, case, number, body=orjson.dumps(said).decode())
    return Told("body altered", [{"what": "changed", "case": case, "event": number, "field": name}], {case})


def alter_column(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    columns = {"at": "at", "type": "type", "actor": "actor", "on_behalf_of": "onBehalfOf", "hash": "hash"}
    column = rng.choice(list(columns))
    _set_event(db, case, number, **{column: "0" * 20})
    wanted = {"what": "changed", "case": case, "event": number, "field": columns[column]}
    return Told("column altered", [wanted], {case})


def _set_event(db: Connection, case: int, number: int, **values: Any) -> None:
    said = ", ".join(f"{name} = :{name}" for name in values)
    where = "process_instance_key = :case_ AND sequence = :number_"
    db.execute(text(f"UPDATE history_event SET {said} WHERE {where}"), {**values, "case_": case, "number_": number})


def delete_event(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    wanted = {"what": "removed", "case": case, "event": number}
    where = "process_instance_key = :case AND sequence = :number"
    db.execute(text(f"DELETE FROM history_event WHERE {where}"), {"case": case, "number": number})
    return Told("event deleted", [wanted], {case})


def forge_deletion(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    later = _later(target, db, case, lambda events: events.__delitem__(number - 1))
    # a later event in the place of the last one that is covered may as well be that one, changed
    what = {"removed", "changed"} if number == target.covered.heads[case][0] else "removed"
    wanted = {"what": what, "case": case, "event": number}
    return Told("event deleted, hashes anew", [wanted], {case}, later)


def forge_insertion(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)

    def change(events: list[Row]) -> None:
        other = rng.choice(events)
        events.insert(number - 1, {**other, "said": {**other["said"], "actor": "somebody-else"}})

    later = _later(target, db, case, change)
    return Told("event inserted, hashes anew", [{"what": "added", "case": case, "event": number}], {case}, later)


def forge_swap(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    covered = target.covered.heads[case][0]
    other = rng.choice([n for n in range(1, covered + 1) if n != number])

    def change(events: list[Row]) -> None:
        first, second = number - 1, other - 1
        events[first], events[second] = events[second], events[first]

    rewrite(db, case, change)
    wanted = {"what": "reordered", "case": case, "event": {number, other}}
    return Told("events swapped, hashes anew", [wanted], {case})


def truncate(target: Target, db: Connection, rng: Random) -> Told:
    case, number = _pick(target, rng)
    later = _later(target, db, case, lambda events: events.__delitem__(slice(number - 1, None)))
    cut = range(number, target.covered.heads[case][0] + 1)
    wanted: list[dict[str, Any]] = [{"what": "removed", "case": case, "event": n} for n in cut]
    gone = {row["data"]["document"] for row in _added(target, case) if row["sequence"] >= number}
    wanted += [{"what": "added", "case": case, "document": id_} for id_ in gone]
    return Told("history truncated, hashes anew", wanted, {case}, later)


def _added(target: Target, case: int) -> list[Row]:
    rows = [orjson.loads(row["body"]) for row in _original(target, case)]
    return [row for row in rows if row["type"] == "document-added"]


def _original(target: Target, case: int) -> list[Row]:
    with target.office.database.read() as db:
        return target.events(db, case)


def cut_later_events(target: Target, db: Connection, rng: Random) -> Told:
    """What no checkpoint covers yet can go unnamed, and is counted."""
    ends = {case: len(_original(target, case)) for case in target.cases}
    cases = [case for case, end in ends.items() if end > target.covered.heads[case][0]]
    case = rng.choice(cases)
    count = rng.randint(1, ends[case] - target.covered.heads[case][0])
    rewrite(db, case, lambda events: events.__delitem__(slice(-count, None)))
    return Told("later events cut, hashes anew", [], {case}, -count)


CHANGES = (
    forge_event, forge_event, alter_body, alter_column, delete_event, forge_deletion, forge_insertion, forge_swap,
    truncate, cut_later_events,
)  # fmt: skip
