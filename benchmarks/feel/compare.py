"""Ours and feelin's turn by turn, each answer checked against the other's."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

from benchmarks.feel import gateway
from benchmarks.feel.questions import ANSWER, CONDITIONS, INPUTS, ROWS, SCOPE, table
from engine.dmn import parse_decisions
from engine.feel import Environment, Expression, expressions, from_json, parse_expression, to_json

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = ROOT / ".krabuan" / "feelin"
_NODE = (sys.executable, str(ROOT / "build_backend" / "frontend.py"))
_ENV = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))
_TURNS = 3
_ROUNDS, _ROUND_SECONDS = 200, 0.001  # short, so that few rounds are interrupted by other processes


def measure() -> dict[str, Any]:
    """Microseconds (medians) for each condition, the table and the gateway, and the ratios to feelin."""
    _install()
    turns = [(_ours(), _feelins()) for _ in range(_TURNS)]
    conditions = {
        text: _condition([(ours["conditions"][i], theirs["conditions"][i]) for ours, theirs in turns])
        for i, text in enumerate(CONDITIONS)
    }
    return {
        "conditions": conditions,
        "conditions_cached_us": round(median(one["cached_us"] for one in conditions.values()), 2),
        "conditions_cached_slowest_us": max(one["cached_us"] for one in conditions.values()),
        "feelin_to_ours_cached": round(geometric_mean(one["feelin_to_cached"] for one in conditions.values()), 2),
        "feelin_to_ours_parsed_anew": round(geometric_mean(one["feelin_to_anew"] for one in conditions.values()), 2),
        "table_of_50": _table([(ours["table"], theirs["table"]) for ours, theirs in turns]),
        "gateway": gateway.measure(),
    }


def _install() -> None:
    """feelin as the lock file says, once."""
    lock = HERE / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = FOLDER / ".lock-digest"
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, FOLDER / name)
        subprocess.run([*_NODE, "npm", "ci", "--ignore-scripts", "--silent"], cwd=FOLDER, check=True)
        stamp.write_text(wanted, encoding="ascii")
    # beside its package: Node looks for packages from the script's own folder upwards
    shutil.copy(HERE / "feelin.mjs", FOLDER / "feelin.mjs")


def _feelins() -> dict[str, Any]:
    questions = {"scope": SCOPE, "conditions": CONDITIONS, "table": {"inputs": INPUTS, "rows": ROWS}}
    run = [*_NODE, "node", str(FOLDER / "feelin.mjs")]
    finished = subprocess.run(run, input=json.dumps(questions).encode(), cwd=FOLDER, check=True, capture_output=True)
    answers: dict[str, Any] = json.loads(finished.stdout)
    return answers


def _ours() -> dict[str, Any]:
    scope: Any = from_json(SCOPE)
    names = frozenset(scope)
    conditions = []
    for text in CONDITIONS:
        parsed = parse_expression(text, names)
        conditions.append(
            {
                "value": to_json(parsed.evaluate(scope, _ENV).value),
                # a new object each time: `parse_expression` would find the one before
                "anew_us": _timed(lambda text=text: Expression(text, names).evaluate(scope, _ENV)),
                "cached_us": _timed(lambda text=text: parse_expression(text, names).evaluate(scope, _ENV)),
            }
        )
    xml = table()
    model = parse_decisions(xml, "table.dmn")
    return {
        "conditions": conditions,
        "table": {
            "value": model.evaluate("t", scope, _ENV).output,
            "read_us": _timed(lambda: _read_anew(xml)),
            "us": _timed(lambda: model.evaluate("t", scope, _ENV)),
        },
    }


def _read_anew(xml: bytes) -> None:
    """Read the table with nothing parsed before."""
    expressions._expression.cache_clear()
    expressions._tests.cache_clear()
    parse_decisions(xml, "table.dmn")


def _timed(call: Callable[[], object]) -> float:
    """The median microseconds of one call, in rounds of a millisecond each."""
    call()
    times, began = 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < 20 * _ROUND_SECONDS:
        call()
        times += 1
    batch = max(1, round(times * _ROUND_SECONDS / spent))
    rounds = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for _ in range(batch):
            call()
        rounds.append((time.perf_counter() - began) * 1e6 / batch)
    return median(rounds)


def _condition(turns: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    assert all(ours["value"] == theirs["value"] for ours, theirs in turns), turns
    cached, anew = (median(ours[way] for ours, _ in turns) for way in ("cached_us", "anew_us"))
    feelin = median(theirs["us"] for _, theirs in turns)
    return {
        "value": turns[0][0]["value"],
        "cached_us": round(cached, 2),
        "parsed_anew_us": round(anew, 1),
        "feelin_us": round(feelin, 1),
        "feelin_to_cached": round(feelin / cached, 2),
        "feelin_to_anew": round(feelin / anew, 2),
    }


def _table(turns: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    assert all(ours["value"] == theirs["value"] == ANSWER for ours, theirs in turns), turns
    ours, feelin = median(o["us"] for o, _ in turns), median(theirs["us"] for _, theirs in turns)
    return {
        "read_ms": round(median(o["read_us"] for o, _ in turns) / 1000, 2),
        "evaluate_ms": round(ours / 1000, 3),
        "feelin_ms": round(feelin / 1000, 3),
        "feelin_to_ours": round(feelin / ours, 2),
    }
