"""What can go wrong with FEEL, as exceptions. A failed operation inside an evaluation is not one
of them: it yields null and a warning (see runtime)."""

from __future__ import annotations

from engine.feel.messages import BUDGETS


class FeelError(Exception):
    """Base of everything this package raises on purpose; `message` (English) and `th` are meant
    for people."""

    def __init__(self, message: str, th: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.th = message if th is None else th


class FeelSyntaxError(FeelError):
    """The text is not FEEL. `position` is the 0-based offset in the text, `line` and `column`
    count from 1."""

    def __init__(self, message: str, position: int, text: str = "", th: str | None = None) -> None:
        before = text[:position]
        self.position = position
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.reason = message
        super().__init__(
            f"{message} (line {self.line}, column {self.column})",
            f"{message if th is None else th} (บรรทัด {self.line} อักขระที่ {self.column})",
        )


class BudgetExceeded(FeelError):
    """An evaluation was stopped because it went beyond `kind` of its budget: steps, size, depth,
    nesting or seconds. Nothing it computed may be used."""

    def __init__(self, kind: str, limit: object = "") -> None:
        en, th = BUDGETS[kind]
        super().__init__(en.format(limit=limit), th.format(limit=limit))
        self.kind = kind


class AssertionFailed(FeelError):
    """The condition of an `assert(...)` does not hold: the author wants the evaluation to stop.
    `cause` is the author's text, None without one."""

    def __init__(self, cause: str | None) -> None:
        self.cause = cause
        super().__init__(
            cause if cause is not None else "the condition of an assertion is not met",
            cause if cause is not None else "ไม่เป็นไปตามเงื่อนไขที่กำหนดใน assert",
        )


class Failure(Exception):
    """Internal: an operation or a built-in cannot give a value. The caller turns it into null
    and a warning with a position; it never leaves an evaluation."""

    def __init__(self, message: str, code: str = "bad-argument") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
