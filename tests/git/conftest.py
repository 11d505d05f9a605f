"""A Git source with one process, for tests to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.hostile import PLACE
from tests.repositories import Repository


@pytest.fixture
def source(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "source")
    made.commit({f"{PLACE}/leave.bpmn": b"<x/>"})
    return made
