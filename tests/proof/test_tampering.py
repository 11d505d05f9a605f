"""A short form of `./run long tampering`: the first of its ten thousand changes."""

from __future__ import annotations

from pathlib import Path

from tests.proof.tampering import CHANGES, run
from tests.proof.target import prepare

CHANGED = 200


def test_random_changes_are_named(tmp_path: Path, database_url: str) -> None:
    target = prepare(tmp_path, database_url)
    counts, faults = run(target, range(CHANGED))
    target.office.close()
    assert faults == []
    assert counts.total() == CHANGED and len(counts) >= len(set(CHANGES)), "every kind of change was made"
