"""Deletions of whole cases, and changes of the certificates of retention that the database keeps."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import Connection, insert, text

from engine.history.certificate import certificate_body
from engine.history.checkpoint import Head
from engine.history.orders import latest_order
from engine.store import tables as t
from tests.proof.forging import delete_case
from tests.proof.target import Target, Told


def _gone(target: Target, db: Connection, rng: Random) -> tuple[int, int]:
    """A case that is there and covered, and by how much later events would be fewer without it."""
    case = rng.choice(target.cases)
    return case, target.covered.heads[case][0] - len(target.events(db, case))


def delete_bare(target: Target, db: Connection, rng: Random) -> Told:
    case, later = _gone(target, db, rng)
    delete_case(db, case)
    return Told("case deleted without certificate", [{"what": "removed", "case": case}], {case}, later)


def widen(target: Target, db: Connection, rng: Random) -> Told:
    case, later = _gone(target, db, rng)
    number = rng.choice(list(target.covered.certificates.signed))
    row = {"process_instance_key": case, "sequence": 1, "head": "0" * 64, "certificate_key": number}
    db.execute(insert(t.deleted_case), row)
    delete_case(db, case)
    wanted: list[dict[str, Any]] = [{"what": "removed", "case": case, "certificate": None}]
    wanted.append({"what": "added", "case": case, "certificate": number})
    return Told("certificate widened, case deleted", wanted, {case}, later)


def forge(target: Target, db: Connection, rng: Random) -> Told:
    """One that continues the last, and that another key has signed."""
    case, later = _gone(target, db, rng)
    number, previous = latest_order(db, t.retention_certificate)
    events = target.events(db, case)
    head = Head(case, len(events), events[-1]["hash"])
    body = certificate_body(number + 1, previous, target.office.clock.now(), "nobody", "because", [head])
    said = {"key": number + 1, "made_at": target.office.clock.now(), "ordered_by": "nobody", "cases": 1}
    said |= {"events": head.sequence, "previous": previous, "body": body, "signature": target.other_signer.sign(body)}
    db.execute(insert(t.retention_certificate), said)
    named = {"process_instance_key": case, "sequence": head.sequence, "head": head.head, "certificate_key": number + 1}
    db.execute(insert(t.deleted_case), named)
    delete_case(db, case)
    wanted: list[dict[str, Any]] = [{"what": "added", "certificate": number + 1, "field": "signature"}]
    wanted.append({"what": "removed", "case": case, "certificate": None})
    return Told("certificate forged, case deleted", wanted, {case}, later)


def alter(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.certificates.signed))
    fields = {"made_at": "madeAt", "ordered_by": "orderedBy", "cases": "cases", "events": "events",
              "previous": "previous", "body": "body", "signature": "signature"}  # fmt: skip
    column = rng.choice(list(fields))
    value: Any = 77777 if column in ("cases", "events") else "forged"
    db.execute(text(f"UPDATE retention_certificate SET {column} = :v WHERE key = :n"), {"v": value, "n": number})
    wanted = {"what": "changed", "certificate": number, "field": fields[column]}
    return Told("certificate altered", [wanted])


def delete_certificate(target: Target, db: Connection, rng: Random) -> Told:
    number = rng.choice(list(target.covered.certificates.signed))
    db.execute(text("DELETE FROM deleted_case WHERE certificate_key = :n"), {"n": number})
    db.execute(text("DELETE FROM retention_certificate WHERE key = :n"), {"n": number})
    return Told("certificate deleted", [{"what": "removed", "certificate": number}])


def alter_named(target: Target, db: Connection, rng: Random) -> Told:
    case, deletion = rng.choice(list(target.covered.certificates.deleted.items()))
    if rng.random() < 0.5:
        db.execute(text("DELETE FROM deleted_case WHERE process_instance_key = :c"), {"c": case})
        what = "removed"
    else:
        db.execute(text("UPDATE deleted_case SET head = 'forged' WHERE process_instance_key = :c"), {"c": case})
        what = "changed"
    wanted = {"what": what, "case": case, "certificate": deletion.certificate}
    return Told(f"named case {what}", [wanted], {case})


def revive(target: Target, db: Connection, rng: Random) -> Told:
    case, deletion = rng.choice(list(target.covered.certificates.deleted.items()))
    like = rng.choice(target.cases)
    row = dict(db.execute(t.process_instance.select().where(t.process_instance.c.key == like)).mappings().one())
    db.execute(insert(t.process_instance), row | {"key": case, "root_key": case, "parent_key": None})
    wanted = {"what": "added", "case": case, "certificate": deletion.certificate}
    return Told("deleted case revived", [wanted], {case})


CHANGES = (delete_bare, widen, forge, alter, delete_certificate, alter_named, revive)
