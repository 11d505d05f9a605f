"""Batch operations: to each case what was asked, in the name of who asked, with what that person may do."""

from __future__ import annotations

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.create_instance import CreateInstance
from engine.commands.delete_resource import DeleteResource
from engine.commands.resolve_incidents import ResolveIncidents
from engine.commands.set_variables import SetVariables
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.jobs.batches import run_batches
from engine.model import batch as types
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, Office, person
from tests.engine.batching import TWO, S, ask, batch, cases, items, states, three_cases, told
from tests.execution.bench import diagram, flows, node, user

SPLIT = diagram(S + node("exclusiveGateway", "g") + user("a") + user("b") + flows("s g", "g a: =x", "g b: =not(x)"))
CALL = diagram(S + node("callActivity", "c", '<zeebe:calledElement processId="q"/>') + flows("s c"), process_id="caller")


@pytest.fixture
def work(office: Office) -> Office:
    return three_cases(office)


def test_cases_are_cancelled_in_the_background_as_who_asked(work: Office) -> None:
    key = ask(work, types.CANCEL)
    row = batch(work, key)
    assert (row.state, row.total, row.started_at, items(work, key)) == ("CREATED", 0, None, [])
    assert states(work) == ["ACTIVE"] * 3
    work.settle()
    row = batch(work, key)
    assert (row.state, row.total, row.completed, row.failed, row.errors) == ("COMPLETED", 3, 3, 0, [])
    assert row.started_at == row.ended_at == work.clock.now()
    assert items(work, key) == [(case, "COMPLETED") for case in cases(work)]
    assert states(work) == ["TERMINATED"] * 3
    assert {actor for _, actor in told(work, "instance-cancelled")} == {"owner"}
    assert work.verified()


def test_only_what_the_filter_finds(work: Office) -> None:
    key = ask(work, types.CANCEL, plan={"reason": "ถอนเรื่อง"}, processInstanceKey=str(work.key))
    work.settle()
    assert work.event("instance-cancelled") == {"reason": "ถอนเรื่อง"}
    assert items(work, key) == [(work.key, "COMPLETED")]
    assert states(work) == ["ACTIVE", "ACTIVE", "TERMINATED"]


def test_nothing_to_do_is_done_at_once(work: Office) -> None:
    key = ask(work, types.RESUME)
    work.settle()
    assert (batch(work, key).state, batch(work, key).total) == ("COMPLETED", 0)


def test_each_item_needs_the_permission_for_its_case(work: Office) -> None:
    work.deploy(("q.bpmn", diagram(S + user("a") + flows("s a"), process_id="q")))
    narrow = Actor("narrow", roles=frozenset({"process-owner"}), owned=frozenset({"p"}))
    other = int(work.run(CreateInstance("q"), OWNER)["processInstanceKey"])
    with work.database.write() as db:  # narrow takes part in the other case, and so sees it
        told_of = {"key": 1, "recipient_kind": "user", "recipient": "narrow", "about": "x", "subject": "x", "body": "x"}
        db.execute(t.notification.insert(), told_of | {"created_at": work.clock.now(), "process_instance_key": other})
    key = ask(work, types.CANCEL, narrow)
    work.settle()
    row = batch(work, key)
    assert (row.state, row.completed, row.failed) == ("PARTIALLY_COMPLETED", 3, 1)
    assert items(work, key)[-1] == (other, "FAILED")
    (failed,) = [r for r in work.rows(t.batch_operation_item, everything=True) if r.state == "FAILED"]
    assert failed.error_message.startswith("forbidden") and failed.processed_at == work.clock.now()
    assert states(work) == ["TERMINATED"] * 3 + ["ACTIVE"]


def test_what_one_does_not_see_is_not_touched(work: Office) -> None:
    key = ask(work, types.CANCEL, Actor("stranger", roles=frozenset({"process-owner"}), owned=frozenset({"other"})))
    work.settle()
    assert (items(work, key), states(work)) == ([], ["ACTIVE"] * 3)


def test_an_account_that_lost_its_roles_does_nothing_more(work: Office) -> None:
    key = ask(work, types.CANCEL)
    run_batches(work.bus)  # the cases are found
    with work.database.write() as db:
        db.execute(t.person.update().where(t.person.c.username == "owner").values(active=False))
    work.settle()
    assert (batch(work, key).state, batch(work, key).failed) == ("FAILED", 3)
    assert states(work) == ["ACTIVE"] * 3


def test_who_may_do_nothing_of_it_may_not_ask(work: Office) -> None:
    before = work.snapshot()
    with pytest.raises(Forbidden):
        ask(work, types.CANCEL, person("somchai", "staff_group"))
    with pytest.raises(Forbidden):
        ask(work, types.DELETE)  # an owner
    with pytest.raises(InvalidArgument):
        ask(work, "PAINT_PROCESS_INSTANCE")
    assert work.snapshot() == before


