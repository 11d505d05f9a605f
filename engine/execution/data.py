"""Data move when an element begins and when it ends (BPMN 2.0.2, sections 10.4.2 and 13.3.2).

A data element is a variable of the scope that declares it. One that is null is what the standard calls
unavailable: nothing has been put into it. An association whose source is unavailable moves nothing.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution.expressions import failed, json_of
from engine.execution.failures import ElementFailure
from engine.execution.variables import put_path
from engine.model.data import DataAssociation, DataElement, DataSet, NodeData

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens

_NOTHING = object()  # what an association with an unavailable source gives
_ERROR = "IO_MAPPING_ERROR"


@dataclass(frozen=True, slots=True)
class Write:
    """A value that is to be set in this very scope."""

    scope: int
    name: str
    value: Any


def declare(case: Tokens, task: Task) -> None:
    """A scope begins: its data elements are variables of it, null, or an empty list for a collection.

    What it has already (the variables that an instance is started with) stays.
    """
    declared = task.task_spec.node.data.declared
    if declared:
        held = case.variables.local(task.id)
        new: dict[str, Any] = {e.name: [] if e.collection else None for e in declared if e.name not in held}
        case.variables.set_local(task.id, new)


def inputs(case: Tokens, task: Task) -> dict[str, Any]:
    """What the input associations of an activity or throw event give, to be set locally before it begins.

    The first input set all of whose required inputs are available counts; inputs that are in none of it
    are null. Raises ElementFailure when no set is available (10.4.2): the activity does not begin.
    """
    data: NodeData = task.task_spec.node.data
    if not data.fills and not data.inputs:
        return {}
    given, lacking = _filled(case, task, data)
    held = {e for e in data.inputs if e.id in given and e.id not in lacking}
    chosen = _available(data.input_sets, held, f"no input set of {task.task_spec.node.id} is available")
    if chosen is not None:
        _remember(task, chosen)
        held &= {*chosen.required, *chosen.optional}
    made: dict[str, Any] = {e.name: given[e.id] if e in held else None for e in data.inputs}
    return made | {a.target.name: given[a.target.id] for a in data.fills if _is_own(a, data) and a.target.id in given}


def inputs_of_body(case: Tokens, task: Task) -> None:
    """The inputs of a multi-instance activity as its body sees them, so that its collection can be one of them."""
    data: NodeData = task.task_spec.node.data
    if data.fills:
        given, _ = _filled(case, task, data)
        case.variables.set_local(task.id, {e.name: given[e.id] for e in data.inputs if e.id in given})


def outputs(case: Tokens, task: Task) -> list[Write]:
    """What the output associations of an element give, in order, evaluated but not yet written.

    Raises ElementFailure when no output set is available (10.4.2): what is required was not produced.
    """
    data: NodeData = task.task_spec.node.data
    check_outputs(case, task)
    writes: list[Write] = []
    for association in data.gives:
        scope, target = _scope(case, task, association.target), association.target
        before = [w.value for w in writes if (w.scope, w.name) == (scope, target.name)]
        base = before[-1] if before else case.variables.value(scope, target.name)
        value = _result(case, task, association, base)
        if value is not _NOTHING:
            writes.append(Write(scope, target.name, value))
    return writes


def check_inputs(case: Tokens, task: Task) -> None:
    """A process begins: whether what it requires is there. Raises ElementFailure."""
    data: NodeData = task.task_spec.node.data
    held = _held(case, task, data.inputs)
    chosen = _available(data.input_sets, held, f"no input set of {task.task_spec.node.id} is available")
    if chosen is not None:
        _remember(task, chosen)


def check_outputs(case: Tokens, task: Task) -> None:
    """An element ends: whether what it has to produce is there, lists where lists belong. Raises ElementFailure."""
    data: NodeData = task.task_spec.node.data
    for element in data.outputs:
        _check_shape(element, case.variables.value(task.id, element.name))
    answers = task.internal_data.get("answers", ())
    # another version of the diagram may not have those that the input set led to
    sets = [s for s in data.output_sets if s.id in answers] or data.output_sets
    _available(sets, _held(case, task, data.outputs), f"no output set of {task.task_spec.node.id} is available")


def take(case: Tokens, task: Task, results: dict[str, Any]) -> dict[str, Any]:
    """Put what came into the data outputs of an element that are meant for it; gives back the rest."""
    outputs: tuple[DataElement, ...] = task.task_spec.node.data.outputs
    for whole in (e for e in outputs if e.whole):
        if results:
            case.variables.set_local(task.id, {whole.name: results})
        results = {}
    mine = {e.name: results[e.name] for e in outputs if e.name in results}
    case.variables.set_local(task.id, mine)
    return {name: value for name, value in results.items() if name not in mine}


def given_along(case: Tokens, task: Task) -> dict[str, Any]:
    """The local variables of an element that go to what it calls or throws: its inputs and what it has mapped,
    less its properties and what it has not put out yet."""
    own = {e.name for e in task.task_spec.node.data.declared}
    return {name: value for name, value in case.variables.local(task.id).items() if name not in own}


def payload(case: Tokens, task: Task) -> dict[str, Any]:
    """What a throw event takes along (10.5.1).

    A data input with the item definition of what is thrown is the payload as a whole. Raises ElementFailure
    when that is no context.
    """
    data: NodeData = task.task_spec.node.data
    found = given_along(case, task)
    for element in (e for e in data.inputs if e.whole):
        value = found.pop(element.name, None)
        if value is not None and not isinstance(value, Mapping):
            raise failed(_ERROR, f"data input {element.name}", element.name, "a context", value, "")
        found = dict(value or {}) | found
    return found


# ---- sets ----------------------------------------------------------------------------------------


def _available(sets: Iterable[DataSet], held: set[DataElement], what: str) -> DataSet | None:
    """The first set all of whose required elements are held; None without any sets. Raises ElementFailure."""
    lacks = []
    for found in sets:
        missing = [e.name for e in found.required if e not in held]
        if not missing:
            return found
        lacks.append(f"{', '.join(missing)} missing")
    if lacks:
        raise ElementFailure(_ERROR, f"{what}: {'; or '.join(lacks)}")
    return None


def _remember(task: Task, chosen: DataSet) -> None:
    """Which output sets the input set leads to."""
    if chosen.answers:
        task.internal_data["answers"] = list(chosen.answers)


def _held(case: Tokens, task: Task, elements: Iterable[DataElement]) -> set[DataElement]:
    return {e for e in elements if case.variables.value(task.id, e.name) is not None}


# ---- associations --------------------------------------------------------------------------------


def _filled(case: Tokens, task: Task, data: NodeData) -> tuple[dict[str, Any], set[str]]:
    """The values that the input associations give, by the id of their target, and the targets that one of
    them cannot fill."""
    given: dict[str, Any] = {}
    lacking: set[str] = set()
    for association in data.fills:
        target = association.target
        base = given.get(target.id, case.variables.value(task.id, target.name))
        value = _result(case, task, association, base)
        if value is _NOTHING or value is None:
            lacking.add(target.id)
        else:
            given[target.id] = value
    return given, lacking


def _is_own(association: DataAssociation, data: NodeData) -> bool:
    """Whether it fills a property or a data object of the element rather than an input."""
    return association.target not in data.inputs


def _result(case: Tokens, task: Task, association: DataAssociation, base: Any) -> Any:
    """The new value of the target, whose value before is `base`; _NOTHING when a source is unavailable."""
    sources = {s.name: case.variables.value(_scope(case, task, s), s.name) for s in association.sources}
    if any(value is None for value in sources.values()):
        return _NOTHING
    seen = ChainMap(sources, case.scope(task))  # type: ignore[arg-type]  # only read
    target, what = association.target, f"data association to {association.target.name}"
    if association.transformation is not None:
        base = json_of(association.transformation, seen, case.environment, what)
    elif not association.assignments:
        base = next(iter(sources.values()))
    for assignment in association.assignments:
        made: dict[str, Any] = {}
        value = json_of(assignment.source, seen, case.environment, what)
        put_path(made, assignment.target, value, {target.name: base})
        base = made[target.name]
    _check_shape(target, base)
    return base


def _check_shape(element: DataElement, value: Any) -> None:
    if element.collection and value is not None and not isinstance(value, (list, tuple)):
        raise failed(_ERROR, f"data {element.name}", element.name, "a list", value, "")


def _scope(case: Tokens, task: Task, element: DataElement) -> int:
    """The scope whose variable a data element is, seen from an element in it. Raises ElementFailure."""
    if element.owner is None:
        return case.key
    at: Task | None = task
    while at is not None:
        # a loop's body is no scope of the activity's data, except while it begins
        is_round_or_single = at is task or at.task_spec.node.loop is None or "loop_index" in at.internal_data
        if at.task_spec.node.id == element.owner and is_round_or_single:
            key: int = at.id
            return key
        at = at.parent
    raise ElementFailure(_ERROR, f"the scope of the data {element.name} has ended")
