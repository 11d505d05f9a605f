"""Files that people attach to forms: nobody else's before they are handed in, then the case's; what is not right is
refused at its field and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from engine.commands.add_person import AddPerson
from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_document import ClassifyDocument
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.correct_variables import CorrectVariables
from engine.commands.create_document import CreateDocument
from engine.commands.create_instance import CreateInstance
from engine.commands.delegate_task import DelegateTask
from engine.commands.delete_document import DeleteDocument
from engine.commands.link_document import LinkDocument
from engine.commands.resolve_task import ResolveTask
from engine.commands.tidy_up import TidyUp
from engine.errors import EngineError, Forbidden, FormInvalid, InvalidArgument, InvalidState, NotFound
from engine.history.rows import Rows
from engine.model.actor import SYSTEM, Actor
from engine.queries.documents import get_document
from engine.store import tables as t
from tests.dsl import AUDITOR, OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

PAPERS = {"type": "filepicker", "key": "papers", "label": "เอกสาร", "multiple": True}
ROWS = {"type": "dynamiclist", "path": "people", "components": [
    {"type": "filepicker", "key": "card", "accept": ".pdf,image/*", "properties": {"krabuan.maxFileSize": "1"}}]}  # fmt: skip
FORM = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "f", "components": [PAPERS, ROWS]})
START = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "start", "components": [
    {"type": "filepicker", "key": "request", "validate": {"required": True}}]})  # fmt: skip
ASSIGNED = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
SHOWN = '<zeebe:formDefinition formId="f"/>'
BODY = (
    node("startEvent", "s", '<zeebe:formDefinition formId="start"/>')
    + user("a", SHOWN + ASSIGNED) + user("b", SHOWN + ASSIGNED) + user("c", ASSIGNED) + node("endEvent", "e")
    + flows("s a", "a b", "b c", "c e")
)  # fmt: skip
ANN, BEN, CAT = person("ann", "finance"), person("ben", "finance"), person("cat", "audit")
PDF, PNG = b"%PDF-1.7", b"\x89PNG\r\n\x1a\n..."


@pytest.fixture
def case(office: Office) -> Office:
    """A case whose first task is ann's."""
    office.deploy(("p.bpmn", diagram(BODY)), ("f.form", FORM), ("start.form", START))
    office.run(AddPerson("ben", "เบญจ ทดสอบ", None), SYSTEM)
    office.start()
    office.run(ClaimTask(office.task("a").key), ANN)
    return office


def attach(office: Office, actor: Actor = ANN, name: str = "รายงาน.pdf", content: bytes = PDF, **more: Any) -> Any:
    """A file attached to the form of the present task: the reference."""
    of = {"task_key": office.task("a").key} | more
    return office.run(CreateDocument(name, content, **of), actor)


def reads(office: Office, actor: Actor, reference: Any) -> bool:
    with office.database.read() as db:
        try:
            get_document(db, actor, reference["documentId"], office.clock.now(), None)
        except NotFound:
            return False
    return True


def refusals(office: Office, command: Any, actor: Actor = ANN) -> list[tuple[Any, Any]]:
    """(field, code) of a submission that is refused and changes nothing."""
    before = office.snapshot()
    with pytest.raises(FormInvalid) as refused:
        office.run(command, actor)
    assert office.snapshot() == before
    return [(error["field"], error["code"]) for error in refused.value.members["errors"]]


def submit(office: Office, **values: Any) -> CompleteTask:
    return CompleteTask(office.task("a").key, {"papers": [], "people": []} | values)


def test_what_is_attached_is_handed_in_with_the_form(case: Office) -> None:
    first, second = attach(case), attach(case, name="photo.png", content=PNG)
    assert case.events("document-added") == []
    case.run(submit(case, papers=[first], people=[{"card": [second]}]), ANN)
    papers, (row,) = case.variables["papers"], case.variables["people"]
    assert [papers[0]["documentId"], row["card"][0]["documentId"]] == [first["documentId"], second["documentId"]]
    assert papers[0]["metadata"]["processInstanceKey"] == str(case.key)
    assert {case.event("document-added")["fileName"]} < {"รายงาน.pdf", "photo.png"}
    assert len(case.events("document-added")) == 2
    assert all(reads(case, who, first) for who in (ANN, BEN, OWNER, AUDITOR)) and case.verified()


