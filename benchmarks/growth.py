"""What lies behind a case: rounds of a loop, items of a multi-instance activity, its history; by the bus and the API.

A late step is measured turn by turn with an early one of another case, so that both meet the same machine.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from sqlalchemy import func, select

from benchmarks.http.load import send_all
from benchmarks.http.office import HEADERS, PERSON, prepare, serving
from benchmarks.long.sigkill import database
from benchmarks.loops import shapes
from benchmarks.rows import Goal, Row, row, spread
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.history.verify import verify_instance
from engine.store.database import Database
from engine.store.tables import history_event, process_instance, user_task

ROUNDS, ITEMS, EVENTS = 1_000, 5_000, 50_000
SCRIPTS = 20  # tasks between two tasks of a person, so that a history of many events is soon written
COMPARED, FRESH = 50, 10  # steps that are compared; cases that these early ones are of, at most
PAGE, PAGES = 100, 200
ROUND_AGAINST, ITEM_AGAINST, PAGE_MS, VERIFY_S = 1.2, 1.5, 20.0, 2.0


class Line:
    """A case whose task is completed again and again."""

    def __init__(self, bus: Bus, process_id: str, variables: dict[str, Any]) -> None:
        self._bus, self.number, self._last = bus, 0, 0
        made = bus.run(CreateInstance(process_id, variables=variables), PERSON)
        self.key = int(made["processInstanceKey"])

    def step(self) -> float:
        """Complete the next task; returns the milliseconds of the command."""
        u = user_task.c
        with self._bus.database.read() as db:
            query = select(u.key).where(u.process_instance_key == self.key, u.key > self._last).order_by(u.key)
            self._last = db.execute(query.limit(1)).scalar_one()
        self.number += 1
        began = time.perf_counter()
        self._bus.run(CompleteTask(self._last, {"n": self.number}), PERSON)
        return (time.perf_counter() - began) * 1000

    def until(self, number: int) -> None:
        """Have so many steps behind."""
        while self.number < number:
            self.step()

    def told(self, column: Any) -> int:
        """A figure of the case's row."""
        with self._bus.database.read() as db:
            found: int = db.execute(select(column).where(process_instance.c.key == self.key)).scalar_one()
        return found


def measure(kind: str, rounds: int = ROUNDS, items: int = ITEMS, events: int = EVENTS) -> dict[str, Any]:
    """The figures for one kind of database."""
    made = shapes(1 << 30, items)
    files = {name: shape.xml for name, shape in made.items()} | {"long": _long(made["loop"].xml)}
    with database(kind) as url:
        bus = prepare(url, *(Resource(f"{name}.bpmn", _named(xml, name)) for name, xml in files.items()))
        looped, state = _loop(bus, kind, rounds)
        several = [_several(bus, kind, name, made[name].variables, items) for name in ("sequential", "parallel")]
        long = Line(bus, "long", {"n": 0})
        while long.told(process_instance.c.history_sequence) < events:
            long.until(long.number + 10)
        past = _past(bus, kind, long, url)
        bus.database.close()
    return {"rows": [looped, *several, *past], "stateBytes": state}


def _named(xml: bytes, process_id: str) -> bytes:
    return xml.replace(b'<bpmn:process id="p"', f'<bpmn:process id="{process_id}"'.encode())


def _long(loop: bytes) -> bytes:
    """The loop with tasks of the engine's own after the task of the person."""
    tasks = "".join(
        f'''<bpmn:scriptTask id="x{n}"><bpmn:extensionElements><zeebe:script expression="=n" resultVariable="m{n}"/>
        </bpmn:extensionElements></bpmn:scriptTask><bpmn:sequenceFlow id="fx{n}" sourceRef="x{n}"
        targetRef="{"g" if n == SCRIPTS else f"x{n + 1}"}"/>'''
        for n in range(1, SCRIPTS + 1)
    )
    straight = b'<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/>'
    return loop.replace(straight, straight.replace(b'"g"', b'"x1"') + tasks.encode())


