"""Interventions: what an operator does by hand waits for a second person, where the process says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.change_due_time import ChangeDueTime
from engine.commands.decide_intervention import ApproveIntervention, RejectIntervention, WithdrawIntervention
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.commands.request_intervention import RequestIntervention
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.resolve_incidents import ResolveIncidents
from engine.errors import Forbidden, InvalidState, NotFound, ReasonNeeded, SecondPersonNeeded
from engine.model.actor import SYSTEM, Actor
from engine.queries.interventions import get_intervention
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

SECOND = Actor("second", roles=frozenset({"process-owner"}), owned=frozenset({"p"}))
OTHER = Actor("other", roles=frozenset({"process-owner"}), owned=frozenset({"q"}))
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT5H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WHY = "it was entered twice"


def declaring(kind: str, second: str = "true") -> bytes:
    """A task with a timer on its border, then a script that fails while there is no `x`."""
    box = f'<krabuan:intervention kind="{kind}" secondPerson="{second}"/>'
    border = node("boundaryEvent", "w", body=TIMER, attributes='attachedToRef="a" cancelActivity="false"')
    script = node("scriptTask", "j", '<zeebe:script expression="=assert(x, x != null)" resultVariable="r"/>')
    return diagram(
        f"<bpmn:extensionElements>{box}</bpmn:extensionElements>" + node("startEvent", "s") + user("a") + border + script
        + user("b") + flows("s a", "a j", "j b", "w b")
    )  # fmt: skip


def started(office: Office, kind: str, second: str = "true") -> int:
    office.deploy(declaring(kind, second))
    return office.start()


def refused(office: Office, error: type[Exception], command: Any, actor: Actor) -> Any:
    """The command is refused, and nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(error) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def ask(office: Office, kind: str, command: Any) -> int:
    return int(office.run(RequestIntervention(kind, command), OWNER)["interventionKey"])


def commands(office: Office, kind: str) -> Any:
    """What the owner wants to do, and how one sees that it was done."""
    key = office.key
    if kind == "cancel":
        return CancelInstance(key, WHY), lambda: office.instance.state == "TERMINATED"
    if kind == "modify":
        move = (Move(Selection("a"), Activation("b", ((None, {"y": 1.5}),)), "sourceParent"),)
        return ModifyInstance(key, move=move, reason=WHY), lambda: (office.waiting, office.variables.get("y")) == (["b"], 1.5)
    if kind == "migrate":
        target = office.instance.definition_key
        made = office.deploy(declaring(kind).replace(b"PT5H", b"PT6H"))["deployments"]
        target = int(made[0]["processDefinition"]["processDefinitionKey"])
        mapping = (("a", "a"), ("w", "w"))
        return MigrateInstance(key, target, mapping, WHY), lambda: office.instance.version == 2
    if kind == "changeTimer":
        due = office.clock.now() + timedelta(hours=1)
        command = ChangeDueTime(office.task("a").key, due, "w", WHY)
        return command, lambda: due in [r.due_at for r in office.rows(t.job)]
    office.complete("a")
    incident = office.rows(t.incident)[0]
    return ResolveIncident(incident.key, WHY), lambda: [r.state for r in office.rows(t.incident)] == ["RESOLVED", "ACTIVE"]


@pytest.mark.parametrize("kind", ["cancel", "modify", "migrate", "changeTimer", "resolve"])
def test_what_one_asks_for_another_approves_and_it_is_done(office: Office, kind: str) -> None:
    started(office, kind)
    command, done = commands(office, kind)
    said = refused(office, SecondPersonNeeded, command, OWNER)
    assert (said.code, said.members["kind"], said.members["request"]) == ("second-person-needed", kind, "/v2/interventions")
    key = ask(office, kind, command)
    assert not done()
    refused(office, SecondPersonNeeded, ApproveIntervention(key), OWNER)
    office.run(ApproveIntervention(key, "agreed"), SECOND)
    assert done()
    (row,) = office.rows(t.intervention)
    assert (row.state, row.requested_by, row.decided_by, row.reason) == ("APPROVED", "owner", "second", WHY)
    asked = office.event("intervention-requested")
    assert (asked["kind"], asked["reason"]) == (kind, WHY)
    told = {r.type: r.actor for r in office.rows(t.history_event) if r.type.startswith("intervention")}
    assert told == {"intervention-requested": "owner", "intervention-approved": "second"}
    both = [r.body for r in office.rows(t.history_event) if '"approvedBy":"second"' in r.body]
    assert len(both) == 1 and '"requestedBy":"owner"' in both[0]
    assert office.verified()
    refused(office, InvalidState, ApproveIntervention(key), ADMIN)


@pytest.mark.parametrize(
    ("kind", "about"),
    [("cancel", None), ("modify", "ตรวจ → b"), ("migrate", "ฉบับที่ 2"), ("changeTimer", "เตือน"), ("resolve", "j")],
)
def test_what_waits_says_what_it_is_about(office: Office, kind: str, about: str | None) -> None:
    """By the names in the diagram; an element without a name by its id."""
    named = declaring(kind).decode().replace('name="a"', 'name="ตรวจ"').replace('id="w"', 'id="w" name="เตือน"')
    office.deploy(named.encode())
    office.start()
    key = ask(office, kind, commands(office, kind)[0])
    with office.database.read() as db:
        found = get_intervention(db, SECOND, diagram_of(office), key)
    assert found["about"]["th"] == about
    assert found["processName"]["th"]


