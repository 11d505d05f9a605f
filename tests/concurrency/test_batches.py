"""Two nodes work on the same batch operation: each item is done once, whoever is faster."""

from __future__ import annotations

from functools import partial

from engine.commands.add_person import AddPerson
from engine.commands.control_batch_operation import CancelBatchOperation
from engine.commands.create_batch_operation import CreateBatchOperation
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.jobs.batches import run_batches
from engine.model.actor import SYSTEM
from engine.store import tables as t
from engine.store.batches import take_item
from tests.concurrency.races import RacingOffice
from tests.dsl import OWNER
from tests.execution.bench import diagram, flows, node, user

TWO = diagram(node("startEvent", "s") + user("a") + user("b") + flows("s a", "a b"))
PLAN = {"moves": [["a", "b"]]}


def begun(racing: RacingOffice) -> int:
    """An operation whose cases are found; its key."""
    racing.run(AddPerson("owner", "Owner", roles=(("process-owner", "*"),)), SYSTEM)
    racing.deploy(TWO)
    for _ in range(3):
        racing.start()
    key = int(racing.run(CreateBatchOperation("MODIFY_PROCESS_INSTANCE", {}, PLAN), OWNER)["batchOperationKey"])
    run_batches(racing.bus)
    return key


def moved(racing: RacingOffice) -> int:
    return len([r for r in racing.rows(t.history_event, everything=True) if r.type == "instance-modified"])


def test_one_item_is_taken_once(racing: RacingOffice) -> None:
    begun(racing)
    item = racing.rows(t.batch_operation_item)[-1]
    command = ModifyInstance(racing.key, move=(Move(Selection("a"), Activation("b")),))
    do = partial(racing.run, command, OWNER, ticket=partial(take_item, key=item.key))
    assert racing.race(do, do) == (None, None)
    assert moved(racing) == 1
    assert racing.verified()


def test_all_items_by_two_nodes(racing: RacingOffice) -> None:
    key = begun(racing)
    results = racing.crowd([partial(run_batches, racing.bus)] * 2)
    assert results == [1, 1] or sorted(results) == [0, 1]
    racing.settle()
    row = next(r for r in racing.rows(t.batch_operation) if r.key == key)
    assert (row.state, row.completed, row.failed, moved(racing)) == ("COMPLETED", 3, 0, 3)


def test_calling_off_waits_for_the_item_at_hand(racing: RacingOffice) -> None:
    key = begun(racing)
    item = racing.rows(t.batch_operation_item)[-1]
    command = ModifyInstance(racing.key, move=(Move(Selection("a"), Activation("b")),))
    do = partial(racing.run, command, OWNER, ticket=partial(take_item, key=item.key))
    assert racing.race(do, partial(racing.run, CancelBatchOperation(key), OWNER)) == (None, None)
    states = [r.state for r in racing.rows(t.batch_operation_item, everything=True)]
    assert sorted(states) == ["CANCELED", "CANCELED", "COMPLETED"]
    row = next(r for r in racing.rows(t.batch_operation) if r.key == key)
    assert (row.state, row.completed) == ("CANCELED", 1)
