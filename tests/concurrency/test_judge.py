"""The judge of linearizability finds an order where there is one, and says so where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.linearizability.judge import counterexample, judge
from benchmarks.linearizability.model import OK, begun, silent
from benchmarks.linearizability.operations import Operation, Outcome, invoked, read_lines
from benchmarks.linearizability.operations import answered as line_answered
from benchmarks.linearizability.trail import by_trail
from benchmarks.linearizability.verdict import judged
from tests.concurrency.histories import CASE, answered, asked, at_once, by_hand, forgotten

SURE = Operation("sure", "1", "complete", "ann", "b1")  # it can be done as long as nothing else has been
ACTED = asked(keys=False).map(lambda operations: [SURE, *operations])


def good(operations: list[Operation]) -> bool:
    return judge(operations, CASE).good


@given(asked())
def test_what_happened_one_after_the_other_is_explained(operations: list[Operation]) -> None:
    made, told, _ = answered(operations)
    found = judge(made, CASE)
    assert found.good and {o.id for o in found.order} == {o.id for o in made}
    assert judge(made, by_trail(1, told)).good


@given(asked(), st.data())
def test_what_happened_at_once_is_explained(operations: list[Operation], data: st.DataObject) -> None:
    made, told, _ = answered(operations)
    wider = data.draw(at_once(made))
    assert good(wider)
    assert judge(wider, by_trail(1, told)).good


@given(asked(), st.data())
def test_what_nobody_heard_of_may_have_happened_or_not(operations: list[Operation], data: st.DataObject) -> None:
    happened = [o for o in operations if data.draw(st.booleans())]
    made, told, _ = answered(happened)
    ids = {o.id for o in happened}
    unheard = [replace(forgotten(o), called=data.draw(st.integers(0, 200))) for o in operations if o.id not in ids]
    lost = [forgotten(o) if o.id in ids and data.draw(st.booleans()) else o for o in made]
    assert good(lost + unheard)
    assert judge(lost + unheard, by_trail(1, told)).good


@given(asked(most=4), st.data())
def test_it_says_what_trying_every_order_says(operations: list[Operation], data: st.DataObject) -> None:
    made, _, _ = answered(operations)
    made = [o for o in data.draw(at_once(made)) if o.id != "tasks"]
    at = data.draw(st.integers(0, len(made) - 1))
    of_kind = [o.outcome for o in made if o.kind == made[at].kind]
    outcomes: list[Outcome | None] = [None, OK, ("refused", "forbidden"), *of_kind]
    outcome = data.draw(st.sampled_from(outcomes))
    made[at] = forgotten(made[at]) if outcome is None else replace(made[at], outcome=outcome)
    assert good(made) == by_hand(made)


# ---- what is wrong is found ----------------------------------------------------------------------------------------


@given(ACTED, st.data())
def test_a_lost_update_is_found(operations: list[Operation], data: st.DataObject) -> None:
    made, _, _ = answered(operations)
    lost = data.draw(st.sampled_from([n for n, o in enumerate(made) if not silent(o)]))
    without, _, _ = answered([o for o in operations if o.id != made[lost].id])
    wrong = {o.id: o.outcome for o in without}  # everybody else was answered as if it had not been
    there = [o for n, o in enumerate(made) if n == lost or o.id in wrong]
    assert not good([o if o is made[lost] else replace(o, outcome=wrong[o.id]) for o in there])


@given(ACTED, st.data())
def test_a_task_that_two_completed_is_found(operations: list[Operation], data: st.DataObject) -> None:
    made, _, _ = answered(operations)
    done = [o for o in made if o.kind == "complete" and o.outcome == OK]
    one = data.draw(st.sampled_from(done))
    again = replace(one, id="again", called=one.called - data.draw(st.integers(0, 50)), rev=None)
    assert not good([*made, again])


@given(ACTED, st.data())
def test_a_look_that_does_not_show_what_was_acknowledged_is_found(operations: list[Operation], data: st.DataObject) -> None:
    made, _, _ = answered(operations)
    write = data.draw(st.sampled_from([n for n, o in enumerate(made) if not silent(o)]))
    earlier, _, _ = answered([o for o in operations if o.id in {m.id for m in made[:write]}])
    stale = replace(earlier[-1], id="stale", called=made[write].called + 6, returned=made[write].called + 7)
    assert not good([*made, stale])


@given(asked(keys=False))
def test_a_task_that_came_back_is_found(operations: list[Operation]) -> None:
    made, _, case = answered([*operations, Operation("over", "1", "cancel", "owner")])
    open_again = tuple(t._replace(state="CREATED") if t and t.state == "CANCELED" else t for t in case.tasks)
    assume(open_again != case.tasks)
    shown, _, _ = answered([], case._replace(tasks=open_again))
    assert good(made)
    assert not good([*made, replace(shown[0], id="late", called=10_000, returned=10_001)])


@given(asked(), st.data())
def test_history_that_lacks_a_command_or_has_one_too_many_is_found(operations: list[Operation], data: st.DataObject) -> None:
    made, told, _ = answered([SURE, *operations])
    at = data.draw(st.integers(0, len(told) - 1))
    before, one, after = told[:at], told[at], told[at + 1 :]
    others = [[*before, *after], [*before, one, one, *after], [*before, replace(one, actor="eve"), *after]]
    made[-1] = replace(made[-1], id="end.see-case")
    assert judged("1", made, 1, told) == []
    for wrong in others:
        assert len(judged("1", made, 1, wrong)) == 1


@given(asked(most=5, keys=False).map(lambda operations: [SURE, *operations]), st.data())
def test_what_shows_a_fault_is_the_least_that_does(operations: list[Operation], data: st.DataObject) -> None:
    made, _, _ = answered(operations)
    wrong = [*data.draw(at_once(made)), replace(SURE, id="again", called=10_000, returned=10_005, outcome=OK)]
    shown = {o.id for o in counterexample(wrong, CASE)}
    assert shown
    left = [o if o.id in shown else forgotten(o) for o in wrong]
    assert not good(left)
    assert all(good([forgotten(o) if o.id == one else o for o in left]) for one in shown)


def test_a_violation_is_told_in_lines() -> None:
    claim = Operation("1", "7", "claim", "ann", "a1", called=0, returned=5_000, outcome=OK)
    other = replace(claim, id="2", actor="bob", called=6_000, returned=9_000)
    (told,) = judged("7", [claim, other], 1, [])
    assert told == (
        "case 7 is not linearizable:\n"
        "  !        0 ..        5 bus  ann: claim a1 -> ok\n"
        "  !        6 ..        9 bus  bob: claim a1 -> ok"
    )


def test_a_line_that_a_kill_cut_off_was_never_asked(tmp_path: Path) -> None:
    one = Operation("1", "7", "claim", "ann", "a1", rev=3, key="k", called=5)
    two, three = replace(one, id="2"), replace(one, id="3")
    file = tmp_path / "0.jsonl"
    written = [invoked(one), line_answered("1", 9, OK), invoked(two), line_answered("2", 9, None), invoked(three)[:-4]]
    file.write_bytes(b"".join(written))
    first, second = read_lines([file])
    assert (first.outcome, first.returned, first.key, first.rev) == (OK, 9, "k", 3)
    assert (second.outcome, second.returned) == (None, None)


def test_the_model_begins_with_two_open_tasks() -> None:
    assert [task.state if task else None for task in begun(2).tasks] == ["CREATED", None, "CREATED", None, None]
