"""Substitution: a person stands in for an absent one, for a time, for a part, in that person's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.end_substitution import EndSubstitution
from engine.commands.grant_role import GrantRole
from engine.commands.make_token import MakeToken
from engine.errors import Forbidden, InvalidArgument, InvalidState, NoSubstitute, NotFound, SubstitutionOverlaps
from engine.model.actor import SYSTEM, Actor
from engine.queries.inbox import search_inbox
from engine.queries.instances import get_instance
from engine.queries.search import Search
from engine.queries.tasks import get_task
from engine.store import tables as t
from tests.dsl import Office
from tests.governance.people import TO_LEGAL, WEEK, absence, account, employ, in_the_name_of, two_steps


def inbox(office: Office, actor: Actor, view: str) -> list[str]:
    """The elements of the tasks in a list of the inbox."""
    with office.database.read() as db:
        found: dict[str, Any] = search_inbox(db, actor, Search({"view": view}), office.clock.now())
    return [f"{item['processDefinitionId']}.{item['elementId']}" for item in found["items"]]


@pytest.fixture
def staffed(office: Office) -> Office:
    return employ(office)


def test_a_substitute_works_in_the_name_of_the_absent_and_both_names_are_kept(staffed: Office) -> None:
    staffed.deploy(two_steps(to_b=TO_LEGAL))
    staffed.start()
    ann = account(staffed, "ann")
    staffed.complete("a", ann)
    staffed.run(ClaimTask(staffed.task("b").key), ann)
    staffed.run(absence(staffed, "ann", "ben"), ann)
    assert inbox(staffed, account(staffed, "ben"), "mine") == []
    ben = in_the_name_of(staffed, "ann", "ben")
    assert inbox(staffed, ben, "mine") == ["p.b"]
    key = staffed.task("b").key
    staffed.run(CompleteTask(key), ben)
    row = next(r for r in staffed.rows(t.user_task) if r.key == key)
    assert (row.completed_by, row.completed_through) == ("ann", "ben")
    done = next(e for e in staffed.trail() if (e["type"], e["elementId"]) == ("user-task-completed", "b"))
    assert (done["actor"], done["onBehalfOf"]) == ("ben", "ann")
    with staffed.database.read() as db:
        shown = get_task(db, ann, key)
    assert (shown["completedBy"], shown["completedThrough"]) == ("ann", "ben")
    assert inbox(staffed, ann, "done") == ["p.b", "p.a"]
    assert staffed.verified()


def test_it_begins_and_ends_by_itself(staffed: Office) -> None:
    staffed.run(absence(staffed, "ann", "ben", starts=timedelta(days=1)), account(staffed, "ann"))
    with pytest.raises(NoSubstitute):
        in_the_name_of(staffed, "ann", "ben")
    staffed.advance("P1D")
    assert in_the_name_of(staffed, "ann", "ben").name == "ann"
    staffed.advance("P7D")
    with pytest.raises(NoSubstitute):
        in_the_name_of(staffed, "ann", "ben")


def test_who_stands_in_is_told_when_it_is_entered_and_when_it_begins(staffed: Office) -> None:
    ann = account(staffed, "ann")
    staffed.run(absence(staffed, "ann", "ben", starts=timedelta(days=3)), ann)
    staffed.advance("P3D")
    said = [(row.recipient, row.topic, row.subject_en.split(" ")[0]) for row in staffed.rows(t.notification)]
    assert said == [("ben", "substitution", "You"), ("ben", "substitution", "From")]
    staffed.run(absence(staffed, "ben", "ann"), account(staffed, "ben"))  # at once: told once
    staffed.advance("P1D")
    assert [row.recipient for row in staffed.rows(t.notification)] == ["ben", "ben", "ann"]


def test_of_one_that_was_ended_before_it_began_nobody_hears_again(staffed: Office) -> None:
    ann = account(staffed, "ann")
    key = int(staffed.run(absence(staffed, "ann", "ben", starts=timedelta(days=3)), ann)["substitutionKey"])
    staffed.run(EndSubstitution(key), ann)
    staffed.advance("P9D")
    assert len(staffed.rows(t.notification)) == 1


def test_it_is_ended_before_its_time_once(staffed: Office) -> None:
    ann = account(staffed, "ann")
    key = int(staffed.run(absence(staffed, "ann", "ben"), ann)["substitutionKey"])
    with pytest.raises(Forbidden):
        staffed.run(EndSubstitution(key), account(staffed, "ben"))
    staffed.run(EndSubstitution(key), ann)
    with pytest.raises(NoSubstitute):
        in_the_name_of(staffed, "ann", "ben")
    with pytest.raises(InvalidState):
        staffed.run(EndSubstitution(key), ann)
    with pytest.raises(NotFound):
        staffed.run(EndSubstitution(999), ann)
    staffed.run(absence(staffed, "ann", "cem"), ann)


def test_there_are_no_chains_and_a_substitute_enters_nobody(staffed: Office) -> None:
    staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
    staffed.run(absence(staffed, "ben", "cem"), SYSTEM)
    with pytest.raises(NoSubstitute):
        in_the_name_of(staffed, "ann", "cem")
    with pytest.raises(Forbidden):
        staffed.run(absence(staffed, "ann", "dao", starts=2 * WEEK), in_the_name_of(staffed, "ann", "ben"))


def test_only_the_work_is_handed_on_not_the_account(staffed: Office) -> None:
    staffed.run(GrantRole("ann", "administrator"), SYSTEM)
    staffed.run(GrantRole("ann", "process-owner", "*"), SYSTEM)
    staffed.run(absence(staffed, "ann", "ben"), SYSTEM)
    ben = in_the_name_of(staffed, "ann", "ben")
    assert (ben.roles, ben.owned, ben.groups) == ({"staff"}, frozenset(), {"finance", "legal"})
    for command in (MakeToken("ann", "t"), MakeToken("ben", "t"), GrantRole("ben", "administrator")):
        with pytest.raises(Forbidden):
            staffed.run(command, ben)


class TestScope:
    """A substitution for a group, or for a process, opens nothing else."""

    @pytest.fixture
    def two_cases(self, staffed: Office) -> Office:
        """p waits for finance, q for legal; ann has claimed the task of q."""
        files = (("p.bpmn", two_steps()), ("q.bpmn", two_steps(process_id="q").replace(b'"finance"', b'"legal"')))
        staffed.deploy(*files)
        staffed.start("p")
        staffed.start("q")
        staffed.run(ClaimTask(staffed.task("a").key), account(staffed, "ann"))
        return staffed

    def keys(self, office: Office) -> dict[str, int]:
        return {r.process_id: r.key for r in office.rows(t.user_task, everything=True)}

    def test_all(self, two_cases: Office) -> None:
        two_cases.run(absence(two_cases, "ann", "ben"), SYSTEM)
        ben = in_the_name_of(two_cases, "ann", "ben")
        assert (inbox(two_cases, ben, "mine"), inbox(two_cases, ben, "groups")) == (["q.a"], ["p.a"])

    @pytest.mark.parametrize(("scope", "name"), [("group", "legal"), ("process", "q")])
    def test_a_part(self, two_cases: Office, scope: str, name: str) -> None:
        two_cases.run(absence(two_cases, "ann", "cem", scope, name), SYSTEM)
        cem = in_the_name_of(two_cases, "ann", "cem")
        assert (inbox(two_cases, cem, "mine"), inbox(two_cases, cem, "groups")) == (["q.a"], [])
        key = self.keys(two_cases)
        before = two_cases.snapshot()
        with pytest.raises(Forbidden):
            two_cases.run(CreateInstance("p"), cem)
        for command in (ClaimTask(key["p"]), CompleteTask(key["p"])):  # of a case that is not seen
            with pytest.raises(NotFound):
                two_cases.run(command, cem)
        assert two_cases.snapshot() == before
        with two_cases.database.read() as db:
            assert get_task(db, cem, key["q"])["assignee"] == "ann"
            with pytest.raises(NotFound):
                get_task(db, cem, key["p"])
        two_cases.run(CompleteTask(key["q"]), cem)
        assert inbox(two_cases, cem, "done") == ["q.a"]

    @pytest.mark.parametrize(("scope", "name"), [("group", "finance"), ("process", "p")])
    def test_the_other_part(self, two_cases: Office, scope: str, name: str) -> None:
        two_cases.run(absence(two_cases, "ann", "cem", scope, name), SYSTEM)
        cem = in_the_name_of(two_cases, "ann", "cem")
        assert (inbox(two_cases, cem, "mine"), inbox(two_cases, cem, "groups")) == ([], ["p.a"])
        with two_cases.database.read() as db, pytest.raises(NotFound):
            get_instance(db, cem, two_cases.key)

    def test_different_groups_have_different_substitutes(self, two_cases: Office) -> None:
        two_cases.run(absence(two_cases, "ann", "cem", "group", "legal"), SYSTEM)
        two_cases.run(absence(two_cases, "ann", "ben", "group", "finance"), SYSTEM)
        assert in_the_name_of(two_cases, "ann", "cem").groups == {"legal"}
        assert in_the_name_of(two_cases, "ann", "ben").groups == {"finance"}


class TestEntering:
    """Who enters a substitution, and which ones cannot be."""

    @pytest.mark.parametrize(("by", "may"), [("ann", True), ("dao", True), ("admin", True), ("ben", False)])
    def test_the_person_the_head_and_the_administrator_enter_it(self, staffed: Office, by: str, may: bool) -> None:
        entry = absence(staffed, "ann", "cem")
        if may:
            staffed.run(entry, account(staffed, by))
            assert [r.entered_by for r in staffed.rows(t.substitution)] == [by]
            assert [(r.recipient, r.about) for r in staffed.rows(t.notification)] == [("cem", "substitution")]
        else:
            with pytest.raises(Forbidden):
                staffed.run(entry, account(staffed, by))

    def test_a_head_enters_nobody_of_another_unit(self, staffed: Office) -> None:
        with pytest.raises(Forbidden):
            staffed.run(absence(staffed, "admin", "cem"), account(staffed, "dao"))

    @pytest.mark.parametrize(
        "changes",
        [
            {"substitute": "ann"}, {"substitute": "nobody"}, {"lasts": -WEEK}, {"lasts": timedelta(days=400)},
            {"starts": -2 * WEEK}, {"scope": "group"}, {"name": "finance"}, {"scope": "group", "name": "finance_head"},
            {"scope": "process", "name": "unknown"}, {"scope": "everything"},
        ],
        ids=str,
    )  # fmt: skip
    def test_refused(self, staffed: Office, changes: dict[str, Any]) -> None:
        before = staffed.snapshot()
        with pytest.raises(InvalidArgument):
            staffed.run(absence(staffed, "ann", **({"substitute": "ben"} | changes)), account(staffed, "ann"))
        assert staffed.snapshot() == before

    @pytest.mark.parametrize(("scope", "name"), [("all", ""), ("group", "finance")])
    def test_overlapping_entries_are_refused(self, staffed: Office, scope: str, name: str) -> None:
        staffed.run(absence(staffed, "ann", "ben", scope, name), SYSTEM)
        before = staffed.snapshot()
        for other in (("all", ""), ("group", "finance")):
            with pytest.raises(SubstitutionOverlaps):
                staffed.run(absence(staffed, "ann", "cem", *other, starts=timedelta(days=6)), SYSTEM)
        assert staffed.snapshot() == before
        staffed.run(absence(staffed, "ann", "cem", starts=WEEK), SYSTEM)  # the moment of the end belongs to the next
