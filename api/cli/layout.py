"""krabuan layout: draw diagrams that have no or poor diagram information."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from engine.layout import LayoutError, Quality, layout, measure


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("layout", help="draw diagrams that have no or poor diagram information")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="BPMN files; they are written in place")
    parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong with the drawings")
    parser.add_argument("--anew", action="store_true", help="draw anew even what is well drawn")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Each file by itself: one that cannot be drawn is named and left as it is."""
    bad = 0
    for file in options.files:
        try:
            bad += _check(file) if options.check else _draw(file, options.anew)
        except LayoutError as error:
            print(f"{file}: {error}", file=sys.stderr)
            bad += 1
    return 1 if bad else 0


def _check(file: Path) -> int:
    quality = measure(file.read_bytes())
    for note in quality.notes:
        print(f"{file}: {note}", file=sys.stderr)
    print(f"{file}: {_summary(quality)}")
    return 0 if quality.flawless else 1


def _draw(file: Path, anew: bool) -> int:
    xml = file.read_bytes()
    if not anew and measure(xml).flawless:
        print(f"{file}: well drawn already, left as it is (--anew draws it anew)")
        return 0
    drawn = layout(xml)
    file.write_bytes(drawn)
    print(f"{file}: drawn, {_summary(measure(drawn))}")
    return 0


def _summary(quality: Quality) -> str:
    flaws = f"{len(quality.notes)} flaws" if quality.notes else "no flaw"
    return f"{flaws}, {quality.crossings} crossings, {quality.bends} bends"
