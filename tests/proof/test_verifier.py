"""Whoever changes what a checkpoint covers, with every right and with all hashes made anew, is found out by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, insert, select, text, update

from engine.commands.delete_instance import DeleteInstance
from engine.model.chain import genesis, link
from engine.store import tables as t
from engine.store.tables import history_event as h
from engine.store.tables import process_instance as pi
from engine.store.tables.append_only import lifted
from tests.dsl import ADMIN, OWNER
from tests.proof.forging import Change, rewrite
from tests.proof.notary import Notary, hand_in


def forged(notary: Notary, change: Change) -> list[str]:
    with notary.office.database.write() as db, lifted(db):
        rewrite(db, notary.office.key, change)
    assert notary.office.verified(), "the chain alone shows nothing"
    return notary.found()


def altered(notary: Notary, *statements: Any) -> list[str]:
    with notary.office.database.write() as db, lifted(db):
        for statement in statements:
            assert db.execute(statement).rowcount != 0
    return notary.found()


def test_a_changed_actor(notary: Notary) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        events[4]["said"]["actor"] = "nobody"

    assert forged(notary, change) == [f"case {notary.office.key}, event 5, field actor: changed"]


def test_changed_data_are_named_member_by_member(notary: Notary) -> None:
    (index,) = [i for i, row in enumerate(notary.office.rows(h)) if "ตรวจแล้ว" in row.body and row.type == "variable-set"]

    def change(events: list[dict[str, Any]]) -> None:
        events[index]["said"]["data"]["value"] = "ยังไม่ได้ตรวจ"

    assert forged(notary, change) == [f"case {notary.office.key}, event {index + 1}, field data.value: changed"]


def test_a_removed_event(notary: Notary) -> None:
    assert forged(notary, lambda events: events.pop(4) and None) == [f"case {notary.office.key}, event 5: removed"]


def test_an_added_event(notary: Notary) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        events.insert(4, {**events[0], "said": {**events[0]["said"], "actor": "ann"}})

    assert forged(notary, change) == [f"case {notary.office.key}, event 5: added"]


@pytest.mark.parametrize(("first", "second"), [(4, 5), (2, 7)])
def test_swapped_events(notary: Notary, first: int, second: int) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        events[first], events[second] = events[second], events[first]

    found = forged(notary, change)
    key = notary.office.key
    assert found and set(found) <= {f"case {key}, event {n + 1}: reordered" for n in (first, second)}


def test_a_cut_tail(notary: Notary) -> None:
    last = notary.office.instance.history_sequence
    found = forged(notary, lambda events: events.__delitem__(slice(-2, None)))
    assert found == [f"case {notary.office.key}, event {n}: removed" for n in (last - 1, last)]


def test_what_is_not_covered_yet_is_told_apart(notary: Notary) -> None:
    notary.office.complete("b")
    later = notary.report().uncovered
    assert forged(notary, lambda events: events.__delitem__(slice(-1, None))) == []
    assert notary.report().uncovered == later - 1


def test_a_whole_case_is_missing(notary: Notary) -> None:
    key = notary.office.key
    with notary.office.database.write() as db, lifted(db):
        if notary.office.database.is_sqlite:
            db.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(t.metadata.sorted_tables):
            if "process_instance_key" in table.c:
                tasks = select(t.user_task.c.key).where(t.user_task.c.process_instance_key == key)
                if table is t.user_task:
                    db.execute(delete(t.task_draft).where(t.task_draft.c.task_key.in_(tasks)))
                db.execute(delete(table).where(table.c.process_instance_key == key))
        db.execute(delete(pi).where(pi.c.key == key))
    assert f"case {key}: removed" in notary.found()


@pytest.mark.parametrize(("column", "value", "field"), [
    ("actor", "nobody", "actor"), ("type", "nothing", "type"), ("at", "yesterday", "at"), ("on_behalf_of", "x", "onBehalfOf"),
    ("element_id", "x", "elementId"), ("element_instance_key", 1, "elementInstanceKey"), ("hash", "0" * 64, "hash"),
])  # fmt: skip
def test_a_changed_column(notary: Notary, column: str, value: object, field: str) -> None:
    statement = text(f"UPDATE history_event SET {column} = :v WHERE process_instance_key = :k AND sequence = 5")
    found = altered(notary, statement.bindparams(v=value, k=notary.office.key))
    assert found == [f"case {notary.office.key}, event 5, field {field}: changed"]


@pytest.mark.parametrize(("column", "field"), [("actor", "actor"), ("entity_key", "entityKey")])
def test_a_changed_event_of_the_service(notary: Notary, column: str, field: str) -> None:
    statement = text(f"UPDATE service_event SET {column} = 'x' WHERE sequence = 1")
    assert altered(notary, statement) == [f"service, event 1, field {field}: changed"]


def test_a_forged_chain_of_the_service(notary: Notary) -> None:
    row = notary.office.rows(t.service_event)[0]
    body = orjson.dumps(orjson.loads(row.body) | {"actor": "nobody"}).decode()
    head = link(genesis(0), body)
    assert row.sequence == 1 and len(notary.office.rows(t.service_event)) == 1
    found = altered(
        notary,
        update(t.service_event).values(body=body, actor="nobody", hash=head),
        update(t.setting).where(t.setting.c.name == "service-history").values(value=orjson.dumps([1, head]).decode()),
    )
    assert found == ["service, event 1, field actor: changed"]


def test_a_body_written_otherwise(notary: Notary) -> None:
    key = notary.office.key
    statement = text("UPDATE history_event SET body = body || ' ' WHERE process_instance_key = :k AND sequence = 5")
    assert altered(notary, statement.bindparams(k=key)) == [f"case {key}, event 5, field body: changed"]


@pytest.mark.parametrize(("column", "value", "field"), [
    ("history_head", "0" * 64, "historyHead"), ("history_sequence", 3, "historySequence"),
])  # fmt: skip
def test_a_changed_head(notary: Notary, column: str, value: object, field: str) -> None:
    key = notary.office.key
    assert altered(notary, update(pi).where(pi.c.key == key).values({column: value})) == [
        f"case {key}, field {field}: changed"
    ]


@pytest.mark.parametrize(("values", "field"), [
    ({"content": b"%PDF-2"}, "content"), ({"file_name": "other.pdf"}, "fileName"), ({"size": 7}, "size"),
    ({"sha256": "0" * 64}, "sha256"), ({"content_type": "text/html"}, "contentType"), ({"uploaded_by": "x"}, "uploadedBy"),
])  # fmt: skip
def test_a_changed_document(notary: Notary, values: dict[str, Any], field: str) -> None:
    key = notary.office.rows(t.document, everything=True)[0].process_instance_key
    found = altered(notary, update(t.document).values(values))
    assert found == [f"case {key}, document report, field {field}: changed"]


def test_documents_that_came_or_went_or_moved(notary: Notary) -> None:
    first = notary.office.rows(t.document, everything=True)[0].process_instance_key
    second = notary.office.key
    assert altered(notary, update(t.document).values(id="other")) == [
        f"case {first}, document report: removed", f"case {first}, document other: added",
    ]  # fmt: skip
    assert altered(notary, update(t.document).values(id="report", process_instance_key=second)) == [
        f"case {first}, document report: removed", f"case {second}, document report: added",
    ]  # fmt: skip
    assert altered(notary, delete(t.document)) == [f"case {first}, document report: removed"]


def test_a_deleted_case_needs_no_documents(notary: Notary) -> None:
    key = notary.office.start()
    hand_in(notary.office, key, "more")
    notary.office.complete("a").complete("b")
    notary.office.run(DeleteInstance(key, "retention"), ADMIN)
    notary.checkpoints.make()
    assert notary.found() == []


@pytest.mark.parametrize(("values", "fields"), [
    ({"root": "0" * 64}, ["root"]), ({"instances": 1}, ["instances"]), ({"events": 1}, ["events"]),
    ({"previous": "1" * 64}, ["previous"]), ({"signature": "AAAA"}, ["signature"]), ({"body": "{}"}, ["body"]),
])  # fmt: skip
def test_a_changed_checkpoint_of_the_database(notary: Notary, values: dict[str, Any], fields: list[str]) -> None:
    expected = [f"checkpoint 1, field {field}: changed" for field in fields]
    assert altered(notary, update(t.checkpoint).values(values)) == expected


def test_checkpoints_that_came_or_went(notary: Notary) -> None:
    row = notary.office.rows(t.checkpoint)[0]._asdict()
    assert altered(notary, insert(t.checkpoint).values(row | {"key": 2})) == ["checkpoint 2: added"]
    heads = [
        ("service" if r.process_instance_key == 0 else f"case {r.process_instance_key}", r.sequence)
        for r in notary.office.rows(t.checkpoint_head, everything=True)
    ]
    assert altered(notary, delete(t.checkpoint_head), delete(t.checkpoint)) == [
        "checkpoint 1: removed",
        *(f"checkpoint 1, {case}, event {sequence}, field checkpointHead: removed" for case, sequence in heads),
    ]


def test_checkpoints_signed_after_a_forgery_do_not_hide_it(notary: Notary, tmp_path: Path) -> None:
    """The forger holds the database and even makes the service sign; the checkpoints kept elsewhere still tell."""
    import shutil

    kept = Path(shutil.copytree(notary.folder, tmp_path / "kept"))
    key = notary.office.key
    with notary.office.database.write() as db, lifted(db):
        rewrite(db, key, lambda events: events.pop(4) and None)
        db.execute(delete(t.checkpoint_head))
        db.execute(delete(t.checkpoint))
    shutil.rmtree(notary.folder)
    assert notary.checkpoints.make() == 1
    assert notary.found() == []
    named = [str(finding) for finding in notary.report(kept).findings]
    assert f"case {key}, event 5: removed" in named


def exported(notary: Notary) -> Path:
    return notary.folder / "checkpoint-00000001.jsonl"


@pytest.mark.parametrize(("old", "new", "said"), [
    (b'"signature":"', b'"signature":"A', "field signature"), (b'{"body":', b'{"bdy":', "field body"),
    (b'"to":', b'"To":', "field manifest"), (b'\\"events\\":', b'\\"Events\\":', "field signature"),
])  # fmt: skip
def test_a_changed_file(notary: Notary, old: bytes, new: bytes, said: str) -> None:
    content = exported(notary).read_bytes()
    assert old in content
    exported(notary).write_bytes(content.replace(old, new, 1))
    assert f"checkpoint 1, {said}: changed" in notary.found()


def test_files_that_went_or_change_places(notary: Notary) -> None:
    notary.office.complete("b", OWNER)
    notary.checkpoints.make()
    second = notary.folder / "checkpoint-00000002.jsonl"
    first = exported(notary).read_bytes()
    exported(notary).write_bytes(second.read_bytes())
    assert "checkpoint 1, field number: changed" in notary.found()
    exported(notary).unlink()
    assert "checkpoint 1: removed" in notary.found()
    exported(notary).write_bytes(first)
    second.unlink()
    report = notary.report()
    assert report.valid and report.later_checkpoints == 1 and report.uncovered > 0
