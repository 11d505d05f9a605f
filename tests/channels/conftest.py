"""An office whose notifications leave by webhook and push, to real servers on the loopback interface."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from api.runtime import couriers_of
from engine.commands.add_person import AddPerson
from engine.commands.allow_host import AllowHost
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.channels.receiver import Receiver, receiver
from tests.dsl import ADMIN, Office


@pytest.fixture
def there() -> Iterator[Receiver]:
    """A server that takes what it gets."""
    with receiver() as running:
        yield running


@pytest.fixture
def wired(office: Office, there: Receiver) -> Iterator[Office]:
    """The office with an administrator and two people, ann in finance and ben, that may send to the server."""
    logging.getLogger("krabuan.outbox").disabled = True  # refusals are made on purpose
    office.couriers |= couriers_of(office.bus)
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "finance", "kind": "unit", "th": "การเงิน", "en": "Finance"})
    office.run(AddPerson("ann", "Ann", groups=("finance",)), SYSTEM)
    office.run(AddPerson("ben", "Ben"), SYSTEM)
    office.run(AddPerson("admin", "Admin", roles=(("administrator", ""),)), SYSTEM)
    office.run(AllowHost("127.0.0.1", "for the test", there.port, "http", private=True), ADMIN)
    yield office
    logging.getLogger("krabuan.outbox").disabled = False
