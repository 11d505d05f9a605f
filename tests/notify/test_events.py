"""Which events tell whom: never who did it, each person once, the substitute too, and at no cost where nobody hears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, update

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.hand_over_task import HandOverTask
from engine.commands.recall_task import RecallTask
from engine.commands.return_task import ReturnTask
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.store import tables as t
from tests.dsl import OWNER, START, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.notify.policies import remind

ANN, BOB, CEM = person("ann", "finance"), person("bob", "finance"), person("cem", "legal")
FINANCE, LEGAL = (f'<zeebe:assignmentDefinition candidateGroups="{group}"/>' for group in ("finance", "legal"))
TO_CEM = '<zeebe:assignmentDefinition assignee="cem"/>'
WHY = "because"


def employ(office: Office, addresses: bool = True) -> Office:
    """Ann and Bob in finance, Cem in legal, Dan in neither."""
    with office.database.write() as db:
        for key in ("finance", "legal"):
            db.execute(insert(t.group_), {"key": key, "kind": "unit", "th": key, "en": key})
        for name, group in (("ann", "finance"), ("bob", "finance"), ("cem", "legal"), ("dan", None)):
            mail = f"{name}@office.test" if addresses else None
            db.execute(insert(t.person), {"username": name, "display_name": name, "email": mail, "active": True})
            if group is not None:
                db.execute(insert(t.membership), {"group_key": group, "username": name})
    return office


def case(office: Office, of_a: str = FINANCE, of_b: str = LEGAL) -> Office:
    """Two tasks, one after the other."""
    office.deploy(diagram(node("startEvent", "s") + user("a", of_a) + user("b", of_b) + node("endEvent", "e") + flows("s a", "a b", "b e")))
    office.start()
    return office


def told(office: Office) -> list[tuple[str, str]]:
    """(topic, to whom) of every notification, in order."""
    return [(row.topic, row.recipient) for row in office.rows(t.notification)]


def stand_in(office: Office, absent: str, substitute: str, scope: str = "all", name: str = "", days: tuple[int, int] = (0, 7)) -> None:
    """From so many days after the start until so many."""
    starts, ends = (START + timedelta(days=n) for n in days)
    said = {"key": office.bus.services.keys.next(), "absent": absent, "substitute": substitute, "scope": scope, "scope_name": name}
    with office.database.write() as db:
        db.execute(insert(t.substitution), said | {"starts_at": starts, "ends_at": ends, "entered_by": absent, "entered_at": START})


def mails(office: Office, topic: str) -> list[str]:
    """Who gets mail of a topic, in the order of the notifications."""
    of = {row.key for row in office.rows(t.notification) if row.topic == topic}
    return [row.username for row in office.rows(t.delivery) if row.notification_key in of]


class TestNewTasks:
    """A task that waits for a group, and one that the diagram gives to a person."""

    def test_a_group_is_told_when_nobody_has_taken_it_within_a_minute(self, office: Office) -> None:
        case(employ(office))
        assert told(office) == []
        office.advance("PT1M")
        assert told(office) == [("task-open", "finance")]
        assert mails(office, "task-open") == ["ann", "bob"]
        office.advance("PT1H")
        assert len(told(office)) == 1

    def test_nobody_is_told_of_what_somebody_takes_at_once(self, office: Office) -> None:
        case(employ(office))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.advance("PT1H")
        assert told(office) == []
        office.run(CompleteTask(office.task("a").key), ANN)
        office.run(ClaimTask(office.task("b").key), CEM)
        office.run(CompleteTask(office.task("b").key), CEM)
        office.advance("PT1H")
        assert told(office) == []

    def test_not_who_made_it_by_what_he_or_she_did(self, office: Office) -> None:
        case(employ(office), of_b=FINANCE).complete("a", ANN).advance("PT1M")
        assert told(office) == [("task-open", "finance")]
        assert mails(office, "task-open") == ["bob"]

    def test_whom_the_diagram_names_is_told_at_once_and_in_two_languages(self, office: Office) -> None:
        case(employ(office), of_b=TO_CEM).complete("a", ANN)
        assert told(office) == [("task-assigned", "cem")]
        (row,) = office.rows(t.notification)
        assert row.task_key == office.task("b").key
        assert "มอบหมาย" in row.subject and "assigned" in row.subject_en

    def test_not_the_person_who_led_to_it(self, office: Office) -> None:
        case(employ(office), of_b='<zeebe:assignmentDefinition assignee="ann"/>').complete("a", ANN).advance("PT1H")
        assert told(office) == []

    def test_a_suspended_case_tells_when_it_goes_on(self, office: Office) -> None:
        case(employ(office))
        office.run(SuspendInstance(office.key), OWNER)
        office.advance("PT1H")
        assert told(office) == []
        office.run(ResumeInstance(office.key), OWNER)
        office.settle()
        assert told(office) == [("task-open", "finance")]

    def test_a_task_whose_listeners_are_asked_waits_for_them(self, office: Office) -> None:
        ear = '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="ear"/></zeebe:taskListeners>'
        case(employ(office), of_a=FINANCE + ear).advance("PT5M")
        assert told(office) == []
        with office.database.write() as db:
            db.execute(update(t.user_task).values(state="CREATED"))
        office.advance("PT1M")
        assert told(office) == [("task-open", "finance")]

    def test_where_nobody_has_an_address_a_completion_writes_nothing_for_it(self, office: Office) -> None:
        case(employ(office, addresses=False))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.run(CompleteTask(office.task("a").key), ANN)
        assert [row for row in office.rows(t.job) if row.kind == "NEW_TASK"] == []
        office.advance("PT1H")
        assert told(office) == []

    def test_it_costs_a_completion_no_more_than_the_row_that_comes_due(self, office: Office) -> None:
        counts = []
        for addresses in (False, True):
            if addresses:
                with office.database.write() as db:
                    db.execute(update(t.person).values(email="x@office.test"))
            else:
                employ(office, addresses=False)
            case(office)
            office.run(ClaimTask(office.task("a").key), ANN)
            counts.append(_statements(office, CompleteTask(office.task("a").key)))
        assert counts[1] - counts[0] <= 1 + 4  # what an address changed is read anew, once


def _statements(office: Office, command: Any) -> int:
    seen: list[str] = []

    def note(*about: Any) -> None:
        seen.append(about[2])

    event.listen(office.database.engine, "before_cursor_execute", note)
    office.run(command, ANN)
    event.remove(office.database.engine, "before_cursor_execute", note)
    return len(seen)


class TestAssigned:
    """What somebody else gives to a person."""

    def test_by_an_owner_by_a_leaver_and_by_a_reminder(self, office: Office) -> None:
        case(employ(office), of_a=FINANCE + remind(after="P1D", to="legal", action="reassign", reassignTo="bob"))
        key = office.task("a").key
        office.run(AssignTask(key, "ann"), OWNER)
        office.run(HandOverTask(key, "ann", "dan", WHY), OWNER)
        office.advance("P1D")
        assert told(office) == [("task-assigned", "ann"), ("task-assigned", "dan"), ("reminder", "legal"), ("task-assigned", "bob")]

    def test_not_who_claims_it_or_has_it_already(self, office: Office) -> None:
        case(employ(office))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.run(AssignTask(office.task("a").key, "ann"), OWNER)
        assert told(office) == []

    def test_who_is_asked_for_help_is_told_of_that_alone(self, office: Office) -> None:
        case(employ(office))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.run(DelegateTask(office.task("a").key, "bob", "please look"), ANN)
        assert told(office) == [("help-asked", "bob")]

    def test_to_another_group_that_group_is_told(self, office: Office) -> None:
        case(employ(office), of_a=FINANCE + remind(after="P1D", to="dan", action="reassign", reassignTo="legal"))
        office.advance("P1D").advance("PT1M")
        assert told(office) == [("task-open", "finance"), ("reminder", "dan"), ("task-open", "legal")]

    def test_one_whose_listeners_allow_it_is_told_then(self, office: Office) -> None:
        from engine.commands.activate_jobs import ActivateJobs
        from engine.commands.complete_job import CompleteJob
        from tests.dsl import WORKER

        ear = '<zeebe:taskListeners><zeebe:taskListener eventType="assigning" type="ear"/></zeebe:taskListeners>'
        case(employ(office), of_a=FINANCE + ear)
        office.run(AssignTask(office.task("a").key, "bob"), OWNER)
        assert told(office) == []
        (job,) = office.run(ActivateJobs("ear", "w", 60, 1), WORKER)
        office.run(CompleteJob(int(job["jobKey"])), WORKER)
        assert told(office) == [("task-assigned", "bob")]


class TestTakenBack:
    """A case that is sent back or taken back."""

    def test_who_did_it_is_told_once_of_what_came_back(self, office: Office) -> None:
        case(employ(office), of_b=LEGAL + '<krabuan:return to="a"/>').complete("a", ANN)
        office.run(ClaimTask(office.task("b").key), CEM)
        office.run(ReturnTask(office.task("b").key, "a", WHY), CEM)
        office.advance("PT1H")
        assert told(office) == [("task-returned", "ann")]

    def test_who_had_what_followed_is_told_that_it_was_withdrawn(self, office: Office) -> None:
        case(employ(office), of_a=FINANCE + "<krabuan:recall/>", of_b=TO_CEM).complete("a", ANN)
        done = next(r for r in office.rows(t.user_task) if r.element_id == "a")
        office.run(RecallTask(done.key, WHY), ANN)
        office.advance("PT1H")
        assert told(office) == [("task-assigned", "cem"), ("task-returned", "cem")]


class TestSubstitutes:
    """Who stands in for an absent person gets what is sent to that person."""

    def test_for_a_person_and_for_a_member_of_a_group(self, office: Office) -> None:
        case(employ(office))
        stand_in(office, "bob", "dan")
        office.run(AssignTask(office.task("a").key, "bob"), OWNER)
        assert told(office) == [("task-assigned", "bob")]  # in the application Dan sees it in Bob's name
        assert mails(office, "task-assigned") == ["bob", "dan"]
        office.start()
        office.advance("PT1M")
        assert sorted(mails(office, "task-open")) == ["ann", "bob", "dan"]

    @pytest.mark.parametrize(
        ("scope", "name", "expected"),
        [("process", "p", ["bob", "dan"]), ("process", "q", ["bob"]), ("group", "finance", ["bob", "dan"]), ("group", "legal", ["bob"])],
    )
    def test_only_for_what_the_substitution_is_for(self, office: Office, scope: str, name: str, expected: list[str]) -> None:
        case(employ(office))
        stand_in(office, "bob", "dan", scope, name)
        office.run(AssignTask(office.task("a").key, "bob"), OWNER)
        assert sorted(mails(office, "task-assigned")) == expected

    def test_not_before_and_not_after(self, office: Office) -> None:
        case(employ(office))
        stand_in(office, "bob", "dan", days=(1, 2))
        for _ in range(3):
            office.run(AssignTask(office.task("a").key, "ann"), OWNER)
            office.run(AssignTask(office.task("a").key, "bob"), OWNER)
            office.advance("P1D")
        assert [name for name in mails(office, "task-assigned") if name != "ann"] == ["bob", "bob", "dan", "bob"]

    def test_nobody_gets_the_same_twice(self, office: Office) -> None:
        case(employ(office))
        stand_in(office, "bob", "ann")
        office.advance("PT1M")
        assert mails(office, "task-open") == ["ann", "bob"]
