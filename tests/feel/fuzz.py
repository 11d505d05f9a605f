"""Throws broken and strange expressions at FEEL: nothing but a FEEL error may come out, and no
evaluation may go beyond its budget.

    python -m tests.feel.fuzz [how many] [seed]
    ./run long feel-fuzz                            # a million, resumable, with figures

Five kinds of input: sentences of the grammar at random; sentences with characters changed, and
with bytes of their UTF-8 changed; random characters; random bytes. Bytes that are no UTF-8 come as
lone surrogates, the worst that a text can hold in Python.
"""

from __future__ import annotations

import contextlib
import gc
import random
import resource
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.feel import Budget, Environment, FeelError, parse_expression, parse_unary_tests, to_json
from engine.feel.functions.registry import BUILTINS

BUDGET = Budget(steps=20_000, size=50_000, depth=30, seconds=2.0)
ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC), budget=BUDGET)
SCOPE: dict[str, object] = {
    "a": 1,
    "b": "ข้อความ",
    "ระดับ ความเสี่ยง": "สูง",
    "a-b": 7,
    "วงเงิน": 500000.25,
    "people": [{"name": "ก", "days": 2}, {"name": "ข", "days": None}],
    "c": {"x": {"y": [1, [2, 3], None]}},
    "at": "2026-04-10T16:00+07:00",
    "nothing": None,
}
ATOMS = (
    *("0", "1", "-1", "2.5", "1e3", "999999999", ".5", '"a"', '"ก"', '"\\u0e01"', "true", "false", "null"),
    *('@"2026-04-10"', '@"P1D"', '@"P1Y"', '@"10:00:00"', '@"2026-04-10T10:00:00@Asia/Bangkok"', '@"x"'),
    *("a", "b", "ระดับ ความเสี่ยง", "a-b", "วงเงิน", "people", "c", "c.x.y", "nothing", "unknown", "item", "?"),
    *("[]", "{}", "[1..3]", "(1..3]", "]1..3[", "(< 5)", "[1,2,3]", '{x: 1, "y z": 2}', "`a-b`", "partial"),
    *("now()", "today()", "function(x) x + 1", "function(x, y) x < y", "people.days", "people[1]"),
)
BINARY = ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", ",", ".", "..")
TYPES = ("number", "string", "list<number>", "context<a: number>", "function<number>->string", "date and time")
NOISE = "()[]{}<>=!+-*/.,:;\"'`@?|&%\\ \n\t0123456789abzกขคงดาะี้ฯ๑๒٣\u200b\u00e9\U0001f40e\ud800ifthenelse"


def sentence(r: random.Random, depth: int) -> str:
    """An expression of the grammar, more or less."""
    if depth <= 0 or r.random() < 0.15:
        return r.choice(ATOMS)

    def sub() -> str:
        return sentence(r, depth - 1)

    kind = r.randrange(16)
    if kind < 4:
        return f"{sub()} {r.choice(BINARY)} {sub()}"
    if kind < 8:
        args = ", ".join(sub() for _ in range(r.randrange(4)))
        return f"{r.choice(sorted(BUILTINS))}({args})"
    shapes = (
        lambda: f"if {sub()} then {sub()} else {sub()}",
        lambda: f"for x in {sub()} return {sub()}",
        lambda: f"for x in {sub()}, y in {sub()}..{sub()} return [x, y, {sub()}, partial]",
        lambda: f"{r.choice(('some', 'every'))} x in {sub()} satisfies {sub()}",
        lambda: f"({sub()})[{sub()}]",
        lambda: f"({sub()}) instance of {r.choice(TYPES)}",
        lambda: f"{sub()} between {sub()} and {sub()}",
        lambda: f"{{f: function(n) {sub()}, g: f({sub()}), h: f(n: {sub()})}}.g",
    )
    return r.choice(shapes)()


def garbled(r: random.Random, text: str) -> str:
    """The text with a few characters changed, dropped, doubled or moved."""
    letters = list(text)
    for _ in range(r.randrange(1, 6)):
        at = r.randrange(len(letters) + 1)
        action = r.randrange(4)
        if action == 0:
            letters.insert(at, r.choice(NOISE))
        elif letters and action == 1:
            del letters[at % len(letters)]
        elif letters and action == 2:
            letters[at % len(letters)] = r.choice(NOISE)
        elif letters:
            start = r.randrange(len(letters))
            letters[at:at] = letters[start : start + r.randrange(12)]
    return "".join(letters)


def damaged(r: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them changed, dropped or put in."""
    found = bytearray(data)
    for _ in range(r.randrange(1, 6)):
        at = r.randrange(len(found) + 1)
        found[at : at + r.randrange(3)] = r.randbytes(r.randrange(3))
    return bytes(found)


def one_input(r: random.Random) -> str:
    """The next input; the state of `r` says which."""
    kind = r.randrange(10)
    if kind < 5:
        return sentence(r, r.randrange(1, 5))
    if kind < 8:
        return garbled(r, sentence(r, r.randrange(1, 4)))
    if kind == 8:
        return text_of(damaged(r, sentence(r, r.randrange(1, 4)).encode()))
    if r.random() < 0.5:
        return text_of(r.randbytes(r.randrange(1, 60)))
    return "".join(r.choice(NOISE) for _ in range(r.randrange(1, 60)))


def text_of(data: bytes) -> str:
    """Bytes as a text, those that are no UTF-8 as lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def check(text: str) -> str:
    """What became of the text: value, syntax or budget. Anything else but a FEEL error is raised."""
    try:
        value = parse_expression(text).evaluate(SCOPE, ENV).value
        outcome = "value"
    except FeelError as error:
        return type(error).__name__
    finally:
        with contextlib.suppress(FeelError):
            parse_unary_tests(text).matches(5, SCOPE, ENV)
    try:
        to_json(value)
    except FeelError:
        outcome = "value, not JSON"
    return outcome


@dataclass(slots=True)
class Found:
    """How many inputs came out how, and the CPU seconds of the slowest with its text."""

    outcomes: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_text: str = ""


def fuzz(count: int, seed: int) -> Found:
    """Run so many inputs; the same seed makes the same ones. Raises what an input made crash, with
    the input as a note, and AssertionError for one that took longer than its budget allows."""
    r = random.Random(seed)
    found = Found()
    gc.disable()  # the garbage of other inputs is not this one's time
    try:
        for number in range(count):
            if number % 2_500 == 0:
                gc.collect()
            _one(one_input(r), found)
    finally:
        gc.enable()
    return found


def _one(text: str, found: Found) -> None:
    began = time.process_time()
    try:
        outcome = check(text)
    except Exception as error:
        error.add_note(f"input: {text!r}")
        raise
    took = time.process_time() - began
    # An input is evaluated twice, as an expression and as unary tests; the rest is parsing.
    assert took < 2 * BUDGET.seconds + 3, f"{took} seconds for {text!r}"
    found.outcomes[outcome] = found.outcomes.get(outcome, 0) + 1
    if took > found.slowest:
        found.slowest, found.slowest_text = took, text


def limit_memory() -> None:
    """An expression that eats memory shall crash with an input that says which it was."""
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


if __name__ == "__main__":
    limit_memory()
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(fuzz(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
