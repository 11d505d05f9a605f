"""The diagrams run what the office's manuals print: every step, control point and risk, or a stated reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.catalogue.check import Compared, check_catalogue

CATALOGUE = Path(__file__).parent
CONTENT = CATALOGUE.parents[1]
PRINTED = sorted(file.stem for file in CATALOGUE.glob("*.yaml"))


@pytest.fixture(scope="module")
def compared() -> dict[str, Compared]:
    return {one.entry.id: one for one in check_catalogue(CATALOGUE, CONTENT)}


def test_the_catalogue_is_whole(compared: dict[str, Compared]) -> None:
    steps = [step for one in compared.values() for step in one.entry.steps]
    assert (len(compared), len(steps)) == (30, 275)
    assert (sum(len(s.control_points) for s in steps), sum(len(s.risks) for s in steps)) == (51, 21)


@pytest.mark.parametrize("process_id", PRINTED)
def test_a_process_runs_what_its_manual_prints(compared: dict[str, Compared], process_id: str) -> None:
    one = compared[process_id]
    assert [(d.step, d.what, d.printed, d.drawn) for d in one.differences] == []
    assert [reason.place for reason in one.idle] == []
