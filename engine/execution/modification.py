"""Move the tokens of a running case by hand: activate, move, terminate (as the Camunda 8 API has it).

What is activated comes first, then what is terminated goes, with every scope that is empty thereby;
only then tokens move. Scopes that the target needs and that are not there are opened without their
start events. A case that nothing is left of is terminated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution import waits
from engine.execution.beginnable import (
    NO_SCOPE_AROUND,
    node_to_begin,
    refuse_listening,
    refuse_loop,
    refused,
    scopes_of,
)
from engine.execution.case import Case
from engine.execution.data import declare
from engine.execution.failures import ElementFailure, NotPossible
from engine.execution.specs.activities import ActivitySpec
from engine.execution.specs.build import ROOT
from engine.execution.specs.loops import BodySpec
from engine.execution.token import Token
from engine.model.diagram import Node
from engine.model.faults import Fault


@dataclass(frozen=True, slots=True)
class Activation:
    """Begin an element. `variables` are set before, each with the element id of the scope they belong to
    (None: the process). Below `ancestor` (an element instance) every scope is opened anew; without
    it the one that runs is used."""

    element_id: str
    variables: tuple[tuple[str | None, Mapping[str, Any]], ...] = ()
    ancestor: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Every running instance of an element, or one by its key."""

    element_id: str | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Terminate each source and activate the target once for it: in the scope that runs or is named
    (`direct`), in the source's own (`sourceParent`), or in the one around the source that the target
    stands in, too (`inferred`)."""

    source: Selection
    target: Activation
    ancestor: Literal["direct", "inferred", "sourceParent"] = "direct"


def modify(
    case: Case, activations: Sequence[Activation], moves: Sequence[Move], terminations: Sequence[Selection]
) -> None:
    """Carry out all of it, or raise NotPossible with every reason against it."""
    faults: list[Fault] = []
    doomed: list[Task] = []
    refuse_listening(case)
    for activation in activations:
        _collect(faults, _activate, case, activation)
    for move in moves:
        doomed += _collect(faults, _move, case, move)
    for selection in terminations:
        doomed += _collect(faults, selected, case, selection)
    if faults:
        raise NotPossible(faults)
    for task in doomed:
        _remove(case, task)
    assert case.task_tree is not None
    if _is_empty(case.task_tree):
        case.cancel_all()
    case.advance()


def begin_at(case: Case, variables: Mapping[str, Any], activations: Sequence[Activation]) -> None:
    """Begin a new case in the middle, or raise NotPossible with every reason against it."""
    root = Token(case, case.spec.task_specs[ROOT], None, TaskState.READY, case.key)
    case.task_tree = root
    case.begin(root)
    case.park(root)
    case.variables.set_local(root.id, variables)
    declare(case, root)
    waits.open_all(root, case, [start for _, start in case.process.event_sub_processes(None)])
    modify(case, activations, (), ())


def standing(case: Case) -> list[str]:
    """The elements at which the case stands: every innermost one, once for each of its tokens."""
    return sorted(t.task_spec.node.id for t in case.tasks.values() if not t.children and t.parent is not None)


def _collect(faults: list[Fault], act: Callable[..., list[Task] | None], *arguments: Any) -> list[Task]:
    """What `act` says is to be terminated; its reasons against it go into `faults`."""
    try:
        return act(*arguments) or []
    except NotPossible as refusal:
        faults.extend(refusal.faults)
    except ElementFailure as failure:
        faults.append(Fault("", None, "scope-fails", f"เปิดขอบเขตไม่ได้: {failure.message}", failure.message))
    return []


# ---- activating ----------------------------------------------------------------------------------


def _activate(case: Case, wanted: Activation) -> None:
    node = node_to_begin(case, wanted.element_id)
    scope = _scope_for(case, node, wanted.ancestor)
    task = case.token(node.id, scope)
    if node.type.endswith("Gateway") or node.start_quantity > 1:
        task.internal_data["activated"] = True  # waits for no other token
    _set_variables(case, task, wanted)


def _scope_for(case: Case, node: Node, ancestor: int | None) -> Task:
    at, chain = case.task_tree, scopes_of(case, node)
    assert at is not None
    if ancestor is not None and ancestor != at.id:
        named = case.tasks.get(ancestor)
        if named is None or isinstance(named.task_spec, BodySpec) or named.task_spec.node not in chain:
            raise refused(node.id, "ancestor", *NO_SCOPE_AROUND)
        at, chain = named, chain[chain.index(named.task_spec.node) + 1 :]
    for scope in chain:
        at = _running_scope(case, scope, at, node) if ancestor is None else _open(case, scope, at)
    return at


def _running_scope(case: Case, scope: Node, around: Task, target: Node) -> Task:
    """The one instance of a scope inside another, opened if there is none."""
    found = [t for t in _instances(case, scope.id) if _is_inside(t, around)]
    if len(found) > 1:
        th, en = (
            "ขอบเขตนี้กำลังทำงานอยู่หลายชุด ให้ระบุ ancestorElementInstanceKey",
            (f"{scope.id} runs several times; name one by ancestorElementInstanceKey"),
        )
        raise refused(target.id, "ambiguous-scope", th, en)
    return found[0] if found else _open(case, scope, around)


def _instances(case: Case, element_id: str) -> list[Task]:
    """The running instances of a scope; the body of a loop is none."""
    return [
        t for t in case.tasks.values()
        if t.task_spec.node.id == element_id and "begun" in t.internal_data
        and not t.internal_data.keys() & _NOT_OPEN and not isinstance(t.task_spec, BodySpec)
    ]  # fmt: skip


_NOT_OPEN = {"incident", "leaving", "listening", "doomed"}


def _is_inside(task: Task, around: Task) -> bool:
    at = task.parent
    while at is not None and at is not around:
        at = at.parent
    return at is around


def _open(case: Case, scope: Node, around: Task) -> Task:
    """An instance of a scope that nothing runs in yet; its start listeners are passed over, as its start event is."""
    refuse_loop(scope)
    spec = case.spec.task_specs[scope.id]
    assert isinstance(spec, ActivitySpec)
    task = case.token(scope.id, around)
    case.park(task)
    case.begin(task)
    spec.take_in(task, case)
    spec.open(task, case)
    return task


def _set_variables(case: Case, task: Task, wanted: Activation) -> None:
    around: dict[str, Task] = {}
    at: Task | None = task
    while at is not None and at.parent is not None:
        around.setdefault(at.task_spec.node.id, at)
        at = at.parent
    for scope_id, values in wanted.variables:
        if scope_id is None or scope_id == case.process.id:
            case.variables.set_local(case.key, values)
        elif scope_id in around:
            case.variables.set_local(around[scope_id].id, values)
        else:
            th, en = f"{scope_id} ไม่ใช่ขอบเขตของเป้าหมาย", f"{scope_id} is no scope of the element"
            raise refused(wanted.element_id, "variable-scope", th, en)


# ---- moving and terminating ----------------------------------------------------------------------


def _move(case: Case, move: Move) -> list[Task]:
    sources = selected(case, move.source)
    for source in sources:
        ancestor = move.target.ancestor
        if move.ancestor == "sourceParent":
            ancestor = without_body(source.parent).id
        elif move.ancestor == "inferred":
            ancestor = _common(case, source, move.target.element_id)
        _activate(case, Activation(move.target.element_id, move.target.variables, ancestor))
    return sources


def without_body(scope: Task) -> Task:
    return scope.parent if isinstance(scope.task_spec, BodySpec) else scope


def _common(case: Case, source: Task, target_id: str) -> int:
    """The innermost scope around the source that is around the target, too."""
    target = case.process.nodes.get(target_id)
    chain = scopes_of(case, target) if target is not None else []
    at = source.parent
    while at.parent is not None and (isinstance(at.task_spec, BodySpec) or at.task_spec.node not in chain):
        at = at.parent
    key: int = at.id
    return key


def selected(case: Case, selection: Selection) -> list[Task]:
    if selection.key is not None:
        task = case.tasks.get(selection.key)
        found = [task] if task is not None and task.parent is not None and "doomed" not in task.internal_data else []
    else:
        found = [t for t in case.tasks.values() if _is_outermost(t, selection.element_id)]
    if not found:
        what = str(selection.key or selection.element_id)
        th, en = f"{what} ไม่ได้กำลังทำงาน", f"{what} does not run in this case"
        raise refused(selection.element_id, "not-running", th, en)
    return found


def _is_outermost(task: Task, element_id: str | None) -> bool:
    """Whether the task stands for the element and is not a round inside the element's own loop."""
    return (
        task.task_spec.node.id == element_id
        and task.parent is not None
        and task.parent.task_spec.node.id != element_id
        and "doomed" not in task.internal_data
    )  # fmt: skip


def _is_empty(scope: Task) -> bool:
    """Whether nothing is in a scope but what is being cancelled."""
    return all("doomed" in child.internal_data for child in scope.children)


def _remove(case: Case, task: Task) -> None:
    """Terminate a token and the scopes that are empty without it."""
    if task.id not in case.tasks:
        return  # went with a scope around it
    scope = task.parent
    case.terminate(task)
    while scope.parent is not None and _is_empty(scope):
        emptied, scope = scope, scope.parent
        case.terminate(emptied)
    if isinstance(scope.task_spec, BodySpec) and "terminated" in scope.internal_data:
        scope.internal_data["terminated"] += 1
