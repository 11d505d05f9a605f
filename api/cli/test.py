"""krabuan test: run the scenarios of a folder, or let them hunt mutants."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.scenarios.coverage import Coverage
from engine.scenarios.mutate import hunt
from engine.scenarios.run import Suite, open_suite, report


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("test", help="run the scenarios of processes on a clock of their own")
    parser.add_argument("folder", type=Path, help="a folder with processes/ and forms/, processes/, or one in it")
    parser.add_argument("--mutate", action="store_true", help="change the diagrams one by one: do scenarios notice?")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when every scenario passes (with --mutate: when every mutant is noticed)."""
    suite = open_suite(options.folder)
    try:
        return _mutate(suite) if options.mutate else _play(suite)
    finally:
        suite.close()


def _play(suite: Suite) -> int:
    coverage = Coverage()
    outcomes = list(suite.play(coverage))
    print(report(outcomes, coverage, suite))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _mutate(suite: Suite) -> int:
    alive = count = 0
    for fate in hunt(suite):
        count += 1
        if fate.noticed_by is None:
            alive += 1
            print(f"ไม่มีฉากใดสังเกตเห็น / noticed by no scenario: {fate.mutant.file}: {fate.mutant.what}", flush=True)
    print(f"{count} mutants, {count - alive} noticed, {alive} not")
    return 1 if alive else 0
