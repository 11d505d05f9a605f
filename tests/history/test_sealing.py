"""History tells nothing of people openly: they are read back as they were, until they are forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import event

from engine.adapters.keys import CountingKeys
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.assign_task import AssignTask
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.restart_instance import RestartInstance
from engine.commands.set_variables import SetVariables
from engine.commands.transaction import Services
from engine.commands.write_comment import WriteComment
from engine.errors import AlreadyExists, DutiesConflict, NotFound
from engine.history.verify import verify_service
from engine.model.actor import SYSTEM, Actor
from engine.model.sealed import ERASED
from engine.queries.evidence import get_variables_at
from engine.store import tables as t
from engine.store.prepared import driver_of
from engine.store.sealing import forget_case, forget_person, pseudonym_of
from engine.store.tables.append_only import lifted
from tests.dsl import ADMIN, OWNER, Office, PlainHasher
from tests.execution.bench import diagram, flows, node, user
from tests.history.marked import SHOWN, TWO, form
from tests.proof.forging import rewrite

FULL_NAME, ADDRESS, CITIZEN = "นางสาวแอน ทดสอบ", "ann@office.test", "1-1037-02071-81-1"
ANN = Actor("ann", roles=frozenset({"process-owner"}), owned=frozenset({"*"}))
CLOSED = re.compile("(?<=:)[A-Za-z0-9+/]{32,}={0,2}")  # what is sealed: any three letters turn up in it now and then
FIELDS = ("citizen", "applicant.name", "children[].name", "age")


@pytest.fixture
def sealed(office: Office) -> Office:
    """Ann has an account; the form of a task has personal data."""
    return prepared(office)


def prepared(office: Office) -> Office:
    office.run(AddPerson("ann", FULL_NAME, email=ADDRESS), ADMIN)
    office.deploy(("p.bpmn", TWO), ("f.form", form(*FIELDS)))
    return office


def raw(office: Office) -> str:
    """Everything that the two histories hold, as it is stored."""
    rows = [*office.rows(t.history_event, everything=True), *office.rows(t.service_event)]
    return "\n".join(repr(tuple(row)) for row in rows)


def told(office: Office, type_: str) -> list[dict[str, Any]]:
    return [said["data"] for said in office.trail() if said["type"] == type_]


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_no_name_of_an_account_stands_in_history_and_every_one_is_read(sealed: Office) -> None:
    sealed.start()
    sealed.run(AssignTask(sealed.task("a").key, "ann"), OWNER)
    sealed.run(WriteComment(sealed.key, FULL_NAME), ANN)
    votes = {"ann": True, ADDRESS: [FULL_NAME, {"by": "ann"}], "sum": 1}
    sealed.complete("a", ANN)
    sealed.complete("b", ANN, votes=votes)
    assert not [name for name in ("'ann'", '"ann"', FULL_NAME, ADDRESS) if name in raw(sealed)]
    assert {said["actor"] for said in sealed.trail()} == {"owner", "ann"}
    assert told(sealed, "assignee-set")[0] == {"assignee": "ann", "before": None}
    assert told(sealed, "comment-written")[0]["text"] == FULL_NAME
    assert sealed.event("variable-set")["value"] == votes == sealed.variables["votes"]
    (added, _) = sealed.trail(t.service_event)
    assert (added["type"], added["data"]["entityKey"], added["actor"]) == ("person-added", "ann", "admin")


def test_knowing_who_the_accounts_are_costs_no_statement(tmp_path: Path) -> None:
    """The same goes to PostgreSQL, whose driver does not tell."""
    office = prepared(Office(f"sqlite:///{tmp_path / 'krabuan.db'}"))
    office.start()
    office.run(ClaimTask(office.task("a").key), ANN)
    said: list[str] = []
    event.listen(office.database.engine, "begin", lambda db: driver_of(db).set_trace_callback(said.append))
    office.run(CompleteTask(office.task("a").key), ANN)
    office.close()
    assert [text for text in said if "INSERT INTO history_event" in text]
    assert [text for text in said if "pseudonym" in text or text.startswith("SELECT setting")] == []


@pytest.mark.parametrize("text", [
    f"ส่งถึง {FULL_NAME} แล้ว", f"{FULL_NAME}{FULL_NAME}", f"mail to {ADDRESS}.", "ask ann, please", "ให้ann ดู",
    f"$5 to {FULL_NAME}", f"{ADDRESS} is ann's", "ann ben", f"{FULL_NAME} และ นายเบน ทดสอบ",
])  # fmt: skip
def test_a_text_keeps_all_but_the_names(sealed: Office, text: str) -> None:
    sealed.run(AddPerson("ben", "นายเบน ทดสอบ"), ADMIN)
    sealed.start()
    sealed.run(SetVariables(sealed.key, {"said": text}), OWNER)
    assert sealed.event("variable-set")["value"] == text
    openly = CLOSED.sub("", sealed.rows(t.history_event)[-1].body)
    assert not [name for name in ("ann", FULL_NAME, ADDRESS, "ben", "นายเบน") if name in openly]
    with sealed.database.write() as db:
        pseudonym = forget_person(db, "ann")
    gone = text.replace(FULL_NAME, ERASED).replace(ADDRESS, ERASED).replace("ann", pseudonym)
    assert sealed.event("variable-set")["value"] == gone
    assert sealed.verified()


@pytest.mark.parametrize("text", ["annual plan", "the Annex", "joann", "an n", "$ann", "ann@other.test is not"])
def test_what_only_looks_like_a_name_stays(sealed: Office, text: str) -> None:
    sealed.start()
    sealed.run(SetVariables(sealed.key, {"said": text}), OWNER)
    assert orjson.loads(sealed.rows(t.history_event)[-1].body)["data"]["value"].lstrip("$") == text.lstrip("$")
    assert sealed.event("variable-set")["value"] == text


def test_names_within_sealed_values_are_read_too(sealed: Office) -> None:
    sealed.start(citizen="ann", applicant={"name": f"{FULL_NAME} (ann)"})
    values = [data["value"] for data in told(sealed, "variable-set")]
    assert values == ["ann", {"name": f"{FULL_NAME} (ann)"}]
    with sealed.database.write() as db:
        pseudonym = forget_person(db, "ann")
    values = [data["value"] for data in told(sealed, "variable-set")]
    assert values == [pseudonym, {"name": f"{ERASED} ({pseudonym})"}]


LIKE_MARKS = ["$", "$$", "$p_" + "0" * 32, "$$p_" + "0" * 32, f"$s_{'0' * 32}:AAAA", "$s_p_x", '$t_["a"]', "p_" + "0" * 32, ERASED]


def test_what_somebody_writes_in_the_form_of_a_mark_stays_what_it_was(sealed: Office) -> None:
    sealed.start(texts=LIKE_MARKS, keys=dict.fromkeys(LIKE_MARKS, 1))
    found = {data["name"]: data["value"] for data in told(sealed, "variable-set")}
    assert found == {"texts": LIKE_MARKS, "keys": dict.fromkeys(LIKE_MARKS, 1)}


def test_a_forgotten_account_is_its_pseudonym_and_every_chain_verifies(sealed: Office) -> None:
    sealed.start(who="ann", mail=ADDRESS)
    sealed.run(WriteComment(sealed.key, "ตรวจแล้ว"), ANN)
    with sealed.database.write() as db:
        pseudonym = pseudonym_of(db, "ann")
        assert forget_person(db, "ann") == pseudonym
        with pytest.raises(NotFound):
            forget_person(db, "ann")
    assert {said["actor"] for said in sealed.trail()} == {"owner", pseudonym}
    assert [data["value"] for data in told(sealed, "variable-set")] == [pseudonym, ERASED]
    with sealed.database.read() as db:
        assert sealed.verified() and verify_service(db).valid


def test_an_account_that_is_still_there_goes_on_under_another_pseudonym(sealed: Office) -> None:
    sealed.start()
    with sealed.database.write() as db:
        before = forget_person(db, "ann")
    sealed.run(WriteComment(sealed.key, "ตรวจแล้ว"), ANN)
    assert sealed.trail()[-1]["actor"] == "ann"
    assert "'ann'" not in raw(sealed)
    with sealed.database.read() as db:
        assert pseudonym_of(db, "ann") not in (None, before)


def another(office: Office) -> Bus:
    """Another server process over the same database."""
    return Bus(office.database, office.clock, Services(CountingKeys(900_000), Definitions(), PlainHasher()))


def test_what_another_server_process_changed_is_known_to_this_one(sealed: Office) -> None:
    sealed.start()
    other = another(sealed)
    other.run(AddPerson("ben", "นายเบน ทดสอบ"), ADMIN)
    sealed.run(AssignTask(sealed.task("a").key, "ben"), OWNER)
    assert sealed.event("assignee-set")["assignee"] == "ben"
    other.run(WriteComment(sealed.key, "นายเบน ทดสอบ"), OWNER)
    assert '"ben"' not in raw(sealed) and "นายเบน" not in raw(sealed)


def test_a_command_that_failed_leaves_nothing_known(sealed: Office) -> None:
    """Ben's pseudonym was made in a transaction that was undone."""
    sealed.start()
    sealed.run(AddPerson("ben", "Ben"), ADMIN, idempotency="one")
    with pytest.raises(AlreadyExists):
        sealed.run(AddPerson("ben", "Ben"), ADMIN)
    sealed.run(AssignTask(sealed.task("a").key, "ben"), OWNER)
    with sealed.database.read() as db:
        assert f"${pseudonym_of(db, 'ben')}" in sealed.rows(t.history_event)[-1].body
    assert sealed.event("assignee-set")["assignee"] == "ben"


