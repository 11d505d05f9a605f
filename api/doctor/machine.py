"""The machine: Python, packages, time zones."""

from __future__ import annotations

import configparser
import platform
import re
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.doctor.line import Line, bad, good, warning

OLDEST_PYTHON = (3, 11)
ZONE = "Asia/Bangkok"
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])? ?== ?([^ ;]+)")


def machine(checkout: Path) -> Iterator[Line]:
    """`checkout` is the folder that the program may run from; its setup.cfg, where there is one, has the pins."""
    yield python(sys.version_info[:2])
    yield packages(pins(checkout))
    yield time_zones()


def python(found: tuple[int, ...]) -> Line:
    """Whether this Python will do."""
    said = platform.python_version()
    if found >= OLDEST_PYTHON:
        return good("python", f"ไพทอน {said}", f"Python {said}")
    return bad("python", f"ไพทอน {said} เก่าเกินไป", f"Python {said} is too old",
               "ติดตั้งไพทอน 3.11 ขึ้นไป", "install Python 3.11 or later")  # fmt: skip


def pins(checkout: Path) -> dict[str, str]:
    """The versions that Krabuan was tested with, by package."""
    file = checkout / "setup.cfg"
    if file.is_file():
        parser = configparser.ConfigParser()
        parser.read(file, encoding="utf-8")
        lines = parser.get("options", "install_requires", fallback="").splitlines()
    else:
        lines = [line for line in requires("krabuan") or [] if "extra ==" not in line]
    return {found.group(1): found.group(2) for line in lines if (found := _PIN.match(line.strip()))}


def packages(pinned: dict[str, str]) -> Line:
    """Whether what is installed is what was tested."""
    other = []
    for name, wanted in sorted(pinned.items()):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "-"
        if found != wanted:
            other.append(f"{name} {found} ({wanted})")
    do_th, do_en = "ติดตั้งใหม่ในสภาพแวดล้อมของกระบวนเอง", "install it anew, into an environment of its own"
    do = (f"{do_th}: pip install krabuan", f"{do_en}: pip install krabuan")
    if not pinned:
        return warning("packages", "ไม่ทราบชุดโปรแกรมที่ทดสอบแล้ว", "which packages were tested is not known", *do)
    if not other:
        return good(
            "packages", f"ชุดโปรแกรม {len(pinned)} ชุดตรงกับที่ทดสอบแล้ว",
            f"{len(pinned)} packages, as they were tested",
        )  # fmt: skip
    shown = ", ".join(other[:8]) + (" ..." if len(other) > 8 else "")
    level = bad if any(" - (" in one for one in other) else warning
    return level(
        "packages", f"ชุดโปรแกรมต่างจากที่ทดสอบแล้ว: {shown}", f"packages differ from those that were tested: {shown}",
        *do,
    )  # fmt: skip


def time_zones() -> Line:
    """Whether the time of the office is known."""
    try:
        offset = datetime(2026, 4, 10, tzinfo=ZoneInfo(ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset == timedelta(hours=7):
        return good("time-zones", f"รู้จักเขตเวลา {ZONE}", f"the time zone {ZONE} is known")
    return bad("time-zones", f"ไม่รู้จักเขตเวลา {ZONE}", f"the time zone {ZONE} is not known, or wrong",
               "ติดตั้ง tzdata", "install the package tzdata")  # fmt: skip
