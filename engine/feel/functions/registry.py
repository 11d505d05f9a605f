"""All built-in functions by name."""

from __future__ import annotations

from engine.feel.functions import (
    booleans,
    calendar,
    contexts,
    conversion,
    fiscal,
    lists,
    numbers,
    ranges,
    regex,
    statistics,
    strings,
    temporal,
    working_time,
)
from engine.feel.functions.define import BUILTINS
from engine.feel.names import NameIndex

MODULES = (
    booleans,
    calendar,
    contexts,
    conversion,
    fiscal,
    lists,
    numbers,
    ranges,
    regex,
    statistics,
    strings,
    temporal,
    working_time,
)
NAMES = NameIndex(BUILTINS)

__all__ = ["BUILTINS", "MODULES", "NAMES"]
