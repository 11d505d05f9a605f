"""Called processes in depth: missing and late children, errors through levels, many children, versions, business ids."""

from __future__ import annotations

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.cancel_instance import CancelInstance
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.throw_job_error import ThrowJobError
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")
ERROR = '<bpmn:error id="E" errorCode="BAD"/>'
CATCH = '<bpmn:errorEventDefinition errorRef="E"/>'


def called(process: str, more: str = 'propagateAllChildVariables="true"') -> str:
    return f'<zeebe:calledElement processId="{process}" {more}/>'


def caller(id: str, process: str, more: str = 'propagateAllChildVariables="true"', caught: bool = False) -> tuple[str, bytes]:
    """A process `id` that calls another, then has a task `u_<id>`; its error, if caught, leads to `v_<id>`."""
    body = S + node("callActivity", "c", called(process, more)) + user(f"u_{id}")
    pairs = ["s c", f"c u_{id}"]
    if caught:
        body += node("boundaryEvent", "b", body=CATCH, attributes='attachedToRef="c"') + user(f"v_{id}")
        pairs.append(f"b v_{id}")
    return f"{id}.bpmn", diagram(body + flows(*pairs), ERROR, id)


def leaf(id: str = "leaf") -> tuple[str, bytes]:
    """A process with a task and a job beside each other."""
    job = node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>')
    return f"{id}.bpmn", diagram(S + node("parallelGateway", "both") + user("a") + job + flows("s both", "both a", "both j"), process_id=id)


def all_states(office: Office) -> dict[str, str]:
    return {r.process_id: r.state for r in office.rows(t.process_instance, everything=True)}


def all_waiting(office: Office) -> list[str]:
    return sorted(r.element_id for r in office.rows(t.user_task, everything=True) if r.state == "CREATED")


def throw(office: Office, code: str = "BAD") -> None:
    (job,) = office.run(ActivateJobs("pay", "w", 60_000, 1), WORKER)
    office.run(ThrowJobError(int(job["jobKey"]), code, "no money", {"why": 1}), WORKER)


def test_a_child_that_is_deployed_later_is_started_when_the_incident_is_resolved(office: Office) -> None:
    office.deploy(caller("p", "leaf"))
    office.start()
    (incident,) = office.rows(t.incident)
    office.run(ResolveIncident(incident.key), OWNER)
    assert [r.state for r in office.rows(t.incident)] == ["RESOLVED", "ACTIVE"]
    office.deploy(leaf())
    office.run(ResolveIncident(office.rows(t.incident)[1].key), OWNER)
    assert (all_waiting(office), office.instance.incidents) == (["a"], 0)
    assert office.verified()


def test_an_error_goes_up_through_levels_to_who_catches_it(office: Office) -> None:
    office.deploy(leaf(), caller("mid", "leaf"), caller("p", "mid", caught=True))
    office.start()
    throw(office)
    assert all_states(office) == {"p": "ACTIVE", "mid": "TERMINATED", "leaf": "TERMINATED"}
    assert all_waiting(office) == ["v_p"]
    assert office.verified()


def test_the_nearest_catcher_wins(office: Office) -> None:
    office.deploy(leaf(), caller("mid", "leaf", caught=True), caller("p", "mid", caught=True))
    office.start()
    throw(office)
    assert all_states(office) == {"p": "ACTIVE", "mid": "ACTIVE", "leaf": "TERMINATED"}
    assert all_waiting(office) == ["v_mid"]


def test_an_error_that_nobody_catches_stays_an_incident_where_it_happened(office: Office) -> None:
    office.deploy(leaf(), caller("mid", "leaf", caught=True), caller("p", "mid", caught=True))
    office.start()
    throw(office, "OTHER")
    assert set(all_states(office).values()) == {"ACTIVE"}
    (incident,) = office.rows(t.incident, everything=True)
    assert (incident.process_id, incident.error_type) == ("leaf", "UNHANDLED_ERROR_EVENT")
    assert all_waiting(office) == ["a"]


