"""A drawn diagram as a page of a PDF, as large as the diagram needs: nothing is made unreadably small."""

from __future__ import annotations

from api.diagram_figures import LINE, Drawing, Line, Shape, Text, Tone
from api.diagram_svg import GROUND, INK, WEIGHT, diamond, head
from api.pdf_sheet import WIDTH, Sheet

SCALE = 0.75  # points of a pixel, as screens have it
_MARGIN, _HEAD, _LARGEST = 42.0, 70.0, 14_000.0  # points; the largest page that readers of PDF take


def draw(sheet: Sheet, drawing: Drawing, title: str, note: str) -> None:
    """A page of its own at the end of the sheet."""
    scale = min(SCALE, _LARGEST / max(drawing.w, drawing.h))
    size = max(WIDTH, drawing.w * scale) + 2 * _MARGIN, drawing.h * scale + _HEAD + 3 * _MARGIN
    sheet.set_auto_page_break(False)
    sheet.add_page(format=size)
    sheet.heading(title)
    sheet.say(note)
    pen = _Pen(sheet, scale, _MARGIN - drawing.x * scale, _MARGIN + _HEAD - drawing.y * scale)
    for figure in drawing.figures:
        pen.draw(figure)


def _rgb(colour: str) -> tuple[int, int, int]:
    """Of #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class _Pen:
    def __init__(self, sheet: Sheet, scale: float, left: float, top: float) -> None:
        self._sheet, self._scale, self._left, self._top = sheet, scale, left, top

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._left + x * self._scale, self._top + y * self._scale

    def _look(self, tone: Tone, more: float = 0) -> None:
        self._sheet.set_draw_color(*_rgb(INK[tone]))
        self._sheet.set_fill_color(*_rgb(GROUND[tone]))
        self._sheet.set_line_width((WEIGHT[tone] + more) * self._scale)

    def draw(self, figure: Shape | Line | Text) -> None:
        if isinstance(figure, Text):
            self._text(figure)
        elif isinstance(figure, Line):
            self._line(figure)
        else:
            for ring in range(figure.rings):
                self._shape(figure, 4.0 * ring)

    def _shape(self, s: Shape, inset: float) -> None:
        self._look(s.tone, 2 if s.bold else 0)
        x, y = self._at(s.x + inset, s.y + inset)
        w, h = (s.w - 2 * inset) * self._scale, (s.h - 2 * inset) * self._scale
        if s.form == "circle":
            self._sheet.ellipse(x, y, w, h, style="DF")
        elif s.form == "diamond":
            self._sheet.polygon(list(diamond(x, y, w, h)), style="DF")
        elif s.form == "round":
            self._sheet.rect(x, y, w, h, style="DF", round_corners=True, corner_radius=10 * self._scale)
        else:
            self._sheet.rect(x, y, w, h, style="DF")

    def _line(self, line: Line) -> None:
        self._look(line.tone)
        if line.dashed:
            self._sheet.set_dash_pattern(dash=4 * self._scale, gap=3 * self._scale)
        self._sheet.polyline([self._at(x, y) for x, y in line.points])
        self._sheet.set_dash_pattern()
        if line.arrow:
            self._sheet.set_fill_color(*_rgb(INK[line.tone]))
            self._sheet.polygon([self._at(x, y) for x, y in head(line)], style="F")

    def _text(self, text: Text) -> None:
        size = text.size * self._scale
        self._sheet.set_font("sarabun", "B" if text.bold else "", size)
        ink = "#111827" if text.tone == "plain" else INK[text.tone]
        self._sheet.set_text_color(*_rgb(ink))
        for n, line in enumerate(text.lines):
            x, y = self._at(text.x, text.y + n * text.size * LINE)
            self._sheet.set_xy(x - 200, y)
            self._sheet.cell(400, size * LINE, line, align="C")
        self._sheet.set_text_color(0)
