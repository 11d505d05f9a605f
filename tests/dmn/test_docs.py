"""The example and the rules of docs/reference/decisions.md are true."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from tests.dmn.support import ask, decision, model

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "decisions.md").read_text("utf-8")


def test_the_example_does_what_the_page_says() -> None:
    [logic] = re.findall(r"```dmn\n(.*?)```", PAGE, re.DOTALL)
    made = model(decision("d", logic))
    rows = re.findall(r"\| ([0-9.]+) \| (\S+) \| (r[0-9]) \|", PAGE)
    assert len(rows) == 2
    for amount, result, rule in rows:
        answer = ask(made, "d", {"วงเงิน": Decimal(amount)})
        assert (answer.output, [matched.rule_id for matched in answer.evaluated[0].rules]) == (result, [rule])


def test_every_rule_is_on_the_page() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "engine" / "dmn").rglob("*.py"))
    rules = set(re.findall(r'"(dmn-[a-z-]+)"', source))
    assert rules == set(re.findall(r"`(dmn-[a-z-]+)`", PAGE))
