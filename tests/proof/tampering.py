"""Tamper at random with what checkpoints cover, and see whether verifying names each change.

Every change is made with all rights (the triggers are gone) in a transaction that is rolled back after it was verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson
from sqlalchemy import Connection, text

from engine.history.rows import Rows
from krabuan_verify.findings import Finding
from krabuan_verify.verify import verify
from tests.proof.forging import Change, rewrite
from tests.proof.target import Target

Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What a change was, which cases it touched, and what must be said of it: any finding that fits each of `wanted`."""

    what: str
    wanted: list[dict[str, Any]]
    cases: set[int] = field(default_factory=set)
    later: int = 0  # by how much the number of events that are not covered changes


def tamper(target: Target, seed: int) -> tuple[str, list[str]]:
    """Make the change that belongs to `seed` and undo it; its name, and what was not said of it as it must be."""
    rng = Random(seed)
    with target.office.database.engine.connect() as db, db.begin() as transaction:
        told = rng.choice(CHANGES)(target, db, rng)
        report = verify(Rows(db), target.covered, target.keys)
        transaction.rollback()
    faults = [f"not named: {wanted}" for wanted in told.wanted if not any(_fits(f, wanted) for f in report.findings)]
    faults += [f"not touched: {f}" for f in report.findings if f.case is not None and f.case not in told.cases]
    if report.uncovered != target.baseline.uncovered + told.later:
        faults.append(f"{report.uncovered} later events, not {target.baseline.uncovered + told.later}")
    return told.what, [f"seed {seed}: {told.what}: {fault}" for fault in faults]


def _fits(finding: Finding, wanted: dict[str, Any]) -> bool:
    return all(getattr(finding, name) in (value if isinstance(value, set) else {value}) for name, value in wanted.items())


def run(target: Target, seeds: range) -> tuple[Counter[str], list[str]]:
    """How often which change was made, and what was not said of it as it must be."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for seed in seeds:
        what, found = tamper(target, seed)
        counts[what] += 1
        faults += found
    return counts, faults


# --- changes of history ----------------------------------------------------------------------------------------------


def _pick(target: Target, rng: Random) -> tuple[int, int]:
    """A covered case, and the number of one of its covered events."""
    case = rng.choice([case for case in target.covered.heads if case])
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
    _set_event(db, case, number, **{column: "0" * 64})
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
    ends = {case: len(_original(target, case)) for case in target.covered.heads if case}
    cases = [case for case, end in ends.items() if end > target.covered.heads[case][0]]
    case = rng.choice(cases)
    count = rng.randint(1, ends[case] - target.covered.heads[case][0])
    rewrite(db, case, lambda events: events.__delitem__(slice(-count, None)))
    return Told("later events cut, hashes anew", [], {case}, -count)


# --- changes of documents and checkpoints ----------------------------------------------------------------------------


def alter_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    fields = {"file_name": "fileName", "content_type": "contentType", "sha256": "sha256", "uploaded_by": "uploadedBy"}
    column = rng.choice([*fields, "content"])
    value: Any = b"forged" if column == "content" else "forged"
    db.execute(text(f"UPDATE document SET {column} = :v WHERE id = :id"), {"v": value, "id": id_})
    wanted = {"what": "changed", "case": case, "document": id_, "field": fields.get(column, column)}
    return Told("document altered", [wanted], {case})


def delete_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    db.execute(text("DELETE FROM document WHERE id = :id"), {"id": id_})
    return Told("document deleted", [{"what": "removed", "case": case, "document": id_}], {case})


def move_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    other = rng.choice([key for key in target.covered.heads if key not in (0, case)])
    db.execute(text("UPDATE document SET process_instance_key = :o WHERE id = :id"), {"o": other, "id": id_})
    wanted = [{"what": "removed", "case": case, "document": id_}, {"what": "added", "case": other, "document": id_}]
    return Told("document moved", wanted, {case, other})


def alter_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    fields = {"made_at": "madeAt", "instances": "instances", "events": "events", "root": "root",
              "previous": "previous", "signature": "signature", "body": "body"}  # fmt: skip
    column = rng.choice(list(fields))
    db.execute(text(f"UPDATE checkpoint SET {column} = :v WHERE key = :n"), {"v": 77777, "n": number})
    return Told("checkpoint altered", [{"what": "changed", "checkpoint": number, "field": fields[column]}])


def delete_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    db.execute(text("PRAGMA defer_foreign_keys = ON"))
    db.execute(text("DELETE FROM checkpoint WHERE key = :n"), {"n": number})
    return Told("checkpoint deleted", [{"what": "removed", "checkpoint": number}])


def insert_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    forged = rng.choice([max(target.covered.signed) + 1, 50])
    columns = "made_at, instances, events, root, previous, body, signature"
    statement = f"INSERT INTO checkpoint (key, {columns}) SELECT :f, {columns} FROM checkpoint WHERE key = :n"
    db.execute(text(statement), {"f": forged, "n": number})
    return Told("checkpoint inserted", [{"what": "added", "checkpoint": forged}])


def alter_head(target: Target, db: Connection, rng: Random) -> Told:
    case, events = rng.choice(list(target.covered.index))
    values = {"c": case, "s": events}
    where = "WHERE process_instance_key = :c AND sequence = :s"
    if rng.random() < 0.5:
        db.execute(text(f"DELETE FROM checkpoint_head {where}"), values)
        what = "removed"
    else:
        db.execute(text(f"UPDATE checkpoint_head SET head = 'forged' {where}"), values)
        what = "changed"
    return Told(f"head of checkpoint {what}", [{"what": what, "case": case, "event": events}], {case})


CHANGES: tuple[Callable[[Target, Connection, Random], Told], ...] = (
    forge_event, forge_event, alter_body, alter_column, delete_event, forge_deletion, forge_insertion, forge_swap,
    truncate, cut_later_events, alter_document, delete_document, move_document, alter_checkpoint, delete_checkpoint,
    insert_checkpoint, alter_head,
)  # fmt: skip
