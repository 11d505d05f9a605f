"""A deadline that is extended: by whom, how far, with what reasons, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.commands.cancel_instance import CancelInstance
from engine.commands.create_document import CreateDocument
from engine.commands.decide_intervention import ApproveIntervention
from engine.commands.extend_deadline import ExtendDeadline
from engine.commands.request_intervention import RequestIntervention
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import SuspendInstance
from engine.errors import (
    BeyondTheLaw,
    Forbidden,
    InvalidArgument,
    NotFound,
    NotToBeExtended,
    ReasonNeeded,
    SecondPersonNeeded,
)
from engine.queries.interventions import get_intervention
from engine.store import tables as t
from tests.deadlines.diagrams import LATE, NOW, clock, clocks, process, records, states
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

DPO = person("dora", "dpo")
WHY = "the extent is not known yet"
DUE = datetime(2026, 4, 13, 9, tzinfo=UTC)  # 72 hours
LAST = datetime(2026, 4, 25, 9, tzinfo=UTC)  # 15 days
MICRO = timedelta(microseconds=1)


def begun(office: Office, *more: str, law: str = LATE, **attributes: str) -> int:
    """A case whose clock runs and is watched over by the DPO; the key of the clock."""
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "dpo", "kind": "position", "th": "dpo", "en": "DPO", "parent": None})
    office.deploy(process(clock(more=law, overseers="role:dpo", **attributes), *more))
    office.start(aware_at=NOW)
    return int(clocks(office)[0].key)


def refused(office: Office, error: type[Exception], command: Any, actor: Any = DPO) -> Any:
    before = office.snapshot()
    with pytest.raises(error) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def test_it_is_due_later_and_history_and_register_say_who_why_and_from_when(office: Office) -> None:
    key = begun(office)
    paper = office.run(CreateDocument("memo.pdf", b"%PDF", process_instance_key=office.key), OWNER)["documentId"]
    office.run(ExtendDeadline(key, DUE + timedelta(days=2), WHY, paper), DPO)
    (row,) = clocks(office)
    assert (row.state, row.due_at, row.extended_until) == ("RUNNING", DUE + timedelta(days=2), DUE + timedelta(days=2))
    assert office.task("a").statutory_due_at == row.due_at
    (record,) = records(office, "EXTENDED")
    assert (record.by, record.due_before, record.due_after, record.text) == ("dora", DUE, row.due_at, WHY)
    assert (record.document_id, record.document_name) == (paper, "memo.pdf")
    assert office.event("deadline-extended")["reason"] == WHY
    assert office.event("deadline-moved")["before"]["dueAt"] == DUE.isoformat()
    assert office.verified()


def test_nothing_of_the_term_before_falls_due_and_the_new_one_does(office: Office) -> None:
    key = begun(office, '<krabuan:reminder deadline="dl" before="PT12H" to="staff_group"/>')
    office.run(ExtendDeadline(key, DUE + timedelta(days=1), WHY), DPO)
    office.advance("PT72H1S")
    assert (states(office), office.events("deadline-missed", "reminder-sent")) == (["RUNNING"], [])
    office.advance("PT23H58M")
    assert (states(office), len(office.events("reminder-sent"))) == (["RUNNING"], 1)
    office.advance("PT2M")
    assert (states(office), len(office.events("deadline-missed"))) == (["MISSED"], 1)


def test_the_act_within_the_extended_term_keeps_it(office: Office) -> None:
    key = begun(office)
    office.run(ExtendDeadline(key, DUE + timedelta(days=1), WHY), DPO)
    office.complete("a").advance("PT96H").complete("b")
    assert states(office) == ["KEPT"]


@pytest.mark.parametrize(("due", "ok"), [(LAST, True), (LAST + MICRO, False), (DUE + MICRO, True)])
def test_the_law_says_how_far(office: Office, due: datetime, ok: bool) -> None:
    key = begun(office)
    if ok:
        office.run(ExtendDeadline(key, due, WHY), DPO)
        assert clocks(office)[0].due_at == due
    else:
        error = refused(office, BeyondTheLaw, ExtendDeadline(key, due, WHY))
        assert error.members == {"lateUntil": LAST.isoformat()}


@pytest.mark.parametrize("due", [DUE, DUE - MICRO])
def test_it_is_never_shortened(office: Office, due: datetime) -> None:
    refused(office, InvalidArgument, ExtendDeadline(begun(office), due, WHY))


@pytest.mark.parametrize("reason", [None, "", "no", "x" * 4_001])
def test_it_needs_reasons(office: Office, reason: str | None) -> None:
    refused(office, ReasonNeeded, ExtendDeadline(begun(office), DUE + MICRO, reason))


@pytest.mark.parametrize(("wait", "ok"), [("PT72H", True), ("PT72H0.000001S", False)])
def test_until_its_last_moment_it_can_be_extended(office: Office, wait: str, ok: bool) -> None:
    key = begun(office)
    office.advance(wait)
    if ok:
        office.run(ExtendDeadline(key, LAST, WHY), DPO)
        assert states(office) == ["RUNNING"]
    else:
        refused(office, NotToBeExtended, ExtendDeadline(key, LAST, WHY))


def test_a_law_that_knows_no_lateness_knows_no_extension(office: Office) -> None:
    key = begun(office, law='duration="PT72H"')
    refused(office, NotToBeExtended, ExtendDeadline(key, DUE + MICRO, WHY))


def test_what_the_office_set_itself_it_extends_as_it_likes(office: Office) -> None:
    key = begun(office, law='duration="PT72H"', kind="internal")
    office.run(ExtendDeadline(key, DUE + timedelta(days=900), WHY), DPO)
    assert clocks(office)[0].due_at == DUE + timedelta(days=900)


def test_one_that_is_over_is_not_extended(office: Office) -> None:
    key = begun(office)
    office.complete("a").complete("b")
    refused(office, NotToBeExtended, ExtendDeadline(key, LAST, WHY))
    office.run(CancelInstance(office.key, "entered twice"), OWNER)
    refused(office, NotToBeExtended, ExtendDeadline(key, LAST, WHY))


def test_the_law_does_not_wait_for_a_suspended_case_and_its_clock_is_extended(office: Office) -> None:
    key = begun(office, '<krabuan:reminder deadline="dl" before="PT12H" to="staff_group"/>')
    office.run(SuspendInstance(office.key, "wait"), OWNER)
    office.run(ExtendDeadline(key, DUE + timedelta(days=1), WHY), DPO)
    office.advance("PT85H")
    assert len(office.events("reminder-sent")) == 1
    office.advance("PT12H")
    assert states(office) == ["MISSED"]


def test_a_correction_of_the_evidence_keeps_the_extension(office: Office) -> None:
    key = begun(office)
    office.run(ExtendDeadline(key, DUE + timedelta(days=2), WHY), DPO)
    office.run(SetVariables(office.key, {"aware_at": "2026-04-09T16:00:00+07:00"}), OWNER)
    assert clocks(office)[0].due_at == DUE + timedelta(days=2)
    office.run(SetVariables(office.key, {"aware_at": "2026-04-14T16:00:00+07:00"}), OWNER)
    assert clocks(office)[0].due_at == DUE + timedelta(days=4)  # of itself it is due later now
    office.run(SetVariables(office.key, {"aware_at": "2026-03-30T16:00:00+07:00"}), OWNER)
    (row,) = clocks(office)
    assert row.due_at == row.late_until == datetime(2026, 4, 14, 9, tzinfo=UTC)  # beyond the law it never is


def test_who_may(office: Office) -> None:
    key = begun(office)
    for actor in (AUDITOR, ADMIN):
        refused(office, Forbidden, ExtendDeadline(key, LAST, WHY), actor)
    for actor in (person("zoe", "others"), replace(OWNER, id="narrow", owned=frozenset({"q"}))):  # for whom there is no such case
        refused(office, NotFound, ExtendDeadline(key, LAST, WHY), actor)
    office.run(ExtendDeadline(key, DUE + MICRO, WHY), OWNER)
    office.run(ExtendDeadline(key, DUE + 2 * MICRO, WHY), DPO)
    absent = replace(person("sub", "dpo"), on_behalf_of="dora")
    office.run(ExtendDeadline(key, LAST, WHY), absent)
    assert [(r.by, r.through) for r in records(office, "EXTENDED")] == [("owner", None), ("dora", None), ("dora", "sub")]


def test_what_is_not_there(office: Office) -> None:
    key = begun(office)
    refused(office, NotFound, ExtendDeadline(key + 1, LAST, WHY))
    refused(office, NotFound, ExtendDeadline(key, LAST, WHY, "nothing"))
    strange = office.run(CreateDocument("other.pdf", b"%PDF"), OWNER)["documentId"]
    refused(office, NotFound, ExtendDeadline(key, LAST, WHY, strange))


class TestSecondPerson:
    """Where the process declares krabuan:intervention kind="extend" with a second person."""

    DECLARED = '<krabuan:intervention kind="extend" secondPerson="true"/>'

    def test_nobody_extends_alone(self, office: Office) -> None:
        key = begun(office, self.DECLARED)
        refused(office, SecondPersonNeeded, ExtendDeadline(key, LAST, WHY))
        asked = office.run(RequestIntervention("extend", ExtendDeadline(key, LAST, WHY)), DPO)
        assert clocks(office)[0].due_at == DUE
        office.run(ApproveIntervention(int(asked["interventionKey"])), OWNER)
        (record,) = records(office, "EXTENDED")
        assert (clocks(office)[0].due_at, record.by, record.approved_by) == (LAST, "dora", "owner")
        assert office.event("deadline-extended")["approvedBy"] == "owner"

    def test_who_approves_reads_which_deadline_it_is(self, office: Office) -> None:
        named = '<krabuan:text lang="th">แจ้งเหตุ</krabuan:text><krabuan:text lang="en">Notify</krabuan:text>'
        office.deploy(process(clock(more=LATE).replace("/>", f">{named}</krabuan:deadline>"), self.DECLARED))
        office.start(aware_at=NOW)
        command = ExtendDeadline(clocks(office)[0].key, LAST, WHY)
        asked = int(office.run(RequestIntervention("extend", command), OWNER)["interventionKey"])
        definitions = office.bus.services.definitions
        with office.database.read() as db:
            shown = get_intervention(db, AUDITOR, lambda d, k: definitions.process(d, k).definition.process, asked)
        assert shown["about"] == {"th": "แจ้งเหตุ", "en": "Notify"}

    def test_what_cannot_be_is_not_asked_for(self, office: Office) -> None:
        key = begun(office, self.DECLARED)
        refused(office, BeyondTheLaw, RequestIntervention("extend", ExtendDeadline(key, LAST + MICRO, WHY)))
        refused(office, Forbidden, RequestIntervention("extend", ExtendDeadline(key, LAST, WHY)), ADMIN)

    def test_what_is_approved_too_late_is_not_carried_out(self, office: Office) -> None:
        key = begun(office, self.DECLARED)
        asked = office.run(RequestIntervention("extend", ExtendDeadline(key, LAST, WHY)), DPO)
        office.advance("P4D")
        refused(office, NotToBeExtended, ApproveIntervention(int(asked["interventionKey"])), OWNER)


def test_a_deadline_whose_unit_has_a_head_may_be_watched_over_by_that(office: Office) -> None:
    with office.database.write() as db:
        unit = {"kind": "unit", "th": "ict", "en": "ict", "parent": None}
        db.execute(insert(t.group_), [unit | {"key": "ict", "head_of": None}, unit | {"key": "boss", "head_of": "ict"}])
    office.deploy(process('<krabuan:process ownerUnit="ict"/>', clock(more=LATE, overseers="head")))
    office.start(aware_at=NOW)
    (row,) = clocks(office)
    assert row.owner_unit == "ict"
    assert [o.group_key for o in office.rows(t.deadline_overseer)] == ["boss"]
    office.run(ExtendDeadline(row.key, LAST, WHY), person("head", "boss"))


def test_words_of_evidence_and_proof_are_read_once_each(small_office: Office) -> None:
    box = clock(evidence="x y x", proof=" z ", overseers="")
    small_office.deploy(diagram(f"<bpmn:extensionElements>{box}</bpmn:extensionElements>" + node("startEvent", "s") + user("b") + flows("s b")))
    key = small_office.rows(t.process_definition, everything=True)[0].key
    with small_office.database.read() as db:
        (drawn,) = small_office.bus.services.definitions.process(db, key).definition.process.deadlines
    assert (drawn.evidence, drawn.proof, drawn.overseers) == (("x", "y"), ("z",), ())
