"""An office with two cases, the first with a document, covered by one checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dsl import Office
from tests.proof.keeping import Keeper, first_of
from tests.proof.notary import TWO, Notary, hand_in


@pytest.fixture
def notary(office: Office, tmp_path: Path) -> Notary:
    """The second case is the one that is looked at; it is named by `office.key`."""
    office.deploy(TWO)
    first = office.start(amount=1)
    hand_in(office, first, "report")
    office.complete("a", amount=2)
    office.start(amount=3)
    office.complete("a", amount=4, note="ตรวจแล้ว")
    made = Notary(office, tmp_path)
    assert made.checkpoints.make() == 1
    return made


@pytest.fixture
def keeper(notary: Notary) -> Iterator[Keeper]:
    """The first case of `notary` has ended; the second still runs."""
    running = notary.office.key
    notary.office.key = first_of(notary)
    notary.office.complete("b")
    notary.office.key = running
    made = Keeper(notary)
    yield made
    made.close()
