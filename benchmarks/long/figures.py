"""Where long runs and benchmarks write their figures, and what they find there when they are resumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / ".krabuan" / "figures"


def read(name: str) -> dict[str, Any]:
    """The figures written so far; empty when there are none."""
    file = FOLDER / f"{name}.json"
    if not file.is_file():
        return {}
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def write(name: str, figures: dict[str, Any]) -> Path:
    """Write the figures; returns the file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    file.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file
