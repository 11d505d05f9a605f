"""The clients of the run on linearizability: what they ask for again, and what they learn from answers."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.linearizability.choosing import Choice
from benchmarks.linearizability.doors import Known
from benchmarks.linearizability.model import OK
from benchmarks.linearizability.operations import Operation

CASE = Known({1: 1, 2: 2, 3: 3}, 7, {"a1": 71, "b1": 72})


def test_what_was_asked_for_with_a_key_and_not_answered_is_asked_for_again() -> None:
    choice = Choice("1")
    choice.next("0", CASE)
    lost = Operation("1", "7", "claim", "ann", "a1", key="7-1")
    choice.told(lost)
    again = choice.next("2", CASE)
    assert again.id == "2" and replace(again, id="1").__repr__() == repr(lost)
    choice.told(replace(again, outcome=OK))
    assert all(choice.next(str(n), CASE).id == str(n) for n in range(3, 9))


def test_another_client_may_see_a_new_task_while_one_chooses() -> None:
    """What they know of a case is shared by all of a process."""

    class Growing(dict[str, int]):
        def __contains__(self, name: object) -> bool:
            found = super().__contains__(name)
            if name == "c":  # the last that is asked for
                self["a2"] = 73
            return found

    choice = Choice("1")
    for number in range(50):
        choice.next(str(number), replace(CASE, tasks=Growing({"a1": 71})))


def test_all_kinds_are_asked_for_with_and_without_revision_and_key() -> None:
    choice = Choice("1")
    asked = []
    for number in range(2_000):
        operation = choice.next(str(number), replace(CASE, case=number // 100))
        asked.append(operation)
        seen = {"see-task": ("ok", "CREATED", None, 4, None, 1), "see-case": ("ok", "ACTIVE", 6, 1)}
        choice.told(replace(operation, outcome=seen.get(operation.kind, OK)))
    kinds = {o.kind for o in asked}
    assert kinds == {
        "claim", "complete", "unassign", "assign", "migrate", "cancel", "see-task", "see-tasks", "see-case"
    }  # fmt: skip
    changing = {kind for kind in kinds if not kind.startswith("see")}
    assert {o.kind for o in asked if o.rev is not None} == changing
    assert {o.kind for o in asked if o.key is not None} == changing - {"cancel"}
    assert {o.key for o in asked if o.case == "3"} <= {None, *(f"3-{n}" for n in range(4))}
