"""Tamper at random with what checkpoints cover, and see whether verifying names each change.

Changes of the database are made with all rights (triggers and foreign keys are gone) in a transaction that is rolled
back after it was verified; changes of exported files in a copy of their folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from engine.history.rows import Rows
from krabuan_verify.findings import Finding, Report
from krabuan_verify.timestamps import verify_stamps
from krabuan_verify.verify import verify
from tests.proof import (
    tampering_certificates,
    tampering_files,
    tampering_history,
    tampering_sealed,
    tampering_service,
    tampering_stored,
)
from tests.proof.target import Target, Told, loosened

IN_DATABASE: tuple[Callable[..., Told], ...] = (
    *tampering_history.CHANGES, *tampering_stored.CHANGES, *tampering_service.CHANGES, *tampering_certificates.CHANGES,
    *tampering_sealed.CHANGES,
)  # fmt: skip
IN_FILES: tuple[Callable[..., Told], ...] = tampering_files.CHANGES
CHANGES = (*IN_DATABASE, *IN_FILES)


def tamper(target: Target, seed: int) -> tuple[str, list[str]]:
    """Make the change that belongs to `seed` and undo it; its name, and what was not said of it as it must be."""
    rng = Random(seed)
    change = rng.choice(CHANGES)
    told, report = (_of_files if change in IN_FILES else _of_database)(target, change, rng)
    faults = [f"not named: {wanted}" for wanted in told.wanted if not any(_fits(f, wanted) for f in report.findings)]
    if told.later is not None:
        faults += [f"not touched: {f}" for f in report.findings if f.case is not None and f.case not in told.cases]
        if report.uncovered != target.baseline.uncovered + told.later:
            faults.append(f"{report.uncovered} later events, not {target.baseline.uncovered + told.later}")
    return told.what, [f"seed {seed}: {told.what}: {fault}" for fault in faults]


def _of_database(target: Target, change: Callable[..., Told], rng: Random) -> tuple[Told, Report]:
    with target.office.database.engine.connect() as db, db.begin() as transaction:
        loosened(db)
        told = change(target, db, rng)
        report = verify(Rows(db), target.covered, target.keys)
        transaction.rollback()
    return told, report


def _of_files(target: Target, change: Callable[..., Told], rng: Random) -> tuple[Told, Report]:
    with tempfile.TemporaryDirectory(prefix="krabuan-tampered-") as scratch:
        folder = Path(shutil.copytree(target.folder, Path(scratch) / "checkpoints"))
        told = change(target, folder, rng)
        covered = target.read(folder)
        with target.office.database.read() as db:
            report = verify(Rows(db), covered, target.keys)
        report.findings += verify_stamps(folder, covered, target.authorities).findings
    return told, report


def _fits(finding: Finding, wanted: dict[str, Any]) -> bool:
    return all(getattr(finding, name) in (value if isinstance(value, set) else {value}) for name, value in wanted.items())


def run(target: Target, seeds: range) -> tuple[Counter[str], list[str]]:
    """How often which change was made, and what was not said of it as it must be."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for seed in seeds:
        what, found = tamper(target, seed)
        counts[what] += 1
        faults += found
    return counts, faults
