"""How faults and warnings of files are printed: in both languages, with file and element."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from engine.errors import DeploymentRefused


def say_faults(refused: DeploymentRefused) -> int:
    """Print every fault and warning; the exit status of a command that was refused."""
    say_warnings(warning.described() for warning in refused.warnings)
    for fault in refused.faults:
        print(_text(fault.described()), file=sys.stderr)
    print(f"{len(refused.faults)} fault(s); nothing was changed", file=sys.stderr)
    return 1


def say_warnings(warnings: Iterable[Mapping[str, Any]]) -> int:
    """Print warnings as they are described in answers; how many there were."""
    said = [_text(warning) for warning in warnings]
    for text in said:
        print(text, file=sys.stderr)
    return len(said)


def _text(fault: Mapping[str, Any]) -> str:
    rule = fault["rule"] if fault["severity"] == "error" else f"{fault['severity']}: {fault['rule']}"
    return f"{fault['file']}: {fault['elementId'] or '-'}: {rule}\n    {fault['th']}\n    {fault['en']}"