def test_until_then_it_is_the_performers_alone(case: Office) -> None:
    file = attach(case)
    assert [reads(case, who, file) for who in (ANN, BEN, CAT, OWNER, AUDITOR, WORKER)] == [True] + [False] * 5
    absent = file | {"documentId": "0" * 32}
    for command in (DeleteDocument, LinkDocument, lambda id_: ClassifyDocument(id_, "secret")):
        for wanted in (file, absent):
            with pytest.raises(NotFound):
                case.run(command(wanted["documentId"]), OWNER)
    with case.database.read() as db:
        assert list(Rows(db).documents()) == [], "what is not handed in is no part of the proof"
    with pytest.raises(InvalidState):
        case.run(LinkDocument(file["documentId"]), ANN)


def test_its_class_is_that_of_its_case(case: Office) -> None:
    file = attach(case)
    case.run(ClassifyInstance(case.key, "secret"), replace(OWNER, clearance=3))
    assert (reads(case, ANN, file), reads(case, replace(ANN, clearance=2), file)) == (False, True)
    above = attach(case, replace(ANN, clearance=3), access_class="topSecret")
    assert refusals(case, submit(case, papers=[above]), replace(ANN, clearance=2)) == [("papers", "file-unknown")]


def test_what_the_browser_says_of_a_file_is_not_believed(case: Office) -> None:
    file = attach(case)
    forged = file | {"contentHash": "0", "metadata": {"fileName": "<b>other.exe", "size": 1}}
    case.run(submit(case, papers=[forged]), ANN)
    assert case.variables["papers"][0]["metadata"]["fileName"] == "รายงาน.pdf"
    again = [forged | {"storeId": "elsewhere"}]
    case.run(ClaimTask(case.task("b").key), ANN)
    case.run(CompleteTask(case.task("b").key, {"papers": again, "people": []}), ANN)
    assert case.variables["papers"][0]["metadata"]["fileName"] == "รายงาน.pdf"
    assert case.variables["papers"][0]["contentHash"] == file["contentHash"]
    assert len(case.events("document-added")) == 1


def test_a_text_reference_becomes_the_document(case: Office) -> None:
    file = attach(case)
    case.run(submit(case, papers=[f"files::{file['documentId']}"]), ANN)
    assert case.variables["papers"][0]["contentHash"] == file["contentHash"]


def test_what_is_not_ones_own_is_refused_at_its_field(case: Office) -> None:
    mine = attach(case)
    first = case.key
    of_ben = case.run(CreateDocument("x.pdf", PDF), BEN)
    case.start()
    other = case.run(CreateDocument("y.pdf", PDF, process_instance_key=case.key), OWNER)
    case.run(ClaimTask(case.task("a").key), ANN)
    elsewhere = attach(case)
    case.key = first
    for wrong in (of_ben, other, elsewhere, mine | {"documentId": "none"}, "files::none", "files::" + "z" * 100):
        row = {"card": [wrong]}
        assert refusals(case, submit(case, papers=[mine, wrong], people=[{}, row])) == [
            ("papers", "file-unknown"), ("people[1].card", "file-unknown"),
        ]  # fmt: skip


def test_kind_and_size_are_those_of_the_field(case: Office) -> None:
    large = attach(case, name="scan.PDF", content=PDF + b"x" * (1 << 20))
    sheet = attach(case, name="sheet.csv", content=b"a,b")
    found = refusals(case, submit(case, people=[{"card": [large]}, {"card": [sheet]}]))
    assert found == [("people[0].card", "file-too-large"), ("people[1].card", "file-kind")]
    case.run(submit(case, papers=[large, sheet]), ANN)


def test_a_file_that_is_gone_is_asked_for_again(case: Office) -> None:
    file = attach(case)
    case.run(submit(case, papers=[file]), ANN)
    case.run(DeleteDocument(file["documentId"]), ANN)
    case.run(ClaimTask(case.task("b").key), ANN)
    again = CompleteTask(case.task("b").key, {"papers": case.variables["papers"], "people": []})
    assert refusals(case, again) == [("papers", "file-unknown")]


def test_who_may_attach(case: Office) -> None:
    task = case.task("a").key
    refused: dict[Actor, type[EngineError]] = {BEN: Forbidden, OWNER: Forbidden, AUDITOR: Forbidden, CAT: InvalidArgument}
    before = case.snapshot()
    for actor, error in refused.items():
        with pytest.raises(error):
            attach(case, actor)
    for wrong in ({"task_key": 1}, {"process_instance_key": 1}, {"expires_at": case.clock.now().replace(year=2030)}):
        with pytest.raises(InvalidArgument):
            attach(case, **wrong)
    assert case.snapshot() == before
    case.run(submit(case), ANN)
    with pytest.raises(InvalidState):
        case.run(CreateDocument("x.pdf", PDF, task_key=task), ANN)


