"""One line of what the doctor found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["good", "warning", "bad"]
LEVELS: tuple[Level, ...] = ("good", "warning", "bad")  # the worst last


@dataclass(frozen=True, slots=True)
class Line:
    """`check` is a stable name. What was found, and, unless all is well, what to do next: in Thai and in English."""

    check: str
    level: Level
    th: str
    en: str
    do_th: str = ""
    do_en: str = ""

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        do = {"th": self.do_th, "en": self.do_en} if self.do_en else None
        return {"check": self.check, "level": self.level, "th": self.th, "en": self.en, "do": do}


def good(check: str, th: str, en: str) -> Line:
    """All is well."""
    return Line(check, "good", th, en)


def warning(check: str, th: str, en: str, do_th: str, do_en: str) -> Line:
    """It runs, and somebody should look at it."""
    return Line(check, "warning", th, en, do_th, do_en)


def bad(check: str, th: str, en: str, do_th: str, do_en: str) -> Line:
    """It does not run, or what it keeps is in danger."""
    return Line(check, "bad", th, en, do_th, do_en)


def worst(lines: Iterable[Line]) -> Level:
    """The worst level of any line; good where there is none."""
    return max((line.level for line in lines), key=LEVELS.index, default="good")


def guarded(check: str, examine: Callable[[], Iterable[Line]]) -> Iterator[Line]:
    """The lines of one examination; where it fails itself, a line that says so. The words of an error that nobody
    expected are not told: they may hold a secret."""
    try:
        yield from list(examine())
    except Exception as error:
        kind = type(error).__name__
        yield bad(
            check, f"ตรวจไม่สำเร็จ ({kind})", f"could not be examined ({kind})",
            "โปรดแก้ข้อที่อยู่ก่อนหน้า แล้วตรวจอีกครั้ง", "mend what stands before this, and examine again",
        )  # fmt: skip
