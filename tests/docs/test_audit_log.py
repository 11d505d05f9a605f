"""The page about the audit log names what the log knows, and nothing else."""

from __future__ import annotations

import re

from engine.model.audit import OF_THE_SERVICE
from tests.house.sources import ROOT


def test_every_event_of_the_service_is_in_the_table() -> None:
    page = (ROOT / "docs" / "reference" / "audit-log.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)} == set(OF_THE_SERVICE)