def test_who_helps_hands_the_files_back_too(case: Office) -> None:
    mine = attach(case)
    case.run(DelegateTask(case.task("a").key, "ben"), ANN)
    theirs = attach(case, BEN, name="from-ben.pdf")
    assert reads(case, BEN, mine) and reads(case, ANN, theirs)
    case.run(ResolveTask(case.task("a").key, {"papers": [mine, theirs], "people": []}), BEN)
    case.run(submit(case, papers=[mine, theirs]), ANN)
    assert len(case.variables["papers"]) == 2


def test_co_signers_read_what_is_laid_before_them(case: Office) -> None:
    file = attach(case)
    case.run(AskCoSignatures(case.task("a").key, ("ben",), (), {"papers": [file], "people": []}), ANN)
    assert reads(case, BEN, file) and not reads(case, CAT, file)
    assert case.events("document-added") == [], "asking hands nothing in"


@pytest.mark.parametrize("end", ["completed without it", "cancelled", "taken away"])
def test_what_is_not_handed_in_is_forgotten(case: Office, end: str) -> None:
    file = attach(case)
    case.run(TidyUp(), SYSTEM)
    assert len(case.rows(t.document)) == 1, "as long as the task is open, it stays"
    if end == "taken away":
        case.run(DeleteDocument(file["documentId"]), ANN)
    else:
        end_it, who = (CancelInstance(case.key, "no need"), OWNER) if end == "cancelled" else (submit(case), ANN)
        case.run(end_it, who)
        case.run(TidyUp(), SYSTEM)
    assert case.rows(t.document) == [] and case.events("document-deleted") == [] and case.verified()


def test_a_start_form_hands_in_what_its_starter_uploaded(case: Office) -> None:
    soon = case.clock.now().replace(year=2030)
    file = case.run(CreateDocument("คำขอ.pdf", PDF, process_id="p", expires_at=soon), ANN)
    start = CreateInstance("p", variables={"request": [file]}, by_form=True)
    assert refusals(case, start, BEN) == [("request", "file-unknown")]
    assert refusals(case, CreateInstance("p", by_form=True)) == [("request", "required")]
    case.key = int(case.run(start, ANN)["processInstanceKey"])
    (kept,) = case.rows(t.document)
    assert (kept.id, kept.expires_at, kept.process_id) == (file["documentId"], None, "p")
    held = case.variables["request"][0]["metadata"]
    assert (held["processInstanceKey"], held["expiresAt"]) == (str(case.key), None)
    assert [type_ for type_, _ in case.events("instance-created", "document-added")] == ["instance-created", "document-added"]
    assert reads(case, BEN, file) and case.verified()


def test_a_correction_hands_in_another(case: Office) -> None:
    file = case.run(CreateDocument("คำขอ.pdf", PDF), ANN)
    case.key = int(case.run(CreateInstance("p", variables={"request": [file]}, by_form=True), ANN)["processInstanceKey"])
    later = case.run(CreateDocument("คำขอ.pdf", PDF + b"2", process_instance_key=case.key), ANN)
    assert refusals(case, CorrectVariables(case.key, {"request": ["files::none"]})) == [("request", "file-unknown")]
    case.run(CorrectVariables(case.key, {"request": [later]}), ANN)
    assert case.variables["request"][0]["contentHash"] == later["contentHash"]


def test_a_file_of_a_classified_field_is_of_its_class(case: Office) -> None:
    marked = FORM.replace(b'"key":"papers"', b'"key":"papers","properties":{"krabuan.class":"secret"}')
    case.deploy(("p.bpmn", diagram(BODY)), ("f.form", marked), ("start.form", START))
    case.start()
    cleared = replace(ANN, clearance=2)
    case.run(ClaimTask(case.task("a").key), cleared)
    file = attach(case, cleared)
    case.run(submit(case, papers=[file]), cleared)
    assert (reads(case, BEN, file), reads(case, replace(BEN, clearance=2), file)) == (False, True)
    assert case.event("document-added")["class"] == "secret"


def test_a_case_holds_no_more_than_it_may(case: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [attach(case, name=f"{n}.pdf") for n in range(3)]
    monkeypatch.setattr("engine.commands.files_of_forms.MOST", 2)
    before = case.snapshot()
    with pytest.raises(InvalidState):
        case.run(submit(case, papers=files), ANN)
    assert case.snapshot() == before
    case.run(submit(case, papers=files[:2]), ANN)
