"""Play a scenario: every step goes through the bus, as the person whom it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from engine.calendar.durations import add, parse_duration
from engine.calendar.errors import CalendarError
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.correct_variables import CorrectVariables
from engine.commands.create_instance import CreateInstance
from engine.commands.decide_intervention import ApproveIntervention, WithdrawIntervention
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.fail_job import FailJob
from engine.commands.publish_message import PublishMessage
from engine.commands.request_intervention import RequestIntervention
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.unassign_task import UnassignTask
from engine.commands.waive_control_point import WaiveControlPoint
from engine.errors import EngineError
from engine.jobs.dispatcher import next_due
from engine.model.actor import SYSTEM, Actor
from engine.scenarios.expectations import differences, task_differences
from engine.scenarios.looking import Look, instances_of, matches
from engine.scenarios.reading import Scenario, Step, moment
from engine.scenarios.reasons import Reason, of_error, shown
from engine.scenarios.refusals import not_as_refused
from engine.scenarios.world import World

_CLIENT = Actor("worker", kind="client", roles=frozenset({"client"}))
_ZONE = "Asia/Bangkok"


class ScenarioFailed(Exception):
    """A step did not go as the scenario says. `step` is 0 for the start."""

    def __init__(self, step: int, why: list[Reason]) -> None:
        self.step = step
        self.why = why
        super().__init__("; ".join(map(str, why)))


class Player:
    """Plays one scenario in one world."""

    def __init__(self, world: World, scenario: Scenario) -> None:
        self.world = world
        self.scenario = scenario
        self.root = 0
        self._told_since = 0

    def play(self) -> None:
        """Play to the end. Raises ScenarioFailed at the first step that goes otherwise."""
        self._guarded(0, self._start)
        for step in self.scenario.steps:
            self._guarded(step.number, partial(self._STEPS[step.kind], self, step))

    def _guarded(self, number: int, action: Callable[[], None]) -> None:
        try:
            action()
            self.world.settle()
        except ScenarioFailed:
            raise
        except EngineError as error:
            raise ScenarioFailed(number, [of_error(error)]) from error
        except KeyError as error:
            who = error.args[0]
            raise ScenarioFailed(number, [Reason(f"ไม่มีบัญชี {who}", f"there is no account {who}")]) from error
        except (CalendarError, ValueError, LookupError, TypeError) as error:
            raise ScenarioFailed(number, [Reason(f"ค่าใช้ไม่ได้: {error}", str(error))]) from error

    # ---- the start ---------------------------------------------------------------------------

    def _start(self) -> None:
        start = self.scenario.start
        events = start.get("events") or [start]
        for event in events:
            self._start_by(event)
        if not self.root:
            self._find_root()

    def _start_by(self, start: Mapping[str, Any]) -> None:
        """What starts the case, or is one of several events that do so together."""
        if "timer" in start:
            self._start_by_timer(str(start["timer"]))
        elif "message" in start:
            self._message(start)
        elif "signal" in start:
            self._as(start, BroadcastSignal(str(start["signal"]), start.get("data") or {}))
        elif "evaluate" in start:
            self._as(start, EvaluateConditions(start["evaluate"]))
        else:
            command = CreateInstance(
                self.scenario.process,
                variables=start.get("data") or {},
                by_form=True,
                business_id=start.get("businessId"),
            )
            self.root = int(self._as(start, command)["processInstanceKey"])

    def _start_by_timer(self, element_id: str) -> None:
        for _ in range(100):
            due = next_due(self.world.bus)
            if due is None:
                break
            self.world.advance_to(max(due, self.world.clock.now()))
            with self.world.database.read() as db:
                found = instances_of(db, [self.scenario.process], 0)
            if found:
                self.root = found[-1]
                return
        raise ScenarioFailed(
            0, [Reason(f"ตัวจับเวลา {element_id} ไม่ได้เริ่มเรื่องใด", f"the timer {element_id} started nothing")]
        )

    def _find_root(self) -> None:
        with self.world.database.read() as db:
            found = instances_of(db, [self.scenario.process], 0)
        if not found:
            raise ScenarioFailed(0, [Reason("ไม่มีเรื่องใดเริ่มขึ้น", "no instance was started")])
        self.root = found[-1]

    # ---- the steps -----------------------------------------------------------------------------

    def _task(self, step: Step) -> None:
        task = self._find_task(step)
        wrong = task_differences(task, step.beside.get("expect") or {})
        if wrong:
            about = task.element_id
            raise ScenarioFailed(step.number, [Reason(f"{about}: {w.th}", f"{about}: {w.en}") for w in wrong])
        who = self.world.actor(str(step.beside["as"])) if "as" in step.beside else None
        if who is None:
            return
        if task.assignee is not None and task.assignee != who.id:
            self.world.bus.run(UnassignTask(task.key), self.world.actor(task.assignee))
        self._refusable(
            step,
            lambda: (
                self.world.bus.run(ClaimTask(task.key), who) if task.assignee != who.id else None,
                self.world.bus.run(CompleteTask(task.key, step.beside.get("data") or {}), who),
            ),
        )

    def _find_task(self, step: Step) -> Any:
        with self.world.database.read() as db:
            look = Look(db, self.root)
            tasks = look.tasks(str(step.what))
            item = step.beside.get("item")
            if item is not None:
                tasks = [t for t in tasks if _is_item(item, look.seen_from(t.key))]
            if not tasks:
                raise ScenarioFailed(step.number, _not_waiting(look, step.what))
            return tasks[0]

    def _waive(self, step: Step) -> None:
        with self.world.database.read() as db:
            tasks = Look(db, self.root).tasks(str(step.what["task"]))
        if not tasks:
            raise ScenarioFailed(step.number, [_nobody_waits(step.what["task"])])
        waiver = WaiveControlPoint(tasks[0].key, str(step.what["controlPoint"]), str(step.what["reason"]))
        second = self.world.actor(str(step.what["approvedBy"]))

        def ask_and_approve() -> None:
            asked = int(self._as(step.what, RequestIntervention("waive", waiver))["interventionKey"])
            try:
                self.world.bus.run(ApproveIntervention(asked), second)
            except EngineError:  # so that a later step may ask somebody else
                self._as(step.what, WithdrawIntervention(asked))
                raise

        self._refusable(step, ask_and_approve)

    def _wait(self, step: Step) -> None:
        self.world.advance_to(add(self.world.clock.now(), parse_duration(str(step.what)), _ZONE))

    def _until(self, step: Step) -> None:
        self.world.advance_to(moment(step.what))

    def _message_step(self, step: Step) -> None:
        self._refusable(step, lambda: self._message({"message": step.what["name"], **step.what}))

    def _message(self, what: Mapping[str, Any]) -> None:
        command = PublishMessage(
            str(what["message"]), str(what.get("key", "")), int(what.get("timeToLive", 0)), None, what.get("data") or {}
        )
        self._as(what, command)

    def _signal(self, step: Step) -> None:
        self._as(step.what, BroadcastSignal(str(step.what["name"]), step.what.get("data") or {}))

    def _job(self, step: Step) -> None:
        with self.world.database.read() as db:
            jobs = Look(db, self.root).jobs(str(step.what["type"]))
        if not jobs:
            raise ScenarioFailed(step.number, [_no_job(step.what["type"])])
        key = jobs[0].key
        if "error" in step.what:
            command: Any = ThrowJobError(key, str(step.what["error"]), "", step.what.get("data") or {})
        elif "fail" in step.what:
            command = FailJob(key, 0, str(step.what["fail"]))
        else:
            command = CompleteJob(key, step.what.get("complete") or {})
        self.world.bus.run(command, _CLIENT)

    def _correct(self, step: Step) -> None:
        command = CorrectVariables(self.root, step.what.get("data") or {})
        self._refusable(step, lambda: self._as(step.what, command))

    def _expect(self, step: Step) -> None:
        with self.world.database.read() as db:
            look = Look(db, self.root)
            wrong = differences(look, step.what, self._told_since)
            if "notified" in step.what:
                self._told_since = look.last_notification()
        if wrong:
            raise ScenarioFailed(step.number, wrong)

    def _as(self, what: Mapping[str, Any], command: Any) -> Any:
        who = self.world.actor(str(what["as"])) if "as" in what else SYSTEM
        return self.world.bus.run(command, who)

    def _refusable(self, step: Step, action: Callable[[], Any]) -> None:
        refused = step.beside.get("refused")
        try:
            action()
        except EngineError as error:
            if refused is None:
                raise
            wrong = not_as_refused(error, refused)
            if wrong:
                raise ScenarioFailed(step.number, wrong) from error
            return
        if refused is not None:
            said = f"was expected to be refused ({refused}), but was accepted"
            raise ScenarioFailed(step.number, [Reason(f"คาดว่าจะไม่รับ ({refused}) แต่ระบบรับ", said)])

    _STEPS: Mapping[str, Callable[[Player, Step], None]] = {
        "task": _task,
        "waive": _waive,
        "wait": _wait,
        "until": _until,
        "message": _message_step,
        "signal": _signal,
        "job": _job,
        "correct": _correct,
        "expect": _expect,
    }


def _is_item(item: Any, seen: Mapping[str, Any]) -> bool:
    """An item is named by its number (from 1) or by a value that the instance sees."""
    if isinstance(item, int) and not isinstance(item, bool) and seen.get("loopCounter") == item:
        return True
    return any(matches(item, value) for name, value in seen.items() if name != "loopCounter")


def _not_waiting(look: Look, element_id: Any) -> list[Reason]:
    waiting = look.waiting()
    th = f"{element_id} ไม่ได้รออยู่ ที่รออยู่คือ {shown(waiting)}"
    told = [Reason(th, f"{element_id} does not wait; waiting: {waiting}")]
    return told + [Reason(said, said) for said in look.incidents()]


def _nobody_waits(element_id: Any) -> Reason:
    return Reason(f"{element_id} ไม่ได้รออยู่", f"{element_id} does not wait")


def _no_job(type_: Any) -> Reason:
    return Reason(f"ไม่มีงานระบบชนิด {type_} รออยู่", f"no job of type {type_} waits")
