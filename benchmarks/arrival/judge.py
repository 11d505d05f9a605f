"""After the kills: did each notification arrive, under one id, with at most one repetition for each kill?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from benchmarks.arrival.receivers import Accepted, Ledger
from engine.store.database import Database
from engine.store.tables import delivery, notification


@dataclass(slots=True)
class Verdict:
    """What was found; `faults` is empty when everything arrived as it has to."""

    notifications: int = 0
    deliveries: int = 0
    sent: int = 0
    dropped: int = 0
    accepted: int = 0
    events: int = 0  # of webhooks, among the accepted
    repeated: int = 0
    faults: list[str] = field(default_factory=list)


def judge(database: Database, ledger: Ledger, cases: int) -> Verdict:
    """Hold what the receivers wrote down against what the database says was sent."""
    n = notification.c
    with database.read() as db:
        rows = deliveries(db)
        told = db.execute(select(n.event, n.topic, n.recipient_kind, n.recipient)).all()
    states = Counter(row.state for row in rows)
    verdict = Verdict(len(told), len(rows), states["SENT"], states["DROPPED"], len(ledger.accepted))
    verdict.events = sum(one.kind == "webhook" for one in ledger.accepted)
    verdict.faults += [f"{count} deliveries are left {state}" for state, count in states.items() if state not in _DONE]
    twice = Counter((row.event, row.username, row.channel) for row in rows)
    verdict.faults += [f"{key} has {count} deliveries" for key, count in twice.items() if count > 1]
    statutory = {row.recipient for row in told if row.topic == "statutory" and row.recipient_kind == "user"}
    verdict.faults += [f"{cases - len(statutory)} clocks told nobody"] if len(statutory) != cases else []
    verdict.faults += parcel_faults(rows, ledger.accepted)
    _judge_repetitions(ledger.accepted, verdict)
    return verdict


_DONE = ("SENT", "DROPPED")


def deliveries(db: Connection) -> Sequence[Row[Any]]:
    """All of them, each with what it tells of."""
    n = notification.c
    columns = [*delivery.c, n.event, n.topic, n.task_key.label("about_task"), n.process_instance_key.label("of_case")]
    return db.execute(select(*columns).join_from(delivery, notification).order_by(delivery.c.key)).all()


def parcel_faults(rows: Sequence[Row[Any]], accepted: Sequence[Accepted]) -> list[str]:
    """What was sent is what was accepted: the same things, for the same person, under the id of its parcel. `rows` are
    deliveries, with `about_task` and `of_case` of what they tell."""
    faults: list[str] = []
    parcels: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if row.parcel_key is not None:
            parcels[f"<{row.parcel_key}@krabuan>" if row.channel == "mail" else str(row.parcel_key)].append(row)
    got = {one.id: one for one in accepted}
    for one in got.values():
        of = parcels.get(one.id)
        if of is None:
            faults.append(f"{one.kind} {one.id} was accepted, but no parcel has this id")
            continue
        keys = tuple(sorted(row.about_task or row.of_case for row in of))
        if keys != one.keys:
            faults.append(f"{one.kind} {one.id} tells of {one.keys}, its parcel of {keys}")
        if one.kind == "mail" and {f"{row.username}@office.test" for row in of} != {one.receiver}:
            faults.append(f"{one.kind} {one.id} went to {one.receiver}")
        if any(row.state == "DROPPED" for row in of):
            faults.append(f"{one.kind} {one.id} was sent though it was dropped")
    for id_, of in parcels.items():
        if id_ not in got and any(row.state == "SENT" for row in of):
            faults.append(f"the parcel {id_} counts as sent, but nobody got it")
    return faults


def _judge_repetitions(accepted: Sequence[Accepted], verdict: Verdict) -> None:
    """The same content each time; within one life of the service never, after a kill one of each kind of channel."""
    first: dict[tuple[str, str], Accepted] = {}
    lives: set[tuple[str, str, int]] = set()
    repeats: Counter[tuple[str, int]] = Counter()
    for one in accepted:
        known = first.setdefault((one.kind, one.id), one)
        if (one.kind, one.id, one.generation) in lives:
            verdict.faults.append(f"{one.kind} {one.id} came twice without a kill")
        lives.add((one.kind, one.id, one.generation))
        if known is one:
            continue
        verdict.repeated += 1
        repeats[one.kind, one.generation] += 1
        if known.digest != one.digest or known.receiver != one.receiver:
            verdict.faults.append(f"{one.kind} {one.id} is not the same the second time")
    many = {life: count for life, count in repeats.items() if count > 1}
    verdict.faults += [f"{count} {kind}s came again after kill {number}" for (kind, number), count in many.items()]