def test_cancelling_the_root_ends_every_level_and_all_that_waits(office: Office) -> None:
    office.deploy(leaf(), caller("mid", "leaf"), caller("p", "mid"))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    assert set(all_states(office).values()) == {"TERMINATED"}
    assert all_waiting(office) == []
    assert {r.state for r in office.rows(t.job, everything=True)} == {"CANCELED"}
    assert {r.state for r in office.rows(t.element_instance, everything=True)} <= {"TERMINATED", "COMPLETED"}
    assert office.verified()


def test_a_loop_of_calls_runs_side_by_side_and_collects(office: Office) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" '
        'inputElement="item" outputCollection="found" outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    child = diagram(S + user("a") + E + flows("s a", "a e"), process_id="q")
    parent = diagram(S + node("callActivity", "c", called("q"), loop) + user("u") + flows("s c", "c u"))
    office.deploy(("q.bpmn", child), ("p.bpmn", parent))
    root = office.start(items=["x", "y", "z"])
    children = [r.key for r in office.rows(t.process_instance, everything=True) if r.process_id == "q"]
    for key, answer in zip(reversed(children), (3, 2, 1), strict=True):
        office.key = key
        office.complete("a", answer=answer)
    office.key = root
    assert (office.waiting, office.variables["found"]) == (["u"], [1, 2, 3])
    assert office.verified()


def test_an_error_of_one_child_ends_its_siblings(office: Office) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2, 3]"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )
    catch = node("boundaryEvent", "b", body=CATCH, attributes='attachedToRef="c"')
    parent = diagram(S + node("callActivity", "c", called("leaf"), loop) + catch + user("v") + flows("s c", "b v"), ERROR)
    office.deploy(leaf(), ("p.bpmn", parent))
    office.start()
    throw(office)
    states = [r.state for r in office.rows(t.process_instance, everything=True) if r.process_id == "leaf"]
    assert (states, all_waiting(office)) == (["TERMINATED"] * 3, ["v"])
    assert office.verified()


def test_a_process_that_calls_itself_without_end_is_an_incident(office: Office) -> None:
    office.deploy(caller("p", "p"))
    office.start()
    (incident,) = office.rows(t.incident, everything=True)
    assert incident.error_type == "CALLED_ELEMENT_ERROR" and "too deeply" in incident.message
    office.run(CancelInstance(office.key), OWNER)
    assert {r.state for r in office.rows(t.process_instance, everything=True)} == {"TERMINATED"}


@pytest.mark.parametrize(
    ("more", "expected"), [("", "B-1"), ('businessId=""', None), ('businessId="=&quot;C-&quot; + no"', "C-7")]
)
def test_business_ids_are_inherited_dropped_or_made(office: Office, more: str, expected: str | None) -> None:
    office.deploy(leaf(), caller("p", "leaf", more))
    office.start(business_id="B-1", no="7")
    child = next(r for r in office.rows(t.process_instance, everything=True) if r.process_id == "leaf")
    assert child.business_id == expected


def test_a_binding_decides_which_version_is_called(office: Office) -> None:
    deployment = 'bindingType="deployment"'
    office.deploy(leaf(), caller("p", "leaf", deployment), caller("newest", "leaf"))
    newer = diagram(S + user("z") + flows("s z"), process_id="leaf")
    office.deploy(("leaf.bpmn", newer))
    office.start("p")
    assert all_waiting(office) == ["a"]
    office.start("newest")
    assert all_waiting(office) == ["a", "z"]


def test_a_child_sees_what_it_was_given_not_what_comes_later(office: Office) -> None:
    child = diagram(S + user("a") + E + flows("s a", "a e"), process_id="q")
    office.deploy(("q.bpmn", child), caller("p", "q"))
    root = office.start(x=1)
    office.run(SetVariables(root, {"x": 2, "y": 3}), OWNER)
    office.key = next(r.key for r in office.rows(t.process_instance, everything=True) if r.process_id == "q")
    assert office.variables == {"x": 1}
    office.complete("a", z=4)
    office.key = root
    assert office.variables == {"x": 1, "y": 3, "z": 4}  # everything of the child comes back, as the dialect says
