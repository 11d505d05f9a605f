"""Changes of the names and keys that open histories."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import Connection, text

from engine.model.sealed import id_of_key
from tests.proof.target import Target, Told


def alter_name(target: Target, db: Connection, rng: Random) -> Told:
    pseudonym, salt = rng.choice(db.execute(text("SELECT pseudonym, salt FROM pseudonym ORDER BY username")).all())
    values = {"name": "forged", "salt": rng.choice((salt, rng.randbytes(32).hex())), "of": pseudonym}
    db.execute(text("UPDATE pseudonym SET username = :name, salt = :salt WHERE pseudonym = :of"), values)
    return Told("name of a pseudonym altered", [{"what": "changed", "person": pseudonym}])


def alter_key(target: Target, db: Connection, rng: Random) -> Told:
    case, id_ = rng.choice(_keys(db))
    made = rng.randbytes(32)
    fits = rng.random() < 0.5  # a key that is called rightly, and with which nothing is sealed
    values = {"key": made.hex(), "id": id_of_key(made) if fits else id_, "case": case}
    db.execute(text("UPDATE case_key SET key = :key, key_id = :id WHERE process_instance_key = :case"), values)
    wanted = {"what": "added" if fits else "changed", "case": case, "key": values["id"]}
    return Told("key of a case altered", [wanted], {case})


def swap_keys(target: Target, db: Connection, rng: Random) -> Told:
    (one, first), (other, second) = rng.sample(_keys(db), 2)
    for now, then in ((one, -1), (other, one), (-1, other)):
        move = "UPDATE case_key SET process_instance_key = :then WHERE process_instance_key = :now"
        db.execute(text(move), {"now": now, "then": then})
    wanted: list[dict[str, Any]] = [
        {"what": "changed", "case": one, "key": second}, {"what": "changed", "case": other, "key": first},
    ]  # fmt: skip
    return Told("keys of cases swapped", wanted, {one, other})


def _keys(db: Connection) -> list[tuple[int, str]]:
    query = "SELECT process_instance_key, key_id FROM case_key ORDER BY process_instance_key"
    return [(case, id_) for case, id_ in db.execute(text(query))]


CHANGES = (alter_name, alter_key, swap_keys)