def test_who_started_a_case_is_bound_by_its_duties(office: Office) -> None:
    office.run(AddPerson("ann", FULL_NAME), ADMIN)
    duty = '<krabuan:duty type="differentFrom" element="starter"/>'
    office.deploy(diagram(node("startEvent", "s") + user("a", duty) + flows("s a")))
    office.key = int(office.run(CreateInstance("p"), ANN)["processInstanceKey"])
    with office.database.write() as db:  # the present state is not what binds
        db.execute(t.process_instance.update().values(started_by="somebody"))
    with pytest.raises(DutiesConflict):
        office.run(ClaimTask(office.task("a").key), ANN)


# --- personal data of cases -------------------------------------------------------------------------------------------

APPLICANT = {"citizen": CITIZEN, "applicant": {"name": "สมศรี", "kind": "เกษตรกร"}, "children": [{"name": "มานะ"}], "age": 41}
SECRETS = (CITIZEN, "สมศรี", "มานะ")


def test_personal_data_are_sealed_wherever_they_stand(sealed: Office) -> None:
    sealed.start(amount=5)
    sealed.complete("a", OWNER, amount=41_000)
    sealed.run(SetVariables(sealed.key, APPLICANT), OWNER)
    changed = APPLICANT | {"applicant": {"name": "สมหญิง", "kind": "เกษตรกร"}}
    sealed.complete("b", OWNER, **changed, copy={"of": [CITIZEN]}, said=f"ผู้ยื่นคือ {CITIZEN}")
    sealed.run(WriteComment(sealed.key, f"โทรแจ้งเลขที่ {CITIZEN} แล้ว"), OWNER)
    assert not [secret for secret in (*SECRETS, "สมหญิง") if secret in raw(sealed)]
    assert "เกษตรกร" in raw(sealed) and "41000" in raw(sealed), "what is not personal stays open"
    assert sealed.event("user-task-completed")["variables"]["applicant"] == changed["applicant"]
    last = [data for data in told(sealed, "variable-set") if data["name"] == "applicant"][-1]
    assert (last["before"], last["value"]) == (APPLICANT["applicant"], changed["applicant"])
    assert sealed.verified()
    with sealed.database.read() as db:
        found = get_variables_at(db, OWNER, sealed.key, 1_000)["items"]
    assert {item["name"]: orjson.loads(item["value"]) for item in found} == sealed.variables


