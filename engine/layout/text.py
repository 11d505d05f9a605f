"""How much room a text takes: Thai vowels and tone marks above or below a letter take none of their own.

There is no Thai dictionary here, and need not be: the exact line breaks are the browser's. An estimate is wanted that
is rarely too small, from the advance widths of the font Sarabun and from where a Thai syllable can begin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LINE = 1.2  # line height, in font sizes
TASK_FONT = 12
LABEL_FONT = 11
LABEL_WIDTH = 90  # bpmn-js never wraps an outer label narrower than this
ONE_LINE = 115  # a name up to this long stays on one line
WORD = 14  # what a line loses because whole words, not syllables, go to the next one
SPARE = 6  # by which a line may turn out longer than estimated

# Advance widths in hundredths of the font size, measured in Sarabun Regular.
_ASCII = (  # U+0020 to U+007E
    "24 24 35 69 53 90 67 19 32 32 40 61 25 34 25 41 55 55 55 55 55 55 55 55 55 55 25 25 61 61 61 45 79 "
    "60 59 58 62 55 55 64 68 29 44 60 55 80 68 66 57 66 58 53 56 66 60 83 60 57 57 31 41 31 58 32 40 51 "
    "54 47 54 52 33 54 56 24 25 49 29 84 55 56 54 54 35 42 38 55 48 67 46 46 45 32 24 32 61"
)
_THAI = (  # U+0E01 to U+0E5B
    "58 59 61 60 61 64 45 56 57 61 62 81 83 61 61 54 71 83 83 59 61 58 66 54 64 64 65 62 62 72 72 62 61 "
    "57 48 58 58 61 51 60 68 58 64 72 59 56 55 53 0 48 48 0 0 0 0 0 0 0 0 0 0 0 59 31 58 38 38 39 29 62 0 "
    "0 0 0 0 0 0 0 62 66 68 68 69 68 68 67 74 67 69 77 99"
)
_WIDTHS = {chr(32 + k): int(v) for k, v in enumerate(_ASCII.split())}
_WIDTHS.update({chr(0x0E01 + k): int(v) for k, v in enumerate(_THAI.split())})

_LEADING = set("เแโใไ")  # a syllable begins here
_NEVER_FIRST = set('ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ)]}.,:;!?%”"')


@dataclass(frozen=True, slots=True)
class TextSize:
    lines: int
    width: int
    height: int


def width(text: str, font: int = LABEL_FONT) -> float:
    """Estimated length of one line, in pixels."""
    return sum(_WIDTHS.get(c, 60) for c in text) * font / 100


def _pieces(word: str) -> list[str]:
    """A run without blanks in pieces between which a line may break: Thai at likely syllables, others not at all."""
    if not any("\u0e00" <= c <= "\u0e7f" for c in word):
        return [word]
    pieces: list[str] = []
    current = ""
    for c in word:
        bases = sum(1 for x in current if _WIDTHS.get(x, 60))
        begins = c in _LEADING or (bases >= 4 and c not in _NEVER_FIRST and current[-1] not in _LEADING)
        if current and begins:
            pieces.append(current)
            current = ""
        current += c
    return [*pieces, current]


def wrapped(text: str, room: float, font: int = LABEL_FONT) -> list[str]:
    """The text in lines that fit into `room` pixels, as far as its words allow."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            glue = " " if line else ""
            for piece in _pieces(word):
                if line and width(line + glue + piece, font) > room:
                    lines.append(line)
                    line = piece
                else:
                    line += glue + piece
                glue = ""
        lines.append(line)
    return lines


def size(text: str, room: float, font: int = LABEL_FONT) -> TextSize:
    """Room that `text` takes when wrapped at `room` pixels; a little too large rather than too small."""
    lines = wrapped(text, room, font)
    widest = max(width(line, font) for line in lines)
    return TextSize(len(lines), math.ceil(widest) + 2, math.ceil(len(lines) * font * LINE))


def label_size(text: str, widest: int = LABEL_WIDTH) -> TextSize:
    """Size of an outer label (of an event, a gateway, a flow); long texts get wider labels rather than tall ones."""
    whole = size(text, ONE_LINE)
    if whole.lines == 1:
        return TextSize(1, whole.width + SPARE, whole.height)
    room = max(widest, LABEL_WIDTH)
    while size(text, room - WORD).lines > 3 and room < 180:
        room += 30
    measured = size(text, room - WORD)
    return TextSize(measured.lines, room, measured.height)
