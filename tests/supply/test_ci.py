"""What the checks of every change make of the audit: a weakness fails them, a silent service does not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT


@pytest.mark.parametrize(
    ("audit", "tests", "expected"), [(0, 0, 0), (3, 0, 0), (1, 0, 1), (2, 0, 2), (0, 1, 1), (3, 5, 5), (1, 5, 5)]
)
def test_the_exit_status(audit: int, tests: int, expected: int, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    stand_in = tmp_path / "run"
    stand_in.write_text(
        f'#!/bin/sh\necho "$@" >> asked\n[ "$1" = audit ] && exit {audit}\nexit {tests}\n', encoding="ascii"
    )
    stand_in.chmod(0o755)
    finished = subprocess.run([str(tmp_path / ".ci" / "run"), "-k", "x"], check=False)
    assert finished.returncode == expected
    assert (tmp_path / "asked").read_text(encoding="ascii").split("\n")[:2] == ["audit", "test -k x"]