def diagram_of(office: Office) -> Any:
    return lambda db, key: office.bus.services.definitions.process(db, key).definition.process


def test_without_a_second_person_a_reason_is_enough(office: Office) -> None:
    key = started(office, "cancel", "false")
    for reason in (None, "", "why", "x" * 4001):
        refused(office, ReasonNeeded, CancelInstance(key, reason), OWNER)
    office.run(CancelInstance(key, WHY), OWNER)
    assert office.instance.state == "TERMINATED"


def test_kinds_that_the_process_does_not_name_need_a_reason_from_people_at_the_pages(office: Office) -> None:
    key, at_pages = started(office, "modify"), replace(OWNER, at_pages=True)
    for reason in (None, "", "   a "):
        refused(office, ReasonNeeded, CancelInstance(key, reason), at_pages)
    office.run(CancelInstance(key, "entered twice"), at_pages)
    office.run(CancelInstance(started(office, "modify")), OWNER)  # a program of before sends none


def test_all_incidents_of_a_case_at_once_are_no_way_around(office: Office) -> None:
    key = started(office, "resolve")
    office.complete("a")
    refused(office, SecondPersonNeeded, ResolveIncidents(key, reason=WHY), OWNER)


def test_the_system_is_not_asked(office: Office) -> None:
    office.run(CancelInstance(started(office, "cancel")), SYSTEM)
    assert office.instance.state == "TERMINATED"


class TestDeciding:
    """Who approves, rejects, withdraws."""

    @pytest.fixture
    def asked(self, office: Office) -> int:
        return ask(office, "cancel", CancelInstance(started(office, "cancel"), WHY))

    @pytest.mark.parametrize(
        ("actor", "error"), [(AUDITOR, Forbidden), (OTHER, NotFound), (person("ann", "finance"), NotFound)],
        ids=["auditor", "who-does-not-see-it", "staff"],
    )  # fmt: skip
    def test_who_may_not(self, office: Office, asked: int, actor: Actor, error: type[Exception]) -> None:
        for command in (ApproveIntervention(asked), RejectIntervention(asked, WHY), WithdrawIntervention(asked)):
            refused(office, error, command, actor)

    @pytest.mark.parametrize("actor", [SECOND, ADMIN], ids=lambda a: a.id)
    def test_who_may(self, office: Office, asked: int, actor: Actor) -> None:
        office.run(ApproveIntervention(asked), actor)
        assert office.instance.state == "TERMINATED"

    def test_in_the_name_of_another_nobody_is_a_second_person(self, office: Office, asked: int) -> None:
        hidden = Actor("second", roles=SECOND.roles, owned=SECOND.owned, on_behalf_of="owner")
        refused(office, Forbidden, ApproveIntervention(asked), hidden)

    def test_a_rejection_has_a_reason_and_ends_it(self, office: Office, asked: int) -> None:
        refused(office, ReasonNeeded, RejectIntervention(asked, "no"), SECOND)
        refused(office, SecondPersonNeeded, RejectIntervention(asked, WHY), OWNER)
        office.run(RejectIntervention(asked, "the case is not a double"), SECOND)
        assert office.instance.state == "ACTIVE"
        refused(office, InvalidState, ApproveIntervention(asked), ADMIN)

    def test_only_who_asked_withdraws(self, office: Office, asked: int) -> None:
        refused(office, Forbidden, WithdrawIntervention(asked), SECOND)
        office.run(WithdrawIntervention(asked), OWNER)
        assert [r.state for r in office.rows(t.intervention)] == ["WITHDRAWN"]
        refused(office, InvalidState, WithdrawIntervention(asked), OWNER)

    def test_what_has_become_impossible_stays_pending(self, office: Office, asked: int) -> None:
        office.run(CancelInstance(office.key), SYSTEM)
        refused(office, InvalidState, ApproveIntervention(asked), SECOND)
        office.run(RejectIntervention(asked, "it has ended meanwhile"), SECOND)

    def test_unknown(self, office: Office) -> None:
        for command in (ApproveIntervention(9), RejectIntervention(9, WHY), WithdrawIntervention(9)):
            refused(office, NotFound, command, OWNER)

    def test_asking_needs_the_permission_and_a_reason(self, office: Office) -> None:
        key = started(office, "modify")
        modification = ModifyInstance(key, (Activation("b"),), reason=WHY)
        refused(office, Forbidden, RequestIntervention("modify", modification), ADMIN)
        refused(office, NotFound, RequestIntervention("modify", modification), OTHER)
        refused(office, ReasonNeeded, RequestIntervention("cancel", CancelInstance(key)), OWNER)
        refused(office, NotFound, RequestIntervention("cancel", CancelInstance(1, WHY)), OWNER)
