"""How a journey can be walked: language, window, theme, and by pointer or by keys alone."""

from __future__ import annotations

import itertools
import zlib
from dataclasses import dataclass

LANGUAGES = ("th", "en")
WINDOWS = ("desk", "phone")
THEMES = ("light", "dark", "contrast")
HANDS = ("pointer", "keys")


@dataclass(frozen=True)
class Look:
    """One way to walk: a language, a window, a theme, a hand."""

    language: str
    window: str
    theme: str
    hand: str

    def __str__(self) -> str:
        return f"{self.language}-{self.window}-{self.theme}-{self.hand}"


ALL = [Look(*parts) for parts in itertools.product(LANGUAGES, WINDOWS, THEMES, HANDS)]


def of(journey: str) -> Look:
    """The look in which a journey is walked when each is walked once: spread over the journeys by their names.

    It stays the same when other journeys come or go, so that a failure is met again where it was met.
    """
    return ALL[zlib.crc32(journey.encode()) % len(ALL)]


def pairs(looks: list[Look]) -> set[tuple[str, str]]:
    """Every two properties that meet in one of these looks."""
    return {
        two for look in looks for two in itertools.combinations((look.language, look.window, look.theme, look.hand), 2)
    }
