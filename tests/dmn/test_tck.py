"""The DMN Technology Compatibility Kit: its score, and the cases that do not pass, each by name.

`known-failures.txt` lists them with the reason. A case that fails and is not listed, and one that
passes though it is listed, both fail this test: the list says what is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dmn.tck import KIT, Outcome, Score, report, run_kit

KNOWN = Path(__file__).parent / "known-failures.txt"
CASES = {2: 116, 3: 3275}
"""How many cases there are: one that did not run must not count as passed."""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(run_kit())


def known_failures() -> Iterator[str]:
    for line in KNOWN.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition("\t")
            assert reason.strip(), f"{name} is listed without a reason"
            yield name


def test_every_case_runs(outcomes: list[Outcome]) -> None:
    assert Counter(outcome.level for outcome in outcomes) == CASES
    assert (KIT / "LICENSE-ASL-2.0.txt").is_file()


def test_exactly_the_known_failures_fail(outcomes: list[Outcome]) -> None:
    failing = {outcome.name: outcome.problem for outcome in outcomes if outcome.problem is not None}
    known = set(known_failures())
    unknown = {name: problem for name, problem in failing.items() if name not in known}
    assert unknown == {}, "these cases of the kit do not pass"
    assert sorted(known - failing.keys()) == [], "these pass now: take them off the list"


def test_score(outcomes: list[Outcome], record_property: Callable[[str, object], None]) -> None:
    """Both figures, by level and folder, are printed at the end of the run."""
    record_property("summary", "\n".join(report(outcomes)))
    for level, floors in FLOORS.items():
        shares = Score.of(outcome for outcome in outcomes if outcome.level == level).shares
        assert all(share >= floor for share, floor in zip(shares, floors, strict=True)), (level, shares)


def test_the_report_names_every_folder_once(outcomes: list[Outcome]) -> None:
    lines = list(report(outcomes))
    assert [line for line in lines if not line.startswith(" ")] == [line for line in lines if line.startswith("DMN TCK")]
    told = [part.split()[0] for line in lines if line.startswith(" ") for part in line.strip().split("  ")]
    assert told == list(dict.fromkeys(outcome.folder for outcome in outcomes))


FLOORS = {2: (1.0, 1.0), 3: (0.99, 0.99)}
"""Least shares of all cases and of those with a value, by level; `known-failures.txt` is stricter, case by case."""
