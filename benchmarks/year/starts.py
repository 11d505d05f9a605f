"""Begin cases as scenarios begin them: by hand, by a message or a signal from outside, by conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from benchmarks.year.chance import dice, some_time
from benchmarks.year.library import Library, Sample
from benchmarks.year.people import People, described, shifted
from engine.calendar.working import WorkingCalendar
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.create_instance import CreateInstance
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.publish_message import PublishMessage
from engine.errors import EngineError
from engine.model.actor import SYSTEM

TRIES = 6


@dataclass(frozen=True, slots=True)
class Begin:
    """The `number`-th case of the year, of this process."""

    at: datetime
    number: int
    process: str


def planned(seed: int, cases: int, library: Library, days: Sequence[date], office: WorkingCalendar) -> list[Begin]:
    """So many cases over the working time of these days, in order; each process has a weight of its own."""
    names = sorted(library.starts)
    weights = [dice(seed, "weight", name).uniform(0.5, 2.0) for name in names]
    found = []
    for number in range(cases if names and days else 0):
        chance = dice(seed, "begin", number)
        [process] = chance.choices(names, weights)
        found.append(Begin(some_time(chance, days, office), number, process))
    return sorted(found, key=lambda begin: (begin.at, begin.number))


def begin(people: People, one: Begin) -> tuple[Sample, int | None] | str:
    """Begin a case. The sample with the key of a case begun by hand, or why the last sample was refused."""
    chance, why = dice(people.seed, "start", one.number), ""
    samples = list(people.library.starts[one.process])
    for sample in chance.sample(samples, min(TRIES, len(samples))):
        try:
            key = None
            for event in sample.what.get("events") or [sample.what]:
                key = _begin(people, one, sample, event) or key
        except EngineError as error:
            why = described(error)
            people.refusals[f"{one.process} start {error.code}"] += 1
        else:
            return sample, key
    return why


def _begin(people: People, one: Begin, sample: Sample, start: Mapping[str, Any]) -> int | None:
    data = shifted(start.get("data") or {}, sample.at, people.world.clock.now())
    who = people.actor(str(start["as"])) if "as" in start else SYSTEM
    if "message" in start:
        key = f"{start['key']}-{one.number}" if start.get("key") else ""
        command: Any = PublishMessage(str(start["message"]), key, int(start.get("timeToLive", 0)), None, data)
    elif "signal" in start:
        command = BroadcastSignal(str(start["signal"]), data)
    elif "evaluate" in start:
        command = EvaluateConditions(shifted(start["evaluate"], sample.at, people.world.clock.now()))
    else:
        named = start.get("businessId")
        business_id = f"{named}-{one.number}" if named else None
        command = CreateInstance(one.process, variables=data, by_form=True, business_id=business_id)
    answer = people.world.bus.run(command, who)
    return int(answer["processInstanceKey"]) if isinstance(command, CreateInstance) else None
