"""Separation of duties holds when a task is claimed, assigned and completed, whoever's hands do it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.grant_role import GrantRole
from engine.errors import DutiesConflict, Forbidden
from engine.model.actor import SYSTEM, Actor
from tests.dsl import OWNER, Office
from tests.governance.people import (
    DIFFERENT,
    NOT_STARTER,
    SAME,
    absence,
    account,
    employ,
    in_the_name_of,
    two_steps,
)


@pytest.fixture
def staffed(office: Office) -> Office:
    return employ(office)


def refuses(office: Office, command: Any, actor: Actor) -> DutiesConflict:
    """The command is refused, and nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(DutiesConflict) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def at_b(office: Office, duty: str, first: Actor) -> int:
    """A case whose task a was done by `first`; the key of task b."""
    office.deploy(two_steps(duty))
    office.start()
    office.complete("a", first)
    return int(office.task("b").key)


def test_who_did_one_task_neither_claims_nor_gets_nor_completes_the_other(staffed: Office) -> None:
    ann, ben = account(staffed, "ann"), account(staffed, "ben")
    key = at_b(staffed, DIFFERENT, ann)
    for command, actor in ((ClaimTask(key), ann), (AssignTask(key, "ann"), OWNER), (CompleteTask(key), ann)):
        said = refuses(staffed, command, actor)
        assert said.members["element"] == "a" and said.members["performers"] == ["ann"]
        assert "“a”" in str(said.members["th"]) and "“a”" in str(said.members["en"])
    staffed.run(ClaimTask(key), ben)
    staffed.run(CompleteTask(key), ben)


def test_the_same_person_goes_on(staffed: Office) -> None:
    ann, ben = account(staffed, "ann"), account(staffed, "ben")
    key = at_b(staffed, SAME, ann)
    refuses(staffed, ClaimTask(key), ben)
    refuses(staffed, AssignTask(key, "ben"), OWNER)
    staffed.run(ClaimTask(key), ann)
    staffed.run(absence(staffed, "ann", "ben"), ann)
    staffed.run(CompleteTask(key), in_the_name_of(staffed, "ann", "ben"))


class TestThroughSubstitution:
    """Neither the substitute's hands nor the absent person's name get around a duty."""

    def test_who_did_one_task_does_not_do_the_other_in_anothers_name(self, staffed: Office) -> None:
        key = at_b(staffed, DIFFERENT, account(staffed, "ben"))
        staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
        in_name = in_the_name_of(staffed, "ann", "ben")
        refuses(staffed, ClaimTask(key), in_name)
        staffed.run(AssignTask(key, "ann"), OWNER)
        refuses(staffed, CompleteTask(key), in_name)

    def test_who_did_one_task_in_anothers_name_does_not_do_the_other(self, staffed: Office) -> None:
        staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
        key = at_b(staffed, DIFFERENT, in_the_name_of(staffed, "ann", "ben"))
        assert refuses(staffed, ClaimTask(key), account(staffed, "ben")).members["performers"] == ["ann", "ben"]
        refuses(staffed, ClaimTask(key), account(staffed, "ann"))
        refuses(staffed, AssignTask(key, "ben"), OWNER)
        staffed.complete("b", account(staffed, "cem"))

    def test_who_started_a_case_in_anothers_name(self, staffed: Office) -> None:
        staffed.deploy(two_steps(NOT_STARTER))
        staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
        made = staffed.run(CreateInstance("p"), in_the_name_of(staffed, "ann", "ben"))
        staffed.key = int(made["processInstanceKey"])
        staffed.complete("a", account(staffed, "cem"))
        key = staffed.task("b").key
        for name in ("ann", "ben"):
            said = refuses(staffed, ClaimTask(key), account(staffed, name))
            assert said.members["elementName"] == {"th": "ผู้เริ่มเรื่อง", "en": "the start of the case"}
        staffed.complete("b", account(staffed, "cem"))

    def test_who_waived_a_control_point_does_not_complete_the_task_in_anothers_name(self, staffed: Office) -> None:
        point = '<krabuan:controlPoint id="c"><krabuan:binding type="condition" expression="=x = 1"/></krabuan:controlPoint>'
        key = at_b(staffed, point, account(staffed, "cem"))
        staffed.run(ClaimTask(key), account(staffed, "ann"))
        staffed.run(GrantRole("ben", "process-owner", "p"), SYSTEM)
        staffed.waive("b", "c", account(staffed, "ann"), account(staffed, "ben"))
        staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
        before = staffed.snapshot()
        with pytest.raises(Forbidden):
            staffed.run(CompleteTask(key), in_the_name_of(staffed, "ann", "ben"))
        assert staffed.snapshot() == before
        staffed.run(CompleteTask(key), account(staffed, "ann"))
