"""A little of what `./run long schemathesis` does: every operation, by who may much, who may little and nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.fuzz import LEFT_OUT, NOBODY, Tally, attack, checks, worlds


@pytest.mark.parametrize("role", [NOBODY, "stranger", "narrow", "admin"])
def test_no_answer_breaks_a_rule(role: str, tmp_path: Path) -> None:
    runtime, keys = worlds(tmp_path)(role)
    tally = Tally()
    attack(runtime, keys, role, 1, 1, tally)
    runtime.close()
    assert tally.faults == []
    assert tally.requests > 100 and not any(status.startswith("5") for status in tally.statuses)


def test_every_check_is_used_but_the_one_that_schemas_cannot_keep() -> None:
    names = {check.__name__ for check in checks()}
    assert {"not_a_server_error", "status_code_conformance", "ignored_auth", "negative_data_rejection"} <= names
    assert {"positive_data_acceptance"} == LEFT_OUT and not names & LEFT_OUT