def _turns(early: Iterator[Line], late: Line, steps: int) -> tuple[list[float], list[float]]:
    pairs = [(next(early).step(), late.step()) for _ in range(steps)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _loop(bus: Bus, kind: str, rounds: int) -> tuple[Row, dict[str, int]]:
    """The row, and the bytes of the case's state after the tenth and after the last round."""
    size = func.length(process_instance.c.execution)
    line = Line(bus, "loop", {"n": 0})
    line.until(10)
    tenth = line.told(size)
    line.until(rounds - COMPARED // 2)

    def about_the_tenth() -> Iterator[Line]:
        while True:
            other = Line(bus, "loop", {"n": 0})
            other.until(10 - FRESH // 2)
            yield from [other] * FRESH

    first, last = _turns(about_the_tenth(), line, COMPARED)
    ratio = median(last) / median(first)
    goal = Goal("ratio of the medians", ratio, ROUND_AGAINST)
    named = f"round {rounds:,} of a loop, {kind}"
    sizes = {"round 10": tenth, f"round {rounds}": line.told(size)}
    return row(named, last, "ms", {"round 10": first}, [goal]), sizes


def _several(bus: Bus, kind: str, process_id: str, variables: dict[str, Any], items: int) -> Row:
    compared = min(COMPARED, items // 2)
    late, early = Line(bus, process_id, variables), Line(bus, process_id, variables)
    late.until(items - compared)
    first, last = _turns(iter([early] * compared), late, compared)
    goal = Goal("ratio of the medians", median(last) / median(first), ITEM_AGAINST)
    named = f"last items of a {process_id} multi-instance activity of {items:,}, {kind}"
    return row(named, last, "ms", {"the first items": first}, [goal])


def _past(bus: Bus, kind: str, line: Line, url: str) -> list[Row]:
    """A page of the history and its verification, by HTTP."""
    events, chance = line.told(process_instance.c.history_sequence), random.Random(1)
    at = [chance.randrange(events - PAGE) for _ in range(PAGES)]
    path = f"/v2/process-instances/{line.key}/history"
    with serving(url) as (port, _):
        asked = [("GET", f"{path}?after={after}&limit={PAGE}", b"") for after in at]
        send_all(port, asked[:10], HEADERS, 1)
        pages = send_all(port, asked, HEADERS, 1).times
        verified = send_all(port, [("GET", f"{path}/verification", b"")] * 5, HEADERS, 1).times
    bare = [_timed(lambda after=after: _rows(bus.database, line.key, after, PAGE)) for after in at]  # type: ignore[misc]
    engine = [_timed(lambda: _verified(bus.database, line.key)) / 1000 for _ in range(3)]
    hashed = [_timed(lambda: _hashed(bus.database, line.key)) / 1000 for _ in range(3)]
    seconds = [took / 1000 for took in verified]
    of = f"of a case with {events:,} events, {kind}"
    return [
        row(
            f"a page of {PAGE} events {of}", pages, "ms", {"the bare rows": bare},
            [Goal("p95, ms", spread(pages)["p95"], PAGE_MS)],
        ),
        row(
            f"verification of the history {of}", seconds, "s",
            {"in the engine alone": engine, "SHA-256 over the same bytes, read from the database": hashed},
            [Goal("median, s", median(seconds), VERIFY_S)],
        ),
    ]  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _rows(store: Database, key: int, after: int, count: int) -> int:
    h = history_event.c
    query = select(history_event).where(h.process_instance_key == key, h.sequence > after).order_by(h.sequence)
    with store.read() as db:
        return len(db.execute(query.limit(count)).all())


def _verified(store: Database, key: int) -> None:
    with store.read() as db:
        found = verify_instance(db, key)
    if found is None or not found.valid:
        raise RuntimeError(f"the chain of {key} does not verify: {found}")


def _hashed(store: Database, key: int) -> str:
    h, digest = history_event.c, hashlib.sha256()
    with store.read() as db:
        for body in db.execute(select(h.body).where(h.process_instance_key == key).order_by(h.sequence)).scalars():
            digest.update(body.encode())
    return digest.hexdigest()
