"""krabuan doctor: look at all that makes an installation fail, and say what to do."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from api.cli.deploy import digest_of
from api.cli.place import add_place_options, home
from api.doctor.line import Line, worst
from api.runtime import machine_clock
from api.version import VERSION
from engine.errors import EngineError
from engine.scenarios.content import read_content

MARKS = {"good": "✓ ปกติ / good", "warning": "! ควรดู / warning", "bad": "✗ ต้องแก้ / bad"}
STATUS = {"good": 0, "warning": 1, "bad": 2}


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("doctor", help="look at all that makes an installation fail; changes nothing")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--content", type=Path, metavar="DIR", help="the folder that the service is started with")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when all is well, 1 with warnings, 2 when something is bad."""
    # what it looks with, such as sign-in providers, the command line does without
    from api.doctor.examine import Installation, examine

    url = options.database or f"sqlite:///{options.data / 'krabuan.db'}"
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    what = Installation(url, options.data, home(), _digest(options.content))
    lines = _said(examine(what, os.environ), options.json)
    level = worst(lines)
    if options.json:
        told = {"asOf": machine_clock().now().isoformat(), "release": VERSION, "level": level}
        print(json.dumps({**told, "checks": [line.told() for line in lines]}, ensure_ascii=False, indent=1))
    else:
        counts = {one: sum(line.level == one for line in lines) for one in STATUS}
        print(", ".join(f"{count} {one}" for one, count in counts.items()))
    return STATUS[level]


def _digest(content: Path | None) -> str | None:
    """Of content with a fault nothing can be deployed: that is for `krabuan lint` to tell."""
    if content is None:
        return None
    try:
        return digest_of(read_content(content))
    except EngineError:
        return ""


def _said(lines: Iterable[Line], quiet: bool) -> list[Line]:
    found = []
    for line in lines:
        found.append(line)
        if quiet:
            continue
        print(f"{MARKS[line.level]}  {line.check}: {line.th} / {line.en}", flush=True)
        if line.level != "good":
            print(f"    -> {line.do_th} / {line.do_en}", flush=True)
    return found
