"""The texts of the pages, as the pages themselves have them: one journey finds its way in either language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache

from tests.web.serving import ROOT


@cache
def words() -> dict[str, dict[str, str]]:
    """Texts by key, by language ("th", "en")."""
    tool = [sys.executable, str(ROOT / "build_backend" / "frontend.py"), "node", "plugins/words.ts"]
    asked = subprocess.run(tool, cwd=ROOT / "web", capture_output=True, check=False)
    assert asked.returncode == 0, asked.stderr.decode()
    read: dict[str, dict[str, str]] = json.loads(asked.stdout)
    return read


def said(language: str, key: str, **parts: str | int) -> str:
    """A text with its parts filled in; numbers in the digits of the language. An unknown key fails."""
    text = words()[language][key]
    return re.sub(r"\{(\w+)\}", lambda found: _shown(parts[found[1]], language), text)


def _shown(part: str | int, language: str) -> str:
    if isinstance(part, str):
        return part
    digits = f"{part:,}"
    return digits.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if language == "th" else digits
