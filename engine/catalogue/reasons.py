"""What differs from the manual on purpose, with the reason: processes/<id>/differences.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.catalogue.comparing import Difference, plain
from engine.errors import DeploymentRefused
from engine.model.faults import Fault
from engine.model.lined import Lined, Unreadable, read_lined
from engine.model.manual import Words

FILE = "differences.yaml"
_KNOWN = frozenset({"step", "what", "text", "reason"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something differs: the step's key (None: the process), what of it, and, where several things of that kind may
    differ, a part of the text that is meant."""

    place: str  # file:line
    step: str | None
    what: str
    text: str
    why: Words

    def explains(self, difference: Difference) -> bool:
        """Whether it is the reason for this difference."""
        said = plain(difference.printed) + plain(difference.drawn)
        return (self.step, self.what) == (difference.step, difference.what) and plain(self.text) in said


def read_reasons(folder: Path) -> list[Reason]:
    """Those of a process's folder; none without the file. Raises DeploymentRefused with every fault."""
    file = folder / FILE
    if not file.is_file():
        return []
    name, faults = f"{folder.name}/{FILE}", list[Fault]()

    def fault(place: str, th: str, en: str) -> None:
        faults.append(Fault(place, None, "catalogue", th, en))

    try:
        content = read_lined(name, file.read_text(encoding="utf-8"))
    except Unreadable as error:
        fault(error.place, error.th, error.en)
        raise DeploymentRefused(faults) from error
    listed = content.get("differs")
    if set(content) != {"differs"} or not isinstance(listed, list) or not all(isinstance(i, Lined) for i in listed):
        fault(name, "ไฟล์ต้องมีรายการ differs อย่างเดียว", "the file has one list, differs")
        raise DeploymentRefused(faults)
    found = []
    for item in listed:
        why = item.get("reason")
        complete = isinstance(why, Lined) and bool(why.get("th")) and bool(why.get("en")) and bool(item.get("what"))
        if not set(item) <= _KNOWN or not complete:
            fault(
                item.place, "ต้องมี what และ reason ทั้ง th และ en (มี step และ text ได้)",
                "it has what and a reason in th and en, and may have step and text",
            )  # fmt: skip
            continue
        words = Words(str(why["th"]), str(why["en"]))
        found.append(Reason(item.place, item.get("step"), str(item["what"]), str(item.get("text") or ""), words))
    if faults:
        raise DeploymentRefused(faults)
    return found


def unexplained(found: Sequence[Difference], reasons: Sequence[Reason]) -> tuple[list[Difference], list[Reason]]:
    """The differences without a reason, and the reasons without a difference."""
    left = [one for one in found if not any(reason.explains(one) for reason in reasons)]
    return left, [reason for reason in reasons if not any(reason.explains(one) for one in found)]
