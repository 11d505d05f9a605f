"""Activities that are done several times: multi-instance (13.3.7) and the standard loop (13.3.6)."""

from __future__ import annotations

from collections import ChainMap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution import data as data_of
from engine.execution import waits
from engine.execution.expressions import boolean, failed, integer
from engine.execution.expressions import evaluate as evaluate_feel
from engine.execution.specs.base import ElementSpec, map_outputs
from engine.execution.specs.loop_events import plan, throw_all
from engine.feel import from_json, to_json
from engine.model.diagram import MultiInstance, Node, StandardLoop

if TYPE_CHECKING:
    from engine.execution.case import Case


class BodySpec(ElementSpec):
    """What the bodies of both kinds of loop share: the task is the body, its children are the rounds."""

    merges_results = False
    declares = False

    def __init__(self, wf_spec: Any, node: Node, inner: str) -> None:
        super().__init__(wf_spec, node)
        self.inner = inner

    def finish(self, task: Task, case: Case) -> None:
        """The rounds have mapped their results."""

    def inner_done(self, task: Task, case: Case) -> None:
        """Decided in instance_done."""


class LoopSpec(BodySpec):
    """Multi-instance activity (13.3.7): one instance per item, in parallel or one after another.

    The task is the body; its children are the instances. `items` are those still to begin (null once
    begun), `results` stand at the input's index; both are JSON values, so that restoring the state does
    not cost more the more of them there are.
    """

    element_type = "MULTI_INSTANCE_BODY"

    def __init__(self, wf_spec: Any, node: Node, inner: str) -> None:
        super().__init__(wf_spec, node, inner)
        assert isinstance(node.loop, MultiInstance)
        self.loop = node.loop

    def enter(self, task: Task, case: Case) -> bool | None:
        """Evaluate the collection, then start the first instance or all of them."""
        data_of.inputs_of_body(case, task)
        items, hint = evaluate_feel(
            self.loop.input_collection, case.scope(task), case.environment,
            "inputCollection", "EXTRACT_VALUE_ERROR",
        )  # fmt: skip
        if not isinstance(items, (list, tuple)):
            raise failed("EXTRACT_VALUE_ERROR", "inputCollection", self.loop.input_collection, "a list", items, hint)
        waits.open_all(task, case, case.process.boundaries(self.node.id))
        data = task.internal_data
        data["items"] = to_json(list(items))
        data["results"], data["next"] = [None] * len(items), 0
        data["completed"] = data["terminated"] = 0
        if not items:
            return True
        while data["next"] < len(items):
            self._start_next(task, case)
            if self.loop.sequential:
                break
        return None

    def _start_next(self, task: Task, case: Case) -> None:
        data = task.internal_data
        index = data["next"]
        data["next"] += 1
        instance = case.token(self.inner, task, loop_index=index)
        local: dict[str, Any] = {"loopCounter": Decimal(index + 1)}
        if self.loop.input_element:
            local[self.loop.input_element] = from_json(data["items"][index])
        data["items"][index] = None
        output = self.loop.output_element
        if output and output.isidentifier():
            local.setdefault(output, None)
        case.variables.set_local(instance.id, local)

    def instance_finishing(self, instance: Task, case: Case) -> None:
        """An instance is about to leave: map its outputs and keep its result. Raises ElementFailure."""
        body = instance.parent
        if self.node.hands_out and "mapped_out" not in instance.internal_data:
            # merged from the instance's own scope, so that a mapping can set the output element
            map_outputs(instance, case, self.node, into=instance.id)
            instance.internal_data["mapped_out"] = True  # not once more when what follows is repaired
        if self.loop.output_element:
            value, _ = evaluate_feel(
                self.loop.output_element, case.scope(instance), case.environment,
                "outputElement", "EXTRACT_VALUE_ERROR",
            )  # fmt: skip
            body.internal_data["results"][instance.internal_data["loop_index"]] = to_json(value)
        # decided while the instance can still become an incident, acted upon when it is gone
        instance.internal_data |= {"enough": False, "thrown": []} | self._decided(instance, body, case)

    def _decided(self, instance: Task, body: Task, case: Case) -> dict[str, Any]:
        """What an instance throws, and whether the rest is terminated once it is done. Raises ElementFailure."""
        condition, throws = self.loop.completion_condition, self.loop.throws
        if condition is None and not throws:
            return {}
        scope = ChainMap(self._counts(body), case.scope(instance))  # type: ignore[arg-type]  # only read
        planned = plan(throws, instance, case, scope)
        enough = condition is not None and boolean(condition, scope, case.environment, "completionCondition")
        return {"enough": enough, "thrown": planned}

    def instance_done(self, body: Task, instance: Task, case: Case) -> None:
        """An instance has left and is gone: throw what it throws; complete, go on, or wait for the others."""
        data, done = body.internal_data, instance.internal_data
        if done["thrown"]:
            counter = {"loopCounter": Decimal(done["loop_index"] + 1)}
            throw_all(done["thrown"], body, case, self._counts(body, gone=True) | counter)
            if body.id not in case.tasks:
                return
        data["completed"] += 1
        if done["enough"]:
            for other in list(body.children):
                data["terminated"] += 1
                case.terminate(other)
            case.proceed(body)
        elif data["next"] < len(data["items"]):
            self._start_next(body, case)
        elif not body._children:
            case.proceed(body)

    def _counts(self, body: Task, gone: bool = False) -> dict[str, Any]:
        """The attributes of the loop (table 10.30) as they are when an instance completes; `gone` tells
        whether it has left already."""
        data = body.internal_data
        return {
            "numberOfInstances": Decimal(len(data["items"])),
            "numberOfActiveInstances": Decimal(len(body._children) - (not gone)),
            "numberOfCompletedInstances": Decimal(data["completed"] + 1),
            "numberOfTerminatedInstances": Decimal(data["terminated"]),
        }

    def finish(self, task: Task, case: Case) -> None:
        """Hand the collected results to the parent scope."""
        if self.loop.output_collection:
            found = from_json(task.internal_data.get("results", []))
            case.variables.merge(task.parent.id, {self.loop.output_collection: found})


