"""A number for a text, as the Camunda 8 API groups incidents by it."""

from __future__ import annotations


def text_hash(text: str) -> int:
    """A signed 32-bit number over the UTF-16 units of the text: h = 31 h + unit, as Java's String.hashCode has it."""
    units = text.encode("utf-16-be", "surrogatepass")
    value = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (high << 8 | low)) & 0xFFFFFFFF
    return value - (1 << 32) if value >= 1 << 31 else value
