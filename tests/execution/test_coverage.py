"""The pages about what is executed and what is refused are those that the tests give."""

from __future__ import annotations

import re

import pytest

from tests.execution import test_refused_elements as refused
from tests.execution.coverage import PAGES, REFERENCE
from tests.execution.coverage_names import ELEMENTS


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_generated_one(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m tests.execution.coverage"


def test_every_name_that_the_tests_refuse_is_in_the_table() -> None:
    no_elements = {"nonsense", "event", "eventSubProcess", "participantRef"}
    named = {
        *refused.ROOTS_REFUSED,
        *refused.ROOTS_HARMLESS,
        *refused.FLOW_ELEMENTS_REFUSED,
        *refused.DRAWN_ONLY,
        *refused.PARTS_REFUSED,
    }
    assert named - no_elements <= set(ELEMENTS)


def test_every_rule_that_the_table_names_has_its_sample() -> None:
    coverage, rules = (PAGES[name]() for name in ("bpmn-coverage.md", "deployment-rules.md"))
    named = set(re.findall(r"refused: `([a-z-]+)`", coverage))
    assert named and all(f"| `{rule}` |" in rules for rule in named)
