"""Changes of documents, and of the checkpoints that the database keeps."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import Connection, text

from tests.proof.target import Target, Told


def alter_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    fields = {"file_name": "fileName", "content_type": "contentType", "sha256": "sha256", "uploaded_by": "uploadedBy"}
    column = rng.choice([*fields, "content"])
    value: Any = b"forged" if column == "content" else "forged"
    db.execute(text(f"UPDATE document SET {column} = :v WHERE id = :id"), {"v": value, "id": id_})
    wanted = {"what": "changed", "case": case, "document": id_, "field": fields.get(column, column)}
    return Told("document altered", [wanted], {case})


def delete_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    db.execute(text("DELETE FROM document WHERE id = :id"), {"id": id_})
    return Told("document deleted", [{"what": "removed", "case": case, "document": id_}], {case})


def move_document(target: Target, db: Connection, rng: Random) -> Told:
    id_, case = rng.choice(db.execute(text("SELECT id, process_instance_key FROM document ORDER BY id")).all())
    other = rng.choice([key for key in target.cases if key != case])
    db.execute(text("UPDATE document SET process_instance_key = :o WHERE id = :id"), {"o": other, "id": id_})
    wanted = [{"what": "removed", "case": case, "document": id_}, {"what": "added", "case": other, "document": id_}]
    return Told("document moved", wanted, {case, other})


def alter_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    fields = {"made_at": "madeAt", "instances": "instances", "events": "events", "root": "root",
              "previous": "previous", "signature": "signature", "body": "body"}  # fmt: skip
    column = rng.choice(list(fields))
    value: Any = 77777 if column in ("instances", "events") else "77777"
    db.execute(text(f"UPDATE checkpoint SET {column} = :v WHERE key = :n"), {"v": value, "n": number})
    return Told("checkpoint altered", [{"what": "changed", "checkpoint": number, "field": fields[column]}])


def delete_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    db.execute(text("DELETE FROM checkpoint WHERE key = :n"), {"n": number})
    return Told("checkpoint deleted", [{"what": "removed", "checkpoint": number}])


def insert_checkpoint(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.signed))
    forged = rng.choice([max(target.covered.signed) + 1, 50])
    columns = "made_at, instances, events, root, previous, body, signature"
    statement = f"INSERT INTO checkpoint (key, {columns}) SELECT :f, {columns} FROM checkpoint WHERE key = :n"
    db.execute(text(statement), {"f": forged, "n": number})
    return Told("checkpoint inserted", [{"what": "added", "checkpoint": forged}])


def alter_head(target: Target, db: Connection, rng: Random) -> Told:
    case, events = rng.choice(list(target.covered.index))
    values = {"c": case, "s": events}
    where = "WHERE process_instance_key = :c AND sequence = :s"
    if rng.random() < 0.5:
        db.execute(text(f"DELETE FROM checkpoint_head {where}"), values)
        what = "removed"
    else:
        db.execute(text(f"UPDATE checkpoint_head SET head = 'forged' {where}"), values)
        what = "changed"
    return Told(f"head of checkpoint {what}", [{"what": what, "case": case, "event": events}], {case})


CHANGES = (
    alter_document, delete_document, move_document, alter_checkpoint, delete_checkpoint, insert_checkpoint, alter_head,
)  # fmt: skip
