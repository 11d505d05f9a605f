"""Ranges: from one value to another, or on one side of a value."""

from __future__ import annotations


class Range:
    """A range of comparable values.

    `start` or `end` is None where the range has no bound on that side; then `operator` says how
    it was written (<, <=, >, >=), and = or != for the ranges of one value and of all others.
    """

    __slots__ = ("end", "end_included", "operator", "start", "start_included")

    def __init__(
        self,
        start: object,
        end: object,
        start_included: bool,
        end_included: bool,
        operator: str | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.start_included = start_included
        self.end_included = end_included
        self.operator = operator

    @classmethod
    def of_operator(cls, operator: str, bound: object) -> Range:
        """The range that `< 5` or `!= 5` stands for."""
        if operator in ("<", "<="):
            return cls(None, bound, False, operator == "<=", operator)
        if operator in (">", ">="):
            return cls(bound, None, operator == ">=", False, operator)
        same = operator == "="
        return cls(bound, bound, same, same, operator)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash((self.start_included, self.end_included, self.operator))

    def parts(self) -> tuple[object, ...]:
        return self.start, self.end, self.start_included, self.end_included, self.operator

    def __repr__(self) -> str:
        left = "[" if self.start_included else "("
        right = "]" if self.end_included else ")"
        return f"Range({left}{self.start!r}..{self.end!r}{right})"
