"""A drawn diagram as SVG: shapes and texts alone, nothing that runs or is loaded."""

from __future__ import annotations

from xml.sax.saxutils import escape

from api.diagram_figures import LINE, Drawing, Line, Point, Shape, Text, Tone

MARGIN = 20
INK: dict[Tone, str] = {"plain": "#6b7280", "taken": "#0b5563", "now": "#b45309"}
GROUND: dict[Tone, str] = {"plain": "#ffffff", "taken": "#e6f2f4", "now": "#fdf0e1"}
WEIGHT: dict[Tone, float] = {"plain": 1.2, "taken": 2.4, "now": 3.2}
_HEAD = 9.0  # length of the head of an arrow


def svg(drawing: Drawing, title: str) -> str:
    """A file of its own, as large as the diagram."""
    x, y = drawing.x - MARGIN, drawing.y - MARGIN
    w, h = drawing.w + 2 * MARGIN, drawing.h + 2 * MARGIN
    body = "\n".join(_figure(figure) for figure in drawing.figures)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" viewBox="{x:.0f} {y:.0f} {w:.0f} '
        f"{h:.0f}\" font-family=\"Sarabun, 'TH Sarabun New', sans-serif\">\n<title>{escape(title)}</title>\n"
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _figure(figure: Shape | Line | Text) -> str:
    if isinstance(figure, Shape):
        return "".join(_shape(figure, ring) for ring in range(figure.rings))
    return _line(figure) if isinstance(figure, Line) else _text(figure)


def _shape(s: Shape, ring: int) -> str:
    inset = 4.0 * ring
    x, y, w, h = s.x + inset, s.y + inset, s.w - 2 * inset, s.h - 2 * inset
    weight = WEIGHT[s.tone] + (2 if s.bold else 0)
    look = f'fill="{GROUND[s.tone]}" stroke="{INK[s.tone]}" stroke-width="{weight:.1f}"'
    if s.form == "circle":
        return f'<ellipse cx="{x + w / 2:.1f}" cy="{y + h / 2:.1f}" rx="{w / 2:.1f}" ry="{h / 2:.1f}" {look}/>'
    if s.form == "diamond":
        return f'<polygon points="{_points(diamond(x, y, w, h))}" {look}/>'
    corner = 10 if s.form == "round" else 0
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{corner}" {look}/>'


def _line(line: Line) -> str:
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    look = f'fill="none" stroke="{INK[line.tone]}" stroke-width="{WEIGHT[line.tone]:.1f}"'
    drawn = f'<polyline points="{_points(line.points)}" {look}{dash}/>'
    if line.arrow:
        drawn += f'<polygon points="{_points(head(line))}" fill="{INK[line.tone]}"/>'
    return drawn


def _text(text: Text) -> str:
    step, weight = text.size * LINE, ' font-weight="600"' if text.bold else ""
    lines = "".join(
        f'<tspan x="{text.x:.1f}" y="{text.y + n * step + text.size:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(text.lines)
    )
    colour = "#111827" if text.tone == "plain" else INK[text.tone]
    return f'<text text-anchor="middle" font-size="{text.size:.0f}" fill="{colour}"{weight}>{lines}</text>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def diamond(x: float, y: float, w: float, h: float) -> tuple[Point, ...]:
    """Its corners."""
    return (x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)


def head(line: Line) -> tuple[Point, ...]:
    """The corners of the head of an arrow, at the end of the line."""
    (x0, y0), (x1, y1) = line.points[-2:]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    dx, dy = (x1 - x0) / length * _HEAD, (y1 - y0) / length * _HEAD
    return (x1, y1), (x1 - dx - dy / 2, y1 - dy + dx / 2), (x1 - dx + dy / 2, y1 - dy - dx / 2)
