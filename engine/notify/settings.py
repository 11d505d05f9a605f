"""What an installation decides about what leaves it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.access import NORMAL


@dataclass(frozen=True, slots=True)
class Telling:
    """`public_url` is where people reach the service (no slash at the end): without it, mails have no links. Up to
    `quoted_class` (the rank of a confidentiality class) mails say what they are about; above it, only that there is
    something."""

    public_url: str | None = None
    quoted_class: int = NORMAL
