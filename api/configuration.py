"""With which settings the service starts, as they may be shown to auditors: never a secret."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SECRET = ("PASSWORD", "SECRET", "TOKEN")  # in a name: that there is one is told, not what
FILES = ("KRABUAN_IDENTITY", "KRABUAN_TSA_CERTIFICATES", "KRABUAN_SMTP_AUTHORITIES", "KRABUAN_CHANNEL_AUTHORITIES")


def configuration_of(options: Mapping[str, object], environment: Mapping[str, str], data: Path) -> dict[str, str]:
    """The settings by name: the release, the options of the command line, the variables of the environment, and of the
    files that these name the SHA-256."""
    found = {"release": version("krabuan")}
    found |= {f"--{name.replace('_', '-')}": str(value) for name, value in options.items()}
    for name, value in environment.items():
        if name.startswith("KRABUAN_"):
            found[name] = _shown(name, value)
    for name in FILES:
        file = Path(environment[name]) if name in environment else data / "identity.yaml"
        if (name in environment or name == "KRABUAN_IDENTITY") and file.is_file():
            found[f"sha256 of {file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def _shown(name: str, value: str) -> str:
    if any(word in name for word in SECRET):
        return "(set)"
    if name in ("KRABUAN_DATABASE", "KRABUAN_DATABASE_REPLICA"):
        try:
            return make_url(value).render_as_string(hide_password=True)
        except ArgumentError:
            return "(set)"
    return value
