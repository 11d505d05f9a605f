"""Data of a diagram in the tables and in history: variables like all others, on both databases."""

from __future__ import annotations

from engine.commands.migrate_instance import MigrateInstance
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import START, data_object, fill, give, interface, prop

BODY = interface("what", "done") + prop("draft") + fill("r_order -> i_what") + give("o_done -> r_order", "={done: done}")
ONE = diagram(data_object("order") + START + user("a", body=BODY) + user("b") + flows("s a", "a b"))


def _locals(office: Office, element: str) -> dict[str, str]:
    key = office.task(element).key
    return {r.name: r.value for r in office.rows(t.variable) if r.scope_key == key}


def test_data_are_variables_in_the_tables_and_in_history(office: Office) -> None:
    office.deploy(ONE)
    office.start(order="no 7")
    assert office.variables == {"order": "no 7"}
    assert _locals(office, "a") == {"what": '"no 7"', "draft": "null", "done": "null"}
    task = office.task("a").key
    office.complete("a", done="yes")
    assert office.variables == {"order": {"done": "yes"}}
    assert office.event("variable-set") == {"scope": str(office.key), "name": "order", "value": {"done": "yes"}, "before": "no 7"}
    assert [r for r in office.rows(t.variable) if r.scope_key == task] == []
    assert office.verified()


def test_a_task_whose_input_is_missing_begins_when_it_is_there(office: Office) -> None:
    office.deploy(ONE)
    office.start()
    assert office.waiting == []
    (incident,) = office.rows(t.incident)
    assert (incident.element_id, incident.error_type, incident.message) == ("a", "IO_MAPPING_ERROR", "no input set of a is available: what missing")
    office.run(SetVariables(office.key, {"order": 1}), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    assert office.waiting == ["a"] and office.instance.incidents == 0


def test_a_task_whose_output_is_missing_ends_when_it_is_there(office: Office) -> None:
    office.deploy(ONE)
    office.start(order=1)
    task = office.task("a").key
    office.complete("a", other=2)
    (incident,) = office.rows(t.incident)
    assert (incident.element_instance_key, incident.message) == (task, "no output set of a is available: done missing")
    office.run(SetVariables(task, {"done": "yes"}, local=True), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    assert office.waiting == ["b"] and office.variables == {"order": {"done": "yes"}, "other": 2}


def test_a_called_process_takes_its_inputs_and_gives_its_outputs(office: Office) -> None:
    called = '<zeebe:calledElement processId="q" propagateAllParentVariables="false" propagateAllChildVariables="false"/>'
    body = interface("x", "y") + fill("r_order -> i_x") + give("o_y -> r_order")
    caller = diagram(data_object("order") + START + node("callActivity", "c", called, body) + user("b") + flows("s c", "c b"))
    task = user("a", body=interface("n", "m") + fill("i_x -> i_n") + give("o_m -> o_y", "=n + m"))
    child = diagram(interface("x", "y") + data_object("note") + START + task + flows("s a"), process_id="q")
    office.deploy(("p.bpmn", caller), ("q.bpmn", child))
    parent = office.start(order=40)
    office.key = next(r.key for r in office.rows(t.process_instance) if r.key != parent)
    assert office.variables == {"x": 40, "y": None, "note": None}
    office.complete("a", m=2)
    office.key = parent
    assert (office.waiting, office.variables) == (["b"], {"order": 42})


def test_a_version_with_more_data_gives_them_to_a_running_case(office: Office) -> None:
    office.deploy(diagram(START + user("a") + flows("s a")))
    office.start()
    office.deploy(diagram(data_object("order") + START + user("a", body=prop("draft")) + flows("s a")))
    target = office.rows(t.process_definition, everything=True)[-1].key
    office.run(MigrateInstance(office.key, target, (("a", "a"),), "ข้อมูลเพิ่ม"), OWNER)
    assert office.variables == {"order": None} and _locals(office, "a") == {"draft": "null"}
