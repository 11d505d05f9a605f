"""A4 pages in Sarabun: headings, pairs and tables, with Thai shaped and broken rightly; the only user of fpdf2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from api.lines import broken

_FONTS = Path(__file__).parent / "fonts"
_MARGIN, _LINE, _PAD = 42.0, 1.45, 3.0  # points; of the font size; points
_SIZE, _SMALL, _HEADING, _TITLE = 9.5, 8.0, 12.5, 17.0
WIDTH = 595.28 - 2 * _MARGIN  # points between the margins of A4


class Sheet(FPDF):
    """Pages that grow downwards. `foot` stands at the end of each of them, before its number. It is left (`with`) so
    that its fonts, files that are open, are closed even where it was never made."""

    def __init__(self, title: str, foot: str, at: datetime) -> None:
        super().__init__(unit="pt", format="A4")
        self._foot = foot
        self.add_font("sarabun", "", _FONTS / "Sarabun-Regular.ttf")
        self.add_font("sarabun", "B", _FONTS / "Sarabun-SemiBold.ttf")
        self.set_text_shaping(True)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, _MARGIN + 14)
        self.set_title(title)
        self.set_lang("th")
        self.set_creator("Krabuan")
        self.set_creation_date(at)
        self.set_draw_color(190)
        self.add_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for font in self.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]  # both are TrueType

    def footer(self) -> None:
        """At the end of each page; FPDF calls it."""
        self.set_y(-_MARGIN)
        self.set_font("sarabun", "", _SMALL)
        self.set_text_color(90)
        self.cell(WIDTH * 0.8, _SMALL * _LINE, self._foot)
        self.cell(WIDTH * 0.2, _SMALL * _LINE, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)

    def big(self, text: str) -> None:
        """The title."""
        self._lines(text, _TITLE, "B")

    def heading(self, text: str) -> None:
        """Of a part; it never stands alone at the end of a page."""
        if self.will_page_break(_HEADING * _LINE * 3):
            self.add_page()
        self.ln(_HEADING * 0.6)
        self._lines(text, _HEADING, "B")

    def say(self, text: str) -> None:
        """A paragraph."""
        self._lines(text, _SIZE)
        self.ln(_SIZE * 0.3)

    def _lines(self, text: str, size: float, style: str = "") -> None:
        self.set_font("sarabun", style, size)
        for line in broken(text, WIDTH, size):
            self.cell(WIDTH, size * _LINE, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """What is said beside what it is called."""
        self.grid(None, rows, (0.34, 0.66), bold_first=True)

    def grid(
        self, head: Sequence[str] | None, rows: Sequence[Sequence[str]], shares: Sequence[float],
        bold_first: bool = False,
    ) -> None:  # fmt: skip
        """Columns of these shares of the width; the head stands again on each page."""
        widths = [share * WIDTH for share in shares]
        if head is not None:
            self._row(head, widths, ["B"] * len(widths))
        styles = ["B" if bold_first and n == 0 else "" for n in range(len(widths))]
        for row in rows:
            if self._row(row, widths, styles, room_only=True) and head is not None:
                self.add_page()
                self._row(head, widths, ["B"] * len(widths))
            self._row(row, widths, styles)

    def _row(
        self, cells: Sequence[str], widths: Sequence[float], styles: Sequence[str], room_only: bool = False
    ) -> bool:
        """Write a row; with `room_only` only say whether it needs another page. A row that is longer than a page goes
        on on the next."""
        lines = [broken(cell, room - 2 * _PAD, _SMALL) for cell, room in zip(cells, widths, strict=True)]
        height = max(len(cell) for cell in lines)
        step = _SMALL * _LINE
        if room_only:
            return height * step < self.eph and bool(self.will_page_break(height * step + 2 * _PAD))
        if self.will_page_break(min(height * step, self.eph - 4 * step) + 2 * _PAD):
            self.add_page()
        self.line(_MARGIN, self.get_y(), _MARGIN + WIDTH, self.get_y())
        self.set_y(self.get_y() + _PAD)
        for n in range(height):
            self.set_x(_MARGIN)
            for cell, room, style in zip(lines, widths, styles, strict=True):
                self.set_font("sarabun", style, _SMALL)
                self.set_x(self.get_x() + _PAD)
                self.cell(room - _PAD, step, cell[n] if n < len(cell) else "")
            self.ln(step)
        self.set_y(self.get_y() + _PAD)
        return False

    def made(self) -> bytes:
        """The whole file."""
        return bytes(self.output())
