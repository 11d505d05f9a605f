"""Separation of duties where several people have a hand in one task: co-signers, helpers, the rounds of a loop."""

from __future__ import annotations

from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.co_sign import GiveCoSignature
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.resolve_task import ResolveTask
from engine.commands.unassign_task import UnassignTask
from engine.errors import DutiesConflict, InvalidArgument, SignaturesMissing
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import DIFFERENT, TO_FINANCE, absence, account, employ, in_the_name_of, two_steps
from tests.governance.signing import DATA, ask, at_b, missing, refused, shown

EACH = (
    '<bpmn:multiInstanceLoopCharacteristics{}><bpmn:extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="n"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)  # fmt: skip
ANOTHER = '<krabuan:duty type="differentFrom" element="a"/>'


class TestSeparation:
    """Who signs is another than who does the task, and than who did what it is separated from."""

    def test_the_performer_is_not_asked(self, office: Office) -> None:
        key = at_b(office)
        refused(office, InvalidArgument, AskCoSignatures(key, ("ben",), (), DATA), account(office, "ben"))

    def test_the_performer_does_not_sign_as_a_member_of_a_group(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, groups=("finance",))
        refused(office, DutiesConflict, GiveCoSignature(key, digest), account(office, "ben"))
        office.run(GiveCoSignature(key, digest), account(office, "cem"))

    def test_who_helped_with_it_does_not_sign(self, office: Office) -> None:
        key = at_b(office)
        office.run(DelegateTask(key, "cem"), account(office, "ben"))
        office.run(ResolveTask(key, DATA), account(office, "cem"))
        digest = ask(office, key, groups=("finance",))
        refused(office, DutiesConflict, GiveCoSignature(key, digest), account(office, "cem"))

    def test_who_did_the_other_task(self, office: Office) -> None:
        key = at_b(office, DIFFERENT)
        refused(office, DutiesConflict, AskCoSignatures(key, ("cem",), (), DATA), account(office, "ben"))
        digest = ask(office, key, groups=("finance",))
        refused(office, DutiesConflict, GiveCoSignature(key, digest), account(office, "cem"))

    def test_who_signed_the_one_does_not_do_the_other(self, office: Office) -> None:
        employ(office).deploy(two_steps(DIFFERENT))
        office.start()
        a = int(office.task("a").key)
        office.run(ClaimTask(a), account(office, "ann"))
        office.run(AskCoSignatures(a, ("ben",), (), {}), account(office, "ann"))
        office.run(GiveCoSignature(a, shown(office, a, "ben")["digest"]), account(office, "ben"))
        office.run(CompleteTask(a), account(office, "ann"))
        said = refused(office, DutiesConflict, ClaimTask(office.task("b").key), account(office, "ben"))
        assert said.members["performers"] == ["ann", "ben"]
        office.complete("b", account(office, "cem"))

    def test_each_signature_is_anothers(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, "ann", groups=("legal",))
        office.run(GiveCoSignature(key, digest), account(office, "ann"))
        refused(office, DutiesConflict, GiveCoSignature(key, digest), account(office, "ann"))

    def test_hands_count_not_names(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, "dao", "ann")
        office.run(absence(office, "dao", "ben"), SYSTEM)
        refused(office, DutiesConflict, GiveCoSignature(key, digest), in_the_name_of(office, "dao", "ben"))
        office.run(absence(office, "ann", "cem"), SYSTEM)
        office.run(GiveCoSignature(key, digest), in_the_name_of(office, "ann", "cem"))
        row = next(r for r in office.rows(t.co_signature) if r.name == "ann")
        assert (row.signed_by, row.signed_through) == ("ann", "cem")

    def test_who_gets_the_task_after_signing_cannot_complete_it_on_that(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, "ann")
        office.run(GiveCoSignature(key, digest), account(office, "ann"))
        office.run(AssignTask(key, "ann"), OWNER)
        assert missing(refused(office, SignaturesMissing, CompleteTask(key, DATA), account(office, "ann"))) == [("ann", "VOID")]


def approved_by_two(office: Office, attributes: str = "") -> list[int]:
    """A case that two different people of finance approve, one after the other or together; the keys of their tasks."""
    loop = EACH.format(attributes)
    employ(office).deploy(
        diagram(node("startEvent", "s") + user("a", TO_FINANCE + ANOTHER, loop) + node("endEvent", "e") + flows("s a", "a e"))
    )
    office.start()
    return open_rounds(office)


def open_rounds(office: Office) -> list[int]:
    return [int(r.key) for r in office.rows(t.user_task) if r.state == "CREATED"]


class TestRoundsOfALoop:
    """differentFrom the task itself: each round of its loop is another person's."""

    def test_together(self, office: Office) -> None:
        one, two = approved_by_two(office)
        ann, ben = account(office, "ann"), account(office, "ben")
        office.run(ClaimTask(one), ann)
        said = refused(office, DutiesConflict, ClaimTask(two), ann)
        assert (said.members["element"], said.members["performers"]) == ("a", ["ann"])
        refused(office, DutiesConflict, AssignTask(two, "ann"), OWNER)
        office.run(CompleteTask(one), ann)
        refused(office, DutiesConflict, ClaimTask(two), ann)
        office.run(ClaimTask(two), ben)
        office.run(CompleteTask(two), ben)
        assert office.instance.state == "COMPLETED"

    def test_one_after_the_other(self, office: Office) -> None:
        (one,) = approved_by_two(office, ' isSequential="true"')
        ann = account(office, "ann")
        office.run(ClaimTask(one), ann)
        office.run(CompleteTask(one), ann)
        (two,) = open_rounds(office)
        refused(office, DutiesConflict, ClaimTask(two), ann)
        office.run(absence(office, "ben", "ann"), SYSTEM)
        refused(office, DutiesConflict, ClaimTask(two), in_the_name_of(office, "ben", "ann"))
        office.run(ClaimTask(two), account(office, "cem"))

    def test_what_was_given_back_binds_nobody(self, office: Office) -> None:
        one, two = approved_by_two(office)
        ann = account(office, "ann")
        office.run(ClaimTask(one), ann)
        office.run(UnassignTask(one), ann)
        office.run(ClaimTask(two), ann)

    def test_another_case_binds_nobody(self, office: Office) -> None:
        one, _ = approved_by_two(office)
        ann = account(office, "ann")
        office.run(ClaimTask(one), ann)
        office.run(CompleteTask(one), ann)
        office.start()
        office.run(ClaimTask(open_rounds(office)[0]), ann)


def test_candidates_come_from_the_case_by_feel(office: Office) -> None:
    groups = '<zeebe:assignmentDefinition candidateGroups="=if amount &gt; 100 then [&quot;legal&quot;, checkers] else [checkers]"/>'
    employ(office).deploy(two_steps().replace(TO_FINANCE.encode(), groups.encode(), 1))
    for amount, expected in ((50, ["finance"]), (200, ["legal", "finance"])):
        office.start(amount=amount, checkers="finance")
        assert office.task("a").candidate_groups == expected
        office.complete("a", account(office, "ann" if amount > 100 else "ben"))
