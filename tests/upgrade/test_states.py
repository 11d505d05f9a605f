"""Cases stored by earlier releases run to their end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest

from engine.execution import FORMAT, build, load, read_processes, save
from engine.execution import effects as fx
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.upgrade.samples import STATES, Revived

SAMPLES = sorted(STATES.glob("*.json"))


def revived(path: Path) -> tuple[Revived, list[list[Any]]]:
    sample = orjson.loads(path.read_bytes())
    return Revived(path.with_suffix(".bpmn").read_bytes(), sample), sample["steps"]


def test_the_present_format_has_a_sample() -> None:
    formats = {orjson.loads(orjson.loads(path.read_bytes())["state"])["format"] for path in SAMPLES}
    assert formats == set(range(1, FORMAT + 1))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_case_runs_to_its_end(path: Path) -> None:
    case, steps = revived(path)
    for verb, element, data in steps:
        assert case.ended is None, f"ended before {verb} {element}"
        case.step(verb, element, data)
    assert case.ended is not None and case.ended.completed
    variables = case.ended.variables
    assert variables["found_false"] == ["1st", "2nd"] and variables["found_true"] == ["a", "b"]
    assert (variables["result"], variables["amount"]) == (Decimal(42), Decimal("0.1"))
    assert (variables["paper"], variables["child"], variables["done"]) == ("yes", [1, 2], True)
    assert "local" not in variables and "item" not in variables


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_case_follows_a_correction(path: Path) -> None:
    case, _ = revived(path)
    case.step("set", "", {"aware_at": "2026-04-11T16:00:00+07:00"})
    (moved,) = [e for e in case.effects if isinstance(e, fx.TimerMoved)]
    assert moved.due_at.isoformat() == "2026-04-14T09:00:00+00:00"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_case_can_be_cancelled(path: Path) -> None:
    case, _ = revived(path)
    case.case.cancel_all()
    case._settle()
    assert case.ended is not None and not case.ended.completed
    begun = {e.key for e in case.effects if isinstance(e, fx.ElementStarted)}
    ended = [e.key for e in case.effects if isinstance(e, fx.ElementEnded)]
    assert len(ended) == len(set(ended)) and begun <= set(ended)


def test_an_unknown_format_is_refused_by_name() -> None:
    bench = Bench(diagram(node("startEvent", "s") + user("a") + flows("s a"))).start()
    later = orjson.loads(save(bench.case)) | {"format": FORMAT + 1}
    with pytest.raises(ValueError, match=f"format {FORMAT + 1}"):
        load(orjson.dumps(later).decode(), bench.definition, 1, bench, bench._environment(), {})


def test_a_state_holds_no_specification_and_no_variables() -> None:
    bench = Bench(diagram(node("startEvent", "s") + user("a") + flows("s a"))).start(secret="x" * 1000)
    assert "secret" not in save(bench.case) and len(save(bench.case)) < 500


def test_a_definition_is_shared_by_its_cases() -> None:
    processes, _ = read_processes(diagram(node("startEvent", "s") + user("a") + flows("s a")), "x.bpmn")
    definition = build(processes[0])
    one, two = Bench(diagram(node("startEvent", "s") + user("a") + flows("s a"))), Bench(diagram(node("startEvent", "s") + user("a") + flows("s a")))
    one.definition = two.definition = definition
    assert one.start(x=1).variables != two.start(x=2).variables
