"""Reminders that deployment refuses, each with the fault repaired."""

from __future__ import annotations

from tests.execution.bench import node, user
from tests.execution.lint_samples import line, on_process


def remind(attributes: str, more: str = "") -> bytes:
    """A user task with a reminder."""
    return line(user("x", f"{more}<krabuan:reminder {attributes}/>"))


SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "reminder": (remind('before="P1D" to="head" action="dance"'), remind('before="P1D" to="head, role:dpo" action="raisePriority"')),
    "reminder-calendar": (remind('before="P1D" calendar="moon"'), remind('before="P1D" calendar="working"')),
    "reminder-limit": (remind('repeat="P1D" limit="many"'), remind('repeat="P1D" limit="3"')),
    "reminder-flood": (remind('repeat="PT5M"'), remind('repeat="PT5M" limit="12"')),
    "reminder-never": (
        remind('before="P2D"', '<krabuan:step key="k" standardTime="P2D" calendar="calendar"/>'),
        remind('before="P1D"', '<krabuan:step key="k" standardTime="P2D" calendar="calendar"/>'),
    ),
    "reminder-place": (line(node("manualTask", "x", '<krabuan:reminder before="P1D" to="head"/>')), on_process('<krabuan:reminder before="P1D" to="head"/>')),
}  # fmt: skip
