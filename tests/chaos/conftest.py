"""A folder that PostgreSQL's own user reaches, which it does not below pytest's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that every user may look into."""
    made = Path(tempfile.mkdtemp(prefix="krabuan-storm-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)
