"""Drawing a diagram that has no or poor diagram information: lanes as bands, time from left to right.

    from engine.layout import layout, measure

`layout(xml)` returns the file with new diagram information; nothing else in it changes, and the same input always gives
the same bytes. `measure(xml)` counts what a reader would stumble over in a drawing.
"""

from __future__ import annotations

from engine.layout import arranging, connecting, extents, pools, reading, sizing, writing
from engine.layout.model import LayoutError
from engine.layout.quality import Quality, measure

__all__ = ["LayoutError", "Quality", "layout", "measure"]


def layout(xml: bytes) -> bytes:
    """The BPMN file with complete diagram information in place of what it had.

    Raises LayoutError when the file is not BPMN 2.0 XML, has a DOCTYPE, or has nothing to draw.
    """
    root = reading.parse(xml)
    diagrams = reading.read(root)
    for diagram in diagrams:
        sizing.measure(diagram)
        for pool in diagram.pools:
            if pool.level:
                pool.level.least = extents.heading_length(pool.name) if pool.id else 0
                arranging.arrange(pool.level)
        pools.stack(diagram)
        connecting.connect(diagram)
    return writing.write(xml, root, diagrams)
