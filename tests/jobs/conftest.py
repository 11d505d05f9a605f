"""For tests of jobs that fail."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def quiet() -> Iterator[None]:
    """Failures are logged with their traceback, which these tests make on purpose."""
    log = logging.getLogger("krabuan.jobs")
    log.disabled = True
    yield
    log.disabled = False
