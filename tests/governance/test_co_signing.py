"""Co-signatures: others sign what the performer filled in, before the task can be completed with it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.co_sign import GiveCoSignature, RefuseCoSignature
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.drafts import DeleteDraft, SaveDraft
from engine.commands.resolve_task import ResolveTask
from engine.commands.set_clearance import SetClearance
from engine.errors import (
    Delegated,
    Forbidden,
    InvalidArgument,
    InvalidState,
    NotCleared,
    NotFound,
    ReasonNeeded,
    SignaturesMissing,
    StaleRevision,
)
from engine.model.actor import SYSTEM
from engine.queries.signing import get_co_signatures
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, Office
from tests.governance.people import account
from tests.governance.signing import ALSO_LEGAL, DATA, ask, at_b, missing, refused, shown, states, to_sign


def test_a_second_person_signs_and_then_it_is_completed(office: Office) -> None:
    key, ben, dao = at_b(office), account(office, "ben"), account(office, "dao")
    assert to_sign(office, dao) == []
    digest = ask(office, key, "dao")
    assert to_sign(office, dao) == ["b"]
    laid = shown(office, key, "dao")
    assert (laid["variables"], laid["digest"], laid["mayISign"]) == (DATA, digest, True)
    assert missing(refused(office, SignaturesMissing, CompleteTask(key, DATA), ben)) == [("dao", "PENDING")]
    office.run(GiveCoSignature(key, digest, "the tickets are there"), dao)
    assert to_sign(office, dao) == [] and not shown(office, key, "dao")["mayISign"]
    office.run(CompleteTask(key, DATA), ben)
    (item,) = shown(office, key, "dao")["items"]
    assert (item["state"], item["signedBy"], item["askedBy"], item["reason"]) == ("AGREED", "dao", "ben", "the tickets are there")
    assert office.event("co-signatures-asked") == {"users": ["dao"], "groups": [], "variables": DATA}
    assert office.event("co-signature-given") == {"digest": digest, "reason": "the tickets are there"}
    assert {e["type"]: e["actor"] for e in office.trail() if e["type"].startswith("co-")} == {
        "co-signatures-asked": "ben", "co-signature-given": "dao",
    }  # fmt: skip
    assert office.verified()


def test_a_refusal_has_a_reason_and_holds_until_it_is_asked_for_anew(office: Office) -> None:
    key, ben, dao = at_b(office), account(office, "ben"), account(office, "dao")
    digest = ask(office, key, "dao")
    refused(office, ReasonNeeded, RefuseCoSignature(key, digest, "no"), dao)
    office.run(RefuseCoSignature(key, digest, "the amount is wrong"), dao)
    assert missing(refused(office, SignaturesMissing, CompleteTask(key, DATA), ben)) == [("dao", "REFUSED")]
    refused(office, Forbidden, GiveCoSignature(key, digest), dao)
    told = [(r.recipient, r.body) for r in office.rows(t.notification) if r.about == "co-signature"]
    assert told == [("dao", "-"), ("ben", "the amount is wrong")]
    again = ask(office, key, "dao", data={"amount": 90})
    office.run(GiveCoSignature(key, again), dao)
    office.run(CompleteTask(key, {"amount": 90}), ben)
    assert [r.state for r in office.rows(t.co_signature)] == ["VOID", "AGREED"]


class TestChangedData:
    """A signature is for what was shown, and for nothing else."""

    @pytest.fixture
    def signed(self, office: Office) -> int:
        key = at_b(office)
        office.run(GiveCoSignature(key, ask(office, key, "dao")), account(office, "dao"))
        return key

    def test_completing_with_other_data(self, office: Office, signed: int) -> None:
        other = CompleteTask(signed, {**DATA, "amount": 1000})
        assert missing(refused(office, SignaturesMissing, other, account(office, "ben"))) == [("dao", "VOID")]

    def test_a_draft_with_the_same_data_in_another_order(self, office: Office, signed: int) -> None:
        office.run(SaveDraft(signed, dict(reversed(DATA.items()))), account(office, "ben"))
        office.run(CompleteTask(signed, DATA), account(office, "ben"))

    @pytest.mark.parametrize("command", [lambda k: SaveDraft(k, {"amount": 1}), DeleteDraft], ids=["another", "none"])
    def test_another_draft_makes_it_void(self, office: Office, signed: int, command: Any) -> None:
        office.run(command(signed), account(office, "ben"))
        assert states(office) == {"user:dao": "VOID"}
        assert office.event("co-signatures-void") == {"signatures": [str(office.rows(t.co_signature)[0].key)]}
        assert shown(office, signed, "dao") | {"items": []} == {
            "items": [], "digest": None, "variables": None, "mayISign": False,
        }  # fmt: skip
        office.run(CompleteTask(signed, DATA), account(office, "ben"))  # the diagram demands none

    def test_what_a_helper_changes(self, office: Office, signed: int) -> None:
        office.run(DelegateTask(signed, "ann"), account(office, "ben"))
        refused(office, Forbidden, AskCoSignatures(signed, ("dao",), (), DATA), account(office, "ben"))
        refused(office, Delegated, AskCoSignatures(signed, ("dao",), (), DATA), account(office, "ann"))
        office.run(ResolveTask(signed, {"amount": 2}), account(office, "ann"))
        assert states(office) == {"user:dao": "VOID"}

    def test_asking_anew_keeps_who_agreed_to_the_same_data(self, office: Office, signed: int) -> None:
        ask(office, signed, "dao", "ann")
        assert states(office) == {"user:dao": "AGREED", "user:ann": "PENDING"}
        ask(office, signed, "ann", "dao", data={"amount": 2})
        assert [r.state for r in office.rows(t.co_signature)] == ["VOID", "VOID", "PENDING", "PENDING"]

    def test_what_was_shown_before_is_not_signed(self, office: Office) -> None:
        key = at_b(office)
        before = ask(office, key, "dao")
        ask(office, key, "dao", data={"amount": 2})
        refused(office, StaleRevision, GiveCoSignature(key, before), account(office, "dao"))
        refused(office, StaleRevision, RefuseCoSignature(key, before, "it is wrong"), account(office, "dao"))

    def test_asking_nobody_withdraws(self, office: Office, signed: int) -> None:
        ask(office, signed)
        assert states(office) == {"user:dao": "VOID"}
        office.run(CompleteTask(signed, {"amount": 3}), account(office, "ben"))


class TestDemandedByTheDiagram:
    """krabuan:coSign names persons and groups, by FEEL over the case and what is submitted."""

    def test_all_of_them_have_to_agree(self, office: Office) -> None:
        key, ben = at_b(office, ALSO_LEGAL, checker="dao"), account(office, "ben")
        said = refused(office, SignaturesMissing, CompleteTask(key, DATA), ben)
        assert missing(said) == [("dao", "NOT_ASKED"), ("legal", "NOT_ASKED")]
        digest = ask(office, key)
        assert [(r.name, r.source) for r in office.rows(t.co_signature)] == [("dao", "DIAGRAM"), ("legal", "DIAGRAM")]
        assert to_sign(office, account(office, "ann")) == ["b"]
        office.run(GiveCoSignature(key, digest), account(office, "ann"))
        assert missing(refused(office, SignaturesMissing, CompleteTask(key, DATA), ben)) == [("dao", "PENDING")]
        office.run(GiveCoSignature(key, digest), account(office, "dao"))
        office.run(CompleteTask(key, DATA), ben)
        assert [(r.name, r.signed_by) for r in office.rows(t.co_signature)] == [("dao", "dao"), ("legal", "ann")]

    def test_it_depends_on_what_is_submitted(self, office: Office) -> None:
        key, small = at_b(office, ALSO_LEGAL, checker="dao"), {"amount": 10}
        office.run(GiveCoSignature(key, ask(office, key, data=small)), account(office, "ann"))
        assert states(office) == {"group:legal": "AGREED"}
        office.run(CompleteTask(key, small), account(office, "ben"))

    def test_data_cannot_be_chosen_so_that_it_is_oneself(self, office: Office) -> None:
        key = at_b(office, ALSO_LEGAL, checker="dao")
        mine = {**DATA, "checker": "ben"}
        refused(office, InvalidArgument, AskCoSignatures(key, (), (), mine), account(office, "ben"))
        assert missing(refused(office, SignaturesMissing, CompleteTask(key, mine), account(office, "ben"))) == [
            ("ben", "NOT_ASKED"), ("legal", "NOT_ASKED"),
        ]  # fmt: skip

    def test_who_it_is_cannot_be_told(self, office: Office) -> None:
        key = at_b(office, ALSO_LEGAL)
        said = refused(office, InvalidState, CompleteTask(key, DATA), account(office, "ben"))
        assert "checker" in str(said.detail)


class TestWhoMay:
    """Asking is the performer's, signing is of who is asked, and seeing is of who takes part."""

    def test_asking(self, office: Office) -> None:
        key = at_b(office)
        for actor, error in ((account(office, "cem"), Forbidden), (OWNER, Forbidden), (ADMIN, Forbidden), (account(office, "dao"), NotFound)):
            refused(office, error, AskCoSignatures(key, ("dao",), (), DATA), actor)

    def test_signing(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, "dao")
        for name in ("ann", "ben", "cem"):
            refused(office, Forbidden, GiveCoSignature(key, digest), account(office, name))
        for actor in (OWNER, AUDITOR, ADMIN):
            refused(office, Forbidden, RefuseCoSignature(key, digest, "I do not like it"), actor)

    @pytest.mark.parametrize(
        ("users", "groups"), [(("nobody",), ()), ((), ("nobody",)), (tuple(f"p{n}" for n in range(21)), ())],
        ids=["no-such-person", "no-such-group", "too-many"],
    )  # fmt: skip
    def test_whom(self, office: Office, users: tuple[str, ...], groups: tuple[str, ...]) -> None:
        key = at_b(office)
        refused(office, InvalidArgument, AskCoSignatures(key, users, groups, DATA), account(office, "ben"))

    def test_the_administrator_reads_no_contents(self, office: Office) -> None:
        key = at_b(office)
        ask(office, key, "dao")
        with office.database.read() as db:
            assert get_co_signatures(db, ADMIN, key)["variables"] is None
            assert get_co_signatures(db, AUDITOR, key)["variables"] == DATA
            with pytest.raises(NotFound):
                get_co_signatures(db, account(office, "dao"), 1)

    def test_above_the_clearance_of_who_is_asked(self, office: Office) -> None:
        key = at_b(office)
        office.run(SetClearance("ben", "secret"), SYSTEM)
        office.run(ClassifyInstance(office.key, "secret", "it names an informer"), account(office, "ben"))
        refused(office, NotCleared, AskCoSignatures(key, ("dao",), (), DATA), account(office, "ben"))
        digest = ask(office, key, groups=("finance_head",))
        assert to_sign(office, account(office, "dao")) == []
        refused(office, NotFound, GiveCoSignature(key, digest), account(office, "dao"))

    def test_when_the_task_is_over(self, office: Office) -> None:
        key = at_b(office)
        digest = ask(office, key, "dao")
        office.run(GiveCoSignature(key, digest), account(office, "dao"))
        ask(office, key, "dao", "ann")
        office.run(AskCoSignatures(key, ("dao",), (), DATA), account(office, "ben"))
        office.run(CompleteTask(key, DATA), account(office, "ben"))
        refused(office, Forbidden, GiveCoSignature(key, digest), account(office, "dao"))
        refused(office, InvalidState, AskCoSignatures(key, ("dao",), (), DATA), account(office, "ben"))
