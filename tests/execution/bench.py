"""A case without a database: run a small diagram, look at what waits, save and restore at every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.execution import Case, DecisionOutcome, build, examine, load, save
from engine.execution import effects as fx
from engine.feel import Environment, from_json
from engine.model.work import Called

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="https://krabuan.org/test">'
)


def diagram(body: str, roots: str = "", process_id: str = "p") -> bytes:
    """A BPMN file around the elements of one process. `a -> b` lines are not expanded: plain XML."""
    return (
        f'{HEAD}{roots}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">'
        f"{body}</bpmn:process></bpmn:definitions>"
    ).encode()


def flows(*pairs: str) -> str:
    """Sequence flows from texts like `a b` or `a b: =x > 1`; ids are f1, f2 ... in order."""
    made = []
    for number, pair in enumerate(pairs, 1):
        ends, _, condition = pair.partition(": ")
        source, target = ends.split()
        inner = (
            f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{_escape(condition)}'
            "</bpmn:conditionExpression>"
            if condition
            else ""
        )
        made.append(
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
        )
    return "".join(made)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def user(id: str, extra: str = "", body: str = "") -> str:
    """A native user task."""
    return (
        f'<bpmn:userTask id="{id}" name="{id}"><bpmn:extensionElements><zeebe:userTask/>{extra}'
        f"</bpmn:extensionElements>{body}</bpmn:userTask>"
    )


def node(kind: str, id: str, extra: str = "", body: str = "", attributes: str = "") -> str:
    """Any node with extension elements."""
    box = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" if extra else ""
    return f'<bpmn:{kind} id="{id}" {attributes}>{box}{body}</bpmn:{kind}>'


class Keys:
    """Keys 1, 2, 3 ..."""

    def __init__(self) -> None:
        self.last = 1000

    def __call__(self) -> int:
        self.last += 1
        return self.last


class Bench:
    """One case of a diagram. With `restore`, the state is saved and loaded after every step."""

    def __init__(
        self, xml: bytes, restore: bool = False, decisions: Mapping[str, Any] | None = None,
        resources: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        found = examine(xml, "test.bpmn")
        assert not found.faults, found.faults
        self.definition = build(found.processes[0])
        self.new_key = Keys()
        self.now = datetime(2026, 4, 10, 9, tzinfo=UTC)
        self.restore = restore
        self.decisions = decisions or {}
        self.resources = resources or {}
        self.called: list[Called] = []  # the decisions asked for
        self.catches_outside = False
        self.effects: list[fx.Effect] = []
        self.waiting_for: dict[int, fx.TimerStarted | fx.SubscriptionOpened | fx.ConditionAwaited] = {}
        self.tasks: dict[int, str] = {}
        self.jobs: dict[int, fx.JobCreated] = {}
        self.incidents: dict[int, fx.IncidentRaised] = {}
        self.calls: dict[int, fx.CallRequested] = {}
        self.ended: fx.InstanceEnded | None = None
        self._variables: dict[int, dict[str, Any]] = {}
        self.case = Case(self.definition, 1, self, self._environment(), {})

    def _environment(self) -> Environment:
        return Environment(now=self.now, zone="Asia/Bangkok")

    def decide(self, case: Case, decision_id: str, called: Called, scope: Mapping[str, Any]) -> DecisionOutcome:
        """Decisions given as plain values by id."""
        self.called.append(called)
        if decision_id not in self.decisions:
            return DecisionOutcome(failure="no such decision", found=False)
        return DecisionOutcome(value=from_json(self.decisions[decision_id]))

    def resource_key(self, case: Case, resource_id: str, called: Called) -> int | None:
        """Deployed files given as keys by id."""
        return self.resources.get(resource_id)

    form_key = resource_key

    def case_facts(self, case: Case) -> Mapping[str, Any]:
        return {"startedBy": "somchai"}

    def outer_catches(self, case: Case, code: str) -> bool:
        return self.catches_outside

    def start(self, element: str | None = None, **variables: Any) -> Bench:
        """Start with variables given as JSON values."""
        self.case.start(from_json(variables), element)
        return self._settle()

    def complete(self, element: str, which: int = 0, **results: Any) -> Bench:
        """Complete the waiting user task or job of an element."""
        keys = [k for k, e in self.tasks.items() if e == element]
        keys += [j.task_key for j in self.jobs.values() if j.node.id == element and j.kind == "BPMN_ELEMENT"]
        self.case.complete(keys[which], from_json(results))
        self.tasks.pop(keys[which], None)
        self.jobs = {k: j for k, j in self.jobs.items() if j.task_key != keys[which] or j.kind != "BPMN_ELEMENT"}
        return self._settle()

    def heard(self, type_: str, which: int = 0, **results: Any) -> Bench:
        """The listener of a job type is done."""
        job = [j for j in self.jobs.values() if j.type == type_][which]
        del self.jobs[job.key]
        self.case.complete_listener(job.task_key, job.key, from_json(results))
        return self._settle()

    def cancel(self) -> Bench:
        """Cancel the instance."""
        self.case.cancel_all()
        return self._settle()

    def trigger(self, element: str, **results: Any) -> Bench:
        """The event of an element comes."""
        wait = next(w for w in self.waiting_for.values() if w.element_id == element)
        self.case.trigger(wait.task_key, wait.key, from_json(results))
        return self._settle()

    def error(self, element: str, code: str, **variables: Any) -> Bench:
        """A worker reports a BPMN error."""
        job = next(j for j in self.jobs.values() if j.node.id == element)
        self.case.throw_error_at(job.task_key, code, "", from_json(variables))
        return self._settle()

    def set(self, **values: Any) -> Bench:
        """Change variables of the instance from outside."""
        self.case.set_variables(1, from_json(values), local=False)
        return self._settle()

    def resolve(self) -> Bench:
        """Resolve the oldest incident."""
        self.case.resolve(next(iter(self.incidents.values())).task_key)
        return self._settle()

    @property
    def waiting(self) -> list[str]:
        """The elements that wait: tasks, jobs, events; sorted."""
        names = list(self.tasks.values()) + [j.node.id for j in self.jobs.values()]
        names += [w.element_id for w in self.waiting_for.values()] + [c.node.id for c in self.calls.values()]
        return sorted(names)

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process scope."""
        if self.ended is not None:
            return self.ended.variables
        return self.case.variables.local(1)

    @property
    def asked(self) -> list[str]:
        """The types of the open jobs, the listeners' included, in the order in which they were asked for."""
        return [job.type for job in self.jobs.values()]

    @property
    def taken(self) -> list[str]:
        """The sequence flows taken so far."""
        return [e.flow_id for e in self.effects if isinstance(e, fx.FlowTaken)]

    def _settle(self) -> Bench:
        new = list(self.case.effects)
        self.case.effects.clear()
        self.effects += new
        for effect in new:
            self._follow(effect)
        if self.restore and self.ended is None:
            text = save(self.case)
            self.case = load(text, self.definition, 1, self, self._environment(), self._variables)
        return self

    def _follow(self, effect: fx.Effect) -> None:
        match effect:
            case fx.UserTaskCreated():
                self.tasks[effect.key] = effect.node.id
            case fx.ListenerWithdrawn():
                del self.jobs[effect.key]
            case fx.JobCreated():
                self.jobs[effect.key] = effect
            case fx.TimerStarted() | fx.SubscriptionOpened() | fx.ConditionAwaited():
                self.waiting_for[effect.key] = effect
            case fx.WaitClosed():
                del self.waiting_for[effect.key]
            case fx.IncidentRaised():
                self.incidents[effect.key] = effect
            case fx.IncidentClosed():
                del self.incidents[effect.key]
            case fx.CallRequested():
                self.calls[effect.task_key] = effect
            case fx.ElementEnded():
                self.tasks.pop(effect.key, None)
                self.calls.pop(effect.key, None)
                for key in [k for k, j in self.jobs.items() if j.task_key == effect.key]:
                    del self.jobs[key]
            case fx.VariableSet():
                self._variables.setdefault(effect.scope_key, {})[effect.name] = effect.value
            case fx.LocalsDropped():
                self._variables.pop(effect.scope_key, None)
            case fx.InstanceEnded():
                self.ended = effect