class StandardLoopSpec(BodySpec):
    """Standard loop: round after round while the condition holds, at most `maximum` times."""

    def __init__(self, wf_spec: Any, node: Node, inner: str) -> None:
        super().__init__(wf_spec, node, inner)
        assert isinstance(node.loop, StandardLoop)
        self.loop = node.loop

    def enter(self, task: Task, case: Case) -> bool | None:
        """Begin the first round, unless the condition is tested before and does not hold."""
        maximum = 2**31
        if self.loop.maximum is not None:
            maximum = integer(self.loop.maximum, case.scope(task), case.environment, "loopMaximum", 0, maximum)
        again = maximum > 0 and (not self.loop.test_before or self._holds(task, case))
        waits.open_all(task, case, case.process.boundaries(self.node.id))
        task.internal_data |= {"maximum": maximum, "rounds": 0}
        if not again:
            return True
        self._next_round(task, case)
        return None

    def _next_round(self, task: Task, case: Case) -> None:
        data = task.internal_data
        instance = case.token(self.inner, task, loop_index=data["rounds"])
        data["rounds"] += 1
        case.variables.set_local(instance.id, {"loopCounter": Decimal(data["rounds"])})

    def _holds(self, task: Task, case: Case) -> bool:
        condition = self.loop.condition
        return condition is None or boolean(condition, case.scope(task), case.environment, "loopCondition")

    def instance_finishing(self, instance: Task, case: Case) -> None:
        """A round is about to end: its output mappings apply as if it stood alone. Raises ElementFailure."""
        body = instance.parent
        if self.node.hands_out and "mapped_out" not in instance.internal_data:
            map_outputs(instance, case, self.node, into=body.parent.id)
            instance.internal_data["mapped_out"] = True
        data = body.internal_data
        instance.internal_data["again"] = data["rounds"] < data["maximum"] and self._holds(body, case)

    def instance_done(self, body: Task, instance: Task, case: Case) -> None:
        """Another round, or go on."""
        if instance.internal_data["again"]:
            self._next_round(body, case)
        else:
            case.proceed(body)
