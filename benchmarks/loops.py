"""Long loops: 10,000 rounds and 5,000 items, in memory, restored at every step, and through the bus on SQLite.

What is asked is whether a step costs more the more of them lie behind: the median of the last tenth
of the steps to that of the first tenth (`ratio`; aim: under 1.2). Times are those of the processor, so
that what else the machine does is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from sqlalchemy import select

from benchmarks.long.sigkill import database
from benchmarks.state import Host
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.execution import Case, build, load, read_processes, save
from engine.execution import effects as fx
from engine.feel import Environment, from_json
from engine.model.actor import Actor
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables import user_task

ROUNDS, ITEMS = 10_000, 5_000
_OWNER = Actor("bench", roles=frozenset({"process-owner", "staff"}), owned=frozenset({"*"}))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A diagram whose user task `a` is completed `steps` times."""

    steps: int
    variables: dict[str, Any]
    xml: bytes


def _diagram(loop: str, flows: str, steps: int, **variables: Any) -> _Shape:
    xml = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">
      <bpmn:process id="p" isExecutable="true">
        <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <bpmn:userTask id="a"><bpmn:extensionElements><zeebe:userTask/>
          <zeebe:assignmentDefinition assignee="bench"/></bpmn:extensionElements>{loop}</bpmn:userTask>
        {flows}<bpmn:endEvent id="e"/>
      </bpmn:process>
    </bpmn:definitions>"""
    return _Shape(steps, variables, xml.encode())


def _several(sequential: str, steps: int) -> _Shape:
    loop = f"""<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"><bpmn:extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="answers"
          outputElement="=item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"""
    leaving = '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
    return _diagram(loop, leaving, steps, items=list(range(steps)))


def shapes(rounds: int, items: int) -> dict[str, _Shape]:
    """The loop by a gateway, and the multi-instance activity of both kinds."""
    back = f"""<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/><bpmn:exclusiveGateway id="g" default="f4"/>
        <bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="a">
          <bpmn:conditionExpression>=n &lt; {rounds}</bpmn:conditionExpression></bpmn:sequenceFlow>
        <bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="e"/>"""
    return {
        "loop": _diagram("", back, rounds, n=0),
        "sequential": _several("true", items),
        "parallel": _several("false", items),
    }


def measure(rounds: int = ROUNDS, items: int = ITEMS) -> dict[str, Any]:
    """Per shape and way: milliseconds to start, of a step in the first and the last tenth, and their ratio."""
    ways: dict[str, Callable[[_Shape], Iterator[None]]] = {
        "memory": _in_memory, "restored": _restored, "sqlite": _on_sqlite,
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name, shape in shapes(rounds, items).items():
        for way, run in ways.items():
            found[f"{name}_{way}"] = _series(run(shape), shape.steps)
            print(name, way, found[f"{name}_{way}"], flush=True)
    return found


def _series(steps: Iterator[None], count: int) -> dict[str, Any]:
    began = time.process_time()
    next(steps)
    start, times = time.process_time() - began, []
    at = time.process_time()
    for _ in steps:
        now = time.process_time()
        times.append((now - at) * 1000)
        at = now
    if len(times) != count:
        raise RuntimeError(f"{len(times)} steps instead of {count}")
    tenth = max(1, count // 10)
    first, last = median(times[:tenth]), median(times[-tenth:])
    return {
        "steps": count, "start_ms": round(start * 1000, 1), "first_tenth_ms": round(first, 3),
        "last_tenth_ms": round(last, 3), "ratio": round(last / first, 2),
    }  # fmt: skip


def _in_memory(shape: _Shape) -> Iterator[None]:
    """One case that stays in memory; first started, then a step at a time."""
    processes, _ = read_processes(shape.xml, "bench.bpmn")
    env = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))
    case = Case(build(processes[0]), 1, Host(), env, {})
    case.start(from_json(shape.variables))
    tasks = _tasks(case)
    yield
    for number in range(shape.steps):
        case.complete(tasks.pop(0), from_json({"n": number + 1}))
        tasks += _tasks(case)
        yield


def _restored(shape: _Shape) -> Iterator[None]:
    """The same, saved and loaded again before every step."""
    processes, _ = read_processes(shape.xml, "bench.bpmn")
    definition, host = build(processes[0]), Host()
    env = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))
    case = Case(definition, 1, host, env, {})
    case.start(from_json(shape.variables))
    variables: dict[int, dict[str, Any]] = {}
    tasks = _tasks(case, variables)
    yield
    for number in range(shape.steps):
        case = load(save(case), definition, 1, host, env, variables)
        case.complete(tasks.pop(0), from_json({"n": number + 1}))
        tasks += _tasks(case, variables)
        yield


def _tasks(case: Case, variables: dict[int, dict[str, Any]] | None = None) -> list[int]:
    """The user tasks that were created since, the effects taken note of."""
    created = []
    for effect in case.effects:
        match effect:
            case fx.UserTaskCreated():
                created.append(effect.key)
            case fx.VariableSet() if variables is not None:
                variables.setdefault(effect.scope_key, {})[effect.name] = effect.value
            case fx.LocalsDropped() if variables is not None:
                variables.pop(effect.scope_key, None)
    case.effects.clear()
    return created


def _on_sqlite(shape: _Shape) -> Iterator[None]:
    """Through the bus: each step loads, completes, writes rows and history, and commits."""
    with database("sqlite") as url:
        store = Database(url)
        upgrade(store)
        bus = Bus(store, SystemClock(), Services(Keys(), Definitions(), Passwords()))
        bus.run(Deploy((Resource("bench.bpmn", shape.xml),)), _OWNER)
        bus.run(CreateInstance("p", variables=shape.variables), _OWNER)
        yield
        open_tasks: list[int] = []
        last = 0
        for number in range(shape.steps):
            if not open_tasks:
                with store.read() as db:
                    newer = select(user_task.c.key).where(user_task.c.key > last).order_by(user_task.c.key)
                    open_tasks = list(db.execute(newer).scalars())
            last = open_tasks.pop(0)
            bus.run(CompleteTask(last, {"n": number + 1}), _OWNER)
            yield
        store.close()
