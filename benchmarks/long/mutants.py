"""Change the diagrams in every place, one at a time: do the scenarios notice each?

What has been found for a process is kept as long as neither its folder, its forms nor what they share changes, beside
where things are drawn: a run that was stopped goes on with the next process.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.long import figures
from engine.scenarios.mutate import mutants_of, noticed_by
from engine.scenarios.run import Suite, open_suite

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Exit status 1 when a mutant is noticed by no scenario."""
    parser = argparse.ArgumentParser(prog="run long mutants")
    parser.add_argument("names", nargs="*", metavar="PROCESS", help="folders of processes/ (default: all)")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read("mutants")
    suite = open_suite(ROOT / "processes")
    try:
        for folder in suite.content.folders:
            if options.names and folder.name not in options.names:
                continue
            content = digest(folder)
            if found.get(folder.name, {}).get("content") != content:
                found[folder.name] = {**hunt_in(suite, folder), "content": content}
                figures.write("mutants", found)
    finally:
        suite.close()
    for name, one in found.items():
        print(f"{name}: {one['noticed']}/{one['mutants']} mutants noticed, {one['seconds']} s")
        for what in one["alive"]:
            print(f"  noticed by no scenario: {what}")
    return 1 if any(one["alive"] for one in found.values()) else 0


def hunt_in(suite: Suite, folder: Path) -> dict[str, Any]:
    """Play the scenarios of one process against all of its mutants."""
    started = time.monotonic()
    noticed: dict[str, int] = {}
    alive: list[str] = []
    for mutant in mutants_of(suite, folder):
        by = noticed_by(suite, folder.name, mutant)
        if by is None:
            alive.append(f"{mutant.file}: {mutant.what}")
        else:
            noticed[by] = noticed.get(by, 0) + 1
    return {
        "mutants": sum(noticed.values()) + len(alive),
        "noticed": sum(noticed.values()),
        "noticed_by": noticed,
        "alive": alive,
        "seconds": round(time.monotonic() - started),
    }


def digest(folder: Path) -> str:
    """SHA-256 over what the mutants of a process depend on beside the engine itself: no explanation, no drawing."""
    digest = hashlib.sha256()
    for place in (folder, ROOT / "forms" / folder.name, ROOT / "forms" / "shared"):
        for file in sorted(place.rglob("*")):
            if file.is_file() and file.suffix != ".md":
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(hashlib.sha256(said(file)).digest())
    return digest.hexdigest()


def said(file: Path) -> bytes:
    """What a file says: of a diagram its elements, without their drawing."""
    if file.suffix != ".bpmn":
        return file.read_bytes()
    root = etree.parse(file).getroot()
    for drawing in root.findall("{*}BPMNDiagram"):
        root.remove(drawing)
    return etree.tostring(root, method="c14n")
