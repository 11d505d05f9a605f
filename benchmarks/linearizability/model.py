"""What a case is to those who act on it, one after the other: the rules of the engine told a second time, plainly.

The diagram (content.py): two branches of two tasks each, a1 a2 and b1 b2, then c. The clerks are candidates of every
task; the owner assigns, cancels and migrates.
"""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.linearizability.operations import Operation, Outcome

ELEMENTS = ("a1", "a2", "b1", "b2", "c")
FOLLOWS = {"a1": "a2", "b1": "b2"}
OWNER, CLERKS = "owner", ("ann", "bob", "cat")
READS = frozenset({"see-task", "see-case", "see-tasks"})
OK: Outcome = ("ok",)
FORBIDDEN: Outcome = ("refused", "forbidden")
# whatever the state: nothing was done
NOT_NOW: tuple[Outcome, ...] = (("refused", "busy"), ("refused", "database-unreachable"))


class Task(NamedTuple):
    """One user task."""

    state: str = "CREATED"
    assignee: str | None = None
    rev: int = 1
    done_by: str | None = None
    version: int = 1


class Case(NamedTuple):
    """One case with its tasks, in the order of ELEMENTS; None: not yet there. `known` are the requests that a key was
    given with: (actor, key, what was asked)."""

    state: str = "ACTIVE"
    rev: int = 2  # it was started
    version: int = 1
    tasks: tuple[Task | None, ...] = (Task(), None, Task(), None, None)
    known: frozenset[tuple[str, str, str]] = frozenset()


def begun(version: int) -> Case:
    """A case just after its start in this version."""
    first = Task(version=version)
    return Case(version=version, tasks=(first, None, first, None, None))


def step(case: Case, operation: Operation) -> tuple[Outcome | None, Case]:
    """What the operation is answered when its turn comes, and the case afterwards. None: it cannot be asked for yet,
    because the task does not exist."""
    if operation.outcome in NOT_NOW:
        return operation.outcome, case
    if operation.key is None:
        return _RULES[operation.kind](case, operation)
    request = operation.actor, operation.key, request_of(operation)
    for known in case.known:
        if known[:2] == request[:2]:
            return (OK if known == request else ("refused", "idempotency-key-reused")), case
    outcome, after = _RULES[operation.kind](case, operation)
    return outcome, after if after is case else after._replace(known=case.known | {request})


def silent(operation: Operation) -> bool:
    """Whether it changed nothing, whatever the order: it only read, or was refused."""
    return operation.kind in READS or (operation.outcome is not None and operation.outcome[0] == "refused")


def request_of(operation: Operation) -> str:
    """What makes two requests under one key the same."""
    return " ".join(map(str, (operation.kind, operation.element, operation.value, operation.rev)))


def mark(operation: Operation) -> str:
    """What the operation writes into the case, by which its events are told from those of others. A repetition under
    one key writes the same."""
    return operation.id if operation.key is None else operation.key


def _stale(expected: int | None, rev: int) -> Outcome | None:
    return ("refused", "stale-revision", rev) if expected is not None and expected != rev else None


def _not_open(task: Task) -> Outcome | None:
    return ("refused", "invalid-state", task.state) if task.state != "CREATED" else None


def _with(case: Case, element: str, task: Task) -> Case:
    tasks = tuple(task if name == element else old for name, old in zip(ELEMENTS, case.tasks, strict=True))
    return case._replace(tasks=tasks, rev=case.rev + 1)


def _task(case: Case, operation: Operation) -> Task | None:
    return case.tasks[ELEMENTS.index(str(operation.element))]


def _claim(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    task = _task(case, o)
    if task is None:
        return None, case
    taken = task.assignee not in (None, o.actor)
    refused = _stale(o.rev, task.rev) or _not_open(task) or (taken and ("refused", "invalid-state", task.assignee))
    if refused:
        return refused, case
    if task.assignee == o.actor:
        return OK, case._replace(rev=case.rev + 1)  # it is recorded, the task stays as it is
    return OK, _with(case, str(o.element), task._replace(assignee=o.actor, rev=task.rev + 1))


def _unassign(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    task = _task(case, o)
    if task is None:
        return None, case
    forbidden = None if o.actor in (OWNER, task.assignee) else FORBIDDEN
    refused = forbidden or _stale(o.rev, task.rev) or _not_open(task)
    if refused:
        return refused, case
    return OK, _with(case, str(o.element), task._replace(assignee=None, rev=task.rev + 1))


def _assign(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    task = _task(case, o)
    if task is None:
        return None, case
    refused = _stale(o.rev, task.rev) or _not_open(task)
    if refused:
        return refused, case
    return OK, _with(case, str(o.element), task._replace(assignee=o.value, rev=task.rev + 1))


def _complete(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    task = _task(case, o)
    if task is None:
        return None, case
    forbidden = None if task.assignee in (None, o.actor) else FORBIDDEN
    refused = forbidden or _stale(o.rev, task.rev) or _not_open(task)
    if refused:
        return refused, case
    element = str(o.element)
    done = task._replace(state="COMPLETED", rev=task.rev + 1, done_by=o.actor)
    after = _with(case, element, done)
    new = Task(version=case.version)
    tasks = dict(zip(ELEMENTS, after.tasks, strict=True))
    if element in FOLLOWS:
        tasks[FOLLOWS[element]] = new
    elif element == "c":
        after = after._replace(state="COMPLETED")
    elif all((t := tasks[end]) is not None and t.state == "COMPLETED" for end in FOLLOWS.values()):
        tasks["c"] = new
    return OK, after._replace(tasks=tuple(tasks.values()))


def _cancel(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    refused = _over(case, o)
    if refused:
        return refused, case
    tasks = tuple(
        t._replace(state="CANCELED", rev=t.rev + 1) if t is not None and t.state == "CREATED" else t for t in case.tasks
    )
    return OK, case._replace(state="TERMINATED", rev=case.rev + 1, tasks=tasks)


def _migrate(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    refused = _over(case, o)
    if refused:
        return refused, case
    tasks = tuple(
        t._replace(version=o.value, rev=t.rev + 1) if t is not None and t.state == "CREATED" else t for t in case.tasks
    )
    return OK, case._replace(version=o.value, rev=case.rev + 1, tasks=tasks)


def _over(case: Case, o: Operation) -> Outcome | None:
    """Why the owner cannot do this with the whole case; nobody else may at all."""
    if o.actor != OWNER:
        return FORBIDDEN
    ended = ("refused", "invalid-state", case.state) if case.state != "ACTIVE" else None
    return _stale(o.rev, case.rev) or ended


def _see_task(case: Case, o: Operation) -> tuple[Outcome | None, Case]:
    task = _task(case, o)
    return (None if task is None else ("ok", *task)), case


def _see_case(case: Case, _o: Operation) -> tuple[Outcome, Case]:
    return ("ok", case.state, case.rev, case.version), case


def _see_tasks(case: Case, _o: Operation) -> tuple[Outcome, Case]:
    """All tasks in one look: (element, state, assignee, revision, by whom it was done, version)."""
    return ("ok", *((name, *task) for name, task in zip(ELEMENTS, case.tasks, strict=True) if task is not None)), case


_RULES = {
    "claim": _claim, "unassign": _unassign, "assign": _assign, "complete": _complete, "cancel": _cancel,
    "migrate": _migrate, "see-task": _see_task, "see-case": _see_case, "see-tasks": _see_tasks,
}  # fmt: skip
