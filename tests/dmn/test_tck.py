"""The DMN Technology Compatibility Kit: its score, and the cases that do not pass, each by name.

`known-failures.txt` lists them with the reason. A case that fails and is not listed, and one that
passes though it is listed, both fail this test: the list says what is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dmn.tck import KIT, Outcome, run_kit

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


def test_score(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    lines: list[str] = []
    for level in CASES:
        here = [outcome for outcome in outcomes if outcome.level == level]
        valued = [outcome for outcome in here if outcome.expects_value]
        lines.append(f"DMN TCK level {level}: {_score(here)} of all cases, {_score(valued)} of those with a value")
        for folder, group in _by_folder(here).items():
            if any(outcome.problem for outcome in group):
                lines.append(f"    {folder}: {_score(group)}")
        assert _share(here) >= FLOORS[level][0] and _share(valued) >= FLOORS[level][1]
    with capsys.disabled():
        print("\n" + "\n".join(lines))


FLOORS = {2: (1.0, 1.0), 3: (0.99, 0.99)}
"""Least shares of all cases and of those with a value, by level."""


def _by_folder(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    folders: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        folders.setdefault(outcome.folder, []).append(outcome)
    return folders


def _share(outcomes: list[Outcome]) -> float:
    return sum(outcome.problem is None for outcome in outcomes) / len(outcomes)


def _score(outcomes: list[Outcome]) -> str:
    passed = sum(outcome.problem is None for outcome in outcomes)
    return f"{passed} of {len(outcomes)} ({100 * passed / len(outcomes):.1f} %)"
