"""An office for races, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.concurrency.races import RacingOffice


@pytest.fixture
def racing(office_url: str) -> Iterator[RacingOffice]:
    made = RacingOffice(office_url)
    yield made
    made.close()
