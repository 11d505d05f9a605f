"""Incidents: counted once, closed once, resolved as often as it takes; with several at a time."""

from __future__ import annotations

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.cancel_instance import CancelInstance
from engine.commands.fail_job import FailJob
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.errors import InvalidState
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def gateway(id: str, name: str) -> str:
    return node("exclusiveGateway", id) + user(f"{id}_a") + user(f"{id}_b")


def two(office: Office) -> Office:
    """A case with two gateways that miss their variables."""
    office.deploy(
        diagram(
            S + node("parallelGateway", "both") + gateway("g", "x") + gateway("h", "y")
            + flows("s both", "both g", "both h", "g g_a: =x", "g g_b: =not(x)", "h h_a: =y", "h h_b: =not(y)")
        )
    )  # fmt: skip
    office.start()
    assert office.instance.incidents == 2
    return office


def test_two_incidents_are_resolved_one_by_one(office: Office) -> None:
    two(office)
    first, second = office.rows(t.incident)
    office.run(SetVariables(office.key, {"x": True}), OWNER)
    office.run(ResolveIncident(first.key), OWNER)
    assert (office.instance.incidents, office.waiting) == (1, ["g_a"])
    with pytest.raises(InvalidState):
        office.run(ResolveIncident(first.key), OWNER)
    office.run(SetVariables(office.key, {"y": False}), OWNER)
    office.run(ResolveIncident(second.key), OWNER)
    assert (office.instance.incidents, office.waiting) == (0, ["g_a", "h_b"])
    assert len(office.events("incident-resolved")) == 2
    assert office.verified()


def test_an_incident_whose_cause_is_still_there_is_raised_anew(office: Office) -> None:
    two(office)
    office.run(ResolveIncident(office.rows(t.incident)[0].key), OWNER)
    states = [r.state for r in office.rows(t.incident)]
    assert (states, office.instance.incidents) == (["RESOLVED", "ACTIVE", "ACTIVE"], 2)


def test_a_cancelled_case_closes_each_of_its_incidents_once(office: Office) -> None:
    two(office)
    office.run(CancelInstance(office.key), OWNER)
    assert {r.state for r in office.rows(t.incident)} == {"RESOLVED"}
    assert (office.instance.incidents, len(office.events("incident-resolved"))) == (0, 2)


def test_an_interrupted_element_closes_its_own_incident_and_no_other(office: Office) -> None:
    inner = node("startEvent", "is") + gateway("g", "x") + flows("is g", "g g_a: =x", "g g_b: =not(x)").replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>'
    timer = node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="sub"')
    office.deploy(
        diagram(
            S + node("parallelGateway", "both") + sub + timer + user("late") + gateway("h", "y")
            + flows("s both", "both sub", "both h", "t late", "h h_a: =y", "h h_b: =not(y)")
        )
    )  # fmt: skip
    office.start()
    assert office.instance.incidents == 2
    office.advance("PT1H")
    assert (office.waiting, office.instance.incidents) == (["late"], 1)
    assert {(r.element_id, r.state) for r in office.rows(t.incident)} == {("g", "RESOLVED"), ("h", "ACTIVE")}
    assert len(office.events("incident-resolved")) == 1


def test_an_incident_of_a_job_ends_with_its_element(office: Office) -> None:
    job = node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>')
    timer = node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="j"')
    office.deploy(diagram(S + job + timer + user("late") + flows("s j", "t late")))
    office.start()
    (job_row,) = office.run(ActivateJobs("pay", "w", 60_000, 1), WORKER)
    office.run(FailJob(int(job_row["jobKey"]), 0, "broken"), WORKER)
    assert office.instance.incidents == 1
    office.advance("PT1H")
    assert (office.waiting, office.instance.incidents) == (["late"], 0)
    assert [r.state for r in office.rows(t.incident)] == ["RESOLVED"]


def test_a_repaired_loop_condition_goes_on(office: Office) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]"/>'
        "</bpmn:extensionElements><bpmn:completionCondition>=enough</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>"
    )
    office.deploy(diagram(S + user("a", body=loop) + user("u") + flows("s a", "a u")))
    office.start()
    office.complete("a")
    (incident,) = office.rows(t.incident)
    office.run(SetVariables(office.key, {"enough": True}), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    assert (office.waiting, office.instance.incidents) == (["u"], 0)
    assert office.verified()


def test_names_that_no_column_holds_are_incidents_not_crashes(office: Office) -> None:
    office.deploy(diagram(S + user("a", '<zeebe:assignmentDefinition candidateGroups="=groups"/>') + flows("s a")))
    for groups in (["x" * 257], ["a\x00b"], "y" * 257):
        office.start(groups=groups)
        assert [r.error_type for r in office.rows(t.incident)] == ["EXTRACT_VALUE_ERROR"]
