"""Whoever changes what was written is found out: bodies, columns, order, tails, whole chains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, insert, select, update

from engine.history.verify import Verification, verify_instance
from engine.model.chain import genesis, link
from engine.store import tables as t
from engine.store.tables import history_event as h
from engine.store.tables import process_instance as pi
from engine.store.tables.append_only import lifted
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

TWO = diagram(node("startEvent", "s") + user("a") + user("b") + node("endEvent", "e") + flows("s a", "a b", "b e"))
MIDDLE = 5  # a sequence number that every case of these tests has passed

Tamper = Callable[[Any, int], None]


@pytest.fixture
def case(office: Office) -> Office:
    """A case whose chain verifies."""
    office.deploy(TWO)
    office.start(amount=1)
    office.complete("a", amount=2, note="ตรวจแล้ว")
    assert check(office).valid
    return office


def check(office: Office, key: int | None = None) -> Verification:
    with office.database.read() as db:
        found = verify_instance(db, key or office.key)
    assert found is not None
    return found


def tamper(office: Office, statement: Any) -> None:
    """Change the database behind the engine's back, with every right."""
    with office.database.write() as db, lifted(db):
        assert db.execute(statement).rowcount > 0


def at(office: Office, sequence: int) -> Any:
    """The condition that means one event of the case."""
    return (h.c.process_instance_key == office.key) & (h.c.sequence == sequence)


def body(office: Office, sequence: int) -> str:
    return next(r.body for r in office.rows(h) if r.sequence == sequence)


def test_an_untouched_chain_counts_its_events(case: Office) -> None:
    result = check(case)
    assert (result.valid, result.first_bad_sequence, result.events) == (True, None, len(case.rows(h)))
    assert result.head == case.instance.history_head


def test_a_changed_body(case: Office) -> None:
    changed = orjson.loads(body(case, MIDDLE)) | {"actor": "nobody"}
    tamper(case, update(h).where(at(case, MIDDLE)).values(body=orjson.dumps(changed).decode()))
    assert (check(case).valid, check(case).first_bad_sequence) == (False, MIDDLE)


def test_a_body_written_differently_though_it_says_the_same(case: Office) -> None:
    tamper(case, update(h).where(at(case, MIDDLE)).values(body=body(case, MIDDLE) + " "))
    assert check(case).first_bad_sequence == MIDDLE


def test_a_changed_body_with_its_hash_made_anew(case: Office) -> None:
    changed = body(case, MIDDLE).replace('"actor":', '"actor" :')
    before = next(r.hash for r in case.rows(h) if r.sequence == MIDDLE - 1)
    tamper(case, update(h).where(at(case, MIDDLE)).values(body=changed, hash=link(before, changed)))
    assert check(case).first_bad_sequence == MIDDLE + 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("type", "nothing"), ("actor", "nobody"), ("on_behalf_of", "somebody"), ("element_id", "elsewhere"),
        ("element_instance_key", 1), ("hash", "0" * 64), ("sequence", 900),
    ],
)  # fmt: skip
def test_a_changed_column(case: Office, column: str, value: object) -> None:
    tamper(case, update(h).where(at(case, MIDDLE)).values({column: value}))
    result = check(case)
    assert not result.valid and result.first_bad_sequence == MIDDLE


def test_a_changed_time(case: Office) -> None:
    from datetime import timedelta

    tamper(case, update(h).where(at(case, MIDDLE)).values(at=case.clock.now() + timedelta(microseconds=1)))
    assert check(case).first_bad_sequence == MIDDLE


@pytest.mark.parametrize("rubbish", ["yesterday", "", "2026-13-01T00:00:00.000000Z"])
def test_a_time_that_is_none(case: Office, rubbish: str) -> None:
    from sqlalchemy import text

    with case.database.write() as db, lifted(db):
        db.execute(
            text("UPDATE history_event SET at = :at WHERE process_instance_key = :key AND sequence = :n"),
            {"at": rubbish, "key": case.key, "n": MIDDLE},
        )
    assert check(case).first_bad_sequence == MIDDLE


