"""What the register keeps of a clock: its evidence, the act with its proof, supplements; and who reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.commands.create_document import CreateDocument
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.set_variables import SetVariables
from engine.commands.supplement_deadline import MOST, SupplementDeadline
from engine.errors import Forbidden, InvalidArgument, InvalidState, NotFound
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.queries.audience import change_of_instance
from engine.queries.deadlines import count_deadlines, get_case_deadlines, get_deadline, search_deadlines
from engine.queries.search import Search
from engine.store import tables as t
from tests.deadlines.diagrams import LATE, NOW, clock, clocks, process, records, states
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person

DPO = person("dora", "dpo")
NARROW = replace(OWNER, id="narrow", owned=frozenset({"q"}))
RECORDED = {"evidence": "letter", "proof": "receipt", "overseers": "role:dpo"}


def begun(office: Office, **variables: Any) -> int:
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "dpo", "kind": "position", "th": "dpo", "en": "DPO", "parent": None})
    office.deploy(process(clock(more=LATE, **RECORDED)))
    office.start(aware_at=NOW, letter="no 1", **variables)
    return int(clocks(office)[0].key)


def reads(office: Office, query: Any, actor: Actor, *arguments: Any) -> Any:
    definitions = office.bus.services.definitions

    def diagrams(db: Any, key: int) -> Process:
        return definitions.process(db, key).definition.process

    with office.database.read() as db:
        return query(db, actor, diagrams, *arguments)


def test_it_tells_on_what_a_clock_started_and_what_stopped_it(office: Office) -> None:
    key = begun(office)
    office.complete("a").complete("b", receipt="69/1", other="not asked for")
    told = reads(office, get_deadline, DPO, key)
    started, stopped = told["records"]
    assert (started["kind"], started["recordedBy"]) == ("STARTED", "owner")
    assert {f["name"]: f["value"] for f in started["facts"]} == {"aware_at": NOW, "letter": "no 1"}
    assert (stopped["kind"], stopped["elementId"], stopped["recordedBy"]) == ("STOPPED", "b", "owner")
    assert [(f["name"], f["value"]) for f in stopped["facts"]] == [("receipt", "69/1")]
    assert office.event("deadline-stopped")["proof"] == {"receipt": "69/1"}


def test_what_is_recorded_stays_when_the_case_changes_it_later(office: Office) -> None:
    begun(office)
    office.complete("a").complete("b", receipt="69/1")
    office.run(SetVariables(office.key, {"receipt": "70/1", "letter": "no 2"}), OWNER)
    assert [r.data for r in records(office)] == [{"aware_at": NOW, "letter": "no 1"}, {"receipt": "69/1"}]


def test_further_evidence_is_kept_beside_the_first(office: Office) -> None:
    begun(office)
    office.run(SetVariables(office.key, {"letter": "no 2"}), OWNER)
    office.run(SetVariables(office.key, {"letter": "no 2"}), OWNER)  # says nothing new
    first, second = records(office)
    assert (first.data["letter"], second.data["letter"], second.kind) == ("no 1", "no 2", "MOVED")
    assert office.events("deadline-moved") == []


def test_the_proof_is_kept_when_the_act_ends_the_case(office: Office) -> None:
    office.deploy(process(clock(stop="c", **RECORDED)))
    office.start(aware_at=NOW)
    office.complete("a").complete("b").complete("c", receipt="69/1")
    assert (office.instance.state, records(office, "STOPPED")[0].data) == ("COMPLETED", {"receipt": "69/1"})


class TestSupplements:
    """Facts that emerge later."""

    def test_they_stand_beside_a_stopped_clock_and_do_not_move_it(self, office: Office) -> None:
        key = begun(office)
        office.complete("a").complete("b").complete("c")
        office.advance("P10D")
        paper = office.run(CreateDocument("more.pdf", b"%PDF"), DPO)["documentId"]  # the case takes no more of its own
        found = office.clock.now() - timedelta(days=1)
        answer = office.run(SupplementDeadline(key, "forty more persons", found, paper), DPO)
        (record,) = records(office, "SUPPLEMENTED")
        assert (record.key, record.by, record.text) == (int(answer["deadlineRecordKey"]), "dora", "forty more persons")
        assert (record.happened_at, record.document_name) == (found, "more.pdf")
        assert (states(office), office.instance.state) == (["KEPT"], "COMPLETED")
        (kept,) = office.rows(t.document)
        assert (kept.id, office.event("document-added")["document"]) == (paper, paper)
        said = office.event("deadline-supplemented")
        assert (said["deadline"], said["text"], said["document"]) == ("dl", "forty more persons", paper)
        assert office.verified()

    @pytest.mark.parametrize("text", ["", " ", "x" * 4_001])
    def test_they_say_something(self, office: Office, text: str) -> None:
        self.refused(office, InvalidArgument, SupplementDeadline(begun(office), text))

    def test_they_are_of_the_past(self, office: Office) -> None:
        key, now = begun(office), office.clock.now()
        self.refused(office, InvalidArgument, SupplementDeadline(key, "x", now + timedelta(microseconds=1)))
        office.run(SupplementDeadline(key, "x", now), DPO)

    def test_what_is_not_there(self, office: Office) -> None:
        key = begun(office)
        self.refused(office, NotFound, SupplementDeadline(1, "x"))
        self.refused(office, NotFound, SupplementDeadline(key, "x", None, "nothing"))
        anothers = office.run(CreateDocument("a.pdf", b"%PDF"), OWNER)["documentId"]
        self.refused(office, NotFound, SupplementDeadline(key, "x", None, anothers))

    def test_there_is_an_end_to_it(self, small_office: Office) -> None:
        key = begun(small_office)
        for _ in range(MOST):
            small_office.run(SupplementDeadline(key, "x"), DPO)
        self.refused(small_office, InvalidState, SupplementDeadline(key, "x"))

    def test_who_may(self, office: Office) -> None:
        key = begun(office)
        for actor in (AUDITOR, ADMIN):
            self.refused(office, Forbidden, SupplementDeadline(key, "x"), actor)
        for actor in (person("zoe", "others"), NARROW):  # for whom there is no such case
            self.refused(office, NotFound, SupplementDeadline(key, "x"), actor)
        office.run(SupplementDeadline(key, "x"), OWNER)

    def refused(self, office: Office, error: type[Exception], command: Any, actor: Any = DPO) -> None:
        before = office.snapshot()
        with pytest.raises(error):
            office.run(command, actor)
        assert office.snapshot() == before


class TestReaders:
    """Who sees which clocks, and how much of them."""

    def test_who_watches_over_a_clock_sees_it_and_its_case(self, office: Office) -> None:
        key = begun(office)
        for actor, sees in ((DPO, True), (OWNER, True), (AUDITOR, True), (person("zoe", "others"), False)):
            found = reads(office, search_deadlines, actor, Search())["items"]
            assert [item["deadlineKey"] for item in found] == ([str(key)] if sees else [])
            with office.database.read() as db:
                counted = count_deadlines(db, actor, {})["items"]
            assert counted == ([{"state": "RUNNING", "open": True, "count": 1}] if sees else [])
        with pytest.raises(NotFound):
            reads(office, get_deadline, person("zoe", "others"), key)
        assert reads(office, get_case_deadlines, DPO, office.key)["items"][0]["deadlineKey"] == str(key)

    def test_who_watches_over_a_clock_is_told_live_of_its_case(self, office: Office) -> None:
        begun(office)
        with office.database.read() as db:
            found = change_of_instance(db, office.key)
        assert found is not None
        _, audience = found
        assert (audience.includes(DPO), audience.includes(person("zoe", "others"))) == (True, False)

    def test_an_administrator_reads_that_it_was_recorded_not_what(self, office: Office) -> None:
        key = begun(office)
        office.run(SupplementDeadline(key, "forty more persons"), DPO)
        for record in reads(office, get_deadline, ADMIN, key)["records"]:
            assert (record["text"], record["facts"], record["document"]) == (None, [], None)

    def test_a_case_above_the_clearance_is_not_there(self, office: Office) -> None:
        key = begun(office)
        with office.database.write() as db:
            db.execute(t.process_instance.update().values(access_class=2))
        with pytest.raises(NotFound):
            reads(office, get_deadline, DPO, key)
        assert reads(office, search_deadlines, DPO, Search())["items"] == []
        assert reads(office, get_deadline, replace(DPO, clearance=2), key)["deadlineKey"] == str(key)

    def test_what_one_may_do_is_said(self, office: Office) -> None:
        key = begun(office)

        def may(actor: Actor) -> list[str]:
            actions: list[str] = reads(office, get_deadline, actor, key)["actions"]
            return actions

        assert (may(DPO), may(OWNER), may(AUDITOR)) == (["extend", "supplement"], ["extend", "supplement"], [])
        office.complete("a").complete("b")
        assert may(DPO) == ["supplement"]

    def test_filters_of_the_register(self, office: Office) -> None:
        begun(office)
        office.start(aware_at="2026-04-01T16:00:00+07:00")

        def found(**wanted: Any) -> list[str]:
            return [item["state"] for item in reads(office, search_deadlines, AUDITOR, Search(wanted))["items"]]

        assert found() == ["RUNNING", "MISSED"]
        assert found(state="MISSED") == ["MISSED"]
        assert found(dueAt={"$lt": "2026-04-10T00:00:00Z"}) == ["MISSED"]
        assert found(startedAt={"$gte": "2026-04-10T00:00:00Z"}) == ["RUNNING"]
        assert found(processDefinitionId="q") == found(ownerUnit="ict") == []
        assert found(stoppedAt={"$exists": False}, kind="statutory") == ["RUNNING", "MISSED"]


def test_a_stopped_clock_is_told_in_the_words_of_its_version(office: Office) -> None:
    """A later version of the process, to which the case is carried over, may not know it any more."""
    named = clock().replace("/>", '><krabuan:text lang="th">แจ้งเหตุ</krabuan:text></krabuan:deadline>')
    office.deploy(process(named))
    office.start(aware_at=NOW)
    office.complete("a").complete("b")
    target = int(office.deploy(process())["deployments"][0]["processDefinition"]["processDefinitionKey"])
    office.run(MigrateInstance(office.key, target, (("c", "c"),)), OWNER)
    (item,) = reads(office, get_case_deadlines, OWNER, office.key)["items"]
    assert (item["text"]["th"], item["state"]) == ("แจ้งเหตุ", "KEPT")
