"""A storm over a world: load and mischief beside each other, then calm until all is done, then the verdict."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select

from benchmarks.arrival.receivers import Ledger
from benchmarks.chaos.judge import Excused, Verdict, judge, proof_faults
from benchmarks.chaos.load import Load
from benchmarks.chaos.mischief import Mischief
from benchmarks.chaos.plan import Weather, plan
from benchmarks.chaos.world import World, world
from engine.store.database import Database
from engine.store.tables import delivery, job, process_instance

PATIENCE = 300.0  # seconds after the last mischief until the run counts as stuck
LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Storm:
    """`numbers` are the cases that are started evenly over `share` of the weather's time, for so many `people`."""

    seed: int
    numbers: range
    weather: Weather
    roles: Sequence[str]
    people: int
    isolated: bool = False
    share: float = 0.9


@dataclass(slots=True)
class Run:
    """One storm and its figures. `again`: requests that were sent once more; `ended_by_itself`: how often nodes did."""

    network: str = ""
    netem: bool = False
    troubles: dict[str, int] = field(default_factory=dict)
    ended_by_itself: int = 0
    requests: int = 0
    again: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        return asdict(self)


def storm(folder: Path, wanted: Storm) -> Run:
    """Let it go over the world in `folder`, which is made where there is none, and judge."""
    began, run = time.monotonic(), Run()
    ledger = Ledger(Random(wanted.seed + 1), pause=0.1, kept=folder / "mails.jsonl")
    rate = len(wanted.numbers) / (wanted.weather.seconds * wanted.share)
    with world(folder, wanted.roles, ledger, wanted.people, wanted.isolated) as found:
        steps = plan(wanted.seed, wanted.weather, len(wanted.roles))
        load = Load(found.addresses, wanted.numbers, rate, wanted.weather.lease, wanted.people)
        outside = Database(found.postgres.url)
        started = time.time()
        with load, Mischief(found, steps) as mischief:
            until(lambda: mischief.over, wanted.weather.seconds + PATIENCE)
            found.until_served()
            until(lambda: all_is_done(outside, wanted.numbers), PATIENCE)
        for node in found.nodes:
            node.stop()
        excused = _excuse(mischief, found)
        run.verdict = judge(
            outside, wanted.numbers, ledger.accepted, load.diary, excused, wanted.weather.lease, started
        )
        run.verdict.faults += proof_faults(found.postgres.url, folder / "data")
        run.verdict.faults += load.counted.failed
        outside.close()
        run.network, run.netem, run.troubles = found.network, mischief.netem, mischief.counts()
        run.ended_by_itself = sum(len(node.ended_by_itself) for node in found.nodes)
    run.requests, run.again = load.counted.requests, load.counted.again
    run.seconds = round(time.monotonic() - began, 1)
    return run


def _excuse(mischief: Mischief, found: World) -> Excused:
    """Whether something was wrong between two moments."""
    wrong = [(trouble.began, trouble.ended) for trouble in mischief.troubles]
    wrong += [(at, at) for node in found.nodes for at, _ in node.ended_by_itself]
    return lambda begins, ends: any(began <= ends and ended >= begins for began, ended in wrong)


def until(reached: Any, seconds: float) -> None:
    """Returns too when the time is over: the verdict then says what is missing."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not reached():
        time.sleep(LOOK_EVERY)


def all_is_done(database: Database, numbers: range) -> bool:
    """Whether all cases up to the last of these were started and have ended, with their jobs and mails."""
    p, c = process_instance.c, job.c
    open_cases = select(func.count()).where(p.state.in_(("ACTIVE", "SUSPENDED")))
    open_jobs = select(func.count()).where(
        c.process_instance_key.is_not(None), c.kind != "NEW_TASK", c.state.in_(("PENDING", "LOCKED"))
    )
    leaving = select(func.count()).where(delivery.c.state.in_(("PENDING", "PACKED")))
    with database.read() as db:
        begun = db.execute(select(func.count()).select_from(process_instance)).scalar_one()
        left = [db.execute(query).scalar_one() for query in (open_cases, open_jobs, leaving)]
    return begun >= numbers.stop and not any(left)