@pytest.mark.parametrize("rubbish", ["", "{", "[]", "null", "{}", '"text"', "\ufeff{}"])
def test_a_body_that_is_none(case: Office, rubbish: str) -> None:
    before = next(r.hash for r in case.rows(h) if r.sequence == MIDDLE - 1)
    tamper(case, update(h).where(at(case, MIDDLE)).values(body=rubbish, hash=link(before, rubbish)))
    assert check(case).first_bad_sequence == MIDDLE


@pytest.mark.parametrize("count", [1, 3])
def test_a_deleted_tail(case: Office, count: int) -> None:
    last = case.instance.history_sequence
    tamper(case, delete(h).where(h.c.process_instance_key == case.key, h.c.sequence > last - count))
    assert check(case).first_bad_sequence == last - count + 1


def test_a_deleted_event_in_the_middle_and_at_the_beginning(case: Office) -> None:
    tamper(case, delete(h).where(at(case, MIDDLE)))
    assert check(case).first_bad_sequence == MIDDLE
    tamper(case, delete(h).where(at(case, 1)))
    assert check(case).first_bad_sequence == 1


def test_a_history_that_is_gone(case: Office) -> None:
    tamper(case, delete(h).where(h.c.process_instance_key == case.key))
    result = check(case)
    assert (result.valid, result.events, result.first_bad_sequence) == (False, 0, 1)


def test_an_added_event(case: Office) -> None:
    last = case.rows(h)[-1]
    row = last._asdict() | {"sequence": last.sequence + 1}
    with case.database.write() as db:
        db.execute(insert(h), row)
    assert check(case).first_bad_sequence == last.sequence + 1


def test_swapped_events(case: Office) -> None:
    for first, second in ((MIDDLE, 901), (MIDDLE + 1, MIDDLE), (901, MIDDLE + 1)):
        tamper(case, update(h).where(at(case, first)).values(sequence=second))
    assert check(case).first_bad_sequence == MIDDLE


def test_an_event_moved_to_another_case(case: Office) -> None:
    moved_from, last = case.key, case.rows(h)[-1]
    case.start()
    next_ = case.instance.history_sequence + 1
    tamper(
        case, update(h).where(h.c.process_instance_key == moved_from, h.c.sequence == last.sequence)
        .values(process_instance_key=case.key, sequence=next_)
    )  # fmt: skip
    assert not check(case, moved_from).valid
    assert check(case).first_bad_sequence == next_


def test_a_whole_history_given_to_another_case(case: Office) -> None:
    first = case.key
    second = case.start(amount=1)
    with case.database.write() as db, lifted(db):
        head = db.execute(select(pi.c.history_head, pi.c.history_sequence).where(pi.c.key == second)).one()
        db.execute(delete(h).where(h.c.process_instance_key == first))
        db.execute(update(h).where(h.c.process_instance_key == second).values(process_instance_key=first))
        db.execute(update(pi).where(pi.c.key == first).values(history_head=head[0], history_sequence=head[1]))
    assert check(case, first).first_bad_sequence == 1  # a chain begins with the key of its case
    assert not check(case, second).valid


@pytest.mark.parametrize("values", [{"history_head": "0" * 64}, {"history_sequence": 3}, {"history_sequence": 0}])
def test_a_changed_head(case: Office, values: dict[str, Any]) -> None:
    tamper(case, update(pi).where(pi.c.key == case.key).values(values))
    assert not check(case).valid


def test_another_case_is_not_affected(case: Office) -> None:
    first = case.key
    second = case.start()
    tamper(case, delete(h).where(h.c.process_instance_key == first, h.c.sequence == MIDDLE))
    assert not check(case, first).valid and check(case, second).valid


def test_there_is_nothing_to_verify_of_no_case(office: Office) -> None:
    with office.database.read() as db:
        assert verify_instance(db, 12345) is None


def test_two_cases_never_share_a_beginning() -> None:
    assert len({genesis(key) for key in range(100)}) == 100
    assert link(genesis(1), "x") != link(genesis(2), "x") != link(genesis(2), "y")


def test_the_tables_know_of_one_event_per_number(case: Office) -> None:
    from sqlalchemy.exc import IntegrityError

    row = case.rows(h)[0]._asdict()
    with pytest.raises(IntegrityError), case.database.write() as db:
        db.execute(insert(t.history_event), row)