def test_an_erased_case_says_so_and_every_chain_verifies(sealed: Office) -> None:
    first = sealed.start(**APPLICANT)
    second = sealed.start(**APPLICANT)
    with sealed.database.write() as db:
        assert forget_case(db, first) and not forget_case(db, first)
    values = {d["name"]: d["value"] for d in told(sealed, "variable-set")}
    assert values == APPLICANT, "the other case is what it was"
    sealed.key = first
    values = {d["name"]: d["value"] for d in told(sealed, "variable-set")}
    gone = {"citizen": ERASED, "applicant": {"name": ERASED, "kind": "เกษตรกร"}, "children": [{"name": ERASED}]}
    assert values == gone | {"age": ERASED}
    assert second != first and sealed.verified()


def test_a_case_that_goes_on_after_its_erasure_gets_another_key(sealed: Office) -> None:
    sealed.start(citizen="x1")
    with sealed.database.write() as db:
        forget_case(db, sealed.key)
    sealed.run(SetVariables(sealed.key, {"citizen": "x2"}), OWNER)
    assert sealed.event("variable-set") == {"scope": str(sealed.key), "name": "citizen", "value": "x2", "before": "x1"}
    assert [d["value"] for d in told(sealed, "variable-set")] == [ERASED, "x2"]


def test_a_case_without_personal_data_has_no_key(sealed: Office) -> None:
    sealed.start(amount=1)
    sealed.complete("a", OWNER, amount=2)
    assert sealed.rows(t.case_key, everything=True) == []


