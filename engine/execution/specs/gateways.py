"""Gateways (BPMN 2.0.2, section 13.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.expressions import boolean
from engine.execution.failures import ElementFailure
from engine.execution.specs.base import ElementSpec

if TYPE_CHECKING:
    from engine.execution.case import Case


class ExclusiveSpec(ElementSpec):
    """Exclusive gateway: every token passes; the first true condition, else the default (13.4.2)."""

    def outgoing(self, task: Task, case: Case) -> list[str]:
        """The one flow taken. Raises ElementFailure (CONDITION_ERROR) when there is none."""
        for flow_id in true_flows(self, task, case):
            return [flow_id]
        return _default(self)


class ParallelSpec(ElementSpec):
    """Parallel gateway: consumes one token from each incoming flow, makes one on each outgoing
    (13.4.1). Tokens in excess stay at their flow."""

    counts_at_entry = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Wait until each incoming flow has a token (one put here by hand does not wait)."""
        if task.internal_data.pop("activated", False):
            case.begin(task)
            return True
        here = waiting_here(task)
        by_flow = {t.internal_data.get("flow"): t for t in reversed(here)}
        if len(self.node.incoming) > 1 and not by_flow.keys() >= set(self.node.incoming):
            return None
        case.consume([t for f, t in by_flow.items() if t is not task and f != task.internal_data.get("flow")])
        case.begin(task)
        return True


class InclusiveSpec(ElementSpec):
    """Inclusive gateway: synchronises every token that can still arrive (13.4.3), then takes each
    flow whose condition is true, else the default."""

    counts_at_entry = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Wait; whether the gateway is activated is decided when nothing else can move."""
        if len(self.node.incoming) < 2 or task.internal_data.pop("activated", False):
            case.begin(task)
            return True
        return None

    def outgoing(self, task: Task, case: Case) -> list[str]:
        """The flows taken. Raises ElementFailure (CONDITION_ERROR) when there are none."""
        if len(self.node.outgoing) < 2:
            return list(self.node.outgoing)
        return list(true_flows(self, task, case)) or _default(self)


class ComplexSpec(ElementSpec):
    """Complex gateway (13.4.5): fires when its activation condition holds over the tokens that came.

    The condition sees `activationCount`, the number of incoming flows with a token; without one all
    must have come. After it has fired, what still comes on the other flows is taken in until nothing
    can come any more; then it starts anew, with what came twice meanwhile.
    """

    counts_at_entry = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Wait for the condition; while it is being reset, take the token in."""
        if len(self.node.incoming) < 2 or task.internal_data.pop("activated", False):
            case.begin(task)
            return True
        resetting = [t for t in task.parent.children if t.task_spec is self and "resetting" in t.internal_data]
        if resetting:
            came: list[str] = resetting[0].internal_data["resetting"]
            if task.internal_data["flow"] not in came:  # a second one is of the next round, and waits for it
                came.append(task.internal_data["flow"])
                case.consume([task])
            return None
        by_flow = {t.internal_data["flow"]: t for t in reversed(waiting_here(task))}
        if not self._activated(task, case, len(by_flow)):
            return None
        missing = [f for f in self.node.incoming if f not in by_flow]
        case.consume([t for t in by_flow.values() if t is not task])
        if missing:
            marker = case.token(self.name, task.parent, resetting=sorted(by_flow))
            case.park(marker)
        case.begin(task)
        return True

    def _activated(self, task: Task, case: Case, count: int) -> bool:
        condition = self.node.activation
        if condition is None:
            return count == len(self.node.incoming)
        case.variables.set_local(task.id, {"activationCount": Decimal(count)})
        holds = boolean(condition, case.scope(task), case.environment, "activationCondition")
        case.variables.drop(task.id)
        return holds

    def outgoing(self, task: Task, case: Case) -> list[str]:
        """The flows taken, as for an inclusive gateway."""
        if len(self.node.outgoing) < 2:
            return list(self.node.outgoing)
        return list(true_flows(self, task, case)) or _default(self)


class EventBasedSpec(ElementSpec):
    """Event-based gateway: the first of the following events decides (13.4.4).

    Behind a parallel one, which starts instances only (10.6.6), every event must come. A token gets to
    that gateway only when it is put there by hand.
    """

    def enter(self, task: Task, case: Case) -> bool | None:
        """Wait for all of them at once; a parallel one lets each wait for itself."""
        if self.node.parallel:
            return True
        process = case.process
        waits.open_all(task, case, [process.nodes[process.flows[f].target] for f in self.node.outgoing])
        return None

    def outgoing(self, task: Task, case: Case) -> list[str]:
        """The flow to the event that came; of a parallel gateway, all."""
        if self.node.parallel:
            return list(self.node.outgoing)
        came = task.internal_data["came"]
        return [f for f in self.node.outgoing if case.process.flows[f].target == came]


def waiting_here(task: Task) -> list[Task]:
    """The tokens that wait at the same gateway in the same scope, this one included, oldest first."""
    return [
        t
        for t in task.parent.children
        if t.task_spec is task.task_spec and not t.internal_data.keys() & {"begun", "resetting"}
    ]


def true_flows(spec: ElementSpec, task: Task, case: Case) -> list[str]:
    """The outgoing flows whose condition holds, in document order; one without condition holds."""
    node = spec.node
    if len(node.outgoing) == 1 and case.process.flows[node.outgoing[0]].condition is None:
        return list(node.outgoing)
    scope = case.scope(task)
    found = []
    for flow_id in node.outgoing:
        condition = case.process.flows[flow_id].condition
        if condition is None or flow_id == node.default:
            continue
        if boolean(condition, scope, case.environment, f"condition of {flow_id}"):
            found.append(flow_id)
            if node.type == "exclusiveGateway":
                break
    return found


def _default(spec: ElementSpec) -> list[str]:
    if spec.node.default is not None:
        return [spec.node.default]
    if not spec.node.outgoing:
        return []
    raise ElementFailure(
        "CONDITION_ERROR",
        f"{spec.node.id}: no condition is true and there is no default flow: " + ", ".join(spec.node.outgoing),
    )