def test_suspension_resumption_and_back(work: Office) -> None:
    ask(work, types.SUSPEND, plan={"reason": "ศาลสั่งระงับ"})
    work.settle()
    assert states(work) == ["SUSPENDED"] * 3
    assert work.event("instance-suspended")["reason"] == "ศาลสั่งระงับ"
    ask(work, types.RESUME, processInstanceKey=str(work.key))
    work.settle()
    assert states(work) == ["SUSPENDED", "SUSPENDED", "ACTIVE"]


def test_moves_every_token_of_each_case(work: Office) -> None:
    work.complete("a")
    key = ask(work, types.MODIFY, plan={"moves": [["a", "b"]], "reason": "ข้ามขั้น"})
    work.settle()
    for case in cases(work):
        work.key = case
        assert work.waiting == ["b"]
    row = batch(work, key)
    assert (row.state, row.completed, row.failed) == ("PARTIALLY_COMPLETED", 2, 1), "the third has no token at a"
    assert work.verified()


def test_migration_to_another_version(work: Office) -> None:
    work.deploy(diagram(S + user("a") + user("c") + flows("s a", "a c")))
    target = str(max(r.key for r in work.rows(t.process_definition)))
    key = ask(work, types.MIGRATE, plan={"target": target, "mapping": [["a", "a"]]})
    work.settle()
    assert (batch(work, key).state, batch(work, key).completed) == ("COMPLETED", 3)
    assert {r.version for r in work.rows(t.process_instance)} == {2}
    for wrong in ({"target": "99", "mapping": []}, {"target": target, "mapping": [["a", "a"], ["a", "c"]]}):
        with pytest.raises(InvalidArgument):
            ask(work, types.MIGRATE, plan=wrong)


def test_incidents_of_many_cases_are_resolved(work: Office) -> None:
    work.deploy(("r.bpmn", SPLIT.replace(b'id="p"', b'id="r"')))
    broken = [work.start("r") for _ in range(2)]
    for case in broken:
        work.run(SetVariables(case, {"x": True}), OWNER)
    key = ask(work, types.RESOLVE, ADMIN, {"reason": "ซ่อมแล้ว"})
    work.settle()
    assert items(work, key) == [(case, "COMPLETED") for case in broken], "a case without incidents is not concerned"
    assert {r.state for r in work.rows(t.incident, everything=True)} == {"RESOLVED"}
    assert len(work.rows(t.batch_operation)) == 1, "an item is no operation of its own"
    assert work.event("incidents-resolution") == {"reason": "ซ่อมแล้ว"}


def test_the_incidents_of_one_case_are_an_operation_that_has_ended(work: Office) -> None:
    work.deploy(("r.bpmn", SPLIT.replace(b'id="p"', b'id="r"')))
    case = work.start("r")
    work.run(SetVariables(case, {"x": True}), OWNER)
    answer = work.run(ResolveIncidents(case), OWNER)
    row = batch(work, int(answer["batchOperationKey"]))
    assert (row.state, row.type, row.total, row.completed) == ("COMPLETED", types.RESOLVE, 1, 1)
    assert items(work, row.key) == [(case, "COMPLETED")]
    assert [r for r in work.rows(t.job, everything=True) if r.kind == "BATCH"] == []


def test_called_cases_are_left_to_their_callers(work: Office) -> None:
    work.deploy(("q.bpmn", TWO.replace(b'id="p"', b'id="q"')), ("caller.bpmn", CALL))
    caller = work.start("caller")
    key = ask(work, types.CANCEL, processDefinitionId={"$in": ["caller", "q"]})
    work.settle()
    assert items(work, key) == [(caller, "COMPLETED")]
    assert states(work) == ["ACTIVE"] * 3 + ["TERMINATED"] * 2


def test_a_case_that_ended_meanwhile_is_skipped(work: Office) -> None:
    key = ask(work, types.CANCEL)
    run_batches(work.bus)
    work.run(CancelInstance(work.key), OWNER)
    work.settle()
    assert [state for _, state in items(work, key)] == ["COMPLETED", "COMPLETED", "SKIPPED"]
    assert (batch(work, key).state, batch(work, key).completed) == ("COMPLETED", 2)
    assert len(told(work, "instance-cancelled")) == 3


def test_the_history_of_a_version_is_deleted_as_a_batch(work: Office) -> None:
    ask(work, types.CANCEL)
    work.settle()
    (definition,) = work.rows(t.process_definition)
    with pytest.raises(Forbidden):
        work.run(DeleteResource(definition.key, delete_history=True), OWNER)
    answer = work.run(DeleteResource(definition.key, delete_history=True), ADMIN)
    assert answer["batchOperation"]["batchOperationType"] == types.DELETE
    work.settle()
    assert states(work) == ["DELETED"] * 3
    assert batch(work, int(answer["batchOperation"]["batchOperationKey"])).completed == 3
    with pytest.raises(NotFound):
        work.run(DeleteResource(definition.key), ADMIN)
    assert work.verified()
