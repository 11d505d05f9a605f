"""Collect every fault of a file in one pass, so that a process owner sees them all at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.feel import FeelError, parse_expression
from engine.model.faults import Fault

MAX_FAULTS = 1000  # of one file: who sees that many mends some and asks again


@dataclass(slots=True)
class FaultList:
    """The faults of one file, in the order found."""

    file: str
    items: list[Fault] = field(default_factory=list)
    _noted: set[Fault] = field(default_factory=set)

    def add(self, element_id: str | None, rule: str, th: str, en: str) -> None:
        """Note a fault; the same one is noted once, and no more than MAX_FAULTS of a file."""
        self._note(Fault(self.file, element_id, rule, th, en))

    def warn(self, element_id: str | None, rule: str, th: str, en: str) -> None:
        """Note what may be deployed all the same; otherwise as `add`."""
        self._note(Fault(self.file, element_id, rule, th, en, "warning"))

    def _note(self, fault: Fault) -> None:
        if fault not in self._noted and len(self.items) < MAX_FAULTS:
            self._noted.add(fault)
            self.items.append(fault)

    def check_feel(self, element_id: str | None, feel: str, where: str) -> None:
        """Note a fault when `feel` (without `=`) is not an expression."""
        try:
            parse_expression(feel)
        except FeelError as error:
            self.add(
                element_id,
                "feel-syntax",
                f"{where}: นิพจน์ FEEL ไม่ถูกต้อง: {feel}: {error.th}",
                f"{where}: not a FEEL expression: {feel}: {error}",
            )

    def feel(self, element_id: str | None, text: str | None, where: str) -> str | None:
        """A text that must begin with `=`: the FEEL behind it, checked. None stays None."""
        if text is None:
            return None
        stripped = text.strip()
        if not stripped.startswith("="):
            self.add(
                element_id,
                "feel-expected",
                f"{where}: ต้องเป็นนิพจน์ FEEL ที่ขึ้นต้นด้วย =",
                f"{where}: must be a FEEL expression beginning with =.",
            )
            return "null"
        self.check_feel(element_id, stripped[1:], where)
        return stripped[1:]

    def text_or_feel(self, element_id: str | None, text: str | None, where: str) -> str | None:
        """A text that is FEEL when it begins with `=`, checked if so."""
        if text is not None and text.lstrip().startswith("="):
            self.check_feel(element_id, text.lstrip()[1:], where)
        return text
