"""The next release comes beside this one under load: nothing fails, and an old node that ended comes back."""

from __future__ import annotations

from pathlib import Path

from benchmarks.http.serving import ROOT
from benchmarks.rolling.drive import Change, roll
from benchmarks.rolling.releases import next_release


def test_no_request_fails_while_a_release_that_adds_comes(open_folder: Path) -> None:
    (open_folder / "next").mkdir()
    change = Change(ROOT, next_release(open_folder / "next"), seconds=3.0, rate=3.0)
    run = roll(open_folder, change)
    assert run.verdict.faults == []
    assert run.before is not None and run.after is not None and int(run.after) == int(run.before) + 1
    assert run.verdict.completed + run.verdict.canceled == run.cases == 27
