"""The environment of FEEL tests: Friday 10 April 2026, 16:00 in Bangkok."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.feel import Environment

NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def env() -> Environment:
    return Environment(now=NOW)
