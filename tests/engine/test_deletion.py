"""A finished case is deleted: what it worked with is gone, its history stays whole and says who did it."""

from __future__ import annotations

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.carry_out_retention import KEPT_BY_HAND
from engine.commands.claim_task import ClaimTask
from engine.commands.create_document import CreateDocument
from engine.commands.delete_instance import WORKED_WITH, DeleteInstance
from engine.commands.drafts import SaveDraft
from engine.commands.restart_instance import RestartInstance
from engine.commands.set_variables import SetVariables
from engine.commands.write_comment import WriteComment
from engine.errors import Forbidden, InvalidState, NotFound, StaleRevision
from engine.queries.deadlines import search_deadlines
from engine.queries.elements import search_elements, search_variables
from engine.queries.evidence import get_history, get_variables_at, verify_history
from engine.queries.instances import get_instance, search_instances
from engine.queries.search import Search
from engine.queries.tasks import search_tasks
from engine.store import tables as t
from engine.store.tables import metadata
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

CLOCK = '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT2H" stoppedBy="a"/>'
TASK = user("a", '<zeebe:assignmentDefinition candidateGroups="finance"/>')
ONE = diagram(
    f"<bpmn:extensionElements>{CLOCK}</bpmn:extensionElements>" + node("startEvent", "s") + TASK
    + node("endEvent", "e") + flows("s a", "a e")
)  # fmt: skip
CALL = diagram(
    node("startEvent", "s") + node("callActivity", "c", '<zeebe:calledElement processId="p"/>') + flows("s c"),
    process_id="caller",
)
GONE = (t.variable, t.element_instance, t.user_task, t.task_candidate, t.job, t.incident, t.comment, t.document)
ANN = person("ann", "finance")


def ended(office: Office) -> Office:
    """A case that has ended, with a draft, a comment, a document and a clock behind it."""
    office.deploy(ONE)
    office.start(aware_at=office.clock.now().isoformat(), secret="ข้อมูลส่วนบุคคล")
    task = office.task("a").key
    office.run(ClaimTask(task), ANN)
    office.run(SaveDraft(task, {"half": "written"}), ANN)
    office.run(WriteComment(office.key, "ครบแล้ว"), ANN)
    office.run(CreateDocument("a.pdf", b"%PDF", process_instance_key=office.key), ANN)
    return office.complete("a", ANN)


def test_what_it_worked_with_goes_and_its_history_stays(office: Office) -> None:
    before = len(ended(office).events())
    office.run(DeleteInstance(office.key, "พ้นกำหนดเก็บ"), ADMIN)
    assert [table.name for table in (*GONE, t.task_draft) if office.rows(table, everything=True)] == []
    assert office.instance.state == "DELETED"
    assert len(office.events()) == before + 1
    last = office.rows(t.history_event)[-1]
    assert (last.type, last.actor) == ("instance-deleted", "admin")
    assert office.event("instance-deleted") == {"reason": "พ้นกำหนดเก็บ"}
    assert office.verified()


def test_no_table_of_cases_is_forgotten() -> None:
    of_cases = {name for name, table in metadata.tables.items() if "process_instance_key" in table.c}
    kept = {
        "history_event", "case_key", "checkpoint_head", "control_point_result", "deadline", "deadline_record",
        "deadline_overseer", "batch_operation_item", "legal_hold", "deleted_case", "archived_case", "restored_case",
    }  # evidence, and what opens it
    assert of_cases == kept | {table.name for table in WORKED_WITH}
    for_good = {table.name for table in (*WORKED_WITH, *KEPT_BY_HAND)}
    assert of_cases == for_good | {"checkpoint_head", "deleted_case", "archived_case", "restored_case"}, "retention leaves the heads alone"


def test_nobody_meets_it_any_more_but_who_reads_its_history(office: Office) -> None:
    ended(office)
    office.run(DeleteInstance(office.key), ADMIN)
    with office.database.read() as db:
        for actor in (OWNER, ADMIN, AUDITOR):
            with pytest.raises(NotFound):
                get_instance(db, actor, office.key)
            for search in (search_instances, search_elements, search_variables, search_tasks):
                assert search(db, actor, Search())["items"] == []
        read = office.bus.services.definitions
        history = get_history(db, AUDITOR, lambda d, k: read.process(d, k).definition.process, office.key, 0, 1000)
        assert history["items"][-1]["type"] == "instance-deleted"
        assert verify_history(db, AUDITOR, office.key)["valid"]
        at_end = get_variables_at(db, AUDITOR, office.key, history["page"]["lastSequence"])
        assert "secret" in {item["name"] for item in at_end["items"]}
        clocks = search_deadlines(db, AUDITOR, lambda d, k: read.process(d, k).definition.process, Search())
        assert [clock["state"] for clock in clocks["items"]] == ["KEPT"], "the register of deadlines keeps its entries"
        with pytest.raises(NotFound):
            get_history(db, ANN, lambda d, k: read.process(d, k).definition.process, office.key, 0, 10)


def test_nothing_more_is_done_to_it(office: Office) -> None:
    ended(office)
    office.run(DeleteInstance(office.key), ADMIN)
    before = office.snapshot()
    commands = (
        DeleteInstance(office.key), CancelInstance(office.key), RestartInstance(office.key, ("a",)),
        SetVariables(office.key, {"x": 1}), WriteComment(office.key, "x"),
    )  # fmt: skip
    for command in commands:
        with pytest.raises(NotFound):
            office.run(command, ADMIN if isinstance(command, DeleteInstance) else OWNER)
    assert office.snapshot() == before


def test_a_case_that_runs_is_not_deleted(office: Office) -> None:
    office.deploy(ONE)
    office.start(aware_at=office.clock.now().isoformat())
    before = office.snapshot()
    with pytest.raises(InvalidState):
        office.run(DeleteInstance(office.key), ADMIN)
    with pytest.raises(StaleRevision):
        office.run(DeleteInstance(office.key, rev=99), ADMIN)
    for actor in (OWNER, ANN, AUDITOR):
        with pytest.raises(Forbidden):
            office.run(DeleteInstance(office.key), actor)
    assert office.snapshot() == before


def test_what_it_called_goes_with_it(office: Office) -> None:
    office.deploy(("p.bpmn", ONE), ("c.bpmn", CALL))
    caller = office.start("caller", aware_at=office.clock.now().isoformat())
    called = next(r.key for r in office.rows(t.process_instance) if r.parent_key == caller)
    office.key = called
    office.complete("a", OWNER)
    with pytest.raises(InvalidState):
        office.run(DeleteInstance(called), ADMIN)
    office.run(DeleteInstance(caller), ADMIN)
    assert [r.state for r in office.rows(t.process_instance)] == ["DELETED"] * 2
    assert office.events("instance-deleted") == [("instance-deleted", None)]
    assert office.rows(t.variable, everything=True) == []
    assert office.verified()


def test_its_business_id_is_free(office: Office) -> None:
    office.deploy(ONE)
    moment = office.clock.now().isoformat()
    office.start(business_id="69/1", aware_at=moment)
    office.run(CancelInstance(office.key), OWNER)
    office.run(DeleteInstance(office.key), ADMIN)
    office.start(business_id="69/1", aware_at=moment)
    assert office.waiting == ["a"]
