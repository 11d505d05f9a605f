"""Each of the 43 patterns has its test, or a reason why BPMN has no construct for it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.execution.patterns import NOT_IN_BPMN, PATTERNS


def test_every_pattern_is_shown_or_has_a_reason() -> None:
    files = Path(__file__).parent.glob("test_*.py")
    shown = [int(n) for f in files for n in re.findall(r"^def test_(\d\d)_", f.read_text(encoding="utf-8"), re.M)]
    assert len(PATTERNS) == 43
    assert sorted(shown + list(NOT_IN_BPMN)) == sorted(PATTERNS)
