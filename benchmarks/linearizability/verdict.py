"""What was done in a run, and what is wrong with a case, in words that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.linearizability.judge import TooMany, counterexample, judge
from benchmarks.linearizability.model import silent
from benchmarks.linearizability.operations import Operation
from benchmarks.linearizability.trail import FIRST, Told, by_trail, plain


@dataclass(slots=True)
class Tally:
    """What was done and found. `outcomes` by kind and code, `unknown` operations among all, `violations` in words."""

    operations: int = 0
    cases: int = 0
    unknown: int = 0
    kills: int = 0
    cuts: int = 0
    http: int = 0
    seconds: float = 0.0
    judging: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        times = {"seconds": round(self.seconds, 1), "judging": round(self.judging, 1)}
        return asdict(self) | times | {"outcomes": dict(sorted(self.outcomes.items()))}


def count(tally: Tally, operations: Iterable[Operation]) -> None:
    """Add one case's operations."""
    tally.cases += 1
    for operation in operations:
        tally.operations += 1
        tally.http += operation.door == "http"
        tally.unknown += operation.outcome is None
        outcome = operation.outcome or ("unknown",)
        tally.outcomes[f"{operation.kind} {outcome[1] if outcome[0] == 'refused' else outcome[0]}"] += 1


def judged(case: str, operations: Sequence[Operation], version: int, trail: Sequence[Told]) -> list[str]:
    """What is wrong with one case, in words: nothing, or one violation with the least that shows it."""
    try:
        ends = [o.outcome[2] for o in operations if o.id == "end.see-case" and o.outcome is not None]
        if ends and ends[-1] != FIRST + len(trail):
            return [f"case {case}: history tells of {len(trail)} commands, its revision of {ends[-1] - FIRST}"]
        if judge(operations, by_trail(version, trail)).good:
            return []
        shown = counterexample(operations, plain(version))
        if shown:
            return [f"case {case} is not linearizable:\n{told(shown, operations)}"]
        shown = counterexample(operations, by_trail(version, trail))
        history = "\n".join(f"  {said}" for said in trail)
        return [f"case {case} is not what history tells:\n{told(shown, operations)}\nhistory:\n{history}"]
    except TooMany as error:
        return [f"case {case} was not judged: {error}"]


def told(shown: Sequence[Operation], operations: Sequence[Operation]) -> str:
    """One line each, with call and answer in microseconds since the first call: what no order explains with an
    exclamation mark, and what else may have changed the same tasks before the last of it."""
    core, end = {o.id for o in shown}, max(o.returned or 0 for o in shown)
    elements = {o.element for o in shown} | {None}
    about = [o for o in operations if o.id in core or (o.called < end and o.element in elements and not silent(o))]
    first, lines = min(o.called for o in about), []
    for o in sorted(about, key=lambda o: o.called):
        until = "?" if o.returned is None else (o.returned - first) // 1000
        lines.append(f"  {'!' if o.id in core else ' '} {(o.called - first) // 1000:>8} .. {until:>8} {o.door:4} {o}")
    return "\n".join(lines)
