"""Texts broken into lines of a given length, for drawings and for pages."""

from __future__ import annotations

import unicodedata

from engine.layout.text import LABEL_FONT, width, wrapped


def broken(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit into `room` points, Thai between syllables; a word that is longer is cut, but never
    between a letter and what stands above or below it."""
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    room = room * LABEL_FONT / size  # the estimate is made in a font of that size
    found: list[str] = []
    for line in wrapped(shown, room):
        while width(line) > room and len(line) > 1:
            at = _cut(line, room)
            found.append(line[:at])
            line = line[at:]
        found.append(line)
    return found


def _cut(line: str, room: float) -> int:
    at = next(n for n in range(1, len(line) + 1) if n == len(line) or width(line[: n + 1]) > room)
    while 1 < at < len(line) and unicodedata.combining(line[at]) + (unicodedata.category(line[at]) == "Mn"):
        at -= 1
    return at
