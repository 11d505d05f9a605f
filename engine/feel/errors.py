"""What can go wrong with FEEL, as exceptions. A failed operation inside an evaluation is not one
of them: it yields null and a warning (see runtime)."""

from __future__ import annotations


class FeelError(Exception):
    """Base of everything this package raises on purpose; `message` is meant for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FeelSyntaxError(FeelError):
    """The text is not FEEL. `position` is the 0-based offset in the text, `line` and `column`
    count from 1."""

    def __init__(self, message: str, position: int, text: str = "") -> None:
        before = text[:position]
        self.position = position
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.reason = message
        super().__init__(f"{message} (line {self.line}, column {self.column})")


class BudgetExceeded(FeelError):
    """An evaluation was stopped because it went beyond `kind` of its budget: steps, size, depth
    or seconds. Nothing it computed may be used."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Failure(Exception):
    """Internal: an operation or a built-in cannot give a value. The caller turns it into null
    and a warning with a position; it never leaves an evaluation."""

    def __init__(self, message: str, code: str = "bad-argument") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
