"""The looks are spread over the journeys: walked once each, they meet every two properties together."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.journeys import looks

HERE = Path(__file__).parent


def journeys() -> list[str]:
    """The names of all journeys."""
    return [
        each.name
        for file in sorted(HERE.glob("test_*.py"))
        for each in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(each, ast.FunctionDef)
        and each.name.startswith("test_")
        and any(given.arg == "walk" for given in each.args.args)
    ]


def test_no_two_journeys_share_a_name() -> None:
    assert len(journeys()) == len(set(journeys()))


def test_every_two_properties_meet_in_some_journey() -> None:
    walked = [looks.of(name) for name in journeys()]
    assert looks.pairs(looks.ALL) - looks.pairs(walked) == set()