def test_a_called_process_seals_what_its_caller_handed_over(office: Office) -> None:
    call = node("callActivity", "c", '<zeebe:calledElement processId="q"/>')
    office.deploy(
        ("p.bpmn", diagram(node("startEvent", "s") + user("a", SHOWN) + call + flows("s a", "a c"))),
        ("q.bpmn", diagram(node("startEvent", "s2") + user("b") + flows("s2 b"), process_id="q")),
        ("f.form", form("citizen")),
    )
    caller = office.start()
    office.complete("a", OWNER, citizen=CITIZEN)
    (called,) = [row.key for row in office.rows(t.process_instance) if row.parent_key == caller]
    office.key = called
    office.run(WriteComment(called, f"เลขที่ {CITIZEN}"), OWNER)
    assert CITIZEN not in raw(office)
    assert told(office, "comment-written")[0]["text"] == f"เลขที่ {CITIZEN}"
    assert {row.process_instance_key for row in office.rows(t.case_key, everything=True)} == {caller, called}


def test_a_restart_takes_what_was_sealed(sealed: Office) -> None:
    sealed.start(**APPLICANT)
    sealed.complete("a", OWNER)
    sealed.complete("b", OWNER)
    answer = sealed.run(RestartInstance(sealed.key, ("a",), reason="ทำใหม่"), OWNER)
    sealed.key = int(answer["processInstanceKey"])
    assert sealed.variables == APPLICANT
    assert CITIZEN not in raw(sealed)


def test_a_form_of_another_server_process_is_known_to_this_one(sealed: Office) -> None:
    sealed.start(nickname="เล็ก")
    other = another(sealed)
    other.run(Deploy((Resource("f.form", form("nickname")),)), SYSTEM)
    sealed.run(SetVariables(sealed.key, {"nickname": "ใหญ่"}), OWNER)
    assert "ใหญ่" not in raw(sealed) and sealed.event("variable-set")["value"] == "ใหญ่"


def test_what_was_written_before_there_were_seals_is_read_as_it_was(sealed: Office) -> None:
    sealed.start(said="x")

    def as_before(events: list[dict[str, Any]]) -> None:
        for one in events:
            del one["said"]["format"]
            if one["said"]["type"] == "variable-set":
                one["said"]["data"]["value"] = LIKE_MARKS

    with sealed.database.write() as db, lifted(db):
        rewrite(db, sealed.key, as_before)
    assert sealed.event("variable-set")["value"] == LIKE_MARKS
    sealed.run(SetVariables(sealed.key, {"said": LIKE_MARKS[0]}), ANN)
    assert (sealed.event("variable-set")["value"], sealed.trail()[-1]["actor"]) == (LIKE_MARKS[0], "ann")
    assert sealed.verified()
