"""The settings: variables of the environment, and the files that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from api.doctor.line import Line, bad, good, warning
from api.leaving import leaving_of
from api.limits import rates_of
from api.providers import FILE, read_rules
from api.service import git_source_of, second_publisher_of
from api.variables import unread
from engine.errors import EngineError

_VARIABLE = re.compile(r"variable:\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)")
SEE = "docs/reference/command-line.md"


def settings(data: Path, environment: Mapping[str, str]) -> Iterator[Line]:
    """Whether the service would start with them. Of secrets at most the name of the variable is told."""
    yield variables(data, environment)
    readers: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("settings", lambda: (leaving_of(environment), rates_of(environment), second_publisher_of(environment))),
        ("sign-in-settings", lambda: read_rules(data, environment)),
        ("git-source", lambda: git_source(environment)),
    )
    for check, read in readers:
        try:
            read()
        except (EngineError, OSError, ValueError) as error:
            yield bad(check, f"ค่าที่ตั้งไว้ใช้ไม่ได้: {error}", f"a setting cannot be: {error}",
                      f"แก้ค่านี้ ดู {SEE}", f"mend it: {SEE}")  # fmt: skip
        else:
            yield good(check, "ค่าที่ตั้งไว้ใช้ได้", "what is set can be")
    if environment.get("KRABUAN_SMTP_HOST") and not environment.get("KRABUAN_PUBLIC_URL"):
        yield warning(
            "public-url", "ส่งจดหมายได้ แต่จดหมายไม่มีลิงก์", "mails are sent, and have no links",
            "ตั้ง KRABUAN_PUBLIC_URL เป็นที่อยู่ที่คนเปิดระบบ",
            "name in KRABUAN_PUBLIC_URL where people reach the service",
        )  # fmt: skip


def variables(data: Path, environment: Mapping[str, str]) -> Line:
    """Whether a name was misspelt: a variable that nobody reads does nothing, and nobody is told."""
    odd = unread(environment, _secrets(data, environment))
    if not odd:
        return good("variables", "ทุกตัวแปร KRABUAN_ มีผู้อ่าน", "every variable KRABUAN_ is read")
    said = ", ".join(name if like is None else f"{name} ({like}?)" for name, like in odd.items())
    return warning("variables", f"ไม่มีผู้อ่านตัวแปร: {said}", f"nobody reads: {said}",
                   f"แก้ชื่อให้ถูก หรือเอาออก ดู {SEE}", f"spell it right, or take it away: {SEE}")  # fmt: skip


def git_source(environment: Mapping[str, str]) -> None:
    """Raises OSError where a folder is named that is no repository."""
    if git_source_of(environment) is None:
        return
    folder = Path(environment["KRABUAN_GIT_SOURCE"])
    if not any((place / "HEAD").exists() for place in (folder, folder / ".git")) and not (folder / ".git").is_file():
        raise OSError(f"KRABUAN_GIT_SOURCE: {folder} is no Git repository")


def _secrets(data: Path, environment: Mapping[str, str]) -> set[str]:
    """The variables that the settings for sign-in name."""
    file = Path(environment.get("KRABUAN_IDENTITY") or data / FILE)
    try:
        return set(_VARIABLE.findall(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return set()
