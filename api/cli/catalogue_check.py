"""krabuan catalogue-check: compare diagrams with what the manuals print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.catalogue.check import Compared, check_catalogue
from engine.catalogue.comparing import Difference


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("catalogue-check", help="compare diagrams with what the manuals print, step by step")
    parser.add_argument("catalogue", type=Path, help="a folder with a .yaml file for each documented process")
    parser.add_argument("--content", type=Path, default=Path(), help="the folder with processes/ and forms/ (here)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when nothing is missing or different without a reason. Raises DeploymentRefused when a file has faults."""
    found = check_catalogue(options.catalogue, options.content)
    for compared in found:
        _tell(compared)
    entries = [compared.entry for compared in found]
    steps = [step for entry in entries for step in entry.steps]
    points, risks = sum(len(s.control_points) for s in steps), sum(len(s.risks) for s in steps)
    clean = sum(compared.clean for compared in found)
    print(
        f"กระบวนงาน / processes: {clean}/{len(found)} ตรงกัน / agree; ขั้นตอน / steps {len(steps)},"
        f" จุดควบคุม / control points {points}, ความเสี่ยง / risks {risks}"
    )
    return 0 if clean == len(found) else 1


def _tell(compared: Compared) -> None:
    name = compared.entry.id
    left = len(compared.differences) + len(compared.idle)
    said = "ตรงกัน / agrees" if compared.clean else f"ต่างกัน {left} แห่ง / differs in {left}"
    why = f" ({len(compared.reasons)} ข้อมีเหตุผล / with a reason)" if compared.reasons else ""
    print(f"{name}: {said}{why}")
    for difference in compared.differences:
        print(f"    {_text(difference)}")
    for reason in compared.idle:
        what = f"{reason.step or '-'} {reason.what}"
        print(f"    {reason.place}: ไม่มีข้อแตกต่างนี้แล้ว / this difference is there no more: {what}")
    for reason in compared.reasons:
        print(f"    {reason.step or name} {reason.what}: {reason.why.th} / {reason.why.en}")


def _text(difference: Difference) -> str:
    place = f"{difference.step or '-'} {difference.what}"
    if not difference.drawn:
        return f"{place}: ไม่มี / missing: {difference.printed}"
    if not difference.printed:
        return f"{place}: ไม่ได้พิมพ์ในคู่มือ / not printed: {difference.drawn}"
    return f"{place}: พิมพ์ว่า / printed: {difference.printed}; แผนภาพ / drawn: {difference.drawn}"
