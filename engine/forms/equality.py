"""Equality of FEEL values where Python's own would be too generous (True == 1)."""

from __future__ import annotations

from collections.abc import Mapping


def same(left: object, right: object) -> bool:
    """Equal in kind and value: true is not 1, "1" is not 1; 1.0 is 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right
